"""What a delivery line is held against: other lines of its note, past prices, its certificate, the list, its batch."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import FromClause, func, or_, select

from school_logistics.models.checks import Lookup, Values
from school_logistics.models.record import Tables
from school_logistics.rules.acceptance import JointWeek, joint_weeks
from school_logistics.rules.designated import Listed, means
from school_logistics.rules.disposal import RejectStage
from school_logistics.rules.food import AcceptanceResult
from school_logistics.rules.money import half_up
from school_logistics.rules.papers import PaperKind
from school_logistics.rules.suppliers import Contract
from school_logistics.rules.units import InStock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_LONGEST_BACK = timedelta(days=366)
"""Prices and pairs of inspectors are asked for no further back."""
_HALF_A_YEAR = timedelta(weeks=26)
_PRICE_PLACES = 4


def table(name: str) -> FromClause:
    """A table by its name, whichever module declares it."""
    return Tables.metadata.tables[name]


def day_of(row: Values, key: str) -> date | None:
    """The day in a field of a record, if any."""
    value = row.get(key)
    return value if isinstance(value, date) else None


@dataclass
class PastPrices:
    """What one ingredient cost in one unit, day by day."""

    days: list[date] = field(default_factory=list)
    quantities: list[Decimal] = field(default_factory=lambda: [Decimal(0)])
    amounts: list[Decimal] = field(default_factory=lambda: [Decimal(0)])

    def add(self, on: date, quantity: Decimal, amount: Decimal) -> None:
        """One line more, in the order of days."""
        self.days.append(on)
        self.quantities.append(self.quantities[-1] + quantity)
        self.amounts.append(self.amounts[-1] + amount)

    def between(self, first: date, last: date) -> tuple[Decimal, Decimal]:
        """How much was bought within some days, and for how much."""
        start, end = bisect_left(self.days, first), bisect_right(self.days, last)
        return self.quantities[end] - self.quantities[start], self.amounts[end] - self.amounts[start]


class OtherPrices(NamedTuple):
    """The past prices without the line in hand."""

    all: PastPrices
    own_quantity: Decimal
    own_amount: Decimal

    def average(self, first: date, last: date) -> Decimal | None:
        """The mean price of one unit within some days; None when nothing else was bought."""
        quantity, amount = self.all.between(first, last)
        others = quantity - self.own_quantity
        return half_up((amount - self.own_amount) / others, _PRICE_PLACES) if others > 0 else None


def past_prices(session: Session, rows: Sequence[Values]) -> list[object]:
    """What each line's ingredient cost in the same unit, other lines than itself."""
    days = [day for row in rows if (day := day_of(row, "bought_on"))]
    named = {one for row in rows if isinstance(one := row.get("ingredient"), int)}
    if not days or not named:
        return [None] * len(rows)
    bought = table("food_purchase").c
    wanted = select(bought.ingredient, bought.unit, bought.bought_on, bought.quantity, bought.amount).where(
        bought.ingredient.in_(named), bought.bought_on.between(min(days) - _LONGEST_BACK, max(days)),
        bought.amount.is_not(None), bought.result.is_distinct_from(AcceptanceResult.REJECTED.value),
    )  # fmt: skip
    known: dict[tuple[object, object], PastPrices] = defaultdict(PastPrices)
    for ingredient, unit, on, quantity, amount in session.execute(wanted.order_by(bought.bought_on)):
        known[ingredient, unit].add(on, quantity, amount)
    kept = _kept(session, rows)
    return [_others(known[row.get("ingredient"), row.get("unit")], kept.get(row.get("id"))) for row in rows]


def _others(prices: PastPrices, own: tuple[Any, ...] | None) -> OtherPrices:
    quantity, amount = own or (Decimal(0), Decimal(0))
    return OtherPrices(prices, quantity or Decimal(0), amount or Decimal(0))


def _kept(session: Session, rows: Sequence[Values]) -> dict[object, tuple[Any, ...]]:
    """What the lines that stand already count for among the prices, by id."""
    ids = [one for row in rows if isinstance(one := row.get("id"), int)]
    bought = table("food_purchase").c
    wanted = select(bought.id, bought.quantity, bought.amount).where(
        bought.id.in_(ids), bought.amount.is_not(None),
        bought.result.is_distinct_from(AcceptanceResult.REJECTED.value),
    )  # fmt: skip
    return {one: (quantity, amount) for one, quantity, amount in session.execute(wanted)} if ids else {}


def alike(session: Session, rows: Sequence[Values]) -> list[object]:
    """How many other lines of the same note and day tell of the same ingredient."""
    keys = [tuple(row.get(key) for key in ("supplier", "note_no", "bought_on", "ingredient")) for row in rows]
    notes = {key[1] for key in keys if None not in key}
    if not notes:
        return [None] * len(rows)
    bought = table("food_purchase").c
    wanted = select(bought.id, bought.supplier, bought.note_no, bought.bought_on, bought.ingredient)
    known: dict[tuple[object, ...], set[object]] = defaultdict(set)
    days = [key[2] for key in keys if isinstance(key[2], date)]
    wanted = wanted.where(
        bought.bought_on.between(min(days), max(days)), bought.result.is_distinct_from(AcceptanceResult.REJECTED.value)
    )
    for one, *key in session.execute(wanted):
        known[tuple(key)].add(one)
    return [len(known[key] - {row.get("id")}) if None not in key else None for key, row in zip(keys, rows, strict=True)]


def certified_elsewhere(session: Session, rows: Sequence[Values]) -> list[object]:
    """How much other lines brought in on the same quarantine certificate."""
    numbers = {row.get("quarantine_no") for row in rows if row.get("quarantine_no")}
    if not any(row.get("quarantine_quantity") for row in rows):
        return [None] * len(rows)
    bought = table("food_purchase").c
    wanted = select(bought.quarantine_no, bought.id, bought.quantity).where(
        bought.quarantine_no.in_(numbers), bought.result.is_distinct_from(AcceptanceResult.REJECTED.value)
    )
    found: dict[object, dict[object, Decimal]] = defaultdict(dict)
    for number, one, quantity in session.execute(wanted):
        found[number][one] = quantity
    whole = {number: sum(lines.values(), Decimal(0)) for number, lines in found.items()}
    return [
        whole.get(number, Decimal(0)) - found.get(number, {}).get(row.get("id"), Decimal(0))
        if row.get("quarantine_quantity")
        else None
        for row in rows
        for number in (row.get("quarantine_no"),)
    ]


def weeks(session: Session, rows: Sequence[Values]) -> list[object]:
    """The weeks before each line, each with the pairs that accepted bulk staples."""
    days = [day for row in rows if (day := day_of(row, "bought_on")) and row.get("second_inspector")]
    if not days:
        return [None] * len(rows)
    bought = table("food_purchase").c
    wanted = select(bought.bought_on, bought.inspector, bought.second_inspector).where(
        bought.bought_on.between(min(days) - _HALF_A_YEAR, max(days)),
        bought.inspector.is_not(None), bought.second_inspector.is_not(None),
    )  # fmt: skip
    found: tuple[JointWeek, ...] = joint_weeks(
        (on, one, other) for on, one, other in session.execute(wanted.distinct())
    )
    return [found] * len(rows)


def listed(session: Session, rows: Sequence[Values]) -> list[object]:
    """The lines of the list that hold for each line's ingredient on its day."""
    on_list, goods = table("designated").c, table("ingredient").c
    lines = session.execute(
        select(on_list.item, on_list.supplier, on_list.brand, on_list.valid_from, on_list.valid_until)
    ).all()
    named = {one for row in rows if isinstance(one := row.get("ingredient"), int)} if lines else set()
    found = session.execute(select(goods.id, goods.name, goods.category).where(goods.id.in_(named))) if named else ()
    known = {one: (name, category) for one, name, category in found}
    return [_on_the_list(row, known.get(row.get("ingredient"), (None, None)), lines) for row in rows]


def _on_the_list(
    row: Values, called: tuple[str | None, str | None], lines: Sequence[Sequence[Any]]
) -> tuple[Listed, ...]:
    on = day_of(row, "bought_on")
    return tuple(
        Listed(item, supplier, brand)
        for item, supplier, brand, first, last in lines
        if means(item, *called) and (on is None or (first or on) <= on <= (last or on))
    )


def contracts(session: Session, rows: Sequence[Values]) -> list[object]:
    """Every supply contract of each line's supplier."""
    named = {one for row in rows if isinstance(one := row.get("supplier"), int)}
    papers = table("certificate").c
    wanted = select(papers.supplier, papers.issued_on, papers.valid_until).where(
        papers.supplier.in_(named), papers.kind == PaperKind.SUPPLY_CONTRACT.value
    )
    known: dict[object, list[Contract]] = defaultdict(list)
    for one, first, last in session.execute(wanted) if named else ():
        known[one].append(Contract(first, last))
    return [tuple(known.get(row.get("supplier"), ())) for row in rows]


class Taken(NamedTuple):
    """What went out of a batch."""

    quantity: Decimal
    first_on: date
    ingredient: int | None = None


def taken(session: Session, rows: Sequence[Values]) -> list[object]:
    """What went out of each line's batch."""
    ids = [one for row in rows if isinstance(one := row.get("id"), int)]
    if not ids:
        return [None] * len(rows)
    out, rejected = table("stock_out").c, table("rejected_food").c
    found: dict[object, Taken] = {}
    for wanted in (
        select(out.batch, func.sum(out.issued), func.min(out.issued_on), func.min(out.ingredient))
        .where(out.batch.in_(ids))
        .group_by(out.batch),
        select(rejected.batch, func.sum(rejected.quantity), func.min(rejected.found_on), func.min(rejected.ingredient))
        .where(rejected.batch.in_(ids), rejected.stage == RejectStage.STORE.value)
        .group_by(rejected.batch),
    ):
        for batch, quantity, first, ingredient in session.execute(wanted):
            before = found.get(batch, Taken(Decimal(0), first))
            found[batch] = Taken(before.quantity + quantity, min(before.first_on, first), ingredient)
    return [found.get(row.get("id")) for row in rows]


_FINDERS: dict[str, Callable[[Session, Sequence[Values]], Sequence[object]]] = {
    "past_prices": past_prices,
    "alike": alike,
    "certified_elsewhere": certified_elsewhere,
    "weeks": weeks,
    "listed": listed,
    "contracts": contracts,
    "taken": taken,
}

LOOKUPS = tuple(Lookup(name, find) for name, find in _FINDERS.items())
"""Asked of a delivery line that is saved, printed or imported."""


def in_stock(session: Session, rows: Sequence[Values]) -> list[object]:
    """In which unit each ingredient lies in the store, where any of it ever came or moved."""
    ids = {one for row in rows if isinstance(one := row.get("id"), int)}
    if not ids:
        return [None] * len(rows)
    goods, bought = table("ingredient").c, table("food_purchase").c
    came = select(bought.ingredient).where(bought.ingredient.in_(ids), bought.stock_quantity.is_not(None))
    known = set(session.scalars(came.distinct()))
    for name in ("stock_out", "rejected_food", "stocktake"):
        kept = table(name).c.ingredient
        known |= set(session.scalars(select(kept).where(kept.in_(ids - known)).distinct()))
    wanted = select(goods.id, goods.unit).where(goods.id.in_(known))
    found = {row.id: InStock(row.unit) for row in session.execute(wanted)}
    return [found.get(row.get("id")) for row in rows]


IN_STOCK = Lookup("in_stock", in_stock)
"""Asked of an ingredient that is changed."""


def lines_of_note(session: Session, rows: Sequence[Values]) -> list[object]:
    """What the lines of each delivery note come to; None where it has none."""
    bought = table("food_purchase").c
    keys = [tuple(row.get(key) for key in ("supplier", "note_no", "came_on")) for row in rows]
    days = [key[2] for key in keys if isinstance(key[2], date)]
    if not days:
        return [None] * len(rows)
    wanted = select(bought.supplier, bought.note_no, bought.bought_on, func.sum(bought.amount)).where(
        bought.bought_on.between(min(days), max(days)),
        or_(bought.result.is_(None), bought.result != AcceptanceResult.REJECTED.value),
    )
    found = session.execute(wanted.group_by(bought.supplier, bought.note_no, bought.bought_on))
    known = {tuple(key): amount for *key, amount in found}
    return [known.get(key) for key in keys]


def recounted_notes(session: Session, rows: Sequence[Values]) -> list[object]:
    """Whether the amount of a line of each delivery note changed after the note itself was last written."""
    kept = [one for row in rows if row.get("reason") and isinstance(one := row.get("id"), int)]
    days = [on for row in rows if (on := day_of(row, "came_on"))]
    if not kept or not days:
        return [False] * len(rows)
    entries, images, bought = table("audit_entry").c, table("audit_image").c, table("food_purchase").c
    written = select(entries.record, func.max(entries.id)).where(
        entries.ledger == "delivery_note", entries.record.in_(kept)
    )
    amounts = (func.json_extract(told, "$.amount") for told in (images.before, images.after))
    changed = (
        select(bought.supplier, bought.note_no, bought.bought_on, func.max(entries.id))
        .join_from(table("food_purchase"), table("audit_entry"), entries.record == bought.id)
        .join(table("audit_image"), images.entry == entries.id)
        .where(entries.ledger == "food_purchase", bought.bought_on.between(min(days), max(days)))
        .where(next(amounts).is_distinct_from(next(amounts)))
    )
    last: dict[object, int] = {row[0]: row[1] for row in session.execute(written.group_by(entries.record))}
    grouped = changed.group_by(bought.supplier, bought.note_no, bought.bought_on)
    later = {tuple(key): entry for *key, entry in session.execute(grouped)}
    return [
        row.get("id") in last
        and later.get(tuple(row.get(key) for key in ("supplier", "note_no", "came_on")), 0) > last[row["id"]]
        for row in rows
    ]
