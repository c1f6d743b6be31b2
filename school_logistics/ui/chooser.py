"""The pinyin chooser: a frame under the cell or field with the best matches for what was typed so far.

The editor keeps the focus; it hands the frame its arrow keys and asks what is chosen. The frame is a child of the
window, never a window of its own, so an input method keeps working while it is open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from school_logistics.ui.floating import Floating
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.services.rows import Choice

MOST = 8
"""So many are seen at once; for more another letter is quicker than the arrows."""


def matched(name: str, initials: str, typed: str) -> tuple[int, int]:
    """Which characters of a name were typed, as (first, how many): by themselves or by their initials.

    >>> matched("鸡腿菇", "jtg", "jt"), matched("大白菜", "dbc", "白"), matched("鸡蛋", "jd", "x")
    ((0, 2), (1, 1), (0, 0))
    """
    wanted = typed.casefold().replace(" ", "")
    if not wanted:
        return (0, 0)
    at = name.casefold().find(wanted)
    if at < 0 and len(initials) == len(name):
        at = initials.casefold().find(wanted)
    return (at, len(wanted)) if at >= 0 else (0, 0)


class Chooser(Floating):
    """Shows eight choices at a time; `picked` is emitted when one is clicked."""

    picked = Signal(int)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        """Lie above everything else in `window`, hidden until there is something to offer."""
        super().__init__(theme, window, "可选项")
        self._choices: tuple[Choice, ...] = ()
        self._typed, self._current, self._first, self._foot = "", 0, 0, ""
        self._nothing = ""

    def offer(self, choices: Sequence[Choice], typed: str, foot: str, nothing: str, current: int = 0) -> None:
        """Show the choices for what was typed; `nothing` is said when there are none. `current` -1 marks none yet."""
        self._choices, self._typed, self._foot, self._nothing = tuple(choices), typed, foot, nothing
        self._first = 0
        self.make_current(current)
        self.setAccessibleDescription("、".join(choice.name for choice in self._choices))
        self.update()

    def choices(self) -> tuple[Choice, ...]:
        """What is offered."""
        return self._choices

    def current(self) -> Choice | None:
        """The choice that Enter takes."""
        return self._choices[self._current] if 0 <= self._current < len(self._choices) else None

    def step(self, by: int) -> None:
        """Move the current choice; stops at both ends."""
        if self._choices:
            self.make_current(min(max(self._current + by, 0), len(self._choices) - 1))

    def make_current(self, place: int) -> None:
        """Make one choice current and bring it into sight."""
        self._current = place
        self._first = min(max(self._first, place - MOST + 1), max(place, 0))
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.step(-1 if event.angleDelta().y() > 0 else 1)
        event.accept()

    def sizeHint(self) -> QSize:
        sizes = self._theme.sizes
        rows = min(max(len(self._choices), 1), MOST)
        return QSize(sizes.chooser, rows * sizes.chooser_row + sizes.row + 2 * sizes.line)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().toPoint())
        if place is not None and place != self._current:
            self.make_current(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().toPoint())
        if place is not None:
            self.picked.emit(place)

    def _place_at(self, point: QPoint) -> int | None:
        line = (point.y() - self._theme.sizes.line) // self._theme.sizes.chooser_row
        place = self._first + line
        return place if 0 <= line < MOST and place < len(self._choices) else None

    # --- painting ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        self.paint_ground(painter)
        for place in range(self._first, min(self._first + MOST, len(self._choices))):
            self._paint_choice(painter, place)
        if not self._choices:
            painter.setFont(theme.font())
            painter.setPen(theme.color("ink2"))
            line = QRect(sizes.large, sizes.line, self.width() - 2 * sizes.large, sizes.chooser_row)
            painter.drawText(line, MIDDLE_LEFT, self._nothing)
        self.paint_foot(painter, self._foot)
        painter.end()

    def _paint_choice(self, painter: QPainter, place: int) -> None:
        theme, sizes = self._theme, self._theme.sizes
        choice = self._choices[place]
        line = QRect(1, sizes.line + (place - self._first) * sizes.chooser_row, self.width() - 2, sizes.chooser_row)
        if place == self._current:
            self.paint_current(painter, line)
        left, right = line.x() + sizes.middle, line.right() - sizes.middle
        free = self._paint_detail(painter, choice.detail, line, right) - sizes.large
        ends = self._paint_name(painter, choice, left, line, free)
        initials_at = max(left + theme.px(140), ends + sizes.middle)
        room = free - initials_at
        quiet = theme.metrics(Type.LABEL)
        if choice.initials and choice.initials != choice.name.casefold() and room > quiet.horizontalAdvance("m"):
            painter.setFont(theme.font(Type.LABEL))
            painter.setPen(theme.color("ink3"))
            shown = quiet.elidedText(choice.initials, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(initials_at, line.y(), room, line.height()), MIDDLE_LEFT, shown)

    def _paint_detail(self, painter: QPainter, detail: str, line: QRect, right: int) -> int:
        """Paint what the latest record said, such as 17.63 元, its unit quiet; return where it begins."""
        theme = self._theme
        figure, _, unit = detail.rpartition(" ")
        parts = ((unit, Type.QUIET, "ink3"), (figure, Type.TEXT, "ink")) if figure else ((detail, Type.TEXT, "ink"),)
        for words, kind, ink in parts:
            width = theme.metrics(kind).horizontalAdvance(words)
            painter.setFont(theme.font(kind))
            painter.setPen(theme.color(ink))
            painter.drawText(QRect(right - width, line.y(), width + 1, line.height()), MIDDLE_RIGHT, words)
            right -= width + theme.sizes.tiny
        return right

    def _paint_name(self, painter: QPainter, choice: Choice, left: int, line: QRect, most: int) -> int:
        """Paint the name, what was typed of it bold and in accent; return where it ends."""
        theme = self._theme
        metrics = theme.metrics(bold=True)
        name = metrics.elidedText(choice.name, Qt.TextElideMode.ElideRight, max(most - left, 0))
        first, many = matched(choice.name, choice.initials, self._typed)
        x = left
        for part, bold in ((name[:first], False), (name[first : first + many], True), (name[first + many :], False)):
            if part:
                painter.setFont(theme.font(bold=bold))
                painter.setPen(theme.color("accent" if bold else "ink"))
                painter.drawText(QRect(x, line.y(), most - x + 1, line.height()), MIDDLE_LEFT, part)
                x += QFontMetrics(theme.font(bold=bold)).horizontalAdvance(part)
        return x
