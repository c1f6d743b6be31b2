"""What each kind of value becomes in the database: exact integers for amounts, sortable text for the rest."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Boolean, Date, DateTime, Integer, String, Time
from sqlalchemy.types import TypeDecorator

from school_logistics.rules.dates import MonthOrDay
from school_logistics.rules.kinds import Amount, AnyKind, Code, Span, Text, TimeSpan

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine

WHOLE = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit integer that SQLite may use as its row id."""


class Fixed(TypeDecorator[Decimal]):
    """A Decimal with so many places, kept as a whole number of the last place: sums in SQL are exact."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, places: int) -> None:
        """`places` decimals: 2 for fen, 3 for thousandths."""
        super().__init__()
        self.places = places

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Yuan to fen."""
        del dialect
        return None if value is None else int(Decimal(value).scaleb(self.places).to_integral_value())

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Fen to yuan."""
        del dialect
        return None if value is None else Decimal(value).scaleb(-self.places)


class MonthOrDayText(TypeDecorator[MonthOrDay]):
    """2022-08 or 2022-08-15, sortable."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: MonthOrDay | None, dialect: Dialect) -> str | None:
        """To ISO text."""
        del dialect
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> MonthOrDay | None:
        """From ISO text."""
        del dialect
        return None if value is None else MonthOrDay.parse(value)


class SpanText(TypeDecorator[Span]):
    """14:00-14:40, sortable."""

    impl = String(11)
    cache_ok = True

    def process_bind_param(self, value: Span | None, dialect: Dialect) -> str | None:
        """To text."""
        del dialect
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Span | None:
        """From text."""
        del dialect
        return None if value is None else TimeSpan().from_plain(value)


def column_type(kind: AnyKind) -> TypeEngine[Any]:
    """The column type in which values of a kind are kept."""
    if isinstance(kind, Amount):
        return Fixed(kind.places)
    if isinstance(kind, Text | Code):
        return String(kind.max_chars)
    return _TYPES[kind.name]


_TYPES: dict[str, TypeEngine[Any]] = {
    "choice": String(20),
    "flag": Boolean(),
    "count": Integer(),
    "day": Date(),
    "until": Date(),
    "month_or_day": MonthOrDayText(),
    "time": Time(),
    "span": SpanText(),
    "moment": DateTime(),
    "ref": WHOLE,
    "answers": String(400),
}
