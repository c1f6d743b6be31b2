"""A small office in memory for tests: the store with every ledger, the desk, and a few words to fill it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Select

from school_logistics import catalogue
from school_logistics.app import checklist_items, rule_book, school_calendar
from school_logistics.models.store import Store
from school_logistics.services.desk import Desk
from school_logistics.services.rows import Draft
from school_logistics.services.starting import lay_out

TODAY = date(2026, 11, 22)


def nine_in_the_morning() -> datetime:
    """The clock of the tests."""
    return datetime.combine(TODAY, time(9))


class CopiedStore(Store):
    """A data file in memory, copied from another one: to make all tables takes longer than most tests."""

    def __init__(self, copied: Store) -> None:
        self._copied = copied
        super().__init__(None, copied.ledgers, copied.clock)

    def _make_tables(self) -> None:
        first = self._copied.engine
        for engine in (self.engine, self._writing):  # what was compiled for one office serves all
            engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        laid_out: Any = first.raw_connection().driver_connection
        with self.engine.connect() as connection:
            laid_out.backup(connection.connection.driver_connection)


@cache
def _laid_out() -> Store:
    """An empty data file as the program makes it, on the morning of the tests."""
    store = Store(None, catalogue.LEDGERS, nine_in_the_morning)
    lay_out(store, checklist_items())
    return store


@cache
def _statements() -> dict[str, Select[Any]]:
    """How records are read by id: the same in every office."""
    return {}


_book, _calendar = cache(rule_book), cache(school_calendar)


def new_desk(path: Path | None = None, clock: Callable[[], datetime] = nine_in_the_morning) -> Desk:
    """A desk over an empty data file."""
    if path is None and clock is nine_in_the_morning:
        store: Store = CopiedStore(_laid_out())
    else:
        store = Store(path, catalogue.LEDGERS, clock)
        lay_out(store, checklist_items())
    return _over(store)


def copy_of(desk: Desk) -> Desk:
    """A desk over a copy of another one's data file."""
    return _over(CopiedStore(desk.store))


def _over(store: Store) -> Desk:
    desk = Desk(store, _book(), _calendar(), actor="赵甲子")
    desk.listing._by_id = _statements()
    return desk


def write(desk: Desk, key: str, **values: object) -> int:
    """Save a record as a screen would: what is typed as text is read by its field."""
    ledger = desk.ledger(key)
    draft: Draft = desk.blank(ledger)
    for field, typed in values.items():
        draft[field] = desk.read(ledger, field, typed)
    return desk.save(ledger, draft).id


def supplier(desk: Desk, name: str = "康鲜肉类食品有限公司", **more: object) -> int:
    """A supplier whose papers are in order."""
    told = {"address": "云川区工业园3号", "phone": "13800000002", "permit_until": "2028-06-30"}
    return write(desk, "supplier", name=name, **{**told, **more})


def ingredient(desk: Desk, name: str = "土豆", category: str = "蔬菜", **more: object) -> int:
    """Something the canteen buys."""
    return write(desk, "ingredient", name=name, category=category, **more)


def purchase(desk: Desk, **more: object) -> int:
    """A delivery of potatoes, with what is said differently."""
    for ensure, key, name in ((supplier, "supplier", "绿源蔬菜配送中心"), (ingredient, "ingredient", "土豆")):
        with desk.store.reading() as session:
            known = name in desk.naming.names(session, key).values()
        if not known:
            ensure(desk, name)
    told = {
        "bought_on": "2026-11-20", "ingredient": "土豆", "quantity": "31", "unit_price": "4.85",
        "supplier": "绿源蔬菜配送中心", "produced_on": "2026-11-19",
    }  # fmt: skip
    return write(desk, "food_purchase", **{**told, **more})
