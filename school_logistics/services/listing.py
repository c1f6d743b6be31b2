"""Rows of a ledger by the page: counted, sorted, filtered and summed in SQL, never all loaded.

Everything here is asked of the ledger's declaration; a new ledger needs nothing here.
"""

from __future__ import annotations

from array import array
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, String, UnaryExpression, and_, bindparam, cast, false, func, or_, select, union
from sqlalchemy.orm import aliased
from sqlalchemy.sql.operators import custom_op

from school_logistics.models import search_index
from school_logistics.rules.calendar import Month
from school_logistics.rules.dates import Reading
from school_logistics.rules.kinds import Amount
from school_logistics.rules.weeks import TO_THE_MIDDLE
from school_logistics.services.filtering import condition, literally
from school_logistics.services.rows import Query

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.rules.calendar import Stretch

_MANY = 5_000
"""So many rows are read and sorted in a few milliseconds."""
_NEAR = 20_000
"""So many rows are looked through, one after the other, in a few milliseconds."""
_FETCHED = 10_000
_WANTED = "wanted_ids"
_READ_AT_ONCE = 5_000
"""A statement names no more records than that: there is a bound to how many it can."""


class Listing:
    """Asks the data file for pages of ledgers."""

    def __init__(self, ledgers: Mapping[str, Ledger], today: Callable[[], date]) -> None:
        """`ledgers` by key; `today` gives dates typed into a filter their year."""
        self.ledgers = ledgers
        self.today = today
        self._by_id: dict[str, Select[Any]] = {}
        """How records are read by id, put together once a ledger: that takes longer than reading them."""

    def count(self, session: Session, ledger: Ledger, query: Query) -> int:
        """How many rows there are."""
        if query == Query(text=query.text, sort=query.sort, descending=query.descending) and query.text.strip():
            branches = self._branches(session, ledger, query.text.strip())
            found = select(func.count()).select_from(union(*branches).subquery()) if branches else None
            return 0 if found is None else session.scalar(found) or 0
        counted = select(func.count()).select_from(ledger.record)
        return session.scalar(counted.where(*self.conditions(session, ledger, query))) or 0

    def ids(self, session: Session, ledger: Ledger, query: Query, limit: int | None = None) -> array[int]:
        """The ids of all rows in their order, or of the first so many."""
        if limit is not None and not query.sort and self._are_many(session, ledger, query.text.strip()):
            near = self._near_the_start(session, ledger, query)
            first = _ids(session, self._ordered(select(ledger.record.id).where(*near), ledger, query).limit(limit))
            if len(first) == limit:
                return first
        conditions = self.conditions(session, ledger, query)
        return _ids(session, self._ordered(select(ledger.record.id).where(*conditions), ledger, query).limit(limit))

    def _are_many(self, session: Session, ledger: Ledger, words: str) -> bool:
        """Whether so many rows hold these words that reading and sorting all of them would be felt."""
        branches = self._branches(session, ledger, words) if words else []
        some = (branch.limit(_MANY).subquery() for branch in branches)
        return any(session.scalar(select(func.count()).select_from(one)) == _MANY for one in some)

    def _branches(self, session: Session, ledger: Ledger, words: str) -> list[Select[Any]]:
        """The rows that hold these words, by each way to find them that finds any."""
        own = search_index.found(ledger, words)
        named = [
            select(ledger.record.id).where(self._named(ledger, field, words, few=False)) for field in ledger.found_by
        ]
        return [one for one in (own, *named) if one is not None and session.scalar(one.limit(1)) is not None]

    def _near_the_start(self, session: Session, ledger: Ledger, query: Query) -> list[ColumnElement[bool]]:
        """The same rows, looked for only where the first of very many must stand."""
        start = self._ordered(select(ledger.record.id), ledger, query).limit(_NEAR)
        return [ledger.record.id.in_(start), *self.conditions(session, ledger, query, few=True)]

    def values(self, session: Session, ledger: Ledger, ids: Sequence[int]) -> dict[int, dict[str, object]]:
        """The fields of some records by id; for each reference also its name, under `key.name`."""
        statement = self._by_id.get(ledger.key)
        if statement is None:
            statement = self._by_id[ledger.key] = self._statement_by_id(ledger)
        some = (ids[start : start + _READ_AT_ONCE] for start in range(0, len(ids), _READ_AT_ONCE))
        pages = (session.execute(statement, {_WANTED: list(part)}).mappings() for part in some)
        return {row["id"]: dict(row) for page in pages for row in page}

    def _statement_by_id(self, ledger: Ledger) -> Select[Any]:
        chosen, joins = self._columns(ledger)
        statement = select(ledger.record.id, ledger.record.origin, ledger.record.incomplete, *chosen)
        for target, on in joins:
            statement = statement.outerjoin(target, on)
        return statement.where(ledger.record.id.in_(bindparam(_WANTED, expanding=True)))

    def totals(self, session: Session, ledger: Ledger, query: Query) -> dict[str, Decimal | int]:
        """The sums of the columns that add up."""
        summed = [one for one in ledger.fields if one.totals]
        if not summed:
            return {}
        columns = [func.sum(self.expression(ledger, one)).label(one.key) for one in summed]
        row = session.execute(select(*columns).where(*self.conditions(session, ledger, query))).mappings().one()
        return {one.key: row[one.key] or (Decimal(0) if isinstance(one.kind, Amount) else 0) for one in summed}

    def conditions(
        self, session: Session, ledger: Ledger, query: Query, *, few: bool = False
    ) -> list[ColumnElement[bool]]:
        """What a row must fulfil.

        With `few`, as within a month, few rows are in question: words are read from them, not from an index.
        """
        found = [] if query.month is None or not ledger.happened else [_in_month(ledger, query.month, query)]
        few = few or bool(found)
        if query.text.strip():
            found.append(self._anywhere(session, ledger, query.text.strip(), few=few))
        found += [
            self._filter(ledger, ledger.field(key), typed, few=few) for key, typed in query.filters if typed.strip()
        ]
        return found

    def expression(self, ledger: Ledger, field: Field) -> ColumnElement[Any]:
        """The value of a field as SQL."""
        if field.kept:
            return field.kept.expression(ledger.record)
        return getattr(ledger.record, field.key).expression  # type: ignore[no-any-return]  # a mapped attribute

    def title_of(self, ledger: Ledger, record: Any = None) -> ColumnElement[Any]:
        """What names a record, as SQL."""
        if ledger.named:
            return ledger.named.title(record or ledger.record)
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

    def _anywhere(self, session: Session, ledger: Ledger, words: str, *, few: bool) -> ColumnElement[bool]:
        """The words stand in the record itself, or in the name of something it refers to."""
        own = search_index.contained(ledger, words) if few else search_index.contains(ledger, words)
        named = (
            self._named(ledger, field, words, few=few)
            for field in ledger.found_by
            if session.scalar(self._called(field, words).limit(1)) is not None
        )
        return or_(*([own] if own is not None else []), *named, false())

    def _called(self, field: Field, words: str) -> Select[Any]:
        """The records of a reference's ledger whose name holds these words."""
        target = self.ledgers[field.target]
        names = aliased(target.record)
        return select(names.id).where(self.title_of(target, names).ilike(f"%{literally(words)}%", escape="\\"))

    def _named(self, ledger: Ledger, field: Field, words: str, *, few: bool) -> ColumnElement[bool]:
        column = getattr(ledger.record, field.key)
        return (_without_index(column) if few else column).in_(self._called(field, words))

    def _filter(self, ledger: Ledger, field: Field, typed: str, *, few: bool) -> ColumnElement[bool]:
        if field.kind.name == "ref":
            return self._named(ledger, field, typed.strip(), few=few)
        return condition(self.expression(ledger, field), field, typed, Reading(self.today()))


def _ids(session: Session, wanted: Select[Any]) -> array[int]:
    """Ids by the million: taken from the driver, since a row of its own for each would cost more than the query."""
    ids = array("q")
    cursor = session.connection().execute(wanted).cursor
    if cursor is not None:
        for some in iter(lambda: cursor.fetchmany(_FETCHED), []):
            ids.fromlist([one for (one,) in some])
    return ids


def _without_index(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The same value, but not to be looked for by index: rows found by their day are fewer."""
    return UnaryExpression(column, operator=custom_op("+"), type_=column.type)


def _in_month(ledger: Ledger, month: Month, query: Query) -> ColumnElement[bool]:
    """That a record happened in a month, or, where such are wanted, came into it unsettled."""
    if not query.carried or not ledger.open_until:
        return within(ledger, month)
    settled = getattr(ledger.record, ledger.open_until)
    before: ColumnElement[bool] = getattr(ledger.record, ledger.happened) < month.first
    return or_(within(ledger, month), and_(before, or_(settled.is_(None), settled >= month.first)))


def within(ledger: Ledger, period: Stretch) -> ColumnElement[bool]:
    """That a record belongs to a month or other period with a first and a last day."""
    column = getattr(ledger.record, ledger.happened)
    shift = TO_THE_MIDDLE if ledger.by_week else timedelta(0)
    first: object = period.first - shift
    last: object = period.last - shift
    if ledger.field(ledger.happened).kind.name == "moment":
        first, last = datetime.combine(period.first, time.min), datetime.combine(period.last, time.max)
    return and_(column >= first, column <= last)


def months_before(session: Session, ledger: Ledger, month: Month) -> set[Month]:
    """The months before one to which records of a ledger belong."""
    column = getattr(ledger.record, ledger.happened)
    first: object = month.first - (TO_THE_MIDDLE if ledger.by_week else timedelta(0))
    if ledger.field(ledger.happened).kind.name == "moment":
        first = datetime.combine(month.first, time.min)
    days = session.scalars(select(func.substr(cast(column, String), 1, 10)).where(column < first).distinct())
    return {Month.of(day) for one in days if (day := ledger.day_of({ledger.happened: one})) is not None}
