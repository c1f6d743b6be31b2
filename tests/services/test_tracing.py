"""Where a dish or a delivery came from and where it went: every step with its papers of the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from school_logistics.errors import OfficeError
from school_logistics.reports.traced import Evidence, Trace, Verdict
from school_logistics.services import tracing
from school_logistics.services.desk import Desk
from school_logistics.services.rows import Query
from school_logistics.services.tracing import Tracing, sheet
from tests.office import copy_of, new_desk
from tests.reports.paper_reader import Printed

DAY = date(2026, 10, 6)


def put(desk: Desk, key: str, **values: object) -> int:
    """A record as an import brings it in."""
    ledger = desk.ledger(key)
    with desk.store.unit_of_work("导入", "赵甲子") as session:
        desk.store.add_many(session, ledger.record, [values], origin="导入")
    desk.tell({key})
    return max(desk.ids(ledger, Query()))


@pytest.fixture(scope="module")
def traced_office() -> Iterator[Desk]:
    """Pork of 5 October, issued for two lunches; its supplier's permit ran out on the 31st and was renewed."""
    made = new_desk()
    put(made, "school", name="明德路小学")
    pork, rice = (
        put(made, "ingredient", name=name, category=kind) for name, kind in (("猪肉", "畜肉"), ("大米", "粮食"))
    )
    butcher, mill = (put(made, "supplier", name=name) for name in ("康鲜肉类食品有限公司", "惠民粮油有限公司"))
    put(made, "certificate", kind="食品许可证", supplier=butcher, number="JY1", issued_on=date(2021, 11, 1),
        valid_until=date(2026, 10, 31))  # fmt: skip
    put(made, "certificate", kind="食品许可证", supplier=mill, number="JY2", issued_on=date(2020, 1, 1),
        valid_until=date(2026, 9, 30))  # fmt: skip
    staff = put(made, "staff", name="钱乙", post="留样员")
    put(made, "certificate", kind="健康证", staff=staff, issued_on=date(2026, 1, 1), valid_until=date(2027, 1, 1))
    came = {"bought_on": date(2026, 10, 5), "supplier": butcher, "note_no": "SH1", "quarantine_no": "370301"}
    meat = put(made, "food_purchase", **came, ingredient=pork, quantity=Decimal(60), unit="公斤",
               stock_quantity=Decimal(60), inspector="钱乙、孙丙", result="合格")  # fmt: skip
    put(made, "food_purchase", bought_on=date(2026, 9, 20), ingredient=rice, supplier=mill, note_no="SH2",
        quantity=Decimal(500), unit="公斤", stock_quantity=Decimal(500), inspector="钱乙", result="合格")  # fmt: skip
    put(
        made,
        "delivery_note",
        came_on=date(2026, 10, 5),
        supplier=butcher,
        note_no="SH1",
        ticket_total=Decimal("1608.00"),
    )
    for on in (DAY, date(2026, 10, 8)):
        put(made, "stock_out", issued_on=on, ingredient=pork, batch=meat, purpose="午餐", issued=Decimal(30),
            unit="公斤", receiver="钱乙")  # fmt: skip
        put(made, "menu_dish", served_on=on, meal="午餐", dish="红烧肉", course="大荤")
    put(made, "menu_dish", served_on=DAY, meal="午餐", dish="米饭", course="主食")
    put(made, "recipe_line", dish="红烧肉", ingredient=pork)
    put(made, "recipe_line", dish="米饭", ingredient=rice)
    put(made, "retained_sample", taken_at=datetime(2026, 10, 6, 11, 20), meal="午餐", dish="红烧肉", grams=150,
        sampler=staff, cleared_at=datetime(2026, 10, 8, 12), cleared_by=staff)  # fmt: skip
    yield made
    made.store.close()


@pytest.fixture
def desk(traced_office: Desk) -> Iterator[Desk]:
    """A copy of that office for each test, since some write more into it."""
    made = copy_of(traced_office)
    yield made
    made.store.close()


def first(desk: Desk, key: str) -> int:
    return min(desk.ids(desk.ledger(key), Query()))


def part(trace: Trace, heading: str) -> tuple[Evidence, ...]:
    return next(one.evidence for one in trace.parts if one.heading == heading)


def headings(trace: Trace) -> list[str]:
    return [one.heading for one in trace.parts]


def test_a_dish_leads_back_to_delivery_permit_of_the_day_certificate_and_sample(desk: Desk):
    trace = Tracing(desk).trace("menu_dish", first(desk, "menu_dish"))

    assert trace.title == "红烧肉 · 2026-10-06 午餐"
    assert headings(trace) == [
        "当天食谱", "留样", "进货批次", "供货单位当天的证照", "随货凭证", "送货单", "出库领用", "经手人和健康证",
    ]  # fmt: skip
    (delivery,) = part(trace, "进货批次")
    assert (delivery.title, delivery.ledger) == ("10-05 猪肉", "food_purchase")
    assert "数量 60.00 公斤" in delivery.text
    licence, permit = part(trace, "供货单位当天的证照")[1:]
    assert (licence.verdict, licence.word) == (Verdict.BAD, "没有登记")
    assert (permit.verdict, permit.word) == (Verdict.GOOD, "当天有效")
    assert permit.facts[:2] == (("编号", "JY1"), ("有效期", "2021-11-01 至 2026-10-31"))
    assert [one.word for one in part(trace, "留样")] == ["已留样"]
    assert [one.title for one in part(trace, "送货单")] == ["送货单 SH1"]
    assert [one.title for one in part(trace, "出库领用")] == ["10-06 午餐"]


def test_a_sample_leads_the_same_way_as_its_dish(desk: Desk):
    of_dish = Tracing(desk).trace("menu_dish", first(desk, "menu_dish"))
    of_sample = Tracing(desk).trace("retained_sample", first(desk, "retained_sample"))

    assert of_sample.parts == of_dish.parts


def test_a_delivery_leads_on_to_the_dishes_of_the_days_it_was_issued_and_misses_a_sample(desk: Desk):
    trace = Tracing(desk).trace("food_purchase", first(desk, "food_purchase"))

    assert [one.title for one in part(trace, "用到它的菜")] == ["10-06 午餐 红烧肉", "10-08 午餐 红烧肉"]
    assert len(part(trace, "出库领用")) == 2
    assert len(part(trace, "留样")) == 1
    note = Tracing(desk).trace("delivery_note", first(desk, "delivery_note"))
    assert note.parts == trace.parts
    out = Tracing(desk).trace("stock_out", first(desk, "stock_out"))
    assert out.parts == trace.parts


def test_without_an_issue_the_latest_delivery_is_named_as_a_guess_and_its_permit_was_over(desk: Desk):
    rice = max(desk.ids(desk.ledger("menu_dish"), Query()))

    trace = Tracing(desk).trace("menu_dish", rice)

    (delivery,) = part(trace, "进货批次")
    assert (delivery.title, delivery.word, delivery.verdict) == ("09-20 大米", "推测", Verdict.LOOK)
    note = next(one.note for one in trace.parts if one.heading == "进货批次")
    assert note == "大米当天没有出库记录，列之前最近一次进货"
    assert [one.word for one in part(trace, "供货单位当天的证照")[1:]] == ["没有登记", "当天有效"]
    assert next(one for one in trace.parts if one.heading == "留样").none == "没有留样记录"
    assert trace.wrong >= 2


def test_a_permit_renewed_in_its_own_record_is_told_as_it_was_on_the_day(desk: Desk):
    papers = desk.ledger("certificate")
    one = first(desk, "certificate")
    renewed = {"number": "JY9", "issued_on": date(2026, 10, 20), "valid_until": date(2031, 10, 19)}
    desk.save(papers, {**desk.draft(papers, one), **renewed}, one)

    permit = part(Tracing(desk).trace("food_purchase", first(desk, "food_purchase")), "供货单位当天的证照")[2]
    desk.undo()

    assert (permit.word, permit.verdict) == ("当天有效，后来已换发", Verdict.GOOD)
    assert permit.facts[0] == ("编号", "JY1")


def test_a_permit_that_had_run_out_on_the_day_is_told_so(desk: Desk):
    delivered = desk.ledger("food_purchase")
    one = max(desk.ids(delivered, Query()))
    late = put(desk, "food_purchase", **{key: desk.draft(delivered, one)[key] for key in ("ingredient", "supplier")},
               bought_on=date(2026, 11, 2))  # fmt: skip

    permit = part(Tracing(desk).trace("food_purchase", late), "供货单位当天的证照")[2]
    desk.undo()

    assert (permit.word, permit.verdict) == ("当天已过期", Verdict.BAD)


def test_a_grower_needs_no_licence_and_a_paper_issued_later_was_not_there_yet(desk: Desk):
    grower = put(desk, "supplier", name="李家合作社", source_kind="农产品生产者")
    put(
        desk, "certificate", kind="检测报告", supplier=grower, issued_on=date(2026, 11, 1), valid_until=date(2027, 1, 1)
    )
    ingredient = first(desk, "ingredient")
    carrots = put(desk, "food_purchase", bought_on=date(2026, 10, 9), ingredient=ingredient, supplier=grower)

    papers = part(Tracing(desk).trace("food_purchase", carrots), "供货单位当天的证照")[1:]

    assert [(one.title, one.word) for one in papers] == [("李家合作社 检测报告", "当天还没有发")]


def test_who_handled_it_is_told_with_the_health_certificate_of_the_day(desk: Desk):
    people = part(Tracing(desk).trace("retained_sample", first(desk, "retained_sample")), "经手人和健康证")

    told = {one.title: (one.word, one.verdict) for one in people}
    assert told["钱乙"] == ("健康证当天有效", Verdict.GOOD)
    assert told["孙丙"] == ("", Verdict.TOLD)
    did = {word for one in people if one.title == "钱乙" for word in one.facts[0][1].split("、")}
    assert did == {"验收人", "领用人", "留样人"}


def test_a_trace_prints_as_a_sheet_that_can_be_searched(desk: Desk):
    trace = Tracing(desk).trace("menu_dish", first(desk, "menu_dish"))

    data = sheet(desk, trace).data

    assert data == sheet(desk, trace).data
    words = Printed(data).text
    assert "食品追溯单" in words
    assert "JY1" in words
    assert "康鲜肉类食品有限公司" in words


def test_without_a_recipe_everything_that_was_issued_for_the_meal_is_listed(desk: Desk):
    soup = put(desk, "menu_dish", served_on=DAY, meal="午餐", dish="紫菜蛋花汤")
    bread = put(desk, "menu_dish", served_on=date(2026, 10, 9), meal="早餐", dish="花卷")

    listed, nothing = (Tracing(desk).trace("menu_dish", one) for one in (soup, bread))

    assert [one.title for one in part(listed, "进货批次")] == ["10-05 猪肉"]
    assert "没有这道菜的用料，列当天领用的全部食材" in {one.note for one in listed.parts}
    assert [(one.none, one.note) for one in nothing.parts if one.heading == "进货批次"] == [
        ("没有找到进货记录", "没有这道菜的用料")
    ]


def test_a_quick_test_and_what_was_thrown_away_of_a_batch_are_told(desk: Desk):
    meat = first(desk, "food_purchase")
    put(desk, "pesticide_test", tested_on=date(2026, 10, 5), sample="猪肉", result="阳性")
    put(desk, "rejected_food", found_on=DAY, batch=meat, cause="其他")
    put(desk, "stock_out", batch=meat, receiver="钱乙")

    trace = Tracing(desk).trace("food_purchase", meat)
    for _ in range(3):
        desk.undo()

    assert [one.verdict for one in part(trace, "当天快检")] == [Verdict.BAD]
    assert [one.verdict for one in part(trace, "同批不合格处置")] == [Verdict.LOOK]
    assert len(part(trace, "出库领用")) == 3
    assert len(part(trace, "用到它的菜")) == 2, "an issue without its day leads to no dish"


def test_many_days_are_told_from_the_first_to_the_last():
    days = [date(2026, 10, day) for day in (8, 9, 10, 12, 13)]

    assert tracing._days(days[:3]) == "10-08、10-09、10-10"
    assert tracing._days(days) == "10-08 至 10-13 共 5 天"


def test_a_dish_without_its_name_cannot_be_followed(desk: Desk):
    one = put(desk, "menu_dish", served_on=DAY)

    with pytest.raises(OfficeError, match="没有写日期或菜名"):
        Tracing(desk).trace("menu_dish", one)
    desk.undo()


def test_only_what_has_a_way_can_be_followed(desk: Desk):
    follow = Tracing(desk)

    assert not follow.can("staff")
    with pytest.raises(OfficeError, match="不能追溯"):
        follow.trace("staff", first(desk, "staff"))
    with pytest.raises(OfficeError, match="可能已经删除"):
        follow.trace("menu_dish", 4711)


def test_the_cook_is_told_with_the_temperature_as_the_rules_judge_it(desk: Desk):
    cook = put(desk, "staff", name="冯师傅", post="厨师")
    told = {"meal": "午餐", "dish": "红烧肉", "cooked_at": time(10, 40), "cook": cook}
    put(desk, "cooked_dish", cooked_on=DAY, **told, core_celsius=Decimal(62))

    trace = Tracing(desk).trace("menu_dish", first(desk, "menu_dish"))
    of_batch = Tracing(desk).trace("food_purchase", first(desk, "food_purchase"))

    (measured,) = part(trace, "烧熟温度")
    assert measured.verdict is not Verdict.GOOD
    assert "62" in measured.text
    assert any("70" in text for label, text in measured.facts if label == "问题：")
    assert ("冯师傅", "测温人") in {(one.title, one.facts[0][1]) for one in part(trace, "经手人和健康证")}
    assert part(of_batch, "烧熟温度") == part(trace, "烧熟温度")
    desk.undo()
    desk.undo()


def test_a_sample_too_light_or_cleared_too_early_is_not_told_as_good(desk: Desk):
    staff = first(desk, "staff")
    for grams, cleared in ((80, datetime(2026, 10, 10, 12)), (150, datetime(2026, 10, 8, 18))):
        one = put(desk, "retained_sample", taken_at=datetime(2026, 10, 8, 11, 20), meal="午餐", dish="红烧肉",
                  grams=grams, sampler=staff, cleared_at=cleared, cleared_by=staff)  # fmt: skip
        (sample,) = part(Tracing(desk).trace("retained_sample", one), "留样")
        assert (sample.verdict, sample.word) == (Verdict.BAD, "不符")
        desk.undo()
