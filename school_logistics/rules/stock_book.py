"""The stock book in one pass: what every entry takes from which batch, at what cost, and what is left after it.

There is one way to read the book, for the shelf, for the balance of a month, for paper and for what may be saved:
entries in the order in which they count; what names no batch goes first to expire first out; what was counted is what
is there, and the difference follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from school_logistics.rules.money import half_up
from school_logistics.rules.stock import Batch, Move, Movement, OnShelf, Total, in_order, moved, plain

_NOTHING = Decimal(0)
_PRICE_PLACES = 4
_LAST_OF_ITS_DAY = 2**62


class Posting(NamedTuple):
    """An entry of the book as it counts."""

    movement: Movement
    """With what was there to be taken, and what it cost; of a count the difference."""
    wanted: Decimal = _NOTHING
    price: Decimal | None = None
    """Yuan for one unit: of the batch, or the mean of what was there to be counted."""
    before: Total = Total()
    """Of a count: what the book said."""

    @property
    def short(self) -> Decimal:
        """How much of what was wanted was not there."""
        return self.wanted + self.movement.quantity if self.wanted else _NOTHING


class Running:
    """The batches of one ingredient while the entries of its book are gone through."""

    def __init__(self, batches: Iterable[Batch]) -> None:
        """Every batch lies there in full; it counts from the day it came."""
        ordered = sorted(batches, key=lambda one: one.turn)
        self.there = {one.id: OnShelf(one, one.quantity, one.amount or _NOTHING) for one in ordered}

    def copy(self) -> Running:
        """As it stands now, to be gone on with elsewhere; batches that are used up stay behind."""
        other = Running(())
        other.there = {key: one for key, one in self.there.items() if one.left}
        return other

    def add(self, batches: Iterable[Batch]) -> None:
        """More batches."""
        more = [OnShelf(one, one.quantity, one.amount or _NOTHING) for one in batches]
        if more:
            whole = sorted([*self.there.values(), *more], key=lambda one: one.batch.turn)
            self.there = {one.batch.id: one for one in whole}

    def shelf(self) -> list[OnShelf]:
        """Every batch with what is left of it, first to expire first."""
        return list(self.there.values())

    def left(self, batch: int) -> Decimal:
        """What is left of a batch."""
        return self.there[batch].left if batch in self.there else _NOTHING

    def post(self, one: Movement) -> Posting:
        """Go on by one entry."""
        if one.what is Move.RECEIVED:
            return Posting(one)
        if one.what is Move.COUNTED:
            return self._count(one)
        wanted = -one.quantity
        if one.batch is not None and one.batch not in self.there:
            return Posting(one._replace(quantity=_NOTHING, amount=_NOTHING))
        shares = self._named(one, wanted) if one.batch is not None else self._in_turn(one, wanted)
        cost = sum((self._take(batch, quantity) for batch, quantity in shares), _NOTHING)
        taken = sum((quantity for _, quantity in shares), _NOTHING)
        price = self._price(one.batch, shares) if len(shares) < 2 else half_up(cost / taken, _PRICE_PLACES)
        return Posting(one._replace(quantity=-taken, amount=-cost), wanted, price)

    def _price(self, batch: int | None, shares: Sequence[tuple[int, Decimal]]) -> Decimal | None:
        """What one unit costs of the one batch that an entry names or comes out of."""
        one = shares[0][0] if shares else batch
        return self.there[one].batch.unit_price if one is not None else None

    def _named(self, one: Movement, wanted: Decimal) -> list[tuple[int, Decimal]]:
        here = self.there[one.batch or 0]
        fits = here.batch.received_on <= one.on and here.left > 0
        return [(here.batch.id, min(wanted, here.left))] if fits else []

    def _in_turn(self, one: Movement, wanted: Decimal) -> list[tuple[int, Decimal]]:
        """Out of which batches an entry goes that names none: what was counted in, then what was delivered."""
        fit = [here for here in self.there.values() if here.left > 0 and here.batch.received_on <= one.on]
        issued = one.what is Move.ISSUED
        fit.sort(key=lambda here: (issued and here.batch.expired(one.on), here.batch.id > 0, here.batch.turn))
        shares = []
        for here in fit:
            if wanted <= 0:
                break
            shares.append((here.batch.id, min(wanted, here.left)))
            wanted -= shares[-1][1]
        return shares

    def _take(self, batch: int, quantity: Decimal) -> Decimal:
        cost, self.there[batch] = self.there[batch].take(quantity)
        return cost

    def _count(self, one: Movement) -> Posting:
        """What was counted is what is there: the rest is missing, or was found."""
        came = [here for here in self.there.values() if here.batch.received_on <= one.on]
        before = total_of(came)
        price = price_of(came) if one.price is None else one.price
        found = one.quantity if one.counted is None else one.counted - before.quantity
        if found > 0:
            amount = self._put(one, came, found, half_up(found * (price or _NOTHING)), price)
        else:
            amount = -self._miss(came, -found)
        return Posting(one._replace(quantity=found, amount=amount), _NOTHING, price, before)

    def _put(
        self, one: Movement, came: Sequence[OnShelf], found: Decimal, worth: Decimal, price: Decimal | None
    ) -> Decimal:
        """A surplus goes to the batch that came last; what opens the book makes a batch of its own."""
        delivered = [here for here in came if here.batch.id > 0]
        if delivered and one.price is None:
            last = max(delivered, key=lambda here: (here.batch.received_on, here.batch.id))
            self.there[last.batch.id] = last._replace(left=last.left + found, value=last.value + worth)
        else:
            self.add([Batch(-one.id, one.ingredient, one.on, one.best_before, found, worth, price)])
        return worth

    def _miss(self, came: Sequence[OnShelf], missing: Decimal) -> Decimal:
        """A shortage is taken from the batches in their turn; what it is worth comes back."""
        cost = _NOTHING
        for here in came:
            if missing <= 0:
                break
            quantity = min(missing, max(here.left, _NOTHING))
            cost += self._take(here.batch.id, quantity)
            missing -= quantity
        return cost


def total_of(there: Iterable[OnShelf]) -> Total:
    """How much lies there, and what it is worth."""
    total = Total()
    for one in there:
        total = total.plus(one.left, one.value)
    return total


def price_of(there: Sequence[OnShelf]) -> Decimal | None:
    """The mean price of what lies there; of what came last where nothing is left."""
    total = total_of(there)
    if total.quantity > 0:
        return half_up(total.amount / total.quantity, _PRICE_PLACES)
    last = max(there, key=lambda one: (one.batch.received_on, one.batch.id), default=None)
    return last.batch.unit_price if last else None


def posted(batches: Iterable[Batch], movements: Iterable[Movement]) -> tuple[list[Posting], Running]:
    """Every entry of one ingredient's book as it counts, and the shelf after the last of them."""
    running = Running(batches)
    return [running.post(one) for one in in_order(movements)], running


def shelf(batches: Iterable[Batch], movements: Iterable[Movement]) -> list[OnShelf]:
    """What is left of every batch of one ingredient after these entries, first to expire first."""
    return posted(batches, movements)[1].shelf()


def entries(batches: Iterable[Batch], movements: Iterable[Movement]) -> list[Movement]:
    """The book of one ingredient to be added up: what came, and the entries as they count."""
    batches = list(batches)
    came = [
        moved(Move.RECEIVED, one.received_on, one.ingredient, one.quantity, one.amount)._replace(
            batch=one.id, id=one.id
        )
        for one in batches
        if one.quantity
    ]
    return [*came, *(one.movement for one in posted(batches, movements)[0])]


@dataclass(frozen=True)
class Stock:
    """What the store holds of one ingredient, as it stands without the record in hand."""

    opening: Running
    came: Sequence[Batch]
    movements: Sequence[Movement]
    """In the order in which they count."""

    @classmethod
    def of(cls, batches: Iterable[Batch], movements: Iterable[Movement]) -> Stock:
        """All of it from the first day on."""
        return cls(Running(()), list(batches), in_order(movements))

    def _whole(self) -> Running:
        running = self.opening.copy()
        running.add(self.came)
        return running

    def batches(self) -> list[OnShelf]:
        """Its batches after everything that was ever entered."""
        running = self._whole()
        for one in self.movements:
            running.post(one)
        return running.shelf()

    def batches_on(self, day: date) -> list[OnShelf]:
        """Its batches at the end of a day, those that came by then."""
        running = self._whole()
        for one in self.movements:
            if one.on > day:
                break
            running.post(one)
        return [one for one in running.shelf() if one.batch.received_on <= day]

    def room(self, batch: int, on: date) -> Decimal:
        """How much more may be taken from a batch on a day: the least that is left of it until it is next counted."""
        running, least = self._whole(), None
        for one in self.movements:
            if least is None and (one.on > on or (one.on == on and one.what is Move.COUNTED)):
                least = running.left(batch)
            if least is not None and one.what is Move.COUNTED:
                return least
            running.post(one)
            if least is not None:
                least = min(least, running.left(batch))
        return running.left(batch) if least is None else least

    def taking(self, what: Move, on: date, batch: int | None, quantity: Decimal) -> Posting:
        """How so much more, issued or thrown away on a day, would stand in the book."""
        mine = moved(what, on, 0, quantity, None)._replace(batch=batch, id=_LAST_OF_ITS_DAY)
        running = self._whole()
        for one in in_order([*self.movements, mine]):
            posting = running.post(one)
            if one is mine:
                return posting
        raise AssertionError(mine)

    def counting(self, on: date, counted: Decimal, price: Decimal | None, best_before: date | None) -> Posting:
        """How a count at the end of a day would stand in the book."""
        mine = Movement(on, Move.COUNTED, 0, _NOTHING, _NOTHING, None, _LAST_OF_ITS_DAY, counted, price, best_before)
        running = self._whole()
        for one in in_order([*self.movements, mine]):
            posting = running.post(one)
            if one is mine:
                return posting
        raise AssertionError(mine)

    def counted_since(self, on: date) -> date | None:
        """The first day, from a day on, on which it was counted."""
        return next((one.on for one in self.movements if one.what is Move.COUNTED and one.on >= on), None)


def overdrawn(posting: Posting, batch: str) -> str:
    """That an entry takes more than there is: which, when, and what to do."""
    one = posting.movement
    act = "出库" if one.what is Move.ISSUED else "处置"
    there = -one.quantity
    return (
        f"「{batch}」{one.on:%Y-%m-%d} {act}了 {plain(posting.wanted)}，这样一改那天就只有 {plain(there)}，"
        f"库存会变成负数；什么都没有动。请先改或删那一笔{act}，再做这一步；少记了进货的先补记进货"
    )
