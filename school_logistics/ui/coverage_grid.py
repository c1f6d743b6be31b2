"""The grid of a duty: rows × days, what is done, what is missing, what was entered late, and the counts at the right.

Rows stay at the left and counts at the right while the days are scrolled between them. Arrows move, Enter acts on the
current cell; a hole that is clicked is begun at once, a done cell is opened by a second click.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from school_logistics.services.coverage_grid import GAPS, State
from school_logistics.services.coverage_words import tally, told_cell
from school_logistics.ui.painting import MIDDLE, MIDDLE_LEFT, MIDDLE_RIGHT, draw_frame, draw_icon
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from school_logistics.services.coverage_grid import Cell, Covered
    from school_logistics.services.coverage_words import Tally

_DAY_CELL, _WIDE_CELL = 27, 74
"""Widths of a day and of a longer period, in pixels of the usual type size."""
_MOST_WIDE = 12
"""More columns than that are days."""
_MOST_LABEL = 190
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})
_STEPS = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip


class CoverageGrid(QAbstractScrollArea):
    """Paints a `Covered` and walks about in it."""

    acted = Signal(object)
    """The `Cell` on which Enter was pressed, that was clicked as a hole, or clicked twice."""
    moved = Signal(object)
    """The `Cell` that has become current."""

    def __init__(self, theme: Theme) -> None:
        """Start without a duty."""
        super().__init__()
        self._theme = theme
        self._covered: Covered | None = None
        self._tallies: tuple[Tally, ...] = ()
        self._here = (0, 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("应记和已记")

    # --- what is shown -----------------------------------------------------------------------------

    def show_covered(self, covered: Covered) -> None:
        """Show a duty; the current place stays where it was, as far as there is such a place."""
        anew = self._covered is None or self._covered.ledger is not covered.ledger
        self._covered = covered
        self._tallies = tuple(tally(cells) for cells in covered.cells)
        row, column = self._first_gap() if anew else self._here
        self._here = (min(row, max(len(covered.rows) - 1, 0)), min(column, max(len(covered.columns) - 1, 0)))
        self._fit()
        self._tell_here()
        self.viewport().update()

    def covered(self) -> Covered | None:
        """What is shown."""
        return self._covered

    def current(self) -> Cell | None:
        """The current cell."""
        row, column = self._here
        shown = self._covered
        if shown is None or not shown.rows or not shown.columns:
            return None
        return shown.cell(row, column)

    def go(self, row: int, column: int) -> None:
        """Make a cell current and bring it into sight."""
        shown = self._covered
        if shown is None or not shown.rows or not shown.columns:
            return
        self._here = (min(max(row, 0), len(shown.rows) - 1), min(max(column, 0), len(shown.columns) - 1))
        self._show_here()
        self._tell_here()
        self.viewport().update()

    def next_gap(self) -> bool:
        """Go to the next cell that lacks something, day by day downwards as paper is read; False when there is none."""
        shown = self._covered
        if shown is None:
            return False
        gaps = sorted((cell.column, cell.row) for cells in shown.cells for cell in cells if cell.state in GAPS)
        if not gaps:
            return False
        here = (self._here[1], self._here[0])
        column, row = next((gap for gap in gaps if gap > here), gaps[0])
        self.go(row, column)
        return True

    def _first_gap(self) -> tuple[int, int]:
        shown = self._covered
        gaps = (
            [(cell.column, cell.row) for cells in shown.cells for cell in cells if cell.state in GAPS] if shown else []
        )
        column, row = min(gaps, default=(0, 0))
        return row, column

    def _tell_here(self) -> None:
        cell = self.current()
        if cell is not None and self._covered is not None:
            self.setAccessibleDescription("，".join(told_cell(self._covered, cell)))
            self.moved.emit(cell)

    # --- measures ----------------------------------------------------------------------------------

    def _label_width(self) -> int:
        metrics = self._theme.metrics()
        rows = self._covered.rows if self._covered else ()
        widest = max((metrics.horizontalAdvance(row.label) for row in rows), default=0)
        return min(widest, self._theme.px(_MOST_LABEL)) + 2 * self._theme.sizes.middle

    def _count_width(self) -> int:
        return self._theme.metrics().horizontalAdvance("88/88") + 2 * self._theme.sizes.middle

    def _cell_width(self) -> int:
        columns = self._covered.columns if self._covered is not None else ()
        if len(columns) > _MOST_WIDE:
            return self._theme.px(_DAY_CELL)
        words = max((self._theme.metrics(Type.QUIET).horizontalAdvance(one.detail) for one in columns), default=0)
        return max(self._theme.px(_WIDE_CELL), words + 2 * self._theme.sizes.small)

    def _head_height(self) -> int:
        return self._theme.sizes.header + self._theme.sizes.badge

    def _room(self) -> QRect:
        """Where the cells are seen, between the labels, the counts and the head."""
        area = self.viewport().rect()
        wanted = self._cell_width() * (len(self._covered.columns) if self._covered else 0)
        width = min(area.width() - self._label_width() - self._count_width(), wanted)
        return QRect(self._label_width(), self._head_height(), max(width, 0), area.height() - self._head_height())

    def _fit(self) -> None:
        shown, room = self._covered, self._room()
        columns, rows = (len(shown.columns), len(shown.rows)) if shown else (0, 0)
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(columns * self._cell_width() - room.width(), 0))
        across.setPageStep(max(room.width(), 1))
        across.setSingleStep(self._cell_width())
        down.setRange(0, max(rows * self._theme.sizes.row - room.height(), 0))
        down.setPageStep(max(room.height(), 1))
        down.setSingleStep(self._theme.sizes.row)

    def box_of(self, row: int, column: int) -> QRect:
        """Where a cell stands, in coordinates of the viewport."""
        room, width, height = self._room(), self._cell_width(), self._theme.sizes.row
        x = room.left() + column * width - self.horizontalScrollBar().value()
        y = room.top() + row * height - self.verticalScrollBar().value()
        return QRect(x, y, width, height)

    def cell_at(self, point: QPoint) -> Cell | None:
        """The cell under a point of the viewport."""
        shown, room = self._covered, self._room()
        if shown is None or not room.contains(point):
            return None
        column = (point.x() - room.left() + self.horizontalScrollBar().value()) // self._cell_width()
        row = (point.y() - room.top() + self.verticalScrollBar().value()) // self._theme.sizes.row
        inside = row < len(shown.rows) and column < len(shown.columns)
        return shown.cell(row, column) if inside else None

    def _show_here(self) -> None:
        room, box = self._room(), self.box_of(*self._here)
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        if box.left() < room.left():
            across.setValue(across.value() - (room.left() - box.left()))
        elif box.right() > room.right():
            across.setValue(across.value() + box.right() - room.right())
        if box.top() < room.top():
            down.setValue(down.value() - (room.top() - box.top()))
        elif box.bottom() > room.bottom():
            down.setValue(down.value() + box.bottom() - room.bottom())

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(600), self._theme.px(300))

    # --- keys and mouse ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, cell = Qt.Key(event.key()), self.current()
        row, column = self._here
        page = max(self._room().height() // self._theme.sizes.row - 1, 1)
        jumps = {
            Qt.Key.Key_Home: (row, 0), Qt.Key.Key_End: (row, 10**6),
            Qt.Key.Key_PageUp: (row - page, column), Qt.Key.Key_PageDown: (row + page, column),
        }  # fmt: skip
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or cell is None:
            event.ignore()
        elif key in _STEPS:
            down, right = _STEPS[key]
            self.go(row + down, column + right)
        elif key in jumps:
            self.go(*jumps[key])
        elif key in _ENTER:
            self.acted.emit(cell)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position().toPoint())
        if cell is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        again = (cell.row, cell.column) == self._here
        self.go(cell.row, cell.column)
        if cell.state in GAPS or cell.state is State.DUE or again:
            self.acted.emit(cell)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        return super().viewportEvent(event)

    def _show_tip(self, event: QHelpEvent) -> None:
        cell = self.cell_at(event.pos())
        if cell is None or self._covered is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPos(), self.tip_of(cell), self.viewport())

    def tip_of(self, cell: Cell) -> str:
        """What the tool tip of a cell says."""
        return "\n".join(told_cell(self._covered, cell)) if self._covered is not None else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._show_here()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
            self.viewport().update()

    def focusInEvent(self, event: QEvent) -> None:
        self.viewport().update()

    def focusOutEvent(self, event: QEvent) -> None:
        self.viewport().update()

    # --- painting ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.brush("surface"))
        shown, room, height = self._covered, self._room(), self._theme.sizes.row
        if shown is not None and shown.rows and shown.columns:
            top = self.verticalScrollBar().value()
            rows = range(top // height, min((top + room.height()) // height + 1, len(shown.rows)))
            left, width = self.horizontalScrollBar().value(), self._cell_width()
            columns = range(left // width, min((left + room.width()) // width + 1, len(shown.columns)))
            painter.setClipRect(room)
            for row in rows:
                for column in columns:
                    self._paint_cell(painter, self.box_of(row, column), shown.cell(row, column))
            self._paint_here(painter, room)
            painter.setClipRect(QRect(0, room.top(), self.viewport().width(), room.height()))
            for row in rows:
                self._paint_row(painter, row)
            painter.setClipRect(QRect(room.left(), 0, room.width(), room.top()))
            for column in columns:
                self._paint_heading(painter, column)
            painter.setClipping(False)
            self._paint_corners(painter)
        painter.end()

    def _paint_cell(self, painter: QPainter, box: QRect, cell: Cell) -> None:
        theme, shown = self._theme, self._covered
        closed = shown is not None and not shown.columns[cell.column].days
        ground = _GROUNDS.get(cell.state, "")
        if cell.late and cell.state is State.DONE:
            ground = "soon_bg"
        if closed and not ground:
            ground = "band"
        if ground:
            painter.fillRect(box, theme.brush(ground))
        grid = theme.brush("grid")
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), grid)
        painter.fillRect(QRect(box.right(), box.top(), 1, box.height()), grid)
        self._paint_sign(painter, box, cell)

    def _paint_sign(self, painter: QPainter, box: QRect, cell: Cell) -> None:
        """A tick, 补, 缺, how many of how many: never colour alone."""
        theme = self._theme
        word, ink = sign_of(cell)
        if word == "✓":
            size = theme.px(14)
            draw_icon(painter, theme, "check", size, ink, box.center().x() - size // 2 + 1, box.center().y() + 1)
            return
        painter.setFont(theme.font(Type.QUIET, bold=cell.state in GAPS))
        painter.setPen(theme.color(ink))
        painter.drawText(box, MIDDLE, word)

    def _paint_here(self, painter: QPainter, room: QRect) -> None:
        focused = self.hasFocus()
        width = self._theme.sizes.focus if focused else self._theme.sizes.line
        draw_frame(
            painter,
            self._theme,
            self.box_of(*self._here).intersected(room),
            "accent" if focused else "soft_line",
            width,
        )

    def _paint_row(self, painter: QPainter, row: int) -> None:
        """The label at the left and the count at the right."""
        theme, sizes, shown = self._theme, self._theme.sizes, self._covered
        if shown is None:
            return
        box, room = self.box_of(row, 0), self._room()
        here = row == self._here[0]
        label = QRect(0, box.top(), room.left(), box.height())
        painter.fillRect(label, theme.brush("soft2" if here else "surface"))
        painter.fillRect(QRect(0, label.bottom(), label.width(), 1), theme.brush("grid"))
        painter.fillRect(QRect(label.right(), label.top(), 1, label.height()), theme.brush("control"))
        painter.setFont(theme.font(bold=here))
        painter.setPen(theme.color("ink" if shown.rows[row].asked else "ink3"))
        inner = label.adjusted(sizes.middle, 0, -sizes.small, 0)
        words = painter.fontMetrics().elidedText(shown.rows[row].label, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, MIDDLE_LEFT, words)
        counted = self._tallies[row]
        count = QRect(room.right() + 1, box.top(), self._count_width(), box.height())
        painter.fillRect(count, theme.brush("surface"))
        painter.fillRect(QRect(count.left(), count.bottom(), count.width(), 1), theme.brush("grid"))
        painter.fillRect(QRect(count.left(), count.top(), 1, count.height()), theme.brush("control"))
        lacks = counted.done < counted.asked
        painter.setFont(theme.font(bold=lacks))
        painter.setPen(theme.color("late" if lacks else "ink2"))
        painter.drawText(count.adjusted(0, 0, -sizes.middle, 0), MIDDLE_RIGHT, counted.text if counted.asked else "—")

    def _paint_heading(self, painter: QPainter, column: int) -> None:
        theme, shown = self._theme, self._covered
        if shown is None:
            return
        one, box = shown.columns[column], self.box_of(0, column)
        head = QRect(box.left(), 0, box.width(), self._head_height())
        painter.fillRect(head, theme.brush("band" if not one.days else "sunken"))
        here = column == self._here[1]
        upper = QRect(head.left(), 0, head.width(), theme.sizes.header)
        lower = QRect(head.left(), theme.sizes.header - theme.sizes.tiny, head.width(), theme.sizes.badge)
        painter.setFont(theme.font(Type.LABEL, bold=here))
        painter.setPen(theme.color("ink" if here else "ink2"))
        painter.drawText(upper, MIDDLE, one.label)
        painter.setFont(theme.font(Type.QUIET))
        painter.setPen(theme.color("ink3"))
        painter.drawText(
            lower, MIDDLE, painter.fontMetrics().elidedText(one.detail, Qt.TextElideMode.ElideRight, head.width())
        )
        painter.fillRect(QRect(head.left(), head.bottom(), head.width(), 1), theme.brush("line"))

    def _paint_corners(self, painter: QPainter) -> None:
        """The heads of the labels and of the counts."""
        theme, sizes, room = self._theme, self._theme.sizes, self._room()
        height = self._head_height()
        for box, words, align in (
            (QRect(0, 0, room.left(), height), "", MIDDLE_LEFT),
            (QRect(room.right() + 1, 0, self._count_width(), height), "做了", MIDDLE_RIGHT),
        ):
            painter.fillRect(box, theme.brush("sunken"))
            painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.brush("line"))
            painter.setFont(theme.font(Type.LABEL))
            painter.setPen(theme.color("ink2"))
            painter.drawText(box.adjusted(sizes.middle, 0, -sizes.middle, 0), align, words)


_GROUNDS = {State.HOLE: "late_bg", State.PARTLY: "late_bg", State.DUE: "soft2"}
_SIGNS = {
    State.HOLE: ("缺", "late"),
    State.DUE: ("待", "accent"),
    State.AHEAD: ("", "ink3"),
    State.NOT_ASKED: ("", "ink3"),
}


def sign_of(cell: Cell) -> tuple[str, str]:
    """What is drawn in a cell, and its ink: ✓, 补, 缺, 待, 1/2."""
    there = len(cell.wants) - len(cell.lacking)
    if cell.state is State.PARTLY or (cell.state is State.DUE and there):
        return f"{there}/{len(cell.wants)}", "late" if cell.state is State.PARTLY else "accent"
    if cell.state is State.DONE or cell.others:
        return ("补", "soon") if cell.late else ("✓", "ok" if cell.state is State.DONE else "ink3")
    return _SIGNS[cell.state]


def hint_of(cell: Cell) -> str:
    """What Enter does here."""
    if cell.state in GAPS or cell.state is State.DUE:
        return "Enter 登记"
    return "Enter 打开" if cell.records else ""
