"""Asking the ledgers for a period: what happened in it, counted and added up month by month.

A ledger without a record in the period was not kept in it and answers 未填, not 0.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, and_, func, select

from school_logistics.reports.annual_return.indicator import NOTHING, Answer
from school_logistics.rules.calendar import Month
from school_logistics.rules.kinds import Amount
from school_logistics.rules.tally import order_rate

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import InstrumentedAttribute, Session

    from school_logistics.models.record import Record
    from school_logistics.rules.book import RuleBook
    from school_logistics.rules.calendar import Period

T = TypeVar("T")
Where = ColumnElement[bool]
_LATE_START = timedelta(days=62)
"""A ledger that begins later than this into a period does not cover it: the new year and the winter vacation fit in."""


class Asked:
    """One period of one data file, with what was found in it so far."""

    def __init__(self, session: Session, period: Period, today: date, book: RuleBook) -> None:
        self.session = session
        self.period = period
        self.today = today
        self.book = book
        self.on = period.reporting_day(today)
        self.short = False
        """Set by whoever finds that a ledger covers only a part of the period."""
        self._found: dict[object, object] = {}

    def once(self, key: object, find: Callable[[], T]) -> T:
        """Find something that several indicators need, the first time it is asked for."""
        if key not in self._found:
            self._found[key] = find()
        return self._found[key]  # type: ignore[return-value]  # each key stands for one function


def within(asked: Asked, record: type[Record]) -> Where:
    """That a record happened in the period, up to the reporting day: what is dated later has not happened yet."""
    return _between(record, asked.period.first, asked.on)


def _between(record: type[Record], first: date, last: date) -> Where:
    column = happened(record)
    if record.ledger.field(record.ledger.happened).kind.name == "moment":
        return and_(column >= datetime.combine(first, time.min), column <= datetime.combine(last, time.max))
    return and_(column >= first, column <= last)


def happened(record: type[Record]) -> InstrumentedAttribute[Any]:
    """The column that puts a record into a month."""
    column: InstrumentedAttribute[Any] = getattr(record, record.ledger.happened)
    return column


def began(asked: Asked, record: type[Record]) -> date | None:
    """The day of the first record in the period; None when there is none."""

    def find() -> date | None:
        first = asked.session.scalar(select(func.min(happened(record))).where(within(asked, record)))
        return first.date() if isinstance(first, datetime) else first

    return asked.once(("began", record), find)


def kept(asked: Asked, record: type[Record]) -> bool:
    """Whether the ledger was kept in the period, that is, has records in it; notes when only in a part of it."""
    asked.short = asked.short or _begun_late(asked, record)
    return began(asked, record) is not None


def _begun_late(asked: Asked, record: type[Record]) -> bool:
    """Whether the records begin far into the period, and there are none of the year before it either."""

    def find() -> bool:
        first = began(asked, record)
        if first is None or first <= asked.period.first + _LATE_START:
            return False
        year_before = _between(record, asked.period.year_before().first, asked.period.first - timedelta(days=1))
        return asked.session.scalar(select(record.id).where(year_before).limit(1)) is None

    return asked.once(("begun late", record), find)


def span_words(asked: Asked, record: type[Record] | None = None) -> str:
    """From when to when, and from when on the ledger was kept if that is later."""
    words = f"{asked.period.first} 至 {asked.on}"
    return f"{words}（台账自 {began(asked, record)} 起有记录）" if record and _begun_late(asked, record) else words


def counted(asked: Asked, record: type[Record], *where: Where) -> Answer:
    """How many records happened in the period, month by month."""
    if not kept(asked, record):
        return NOTHING
    by_month = monthly(asked, record, func.count(), *where)
    many = sum(by_month.values())
    return Answer(many, f"{span_words(asked, record)}，{many:,} 行", month_parts(by_month))


def added_up(asked: Asked, record: type[Record], column: InstrumentedAttribute[Any], *where: Where) -> Answer:
    """The sum of a column over what happened in the period, month by month."""
    if not kept(asked, record):
        return NOTHING
    by_month = monthly(asked, record, func.sum(column), *where)
    many = asked.session.scalar(select(func.count()).select_from(record).where(within(asked, record), *where)) or 0
    total = sum((value for value in by_month.values() if value is not None), zero_of(record, column.key))
    return Answer(total, f"{span_words(asked, record)}，{many:,} 行", month_parts(by_month))


def monthly(asked: Asked, record: type[Record], value: ColumnElement[Any], *where: Where) -> dict[Month, Any]:
    """A sum or a count for each month of the period in which anything happened."""
    column = happened(record)
    year, month = func.extract("year", column), func.extract("month", column)
    statement = select(year, month, value).select_from(record).where(within(asked, record), *where)
    rows = asked.session.execute(statement.group_by(year, month).order_by(year, month)).all()
    return {Month(int(row[0]), int(row[1])): row[2] for row in rows}


def month_parts(by_month: dict[Month, Any]) -> tuple[tuple[str, str], ...]:
    """The parts as the screen shows them; the year stands where the period touches two."""
    years = {month.year for month in by_month}
    return tuple(
        (str(month) if len(years) > 1 else f"{month.number}月", f"{value or 0:,}") for month, value in by_month.items()
    )


def zero_of(record: type[Record], key: str) -> Decimal | int:
    """Nothing, in the kind of a column."""
    return Decimal(0) if isinstance(record.ledger.field(key).kind, Amount) else 0


def share(part: Answer, whole: Answer, words: str = "") -> Answer:
    """A rate worked out from its two figures, in per cent with one decimal; 未填 where nothing is to divide by."""
    if not isinstance(part.value, int | Decimal) or not isinstance(whole.value, int | Decimal) or not whole.value:
        return NOTHING
    told = f"{part.value:,} ÷ {whole.value:,}"
    return Answer(order_rate(part.value, whole.value), f"{words}，{told}" if words else told)
