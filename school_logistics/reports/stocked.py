"""The stock book behind the forms: every receipt, issue, disposal and count up to a day, and how a month adds up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from school_logistics.models.canteen.purchases import FoodPurchase
from school_logistics.models.canteen.stock import RejectedFood, StockOut, Stocktake
from school_logistics.models.ledger import Ledger
from school_logistics.reports.form import Entry, Source
from school_logistics.rules.calendar import Month, Period
from school_logistics.rules.disposal import RejectStage
from school_logistics.rules.food import AcceptanceResult
from school_logistics.rules.stock import (
    Balance,
    Move,
    Movement,
    balances,
    book_year_from,
    brought_forward_from,
    moved,
)

PURCHASE, OUT, COUNT, REJECTED = FoodPurchase.ledger, StockOut.ledger, Stocktake.ledger, RejectedFood.ledger
_DAY = timedelta(days=1)
_NOTHING = Decimal(0)


class Booked(NamedTuple):
    """An entry of the stock book, and the record it stands for."""

    movement: Movement
    entry: Entry


def booked_until(source: Source, last: date) -> tuple[Booked, ...]:
    """Every entry of the stock book up to a day that still matters on it, in no order."""
    period = Period(book_year_from(last), last, "")
    taken = [
        Booked(found, entry)
        for ledger, read in _READ.items()
        for entry in source.past(ledger, period)
        if (found := read(entry)) is not None
    ]
    since = brought_forward_from(_begins(source, taken, period.first))
    received = [
        Booked(found, entry)
        for entry in source.past(PURCHASE, period)
        if (found := received_of(entry)) is not None and found.on >= since
    ]
    known = {one.entry.id for one in received}
    there = (one for one in taken if one.movement.batch is None or one.movement.batch in known)
    return (*received, *there)


def movements_of(source: Source, last: date) -> tuple[Movement, ...]:
    """The movements of stock up to a day."""
    return tuple(one.movement for one in booked_until(source, last))


def month_balance(source: Source, month: Month) -> dict[int, Balance]:
    """How a month adds up, by ingredient (V-33): opening + received - issued - disposed + difference = closing."""
    return balances(movements_of(source, month.last), month.first, month.last)


def received_of(entry: Entry) -> Movement | None:
    """The receipt that a delivery line is; None where it was turned away or its unit has no factor."""
    if entry["result"] == AcceptanceResult.REJECTED or entry["stock_quantity"] is None:
        return None
    found = moved(Move.RECEIVED, entry["bought_on"], entry["ingredient"], entry["stock_quantity"], entry["amount"])
    return found._replace(batch=entry.id, id=entry.id)


def _issued(entry: Entry) -> Movement | None:
    found = moved(Move.ISSUED, entry["issued_on"], entry["ingredient"], entry["issued"], entry["amount"])
    return found._replace(batch=entry["batch"], id=entry.id)


def _disposed(entry: Entry) -> Movement | None:
    if entry["stage"] != RejectStage.STORE:
        return None
    found = moved(Move.DISPOSED, entry["found_on"], entry["ingredient"], entry["quantity"], entry["amount"])
    return found._replace(batch=entry["batch"], id=entry.id)


def _counted(entry: Entry) -> Movement | None:
    if entry["counted_quantity"] is None or entry["book_quantity"] is None:
        return None
    quantity = entry["counted_quantity"] - entry["book_quantity"]
    amount = (entry["counted_amount"] or _NOTHING) - (entry["book_amount"] or _NOTHING)
    found = moved(Move.COUNTED, entry["counted_on"], entry["ingredient"], quantity, amount)
    return found._replace(id=entry.id)


_READ: dict[Ledger, Callable[[Entry], Movement | None]] = {OUT: _issued, REJECTED: _disposed, COUNT: _counted}


def _begins(source: Source, taken: Sequence[Booked], first: date) -> date | None:
    """The first day of the stock book, where it lies within what was read; None where it was kept before."""
    before = Period(book_year_from(first), first - _DAY, "")
    if any(source.past(ledger, before) for ledger in _READ):
        return None
    return min((one.movement.on for one in taken), default=None)
