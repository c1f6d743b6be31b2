"""What looks too good to be true in a month's records: readings that never change, days without school, one hand.

Nothing here is a fault: it is what an inspector asks about first, so whoever prints looks at it before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple


class Reading(NamedTuple):
    """What one record says: the day, the value read, and which record it is."""

    day: date
    value: object
    record: int


class SameReading(NamedTuple):
    """One value read again and again: on so many days on end, from a day to another."""

    value: object
    days: int
    first: date
    last: date
    record: int
    """The first record of the run."""


def same_readings(readings: Iterable[Reading], least_days: int) -> Iterator[SameReading]:
    """The runs in which every reading is the same on at least so many days that follow each other in the records.

    Several records of one day count as one day: the dishes of a lunch are put into the fridge together. Blanks neither
    break a run nor belong to it.
    """
    known = sorted((one for one in readings if one.value is not None), key=lambda one: (one.day, one.record))
    for value, run in groupby(known, key=lambda one: one.value):
        members = list(run)
        days = sorted({one.day for one in members})
        if len(days) >= least_days:
            yield SameReading(value, len(days), days[0], days[-1], members[0].record)


def time_read(value: object) -> object:
    """Of a moment the time of day, which is what is read off a clock; everything else as it is."""
    return value.time() if isinstance(value, datetime) else value


def all_by_one(signers: Sequence[object]) -> bool:
    """Whether several places to sign were all filled by one person."""
    named = [one for one in signers if one is not None]
    return len(named) > 1 and len(set(named)) == 1


def shown_days(days: Iterable[date], most: int = 4) -> str:
    """Days in a few words: 10-10、10-11 等 6 天.

    >>> shown_days([date(2026, 10, 10), date(2026, 10, 11)])
    '10-10、10-11'
    """
    ordered = sorted(set(days))
    named = "、".join(f"{day:%m-%d}" for day in ordered[:most])
    return named if len(ordered) <= most else f"{named} 等 {len(ordered)} 天"
