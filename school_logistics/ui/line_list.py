"""A list of painted lines under headings: one line is current, arrows move, Enter acts on it.

What is due, the forms of a month, what they lack, the sheets and the figures of the return are all such lists. A list
says of each line what a screen reader reads and what the tool tip adds; its delegate paints it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from school_logistics.ui.painting import draw_frame
from school_logistics.ui.theme import Theme

L = TypeVar("L")
H = TypeVar("H")
Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Lines(QAbstractListModel, Generic[L, H]):
    """The lines as a model; headings can be seen but not be current."""

    def __init__(
        self, heading: type[H] | None, words: Callable[[L | H], str], tip: Callable[[L], str], parent: QWidget
    ) -> None:
        """`heading` is the class of the headings, None for a list without them."""
        super().__init__(parent)
        self._heading, self._words, self._tip = heading, words, tip
        self._lines: list[L | H] = []

    def set_lines(self, lines: Sequence[L | H]) -> None:
        """Hold these instead."""
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def at(self, row: int) -> L | H | None:
        """What stands in a row, heading or line."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def is_heading(self, row: int) -> bool:
        """Whether a heading stands there."""
        return self._heading is not None and isinstance(self.at(row), self._heading)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.is_heading(index.row()):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.at(index.row())
        if line is None:
            return None
        if role == LINE:
            return line
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._words(line)
        if role == Qt.ItemDataRole.ToolTipRole and not self.is_heading(index.row()):
            return self._tip(line)  # type: ignore[arg-type]  # it is no heading
        return None


class LineList(QListView, Generic[L, H]):
    """The view; what a list is about says its subclass."""

    entered = Signal(object)
    """The line on which Enter was pressed, that was clicked twice, or whose key words were clicked."""
    moved = Signal(object)
    """The line that has become current; not told while the lines are replaced."""

    def __init__(self, theme: Theme, name: str, heading: type[H] | None = None, parent: QWidget | None = None) -> None:
        """`name` is what a screen reader calls the list."""
        super().__init__(parent)
        self._theme = theme
        self._on_key, self._replacing = False, False
        self.model_of_lines: Lines[L, H] = Lines(heading, self.words_of, self.tip_of, self)
        self.setModel(self.model_of_lines)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(name)
        self.doubleClicked.connect(self._enter)

    # --- what a list says of its lines -------------------------------------------------------------

    def words_of(self, line: L | H) -> str:
        """A line as a screen reader reads it."""
        return str(line)

    def tip_of(self, line: L) -> str:
        """What the tool tip of a line says."""
        return self.words_of(line)

    def same(self, line: L, other: L) -> bool:
        """Whether two lines are about the same thing, before and after the list was filled anew."""
        return line == other

    def key_box(self, box: QRect) -> QRect:
        """Where, in the box of the current line, the words stand that can be clicked like a link."""
        return QRect()

    # --- lines -------------------------------------------------------------------------------------

    def set_lines(self, lines: Sequence[L | H], *, anew: bool = False) -> None:
        """Show these; what was current stays so, else the line nearest to it. `anew` begins with the first one."""
        kept, place = None if anew else self.current(), self.currentIndex().row()
        bar = self.verticalScrollBar().value()
        self._replacing = True
        self.model_of_lines.set_lines(lines)
        rows = self._rows()
        same = (row for row in rows if kept is not None and self.same(self._line(row), kept))
        nearest = min(rows, key=lambda row: abs(row - place), default=-1) if kept is not None else next(iter(rows), -1)
        self.setCurrentIndex(self.model_of_lines.index(next(same, nearest), 0))
        self._replacing = False
        if kept is not None:
            self.verticalScrollBar().setValue(bar)

    def lines(self) -> list[L]:
        """The lines shown, without headings."""
        return [self._line(row) for row in self._rows()]

    def headings(self) -> list[str]:
        """The headings shown, in words."""
        model = self.model_of_lines
        rows = (row for row in range(model.rowCount()) if model.is_heading(row))
        return [str(model.index(row, 0).data()) for row in rows]

    def current(self) -> L | None:
        """The current line."""
        row = self.currentIndex().row()
        return None if row < 0 or self.model_of_lines.is_heading(row) else self._line(row)

    def go_to(self, wanted: Callable[[L], bool]) -> bool:
        """Make the first line of that kind current; say whether there is one."""
        row = next((row for row in self._rows() if wanted(self._line(row))), -1)
        if row >= 0:
            self.setCurrentIndex(self.model_of_lines.index(row, 0))
        return row >= 0

    def step(self, by: int = 1) -> bool:
        """Go so many lines down or, negative, up; False at the end."""
        rows = self._rows()
        here = rows.index(self.currentIndex().row()) if self.currentIndex().row() in rows else -1
        if not 0 <= here + by < len(rows):
            return False
        self.setCurrentIndex(self.model_of_lines.index(rows[here + by], 0))
        return True

    def enter(self) -> None:
        """Act on the current line."""
        self._enter(self.currentIndex())

    def _rows(self) -> list[int]:
        model = self.model_of_lines
        return [row for row in range(model.rowCount()) if not model.is_heading(row)]

    def _line(self, row: int) -> L:
        return self.model_of_lines.at(row)  # type: ignore[return-value]  # a row that holds no heading

    def _enter(self, index: Index) -> None:
        if index.isValid() and not self.model_of_lines.is_heading(index.row()):
            self.entered.emit(self._line(index.row()))

    # --- keys and mouse ----------------------------------------------------------------------------

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        line = self.current()
        if line is not None and not self._replacing:
            self.moved.emit(line)

    def scrollTo(self, index: Index, hint: QListView.ScrollHint = QListView.ScrollHint.EnsureVisible) -> None:
        """Show the heading too when its first line becomes current."""
        above = self.model_of_lines.index(index.row() - 1, 0)
        if above.isValid() and self.model_of_lines.is_heading(above.row()):
            super().scrollTo(above, hint)
        super().scrollTo(index, hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()  # Enter with another key is the page's own
        else:
            self.enter()

    def keyboardSearch(self, search: str) -> None:
        """Letters act only where they are named; none of them moves the current line."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._on_key = index.isValid() and index == self.currentIndex() and self._over_key(event)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._on_key and self._over_key(event):
            self.enter()

    def _over_key(self, event: QMouseEvent) -> bool:
        return self.key_box(self.visualRect(self.currentIndex())).contains(event.position().toPoint())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()


class LineDelegate(QStyledItemDelegate):
    """What the painters of such lists share: the height of a line, the tint, the frame."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        """`view` says which line is current and whether it has the keyboard."""
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.sizes.row)

    def is_current(self, index: Index) -> bool:
        """Whether this line is the current one."""
        return index.row() == self._view.currentIndex().row()

    def tint(self, painter: QPainter, box: QRect, option: QStyleOptionViewItem, index: Index) -> None:
        """Tint the current line and the one under the pointer."""
        if self.is_current(index) or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self._theme.brush("soft2"))

    def frame(self, painter: QPainter, box: QRect, index: Index) -> None:
        """Frame the current line: 2 px where the keyboard is, 1 px where it is not."""
        if self.is_current(index):
            focused = self._view.hasFocus()
            width = self._theme.sizes.focus if focused else self._theme.sizes.line
            draw_frame(painter, self._theme, box, "accent" if focused else "soft_line", width)
