"""What to look at once more before printing: unchanging readings, days without school, one hand in every place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from school_logistics.rules.calendar import Month
from school_logistics.rules.doubts import Reading, all_by_one, same_readings, shown_days, time_read
from school_logistics.services.desk import Desk
from school_logistics.services.missing import Missing
from school_logistics.services.month import MonthPack
from tests.office import new_desk

OCTOBER = Month(2026, 10)


def readings(values: str) -> list[Reading]:
    """One reading a day from 12 October on; a blank is a day on which nothing was read."""
    return [
        Reading(date(2026, 10, 12) + timedelta(days=at), None if value == " " else value, at + 1)
        for at, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("values", "runs"),
    [("aaaaa", [5]), ("aaaab", []), ("aaaabaaaaa", [5]), ("aaa aa", [5]), ("ababab", []), ("aaaaabbbbbb", [5, 6])],
)
def test_a_reading_that_stays_the_same_on_five_days_is_a_run(values: str, runs: list[int]):
    assert [run.days for run in same_readings(readings(values), 5)] == runs


def test_many_records_of_one_day_are_one_day():
    same = [Reading(date(2026, 10, 12), "11:20", at) for at in range(20)]
    assert list(same_readings(same, 5)) == []


def test_a_run_names_its_days_and_its_first_record():
    [run] = same_readings(readings("baaaaa"), 5)
    assert (run.value, run.first, run.last, run.record) == ("a", date(2026, 10, 13), date(2026, 10, 17), 2)


def test_of_a_moment_the_time_is_what_is_read():
    assert time_read(datetime(2026, 10, 12, 11, 20)) == time_read(datetime(2026, 10, 13, 11, 20))


@pytest.mark.parametrize(
    ("signers", "one"),
    [(["甲", "甲"], True), (["甲", "乙"], False), (["甲", None], False), (["甲", "甲", "乙"], False)],
)
def test_one_hand_is_one_person_in_every_place(signers: list[str | None], one: bool):
    assert all_by_one(signers) is one


def test_many_days_are_told_by_their_first():
    days = [date(2026, 10, day) for day in (14, 12, 12, 13, 15, 16)]
    assert shown_days(days) == "10-12、10-13、10-14、10-15 等 5 天"


@pytest.fixture(scope="module")
def pack() -> Iterator[MonthPack]:
    """Samples of five days at the same temperature, the last of them on a Saturday, one kept and reviewed by one."""
    desk = new_desk()
    bring_in(desk, "staff", [{"name": "邓小红", "post": "留样员"}])
    samples: list[dict[str, object]] = [
        {
            "taken_at": datetime(2026, 10, day, 11, 10 + day),
            "meal": "午餐",
            "dish": f"菜{day}",
            "grams": 120 + day,
            "fridge_celsius": Decimal("3.5"),
            "sampler": 1,
            "reviewer": "邓小红" if day == 14 else "杨雪",
        }
        for day in (13, 14, 15, 16, 17)
    ]
    bring_in(desk, "retained_sample", samples)
    yield MonthPack(desk)
    desk.store.close()


def bring_in(desk: Desk, key: str, rows: list[dict[str, object]]) -> None:
    ledger = desk.ledger(key)
    with desk.store.unit_of_work("导入", "赵甲子") as session:
        columns = [field.key for field in ledger.fields if field.kept is None]
        desk.store.add_many(session, ledger.record, [{key: row.get(key) for key in columns} for row in rows], origin="")


def test_the_pack_tells_them_with_the_record_to_look_at_and_counts_none_of_them_as_a_gap(pack):
    found = {one.field: one for one in pack.doubts(OCTOBER) if one.form == "C10"}

    assert {key: (one.form, one.id, one.day, one.why) for key, one in found.items()} == {
        "fridge_celsius": ("C10", 1, "10-13～10-17", "留样柜温度连续 5 天都是 3.5 ℃，看一看是不是照抄"),
        "taken_at": ("C10", 5, "10-17", "1 条记在没有上课的日子（周末），看一看日期"),
        "sampler": ("C10", 2, "10-14", "1 条的留样人、审核人都是邓小红，看一看是不是本人签的"),
    }
    assert not any(one.is_gap for one in found.values())
    assert not [one for one in pack.missing(OCTOBER) if isinstance(one, Missing) and one.look]
