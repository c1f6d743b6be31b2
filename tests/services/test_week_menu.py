"""The week's menu as a grid, and whether the canteen's ledgers agree: over one small canteen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from school_logistics.errors import OfficeError, Unacceptable
from school_logistics.rules.calendar import Month
from school_logistics.rules.nutrition import AgeBand
from school_logistics.services.cross_checks import cross_checks
from school_logistics.services.desk import Desk
from school_logistics.services.month import MonthPack
from school_logistics.services.rows import Query
from school_logistics.services.week_menu import Place, WeekMenus
from tests.office import ingredient, new_desk, purchase, write

MONDAY = date(2026, 11, 9)
BEFORE = date(2026, 11, 2)
NOVEMBER = Month(2026, 11)


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """A canteen with recipes, a day planned and counted; every test keeps to weeks of its own."""
    desk = new_desk()
    for name, category in (("粳米", "粮食"), ("土豆", "蔬菜"), ("鸡腿", "禽肉")):
        ingredient(desk, name, category)
    for dish, name, grams in (("米饭", "粳米", "120"), ("土豆烧鸡块", "土豆", "50"), ("土豆烧鸡块", "鸡腿", "25")):
        write(desk, "recipe_line", dish=dish, ingredient=name, grams_9=grams)
    for day in ("2026-11-02", "2026-09-07", "2026-09-08"):
        for course, dish in (("主食", "米饭"), ("大荤", "土豆烧鸡块")):
            write(desk, "menu_dish", served_on=day, course=course, dish=dish)
    write(desk, "diner_count", counted_on="2026-11-02", pupils="1000", staff="0")
    yield desk
    desk.store.close()


@pytest.fixture(scope="module")
def menus(desk: Desk) -> WeekMenus:
    return WeekMenus(desk)


def test_a_cell_holds_several_dishes_and_is_written_in_one_step(desk: Desk, menus: WeekMenus):
    place = Place(MONDAY, "午餐", "素菜")

    told = menus.write(place, "炒土豆丝，醋溜白菜、炒土豆丝")

    assert told == "已存：食谱 11-09 午餐素菜：炒土豆丝、醋溜白菜"
    assert menus.week(MONDAY).text(place) == "炒土豆丝、醋溜白菜"
    menus.write(place, "醋溜白菜、清炒菠菜")
    assert menus.week(MONDAY).text(place) == "醋溜白菜、清炒菠菜"
    desk.undo()
    assert menus.week(MONDAY).text(place) == "炒土豆丝、醋溜白菜"


def test_a_dish_that_may_not_be_served_changes_nothing(desk: Desk, menus: WeekMenus):
    """V-57: 芸豆 is refused with its clause."""
    place = Place(BEFORE, "午餐", "大荤")
    with pytest.raises(Unacceptable) as refused:
        menus.write(place, "芸豆炖肉")
    assert "不得购进、加工" in refused.value.objections[0].sentence
    assert refused.value.objections[0].clause == "教育部令第45号第36条"
    assert menus.week(BEFORE).text(place) == "土豆烧鸡块"


def test_a_week_is_copied_in_one_step_and_taken_back_in_one(desk: Desk, menus: WeekMenus):
    source, target = date(2026, 9, 7), date(2026, 9, 14)
    assert menus.week_before(target) == source
    menus.write(Place(target, "午餐", "汤"), "紫菜汤")
    before = desk.count(desk.ledger("menu_dish"), Query())

    told = menus.copy(source, target)

    assert told == "已照抄 09-07 一周食谱到 09-14：2 天 4 道菜"
    assert set(menus.week(target).dishes(target, "午餐")) > {"紫菜汤"}, "a cell that was planned stays"
    assert menus.week(target).dishes(date(2026, 9, 15), "午餐") == ("米饭", "土豆烧鸡块")
    desk.undo()
    assert desk.count(desk.ledger("menu_dish"), Query()) == before


def test_one_dish_that_stands_keeps_only_its_own_cell_from_being_copied(desk: Desk, menus: WeekMenus):
    source, target = date(2026, 4, 13), date(2026, 4, 20)
    menus.write(Place(source, "午餐", "大荤"), "土豆烧鸡块")
    menus.write(Place(source, "午餐", "素菜"), "炒油菜、清炒白菜")
    menus.write(Place(target, "午餐", "素菜"), "炒菠菜")
    assert menus.can_copy(source, menus.week(target))

    told = menus.copy(source, target)

    assert told == "已照抄 04-13 一周食谱到 04-20：1 天 1 道菜；没有抄：04-20 午餐素菜已有炒菠菜"
    assert set(menus.week(target).dishes(target, "午餐")) == {"炒菠菜", "土豆烧鸡块"}
    assert not menus.can_copy(source, menus.week(target))
    for _ in range(4):
        desk.undo()


def test_where_nothing_can_be_copied_it_is_said_and_nothing_is_written(menus: WeekMenus):
    assert menus.week_before(date(2026, 3, 2)) is None
    with pytest.raises(OfficeError, match="没有改动"):
        menus.copy(BEFORE, BEFORE)


def test_dishes_are_found_by_their_initials_those_of_the_course_first(menus: WeekMenus):
    assert [one.name for one in menus.offered("tdsjk", "大荤")] == ["土豆烧鸡块"]
    assert [one.name for one in menus.offered("", "主食")][:2] == ["米饭", "土豆烧鸡块"]
    assert menus.offered("鱼", "大荤") == []


def test_a_week_shows_days_without_school_and_weekends_only_with_reason(menus: WeekMenus):
    october = menus.week(date(2026, 10, 5))
    assert [(f"{head.day:%m-%d}", bool(head.closed)) for head in october.days] == [
        ("10-05", True), ("10-06", True), ("10-07", True), ("10-08", False), ("10-09", False), ("10-10", False),
    ]  # fmt: skip


def test_a_day_is_weighed_by_its_recipes_and_says_what_has_none(menus: WeekMenus):
    day, friday = date(2026, 9, 21), date(2026, 9, 25)
    for course, dish in (("主食", "米饭"), ("大荤", "土豆烧鸡块"), ("素菜", "炒油菜")):
        menus.write(Place(day, "午餐", course), dish)
    menus.forget({"recipe_line"})
    week = menus.week(day)
    found = menus.of_day(week, day, "午餐", AgeBand.NINE)
    assert found is not None
    assert found.amounts[0].value == Decimal(120) + 50 * Decimal("0.94") * Decimal("0.25")
    assert menus.left_out(week, day, "午餐") == "未计入（没有填用料）：炒油菜。"
    assert menus.left_out(week, friday, "午餐") == ""
    assert menus.of_day(week, friday, "午餐", AgeBand.NINE) is None
    assert menus.of_week(week, "午餐", AgeBand.NINE) is not None
    assert menus.bands() == (AgeBand.NINE,)


def test_ledgers_that_do_not_agree_are_told_with_their_places(desk: Desk):
    """V-60 V-61 V-62 V-63 V-64: recipes and stock, menu and samples, purchases, income, certificates."""
    purchase(desk, ingredient="粳米", quantity="300", unit_price="5", bought_on="2026-11-02", produced_on="2026-10-20",
             shelf_life="12个月", inspector="吴桂香", second_inspector="杨雪")  # fmt: skip
    write(desk, "stock_out", issued_on="2026-11-02", purpose="午餐", ingredient="粳米", issued="60", receiver="郭建军",
          storekeeper="孙浩")  # fmt: skip
    for name, until in (("何春华", "2026-11-10"), ("邓小红", "2027-06-30")):
        write(desk, "staff", name=name, post="留样员", phone="13800000009", health_no="JK1", health_until=until)
    write(desk, "canteen_account", booked_on="2026-11-20", item="学生伙食费", amount="3000")
    write(
        desk, "retained_sample", taken_at="2026-11-02 11:20", meal="午餐", dish="炖粉条", grams="150", sampler="邓小红"
    )

    found = {(one.clause, one.day or one.title): one for one in cross_checks(desk, NOVEMBER)}

    assert "粳米 应用 120 公斤，出库 60 公斤（差 50%）" in found["V-60", "11-02"].why
    assert "食谱上有、没有留样：米饭、土豆烧鸡块；留了样、食谱上没有：炖粉条" in found["V-61", "11-02"].why
    assert "应收学生伙食费 6,000.00 元，记了 3,000.00 元，相差 50.0%" in found["V-63", "学生伙食费"].why
    assert "超过 2%" in found["V-63", "收支平衡"].why
    assert found["V-64", ""].why.endswith("没有有效健康证：何春华")
    assert ("V-62", "") not in found, "what was bought came in"
    assert all(one.look and not one.is_gap for one in found.values())
    assert {one.clause for one in MonthPack(desk).doubts(NOVEMBER)} >= {"V-60", "V-61", "V-63", "V-64"}
