"""Numbers of their own for new records: YH-2026-0137 follows YH-2026-0136, and no number comes back."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from school_logistics.models.audit import DELETE, ENTRIES, IMAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy.orm import Session

    from school_logistics.models.ledger import Ledger

_DIGITS = 4
_MOST_DIGITS = 9
"""What is longer was not counted but typed: a telephone number, a date with the time."""


def next_number(session: Session, ledger: Ledger, key: str, values: Mapping[str, object], today: date) -> str:
    """The number a new record gets in the field `key`, whose declaration says how it begins.

    `{year}` in the pattern is the year of the day that puts the record into a month, else of today. To be asked in
    the session that also keeps the record, so that two records of one act get two numbers.
    """
    happened = values.get(ledger.happened) if ledger.happened else None
    day = happened.date() if isinstance(happened, datetime) else happened if isinstance(happened, date) else today
    begin = ledger.field(key).numbered.format(year=day.year)
    column = getattr(ledger.record, key)
    taken = session.scalars(select(column).where(column.startswith(begin, autoescape=True)))
    last = max(_counted(taken, begin), default=0)
    return f"{begin}{max(last, _last_removed(session, ledger, key, begin)) + 1:0{_DIGITS}}"


def _counted(numbers: Iterable[object], begin: str) -> Iterator[int]:
    """What was counted so far: the tails in plain digits of the numbers that begin so."""
    tails = (str(number).removeprefix(begin) for number in numbers if str(number).startswith(begin))
    return (int(tail) for tail in tails if tail.isascii() and tail.isdecimal() and len(tail) <= _MOST_DIGITS)


def _last_removed(session: Session, ledger: Ledger, key: str, begin: str) -> int:
    """The last number of records that are gone: the trail still knows them.

    Looked through once in a session, and then only what was written since.
    """
    seen: dict[str, tuple[int, int]] = session.info.setdefault(f"numbers removed: {ledger.key}.{key}", {})
    known_to, last = seen.get(begin, (0, 0))
    newest = session.scalar(select(func.max(ENTRIES.c.id))) or 0
    if newest > known_to:
        number = func.json_extract(IMAGES.c.before, f"$.{key}")
        gone = select(number).join(ENTRIES, ENTRIES.c.id == IMAGES.c.entry)
        gone = gone.where(ENTRIES.c.id > known_to, ENTRIES.c.ledger == ledger.key, ENTRIES.c.action == DELETE)
        last = max(last, *_counted(session.scalars(gone), begin), 0)
        seen[begin] = newest, last
    return last
