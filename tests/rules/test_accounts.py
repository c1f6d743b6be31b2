"""The canteen's money: meals paid for, goods used up, and the account in balance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from school_logistics.rules.accounts import (
    GRADES,
    AccountItem,
    Consumption,
    apart,
    balance_fault,
    charge,
    diners_of,
    direction_of,
    grades_add_up,
    item_of,
    pupils_of,
    totals,
)
from school_logistics.rules.book import RuleBook

DAY = date(2026, 10, 12)


def counted(**told: Any) -> SimpleNamespace:
    return SimpleNamespace(**dict.fromkeys((*GRADES, "pupils", "staff", "accompanying")) | told)


def test_what_was_used_up_is_what_was_there_and_bought_less_what_is_left():
    month = Consumption(Decimal("38.40"), Decimal("2448.00"), Decimal("7.20"))
    assert month.consumed == Decimal("2479.20")
    assert month.plus(month).consumed == 2 * month.consumed


def test_meals_times_price_is_what_pupils_owe(book: RuleBook):
    own = book.with_overrides([book.changed("meals.price.lunch", "11、11", date(2026, 9, 1))])
    assert sum(charge("午餐", 1150, 0, own, DAY).pupils for _ in range(21)) == Decimal(265650)
    assert charge("午餐", 1000, 85, own, DAY).total == 11935


@pytest.mark.parametrize(
    ("category", "item"),
    [
        ("粮食", "米、油"),
        ("食用油", "米、油"),
        ("调味品", "调味品"),
        ("食品相关产品", "其他物料"),
        ("畜肉", "菜品"),
        (None, "其他物料"),
    ],
)
def test_goods_stand_under_the_item_of_their_category(category: str | None, item: str):
    assert item_of(category).value == item


def test_the_statement_adds_up_from_income_to_net():
    sums = {
        AccountItem.PUPIL_MEALS: Decimal(10000), AccountItem.SUBSIDY: Decimal(500), AccountItem.REFUND: Decimal(100),
        AccountItem.DISHES: Decimal(5000), AccountItem.WAGES: Decimal(3000), AccountItem.TAX: Decimal(50),
        AccountItem.REPAIR: Decimal(200), AccountItem.FEES: Decimal(10), AccountItem.OTHER_LOSS: Decimal(40),
        AccountItem.INCOME_TAX: Decimal(0),
    }  # fmt: skip
    told = totals(sums)
    assert [int(one) for one in (told.income, told.expense, told.operating)] == [10400, 8000, 2140]
    assert told.gross == told.net == Decimal(2100)
    assert told.materials_rate == Decimal(5000) / 10400 * 100
    assert totals({}).operating_rate is None


def test_an_account_more_than_two_per_cent_out_of_balance_is_told():
    assert balance_fault(Decimal(200), Decimal(10000), Decimal(2)) == ""
    assert "结余" in balance_fault(Decimal(201), Decimal(10000), Decimal(2))
    assert "亏损" in balance_fault(Decimal(-300), Decimal(10000), Decimal(2))
    assert balance_fault(Decimal(5), Decimal(0), Decimal(2)) == ""


def test_pupils_are_the_grades_together_and_everybody_is_counted_once():
    row = counted(grade_1=40, grade_6=38, pupils=None, staff=6)
    assert pupils_of(row) == 78
    assert diners_of(counted(pupils=78, staff=6, accompanying=1)) == 85
    assert diners_of(counted()) is None
    assert grades_add_up(counted(grade_1=40, pupils=41)) == "各年级合计 40 人，学生数写的是 41 人"
    assert grades_add_up(counted(pupils=41)) == ""


def test_every_item_either_comes_in_or_goes_out():
    told = {item: direction_of(SimpleNamespace(item=item.value)) for item in AccountItem}
    assert {item.value for item, way in told.items() if way == "收入"} == {
        "学生伙食费", "教职工伙食费", "财政或学校补助", "其他收入", "营业外收入",
    }  # fmt: skip
    assert direction_of(SimpleNamespace(item=None)) is None


def test_sums_differ_by_a_share_of_the_greater():
    assert apart(Decimal(80), Decimal(100)) == 20
    assert apart(Decimal(0), Decimal(0)) == 0
