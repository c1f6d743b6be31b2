"""The small charts of the home page, painted flat: no frame, no legend where a label can stand, readable in grey.

Each chart says in words what it shows (accessible description), and what is missing when it has nothing to show.
Numbers are exact where they are written; only lengths are rounded to pixels.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from school_logistics.ui.painting import MIDDLE, MIDDLE_LEFT, MIDDLE_RIGHT, draw_frame
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

SERIES = ("c1", "c2", "c3", "c4", "c5")
"""Tokens of the series from the bottom up: dark and light in turn, so that they stay apart in grey."""
_STEPS = (Decimal(1), Decimal(2), Decimal(5))
_MOST_LINES = 3
DAYS_A_WEEK = 7


class Chart(QWidget):
    """A painted chart, or the sentence that says why there is nothing to draw."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """`name` is what a screen reader calls it."""
        super().__init__(parent)
        self._theme = theme
        self._empty, self._told = "", False
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_empty(self, sentence: str) -> None:
        """Show a sentence instead of the chart; "" shows the chart again."""
        self._empty, self._told = sentence, True
        if sentence:
            self.setAccessibleDescription(sentence)
        self.updateGeometry()
        self.update()

    def said(self) -> str:
        """The sentence that stands instead of the chart; "" while it is drawn."""
        return self._empty

    def drawn_height(self) -> int:
        """How high the chart is when there is something to draw."""
        return self._theme.px(142)

    def draw(self, painter: QPainter) -> None:
        """Paint the chart."""

    def sizeHint(self) -> QSize:
        lines = 2 * self._theme.metrics(Type.LABEL).lineSpacing() + self._theme.sizes.small
        return QSize(self._theme.px(240), lines if self._empty else self.drawn_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._empty:
            painter.setFont(self._theme.font(Type.LABEL))
            painter.setPen(self._theme.color("ink2"))
            wrapped = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
            painter.drawText(self.rect(), int(wrapped), self._empty)
        elif self._told:
            self.draw(painter)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()

    def write(self, painter: QPainter, box: QRect, flags: Qt.AlignmentFlag, text: str, ink: str = "ink2") -> None:
        """Write a label in quiet type."""
        painter.setFont(self._theme.font(Type.QUIET))
        painter.setPen(self._theme.color(ink))
        painter.drawText(box, flags, text)


class Bar(NamedTuple):
    """One month: its name, and what its parts come to."""

    label: str
    parts: tuple[Decimal, ...]


class StackedBars(Chart):
    """Bars stacked from parts; the parts of the last bar are named beside it."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """Start without bars."""
        super().__init__(theme, name, parent)
        self._bars: tuple[Bar, ...] = ()
        self._names: tuple[str, ...] = ()

    def set_bars(self, bars: Sequence[Bar], names: Sequence[str], unit: str) -> None:
        """Draw these; `names` of the parts from the bottom up."""
        self._bars, self._names = tuple(bars), tuple(names)
        told = (f"{bar.label} {sum(bar.parts, Decimal(0)):,.2f}" for bar in bars)
        self.set_empty("")
        self.setAccessibleDescription(f"单位 {unit}：{'，'.join(told)}")

    def draw(self, painter: QPainter) -> None:
        theme, sizes = self._theme, self._theme.sizes
        line = theme.metrics(Type.QUIET).height()
        axis_width = theme.metrics(Type.QUIET).horizontalAdvance("00.0")
        names_width = max((theme.metrics(Type.QUIET).horizontalAdvance(one) for one in self._parts_told()), default=0)
        plot = QRect(axis_width, line // 2, self.width() - axis_width - names_width - sizes.small, 0)
        plot.setBottom(self.height() - line - sizes.tiny)
        step, top = scale(max(sum(bar.parts, Decimal(0)) for bar in self._bars))
        self._draw_lines(painter, plot, step, top)
        slot = plot.width() / len(self._bars)
        width = min(theme.px(28), round(slot * 0.7))
        for place, bar in enumerate(self._bars):
            left = plot.left() + round(slot * place + (slot - width) / 2)
            middles = self._draw_bar(painter, QRect(left, plot.top(), width, plot.height()), bar, top)
            last = place == len(self._bars) - 1
            box = QRect(plot.left() + round(slot * place), plot.bottom() + sizes.tiny, round(slot), line)
            painter.setFont(theme.font(Type.QUIET, bold=last))
            painter.setPen(theme.color("ink" if last else "ink2"))
            painter.drawText(box, MIDDLE, bar.label)
            if last:
                self._name_parts(painter, left + width + sizes.small, plot, middles)

    def _parts_told(self) -> list[str]:
        """The parts of the last bar in words; "" for a part that is nothing."""
        parts = self._bars[-1].parts if self._bars else ()
        places = 1 if sum(parts, Decimal(0)) >= 1 else 2
        return [f"{name} {part:.{places}f}" if part else "" for name, part in zip(self._names, parts, strict=False)]

    def _draw_lines(self, painter: QPainter, plot: QRect, step: Decimal, top: Decimal) -> None:
        line = self._theme.metrics(Type.QUIET).height()
        for number in range(int(top / step) + 1):
            y = plot.bottom() - round(plot.height() * float(step * number / top))
            painter.fillRect(QRect(plot.left(), y, plot.width(), 1), self._theme.brush("line" if number else "control"))
            box = QRect(0, y - line // 2, plot.left() - self._theme.sizes.small, line)
            self.write(painter, box, MIDDLE_RIGHT, f"{(step * number).normalize():f}" if number else "0")

    def _draw_bar(self, painter: QPainter, slot: QRect, bar: Bar, top: Decimal) -> list[int]:
        """Paint one bar; the middle of each part comes back."""
        middles, below = [], Decimal(0)
        for part, token in zip(bar.parts, SERIES, strict=False):
            foot = slot.bottom() - round(slot.height() * float(below / top))
            below += part
            head = slot.bottom() - round(slot.height() * float(below / top))
            middles.append((foot + head) // 2)
            if foot > head:
                painter.fillRect(
                    QRect(slot.left(), head, slot.width(), max(foot - head - 1, 1)), self._theme.brush(token)
                )
        return middles

    def _name_parts(self, painter: QPainter, left: int, plot: QRect, middles: Sequence[int]) -> None:
        line = self._theme.metrics(Type.QUIET).height() - 2
        told = [(text, middle) for text, middle in zip(self._parts_told(), middles, strict=False) if text]
        places = spread([middle for _, middle in told], line, plot.bottom() + line // 2)
        for (text, _), y in zip(told, places, strict=True):
            self.write(painter, QRect(left, y - line, self.width() - left, 2 * line), MIDDLE_LEFT, text)


class Rate(NamedTuple):
    """One line: a share in per cent, and where it stood before."""

    label: str
    rate: Decimal | None
    before: Decimal | None


class RateBars(Chart):
    """Shares as flat bars, one a line, with a 2 px tick where each stood before."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """Start without lines."""
        super().__init__(theme, name, parent)
        self._rates: tuple[Rate, ...] = ()

    def set_rates(self, rates: Sequence[Rate]) -> None:
        """Draw these from the top down."""
        self._rates = tuple(rates)
        self.set_empty("")
        self.setAccessibleDescription("，".join(f"{one.label} {_percent(one.rate)}" for one in rates))

    def drawn_height(self) -> int:
        return len(self._rates) * self._theme.px(22)

    def draw(self, painter: QPainter) -> None:
        theme, sizes = self._theme, self._theme.sizes
        line = theme.px(22)
        names = max(theme.metrics(Type.LABEL).horizontalAdvance(one.label) for one in self._rates) + sizes.middle
        values = theme.metrics().horizontalAdvance("100.0%") + sizes.small
        for place, one in enumerate(self._rates):
            box = QRect(0, place * line, self.width(), line)
            painter.setFont(theme.font(Type.LABEL))
            painter.setPen(theme.color("ink2"))
            painter.drawText(box, MIDDLE_LEFT, one.label)
            painter.setFont(theme.font(Type.LABEL))
            painter.setPen(theme.color("ink"))
            painter.drawText(box, MIDDLE_RIGHT, _percent(one.rate))
            self._draw_bar(painter, box.adjusted(names, 0, -values, 0), one)

    def _draw_bar(self, painter: QPainter, box: QRect, one: Rate) -> None:
        theme = self._theme
        height = theme.px(10)
        bar = QRect(box.left(), box.center().y() - height // 2 + 1, box.width(), height)
        painter.fillRect(bar, theme.brush("band"))
        if one.rate is not None:
            bar.setWidth(round(box.width() * min(float(one.rate) / 100, 1.0)))
            painter.fillRect(bar, theme.brush("c2"))
        if one.before is not None:
            tick = theme.sizes.focus
            at = box.left() + round((box.width() - tick) * min(float(one.before) / 100, 1.0))
            painter.fillRect(QRect(at, bar.top() - tick, tick, height + 2 * tick), theme.brush("ink"))


class Brick(NamedTuple):
    """One thing that runs out."""

    days: int
    title: str


class Bricks(Chart):
    """One brick a thing, by the week in which it runs out: overdue left of the rule, later ones hollow."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """Start without bricks."""
        super().__init__(theme, name, parent)
        self._weeks: tuple[tuple[Brick, ...], ...] = ()
        self._months: tuple[str, ...] = ()
        self._soon = 0

    def set_bricks(self, bricks: Sequence[Brick], today: date, months: Sequence[str], soon: int) -> None:
        """Draw these; `months` names each week's month where it begins, `soon` is how many days ahead count as soon."""
        self._months, self._soon = tuple(months), soon
        weeks: list[list[Brick]] = [[] for _ in range(len(months) + 1)]
        for one in sorted(bricks):
            weeks[0 if one.days < 0 else min(one.days // DAYS_A_WEEK + 1, len(months))].append(one)
        self._weeks = tuple(tuple(week) for week in weeks)
        self.set_empty("")
        overdue, ahead = len(self._weeks[0]), sum(0 <= one.days <= soon for one in bricks)
        late = len(bricks) - overdue - ahead
        self.setAccessibleDescription(f"{today}：已过期 {overdue} 件，{soon} 天内 {ahead} 件，以后 {late} 件")

    def weeks(self) -> tuple[tuple[Brick, ...], ...]:
        """What is overdue, then what each week brings."""
        return self._weeks

    def drawn_height(self) -> int:
        return self._theme.px(128)

    def _slot(self) -> float:
        return self.width() / max(len(self._weeks), 1)

    def draw(self, painter: QPainter) -> None:
        theme, sizes = self._theme, self._theme.sizes
        line = theme.metrics(Type.QUIET).height()
        base = self.height() - line - sizes.tiny
        slot = self._slot()
        for place, week in enumerate(self._weeks):
            self._draw_week(painter, QRect(round(slot * place), line, round(slot), base - line), week)
            foot = QRect(round(slot * place), base, round(slot) - 2, 1)
            painter.fillRect(foot, theme.brush("control"))
        rule = round(slot) - 1
        painter.fillRect(QRect(rule, 0, 1, base), theme.brush("control"))
        self.write(painter, QRect(rule + sizes.tiny, 0, self.width(), line), MIDDLE_LEFT, "今天")
        taken = 0
        for place, words in enumerate(("过期", *self._months)):
            left = round(slot * place) + (sizes.tiny if place else 0)
            if words and left >= taken:
                self.write(painter, QRect(left, base + sizes.tiny, round(slot * 3), line), MIDDLE_LEFT, words)
                taken = left + painter.fontMetrics().horizontalAdvance(words) + sizes.tiny

    def _draw_week(self, painter: QPainter, box: QRect, week: Sequence[Brick]) -> None:
        theme = self._theme
        height, gap = theme.px(11), theme.px(3)
        fitting = max(box.height() // (height + gap), 1)
        shown = week if len(week) <= fitting else week[: fitting - 1]
        y = box.bottom() - gap
        for one in shown:
            brick = QRect(box.left() + 2, y - height, box.width() - 2 * gap, height)
            if one.days > self._soon:
                draw_frame(painter, theme, brick, "c2", theme.sizes.line)
            else:
                painter.fillRect(brick, theme.brush("late_fill" if one.days < 0 else "soon_fill"))
            y -= height + gap
        if len(week) > len(shown):
            above = QRect(box.left(), y - height - gap, box.width(), height + gap)
            self.write(painter, above, MIDDLE, f"+{len(week) - len(shown)}")

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._weeks and not self.said():
            week = self._weeks[min(int(event.pos().x() / self._slot()), len(self._weeks) - 1)]
            QToolTip.showText(event.globalPos(), "\n".join(one.title for one in week), self)
            return True
        return super().event(event)


def scale(most: Decimal) -> tuple[Decimal, Decimal]:
    """The step between grid lines and the top of the axis, so that at most three lines stand above zero.

    >>> [tuple(float(one) for one in scale(Decimal(most))) for most in ("9.4", "0.3", "0")]
    [(5.0, 10.0), (0.1, 0.3), (1.0, 1.0)]
    """
    if most <= 0:
        return Decimal(1), Decimal(1)
    power = Decimal(10) ** (most.adjusted() - 1)
    steps = (one * power * ten for ten in (1, 10, 100) for one in _STEPS)
    step = next(one for one in steps if most / one <= _MOST_LINES)
    lines = int((most / step).to_integral_value(rounding="ROUND_CEILING"))
    return step, step * lines


def spread(middles: Sequence[int], apart: int, lowest: int) -> list[int]:
    """Move labels up until none covers the one below it; given from the bottom up.

    >>> spread([100, 95, 60], 14, 104)
    [100, 86, 60]
    """
    places: list[int] = []
    for middle in middles:
        places.append(min(middle, (places[-1] if places else lowest + apart) - apart))
    return places


def _percent(rate: Decimal | None) -> str:
    return "—" if rate is None else f"{rate}%"
