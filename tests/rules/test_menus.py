"""Menus: which dishes schools may not serve, whole weeks, grams for each age."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from school_logistics.rules.book import RuleBook
from school_logistics.rules.food import Purchase, banned
from school_logistics.rules.menus import (
    band_of_grade,
    bands_told,
    dish_not_banned,
    dish_perhaps_banned,
    grams_for,
    has_grams,
    recipe_not_banned,
)
from school_logistics.rules.nutrition import AgeBand
from school_logistics.rules.receiving import not_banned

TODAY = date(2026, 11, 22)


def dish(name: str) -> SimpleNamespace:
    return SimpleNamespace(served_on=TODAY, dish=name)


def line(name: str = "土豆烧鸡块", **grams: str) -> SimpleNamespace:
    told = {"grams_6": None, "grams_9": None, "grams_12": None, "grams_15": None}
    return SimpleNamespace(dish=name, **told | {key: Decimal(value) for key, value in grams.items()})


@pytest.mark.parametrize(
    "name",
    [
        "肉末四季豆",
        "芸豆炖土豆",
        "扁豆丝",
        "梅豆炒肉",
        "鲜黄花菜汤",
        "野生菌汤",
        "凉拌黄瓜",
        "裱花蛋糕",
        "凉拌豇豆",
        "豇豆炒芸豆",
    ],
)
def test_a_dish_that_schools_may_not_cook_is_refused_by_every_name_it_has_here(name: str, book: RuleBook):
    """V-57: 四季豆 is called 芸豆 in Shandong; cold dishes and cream cakes count too."""
    assert "不得" in dish_not_banned(dish(name), book=book, today=TODAY)


@pytest.mark.parametrize("name", ["豇豆炒肉", "长豆角烧茄子", "豆角（豇豆）炒肉", "土豆烧鸡块", "绿豆芽炒粉条"])
def test_cowpeas_and_what_only_sounds_alike_may_be_served(name: str, book: RuleBook):
    """V-57: 豇豆 is another bean and allowed."""
    assert dish_not_banned(dish(name), book=book, today=TODAY) == ""
    assert dish_perhaps_banned(dish(name), book=book, today=TODAY) == ""


def test_a_doubtful_name_is_asked_about(book: RuleBook):
    """V-57: 豆角 may be either bean."""
    assert dish_not_banned(dish("豆角炒肉"), book=book, today=TODAY) == ""
    assert "豇豆" in dish_perhaps_banned(dish("豆角炒肉"), book=book, today=TODAY)


def test_a_forbidden_ingredient_is_refused_in_recipes_and_purchases_alike(book: RuleBook):
    """V-57: sodium nitrite and 芸豆 neither bought nor cooked."""
    for name in ("芸豆", "亚硝酸钠"):
        ingredient = SimpleNamespace(name=name)
        assert recipe_not_banned(line("红烧肉"), ingredient=ingredient, book=book, today=TODAY)
        bought: Purchase = SimpleNamespace(bought_on=TODAY)
        assert not_banned(bought, ingredient=ingredient, book=book, today=TODAY)
    assert banned("豇豆", book, TODAY) is None


def test_an_age_without_grams_of_its_own_takes_those_of_the_nearest():
    told = line(grams_6="85", grams_9="100")
    assert grams_for(told, AgeBand.SIX) == 85
    assert grams_for(told, AgeBand.FIFTEEN) == 100
    assert grams_for(line(), AgeBand.NINE) is None
    assert has_grams(told)
    assert not has_grams(line())
    assert bands_told([told, line(grams_12="120")]) == (AgeBand.SIX, AgeBand.NINE, AgeBand.TWELVE)


def test_three_grades_share_an_age():
    assert [band_of_grade(grade) for grade in (1, 3, 4, 6, 7, 9)] == [
        AgeBand.SIX, AgeBand.SIX, AgeBand.NINE, AgeBand.NINE, AgeBand.TWELVE, AgeBand.TWELVE,
    ]  # fmt: skip
