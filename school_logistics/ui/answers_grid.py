"""The answers grid: every item of a checklist with √, × or —, under the cell or field that holds the answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from school_logistics.rules.kinds import ABNORMAL, ALL_NORMAL, NORMAL, NOT_APPLICABLE
from school_logistics.ui.floating import Floating
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT, draw_icon
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.models.ledger import Field, Ledger
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft

_NEXT = {NORMAL: ABNORMAL, ABNORMAL: NOT_APPLICABLE, NOT_APPLICABLE: NORMAL}
_WORDS = {NORMAL: "正常", ABNORMAL: "异常", NOT_APPLICABLE: "不适用"}
_MOST_ROWS = 12


@dataclass(frozen=True)
class CheckLine:
    """One item and how it looks when all is well."""

    label: str
    detail: str = ""


def check_lines(desk: Desk, ledger: Ledger, field: Field, draft: Draft) -> list[CheckLine]:
    """The items of the field's checklist in force on the day of the check, in order."""
    from school_logistics.services.rows import Query

    happened = draft.get(ledger.happened) or desk.today
    on = happened.date() if isinstance(happened, datetime) else happened
    items = desk.ledger("check_item")
    checklist = str(getattr(field.kind, "checklist", ""))
    query = Query(filters=(("checklist", checklist),))
    keys = [one.key for one in items.fields]
    rows = [dict(zip(keys, row.values, strict=True)) for row in desk.rows(items, desk.ids(items, query))]
    return [
        CheckLine(str(row["label"]), str(row.get("detail") or ""))
        for row in rows
        if row["checklist"] == checklist and isinstance(on, date) and _in_force(row, on)
    ]


def _in_force(row: dict[str, object], on: date) -> bool:
    begins, ends = row.get("valid_from"), row.get("valid_to")
    return not (isinstance(begins, date) and begins > on) and not (isinstance(ends, date) and ends < on)


class AnswersGrid(Floating):
    """A list of items; the line that owns it hands over its keys: ↑↓, Space, X, M."""

    changed = Signal()
    """An answer was changed with the mouse."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        """Lie above everything else in `window`, hidden."""
        super().__init__(theme, window, "检查项目")
        self._lines: tuple[CheckLine, ...] = ()
        self._marks: list[str] = []
        self._current = 0

    def offer(self, lines: Sequence[CheckLine], told: str) -> None:
        """Show the items with the answers told so far, such as 压力×、铅封—."""
        self._lines = tuple(lines)
        marks = {one[:-1]: one[-1] for one in told.split("、") if one and one[-1] in {ABNORMAL, NOT_APPLICABLE}}
        self._marks = [marks.get(line.label, NORMAL) for line in self._lines]
        self._current = 0
        self.update()

    def told(self) -> str:
        """The answers in words: 全部正常, or the exceptions."""
        exceptions = [
            f"{line.label}{mark}" for line, mark in zip(self._lines, self._marks, strict=True) if mark != NORMAL
        ]
        return "、".join(exceptions) or ALL_NORMAL

    def take_key(self, key: Qt.Key) -> bool:
        """Take a key of the foot line; True when it was one."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if key in steps:
            self._current = min(max(self._current + steps[key], 0), len(self._lines) - 1)
            self.update()
            return True
        answers = {Qt.Key.Key_X: ABNORMAL, Qt.Key.Key_M: NOT_APPLICABLE, Qt.Key.Key_Space: ""}
        if key not in answers:
            return False
        self._answer(self._current, answers[key])
        if key != Qt.Key.Key_Space:
            self._current = min(self._current + 1, len(self._lines) - 1)
        return True

    def _answer(self, place: int, mark: str) -> None:
        """Give an item a mark, or the next one when none is named."""
        if 0 <= place < len(self._marks):
            self._marks[place] = mark or _NEXT[self._marks[place]]
            self.setAccessibleDescription(f"{self._lines[place].label} {_WORDS[self._marks[place]]}")
            self.update()

    def sizeHint(self) -> QSize:
        sizes = self._theme.sizes
        rows = min(len(self._lines), _MOST_ROWS)
        return QSize(sizes.chooser, rows * sizes.row + sizes.row + 2 * sizes.line)

    def _first(self) -> int:
        """The first item shown, so that the current one is in sight."""
        return max(0, min(self._current - _MOST_ROWS + 1, len(self._lines) - _MOST_ROWS)) if self._lines else 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point: QPoint = event.position().toPoint()
        place = (point.y() - self._theme.sizes.line) // self._theme.sizes.row + self._first()
        if 0 <= place < len(self._lines):
            self._current = place
            self._answer(place, "")
            self.changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        sizes = self._theme.sizes
        self.paint_ground(painter)
        first = self._first()
        for shown, place in enumerate(range(first, min(first + _MOST_ROWS, len(self._lines)))):
            line = QRect(1, sizes.line + shown * sizes.row, self.width() - 2, sizes.row)
            self._paint_line(painter, place, line)
        self.paint_foot(painter, "↑↓ 选　X 异常　M 不适用　Space 换　Enter 填入　Esc 关")
        painter.end()

    def _paint_line(self, painter: QPainter, place: int, line: QRect) -> None:
        theme, sizes = self._theme, self._theme.sizes
        item, mark = self._lines[place], self._marks[place]
        if place == self._current:
            self.paint_current(painter, line)
        left = line.x() + sizes.middle
        icon, ink = {NORMAL: ("check", "ok"), ABNORMAL: ("triangle-alert", "late")}.get(mark, ("ban", "void"))
        draw_icon(painter, theme, icon, sizes.icon, ink, left, line.center().y() + 1)
        left += sizes.icon + sizes.small
        word = theme.metrics(Type.QUIET).horizontalAdvance(_WORDS[NOT_APPLICABLE])
        painter.setFont(theme.font(bold=mark == ABNORMAL))
        painter.setPen(theme.color("ink" if mark != NOT_APPLICABLE else "ink3"))
        painter.drawText(QRect(left, line.y(), line.width() - left, line.height()), MIDDLE_LEFT, item.label)
        left += theme.metrics(bold=True).horizontalAdvance(item.label) + sizes.middle
        right = line.right() - sizes.middle
        painter.setFont(theme.font(Type.QUIET))
        painter.setPen(theme.color("ink3"))
        room = right - word - sizes.small - left
        detail = theme.metrics(Type.QUIET).elidedText(item.detail, Qt.TextElideMode.ElideRight, max(room, 0))
        painter.drawText(QRect(left, line.y(), max(room, 0), line.height()), MIDDLE_LEFT, detail)
        painter.setPen(theme.color(ink))
        painter.drawText(QRect(left, line.y(), right - left, line.height()), MIDDLE_RIGHT, _WORDS[mark])
