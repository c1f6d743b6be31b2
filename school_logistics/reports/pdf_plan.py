"""Share a form out over pages: which blocks stand where, what is repeated, how many pages there are.

Nothing is drawn here; a planned page is a list of places, each knowing how to draw itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, takewhile
from typing import NamedTuple, Protocol

from school_logistics.reports.blocks import (
    AmountInWords,
    Block,
    Card,
    Grid,
    Labels,
    Line,
    Note,
    PageBreak,
    Paper,
    Passage,
    Title,
)
from school_logistics.reports.pdf_blocks import Item, Small, beside_stamp, measure_small, note_lines, stack
from school_logistics.reports.pdf_grid import measure_card, measure_grid
from school_logistics.reports.pdf_head import BOTTOM, Foot, Head, margins
from school_logistics.reports.pdf_labels import label_items
from school_logistics.reports.pdf_paging import Room, paginate
from school_logistics.reports.pdf_passages import passage_items
from school_logistics.reports.pdf_sheet import A4, MM, Sheet
from school_logistics.reports.pdf_table import Part, Table, draw_part, part_height

_BEFORE_TAIL = 1.5 * MM
_EXACT = 0.01
_LEAST_ROOM = 30 * MM
_LARGEST_TAIL = 0.6
"""Share of a page up to which what follows a table is kept together with its last row."""


class Draw(Protocol):
    """Draws something with its upper left corner at a point, in preview or for good."""

    def __call__(self, sheet: Sheet, x: float, y: float, *, preview: bool) -> None:
        """Draw it."""


class Place(NamedTuple):
    """Something to be drawn at a height of the page."""

    y: float
    draw: Draw


@dataclass(slots=True)
class PlannedPage:
    """One page of a form: its head and what stands below it."""

    head: Head
    foot: Foot
    bookmark: str = ""
    places: list[Place] = field(default_factory=list)


def plan(paper: Paper) -> list[PlannedPage]:
    """Share a form out over its pages; a form without blocks still has its one page."""
    flow = _Flow(paper)
    for blocks in _sections(paper.blocks):
        title = blocks[0] if blocks and isinstance(blocks[0], Title) else None
        flow.begin(title)
        _run(flow, blocks[1:] if title else blocks)
    return flow.pages


def page_size(paper: Paper) -> tuple[float, float]:
    """Width and height of a form's pages in points."""
    return A4 if paper.orientation == "portrait" else (A4[1], A4[0])


def _sections(blocks: Sequence[Block]) -> list[list[Block]]:
    sections: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, PageBreak):
            sections.append([])
        else:
            sections[-1].append(block)
    return sections


class _Flow:
    """Where the next block will stand."""

    def __init__(self, paper: Paper) -> None:
        width, self.height = page_size(paper)
        self.paper = paper
        self.width = width - sum(margins(paper))
        self.foot = Foot.measure(paper, self.width)
        self.head = Head.measure(paper, None, self.width)
        self.pages: list[PlannedPage] = []
        self.y = 0.0

    @property
    def bottom(self) -> float:
        """Lowest point of the page that blocks may reach."""
        return self.height - BOTTOM - self.foot.height

    @property
    def whole(self) -> float:
        """Height of a page between head and foot."""
        return self.bottom - self.head.bottom

    @property
    def room(self) -> float:
        """Height that is left on this page."""
        return self.bottom - self.y

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on this page yet."""
        return not self.pages[-1].places

    def begin(self, title: Title | None) -> None:
        """Begin a page, under a title of its own or the one there was."""
        if title is not None:
            self.head = Head.measure(self.paper, title, self.width)
        self.pages.append(PlannedPage(self.head, self.foot, title.bookmark if title is not None else ""))
        self.y = self.head.bottom

    def put(self, item: Item) -> None:
        """Put an item here, or on the next page when it does not fit any more."""
        if not item.height:
            return
        if item.height > self.room + _EXACT and not self.fresh:
            self.begin(None)

        def draw(sheet: Sheet, x: float, y: float, *, preview: bool) -> None:  # noqa: ARG001 - looks the same in both
            item.draw(sheet, x, y)

        self.pages[-1].places.append(Place(self.y, draw))
        self.y += item.height

    def put_part(self, table: Table, part: Part) -> None:
        """Put what stands of a table on this page."""

        def draw(sheet: Sheet, x: float, y: float, *, preview: bool) -> None:
            draw_part(sheet, table, part, x, y, preview=preview)

        self.pages[-1].places.append(Place(self.y, draw))
        self.y += part_height(table, part)


def _run(flow: _Flow, blocks: Sequence[Block]) -> None:
    """Put the blocks of a section in order; running text and labels go on line by line from page to page."""
    for running, several in groupby(blocks, key=lambda block: isinstance(block, Passage | Labels)):
        if not running:
            _run_tables(flow, list(several))
            continue
        for block in several:
            for item in _lines_of(block, flow.width):
                flow.put(item)


def _lines_of(block: Block, width: float) -> Iterable[Item]:
    if isinstance(block, Passage):
        return passage_items(block, width)
    return label_items(block, width) if isinstance(block, Labels) else ()


def _run_tables(flow: _Flow, blocks: Sequence[Block]) -> None:
    """Put what stands alone, and tables with their lines and their tail."""
    at = 0
    while at < len(blocks):
        tables = [index for index in range(at, len(blocks)) if isinstance(blocks[index], Grid | Card)]
        if not tables:
            _put_all(flow, _small(blocks[at:]))
            return
        first = tables[0]
        lead = _small(blocks[at:first])
        opening = _opening(lead)
        _put_all(flow, lead[: len(lead) - len(opening)])
        after = tables[1] if len(tables) > 1 else len(blocks)
        tail = _small(blocks[first + 1 : after])
        if len(tables) > 1:
            tail = tail[: len(tail) - len(_opening(tail))]
        _put_table(flow, blocks[first], opening, tail)
        at = first + 1 + len(tail)


def _small(blocks: Sequence[Block]) -> list[Small]:
    return [block for block in blocks if not isinstance(block, Grid | Card | PageBreak | Passage | Labels)]


def _opening(blocks: Sequence[Small]) -> list[Title | Line]:
    """Give the headings and lines right before a table: they stay with it."""
    opening: list[Title | Line] = []
    for block in reversed(blocks):
        if not isinstance(block, Title | Line):
            break
        opening.insert(0, block)
    return opening


def _put_all(flow: _Flow, blocks: Sequence[Small]) -> None:
    """Put blocks together if they fit on a page, else one after the other."""
    if not blocks:
        return
    together = beside_stamp(blocks, flow.width)
    if together.height <= flow.whole * _LARGEST_TAIL:
        flow.put(together)
        return
    notes = [block for block in blocks if isinstance(block, Note)]
    others = [block for block in blocks if not isinstance(block, Note)]
    for item in (line for note in notes for line in note_lines(note, flow.width)):
        flow.put(item)
    if others:
        flow.put(beside_stamp(others, flow.width))


def _put_table(flow: _Flow, block: Block, opening: Sequence[Title | Line], tail: Sequence[Small]) -> None:
    """Put a table with what opens it, on as many pages as it takes, and what follows below its last row."""
    lines = list(takewhile(lambda one: isinstance(one, Line), reversed(opening)))[::-1]
    repeated = stack([measure_small(line, flow.width) for line in lines])
    once = stack([measure_small(one, flow.width) for one in opening[: len(opening) - len(lines)]])
    table = _measured(block, flow, repeated.height)
    above = repeated.height + table.head_height
    if not flow.fresh and flow.room < once.height + above + max(_LEAST_ROOM, sum(table.heights[:2])):
        flow.begin(None)
    flow.put(once)
    attached = [measure_small(one, flow.width) for one in tail[:1] if isinstance(one, AmountInWords)]
    rest = list(tail[len(attached) :])
    below = beside_stamp(rest, flow.width) if rest else None
    kept = below if below is not None and below.height <= flow.whole * _LARGEST_TAIL else None
    last = sum(item.height for item in attached) + (kept.height + _BEFORE_TAIL if kept else 0.0)
    pages = paginate(table.heights, _room(flow, table, above, last), table.glued)
    for number, rows in enumerate(pages):
        if number:
            flow.begin(None)
        flow.put(repeated)
        several, ends = len(pages) > 1, number == len(pages) - 1
        fixed = table.head_height + table.closing(several=several, last=ends) + (last if ends else 0.0)
        flow.put_part(table, Part(rows, flow.room - fixed, several, ends))
    for item in attached:
        flow.put(item)
    flow.y += _BEFORE_TAIL
    if kept is not None:
        flow.put(kept)
    else:
        _put_all(flow, rest)


def _room(flow: _Flow, table: Table, above: float, last: float) -> Room:
    """Say how much room the rows have: on a page alone, on the first of several, on each further one."""
    subtotal = table.closing(several=True, last=False)
    total = table.closing(several=False, last=True)
    alone = flow.room - above
    return Room(alone, alone - subtotal, flow.whole - above - subtotal, last + total)


def _measured(block: Block, flow: _Flow, above: float) -> Table:
    limit = (flow.whole - above) * _LARGEST_TAIL
    if isinstance(block, Card):
        return measure_card(block, flow.width, limit)
    if isinstance(block, Grid):
        return measure_grid(block, flow.width, limit)
    raise TypeError(f"not a table: {type(block).__name__}")
