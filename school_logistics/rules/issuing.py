"""What goes out of the store to the kitchen: from which batch, how much, at what cost (领料出库)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from school_logistics.errors import OfficeError
from school_logistics.rules.acceptance import posts_clash
from school_logistics.rules.stock import Move, OnShelf, pick, plain, shortage, usable

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook
    from school_logistics.rules.stock import Item
    from school_logistics.rules.stock_book import Posting


class Purpose(StrEnum):
    """What goods are issued for."""

    BREAKFAST = "早餐"
    LUNCH = "午餐"
    DINNER = "晚餐"
    SNACK = "加餐"
    CLEANING = "清洁消毒"
    OTHER = "其他"


class Taken(Protocol):
    """An issue as these rules see it; None where blank."""

    @property
    def issued_on(self) -> date | None:
        """领用日期."""

    @property
    def batch(self) -> int | None:
        """批次."""

    @property
    def ingredient(self) -> int | None:
        """品名."""

    @property
    def requested(self) -> Decimal | None:
        """请领数量."""

    @property
    def issued(self) -> Decimal | None:
        """实发数量."""

    @property
    def skip_reason(self) -> str | None:
        """跳批原因."""

    @property
    def receiver(self) -> str | None:
        """领用人."""

    @property
    def storekeeper(self) -> str | None:
        """保管员."""


class Stocked(Protocol):
    """What the store holds of one ingredient, as it stands without the record in hand."""

    def batches(self) -> Sequence[OnShelf]:
        """Its batches after everything that was ever entered."""

    def batches_on(self, day: date) -> Sequence[OnShelf]:
        """Its batches at the end of a day."""

    def room(self, batch: int, on: date) -> Decimal:
        """How much more may be taken from a batch on a day."""

    def taking(self, what: Move, on: date, batch: int | None, quantity: Decimal) -> Posting:
        """How so much more, issued or thrown away on a day, would stand in the book."""

    def counting(self, on: date, counted: Decimal, price: Decimal | None, best_before: date | None) -> Posting:
        """How a count at the end of a day would stand in the book."""

    def counted_since(self, on: date) -> date | None:
        """The first day, from a day on, on which it was counted."""


class Line(Protocol):
    """The delivery line that is a batch; None where blank."""

    @property
    def bought_on(self) -> date | None:
        """进货日期."""

    @property
    def best_before(self) -> date | None:
        """保质到期."""

    @property
    def ingredient(self) -> int | None:
        """品名."""


def batch_in(there: Sequence[OnShelf], batch: int | None) -> OnShelf | None:
    """A batch of the shelf by its id."""
    return next((one for one in there if one.batch.id == batch), None)


def shares(row: Taken, *, stock: Stocked | None) -> list[dict[str, object]]:
    """The batches out of which an issue that names none is taken, each with its share; none when it names one.

    What is asked for stands with its share; what was asked for beyond it with the last one.
    """
    if stock is None or row.batch is not None or row.issued is None or row.issued_on is None or row.issued <= 0:
        return []
    try:
        picked = pick(_still_there(stock, row.issued_on), row.issued, row.issued_on)
    except OfficeError:
        return []
    wanted = row.issued if row.requested is None else row.requested
    beyond = wanted - row.issued
    found: list[dict[str, object]] = [
        {"batch": one.batch.id if one.batch.id > 0 else None, "issued": quantity, "requested": quantity}
        for one, quantity in _opening_first(picked)
    ]
    if found:
        found[-1]["requested"] = picked[-1][1] + beyond
    return found


def _opening_first(picked: Sequence[tuple[OnShelf, Decimal]]) -> list[tuple[OnShelf, Decimal]]:
    """What comes out of counts names no batch: it is one share, however many counts it comes out of."""
    counted = [(one, quantity) for one, quantity in picked if one.batch.id < 0]
    whole = sum((quantity for _, quantity in counted), Decimal(0))
    return [*((one, whole) for one, _ in counted[:1]), *(share for share in picked if share[0].batch.id > 0)]


def _still_there(stock: Stocked, day: date) -> list[OnShelf]:
    """What was there on a day and is not spoken for since: an issue written down late takes nobody's batch away."""
    now = {one.batch.id: one for one in stock.batches()}
    then = stock.batches_on(day)
    return [now[one.batch.id] if now[one.batch.id].left < one.left else one for one in then if one.batch.id in now]


def batch_named(row: Taken, *, stock: Stocked | None, ingredient: Item | None = None) -> str:
    """Say when an issue comes from no batch: there is not enough on the shelf."""
    if row.batch is not None or stock is None or row.issued is None or row.issued_on is None:
        return ""
    fit = usable(_still_there(stock, row.issued_on), row.issued_on)
    there = sum((one.left for one in fit), Decimal(0))
    return shortage(fit, row.issued, ingredient) if there < row.issued else ""


def never_below_nothing(row: Taken, *, stock: Stocked | None, ingredient: Item | None = None) -> str:
    """Say when more is taken from a batch than is left of it (V-30)."""
    if stock is None or row.batch is None or row.issued is None or row.issued_on is None:
        return ""
    left = stock.room(row.batch, row.issued_on)
    if row.issued <= left:
        return ""
    unit = f" {ingredient.unit}" if ingredient and ingredient.unit else ""
    return f"这一批只剩 {plain(left)}{unit}，不够 {plain(row.issued)}{unit}；批次留空，就按先到期先出从几批里分别出"


def cost_out(stock: Stocked, what: Move, on: date, batch: int | None, quantity: Decimal) -> Decimal | None:
    """What so much of a batch costs, as it lies there before it is taken; without one, of those whose turn it is."""
    found = stock.taking(what, on, batch, quantity)
    return None if found.price is None else -found.movement.amount


def counted_since(row: Taken, *, stock: Stocked | None) -> str:
    """Say when an issue is written down for a day before a count: what the book said at the count changes with it."""
    return before_a_count(row.issued_on, stock)


def before_a_count(on: date | None, stock: Stocked | None) -> str:
    """The sentence for an entry of a day, "" where nothing was counted since."""
    counted = stock.counted_since(on) if stock is not None and on is not None else None
    if counted is None or counted == on:
        return ""
    return f"{counted:%Y-%m-%d} 已经盘点过，那次的账面数和差异会跟着改；请核对差异原因，对不上就重新盘点"


def something_issued(row: Taken) -> bool:
    """Whether more than nothing was issued."""
    return row.issued is None or row.issued > 0


def of_this_batch(row: Taken, *, batch: Line | None) -> bool:
    """Whether the batch is one of this ingredient."""
    return batch is None or row.ingredient is None or batch.ingredient == row.ingredient


class Gone(Protocol):
    """What went out of a batch already."""

    @property
    def quantity(self) -> Decimal:
        """How much."""

    @property
    def ingredient(self) -> int | None:
        """Of what, as the issues say."""


def ingredient_stays(row: Line, *, taken: Gone | None) -> str:
    """Say when a delivery line is turned into another ingredient though something was taken of it (V-30)."""
    if taken is None or row.ingredient is None or taken.ingredient in (None, row.ingredient):
        return ""
    return f"这一批已经出库 {plain(taken.quantity)}，品名不能再改；先改或删出库台账里的那几行"


def issued_after_it_came(row: Taken, *, batch: Line | None) -> str:
    """Say when something is issued before it came in (V-30)."""
    if batch is None or batch.bought_on is None or row.issued_on is None or batch.bought_on <= row.issued_on:
        return ""
    return f"这一批 {batch.bought_on:%Y-%m-%d} 才进货，不能在 {row.issued_on:%Y-%m-%d} 出库"


def not_expired(row: Taken, *, batch: Line | None) -> str:
    """Say when a batch past its day is issued: it may only be thrown away (V-32)."""
    if batch is None or batch.best_before is None or row.issued_on is None or row.issued_on <= batch.best_before:
        return ""
    return f"这一批 {batch.best_before:%Y-%m-%d} 已过保质期，不能出库；请在不合格食品处置里登记"


def first_to_expire(row: Taken, *, stock: Stocked | None) -> str:
    """Say when a batch that expires sooner was passed over and nobody wrote down why (V-31)."""
    if stock is None or row.batch is None or row.issued_on is None or row.skip_reason:
        return ""
    there = stock.batches_on(row.issued_on)
    mine = batch_in(there, row.batch)
    sooner = [one for one in usable(there, row.issued_on) if mine and one.batch.turn < mine.batch.turn]
    if not sooner:
        return ""
    first = sooner[0].batch
    until = f"{first.best_before:%Y-%m-%d} 到期" if first.best_before else "没有保质期"
    return f"{first.received_on:%Y-%m-%d} 进的一批（{until}）还有 {plain(sooner[0].left)}，应先出；跳批要写明原因"


def no_more_than_asked(row: Taken) -> bool:
    """Whether no more was issued than was asked for."""
    return row.requested is None or row.issued is None or row.issued <= row.requested


def handed_to_another(row: Taken, *, book: RuleBook, today: date) -> str:
    """Say when the storekeeper issues to himself (V-34)."""
    held = {"保管": row.storekeeper, "领用": row.receiver}
    return posts_clash(held, (*book.words("stock.incompatible", row.issued_on or today), "领用"))


def price_of(row: Taken, *, stock: Stocked | None) -> Decimal | None:
    """The column 单价: what one unit of the batch cost."""
    found = _posted(row, stock)
    return getattr(row, "unit_price", None) if found is None else found.price


def cost_of(row: Taken, *, stock: Stocked | None) -> Decimal | None:
    """The column 金额; what empties a batch takes the fen that rounding left over."""
    found = _posted(row, stock)
    if found is None or row.issued is None:
        return getattr(row, "amount", None)
    return None if found.price is None else -found.movement.amount


def _posted(row: Taken, stock: Stocked | None) -> Posting | None:
    if stock is None or row.issued_on is None or (row.issued or 0) < 0:
        return None
    return stock.taking(Move.ISSUED, row.issued_on, row.batch, row.issued or Decimal(0))
