"""The count at the end of a month: what the ledgers say, what is there, and why they differ (库存盘点)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from school_logistics.rules.stock import plain
from school_logistics.rules.stock_book import total_of

if TYPE_CHECKING:
    from school_logistics.rules.issuing import Stocked
    from school_logistics.rules.stock_book import Posting

BEGINS = "stock.begins"
"""The entry of the rule book with the first day on which stock is kept."""
_NOTHING = Decimal(0)


def begins_on(told: str | None) -> date:
    """The first day on which stock is kept, as the rule book tells it; the very first where nobody set one.

    >>> begins_on("2026-09-01"), begins_on("不设") == date.min
    (datetime.date(2026, 9, 1), True)
    """
    try:
        return date.fromisoformat(told or "")
    except ValueError:
        return date.min


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
    def counted_amount(self) -> Decimal | None:
        """实盘金额."""

    @property
    def opening_price(self) -> Decimal | None:
        """建账单价."""

    @property
    def best_before(self) -> date | None:
        """保质到期."""

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


def _posted(row: Counted, stock: Stocked | None) -> Posting | None:
    """How the count would stand in the book; one that says nothing yet, as if all were there."""
    if stock is None or row.counted_on is None:
        return None
    counted = row.counted_quantity
    if counted is None:
        counted = total_of(stock.batches_on(row.counted_on)).quantity
    return stock.counting(row.counted_on, counted, row.opening_price, row.best_before)


def book_quantity(row: Counted, *, stock: Stocked | None) -> Decimal | None:
    """The column 账面数量: what the ledgers say is there at the end of the day."""
    found = _posted(row, stock)
    return row.book_quantity if found is None else found.before.quantity


def book_amount(row: Counted, *, stock: Stocked | None) -> Decimal | None:
    """The column 账面金额."""
    found = _posted(row, stock)
    return row.book_amount if found is None else found.before.amount


def book_price(row: Counted, *, stock: Stocked | None) -> Decimal | None:
    """The column 单价: the mean of what is there; of what came last where nothing is left; as typed on opening."""
    found = _posted(row, stock)
    return row.unit_price if found is None else found.price


def difference(row: Counted) -> Decimal | None:
    """How much more was counted than the ledgers say."""
    if row.counted_quantity is None or row.book_quantity is None:
        return None
    return row.counted_quantity - row.book_quantity


def counted_amount(row: Counted, *, stock: Stocked | None) -> Decimal | None:
    """The column 实盘金额: what is missing is worth what its batches cost."""
    if row.counted_quantity is None:
        return None
    found = _posted(row, stock)
    if found is not None:
        return found.before.amount + found.movement.amount
    return getattr(row, "counted_amount", None)


def _differs(row: Counted, sign: int) -> tuple[Decimal | None, Decimal | None]:
    found, amount = difference(row), row.counted_amount
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


def priced_on_opening(row: Counted, *, stock: Stocked | None) -> str:
    """Say when what a count brings into the book is worth nothing, since nobody said what it cost."""
    if stock is None or not row.counted_quantity or book_price(row, stock=stock) is not None:
        return ""
    return "以前没有进过这一样，不知道单价；建账时请填建账单价，否则金额记 0"


def book_unchanged(row: Counted, *, stock: Stocked | None) -> str:
    """Say when entries made since have changed what the ledgers say of that day."""
    now = book_quantity(row, stock=stock)
    if now is None or row.book_quantity is None or now == row.book_quantity:
        return ""
    return f"盘点以后又补记或改动过收发，账面应为 {plain(now)}（原为 {plain(row.book_quantity)}），请核对后重新保存"
