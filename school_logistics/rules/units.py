"""Units of measure: stock is kept in one unit an ingredient, whatever unit it was bought in (计量单位换算)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from school_logistics.errors import Unreadable
from school_logistics.rules.figures import half_width, rounded
from school_logistics.rules.food import AcceptanceResult

if TYPE_CHECKING:
    from datetime import date

    from school_logistics.rules.book import RuleBook

_NUMBER = r"(\d+(?:\.\d+)?|)"
_CONVERSION = re.compile(rf"{_NUMBER}([^\d=.]+)={_NUMBER}([^\d=.]+)")
_APART = re.compile(r"[、,，;；\s]+")
_ALSO = {"KG": "公斤", "千克": "公斤", "G": "克", "L": "升", "ML": "毫升"}
_PLACES = 3
_REJECTED = AcceptanceResult.REJECTED


class Conversion(NamedTuple):
    """So much of one unit is so much of another: 1袋=25公斤."""

    many: Decimal
    unit: str
    makes: Decimal
    other: str


class Kept(Protocol):
    """An ingredient as these rules see it; None where blank."""

    @property
    def unit(self) -> str | None:
        """单位: the one in which stock is kept."""

    @property
    def conversions(self) -> str | None:
        """单位换算, as typed."""

    @property
    def least(self) -> Decimal | None:
        """最低库存."""

    @property
    def most(self) -> Decimal | None:
        """最高库存."""


class Bought(Protocol):
    """A delivery line as these rules see it; None where blank."""

    @property
    def bought_on(self) -> date | None:
        """进货日期."""

    @property
    def quantity(self) -> Decimal | None:
        """数量."""

    @property
    def unit(self) -> str | None:
        """单位."""

    @property
    def conversion(self) -> str | None:
        """入库换算: the factor with which the line went into stock."""

    @property
    def result(self) -> str | None:
        """验收结论."""


def least_below_most(row: Kept) -> bool:
    """Whether the least to be kept of an ingredient is no more than the most."""
    return row.least is None or row.most is None or row.least <= row.most


def unit_of(word: str | None) -> str:
    """The usual word for a unit: kg, 千克 and 公斤 are one."""
    text = half_width(word or "").strip()
    return _ALSO.get(text.upper(), text)


@lru_cache(maxsize=500)
def read_conversions(typed: str | None) -> tuple[Conversion, ...]:
    """Read the factors of an ingredient as typed: 1袋=25公斤、1箱=10公斤.

    >>> [(one.unit, str(one.makes), one.other) for one in read_conversions("1袋=25公斤、箱=10kg")]
    [('袋', '25', '公斤'), ('箱', '10', '公斤')]

    Raises Unreadable for what is no factor.
    """
    text = half_width(typed or "").strip()
    return tuple(_conversion(one) for one in _APART.split(text) if one)


def conversions_fault(typed: str) -> str:
    """What is wrong with factors as typed, or ""."""
    try:
        read_conversions(typed)
    except Unreadable as trouble:
        return str(trouble)
    return ""


def factor(unit: str | None, base: str | None, conversions: tuple[Conversion, ...]) -> Decimal | None:
    """How much of the base unit one unit is; None where nobody said so (V-29: 1 公斤 = 2 斤).

    A factor may be used either way round, and over one unit in between: 1箱=10袋, 1袋=0.4公斤.
    """
    start, end = unit_of(unit), unit_of(base)
    if not start or not end or start == end:
        return Decimal(1)
    known = {start: Decimal(1)}
    for _ in range(2):
        for one in conversions:
            if one.unit in known and one.other not in known:
                known[one.other] = known[one.unit] * one.makes / one.many
            elif one.other in known and one.unit not in known:
                known[one.unit] = known[one.other] * one.many / one.makes
    return known.get(end)


def conversion_used(row: Bought, *, ingredient: Kept | None, book: RuleBook) -> str | None:
    """What 入库换算 usually holds: the factor as it stands when the line is written, so that it stays with the line.

    None where the line is in the unit of stock already, or nobody said what the factor is.
    """
    found = _factor_now(row, ingredient, book)
    if found is None or found == 1 or ingredient is None:
        return None
    told = f"1{unit_of(row.unit)}={_short(found)}{unit_of(ingredient.unit)}"
    return told if not conversions_fault(told) else None


def _short(factor: Decimal) -> str:
    """A factor as it is written: 25, 0.5."""
    return f"{rounded(factor, 6).normalize():f}"


def _factor_now(row: Bought, ingredient: Kept | None, book: RuleBook) -> Decimal | None:
    """How much of the unit of stock one unit of a line is, by the catalogue and the rule book."""
    base = ingredient.unit if ingredient else None
    if not base or not row.unit or row.unit == base:
        return Decimal(1)
    if row.bought_on is None:
        return None
    known = _known(ingredient.conversions if ingredient else None, book.words("food.units", row.bought_on))
    return factor(row.unit, base, known)


def stock_quantity(row: Bought, *, ingredient: Kept | None, book: RuleBook) -> Decimal | None:
    """The quantity of a delivery line in the unit in which its ingredient is kept; None without a factor."""
    if row.quantity is None or row.bought_on is None:
        return None
    found = _factor_kept(row, ingredient)
    if found is None:
        found = _factor_now(row, ingredient, book)
    return None if found is None else rounded(row.quantity * found, _PLACES)


def _factor_kept(row: Bought, ingredient: Kept | None) -> Decimal | None:
    """The factor that stands with the line, where it leads from its unit to the unit of stock."""
    if not row.conversion or ingredient is None or not row.unit or not ingredient.unit:
        return None
    return factor(row.unit, ingredient.unit, _known(row.conversion, ()))


def convertible(row: Bought, *, ingredient: Kept | None, book: RuleBook) -> str:
    """Say when a line's unit has no factor, so that it cannot be counted into stock (V-29)."""
    if row.quantity is None or ingredient is None or getattr(row, "stock_quantity", None) is not None:
        return ""
    if row.result == _REJECTED:
        return ""
    unit, base = row.unit or "", ingredient.unit or ""
    if stock_quantity(row, ingredient=ingredient, book=book) is not None:
        return f"“{unit}”的换算已经有了，重新保存这一行就算进库存"
    return f"“{unit}”没有换算成“{base}”，算不进库存；请在食材目录的单位换算里写，如 1{unit}=10{base}"


class InStock(NamedTuple):
    """That an ingredient lies in the store already, and in which unit it is kept."""

    unit: str | None


def unit_stays(row: Kept, *, in_stock: InStock | None) -> str:
    """Say when the unit of stock is changed though there is stock in it: every figure of its book would be wrong."""
    if in_stock is None or not in_stock.unit or unit_of(row.unit) == unit_of(in_stock.unit):
        return ""
    return (
        f"库存已经按“{in_stock.unit}”记了，单位不能再改；进货用别的单位，在单位换算里写，"
        f"如 1袋=25{in_stock.unit}；真要换单位记，请另立一个品名"
    )


def _known(typed: str | None, usual: tuple[str, ...]) -> tuple[Conversion, ...]:
    """The factors of an ingredient before those that hold for everything; an unreadable one counts for nothing."""
    try:
        own = read_conversions(typed)
    except Unreadable:
        own = ()
    return own + _usual(usual)


@lru_cache(maxsize=50)
def _usual(words: tuple[str, ...]) -> tuple[Conversion, ...]:
    return tuple(one for word in words for one in read_conversions(word))


def _conversion(text: str) -> Conversion:
    match = _CONVERSION.fullmatch(text)
    if match is None:
        raise Unreadable(f"「{text}」不是换算关系；请写成 1袋=25公斤，几种之间用顿号隔开")
    many, makes = (Decimal(number or 1) for number in (match[1], match[3]))
    if not many or not makes:
        raise Unreadable(f"「{text}」里的数不能是 0；请写成 1袋=25公斤")
    return Conversion(many, unit_of(match[2]), makes, unit_of(match[4]))
