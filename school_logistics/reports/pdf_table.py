"""Measured tables: rows whose texts are fitted and whose heights are known, and how they are drawn on one page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from school_logistics.reports.pdf_sheet import MM, Sheet
from school_logistics.reports.pdf_text import LEADING, Fitted

ABOVE_AND_BELOW = 1.3
"""Least room in points between a text and the rules above and below it."""
_WHEN_GROWN = 2.6
_MOST_STRETCH = 1.0 * MM


class Shape(NamedTuple):
    """How a row is parted: the left edges of its cells and the right edge of the last, measured from the table's."""

    edges: tuple[float, ...]
    aligns: tuple[str, ...]
    bold: bool = False

    def box(self, cell: int) -> tuple[float, float]:
        """Give left edge and width of the room for text in a cell."""
        left, right = self.edges[cell], self.edges[cell + 1]
        inset = padding(right - left)
        return left + inset, right - left - 2 * inset


class Row(NamedTuple):
    """A row ready to be drawn."""

    height: float
    shape: Shape
    cells: Sequence[Fitted]
    hatched: Sequence[int] = ()
    source: int = -1
    """Which row of the grid this is; -1 when it is none, or the continuation of one."""
    bands: int = 1
    """How many lines the cells of `banded` hold, one below the other, each with room of its own."""
    banded: range = range(0)


def padding(width: float) -> float:
    """Room left and right of a text in a cell of this width, in points."""
    return min(4.2, max(1.2, 0.07 * width))


def height_of(cells: Sequence[Fitted], least: float) -> float:
    """Height of a row that holds these texts."""
    tallest = max((len(cell.lines) * cell.size for cell in cells if len(cell.lines) > 1), default=0.0) * LEADING
    return least if tallest + 2 * ABOVE_AND_BELOW <= least else tallest + 2 * _WHEN_GROWN


@dataclass(slots=True)
class Table:
    """A whole table, measured for the width of a page."""

    width: float
    rows: list[Row]
    blank: Row
    """A row to write on."""
    head_height: float = 0.0
    draw_head: Callable[[Sheet, float, float], None] | None = None
    glued: frozenset[int] = frozenset()
    subtotal: Callable[[range], Row] | None = None
    total: Row | None = None
    fills: bool = False
    unused: Row | None = None
    """First unused row when it says something: 以下空白, or why there is none."""
    continued: Row | None = None
    """Closes a page that has room for further rows which stand on the next: nothing can be added there."""
    struck: bool = False
    shaded: Sequence[tuple[float, float]] = ()
    """Left and right edges of the columns on grey."""
    heights: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Note the heights, which is what sharing out over pages asks for."""
        self.heights = [row.height for row in self.rows]

    def closing(self, *, several: bool, last: bool) -> float:
        """Height of the rows that close a page: subtotal, and grand total on the last."""
        height = self.blank.height if several and self.subtotal else 0.0
        return height + (self.total.height if last and self.total else 0.0)


class Part(NamedTuple):
    """What of a table stands on one page."""

    rows: range
    space: float
    """Height for the rows, without heading and closing rows."""
    several: bool
    last: bool


def lay_out(table: Table, part: Part) -> tuple[list[Row], int, float]:
    """Give the rows of one page in order, how many of them are unused ones, and by how much each is stretched."""
    rows = table.rows[part.rows.start : part.rows.stop]
    left = part.space - sum(row.height for row in rows)
    unused = 0
    if table.fills and part.last:
        unused = max(0, int((left + 1e-6) // table.blank.height))
        left -= unused * table.blank.height
        if unused and table.unused is not None:
            rows.append(table.unused)
            rows += [table.blank] * (unused - 1)
        else:
            rows += [table.blank] * unused
    elif not rows and table.unused is not None:
        rows.append(table.unused)
    elif table.fills and table.continued is not None and left > max(table.blank.height, len(rows) * _MOST_STRETCH):
        rows.append(table.continued._replace(height=left))
        left = 0.0
    stretch = left / len(rows) if rows and table.fills and 0 < left <= len(rows) * _MOST_STRETCH else 0.0
    return rows, unused, stretch


def draw_part(sheet: Sheet, table: Table, part: Part, x: float, top: float, *, preview: bool) -> float:
    """Draw one page's part of a table and give the height it took."""
    y = top
    if table.draw_head is not None:
        table.draw_head(sheet, x, y)
        y += table.head_height
    rows, unused, stretch = lay_out(table, part)
    y = _draw_rows(sheet, rows, x, y, top, stretch)
    for left, right in table.shaded:
        sheet.shade(x + left, top, right - left, y - top)
    if preview:
        _hatch(sheet, rows, x, top + table.head_height, stretch)
    if table.struck and unused > 1:
        sheet.rule(x + table.width, y - (unused - 1) * (table.blank.height + stretch), x, y)
    closing = [table.subtotal(part.rows)] if part.several and table.subtotal else []
    if part.last and table.total is not None:
        closing.append(table.total)
    y = _draw_rows(sheet, closing, x, y, top, 0.0)
    if y > top:
        sheet.frame(x, top, table.width, y - top)
    return y - top


def part_height(table: Table, part: Part) -> float:
    """Height that one page's part of a table takes, in points."""
    rows, _, stretch = lay_out(table, part)
    inner = sum(row.height for row in rows) + stretch * len(rows)
    return table.head_height + inner + table.closing(several=part.several, last=part.last)


def _draw_rows(sheet: Sheet, rows: Sequence[Row], x: float, y: float, top: float, stretch: float) -> float:
    """Draw rows one below the other with the rules above and between them; give the lower edge of the last."""
    for edges, run in groupby(rows, key=lambda row: row.shape.edges):
        begin = y
        for row in run:
            if y > top:
                sheet.rule(x, y, x + edges[-1], y)
            _draw_row(sheet, row, x, y, row.height + stretch)
            y += row.height + stretch
        for edge in edges[1:-1]:
            sheet.rule(x + edge, begin, x + edge, y)
    return y


def _hatch(sheet: Sheet, rows: Sequence[Row], x: float, y: float, stretch: float) -> None:
    for row in rows:
        for cell in row.hatched:
            left, right = row.shape.edges[cell : cell + 2]
            sheet.hatch(x + left, y, right - left, row.height + stretch)
        y += row.height + stretch


def _draw_row(sheet: Sheet, row: Row, x: float, y: float, height: float) -> None:
    edges, aligns, bold = row.shape
    band = height / row.bands
    for at in range(1, row.bands):
        sheet.rule(x + edges[row.banded.start], y + at * band, x + edges[row.banded.stop], y + at * band)
    for cell, fitted in enumerate(row.cells):
        if not fitted.lines:
            continue
        left, right = edges[cell], edges[cell + 1]
        inset = padding(right - left)
        if row.bands == 1 or cell not in row.banded:
            sheet.block(fitted, x + left + inset, y, right - left - 2 * inset, height, aligns[cell], bold=bold)
            continue
        for at, (line, wide) in enumerate(zip(fitted.lines, fitted.widths, strict=True)):
            one = Fitted(fitted.size, (line,), (wide,))
            sheet.block(one, x + left + inset, y + at * band, right - left - 2 * inset, band, aligns[cell], bold=bold)
