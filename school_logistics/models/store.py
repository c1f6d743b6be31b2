"""The data file: opening it, short sessions, one unit of work for one act, and rows by the thousand.

Everything SQLite says in its own words stands here and in `search_index.py`.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

import sqlcipher3.dbapi2
from sqlalchemy import URL, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import QueuePool, StaticPool

from school_logistics.errors import StoreTrouble
from school_logistics.models import audit, keeping, month_close, search_index, signed, upgrading
from school_logistics.models.bulk import insert_many
from school_logistics.models.record import Tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection, Engine, Table

    from school_logistics.models.ledger import Ledger
    from school_logistics.models.record import Record

SCHEMA = 2
"""The number of the schema, kept in the file's `user_version`; counted up with every new table or column."""

PRAGMAS = {
    "foreign_keys": "ON",
    "busy_timeout": "5000",
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "cache_size": "-32000",
    "temp_store": "MEMORY",
    "trusted_schema": "OFF",
}
"""Schools lose power: every commit reaches the disk before it is called saved."""

_ROWS_AT_ONCE = 2000
_ONLY_ADDED_TO = ("audit_entry", "act", *signed.ONLY_ADDED_TO, *month_close.ONLY_ADDED_TO)

_TROUBLES = {
    "database or disk is full": "磁盘满了，这一步没有存上；已存的都在。请腾出空间后再存一次。",
    "database is locked": "数据文件正被另一个程序占用，这一步没有存上；请关掉另一个窗口后再试。",
    "readonly database": "数据文件是只读的，这一步没有存上；请检查文件夹的权限。",
    "disk image is malformed": "数据文件有损坏，已停止写入；请用最近的备份恢复。",
    "file is not a database": "这不是本程序的数据文件，或者文件已损坏；请换一个文件夹，或用备份恢复。",
    "no such table": "数据文件缺了表，可能有损坏，没有再写；请用最近的备份恢复。",
    "no such column": "数据文件缺了列，可能有损坏，没有再写；请用最近的备份恢复。",
    "disk I/O error": "读写磁盘出错，这一步没有存上；已存的都在。请检查磁盘或 U 盘是否还连着，再试一次。",
    "unable to open database file": "打不开数据文件；请检查文件夹是否存在、有没有写入权限。",
}
_THEN = "请关掉程序重新打开再试；还是这样，请用最近的备份恢复。"


class Store:
    """One data file with the ledgers it holds."""

    def __init__(self, path: Path | None, ledgers: Sequence[Ledger], clock: Callable[[], datetime]) -> None:
        """Open the file, made new when missing; None keeps everything in memory, for tests.

        Raises StoreTrouble when it cannot be opened or was written by a newer program.
        """
        self.path = path
        self.ledgers = tuple(ledgers)
        self.clock = clock
        self.engine = _engine(path)
        """For measuring; whoever reads or writes does it through the methods, which tell troubles in sentences."""
        self._read = sessionmaker(self.engine)
        self._writing = self.engine.execution_options(sqlite_begin="IMMEDIATE")
        self._write = sessionmaker(self._writing, expire_on_commit=False)
        audit.listen(self._write)
        keeping.listen(self._write)
        with troubles_told():
            self._make_tables()

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A short session that only reads."""
        with troubles_told(), self._read() as session:
            yield session

    @contextmanager
    def unit_of_work(self, title: str, actor: str, *, undo_of: int | None = None) -> Iterator[Session]:
        """One act: all of it is kept, or none. Its trail is written in the same transaction."""
        act = audit.Act(title, actor, self.clock(), undo_of)
        with troubles_told(), self._write(info={"act": act}) as session, session.begin():
            yield session

    @contextmanager
    def beside_the_trail(self) -> Iterator[Connection]:
        """A transaction for what is no record yet and leaves no trail: half-typed rows."""
        with troubles_told(), self._writing.begin() as connection:
            yield connection

    def turn_to(self, session: Session, title: str, at: datetime) -> None:
        """What follows within a unit of work is an act of its own, done at another time: so a past can be laid out."""
        session.info["act"] = audit.Act(title, audit.act_of(session).actor, at)

    def add_many(self, session: Session, record: type[Record], rows: Sequence[dict[str, Any]], *, origin: str) -> range:
        """Add rows by the thousand within a unit of work, with their trail; their ids come back in order.

        `rows` hold column values; the caller has examined them. A row may tell an `origin` of its own.
        """
        if not rows:
            return range(0)
        connection = session.connection()
        ids = audit.free_ids(connection, record, len(rows))
        act = audit.act_of(session)
        audit.guard_of(session).look_at((record.__tablename__, None, None, row) for row in rows)
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            part = [
                {**row, "id": one, "version": 1, "origin": row.get("origin", origin), "entered_at": act.at,
                 "incomplete": row.get("incomplete", False)}
                for one, row in zip(ids[start:], rows[start : start + _ROWS_AT_ONCE], strict=False)
            ]  # fmt: skip
            insert_many(connection, cast("Table", record.__table__), part)
            _write_trail(connection, act, record, part)
        session.info.setdefault("touched", set()).add(record.__tablename__)
        keeping.note_added(session, record, rows)
        return ids

    def _make_tables(self) -> None:
        """Lay the file out, or bring an older one up to this program, once.

        Of several programs that open a new file together one does it, the others wait.
        """
        with self.engine.connect() as connection:
            if _is_laid_out(connection):
                return
        with self._writing.begin() as connection:
            if _is_laid_out(connection):
                return
            version = _version(connection)
            if version and self.path is not None:
                upgrading.copy_aside(self.path, version, self.clock())
            upgrading.add_what_is_missing(connection)
            search_index.create(connection, self.ledgers)
            for table in _ONLY_ADDED_TO:
                for act in ("UPDATE", "DELETE"):
                    connection.execute(
                        text(
                            f"CREATE TRIGGER IF NOT EXISTS keep_{table}_{act.lower()} BEFORE {act} ON {table} "
                            "BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END"
                        )
                    )
            connection.execute(text(f"PRAGMA user_version = {SCHEMA}"))


def _is_laid_out(connection: Connection) -> bool:
    """Whether the file has its tables; raises StoreTrouble for a newer one, and for one that lost a table."""
    version = _version(connection)
    if version > SCHEMA:
        raise StoreTrouble(
            f"数据文件是更新版本的程序写的（第 {version} 版），本程序只认到第 {SCHEMA} 版。数据没有动；请安装新版程序。"
        )
    if version == SCHEMA and set(Tables.metadata.tables) - set(inspect(connection).get_table_names()):
        raise StoreTrouble(_TROUBLES["no such table"])
    return version == SCHEMA


def _version(connection: Connection) -> int:
    """The number of the schema that a file has; 0 for a new one."""
    return int(connection.scalar(text("PRAGMA user_version")) or 0)


def _write_trail(
    connection: Connection, act: audit.Act, record: type[Record], rows: Iterable[Mapping[str, Any]]
) -> None:
    rows = list(rows)
    audit.write_added(connection, act, record, rows)
    if hasattr(record, "ledger"):
        search_index.index(connection, record.ledger, rows)


def _engine(path: Path | None) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path) if path else ":memory:"),
        module=sqlcipher3.dbapi2,
        poolclass=QueuePool if path else StaticPool,
        connect_args={"check_same_thread": False},
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    """Set every connection up alike; transactions are ours to begin."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for name, value in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name} = {value}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Writers take the lock at once: a reader that turns writer could be refused without waiting."""
    kind = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {kind}")


@contextmanager
def troubles_told() -> Iterator[None]:
    """Say in a sentence what is wrong with the data file."""
    try:
        yield
    except IntegrityError as error:
        msg = (
            "这一步和别的记录对不上（要用到的记录可能刚在别处删除或改过），没有存上；已存的都在。请看过最新内容后再试。"
        )
        raise StoreTrouble(msg) from error
    except StaleDataError as error:
        msg = "这条记录刚被别处改过，这一步没有存上；请看过最新内容后再改。"
        raise StoreTrouble(msg) from error
    except (DatabaseError, sqlcipher3.dbapi2.DatabaseError) as error:
        said = str(error.orig if isinstance(error, DatabaseError) else error)
        known = (sentence for told, sentence in _TROUBLES.items() if told in said)
        raise StoreTrouble(
            next(known, f"数据文件读写出错（{said}），这一步没有存上；以前存的没有动。{_THEN}")
        ) from error
