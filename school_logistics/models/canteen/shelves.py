"""What the data file says is on the shelf: the batches of an ingredient and what moved them, for the rules of stock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, cast, func, select, type_coerce

from school_logistics.models.canteen.purchase_lookups import day_of, table
from school_logistics.models.ledger import Lookup, Named, Values
from school_logistics.rules.disposal import RejectStage
from school_logistics.rules.food import AcceptanceResult
from school_logistics.rules.stock import (
    Batch,
    Move,
    Movement,
    OnShelf,
    book_year_from,
    brought_forward_from,
    moved,
    plain,
    price_between,
    shelf,
)

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

_DAYS = {Move.ISSUED: "issued_on", Move.DISPOSED: "found_on", Move.COUNTED: "counted_on"}
_TABLES = {Move.ISSUED: "stock_out", Move.DISPOSED: "rejected_food", Move.COUNTED: "stocktake"}
_OFFERED = 1_000
"""No chooser needs more batches than that."""


@dataclass(frozen=True)
class Stock:
    """What the store holds of one ingredient, as it stands without the record in hand."""

    all: Sequence[Batch]
    movements: Sequence[Movement]

    def batches(self) -> list[OnShelf]:
        """Its batches after everything that was ever entered."""
        return self._shelf(self.movements)

    def batches_on(self, day: date) -> list[OnShelf]:
        """Its batches at the end of a day, those that came by then."""
        there = self._shelf([one for one in self.movements if one.on <= day])
        return [one for one in there if one.batch.received_on <= day]

    def batches_after(self, what: Move, on: date, batch: int, quantity: Decimal) -> list[OnShelf]:
        """Its batches with so much of one of them issued or thrown away on a day; what that costs is left open."""
        return self._shelf([*self.movements, moved(what, on, 0, quantity, None)._replace(batch=batch)])

    def _shelf(self, movements: Sequence[Movement]) -> list[OnShelf]:
        return shelf(self.all, movements)


def begins(session: Session) -> date | None:
    """The day of the first entry of the stock book."""
    days = (
        session.scalar(select(func.min(table(_TABLES[move]).c[day])).select_from(table(_TABLES[move])))
        for move, day in _DAYS.items()
    )
    return min((day for day in days if day is not None), default=None)


def batches_since(session: Session, since: date, ingredients: Collection[int] | None = None) -> list[Batch]:
    """The accepted lines from a day on, of some ingredients or of all; what has no factor is not counted."""
    bought = table("food_purchase").c
    wanted = select(
        bought.id, bought.ingredient, bought.bought_on, bought.best_before, bought.stock_quantity, bought.amount,
        bought.unit_price, bought.quantity,
    ).where(
        bought.bought_on >= since, bought.stock_quantity.is_not(None),
        bought.result.is_distinct_from(AcceptanceResult.REJECTED.value),
    )  # fmt: skip
    if ingredients is not None:
        wanted = wanted.where(bought.ingredient.in_(ingredients))
    return [Batch(*row[:6], _price(*row[4:])) for row in session.execute(wanted)]


def _price(stock: Decimal, amount: Decimal | None, unit_price: Decimal | None, quantity: Decimal) -> Decimal | None:
    """The price of one unit of stock; what was bought by the sack is priced by the kilogram."""
    if unit_price is None or not stock:
        return None
    return unit_price if stock == quantity else price_between(stock, amount or Decimal(0))


def movements_since(session: Session, since: date, ingredients: Collection[int] | None = None) -> list[Movement]:
    """What went out, was thrown away and was counted from a day on."""
    found: list[Movement] = []
    for move in _DAYS:
        wanted = _movements(move).where(table(_TABLES[move]).c[_DAYS[move]] >= since)
        if ingredients is not None:
            wanted = wanted.where(table(_TABLES[move]).c.ingredient.in_(ingredients))
        found += [_movement(move, row) for row in session.execute(wanted)]
    return found


def _movement(move: Move, row: Sequence[Any]) -> Movement:
    on, ingredient, batch, quantity, amount, one = row
    return moved(move, on, ingredient, quantity, amount)._replace(batch=batch, id=one)


def _movements(move: Move) -> Select[Any]:
    kept = table(_TABLES[move]).c
    if move is Move.COUNTED:
        quantity = type_coerce(kept.counted_quantity - kept.book_quantity, kept.counted_quantity.type)
        amount = type_coerce(kept.counted_amount - kept.book_amount, kept.counted_amount.type)
        return select(kept.counted_on, kept.ingredient, func.nullif(1, 1), quantity, amount, kept.id).where(
            kept.counted_quantity.is_not(None), kept.book_quantity.is_not(None)
        )
    if move is Move.DISPOSED:
        return select(kept.found_on, kept.ingredient, kept.batch, kept.quantity, kept.amount, kept.id).where(
            kept.stage == RejectStage.STORE.value
        )
    return select(kept.issued_on, kept.ingredient, kept.batch, kept.issued, kept.amount, kept.id)


def _stocks(session: Session, rows: Sequence[Values], *, move: Move) -> list[object]:
    """The stock of each record's ingredient, without the record itself."""
    days = [day for row in rows if (day := day_of(row, _DAYS[move]))]
    named = {one for row in rows if isinstance(one := row.get("ingredient"), int)}
    if not days or not named:
        return [None] * len(rows)
    first = min(days)
    batches, movements = _by_ingredient(session, book_year_from(first), named)
    since = brought_forward_from(min(begins(session) or first, first))
    stocks = {one: _as_of(first, since, batches[one], movements[one]) for one in named}
    found: list[object] = []
    for row in rows:
        ingredient, day = row.get("ingredient"), day_of(row, _DAYS[move])
        if not isinstance(ingredient, int) or day is None:
            found.append(None)
            continue
        there, since_then = stocks[ingredient]
        found.append(Stock(there, [one for one in since_then if (one.what, one.id) != (move, row.get("id"))]))
    return found


def _as_of(
    first: date, since: date, batches: Sequence[Batch], movements: Sequence[Movement]
) -> tuple[list[Batch], list[Movement]]:
    """The batches as they lay there on the morning of a day, and what moved them from then on.

    Each record is held against what came before it; what lies before all of them need be added up only once.
    """
    before = [one for one in movements if one.on < first]
    lay = shelf([one for one in batches if since <= one.received_on < first], before)
    there = [one.batch._replace(quantity=one.left, amount=one.value, price=one.batch.unit_price) for one in lay]
    came = [one for one in batches if one.received_on >= max(first, since)]
    return [*there, *came], [one for one in movements if one.on >= first]


def _by_ingredient(
    session: Session, since: date, named: Collection[int]
) -> tuple[Mapping[int, list[Batch]], Mapping[int, list[Movement]]]:
    batches: dict[int, list[Batch]] = defaultdict(list)
    movements: dict[int, list[Movement]] = defaultdict(list)
    for batch in batches_since(session, since, named):
        batches[batch.ingredient].append(batch)
    for one in movements_since(session, since, named):
        movements[one.ingredient].append(one)
    return batches, movements


def stock_lookup(move: Move) -> Lookup:
    """The lookup `stock` of the ledger whose records are such movements."""
    find: Callable[[Session, Sequence[Values]], Sequence[object]] = partial(_stocks, move=move)
    return Lookup("stock", find)


def _batch_title(record: Any) -> ColumnElement[Any]:
    """土豆 2026-10-08 第131批."""
    goods = table("ingredient").c
    name = select(goods.name).where(goods.id == record.ingredient).scalar_subquery()
    return name + " " + cast(record.bought_on, String) + " 第" + cast(record.id, String) + "批"


def _batches_offered(session: Session) -> Mapping[int, str]:
    """The batches with something left, first to expire first, each with how much that is."""
    last = session.scalar(select(func.max(table("food_purchase").c.bought_on)))
    if last is None:
        return {}
    since = max(book_year_from(last), brought_forward_from(begins(session)))
    out, rejected, bought = table("stock_out").c, table("rejected_food").c, table("food_purchase").c
    gone = select(func.coalesce(func.sum(out.issued), 0)).where(out.batch == bought.id).scalar_subquery()
    thrown = select(func.coalesce(func.sum(rejected.quantity), 0)).where(
        rejected.batch == bought.id, rejected.stage == RejectStage.STORE.value
    )
    left = type_coerce(bought.stock_quantity - gone - thrown.scalar_subquery(), bought.stock_quantity.type)
    wanted = (
        select(bought.id, left, bought.best_before)
        .where(bought.bought_on >= since, bought.result.is_distinct_from(AcceptanceResult.REJECTED.value), left > 0)
        .order_by(func.coalesce(bought.best_before, bought.bought_on), bought.id)
        .limit(_OFFERED)
    )
    return {one: _told(many, until) for one, many, until in session.execute(wanted)}


def _told(left: Decimal, until: date | None) -> str:
    return f"剩 {plain(left)}" + (f"，{until:%Y-%m-%d} 到期" if until else "")


BATCH = Named(_batch_title, _batches_offered)
"""How a delivery line is called where it is named as a batch."""
