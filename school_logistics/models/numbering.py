"""Numbers of their own for new records: YH-2026-0137 follows YH-2026-0136, and no number comes back."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from school_logistics.models.audit import DELETE, ENTRIES, IMAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from school_logistics.models.ledger import Ledger

_DIGITS = 4


def next_number(session: Session, ledger: Ledger, key: str, values: Mapping[str, object], today: date) -> str:
    """The number a new record gets in the field `key`, whose declaration says how it begins.

    `{year}` in the pattern is the year of the day that puts the record into a month, else of today. To be asked in
    the session that also keeps the record, so that two records of one act get two numbers.
    """
    happened = values.get(ledger.happened) if ledger.happened else None
    day = happened.date() if isinstance(happened, datetime) else happened if isinstance(happened, date) else today
    begin = ledger.field(key).numbered.format(year=day.year)
    column = getattr(ledger.record, key)
    taken = list(session.scalars(select(column).where(column.startswith(begin, autoescape=True))))
    tails = (str(number).removeprefix(begin) for number in (*taken, *_removed(session, ledger, key, begin)))
    last = max((int(tail) for tail in tails if tail.isdigit()), default=0)
    return f"{begin}{last + 1:0{_DIGITS}}"


def _removed(session: Session, ledger: Ledger, key: str, begin: str) -> list[str]:
    """Numbers of records that are gone: the trail still knows them."""
    gone = select(IMAGES.c.before).join(ENTRIES, ENTRIES.c.id == IMAGES.c.entry)
    gone = gone.where(ENTRIES.c.ledger == ledger.key, ENTRIES.c.action == DELETE, IMAGES.c.before.is_not(None))
    numbers = (str(json.loads(image).get(key) or "") for image in session.scalars(gone))
    return [number for number in numbers if number.startswith(begin)]
