"""The canteen's days as they are typed: who may sign, what opens a hazard, what a month reports of additives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from types import SimpleNamespace

import pytest

from school_logistics.errors import Unacceptable
from school_logistics.models.canteen.people import MorningCheck
from school_logistics.models.checks import Level
from school_logistics.models.duties import OfFile, OfPlan, When
from school_logistics.models.office import Staff
from school_logistics.rules.calendar import Month
from school_logistics.services.desk import Desk
from school_logistics.services.month import MonthPack
from school_logistics.services.rows import Query
from tests.office import new_desk, write

PEOPLE = {"邓小红": "留样员", "杨雪": "食品安全员", "孙浩": "保管员", "马丽": "面点师", "吴小红": "洗消工"}
SAMPLE = {"taken_at": "2026-10-13 11:20", "meal": "午餐", "dish": "红烧肉", "grams": "130", "sampler": "邓小红"}


@pytest.fixture(scope="module")
def kitchen() -> Iterator[Desk]:
    """Who works in the canteen and what there is, entered once; each test uses days of its own."""
    desk = new_desk()
    for name, post in PEOPLE.items():
        write(desk, "staff", name=name, post=post, health_from="2026-03-01", health_until="2027-03-01")
    write(desk, "staff", name="何春华", post="打餐员", health_from="2025-11-10", health_until="2026-11-10")
    write(desk, "staff", name="王志强", post="总务主任")
    write(desk, "cold_unit", name="3号冷冻柜", kind="冷冻", place="副食库", keeper="孙浩")
    carrier = {"address": "云川区环卫路6号", "phone": "13800000002", "contract_until": "2026-10-20"}
    write(desk, "supplier", name="清源收运公司", **carrier)
    yield desk
    desk.store.close()


Against = Callable[..., dict[str, tuple[Level, str]]]


@pytest.fixture
def said(kitchen: Desk) -> Against:
    """What is said against a record that is typed in, by field."""

    def ask(key: str, **typed: object) -> dict[str, tuple[Level, str]]:
        ledger = kitchen.ledger(key)
        draft = kitchen.blank(ledger) | {one: kitchen.read(ledger, one, value) for one, value in typed.items()}
        found: dict[str, tuple[Level, str]] = {}
        for one in kitchen.examine(ledger, kitchen.complete(ledger, draft)):
            found.setdefault(one.field, (one.level, one.sentence))
        return found

    return ask


def check(desk: Desk, day: str, person: str, **more: object) -> int:
    told = {"checked_at": "7:20", "inspector": "杨雪", **more}
    return write(desk, "morning_check", checked_on=day, person=person, **told)


def test_whoever_was_found_ill_in_the_morning_cannot_take_samples_that_day(kitchen, said):
    """V-44: who takes samples passed the morning check of the day."""
    check(kitchen, "2026-10-12", "邓小红")
    left = {"attendance": "病假", "left_post": "是", "back_on": "2026-10-16"}
    check(kitchen, "2026-10-13", "邓小红", symptoms="腹泻", handling="离岗就诊", **left)

    assert "sampler" not in said("retained_sample", **{**SAMPLE, "taken_at": "2026-10-12 11:20"})
    level, sentence = said("retained_sample", **SAMPLE)["sampler"]
    assert level is Level.GAP
    assert sentence == "邓小红当天晨检不合格（腹泻），不能在这里签名"
    assert "离岗" in said("retained_sample", **{**SAMPLE, "taken_at": "2026-10-15 11:20"})["sampler"][1]
    assert "sampler" not in said("retained_sample", **{**SAMPLE, "taken_at": "2026-10-16 11:20"})
    cleared = {**SAMPLE, "taken_at": "2026-10-09 11:20", "cleared_at": "2026-10-14 13:20", "cleared_by": "邓小红"}
    assert "10-16 才返岗" in said("retained_sample", **cleared)["cleared_by"][1]


def test_whoever_is_ill_signs_in_no_other_ledger_of_the_day(kitchen, said):
    """V-50: nobody who is away stands among the signatures of another post."""
    check(kitchen, "2026-10-19", "吴小红", attendance="病假", symptoms="", checked_at="")
    washed = {"done_on": "2026-10-19", "meal": "午餐", "tableware": "餐盘", "done_by": "吴小红", "checked_by": "杨雪"}
    assert "当天病假" in said("tableware_disinfection", **washed)["done_by"][1]
    for key, day, field in (("cold_temperature", "read_on", "recorder"), ("food_waste", "handed_on", "handed_by"),
                            ("additive_use", "used_on", "witness"), ("pesticide_test", "tested_on", "tested_by"),
                            ("cooked_dish", "cooked_on", "cook")):  # fmt: skip
        assert "当天病假" in said(key, **{day: "2026-10-19", field: "吴小红"})[field][1], key


def test_whoever_is_ill_accepts_no_delivery_either_though_only_named(kitchen, said):
    """V-50: names written out count as signatures too; names of nobody in the file are let be."""
    check(kitchen, "2026-10-28", "孙浩", attendance="病假", symptoms="", checked_at="")
    found = said("food_purchase", bought_on="2026-10-28", storekeeper="孙浩", inspector="外来人员")
    assert "当天病假" in found["storekeeper"][1]
    assert "inspector" not in found or "病假" not in found["inspector"][1]
    assert "当天病假" in said("stock_out", issued_on="2026-10-28", storekeeper="孙浩")["storekeeper"][1]


def test_whoever_left_ill_and_never_came_back_signs_nothing_however_long_ago(kitchen, said):
    write(kitchen, "staff", name="周秋菊", post="切配工", health_from="2026-03-01", health_until="2027-03-01")
    ill = {"attendance": "病假", "symptoms": "腹泻", "handling": "离岗就诊", "left_post": "是"}
    check(kitchen, "2026-03-10", "周秋菊", **ill)
    tested = {"tested_on": "2026-09-10", "sample": "菠菜", "tested_by": "周秋菊"}
    assert "03-10 起离岗" in said("pesticide_test", **tested)["tested_by"][1]


def test_a_health_certificate_that_ran_out_bars_from_signing(kitchen, said):
    """V-11: not at work after the certificate has run out."""
    tested = {"sample": "菠菜", "tested_by": "何春华"}
    assert "tested_by" not in said("pesticide_test", tested_on="2026-11-10", **tested)
    assert "2026-11-10 已到期" in said("pesticide_test", tested_on="2026-11-11", **tested)["tested_by"][1]
    assert "tested_by" not in said("pesticide_test", tested_on="2026-11-11", sample="菠菜", tested_by="王志强")


def test_whoever_may_not_work_is_not_put_down_as_at_work(said):
    """V-11, V-50: no certificate, or away and not back."""
    assert "attendance" not in said("morning_check", person="何春华", checked_on="2026-11-10")
    level, sentence = said("morning_check", person="何春华", checked_on="2026-11-11")["attendance"]
    assert level is Level.GAP
    assert sentence.startswith("何春华的健康证 2026-11-10 已到期，不能上岗，考勤不能记出勤")
    assert "attendance" not in said("morning_check", person="何春华", checked_on="2026-11-11", attendance="事假")


def test_days_on_leave_do_not_bring_back_who_left_ill(kitchen, said):
    """V-50: the leave in between is forgotten as little as the day of leaving."""
    write(kitchen, "staff", name="郑秋月", post="切配工", health_from="2026-03-01", health_until="2027-03-01")
    ill = {"attendance": "病假", "symptoms": "腹泻", "handling": "离岗就诊", "left_post": "是"}
    check(kitchen, "2026-09-07", "郑秋月", **ill)
    for day in ("2026-09-08", "2026-09-09"):
        check(kitchen, day, "郑秋月", attendance="病假", symptoms="", checked_at="")

    told = said("morning_check", person="郑秋月", checked_on="2026-09-10")["attendance"]
    assert told[0] is Level.GAP
    assert "09-07 起离岗，没有返岗记录" in told[1]
    assert "attendance" not in said("morning_check", person="郑秋月", checked_on="2026-09-10", back_on="2026-09-10")
    check(kitchen, "2026-09-10", "郑秋月", back_on="2026-09-10")
    assert "attendance" not in said("morning_check", person="郑秋月", checked_on="2026-09-11")


def test_a_person_is_checked_once_a_day(kitchen):
    check(kitchen, "2026-10-20", "马丽")
    with pytest.raises(Unacceptable, match="已经登记过"):
        check(kitchen, "2026-10-20", "马丽")


def test_a_check_shows_its_sign_and_its_words(kitchen):
    one = kitchen.draft(
        kitchen.ledger("morning_check"), check(kitchen, "2026-10-21", "马丽", symptoms="11", handling="戴口罩")
    )
    assert (one["sign"], one["symptom_codes"], one["condition"]) == ("√", "11", "咳嗽")


@pytest.mark.parametrize(
    ("post", "left_on", "asked"),
    [
        ("厨师", None, True),
        ("厨师", date(2026, 10, 12), False),
        ("厨师", date(2026, 10, 13), True),
        ("宿管", None, False),
    ],
)
def test_everybody_who_works_in_the_canteen_is_asked_for_a_check_each_day(post, left_on, *, asked):
    """V-50: everybody who works that day has a record."""
    (duty,) = MorningCheck.ledger.duties
    assert duty.when is When.SCHOOL_DAY
    assert isinstance(duty.rows, OfFile)
    assert duty.rows.keep is not None
    assert duty.rows.keep(SimpleNamespace(post=post, left_on=left_on), date(2026, 10, 13)) is asked


def test_a_meal_wants_a_head_of_the_school_and_every_dish_but_fruit_a_sample(kitchen):
    """V-40, V-54: a sample of each cooked dish, and one head of the school at each meal."""
    (meal,) = kitchen.ledger("accompanied_meal").duties
    assert meal.within == (("kind", "学校负责人"),)
    (sampled,) = kitchen.ledger("retained_sample").duties
    assert isinstance(sampled.rows, OfPlan)
    assert sampled.rows.ledger == "menu_dish"
    assert sampled.rows.keep is not None
    kept = [
        sampled.rows.keep(SimpleNamespace(course=one), date(2026, 10, 13), kitchen.book)
        for one in ("主食", "汤", "水果")
    ]
    assert kept == [True, True, False]


def test_each_unit_is_read_twice_a_day(kitchen):
    """V-53: two readings a day."""
    (duty,) = kitchen.ledger("cold_temperature").duties
    assert (duty.times, duty.when) == (2, When.SCHOOL_DAY)


def test_a_reading_outside_its_limits_wants_a_word_and_opens_a_hazard(kitchen, said):
    """V-53: what lies outside must be dealt with."""
    warm = {"read_on": "2026-10-22", "unit": "3号冷冻柜", "read_at": "8:10", "celsius": "-9.5", "recorder": "孙浩"}
    assert said("cold_temperature", **warm)["problem"][0] is Level.GAP
    ledger, hazards = kitchen.ledger("cold_temperature"), kitchen.ledger("hazard")

    one = kitchen.draft(ledger, write(kitchen, "cold_temperature", **warm, problem="压缩机频繁启停"))
    assert one["shift"] == "上午"
    hazard = kitchen.draft(hazards, one["hazard"])
    assert hazard["place"] == "副食库 3号冷冻柜"
    assert "−9.5 ℃" in hazard["description"]

    before = kitchen.count(hazards, Query())
    write(kitchen, "cold_temperature", **{**warm, "read_at": "14:10"}, problem="门未关严", spot_fix="关门，复测 −16 ℃")
    assert kitchen.count(hazards, Query()) == before


def test_waste_goes_to_a_carrier_under_contract_and_never_to_a_farm(said):
    """V-59: contract in force, no farm."""
    load = {"kind": "餐厨垃圾", "carrier": "清源收运公司", "destination": "餐厨废弃物处理厂"}
    assert "carrier" not in said("food_waste", handed_on="2026-10-20", **load)
    assert "2026-10-20 已到期" in said("food_waste", handed_on="2026-10-21", **load)["carrier"][1]
    level, _ = said("food_waste", handed_on="2026-10-20", **{**load, "destination": "东岭养殖场"})["destination"]
    assert level is Level.REFUSED


def test_the_cook_cannot_sit_in_for_the_school(said):
    """V-54: never the canteen's own staff."""
    meal = {"eaten_on": "2026-10-22", "meal": "午餐", "kind": "学校负责人", "post": "总务主任"}
    assert "面点师" in said("accompanied_meal", **meal, diner="马丽")["diner"][1]
    assert "diner" not in said("accompanied_meal", **meal, diner="王志强")


def test_the_dishes_of_an_accompanied_meal_come_from_the_menu(kitchen):
    for dish in ("米饭", "红烧肉"):
        write(kitchen, "menu_dish", served_on="2026-10-29", meal="午餐", course="主食", dish=dish)
    ledger = kitchen.ledger("accompanied_meal")
    draft = kitchen.blank(ledger) | {"eaten_on": date(2026, 10, 29), "meal": "午餐"}

    assert kitchen.complete(ledger, draft)["dishes"] == "米饭、红烧肉"
    assert kitchen.complete(ledger, draft | {"meal": "晚餐"})["dishes"] is None


def test_a_bad_mark_wants_a_word_and_what_was_done(kitchen, said):
    meal = {
        "eaten_on": "2026-10-23",
        "meal": "午餐",
        "diner": "王志强",
        "post": "总务主任",
        "food": "差",
        "hygiene": "优",
    }
    assert said("accompanied_meal", **meal)["problem"][0] is Level.GAP
    one = write(kitchen, "accompanied_meal", **meal, problem="汤凉", handling="当场加热")
    assert kitchen.draft(kitchen.ledger("accompanied_meal"), one)["hazard"] is None


def test_two_samples_of_a_meal_do_not_share_a_container(kitchen, said):
    """V-43: no container twice in a meal."""
    told = {**SAMPLE, "taken_at": "2026-10-26 11:20"}
    write(kitchen, "retained_sample", **told, container_no="A3")
    assert "A3" in said("retained_sample", **told, container_no="a3")["container_no"][1]
    assert "container_no" not in said("retained_sample", **{**told, "meal": "晚餐"}, container_no="A3")


def test_a_month_reports_none_or_its_uses(kitchen, said):
    write(kitchen, "additive_use", used_on="2026-09-30", additive="未使用", used_by="杨雪")
    use = {"used_on": "2026-09-15", "additive": "泡打粉", "used_by": "马丽", "witness": "杨雪", "kept_apart": "是"}
    assert "已报未使用" in said("additive_use", **use)["additive"][1]
    assert "grams" in said("additive_use", **{**use, "used_on": "2026-10-15"})
    assert "additive" not in said("additive_use", **{**use, "used_on": "2026-10-15"})


def test_a_positive_test_says_what_was_done(kitchen, said):
    tested = {
        "tested_on": "2026-10-27",
        "sample": "菠菜",
        "supplier": "清源收运公司",
        "inhibition": "57.4",
        "tested_by": "杨雪",
    }
    assert said("pesticide_test", **tested)["handling"][0] is Level.GAP
    ledger, hazards = kitchen.ledger("pesticide_test"), kitchen.ledger("hazard")
    one = kitchen.draft(ledger, write(kitchen, "pesticide_test", **tested, handling="停用，待整批退货"))
    assert one["result"] == "阳性"
    hazard = kitchen.draft(hazards, one["hazard"])
    assert (hazard["description"], hazard["corrective_action"]) == ("菠菜农药残留快检阳性", "停用，待整批退货")


def test_a_positive_test_returned_at_the_door_opens_no_hazard(kitchen):
    tested = {
        "tested_on": "2026-10-27",
        "sample": "生菜",
        "supplier": "清源收运公司",
        "inhibition": "57.4",
        "tested_by": "杨雪",
    }
    done = {"handling": "整批退货", "spot_fix": "当场退回，没有进厨房"}
    one = kitchen.draft(kitchen.ledger("pesticide_test"), write(kitchen, "pesticide_test", **tested, **done))
    assert (one["result"], one["hazard"]) == ("阳性", None)


def test_marks_of_a_training_say_who_passed(kitchen):
    write(
        kitchen,
        "training",
        held_on="2026-10-15",
        topic="留样",
        place="会议室",
        lecturer="杨雪",
        hours="2",
        content="留样",
    )
    one = write(kitchen, "training_attendance", training="留样", person="马丽", signed="是", score="58")
    kept = kitchen.draft(kitchen.ledger("training_attendance"), one)
    assert kept["passed"] == "不合格"
    assert str(kept["held_on"]) == "2026-10-15"


def test_a_new_hand_without_training_is_pointed_out(kitchen, said):
    """V-12: first trained, then at work."""
    ledger = kitchen.ledger("staff")
    one = write(kitchen, "staff", name="郑长河", post="厨师", hired_on="2026-10-12", health_from="2026-10-08")
    found = {(one.field, one.sentence) for one in kitchen.examine(ledger, kitchen.draft(ledger, one), one)}
    assert any(field == "hired_on" and "先培训后上岗" in sentence for field, sentence in found)


def test_what_the_canteens_staff_lack_is_told_on_their_form_and_of_others_still_told(kitchen):
    with kitchen.store.unit_of_work("导入 后勤人员", "赵甲子") as session:
        session.add_all([Staff(name="钱厨", post="厨师"), Staff(name="许宁")])

    told = {(one.form, one.title) for one in MonthPack(kitchen).missing(Month(2026, 10)) if one.ledger == "staff"}

    assert ("C12", "钱厨") in told
    assert ("", "许宁") in told
    assert ("", "钱厨") not in told
