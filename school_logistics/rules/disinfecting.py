"""Checks over one line of the disinfection ledger (D2): strong enough, long enough, aired, and by two people.

Each takes the line as `row` and answers True or "" when all is well, else False or a sentence.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

from school_logistics.rules.disinfection import (
    Disinfectant,
    Target,
    TimeSpan,
    concentration_fault,
    minutes,
    minutes_needed,
    targets_of,
)

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook


class Disinfecting(Protocol):
    """A line of the disinfection ledger as these rules see it; None where blank."""

    @property
    def done_on(self) -> date | None:
        """日期."""

    @property
    def span(self) -> TimeSpan | None:
        """起止时间."""

    @property
    def place(self) -> str | None:
        """消毒部位."""

    @property
    def disinfectant(self) -> str | None:
        """消毒剂名称."""

    @property
    def concentration(self) -> int | None:
        """浓度, mg/L."""

    @property
    def contact_minutes(self) -> int | None:
        """作用时间."""

    @property
    def ventilation_minutes(self) -> int | None:
        """开窗通风."""

    @property
    def done_by(self) -> object:
        """消毒人."""

    @property
    def checked_by(self) -> object:
        """检查人."""


def strong_enough(row: Disinfecting, *, book: RuleBook, today: date) -> str:
    """Say when the strength does not suit the agent and the place."""
    return concentration_fault(row.disinfectant, row.place, row.concentration, book, row.done_on or today)


def names_a_strength(row: Disinfecting) -> bool:
    """Whether a strength stands there; ultraviolet light has none."""
    return row.concentration is not None or row.disinfectant == Disinfectant.ULTRAVIOLET


def long_enough(row: Disinfecting, *, book: RuleBook, today: date) -> str:
    """Say when the agent did not act as long as it must."""
    if row.contact_minutes is None:
        return ""
    least = minutes_needed(row.disinfectant, book, row.done_on or today)
    return f"作用时间 {row.contact_minutes} 分钟，应不少于 {least} 分钟" if row.contact_minutes < least else ""


def fits_its_span(row: Disinfecting) -> str:
    """Say when the agent is said to have acted longer than the whole job took."""
    if row.span is None or row.contact_minutes is None:
        return ""
    lasted = minutes(row.span)
    return (
        f"起止时间只有 {lasted} 分钟，作用时间却写 {row.contact_minutes} 分钟" if row.contact_minutes > lasted else ""
    )


def aired_enough(row: Disinfecting, *, book: RuleBook, today: date) -> str:
    """Say when the windows were not open long enough afterwards."""
    if row.ventilation_minutes is None:
        return ""
    least = book.whole("ventilation.minutes", row.done_on or today)
    return f"开窗通风 {row.ventilation_minutes} 分钟，应不少于 {least} 分钟" if row.ventilation_minutes < least else ""


def checked_by_another(row: Disinfecting) -> bool:
    """Whether somebody else looked at the work."""
    return not row.done_by or not row.checked_by or row.done_by != row.checked_by


def suits_the_germ(row: Disinfecting) -> bool:
    """Whether the agent works at all: alcohol does nothing against norovirus."""
    return row.disinfectant != Disinfectant.ALCOHOL or Target.NOROVIRUS not in targets_of(row.place)
