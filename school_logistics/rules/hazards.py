"""Hazards: what was found unsafe, how grave, by when it must be put right, and who may say that it is.

《教育系统重大事故隐患判定指南》(教发厅函〔2024〕20号, 2024-06-24) tells major hazards from minor ones; days allowed
stand in the rule book.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from school_logistics.rules.due import Days

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook


class HazardLevel(StrEnum):
    """How grave a hazard is."""

    MINOR = "一般"
    MAJOR = "重大"


class HazardCategory(StrEnum):
    """What a hazard has to do with."""

    FIRE = "消防"
    POWER = "用电"
    BUILDING = "校舍"
    SURROUNDINGS = "周边"
    CANTEEN = "食堂"
    DORMITORY = "公寓"
    FACILITY = "设施"
    CHEMICALS = "危化"
    BUS = "校车"
    WATER = "饮水"
    OTHER = "其他"


class HazardSource(StrEnum):
    """In which check a hazard was found."""

    DAILY = "日常检查"
    MONTHLY = "月检查"
    SPECIAL = "专项检查"
    AUTHORITY = "上级检查"
    REPORTED = "师生报告"


class HazardState(StrEnum):
    """How far a hazard is on its way from found to closed (销号)."""

    FOUND = "待整改"
    RECTIFYING = "整改中"
    FIXED = "待复查"
    CLOSED = "已销号"


class VerificationResult(StrEnum):
    """What the re-check found."""

    PASSED = "合格"
    FAILED = "不合格"


class Hazard(Protocol):
    """A hazard as these rules see it; None where blank."""

    @property
    def found_on(self) -> date | None:
        """发现日期."""

    @property
    def level(self) -> str | None:
        """级别."""

    @property
    def corrective_action(self) -> str | None:
        """整改措施."""

    @property
    def owner(self) -> object:
        """责任人."""

    @property
    def due_on(self) -> date | None:
        """整改期限."""

    @property
    def fixed_on(self) -> date | None:
        """整改完成日期."""

    @property
    def verified_by(self) -> object:
        """复查人."""

    @property
    def verified_on(self) -> date | None:
        """复查日期."""

    @property
    def verification(self) -> str | None:
        """复查结论."""

    @property
    def closed_on(self) -> date | None:
        """销号日期."""


def due_by(found_on: date, level: HazardLevel | str | None, book: RuleBook) -> date:
    """By when a hazard must be put right, if nobody says otherwise: 15 days, 90 for a major one."""
    key = "hazard.days.major" if level == HazardLevel.MAJOR else "hazard.days.minor"
    return Days(book.whole(key, found_on)).after(found_on)


def hazard_state(row: Hazard) -> HazardState:
    """The column 状态: closed, waiting for re-check, being put right, or merely found."""
    if row.closed_on:
        return HazardState.CLOSED
    if row.fixed_on and row.verification != VerificationResult.FAILED:
        return HazardState.FIXED
    started = row.corrective_action or row.verification == VerificationResult.FAILED
    return HazardState.RECTIFYING if started else HazardState.FOUND


def is_overdue(row: Hazard, today: date) -> bool:
    """Whether the day allowed is over and the hazard is still there."""
    return row.due_on is not None and row.closed_on is None and row.fixed_on is None and today > row.due_on


def was_late(row: Hazard) -> bool:
    """Whether it was put right after the day allowed."""
    return row.due_on is not None and row.fixed_on is not None and row.fixed_on > row.due_on


def within_the_limit(row: Hazard, *, book: RuleBook) -> str:
    """Say when a major hazard is given more days than allowed."""
    if row.found_on is None or row.due_on is None:
        return ""
    latest = due_by(row.found_on, HazardLevel.MAJOR, book)
    return f"整改期限不宜晚于 {latest}" if row.due_on > latest else ""


def days_in_order(row: Hazard) -> str:
    """Say when the days of a hazard do not follow each other: found, put right, re-checked, closed."""
    steps = (("发现", row.found_on), ("整改完成", row.fixed_on), ("复查", row.verified_on), ("销号", row.closed_on))
    known = [(word, day) for word, day in steps if day is not None]
    for (before, earlier), (after, later) in pairwise(known):
        if later < earlier:
            return f"{after}日期 {later} 早于{before}日期 {earlier}"
    return ""


def verified_by_another(row: Hazard) -> bool:
    """Whether somebody other than the one responsible did the re-check."""
    return not row.owner or not row.verified_by or row.owner != row.verified_by


def closed_after_passing(row: Hazard) -> bool:
    """Whether a closed hazard was put right and passed its re-check."""
    return row.closed_on is None or (row.fixed_on is not None and row.verification == VerificationResult.PASSED)
