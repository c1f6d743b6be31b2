"""Receiving inspection: what must hold for a delivery line before it is accepted (食品进货查验).

Each check takes the line as `row` and answers True or "" when all is well, else False or a sentence.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from school_logistics.rules.food import (
    FRESH_PRODUCE,
    MEATS,
    AcceptanceResult,
    FoodCategory,
    Purchase,
    StorageKind,
    banned,
    is_bulk,
    is_pork,
    price_deviation,
)

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook

_DIVISORS = {2: "二", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 9: "九", 10: "十"}
"""How a part is read: a third is 三分之一."""


class Named(Protocol):
    """A record that has a name: an ingredient, a supplier."""

    @property
    def name(self) -> str | None:
        """Its name."""


class Delivery(Purchase, Protocol):
    """A delivery line with its papers and signatures; None where blank."""

    @property
    def quarantine_no(self) -> str | None:
        """动物检疫合格证明编号."""

    @property
    def meat_inspection_no(self) -> str | None:
        """肉品品质检验合格证编号."""

    @property
    def swine_fever_no(self) -> str | None:
        """非洲猪瘟检测报告编号."""

    @property
    def result(self) -> str | None:
        """验收结论."""

    @property
    def inspector(self) -> str | None:
        """验收人."""

    @property
    def second_inspector(self) -> str | None:
        """第二验收人."""


def produced_before_bought(row: Purchase) -> bool:
    """Whether production came no later than delivery (V-21)."""
    return row.produced_on is None or row.bought_on is None or row.produced_on <= row.bought_on


def keeps_past_delivery(row: Purchase) -> bool:
    """Whether food was still good on the day it came: expired food is turned away (《食品安全法》 article 34)."""
    return row.best_before is None or row.bought_on is None or row.bought_on <= row.best_before


def best_before_after_production(row: Purchase) -> bool:
    """Whether the best-before day is no earlier than production."""
    return row.produced_on is None or row.best_before is None or row.produced_on <= row.best_before


def has_date_or_lot(row: Purchase) -> bool:
    """Whether the day of production or the lot number stands there (《食品安全法》 articles 50 and 53)."""
    return bool(row.produced_on or row.lot_no)


def has_shelf_life(row: Purchase) -> bool:
    """Whether a shelf life or a best-before day stands there; farm produce has none (《食品安全法》 article 65)."""
    return bool(row.shelf_life or row.best_before) or row.category in FRESH_PRODUCE


def short_dated(row: Purchase, *, book: RuleBook) -> str:
    """Say when a third of the shelf life or less is left on the day of delivery (V-22).

    Days are counted with both ends: three-day meat on its third day has one day of three left.
    """
    if row.produced_on is None or row.best_before is None or row.bought_on is None:
        return ""
    whole = (row.best_before - row.produced_on).days + 1
    left = (row.best_before - row.bought_on).days + 1
    divisor = book.whole("food.short_dated.divisor", row.bought_on)
    if left <= 0 or left * divisor > whole:
        return ""
    part = f"{_DIVISORS.get(divisor, f' {divisor} ')}分之一"
    return f"保质期只剩 {left} 天，不足{part}" if left * divisor < whole else f"保质期只剩 {left} 天（{part}）"


def quarantined_if_meat(row: Delivery) -> bool:
    """Whether meat comes with its quarantine certificate (《动物防疫法》 2021-05-01, article 51)."""
    return row.category not in MEATS or bool(row.quarantine_no) or _turned_away(row)


def inspected_if_meat(row: Delivery) -> bool:
    """Whether livestock meat comes with its certificate of meat inspection (《生猪屠宰管理条例》 2021-08-01)."""
    return row.category != FoodCategory.MEAT or bool(row.meat_inspection_no) or _turned_away(row)


def inspected_if_poultry(row: Delivery) -> bool:
    """Whether poultry comes with its certificate of meat inspection, which schools ask for and no law does."""
    return row.category != FoodCategory.POULTRY or bool(row.meat_inspection_no) or _turned_away(row)


def tested_if_pork(row: Delivery, *, ingredient: Named | None) -> bool:
    """Whether pork comes with its African swine fever report (两章两证一报告)."""
    name = ingredient.name if ingredient else None
    return not is_pork(row.category, name) or bool(row.swine_fever_no) or _turned_away(row)


def certificates_of(category: str | None, name: str | None) -> tuple[str, ...]:
    """The certificates that must come with a delivery of this."""
    if category not in MEATS:
        return ()
    meat = ("动物检疫合格证明", "肉品品质检验合格证")
    return (*meat, "非洲猪瘟检测报告") if is_pork(category, name) else meat


def inspected_by_two(row: Delivery, *, book: RuleBook, today: date) -> bool:
    """Whether bulk staples were accepted by two different people (教体艺厅函〔2025〕30号, 2025-08-02)."""
    on = row.bought_on or today
    if on < book.entry("food.acceptance.people", on).valid_from or not is_bulk(row.category, book, on):
        return True
    return bool(row.inspector and row.second_inspector) and row.inspector != row.second_inspector


def not_banned(row: Purchase, *, ingredient: Named | None, book: RuleBook, today: date) -> str:
    """Say when the food is one that schools may not buy (45号令 article 36)."""
    ban = banned(ingredient.name if ingredient else None, book, row.bought_on or today)
    return str(ban) if ban and ban.certain else ""


def not_perhaps_banned(row: Purchase, *, ingredient: Named | None, book: RuleBook, today: date) -> str:
    """Say when the name may mean a forbidden food and should be written more clearly."""
    ban = banned(ingredient.name if ingredient else None, book, row.bought_on or today)
    return str(ban) if ban and not ban.certain else ""


def price_fault(price: Decimal | None, usual: Decimal | None, book: RuleBook, on: date) -> str:
    """Say when a unit price lies far from the usual one of the last weeks (V-28)."""
    deviation = price_deviation(price, usual) if price is not None else None
    limit = book.number("food.price.deviation_percent", on)
    if deviation is None or usual is None or abs(deviation) <= limit:
        return ""
    direction = "高" if deviation > 0 else "低"
    return f"单价比近期均价 {usual:.2f} 元{direction} {abs(deviation):.0f}%，请核对"


def amount_fault(stated: Decimal | None, worked_out: Decimal | None, book: RuleBook, on: date) -> str:
    """Say when the amount on the delivery note differs from quantity times price by more than a fen (V-23)."""
    if stated is None or worked_out is None:
        return ""
    tolerance = Decimal(book.whole("food.amount.tolerance_fen", on)) / 100
    if abs(stated - worked_out) <= tolerance:
        return ""
    return f"票面金额 {stated:.2f} 与数量×单价 {worked_out:.2f} 不符，请说明"


def temperature_fault(storage: StorageKind | str | None, celsius: Decimal | None, book: RuleBook, on: date) -> str:
    """Say when chilled or frozen goods arrived too warm (GB 31654-2021; V-27)."""
    keys = {StorageKind.CHILLED: "food.chilled.most_celsius", StorageKind.FROZEN: "food.frozen.most_celsius"}
    if storage not in keys or celsius is None:
        return ""
    most = book.number(keys[StorageKind(storage)], on)
    return f"{storage}食品到货 {celsius} ℃，应不高于 {most} ℃" if celsius > most else ""


def _turned_away(row: Delivery) -> bool:
    """What was refused at the door needs no papers."""
    return row.result == AcceptanceResult.REJECTED
