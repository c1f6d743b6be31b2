"""What the demonstration school serves at lunch: the week's dishes, what goes into them, and how many eat.

Stock, samples and stock-out of the demonstration are made from this, so that its ledgers tell one story. The answers
hang on the day alone and take nothing from the plan's own chance: whoever asks, and however often, gets the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.rules.samples import Meal
from school_logistics.rules.weeks import monday_of

if TYPE_CHECKING:
    from school_logistics.services.demo_school.pen import Plan


class Served(NamedTuple):
    """One dish of one meal."""

    meal: str
    course: str
    name: str


STAPLE, MEAT, HALF_MEAT, VEGETABLE, SOUP, FRUIT, MILK = "主食", "大荤", "小荤", "素菜", "汤", "水果", "奶制品"

RECIPES: Mapping[str, Mapping[str, str]] = {
    "米饭": {"粳米": "120"},
    "馒头": {"特一粉": "120"},
    "花卷": {"特一粉": "120", "大豆油": "1", "食盐": "0.3"},
    "杂粮饭": {"粳米": "95", "小米": "25"},
    "红烧肉": {"五花肉": "20", "土豆": "40", "酱油": "4", "白糖": "2", "大豆油": "2", "食盐": "0.3"},
    "土豆烧鸡块": {"鸡腿": "25", "土豆": "50", "大葱": "2", "酱油": "3", "大豆油": "3", "食盐": "0.5"},
    "宫保鸡丁": {"鸡胸肉": "22", "黄瓜": "45", "胡萝卜": "15", "白糖": "2", "大豆油": "3", "食盐": "0.5"},
    "香菇炖鸡": {"鸡腿": "25", "香菇": "6", "胡萝卜": "20", "生姜": "1", "酱油": "3", "大豆油": "2", "食盐": "0.5"},
    "糖醋排骨": {"排骨": "28", "白糖": "4", "食醋": "3", "酱油": "3", "大豆油": "3", "食盐": "0.3"},
    "红烧带鱼": {"带鱼": "30", "大葱": "2", "生姜": "1", "酱油": "3", "食醋": "2", "大豆油": "3", "食盐": "0.3"},
    "回锅肉片": {"五花肉": "20", "大白菜": "60", "大葱": "3", "豆瓣酱": "3", "大豆油": "2"},
    "西红柿炒鸡蛋": {"西红柿": "70", "鸡蛋": "45", "大豆油": "3", "食盐": "0.5"},
    "木须肉": {"猪后腿肉": "8", "鸡蛋": "20", "黄瓜": "60", "大豆油": "3", "食盐": "0.5"},
    "鱼香肉丝": {"猪后腿肉": "12", "胡萝卜": "60", "豆瓣酱": "2", "白糖": "1", "食醋": "2", "大豆油": "3"},
    "芹菜炒肉丝": {"猪后腿肉": "12", "芹菜": "80", "大豆油": "3", "食盐": "0.5"},
    "麻婆豆腐": {"豆腐": "90", "猪后腿肉": "6", "豆瓣酱": "3", "淀粉": "1", "大豆油": "3"},
    "黄瓜炒鸡蛋": {"黄瓜": "70", "鸡蛋": "40", "大豆油": "3", "食盐": "0.5"},
    "清炒菠菜": {"菠菜": "120", "大蒜": "2", "大豆油": "3", "食盐": "0.5"},
    "醋溜白菜": {"大白菜": "130", "食醋": "3", "大豆油": "3", "食盐": "0.5"},
    "家常豆腐": {"豆腐": "70", "胡萝卜": "50", "酱油": "2", "大豆油": "3", "食盐": "0.3"},
    "炒土豆丝": {"土豆": "110", "食醋": "2", "大豆油": "3", "食盐": "0.5"},
    "炒西葫芦": {"西葫芦": "130", "大蒜": "2", "大豆油": "3", "食盐": "0.5"},
    "西红柿蛋汤": {"西红柿": "30", "鸡蛋": "10", "淀粉": "1", "食盐": "0.4"},
    "冬瓜排骨汤": {"冬瓜": "60", "排骨": "6", "生姜": "1", "食盐": "0.4"},
    "菠菜豆腐汤": {"菠菜": "30", "豆腐": "30", "食盐": "0.4"},
    "小米稀饭": {"小米": "15"},
    "苹果": {"苹果": "90"},
    "香蕉": {"香蕉": "90"},
    "纯牛奶": {"纯牛奶200mL": "200"},
}
"""Grams raw of each ingredient for one pupil of nine to eleven; the names are those of the demonstration's goods."""

_COURSES: Mapping[str, tuple[str, ...]] = {
    STAPLE: ("米饭", "馒头", "米饭", "花卷", "杂粮饭"),
    MEAT: ("红烧肉", "土豆烧鸡块", "宫保鸡丁", "香菇炖鸡", "糖醋排骨", "红烧带鱼", "回锅肉片"),
    HALF_MEAT: ("西红柿炒鸡蛋", "木须肉", "鱼香肉丝", "芹菜炒肉丝", "麻婆豆腐", "黄瓜炒鸡蛋"),
    VEGETABLE: ("清炒菠菜", "醋溜白菜", "家常豆腐", "炒土豆丝", "炒西葫芦"),
    SOUP: ("西红柿蛋汤", "冬瓜排骨汤", "菠菜豆腐汤", "小米稀饭", "西红柿蛋汤"),
}
_SCHOOL_WEEK = 5
_LOWER_SHARE = Decimal("0.85")
"""What a pupil of six to eight gets of it, as the standard's amounts for the two ages stand to each other."""
_FRUIT_DAYS, _FRIDAY = (0, 2), 4


class Diners(NamedTuple):
    """How many ate lunch: pupils of grades one to three, of four to six, and staff."""

    lower: int
    upper: int
    staff: int

    @property
    def pupils(self) -> int:
        """All pupils."""
        return self.lower + self.upper


def menu_of(plan: Plan) -> Mapping[date, tuple[Served, ...]]:
    """The cooked dishes of every school day: a staple, meat, half-meat, vegetable and soup for lunch."""
    return {day: lunch_on(day) for day in plan.school_days}


@lru_cache(maxsize=4_000)
def lunch_on(day: date) -> tuple[Served, ...]:
    """The cooked dishes of a day's lunch; no dish of one kind comes twice a week, but for staple and soup."""
    monday = monday_of(day)
    dishes = []
    for course, names in _COURSES.items():
        chance = Random(f"{course}{monday}")
        week = chance.sample(names, _SCHOOL_WEEK)
        dishes.append(Served(Meal.LUNCH.value, course, week[day.weekday() % _SCHOOL_WEEK]))
    return tuple(dishes)


def extras_on(day: date) -> tuple[Served, ...]:
    """What comes to lunch uncooked, and is not sampled: fruit on Mondays and Wednesdays, milk on Fridays."""
    if day.weekday() in _FRUIT_DAYS:
        return (Served(Meal.LUNCH.value, FRUIT, "苹果" if day.weekday() else "香蕉"),)
    return (Served(Meal.LUNCH.value, MILK, "纯牛奶"),) if day.weekday() == _FRIDAY else ()


def diners_on(day: date) -> Diners:
    """How many ate lunch on a day."""
    chance = Random(f"diners{day}")
    return Diners(chance.randrange(505, 522), chance.randrange(508, 525), chance.randrange(80, 90))


def lower_grams(grams: str) -> Decimal:
    """What of a recipe a pupil of six to eight gets, in tenths of a gram."""
    share = Decimal(grams) * _LOWER_SHARE
    return share.quantize(Decimal(1) if share >= 1 else Decimal("0.1"), rounding=ROUND_HALF_UP)


def needed_on(day: date) -> Mapping[str, Decimal]:
    """What a day's lunch takes of each ingredient, in kilograms to a tenth: the recipes times those who ate."""
    diners = diners_on(day)
    needed: dict[str, Decimal] = {}
    for dish in (*lunch_on(day), *extras_on(day)):
        for ingredient, grams in RECIPES[dish.name].items():
            share = lower_grams(grams) * diners.lower + Decimal(grams) * (diners.upper + diners.staff)
            needed[ingredient] = needed.get(ingredient, Decimal(0)) + share / 1000
    return {name: kilograms.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP) for name, kilograms in needed.items()}
