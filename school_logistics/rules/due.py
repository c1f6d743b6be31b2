"""Due dates, exact by the calendar: what is due when, and how near it is.

Months and years are those of the calendar, never 30 or 365 days; a day that the target month lacks becomes its last
(31 August + 6 months is 28 February). Of some dates only the month is known, as stamped on an extinguisher: then
reminders start on its first day and nothing is overdue before its last day is over.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, overload

from school_logistics.rules.calendar import Period
from school_logistics.rules.dates import FOREVER, MonthOrDay

if TYPE_CHECKING:
    from school_logistics.rules.calendar import SchoolCalendar

_MONTHS_A_YEAR = 12


class Days(NamedTuple):
    """So many days."""

    number: int

    def after(self, day: date) -> date:
        """The day so many days later."""
        return day + timedelta(days=self.number)

    def __str__(self) -> str:
        """30天."""
        return f"{self.number}天"


class Months(NamedTuple):
    """So many calendar months.

    >>> Months(6).after(date(2026, 8, 31)), Months(-1).after(date(2026, 3, 30))
    (datetime.date(2027, 2, 28), datetime.date(2026, 2, 28))
    """

    number: int

    def after(self, day: date) -> date:
        """The same day so many months later, or the last day of a shorter month."""
        year, month = _month_after(day.year, day.month, self.number)
        return date(year, month, min(day.day, monthrange(year, month)[1]))

    def __str__(self) -> str:
        """6个月."""
        return f"{self.number}个月"


class Years(NamedTuple):
    """So many calendar years.

    >>> Years(5).after(date(2024, 2, 29))
    datetime.date(2029, 2, 28)
    """

    number: int

    def after(self, day: date) -> date:
        """The same day so many years later; 29 February becomes the 28th."""
        return Months(self.number * _MONTHS_A_YEAR).after(day)

    def __str__(self) -> str:
        """2年."""
        return f"{self.number}年"


Interval: TypeAlias = Days | Months | Years


class Stage(StrEnum):
    """How near a due date is."""

    NORMAL = "正常"
    SOON = "将到期"
    OVERDUE = "已过期"


class Standing(NamedTuple):
    """Where a due date stands today: `days` are left, or past when negative."""

    stage: Stage
    days: int

    def __str__(self) -> str:
        """还有 8 天, 今天到期, 已过期 68 天, 长期."""
        if self.days >= _FAR_AWAY:
            return "长期"
        if self.days == 0:
            return "今天到期"
        return f"还有 {self.days} 天" if self.days > 0 else f"已过期 {-self.days} 天"


_FAR_AWAY = 365 * 1000
"""No paper is given for a thousand years: more days than this mean 长期."""


@overload
def next_due(last: date, every: Interval) -> date: ...
@overload
def next_due(last: MonthOrDay, every: Interval) -> MonthOrDay: ...
def next_due(last: date | MonthOrDay, every: Interval) -> date | MonthOrDay:
    """When something is due again after it was last done.

    >>> next_due(date(2026, 1, 31), every=Months(1)), str(next_due(MonthOrDay(2022, 8), every=Years(5)))
    (datetime.date(2026, 2, 28), '2027-08')

    A date of which only the month is known stays one, unless days are added: then its last day counts.
    """
    if isinstance(last, date):
        return every.after(last)
    if last.day is None and not isinstance(every, Days):
        months = every.number * (_MONTHS_A_YEAR if isinstance(every, Years) else 1)
        return MonthOrDay(*_month_after(last.year, last.month, months))
    return MonthOrDay.of(every.after(last.last))


def days_left(due: date | MonthOrDay, today: date) -> int:
    """Days until a due date: 0 on the day (or anywhere in the month, when no day is known), negative afterwards.

    >>> days_left(MonthOrDay(2026, 12), date(2026, 11, 22)), days_left(MonthOrDay(2026, 10), date(2026, 11, 22))
    (9, -22)
    """
    first, last = (due, due) if isinstance(due, date) else (due.first, due.last)
    if today > last:
        return -(today - last).days
    return max((first - today).days, 0)


def standing(due: date | MonthOrDay, today: date, warn_days: int | tuple[int, ...] = 30) -> Standing:
    """Stage and days together. The due day itself is still good; FOREVER (长期) never runs out.

    `warn_days` are the reminder steps such as (60, 30, 7); the widest opens the stage 将到期.

    >>> str(standing(date(2026, 9, 15), date(2026, 11, 22)))
    '已过期 68 天'
    """
    days = days_left(due, today)
    widest = warn_days if isinstance(warn_days, int) else max(warn_days, default=0)
    if due == FOREVER:
        return Standing(Stage.NORMAL, days)
    if days < 0:
        return Standing(Stage.OVERDUE, days)
    return Standing(Stage.SOON if days <= widest else Stage.NORMAL, days)


def stage(due: date | MonthOrDay, today: date, warn_days: int | tuple[int, ...] = 30) -> Stage:
    """正常, 将到期 or 已过期."""
    return standing(due, today, warn_days).stage


def is_urgent(due: date | MonthOrDay, today: date, warn_days: tuple[int, ...]) -> bool:
    """Whether the narrowest reminder step is reached: the red ones on the home page."""
    return days_left(due, today) <= min(warn_days, default=0)


def entered_late(happened: date, entered: date, allowed: int, calendar: SchoolCalendar) -> bool:
    """Whether more school days than allowed lay between what happened and its entry (补录).

    With three, the paper of a Monday may be typed on Friday: Tuesday, Wednesday and Thursday lie between.
    """
    between = Period(next_due(happened, Days(1)), next_due(entered, Days(-1)), "")
    return between.first <= between.last and len(calendar.school_days(between)) > allowed


def earliest(*dues: date | None) -> date | None:
    """The first of several due dates, those not known left out; None when none is known."""
    return min((due for due in dues if due is not None), default=None)


def _month_after(year: int, month: int, months: int) -> tuple[int, int]:
    years, index = divmod(year * _MONTHS_A_YEAR + month - 1 + months, _MONTHS_A_YEAR)
    return years, index + 1
