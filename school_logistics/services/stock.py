"""The store as the office asks for it: what lies there, what runs out, how a month adds up, and issuing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.models.canteen.purchases import Ingredient
from school_logistics.models.canteen.shelves import shelves
from school_logistics.models.canteen.stock import StockOut
from school_logistics.rules.stock import Balance, balances
from school_logistics.rules.stock_book import entries, shelf
from school_logistics.services.rows import Query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from school_logistics.rules.calendar import Month
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Saved


class Lying(NamedTuple):
    """A batch with something left of it."""

    batch: int
    """Its delivery line; of what a count brought into the book the id of the count, below nothing."""
    ingredient: int
    name: str
    unit: str
    received_on: date
    best_before: date | None
    left: Decimal
    value: Decimal


class Summed(NamedTuple):
    """How a month adds up for one ingredient."""

    ingredient: int
    name: str
    unit: str
    balance: Balance


def on_shelf(desk: Desk, on: date | None = None, ingredient: int | None = None) -> list[Lying]:
    """What lies in the store at the end of a day, of one ingredient or of all; first to expire first."""
    on = on or desk.today
    with desk.store.reading() as session:
        found = shelves(session, None if ingredient is None else {ingredient}, on, settled=on)
        called = _called(desk, session)
    lying = [
        Lying(one.batch.id, key, *called.get(key, ("", "")), one.batch.received_on, one.batch.best_before, one.left,
              one.value)
        for key, kept in found.items()
        for one in shelf(kept.batches, kept.movements)
        if one.left > 0
    ]  # fmt: skip
    return sorted(lying, key=lambda one: (one.best_before or one.received_on, one.batch))


def expiring(desk: Desk, on: date | None = None) -> list[Lying]:
    """What lies there past its day or about to be (V-32): so many days before as the rule book says."""
    on = on or desk.today
    until = on + timedelta(days=desk.book.whole("stock.expiring_days", on))
    return [one for one in on_shelf(desk, on) if one.best_before is not None and one.best_before <= until]


def month_balance(desk: Desk, month: Month) -> list[Summed]:
    """How a month adds up for every ingredient that lay or moved in it (V-33), in the order of the catalogue."""
    with desk.store.reading() as session:
        kept = shelves(session, until=month.last, settled=month.first)
        called = _called(desk, session)
    found = balances(
        [one for own in kept.values() for one in entries(own.batches, own.movements)], month.first, month.last
    )
    return [
        Summed(one, *called.get(one, ("", "")), balance)
        for one, balance in sorted(found.items())
        if any(any(total) for total in balance)
    ]


def issue(desk: Desk, draft: Mapping[str, object]) -> Saved:
    """Hand so much of an ingredient to the kitchen, as one act over as many batches as it takes.

    Without a batch the first to expire goes first (V-31). Raises Unacceptable when the shelf does not hold as much.
    """
    return desk.save(StockOut.ledger, draft)


def _called(desk: Desk, session: Session) -> dict[int, tuple[str, str]]:
    """Names and units of the ingredients."""
    ledger = Ingredient.ledger
    values = desk.listing.values(session, ledger, desk.listing.ids(session, ledger, Query()))
    return {one: (str(row["name"] or ""), str(row["unit"] or "")) for one, row in values.items()}
