"""The stock book behind the forms: every receipt, issue, disposal and count up to a day, and how a month adds up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from school_logistics.models.canteen.purchases import FoodPurchase
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
_RULES = RuleChange.ledger
_NOTHING = Decimal(0)


class Booked(NamedTuple):
    """An entry of the stock book, and the record it stands for."""

    movement: Movement
    entry: Entry


def booked_until(source: Source, last: date) -> tuple[Booked, ...]:
    """Every entry of the stock book up to a day, as it counts, in no order."""
    period = Period(begins_of(source), last, "")
    records: dict[tuple[Move, int], Entry] = {}
    batches: dict[int, list[Batch]] = defaultdict(list)
    movements: dict[int, list[Movement]] = defaultdict(list)
    for entry in source.past(PURCHASE, period):
        batch = batch_of(entry)
        batches[batch.ingredient].append(batch)
        records[Move.RECEIVED, entry.id] = entry
    for ledger, read in _READ.items():
        for entry in source.past(ledger, period):
            found = read(entry)
            if found is not None:
                movements[found.ingredient].append(found)
                records[found.what, entry.id] = entry
    return tuple(
        Booked(one, records[one.what, one.id])
        for ingredient in batches.keys() | movements.keys()
        for one in entries(batches[ingredient], movements[ingredient])
        if one.quantity or one.amount
    )


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


def movements_of(source: Source, last: date) -> tuple[Movement, ...]:
    """The movements of stock up to a day."""
    return tuple(one.movement for one in booked_until(source, last))


def month_balance(source: Source, month: Month) -> dict[int, Balance]:
    """How a month adds up, by ingredient (V-33): opening + received - issued - disposed + difference = closing."""
    return balances(movements_of(source, month.last), month.first, month.last)


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
