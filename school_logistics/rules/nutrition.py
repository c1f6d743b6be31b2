"""What a meal gives a pupil, and what it should: amounts per food group and nutrients against the standard.

WS/T 554-2017 《学生餐营养指南》 (2018-02-01) gives for each age the amounts of food a meal (tables 3 and 4, edible
part, raw) and the energy and nutrients a day (table 1), of which a meal has its share. The rule book holds the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.rules.samples import Meal

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook

_HUNDRED = Decimal(100)
_NOTHING = Decimal(0)
_KCAL_OF_FAT, _KCAL_OF_CARBOHYDRATE = Decimal(9), Decimal(4)


class AgeBand(StrEnum):
    """The ages the standard tells apart."""

    SIX = "6～8岁"
    NINE = "9～11岁"
    TWELVE = "12～14岁"
    FIFTEEN = "15～17岁"


BANDS = tuple(AgeBand)


class FoodGroup(StrEnum):
    """The groups in which the standard counts food; what it does not count is 其他."""

    GRAIN = "谷薯类"
    VEGETABLE = "蔬菜类"
    FRUIT = "水果类"
    MEAT = "畜禽肉类"
    FISH = "鱼虾类"
    EGG = "蛋类"
    DAIRY = "奶及奶制品"
    SOY = "大豆及其制品和坚果"
    OIL = "植物油"
    SALT = "盐"
    OTHER = "其他"


COUNTED: Mapping[FoodGroup, str] = {
    FoodGroup.GRAIN: "grain",
    FoodGroup.VEGETABLE: "vegetable",
    FoodGroup.FRUIT: "fruit",
    FoodGroup.MEAT: "meat",
    FoodGroup.FISH: "fish",
    FoodGroup.EGG: "egg",
    FoodGroup.DAIRY: "dairy",
    FoodGroup.SOY: "soy",
    FoodGroup.OIL: "oil",
    FoodGroup.SALT: "salt",
}
"""The groups with an amount of their own, and how the rule book calls them."""

LIMITED = frozenset({FoodGroup.OIL, FoodGroup.SALT})
"""Of these the standard is what should not be passed."""

SEASONINGS = frozenset({FoodGroup.OIL, FoodGroup.SALT, FoodGroup.OTHER})
"""What a quantified recipe tells in the day's line of seasonings."""


class Nutrient(NamedTuple):
    """One thing counted in food."""

    key: str
    label: str
    unit: str


NUTRIENTS = (
    Nutrient("energy", "能量", "kcal"),
    Nutrient("protein", "蛋白质", "g"),
    Nutrient("fat", "脂肪", "g"),
    Nutrient("carbohydrate", "碳水化合物", "g"),
    Nutrient("fibre", "膳食纤维", "g"),
    Nutrient("calcium", "钙", "mg"),
    Nutrient("iron", "铁", "mg"),
    Nutrient("zinc", "锌", "mg"),
    Nutrient("vitamin_a", "维生素A", "μg"),
    Nutrient("vitamin_b1", "维生素B1", "mg"),
    Nutrient("vitamin_b2", "维生素B2", "mg"),
    Nutrient("vitamin_c", "维生素C", "mg"),
)
_SHORT = {FoodGroup.SOY: "大豆和坚果"}
"""What a bar is called where the standard's own name is too long."""
_SHARES = (Nutrient("fat", "脂肪供能比", "%"), Nutrient("carbohydrate", "碳水供能比", "%"))


class Food(NamedTuple):
    """What 100 grams of the edible part of a food give."""

    name: str
    group: FoodGroup
    edible_percent: Decimal
    """How much of it as bought can be eaten."""
    counts_percent: Decimal
    """How much of the edible part counts in its group: tofu as dry soybeans, potatoes as dry grain."""
    per_hundred: Mapping[str, Decimal]
    """By the key of the nutrient."""


class Portion(NamedTuple):
    """So many grams of a food, raw as bought, for one pupil."""

    food: Food
    grams: Decimal


class Range(NamedTuple):
    """What should be reached, and what not be passed; None where there is no such bound."""

    least: Decimal | None
    most: Decimal | None = None


class Verdict(StrEnum):
    """How an amount stands to the standard."""

    SHORT = "不足"
    RIGHT = "合适"
    OVER = "偏多"
    UNKNOWN = ""


class Measured(NamedTuple):
    """One bar: what there is of something, and what should be."""

    label: str
    unit: str
    value: Decimal
    standard: Range | None

    @property
    def verdict(self) -> Verdict:
        """How it stands; nothing is said where the standard asks for nothing."""
        if self.standard is None:
            return Verdict.UNKNOWN
        least, most = self.standard
        if least is not None and self.value < least:
            return Verdict.SHORT
        return Verdict.OVER if most is not None and self.value > most else Verdict.RIGHT


class Balance(NamedTuple):
    """A meal against the standard."""

    amounts: tuple[Measured, ...]
    nutrients: tuple[Measured, ...]

    @property
    def all(self) -> tuple[Measured, ...]:
        """Every bar."""
        return (*self.amounts, *self.nutrients)


def amounts(portions: Iterable[Portion]) -> dict[FoodGroup, Decimal]:
    """Grams of each food group, edible and as they count there."""
    found = dict.fromkeys(COUNTED, _NOTHING)
    for food, grams in portions:
        if food.group in found:
            found[food.group] += grams * food.edible_percent * food.counts_percent / _HUNDRED / _HUNDRED
    return found


def nutrients(portions: Iterable[Portion]) -> dict[str, Decimal]:
    """What the portions give together, by the key of the nutrient."""
    found = {one.key: _NOTHING for one in NUTRIENTS}
    for food, grams in portions:
        eaten = grams * food.edible_percent / _HUNDRED
        for key in found:
            found[key] += eaten * food.per_hundred.get(key, _NOTHING) / _HUNDRED
    return found


def amount_standard(group: FoodGroup, meal: str, band: AgeBand, book: RuleBook, on: date) -> Range | None:
    """How much of a food group a meal should have, grams a pupil (tables 3 and 4); of oil and salt no more than that.

    Where the table gives one figure it is what should be reached. None for a snack.
    """
    table = {Meal.BREAKFAST: "breakfast", Meal.LUNCH: "main", Meal.DINNER: "main"}.get(Meal(meal))
    if table is None or group not in COUNTED:
        return None
    values = book.numbers(f"nutrition.amount.{table}.{COUNTED[group]}", on)
    pair = values[2 * BANDS.index(band) :][:2]
    if len(pair) < len(Range._fields):
        return None
    least, most = pair
    if group in LIMITED:
        return Range(None, most)
    return Range(least, most if most > least else None)


def daily_need(key: str, band: AgeBand, book: RuleBook, on: date) -> Decimal | None:
    """What a pupil needs a day (table 1), the mean of boys and girls; None for what the table does not count."""
    entry = f"nutrition.day.{key}" + (".6" if band is AgeBand.SIX else "")
    if not book.has(entry):
        return None
    values = book.numbers(entry, on)
    at = 0 if band is AgeBand.SIX else 2 * (BANDS.index(band) - 1)
    pair = values[at : at + 2]
    return sum(pair, _NOTHING) / len(pair) if pair else None


def nutrient_standard(key: str, meal: str, band: AgeBand, book: RuleBook, on: date) -> Range | None:
    """What a meal should give of a nutrient: its share of the day; energy and protein within their bounds.

    Energy is right from 90 % to 110 %, protein from 80 % to 120 %; of the rest there is no too much.
    """
    need = daily_need(key, band, book, on)
    share = f"nutrition.meal.{Meal(meal).name.lower()}"
    if need is None or not book.has(share):
        return None
    least, most = (one / _HUNDRED for one in book.numbers(share, on))
    within = f"nutrition.within.{key}"
    if not book.has(within):
        return Range(need * least)
    low, high = (one / _HUNDRED for one in book.numbers(within, on))
    return Range(need * least * low, need * most * high)


def balance(portions: Iterable[Portion], meal: str, band: AgeBand, book: RuleBook | None, on: date) -> Balance:
    """A meal against the standard of the day; without a rule book only what it gives."""
    eaten = list(portions)
    grams, given = amounts(eaten), nutrients(eaten)

    def group_bar(group: FoodGroup) -> Measured:
        standard = amount_standard(group, meal, band, book, on) if book else None
        return Measured(_SHORT.get(group, group.value), "g", grams[group], standard)

    def nutrient_bar(one: Nutrient) -> Measured:
        standard = nutrient_standard(one.key, meal, band, book, on) if book else None
        return Measured(one.label, one.unit, given[one.key], standard)

    shares = [] if not given["energy"] else [_share_bar(one, given, book, on) for one in _SHARES]
    return Balance(tuple(group_bar(group) for group in COUNTED), (*(nutrient_bar(one) for one in NUTRIENTS), *shares))


def mean(balances: Iterable[Balance]) -> Balance | None:
    """The mean of several meals, such as a week's; each asked for the same. None of none."""
    days = list(balances)
    if not days:
        return None
    return Balance(_means([day.amounts for day in days]), _means([day.nutrients for day in days]))


def _means(days: list[tuple[Measured, ...]]) -> tuple[Measured, ...]:
    widest = max(days, key=len)
    found = []
    for place, bar in enumerate(widest):
        values = [day[place].value for day in days if place < len(day)]
        found.append(bar._replace(value=sum(values, _NOTHING) / len(values)))
    return tuple(found)


def _share_bar(one: Nutrient, given: Mapping[str, Decimal], book: RuleBook | None, on: date) -> Measured:
    """How much of the energy comes from fat or carbohydrate, per cent."""
    kcal = given[one.key] * (_KCAL_OF_FAT if one.key == "fat" else _KCAL_OF_CARBOHYDRATE)
    standard = Range(*book.numbers(f"nutrition.share.{one.key}", on)[:2]) if book else None
    return Measured(one.label, one.unit, kcal / given["energy"] * _HUNDRED, standard)
