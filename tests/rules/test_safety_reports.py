"""What the week and the month say of what was found below them."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from school_logistics.rules.safety_reports import (
    NOTHING_BEFORE,
    NOTHING_FOUND,
    NOTHING_TO_FIX,
    Counted,
    Problem,
    RiskLevel,
    WeekTold,
    counted,
    no_more_than_due,
    no_more_weeks_than_due,
    rated_as_found,
    rating_of,
    sunday_of,
    told_before,
    told_found,
    told_measures,
    told_month,
    told_next,
    told_open,
    told_weeks,
)
from school_logistics.rules.weeks import Week

WEEK = Week(date(2026, 10, 19))
FRIDAY = date(2026, 10, 23)
BROKEN = Problem(date(2026, 10, 19), "砧板色标脱落", "赵春华", date(2026, 11, 3), None, "", "YH-2026-0036")
AT_ONCE = Problem(date(2026, 10, 20), "洗手液：用完", "", None, date(2026, 10, 20), "当场补充")
OLD = Problem(date(2026, 9, 1), "排烟罩油垢", "郭建军", date(2026, 9, 16), None, "", "YH-2026-0030")
LAST_WEEK = Problem(
    date(2026, 10, 14), "纱窗破", "赵春华", date(2026, 10, 29), date(2026, 10, 16), "已更换", "YH-2026-0035"
)
EVERYTHING = (OLD, LAST_WEEK, BROKEN, AT_ONCE)


def test_days_without_meals_and_checks_on_them_are_not_counted():
    """V-56: 5 days with meals, checked on 4 of them and on a Sunday: 4 of 5, 80%."""
    due = [date(2026, 10, day) for day in (19, 20, 21, 22, 23)]
    done = [date(2026, 10, day) for day in (18, 19, 20, 22, 23, 23)]
    assert counted(due, done) == Counted(5, 4)
    assert counted(due, done).rate == "80%"
    assert Counted(0, 0).rate == ""
    assert Counted(3, 2).rate == "66%", "never rounded up"


def test_what_is_not_closed_is_carried_into_the_week():
    """V-55: what the week before found with its end, and everything older that is still open."""
    assert told_before(EVERYTHING, WEEK, FRIDAY) == (
        "1. 9月1日 排烟罩油垢（YH-2026-0030）——未完成，责任人 郭建军，期限 9月16日。\n"
        "2. 10月14日 纱窗破（YH-2026-0035）——已完成（已更换）。"
    )
    assert told_before([LAST_WEEK], Week(date(2026, 10, 26)), FRIDAY) == NOTHING_BEFORE


def test_the_week_tells_what_it_found_and_what_becomes_of_it():
    """V-56: the weekly report takes the daily checks of its week."""
    assert told_found(EVERYTHING, WEEK) == "1. 10月19日 砧板色标脱落（YH-2026-0036）。\n2. 10月20日 洗手液：用完。"
    assert told_measures(EVERYTHING, WEEK, FRIDAY) == (
        "1. 责任人 赵春华，期限 11月3日，正在整改。\n2. 当场整改：当场补充。"
    )


def test_a_week_without_problems_says_so():
    assert told_found([], WEEK) == NOTHING_FOUND
    assert told_measures([], WEEK, FRIDAY) == NOTHING_TO_FIX
    assert "零风险" in NOTHING_FOUND


@pytest.mark.parametrize(("problems", "rating"), [
    ((), RiskLevel.UNDER_CONTROL), ((AT_ONCE, LAST_WEEK), RiskLevel.UNDER_CONTROL),
    ((BROKEN,), RiskLevel.TO_PREVENT), ((BROKEN, OLD), RiskLevel.SERIOUS),
])  # fmt: skip
def test_the_judgement_follows_what_is_open_and_what_is_overdue(problems: tuple[Problem, ...], rating: RiskLevel):
    assert rating_of(problems, FRIDAY) is rating


def test_a_hazard_closed_later_was_open_on_the_day():
    assert LAST_WEEK.open_on(date(2026, 10, 15))
    assert not LAST_WEEK.open_on(date(2026, 10, 16))
    assert not LAST_WEEK.open_on(date(2026, 10, 13))


def test_the_month_takes_days_weekly_reports_and_problems():
    """V-56: the minutes take the month's weekly reports."""
    told = told_month("2026年10月", Counted(18, 17), Counted(4, 4), [BROKEN, AT_ONCE], date(2026, 10, 30))
    assert told == (
        "2026年10月供餐 18 天，日管控检查 17 天，执行率 94%；应报周排查报告 4 份，已报 4 份。"
        "检查共发现问题 2 个，已整改 1 个，未整改 1 个。"
    )
    weeks = [WeekTold(date(2026, 10, 19), 2, 1, RiskLevel.TO_PREVENT), WeekTold(date(2026, 10, 12), None, None, "")]
    assert told_weeks(weeks).splitlines() == [
        "10月12日起一周：发现问题 0 个，已整改 0 个；未评价。",
        "10月19日起一周：发现问题 2 个，已整改 1 个；存在隐患、需尽快防范。",
    ]


def test_what_is_not_closed_is_carried_into_the_minutes_and_the_next_month():
    """V-55: the minutes name who closes it by when."""
    on = date(2026, 10, 30)
    assert told_open([LAST_WEEK, BROKEN], on).splitlines()[0].endswith("期限 10月29日，10月16日完成。")
    assert told_next([LAST_WEEK, BROKEN], on) == (
        "1. 督促完成：10月19日 砧板色标脱落（YH-2026-0036），责任人 赵春华，期限 11月3日。"
    )
    assert told_open([], on) == NOTHING_TO_FIX


def test_reports_that_contradict_themselves_are_pointed_out():
    assert no_more_than_due(SimpleNamespace(days_due=5, days_checked=5))
    assert not no_more_than_due(SimpleNamespace(days_due=5, days_checked=6))
    assert no_more_weeks_than_due(SimpleNamespace(weeks_due=None, weeks_reported=6))
    assert not no_more_weeks_than_due(SimpleNamespace(weeks_due=4, weeks_reported=5))
    good = SimpleNamespace(problems=2, fixed=1, rating=RiskLevel.UNDER_CONTROL.value)
    assert rated_as_found(good) == "还有 1 个问题没有整改完，评价写的是“风险可控”，请核对"
    assert rated_as_found(SimpleNamespace(problems=2, fixed=2, rating=RiskLevel.UNDER_CONTROL.value)) == ""


def test_a_report_covers_the_week_from_its_monday():
    assert sunday_of(SimpleNamespace(week_from=WEEK.first)) == date(2026, 10, 25)
    assert sunday_of(SimpleNamespace(week_from=None)) is None
