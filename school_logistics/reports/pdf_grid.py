"""Measure a grid for the width of a page: its columns, its heading in one or two rows, every row, its totals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from school_logistics.reports.blocks import Card, Column, Grid
from school_logistics.reports.fonts import typeface
from school_logistics.reports.pdf_columns import column_edges
from school_logistics.reports.pdf_sheet import MM, Sheet
from school_logistics.reports.pdf_table import ABOVE_AND_BELOW, Row, Shape, Table, height_of, padding
from school_logistics.reports.pdf_text import EMPTY, LEADING, NOT_AT_END, NOT_AT_START, Fitted, fit, heading

_HEAD_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5)
_HEAD_LINES = 3
_HEAD_LEAST = 8 * MM
_GROUP_LEAST = 6 * MM
_HEAD_MARGIN = 2.4

SUBTOTAL = "本页小计"
STRUCK = "以下空白"
CONTINUED = "（接下页）"


def measure_grid(grid: Grid, width: float, limit: float) -> Table:
    """Measure a grid for a page `width` points wide on which a row may be `limit` points high."""
    edges = column_edges(grid, width)
    shape = Shape(edges, tuple(column.align for column in grid.columns))
    least = grid.row_mm * MM
    rows = [part for row in _rows(grid, shape, least) for part in split_tall(row, limit)]
    groups = {index for index, row in enumerate(rows) if len(row.cells) == 1 and len(grid.columns) > 1}
    before_subtotals = {index - 1 for index, row in enumerate(rows) if index and row.source in grid.bold}
    blank = Row(least, shape, ())
    head = _Head.measure(grid.columns, edges)
    return Table(
        width,
        rows,
        blank,
        head_height=head.height,
        draw_head=head.draw,
        glued=frozenset(groups | before_subtotals),
        subtotal=_subtotals(grid, shape, rows, least) if grid.page_totals else None,
        total=_merged(grid.total, shape, least) if grid.total is not None else None,
        fills=grid.blank_to_page,
        unused=_unused(grid, width, least),
        continued=_over_all(CONTINUED, width, least),
        struck=grid.struck,
        shaded=[(edges[at], edges[at + 1]) for at in sorted(grid.shaded)],
    )


def measure_card(card: Card, width: float, limit: float) -> Table:
    """Measure a card of labelled facts for a page `width` points wide."""
    least = card.row_mm * MM
    label = card.label_mm * MM
    rows: list[Row] = []
    for index, pairs in enumerate(card.rows):
        share = width / len(pairs)
        edges = tuple(edge for pair in range(len(pairs)) for edge in (pair * share, pair * share + label))
        shape = Shape((*edges, width), ("center", "left") * len(pairs))
        texts = [text for pair in pairs for text in pair]
        cells = [
            _cell(text, shape.box(at)[1], least, wraps=True, bold=False, even=at % 2 == 0)
            for at, text in enumerate(texts)
        ]
        hatched = tuple(2 * pair + 1 for pair in range(len(pairs)) if (index, pair) in card.hatched)
        rows += split_tall(Row(height_of(cells, least), shape, cells, hatched, index), limit)
    return Table(width, rows, Row(least, Shape((0.0, width), ("left",)), ()))


def _cell(text: str, width: float, height: float, *, wraps: bool, bold: bool, even: bool = False) -> Fitted:
    return fit(text, width, height - 2 * ABOVE_AND_BELOW, typeface(bold=bold).width, wraps=wraps, even=even)


def _rows(grid: Grid, shape: Shape, least: float) -> Iterator[Row]:
    """Fit every text, each distinct one once a column and weight."""
    bold_shape = shape._replace(bold=True)
    group_shape = Shape((0.0, shape.edges[-1]), ("left",), bold=True)
    fitters = {
        bold: [_fitter(grid, shape, column, least, bold=bold) for column in range(len(grid.columns))]
        for bold in (False, True)
    }
    for index, texts in enumerate(grid.rows):
        if len(texts) == 1 and len(grid.columns) > 1:
            cells = [_cell(texts[0], group_shape.box(0)[1], least, wraps=True, bold=True)]
            yield Row(height_of(cells, least), group_shape, cells, (), index)
            continue
        bold = index in grid.bold
        bands = grid.bands[index] if grid.bands else 1
        if bands > 1:
            yield _parted(grid, shape, index, bands)
            continue
        cells = [fitter(text) for fitter, text in zip(fitters[bold], texts, strict=True)]
        hatched = (
            tuple(column for column in range(len(texts)) if (index, column) in grid.hatched) if grid.hatched else ()
        )
        yield Row(height_of(cells, least), bold_shape if bold else shape, cells, hatched, index)


def _parted(grid: Grid, shape: Shape, index: int, bands: int) -> Row:
    """Measure a row some of whose cells hold several lines, each in a room of its own."""
    least = max(grid.row_mm, bands * grid.band_mm) * MM
    texts = grid.rows[index]
    cells = [
        _lines(text, shape.box(at)[1])
        if at in grid.banded
        else _cell(text, shape.box(at)[1], least, wraps=grid.columns[at].wrap, bold=False)
        for at, text in enumerate(texts)
    ]
    height = height_of([cell for at, cell in enumerate(cells) if at not in grid.banded], least)
    hatched = tuple(column for column in range(len(texts)) if (index, column) in grid.hatched)
    return Row(height, shape, cells, hatched, index, bands, grid.banded)


def _lines(text: str, width: float) -> Fitted:
    """Fit lines that stand in rooms of their own: in one size, none of them broken, blank ones kept."""
    measure = typeface().width
    lines = [fit(line, width, 0.0, measure, wraps=False) for line in text.split("\n")]
    size = min(line.size for line in lines)
    said = tuple("".join(line.lines) for line in lines)
    return Fitted(size, said, tuple(measure(line) * size for line in said))


def _fitter(grid: Grid, shape: Shape, column: int, least: float, *, bold: bool) -> Callable[[str], Fitted]:
    known: dict[str, Fitted] = {"": EMPTY}
    width = shape.box(column)[1]
    wraps, even = grid.columns[column].wrap, grid.columns[column].align == "center"

    def fitted(text: str) -> Fitted:
        found = known.get(text)
        if found is None:
            found = known[text] = _cell(text, width, least, wraps=wraps, bold=bold, even=even)
        return found

    return fitted


def split_tall(row: Row, limit: float) -> Iterator[Row]:
    """Part a row that is higher than a page into rows that are not; the texts run on in the next one."""
    if row.height <= limit:
        yield row
        return
    cells = list(row.cells)
    first = True
    while first or any(cell.lines for cell in cells):
        counts = [max(1, int((limit - 3 * MM) / (cell.size * LEADING))) for cell in cells]
        now = [Fitted(cell.size, cell.lines[:n], cell.widths[:n]) for cell, n in zip(cells, counts, strict=True)]
        cells = [Fitted(cell.size, cell.lines[n:], cell.widths[n:]) for cell, n in zip(cells, counts, strict=True)]
        height = min(limit, height_of(now, 0.0))
        yield Row(height, row.shape, now, row.hatched if first else (), row.source if first else -1)
        first = False


def _merged(texts: tuple[str, ...], shape: Shape, least: float) -> Row:
    """Measure a row of totals, its first text running over the empty ones after it."""
    over = 1
    while over < len(texts) and not texts[over]:
        over += 1
    edges = (0.0, *shape.edges[over:])
    merged = Shape(edges, ("center", *shape.aligns[over:]), bold=True)
    shown = (texts[0], *texts[over:])
    cells = [_cell(text, merged.box(at)[1], least, wraps=False, bold=True) for at, text in enumerate(shown)]
    return Row(height_of(cells, least), merged, cells)


def _subtotals(grid: Grid, shape: Shape, rows: list[Row], least: float) -> Callable[[range], Row]:
    def subtotal(part: range) -> Row:
        sums: list[Decimal | None] = [None] * len(grid.page_totals)
        for row in rows[part.start : part.stop]:
            for at, value in enumerate(grid.sums[row.source] if row.source >= 0 else ()):
                if value is not None:
                    sums[at] = value + (sums[at] or 0)
        texts = [""] * len(grid.columns)
        texts[0] = SUBTOTAL
        for column, value in zip(grid.page_totals, sums, strict=True):
            if value is not None:
                texts[column] = grid.columns[column].show_sum(value)
        merged = _merged(tuple(texts), shape, least)
        return merged._replace(height=least)

    return subtotal


def _unused(grid: Grid, width: float, least: float) -> Row | None:
    text = grid.empty if not grid.rows and grid.empty else STRUCK if grid.struck else ""
    return _over_all(text, width, least) if text else None


def _over_all(text: str, width: float, least: float) -> Row:
    """A row of one text over the whole width."""
    shape = Shape((0.0, width), ("center",))
    return Row(least, shape, [_cell(text, shape.box(0)[1], least, wraps=True, bold=False)])


class _Head(NamedTuple):
    """The heading of a grid, measured: common headings above, the columns' own below."""

    edges: tuple[float, ...]
    labels: tuple[Fitted, ...]
    groups: tuple[tuple[int, int, Fitted], ...]
    """First column, column after the last, text."""
    upper: float
    lower: float

    @property
    def height(self) -> float:
        """Height of the whole heading."""
        return self.upper + self.lower

    @classmethod
    def measure(cls, columns: tuple[Column, ...], edges: tuple[float, ...]) -> _Head:
        """Fit the headings into their columns."""
        labels = tuple(_label(column.heading, edges[at + 1] - edges[at]) for at, column in enumerate(columns))
        groups: list[tuple[int, int, Fitted]] = []
        for name, run in groupby(range(len(columns)), key=lambda at: columns[at].group):
            members = list(run)
            if name:
                first, after = members[0], members[-1] + 1
                groups.append((first, after, _label(name, edges[after] - edges[first])))
        upper = max((_tall(text, _GROUP_LEAST) for _, _, text in groups), default=0.0)
        below = max((_tall(labels[at], _GROUP_LEAST) for at, column in enumerate(columns) if column.group), default=0.0)
        alone = max(
            (_tall(labels[at], _HEAD_LEAST) for at, column in enumerate(columns) if not column.group), default=0.0
        )
        return cls(edges, labels, tuple(groups), upper, max(below, alone - upper))

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw texts and rules; the outer frame is the table's."""
        grouped = {at: index for index, (first, after, _) in enumerate(self.groups) for at in range(first, after)}
        for at, text in enumerate(self.labels):
            left, right = self.edges[at], self.edges[at + 1]
            top, height = (y + self.upper, self.lower) if at in grouped else (y, self.height)
            sheet.block(text, x + left, top, right - left, height, "center", bold=True)
            if at:
                inside = at in grouped and grouped[at] == grouped.get(at - 1)
                sheet.rule(x + left, y + self.upper if inside else y, x + left, y + self.height)
        for first, after, text in self.groups:
            left, right = self.edges[first], self.edges[after]
            sheet.block(text, x + left, y, right - left, self.upper, "center", bold=True)
            sheet.rule(x + left, y + self.upper, x + right, y + self.upper)


def _tall(text: Fitted, least: float) -> float:
    return max(least, text.height + 2 * _HEAD_MARGIN)


def _unbroken(lines: Sequence[str]) -> bool:
    """Whether no bracket was cut off from what it encloses."""
    return not any(line[0] in NOT_AT_START or line[-1] in NOT_AT_END for line in lines)


def _label(text: str, width: float) -> Fitted:
    room = width - 2 * padding(width)
    measure = typeface(bold=True).width
    for size in _HEAD_SIZES:
        fitted = heading(text, size, room, measure)
        if len(fitted.lines) <= _HEAD_LINES and max(fitted.widths, default=0.0) <= room and _unbroken(fitted.lines):
            return fitted
    return heading(text, 8.0, room, measure)
