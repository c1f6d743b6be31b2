"""Weeks from Monday to Sunday, and the one rule by which a week belongs to a month.

A week belongs to the month of its Wednesday: that is the month in which most of its school days lie. Menus, weekly
reports, weekly duties and the closing of a month all ask here.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from school_logistics.rules.calendar import Month

TO_THE_MIDDLE = timedelta(days=2)
"""From the Monday of a week to the day that says to which month it belongs."""

_SCHOOL_WEEK = 5
_DAYS = 7


class Week(NamedTuple):
    """A week from Monday to Sunday."""

    first: date

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.first + timedelta(days=_DAYS - 1)

    @property
    def friday(self) -> date:
        """The end of its school days."""
        return self.first + timedelta(days=_SCHOOL_WEEK - 1)

    @property
    def before(self) -> Week:
        """The week before."""
        return Week(self.first - timedelta(days=_DAYS))

    @property
    def month(self) -> Month:
        """The month to which it belongs.

        >>> Week(date(2026, 11, 30)).month, Week(date(2026, 9, 28)).month
        (Month(year=2026, number=12), Month(year=2026, number=9))
        """
        return Month.of(self.first + TO_THE_MIDDLE)

    @classmethod
    def of(cls, day: date) -> Week:
        """The week in which a day lies."""
        return cls(monday_of(day))


def monday_of(day: date) -> date:
    """The Monday of a day's week.

    >>> monday_of(date(2026, 10, 18)), monday_of(date(2026, 10, 19))
    (datetime.date(2026, 10, 12), datetime.date(2026, 10, 19))
    """
    return day - timedelta(days=day.weekday())


def is_monday(day: date) -> bool:
    """Whether a week begins with a day."""
    return monday_of(day) == day


def weeks_of(month: Month) -> tuple[Week, ...]:
    """The weeks that are a month's, in order; of two months that share a week exactly one has it.

    >>> [f"{week.first:%m-%d}" for week in weeks_of(Month(2026, 10))], weeks_of(Month(2026, 9))[0].first
    (['10-05', '10-12', '10-19', '10-26'], datetime.date(2026, 8, 31))
    """
    first = monday_of(month.first)
    weeks = (Week(first + timedelta(days=_DAYS * number)) for number in range(6))
    return tuple(week for week in weeks if week.month == month)


def week_of_term(monday: date, first_day: date) -> int:
    """Which week of a term it is, the week of its first day counting as the first.

    >>> week_of_term(date(2026, 10, 12), date(2026, 9, 1))
    7
    """
    return (monday - monday_of(first_day)).days // _DAYS + 1
