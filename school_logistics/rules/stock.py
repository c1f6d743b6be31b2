"""Stock: batches on the shelf, what was taken from them, what is left, and how a month adds up (先到期先出).

A batch is one accepted line of a delivery. Quantities are in the ingredient's own unit, amounts in yuan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple, Protocol

from school_logistics.errors import OfficeError
from school_logistics.rules.money import half_up

_NOTHING = Decimal(0)
_PRICE_PLACES = 4


class Move(StrEnum):
    """What moves stock, in the order in which it counts on one day."""

    RECEIVED = "入库"
    ISSUED = "出库"
    DISPOSED = "处置"
    COUNTED = "盘点"


_ORDER = {move: place for place, move in enumerate(Move)}


class Batch(NamedTuple):
    """One accepted line of a delivery, or what a count brought into the book: its id is then that of the count, < 0."""

    id: int
    ingredient: int
    received_on: date
    best_before: date | None
    quantity: Decimal
    amount: Decimal | None = None
    price: Decimal | None = None
    """Yuan for one unit of stock as agreed, where the amount says it less exactly."""

    @property
    def unit_price(self) -> Decimal | None:
        """Yuan for one unit of stock."""
        if self.price is not None or self.amount is None or not self.quantity:
            return self.price
        return half_up(self.amount / self.quantity, _PRICE_PLACES)

    def expired(self, on: date) -> bool:
        """Whether it may no longer be used on a day."""
        return self.best_before is not None and self.best_before < on

    @property
    def turn(self) -> tuple[date, date, int]:
        """First to expire goes first; what has no such day goes by the day it came (V-31)."""
        return (self.best_before or self.received_on, self.received_on, self.id)


class Movement(NamedTuple):
    """One entry of the stock book; what goes out is negative."""

    on: date
    what: Move
    ingredient: int
    quantity: Decimal
    amount: Decimal
    batch: int | None = None
    id: int = 0
    counted: Decimal | None = None
    """Of a count: what was there; the difference follows from the book."""
    price: Decimal | None = None
    """Of a count that opens the book: what one unit is worth."""
    best_before: date | None = None
    """Of a count that opens the book: until when it keeps."""


def moved(
    what: Move,
    on: date,
    ingredient: int,
    quantity: Decimal | None,
    amount: Decimal | None,
    *,
    batch: int | None = None,
    one: int = 0,
) -> Movement:
    """An entry of the stock book out of what its ledger says; what was issued or thrown away goes out."""
    sign = -1 if what in {Move.ISSUED, Move.DISPOSED} else 1
    return Movement(on, what, ingredient, sign * (quantity or _NOTHING), sign * (amount or _NOTHING), batch, one)


class OnShelf(NamedTuple):
    """A batch with what is left of it."""

    batch: Batch
    left: Decimal
    value: Decimal

    def take(self, quantity: Decimal) -> tuple[Decimal, OnShelf]:
        """What so much of it costs, and what is left of it then.

        Every cost is the difference between what the batch is worth before and after, so that whatever is taken, in
        however many parts, the parts add up to what the batch cost, and none is off by more than a fen.
        """
        rest = self.left - quantity
        value = self._worth(rest)
        return self.value - value, self._replace(left=rest, value=value)

    def _worth(self, rest: Decimal) -> Decimal:
        """What so much of it is worth: by the price of the batch, or by its own where a count put something to it."""
        if not rest or not self.left:
            return _NOTHING if not rest else self.value
        quantity, amount = self.batch.quantity, self.batch.amount or _NOTHING
        if quantity and self.value == half_up(self.left * amount / quantity):
            return half_up(rest * amount / quantity)
        return half_up(rest * self.value / self.left)


def in_order(movements: Iterable[Movement]) -> list[Movement]:
    """Movements as they count: by day, receipts first, counting last; a count that opens the book comes first."""
    return sorted(movements, key=lambda one: (one.on, one.price is None, _ORDER[one.what], one.id))


def usable(there: Iterable[OnShelf], on: date) -> list[OnShelf]:
    """What may be issued on a day: come by then, not expired, something left, first to expire first (V-30 to V-32)."""
    fit = (one for one in there if one.left > 0 and one.batch.received_on <= on and not one.batch.expired(on))
    return sorted(fit, key=lambda one: one.batch.turn)


def pick(there: Iterable[OnShelf], wanted: Decimal, on: date) -> list[tuple[OnShelf, Decimal]]:
    """Say how much to take from which batch: first to expire first (V-31).

    >>> def rice(one, keeps, left):
    ...     batch = Batch(one, 1, date(2026, 9, one), date(2026, *keeps), Decimal(left), Decimal(left) * 5)
    ...     return OnShelf(batch, Decimal(left), Decimal(left) * 5)
    >>> taken = pick([rice(1, (12, 31), 20), rice(2, (10, 31), 5)], Decimal(8), date(2026, 10, 12))
    >>> [(one.batch.id, int(quantity)) for one, quantity in taken]
    [(2, 5), (1, 3)]

    Raises OfficeError, naming what is there, when the shelf cannot cover it.
    """
    picked: list[tuple[OnShelf, Decimal]] = []
    missing = wanted
    fit = usable(there, on)
    for one in fit:
        if missing <= 0:
            break
        taken = min(one.left, missing)
        picked.append((one, taken))
        missing -= taken
    if missing > 0:
        raise OfficeError(shortage(fit, wanted))
    return picked


class Item(Protocol):
    """What lies in the store, as sentences about it name it."""

    @property
    def name(self) -> str | None:
        """品名."""

    @property
    def unit(self) -> str | None:
        """Its own unit, in which it is kept."""


def shortage(fit: Sequence[OnShelf], wanted: Decimal, item: Item | None = None) -> str:
    """That the shelf does not hold what is wanted, of which `item` tells the name and the unit."""
    there = sum((one.left for one in fit), _NOTHING)
    name, unit = (item.name or "", f" {item.unit}" if item.unit else "") if item else ("", "")
    if not there:
        return f"库里没有可用的{name}；先登记进货，或先盘点建账"
    return f"{name}库里只有 {plain(there)}{unit}，不够 {plain(wanted)}{unit}"


def plain(number: Decimal) -> str:
    """A quantity without needless noughts: 12.5, 20."""
    return f"{number.normalize():f}"


def price_between(quantity: Decimal, amount: Decimal) -> Decimal | None:
    """The price at which so much came to that amount, with no more places than it takes.

    >>> price_between(Decimal("9.5"), Decimal("22.33")), price_between(Decimal(50), Decimal("9.70"))
    (Decimal('2.35'), Decimal('0.1940'))
    """
    if not quantity:
        return None
    short = half_up(amount / quantity)
    return short if half_up(short * quantity) == amount else half_up(amount / quantity, _PRICE_PLACES)


class Total(NamedTuple):
    """So much, worth so much."""

    quantity: Decimal = _NOTHING
    amount: Decimal = _NOTHING

    def plus(self, quantity: Decimal, amount: Decimal) -> Total:
        """With so much more."""
        return Total(self.quantity + quantity, self.amount + amount)


class Balance(NamedTuple):
    """A month of one ingredient (V-33): opening + received - issued - disposed + difference = closing."""

    opening: Total = Total()
    received: Total = Total()
    issued: Total = Total()
    disposed: Total = Total()
    difference: Total = Total()

    @property
    def closing(self) -> Total:
        """What is there at the end."""
        return Total(*(self._at_the_end(place) for place in range(2)))

    def _at_the_end(self, place: int) -> Decimal:
        came = self.opening[place] + self.received[place] + self.difference[place]
        return came - self.issued[place] - self.disposed[place]

    @property
    def used(self) -> Total:
        """What was used up, however: opening + received - closing."""
        return Total(*(self.issued[place] + self.disposed[place] - self.difference[place] for place in range(2)))


def balances(movements: Iterable[Movement], first: date, last: date) -> dict[int, Balance]:
    """How a stretch of time adds up for every ingredient that has a movement up to its end."""
    ordered = sorted((one for one in movements if one.on <= last), key=lambda one: one.ingredient)
    return {
        ingredient: _balance(list(own), first) for ingredient, own in groupby(ordered, key=lambda one: one.ingredient)
    }


def _balance(movements: Sequence[Movement], first: date) -> Balance:
    totals = {move: Total() for move in Move}
    opening = Total()
    for one in movements:
        if one.on < first:
            opening = opening.plus(one.quantity, one.amount)
        else:
            sign = -1 if one.what in {Move.ISSUED, Move.DISPOSED} else 1
            totals[one.what] = totals[one.what].plus(sign * one.quantity, sign * one.amount)
    return Balance(opening, *(totals[move] for move in Move))


def together(several: Iterable[Balance]) -> Balance:
    """Several ingredients as one: only the amounts mean anything then."""
    whole = Balance()
    for one in several:
        whole = Balance(*(mine.plus(*theirs) for mine, theirs in zip(whole, one, strict=True)))
    return whole
