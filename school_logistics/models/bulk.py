"""Rows by the thousand, handed to the driver a column at a time: what SQLAlchemy does per row is done once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table


_FEW = 20
"""Up to here the statement that SQLAlchemy has in its cache is the faster way."""


def insert_many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same columns by key.

    A few rows, and a driver that takes its parameters by name, get them the usual way.
    """
    if len(rows) <= _FEW:
        if rows:
            connection.execute(insert(table), list(rows))
        return
    compiled = insert(table).compile(dialect=connection.dialect, column_keys=list(rows[0]))
    if compiled.positiontup is None:
        connection.execute(insert(table), list(rows))
        return
    columns = []
    for key in compiled.positiontup:
        values = [row[key] for row in rows]
        write = table.c[key].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        columns.append([write(value) for value in values] if write else values)
    connection.exec_driver_sql(str(compiled), list(zip(*columns, strict=True)))
