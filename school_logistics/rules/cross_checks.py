"""What must agree between ledgers (勾稽): recipes with what went out, menus with samples, money with goods and diners.

None of it is a gap: it is told as something to look at. Quantities are kilograms, sums yuan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from school_logistics.rules.accounts import apart
from school_logistics.rules.money import half_up

_NOTHING = Decimal(0)
_TOLD = 3
"""So many things are named; of more it is only said that there are."""


class Apart(NamedTuple):
    """Two figures that should agree and do not."""

    name: str
    wanted: Decimal
    found: Decimal

    @property
    def percent(self) -> Decimal:
        """By how much they differ, of the greater one."""
        return apart(self.wanted, self.found)


def stock_apart(
    wanted: Mapping[str, Decimal], issued: Mapping[str, Decimal], most_percent: Decimal, least: Decimal
) -> list[Apart]:
    """V-60: the ingredients of which another quantity went out than the recipes of those who ate ask for.

    What differs by less than `least` is left out. The furthest apart comes first.
    """
    names = [*wanted, *(name for name in issued if name not in wanted)]
    found = [Apart(name, wanted.get(name, _NOTHING), issued.get(name, _NOTHING)) for name in names]
    far = [one for one in found if one.percent > most_percent and abs(one.wanted - one.found) >= least]
    return sorted(far, key=lambda one: -abs(one.wanted - one.found))


def stock_sentence(far: Collection[Apart]) -> str:
    """What is told of one meal: 粳米 应用 124.6 公斤，出库 80 公斤（差 36%）."""
    told = [
        f"{one.name} 应用 {_plain(one.wanted)} 公斤，出库 {_plain(one.found)} 公斤（差 {half_up(one.percent, 0)}%）"
        for one in list(far)[:_TOLD]
    ]
    more = f"等 {len(far)} 样" if len(far) > _TOLD else ""
    return f"食谱用料与出库不符：{'；'.join(told)}{more}"


class Samples(NamedTuple):
    """V-61: what was cooked and what was kept of it."""

    unkept: tuple[str, ...]
    """Dishes of the menu without a sample."""
    unplanned: tuple[str, ...]
    """Samples of dishes that are not on the menu."""


def samples_apart(cooked: Iterable[str], kept: Iterable[str]) -> Samples:
    """V-61: dishes and samples by name, one to one."""
    menu, samples = list(dict.fromkeys(cooked)), list(dict.fromkeys(kept))
    return Samples(tuple(one for one in menu if one not in samples), tuple(one for one in samples if one not in menu))


def samples_sentence(one: Samples) -> str:
    """What is told of one meal; "" where they agree."""
    parts = []
    if one.unkept:
        parts.append(f"食谱上有、没有留样：{'、'.join(one.unkept)}")
    if one.unplanned:
        parts.append(f"留了样、食谱上没有：{'、'.join(one.unplanned)}")
    return "；".join(parts)


def purchases_sentence(bought: Decimal, received: Decimal) -> str:
    """V-62: that what was bought in a month is not what came into stock; "" where both agree to the fen."""
    if bought == received:
        return ""
    return f"采购台账金额 {bought:,.2f} 元，入库（月报购入数）{received:,.2f} 元，相差 {abs(bought - received):,.2f} 元"


def notes_sentence(bought: Decimal, billed: Decimal, notes: int) -> str:
    """V-62: that a supplier's delivery notes come to another sum than the lines bought of it; "" where they agree."""
    if bought == billed:
        return ""
    return f"{notes} 张送货单票面 {billed:,.2f} 元，台账各行 {bought:,.2f} 元"


def income_sentence(item: str, due: Decimal, booked: Decimal, most_percent: Decimal) -> str:
    """V-63: that diners times price is not what was booked; refunds stand by themselves. "" where near enough."""
    far = apart(due, booked)
    if not due or far <= most_percent:
        return ""
    return f"用餐人数×餐标应收{item} {due:,.2f} 元，记了 {booked:,.2f} 元，相差 {half_up(far, 1)}%"


def certificates_sentence(staff: int, without: Collection[str]) -> str:
    """V-64: that fewer health certificates are good than people work; "" where nobody is without."""
    if not without:
        return ""
    return f"在岗从业人员 {staff} 人，健康证有效 {staff - len(without)} 人；没有有效健康证：{'、'.join(without)}"


def _plain(value: Decimal) -> str:
    text = f"{half_up(value, 1):f}"
    return text.removesuffix(".0")
