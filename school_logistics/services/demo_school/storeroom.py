"""The store of the demonstration: what is bought for the menu, what the kitchen takes, first to expire first.

It answers what came and what went on each day and writes nothing; `store.py` makes records of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache
from random import Random
from typing import NamedTuple

from school_logistics.rules.food import FoodCategory, best_before, read_shelf_life
from school_logistics.rules.money import line_amount
from school_logistics.rules.stock import Batch, Move, OnShelf, moved, pick, usable
from school_logistics.rules.stock_book import Running
from school_logistics.services.demo_school.deliveries import GOODS, GREENS, Good, delivery
from school_logistics.services.demo_school.menus import needed_on

_LASTS = {
    FoodCategory.GRAIN: 8, FoodCategory.OIL: 15, FoodCategory.MEAT: 2, FoodCategory.POULTRY: 8, FoodCategory.EGG: 5,
    FoodCategory.AQUATIC: 8, FoodCategory.VEGETABLE: 3, FoodCategory.SEASONING: 20, FoodCategory.DRIED: 15,
}  # fmt: skip
"""For how many school days a delivery is to do; one where nothing is said."""
_SACKS = {FoodCategory.GRAIN: Decimal(25), FoodCategory.POULTRY: Decimal(10), FoodCategory.AQUATIC: Decimal(10)}
"""What is bought in whole sacks and boxes only."""
_KEEPS = frozenset({FoodCategory.GRAIN, FoodCategory.OIL, FoodCategory.SEASONING, FoodCategory.DRIED})
KILOGRAMS_A_BAG = Decimal("0.2")
"""Of milk, which is kept by the bag."""
_HALF, _TENTH = Decimal("0.5"), Decimal("0.1")
_SPARE = Decimal("1.04")
"""How much more is bought of what is fresh than the menu needs."""
_DUST = Decimal("0.12")
"""What is left of something fresh after the kitchen took so much of the day's need goes along with it."""
_BY_NAME = {good.name: good for good in GOODS}
_DEAR, _DEAR_WITHIN = "西红柿", timedelta(days=40)
"""One delivery of one thing lately is strikingly dear."""


class Arrival(NamedTuple):
    """A delivery line, and the batch that it makes."""

    good: Good
    line: dict[str, object]
    batch: Batch


class Handed(NamedTuple):
    """So much of a batch, handed to the kitchen."""

    good: Good
    batch: Batch
    asked: Decimal
    quantity: Decimal
    amount: Decimal


class Counted(NamedTuple):
    """One ingredient as it was counted: what the book says, and what was there."""

    good: Good
    book: Decimal
    worth: Decimal
    counted: Decimal
    rest: Decimal
    """What is there is worth."""


class Storeroom:
    """What lies there from day to day."""

    def __init__(self, days: Sequence[date], chance: Random) -> None:
        """`days` are the school days in order."""
        self.days = days
        self.chance = chance
        self.there: dict[str, list[OnShelf]] = {}
        self.batches = 0
        self.dear = False

    def short_of(self, day: date) -> list[Good]:
        """What does not lie there for the day's lunch."""
        return [_BY_NAME[name] for name, need in _needed(day).items() if self._lying(_BY_NAME[name], day) < need]

    def _lying(self, good: Good, day: date) -> Decimal:
        """How much of a good may be used on a day."""
        return sum((one.left for one in usable(self.there.get(good.name, ()), day)), Decimal(0))

    def deliver(self, place: int, without: Sequence[str], *, for_today: bool = False) -> list[Arrival]:
        """What is bought on a day, for itself and the days that follow unless `for_today`.

        `without` may not supply any more.
        """
        return [self._bought(good, place, without, for_today=for_today) for good in self.short_of(self.days[place])]

    def _bought(self, good: Good, place: int, without: Sequence[str], *, for_today: bool) -> Arrival:
        day = self.days[place]
        if good.supplier in without:
            good = good._replace(supplier=GREENS, unified=False)
        line = delivery(good, day, Decimal(0), self._price(good, day), self.chance)
        until = _until(line)
        lasts = 1 if for_today else _LASTS.get(good.category, 1)
        ahead = [one for one in self.days[place : place + lasts] if until is None or one <= until]
        if good.category is FoodCategory.VEGETABLE:
            ahead = [one for one in ahead if (one - day).days <= lasts]
        wanted = sum((_needed(one).get(good.name, Decimal(0)) for one in ahead), Decimal(0)) - self._lying(good, day)
        spare = _SPARE if is_fresh(good) and not for_today else 1
        line["quantity"] = quantity = _rounded_up(wanted * spare / good.content, good, exact=for_today)
        price = line["unit_price"]
        assert isinstance(price, Decimal)  # noqa: S101 - as `delivery` was told
        self.batches += 1
        stock, amount = quantity * good.content, line_amount(quantity, price)
        batch = Batch(self.batches, 0, day, until, stock, amount, price if good.content == 1 else None)
        self.there.setdefault(good.name, []).append(OnShelf(batch, stock, amount))
        return Arrival(good, line, batch)

    def _price(self, good: Good, day: date) -> Decimal:
        """A price that drifts from month to month, and a little from day to day."""
        cheap, dear = Decimal(good.cheapest), Decimal(good.dearest)
        usual = cheap + (dear - cheap) * Decimal(Random(f"{good.name}{day.year}").randrange(40, 60)) / 100
        drift = Random(f"{good.name}{day:%Y%m}").randrange(94, 107) + self.chance.randrange(-2, 3)
        if good.name == _DEAR and day > self.days[-1] - _DEAR_WITHIN and not self.dear:
            self.dear, drift = True, 148
        return (usual * drift / 100).quantize(Decimal("0.01"))

    def hand_out(self, day: date, *, leave_nothing: bool = False) -> list[Handed]:
        """What the kitchen takes on a day: what the menu needs, a little more or less, or all of what is fresh."""
        return [
            one
            for name, need in _needed(day).items()
            for one in self._handed(_BY_NAME[name], need, day, leave_nothing=leave_nothing)
        ]

    def _handed(self, good: Good, need: Decimal, day: date, *, leave_nothing: bool) -> list[Handed]:
        fit = usable(self.there.get(good.name, ()), day)
        there = sum((one.left for one in fit), Decimal(0))
        step = Decimal(1) if good.unit == "袋" and not good.pack else _TENTH
        wanted = (need * self.chance.randrange(96, 105) / 100).quantize(step)
        fresh = good.category not in _KEEPS
        everything = fresh and (there - wanted < need * _DUST or (leave_nothing and is_fresh(good)))
        wanted = there if everything else min(wanted, there)
        found = []
        for one, quantity in pick(fit, wanted, day) if wanted else ():
            amount = self._take(good.name, one, quantity)
            found.append(Handed(good, one.batch, quantity, quantity, amount))
        return found

    def _take(self, name: str, one: OnShelf, quantity: Decimal) -> Decimal:
        """Take so much of a batch off the shelf; what it costs comes back."""
        cost, rest = one.take(quantity)
        self.there[name] = [
            rest if other.batch.id == one.batch.id else other
            for other in self.there[name]
            if other.batch.id != one.batch.id or rest.left
        ]
        return cost

    def spoil(self, day: date) -> Handed | None:
        """Some greens that did not keep, all that is left of their batch; None where nothing fresh lies there."""
        fresh = [
            (one.batch.received_on, name)
            for name, batches in self.there.items()
            for one in batches
            if _BY_NAME[name].category is FoodCategory.VEGETABLE and one.batch.received_on < day
        ]
        if not fresh:
            return None
        name = min(fresh)[1]
        one = min(self.there[name], key=lambda one: one.batch.received_on)
        quantity = min(one.left, Decimal("2.5"))
        amount = self._take(name, one, quantity)
        return Handed(_BY_NAME[name], one.batch, quantity, quantity, amount)

    def expired(self, day: date) -> list[Handed]:
        """What lies there past its day, and is cleared away."""
        found = []
        for name in list(self.there):
            for one in [one for one in self.there[name] if one.batch.expired(day)]:
                self._take(name, one, one.left)
                found.append(Handed(_BY_NAME[name], one.batch, one.left, one.left, one.value))
        return found

    def count(self, day: date) -> list[Counted]:
        """The count of everything that lies there; now and then something is found short."""
        found = []
        for name in (good.name for good in GOODS if good.name in self.there):
            batches = self.there[name]
            book = sum((one.left for one in batches), Decimal(0))
            if not book:
                continue
            worth = sum((one.value for one in batches), Decimal(0))
            short = self.chance.choice((0, 0, 0, 0, 0, 0, 0, 1)) and book > 1 and _BY_NAME[name].unit != "袋"
            missing = Decimal(self.chance.randrange(1, 6)) / 10 if short else Decimal(0)
            lost = self._put_right(name, day, missing) if missing else Decimal(0)
            found.append(Counted(_BY_NAME[name], book, worth, book - missing, worth - lost))
        return found

    def _put_right(self, name: str, day: date, missing: Decimal) -> Decimal:
        """Take what is missing off the shelf; what it is worth comes back."""
        running = Running(())
        running.there = {one.batch.id: one for one in sorted(self.there[name], key=lambda one: one.batch.turn)}
        count = running.post(moved(Move.COUNTED, day, 0, -missing, None))
        left = {one.batch.id: one for one in running.shelf()}
        self.there[name] = [left[one.batch.id] for one in self.there[name] if left[one.batch.id].left]
        return -count.movement.amount


@lru_cache(maxsize=100)
def _needed(day: date) -> dict[str, Decimal]:
    """What a day's lunch takes of each good, in the unit in which it is kept."""
    needed = {name: kilograms for name, kilograms in needed_on(day).items() if name in _BY_NAME}
    by_bag = (name for name in needed if _BY_NAME[name].unit == "袋" and not _BY_NAME[name].pack)
    return needed | {name: (needed[name] / KILOGRAMS_A_BAG).to_integral_value() for name in by_bag}


def _until(line: dict[str, object]) -> date | None:
    """The best-before day of a line as typed."""
    made, keeps = line.get("produced_on"), read_shelf_life(str(line.get("shelf_life") or ""))
    return best_before(made, keeps) if isinstance(made, date) and keeps else None


def is_fresh(good: Good) -> bool:
    """Whether it is bought from day to day, as it is wanted."""
    return good.category not in _KEEPS and good.category not in _SACKS


def _rounded_up(wanted: Decimal, good: Good, *, exact: bool) -> Decimal:
    """A little more than is wanted, in whole units, sacks or half kilograms."""
    step = Decimal(1) if good.unit != "公斤" else _TENTH if exact else _SACKS.get(good.category, _HALF)
    return (wanted / step).to_integral_value(ROUND_CEILING) * step


def total(lines: Iterable[Arrival]) -> Decimal:
    """What some lines come to."""
    return sum((one.batch.amount or Decimal(0) for one in lines), Decimal(0))
