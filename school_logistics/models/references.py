"""Which records name which, asked of the foreign keys of every mapped table: no list of them stands anywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select

from school_logistics.models.record import Record, Tables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


class Use(NamedTuple):
    """A record that others name, and how many of which."""

    label: str
    record: int
    rows: int


def first_use(
    session: Session, record: type[Record], ids: Collection[int], *, but: type[Record] | None = None
) -> Use | None:
    """The first of these records that others name; those of `but` do not count, since they go along with it."""
    for other in every_record() if ids else ():
        for column in naming(other, record) if other is not but else ():
            counted = select(column, func.count()).where(column.in_(ids)).group_by(column).order_by(column)
            used = session.execute(counted.limit(1)).first()
            if used:
                return Use(called(other), used[0], used[1])
    return None


def naming(other: type[Record], record: type[Record]) -> Iterator[ColumnElement[Any]]:
    """The columns of one table that name records of another."""
    for column in other.__table__.columns:
        if any(key.column.table is record.__table__ for key in column.foreign_keys):
            yield column


def every_record() -> Iterable[type[Record]]:
    """Every mapped class, ledgers and what belongs to them, in the order of their names."""
    mapped = (mapper.class_ for mapper in Tables.registry.mappers)
    return sorted((one for one in mapped if issubclass(one, Record)), key=lambda one: one.__tablename__)


def called(record: type[Record]) -> str:
    """What a person calls records of a table."""
    return record.ledger.label if hasattr(record, "ledger") else record.called
