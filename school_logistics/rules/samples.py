"""Retained samples: how much of each dish is kept, how long, how cold (食品留样).

45号令 (2019-04-01) article 40: at least 125 g of every dish of every meal, at least 48 hours in a fridge of its own.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from school_logistics.rules.findings import hazard_found
from school_logistics.rules.hazards import HazardCategory

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook


_HOURS, _MINUTES = 24, 60


class Meal(StrEnum):
    """The meals of a school day, in order."""

    BREAKFAST = "早餐"
    LUNCH = "午餐"
    DINNER = "晚餐"
    SNACK = "加餐"


_HOW_TO_EXPLAIN = "；事实如此的，照实记，在“异常情况”和“当场处理”里写明"


class Sample(Protocol):
    """A retained sample as these rules see it; None where blank."""

    @property
    def grams(self) -> Decimal | int | None:
        """留样量, grams."""

    @property
    def taken_at(self) -> datetime | None:
        """留样时间."""

    @property
    def cleared_at(self) -> datetime | None:
        """处理（销毁）时间."""

    @property
    def meal(self) -> str | None:
        """餐次."""

    @property
    def fridge_celsius(self) -> Decimal | None:
        """留样柜温度."""

    @property
    def container_no(self) -> str | None:
        """容器编号."""

    @property
    def problem(self) -> str | None:
        """异常情况."""

    @property
    def spot_fix(self) -> str | None:
        """当场处理."""

    @property
    def hazard(self) -> object:
        """隐患编号."""


class Planned(Protocol):
    """A dish of the menu as these rules see it."""

    @property
    def course(self) -> str | None:
        """类别."""


def sample_asked(row: Planned, on: date, book: RuleBook) -> bool:
    """Whether a sample of a dish is kept: boxed milk and whole fruit are not made in the kitchen."""
    return row.course not in book.words("retained_sample.without", on)


def keep_until(taken_at: datetime, book: RuleBook) -> datetime:
    """Until when a sample is kept: 48 hours by the clock, weekends included."""
    return taken_at + timedelta(hours=book.whole("retained_sample.hours", taken_at.date()))


def sample_keep_until(row: Sample, *, book: RuleBook) -> datetime | None:
    """The column 保存至."""
    return keep_until(row.taken_at, book) if row.taken_at else None


def heavy_enough(row: Sample, *, book: RuleBook, today: date) -> str:
    """Say when less was kept than the law wants."""
    least = book.whole("retained_sample.grams", row.taken_at.date() if row.taken_at else today)
    return f"留样量 {row.grams} 克，应不少于 {least} 克" if row.grams is not None and row.grams < least else ""


def kept_long_enough(row: Sample, *, book: RuleBook) -> str:
    """Say when a sample was thrown away before its time."""
    if row.taken_at is None or row.cleared_at is None:
        return ""
    until = keep_until(row.taken_at, book)
    return f"应保存到 {until:%m-%d %H:%M}，不能提前处理" if row.cleared_at < until else ""


def cold_enough(row: Sample, *, book: RuleBook, today: date) -> str:
    """Say when the fridge was outside 0 to 8 degrees."""
    if row.fridge_celsius is None:
        return ""
    lowest, highest = book.numbers("retained_sample.celsius", row.taken_at.date() if row.taken_at else today)
    within = lowest <= row.fridge_celsius <= highest
    return "" if within else f"留样柜温度 {row.fridge_celsius} ℃，应在 {lowest}～{highest} ℃"


def explained(row: Sample) -> bool:
    """Whether somebody wrote down what was wrong and what became of it: then a fact is told as it was (V-41)."""
    return bool(row.problem and (row.spot_fix or row.hazard))


def short_without_a_word(row: Sample, *, book: RuleBook, today: date) -> str:
    """Say when less was kept than the law wants and nobody explained it."""
    fault = heavy_enough(row, book=book, today=today)
    return f"{fault}{_HOW_TO_EXPLAIN}" if fault and not explained(row) else ""


def short_and_explained(row: Sample, *, book: RuleBook, today: date) -> str:
    """Say when less was kept than the law wants, though somebody explained it."""
    fault = heavy_enough(row, book=book, today=today)
    return f"{fault}：不合要求，已写明情况" if fault and explained(row) else ""


def cleared_early_without_a_word(row: Sample, *, book: RuleBook) -> str:
    """Say when a sample was thrown away before its time and nobody explained it."""
    fault = kept_long_enough(row, book=book)
    return f"{fault}{_HOW_TO_EXPLAIN}" if fault and not explained(row) else ""


def cleared_early_and_explained(row: Sample, *, book: RuleBook) -> str:
    """Say when a sample was thrown away before its time, though somebody explained it."""
    fault = kept_long_enough(row, book=book)
    return f"{fault}：不合要求，已写明情况" if fault and explained(row) else ""


def hazard_of_sample(row: Sample, *, book: RuleBook, today: date) -> dict[str, object] | None:
    """The hazard that a fridge for samples outside its limits opens; None while it is cold."""
    wrong = cold_enough(row, book=book, today=today)
    if not wrong or row.taken_at is None:
        return None
    found = wrong + (f"；{row.problem}" if row.problem else "")
    return hazard_found(row.taken_at.date(), HazardCategory.CANTEEN, "留样间", found)


def served_at(meal: str, book: RuleBook, on: date) -> time | None:
    """When the school serves a meal, by the rule book: 午餐11:30; None where it says nothing that can be read."""
    for told in book.words("meals.served_at", on):
        hour, _, minute = told.removeprefix(meal).replace("：", ":").partition(":")
        readable = hour.isdigit() and minute.isdigit() and int(hour) < _HOURS and int(minute) < _MINUTES
        if told.startswith(meal) and readable:
            return time(int(hour), int(minute))
    return None


def near_its_meal(row: Sample, *, book: RuleBook) -> str:
    """Say when a sample was taken hours away from the time at which the school serves its meal."""
    usual = served_at(row.meal, book, row.taken_at.date()) if row.taken_at and row.meal else None
    if row.taken_at is None or usual is None:
        return ""
    served = datetime.combine(row.taken_at.date(), usual)
    hours = book.whole("retained_sample.window_hours", row.taken_at.date())
    far = abs(row.taken_at - served) > timedelta(hours=hours)
    return f"{row.meal}一般 {served:%H:%M} 左右供餐，留样时间 {row.taken_at:%H:%M} 请核对" if far else ""


def container_free(row: Sample, *, containers: frozenset[str]) -> str:
    """Say when two samples of one meal stand in one container (V-43)."""
    taken = row.container_no is not None and row.container_no in containers
    return f"本餐已有留样用了容器 {row.container_no}" if taken else ""


def not_forgotten(row: Sample, *, book: RuleBook, today: date) -> str:
    """Say when a sample still stands there long after it might have been cleared away (V-42): no law is broken."""
    if row.taken_at is None or row.cleared_at is not None:
        return ""
    hours = book.whole("retained_sample.forgotten_hours", row.taken_at.date())
    forgotten = today > (row.taken_at + timedelta(hours=hours)).date()
    return f"留样超过 {hours} 小时还没有登记处理" if forgotten else ""
