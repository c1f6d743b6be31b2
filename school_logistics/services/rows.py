"""What passes between screens and store: plain values, no mapped objects."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, Protocol

from school_logistics.models.checks import Objection
from school_logistics.rules.calendar import Month

Draft = dict[str, object]
"""A record being written: values by field key."""


class Query(NamedTuple):
    """Which rows of a ledger are wanted, and in which order."""

    month: Month | None = None
    text: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    """(field key, what was typed above its column)."""
    sort: str = ""
    descending: bool = False
    carried: bool = False
    """Whether records from before the month that are not settled are wanted too, where the ledger knows such."""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the month is filtered."""
        return bool(self.text or any(typed for _, typed in self.filters))


class Row(NamedTuple):
    """One record as a table shows it; texts and values in the order of the ledger's fields."""

    id: int
    texts: tuple[str, ...]
    values: tuple[object, ...]
    marks: dict[str, Objection]
    tag: str


class Saved(NamedTuple):
    """A record that was kept, with what should be looked at again."""

    id: int
    warnings: tuple[Objection, ...]
    sentence: str
    others: tuple[int, ...] = ()
    """What was kept with it, where what was typed as one record became several."""
    divided: str = ""
    """That it became several, in words."""


class Choice(NamedTuple):
    """One answer a chooser offers."""

    id: int | str
    name: str
    initials: str
    detail: str
    doubt: bool = False
    """Whether another fits what was typed as well as this one does: then nobody takes it without looking."""


class Found(NamedTuple):
    """One hit of the search over all ledgers."""

    ledger: str
    id: int
    title: str
    detail: str


class Line(NamedTuple):
    """One field of a change."""

    label: str
    before: str
    after: str


class Change(NamedTuple):
    """One entry of a record's history."""

    at: datetime
    actor: str
    action: str
    act_title: str
    lines: tuple[Line, ...]


class Progress(Protocol):
    """How long work tells where it is; `step` raises Cancelled when the user has stopped it."""

    def step(self, done: int, total: int, what: str) -> None:
        """So much of so much is done, and this is being done now."""


class NoProgress:
    """For work that nobody watches."""

    def step(self, done: int, total: int, what: str) -> None:
        """Say nothing."""
