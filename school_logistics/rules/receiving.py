"""Receiving inspection: what must hold for a delivery line before it is accepted (食品进货查验).

Each check takes the line as `row` and answers True or "" when all is well, else False or a sentence.
"""

from __future__ import annotations

from datetime import date, timedelta
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
from school_logistics.rules.stock import plain

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook

_DIVISORS = {2: "二", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 9: "九", 10: "十"}
"""How a part is read: a third is 三分之一."""


class Named(Protocol):
    """A record that has a name: an ingredient, a supplier."""

    @property
    def name(self) -> str | None:
        """Its name."""


class Cooled(Protocol):
    """An ingredient that may have to be kept cold."""

    @property
    def storage(self) -> str | None:
        """储存方式."""


class PastPrices(Protocol):
    """What an ingredient cost lately, other lines than the one in hand."""

    def average(self, first: date, last: date) -> Decimal | None:
        """The mean price of one unit within some days; None when nothing was bought."""


class Taken(Protocol):
    """What went out of a batch."""

    @property
    def quantity(self) -> Decimal:
        """How much, in the ingredient's own unit."""

    @property
    def first_on(self) -> date:
        """On which day first."""


class Delivery(Purchase, Protocol):
    """A delivery line with its papers and signatures; None where blank."""

    @property
    def stock_quantity(self) -> Decimal | None:
        """入库数量, in the ingredient's own unit."""

    @property
    def note_no(self) -> str | None:
        """送货单号."""

    @property
    def quarantine_on(self) -> date | None:
        """检疫证明日期."""

    @property
    def quarantine_quantity(self) -> Decimal | None:
        """检疫证载数量."""

    @property
    def delivery_temperature(self) -> Decimal | None:
        """到货温度."""

    @property
    def remark(self) -> str | None:
        """备注."""

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
    """Whether food was still good on the day it came (《食品安全法》 article 34)."""
    return row.best_before is None or row.bought_on is None or row.bought_on <= row.best_before


def turned_away_if_expired(row: Delivery) -> bool:
    """Whether food past its day was turned away, or somebody wrote down what became of it."""
    corrected = row.result == AcceptanceResult.CORRECTED and bool(row.remark)
    return keeps_past_delivery(row) or _turned_away(row) or corrected


def not_expired(row: Delivery) -> bool:
    """Whether nothing past its day was taken in, though somebody wrote down what became of it."""
    return keeps_past_delivery(row) or _turned_away(row) or not turned_away_if_expired(row)


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


def arrived_cold(row: Delivery, *, ingredient: Cooled | None, book: RuleBook, today: date) -> str:
    """Say when goods that must be kept cold came too warm and were taken all the same (V-27).

    They are turned away, or taken in after something was put right, and the remark says what.
    """
    if row.delivery_temperature is None or row.result == AcceptanceResult.REJECTED or ingredient is None:
        return ""
    on = row.bought_on or today
    fault = temperature_fault(ingredient.storage, row.delivery_temperature, book, on)
    if not fault or (row.result == AcceptanceResult.CORRECTED and row.remark):
        return ""
    return f"{fault}；验收结论应选“拒收”，或选“整改接收”并在备注写明怎样处理"


def certified_in_time(row: Delivery, *, book: RuleBook) -> str:
    """Say when a quarantine certificate is dated too far from the day of delivery (V-24)."""
    if row.quarantine_on is None or row.bought_on is None:
        return ""
    most = book.whole("food.meat.certificate_days", row.bought_on)
    apart = abs((row.bought_on - row.quarantine_on).days)
    return f"检疫证明日期与进货日期相差 {apart} 天，超过 {most} 天，请核对是不是这批货的证" if apart > most else ""


def covered_by_certificate(row: Delivery, *, certified_elsewhere: Decimal | None) -> str:
    """Say when more was bought on one quarantine certificate than it covers (V-24)."""
    if certified_elsewhere is None or row.quarantine_quantity is None or row.quantity is None:
        return ""
    whole = certified_elsewhere + row.quantity
    if whole <= row.quarantine_quantity:
        return ""
    return f"检疫证 {row.quarantine_no} 载明 {plain(row.quarantine_quantity)}，累计已进 {plain(whole)}，超过证载数量"


def near_usual_price(row: Delivery, *, past_prices: PastPrices | None, book: RuleBook) -> str:
    """Say when a unit price lies far from the average of the last weeks (V-28)."""
    if past_prices is None or row.bought_on is None or row.unit_price is None:
        return ""
    since = row.bought_on - timedelta(days=book.whole("food.price.days", row.bought_on))
    return price_fault(row.unit_price, past_prices.average(since, row.bought_on), book, row.bought_on)


def not_less_than_taken(row: Delivery, *, taken: Taken | None) -> str:
    """Say when a line is changed under what was taken out of its batch (V-30)."""
    if taken is None or not taken.quantity:
        return ""
    if row.result == AcceptanceResult.REJECTED:
        return f"这一批已经出库 {plain(taken.quantity)}，不能改成拒收；先改出库台账"
    if row.bought_on and taken.first_on < row.bought_on:
        return f"这一批 {taken.first_on:%Y-%m-%d} 已经出库，进货日期不能晚于那一天"
    if row.stock_quantity is not None and row.stock_quantity < taken.quantity:
        return f"这一批已经出库 {plain(taken.quantity)}，数量不能改得比它少"
    return ""


def told_once(row: Delivery, *, alike: int | None) -> str:
    """Say when the same goods of the same note of the same day stand there already (V-28)."""
    if not alike or row.result == AcceptanceResult.REJECTED:
        return ""
    return f"送货单 {row.note_no} 上已经登记过这个品名，请核对是否重复"


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
