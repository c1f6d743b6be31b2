"""Running text under headings of its own, as minutes and reports have it, taken apart so that it can run over pages."""

from __future__ import annotations

from collections.abc import Iterator

from school_logistics.reports.blocks import Passage
from school_logistics.reports.fonts import typeface
from school_logistics.reports.pdf_blocks import Item
from school_logistics.reports.pdf_sheet import MM, Sheet
from school_logistics.reports.pdf_text import Fitted, paragraph

_HEADING = 10.5
_TEXT = 10.0
_STEP = _TEXT * 1.6
_BASE = 0.72
_ABOVE = 2.5 * MM
_BELOW = 1.0 * MM
_RULED = 8 * MM
_INDENT = 2 * _TEXT


def passage_items(passage: Passage, width: float) -> Iterator[Item]:
    """The heading with the first line, then line by line; ruled lines to write on where there is no text yet."""
    heading = paragraph(passage.heading, _HEADING, width, typeface(bold=True).width)
    text = paragraph(passage.text, _TEXT, width - _INDENT, typeface().width)
    lines = [_written(line) for line in text.lines] or [_ruled(width)] * passage.ruled
    yield _headed(heading, lines[0] if lines else Item(0.0, lambda _sheet, _x, _y: None), width)
    yield from lines[1:]


def _headed(heading: Fitted, first: Item, width: float) -> Item:
    above = _ABOVE + heading.height + _BELOW

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.block(heading, x, y + _ABOVE, width, heading.height, bold=True)
        first.draw(sheet, x, y + above)

    return Item(above + first.height, draw)


def _written(line: str) -> Item:
    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.text(x + _INDENT, y + _BASE * _STEP, line, _TEXT)

    return Item(_STEP, draw)


def _ruled(width: float) -> Item:
    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.rule(x + _INDENT, y + _RULED, x + width, y + _RULED)

    return Item(_RULED, draw)
