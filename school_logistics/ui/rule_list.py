"""The rules of the rule book as lines under their topics: what holds, its value, who says so, and its mark."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from school_logistics.ui.chips import State, chip_width, paint_chip
from school_logistics.ui.line_list import LINE, Index, LineDelegate, LineList
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.services.rulings import RuleLine

LOCAL, _VERIFIED, _UNVERIFIED = "本校规定", "已核对", "待核"
MARKS = {LOCAL: State.DRAFT, _VERIFIED: State.OK, _UNVERIFIED: State.SOON}
_KEY = "Enter 改"
_VALUE_SHARE = 0.42
"""Of the width: what a long list of words may take at most."""


class Topic(NamedTuple):
    """The head of a section."""

    title: str
    many: int


def with_topics(lines: Sequence[RuleLine]) -> list[RuleLine | Topic]:
    """Each topic's heading, then its rules."""
    topics: dict[str, list[RuleLine]] = {}
    for one in lines:
        topics.setdefault(one.topic, []).append(one)
    told: list[RuleLine | Topic] = []
    for title, found in topics.items():
        told += [Topic(title, len(found)), *found]
    return told


class RuleDelegate(LineDelegate):
    """Paints headings and two-line rules."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        sizes = self._theme.sizes
        return QSize(0, sizes.row + sizes.small if isinstance(index.data(LINE), Topic) else sizes.two_line)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE)
        if isinstance(line, Topic):
            self._paint_topic(painter, option.rect, line)
        elif line is not None:
            self._paint_rule(painter, option, index, line)

    def _paint_topic(self, painter: QPainter, box: QRect, line: Topic) -> None:
        theme, sizes = self._theme, self._theme.sizes
        text = box.adjusted(sizes.large, sizes.small, -sizes.large, 0)
        painter.setFont(theme.font(Type.LABEL, bold=True))
        painter.setPen(theme.color("ink2"))
        painter.drawText(text, MIDDLE_LEFT, line.title)
        beside = painter.fontMetrics().horizontalAdvance(f"{line.title} ")
        painter.setFont(theme.font(Type.LABEL))
        painter.drawText(text.adjusted(beside, 0, 0, 0), MIDDLE_LEFT, str(line.many))
        painter.fillRect(QRect(text.left(), box.bottom(), text.width(), 1), theme.brush("line"))

    def _paint_rule(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, line: RuleLine) -> None:
        theme, sizes = self._theme, self._theme.sizes
        box: QRect = option.rect
        frame = box.adjusted(sizes.small, 0, -sizes.small, 0)
        self.tint(painter, frame, option, index)
        text = box.adjusted(sizes.large, 0, -sizes.large, 0)
        if not self.is_current(index):
            painter.fillRect(QRect(text.left(), box.bottom(), text.width(), 1), theme.brush("grid"))
        upper = QRect(text.left(), box.top() + sizes.tiny, text.width(), theme.metrics().height())
        lower = QRect(text.left(), upper.bottom() + 1, text.width(), box.bottom() - upper.bottom() - sizes.tiny)
        right = self._paint_value(painter, upper, line)
        painter.setFont(theme.font(bold=self.is_current(index)))
        painter.setPen(theme.color("ink"))
        label = painter.fontMetrics().elidedText(line.rule.label, Qt.TextElideMode.ElideRight, right - upper.left())
        painter.drawText(upper, MIDDLE_LEFT, label)
        self._paint_source(painter, lower, line, current=self.is_current(index))
        self.frame(painter, frame, index)

    def _paint_value(self, painter: QPainter, box: QRect, line: RuleLine) -> int:
        """The mark at the right end and the value before it; where they begin comes back."""
        theme, sizes = self._theme, self._theme.sizes
        widest = max(chip_width(theme, word) for word in MARKS)
        left = box.right() - widest
        paint_chip(painter, theme, left, box.center().y(), MARKS[line.mark], line.mark)
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.color("ink"))
        room = round(box.width() * _VALUE_SHARE)
        shown = painter.fontMetrics().elidedText(line.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(
            QRect(box.left(), box.top(), left - sizes.large - box.left(), box.height()), MIDDLE_RIGHT, shown
        )
        return left - sizes.large - painter.fontMetrics().horizontalAdvance(shown) - sizes.middle

    def _paint_source(self, painter: QPainter, box: QRect, line: RuleLine, *, current: bool) -> None:
        theme = self._theme
        painter.setFont(theme.font(Type.QUIET))
        painter.setPen(theme.color("ink2"))
        told = source_of(line)
        room = box.width() - (self.key_width() + theme.sizes.large if current else 0)
        painter.drawText(box, MIDDLE_LEFT, painter.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, room))
        if current:
            painter.setPen(theme.color("accent"))
            painter.drawText(box, MIDDLE_RIGHT, _KEY)

    def key_width(self) -> int:
        """How much room the key of the current line takes at its right end."""
        return self._theme.metrics(Type.QUIET).horizontalAdvance(_KEY)


class RuleList(LineList["RuleLine", Topic]):
    """Every rule, topic by topic."""

    search_wanted = Signal(object)
    """The event with which somebody began to type: it belongs to the search."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(theme, "规则手册", Topic, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self._delegate = RuleDelegate(theme, self)
        self.setItemDelegate(self._delegate)

    def set_rules(self, lines: Sequence[RuleLine], *, anew: bool = False) -> None:
        """Show these under the headings of their topics."""
        self.set_lines(with_topics(lines), anew=anew)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.text().strip() and event.text().isprintable() and not held:
            self.search_wanted.emit(event)
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Chinese is typed into the search, from the first letter of its composition on."""
        self.search_wanted.emit(event)

    def words_of(self, line: RuleLine | Topic) -> str:
        if isinstance(line, Topic):
            return f"{line.title} {line.many}"
        return "，".join(part for part in (line.rule.label, line.text, line.mark, source_of(line)) if part)

    def tip_of(self, line: RuleLine) -> str:
        return "\n".join(part for part in (line.rule.label, line.text, source_of(line), line.rule.note) if part)

    def same(self, line: RuleLine, other: RuleLine) -> bool:
        return line.rule.key == other.rule.key

    def key_box(self, box: QRect) -> QRect:
        right = box.right() - self._theme.sizes.large
        width = self._delegate.key_width()
        return QRect(right - width, box.center().y(), width, box.height() // 2 + 1)


def source_of(line: RuleLine) -> str:
    """Who says so, and what is to come."""
    coming = "；".join(f"{one.valid_from} 起改" for one in line.coming)
    return "　".join(part for part in (line.rule.clause, coming) if part)
