"""The count at the end of a month: what the ledgers say, what is there, and why they differ (库存盘点)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from school_logistics.rules.money import half_up
from school_logistics.rules.stock import plain

if TYPE_CHECKING:
    from school_logistics.rules.issuing import Stocked
    from school_logistics.rules.stock import OnShelf

_NOTHING = Decimal(0)
_PRICE_PLACES = 4


class Counted(Protocol):
    """A line of a stocktake as these rules see it; None where blank."""

    @property
    def counted_on(self) -> date | None:
        """盘点日期."""

    @property
    def unit_price(self) -> Decimal | None:
        """单价."""

    @property
    def book_quantity(self) -> Decimal | None:
        """账面数量."""

    @property
    def book_amount(self) -> Decimal | None:
        """账面金额."""

    @property
    def counted_quantity(self) -> Decimal | None:
        """实盘数量."""

    @property
    def reason(self) -> str | None:
        """差异原因."""

    @property
    def storekeeper(self) -> str | None:
        """保管员."""

    @property
    def reviewer(self) -> str | None:
        """审核人."""


def _there(row: Counted, stock: Stocked | None) -> Sequence[OnShelf] | None:
    return stock.batches_on(row.counted_on) if stock and row.counted_on else None


def book_quantity(row: Counted, *, stock: Stocked | None) -> Decimal | None:
    """The column 账面数量: what the ledgers say is there at the end of the day."""
    there = _there(row, stock)
    return row.book_quantity if there is None else sum((one.left for one in there), _NOTHING)


def book_amount(row: Counted, *, stock: Stocked | None) -> Decimal | None:
    """The column 账面金额."""
    there = _there(row, stock)
    return row.book_amount if there is None else sum((one.value for one in there), _NOTHING)


def book_price(row: Counted, *, stock: Stocked | None) -> Decimal | None:
    """The column 单价: the mean of what is there; of what came last where nothing is left."""
    there = _there(row, stock)
    if there is None:
        return row.unit_price
    quantity = sum((one.left for one in there), _NOTHING)
    if quantity > 0:
        return half_up(sum((one.value for one in there), _NOTHING) / quantity, _PRICE_PLACES)
    last = max(there, key=lambda one: (one.batch.received_on, one.batch.id), default=None)
    return last.batch.unit_price if last else None


def difference(row: Counted) -> Decimal | None:
    """How much more was counted than the ledgers say."""
    if row.counted_quantity is None or row.book_quantity is None:
        return None
    return row.counted_quantity - row.book_quantity


def counted_amount(row: Counted) -> Decimal | None:
    """The column 实盘金额: as the ledgers have it where nothing differs."""
    found = difference(row)
    if row.counted_quantity is None or found is None:
        return None
    if not found:
        return row.book_amount
    if not row.counted_quantity:
        return _NOTHING
    return (row.book_amount or _NOTHING) + half_up(found * (row.unit_price or _NOTHING))


def _differs(row: Counted, sign: int) -> tuple[Decimal | None, Decimal | None]:
    found, amount = difference(row), counted_amount(row)
    if found is None or found * sign <= 0:
        return None, None
    return found * sign, None if amount is None else (amount - (row.book_amount or _NOTHING)) * sign


def surplus_quantity(row: Counted) -> Decimal | None:
    """The column 盘盈数量."""
    return _differs(row, 1)[0]


def surplus_amount(row: Counted) -> Decimal | None:
    """The column 盘盈金额."""
    return _differs(row, 1)[1]


def shortage_quantity(row: Counted) -> Decimal | None:
    """The column 盘亏数量."""
    return _differs(row, -1)[0]


def shortage_amount(row: Counted) -> Decimal | None:
    """The column 盘亏金额."""
    return _differs(row, -1)[1]


def difference_explained(row: Counted) -> bool:
    """Whether a difference has its reason (V-33)."""
    return not difference(row) or bool(row.reason)


def difference_reviewed(row: Counted) -> bool:
    """Whether somebody else looked at a difference (V-33)."""
    return not difference(row) or bool(row.reviewer)


def reviewed_by_another(row: Counted) -> bool:
    """Whether the reviewer is not the storekeeper himself (V-34)."""
    return not row.reviewer or row.reviewer != row.storekeeper


def book_unchanged(row: Counted, *, stock: Stocked | None) -> str:
    """Say when entries made since have changed what the ledgers say of that day."""
    now = book_quantity(row, stock=stock)
    if now is None or row.book_quantity is None or now == row.book_quantity:
        return ""
    return f"盘点以后又补记或改动过收发，账面应为 {plain(now)}（原为 {plain(row.book_quantity)}），请核对后重新保存"
