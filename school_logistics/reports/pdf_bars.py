"""Bars on paper: amounts and nutrients against a standard, with lengths and words, since printers have one ink.

Every track shows the span that is right as an open box; the bar lies in it, and how it stands is written behind.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from school_logistics.reports.blocks import Bar, BarGroup, Bars
from school_logistics.reports.fonts import typeface
from school_logistics.reports.pdf_sheet import MM, Sheet
from school_logistics.reports.pdf_text import Measure, fit

_LINE = 4.0 * MM
_HEADING = 6.0 * MM
_BETWEEN = 6 * MM
_AROUND = 1.5 * MM
_LABEL_SHARE, _TOLD_SHARE, _WORD_SHARE = 0.21, 0.38, 0.09
_BAR = 1.9 * MM
_SPAN = 3.0 * MM
_SIZE = 7.5
_TITLE_SIZE = 9.0
_INK, _SPAN_INK = "0.45 g", "0.10 G 0.5 w"
_MIDDLE = 0.38


def measure_bars(block: Bars, width: float) -> tuple[float, Callable[[Sheet, float, float], None]]:
    """Give the height of the groups side by side, and how to draw them from their upper left corner."""
    across = max(1, block.across)
    wide = (width - (across - 1) * _BETWEEN) / across
    rows = [block.groups[start : start + across] for start in range(0, len(block.groups), across)]
    heights = [max(_height(group) for group in row) for row in rows]

    def draw(sheet: Sheet, x: float, y: float) -> None:
        for row, height in zip(rows, heights, strict=True):
            for place, group in enumerate(row):
                _draw_group(sheet, x + place * (wide + _BETWEEN), y + _AROUND, wide, group)
            y += height

    return sum(heights), draw


def _height(group: BarGroup) -> float:
    return _HEADING + len(group.bars) * _LINE + 2 * _AROUND


def _draw_group(sheet: Sheet, x: float, y: float, width: float, group: BarGroup) -> None:
    title = fit(group.title, width, _HEADING, typeface(bold=True).width)
    sheet.text(x, y + 0.7 * _HEADING, "".join(title.lines), min(title.size, _TITLE_SIZE), bold=True)
    sheet.rule(x, y + _HEADING, x + width, y + _HEADING)
    for place, bar in enumerate(group.bars):
        _draw_bar(sheet, x, y + _HEADING + place * _LINE, width, bar)


def _draw_bar(sheet: Sheet, x: float, y: float, width: float, bar: Bar) -> None:
    base = y + _LINE / 2 + _MIDDLE * _SIZE
    label, told, word = (width * share for share in (_LABEL_SHARE, _TOLD_SHARE, _WORD_SHARE))
    _write(sheet, x, base, bar.label, label - 1.5 * MM)
    track = width - label - told - word
    left = x + label
    _draw_track(sheet, left, y + _LINE / 2, track, bar)
    _write(sheet, left + track + 1.5 * MM, base, bar.told, told - 1.5 * MM)
    _write(sheet, x + width - word, base, bar.word, word, bold=True)


def _draw_track(sheet: Sheet, x: float, middle: float, width: float, bar: Bar) -> None:
    end = width * _within(bar.share)
    if end:
        sheet.place(f"{_INK} 0 0 {end:.2f} {_BAR:.2f} re f", x, middle - _BAR / 2)
    if bar.least is None and bar.most is None:
        return
    first = width * _within(bar.least or Decimal(0))
    last = width * _within(bar.most) if bar.most is not None else width
    sheet.place(f"{_SPAN_INK} 0 0 {last - first:.2f} {_SPAN:.2f} re S", x + first, middle - _SPAN / 2)


def _within(share: Decimal) -> float:
    return float(min(max(share, Decimal(0)), Decimal(1)))


def _write(sheet: Sheet, x: float, base: float, text: str, width: float, *, bold: bool = False) -> None:
    """Write on one line, smaller where it is long."""
    if not text:
        return
    measure: Measure = typeface(bold=bold).width
    ems = measure(text)
    sheet.text(x, base, text, min(_SIZE, width / ems) if ems else _SIZE, bold=bold)
