"""What an abnormal record opens, asked of every ledger that says so: the record is saved as a person types it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from school_logistics import catalogue
from school_logistics.errors import Unacceptable
from school_logistics.models.checklists import items_on
from school_logistics.models.outcomes import OpensHazard
from school_logistics.services.desk import Desk
from school_logistics.services.rows import Query, Saved
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


def abnormal(desk: Desk, key: str, noted: str = "", **more: object) -> int:
    """Save an abnormal record of a ledger; `noted` stands beside the answer to a checklist."""
    told = dict(ABNORMAL[key])
    if key == "inspection":
        with desk.store.reading() as session:
            told["answers"] = f"{items_on(session, CHECKLIST, TODAY)[0].label}×" + (f"（{noted}）" if noted else "")
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


@EVERY_LEDGER_THAT_OPENS_ONE
def test_a_hazard_that_opened_by_itself_asks_who_puts_it_right_and_how(desk: Desk, key: str):
    hazard = kept_hazard(desk, key, abnormal(desk, key))
    ledger = desk.ledger("hazard")
    wanting = {one for one in ("owner", "corrective_action") if hazard[one] is None}

    assert wanting
    assert hazard["incomplete"]
    (row,) = desk.rows(ledger, [hazard["id"]])
    assert row.tag == "待补资料"
    assert wanting <= row.marks.keys()
    staff = desk.read(desk.ledger("hazard"), "owner", "王志强")
    desk.save(ledger, desk.draft(ledger, hazard["id"]) | {"owner": staff, "corrective_action": "报修"}, hazard["id"])
    assert not kept_hazard(desk, key, max(desk.ids(desk.ledger(key), Query())))["incomplete"]
    desk.undo()
    desk.undo()


@EVERY_LEDGER_THAT_OPENS_ONE
def test_the_hazard_of_an_abnormal_record_cannot_be_cleared_by_hand(desk: Desk, key: str):
    ledger, names = desk.ledger(key), opens(desk, key).names
    one = abnormal(desk, key)
    before = desk.count(desk.ledger("hazard"), Query())

    with pytest.raises(Unacceptable, match="还有异常"):
        desk.save(ledger, desk.draft(ledger, one) | {names: None}, one)

    assert desk.count(desk.ledger("hazard"), Query()) == before
    desk.undo()


def corrected(desk: Desk, one: int) -> Saved:
    """Put right what was typed by mistake in a check."""
    ledger = desk.ledger("inspection")
    return desk.save(ledger, desk.draft(ledger, one) | {"answers": "全部正常"}, one)


def test_a_check_corrected_to_normal_drops_the_words_and_the_hazard_that_followed(desk: Desk):
    ledger, hazards = desk.ledger("inspection"), desk.ledger("hazard")
    before = desk.count(hazards, Query())
    one = abnormal(desk, "inspection", problem="", noted="纱窗破了")
    assert "纱窗破了" in str(desk.draft(ledger, one)["problem"])

    corrected(desk, one)

    now = desk.draft(ledger, one)
    assert (now["problem"], now["hazard"]) == (None, None)
    assert desk.count(hazards, Query()) == before
    desk.undo()
    assert desk.count(hazards, Query()) == before + 1
    assert desk.draft(ledger, one)["hazard"] is not None
    desk.undo()


def test_words_that_somebody_wrote_stay_when_the_check_is_corrected(desk: Desk):
    one = abnormal(desk, "inspection", problem="另见照片")
    corrected(desk, one)
    assert desk.draft(desk.ledger("inspection"), one)["problem"] == "另见照片"
    desk.undo()
    desk.undo()


def test_a_hazard_that_somebody_works_on_stays_when_its_check_is_corrected(desk: Desk):
    hazards = desk.ledger("hazard")
    one = abnormal(desk, "inspection")
    hazard = kept_hazard(desk, "inspection", one)["id"]
    staff = desk.read(hazards, "owner", "王志强")
    desk.save(hazards, desk.draft(hazards, hazard) | {"owner": staff, "corrective_action": "报修"}, hazard)

    saved = corrected(desk, one)

    assert desk.draft(desk.ledger("inspection"), one)["hazard"] == hazard
    assert "销号" in next(found.sentence for found in saved.warnings if found.field == "hazard")
    for _ in range(3):
        desk.undo()


def test_the_usual_words_follow_what_is_typed_until_somebody_overwrites_them(desk: Desk):
    ledger = desk.ledger("inspection")
    with desk.store.reading() as session:
        first, second = (item.label for item in items_on(session, CHECKLIST, TODAY)[:2])
    blank = desk.blank(ledger) | {"checklist": desk.read(ledger, "checklist", CHECKLIST)}

    once = desk.complete(ledger, blank | {"answers": f"{first}×（脏）"})
    again = desk.complete(ledger, once | {"answers": f"{second}×（破）"}, once)
    written = desk.complete(ledger, again | {"problem": "自己写的"}, again)
    last = desk.complete(ledger, written | {"answers": "全部正常"}, written)

    assert [one["problem"] for one in (once, again, written, last)] == [
        f"{first}：脏", f"{second}：破", "自己写的", "自己写的",
    ]  # fmt: skip
