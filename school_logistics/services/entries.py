"""The rows behind a month's paper: each ledger read once, with what is missing in it, for forms and the list of gaps.

One reading serves a whole pack, so that what is listed as missing and what is printed are the same rows.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.models.canteen.shelves import Shelf, shelves
from school_logistics.models.checks import Level, Objection
from school_logistics.models.ledger import Ledger
from school_logistics.reports.form import Entry
from school_logistics.services.rows import Query

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from school_logistics.rules.calendar import Stretch
    from school_logistics.services.desk import Desk

_IDS_AT_ONCE = 5000


class _Read(NamedTuple):
    """What was asked for: a ledger, all of it or one stretch of time."""

    ledger: str
    first: str
    last: str


class Entries:
    """Reads ledgers within one session, each stretch of them once."""

    def __init__(self, desk: Desk, session: Session, *, examined: bool = False) -> None:
        """With `examined`, every entry knows in which fields something is missing."""
        self.desk = desk
        self.session = session
        self._examined = examined
        self._known: dict[_Read, list[Entry]] = {}
        self._past: dict[_Read, list[Entry]] = {}
        self._shelves: dict[date, Mapping[int, Shelf]] = {}
        self._marks: dict[tuple[str, int], Mapping[str, Objection]] = {}

    def entries(self, ledger: Ledger, period: Stretch | None = None) -> Sequence[Entry]:
        """The records of a ledger in its order: those of a period, or all of them."""
        asked = _Read(ledger.key, str(period.first) if period else "", str(period.last) if period else "")
        found = self._known.get(asked)
        if found is None:
            found = self._known[asked] = self._read(ledger, period, examined=self._examined)
        return found

    def past(self, ledger: Ledger, period: Stretch) -> Sequence[Entry]:
        """The records of a stretch that only adds up to what a form tells: read as they are, not examined."""
        asked = _Read(ledger.key, str(period.first), str(period.last))
        found = self._past.get(asked)
        if found is None:
            found = self._past[asked] = self._read(ledger, period, examined=False)
        return found

    def shelves(self, until: date) -> Mapping[int, Shelf]:
        """The stock book up to a day, by ingredient, without its records; settled are the years before the last."""
        if until not in self._shelves:
            settled = date(until.year - 1, 1, 1)
            self._shelves[until] = shelves(self.session, until=until, settled=settled)
        return self._shelves[until]

    def missing(self, entry: Entry) -> tuple[Objection, ...]:
        """What the law wants and a record lacks, in the order of its fields."""
        marks = self._marks.get((entry.ledger.key, entry.id), {})
        return tuple(mark for mark in marks.values() if mark.level >= Level.GAP)

    def _read(self, ledger: Ledger, period: Stretch | None, *, examined: bool) -> list[Entry]:
        listing = self.desk.listing
        ids = listing.ids(self.session, ledger, Query(period))  # type: ignore[arg-type]  # any stretch has both days
        if not ids:
            return []
        values: dict[int, dict[str, object]] = {}
        for start in range(0, len(ids), _IDS_AT_ONCE):
            values |= listing.values(self.session, ledger, ids[start : start + _IDS_AT_ONCE])
        if not examined:
            return [Entry(ledger, one, values[one]) for one in ids]
        marks = self.desk.examining.marks(self.session, ledger, values, look_up=True)
        self._marks |= {(ledger.key, one): found for one, found in marks.items()}
        return [
            Entry(
                ledger, one, values[one], frozenset(key for key, mark in marks[one].items() if mark.level >= Level.GAP)
            )
            for one in ids
        ]
