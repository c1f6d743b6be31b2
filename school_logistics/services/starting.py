"""Laying out a new data file: the checklists that ship with the program are put in as data."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from school_logistics.models.audit import ENTRIES
from school_logistics.models.checklists import CheckItem, Checklist
from school_logistics.models.record import Origin
from school_logistics.models.undo import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from school_logistics.models.store import Store

LAID_OUT = frozenset({Checklist.__tablename__, CheckItem.__tablename__})
"""The ledgers in which something stands before anybody has written anything."""

_LIST = ("area", "cycle", "style", "pass_score", "place", "form", "remark")
_ITEM = (
    "part", "position", "label", "detail", "key_item", "veto", "points", "deduction", "clause", "valid_from",
    "valid_to",
)  # fmt: skip
_POINTS = ("points", "pass_score")


def lay_out(store: Store, checklists: Iterable[str]) -> None:
    """Put the default checklists (TOML texts) into a data file that never had any."""
    with store.reading() as session:
        if _had_items(session):
            return
    tables = [tomllib.loads(text) for text in checklists]
    if any(table["item"] for table in tables):
        with store.unit_of_work("建立数据文件", PROGRAM) as session:
            if not _had_items(session):  # asked again: another program may have opened the new file as well
                _put_in(store, session, tables)


def _put_in(store: Store, session: Session, tables: list[dict[str, Any]]) -> None:
    lists = [{"name": table["checklist"], **{key: _told(table, key) for key in _LIST}} for table in tables]
    ids = store.add_many(session, Checklist, lists, origin=Origin.TYPED.value)
    rows = [
        {"checklist": one, **{key: _told({**table, "position": place, **item}, key) for key in _ITEM}}
        for one, table in zip(ids, tables, strict=True)
        for place, item in enumerate(table["item"], start=1)
    ]
    store.add_many(session, CheckItem, rows, origin=Origin.TYPED.value)


def _had_items(session: Session) -> bool:
    """Whether check items were ever put in, even if they were all deleted since."""
    return session.scalar(select(ENTRIES.c.id).where(ENTRIES.c.ledger == CheckItem.__tablename__).limit(1)) is not None


def _told(table: Mapping[str, Any], key: str) -> object:
    """A column value; what a list says of all its items may stand at its head."""
    value = table.get(key)
    return Decimal(str(value)) if key in _POINTS and value is not None else value
