"""Suppliers: how they are chosen and rated, and what must be known of one before the school buys (供货商准入)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from school_logistics.rules.food import SourceKind, purchase_best_before

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook
    from school_logistics.rules.food import Purchase


class AwardMode(StrEnum):
    """How a supplier was chosen."""

    COUNTY = "县级统采"
    TENDER = "学校招标"
    QUOTATION = "询价"
    DESIGNATED = "定点"


class Rating(StrEnum):
    """How a supplier was judged at the yearly review."""

    GOOD = "优秀"
    FAIR = "合格"
    ON_WATCH = "限期整改"
    DROPPED = "退出"


class Supplier(Protocol):
    """A supplier as these rules see it; None where blank."""

    @property
    def name(self) -> str | None:
        """供货单位."""

    @property
    def uscc(self) -> str | None:
        """统一社会信用代码."""

    @property
    def source_kind(self) -> str | None:
        """来源类别."""

    @property
    def address(self) -> str | None:
        """地址."""

    @property
    def phone(self) -> str | None:
        """联系电话."""

    @property
    def licence_until(self) -> date | None:
        """营业执照有效期至."""

    @property
    def permit_until(self) -> date | None:
        """许可证有效期至."""

    @property
    def exited_on(self) -> date | None:
        """退出日期."""


def identified(row: Supplier) -> bool:
    """Whether a supplier has a credit code; growers and workshops may have none (45号令 article 34)."""
    return bool(row.uscc) or row.source_kind in {SourceKind.GROWER, SourceKind.WORKSHOP, SourceKind.MARKET}


def licensed(row: Purchase, *, supplier: Supplier | None) -> str:
    """Say when a supplier's papers had run out, or the supplier had left, on the day of delivery.

    《食品安全法》(2021) article 53: the buyer checks the licence of whoever supplies.
    """
    if supplier is None or row.bought_on is None:
        return ""
    for what, until in (("营业执照", supplier.licence_until), ("许可证", supplier.permit_until)):
        if until and until < row.bought_on:
            return f"{supplier.name}的{what}已于 {until:%Y-%m-%d} 到期，不能再进货；换证后在供货商档案改到期日"
    if supplier.exited_on and supplier.exited_on <= row.bought_on:
        return f"{supplier.name}已于 {supplier.exited_on:%Y-%m-%d} 退出，不能再进货"
    return ""


def reachable(row: Purchase, *, supplier: Supplier | None) -> str:
    """Say when a supplier's address or telephone is unknown: both belong into the record of every delivery."""
    del row
    if supplier is None:
        return ""
    wanting = [what for what, told in (("地址", supplier.address), ("联系电话", supplier.phone)) if not told]
    return f"{supplier.name}的{'、'.join(wanting)}没有填，请补供货商档案" if wanting else ""


def best_before_told(row: Purchase, *, book: RuleBook) -> date | None:
    """The best-before day: the one printed on the label goes before the one worked out."""
    printed: date | None = getattr(row, "best_before_printed", None)
    return printed or purchase_best_before(row, book=book)
