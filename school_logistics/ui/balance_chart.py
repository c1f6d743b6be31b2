"""A meal against the standard as bars on screen: food groups left, nutrients right, how each stands in words behind.

The same bars as on paper (`reports/balance_bars.py`); colour only repeats what length and word say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

from school_logistics.ui.charts import Chart
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT, draw_frame
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from PySide6.QtGui import QPainter, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from school_logistics.reports.blocks import Bar, BarGroup

_LINE, _BAR = 20, 9
_FILL = {"不足": "soon_fill", "偏多": "late_fill"}
_INK = {"不足": "soon", "偏多": "late"}
_LONGEST_TOLD = "23.4 mg（≥0.39）"
_LEAST_TRACK = 60


class BalanceChart(Chart):
    """Two groups of bars side by side, one below the other where it is narrow."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """Start without bars."""
        super().__init__(theme, name, parent)
        self._groups: tuple[BarGroup, ...] = ()

    def set_groups(self, groups: Sequence[BarGroup]) -> None:
        """Draw these."""
        self._groups = tuple(groups)
        self.set_empty("")
        told = (f"{bar.label} {bar.told} {bar.word}".strip() for group in groups for bar in group.bars)
        self.setAccessibleDescription("；".join(told))

    def groups(self) -> tuple[BarGroup, ...]:
        """What is drawn."""
        return self._groups

    def _line(self) -> int:
        return max(self._theme.px(_LINE), self._theme.metrics(Type.LABEL).height() + 2)

    def _across(self) -> int:
        needed = self._columns()[3] + self._theme.px(_LEAST_TRACK)
        return 2 if self.width() >= 2 * needed + self._theme.sizes.huge else 1

    def drawn_height(self) -> int:
        line = self._line()
        heights = [(len(group.bars) + 1) * line + self._theme.sizes.small for group in self._groups]
        return max(heights, default=0) if self._across() == len(heights) else sum(heights)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def draw(self, painter: QPainter) -> None:
        gap, across = self._theme.sizes.huge, self._across()
        wide = (self.width() - (across - 1) * gap) // across
        y = 0
        for place, group in enumerate(self._groups):
            column = place % across
            self._draw_group(painter, QRect(column * (wide + gap), y, wide, 0), group)
            if across == 1:
                y += (len(group.bars) + 1) * self._line() + self._theme.sizes.small

    def _columns(self) -> tuple[int, int, int, int]:
        """How wide label, words and verdict are, and all three together with their gaps."""
        metrics, gap = self._theme.metrics(Type.LABEL), self._theme.sizes.small
        labels = [bar.label for group in self._groups for bar in group.bars]
        told = [bar.told for group in self._groups for bar in group.bars]
        label = max((metrics.horizontalAdvance(one) for one in labels), default=0) + gap
        words = max((metrics.horizontalAdvance(one) for one in (*told, _LONGEST_TOLD)), default=0) + gap
        verdict = self._theme.metrics(Type.LABEL, bold=True).horizontalAdvance("不足") + gap
        return label, words, verdict, label + words + verdict + gap

    def _draw_group(self, painter: QPainter, box: QRect, group: BarGroup) -> None:
        theme, line = self._theme, self._line()
        painter.setFont(theme.font(Type.LABEL, bold=True))
        painter.setPen(theme.color("ink"))
        painter.drawText(QRect(box.x(), box.y(), box.width(), line), MIDDLE_LEFT, group.title)
        painter.fillRect(QRect(box.x(), box.y() + line - 1, box.width(), 1), theme.brush("line"))
        for place, bar in enumerate(group.bars, start=1):
            self._draw_bar(painter, QRect(box.x(), box.y() + place * line, box.width(), line), bar)

    def _draw_bar(self, painter: QPainter, box: QRect, bar: Bar) -> None:
        theme, gap = self._theme, self._theme.sizes.small
        label, words, verdict, taken = self._columns()
        painter.setFont(theme.font(Type.LABEL))
        painter.setPen(theme.color("ink2"))
        painter.drawText(box, MIDDLE_LEFT, bar.label)
        track = QRect(box.x() + label, box.y(), max(box.width() - taken, 0), box.height())
        self._draw_track(painter, track, bar)
        told = QRect(track.right() + gap, box.y(), words, box.height())
        painter.setFont(theme.font(Type.LABEL))
        painter.setPen(theme.color("ink"))
        painter.drawText(told, MIDDLE_LEFT, bar.told)
        painter.setFont(theme.font(Type.LABEL, bold=True))
        painter.setPen(theme.color(_INK.get(bar.word, "ink2")))
        painter.drawText(QRect(box.right() - verdict, box.y(), verdict, box.height()), MIDDLE_RIGHT, bar.word)

    def _draw_track(self, painter: QPainter, box: QRect, bar: Bar) -> None:
        theme = self._theme
        height = theme.px(_BAR)
        track = QRect(box.x(), box.center().y() - height // 2 + 1, box.width(), height)
        painter.fillRect(track, theme.brush("band"))
        filled = QRect(track)
        filled.setWidth(_pixels(bar.share, box.width()))
        painter.fillRect(filled, theme.brush(_FILL.get(bar.word, "c2")))
        if bar.least is None and bar.most is None:
            return
        first = _pixels(bar.least, box.width()) if bar.least is not None else 0
        last = _pixels(bar.most, box.width()) if bar.most is not None else box.width()
        reach = theme.sizes.focus
        frame = QRect(track.x() + first, track.y() - reach, max(last - first, reach), height + 2 * reach)
        draw_frame(painter, theme, frame, "ink2", theme.sizes.line)


def _pixels(share: Decimal, width: int) -> int:
    return round(min(max(float(share), 0.0), 1.0) * width)
