"""What the data file says of the store: the batches of an ingredient and the entries of its stock book."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import String, cast, func, or_, select, type_coerce, union_all

from school_logistics.models.canteen.purchase_lookups import day_of, table
from school_logistics.models.checks import Lookup, Values
from school_logistics.models.ledger import Named
from school_logistics.rules.disposal import RejectStage
from school_logistics.rules.food import AcceptanceResult
from school_logistics.rules.stock import Batch, Move, Movement, in_order, moved, plain, price_between
from school_logistics.rules.stock_book import Running, Stock
from school_logistics.rules.stocktaking import BEGINS, begins_on

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

DAYS = {Move.ISSUED: "issued_on", Move.DISPOSED: "found_on", Move.COUNTED: "counted_on"}
"""The day of every kind of entry."""
TABLES = {Move.ISSUED: "stock_out", Move.DISPOSED: "rejected_food", Move.COUNTED: "stocktake"}
"""Where every kind of entry stands."""
_OFFERED = 1_000
"""No chooser needs more batches than that."""
_IDS_AT_ONCE = 500
_FEW = 5
"""The books of so many ingredients are sooner read than looked through for what still counts."""
_MANY = 5_000
"""Of more batches than that something is left only where nobody writes down what is used: then all is read."""


@dataclass(frozen=True)
class Shelf:
    """One ingredient's batches and the entries of its book."""

    batches: list[Batch] = field(default_factory=list)
    movements: list[Movement] = field(default_factory=list)


def begins(session: Session) -> date:
    """The first day on which stock is kept, as the school has set it; what lies before is not stock."""
    changes = table("rule_change").c
    last = select(changes.value).where(changes.rule == BEGINS).order_by(changes.valid_from.desc()).limit(1)
    return begins_on(session.scalar(last))


def shelves(
    session: Session, ingredients: Collection[int] | None = None, until: date = date.max, *, settled: date = date.min
) -> Mapping[int, Shelf]:
    """The book of some ingredients or of all, up to a day.

    What was bought and used up before the day `settled` is left out: it adds up to nothing on that day.
    """
    few = ingredients is not None and len(ingredients) <= _FEW
    asked = _Asked(begins(session), until, ingredients, None if few else _still_counts(session, settled))
    found: dict[int, Shelf] = defaultdict(Shelf)
    for batch in _batches(session, asked):
        found[batch.ingredient].batches.append(batch)
    for move in DAYS:
        for one in _movements(session, move, asked):
            found[one.ingredient].movements.append(one)
    _add_what_was_turned_away(session, asked.since, found)
    return found


@dataclass(frozen=True)
class _Rest:
    """What of the time before a day still counts: the batches not used up, and all of some ingredients."""

    before: date
    batches: tuple[int, ...]
    ingredients: tuple[int, ...]

    def holds(self, day: ColumnElement[Any], ingredient: ColumnElement[Any], *batch: ColumnElement[Any]) -> Any:
        """The condition on the columns of a table."""
        left = (one.in_(self.batches) for one in batch)
        return or_(day >= self.before, ingredient.in_(self.ingredients), *left)


class _Asked(NamedTuple):
    """Which part of the book is read."""

    since: date
    until: date
    ingredients: Collection[int] | None
    rest: _Rest | None

    def of(self, day: ColumnElement[Any], ingredient: ColumnElement[Any], *batch: ColumnElement[Any]) -> list[Any]:
        """The conditions on the columns of a table."""
        found: list[Any] = [day.between(self.since, self.until)]
        if self.ingredients is not None:
            found.append(ingredient.in_(self.ingredients))
        return found if self.rest is None else [*found, self.rest.holds(day, ingredient, *batch)]


def _still_counts(session: Session, before: date) -> _Rest | None:
    """What of the time before a day still counts on it; None where all of it is to be read.

    Of an ingredient of which a count once differed, or entries name no batch, all of it counts: what such entries took
    shows only when the book is gone through.
    """
    if before == date.min:
        return None
    out, rejected, bought, counted = (
        table(name).c for name in ("stock_out", "rejected_food", "food_purchase", "stocktake")
    )
    thrown = (rejected.found_on < before, rejected.stage == RejectStage.STORE.value)
    odd = union_all(
        select(out.ingredient).where(out.issued_on < before, out.batch.is_(None)),
        select(rejected.ingredient).where(*thrown, rejected.batch.is_(None)),
        select(counted.ingredient).where(
            counted.counted_on < before, counted.counted_quantity.is_distinct_from(counted.book_quantity)
        ),
    )
    gone = union_all(
        select(out.batch, out.issued.label("quantity")).where(out.issued_on < before),
        select(rejected.batch, rejected.quantity).where(*thrown),
    ).subquery()
    used = select(gone.c.batch, func.sum(gone.c.quantity).label("quantity")).group_by(gone.c.batch).subquery()
    left = (
        select(bought.id)
        .select_from(table("food_purchase").outerjoin(used, used.c.batch == bought.id))
        .where(bought.bought_on < before, bought.stock_quantity != func.coalesce(used.c.quantity, 0))
        .limit(_MANY + 1)
    )
    batches = tuple(session.scalars(left))
    return None if len(batches) > _MANY else _Rest(before, batches, tuple(set(session.scalars(odd))))


def _batches(session: Session, asked: _Asked) -> Iterable[Batch]:
    """The accepted lines of some days; what has no factor is not counted."""
    bought = table("food_purchase").c
    wanted = select(
        bought.id, bought.ingredient, bought.bought_on, bought.best_before, bought.stock_quantity, bought.amount,
        bought.unit_price, bought.quantity,
    ).where(
        *asked.of(bought.bought_on, bought.ingredient, bought.id), bought.stock_quantity.is_not(None),
        bought.result.is_distinct_from(AcceptanceResult.REJECTED.value),
    )  # fmt: skip
    return (Batch(*row[:6], _price(*row[4:])) for row in session.execute(wanted))


def _price(stock: Decimal, amount: Decimal | None, unit_price: Decimal | None, quantity: Decimal) -> Decimal | None:
    """The price of one unit of stock; what was bought by the sack is priced by the kilogram."""
    if unit_price is None or not stock:
        return None
    return unit_price if stock == quantity else price_between(stock, amount or Decimal(0))


def _movements(session: Session, move: Move, asked: _Asked) -> Iterable[Movement]:
    """What went out, was thrown away or was counted on some days."""
    kept = table(TABLES[move]).c
    batch = () if move is Move.COUNTED else (kept.batch,)
    wanted = _ENTRIES[move]().where(*asked.of(kept[DAYS[move]], kept.ingredient, *batch))
    for on, ingredient, batch, quantity, amount, one, *counted in session.execute(wanted):
        yield moved(move, on, ingredient, quantity, amount, batch=batch, one=one)._replace(
            **dict(zip(("counted", "price", "best_before"), counted, strict=False))
        )


def _issues() -> Select[Any]:
    kept = table("stock_out").c
    return select(kept.issued_on, kept.ingredient, kept.batch, kept.issued, kept.amount, kept.id)


def _disposals() -> Select[Any]:
    kept = table("rejected_food").c
    return select(kept.found_on, kept.ingredient, kept.batch, kept.quantity, kept.amount, kept.id).where(
        kept.stage == RejectStage.STORE.value
    )


def _counts() -> Select[Any]:
    kept = table("stocktake").c
    nothing = func.nullif(1, 1)
    return select(
        kept.counted_on, kept.ingredient, nothing, nothing, nothing, kept.id,
        kept.counted_quantity, kept.opening_price, kept.best_before,
    ).where(kept.counted_quantity.is_not(None))  # fmt: skip


_ENTRIES = {Move.ISSUED: _issues, Move.DISPOSED: _disposals, Move.COUNTED: _counts}


def _add_what_was_turned_away(session: Session, since: date, found: Mapping[int, Shelf]) -> None:
    """The lines that entries name and that are no stock of their ingredient: nothing may be taken from them."""
    named: dict[int, set[int]] = defaultdict(set)
    for ingredient, shelf in found.items():
        known = {one.id for one in shelf.batches}
        for one in shelf.movements:
            if one.batch is not None and one.batch not in known:
                named[one.batch].add(ingredient)
    bought = table("food_purchase").c
    ids = sorted(named)
    for some in (ids[start : start + _IDS_AT_ONCE] for start in range(0, len(ids), _IDS_AT_ONCE)):
        wanted = select(bought.id, bought.bought_on, bought.best_before).where(
            bought.id.in_(some), bought.bought_on >= since
        )
        for one, on, until in session.execute(wanted):
            for ingredient in named[one]:
                found[ingredient].batches.append(Batch(one, ingredient, on, until, Decimal(0)))


def _stocks(session: Session, rows: Sequence[Values], *, move: Move) -> list[object]:
    """The stock of each record's ingredient, without the record itself.

    What lies before all of them is gone through once. Records that stand already are held against what came before.
    """
    days = [day for row in rows if (day := day_of(row, DAYS[move]))]
    named = {one for row in rows if isinstance(one := row.get("ingredient"), int)}
    if not days or not named:
        return [None] * len(rows)
    until = max(days) if all(isinstance(row.get("id"), int) for row in rows) and len(rows) > 1 else date.max
    kept = shelves(session, named, until, settled=min(days))
    stocks = {one: _as_of(min(days), kept[one]) for one in named}
    return [_without(row, move, stocks) for row in rows]


def _without(row: Values, move: Move, stocks: Mapping[int, Stock]) -> Stock | None:
    ingredient, day = row.get("ingredient"), day_of(row, DAYS[move])
    if not isinstance(ingredient, int) or day is None:
        return None
    whole = stocks[ingredient]
    others = [one for one in whole.movements if (one.what, one.id) != (move, row.get("id"))]
    return Stock(whole.opening, whole.came, others)


def _as_of(first: date, shelf: Shelf) -> Stock:
    """The batches as they lay there on the morning of a day, and what moved them from then on."""
    running = Running([one for one in shelf.batches if one.received_on < first])
    ordered = in_order(shelf.movements)
    before = sum(one.on < first for one in ordered)
    for one in ordered[:before]:
        running.post(one)
    came = [one for one in shelf.batches if one.received_on >= first]
    return Stock(running.copy(), came, ordered[before:])


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
    out, rejected, bought = table("stock_out").c, table("rejected_food").c, table("food_purchase").c
    gone = select(func.coalesce(func.sum(out.issued), 0)).where(out.batch == bought.id).scalar_subquery()
    thrown = select(func.coalesce(func.sum(rejected.quantity), 0)).where(
        rejected.batch == bought.id, rejected.stage == RejectStage.STORE.value
    )
    left = type_coerce(bought.stock_quantity - gone - thrown.scalar_subquery(), bought.stock_quantity.type)
    wanted = (
        select(bought.id, left, bought.best_before)
        .where(
            bought.bought_on >= begins(session),
            bought.result.is_distinct_from(AcceptanceResult.REJECTED.value), left > 0,
        )
        .order_by(func.coalesce(bought.best_before, bought.bought_on), bought.id)
        .limit(_OFFERED)
    )  # fmt: skip
    return {one: _told(many, until) for one, many, until in session.execute(wanted)}


def _told(left: Decimal, until: date | None) -> str:
    return f"剩 {plain(left)}" + (f"，{until:%Y-%m-%d} 到期" if until else "")


BATCH = Named(_batch_title, _batches_offered)
"""How a delivery line is called where it is named as a batch."""
