"""The trail: who changed what and when, written in the same transaction as the change, by nobody changed again.

Each act (one save, one import) holds entries; each entry is chained to the one before it by a digest that
covers the digests of its images, and with the first entry of an act who did it, when, and its title. The head
of the trail knows its last link, so that an end that was cut off is missed. The images stand apart, so that
personal data can be blanked after its retention and the chain still verifies. The chain proves tampering to an
honest reader; it cannot stop somebody who rewrites all of it. It is followed when the program tests itself and
wherever `Desk.trail_is_whole` is asked, not at every start.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import (
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    event,
    func,
    insert,
    inspect,
    select,
    update,
)

from school_logistics.models import search_index
from school_logistics.models.bulk import insert_many
from school_logistics.models.columns import WHOLE
from school_logistics.models.guard import Guard
from school_logistics.models.record import Record, Tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection, Select
    from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, sessionmaker

    from school_logistics.rules.kinds import Plain

INSERT, UPDATE, DELETE = "insert", "update", "delete"
Image = dict[str, "Plain"]

_NOT_IN_IMAGES = frozenset({"id", "version"})
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))

ACTS = Table(
    "act",
    Tables.metadata,
    Column("id", WHOLE, primary_key=True, autoincrement=True),
    Column("at", DateTime, nullable=False),
    Column("actor", String(40), nullable=False),
    Column("title", String(200), nullable=False),
    Column("undo_of", WHOLE, ForeignKey("act.id"), index=True),
)
ENTRIES = Table(
    "audit_entry",
    Tables.metadata,
    Column("id", WHOLE, primary_key=True, autoincrement=True),
    Column("act", WHOLE, ForeignKey("act.id"), nullable=False, index=True),
    Column("ledger", String(40), nullable=False),
    Column("record", WHOLE, nullable=False),
    Column("action", String(6), nullable=False),
    Column("before_digest", String(32), nullable=False),
    Column("after_digest", String(32), nullable=False),
    Column("chain", String(32), nullable=False),
    Index("ix_audit_entry_ledger_record", "ledger", "record"),
)
IMAGES = Table(
    "audit_image",
    Tables.metadata,
    Column("entry", WHOLE, ForeignKey("audit_entry.id"), primary_key=True),
    Column("before", Text),
    Column("after", Text),
)
HEAD = Table(
    "audit_head",
    Tables.metadata,
    Column("one", Integer, primary_key=True),
    Column("entry", WHOLE, nullable=False),
    Column("chain", String(32), nullable=False),
)

_ADD_ACT = insert(ACTS).returning(ACTS.c.id)
_READ_HEAD = select(HEAD.c.entry, HEAD.c.chain)
_ADD_HEAD = insert(HEAD).values(one=1, entry=0, chain="")
_MOVE_HEAD = update(HEAD).values(entry=bindparam("last_entry"), chain=bindparam("last_chain"))
"""Statements of every act, put together once."""

_ENTRY_KEYS = ("id", "act", "ledger", "record", "action", "before_digest", "after_digest", "chain")


@dataclass
class Act:
    """One deed of one person; it gets its id with its first entry."""

    title: str
    actor: str
    at: datetime
    undo_of: int | None = None
    id: int | None = None


class Change(NamedTuple):
    """One record before and after."""

    ledger: str
    record: int
    action: str
    before: Image | None
    after: Image | None


class _Imaged(NamedTuple):
    """A column as it stands in an image."""

    key: str
    field: Any
    name: str
    """The key as JSON begins with it."""


def listen(factory: sessionmaker[Session]) -> None:
    """Write the trail of every session that the factory makes."""
    event.listen(factory, "before_flush", _note_before)
    event.listen(factory, "after_flush", _write_after)
    event.listen(factory, "do_orm_execute", _refuse_bulk)


def image_of(row: Record) -> Image:
    """A record as plain values, the same for the same content whatever way it was written."""
    return image_from(type(row), _columns_of(row))


def image_from(record: type[Record], values: Mapping[str, object]) -> Image:
    """The same from column values."""
    return {one.key: _plain(one.field, values.get(one.key)) for one in _imaged(record)}


def values_from(record: type[Record], image: Image) -> dict[str, Any]:
    """The column values that an image tells."""
    return {column.key: _value(column, image[column.key]) for column in record.__table__.columns if column.key in image}


def digest(image: Image | None) -> str:
    """What the chain knows of an image."""
    return "" if image is None else _hash(_json(image))


def write(connection: Connection, act: Act, changes: Sequence[Change]) -> None:
    """Add entries to the trail, in order, chained to what stands there."""
    _write(
        connection,
        act,
        [(one.ledger, one.record, one.action, _json_or_none(one.before), _json_or_none(one.after)) for one in changes],
    )


def write_added(connection: Connection, act: Act, record: type[Record], rows: Sequence[Mapping[str, Any]]) -> None:
    """The same for new rows of one ledger by the thousand; `rows` hold all column values."""
    images = _images_of_many(record, rows)
    ledger = record.__tablename__
    _write(connection, act, [(ledger, row["id"], INSERT, None, image) for row, image in zip(rows, images, strict=True)])


def _write(connection: Connection, act: Act, changes: Sequence[tuple[str, int, str, str | None, str | None]]) -> None:
    """Add entries from ledger, record, action, and the images before and after as text."""
    if not changes:
        return
    deed = ""
    if act.id is None:
        told_of = {"at": act.at, "actor": act.actor, "title": act.title, "undo_of": act.undo_of}
        act.id = connection.scalar(_ADD_ACT, told_of)
        deed = _digest_of_act(act.at, act.actor, act.title, act.undo_of)
    entries: list[dict[str, object]] = []
    images: list[dict[str, object]] = []
    head = connection.execute(_READ_HEAD).first()
    if head is None:
        connection.execute(_ADD_HEAD)
    last, chain = head or (0, "")
    for number, (ledger, record, action, before, after) in enumerate(changes, start=last + 1):
        told = (number, act.id, ledger, record, action, _hash_or_none(before), _hash_or_none(after))
        chain = _link(chain, (*told, deed))
        deed = ""
        entries.append(dict(zip(_ENTRY_KEYS, (*told, chain), strict=True)))
        images.append({"entry": number, "before": before, "after": after})
    insert_many(connection, ENTRIES, entries)
    insert_many(connection, IMAGES, images)
    connection.execute(_MOVE_HEAD, {"last_entry": entries[-1]["id"], "last_chain": chain})


def first_broken_entry(connection: Connection) -> int | None:
    """Follow the chain from its start to its head: the first entry that does not fit or is missing, or None."""
    chain, last, begun = "", 0, set()
    for row in connection.execute(_whole_trail()).mappings():
        deed = "" if row["act"] in begun else _digest_of_act(row["at"], row["actor"], row["title"], row["undo_of"])
        begun.add(row["act"])
        chain, last = _link(chain, (*(row[key] for key in _ENTRY_KEYS[:-1]), deed)), row["id"]
        told = ((row["before"], row["before_digest"]), (row["after"], row["after_digest"]))
        if chain != row["chain"] or any(image is not None and _hash(image) != kept for image, kept in told):
            return int(last)
    head = connection.execute(_READ_HEAD).first()
    return None if (last, chain) == tuple(head or (0, "")) else int(last) + 1


def _whole_trail() -> Select[Any]:
    """Every entry with its images, if they are still there, and its act."""
    acts = (ACTS.c.at, ACTS.c.actor, ACTS.c.title, ACTS.c.undo_of)
    joined = select(ENTRIES, IMAGES.c.before, IMAGES.c.after, *acts).join(ACTS, ACTS.c.id == ENTRIES.c.act)
    return joined.outerjoin(IMAGES, IMAGES.c.entry == ENTRIES.c.id).order_by(ENTRIES.c.id)


def free_ids(connection: Connection, record: type[Record], many: int) -> range:
    """Ids that no record of a ledger has or ever had."""
    first = (connection.scalar(_last_id(record)) or 0) + 1
    return range(first, first + many)


@cache
def _last_id(record: type[Record]) -> Select[Any]:
    """The highest id that a record of a ledger has, or had by what the trail tells."""
    table = record.__table__
    used = select(func.coalesce(func.max(table.c.id), 0)).scalar_subquery()
    told = select(func.coalesce(func.max(ENTRIES.c.record), 0)).where(ENTRIES.c.ledger == record.__tablename__)
    return select(func.max(used, told.scalar_subquery()))


def act_of(session: Session) -> Act:
    """The act that a unit of work carries out."""
    act = session.info["act"]
    assert isinstance(act, Act)  # noqa: S101 - store.unit_of_work puts it there
    return act


def guard_of(session: Session) -> Guard:
    """Whoever keeps what is settled from being changed in a unit of work."""
    guard = session.info.get("guard")
    if not isinstance(guard, Guard):
        guard = session.info["guard"] = Guard(session.connection())
    return guard


def _note_before(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """Stamp new records; keep what changed records looked like before."""
    act = act_of(session)
    for row in session.new:
        if isinstance(row, Record) and getattr(row, "entered_at", None) is None:
            row.entered_at = act.at
    noted: dict[Record, Image] = session.info.setdefault("before", {})
    changed = [row for row in session.dirty if session.is_modified(row)]
    for row in (*changed, *session.deleted):
        if isinstance(row, Record):
            noted[row] = image_from(type(row), _old_values(row))


def _write_after(session: Session, _context: UOWTransaction) -> None:
    """Write the trail and keep the search index, now that new records have their ids."""
    noted: dict[Record, Image] = session.info.pop("before", {})
    changes = [
        *(Change(row.__tablename__, row.id, INSERT, None, image_of(row)) for row in _records(session.new)),
        *(
            Change(row.__tablename__, row.id, UPDATE, noted[row], image_of(row))
            for row in _records(session.dirty)
            if row in noted
        ),
        *(Change(row.__tablename__, row.id, DELETE, noted[row], None) for row in _records(session.deleted)),
    ]
    changes = [change for change in changes if change.before != change.after]
    connection = session.connection()
    guard_of(session).look_at((change.ledger, change.record, change.before, change.after) for change in changes)
    write(connection, act_of(session), changes)
    touched: set[str] = session.info.setdefault("touched", set())
    touched.update(change.ledger for change in changes)
    for row in (*_records(session.new), *_records(session.dirty)):
        if hasattr(row, "ledger"):
            search_index.index(connection, row.ledger, [_columns_of(row)])
    for row in _records(session.deleted):
        if hasattr(row, "ledger"):
            search_index.drop(connection, row.ledger, [row.id])


def _refuse_bulk(state: ORMExecuteState) -> None:
    if state.is_update or state.is_delete or state.is_insert:
        msg = "bulk changes slip past the trail; change records one by one or use Store.add_many"
        raise RuntimeError(msg)


def _columns_of(row: Record) -> dict[str, object]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


def _records(rows: Iterable[object]) -> list[Record]:
    """In the order in which they were added."""
    return [row for row in rows if isinstance(row, Record)]


def _old_values(row: Record) -> dict[str, object]:
    """Column values as they stood in the data file."""
    state = inspect(row)
    old = {}
    for column in row.__table__.columns:
        history = state.attrs[column.key].history
        old[column.key] = history.deleted[0] if history.deleted else getattr(row, column.key)
    return old


def _plain(field: Any, value: Any) -> Plain:
    if value is None or field is None:
        return value.isoformat() if isinstance(value, date | datetime) else value
    plain: Plain = field.kind.plain(value)
    return plain


def _value(column: Any, plain: Plain) -> Any:
    field = column.info.get("field")
    if field is not None:
        return field.kind.from_plain(plain)
    return datetime.fromisoformat(plain) if isinstance(column.type, DateTime) and isinstance(plain, str) else plain


def _images_of_many(record: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The images of many rows as `_json` writes them, a column at a time: a value that comes again is told once."""
    columns: list[list[str]] = []
    for key, field, name in _imaged(record):
        known: dict[object, str] = {}
        told: list[str] = []
        for row in rows:
            value = row.get(key)
            text = known.get(value)
            if text is None:
                text = known[value] = name + _JSON.encode(_plain(field, value))
            told.append(text)
        columns.append(told)
    return ["{" + ",".join(parts) + "}" for parts in zip(*columns, strict=True)]


@cache
def _imaged(record: type[Record]) -> tuple[_Imaged, ...]:
    """The columns of a record that stand in its images, as sorted there."""
    columns = sorted(record.__table__.columns, key=lambda one: one.key)
    wanted = (one for one in columns if one.key not in _NOT_IN_IMAGES)
    return tuple(_Imaged(one.key, one.info.get("field"), f"{_JSON.encode(one.key)}:") for one in wanted)


def _json(image: Image) -> str:
    return _JSON.encode(image)


def _json_or_none(image: Image | None) -> str | None:
    return None if image is None else _json(image)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _hash_or_none(text: str | None) -> str:
    return "" if text is None else _hash(text)


def _digest_of_act(at: datetime, actor: str, title: str, undo_of: int | None) -> str:
    """Who did what and when, as the chain knows it."""
    return _hash("\x1f".join((at.isoformat(), actor, title, str(undo_of))))


def _link(chain: str, told: tuple[object, ...]) -> str:
    return _hash("\x1f".join((chain, *(str(one) for one in told))))
