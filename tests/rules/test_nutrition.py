"""Meals against the standard for pupils: the tables as they stand in the rule book, and what food gives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from school_logistics.rules.book import RuleBook
from school_logistics.rules.nutrition import (
    COUNTED,
    NUTRIENTS,
    AgeBand,
    Food,
    FoodGroup,
    Portion,
    Range,
    Verdict,
    amount_standard,
    amounts,
    balance,
    daily_need,
    mean,
    nutrient_standard,
    nutrients,
)
from school_logistics.rules.samples import Meal

DAY = date(2026, 10, 12)
SIX, NINE, TWELVE, FIFTEEN = AgeBand

RICE = Food("粳米", FoodGroup.GRAIN, Decimal(100), Decimal(100), {"energy": Decimal(345), "protein": Decimal("7.7")})
EGG = Food("鸡蛋", FoodGroup.EGG, Decimal(88), Decimal(100), {"energy": Decimal(144), "fat": Decimal("8.8")})
TOFU = Food("豆腐", FoodGroup.SOY, Decimal(100), Decimal(35), {"energy": Decimal(81)})
SALT = Food("食盐", FoodGroup.SALT, Decimal(100), Decimal(100), {})


@pytest.mark.parametrize(
    ("group", "meal", "band", "expected"),
    [
        (FoodGroup.GRAIN, Meal.LUNCH, NINE, (120, 140)),
        (FoodGroup.GRAIN, Meal.BREAKFAST, SIX, (75, 90)),
        (FoodGroup.VEGETABLE, Meal.DINNER, FIFTEEN, (180, 200)),
        (FoodGroup.FISH, Meal.LUNCH, FIFTEEN, (20, 24)),
        (FoodGroup.MEAT, Meal.LUNCH, FIFTEEN, (24, 28)),
        (FoodGroup.EGG, Meal.LUNCH, TWELVE, (30, None)),
        (FoodGroup.DAIRY, Meal.BREAKFAST, TWELVE, (75, None)),
        (FoodGroup.OIL, Meal.LUNCH, FIFTEEN, (None, 15)),
        (FoodGroup.SALT, Meal.LUNCH, NINE, (None, 2)),
        (FoodGroup.SALT, Meal.BREAKFAST, FIFTEEN, (None, 2)),
    ],
)
def test_amounts_are_those_of_tables_three_and_four(group, meal, band, expected, book: RuleBook):
    assert amount_standard(group, meal.value, band, book, DAY) == Range(*expected)


def test_a_snack_and_what_the_standard_does_not_count_have_no_amount(book: RuleBook):
    assert amount_standard(FoodGroup.GRAIN, Meal.SNACK.value, NINE, book, DAY) is None
    assert amount_standard(FoodGroup.OTHER, Meal.LUNCH.value, NINE, book, DAY) is None


def test_a_days_need_is_the_mean_of_boys_and_girls(book: RuleBook):
    assert daily_need("energy", NINE, book, DAY) == 2000
    assert daily_need("energy", SIX, book, DAY) == 1625
    assert daily_need("energy", FIFTEEN, book, DAY) == 2625
    assert daily_need("vitamin_a", TWELVE, book, DAY) == 675
    assert daily_need("fat", NINE, book, DAY) is None


def test_lunch_gives_thirty_five_to_forty_per_cent_of_a_day_energy_within_ninety_to_a_hundred_and_ten(book: RuleBook):
    least, most = nutrient_standard("energy", Meal.LUNCH.value, NINE, book, DAY) or Range(None)
    assert (least, most) == (2000 * Decimal("0.35") * Decimal("0.9"), 2000 * Decimal("0.40") * Decimal("1.1"))
    assert nutrient_standard("protein", Meal.BREAKFAST.value, NINE, book, DAY) == Range(
        50 * Decimal("0.25") * Decimal("0.8"), 50 * Decimal("0.30") * Decimal("1.2")
    )
    assert nutrient_standard("calcium", Meal.DINNER.value, NINE, book, DAY) == Range(850 * Decimal("0.30"))


def test_what_was_not_read_in_the_original_is_marked_for_the_clerk(book: RuleBook):
    assert not book.entry("nutrition.amount.main.soy", DAY).verified
    assert "12、14、16、20" in book.entry("nutrition.amount.main.soy", DAY).note
    assert all(not book.entry(f"nutrition.day.{key}.6", DAY).verified for key in ("energy", "iron", "vitamin_c"))


def test_a_table_that_was_cut_short_leaves_its_last_ages_without_a_standard(book: RuleBook):
    short = book.with_overrides([book.changed("nutrition.amount.main.grain", "100、120、120、140", date(2026, 9, 1))])
    assert amount_standard(FoodGroup.GRAIN, Meal.LUNCH.value, NINE, short, DAY) == Range(Decimal(120), Decimal(140))
    assert amount_standard(FoodGroup.GRAIN, Meal.LUNCH.value, FIFTEEN, short, DAY) is None


def test_only_the_edible_part_counts_and_tofu_as_dry_beans():
    eaten = [Portion(RICE, Decimal(120)), Portion(EGG, Decimal(50)), Portion(TOFU, Decimal(100))]
    found = amounts(eaten)
    assert [int(found[group]) for group in (FoodGroup.GRAIN, FoodGroup.EGG, FoodGroup.SOY)] == [120, 44, 35]
    assert nutrients(eaten)["energy"] == Decimal(120) * Decimal("3.45") + 44 * Decimal("1.44") + 81


def test_bars_say_what_is_short_right_and_too_much(book: RuleBook):
    eaten = [Portion(RICE, Decimal(130)), Portion(EGG, Decimal(10)), Portion(SALT, Decimal(3))]
    bars = {one.label: one for one in balance(eaten, Meal.LUNCH.value, NINE, book, DAY).all}
    assert bars["谷薯类"].verdict is Verdict.RIGHT
    assert bars["蛋类"].verdict is Verdict.SHORT
    assert bars["盐"].verdict is Verdict.OVER
    assert bars["脂肪"].verdict is Verdict.UNKNOWN
    assert bars["脂肪供能比"].verdict is Verdict.SHORT
    assert len(bars) == len(COUNTED) + len(NUTRIENTS) + 2


def test_a_meal_of_nothing_known_has_no_shares_of_energy(book: RuleBook):
    assert len(balance([], Meal.LUNCH.value, NINE, book, DAY).nutrients) == len(NUTRIENTS)
    assert all(one.standard is None for one in balance([], Meal.LUNCH.value, NINE, None, DAY).all)


def test_the_mean_of_a_week_is_over_its_meals(book: RuleBook):
    days = [balance([Portion(RICE, Decimal(grams))], Meal.LUNCH.value, NINE, book, DAY) for grams in (100, 140)]
    week = mean(days)
    assert week is not None
    assert week.amounts[0].value == 120
    assert mean([]) is None
