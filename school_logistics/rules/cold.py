"""Cold rooms and fridges: what temperature each kind keeps, and what follows when a reading lies outside.

GB 31654-2021: chilled 0 to 8 degrees, frozen at most −12; the figures stand in the rule book, retained samples have
their own.
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from school_logistics.rules.findings import hazard_found
from school_logistics.rules.hazards import HazardCategory

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook


class ColdKind(StrEnum):
    """What a unit is for."""

    CHILLED = "冷藏"
    FROZEN = "冷冻"
    SAMPLES = "留样"


class Shift(StrEnum):
    """The two readings of a day."""

    MORNING = "上午"
    AFTERNOON = "下午"


NOON = time(12)


class Unit(Protocol):
    """A unit's file; None where blank."""

    name: str | None
    place: str | None
    kind: str | None
    keeper: int | None
    retired_on: date | None


class Reading(Protocol):
    """A temperature read as these rules see it; None where blank."""

    read_on: date | None
    read_at: time | None
    shift: str | None
    celsius: Decimal | None
    problem: str | None


def limits(kind: str | None, day: date, book: RuleBook) -> tuple[Decimal | None, Decimal | None]:
    """The lowest and highest temperature of a kind; None where there is no bound."""
    if kind == ColdKind.FROZEN:
        return None, book.number("cold.frozen.most_celsius", day)
    key = "retained_sample.celsius" if kind == ColdKind.SAMPLES else "cold.chilled.celsius"
    lowest, highest = book.numbers(key, day)
    return lowest, highest


def shown_limits(kind: str | None, day: date, book: RuleBook) -> str:
    """0～8 ℃ or ≤ -12 ℃."""
    lowest, highest = limits(kind, day, book)
    return (f"≤ {highest} ℃" if lowest is None else f"{lowest}～{highest} ℃").replace("-", "−")


def controlled_at(row: Unit, *, book: RuleBook, today: date) -> str | None:
    """The column 控制温度 of a unit."""
    return shown_limits(row.kind, today, book) if row.kind else None


def in_use(row: Unit, day: date) -> bool:
    """Whether a unit is read on a day."""
    return row.retired_on is None or row.retired_on >= day


def usual_shift(row: Reading) -> str | None:
    """What 时段 usually holds: by the time of the reading."""
    if row.read_at is None:
        return None
    return (Shift.MORNING if row.read_at < NOON else Shift.AFTERNOON).value


def shift_fits(row: Reading) -> bool:
    """Whether the time of a reading lies in its half of the day."""
    return row.read_at is None or row.shift is None or row.shift == usual_shift(row)


def out_of_range(row: Reading, *, book: RuleBook, unit: Unit | None) -> str:
    """Say when a reading lies outside what the unit must keep (V-53)."""
    if row.celsius is None or row.read_on is None or unit is None or not unit.kind:
        return ""
    lowest, highest = limits(unit.kind, row.read_on, book)
    too_cold = lowest is not None and row.celsius < lowest
    too_warm = highest is not None and row.celsius > highest
    if not (too_cold or too_warm):
        return ""
    read = f"{row.celsius.normalize():f}".replace("-", "−")
    return f"{unit.kind}温度 {read} ℃，应在 {shown_limits(unit.kind, row.read_on, book)}"


def hazard_of_reading(row: Reading, *, book: RuleBook, unit: Unit | None) -> dict[str, object] | None:
    """The hazard that a reading outside the limits opens; None while all is well."""
    wrong = out_of_range(row, book=book, unit=unit)
    if not wrong or unit is None:
        return None
    place = " ".join(one for one in (unit.place, unit.name) if one)
    found = wrong + (f"；{row.problem}" if row.problem else "")
    return hazard_found(row.read_on, HazardCategory.CANTEEN, place, found, owner=unit.keeper)
