"""One record on one page: a ruled card of labelled facts, as of a bus or a driver (一车一档、一人一档)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from school_logistics.models.ledger import Ledger
from school_logistics.reports.blocks import Card
from school_logistics.reports.form import Entry


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled fact of a card."""

    label: str
    text: Callable[[Entry], str]
    fields: tuple[str, ...] = ()
    """The fields told in it: what is missing there is hatched here."""


def fact(ledger: Ledger, key: str, *, label: str = "", masked: bool = True) -> Fact:
    """A field as declared: its label, and its value with the unit behind it."""
    field = ledger.field(key)
    unit: str = field.unit or getattr(field.kind, "unit", "")

    def told(entry: Entry) -> str:
        shown = entry.text(key, masked=masked)
        return f"{shown} {unit}" if shown and unit else shown

    return Fact(label or field.label, told, (key,))


def by_hand(label: str) -> Fact:
    """A place to write on: the ledger does not hold it."""
    return Fact(label, lambda _entry: "")


def card_of(entry: Entry, rows: Sequence[Sequence[Fact]], *, label_mm: float = 28.0, row_mm: float = 8.5) -> Card:
    """The card of a record."""
    return Card(
        tuple(tuple((one.label, one.text(entry)) for one in row) for row in rows),
        label_mm,
        row_mm,
        frozenset(
            (at, pair)
            for at, row in enumerate(rows)
            for pair, one in enumerate(row)
            if not entry.gaps.isdisjoint(one.fields)
        ),
    )
