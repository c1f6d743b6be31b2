"""The list of what is due: sections by urgency, each line with its reason, its clause, its ledger and its days.

Up and down move, Enter opens, F4 gives the reason; the current line wears the focus frame and says its keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from school_logistics.ui.chips import State, chip_width, paint_chip
from school_logistics.ui.line_list import LINE, Index, LineDelegate, LineList
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.services.reminders import Due

SOON_DAYS = 30
OPEN_KEY, WHY_KEY = "Enter", "F4"
_OPEN = f"{OPEN_KEY} 打开"
_KEYS = f"{WHY_KEY} 依据　{_OPEN}"


class Errand(NamedTuple):
    """One deadline and where it belongs."""

    due: Due
    tab: str
    ledger: str
    """The ledger's name."""

    @property
    def state(self) -> State:
        """The chip's shape and colours."""
        return State.LATE if self.due.days < 0 else State.SOON

    @property
    def word(self) -> str:
        """What the chip says: what stops, or which step of warning is reached."""
        if self.due.days < 0:
            return self.due.stops
        if self.due.days == 0:
            return "今天到期"
        return f"{self.due.step} 天内" if self.due.step else "将到期"

    @property
    def days(self) -> str:
        """How far away it is."""
        if self.due.days == 0:
            return "今天"
        return f"{self.due.days} 天" if self.due.days > 0 else f"过 {-self.due.days} 天"

    @property
    def place(self) -> str:
        """Where it is written down; the tab is not named twice."""
        return f"{self.tab} · {self.ledger}"


class Heading(NamedTuple):
    """The head of a section."""

    title: str
    many: int


Line = Errand | Heading


def section_of(due: Due) -> str:
    """The section in which a deadline stands."""
    if due.days < 0:
        return "已过期"
    if due.days == 0:
        return "今天"
    return f"{SOON_DAYS} 天内" if due.days <= SOON_DAYS else f"{SOON_DAYS} 天以后"


def with_headings(errands: Sequence[Errand]) -> list[Line]:
    """The lines of the list: each section's heading, then its errands in the order given."""
    sections: dict[str, list[Errand]] = {}
    for one in errands:
        sections.setdefault(section_of(one.due), []).append(one)
    lines: list[Line] = []
    for title, found in sections.items():
        lines += [Heading(title, len(found)), *found]
    return lines


class DueLineDelegate(LineDelegate):
    """Paints headings and two-line items."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        sizes = self._theme.sizes
        heading = isinstance(index.data(LINE), Heading)
        return QSize(0, sizes.row + sizes.small if heading else sizes.two_line)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE)
        if isinstance(line, Heading):
            self._paint_heading(painter, option.rect, line)
        elif isinstance(line, Errand):
            self._paint_errand(painter, option, index, line)

    def _paint_heading(self, painter: QPainter, box: QRect, line: Heading) -> None:
        theme, sizes = self._theme, self._theme.sizes
        text = box.adjusted(theme.px(20), sizes.small, -theme.px(20), 0)
        painter.setFont(theme.font(Type.LABEL, bold=True))
        painter.setPen(theme.color("ink2"))
        painter.drawText(text, MIDDLE_LEFT, line.title)
        beside = painter.fontMetrics().horizontalAdvance(f"{line.title} ")
        painter.setFont(theme.font(Type.LABEL))
        painter.drawText(text.adjusted(beside, 0, 0, 0), MIDDLE_LEFT, str(line.many))
        painter.fillRect(QRect(text.left(), box.bottom(), text.width(), 1), theme.brush("line"))

    def _paint_errand(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, line: Errand) -> None:
        theme, sizes = self._theme, self._theme.sizes
        box: QRect = option.rect
        current = self.is_current(index)
        frame = box.adjusted(sizes.small, 0, -sizes.small, 0)
        text = box.adjusted(self.text_left(), 0, -theme.px(20), 0)
        self.tint(painter, frame, option, index)
        if not current:
            painter.fillRect(QRect(text.left(), box.bottom(), text.width(), 1), theme.brush("grid"))
        middle = box.top() + theme.metrics().height() // 2 + sizes.tiny
        paint_chip(painter, theme, box.left() + theme.px(20), middle, line.state, line.word)
        self._paint_words(painter, text, line, current=current)
        self.frame(painter, frame, index)

    def text_left(self) -> int:
        """Where the words begin: after the widest chip."""
        widest = max(chip_width(self._theme, word) for word in ("今天到期", "365 天内"))
        return self._theme.px(20) + widest + self._theme.sizes.middle

    def _paint_words(self, painter: QPainter, box: QRect, line: Errand, *, current: bool) -> None:
        theme, sizes = self._theme, self._theme.sizes
        upper = QRect(box.left(), box.top() + sizes.tiny, box.width(), theme.metrics().height())
        lower = QRect(box.left(), upper.bottom() + 1, box.width(), box.bottom() - upper.bottom() - sizes.tiny)
        late = line.due.days < 0
        painter.setFont(theme.font(bold=late))
        painter.setPen(theme.color("late" if late else "ink"))
        painter.drawText(upper, MIDDLE_RIGHT, line.days)
        right = upper.right() - max(theme.px(80), painter.fontMetrics().horizontalAdvance(line.days) + sizes.large)
        right = self._write(painter, upper, right, line.place) if box.width() > theme.px(440) else right
        metrics = theme.metrics(bold=current)
        painter.setFont(theme.font(bold=current))
        painter.setPen(theme.color("ink"))
        room = right - upper.left() - sizes.large
        painter.drawText(upper, MIDDLE_LEFT, metrics.elidedText(line.due.what, Qt.TextElideMode.ElideRight, room))
        self._paint_reason(painter, lower, line, self.key_width() if current else 0)
        if current:
            painter.setFont(theme.font(Type.QUIET))
            painter.setPen(theme.color("accent"))
            painter.drawText(lower, MIDDLE_RIGHT, _KEYS)

    def _write(self, painter: QPainter, box: QRect, right: int, words: str) -> int:
        """Write the ledger so that it ends at `right`; where it begins comes back."""
        theme = self._theme
        shown = theme.metrics(Type.QUIET).elidedText(words, Qt.TextElideMode.ElideRight, theme.px(180))
        painter.setFont(theme.font(Type.QUIET))
        painter.setPen(theme.color("ink2"))
        painter.drawText(QRect(box.left(), box.top(), right - box.left(), box.height()), MIDDLE_RIGHT, shown)
        return right - painter.fontMetrics().horizontalAdvance(shown)

    def _paint_reason(self, painter: QPainter, box: QRect, line: Errand, kept_free: int) -> None:
        theme, sizes = self._theme, self._theme.sizes
        room = box.width() - kept_free - sizes.large
        metrics = theme.metrics(Type.LABEL)
        why = metrics.elidedText(line.due.why, Qt.TextElideMode.ElideRight, room)
        painter.setFont(theme.font(Type.LABEL))
        painter.setPen(theme.color("ink2"))
        painter.drawText(box, MIDDLE_LEFT, why)
        left = metrics.horizontalAdvance(why) + (sizes.middle if why else 0)
        clause = theme.metrics(Type.QUIET).elidedText(line.due.clause, Qt.TextElideMode.ElideRight, max(room - left, 0))
        painter.setFont(theme.font(Type.QUIET))
        painter.setPen(theme.color("ink3"))
        painter.drawText(box.adjusted(left, 0, 0, 0), MIDDLE_LEFT, clause if len(clause) > 1 else "")

    def key_width(self) -> int:
        """How much room the key of the current line takes at its right end."""
        return self._theme.metrics(Type.QUIET).horizontalAdvance(_KEYS)

    def open_width(self) -> int:
        """How much of that is the key that opens the record."""
        return self._theme.metrics(Type.QUIET).horizontalAdvance(_OPEN)


class DueList(LineList[Errand, Heading]):
    """What is due, worst first."""

    why_wanted = Signal()
    """The words at the current line that open its reason were clicked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(theme, "今天要办的事", Heading, parent)
        self._delegate = DueLineDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self._pressed_on_why = False

    def set_errands(self, errands: Sequence[Errand]) -> None:
        """Show these under the headings of their sections."""
        self.set_lines(with_headings(errands))

    def words_of(self, line: Errand | Heading) -> str:
        if isinstance(line, Heading):
            return f"{line.title} {line.many}"
        due = line.due
        told = (line.word, due.what, line.days, due.why, due.clause, line.place)
        return "，".join(part for part in told if part)

    def tip_of(self, line: Errand) -> str:
        due = line.due
        return "\n".join(part for part in (due.what, due.why, due.clause, line.place) if part)

    def same(self, line: Errand, other: Errand) -> bool:
        return line.due[:3] == other.due[:3]

    def key_box(self, box: QRect) -> QRect:
        right = box.right() - self._theme.px(20)
        width = self._delegate.open_width()
        return QRect(right - width, box.center().y(), width, box.height() // 2 + 1)

    def why_box(self, box: QRect) -> QRect:
        """Where, in the box of the current line, the words stand that open its reason."""
        right = self.key_box(box).left() - 1
        width = self._delegate.key_width() - self._delegate.open_width()
        return QRect(right - width, box.center().y(), width, box.height() // 2 + 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        before = self._pressed_on_why
        self._pressed_on_why = False
        super().mouseReleaseEvent(event)
        if before and self._over_why(event):
            self.why_wanted.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_on_why = self._over_why(event)
        super().mousePressEvent(event)

    def _over_why(self, event: QMouseEvent) -> bool:
        here = event.position().toPoint()
        current = self.currentIndex()
        return self.indexAt(here) == current and self.why_box(self.visualRect(current)).contains(here)
