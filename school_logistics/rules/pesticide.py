"""Rapid tests for pesticide residues: positive from an inhibition of half the enzyme on (农药残留快检)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from school_logistics.rules.findings import hazard_found
from school_logistics.rules.hazards import HazardCategory

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook


class TestMethod(StrEnum):
    """How residues are found."""

    ENZYME = "酶抑制率法"
    COLLOIDAL_GOLD = "胶体金"


class Verdict(StrEnum):
    """What a test says."""

    NEGATIVE = "阴性"
    POSITIVE = "阳性"


class Tested(Protocol):
    """A rapid test as these rules see it; None where blank."""

    tested_on: date | None
    sample: str | None
    method: str | None
    inhibition: Decimal | None
    result: str | None
    handling: str | None
    tested_by: int | None


def verdict_of(row: Tested, *, book: RuleBook) -> str | None:
    """What the inhibition says: positive at 50 % or more. None where there is none, as with colloidal gold."""
    if row.inhibition is None or row.tested_on is None:
        return None
    least = book.number("pesticide.inhibition_percent", row.tested_on)
    return (Verdict.POSITIVE if row.inhibition >= least else Verdict.NEGATIVE).value


def agrees_with_reading(row: Tested, *, book: RuleBook) -> str:
    """Say when a result is told that the inhibition does not bear out."""
    by_reading = verdict_of(row, book=book)
    if by_reading is None or row.result is None or row.result == by_reading or row.tested_on is None:
        return ""
    least = book.number("pesticide.inhibition_percent", row.tested_on)
    return f"抑制率 {row.inhibition} %，{least} % 以上判阳性，结果应为{by_reading}"


def measured(row: Tested) -> str:
    """Say when an enzyme test lacks its reading."""
    return "酶抑制率法要填抑制率" if row.method == TestMethod.ENZYME and row.inhibition is None else ""


def hazard_of_residue(row: Tested) -> dict[str, object] | None:
    """The hazard that a positive test opens; None for a negative one."""
    if row.result != Verdict.POSITIVE:
        return None
    found = f"{row.sample or ''}农药残留快检阳性"
    return hazard_found(row.tested_on, HazardCategory.CANTEEN, "食堂验收处", found, corrective_action=row.handling)
