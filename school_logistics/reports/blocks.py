"""The blocks a printed form is made of: frozen values that say what stands on the paper, never how it is drawn.

A form's `compose` yields blocks, `pdf.draw` puts them on paper. Lengths are millimetres, texts are ready to print.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Align = Literal["left", "center", "right"]
Orientation = Literal["portrait", "landscape"]


def grouped(value: Decimal) -> str:
    """Write a sum the way the paper shows it: thousands apart, with as many decimals as its parts have.

    >>> grouped(Decimal("86204.10"))
    '86,204.10'
    """
    return f"{value:,f}"


@dataclass(frozen=True, slots=True)
class Title:
    """A heading.

    First in a paper or right after a `PageBreak` it takes the place of the paper's title, from that page on, and may
    bring a bookmark of its own below the form's; anywhere else it is a heading inside the page.
    """

    text: str
    subtitle: str = ""
    bookmark: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of labelled facts spread over the width of the page: 号牌号码：… 驾驶人：… 照管员：….

    Lines right before a `Grid` are repeated with its heading on every page the grid runs to. An empty value leaves a
    rule to write on; an empty label prints the value alone.
    """

    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a grid.

    `mm` are shares: all columns together are scaled to the width of the page. Neighbours with the same `group` stand
    under one common heading. `wrap=False` is for numbers, dates and names, which rather shrink than break; `show_sum`
    writes the column's page subtotal.
    """

    heading: str
    mm: float
    align: Align = "left"
    group: str = ""
    wrap: bool = True
    show_sum: Callable[[Decimal], str] = grouped


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table that runs over as many pages as it needs, its heading repeated on each.

    A row holds one text a column. A row of a single text is a group heading over the whole width and never stands last
    on a page. Cells that are too long shrink a little, then break into lines, and the row grows.
    """

    columns: tuple[Column, ...]
    rows: Sequence[tuple[str, ...]] = ()
    total: tuple[str, ...] | None = None
    """Grand total under the last row, one text a column; the first text runs over the empty ones after it."""
    page_totals: tuple[int, ...] = ()
    """Columns whose 本页小计 is printed, when there is more than one page."""
    sums: Sequence[tuple[Decimal | None, ...]] = ()
    """Parallel to `rows`: what each row adds to the subtotals, in the order of `page_totals`."""
    blank_to_page: bool = True
    """Fill the last page with blank lines to write on."""
    struck: bool = False
    """Write 以下空白 into the first unused line and strike the rest, so that nothing can be added later."""
    empty: str = ""
    """Sentence in the first line when there are no rows, such as 本月无进货."""
    row_mm: float = 8.0
    """Least height of a row; 8 mm is what handwriting needs."""
    bold: frozenset[int] = frozenset()
    """Indices of rows in bold, such as the subtotal of a class; one never stands first on a page."""
    hatched: frozenset[tuple[int, int]] = frozenset()
    """(row, column) of what is still missing: hatched in the preview, never on paper."""
    shaded: frozenset[int] = frozenset()
    """Columns on light grey, such as the days without school."""
    bands: Sequence[int] = ()
    """Parallel to `rows`: into how many lines, ruled one below the other, a row is parted; 1 for all when empty."""
    banded: range = range(0)
    """The columns that are parted so: each holds one text a line, the texts separated by line breaks."""
    band_mm: float = 5.0
    """Least height of one such line."""

    def __post_init__(self) -> None:
        """Refuse a table whose parts do not fit together: a mistake in the form, not in the data."""
        width = len(self.columns)
        if self.bands and len(self.bands) != len(self.rows):
            raise ValueError("bands must be told of every row")
        if any(len(row) not in (1, width) for row in self.rows):
            raise ValueError("a row must hold one text a column, or a single text as group heading")
        if self.total is not None and len(self.total) != width:
            raise ValueError("the total must hold one text a column")
        if self.page_totals and len(self.sums) != len(self.rows):
            raise ValueError("page totals need the sums of every row")


@dataclass(frozen=True, slots=True)
class Card:
    """A ruled card of labelled facts, each row shared out among its (label, value) pairs: a file on one page."""

    rows: tuple[tuple[tuple[str, str], ...], ...]
    label_mm: float = 28.0
    row_mm: float = 9.0
    hatched: frozenset[tuple[int, int]] = frozenset()
    """(row, pair) of what is still missing: hatched in the preview, never on paper."""


@dataclass(frozen=True, slots=True)
class Note:
    """Running text: instructions, clause, remark."""

    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what there is of something against what should be, as shares of the width of its track."""

    label: str
    told: str
    """The amount in words and what should be: 118.0（120～140）g."""
    share: Decimal
    """Where the bar ends: 0 at the left, 1 at the right end of the track; longer ones are cut there."""
    least: Decimal | None = None
    """Where the span that is right begins; None where nothing is asked."""
    most: Decimal | None = None
    """Where it ends; None where there is no too much."""
    word: str = ""
    """How it stands, such as 不足; printed in bold behind."""


@dataclass(frozen=True, slots=True)
class BarGroup:
    """Bars under one heading."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Groups of bars side by side: amounts and nutrients against a standard. Readable in black and white."""

    groups: tuple[BarGroup, ...]
    across: int = 2


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text under a heading of its own, as minutes and reports have it: 一、本周排查发现问题情况.

    It runs over as many pages as it takes; without a text there are ruled lines to write on.
    """

    heading: str
    text: str = ""
    ruled: int = 3


@dataclass(frozen=True, slots=True)
class Label:
    """One label to cut out and stick on: what it names, and labelled facts below; an empty value leaves room to write.

    A value may hold wide spaces where figures are written by hand: 10月16日　　时　　分.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    above: str = ""
    """A small line above the title, such as the school's name."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels side by side in rows, with dashed lines to cut along."""

    labels: tuple[Label, ...]
    across: int = 2
    row_mm: float = 46.0
    """Height of each label."""


@dataclass(frozen=True, slots=True)
class AmountInWords:
    """The sum in formal Chinese numerals; right under a grid it is its last ruled line."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign by hand, 12 mm high, with a place for the day."""

    names: tuple[str, ...]
    date: bool = True


@dataclass(frozen=True, slots=True)
class Stamp:
    """Room of 42 mm for the school's round stamp, kept clear at the right of the blocks around it."""

    text: str = "盖章处"


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Title | Line | Bars | Grid | Card | Note | Passage | Labels | AmountInWords | Signatures | Stamp | PageBreak


@dataclass(frozen=True, slots=True)
class Paper:
    """One form ready to be drawn; its pages are counted by themselves (第 x 页 共 y 页)."""

    code: str
    title: str
    school: str
    period: str
    orientation: Orientation = "portrait"
    blocks: tuple[Block, ...] = ()
    edition: str = ""
    """Which version of the form this is, such as 2024 版样; small at the foot."""
    footer_note: str = ""
    """Sentence at the foot of every page, such as the clause behind the form."""
    number: str = ""
    """编号 printed at the head; the code when empty."""
    version: str = ""
    """The short code of what it says, at the foot of every page with its QR code; none on what is never signed."""
    binding: bool = False
    """Leave a margin for binding at the left, with its dashed line."""
