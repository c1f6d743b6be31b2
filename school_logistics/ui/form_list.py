"""The month's forms by tab, each with its code, its state and how many lines it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from school_logistics.ui.chips import State, chip_width, paint_chip
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT, draw_frame
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.services.month import FormState

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()
_LONGEST_CODE = "F-BUS-04"
_WORDS = ("缺 88", "可打印", "无记录")


class Group(NamedTuple):
    """The heading of a tab's forms."""

    title: str
    many: int


Line = "FormState | Group"


def state_of(form: FormState) -> State:
    """The chip of a form."""
    if form.gaps:
        return State.LATE
    return State.VOID if form.empty else State.PRINT


class Columns(NamedTuple):
    """Left and right edge of each column."""

    code: tuple[int, int]
    title: tuple[int, int]
    state: tuple[int, int]
    rows: tuple[int, int]


def columns_in(theme: Theme, width: int) -> Columns:
    """Where the columns lie in a list of that width; only the title gives way."""
    sizes = theme.sizes
    code = theme.metrics().horizontalAdvance(_LONGEST_CODE) + sizes.cell_left + sizes.cell_right
    state = max(chip_width(theme, word) for word in _WORDS) + 2 * sizes.cell_left
    rows = theme.metrics(Type.LABEL).horizontalAdvance("888 行") + sizes.cell_left + sizes.cell_right
    right = width - rows
    return Columns((0, code), (code, right - state), (right - state, right), (right, width))


class FormLines(QAbstractListModel):
    """The forms under their headings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._lines: list[FormState | Group] = []

    def set_forms(self, forms: Sequence[FormState]) -> None:
        """Show these, in the order of the pack."""
        groups: dict[str, list[FormState]] = {}
        for one in forms:
            groups.setdefault(one.group, []).append(one)
        self.beginResetModel()
        self._lines = []
        for title, found in groups.items():
            self._lines += [Group(title, len(found)), *found]
        self.endResetModel()

    def line(self, row: int) -> FormState | Group | None:
        """What stands in a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, code: str) -> int:
        """Where a form stands; -1 for nowhere."""
        found = (row for row, one in enumerate(self._lines) if not isinstance(one, Group) and one.code == code)
        return next(found, -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.line(index.row()), Group | None):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index.row())
        if line is None:
            return None
        if role == LINE:
            return line
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        if isinstance(line, Group):
            return None if role == Qt.ItemDataRole.ToolTipRole else f"{line.title} {line.many} 张"
        return f"{line.code} {line.title}，{line.word}，{line.rows} 行"


class FormLineDelegate(QStyledItemDelegate):
    """Paints a form as a row of cells, a heading as a sunken row."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        """`view` says which line is current and whether it has the keyboard."""
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.sizes.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE)
        box: QRect = option.rect
        columns = columns_in(self._theme, box.width())
        if isinstance(line, Group):
            self._paint_group(painter, box, columns, line)
            return
        current = index.row() == self._view.currentIndex().row()
        if current or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self._theme.brush("soft2"))
        self._paint_cells(painter, box, columns, line, current=current)
        for _, right in columns:
            painter.fillRect(QRect(right - 1, box.top(), 1, box.height()), self._theme.brush("grid"))
        painter.fillRect(QRect(0, box.bottom(), box.width(), 1), self._theme.brush("grid"))
        if current:
            focused = self._view.hasFocus()
            width = self._theme.sizes.focus if focused else self._theme.sizes.line
            draw_frame(painter, self._theme, box, "accent" if focused else "soft_line", width)

    def _paint_group(self, painter: QPainter, box: QRect, columns: Columns, line: Group) -> None:
        theme, sizes = self._theme, self._theme.sizes
        painter.fillRect(box, theme.brush("sunken"))
        painter.fillRect(QRect(0, box.bottom(), box.width(), 1), theme.brush("grid"))
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.color("ink2"))
        painter.drawText(box.adjusted(sizes.cell_left, 0, 0, 0), MIDDLE_LEFT, line.title)
        beside = max(columns.title[0], painter.fontMetrics().horizontalAdvance(line.title) + sizes.large)
        painter.drawText(box.adjusted(beside + sizes.cell_left, 0, 0, 0), MIDDLE_LEFT, f"{line.many} 张")

    def _paint_cells(self, painter: QPainter, box: QRect, columns: Columns, line: FormState, *, current: bool) -> None:
        theme, sizes = self._theme, self._theme.sizes

        def cell(column: tuple[int, int]) -> QRect:
            left, right = column
            inner = QRect(left, box.top(), right - left, box.height())
            return inner.adjusted(sizes.cell_left, 0, -sizes.cell_right, 0)

        painter.setFont(theme.font())
        painter.setPen(theme.color("ink2"))
        painter.drawText(cell(columns.code), MIDDLE_LEFT, line.code)
        title = cell(columns.title)
        painter.setFont(theme.font(bold=current))
        painter.setPen(theme.color("ink"))
        metrics = theme.metrics(bold=current)
        painter.drawText(title, MIDDLE_LEFT, metrics.elidedText(line.title, Qt.TextElideMode.ElideRight, title.width()))
        paint_chip(painter, theme, cell(columns.state).left(), box.top() + box.height() // 2, state_of(line), line.word)
        painter.setFont(theme.font(Type.LABEL))
        painter.setPen(theme.color("ink2"))
        painter.drawText(cell(columns.rows), MIDDLE_RIGHT, f"{line.rows} 行" if line.rows else "—")


class FormHead(QWidget):
    """The headings above the list."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """As wide as the list below it."""
        super().__init__(parent)
        self._theme = theme
        self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(self._theme.sizes.header)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        painter.fillRect(self.rect(), theme.brush("sunken"))
        painter.setFont(theme.font(Type.LABEL))
        names = ("编号", "表名", "状态", "记录")
        for name, (left, right) in zip(names, columns_in(theme, self.width() - sizes.scroll_bar), strict=True):
            inner = QRect(left, 0, right - left, self.height())
            painter.setPen(theme.color("ink2"))
            flags = MIDDLE_RIGHT if name == "记录" else MIDDLE_LEFT
            painter.drawText(inner.adjusted(sizes.cell_left, 0, -sizes.cell_right, 0), flags, name)
            top = (self.height() - sizes.separator) // 2
            if right < self.width() - sizes.scroll_bar:
                painter.fillRect(QRect(right - 1, top, 1, sizes.separator), theme.brush("line"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.brush("line"))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()
            self.update()


class FormList(QListView):
    """The forms of a month; arrows move, Enter goes to what is missing, P prints."""

    chosen = Signal(str)
    """Code of the form that has become current."""
    entered = Signal()
    print_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._theme = theme
        self._lines = FormLines(self)
        self.setModel(self._lines)
        self.setItemDelegate(FormLineDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName("本月检查表")
        self.doubleClicked.connect(self.entered)

    def set_forms(self, forms: Sequence[FormState]) -> None:
        """Show these; the current form stays current, else the first one is."""
        kept = self.current()
        bar = self.verticalScrollBar().value()
        self._lines.set_forms(forms)
        row = self._lines.row_of(kept.code) if kept else -1
        self.setCurrentIndex(self._lines.index(row if row >= 0 else 1, 0))
        if kept:
            self.verticalScrollBar().setValue(bar)

    def forms(self) -> list[FormState]:
        """The forms shown."""
        lines = (self._lines.line(row) for row in range(self._lines.rowCount()))
        return [line for line in lines if line is not None and not isinstance(line, Group)]

    def current(self) -> FormState | None:
        """The current form."""
        line = self._lines.line(self.currentIndex().row())
        return None if isinstance(line, Group) else line

    def go_to(self, code: str) -> bool:
        """Make a form current; say whether there is one of that code."""
        row = self._lines.row_of(code)
        if row >= 0:
            self.setCurrentIndex(self._lines.index(row, 0))
        return row >= 0

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        form = self.current()
        if form is not None:
            self.chosen.emit(form.code)

    def scrollTo(self, index: Index, hint: QListView.ScrollHint = QListView.ScrollHint.EnsureVisible) -> None:
        """Show the heading too when its first form becomes current."""
        if isinstance(self._lines.line(index.row() - 1), Group):
            super().scrollTo(self._lines.index(index.row() - 1, 0), hint)
        super().scrollTo(index, hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_P and plain:
            self.print_wanted.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters act only where they are named; none of them moves the current line."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()
