"""Due dates are exact by the calendar."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_logistics.rules.calendar import SchoolCalendar
from school_logistics.rules.dates import FOREVER, MonthOrDay
from school_logistics.rules.due import (
    Days,
    Months,
    Stage,
    Years,
    days_left,
    earliest,
    entered_late,
    is_urgent,
    next_due,
    stage,
    standing,
)

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("last", "every", "due"),
    [
        (date(2026, 8, 31), Months(6), date(2027, 2, 28)),
        (date(2025, 8, 29), Months(6), date(2026, 2, 28)),
        (date(2023, 8, 31), Months(6), date(2024, 2, 29)),
        (date(2024, 2, 29), Years(2), date(2026, 2, 28)),
        (date(2024, 2, 29), Years(4), date(2028, 2, 29)),
        (date(2026, 11, 22), Months(6), date(2027, 5, 22)),
        (date(2026, 12, 31), Days(60), date(2027, 3, 1)),
        (MonthOrDay(2022, 8), Years(5), MonthOrDay(2027, 8)),
        (MonthOrDay(2022, 11), Months(3), MonthOrDay(2023, 2)),
        (MonthOrDay(2022, 2), Days(1), MonthOrDay(2022, 3, 1)),
        (MonthOrDay(2024, 2, 29), Years(5), MonthOrDay(2029, 2, 28)),
    ],
)
def test_the_next_due_day_is_exact(last, every, due):
    assert next_due(last, every) == due


@given(DAYS, st.integers(0, 240))
def test_months_keep_the_day_or_end_the_month(day, count):
    due = Months(count).after(day)
    assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == count
    assert due.day == min(day.day, monthrange(due.year, due.month)[1])


@given(DAYS, st.integers(0, 20))
def test_a_year_is_twelve_months(day, count):
    assert Years(count).after(day) == Months(count * 12).after(day)


@given(DAYS, DAYS)
def test_days_left_and_overdue_mirror_each_other(due, today):
    assert days_left(due, today) == (due - today).days


def test_a_month_without_a_day_warns_from_its_first_and_is_overdue_after_its_last():
    month = MonthOrDay(2026, 11)
    assert days_left(month, date(2026, 10, 31)) == 1
    assert days_left(month, date(2026, 11, 1)) == 0
    assert stage(month, date(2026, 11, 30)) is Stage.SOON
    assert stage(month, date(2026, 12, 1)) is Stage.OVERDUE
    assert days_left(month, date(2026, 12, 1)) == -1


@pytest.mark.parametrize(
    ("due", "words", "expected"),
    [
        (TODAY, "今天到期", Stage.SOON),
        (TODAY + timedelta(days=30), "还有 30 天", Stage.SOON),
        (TODAY + timedelta(days=31), "还有 31 天", Stage.NORMAL),
        (TODAY - timedelta(days=1), "已过期 1 天", Stage.OVERDUE),
        (FOREVER, "长期", Stage.NORMAL),
    ],
)
def test_a_due_day_says_how_near_it_is(due, words, expected):
    where = standing(due, TODAY, (30, 7))
    assert (str(where), where.stage) == (words, expected)


def test_without_reminder_steps_nothing_is_said_before_the_day():
    assert stage(TODAY + timedelta(days=1), TODAY, ()) is Stage.NORMAL
    assert stage(TODAY, TODAY, 0) is Stage.SOON


def test_the_last_reminder_step_is_urgent():
    assert is_urgent(TODAY + timedelta(days=7), TODAY, (60, 30, 7))
    assert not is_urgent(TODAY + timedelta(days=8), TODAY, (60, 30, 7))
    assert is_urgent(TODAY - timedelta(days=1), TODAY, ())


@pytest.mark.parametrize(
    ("happened", "entered", "late"),
    [
        (date(2026, 11, 16), date(2026, 11, 20), False),
        (date(2026, 11, 16), date(2026, 11, 23), True),
        (date(2026, 11, 19), TODAY, False),
        (date(2026, 9, 29), date(2026, 10, 9), False),
        (date(2026, 9, 28), date(2026, 10, 10), True),
        (TODAY, TODAY, False),
        (date(2026, 11, 23), TODAY, False),
    ],
)
def test_the_paper_of_a_week_may_be_typed_on_friday_and_holidays_do_not_count(
    school_calendar: SchoolCalendar, happened: date, entered: date, late: bool
):
    assert entered_late(happened, entered, 3, school_calendar) is late


def test_the_earliest_of_several_days_leaves_out_the_unknown():
    assert earliest(None, date(2027, 8, 31), date(2026, 12, 12)) == date(2026, 12, 12)
    assert earliest(None) is None


def test_intervals_are_told_in_chinese():
    assert [str(one) for one in (Days(3), Months(6), Years(2))] == ["3天", "6个月", "2年"]
