"""A printed form: which ledgers it draws on, and the steps from their rows to a sheet of paper.

`gather` takes what stands in the ledgers, `compose` lays it out in blocks, `pdf.draw` puts the blocks on paper. A form
never asks the data file itself: whoever prints hands over a `Source`, so that forms are tested with plain values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from school_logistics.models.checks import Values
from school_logistics.models.ledger import Ledger, Tab
from school_logistics.reports.blocks import Block, Orientation, Paper
from school_logistics.reports.content import with_version
from school_logistics.rules.book import RuleBook
from school_logistics.rules.calendar import Month, Stretch
from school_logistics.rules.identity import mask
from school_logistics.rules.terms import term_of


class Per(StrEnum):
    """What a form covers."""

    MONTH = "month"
    """What happened in one month."""
    TERM = "term"
    """What was ordered for the term in which the month lies."""
    NOW = "now"
    """What stands in a file today."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record on its way to paper: its values by field key, the name of a reference under `key.name`."""

    ledger: Ledger
    id: int
    values: Values
    gaps: frozenset[str] = frozenset()
    """Fields in which something is still missing; hatched in the preview."""

    def __getitem__(self, key: str) -> Any:
        """The value of a field."""
        return self.values.get(key)

    def text(self, key: str, *, masked: bool = True) -> str:
        """The value as it is printed: a reference by its name, a personal number with its middle hidden."""
        field = self.ledger.field(key)
        if field.kind.name == "ref":
            return str(self.values.get(f"{key}.name") or "")
        shown = field.kind.show(self.values.get(key))
        return mask(shown) if masked and field.personal else shown


class Source(Protocol):
    """Where a form's facts come from."""

    def entries(self, ledger: Ledger, period: Stretch | None = None) -> Sequence[Entry]:
        """The records of a ledger in its order: those of a period, or all of them."""

    def past(self, ledger: Ledger, period: Stretch) -> Sequence[Entry]:
        """The records of a stretch that only adds up to what the form tells: read as they are, not examined."""


class Head(NamedTuple):
    """What stands at the head of every form of a pack."""

    school: str
    month: Month
    today: date
    closed: frozenset[date] = frozenset()
    """The days of the month without school."""
    book: RuleBook | None = None
    """The rule book, for forms that print a limit beside what it limits."""

    @property
    def as_of(self) -> date:
        """The day of which a form tells: today while its month runs, then the last day of the month, for good."""
        return min(self.month.last, self.today)

    @property
    def term(self) -> str:
        """The term in which the month lies, as order ledgers write it: 2026秋."""
        return term_of(self.month.first)

    def period(self, per: Per) -> str:
        """What a form covers, in words."""
        if per is Per.TERM:
            return f"{self.term[:-1]}年{self.term[-1]}季学期"
        return str(self.month) if per is Per.MONTH else f"截至 {self.as_of}"


class Facts(Protocol):
    """What a form has gathered."""

    @property
    def rows(self) -> Sequence[Entry]:
        """The records it is made of; none when there is nothing to print but an empty form."""


class Register(NamedTuple):
    """The facts of a form that is its ledger on paper."""

    rows: Sequence[Entry]


@dataclass(frozen=True, kw_only=True)
class PrintedForm:
    """One form of the month's pack."""

    code: str
    title: str
    group: Tab
    ledgers: tuple[Ledger, ...]
    """What it draws on; its lines are the records of the first one."""
    gather: Callable[[Source, Month], Facts]
    compose: Callable[[Any, Head], Iterable[Block]]
    none: str
    """Why there may be nothing to print: 本月没有留样记录."""
    per: Per = Per.MONTH
    orientation: Orientation = "landscape"
    edition: str = ""
    """Which version of the bureau's paper this is."""
    footer_note: str = ""
    """The clause behind it, at the foot of every page."""

    @property
    def ledger(self) -> Ledger:
        """The ledger whose records are its lines."""
        return self.ledgers[0]

    def paper(self, facts: Facts, head: Head) -> Paper:
        """The form as it will be drawn, with the short code of what it says."""
        paper = Paper(
            self.code,
            self.title,
            head.school,
            head.period(self.per),
            self.orientation,
            tuple(self.compose(facts, head)),
            self.edition,
            self.footer_note,
            f"{self.code}-{head.month.iso.replace('-', '')}",
        )
        return with_version(paper, head.month.iso)
