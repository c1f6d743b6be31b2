"""Waste never to a farm, meals with a head of the school, additives by two or none at all, residues from half on."""

from datetime import date
from decimal import Decimal

import pytest

from school_logistics.rules import additives, dining, pesticide, waste

DAY = date(2026, 10, 13)


def told(hazard: dict[str, object] | None) -> str:
    """What a hazard says."""
    assert hazard is not None
    return str(hazard["description"])


def test_the_carrier_of_waste_is_under_contract(row):
    """V-59: the carrier has a contract that has not run out."""
    load = row(handed_on=DAY)
    good = row(name="清源收运", contract_until=DAY)
    assert waste.under_contract(load, carrier=good) == ""
    assert "2026-10-12 已到期" in waste.under_contract(
        load, carrier=row(name="清源收运", contract_until=date(2026, 10, 12))
    )
    assert "没有登记收运协议" in waste.under_contract(load, carrier=row(name="清源收运"))
    assert waste.under_contract(load, carrier=None) == ""
    assert waste.carrier_of(load, carrier=good) == "清源收运"


@pytest.mark.parametrize("place", ["东岭养殖场", "村里喂猪", "李家猪场", "饲养户"])
def test_waste_never_goes_to_a_farm(book, row, place):
    """V-59: never to feed animals."""
    assert "畜禽" in waste.never_to_a_farm(row(handed_on=DAY, destination=place), book=book, today=DAY)


def test_waste_may_go_to_its_plant(book, row):
    assert waste.never_to_a_farm(row(handed_on=DAY, destination="餐厨废弃物处理厂"), book=book, today=DAY) == ""
    assert "养殖" in waste.never_to_a_farm(row(carrier_name="兴旺养殖合作社"), book=book, today=DAY)


def test_nobody_of_the_canteen_sits_in_for_the_school(row):
    """V-54: the canteen's own staff does not count."""
    assert "厨师" in dining.no_canteen_hand(row(diner="宋文斌"), posts=("厨师",))
    assert dining.no_canteen_hand(row(diner="刘敏"), posts=("分管副校长",)) == ""
    assert dining.no_canteen_hand(row(diner="孟老师"), posts=()) == ""


def test_a_head_of_the_school_says_which(row):
    """V-54: at least one head of the school a meal, by post."""
    assert dining.leads_the_school(None, "学校负责人")
    assert dining.leads_the_school("校长", "学校负责人") == dining.leads_the_school(None, "家长") == ""
    assert dining.weekday_of(row(eaten_on=DAY)) == "星期二"
    assert dining.weekday_of(row()) is None


def test_a_bad_mark_or_a_reaction_is_a_hazard(row):
    assert dining.hazard_of_meal(row(food="中", hygiene="良")) is None
    found = dining.hazard_of_meal(row(eaten_on=DAY, meal="午餐", food="差", hygiene="差", problem="汤凉"))
    assert told(found) == "饭菜质量、食堂卫生评价为差；汤凉"
    assert "两名学生腹痛" in told(dining.hazard_of_meal(row(reaction="两名学生腹痛")))


@pytest.mark.parametrize("typed", ["未使用", "本月没有使用", "无", "本月未使用"])
def test_a_month_without_additives_is_told_in_many_ways(typed):
    assert additives.tidy_additive(typed) == additives.NOT_USED


def test_an_additive_is_weighed_and_used_by_two(row):
    use = row(additive="泡打粉", used_by=1, witness=2, kept_apart=True)
    assert additives.wanted("grams", use) == "使用量没有填"
    assert additives.two_present(use) == additives.five_kept(use) == ""
    assert "不能就是使用人" in additives.two_present(row(additive="泡打粉", used_by=1, witness=1))
    assert "两人在场" in additives.two_present(row(additive="泡打粉", used_by=1))
    assert "专柜存放" in additives.five_kept(row(additive="泡打粉"))


def test_a_report_of_none_wants_nothing_else(row):
    none = row(additive=additives.NOT_USED)
    assert additives.wanted("grams", none) == additives.two_present(none) == additives.five_kept(none) == ""


def test_a_month_has_uses_or_a_report_of_none(row):
    none, use = row(additive=additives.NOT_USED), row(additive="泡打粉")
    assert "使用泡打粉" in additives.none_or_some(none, others=("泡打粉",))
    assert "已经报过" in additives.none_or_some(none, others=(additives.NOT_USED,))
    assert "已报未使用" in additives.none_or_some(use, others=(additives.NOT_USED,))
    assert additives.none_or_some(use, others=("泡打粉",)) == additives.none_or_some(none, others=()) == ""


def test_half_the_enzyme_stopped_is_positive(book, row):
    assert pesticide.verdict_of(row(tested_on=DAY, inhibition=Decimal(50)), book=book) == "阳性"
    assert pesticide.verdict_of(row(tested_on=DAY, inhibition=Decimal("49.9")), book=book) == "阴性"
    assert pesticide.verdict_of(row(tested_on=DAY), book=book) is None


def test_a_result_agrees_with_its_reading(book, row):
    wrong = row(tested_on=DAY, inhibition=Decimal("57.4"), result="阴性")
    assert "50 % 以上判阳性" in pesticide.agrees_with_reading(wrong, book=book)
    right = row(tested_on=DAY, inhibition=Decimal("12.5"), result="阴性")
    assert pesticide.agrees_with_reading(right, book=book) == ""
    assert pesticide.agrees_with_reading(row(result="阳性"), book=book) == ""
    assert pesticide.measured(row(method="酶抑制率法"))
    assert pesticide.measured(row(method="胶体金")) == ""


def test_a_positive_test_is_a_hazard(row):
    assert pesticide.hazard_of_residue(row(result="阴性")) is None
    assert told(pesticide.hazard_of_residue(row(result="阳性", sample="菠菜"))) == "菠菜农药残留快检阳性"
