"""Months, report periods and the school calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_logistics.errors import OfficeError, Unreadable
from school_logistics.rules.calendar import (
    CalendarYear,
    Month,
    Period,
    SchoolCalendar,
    Term,
    read_calendar,
    school_year_of,
)

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
MONTHS = DAYS.map(Month.of)


@given(MONTHS, st.integers(-500, 500))
def test_months_add_up(month, count):
    assert month.plus(count).plus(-count) == month
    assert month.next().previous() == month
    assert month.next().first - month.last == timedelta(days=1)


@given(DAYS)
def test_a_day_lies_in_its_month_and_in_no_other(day):
    month = Month.of(day)
    assert month.holds(day)
    assert day in month.days()
    assert not month.next().holds(day)


@given(MONTHS)
def test_a_month_is_read_back_from_what_it_shows(month):
    assert Month.parse(month.iso) == Month.parse(str(month)) == month


@pytest.mark.parametrize("text", ["2026-11", "2026.11", "202611", "2026/11", " 2026年11月 "])
def test_a_month_is_read_as_people_write_it(text):
    assert Month.parse(text) == Month(2026, 11)


@pytest.mark.parametrize("text", ["", "11", "2026-13", "2026-0", "0000-11", "2026-11-22", "下月"])
def test_what_is_no_month_is_refused_in_a_sentence(text):
    with pytest.raises(Unreadable, match="2026-11"):
        Month.parse(text)


def test_the_school_year_runs_from_september_to_august():
    year = Period.school_year(2025)
    assert (year.first, year.last) == (date(2025, 9, 1), date(2026, 8, 31))
    assert len(year.months()) == 12
    assert school_year_of(date(2026, 8, 31)) == 2025
    assert school_year_of(date(2026, 9, 1)) == 2026


def test_every_period_knows_the_one_a_year_before():
    assert Period.calendar_year(2026).year_before() == Period.calendar_year(2025)
    assert Period.school_year(2025).year_before() == Period.school_year(2024)
    assert Period.of_month(Month(2026, 2)).year_before() == Period.of_month(Month(2025, 2))


def test_point_in_time_figures_are_taken_on_the_last_day_or_today_if_earlier():
    year = Period.calendar_year(2026)
    assert year.reporting_day(date(2026, 11, 22)) == date(2026, 11, 22)
    assert year.reporting_day(date(2027, 3, 1)) == date(2026, 12, 31)
    assert year.holds(date(2026, 12, 31))
    assert not year.holds(date(2027, 1, 1))
    assert str(year) == "2026年"


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2026, 10, 10), True),  # a Saturday made up
        (date(2026, 9, 20), True),  # a Sunday made up
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 11, 22), False),  # a Sunday
        (date(2026, 11, 23), True),
        (date(2026, 2, 14), False),  # offices make up a Saturday while schools are on vacation
        (date(2026, 5, 9), True),
        (date(2025, 10, 11), True),
        (date(2024, 4, 28), True),
        (date(2024, 9, 30), True),
        (date(2024, 9, 16), False),
    ],
)
def test_school_days_follow_holidays_and_make_up_workdays(school_calendar, day, open_):
    assert school_calendar.is_school_day(day) is open_


def test_october_2026_has_eighteen_school_days(school_calendar):
    days = school_calendar.school_days(Month(2026, 10))
    assert len(days) == 18
    assert days[:3] == (date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10))


def test_the_holidays_of_2026_are_those_announced(school_calendar):
    for name, first, last in [
        ("元旦", (1, 1), (1, 3)),
        ("春节", (2, 15), (2, 23)),
        ("清明节", (4, 4), (4, 6)),
        ("劳动节", (5, 1), (5, 5)),
        ("端午节", (6, 19), (6, 21)),
        ("中秋节", (9, 25), (9, 27)),
        ("国庆节", (10, 1), (10, 7)),
    ]:
        year = next(year for year in school_calendar.years if year.year == 2026)
        assert (name, date(2026, *first), date(2026, *last)) in year.holidays


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 10, 3), "国庆节"),
        (date(2026, 8, 3), "暑假"),
        (date(2026, 2, 4), "寒假"),
        (date(2026, 11, 22), "周末"),
        (date(2026, 11, 23), ""),
    ],
)
def test_a_day_without_school_says_why(school_calendar, day, why):
    assert school_calendar.why_closed(day) == why


def test_a_year_not_announced_says_so_and_goes_by_weekends(school_calendar):
    assert not school_calendar.is_announced(2027)
    assert "2027 年放假安排未公布" in school_calendar.note(2027)
    assert "2031 年" in school_calendar.note(2031)
    assert school_calendar.note(2026) == ""
    assert school_calendar.is_school_day(date(2027, 10, 1))
    assert not school_calendar.is_school_day(date(2027, 10, 2))


def test_years_nobody_entered_have_the_usual_terms(school_calendar):
    assert school_calendar.term(date(2031, 3, 3)) == Term("2030—2031学年第二学期", date(2031, 3, 1), date(2031, 7, 10))
    assert school_calendar.is_school_day(date(2031, 1, 10))
    assert school_calendar.term(date(2031, 1, 30)) is None
    assert school_calendar.term(date(2031, 8, 15)) is None


def test_days_the_school_decided_on_itself_go_before_all_else(school_calendar):
    sunday, monday = date(2026, 11, 22), date(2026, 11, 23)
    own = SchoolCalendar(school_calendar.years, closed=frozenset({monday}), opened=frozenset({sunday}))
    assert own.is_school_day(sunday)
    assert own.why_closed(monday) == "本校停课"


def test_an_edited_year_takes_the_place_of_the_shipped_one(school_calendar):
    edited = school_calendar.with_year(CalendarYear(2027, announced=True))
    assert edited.note(2027) == ""
    assert [year.year for year in edited.years] == [2024, 2025, 2026, 2027]


@given(DAYS)
def test_a_day_is_a_school_day_or_says_why_not(day):
    calendar = SchoolCalendar()
    assert calendar.is_school_day(day) is (calendar.why_closed(day) == "")


@pytest.mark.parametrize(
    "text",
    [
        "year = 2026",
        "不是 TOML",
        "year = 2026\nannounced = true\nmakeup_workdays = ['2026-01-04']",
        "year = 2026\nannounced = true\n[[holiday]]\nname='元旦'\nfirst=2026-01-03\nlast=2026-01-01",
        "year = 2026\nannounced = true\n[[holiday]]\nname='元旦'\nfirst=2026-01-03",
    ],
)
def test_a_calendar_that_cannot_be_read_is_refused_in_a_sentence(text):
    with pytest.raises(OfficeError, match="校历文件读不懂"):
        read_calendar(text)
