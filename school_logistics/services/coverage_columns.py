"""The periods of a duty as columns of a grid: days, weeks, months, quarters, terms, and when in them it is asked.

A week belongs to a month by the one rule (`rules/weeks.py`), a quarter or a term to the month in which it ends.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.models.duties import When
from school_logistics.rules.calendar import Month, Period, school_year_of
from school_logistics.rules.weeks import weeks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from school_logistics.models.duties import Duty, Times
    from school_logistics.rules.book import RuleBook
    from school_logistics.rules.calendar import SchoolCalendar, Stretch

_DAY = timedelta(days=1)
_WEEK_DAYS = 7
_MONTH_DAYS = 30
_WEEKDAYS = "一二三四五六日"
_NUMERALS = "一二三四"
_UNITS = ((1, "天"), (_WEEK_DAYS, "周"), (31, "个月"), (92, "个季度"), (366, "个学期"))
"""Days at most, and what so many are called."""
_DAILY = frozenset({When.SCHOOL_DAY, When.WORKDAY, When.DAY})


class Column(NamedTuple):
    """One period of a duty."""

    label: str
    """12, 第2周, 9月, 三季度, 第一学期."""
    detail: str
    """The weekday of a day, else from when to when."""
    first: date
    last: date
    days: tuple[date, ...]
    """The days of it on which the duty is asked; none in vacations and on closed days."""
    why: str = ""
    """Why none: 周末, 国庆节, 寒假."""


class Rhythm(NamedTuple):
    """How often something is due: every period of a kind, so many times."""

    when: When
    times: Times = 1


def rhythm_of(duty: Duty, book: RuleBook, on: date) -> Rhythm:
    """How often a duty is due, as declared or as the rule book says in days.

    One day means every school day, up to a week so many times a week, more so many times a month.
    """
    if not duty.every:
        return Rhythm(duty.when, duty.times)
    days = max(1, book.whole(duty.every, on))
    if days == 1:
        return Rhythm(When.SCHOOL_DAY)
    if days <= _WEEK_DAYS:
        return Rhythm(When.WEEK, _WEEK_DAYS // days)
    return Rhythm(When.MONTH, max(1, _MONTH_DAYS // days))


def columns_of(when: When, month: Month, calendar: SchoolCalendar, *, holidays: bool, wide: bool) -> tuple[Column, ...]:
    """The periods that a grid of a month shows; with `wide` the year around it for all that is longer than a week."""
    if when in _DAILY:
        return tuple(_of_day(when, day, calendar, holidays=holidays) for day in month.days())
    found = _stretches(when, month, calendar, wide=wide)
    return tuple(_of_stretch(when, label, one, calendar, holidays=holidays) for label, one in found)


def _of_day(when: When, day: date, calendar: SchoolCalendar, *, holidays: bool) -> Column:
    asked = _asks(when, calendar, holidays=holidays)(day)
    why = "" if asked else calendar.why_closed(day) or "休息日"
    return Column(str(day.day), _WEEKDAYS[day.weekday()], day, day, (day,) if asked else (), why)


def _asks(when: When, calendar: SchoolCalendar, *, holidays: bool) -> Callable[[date], bool]:
    """On which days a duty is asked at all."""
    if when is When.WORKDAY:
        return calendar.is_workday if holidays else lambda day: calendar.is_workday(day) and _in_term(day, calendar)
    if when is When.SCHOOL_DAY:
        return calendar.is_school_day
    return (lambda _day: True) if holidays else lambda day: _in_term(day, calendar)


def _in_term(day: date, calendar: SchoolCalendar) -> bool:
    return calendar.term(day) is not None


def _of_stretch(when: When, label: str, stretch: Stretch, calendar: SchoolCalendar, *, holidays: bool) -> Column:
    """A longer period; without `holidays` it is asked where there is any school day in it."""
    every = tuple(_days(stretch))
    schooled = tuple(day for day in every if calendar.is_school_day(day))
    days = every if holidays else schooled
    detail = "" if when is When.MONTH else f"{stretch.first:%m-%d}～{stretch.last:%m-%d}"
    why = "" if days else calendar.why_closed(stretch.first)
    return Column(label, detail, stretch.first, stretch.last, days, why)


def _stretches(when: When, month: Month, calendar: SchoolCalendar, *, wide: bool) -> list[tuple[str, Stretch]]:
    if when is When.WEEK:
        return [(f"第{number}周", week) for number, week in enumerate(weeks_of(month), start=1)]
    if when is When.MONTH:
        shown = _school_year(month) if wide else (month,)
        return [(f"{one.number}月", one) for one in shown]
    if when is When.QUARTER:
        quarters: list[tuple[str, Stretch]] = [
            (f"{name}季度", _quarter(month.year, number)) for number, name in enumerate(_NUMERALS)
        ]
        return quarters if wide else [one for one in quarters if month.holds(one[1].last)]
    terms = _terms(month, calendar)
    return [(one.label, one) for one in terms if wide or month.holds(one.last)]


def unit_of(column: Column) -> str:
    """What one period is counted in: 天, 周, 个月, 个季度, 个学期."""
    many = (column.last - column.first).days + 1
    return next(word for most, word in _UNITS if many <= most)


def _school_year(month: Month) -> tuple[Month, ...]:
    return Period.school_year(school_year_of(month.first)).months()


def _quarter(year: int, number: int) -> Period:
    return Period(date(year, number * 3 + 1, 1), Month(year, number * 3 + 3).last, "")


def _terms(month: Month, calendar: SchoolCalendar) -> list[Period]:
    """The two terms of the school year in which a month lies."""
    year = school_year_of(month.first)
    middles = (("第一学期", date(year, 10, 15)), ("第二学期", date(year + 1, 4, 15)))
    found = ((label, calendar.term(day)) for label, day in middles)
    return [Period(term.first, term.last, label) for label, term in found if term is not None]


def _days(stretch: Stretch) -> Iterator[date]:
    day = stretch.first
    while day <= stretch.last:
        yield day
        day += _DAY
