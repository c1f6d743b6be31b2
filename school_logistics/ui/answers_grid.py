"""The answers grid: every item of a checklist with its mark, under the cell or field that holds the answers.

Items are marked with single keys; what was found at an item is typed in the line itself, between the brackets behind
its mark, so that an input method works as everywhere else.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from school_logistics.errors import Unreadable
from school_logistics.rules.answers import (
    ABNORMAL,
    NORMAL,
    NOT_APPLICABLE,
    Answer,
    points,
    read_answers,
    tell_answers,
)
from school_logistics.ui.floating import Floating
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT, draw_icon
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from school_logistics.services.checking import CheckLine, CheckLines

_NEXT = {NORMAL: ABNORMAL, ABNORMAL: NOT_APPLICABLE, NOT_APPLICABLE: NORMAL}
_MOST_ROWS, _LEAST_ROWS = 12, 4
_LONGEST = 3
"""Digits of the points that an item costs."""
_FOOT = "↑↓ 选　X 不符合，写情况　M 不适用　空格 改回符合　Enter 填入　Esc 关"
_FOOT_SCORED = "↑↓ 选　数字 扣几分　X 写情况　M 不适用　空格 改回　Enter 填入　Esc 关"
_FOOT_NOTING = "写是什么情况；↑↓ 到别的项　Enter 填入"
_FOOT_SILENT = "没写情况的不算：写是什么情况，或者 Esc 再按空格改回"


class AnswersGrid(Floating):
    """A list of items; the line that owns it hands over its keys: ↑↓, Space, X, M and digits."""

    changed = Signal()
    """An answer was changed with the mouse."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        """Lie above everything else in `window`, hidden."""
        super().__init__(theme, window, "检查项目")
        self._lines: tuple[CheckLine, ...] = ()
        self._words: dict[str, str] = {}
        self._answers: list[Answer] = []
        self._digits = ""
        self._current = 0
        self._noting = False

    def offer(self, items: CheckLines, told: str) -> None:
        """Show the items with the answers told so far, such as 压力×（指针在红区）、铅封—."""
        self._lines, self._words = items.lines, dict(items.words)
        self._current, self._digits, self._noting = 0, "", False
        self._answers = [Answer() for _ in self._lines]
        self.take_told(told)

    def take_told(self, told: str) -> bool:
        """Take the answers from a line; False, with nothing changed, while it cannot be taken apart."""
        try:
            answers = read_answers(told) if told.strip() else {}
        except Unreadable:
            return False
        self._answers = [answers.get(line.label, Answer()) for line in self._lines]
        self.update()
        return True

    def told(self) -> str:
        """The answers in words: 全部正常, or the exceptions."""
        return tell_answers({line.label: one for line, one in zip(self._lines, self._answers, strict=True)})

    def told_for_note(self) -> tuple[str, int]:
        """The answers with brackets behind the current item, and where between them the note ends."""
        at = self._current
        texts = [one.told(line.label) for line, one in zip(self._lines, self._answers, strict=True)]
        if not self._answers[at].note:
            texts[at] += "（）"
        shown = [place for place, one in enumerate(self._answers) if one.mark != NORMAL]
        before = sum(len(texts[place]) + 1 for place in shown if place < at)
        return "、".join(texts[place] for place in shown), before + len(texts[at]) - 1

    def go_to_silent(self) -> bool:
        """To the first × without a word about what was found, to have it typed; False when each has one.

        What costs points is told by them.
        """
        silent = (place for place, one in enumerate(self._answers) if one.mark == ABNORMAL)
        place = next((one for one in silent if not self._answers[one].note and not self._answers[one].lost), None)
        if place is None:
            return False
        self._go(place)
        self._noting = True
        return True

    @property
    def noting(self) -> bool:
        """Whether what was found at the current item is being typed in the line."""
        return self._noting

    def stop_noting(self) -> None:
        """The note is done."""
        self._noting = False
        self.update()

    def take_key(self, key: Qt.Key) -> bool:
        """Take a key of the foot line; True when it was one."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if key in steps:
            self._go(self._current + steps[key])
            return True
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9 or key == Qt.Key.Key_Period:
            return self._cost("." if key == Qt.Key.Key_Period else str(int(key) - int(Qt.Key.Key_0)))
        if key == Qt.Key.Key_X:
            self._answer(self._current, ABNORMAL)
            self._noting = bool(self._lines)
        elif key == Qt.Key.Key_M:
            self._answer(self._current, NOT_APPLICABLE)
            self._go(self._current + 1)
        elif key == Qt.Key.Key_Space:
            self._answer(self._current, NORMAL)
        else:
            return False
        return True

    def _go(self, place: int) -> None:
        self._current = max(0, min(place, len(self._lines) - 1))
        self._digits = ""
        self.update()

    def _cost(self, typed: str) -> bool:
        """Say how many points the current item costs, digit by digit; 0 takes it back."""
        worth = self._lines[self._current].points if self._lines else None
        if worth is None:
            return False
        self._digits = (self._digits + typed)[-_LONGEST:]
        lost = min(Decimal(f"0{self._digits}0" if self._digits.endswith(".") else f"0{self._digits}"), worth)
        before = self._answers[self._current]
        self._answers[self._current] = Answer(ABNORMAL, lost, before.note) if lost else Answer()
        self._tell(self._current)
        return True

    def _answer(self, place: int, mark: str) -> None:
        """Give an item a mark, or the next one when none is named; a note stays with ×."""
        if 0 <= place < len(self._answers):
            before = self._answers[place]
            mark = mark or _NEXT[before.mark]
            self._answers[place] = replace(before, mark=mark) if mark == ABNORMAL else Answer(mark)
            self._tell(place)

    def _tell(self, place: int) -> None:
        one = self._answers[place]
        self.setAccessibleDescription(f"{self._lines[place].label} {self._word(place)} {one.note}".rstrip())
        self.update()

    def _word(self, place: int) -> str:
        """What stands at the right of an item: 符合, 不符合, or 扣 2 分 of how many."""
        one, line = self._answers[place], self._lines[place]
        if one.mark == ABNORMAL and line.points is not None:
            return f"扣 {points(one.lost if one.lost is not None else line.points)}／{points(line.points)} 分"
        return self._words.get(one.mark, "")

    def sizeHint(self) -> QSize:
        sizes = self._theme.sizes
        return QSize(sizes.chooser, (self._rows() + 1) * sizes.row + 2 * sizes.line)

    def _rows(self) -> int:
        """How many items are shown at once: they and the foot fit above or below any cell of the window."""
        window = self.parentWidget()
        room = window.height() // 2 // self._theme.sizes.row - 2 if window is not None else _MOST_ROWS
        return min(len(self._lines), max(_LEAST_ROWS, min(room, _MOST_ROWS)))

    def _first(self) -> int:
        """The first item shown, so that the current one is in sight."""
        rows = self._rows()
        return max(0, min(self._current - rows + 1, len(self._lines) - rows))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point: QPoint = event.position().toPoint()
        place = (point.y() - self._theme.sizes.line) // self._theme.sizes.row + self._first()
        if 0 <= place < len(self._lines):
            self._go(place)
            self._answer(place, "")
            self.changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        sizes = self._theme.sizes
        self.paint_ground(painter)
        first = self._first()
        for shown, place in enumerate(range(first, first + self._rows())):
            line = QRect(1, sizes.line + shown * sizes.row, self.width() - 2, sizes.row)
            self._paint_line(painter, place, line)
        scored = any(line.points is not None for line in self._lines)
        self.paint_foot(painter, self._foot() if self._noting else _FOOT_SCORED if scored else _FOOT)
        painter.end()

    def _foot(self) -> str:
        """What is said while a note is typed."""
        return _FOOT_NOTING if self._answers[self._current].note else _FOOT_SILENT

    def _paint_line(self, painter: QPainter, place: int, line: QRect) -> None:
        theme, sizes = self._theme, self._theme.sizes
        item, answer = self._lines[place], self._answers[place]
        if place == self._current:
            self.paint_current(painter, line)
        left = line.x() + sizes.middle
        icon, ink = {NORMAL: ("check", "ok"), ABNORMAL: ("triangle-alert", "late")}.get(answer.mark, ("ban", "void"))
        draw_icon(painter, theme, icon, sizes.icon, ink, left, line.center().y() + 1)
        left += sizes.icon + sizes.small
        word = self._word(place)
        taken = theme.metrics(Type.QUIET).horizontalAdvance(word)
        label = f"{'*' if item.key_item else ''}{item.label}{'（否决）' if item.veto else ''}"
        painter.setFont(theme.font(bold=answer.mark == ABNORMAL))
        painter.setPen(theme.color("ink" if answer.mark != NOT_APPLICABLE else "ink3"))
        painter.drawText(QRect(left, line.y(), line.width() - left, line.height()), MIDDLE_LEFT, label)
        left += theme.metrics(bold=True).horizontalAdvance(label) + sizes.middle
        right = line.right() - sizes.middle
        painter.setFont(theme.font(Type.QUIET))
        painter.setPen(theme.color("late" if answer.note else "ink3"))
        room = max(right - taken - sizes.small - left, 0)
        told = answer.note or item.detail
        detail = theme.metrics(Type.QUIET).elidedText(told, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, line.y(), room, line.height()), MIDDLE_LEFT, detail)
        painter.setPen(theme.color(ink))
        painter.drawText(QRect(left, line.y(), right - left, line.height()), MIDDLE_RIGHT, word)
