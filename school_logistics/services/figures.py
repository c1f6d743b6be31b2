"""The figures of the home page: purchases by month and kind of food, milk orders by grade, whose each deadline is.

Everything is read from the ledgers when asked and summed in SQL; nothing is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from school_logistics.rules.calendar import Month, Period
from school_logistics.rules.food import FoodCategory
from school_logistics.rules.tally import GRADES, rate_of_all
from school_logistics.rules.terms import term_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from school_logistics.services.desk import Desk
    from school_logistics.services.reminders import Due

MONTHS_SHOWN = 7
_MONTHS_LOOKED_AT = 12
_PURCHASES, _MILK, _PAPERS = "food_purchase", "milk_order", "certificate"
_SPRING, _AUTUMN = "春", "秋"

FOOD_GROUPS: tuple[tuple[str, frozenset[FoodCategory]], ...] = (
    ("粮油", frozenset({FoodCategory.GRAIN, FoodCategory.OIL})),
    ("肉蛋水产", frozenset({FoodCategory.MEAT, FoodCategory.POULTRY, FoodCategory.EGG, FoodCategory.AQUATIC})),
    ("蔬果", frozenset({FoodCategory.VEGETABLE, FoodCategory.FRUIT, FoodCategory.DRIED})),
    ("奶豆", frozenset({FoodCategory.DAIRY, FoodCategory.SOY})),
    ("其他", frozenset()),
)
"""Kinds of food told apart in the chart, from the bottom up; the last one takes what no other names."""


class MonthOfPurchases(NamedTuple):
    """What a month's deliveries cost, in yuan."""

    month: Month
    parts: tuple[Decimal, ...]
    """In the order of FOOD_GROUPS."""

    @property
    def total(self) -> Decimal:
        """All of it."""
        return sum(self.parts, Decimal(0))


class GradeRate(NamedTuple):
    """How many of a grade's pupils order milk, in per cent; None where no class has an order line."""

    grade: str
    rate: Decimal | None
    before: Decimal | None
    """The same in the term before."""


class MilkRates(NamedTuple):
    """The order rate of a term by grade and as a whole, each from sums."""

    term: str
    before: str
    grades: tuple[GradeRate, ...]
    whole: Decimal | None
    whole_before: Decimal | None


class Figures:
    """Asks the ledgers for what the home page draws."""

    def __init__(self, desk: Desk) -> None:
        """The desk knows the ledgers and today."""
        self._desk = desk

    def purchases(self, until: Month) -> tuple[MonthOfPurchases, ...]:
        """The month asked for and those before it that had deliveries, at most seven in all, oldest first.

        Looks back a year; months without deliveries, as in the vacations, are left out. Empty without any.
        """
        first = until.plus(1 - _MONTHS_LOOKED_AT)
        with self._desk.store.reading() as session:
            found = self._purchases(session, Period(first.first, until.last, ""))
        months = [month for month in sorted(found) if any(found[month])]
        return tuple(MonthOfPurchases(month, tuple(found[month])) for month in months[-MONTHS_SHOWN:])

    def milk(self) -> MilkRates:
        """The order rate of this term by grade, beside the term before."""
        term = term_of(self._desk.today)
        before = term_before(term)
        with self._desk.store.reading() as session:
            now, earlier = self._orders(session, term), self._orders(session, before)
        grades = sorted(now, key=_grade_order)
        rates = tuple(
            GradeRate(one, rate_of_all([now[one]]), rate_of_all([earlier.get(one, (0, 0))])) for one in grades
        )
        return MilkRates(term, before, rates, rate_of_all(now.values()), rate_of_all(earlier.values()))

    def tabs_of(self, dues: Sequence[Due]) -> tuple[str, ...]:
        """The tab to which each deadline belongs: a bus's insurance to 校车, wherever its paper stands."""
        papers = self._desk.by_key.get(_PAPERS)
        ids = [due.id for due in dues if due.ledger == _PAPERS]
        if papers is None or not ids:
            return tuple(self._desk.ledger(due.ledger).group.value for due in dues)
        with self._desk.store.reading() as session:
            values = self._desk.listing.values(session, papers, ids)
        holders = {
            one: next((field.target for field in papers.refs() if held[field.key] is not None), _PAPERS)
            for one, held in values.items()
        }
        keys = (holders.get(due.id, _PAPERS) if due.ledger == _PAPERS else due.ledger for due in dues)
        return tuple(self._desk.ledger(key).group.value for key in keys)

    def _purchases(self, session: Session, period: Period) -> dict[Month, list[Decimal]]:
        """Cost by month and group; one line a day and category comes out of the data file."""
        record = self._desk.ledger(_PURCHASES).record
        table = record.__table__.columns
        day, category, amount = table["bought_on"], table["category"], func.sum(table["amount"])
        wanted = select(day, category, amount).where(day.between(period.first, period.last)).group_by(day, category)
        found: dict[Month, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * len(FOOD_GROUPS))
        for bought_on, kind, cost in session.execute(wanted):
            found[Month.of(bought_on)][group_of(kind)] += cost or Decimal(0)
        return found

    def _orders(self, session: Session, term: str) -> dict[str, tuple[int, int]]:
        """Ordering pupils and pupils of each grade in a term."""
        table = self._desk.ledger(_MILK).record.__table__.columns
        ordered, pupils = func.sum(table["ordered"]), func.sum(table["pupils"])
        wanted = select(table["grade"], ordered, pupils).where(table["term"] == term).group_by(table["grade"])
        return {grade or "": (many or 0, of or 0) for grade, many, of in session.execute(wanted)}


def group_of(category: str | None) -> int:
    """The place in FOOD_GROUPS of a kind of food.

    >>> FOOD_GROUPS[group_of("畜肉")][0], FOOD_GROUPS[group_of(None)][0]
    ('肉蛋水产', '其他')
    """
    named = (place for place, (_, kinds) in enumerate(FOOD_GROUPS) if category in kinds)
    return next(named, len(FOOD_GROUPS) - 1)


def term_before(term: str) -> str:
    """The term before one.

    >>> term_before("2026秋"), term_before("2026春")
    ('2026春', '2025秋')
    """
    year = int(term[:-1])
    return f"{year}{_SPRING}" if term.endswith(_AUTUMN) else f"{year - 1}{_AUTUMN}"


def _grade_order(grade: str) -> tuple[int, str]:
    return (GRADES.index(grade) if grade in GRADES else len(GRADES), grade)
