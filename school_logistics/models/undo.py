"""Taking back what was done: an act is played backwards as a new act, so that this too can be taken back."""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import ColumnElement, func, select

from school_logistics.errors import OfficeError
from school_logistics.models import month_close, signed
from school_logistics.models.audit import ACTS, ENTRIES, IMAGES, INSERT, UPDATE, digest, image_of, values_from
from school_logistics.models.references import called, every_record, first_use, naming

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from sqlalchemy import RowMapping
    from sqlalchemy.orm import Session

    from school_logistics.models.record import Record
    from school_logistics.models.store import Store


_AT_ONCE = 1_000
"""So many records are read and written back together."""
_FEW = 50
"""So many acts are read together while the one that is next is looked for."""

_FIRST_THAT = "先撤销那一步，再撤销这一步；现在什么都没有动。"

PROGRAM = "程序"
"""The actor of what the program did by itself, such as laying out a new data file: nobody takes that back."""


FOR_GOOD = (*signed.ONLY_ADDED_TO, *month_close.ONLY_ADDED_TO)
"""What was printed, signed, closed and reopened is only added to: it is told in the trail and never taken back."""

_ON_PAPER = (
    "打印、签字归档、月结和重开都长期留底，不能撤销；什么都没有动。登记错了可以撤回那一条，要改已结账的月份可以重开。"
)


class PastAct(NamedTuple):
    """One act of the trail, newest first in a list."""

    id: int
    at: datetime
    actor: str
    title: str
    undo_of: int | None
    undone: bool
    entries: int = 0


class TooLate(OfficeError):
    """Something later stands in the way of taking an act back."""


def past_acts(session: Session, limit: int) -> list[PastAct]:
    """The latest acts with whether each has been taken back."""
    rows = session.execute(select(ACTS).order_by(ACTS.c.id.desc()).limit(limit)).all()
    counted = select(ENTRIES.c.act, func.count()).where(ENTRIES.c.act.in_([row.id for row in rows]))
    entries: dict[int, int] = dict(session.execute(counted.group_by(ENTRIES.c.act)).all())
    undone = _undone(_taking_back(session))
    return [
        PastAct(row.id, row.at, row.actor, row.title, row.undo_of, row.id in undone, entries.get(row.id, 0))
        for row in rows
    ]


def next_to_undo(session: Session) -> PastAct | None:
    """The latest deed that still stands, however long ago."""
    undone = _undone(_taking_back(session))
    return next((act for act in _backwards(session, ACTS.c.undo_of.is_(None)) if _stands(act, undone)), None)


def next_to_redo(session: Session) -> PastAct | None:
    """The latest taking-back that still stands, unless something new was done since."""
    taking_back = _taking_back(session)
    undone = _undone(taking_back)
    for act in _backwards(session):
        if act.undo_of is None and _stands(act, undone):
            return None
        if act.undo_of is not None and _stands(act, undone) and _is_undo(act.id, taking_back):
            return act
    return None


def _backwards(session: Session, *conditions: ColumnElement[bool]) -> Iterator[PastAct]:
    """The acts of persons that can be taken back, the latest first, read a few at a time."""
    for_good = select(ENTRIES.c.act).where(ENTRIES.c.ledger.in_(FOR_GOOD))
    wanted = select(ACTS).where(ACTS.c.actor != PROGRAM, ACTS.c.id.not_in(for_good), *conditions)
    wanted = wanted.order_by(ACTS.c.id.desc())
    for row in session.execute(wanted.execution_options(yield_per=_FEW)):
        yield PastAct(row.id, row.at, row.actor, row.title, row.undo_of, undone=False)


def _taking_back(session: Session) -> dict[int, int]:
    """For each act that takes another back, which one; the latest first."""
    wanted = select(ACTS.c.id, ACTS.c.undo_of).where(ACTS.c.undo_of.is_not(None)).order_by(ACTS.c.id.desc())
    return {row.id: row.undo_of for row in session.execute(wanted)}


def _undone(taking_back: Mapping[int, int]) -> set[int]:
    """The acts that are taken back by one that is not taken back itself."""
    undone: set[int] = set()
    for act, of in taking_back.items():
        if act not in undone:
            undone.add(of)
    return undone


def _stands(act: PastAct, undone: set[int]) -> bool:
    return act.id not in undone


def _is_undo(act: int, taking_back: Mapping[int, int]) -> bool:
    """Whether it takes back a deed, rather than taking back a taking-back."""
    of = taking_back[act]
    return of not in taking_back or not _is_undo(of, taking_back)


def take_back(store: Store, act: PastAct, actor: str, records: Mapping[str, type[Record]], title: str) -> set[str]:
    """Play an act backwards; the ledgers it touched come back.

    Raises TooLate, naming what stands in the way, when a record has changed since.
    """
    with store.unit_of_work(title, actor, undo_of=act.id) as session:
        with session.no_autoflush:
            if session.scalar(select(ENTRIES.c.id).where(ENTRIES.c.act == act.id, ENTRIES.c.ledger.in_(FOR_GOOD))):
                raise TooLate(f"不能撤销「{act.title}」：{_ON_PAPER}")
            for ledger, entries in groupby(_entries_backwards(session, act.id), key=itemgetter("ledger")):
                for some in _batches(entries):
                    _play_back_some(session, some, records[ledger], act)
                    _refuse_if_named_are_gone(session, some, records[ledger], act)
                    unmade = [entry["record"] for entry in some if entry["action"] == INSERT]
                    _refuse_if_used(session, records[ledger], unmade, act)
                    session.flush()
        return set(session.info.get("touched", set()))


def _entries_backwards(session: Session, act: int) -> list[RowMapping]:
    joined = select(ENTRIES, IMAGES.c.before, IMAGES.c.after).join(IMAGES, IMAGES.c.entry == ENTRIES.c.id)
    return list(session.execute(joined.where(ENTRIES.c.act == act).order_by(ENTRIES.c.id.desc())).mappings())


def _batches(entries: Iterable[RowMapping]) -> Iterator[list[RowMapping]]:
    """Some entries at a time; none of them tells of a record that another of the same batch tells of."""
    some: list[RowMapping] = []
    seen: set[int] = set()
    for entry in entries:
        if entry["record"] in seen or len(some) == _AT_ONCE:
            yield some
            some, seen = [], set()
        some.append(entry)
        seen.add(entry["record"])
    if some:
        yield some


def _play_back_some(session: Session, entries: list[RowMapping], record: type[Record], act: PastAct) -> None:
    """Play entries of one ledger backwards, each about another record; the records are read at once."""
    wanted = select(record).where(record.id.in_([entry["record"] for entry in entries]))
    rows = {row.id: row for row in session.scalars(wanted)}
    for entry in entries:
        _play_back(session, entry, record, rows.get(entry["record"]), act)


def _play_back(session: Session, entry: RowMapping, record: type[Record], row: Record | None, act: PastAct) -> None:
    if digest(image_of(row) if row else None) != entry["after_digest"]:
        later = _later(session, entry["ledger"], entry["record"], act)
        raise TooLate(f"不能撤销「{act.title}」：其中的记录后来又有{later}。{_FIRST_THAT}")
    before = json.loads(entry["before"]) if entry["before"] else None
    if row is None and before is not None:
        session.add(record(id=entry["record"], **values_from(record, before)))
    elif row is not None and before is None:
        session.delete(row)
    elif row is not None and before is not None and entry["action"] == UPDATE:
        for key, value in values_from(record, before).items():
            setattr(row, key, value)


def _refuse_if_used(session: Session, record: type[Record], ids: list[int], act: PastAct) -> None:
    """A record that later ones name cannot be unmade; the ledger of those is told."""
    used = first_use(session, record, ids)
    if used:
        raise TooLate(
            f"不能撤销「{act.title}」：其中新建的记录在{used.label}里还有 {used.rows} 行在用。"
            "先删除或改掉那些行，再撤销这一步；现在什么都没有动。"
        )


def _refuse_if_named_are_gone(session: Session, entries: list[RowMapping], record: type[Record], act: PastAct) -> None:
    """A record comes back only while those it names are there; what took them away is told."""
    images = [json.loads(entry["before"]) for entry in entries if entry["before"]]
    for other in every_record():
        for column in naming(record, other):
            named = {image[column.key] for image in images if image.get(column.key) is not None}
            gone = named - set(session.scalars(select(other.id).where(other.id.in_(named))))
            if gone:
                later = _later(session, other.__tablename__, min(gone), act)
                raise TooLate(
                    f"不能撤销「{act.title}」：其中的记录要用到的{called(other)}后来不在了，有{later}。{_FIRST_THAT}"
                )


def _later(session: Session, ledger: str, record: int, act: PastAct) -> str:
    """What happened last to a record since an act."""
    later = (
        select(ACTS.c.title, ACTS.c.at)
        .join(ENTRIES, ENTRIES.c.act == ACTS.c.id)
        .where(ENTRIES.c.ledger == ledger, ENTRIES.c.record == record, ACTS.c.id > act.id)
        .order_by(ACTS.c.id.desc())
        .limit(1)
    )
    found = session.execute(later).first()
    return f"「{found.title}」（{found.at:%m-%d %H:%M}）" if found else "别的改动"
