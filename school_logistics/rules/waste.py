"""Kitchen waste (餐厨废弃物): handed to a carrier under contract, and never to a farm.

45号令 article 42; 《山东省生活垃圾管理条例》 (2021) article 30: no untreated kitchen waste for livestock.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook


class WasteKind(StrEnum):
    """What is thrown away: leftovers from the plates, waste oil, trimmings from preparing."""

    LEFTOVERS = "餐厨垃圾"
    OIL = "废弃油脂"
    TRIMMINGS = "厨余"


class Handed(Protocol):
    """A load of waste as these rules see it; None where blank."""

    handed_on: date | None
    destination: str | None
    carrier_name: str | None


class Carrier(Protocol):
    """The carrier's file; None where blank."""

    name: str | None
    contract_until: date | None
    supply_items: str | None


def carrier_of(row: object, *, carrier: Carrier | None) -> str | None:
    """The column 处理单位 as it stands on paper."""
    del row
    return carrier.name if carrier else None


def under_contract(row: Handed, *, carrier: Carrier | None) -> str:
    """Say when the carrier had no contract that day (V-59)."""
    if row.handed_on is None or carrier is None:
        return ""
    if carrier.contract_until is None:
        return f"{carrier.name}没有登记收运协议，请在供货商档案里补上协议和期限"
    if carrier.contract_until < row.handed_on:
        return f"{carrier.name}的收运协议 {carrier.contract_until} 已到期"
    return ""


def never_to_a_farm(row: Handed, *, book: RuleBook, today: date) -> str:
    """Say when waste goes to feed animals (V-59)."""
    day = row.handed_on or today
    told = f"{row.destination or ''} {row.carrier_name or ''}"
    word = next((one for one in book.words("food_waste.farm_words", day) if one in told), "")
    return f"餐厨废弃物不能用来喂养畜禽，去向不能写「{word}」" if word else ""
