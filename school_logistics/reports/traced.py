"""Where a dish or a delivery came from and where it went, as values, and the sheet on which they are printed.

What is put together by `services/tracing.py` is shown by the window and printed here from the same values.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.reports.blocks import Block, Column, Grid, Line, Note, Paper, Signatures, Title

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

CODE, TITLE = "追溯", "食品追溯单"
MOST = 40
"""So many records of one part are listed; the rest are counted."""


class Verdict(StrEnum):
    """How a piece of evidence stands."""

    TOLD = ""
    GOOD = "ok"
    LOOK = "soon"
    BAD = "late"


class Evidence(NamedTuple):
    """One record, or one that should be there."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    """(label, text) of what matters about it."""
    ledger: str = ""
    id: int | None = None
    verdict: Verdict = Verdict.TOLD
    word: str = ""
    """有效, 当天已过期, 没有登记."""

    @property
    def text(self) -> str:
        """Its facts in one line."""
        return "，".join(f"{label} {text}".strip() for label, text in self.facts if text)


class Part(NamedTuple):
    """One step of the way."""

    heading: str
    evidence: tuple[Evidence, ...]
    none: str = ""
    """What is said where nothing was found."""
    note: str = ""
    """How it was found, where that is not by a record's own word."""
    more: int = 0
    """How many records are not listed."""


class Trace(NamedTuple):
    """The whole way of one dish or delivery."""

    title: str
    start: Evidence
    day: date | None
    parts: tuple[Part, ...]

    @property
    def wrong(self) -> int:
        """How many pieces of evidence are missing or were not good on the day."""
        lacking = sum(1 for part in self.parts if not part.evidence and part.none)
        return lacking + sum(one.verdict is Verdict.BAD for part in self.parts for one in part.evidence)


_WIDE = (Column("内容", 52), Column("说明", 108), Column("核对", 22, "center", wrap=False))


def paper_of(trace: Trace, school: str, today: date) -> Paper:
    """The trace as a sheet to hand over."""
    period = f"截至 {today}"
    number = f"{CODE}-{trace.day:%Y%m%d}-{trace.start.id}" if trace.day else CODE
    return Paper(CODE, TITLE, school, period, "portrait", tuple(_blocks(trace)), footer_note=_CLAUSE, number=number)


_CLAUSE = "《食品安全法》第53条：进货查验；《学校食品安全与营养健康管理规定》第33、40条：进货记录、留样"


def _blocks(trace: Trace) -> Iterator[Block]:
    yield Title(TITLE, trace.title)
    yield Line((("追溯对象", trace.title), ("日期", str(trace.day or ""))))
    if trace.start.text:
        yield Note(trace.start.text)
    rows: list[tuple[str, ...]] = []
    for place, part in enumerate(trace.parts, start=1):
        rows.append((f"{place}　{part.heading}" + (f"（{part.note}）" if part.note else ""),))
        rows += [(one.title, one.text, one.word) for one in part.evidence]
        if not part.evidence:
            rows.append(("", part.none, "缺"))
        if part.more:
            rows.append(("", f"另有 {part.more} 条，见台账", ""))
    yield Grid(_WIDE, rows, blank_to_page=False, row_mm=7.0)
    yield Signatures(("食品安全管理员", "食堂负责人", "追溯人"))
