"""How a record came in: typed or imported, and whether entered so long after it happened that it is late (补录)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from school_logistics.models.record import Origin
from school_logistics.rules.due import entered_late

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from school_logistics.models.ledger import Ledger
    from school_logistics.models.record import Record
    from school_logistics.services.examining import Examining


class Origins:
    """Says of records whether they were entered late, by the school days between their day and their entry."""

    def __init__(self, examining: Examining, today: Callable[[], date]) -> None:
        """The rule book and the calendar are those of `examining`."""
        self._examining = examining
        self._today = today

    def of_new(self, ledger: Ledger, values: Mapping[str, object], *, imported: bool = False) -> Origin:
        """The origin of a record that is entered today."""
        return Origin.of(imported=imported, late=self._late(ledger, values, self._today()))

    def of_changed(self, ledger: Ledger, values: Mapping[str, object], row: Record) -> Origin:
        """The origin of a record whose day is changed; one moved beyond its entry was entered for that day today."""
        happened, entered = _day_of(ledger, values), row.entered_at.date()
        if happened is not None and happened > entered:
            entered = self._today()
        return Origin.of(imported=Origin(row.origin).imported, late=self._late(ledger, values, entered))

    def _late(self, ledger: Ledger, values: Mapping[str, object], entered: date) -> bool:
        """Whether what happened lies further back than the rule book allows."""
        happened = _day_of(ledger, values)
        if happened is None or happened >= entered:
            return False
        return entered_late(happened, entered, self._allowed(ledger), self._examining.calendar)

    def _allowed(self, ledger: Ledger) -> int:
        """How many school days may lie between what happened and its entry: the form's own number, or that of all."""
        book, own = self._examining.book, f"late_entry.{ledger.code}"
        return book.whole(own if ledger.code and book.has(own) else "late_entry.school_days", self._today())


def _day_of(ledger: Ledger, values: Mapping[str, object]) -> date | None:
    happened = values.get(ledger.happened) if ledger.happened else None
    if isinstance(happened, datetime):
        return happened.date()
    return happened if isinstance(happened, date) else None
