"""The month's forms by tab, each with its code, its state and how many lines it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from school_logistics.services.form_states import Standing
from school_logistics.ui.chips import State, chip_width, paint_chip
from school_logistics.ui.line_list import LINE, Index, LineDelegate, LineList
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.services.form_states import FormState

_LONGEST_CODE = "F-BUS-04"
_WORDS = ("缺 88", "不同 88", "可打印", "无记录")
_STATES = {
    Standing.GAPS: State.LATE,
    Standing.EMPTY: State.VOID,
    Standing.READY: State.PRINT,
    Standing.PRINTED: State.SOON,
    Standing.SIGNED: State.OK,
    Standing.DIFFERS: State.LATE,
}


class Group(NamedTuple):
    """The heading of a tab's forms."""

    title: str
    many: int


def state_of(form: FormState) -> State:
    """The chip of a form."""
    return _STATES[form.standing] if form.code else State.LATE


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


class FormLineDelegate(LineDelegate):
    """Paints a form as a row of cells, a heading as a sunken row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE)
        box: QRect = option.rect
        columns = columns_in(self._theme, box.width())
        if isinstance(line, Group):
            self._paint_group(painter, box, columns, line)
            return
        self.tint(painter, box, option, index)
        self._paint_cells(painter, box, columns, line, current=self.is_current(index))
        for _, right in columns:
            painter.fillRect(QRect(right - 1, box.top(), 1, box.height()), self._theme.brush("grid"))
        painter.fillRect(QRect(0, box.bottom(), box.width(), 1), self._theme.brush("grid"))
        self.frame(painter, box, index)

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


class FormList(LineList["FormState", Group]):
    """The forms of a month; arrows move, Enter goes to what is missing, P prints, S files the signed paper."""

    print_wanted = Signal()
    sign_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(theme, "本月检查表", Group, parent)
        self.setItemDelegate(FormLineDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def set_forms(self, forms: Sequence[FormState]) -> None:
        """Show these under the headings of their tabs, in the order of the pack."""
        groups: dict[str, list[FormState]] = {}
        for one in forms:
            groups.setdefault(one.group, []).append(one)
        lines: list[FormState | Group] = []
        for title, found in groups.items():
            lines += [Group(title, len(found)), *found]
        self.set_lines(lines)

    def words_of(self, line: FormState | Group) -> str:
        if isinstance(line, Group):
            return f"{line.title} {line.many} 张"
        return f"{line.code} {line.title}，{line.word}，{line.rows} 行"

    def tip_of(self, line: FormState) -> str:
        return "\n".join(part for part in (line.title, line.why if line.code else line.word, line.next_act) if part)

    def same(self, line: FormState, other: FormState) -> bool:
        return line.code == other.code

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        wanted = {Qt.Key.Key_P: self.print_wanted, Qt.Key.Key_S: self.sign_wanted}.get(Qt.Key(event.key()))
        if wanted is not None and plain:
            wanted.emit()
        else:
            super().keyPressEvent(event)
