"""Weeks: from Monday to Sunday, each of exactly one month."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from school_logistics.rules.calendar import Month
from school_logistics.rules.weeks import Week, monday_of, week_of_term, weeks_of


def test_a_week_runs_from_monday_to_sunday():
    week = Week.of(date(2026, 10, 28))
    assert (week.first, week.last, week.before.first) == (date(2026, 10, 26), date(2026, 11, 1), date(2026, 10, 19))
    assert week.friday == date(2026, 10, 30)


def test_a_month_has_the_weeks_of_which_it_holds_most_school_days():
    assert weeks_of(Month(2026, 11))[0] == Week(date(2026, 11, 2))
    assert weeks_of(Month(2026, 9))[0] == Week(date(2026, 8, 31))
    assert Week(date(2026, 11, 30)).month == Month(2026, 12)
    months = [Month(2026, 1).plus(number) for number in range(24)]
    mondays = [week.first for month in months for week in weeks_of(month)]
    assert {(after - before).days for before, after in pairwise(mondays)} == {7}


@given(some.dates(date(2000, 1, 10), date(2100, 1, 1)))
def test_every_day_lies_in_a_week_of_exactly_one_month(day: date):
    week = Week.of(day)
    assert week.first <= day <= week.last
    assert monday_of(week.last) == week.first
    near = [Month.of(day).plus(step) for step in (-1, 0, 1)]
    assert [month for month in near if week in weeks_of(month)] == [week.month]


def test_the_week_of_the_first_day_is_the_first_of_its_term():
    assert week_of_term(date(2026, 8, 31), date(2026, 9, 1)) == 1
