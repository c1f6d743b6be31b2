"""Laying out a new data file: the check items that ship with the program are put in as data."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from sqlalchemy import select

from school_logistics.models.audit import ENTRIES
from school_logistics.models.checklists import CheckItem
from school_logistics.models.record import Origin
from school_logistics.models.undo import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from school_logistics.models.store import Store


def lay_out(store: Store, checklists: Iterable[str]) -> None:
    """Put the default check items (TOML texts) into a data file that never had any."""
    with store.reading() as session:
        if _had_items(session):
            return
    rows = [_row(table, item, place) for text in checklists for table in [tomllib.loads(text)]
            for place, item in enumerate(table["item"], start=1)]  # fmt: skip
    if rows:
        with store.unit_of_work("建立数据文件", PROGRAM) as session:
            if not _had_items(session):  # asked again: another program may have opened the new file as well
                store.add_many(session, CheckItem, rows, origin=Origin.TYPED.value)


def _had_items(session: Session) -> bool:
    """Whether check items were ever put in, even if they were all deleted since."""
    return session.scalar(select(ENTRIES.c.id).where(ENTRIES.c.ledger == CheckItem.__tablename__).limit(1)) is not None


def _row(table: dict[str, object], item: dict[str, object], place: int) -> dict[str, object]:
    """The column values of one item; what a list says of all its items may stand at its head."""
    told = {**table, "position": place, **item}
    keys = ("checklist", "position", "label", "detail", "key_item", "clause", "valid_from", "valid_to")
    return {key: told.get(key) for key in keys}
