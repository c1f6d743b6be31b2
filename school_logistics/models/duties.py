"""What a ledger should hold: for each row of a duty, in each of its periods, so many records.

A duty is declared with its ledger; `services/coverage.py` lays it over a month and finds the holes. The grid page, the
list of what is missing and the month's pack all ask there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date

    from school_logistics.models.checks import Facts
    from school_logistics.rules.book import RuleBook


class When(StrEnum):
    """How often something should be recorded."""

    SCHOOL_DAY = "每个上课日"
    WORKDAY = "每个工作日"
    DAY = "每天"
    WEEK = "每周"
    MONTH = "每月"
    QUARTER = "每季度"
    TERM = "每学期"


@dataclass(frozen=True)
class OfFile:
    """A row for each record of the file that a reference field names: room, unit, person, bus."""

    field: str
    keep: Callable[[Facts, date], bool] | None = None
    """Whether the record of the file is in question on a day, such as a person who is still employed."""


@dataclass(frozen=True)
class OfWords:
    """A row for each word of a choice field: the meals served, the areas of the kitchen."""

    field: str
    rule: str
    """The entry of the rule book with the words that this school has."""


@dataclass(frozen=True)
class OfPlan:
    """A row for each record of another ledger that plans the day, such as each dish of the menu."""

    ledger: str
    same: tuple[tuple[str, str], ...]
    """(field of the record, field of the plan) that must agree; the first pair names the row."""
    keep: Callable[[Facts, date, RuleBook], bool] | None = None
    """Which planned records ask for one, such as dishes that are cooked; all when None."""


Rows: TypeAlias = OfFile | OfWords | OfPlan


Times: TypeAlias = "int | Callable[[Facts, date, RuleBook], int]"


@dataclass(frozen=True)
class Duty:
    """What should exist in a ledger."""

    label: str
    when: When
    rows: Rows | None = None
    """What each period asks a record of; None asks for the ledger as a whole."""
    times: Times = 1
    """How many records a row wants in a period, or a function of the row's file, the day and the rule book."""
    within: tuple[tuple[str, str], ...] = ()
    """(field, word): only records of this kind count, such as those of one checklist."""
    clause: str = ""
    title: str = ""
    """What is missing, as a noun: 留样, 晨检; the ledger's label when empty."""
    each: OfWords | None = None
    """Within a row and a period a record for each of these words, such as each trip of a bus."""
    every: str = ""
    """The entry of the rule book with after how many days at least it is due again; goes before `when`."""
    holidays: bool = False
    """Whether it is asked in vacations too; else only where there is school."""
    form: str = ""
    """The code of the form on which a hole stands; that of the ledger when empty."""

    @property
    def words_of(self) -> tuple[OfWords, ...]:
        """What it asks the rule book for words."""
        return tuple(one for one in (self.rows, self.each) if isinstance(one, OfWords))
