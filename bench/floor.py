"""The fastest sensible thing on this stack: the bare driver on the same file, with the settings of the product."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2
from sqlalchemy import insert
from sqlalchemy.dialects import sqlite

from school_logistics.models.record import Record
from school_logistics.models.store import PRAGMAS


def raw(path: Path) -> Any:
    """A connection of the bare driver, set up as the store sets up its own."""
    connection = sqlcipher3.dbapi2.connect(str(path), isolation_level=None)
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
    return connection


def insert_of(record: type[Record]) -> tuple[str, Callable[[Mapping[str, Any]], tuple[Any, ...]]]:
    """The bare statement that adds a record, and how its values become what the driver takes."""
    dialect = sqlite.dialect(paramstyle="qmark")
    columns = [column for column in record.__table__.columns if column.key != "id"]
    statement = str(insert(record).values({one.key: None for one in columns}).compile(dialect=dialect))
    makers = [(one.key, one.type.dialect_impl(dialect).bind_processor(dialect)) for one in columns]

    def bind(row: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(make(row.get(key)) if make else row.get(key) for key, make in makers)

    return statement, bind
