"""What a weekly report and the minutes of a monthly meeting say, worked out from the checks below them.

日管控、周排查、月调度: the week takes what the daily checks found, the month what the weekly reports say; what is not
yet closed is carried from one to the next (V-55, V-56).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol

from school_logistics.rules.weeks import Week

NOTHING_FOUND = "本周未发现食品安全问题（零风险报告）。"
NOTHING_BEFORE = "前期没有遗留问题。"
NOTHING_TO_FIX = "无需整改。"


class RiskLevel(StrEnum):
    """How a week is judged: one of three."""

    UNDER_CONTROL = "风险可控、无较大隐患"
    TO_PREVENT = "存在隐患、需尽快防范"
    SERIOUS = "存在严重隐患、请负责人重视"


class Problem(NamedTuple):
    """One thing found by a check, and what became of it."""

    found_on: date
    what: str
    owner: str = ""
    due_on: date | None = None
    closed_on: date | None = None
    """The day it was put right: on the spot, or as its hazard says; None while it is not."""
    how: str = ""
    number: str = ""
    """The number of its hazard."""

    def still_open_on(self, day: date) -> bool:
        """Whether it was found before a day and not put right before it."""
        return self.found_on < day and (self.closed_on is None or self.closed_on >= day)

    def open_on(self, day: date) -> bool:
        """Whether it was known and not yet put right at the end of a day."""
        return self.found_on <= day and (self.closed_on is None or self.closed_on > day)


class Counted(NamedTuple):
    """How many days a check was due and made."""

    due: int
    checked: int

    @property
    def rate(self) -> str:
        """执行率, such as 95%; nothing where no day was due."""
        return f"{self.checked * 100 // self.due}%" if self.due else ""


def counted(due: Sequence[date], checked: Sequence[date]) -> Counted:
    """V-56: how many of the days with meals were checked; a check on a day without meals counts for nothing."""
    return Counted(len(due), len(set(due) & set(checked)))


def told_before(problems: Sequence[Problem], week: Week, on: date) -> str:
    """What became, as of a day, of what the week before found, and of everything older that was still open."""
    before = week.before
    left = [
        one
        for one in problems
        if one.found_on < week.first and (one.found_on >= before.first or one.still_open_on(week.first))
    ]
    return _numbered(f"{_what(one)}——{_fate(one, on)}" for one in left) or NOTHING_BEFORE


def told_found(problems: Sequence[Problem], week: Week) -> str:
    """What the week's checks found, one line each."""
    found = [one for one in problems if week.first <= one.found_on <= week.last]
    return _numbered(_what(one) for one in found) or NOTHING_FOUND


def told_measures(problems: Sequence[Problem], week: Week, on: date) -> str:
    """Who puts right by when what the week found, and whether it is done."""
    found = [one for one in problems if week.first <= one.found_on <= week.last]
    return _numbered(_who_and_when(one, on) for one in found) or NOTHING_TO_FIX


def rating_of(problems: Sequence[Problem], on: date) -> RiskLevel:
    """The judgement proposed: under control while nothing is open on the day, serious when something is overdue."""
    still = [one for one in problems if one.open_on(on)]
    if not still:
        return RiskLevel.UNDER_CONTROL
    late = any(one.due_on is not None and one.due_on < on for one in still)
    return RiskLevel.SERIOUS if late else RiskLevel.TO_PREVENT


def told_month(month: str, days: Counted, weeks: Counted, problems: Sequence[Problem], last: date) -> str:
    """The first part of the minutes: days, rate, weekly reports and problems of the month."""
    still = sum(1 for one in problems if one.open_on(last))
    done = len(problems) - still
    rate = f"，执行率 {days.rate}" if days.rate else ""
    return (
        f"{month}供餐 {days.due} 天，日管控检查 {days.checked} 天{rate}；应报周排查报告 {weeks.due} 份，"
        f"已报 {weeks.checked} 份。检查共发现问题 {len(problems)} 个，已整改 {done} 个，未整改 {still} 个。"
    )


class WeekTold(NamedTuple):
    """A weekly report in the minutes."""

    first: date
    problems: int | None
    fixed: int | None
    rating: str


def told_weeks(weeks: Sequence[WeekTold]) -> str:
    """The weekly reports of the month, a line each."""
    return "\n".join(
        f"{one.first.month}月{one.first.day}日起一周：发现问题 {one.problems or 0} 个，已整改 {one.fixed or 0} 个；"
        f"{one.rating or '未评价'}。"
        for one in sorted(weeks)
    )


def told_open(problems: Sequence[Problem], last: date) -> str:
    """The second part of the minutes: the problems known in the month, those still open marked with who and when."""
    return _numbered(f"{_what(one)}——{_who_and_when(one, last)}" for one in problems) or NOTHING_TO_FIX


def told_next(problems: Sequence[Problem], last: date) -> str:
    """What the next month begins with: what is still to be closed."""
    still = [one for one in problems if one.open_on(last)]
    return _numbered(
        "，".join(part for part in (f"督促完成：{_what(one)}", _owner_and_due(one)) if part) for one in still
    )


def _what(one: Problem) -> str:
    number = f"（{one.number}）" if one.number else ""
    return f"{one.found_on.month}月{one.found_on.day}日 {one.what.rstrip('。；')}{number}"


def _fate(one: Problem, on: date) -> str:
    if one.open_on(on):
        return "未完成" + (f"，{_owner_and_due(one)}" if _owner_and_due(one) else "")
    return "已完成" + (f"（{one.how.rstrip('。')}）" if one.how else "")


def _who_and_when(one: Problem, on: date) -> str:
    if one.closed_on == one.found_on:
        return f"当场整改：{one.how.rstrip('。')}" if one.how else "当场整改"
    return "，".join(part for part in (_owner_and_due(one), _fate_alone(one, on)) if part)


def _fate_alone(one: Problem, on: date) -> str:
    if not one.open_on(on) and one.closed_on is not None:
        return f"{one.closed_on.month}月{one.closed_on.day}日完成"
    return "正在整改"


def _owner_and_due(one: Problem) -> str:
    due = f"期限 {one.due_on.month}月{one.due_on.day}日" if one.due_on else ""
    return "，".join(part for part in (f"责任人 {one.owner}" if one.owner else "", due) if part)


def _numbered(lines: Iterable[str]) -> str:
    """Lines with their numbers, closed by a full stop each."""
    return "\n".join(f"{number}. {text}。" for number, text in enumerate(lines, start=1))


# --- what stands against a report -------------------------------------------------------------------


class Counts(Protocol):
    """The counted days and weeks of a report."""

    @property
    def days_due(self) -> int | None:
        """应检天数."""

    @property
    def days_checked(self) -> int | None:
        """实检天数."""


def no_more_than_due(row: Counts) -> bool:
    """Whether no more days were checked than had meals."""
    return row.days_due is None or row.days_checked is None or row.days_checked <= row.days_due


def no_more_weeks_than_due(row: object) -> bool:
    """Whether no more weekly reports were made than weeks had meals."""
    due, done = getattr(row, "weeks_due", None), getattr(row, "weeks_reported", None)
    return due is None or done is None or done <= due


def rated_as_found(row: object) -> str:
    """Say when a week is judged under control although something found is not yet put right."""
    problems, fixed = getattr(row, "problems", None), getattr(row, "fixed", None)
    if problems is None or fixed is None or getattr(row, "rating", None) != RiskLevel.UNDER_CONTROL:
        return ""
    return f"还有 {problems - fixed} 个问题没有整改完，评价写的是“风险可控”，请核对" if problems > fixed else ""


def sunday_of(row: object) -> date | None:
    """The column 报告周期止: six days after the Monday."""
    first = getattr(row, "week_from", None)
    return Week(first).last if isinstance(first, date) else None
