"""The stock book behind the forms: every receipt, issue, disposal and count up to a day, and how a month adds up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol, runtime_checkable

from school_logistics.models.canteen.purchases import FoodPurchase
from school_logistics.models.canteen.shelves import Shelf
from school_logistics.models.canteen.stock import RejectedFood, StockOut, Stocktake
from school_logistics.models.ledger import Ledger
from school_logistics.models.rule_changes import RuleChange
from school_logistics.reports.form import Entry, Source
from school_logistics.rules.calendar import Month, Period
from school_logistics.rules.disposal import RejectStage
from school_logistics.rules.food import AcceptanceResult
from school_logistics.rules.stock import Balance, Batch, Move, Movement, balances, moved
from school_logistics.rules.stock_book import entries
from school_logistics.rules.stocktaking import BEGINS, begins_on

PURCHASE, OUT, COUNT, REJECTED = FoodPurchase.ledger, StockOut.ledger, Stocktake.ledger, RejectedFood.ledger
_LEDGERS = {Move.RECEIVED: PURCHASE, Move.ISSUED: OUT, Move.DISPOSED: REJECTED, Move.COUNTED: COUNT}
_RULES = RuleChange.ledger
_NOTHING = Decimal(0)


class Booked(NamedTuple):
    """An entry of the stock book, and the record it stands for."""

    movement: Movement
    entry: Entry | None
    """None for what lies before the month: it only adds up."""


def booked_in(source: Source, month: Month) -> dict[int, list[Booked]]:
    """The stock book up to the end of a month, by ingredient, in no order; what is of the month with its records."""
    records = {(what, entry.id): entry for what, ledger in _LEDGERS.items() for entry in source.past(ledger, month)}
    return {
        ingredient: [
            Booked(one, records.get((one.what, one.id)) if one.on >= month.first else None)
            for one in entries(kept.batches, kept.movements)
            if one.quantity or one.amount
        ]
        for ingredient, kept in shelves_of(source, month.last).items()
    }


def movements_of(source: Source, last: date) -> tuple[Movement, ...]:
    """The movements of stock up to a day."""
    kept = shelves_of(source, last)
    return tuple(one for own in kept.values() for one in entries(own.batches, own.movements))


def month_balance(source: Source, month: Month) -> dict[int, Balance]:
    """How a month adds up, by ingredient (V-33): opening + received - issued - disposed + difference = closing."""
    return balances(movements_of(source, month.last), month.first, month.last)


def shelves_of(source: Source, last: date) -> Mapping[int, Shelf]:
    """The stock book up to a day: as the data file adds it up, or from records where there is none."""
    if isinstance(source, KeepsStock):
        return source.shelves(last)
    period = Period(begins_of(source), last, "")
    found: dict[int, Shelf] = defaultdict(Shelf)
    for entry in source.past(PURCHASE, period):
        batch = batch_of(entry)
        found[batch.ingredient].batches.append(batch)
    for ledger, read in _READ.items():
        for one in (read(entry) for entry in source.past(ledger, period)):
            if one is not None:
                found[one.ingredient].movements.append(one)
    return found


@runtime_checkable
class KeepsStock(Protocol):
    """A source that adds up the stock book itself: of years of it nobody wants to read every record."""

    def shelves(self, until: date) -> Mapping[int, Shelf]:
        """The stock book up to a day, by ingredient."""


def begins_of(source: Source) -> date:
    """The first day on which stock is kept, as the school has set it."""
    changes = [one for one in source.entries(_RULES) if one["rule"] == BEGINS]
    last = max(changes, key=lambda one: one["valid_from"], default=None)
    return begins_on(last["value"] if last else None)


def batch_of(entry: Entry) -> Batch:
    """The batch that a delivery line is; nothing of one that was turned away or whose unit has no factor."""
    counts = entry["result"] != AcceptanceResult.REJECTED and entry["stock_quantity"] is not None
    quantity = entry["stock_quantity"] if counts else _NOTHING
    return Batch(entry.id, entry["ingredient"], entry["bought_on"], entry["best_before"], quantity, entry["amount"])


def _issued(entry: Entry) -> Movement | None:
    found = moved(Move.ISSUED, entry["issued_on"], entry["ingredient"], entry["issued"], entry["amount"])
    return found._replace(batch=entry["batch"], id=entry.id)


def _disposed(entry: Entry) -> Movement | None:
    if entry["stage"] != RejectStage.STORE:
        return None
    found = moved(Move.DISPOSED, entry["found_on"], entry["ingredient"], entry["quantity"], entry["amount"])
    return found._replace(batch=entry["batch"], id=entry.id)


def _counted(entry: Entry) -> Movement | None:
    if entry["counted_quantity"] is None:
        return None
    return Movement(
        entry["counted_on"], Move.COUNTED, entry["ingredient"], _NOTHING, _NOTHING, None, entry.id,
        entry["counted_quantity"], entry["opening_price"], entry["best_before"],
    )  # fmt: skip


_READ: dict[Ledger, Callable[[Entry], Movement | None]] = {OUT: _issued, REJECTED: _disposed, COUNT: _counted}
