"""Rows of a ledger by the page: counted, sorted, filtered and summed in SQL, never all loaded.

Everything here is asked of the ledger's declaration; a new ledger needs nothing here.
"""

from __future__ import annotations

import re
from array import array
from datetime import datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, String, and_, cast, false, func, or_, select
from sqlalchemy.orm import aliased

from school_logistics.errors import Unreadable
from school_logistics.models import search_index
from school_logistics.rules.dates import Reading
from school_logistics.rules.kinds import Amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from school_logistics.models.ledger import Field, Ledger
    from school_logistics.rules.calendar import Month
    from school_logistics.services.rows import Query

_COMPARISON = re.compile(r"\s*(>=|<=|>|<|=|≥|≤)?\s*(.+)")
_RANGE = re.compile(r"\s*(\S+?)\s*(?:-|~|—|至|到)\s*(\S+)\s*")


class Listing:
    """Asks the data file for pages of ledgers."""

    def __init__(self, ledgers: Mapping[str, Ledger], today: Callable[[], date]) -> None:
        """`ledgers` by key; `today` gives dates typed into a filter their year."""
        self.ledgers = ledgers
        self.today = today

    def count(self, session: Session, ledger: Ledger, query: Query) -> int:
        """How many rows there are."""
        counted = select(func.count()).select_from(ledger.record)
        return session.scalar(counted.where(*self.conditions(ledger, query))) or 0

    def ids(self, session: Session, ledger: Ledger, query: Query, limit: int | None = None) -> array[int]:
        """The ids of all rows in their order."""
        wanted = self._ordered(select(ledger.record.id), ledger, query).limit(limit)
        return array("q", session.scalars(wanted))

    def values(self, session: Session, ledger: Ledger, ids: Sequence[int]) -> dict[int, dict[str, object]]:
        """The fields of some records by id; for each reference also its name, under `key.name`."""
        if not ids:
            return {}
        chosen, joins = self._columns(ledger)
        statement = select(ledger.record.id, ledger.record.origin, ledger.record.incomplete, *chosen)
        for target, on in joins:
            statement = statement.outerjoin(target, on)
        rows = session.execute(statement.where(ledger.record.id.in_(list(ids)))).mappings()
        return {row["id"]: dict(row) for row in rows}

    def totals(self, session: Session, ledger: Ledger, query: Query) -> dict[str, Decimal | int]:
        """The sums of the columns that add up."""
        summed = [one for one in ledger.fields if one.totals]
        if not summed:
            return {}
        columns = [func.sum(self.expression(ledger, one)).label(one.key) for one in summed]
        row = session.execute(select(*columns).where(*self.conditions(ledger, query))).mappings().one()
        return {one.key: row[one.key] or (Decimal(0) if isinstance(one.kind, Amount) else 0) for one in summed}

    def conditions(self, ledger: Ledger, query: Query) -> list[ColumnElement[bool]]:
        """What a row must fulfil."""
        found = [] if query.month is None or not ledger.happened else [within(ledger, query.month)]
        if query.text.strip():
            found.append(self._anywhere(ledger, query.text.strip()))
        found += [self._filter(ledger, ledger.field(key), typed) for key, typed in query.filters if typed.strip()]
        return found

    def expression(self, ledger: Ledger, field: Field) -> ColumnElement[Any]:
        """The value of a field as SQL."""
        if field.kept:
            return field.kept.expression(ledger.record)
        return getattr(ledger.record, field.key).expression  # type: ignore[no-any-return]  # a mapped attribute

    def title_of(self, ledger: Ledger, record: Any = None) -> ColumnElement[Any]:
        """What names a record, as SQL."""
        field = ledger.field(ledger.title)
        column: ColumnElement[Any] = getattr(record or ledger.record, ledger.title)
        if field.kind.name != "ref":
            return column
        target = aliased(self.ledgers[field.target].record)
        name = getattr(target, self.ledgers[field.target].title)
        return select(name).where(target.id == column).scalar_subquery()

    def _columns(self, ledger: Ledger) -> tuple[list[ColumnElement[Any]], list[tuple[Any, ColumnElement[bool]]]]:
        chosen: list[ColumnElement[Any]] = []
        joins: list[tuple[Any, ColumnElement[bool]]] = []
        for field in ledger.fields:
            expression = self.expression(ledger, field)
            chosen.append(expression.label(field.key))
            if field.kind.name == "ref":
                target_ledger = self.ledgers[field.target]
                target = aliased(target_ledger.record)
                joins.append((target, target.id == expression))
                chosen.append(self.title_of(target_ledger, target).label(f"{field.key}.name"))
        return chosen, joins

    def _ordered(self, statement: Select[Any], ledger: Ledger, query: Query) -> Select[Any]:
        conditions = self.conditions(ledger, query)
        statement = statement.where(*conditions)
        keys = (query.sort,) if query.sort else ledger.sort
        for key in keys:
            order = self._sort_by(ledger, ledger.field(key))
            statement = statement.order_by(order.desc() if query.descending else order)
        return statement.order_by(ledger.record.id.desc() if query.descending else ledger.record.id)

    def _sort_by(self, ledger: Ledger, field: Field) -> ColumnElement[Any]:
        expression = self.expression(ledger, field)
        if field.kind.name != "ref":
            return expression
        target_ledger = self.ledgers[field.target]
        target = aliased(target_ledger.record)
        return select(self.title_of(target_ledger, target)).where(target.id == expression).scalar_subquery()

    def _anywhere(self, ledger: Ledger, words: str) -> ColumnElement[bool]:
        """The words stand in the record itself, or in the name of something it refers to."""
        own = search_index.contains(ledger, words)
        named = [self._named(ledger, field, words) for field in ledger.refs()]
        return or_(*([own] if own is not None else []), *named)

    def _named(self, ledger: Ledger, field: Field, words: str) -> ColumnElement[bool]:
        target = self.ledgers[field.target]
        names = aliased(target.record)
        called = self.title_of(target, names).ilike(f"%{_literal(words)}%", escape="\\")
        return getattr(ledger.record, field.key).in_(select(names.id).where(called))  # type: ignore[no-any-return]

    def _filter(self, ledger: Ledger, field: Field, typed: str) -> ColumnElement[bool]:
        if field.kind.name == "ref":
            return self._named(ledger, field, typed.strip())
        expression = self.expression(ledger, field)
        if field.kind.name in {"count", "amount"}:
            return _compared(expression, field, typed, Reading(self.today()))
        if field.kind.name == "flag":
            return expression.is_(field.kind.read(typed, Reading(self.today())))
        if field.kind.name in {"day", "until"}:
            return _dated(expression, field, typed, Reading(self.today()))
        return cast(expression, String).ilike(f"%{_literal(typed.strip())}%", escape="\\")


def within(ledger: Ledger, period: Month) -> ColumnElement[bool]:
    """That a record happened in a month or other period with a first and a last day."""
    column = getattr(ledger.record, ledger.happened)
    first: object = period.first
    last: object = period.last
    if ledger.field(ledger.happened).kind.name == "moment":
        first, last = datetime.combine(period.first, time.min), datetime.combine(period.last, time.max)
    return and_(column >= first, column <= last)


def _compared(expression: ColumnElement[Any], field: Field, typed: str, on: Reading) -> ColumnElement[bool]:
    """`>100`, `10-20`, `12.5`."""
    try:
        if match := _RANGE.fullmatch(typed):
            return expression.between(field.kind.read(match[1], on), field.kind.read(match[2], on))
        sign, number = _COMPARISON.fullmatch(typed).groups()  # type: ignore[union-attr]  # it matches anything
        return _signed(expression, sign, field.kind.read(number, on))
    except Unreadable:
        return false()


def _dated(expression: ColumnElement[Any], field: Field, typed: str, on: Reading) -> ColumnElement[bool]:
    """`3.5`, `>2026-03-01`, `2026-03` or any part of the written date."""
    sign, written = _COMPARISON.fullmatch(typed).groups()  # type: ignore[union-attr]  # it matches anything
    if re.fullmatch(r"\d{4}-\d{0,2}|-?\d{2}", written.strip()):
        return cast(expression, String).like(f"%{written.strip()}%")
    try:
        return _signed(expression, sign, field.kind.read(written, on))
    except Unreadable:
        return false()


def _signed(expression: ColumnElement[Any], sign: str | None, value: object) -> ColumnElement[bool]:
    comparisons: Iterable[tuple[str, Callable[[], ColumnElement[bool]]]] = (
        (">", lambda: expression > value),
        ("<", lambda: expression < value),
        (">=", lambda: expression >= value),
        ("≥", lambda: expression >= value),
        ("<=", lambda: expression <= value),
        ("≤", lambda: expression <= value),
    )
    return dict(comparisons).get(sign or "=", lambda: expression == value)()


def _literal(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
