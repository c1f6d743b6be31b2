"""Rows by the thousand, handed to the driver a column at a time: what SQLAlchemy does per row is done once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import insert

if TYPE_CHECKING:
    from sqlalchemy import Connection, Dialect, Table


Write = Callable[[Any], Any]


class _Prepared(NamedTuple):
    """How rows of a table that name the same columns are handed to a driver."""

    sql: str
    columns: tuple[tuple[str, Write | None], ...]
    """Each column in the order of the statement, and how its values are written."""


def insert_many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same columns by key.

    A driver that takes its parameters by name gets them the usual way.
    """
    if not rows:
        return
    prepared = _prepared(table, connection.dialect, tuple(rows[0]))
    if prepared is None:
        connection.execute(insert(table), list(rows))
        return
    columns = []
    for key, write in prepared.columns:
        values = [row[key] for row in rows]
        columns.append([write(value) for value in values] if write else values)
    connection.exec_driver_sql(prepared.sql, list(zip(*columns, strict=True)))


def _prepared(table: Table, dialect: Dialect, keys: tuple[str, ...]) -> _Prepared | None:
    """Compile once for each table and choice of columns; None for a driver that takes parameters by name."""
    asked = (_Prepared, dialect.name, dialect.paramstyle, keys)
    if asked not in table.info:
        compiled = insert(table).compile(dialect=dialect, column_keys=list(keys))
        types = ((key, table.c[key].type.dialect_impl(dialect)) for key in compiled.positiontup or ())
        columns = tuple((key, kind.bind_processor(dialect)) for key, kind in types)
        table.info[asked] = _Prepared(str(compiled), columns) if columns else None
    known: _Prepared | None = table.info[asked]
    return known
