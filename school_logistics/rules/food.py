"""Food coming in: categories, shelf life, papers that must come with it, what may not be bought, how long papers stay.

Rules over a delivery line take it as `row` and answer True or "" when all is well, else False or a sentence.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from school_logistics.errors import Unreadable
from school_logistics.rules.due import Days, Interval, Months, Years, next_due
from school_logistics.rules.figures import half_width
from school_logistics.rules.money import line_amount

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook


class FoodCategory(StrEnum):
    """What kind of food or supply an ingredient is."""

    GRAIN = "粮食"
    OIL = "食用油"
    MEAT = "畜肉"
    POULTRY = "禽肉"
    EGG = "蛋"
    DAIRY = "乳"
    AQUATIC = "水产"
    SOY = "豆制品"
    VEGETABLE = "蔬菜"
    FRUIT = "水果"
    SEASONING = "调味品"
    DRIED = "菌菇干货"
    BAKERY = "面食"
    SUPPLIES = "食品相关产品"
    OTHER = "其他"


FRESH_PRODUCE = frozenset(
    {FoodCategory.MEAT, FoodCategory.POULTRY, FoodCategory.EGG, FoodCategory.AQUATIC}
    | {FoodCategory.VEGETABLE, FoodCategory.FRUIT}
)
"""食用农产品: as a rule sold without a stated shelf life and without a production licence."""

MEATS = frozenset({FoodCategory.MEAT, FoodCategory.POULTRY})
"""What comes with certificates of the animal."""


class SourceKind(StrEnum):
    """Where a supplier's goods come from; the papers asked of it hang on this (45号令 article 34)."""

    MANUFACTURER = "生产企业"
    DISTRIBUTOR = "经营企业"
    GROWER = "农产品生产者"
    MARKET = "集中交易市场"
    SLAUGHTERHOUSE = "屠宰企业"
    WORKSHOP = "食品小作坊"
    IMPORTER = "进口冷链"
    TABLEWARE = "餐具集中消毒单位"
    OTHER = "其他"


class AcceptanceResult(StrEnum):
    """What became of a delivery at the door."""

    ACCEPTED = "合格"
    CORRECTED = "整改接收"
    """Taken in after something was put right, as the remark says."""
    REJECTED = "拒收"


class StorageKind(StrEnum):
    """How goods must be kept and carried."""

    DRY = "常温"
    CHILLED = "冷藏"
    FROZEN = "冷冻"


UNITS = ("公斤", "斤", "克", "袋", "桶", "箱", "瓶", "盒", "包", "个", "升", "毫升", "板", "捆", "条", "只")
"""The usual units of measure, commonest first."""

_PAPERS = {
    SourceKind.MANUFACTURER: ("营业执照", "食品生产许可证（SC）", "产品合格证明或检验报告"),
    SourceKind.DISTRIBUTOR: ("营业执照", "食品经营许可证（JY）或备案", "购货凭证"),
    SourceKind.GROWER: ("统一社会信用代码或身份证复印件", "承诺达标合格证"),
    SourceKind.MARKET: ("市场或摊主签章的购货凭证", "快检合格单"),
    SourceKind.SLAUGHTERHOUSE: ("营业执照", "动物检疫合格证明", "肉品品质检验合格证"),
    SourceKind.WORKSHOP: ("小作坊登记证", "食品检验合格证明"),
    SourceKind.IMPORTER: ("营业执照", "食品经营许可证（JY）或备案", "入境货物检验检疫证明"),
    SourceKind.TABLEWARE: ("营业执照", "消毒合格证明"),
    SourceKind.OTHER: ("营业执照", "购货凭证"),
}
_OTHER_MEAT = re.compile(r"牛|羊|驴|兔|马肉")
_SHELF_LIFE = re.compile(r"([\d.]+|半|[一二两三四五六七八九十]+)(个?半)?个?(年半|年|月半|月|周|星期|天|日|小时)")
_CHINESE = {"两": 2, **{word: number for number, word in enumerate("零一二三四五六七八九十")}}
_LONGEST_DAYS = 100 * 365
"""A shelf life beyond a hundred years is a slip."""
_DAYS_IN = {Days: 1, Months: 30, Years: 365}
_NONE = frozenset({"", "/", "／", "-", "—", "－", "无", "不适用"})


def papers_required(source: SourceKind | str | None) -> tuple[str, ...]:
    """The papers a supplier of this kind must hand in (45号令, 2019-04-01, article 34)."""
    return _PAPERS[SourceKind(source)] if source else ()


@lru_cache(maxsize=1_000)
def read_shelf_life(typed: str | None) -> Interval | None:
    """Read a shelf life as printed: 12个月, 3天, 1年, 半年, 18月, 48小时.

    >>> [str(read_shelf_life(t)) for t in ("12个月", "３天", "一年半", "2周", "/")]
    ['12个月', '3天', '18个月', '14天', 'None']

    None where the paper says that there is none; raises Unreadable for what is no length of time.
    """
    text = re.sub(r"\s", "", half_width(typed or ""))
    if text in _NONE:
        return None
    match = _SHELF_LIFE.fullmatch(text)
    halves = _halves(match[1]) if match else None
    if match is None or halves is None:
        raise Unreadable(f"「{text}」不是保质期；请写成 12个月、3天，没有的填 /")
    if match[2] or match[3].endswith("半"):
        halves += 1
    found = _interval(halves, match[3].removesuffix("半"))
    if found is None or found.number <= 0:
        raise Unreadable(f"「{text}」不是整天或整月；请写成 12个月、3天")
    if found.number * _DAYS_IN[type(found)] > _LONGEST_DAYS:
        raise Unreadable(f"「{text}」作保质期太长了，请核对；可以写成 12个月、3天，没有的填 /")
    return found


def best_before(produced: date, shelf_life: Interval, *, counts_first_day: bool = True) -> date:
    """The last day on which food may be used: production plus shelf life in calendar months, month ends clamped.

    Whether the day of production counts is in dispute; the earlier day is taken unless told otherwise. A best-before
    day printed on the label goes before both.

    >>> best_before(date(2025, 8, 18), Months(12)), best_before(date(2025, 8, 31), Months(6))
    (datetime.date(2026, 8, 17), datetime.date(2026, 2, 28))
    >>> best_before(date(2025, 9, 1), Days(1)), best_before(date(2025, 9, 1), Days(1), counts_first_day=False)
    (datetime.date(2025, 9, 1), datetime.date(2025, 9, 2))
    """
    end = next_due(produced, shelf_life)
    clamped = not isinstance(shelf_life, Days) and end.day != produced.day
    return end if clamped or not counts_first_day else Days(-1).after(end)


def keep_papers_until(
    bought: date, best_before_day: date | None, category: FoodCategory | str | None, book: RuleBook
) -> date:
    """How long the record of a purchase and its papers must be kept.

    《食品安全法》(2021) articles 50 and 53: six months after the best-before day, two years without one;
    45号令 article 33 and 《食品安全法》 article 65: six months after purchase for farm produce.
    """
    if best_before_day:
        return Months(book.whole("food.keep.months_after_best_before", bought)).after(best_before_day)
    if category in FRESH_PRODUCE:
        return Months(book.whole("food.keep.produce_months", bought)).after(bought)
    return Years(book.whole("food.keep.years_without_best_before", bought)).after(bought)


def is_pork(category: FoodCategory | str | None, name: str | None) -> bool:
    """Whether something is pork: 畜肉 whose name says so, or says nothing of another animal.

    >>> is_pork("畜肉", "猪后腿肉"), is_pork("畜肉", "肉馅"), is_pork("畜肉", "牛腩"), is_pork("禽肉", "鸡腿")
    (True, True, False, False)
    """
    if category != FoodCategory.MEAT or not name:
        return False
    return "猪" in name or not _OTHER_MEAT.search(name)


def is_bulk(category: FoodCategory | str | None, book: RuleBook, on: date) -> bool:
    """Whether it is a bulk staple, accepted by two or more people (教体艺厅函〔2025〕30号, 2025-08-02)."""
    return str(category) in book.words("food.bulk.categories", on)


class Ban(NamedTuple):
    """A name that may not be bought or cooked. `certain` is false where the name may mean something harmless."""

    word: str
    certain: bool

    def __str__(self) -> str:
        """A sentence."""
        if self.certain:
            return f"含“{self.word}”：中小学食堂不得购进、加工"
        return f"“{self.word}”若指四季豆（芸豆）则不得购进；若是豇豆请写“豇豆”"


def banned(name: str | None, book: RuleBook, on: date) -> Ban | None:
    """Whether a dish or ingredient is forbidden to primary and secondary schools (45号令, 2019-04-01, article 36).

    四季豆 is called 芸豆 in Shandong; 豇豆 (长豆角) is another bean and allowed.
    """
    words, excepted = book.words("food.banned", on), book.words("food.banned.except", on)
    asked = book.words("food.banned.ask", on)
    word = _first_of(name or "", words, excepted, asked)
    return Ban(word, word not in asked) if word else None


@lru_cache(maxsize=2_000)
def _first_of(name: str, words: tuple[str, ...], excepted: tuple[str, ...], asked: tuple[str, ...]) -> str | None:
    """The first of the words that a name contains.

    An excepted name is no such word, and makes clear what a doubtful one means; it excuses nothing else: 豆角（豇豆）
    may be cooked, 凉拌豇豆 may not.
    """
    text = half_width(name)
    clear = [word for word in excepted if word in text]
    for word in clear:
        text = text.replace(word, "")
    return next((word for word in words if word in text and not (clear and word in asked)), None)


def price_deviation(price: Decimal, usual: Decimal | None) -> Decimal | None:
    """By how many per cent a price lies above (or, negative, below) the usual one; None when none is known."""
    return (price - usual) / usual * 100 if usual else None


class Purchase(Protocol):
    """A delivery line as these rules see it; None where blank."""

    @property
    def bought_on(self) -> date | None:
        """进货日期."""

    @property
    def category(self) -> str | None:
        """类别."""

    @property
    def quantity(self) -> Decimal | None:
        """数量."""

    @property
    def unit_price(self) -> Decimal | None:
        """单价."""

    @property
    def produced_on(self) -> date | None:
        """生产日期."""

    @property
    def lot_no(self) -> str | None:
        """生产批号."""

    @property
    def shelf_life(self) -> str | None:
        """保质期, as printed."""

    @property
    def best_before(self) -> date | None:
        """保质期至."""


def purchase_amount(row: Purchase) -> Decimal | None:
    """The column 金额."""
    if row.quantity is None or row.unit_price is None:
        return None
    return line_amount(row.quantity, row.unit_price)


def purchase_best_before(row: Purchase, *, book: RuleBook) -> date | None:
    """The best-before day that follows from production and shelf life; None when either is unknown or unreadable."""
    if row.produced_on is None or not row.shelf_life:
        return None
    try:
        shelf_life = read_shelf_life(row.shelf_life)
    except Unreadable:
        return None
    inclusive = book.text("food.shelf_life.counts_first_day", row.bought_on or row.produced_on) == "是"
    return best_before(row.produced_on, shelf_life, counts_first_day=inclusive) if shelf_life else None


def shelf_life_fault(typed: str) -> str:
    """What is wrong with a shelf life as typed, or ""."""
    try:
        read_shelf_life(typed)
    except Unreadable as trouble:
        return str(trouble)
    return ""


def _halves(word: str) -> int | None:
    """A number in halves, so that 半年 and 1.5年 stay whole: 一 is 2, 半 is 1."""
    if word == "半":
        return 1
    if re.fullmatch(r"\d+(\.[05])?", word):
        return int(Decimal(word) * 2)
    tens, ten, ones = word.rpartition("十")
    number = (_CHINESE.get(tens, 0) if tens else 1) * 10 if ten else 0
    return (number + (_CHINESE.get(ones, 0) if ones else 0)) * 2 or None


def _interval(halves: int, unit: str) -> Interval | None:
    if unit == "年":
        return Months(halves * 6) if halves % 2 else Years(halves // 2)
    if unit == "小时":
        return Days(halves // 48) if halves % 48 == 0 else None
    if halves % 2:
        return Days(15) if unit == "月" and halves == 1 else None
    if unit == "月":
        return Months(halves // 2)
    return Days(halves // 2 * (7 if unit in {"周", "星期"} else 1))
