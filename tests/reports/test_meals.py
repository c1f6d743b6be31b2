"""Menus, recipes and accounts on paper, from plain values: what stands in which cell, and what each bar says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from school_logistics.models.canteen.accounts import CanteenAccount, DinerCount
from school_logistics.models.canteen.menus import FoodComposition, MenuDish, RecipeLine
from school_logistics.models.canteen.purchases import FoodPurchase, Ingredient
from school_logistics.models.canteen.stock import StockOut
from school_logistics.reports.balance_bars import bar_of, shown
from school_logistics.reports.blocks import Bars, Grid, Note
from school_logistics.reports.canteen_money import books_of
from school_logistics.reports.foods import Kitchen, shipped_foods
from school_logistics.reports.form import Entry
from school_logistics.reports.forms.canteen.accounts import C24
from school_logistics.reports.forms.canteen.diners import C26
from school_logistics.reports.forms.canteen.menus import C23
from school_logistics.rules.accounts import AccountItem, Consumption
from school_logistics.rules.nutrition import FoodGroup, Measured, Range
from tests.reports.plain_source import MONTH, PlainSource, composed, entry, table

MONDAY = date(2026, 11, 9)


def dish(name: str, course: str, *, day: date = MONDAY, one: int = 1) -> Entry:
    return entry(MenuDish.ledger, one, served_on=day, meal="午餐", course=course, dish=name)


def part(of: str, ingredient: str, grams: str, *, lower: str | None = None) -> Entry:
    told: dict[str, Any] = {"dish": of, "ingredient": 1, "ingredient_name": ingredient, "grams_9": Decimal(grams)}
    return entry(RecipeLine.ledger, **told | {"grams_6": Decimal(lower) if lower else None})


MENU = (
    dish("红烧肉", "大荤"), dish("米饭", "主食"), dish("馒头", "主食"), dish("炒油菜", "素菜", day=date(2026, 11, 10)),
    part("红烧肉", "五花肉", "20", lower="17"), part("红烧肉", "土豆", "40", lower="34"),
    part("红烧肉", "大豆油", "2", lower="2"), part("红烧肉", "酱油", "4", lower="3"),
    part("米饭", "东北大米", "120", lower="100"), part("红烧肉", "秘制酱", "1"),
)  # fmt: skip


def test_a_week_shows_its_courses_day_by_day_and_several_dishes_in_one_cell():
    grid = next(block for block in composed(C23, *MENU) if isinstance(block, Grid))
    assert [column.heading for column in grid.columns][2:] == ["星期一", "星期二", "星期三", "星期四", "星期五"]
    assert list(grid.rows) == [
        ("", "日期", "11-09", "11-10", "11-11", "11-12", "11-13"),
        ("午餐", "主食", "米饭\n馒头", "", "", "", ""),
        ("", "大荤", "红烧肉", "", "", "", ""),
        ("", "素菜", "", "炒油菜", "", "", ""),
    ]


def test_a_recipe_tells_main_ingredients_with_grams_for_each_age_and_seasonings_of_the_meal_together():
    rows = table(C23, *MENU, at=1)
    meat = next(row for row in rows if row["品名"] == "红烧肉")
    assert (meat["主配料"], meat["6～8岁"], meat["9～11岁"]) == ("五花肉、土豆、秘制酱", "17、34、1", "20、40、1")
    seasoning = next(row for row in rows if row["类别"] == "调味品")
    assert (seasoning["主配料"], seasoning["9～11岁"]) == ("大豆油、酱油", "2、4")
    assert next(row for row in rows if row["品名"] == "炒油菜")["主配料"] == ""


def test_what_has_no_recipe_is_said_to_be_left_out():
    blocks = composed(C23, *MENU)
    told = "".join(block.text for block in blocks if isinstance(block, Note))
    assert "未计入（没有填用料）：馒头、炒油菜。未计入（没有食物成分）：秘制酱。" in told
    bars = next(block for block in blocks if isinstance(block, Bars))
    assert bars.groups[0].title == "午餐 6～8岁 每人每餐 · 食物量"
    assert len(bars.groups) == 4


def test_an_ingredient_finds_its_food_by_name_by_another_name_or_by_how_its_name_ends():
    own = entry(FoodComposition.ledger, name="粳米", food_group="谷薯类", edible=None, counts=None, energy=Decimal(340))
    kitchen = Kitchen([], [own])
    assert {one.name for name in ("大米", "东北大米（袋装）") if (one := kitchen.food(name))} == {"粳米"}
    assert [one.name for name in ("番茄", "无此物") if (one := kitchen.food(name))] == ["西红柿"]
    rice = kitchen.food("东北大米")
    assert rice is not None
    assert rice.per_hundred["energy"] == 340


def test_shipped_foods_give_what_their_parts_burn():
    for food in shipped_foods().values():
        given = food.per_hundred
        fibre = given["fibre"]
        burnt = 4 * given["protein"] + 9 * given["fat"] + 4 * (given["carbohydrate"] - fibre) + 2 * fibre
        assert abs(burnt - given["energy"]) <= max(Decimal(12), given["energy"] * Decimal("0.12")), food.name
        assert food.group in FoodGroup


@pytest.mark.parametrize(
    ("value", "standard", "told", "word"),
    [
        ("118", Range(Decimal(120), Decimal(140)), "118 g（120～140）", "不足"),
        ("23.44", Range(Decimal("14.0"), Decimal("24.0")), "23.4 g（14～24）", "合适"),
        ("3.2", Range(None, Decimal("2.0")), "3.2 g（≤2）", "偏多"),
        ("0.523", Range(Decimal("0.385")), "0.52 g（≥0.39）", "合适"),
        ("812.4", None, "812 g", ""),
    ],
)
def test_a_bar_says_how_much_there_is_and_what_should_be(value, standard, told, word):
    bar = bar_of(Measured("蛋类", "g", Decimal(value), standard))
    assert (bar.told, bar.word) == (told, word)


def test_every_standard_begins_at_one_line_and_no_bar_runs_over_its_track():
    bars = [bar_of(Measured("甲", "g", Decimal(value), Range(Decimal(20)))) for value in (5, 20, 500)]
    assert {bar.least for bar in bars} == {bars[1].share}
    assert bars[2].share == 1
    assert shown(Decimal(0)) == "0"


def booked(item: AccountItem, amount: str, day: date) -> Entry:
    return entry(CanteenAccount.ledger, booked_on=day, item=item.value, amount=Decimal(amount))


def bought(one: int, day: date, amount: str, ingredient: int = 1, stock: str = "10") -> Entry:
    return entry(
        FoodPurchase.ledger, one, bought_on=day, ingredient=ingredient, amount=Decimal(amount), result="合格",
        stock_quantity=Decimal(stock),
    )  # fmt: skip


def issued(one: int, day: date, quantity: str, batch: int) -> Entry:
    return entry(StockOut.ledger, one, issued_on=day, ingredient=1, issued=Decimal(quantity), batch=batch)


GOODS = (
    entry(Ingredient.ledger, 1, category="粮食"), entry(Ingredient.ledger, 2, category="蔬菜"),
    bought(1, date(2026, 10, 20), "38.40"), bought(2, date(2026, 11, 5), "2448.00", stock="340"),
    issued(1, date(2026, 11, 10), "10", 1), issued(2, date(2026, 11, 20), "339", 2),
)  # fmt: skip


def test_food_costs_what_was_there_and_bought_less_what_is_left():
    rows = {row["名称"]: row for row in table(C24, *GOODS, at=1)}
    assert rows["米、油"] == {
        "名称": "米、油", "上月底库存数": "38.40", "本月账面支出": "2,448.00", "本月实际支出": "2,479.20",
        "本月底库存数": "7.20",
    }  # fmt: skip
    assert rows["合计"]["本月实际支出"] == "2,479.20"


def test_without_a_stock_book_what_was_bought_counts_as_used_up():
    books = books_of(PlainSource(*GOODS[:4]), MONTH)
    used = books.consumption(MONTH.first, MONTH.last)[AccountItem.RICE_AND_OIL]
    assert used == Consumption(Decimal(0), Decimal("2448.00"), Decimal(0))


def test_the_statement_tells_the_month_beside_the_year_so_far():
    sums = (
        booked(AccountItem.PUPIL_MEALS, "9000", date(2026, 11, 30)),
        booked(AccountItem.PUPIL_MEALS, "8000", date(2026, 10, 30)),
        booked(AccountItem.REFUND, "50", date(2026, 11, 30)), booked(AccountItem.WAGES, "3000", date(2026, 11, 30)),
        booked(AccountItem.WAGES, "1", date(2025, 12, 31)),
    )  # fmt: skip
    rows = {row["项目"]: (row["本月金额"], row["本年累计金额"]) for row in table(C24, *sums)}
    assert rows["一、伙食费收入"] == ("8,950.00", "16,950.00")
    assert rows["（5）减：退还伙食费"] == ("50.00", "50.00")
    assert rows["（7）工资"] == ("3,000.00", "3,000.00")
    assert rows["八、净利润"] == ("5,950.00", "13,950.00")
    assert rows["九、营业利润率"] == ("66.5%", "82.3%")


def test_diners_stand_under_their_day_with_the_months_sum_behind():
    rows = table(
        C26, entry(DinerCount.ledger, counted_on=MONDAY, meal="午餐", grade_1=40, pupils=40, staff=6, total=46)
    )
    told = {row["人数"]: (row["9"], row["合计"]) for row in rows if row["人数"]}
    assert told == {"一年级": ("40", "40"), "学生数": ("40", "40"), "教职工数": ("6", "6"), "合计": ("46", "46")}
