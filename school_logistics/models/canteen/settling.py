"""The stock book is kept whole: no batch falls below nothing on any day, and costs follow the deliveries.

Whatever an act changed of an ingredient's deliveries, issues, disposals and counts, its book is gone through once more
before the act is kept. What would take more than there is refuses the act; costs and book figures that no longer agree
are written anew within it, so that trail, paper and balance tell the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from school_logistics.errors import OfficeError, Unacceptable
from school_logistics.models.canteen.purchase_lookups import table
from school_logistics.models.canteen.shelves import BATCH, TABLES, shelves
from school_logistics.models.keeping import Keeps
from school_logistics.models.references import every_record
from school_logistics.rules.stock import Move
from school_logistics.rules.stock_book import Posting, overdrawn, posted
from school_logistics.rules.stocktaking import BEGINS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy.orm import Session

    from school_logistics.models.record import Record

FOLLOWING = {
    Move.ISSUED: ("amount", "unit_price"),
    Move.DISPOSED: ("amount",),
    Move.COUNTED: (
        "book_quantity", "book_amount", "unit_price", "counted_amount",
        "surplus_quantity", "surplus_amount", "shortage_quantity", "shortage_amount",
    ),
}  # fmt: skip
"""The columns that follow from the book."""


def _settle(session: Session, ingredients: frozenset[int]) -> None:
    """Hold the books of these ingredients against the rules, and write what follows from them."""
    moving = _that_move(session, ingredients)
    if not moving:
        return
    found = shelves(session, moving)
    wrong: list[tuple[Posting, Record]] = []
    for ingredient in sorted(moving):
        postings, _ = posted(found[ingredient].batches, found[ingredient].movements)
        wrong += [(one, _row(session, one)) for one in postings if one.short > 0]
        _write(session, {ingredient}, postings)
    for one, row in wrong:
        if one.movement.batch is not None or not row.incomplete:
            raise OfficeError(overdrawn(one, _called(session, one)) + "。")
    _keep(session)


def _that_move(session: Session, ingredients: Collection[int]) -> set[int]:
    """Those of which anything was ever issued, thrown away or counted."""
    found: set[int] = set()
    for name in TABLES.values():
        kept = table(name).c.ingredient
        found |= set(session.scalars(select(kept).where(kept.in_(ingredients)).distinct()))
    return found


def _row(session: Session, posting: Posting) -> Record:
    record = next(one for one in every_record() if one.__tablename__ == TABLES[posting.movement.what])
    row = session.get(record, posting.movement.id)
    assert row is not None  # noqa: S101 - it was just read
    return row


def _called(session: Session, posting: Posting) -> str:
    """What a person calls the batch, or the ingredient of an entry that names none."""
    bought, goods = table("food_purchase"), table("ingredient")
    if posting.movement.batch is None:
        name = session.scalar(select(goods.c.name).where(goods.c.id == posting.movement.ingredient))
    else:
        name = session.scalar(select(BATCH.title(bought.c)).where(bought.c.id == posting.movement.batch))
    return str(name)


def _write(session: Session, ingredients: Collection[int], postings: Collection[Posting]) -> None:
    """Write the costs and book figures that no longer stand as they follow."""
    stands = {move: _standing(session, move, ingredients) for move in FOLLOWING}
    for one in postings:
        told = _told(one)
        if stands[one.movement.what][one.movement.id] != tuple(told.values()):
            row = _row(session, one)
            for key, value in told.items():
                setattr(row, key, value)


def _standing(session: Session, move: Move, ingredients: Collection[int]) -> dict[int, tuple[object, ...]]:
    """What the entries of these ingredients say now in the columns that follow from the book."""
    kept = table(TABLES[move]).c
    wanted = select(kept.id, *(kept[key] for key in FOLLOWING[move])).where(kept.ingredient.in_(ingredients))
    return {row[0]: tuple(row[1:]) for row in session.execute(wanted)}


def _keep(session: Session) -> None:
    """Write it down; months that are closed say so."""
    try:
        session.flush()
    except Unacceptable as closed:
        raise OfficeError("这一步会连带改动已经记下的出库成本或盘点账面数，其中有的不能改：" + str(closed)) from closed


def _told(one: Posting) -> Mapping[str, object]:
    """The columns of an entry that follow from the book, in the order of `FOLLOWING`."""
    found, worth = one.movement.quantity, one.movement.amount
    cost = None if one.price is None else abs(worth)
    if one.movement.what is not Move.COUNTED:
        return dict(zip(FOLLOWING[one.movement.what], (cost, one.price), strict=False))
    more, less = found > 0, found < 0
    told = (
        one.before.quantity, one.before.amount, one.price, one.before.amount + worth,
        found if more else None, worth if more else None, -found if less else None, -worth if less else None,
    )  # fmt: skip
    return dict(zip(FOLLOWING[Move.COUNTED], told, strict=True))


def _begin_anew(session: Session, rules: frozenset[str]) -> None:
    """Settle every book when the school changes the day from which it keeps stock."""
    if BEGINS in rules:
        _settle(session, frozenset(session.scalars(select(table("ingredient").c.id))))


BEGINNING = Keeps("rule", _begin_anew)
"""Declared by the changes of the rule book: one of its entries says from which day stock is kept."""

STOCK = Keeps("ingredient", _settle)
"""Declared by every ledger whose records are entries of the stock book."""
