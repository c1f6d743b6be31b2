"""What may only be bought from whom: unified purchase by the county, designated brands (统一采购、指定品牌)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from school_logistics.rules.findings import hazard_found
from school_logistics.rules.food import AcceptanceResult
from school_logistics.rules.hazards import HazardCategory, HazardSource
from school_logistics.rules.suppliers import AwardMode

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook


class ListKind(StrEnum):
    """Why an item stands on the list."""

    UNIFIED = "统一采购"
    DESIGNATED = "指定品牌"


class VisitResult(StrEnum):
    """What a visit to a designated supplier came to."""

    FIT = "符合要求"
    IMPROVE = "限期整改"
    UNFIT = "不符合要求"


class Listed(NamedTuple):
    """One line of the list that holds for an ingredient on a day."""

    item: str
    supplier: int | None
    brand: str | None


class Goods(Protocol):
    """An ingredient as these rules see it."""

    @property
    def name(self) -> str | None:
        """品名."""

    @property
    def unified_purchase(self) -> bool | None:
        """统一采购."""


class Awarded(Protocol):
    """A supplier as these rules see it."""

    @property
    def name(self) -> str | None:
        """供货单位."""

    @property
    def award_mode(self) -> str | None:
        """中标方式."""


class Line(Protocol):
    """A delivery line as these rules see it; None where blank."""

    @property
    def bought_on(self) -> date | None:
        """进货日期."""

    @property
    def category(self) -> str | None:
        """类别."""

    @property
    def supplier(self) -> int | None:
        """供货单位."""

    @property
    def specification(self) -> str | None:
        """规格."""

    @property
    def producer(self) -> str | None:
        """生产单位."""

    @property
    def result(self) -> str | None:
        """验收结论."""

    @property
    def exception(self) -> str | None:
        """例外理由."""


def means(item: str, name: str | None, category: str | None) -> bool:
    """Whether a line of the list is about an ingredient: by its name or by its whole category.

    >>> means("酱油", "酿造酱油", "调味品"), means("畜肉", "五花肉", "畜肉"), means("醋", "白糖", "调味品")
    (True, True, False)
    """
    return item == category or bool(name and (item in name or name in item))


def bought_together(row: Line, ingredient: Goods, book: RuleBook, on: date) -> bool:
    """Whether something may only come from suppliers of the list."""
    named = any(word in (ingredient.name or "") for word in book.words("food.unified.items", on))
    return bool(ingredient.unified_purchase) or named or row.category in book.words("food.unified.categories", on)


_Given = tuple[Listed, ...] | None


def from_the_list(row: Line, *, ingredient: Goods | None, supplier: Awarded | None, listed: _Given) -> str:
    """Say when an item of the list came from somebody who does not stand on it, and nobody wrote down why (V-26)."""
    if not listed or not _off_list(row, ingredient, supplier, listed) or row.exception:
        return ""
    assert supplier is not None  # noqa: S101 - else nothing is off the list
    return f"“{listed[0].item}”要从名录内的单位进货，{supplier.name}不在统一采购（指定）名录里；请写明例外理由"


def list_is_kept(
    row: Line, *, ingredient: Goods | None, supplier: Awarded | None, listed: _Given, book: RuleBook, today: date
) -> str:
    """Say when an item of unified purchase has no list yet to be looked up in (V-26)."""
    if listed or ingredient is None or not _off_list(row, ingredient, supplier, listed) or row.exception:
        return ""
    if not bought_together(row, ingredient, book, row.bought_on or today):
        return ""
    name = ingredient.name
    return f"“{name}”属统一采购（指定）品目，名录里还没有它；请登记名录，或在供货商档案写明县级统采、定点"


def _off_list(row: Line, ingredient: Goods | None, supplier: Awarded | None, listed: _Given) -> bool:
    if ingredient is None or supplier is None or listed is None or row.result == AcceptanceResult.REJECTED:
        return False
    if any(one.supplier in (None, row.supplier) for one in listed):
        return False
    return bool(listed) or supplier.award_mode not in {AwardMode.COUNTY, AwardMode.DESIGNATED}


def of_the_brand(row: Line, *, listed: _Given) -> str:
    """Say when a delivery does not tell the brand that its supplier is to bring (V-26)."""
    brands = [one.brand for one in listed or () if one.supplier == row.supplier and one.brand]
    told = f"{row.specification or ''} {row.producer or ''}"
    if not brands or any(brand in told for brand in brands) or row.result == AcceptanceResult.REJECTED:
        return ""
    return f"指定品牌是{'、'.join(brands)}，规格和生产单位里都没有写到，请核对"


class Visit(Protocol):
    """A visit to a designated supplier as these rules see it; None where blank."""

    @property
    def visited_on(self) -> date | None:
        """考察日期."""

    @property
    def result(self) -> str | None:
        """结论."""

    @property
    def problem(self) -> str | None:
        """发现问题."""

    @property
    def participants(self) -> str | None:
        """参加人."""

    @property
    def lead(self) -> str | None:
        """带队人."""


def visited_by_two(row: Visit) -> bool:
    """Whether at least two people went."""
    people = {one for one in re.split(r"[、,，;；\s]+", f"{row.lead or ''}、{row.participants or ''}") if one}
    return len(people) > 1


class Valid(Protocol):
    """Something that holds from a day to a day."""

    @property
    def valid_from(self) -> date | None:
        """起用日期."""

    @property
    def valid_until(self) -> date | None:
        """止用日期."""


def list_runs_forward(row: Valid) -> bool:
    """Whether a line of the list ends no earlier than it begins."""
    return row.valid_from is None or row.valid_until is None or row.valid_from <= row.valid_until


def hazard_of_visit(row: Visit, *, supplier: Awarded | None) -> dict[str, object] | None:
    """The hazard that an unsatisfactory visit opens (计划第17点: 动态管理).

    Whoever led the visit need not be of the staff, and is not the one who sees to it: the hazard ledger asks for that.
    """
    if row.result in {None, VisitResult.FIT}:
        return None
    found = f"定点企业考察{row.result}" + (f"：{row.problem}" if row.problem else "")
    name = supplier.name if supplier else None
    return hazard_found(row.visited_on, HazardCategory.CANTEEN, name, found, source=HazardSource.SPECIAL)


class Note(Protocol):
    """A delivery note as these rules see it; None where blank."""

    @property
    def came_on(self) -> date | None:
        """送货日期."""

    @property
    def ticket_total(self) -> Decimal | None:
        """票面金额."""

    @property
    def reason(self) -> str | None:
        """差额说明."""


def adds_up(row: Note, *, lines: Decimal | None, book: RuleBook, today: date) -> str:
    """Say when the lines of a note differ from its total by more than a fen and nobody wrote down why (V-23)."""
    if row.ticket_total is None or lines is None or row.reason:
        return ""
    tolerance = Decimal(book.whole("food.amount.tolerance_fen", row.came_on or today)) / 100
    if abs(row.ticket_total - lines) <= tolerance:
        return ""
    return f"票面合计 {row.ticket_total:.2f}，各行合计 {lines:.2f}，相差 {abs(row.ticket_total - lines):.2f} 元，请说明"


def has_lines(row: Note, *, lines: Decimal | None) -> str:
    """Say when a note has no lines: its head alone takes nothing into stock."""
    del row
    return "" if lines is not None else "这张送货单还没有明细行：换到“按送货单”，把各行补上"


def told_for_this(row: Note, *, lines: Decimal | None, recounted: bool, book: RuleBook, today: date) -> str:
    """Say when the lines of a note changed after somebody wrote down why they differ from its total."""
    if not recounted or not row.reason or not adds_up(_Untold(row), lines=lines, book=book, today=today):
        return ""
    apart = abs((row.ticket_total or Decimal(0)) - (lines or Decimal(0)))
    return f"写好差额说明以后，明细的金额又改过：现在相差 {apart:.2f} 元，请核对差额说明"


class _Untold:
    """A note as if nobody had written down why its lines differ."""

    reason = None

    def __init__(self, note: Note) -> None:
        self.came_on, self.ticket_total = note.came_on, note.ticket_total
