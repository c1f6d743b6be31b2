"""The menu: courses, dishes that schools may not serve, and recipes with grams for each age.

45号令 (2019-04-01): article 17 asks for a menu with quantities each week where it can be, article 36 forbids dishes.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from school_logistics.rules.food import banned
from school_logistics.rules.nutrition import BANDS, AgeBand

if TYPE_CHECKING:
    from datetime import date

    from school_logistics.rules.book import RuleBook
    from school_logistics.rules.calendar import SchoolCalendar

SCHOOL_WEEK = 5
_GRADES_A_BAND = 3


class Course(StrEnum):
    """The lines of a menu, in the order of the paper."""

    STAPLE = "主食"
    MEAT = "大荤"
    HALF_MEAT = "小荤"
    VEGETABLE = "素菜"
    SOUP = "汤"
    COARSE = "粗粮"
    PASTRY = "点心"
    DAIRY = "奶制品"
    FRUIT = "水果"


class Dish(Protocol):
    """A dish of a menu; None where blank."""

    @property
    def served_on(self) -> date | None:
        """供餐日期."""

    @property
    def dish(self) -> str | None:
        """菜名."""


class Counted(Protocol):
    """A count of diners."""

    @property
    def counted_on(self) -> date | None:
        """日期."""


class RecipeLine(Protocol):
    """One ingredient of a dish; None where blank."""

    @property
    def dish(self) -> str | None:
        """菜名."""

    @property
    def grams_6(self) -> Decimal | None:
        """Grams for pupils of six to eight."""

    @property
    def grams_9(self) -> Decimal | None:
        """Grams for pupils of nine to eleven."""

    @property
    def grams_12(self) -> Decimal | None:
        """Grams for pupils of twelve to fourteen."""

    @property
    def grams_15(self) -> Decimal | None:
        """Grams for pupils of fifteen to seventeen."""


class Named(Protocol):
    """A record with a name."""

    @property
    def name(self) -> str | None:
        """Its name."""


GRAMS = dict(zip(BANDS, ("grams_6", "grams_9", "grams_12", "grams_15"), strict=True))
"""Where a recipe keeps the grams for each age."""


def dish_not_banned(row: Dish, *, book: RuleBook, today: date) -> str:
    """Say when schools may not serve the dish (V-57)."""
    ban = banned(row.dish, book, row.served_on or today)
    return f"菜名{ban}" if ban and ban.certain else ""


def dish_perhaps_banned(row: Dish, *, book: RuleBook, today: date) -> str:
    """Say when the name of a dish may mean a forbidden one and should be written more clearly (V-57)."""
    ban = banned(row.dish, book, row.served_on or today)
    return str(ban) if ban and not ban.certain else ""


def recipe_not_banned(row: RecipeLine, *, ingredient: Named | None, book: RuleBook, today: date) -> str:
    """Say when an ingredient or the dish itself is one that schools may not cook (V-57)."""
    for name in (ingredient.name if ingredient else None, row.dish):
        ban = banned(name, book, today)
        if ban and ban.certain:
            return str(ban)
    return ""


def recipe_perhaps_banned(row: RecipeLine, *, ingredient: Named | None, book: RuleBook, today: date) -> str:
    """Say when an ingredient's name may mean a forbidden one and should be written more clearly (V-57)."""
    ban = banned(ingredient.name if ingredient else None, book, today) or banned(row.dish, book, today)
    return str(ban) if ban and not ban.certain else ""


def served_on_a_school_day(row: Dish, *, calendar: SchoolCalendar) -> str:
    """Say when a dish is planned for a day without school."""
    day = row.served_on
    return f"{day:%m-%d} 不上课，请核对日期" if day and not calendar.is_school_day(day) else ""


def counted_on_a_school_day(row: Counted, *, calendar: SchoolCalendar) -> str:
    """Say when diners are counted on a day without school."""
    day = row.counted_on
    return f"{day:%m-%d} 不上课，请核对日期" if day and not calendar.is_school_day(day) else ""


def has_grams(row: RecipeLine) -> bool:
    """Whether a recipe says for some age how much goes in."""
    return any(getattr(row, key) is not None for key in GRAMS.values())


def grams_for(row: RecipeLine, band: AgeBand) -> Decimal | None:
    """How much of it a pupil of an age gets; what is told for the nearest age where nothing is told for this one."""
    asked = BANDS.index(band)
    for other in sorted(BANDS, key=lambda one: abs(BANDS.index(one) - asked)):
        told: Decimal | None = getattr(row, GRAMS[other])
        if told is not None:
            return told
    return None


def bands_told(rows: Iterable[RecipeLine]) -> tuple[AgeBand, ...]:
    """The ages for which any recipe has grams, in order."""
    told = {band for row in rows for band in BANDS if getattr(row, GRAMS[band]) is not None}
    return tuple(band for band in BANDS if band in told)


def band_of_grade(grade: int) -> AgeBand:
    """The age of a grade's pupils: grades one to three are six to eight, and so on."""
    return BANDS[min((grade - 1) // _GRADES_A_BAND, len(BANDS) - 1)]
