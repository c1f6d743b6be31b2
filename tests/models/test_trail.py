"""The trail and the data file: nothing lost, nothing half kept, nothing changed behind anybody's back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DatabaseError
from sqlalchemy.schema import CreateTable

from school_logistics.models import audit
from school_logistics.models.record import Origin, Tables
from school_logistics.models.store import PRAGMAS
from school_logistics.services.desk import Desk
from school_logistics.services.rows import Query
from tests.office import new_desk, purchase, supplier


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    yield desk
    desk.store.close()


def test_every_connection_keeps_foreign_keys_and_survives_a_power_cut(tmp_path: Path):
    desk = new_desk(tmp_path / "台账.db")
    with desk.store.engine.connect() as one, desk.store.engine.connect() as two:
        for connection in (one, two):
            told = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
            assert (told["foreign_keys"], told["journal_mode"], told["synchronous"]) == (1, "wal", 2)
            assert told["busy_timeout"] == 5000
    desk.store.close()


@pytest.mark.parametrize("table", ["audit_entry", "act"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_trail_is_only_added_to(desk, table, change):
    purchase(desk)

    with (
        desk.store.engine.begin() as connection,
        pytest.raises(DatabaseError, match="only added to"),
    ):
        connection.exec_driver_sql(change.format(table))


def test_an_image_changed_by_hand_breaks_the_chain_at_its_entry(desk):
    purchase(desk)
    with desk.store.engine.begin() as connection:
        assert audit.first_broken_entry(connection) is None
        connection.exec_driver_sql(
            "UPDATE audit_image SET after = replace(after, '土豆', '牛肉') WHERE after LIKE '%土豆%'"
        )

        assert audit.first_broken_entry(connection) is not None


def test_an_image_blanked_after_its_retention_leaves_the_chain_whole(desk):
    purchase(desk)
    with desk.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE audit_image SET after = NULL")

        assert audit.first_broken_entry(connection) is None


def without_its_guards(desk: Desk) -> Connection:
    """A connection of somebody who knows how to get at the tables of the trail."""
    connection = desk.store.engine.connect()
    for table in ("audit_entry", "act"):
        for change in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER keep_{table}_{change}")
    return connection


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE act SET actor = '某某'",
        "UPDATE act SET at = '2020-01-01 00:00:00.000000'",
        "UPDATE act SET title = '整理'",
        "UPDATE audit_entry SET ledger = 'hazard'",
        "UPDATE audit_entry SET record = record + 1",
        "UPDATE audit_entry SET action = 'delete'",
        "UPDATE audit_entry SET before_digest = 'x'",
    ],
)
def test_who_when_and_what_of_an_entry_cannot_be_changed_unseen(desk, forged):
    purchase(desk)
    last = "(SELECT max({}) FROM audit_entry)"
    where = last.format("act") if " act " in forged else last.format("id")
    assert desk.trail_is_whole()
    with without_its_guards(desk) as connection:
        connection.exec_driver_sql(f"{forged} WHERE id = {where}")

        assert (
            audit.first_broken_entry(connection) == connection.exec_driver_sql(f"SELECT {last.format('id')}").scalar()
        )
        connection.commit()
    assert not desk.trail_is_whole()


def test_an_end_that_was_cut_off_is_missed(desk):
    purchase(desk)
    with without_its_guards(desk) as connection:
        last = connection.exec_driver_sql("SELECT max(id) FROM audit_entry").scalar()
        connection.exec_driver_sql(f"DELETE FROM audit_image WHERE entry = {last}")
        connection.exec_driver_sql(f"DELETE FROM audit_entry WHERE id = {last}")

        assert audit.first_broken_entry(connection) == last


def test_bulk_changes_that_would_slip_past_the_trail_are_refused(desk):
    purchase(desk)
    record = desk.ledger("food_purchase").record

    with (
        pytest.raises(RuntimeError, match="slip past the trail"),
        desk.store.unit_of_work("批量", "赵甲子") as session,
    ):
        session.execute(update(record).values(remark="x"))


def test_an_act_that_fails_halfway_keeps_nothing(desk):
    ledger = desk.ledger("supplier")

    def fail_halfway() -> None:
        with desk.store.unit_of_work("两家", "赵甲子") as session:
            session.add(ledger.record(name="甲"))
            session.flush()
            raise KeyError

    with pytest.raises(KeyError):
        fail_halfway()

    assert desk.count(ledger, Query()) == 0
    assert desk.undoable() == ""


def test_rows_by_the_thousand_have_the_same_trail_as_single_ones_and_are_taken_back_as_one(desk):
    ledger = desk.ledger("supplier")
    with desk.store.unit_of_work("导入 3 家", "赵甲子") as session:
        desk.store.add_many(session, ledger.record, [{"name": f"第{n}家"} for n in range(3)], origin=Origin.IMPORTED)

    assert [row.tag for row in desk.first_page(ledger, Query())] == ["导入"] * 3
    assert desk.count(ledger, Query(text="第2家")) == 1
    with desk.store.engine.connect() as connection:
        assert audit.first_broken_entry(connection) is None
    assert desk.undo() == "已撤销：导入 3 家"
    assert desk.count(ledger, Query()) == 0
    assert desk.count(ledger, Query(text="第2家")) == 0


def test_the_id_of_a_removed_record_is_never_given_again(desk):
    one = supplier(desk, "甲")
    ledger = desk.ledger("supplier")
    desk.remove(ledger, [one])

    with desk.store.unit_of_work("导入", "赵甲子") as session:
        [other] = desk.store.add_many(session, ledger.record, [{"name": "乙"}], origin=Origin.IMPORTED)

    assert other > one
    assert supplier(desk, "丙") > other


def test_every_table_could_stand_in_postgresql_too():
    for table in Tables.metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=postgresql.dialect()))


def test_what_is_asked_of_a_ledger_could_be_asked_of_postgresql_too(desk):
    for ledger in desk.ledgers():
        for field in ledger.fields:
            assert str(desk.listing.expression(ledger, field).compile(dialect=postgresql.dialect()))
