"""The canteen's meals and money: the week's menu, recipes, who ate, and what came in and went out besides the goods."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from school_logistics.rules.accounts import AccountItem, charge
from school_logistics.rules.calendar import Month
from school_logistics.rules.menus import SCHOOL_WEEK
from school_logistics.rules.samples import Meal
from school_logistics.rules.weeks import monday_of
from school_logistics.services.demo_school.menus import (
    HALF_MEAT,
    MEAT,
    RECIPES,
    VEGETABLE,
    Served,
    diners_on,
    extras_on,
    lower_grams,
    menu_of,
)

if TYPE_CHECKING:
    from school_logistics.services.demo_school.pen import Pen, Plan

_ACCOUNTANT = "刘桂香"
_GRADES_A_HALF = 3
_FRIDAY_BEFORE = 3
"""Days from Monday back to the Friday before."""
_PUPILS = 1046
"""Who have paid for lunch this year."""
_LEFT_OVER = ("", "", "", "米饭剩 2 公斤，入餐厨垃圾", "", "素菜剩 3 公斤，入餐厨垃圾", "", "")
_COOKING: Mapping[str, str] = {"稀饭": "煮", "汤": "煮", "饭": "蒸", "馒头": "蒸", "花卷": "蒸", "烧": "烧", "炖": "炖"}
_USUAL_COOKING = {MEAT: "烧", HALF_MEAT: "炒", VEGETABLE: "炒"}

_PRICE: dict[str, object] = {
    "rule": "meals.price.lunch", "value": "6.0、6.0", "document_no": "明膳委〔2025〕3号",
    "reason": "膳食委员会和家委会讨论通过，已公示",
}  # fmt: skip
"""What lunch costs at this school."""

_MONTHLY: tuple[tuple[AccountItem, int, int, str], ...] = (
    (AccountItem.GAS, 7600, 8200, "天然气费"),
    (AccountItem.UTILITIES, 6100, 6900, "水费、电费"),
    (AccountItem.WAGES, 36800, 37600, "厨师、帮厨等 12 人工资"),
    (AccountItem.SOCIAL_INSURANCE, 5200, 5400, "社会保险"),
    (AccountItem.REPAIR, 300, 1500, "灶具、水管维修"),
    (AccountItem.OFFICE, 120, 380, "表格印刷、标签纸"),
    (AccountItem.FEES, 20, 45, "银行手续费"),
)
"""What is paid each month: between how many yuan, and what for."""


def plan_meals(plan: Plan) -> None:
    """Plan the menus, the recipes, the counts and the accounts."""
    chance = Random(f"meals{plan.first}")
    recipes = [_recipe_line(dish, name, grams) for dish, parts in RECIPES.items() for name, grams in parts.items()]
    begun = plan.workday(plan.first + timedelta(days=1))
    plan.on(begun, "建立菜谱用料", lambda pen: pen.write("recipe_line", recipes), hour=9)
    plan.on(begun, "登记食物成分", lambda pen: pen.write("food_composition", [_MILLET_BUN]), hour=10)
    price = _PRICE | {"valid_from": plan.first}
    plan.on(begun, "规则手册：午餐餐标", lambda pen: pen.write("rule_change", [price]), hour=11)
    _plan_menus(plan)
    for day in plan.school_days:
        _plan_count(plan, day, chance)
    for month in sorted({Month.of(day) for day in plan.school_days}):
        _plan_accounts(plan, month, chance)


_MILLET_BUN: Mapping[str, object] = {
    "name": "小米面", "food_group": "谷薯类", "edible": Decimal(100), "counts": Decimal(100), "energy": Decimal(357),
    "protein": Decimal("7.2"), "fat": Decimal("2.1"), "carbohydrate": Decimal(78), "remark": "供货商检测报告",
}  # fmt: skip


def _recipe_line(dish: str, ingredient: str, grams: str) -> Mapping[str, object]:
    return {"dish": dish, "ingredient": ingredient, "grams_6": lower_grams(grams), "grams_9": Decimal(grams)}


def _plan_menus(plan: Plan) -> None:
    """Each week's menu, made on the Friday before it; that of a weekend with school in the days before."""
    sheets: dict[date, list[dict[str, object]]] = {}
    for day, dishes in menu_of(plan).items():
        ahead = timedelta(days=-_FRIDAY_BEFORE) if day.weekday() < SCHOOL_WEEK else timedelta(days=1)
        made = max(plan.first, monday_of(day) + ahead)
        sheets.setdefault(made, []).extend(_dish(day, one) for one in (*dishes, *extras_on(day)))
    for made, drafts in sheets.items():
        title = f"新增 每日食谱：{drafts[0]['served_on']:%m-%d} 起 {len(drafts)} 道菜"
        plan.on(made, title, _writing(drafts), hour=15)


def _writing(dishes: list[dict[str, object]]) -> Callable[[Pen], None]:
    def write(pen: Pen) -> None:
        pen.write("menu_dish", dishes)

    return write


def _dish(day: date, one: Served) -> dict[str, object]:
    how = next((told for word, told in _COOKING.items() if word in one.name), _USUAL_COOKING.get(one.course))
    return {"served_on": day, "meal": one.meal, "course": one.course, "dish": one.name, "cooking": how}


def _plan_count(plan: Plan, day: date, chance: Random) -> None:
    diners = diners_on(day)
    draft: dict[str, object] = {
        "counted_on": day, "meal": Meal.LUNCH.value, "staff": diners.staff, "accompanying": chance.choice((1, 1, 1, 2)),
        "absent": _PUPILS - diners.pupils, "leftovers": chance.choice(_LEFT_OVER) or None,
    }  # fmt: skip
    for half, pupils in ((1, diners.lower), (1 + _GRADES_A_HALF, diners.upper)):
        first = pupils // _GRADES_A_HALF + chance.randrange(-4, 5)
        second = pupils // _GRADES_A_HALF + chance.randrange(-4, 5)
        grades = (first, second, pupils - first - second)
        draft |= {f"grade_{half + place}": count for place, count in enumerate(grades)}
    plan.on(day, f"新增 用餐人数：{day:%m-%d} 午餐", lambda pen: pen.write("diner_count", [draft]), hour=13)


def _plan_accounts(plan: Plan, month: Month, chance: Random) -> None:
    """What is paid in the month's last days, and what pupils and staff paid."""
    days = [day for day in plan.school_days if month.holds(day)]
    pupils, staff = (sum(counts) for counts in zip(*((d.pupils, d.staff) for d in map(diners_on, days)), strict=True))
    due = charge(Meal.LUNCH.value, pupils, staff, plan.desk.book, days[-1])
    refund = Decimal(chance.randrange(8, 30) * 7)
    booked: list[tuple[AccountItem, Decimal, str]] = [
        (AccountItem.PUPIL_MEALS, due.pupils, f"{month.number}月学生午餐伙食费"),
        (AccountItem.STAFF_MEALS, due.staff, f"{month.number}月教职工午餐伙食费"),
        (AccountItem.REFUND, refund, "请假学生退费"),
        *((item, Decimal(chance.randrange(least, most)), words) for item, least, most, words in _MONTHLY),
    ]
    share = Decimal(len(days)) / 21
    lines = [
        {"booked_on": days[-1], "item": item.value, "summary": words, "handled_by": _ACCOUNTANT,
         "voucher_no": f"{month.number:02}-{number:03}",
         "amount": amount if item in {AccountItem.PUPIL_MEALS, AccountItem.STAFF_MEALS} else round(amount * share, 2)}
        for number, (item, amount, words) in enumerate(booked, start=1)
    ]  # fmt: skip
    title = f"新增 食堂收支：{month.number}月 {len(lines)} 笔"
    plan.on(days[-1], title, lambda pen: pen.write("canteen_account", lines), hour=16)
