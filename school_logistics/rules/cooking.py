"""Cooked through and served in time: 70 degrees at the core, eaten within two hours or kept hot or cold.

GB 31654-2021, 《餐饮服务食品安全操作规范》 (2018, no. 12); the figures stand in the rule book.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, Protocol

from school_logistics.rules.findings import hazard_found
from school_logistics.rules.hazards import HazardCategory

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook


class Cooked(Protocol):
    """A dish cooked and served as these rules see it; None where blank."""

    cooked_on: date | None
    meal: str | None
    dish: str | None
    core_celsius: Decimal | None
    cooked_at: time | None
    served_at: time | None
    holding_celsius: Decimal | None
    problem: str | None


class Fault(NamedTuple):
    """What falls short: in which field, and the sentence about it."""

    field: str
    sentence: str


def faults(row: Cooked, book: RuleBook) -> Iterator[Fault]:
    """Everything in which a dish falls short (V-58)."""
    if row.cooked_on is None:
        return
    least = book.number("cooking.core_celsius", row.cooked_on)
    if row.core_celsius is not None and row.core_celsius < least:
        yield Fault("core_celsius", f"中心温度 {row.core_celsius.normalize():f} ℃，应烧熟到 {least} ℃ 以上")
    hours = book.number("cooking.serve_hours", row.cooked_on)
    waited = hours_waited(row)
    if waited is None or waited <= hours:
        return
    hot = book.number("cooking.hot_celsius", row.cooked_on)
    cold = book.number("cooking.cold_celsius", row.cooked_on)
    if row.holding_celsius is None:
        yield Fault("holding_celsius", f"烧熟超过 {hours} 小时才供餐，要写存放温度（高于 {hot} ℃ 或低于 {cold} ℃）")
    elif cold <= row.holding_celsius <= hot:
        celsius = row.holding_celsius.normalize()
        yield Fault("holding_celsius", f"烧熟超过 {hours} 小时，存放温度 {celsius:f} ℃，应高于 {hot} ℃ 或低于 {cold} ℃")


def hours_waited(row: Cooked) -> Decimal | None:
    """Hours between cooking and serving."""
    if row.cooked_on is None or row.cooked_at is None or row.served_at is None:
        return None
    passed = datetime.combine(row.cooked_on, row.served_at) - datetime.combine(row.cooked_on, row.cooked_at)
    return Decimal(int(passed.total_seconds())) / 3600


def served_after_cooked(row: Cooked) -> bool:
    """Whether a dish was not served before it was cooked."""
    waited = hours_waited(row)
    return waited is None or waited >= 0


def hazard_of_dish(row: Cooked, *, book: RuleBook) -> dict[str, object] | None:
    """The hazard that an undercooked dish, or one kept lukewarm, opens; None while all is well."""
    found = list(faults(row, book))
    if not found:
        return None
    described = row.problem or "；".join(one.sentence for one in found)
    return hazard_found(
        row.cooked_on, HazardCategory.CANTEEN, "烹饪间", f"{row.meal or ''}{row.dish or ''}：{described}"
    )
