"""One column of a ledger: what it means, how it is asked for, and where its value stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from school_logistics.models.checks import Level
from school_logistics.rules.kinds import AnyKind, Ref

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from school_logistics.models.record import Record


class Need(IntEnum):
    """How badly a field is wanted."""

    NO = 0
    BY_LAW = 1
    """Refused on screen; in an import a gap: taken, and counted as missing."""
    ALWAYS = 2
    """Without it there is no record."""


class Kept(Protocol):
    """A field whose value stands in another table (a certificate, the answers to a checklist)."""

    @property
    def writes(self) -> bool:
        """Whether a person may fill it in here; else it is only shown."""

    @property
    def place(self) -> object:
        """Where it stands: what stands in one place is written together."""

    def expression(self, record: type[Record]) -> ColumnElement[Any]:
        """The value as SQL, so that it can be shown, sorted and filtered like any column."""

    def write(self, session: Session, row: Record, values: Mapping[Any, object]) -> None:
        """Keep new values for a record: its own, and those that stand in the same place."""

    def forget(self, session: Session, row: Record) -> None:
        """Remove what is kept for a record that goes."""


@runtime_checkable
class KeptOrderly(Kept, Protocol):
    """A field kept in another table that has one spelling for one thing, and may refuse what is not known there."""

    def usual(self, session: Session, values: Mapping[str, object], value: object) -> object:
        """The value of a record as it would come back once kept.

        Raises Unreadable, with a sentence that follows the field's label, when it cannot be kept.
        """


@dataclass(frozen=True)
class Field:
    """One column of a ledger: what it means and how it is written, shown and asked for."""

    label: str
    kind: AnyKind
    key: str = ""
    required: Need = Need.NO
    unit: str = ""
    hint: str = ""
    clause: str = ""
    synonyms: tuple[str, ...] = ()
    """Other headings under which workbooks keep it."""
    default: object = None
    """A value, or a function of today, for a new record."""
    computed: Callable[..., object] | None = None
    """Works the value out from the record; never typed."""
    usually: Callable[..., object] | None = None
    """Works out what a blank usually holds, such as a deadline; a person may write something else."""
    given: tuple[str, ...] = ()
    """What else `computed` or `usually` is handed: "book", "today", or a reference field's key for its record."""
    at_the_time: bool = False
    """Of a computed field: it tells how the record it is taken from was then, and stays when that one changes."""
    signs: bool = False
    """Whether a name written here is a signature: 审核人, 监督人."""
    numbered: str = ""
    """A number of its own for each new record while blank, such as "YH-{year}-": see `numbering.py`."""
    follows: tuple[str, str] | None = None
    """(reference field, field of its target): taken from there while blank."""
    last_by: str = ""
    """A reference field: while blank, taken from the latest record that names the same target."""
    tidy: Callable[[str], str] | None = None
    """Puts what was typed into its usual spelling before it is read."""
    fault: Callable[[str], str] | None = None
    """Says what is wrong with a value read, or nothing."""
    fault_level: Level = Level.REFUSED
    split: Callable[[str], Mapping[str, str]] | None = None
    """For a cell of a workbook that holds several fields in one: its parts by field key."""
    beside: tuple[str, ...] = ()
    """Headings of columns whose cell belongs before this one: 年级 beside 班级, 楼栋 beside 房间号."""
    in_title: Callable[[str], str] | None = None
    """Finds in a workbook's title line, sheet name or file name what holds for all its rows, such as the term."""
    kept: Kept | None = None
    totals: bool = False
    chars: int = 8
    section: str = ""
    group: str = ""
    carry: bool = False
    personal: bool = False
    in_table: bool = True
    searched: bool = True
    """Of a reference: whether the record is found by the name of what it refers to."""

    @property
    def writable(self) -> bool:
        """Whether a person can fill it in."""
        return self.computed is None and (self.kept is None or self.kept.writes)

    @property
    def target(self) -> str:
        """The key of the ledger a reference names; "" for other kinds."""
        return self.kind.target if isinstance(self.kind, Ref) else ""

    def first_value(self, today: date) -> object:
        """What a new record starts with."""
        return self.default(today) if callable(self.default) else self.default


def write_elsewhere(session: Session, row: Record, changed: Iterable[tuple[Field, object]]) -> None:
    """Write the changed fields of a record that stand in other tables, place by place."""
    places: dict[object, dict[Kept, object]] = {}
    for one, value in changed:
        if one.kept:
            places.setdefault(one.kept.place, {})[one.kept] = value
    for together in places.values():
        next(iter(together)).write(session, row, together)
