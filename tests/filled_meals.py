"""Menus, recipes, diners and sums behind the forms of the canteen's meals and money."""

from __future__ import annotations

from school_logistics.services.desk import Desk
from tests.filling import Size, add, spread

_COURSES = ("主食", "大荤", "小荤", "素菜", "汤")
_DISHES = ("米饭", "土豆烧鸡块", "西红柿炒鸡蛋", "醋溜白菜", "西红柿蛋汤")
_RECIPES = (
    ("米饭", "大米", "100", "120"),
    ("土豆烧鸡块", "鸡腿", "21", "25"),
    ("西红柿炒鸡蛋", "西红柿", "60", "70"),
    ("醋溜白菜", "大白菜", "110", "130"),
    ("西红柿蛋汤", "西红柿", "26", "30"),
)
_DINERS = {"grade_1": "172", "grade_2": "169", "grade_6": "175", "staff": "85", "accompanying": "1", "absent": "9"}
_SUMS = (("学生伙食费", "62000"), ("退还伙食费", "84"), ("燃气", "6552"), ("水电", "5820.86"), ("工资", "31564.29"))


def fill_meals(desk: Desk, size: Size) -> None:
    """Five dishes a day on as many days as there are lines for, everybody counted, and the month's sums."""
    days = sorted(set(spread(size.lines)))
    add(desk, "recipe_line", (
        {"dish": dish, "ingredient": name, "grams_6": lower, "grams_9": upper, "remark": size.remark}
        for dish, name, lower, upper in _RECIPES
    ))  # fmt: skip
    add(desk, "food_composition", [{"name": "自制豆沙", "food_group": "其他", "energy": "240"}])
    add(desk, "menu_dish", (
        {"served_on": day, "course": course, "dish": dish, "cooking": "炒", "remark": size.remark}
        for day in days for course, dish in zip(_COURSES, _DISHES, strict=True)
    ))  # fmt: skip
    add(desk, "diner_count", ({"counted_on": day, **_DINERS, "leftovers": "米饭剩 3 公斤"} for day in days))
    add(desk, "canteen_account", (
        {"booked_on": days[-1], "item": item, "amount": amount, "summary": f"本月{size.stretch}"}
        for item, amount in _SUMS
    ))  # fmt: skip
