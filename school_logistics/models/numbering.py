"""Numbers of their own for new records: YH-2026-0137 follows YH-2026-0136, and no number comes back."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select

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
    taken = select(column).where(column.startswith(begin, autoescape=True))
    longest_last = taken.order_by(func.length(column).desc(), column.desc())
    for number in session.scalars(longest_last):
        tail = str(number)[len(begin) :]
        if tail.isdigit():
            return f"{begin}{int(tail) + 1:0{_DIGITS}}"
    return f"{begin}{1:0{_DIGITS}}"
