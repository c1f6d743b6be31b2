"""Days by which something about a record must be done, and what a missed one stops."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from school_logistics.models.checks import Facts

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook


class Deadline(StrEnum):
    """What a missed deadline stops, worst first: a bus on the road, a person at work, then things and goods."""

    NO_SERVICE = "停运"
    NO_WORK = "停岗"
    NO_USE = "停用"
    NO_SUPPLY = "停供"
    LATE = "逾期"


Told: TypeAlias = "str | Callable[..., str]"
"""Words, or a function that finds them for a record: it is handed the facts and what the reminder asks for."""


@dataclass(frozen=True)
class Reminder:
    """A day by which something about a record must be done."""

    what: Told
    due: Callable[..., date | None]
    stops: Told = Deadline.LATE
    """What a missed day stops; see Deadline."""
    why: Told = ""
    clause: Told = ""
    warn_days: tuple[int, ...] | Callable[..., tuple[int, ...]] = (30, 7)
    """From how many days before it is spoken of."""
    warn: str = ""
    """The entry of the rule book with the days of warning; before `warn_days`."""
    given: tuple[str, ...] = ()
    latest_of: tuple[str, ...] = ()
    """Of the records alike in these fields only the one due last counts: a renewed paper silences the old one."""
    bound: str = ""
    """The column that `due` answers, if anything: what lies further ahead in it need not be read."""
    furthest: Callable[..., int] | None = None
    """Where `warn_days` is worked out for each record: the most days it can be, of the rule book and today."""
    by_rule: Callable[..., date | None] | None = None
    """Where the day stands on a paper: what the rules would make of it, to be told beside it."""

    def told(self, words: Told, facts: Facts, given: Mapping[str, object]) -> str:
        """The words for one record."""
        return words(facts, **{name: given.get(name) for name in self.given}) if callable(words) else str(words)

    def due_on(self, facts: Facts, given: Mapping[str, object]) -> date | None:
        """The day for one record, or None."""
        return self.due(facts, **{name: given.get(name) for name in self.given})

    def steps(self, facts: Facts, given: Mapping[str, Any]) -> tuple[int, ...]:
        """How many days ahead it is spoken of, step by step: 60, 30, 7."""
        if self.warn:
            return tuple(given["book"].wholes(self.warn, given["today"]))
        days = self.warn_days
        return days(facts, **{name: given.get(name) for name in self.given}) if callable(days) else days

    def most_ahead(self, book: RuleBook, today: date) -> int | None:
        """How many days ahead any record is spoken of at most; None where nobody knows."""
        if self.warn:
            return max(book.wholes(self.warn, today))
        if callable(self.warn_days):
            return self.furthest(book, today) if self.furthest else None
        return max(self.warn_days)
