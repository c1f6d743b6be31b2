"""What stands around a table: the period its title names, and values written as `名称：值` above the heading."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from school_logistics.rules.figures import half_width
from school_logistics.services.reading.grid import Cell, as_text, normal

_SCHOOL_YEAR = re.compile(r"(20\d\d)\s*[-—–~至]\s*(20\d\d|\d\d)\s*学?年")
_YEAR_MONTH = re.compile(r"(20\d\d)\s*(?:年|[-./_])\s*(1[0-2]|0?[1-9])(?:\s*月(?!\d)|(?![\d]))")
_COMPACT = re.compile(r"(?<!\d)(20\d\d)(1[0-2]|0[1-9])(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])\s*月")
_PAIR = re.compile(r"([^\s:]{1,16}):\s*(.*?)(?=\s{2,}|\s+[^\s:]{1,16}:|$)")
_ABOUT_THE_PAPER = frozenset({
    "单位", "单位名称", "填报单位", "填表单位", "学校", "学校名称", "负责人", "单位负责人", "经办人",
    "电话", "联系电话", "制表", "制表人", "制表日期", "填表人", "填表日期", "填报日期", "打印日期",
    "审核", "审核人", "页码", "第", "共",
})  # fmt: skip
_AUTUMN_STARTS = 8


@dataclass(frozen=True)
class Period:
    """As much as is known about when a sheet's rows happened."""

    year: int | None = None
    month: int | None = None
    school_year: int | None = None
    """The year in which the school year begins."""

    def filled_by(self, other: Period) -> Period:
        """Take from `other` what is not known yet."""
        agree = self.year is None or other.year is None or self.year == other.year
        settled = self.school_year is not None and self.month is not None
        return Period(
            self.year or (None if settled else other.year),
            self.month or (other.month if agree else None),
            self.school_year or other.school_year,
        )

    def bounds(self) -> tuple[date, date] | None:
        """First and last day of the period; None when nothing is known.

        >>> Period(year=None, month=3, school_year=2025).bounds()
        (datetime.date(2026, 3, 1), datetime.date(2026, 3, 31))
        """
        year = self.year
        if year is None and self.school_year is not None:
            if self.month is None:
                return date(self.school_year, _AUTUMN_STARTS, 1), date(self.school_year + 1, _AUTUMN_STARTS, 31)
            year = self.school_year + (self.month < _AUTUMN_STARTS)
        if year is None:
            return None
        if self.month is None:
            return date(year, 1, 1), date(year, 12, 31)
        return date(year, self.month, 1), date(year, self.month, monthrange(year, self.month)[1])


def period_named(text: str) -> Period:
    """Find year, month or school year in a title, a sheet's name or a file's name.

    >>> period_named("食品采购台账（2025年9月）")
    Period(year=2025, month=9, school_year=None)
    >>> period_named("宿舍消毒记录_2026-10")
    Period(year=2026, month=10, school_year=None)
    """
    text = half_width(text)
    if found := _SCHOOL_YEAR.search(text):
        rest = text[: found.start()] + text[found.end() :]
        month = _MONTH.search(rest)
        return Period(None, int(month[1]) if month else None, int(found[1]))
    if found := _YEAR_MONTH.search(text) or _COMPACT.search(text):
        return Period(int(found[1]), int(found[2]))
    year, month = _YEAR.search(text), _MONTH.search(text)
    return Period(int(year[1]) if year else None, int(month[1]) if month else None)


def period_around(titles: Iterable[str], sheet_name: str, file_name: str) -> Period:
    """Put together what title rows, sheet name and file name say, the nearest to the table first."""
    period = Period()
    for text in (*titles, sheet_name, file_name):
        period = period.filled_by(period_named(text))
    return period


def pairs_above(rows: Iterable[Sequence[Cell]]) -> dict[str, tuple[int, str]]:
    """Collect `名称：值` from the rows above a heading, by normalised name, each with its column.

    A name with its colon may stand in one cell and the value in the next.
    """
    pairs: dict[str, tuple[int, str]] = {}
    for row in rows:
        for index, cell in enumerate(row):
            text = half_width(as_text(cell)) if isinstance(cell, str) else ""
            for found in _PAIR.finditer(text):
                value = found[2].strip() or (_next_cell(row, index) if found.end() == len(text) else "")
                if value and normal(found[1]) not in _ABOUT_THE_PAPER:
                    pairs.setdefault(normal(found[1]), (index, value))
    return pairs


def about_the_table(cell: Cell) -> str:
    """The part of a title cell that may name a period: what the paper says about itself is left out."""
    text = half_width(as_text(cell)) if isinstance(cell, str) else ""
    return _PAIR.sub(lambda pair: "" if normal(pair[1]) in _ABOUT_THE_PAPER else pair[0], text)


def _next_cell(row: Sequence[Cell], index: int) -> str:
    """The cell to the right of a name whose value does not follow in the same cell."""
    if index + 1 >= len(row):
        return ""
    text = as_text(row[index + 1])
    return "" if text.endswith((":", "：")) else text
