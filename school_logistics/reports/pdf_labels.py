"""Labels to cut out: rows of equal boxes with dashed edges, each with its name in bold and room to write by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from school_logistics.reports.blocks import Label, Labels
from school_logistics.reports.fonts import typeface
from school_logistics.reports.pdf_blocks import Item
from school_logistics.reports.pdf_sheet import MM, Sheet
from school_logistics.reports.pdf_text import fit

_INSIDE = 4 * MM
_ABOVE = 3.5 * MM
_TITLE = 9 * MM
_SMALL, _FACT = 7.5, 9.0
_TITLE_SIZES = (15.0, 13.0, 11.0)
_LABEL = 17 * MM
_MIDDLE = 0.38
_SPACE = "\u3000"
"""Wide spaces at the beginning leave room for a figure."""
_UNDER = 2.0
"""Distance of a rule to write on from the base line of its label."""


def label_items(block: Labels, width: float) -> Iterator[Item]:
    """The rows of labels, from top to bottom."""
    across = max(1, block.across)
    for start in range(0, len(block.labels), across):
        yield _row(block.labels[start : start + across], width / across, block.row_mm * MM)


def _row(labels: Sequence[Label], wide: float, high: float) -> Item:
    def draw(sheet: Sheet, x: float, y: float) -> None:
        for place, label in enumerate(labels):
            left = x + place * wide
            _draw_edges(sheet, left, y, wide, high)
            _draw_label(sheet, label, left + _INSIDE, y, wide - 2 * _INSIDE, high)

    return Item(high, draw)


def _draw_edges(sheet: Sheet, x: float, y: float, wide: float, high: float) -> None:
    for x1, y1, x2, y2 in ((x, y, x + wide, y), (x, y + high, x + wide, y + high)):
        sheet.dashed(x1, y1, x2, y2)
    for edge in (x, x + wide):
        sheet.dashed(edge, y, edge, y + high)


def _draw_label(sheet: Sheet, label: Label, x: float, y: float, wide: float, high: float) -> None:
    sheet.text(x, y + _ABOVE + _SMALL / 2, label.above, _SMALL)
    _draw_title(sheet, label.title, x, y + _ABOVE + 2 * MM, wide)
    top = y + _ABOVE + 2 * MM + _TITLE
    step = (y + high - 2 * MM - top) / max(1, len(label.facts))
    for place, (name, value) in enumerate(label.facts):
        base = top + (place + 0.5) * step + _MIDDLE * _FACT
        sheet.text(x, base, f"{name}：", _FACT)
        if value.strip():
            before = (len(value) - len(value.lstrip(_SPACE))) * _FACT
            written = fit(value, wide - _LABEL - before, step, typeface().width, wraps=False)
            sheet.text(x + _LABEL + before, base, "".join(written.lines), written.size)
        else:
            sheet.rule(x + _LABEL, base + _UNDER, x + wide, base + _UNDER)


def _draw_title(sheet: Sheet, title: str, x: float, y: float, wide: float) -> None:
    measure = typeface(bold=True).width
    size = next((one for one in _TITLE_SIZES if measure(title) * one <= wide), 0.0)
    if size:
        sheet.text(x, y + _TITLE / 2 + _MIDDLE * size, title, size, bold=True)
    else:
        sheet.block(fit(title, wide, _TITLE, measure), x, y, wide, _TITLE, bold=True)
