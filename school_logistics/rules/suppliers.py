"""Suppliers: how they are chosen and rated, and what must be known of one before the school buys (供货商准入)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from school_logistics.rules.dates import FOREVER
from school_logistics.rules.due import Months, Years
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
    def permit_from(self) -> date | None:
        """许可证发证日期."""

    @property
    def permit_until(self) -> date | None:
        """许可证有效期至."""

    @property
    def test_report_on(self) -> date | None:
        """检测报告日期."""

    @property
    def dishonest_list(self) -> bool | None:
        """是否失信名单."""

    @property
    def incident_in_year(self) -> bool | None:
        """年内食品安全事件."""

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
    if getattr(row, "exception", None):
        return ""
    told = lapsed(row, supplier)
    return f"{told}，不能再进货；换证后在供货商档案改到期日，确需进货的由负责人写明例外理由" if told else ""


def licensed_by_exception(row: Purchase, *, supplier: Supplier | None) -> str:
    """Say again, on a line taken as an exception, what the exception is from (V-10)."""
    told = lapsed(row, supplier) if getattr(row, "exception", None) else ""
    return f"{told}，按例外进货" if told else ""


def lapsed(row: Purchase, supplier: Supplier | None) -> str:
    """What of a supplier's papers had run out on the day of delivery, or that the supplier had left; "" for nothing."""
    if supplier is None or row.bought_on is None:
        return ""
    for what, until in (("营业执照", supplier.licence_until), ("许可证", supplier.permit_until)):
        if until and until < row.bought_on:
            return f"{supplier.name}的{what}已于 {until:%Y-%m-%d} 到期"
    if supplier.exited_on and supplier.exited_on <= row.bought_on:
        return f"{supplier.name}已于 {supplier.exited_on:%Y-%m-%d} 退出"
    return ""


class Contract(NamedTuple):
    """The days on which a supply contract holds."""

    first: date | None
    last: date | None


def under_contract(row: Purchase, *, supplier: Supplier | None, contracts: tuple[Contract, ...] | None) -> str:
    """Say when a delivery lies outside every contract of its supplier, whose prices then do not hold (V-15)."""
    on = row.bought_on
    if supplier is None or on is None or not contracts:
        return ""
    if any((one.first or on) <= on <= (one.last or on) for one in contracts):
        return ""
    ended = max((one.last for one in contracts if one.last and one.last < on), default=None)
    if ended:
        return f"{supplier.name}的供货合同已于 {ended:%Y-%m-%d} 到期，请续签后再按合同计价"
    begins = min(one.first for one in contracts if one.first)
    return f"{supplier.name}的供货合同从 {begins:%Y-%m-%d} 才开始"


def permit_not_too_long(row: Supplier, *, book: RuleBook) -> str:
    """Say when a permit is written down for longer than it is ever given: workshops 3 years, others 5 (V-13)."""
    if row.permit_from is None or row.permit_until is None or row.permit_until >= FOREVER:
        return ""
    workshop = row.source_kind == SourceKind.WORKSHOP
    years = book.whole("supplier.workshop.years" if workshop else "supplier.permit.years", row.permit_from)
    what = "小作坊登记证" if workshop else "许可证"
    latest = Years(years).after(row.permit_from)
    return (
        f"{what}有效期 {years} 年，最晚到 {latest:%Y-%m-%d}，请核对发证日期和到期日"
        if row.permit_until > latest
        else ""
    )


def honest(row: Supplier) -> bool:
    """Whether a supplier may supply at all: not blacklisted, no incident within the year (教体艺厅函〔2025〕30号)."""
    return row.exited_on is not None or not (row.dishonest_list or row.incident_in_year)


def report_outdated(row: Supplier, **_given: object) -> str:
    """The words of the reminder that a test report is no longer taken."""
    return f"{row.name} 检测报告满期"


def report_outdated_on(row: Supplier, *, book: RuleBook, today: date) -> date | None:
    """The last day on which a supplier's test report is taken: 12 months unless the school says otherwise (V-14)."""
    if row.test_report_on is None or row.exited_on is not None:
        return None
    return Months(book.whole("report.months", today)).after(row.test_report_on)


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
