"""Rows by the thousand reach the data file as if they had been written one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, select

from school_logistics.models import audit
from school_logistics.models.bulk import insert_many
from school_logistics.rules.dates import MonthOrDay
from school_logistics.services.desk import Desk
from tests.office import new_desk


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    yield desk
    desk.store.close()


def columns(desk: Desk, key: str, **values: object) -> dict[str, object]:
    ledger = desk.ledger(key)
    return {one.key: values.get(one.key) for one in ledger.fields if not one.kept}


def test_many_rows_are_kept_with_exact_values_and_a_trail_that_holds(desk):
    record = desk.ledger("fire_equipment").record
    rows = [
        columns(desk, "fire_equipment", equipment_no=f"M-{number}", made_on=MonthOrDay(2022, 8), name="灭火器")
        for number in range(2_500)
    ]

    with desk.store.unit_of_work("很多行", "赵甲子") as session:
        ids = desk.store.add_many(session, record, rows, origin="导入")

    with desk.store.reading() as session:
        kept = session.get(record, ids[-1])
        assert (kept.equipment_no, kept.made_on, kept.origin) == ("M-2499", MonthOrDay(2022, 8), "导入")
        assert audit.first_broken_entry(session.connection()) is None
    desk.undo()
    assert desk.counts()["fire_equipment"] == 0


def test_the_trail_tells_the_same_of_a_row_whichever_way_it_came(desk):
    record = desk.ledger("food_purchase").record
    values = columns(
        desk, "food_purchase", bought_on=date(2026, 11, 20), quantity=Decimal(50), unit='公"斤', remark=None
    )
    with desk.store.unit_of_work("一行", "赵甲子") as session:
        desk.store.add_many(session, record, [values], origin="")
        one = record(**values | {"quantity": Decimal("50.000")})
        session.add(one)

    with desk.store.reading() as session:
        digests = session.scalars(
            select(audit.ENTRIES.c.after_digest).where(audit.ENTRIES.c.ledger == "food_purchase")
        ).all()

    assert len(digests) == 2
    assert digests[0] == digests[1]


def test_a_driver_that_wants_names_for_its_parameters_gets_them():
    table = Table("thing", MetaData(), Column("id", Integer, primary_key=True), Column("name", String(9)))
    engine = create_engine("sqlite://", paramstyle="named")
    with engine.begin() as connection:
        table.create(connection)
        insert_many(connection, table, [])
        insert_many(connection, table, [{"id": number, "name": "甲" if number % 2 else None} for number in range(30)])

        kept = connection.execute(select(table)).all()
        assert (len(kept), kept[1], kept[2]) == (30, (1, "甲"), (2, None))
    engine.dispose()
