"""What may not be eaten and is thrown away, sent back or sealed, in front of a witness (不合格食品处置).

《食品安全法实施条例》 (2019-12-01) article 29: spoiled and expired food is marked, kept apart, destroyed, and recorded.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from school_logistics.rules.issuing import before_a_count, cost_out
from school_logistics.rules.stock import Move, plain

if TYPE_CHECKING:
    from school_logistics.rules.issuing import Stocked
    from school_logistics.rules.stock import Item


class RejectCause(StrEnum):
    """Why food is not fit."""

    EXPIRED = "过期"
    SPOILED = "变质"
    PAPERS = "证照不全"
    LOOKS = "感官异常"
    TEST = "快检阳性"
    TEMPERATURE = "温度超标"
    DAMAGED = "包装破损"
    OTHER = "其他"


class RejectStage(StrEnum):
    """Where it was found."""

    ACCEPTANCE = "验收"
    STORE = "库存"
    KITCHEN = "加工"


class RejectMethod(StrEnum):
    """What was done with it."""

    RETURNED = "当场退回"
    DESTROYED = "销毁"
    SEALED = "封存"


class Rejected(Protocol):
    """A disposal as these rules see it; None where blank."""

    @property
    def found_on(self) -> date | None:
        """日期."""

    @property
    def batch(self) -> int | None:
        """批次."""

    @property
    def ingredient(self) -> int | None:
        """品名."""

    @property
    def quantity(self) -> Decimal | None:
        """数量."""

    @property
    def stage(self) -> str | None:
        """发现环节."""

    @property
    def handled_at(self) -> datetime | None:
        """处置时间."""

    @property
    def handler(self) -> str | None:
        """处理人."""

    @property
    def witness(self) -> str | None:
        """见证人."""


def batch_of_the_store(row: Rejected, *, stock: Stocked | None) -> bool:
    """Whether what is taken out of the store names its batch; what was only ever counted has none to name."""
    if row.stage != RejectStage.STORE or row.batch is not None:
        return True
    if stock is None or row.found_on is None or row.quantity is None:
        return False
    counted = (one.left for one in stock.batches_on(row.found_on) if one.batch.id < 0)
    return sum(counted, Decimal(0)) >= row.quantity


def disposed_before_a_count(row: Rejected, *, stock: Stocked | None) -> str:
    """Say when a disposal is written down for a day before a count."""
    return before_a_count(row.found_on, stock) if row.stage == RejectStage.STORE else ""


def disposed_no_more_than_left(row: Rejected, *, stock: Stocked | None, ingredient: Item | None = None) -> str:
    """Say when more of a batch is thrown away than is left of it (V-30)."""
    if row.stage != RejectStage.STORE or stock is None:
        return ""
    if row.batch is None or row.quantity is None or row.found_on is None:
        return ""
    left = stock.room(row.batch, row.found_on)
    unit = f" {ingredient.unit}" if ingredient and ingredient.unit else ""
    return f"这一批只剩 {plain(left)}{unit}，处置不了 {plain(row.quantity)}{unit}" if row.quantity > left else ""


def disposal_cost(row: Rejected, *, stock: Stocked | None) -> Decimal | None:
    """What was thrown away out of the store is worth."""
    if row.stage != RejectStage.STORE:
        return None
    if stock is None or row.quantity is None or row.found_on is None:
        return getattr(row, "amount", None)
    return cost_out(stock, Move.DISPOSED, row.found_on, row.batch, row.quantity)


def handled_after_found(row: Rejected) -> bool:
    """Whether it was handled no earlier than it was found."""
    return row.handled_at is None or row.found_on is None or row.found_on <= row.handled_at.date()


def witnessed_by_another(row: Rejected) -> bool:
    """Whether the witness is somebody else."""
    return not row.witness or row.witness != row.handler
