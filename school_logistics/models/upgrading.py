"""Bringing an older data file up to this program: what it lacks is added, nothing that stands in it is changed.

Before that the whole file is copied beside itself and the copy is checked, so that the older program can go on with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2
from sqlalchemy import inspect, literal
from sqlalchemy.schema import CreateColumn
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from school_logistics.errors import StoreTrouble
from school_logistics.models.record import Tables

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Column, Connection


def copy_aside(path: Path, version: int, at: datetime) -> Path:
    """Copy a data file of an older schema beside itself, and check the copy; where it lies.

    Raises StoreTrouble when the copy is not whole: the file itself is damaged then.
    """
    aside = path.with_name(f"{path.stem}_第{version}版_{at:%Y%m%d-%H%M%S}{path.suffix}")
    source, copy = sqlcipher3.dbapi2.connect(str(path)), sqlcipher3.dbapi2.connect(str(aside))
    try:
        source.backup(copy)
        whole = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    finally:
        copy.close()
        source.close()
    if not whole:
        raise StoreTrouble(
            f"数据文件是旧版程序写的（第 {version} 版），打开前先复制了一份「{aside.name}」，检查出里面有损坏，"
            "所以没有升级，原文件没有动。请用最近的备份恢复。"
        )
    return aside


def add_what_is_missing(connection: Connection) -> None:
    """Add the tables, columns and indexes that an older file lacks.

    Raises StoreTrouble for a column that no older record could have a value for.
    """
    there = inspect(connection)
    known = {name: {one["name"] for one in there.get_columns(name)} for name in there.get_table_names()}
    for table in Tables.metadata.sorted_tables:
        for column in table.columns if table.name in known else ():
            if column.name not in known[table.name]:
                _add(connection, column)
        for index in table.indexes if table.name in known else ():
            index.create(connection, checkfirst=True)
    Tables.metadata.create_all(connection)


def _add(connection: Connection, column: Column[object]) -> None:
    told = str(CreateColumn(column).compile(dialect=connection.dialect))
    if not column.nullable:
        first = column.default
        if not isinstance(first, ScalarElementColumnDefault):
            raise StoreTrouble(
                f"数据文件是旧版程序写的，里面没有这一版要用的内容（{column.table.name}.{column.name}），没法自动升级；"
                "数据没有动，已经另存了一份。请仍用旧版程序打开，把台账导出来，再导入新的数据文件。"
            )
        plainly = {"literal_binds": True}
        value = literal(first.arg, column.type).compile(dialect=connection.dialect, compile_kwargs=plainly)
        told = f"{told} DEFAULT {value}"
    for key in column.foreign_keys:
        told = f"{told} REFERENCES {key.column.table.name} ({key.column.name})"
    connection.exec_driver_sql(f"ALTER TABLE {column.table.name} ADD COLUMN {told}")
