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

    from school_logistics.models.ledger import Facts


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


Rows: TypeAlias = OfFile | OfWords | OfPlan


@dataclass(frozen=True)
class Duty:
    """What should exist in a ledger."""

    label: str
    when: When
    rows: Rows | None = None
    """What each period asks a record of; None asks for the ledger as a whole."""
    times: int = 1
    """How many records a row wants in a period."""
    within: tuple[tuple[str, str], ...] = ()
    """(field, word): only records of this kind count, such as those of one checklist."""
    clause: str = ""
    title: str = ""
    """What a hole is called; the ledger's label when empty."""
