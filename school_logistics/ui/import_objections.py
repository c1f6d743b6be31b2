"""What is wrong in the file, named by the cell of the original, with the remedies that make sense."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from school_logistics.models.checks import Level
from school_logistics.services.import_objections import written_in
from school_logistics.ui.chips import State, chip_width, paint_chip
from school_logistics.ui.line_list import LINE, Index, LineDelegate, LineList
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.import_plan import CellObjection, ImportPlan

MEND, EMPTY = "改这一格", "留空"
_STATES = {Level.REFUSED: State.LATE, Level.GAP: State.LATE, Level.WARNING: State.SOON}


class ObjectionLine(NamedTuple):
    """An objection with what the file has there, and what can be done about it."""

    objection: CellObjection
    title: str
    """What names its row, such as the dish."""
    written: str
    """What the original has there, in words."""
    remedies: tuple[str, ...]

    @property
    def reason(self) -> str:
        """What is wrong, with the row's name before it."""
        return f"{self.title}：{self.objection.reason}" if self.title else self.objection.reason

    @property
    def detail(self) -> str:
        """What the original has there, and the clause."""
        return " · ".join(part for part in (self.written, self.objection.clause) if part)


def line_of(plan: ImportPlan, one: CellObjection) -> ObjectionLine:
    """An objection as the list shows it."""
    title = plan.text(plan.rows[one.row], plan.ledger.title) if one.row >= 0 else ""
    if one.field == plan.ledger.title:
        title = ""
    return ObjectionLine(one, title, _original(plan, one), remedies_for(plan.ledger, one))


def _original(plan: ImportPlan, one: CellObjection) -> str:
    """What the original has in the cell, or that it has none."""
    if one.row < 0 or one.field not in plan.ledger.by_key:
        return ""
    told, row = written_in(plan, one), plan.rows[one.row]
    if told:
        mended = f"{row.sheet}!{row.cell(one.field)}" in plan.mended
        return f"{'这里改成' if mended else '原表写'}「{told}」"
    return (
        "原表这一格是空的"
        if one.field in row.raw.columns
        else f"原表没有「{plan.ledger.field(one.field).label}」这一列"
    )


def remedies_for(ledger: Ledger, one: CellObjection) -> tuple[str, ...]:
    """What the clerk can do about an objection, in the order of its numbers.

    Nothing is made up: a cell is typed over by the clerk, or left empty where a blank is allowed; a row that is left
    alone is not written.
    """
    if one.row < 0 or one.field not in ledger.by_key or not ledger.field(one.field).writable:
        return ()
    may_be_blank = not ledger.field(one.field).required and one.level is Level.REFUSED
    return (MEND, EMPTY) if may_be_blank else (MEND,)


class ObjectionDelegate(LineDelegate):
    """Paints an objection in two lines; the current one numbers its remedies."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.sizes.two_line)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: ObjectionLine = index.data(LINE)
        theme, sizes = self._theme, self._theme.sizes
        box: QRect = option.rect.adjusted(sizes.small, 0, -sizes.small, 0)
        current = self.is_current(index)
        self.tint(painter, box, option, index)
        middle = box.top() + theme.metrics().height() // 2 + sizes.tiny
        where = line.objection.cell or line.objection.sheet
        paint_chip(painter, theme, box.left() + sizes.small, middle, _STATES[line.objection.level], where)
        left = box.left() + max(chip_width(theme, "AA888"), chip_width(theme, where)) + sizes.huge
        upper = QRect(left, box.top() + sizes.tiny, box.right() - left - sizes.small, theme.metrics().height())
        lower = QRect(left, upper.bottom() + 1, upper.width(), box.bottom() - upper.bottom() - sizes.tiny)
        metrics = theme.metrics(bold=current)
        painter.setFont(theme.font(bold=current))
        painter.setPen(theme.color("ink"))
        shown = metrics.elidedText(line.reason, Qt.TextElideMode.ElideRight, upper.width())
        painter.drawText(upper, MIDDLE_LEFT, shown)
        offers = self.offers(line) if current else ""
        painter.setFont(theme.font(Type.QUIET))
        painter.setPen(theme.color("accent"))
        painter.drawText(lower, MIDDLE_RIGHT, offers)
        room = lower.width() - painter.fontMetrics().horizontalAdvance(offers) - sizes.middle
        painter.setFont(theme.font(Type.LABEL))
        painter.setPen(theme.color("ink2"))
        detail = theme.metrics(Type.LABEL).elidedText(line.detail, Qt.TextElideMode.ElideRight, room)
        painter.drawText(lower, MIDDLE_LEFT, detail)
        self.frame(painter, box, index)

    def offers(self, line: ObjectionLine) -> str:
        """The remedies with their numbers; a row that is refused may also be left alone."""
        numbered = [f"{number} {words}" for number, words in enumerate(line.remedies, start=1)]
        if line.objection.level is Level.REFUSED:
            numbered.append("不改就不写入这一行")
        return "　".join(numbered)


class ObjectionList(LineList[ObjectionLine, None]):
    """The objections of the sheet that is looked at; numbers take a remedy, Enter the first one."""

    remedied = Signal(object, str)
    """An `ObjectionLine` and the remedy that was taken."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(theme, "问题", parent=parent)
        self._delegate = ObjectionDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.entered.connect(lambda line: self.take(line, 1))

    def words_of(self, line: ObjectionLine | None) -> str:
        if line is None:
            return ""
        told = (line.objection.cell, line.reason, line.detail, self._delegate.offers(line))
        return "，".join(part for part in told if part)

    def tip_of(self, line: ObjectionLine) -> str:
        return "\n".join(part for part in (line.reason, line.detail) if part)

    def same(self, line: ObjectionLine, other: ObjectionLine) -> bool:
        one, before = line.objection, other.objection
        return (one.sheet, one.cell, one.field, one.reason) == (before.sheet, before.cell, before.field, before.reason)

    def take(self, line: ObjectionLine | None, number: int) -> bool:
        """Take a remedy by its number; say whether there is one."""
        if line is None or not 1 <= number <= len(line.remedies):
            return False
        self.remedied.emit(line, line.remedies[number - 1])
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_0
        if event.text().isdigit() and self.take(self.current(), number):
            return
        super().keyPressEvent(event)
