"""The grid of a week's menu: a column a day, a line a course, a dish typed by its pinyin initials where one stands.

Knows no store: it is handed the texts and tells what was typed. Several dishes of one cell are parted by 、.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from school_logistics.services.week_menu import BETWEEN
from school_logistics.ui import clipboard
from school_logistics.ui.dish_line import DishLine
from school_logistics.ui.editor_line import Leave
from school_logistics.ui.painting import MIDDLE, draw_frame
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from school_logistics.models.fields import Field
    from school_logistics.services.rows import Choice

_LABEL, _LEAST_COLUMN, _LEAST_ROW = 64, 84, 30
_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Tab: (1, 0),
    Qt.Key.Key_Backtab: (-1, 0),
}
_AFTER = {
    Leave.ENTER: (0, 1),
    Leave.ENTER_BACK: (0, -1),
    Leave.NEXT: (1, 0),
    Leave.BACK: (-1, 0),
    Leave.UP: (0, -1),
    Leave.DOWN: (0, 1),
    Leave.LEFT: (-1, 0),
    Leave.RIGHT: (1, 0),
}


class Heading(NamedTuple):
    """The head of a column: its words, and why nothing is served."""

    words: str
    closed: str = ""


class WeekGrid(QWidget):
    """Cells of dishes; `typed` hands over what was typed into one and is told whether it was kept."""

    moved = Signal()
    """Another cell is current."""
    pasted = Signal(object)
    """Cells from the clipboard: those of one line side by side, to be written from the current cell on."""
    turned = Signal(int)
    """PageUp or PageDown: so many weeks on."""

    def __init__(
        self,
        theme: Theme,
        field: Field,
        offer: Callable[[str, int], list[Choice]],
        typed: Callable[[int, int, str], bool],
    ) -> None:
        """`field` is what cells hold; `offer` finds dishes for what was typed into a line; `typed` keeps a cell."""
        super().__init__()
        self._theme, self._field, self._typed = theme, field, typed
        self._heads: tuple[Heading, ...] = ()
        self._lines: tuple[str, ...] = ()
        self._texts: dict[tuple[int, int], str] = {}
        self._current = (0, 0)
        self.line = DishLine(theme, lambda typed: offer(typed, self._current[1]), self)
        self.line.done.connect(self._done)
        self.line.focus_gone.connect(self._left)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("一周食谱")

    # --- what it shows -----------------------------------------------------------------------------

    def show_week(self, heads: Sequence[Heading], lines: Sequence[str], texts: dict[tuple[int, int], str]) -> None:
        """Show a week; the current cell stays where it is as far as there is one."""
        self._heads, self._lines, self._texts = tuple(heads), tuple(lines), dict(texts)
        column, line = self._current
        self._current = (min(column, max(len(heads) - 1, 0)), min(line, max(len(lines) - 1, 0)))
        self.updateGeometry()
        self._place_line()
        self._tell()
        self.update()

    def current(self) -> tuple[int, int]:
        """Column and line of the current cell."""
        return self._current

    def make_current(self, column: int, line: int) -> None:
        """Go to a cell."""
        column = min(max(column, 0), max(len(self._heads) - 1, 0))
        line = min(max(line, 0), max(len(self._lines) - 1, 0))
        if (column, line) != self._current:
            self._current = (column, line)
            self._tell()
            self.update()
            self.moved.emit()

    def _tell(self) -> None:
        """What a screen reader says of the current cell."""
        if not self._heads or not self._lines:
            return
        column, line = self._current
        told = self._texts.get(self._current, "") or self._heads[column].closed or "没有排"
        self.setAccessibleDescription(f"{self._heads[column].words} {self._lines[line]}：{told}")

    # --- typing ------------------------------------------------------------------------------------

    def editing(self) -> bool:
        """Whether a cell is being typed in."""
        return self.line.isVisible()

    def begin(self, text: str | None = None) -> None:
        """Type in the current cell: over it with `text`, else behind what stands there."""
        if not self._heads or not self._lines:
            return
        self._place_line()
        self.line.open_with(self._texts.get(self._current, "") if text is None else text, by_typing=text is not None)
        self.update()

    def commit(self) -> bool:
        """Keep what is being typed; False when it was refused, and the line stays open."""
        if not self.editing():
            return True
        text = self.line.dishes()
        if text != self._texts.get(self._current, "") and not self._typed(*self._current, text):
            return False
        self._close()
        return True

    def give_up(self) -> bool:
        """Leave the cell as it was; False when none was being typed in."""
        if not self.editing():
            return False
        self._close()
        return True

    def _close(self) -> None:
        focused = self.line.hasFocus()
        self.line.put_away()
        if focused:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    def _done(self, leave: Leave) -> None:
        """A key left the line."""
        if leave is Leave.CANCEL:
            self._close()
        elif self.commit() and leave in _AFTER:
            self._step(*_AFTER[leave])

    def _left(self) -> None:
        """The keyboard went elsewhere: what was typed is kept, or given up when it is refused."""
        if self.editing() and not self.commit():
            self._close()

    # --- keys and mouse ----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Tab goes to the next day."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
            event.accept()
            return True
        return super().event(event)

    def _key(self, event: QKeyEvent) -> bool:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if modifiers & Qt.KeyboardModifier.ControlModifier and key in {Qt.Key.Key_C, Qt.Key.Key_V}:
            self._copy() if key == Qt.Key.Key_C else self.pasted.emit(clipboard.take_off())
            return True
        if modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if key in _MOVES:
            return self._moved_by(key)
        if key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.turned.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.make_current(0 if key == Qt.Key.Key_Home else len(self._heads), self._current[1])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self.begin()
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            if self._texts.get(self._current):
                self._typed(*self._current, "")
        elif event.text() and event.text().isprintable():
            self.begin(event.text())
        else:
            return False
        return True

    def _copy(self) -> None:
        """Put the dishes of the current cell on the clipboard."""
        clipboard.put_on((self._field,), [[self._texts.get(self._current, "")]])

    def _moved_by(self, key: Qt.Key) -> bool:
        """Tab at the last cell leaves the grid; arrows stop there."""
        before = self._current
        self._step(*_MOVES[key])
        return key not in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab} or self._current != before

    def _step(self, right: int, down: int) -> None:
        column, line = self._current
        self.make_current(column + right, line + down)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """The first character of an input method opens the cell."""
        self.begin("")
        QCoreApplication.sendEvent(self.line, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._at(event.position().toPoint())
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if cell is not None:
            self.make_current(*cell)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._at(event.position().toPoint()) is not None:
            self.begin()

    # --- geometry ----------------------------------------------------------------------------------

    def _head_height(self) -> int:
        return 2 * self._theme.metrics(Type.LABEL).lineSpacing() + self._theme.sizes.small

    def _row_heights(self) -> list[int]:
        """A line is as high as its fullest cell."""
        step = self._theme.metrics().lineSpacing()
        least = self._theme.px(_LEAST_ROW)
        heights = []
        for line in range(len(self._lines)):
            most = max((self._texts.get((column, line), "").count(BETWEEN) + 1 for column in range(len(self._heads))),
                       default=1)  # fmt: skip
            heights.append(max(least, most * step + self._theme.sizes.small))
        return heights

    def _cell(self, column: int, line: int) -> QRect:
        left = self._theme.px(_LABEL)
        width = max(self.width() - left, 1)
        first = left + width * column // max(len(self._heads), 1)
        last = left + width * (column + 1) // max(len(self._heads), 1)
        heights = self._row_heights()
        top = self._head_height() + sum(heights[:line])
        return QRect(first, top, last - first, heights[line] if line < len(heights) else 0)

    def _at(self, point: QPoint) -> tuple[int, int] | None:
        for column in range(len(self._heads)):
            for line in range(len(self._lines)):
                if self._cell(column, line).contains(point):
                    return column, line
        return None

    def current_rect(self) -> QRect:
        """Where the current cell is."""
        return self._cell(*self._current)

    def _place_line(self) -> None:
        self.line.place_at(self._cell(*self._current))

    def sizeHint(self) -> QSize:
        theme = self._theme
        width = theme.px(_LABEL) + len(self._heads) * theme.px(_LEAST_COLUMN)
        return QSize(width, self._head_height() + sum(self._row_heights()) + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(_LABEL), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_line()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place_line()
            self.updateGeometry()
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # --- painting ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(self.rect(), theme.brush("surface"))
        self._paint_heads(painter)
        heights = self._row_heights()
        for line, words in enumerate(self._lines):
            top = self._head_height() + sum(heights[:line])
            label = QRect(0, top, theme.px(_LABEL), heights[line])
            painter.fillRect(label, theme.brush("sunken"))
            painter.setFont(theme.font(Type.LABEL))
            painter.setPen(theme.color("ink2"))
            painter.drawText(label, MIDDLE, words)
            for column in range(len(self._heads)):
                self._paint_cell(painter, column, line)
            painter.fillRect(QRect(0, top + heights[line] - 1, self.width(), 1), theme.brush("grid"))
        self._paint_current(painter)
        painter.end()

    def _paint_heads(self, painter: QPainter) -> None:
        theme, height = self._theme, self._head_height()
        painter.fillRect(QRect(0, 0, self.width(), height), theme.brush("band"))
        for column, head in enumerate(self._heads):
            cell = self._cell(column, 0)
            box = QRect(cell.x(), 0, cell.width(), height)
            words, _, day = head.words.partition(" ")
            painter.setFont(theme.font(Type.LABEL, bold=True))
            painter.setPen(theme.color("ink3" if head.closed else "ink"))
            painter.drawText(box.adjusted(0, 0, 0, -height // 2), MIDDLE, words)
            painter.setFont(theme.font(Type.QUIET))
            painter.setPen(theme.color("ink2"))
            told = painter.fontMetrics().elidedText(
                f"{day} {head.closed}".strip(), Qt.TextElideMode.ElideRight, box.width()
            )
            painter.drawText(box.adjusted(0, height // 2, 0, 0), MIDDLE, told)
        painter.fillRect(QRect(0, height - 1, self.width(), 1), theme.brush("control"))

    def _paint_cell(self, painter: QPainter, column: int, line: int) -> None:
        theme = self._theme
        box = self._cell(column, line)
        if self._heads[column].closed:
            painter.fillRect(box, theme.brush("sunken"))
        painter.fillRect(QRect(box.x(), box.y(), 1, box.height()), theme.brush("grid"))
        typed_over = self.editing() and (column, line) == self._current
        dishes = [] if typed_over else self._texts.get((column, line), "").split(BETWEEN)
        painter.setFont(theme.font())
        painter.setPen(theme.color("ink"))
        metrics = theme.metrics()
        step = metrics.lineSpacing()
        top = box.center().y() - len(dishes) * step // 2
        for place, dish in enumerate(dishes):
            shown = metrics.elidedText(dish, Qt.TextElideMode.ElideRight, box.width() - theme.sizes.small)
            painter.drawText(QRect(box.x(), top + place * step, box.width(), step), MIDDLE, shown)

    def _paint_current(self, painter: QPainter) -> None:
        if not self._heads or not self._lines:
            return
        focused = self.hasFocus() or self.editing()
        width = self._theme.sizes.focus
        draw_frame(painter, self._theme, self.current_rect(), "accent" if focused else "control", width)
