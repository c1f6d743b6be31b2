"""Which rows of a file are in the ledger already: by their number, or as a multiset of equal rows."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from school_logistics.models.fields import Need
from school_logistics.models.ledger import Ledger
from school_logistics.services.rows import Draft

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from school_logistics.services.listing import Listing

_AT_ONCE = 2000


class Match(NamedTuple):
    """A record of the ledger that a row of the file means."""

    id: int
    values: Mapping[str, Any]
    equal: bool
    """Whether the file says nothing else than the ledger."""


class Matching:
    """Finds for each row of a file the record it means; a record is found once at most."""

    def __init__(self, session: Session, listing: Listing, ledger: Ledger, rows: Sequence[Draft]) -> None:
        """`rows` are what the file gives, blank cells left out; all that may match is loaded at once."""
        self.ledger = ledger
        self.always = tuple(
            one.key
            for one in ledger.fields
            if one.required is Need.ALWAYS and one.writable and not one.kept
            if one.default is None or one.key == ledger.happened
            if not one.usually and not one.numbered
        )
        numbered = [row for row in rows if self.number_of(row) is not None]
        others = [row for row in rows if self.number_of(row) is None]
        self._by_number = self._numbered(session, listing, numbered)
        self._buckets = self._alike(session, listing, others)
        self._matches = self._paired(others)

    def number_of(self, values: Mapping[str, object]) -> tuple[object, ...] | None:
        """The number a row is known by; None where the ledger has none or a part of it is blank."""
        number = tuple(values.get(key) for key in self.ledger.number)
        return None if not number or None in number else number

    def match(self, values: Draft) -> Match | None:
        """The record that one of the rows handed over means."""
        number = self.number_of(values)
        if number is None:
            return self._matches.get(id(values))
        found = self._by_number.get(number)
        if found is None:
            return None
        one, known = found
        return Match(one, known, _says_nothing_else(values, known))

    def _numbered(
        self, session: Session, listing: Listing, rows: Sequence[Draft]
    ) -> dict[tuple[object, ...], tuple[int, Mapping[str, Any]]]:
        """Records whose number is in the file."""
        if not rows:
            return {}
        wanted = {self.number_of(row) for row in rows}
        columns = [getattr(self.ledger.record, key) for key in self.ledger.number]
        ids = {
            one: tuple(number)
            for one, *number in session.execute(select(self.ledger.record.id, *columns))
            if tuple(number) in wanted
        }
        loaded = _values(session, listing, self.ledger, list(ids))
        return {number: (one, loaded[one]) for one, number in ids.items()}

    def _alike(
        self, session: Session, listing: Listing, rows: Sequence[Draft]
    ) -> dict[tuple[object, ...], list[tuple[int, Mapping[str, Any]]]]:
        """Records that share with some row what every record must have."""
        if not rows:
            return {}
        wanted = {self._must(row) for row in rows}
        found: defaultdict[tuple[object, ...], list[tuple[int, Mapping[str, Any]]]] = defaultdict(list)
        columns = [getattr(self.ledger.record, key) for key in self.always]
        statement = select(self.ledger.record.id, *columns).where(*self._within(rows)).order_by(self.ledger.record.id)
        ids = {one: tuple(must) for one, *must in session.execute(statement) if tuple(must) in wanted}
        for one, values in _values(session, listing, self.ledger, list(ids)).items():
            found[ids[one]].append((one, values))
        return found

    def _within(self, rows: Sequence[Draft]) -> list[Any]:
        """Only records between the file's first and last day can be meant."""
        days = [day for row in rows if isinstance(day := row.get(self.ledger.happened), date)]
        if not days:
            return []
        first, last = min(days), max(days)
        return [getattr(self.ledger.record, self.ledger.happened).between(first, last)]

    def _must(self, values: Mapping[str, object]) -> tuple[object, ...]:
        return tuple(values.get(key) for key in self.always)

    def _paired(self, rows: Iterable[Draft]) -> dict[int, Match]:
        """Give as many rows as possible the record that says the same."""
        alike: defaultdict[tuple[object, ...], list[Draft]] = defaultdict(list)
        for row in rows if self._buckets else ():
            alike[self._must(row)].append(row)
        matches: dict[int, Match] = {}
        for must, some in alike.items():
            records = self._buckets.get(must, [])
            for row, place in _pairs(some, records):
                one, known = records[place]
                matches[id(row)] = Match(one, known, equal=True)
        return matches


def _pairs(rows: Sequence[Draft], records: Sequence[tuple[int, Mapping[str, Any]]]) -> Iterable[tuple[Draft, int]]:
    """Pair rows with the places of records, each taken once, so that no row stays alone that need not.

    Rows that say most choose first, and the record that says least beyond them; a row that finds all its records
    taken asks their rows to move on to others, along augmenting paths (Kuhn's algorithm).
    """
    filled = [sum(value is not None for value in known.values()) for _, known in records]
    ordered = sorted(rows, key=len, reverse=True)
    fitting = [
        sorted(
            (place for place, (_, known) in enumerate(records) if _says_nothing_else(row, known)),
            key=filled.__getitem__,
        )
        for row in ordered
    ]
    holder: dict[int, int] = {}
    for number in range(len(ordered)):
        _seat(number, fitting, holder)
    return [(ordered[number], place) for place, number in holder.items()]


def _seat(number: int, fitting: Sequence[Sequence[int]], holder: dict[int, int]) -> None:
    """Find a place for one row, moving others along the shortest chain if need be; without recursion."""
    came_from: dict[int, int] = {}
    asking = deque([number])
    while asking:
        row = asking.popleft()
        for place in fitting[row]:
            if place in came_from:
                continue
            came_from[place] = row
            if place not in holder:
                _move(place, number, came_from, holder)
                return
            asking.append(holder[place])


def _move(place: int, first: int, came_from: Mapping[int, int], holder: dict[int, int]) -> None:
    """Let each row along the chain take the place it asked for, the last one first."""
    held = {row: at for at, row in holder.items()}
    while True:
        row = came_from[place]
        holder[place] = row
        if row == first:
            return
        place = held[row]


def _says_nothing_else(given: Mapping[str, object], known: Mapping[str, Any]) -> bool:
    """Whether a record holds everything that the file gives; what the file leaves blank does not count."""
    return all(known.get(key) == value for key, value in given.items())


def _values(session: Session, listing: Listing, ledger: Ledger, ids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    """The fields of records by id, read a part at a time."""
    found: dict[int, Mapping[str, Any]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        found.update(listing.values(session, ledger, ids[start : start + _AT_ONCE]))
    return found
