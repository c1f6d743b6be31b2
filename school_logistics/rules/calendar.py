"""Months, report periods and the school calendar: on which days there is school, and why on others there is not.

Public holidays and make-up workdays (调休) follow the yearly notice of the General Office of the State Council;
terms and vacations are the school's own and only have defaults here. A year whose notice is not out yet is reckoned
by weekends alone, and says so.
"""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from school_logistics.errors import OfficeError, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MONTHS_A_YEAR = 12
_SEPTEMBER = 9
_SATURDAY = 5
_DAY = timedelta(days=1)
_FIRST_TERM_MONTHS = frozenset({8, 9, 10, 11, 12, 1})
_USUAL_FIRST_TERM = ((9, 1), (1, 20))
_USUAL_SECOND_TERM = ((3, 1), (7, 10))
"""Month and day of the usual terms, used for years whose terms nobody has entered."""


class Stretch(Protocol):
    """Anything that runs from one day to another: a month, a report period, a term."""

    @property
    def first(self) -> date:
        """The first day."""

    @property
    def last(self) -> date:
        """The last day, itself included."""


class Month(NamedTuple):
    """One month of one year.

    >>> november = Month(2026, 11)
    >>> str(november), november.iso, november.last, november.next().next()
    ('2026年11月', '2026-11', datetime.date(2026, 11, 30), Month(year=2027, number=1))
    """

    year: int
    number: int

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def iso(self) -> str:
        """2026-11: sorts as text, and is how files and commands name a month."""
        return f"{self.year:04}-{self.number:02}"

    def __str__(self) -> str:
        """2026年11月."""
        return f"{self.year}年{self.number}月"

    def plus(self, months: int) -> Month:
        """So many months later; earlier when negative."""
        year, index = divmod(self.year * _MONTHS_A_YEAR + self.number - 1 + months, _MONTHS_A_YEAR)
        return Month(year, index + 1)

    def next(self) -> Month:
        """The month after."""
        return self.plus(1)

    def previous(self) -> Month:
        """The month before."""
        return self.plus(-1)

    def days(self) -> tuple[date, ...]:
        """Every day of it."""
        return tuple(_days(self))

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return (day.year, day.month) == (self.year, self.number)

    @classmethod
    def of(cls, day: date) -> Month:
        """The month in which a day lies."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read 2026-11, 2026.11, 202611 or 2026年11月; raise Unreadable for anything else."""
        match = re.fullmatch(r"(\d{4})(?:[-./年]?)(\d{1,2})月?", re.sub(r"\s", "", text))
        if match and 1 <= int(match[2]) <= _MONTHS_A_YEAR and int(match[1]) >= 1:
            return cls(int(match[1]), int(match[2]))
        raise Unreadable(f"「{text.strip()}」不是月份；请写成 2026-11")


class Period(NamedTuple):
    """What a return or a summary covers: from one day to another, both included."""

    first: date
    last: date
    label: str

    def __str__(self) -> str:
        """2026年 or 2025—2026学年."""
        return self.label

    @classmethod
    def calendar_year(cls, year: int) -> Period:
        """1 January to 31 December."""
        return cls(date(year, 1, 1), date(year, 12, 31), f"{year}年")

    @classmethod
    def school_year(cls, year: int) -> Period:
        """1 September to 31 August: the school year of the education statistics.

        >>> year = Period.school_year(2025)
        >>> str(year), str(year.first), str(year.last)
        ('2025—2026学年', '2025-09-01', '2026-08-31')
        """
        return cls(date(year, _SEPTEMBER, 1), date(year + 1, 8, 31), f"{year}—{year + 1}学年")

    @classmethod
    def of_month(cls, month: Month) -> Period:
        """A single month."""
        return cls(month.first, month.last, str(month))

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last

    def months(self) -> tuple[Month, ...]:
        """The months it touches, in order."""
        months = [Month.of(self.first)]
        while months[-1].last < self.last:
            months.append(months[-1].next())
        return tuple(months)

    def year_before(self) -> Period:
        """The same period a year earlier, for the column 上年."""
        if self == Period.calendar_year(self.first.year):
            return Period.calendar_year(self.first.year - 1)
        if self == Period.school_year(self.first.year):
            return Period.school_year(self.first.year - 1)
        return Period.of_month(Month.of(self.first).plus(-_MONTHS_A_YEAR))

    def reporting_day(self, today: date) -> date:
        """The day on which point-in-time figures are taken: its last day, or today when that is earlier."""
        return min(self.last, today)


class Holiday(NamedTuple):
    """A public holiday with the days off around it."""

    name: str
    first: date
    last: date


class Term(NamedTuple):
    """A term of this school."""

    name: str
    first: date
    last: date


@dataclass(frozen=True)
class CalendarYear:
    """What is known about one calendar year."""

    year: int
    announced: bool
    source: str = ""
    holidays: tuple[Holiday, ...] = ()
    makeup_workdays: tuple[date, ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class SchoolCalendar:
    """On which days there is school.

    `closed` and `opened` are days this school decided on itself: sports day off, a Saturday made up.
    """

    years: tuple[CalendarYear, ...] = ()
    closed: frozenset[date] = frozenset()
    opened: frozenset[date] = frozenset()

    @cached_property
    def _holidays(self) -> dict[date, str]:
        return {day: holiday.name for year in self.years for holiday in year.holidays for day in _days(holiday)}

    @cached_property
    def _makeup_workdays(self) -> frozenset[date]:
        return frozenset(day for year in self.years for day in year.makeup_workdays)

    @cached_property
    def _terms(self) -> dict[tuple[int, bool], Term]:
        return {_half(term.first): term for year in self.years for term in year.terms}

    def is_announced(self, year: int) -> bool:
        """Whether the State Council's holiday notice for this year has been entered."""
        return any(known.year == year and known.announced for known in self.years)

    def note(self, year: int) -> str:
        """The sentence that must stand beside days reckoned without a notice; empty when there is one."""
        if self.is_announced(year):
            return ""
        return f"{year} 年放假安排未公布或未录入，暂按双休日推算；公布后请在校历中补录。"

    def is_workday(self, day: date) -> bool:
        """Whether offices work: neither weekend nor public holiday, or a make-up workday."""
        if day in self._makeup_workdays:
            return True
        return day.weekday() < _SATURDAY and day not in self._holidays

    def term(self, day: date) -> Term | None:
        """The term in which a day lies; for years nobody has entered, the usual one."""
        term = self._terms.get(_half(day)) or _usual_term(day)
        return term if term.first <= day <= term.last else None

    def is_school_day(self, day: date) -> bool:
        """Whether pupils are at school, so that the day's records must exist."""
        if day in self.opened or day in self.closed:
            return day in self.opened
        return self.is_workday(day) and self.term(day) is not None

    def why_closed(self, day: date) -> str:
        """Why there is no school on a day: the holiday's name, 周末, 寒假, 暑假, 本校停课; empty on a school day."""
        if self.is_school_day(day):
            return ""
        if day in self.closed:
            return "本校停课"
        if day in self._holidays:
            return self._holidays[day]
        if self.term(day) is None:
            return "暑假" if day.month in {6, 7, 8} else "寒假"
        return "周末"

    def school_days(self, stretch: Stretch) -> tuple[date, ...]:
        """The school days of a month, a term or a report period, in order."""
        return tuple(day for day in _days(stretch) if self.is_school_day(day))

    def with_year(self, year: CalendarYear) -> SchoolCalendar:
        """The same calendar with one year replaced or added, as the clerk has edited it."""
        others = [known for known in self.years if known.year != year.year]
        return replace(self, years=tuple(sorted([*others, year], key=lambda known: known.year)))


def read_calendar(*toml_texts: str) -> SchoolCalendar:
    """Build the school calendar from the texts of its year files.

    Raises OfficeError when a text is not a calendar.
    """
    years = sorted((_read_year(text) for text in toml_texts), key=lambda year: year.year)
    return SchoolCalendar(tuple(years))


def school_year_of(day: date) -> int:
    """The year in which the school year of a day began: 2025 for 31 August 2026."""
    return day.year if day.month >= _SEPTEMBER else day.year - 1


def _read_year(toml_text: str) -> CalendarYear:
    try:
        table = tomllib.loads(toml_text)
        return CalendarYear(
            year=int(table["year"]),
            announced=bool(table["announced"]),
            source=str(table.get("source", "")),
            holidays=tuple(Holiday(**one) for one in _ordered(table.get("holiday", ()))),
            makeup_workdays=tuple(_day(one) for one in table.get("makeup_workdays", ())),
            terms=tuple(Term(**one) for one in _ordered(table.get("term", ()))),
        )
    except (KeyError, TypeError, ValueError) as trouble:
        raise OfficeError(f"校历文件读不懂（{trouble}），没有采用；请恢复随程序附带的校历。") from trouble


def _ordered(stretches: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for stretch in stretches:
        if _day(stretch["first"]) > _day(stretch["last"]):
            raise ValueError(f"{stretch['name']}的起止日期颠倒")
        yield stretch


def _day(read: object) -> date:
    if not isinstance(read, date):
        raise TypeError(f"{read} 不是日期")
    return read


def _days(stretch: Stretch) -> Iterator[date]:
    day = stretch.first
    while day <= stretch.last:
        yield day
        day += _DAY


def _half(day: date) -> tuple[int, bool]:
    """The school year of a day, and whether its first term is meant. The turn is in August and February."""
    first_term = day.month in _FIRST_TERM_MONTHS
    year = day.year if first_term and day.month != 1 else day.year - 1
    return year, first_term


def _usual_term(day: date) -> Term:
    year, first_term = _half(day)
    (first_month, first_day), (last_month, last_day) = _USUAL_FIRST_TERM if first_term else _USUAL_SECOND_TERM
    name = f"{year}—{year + 1}学年{'第一' if first_term else '第二'}学期"
    begins = date(year if first_term else year + 1, first_month, first_day)
    return Term(name, begins, date(year + 1, last_month, last_day))
