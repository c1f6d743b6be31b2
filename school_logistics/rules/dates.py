"""How people write days: 3.5, 3月5日, 20260305, 今, +1; and dates of which only the month is known."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from school_logistics.errors import Unreadable
from school_logistics.rules.figures import half_width

FOREVER = date.max
"""The day a paper without end runs out; shown as 长期."""

_YEARS = range(1900, 2101)
"""Years that a school's papers can speak of; whatever else stands in a cell is a slip."""
_WORDS = {"今": 0, "今天": 0, "昨": -1, "昨天": -1, "前天": -2, "明": 1, "明天": 1, "后天": 2}
_SEPARATED = re.compile(r"(?:(\d{4}|\d{2})[-./年])?(\d{1,2})[-./月](\d{1,2})[日号]?")
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?")
_SERIAL_DAYS = range(36526, 73051)
"""Day numbers of a workbook for 2000-01-01 to 2100-01-01."""
_MONTHS = range(1, 13)
_EPOCH = date(1899, 12, 30)
_HOW = "请填日期，如 3.5、2026-03-05、今、+1"


@dataclass(frozen=True)
class Reading:
    """The day on which something is read, and the period that a workbook's title names.

    `first` and `last` bound the period (2025年9月, 2025-2026学年); `ahead` says that days to come are
    likelier than past ones, as for the end of a licence.
    """

    today: date
    first: date | None = None
    last: date | None = None
    ahead: bool = False


class MonthOrDay(NamedTuple):
    """A date of which sometimes only the month is known, as stamped on an extinguisher."""

    year: int
    month: int
    day: int | None = None

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can mean."""
        return date(self.year, self.month, self.day or monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        """2022-08 or 2022-08-15: sorts as text."""
        return f"{self.year:04}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")

    @classmethod
    def parse(cls, text: str) -> MonthOrDay:
        """Take back what str() wrote."""
        return cls(*(int(part) for part in text.split("-")))

    @classmethod
    def of(cls, day: date) -> MonthOrDay:
        """A full day."""
        return cls(day.year, day.month, day.day)


def read_day(typed: object, on: Reading) -> date:
    """Read a day as written on paper, in a cell or at the keyboard.

    >>> on = Reading(date(2026, 11, 22))
    >>> [read_day(t, on).isoformat() for t in ("3.5", "20260305", "2026年3月5日", "昨", "+1")]
    ['2026-03-05', '2026-03-05', '2026-03-05', '2026-11-21', '2026-11-23']

    Raises Unreadable when there is no such day, when it is not clear which is meant, or when its year cannot be.
    """
    day = _day(typed, on)
    _refuse_year(day.year, typed)
    return day


def _day(typed: object, on: Reading) -> date:
    """The day that was written, whatever its year."""
    if isinstance(typed, datetime):
        return typed.date()
    if isinstance(typed, date):
        return typed
    if isinstance(typed, int | float):
        return _from_number(typed, on)
    text = re.sub(r"\s+", "", half_width(str(typed))).rstrip("。")
    text = re.sub(r"(?:\(?(?:星期|周)[一二三四五六日天]\)?|00:00(?::00)?)$", "", text)
    if text in _WORDS:
        return on.today + timedelta(days=_WORDS[text])
    if re.fullmatch(r"[-+]\d{1,4}", text):
        return on.today + timedelta(days=int(text))
    if match := _SEPARATED.fullmatch(text):
        year = _full_year(match[1]) if match[1] else None
        return _existing(typed, year, int(match[2]), int(match[3]), on)
    if match := re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text):
        return _existing(typed, int(match[1]), int(match[2]), int(match[3]), on)
    if match := re.fullmatch(r"(\d{2})(\d{2})", text):
        return _existing(typed, None, int(match[1]), int(match[2]), on)
    return _day_of_month(typed, text, on)


def read_month_or_day(typed: object, on: Reading) -> MonthOrDay:
    """Read a day, or a month where no day is known (2022-08, 2019年8月)."""
    if isinstance(typed, MonthOrDay):
        _refuse_year(typed.year, typed)
        return typed
    if isinstance(typed, str):
        text = re.sub(r"\s+", "", half_width(typed))
        match = _MONTH.fullmatch(text) or re.fullmatch(r"(\d{4})(\d{2})", text)
        if match and int(match[2]) in _MONTHS:
            _refuse_year(int(match[1]), typed)
            return MonthOrDay(int(match[1]), int(match[2]))
    return MonthOrDay.of(read_day(typed, on))


def _refuse_year(year: int, typed: object) -> None:
    """Refuse a year that no paper of a school can mean, before anybody counts on from it."""
    if year not in _YEARS:
        written = typed.isoformat() if isinstance(typed, date) else str(typed).strip()
        msg = f"「{written}」的年份不对，只能在 {_YEARS[0]} 年到 {_YEARS[-1]} 年之间；请核对"
        raise Unreadable(msg)


def _full_year(written: str) -> int:
    return int(written) if len(written) == len("2026") else 2000 + int(written)


def _from_number(number: float, on: Reading) -> date:
    """A cell that holds a bare number: 20250818, a workbook's day number, or 3.5 meant as 5 March."""
    if float(number).is_integer():
        if int(number) in _SERIAL_DAYS:
            return _EPOCH + timedelta(days=int(number))
        return read_day(str(int(number)), on)
    month, _, day = repr(float(number)).partition(".")
    if day in {"1", "2", "3"}:
        msg = f"「{month}.{day}」分不清是 {month} 月 {day} 日还是 {day}0 日，请写成 {month}月{day}日"
        raise Unreadable(msg)
    return read_day(f"{month}.{day}", on)


def _day_of_month(typed: object, text: str, on: Reading) -> date:
    """`5日` in a workbook of one month."""
    match = re.fullmatch(r"(\d{1,2})[日号]", text)
    if match and on.first and on.last and (on.first.year, on.first.month) == (on.last.year, on.last.month):
        return _existing(typed, on.first.year, on.first.month, int(match[1]), on)
    msg = f"「{str(typed).strip()}」不是日期；{_HOW}"
    raise Unreadable(msg)


def _existing(typed: object, year: int | None, month: int, day: int, on: Reading) -> date:
    """The day itself; without a year, the one that the title or today makes likely."""
    for candidate in [year] if year else _likely_years(on):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year or _fits(found, on):
            return found
    msg = f"「{str(typed).strip()}」没有这一天；{_HOW}"
    raise Unreadable(msg)


def _likely_years(on: Reading) -> list[int]:
    if on.first and on.last:
        return [*range(on.first.year, on.last.year + 1), on.first.year, on.last.year]
    year = on.today.year
    return (
        [year - 1, year, year + 1, year + 2, year + 3] if on.ahead else [year + 1, year, year - 1, year - 2, year - 3]
    )


def _fits(day: date, on: Reading) -> bool:
    """Without a year: inside the title's period, else not far ahead of today (or not far behind)."""
    if on.first and on.last:
        return on.first.year == on.last.year or on.first <= day <= on.last
    near = timedelta(days=31)
    return day >= on.today - near if on.ahead else day <= on.today + near
