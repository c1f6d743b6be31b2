"""What an abnormal record opens, asked of every ledger that says so: the record is saved as a person types it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from school_logistics import catalogue
from school_logistics.models.checklists import items_on
from school_logistics.models.ledger import OpensHazard
from school_logistics.services.desk import Desk
from school_logistics.services.rows import Query
from tests.office import TODAY, new_desk, supplier, write

ON = "2026-11-20"
CHECKLIST = "食堂每日食品安全检查"
ABNORMAL: dict[str, dict[str, object]] = {
    "supplier_visit": {
        "visited_on": ON, "supplier": "清河粮油", "lead": "王志强", "participants": "王志强、李己巳",
        "production": "生熟不分", "result": "不符合要求", "problem": "车间无防鼠设施",
    },
    "pesticide_test": {
        "tested_on": ON, "sample": "菠菜", "supplier": "清河粮油", "method": "酶抑制率法", "inhibition": "80",
        "tested_by": "杨雪", "handling": "整批退货",
    },
    "accompanied_meal": {
        "eaten_on": ON, "meal": "午餐", "diner": "赵校长", "post": "校长", "food": "差", "hygiene": "优",
        "problem": "汤凉",
    },
    "retained_sample": {
        "taken_at": f"{ON} 11:20", "meal": "午餐", "dish": "红烧肉", "grams": "130", "sampler": "杨雪",
        "fridge_celsius": "15", "problem": "留样柜停电",
    },
    "tableware_disinfection": {
        "done_on": ON, "meal": "午餐", "tableware": "餐盘", "pieces": "200", "method": "煮沸", "celsius": "60",
        "began_at": "13:00", "minutes": "15", "done_by": "杨雪", "checked_by": "孙浩", "problem": "水没有烧开",
    },
    "cold_temperature": {
        "read_on": ON, "unit": "3号冷冻柜", "read_at": "8:10", "celsius": "-2", "recorder": "杨雪",
        "problem": "压缩机停机",
    },
    "cooked_dish": {
        "cooked_on": ON, "meal": "午餐", "dish": "狮子头", "core_celsius": "50", "cooked_at": "10:40",
        "cook": "杨雪", "problem": "没有烧透",
    },
    "extinguisher_check": {
        "checked_on": ON, "equipment": "MHQ-001", "inspector": "王志强", "answers": "压力×", "problem": "指针在红区",
    },
    "bus_daily_check": {
        "checked_on": ON, "bus": "鲁Z·10023", "trip": "上学", "answers": "轮胎×", "problem": "花纹不足",
        "left_at": "6:50", "driver": "张师傅", "escort": "孙浩",
    },
    "inspection": {"checked_on": ON, "checklist": CHECKLIST, "inspector": "杨雪", "problem": "纱窗破了"},
}  # fmt: skip
"""An abnormal record of each ledger; the answers of a checklist are added from the list."""

OPENING = [ledger for ledger in catalogue.LEDGERS if ledger.opens_hazard]
EVERY_LEDGER_THAT_OPENS_ONE = pytest.mark.parametrize("key", [ledger.key for ledger in OPENING])


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """People, a supplier, a freezer, an extinguisher and a bus; tests take their records back."""
    desk = new_desk()
    for name in ("杨雪", "孙浩"):
        write(desk, "staff", name=name, post="食堂管理员", health_from="2026-03-01", health_until="2027-03-01")
    write(desk, "staff", name="王志强", post="总务主任")
    supplier(desk, "清河粮油")
    write(desk, "cold_unit", name="3号冷冻柜", kind="冷冻", place="副食库", keeper="孙浩")
    write(desk, "fire_equipment", equipment_no="MHQ-001", name="干粉灭火器", model="MFZ/ABC4", made_on="2023-09-15",
          place="教学楼1层东", status="在用", quantity="1", keeper="王志强")  # fmt: skip
    put_bus(desk)
    yield desk
    desk.store.close()


def put_bus(desk: Desk) -> None:
    """A bus and its driver, as far as a daily check names them."""
    for key, told in (("bus", {"plate": "鲁Z10023"}), ("driver", {"name": "张师傅"})):
        ledger = desk.ledger(key)
        columns = {field.key: told.get(field.key) for field in ledger.fields if field.kept is None}
        with desk.store.unit_of_work("", "赵甲子") as session:
            session.add(ledger.record(**columns))


def abnormal(desk: Desk, key: str, **more: object) -> int:
    """Save an abnormal record of a ledger."""
    told = dict(ABNORMAL[key])
    if key == "inspection":
        with desk.store.reading() as session:
            told["answers"] = f"{items_on(session, CHECKLIST, TODAY)[0].label}×"
    return write(desk, key, **{**told, **more})


def opens(desk: Desk, key: str) -> OpensHazard:
    found = desk.ledger(key).opens_hazard
    assert found is not None
    return found


def kept_hazard(desk: Desk, key: str, one: int) -> dict[str, Any]:
    """The hazard that a record names."""
    named = desk.draft(desk.ledger(key), one)[opens(desk, key).names]
    assert isinstance(named, int), "no hazard was opened"
    with desk.store.reading() as session:
        return dict(desk.listing.values(session, desk.ledger("hazard"), [named])[named])


def test_there_is_an_abnormal_record_for_every_ledger_that_opens_a_hazard():
    assert {ledger.key for ledger in OPENING} == ABNORMAL.keys()


def test_what_was_found_and_what_was_put_right_at_once_are_two_fields():
    with pytest.raises(ValueError, match="handling"):
        OpensHazard("hazard", lambda _row: None, note="handling", on_the_spot="handling")


@EVERY_LEDGER_THAT_OPENS_ONE
def test_an_abnormal_record_is_saved_with_its_hazard_and_both_are_taken_back(desk: Desk, key: str):
    hazards = desk.ledger("hazard")
    before = desk.count(hazards, Query())

    one = abnormal(desk, key)

    hazard = kept_hazard(desk, key, one)
    assert desk.count(hazards, Query()) == before + 1
    assert hazard["found_on"].isoformat() == ON
    assert hazard["description"]
    assert hazard["place"]
    assert hazard["due_on"]
    desk.undo()
    assert desk.count(hazards, Query()) == before


@EVERY_LEDGER_THAT_OPENS_ONE
def test_what_is_put_right_at_once_opens_no_hazard(desk: Desk, key: str):
    put_right = opens(desk, key).on_the_spot
    if not put_right:
        return

    one = abnormal(desk, key, **{put_right: "当场改好"})

    assert desk.draft(desk.ledger(key), one)["hazard"] is None
    desk.undo()
