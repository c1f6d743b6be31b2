"""What an indicator of the annual return is, and what a figure, a sheet and a cross-check of one are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from school_logistics.rules.money import half_up
from school_logistics.rules.tally import change_percent

if TYPE_CHECKING:
    from school_logistics.reports.annual_return.asking import Asked

Value: TypeAlias = int | Decimal | str | date | None
"""What stands in a cell of the return; None is 未填, which is never 0."""

UNFILLED = "未填"
PREVIOUS = "@previous"
"""Behind an indicator's code: its figure of the year before."""

COVER = "封面"


class Answer(NamedTuple):
    """A figure as found: its value, what it was found from, and the parts it is made of."""

    value: Value
    words: str = ""
    """Which period or day, and how many rows."""
    parts: tuple[tuple[str, str], ...] = ()
    """(label, text), such as the sum of each month."""


NOTHING = Answer(None)


@dataclass(frozen=True)
class Indicator:
    """One line of the return: its code, its words, and how its figure is found."""

    code: str
    sheet: str
    label: str
    unit: str = ""
    source: str = ""
    """Which ledger and which column, in words."""
    compute: Callable[[Asked], Answer] | None = None
    """None for what no ledger knows: filled in by hand."""
    sum_of: tuple[str, ...] = ()
    """Codes of the lines above that it adds up; in the workbook it is a formula."""
    heading: str = ""
    """The heading under which it stands; lines of one heading stand together."""
    if_any: bool = False
    """Left out while it is 未填 in both years, as the grades that a school does not have."""
    of_period: bool = False
    """Whether it adds up what happened in the period; else it is taken on the reporting day."""

    @property
    def by_hand(self) -> bool:
        """Whether a person fills it in."""
        return self.compute is None and not self.sum_of


class Figure(NamedTuple):
    """An indicator with its figures of this year and the last."""

    code: str
    sheet: str
    label: str
    unit: str
    value: Value
    previous: Value
    difference: Decimal | None
    """This year's figure less last year's, in the indicator's own unit; None where either is no number."""
    source: str
    filled: bool
    parts: tuple[tuple[str, str], ...] = ()
    heading: str = ""
    previous_source: str = ""
    by_hand: bool = False
    sum_of: tuple[str, ...] = ()
    short_previous: bool = False
    """Whether the ledger covers only a part of the year before, so that the two are not compared."""

    @property
    def percent(self) -> Decimal | None:
        """How much it rose or, negative, fell, in per cent of last year's figure."""
        if self.difference is None or not isinstance(self.value, int | Decimal):
            return None
        return change_percent(self.value, self.value - self.difference)

    @property
    def text(self) -> str:
        """This year's figure as it is shown."""
        return show(self.value)

    @property
    def previous_text(self) -> str:
        """Last year's figure as it is shown."""
        return show(self.previous)

    @property
    def difference_text(self) -> str:
        """+12, −1, +8.7%: counts and rates by what they differ, sums by their share; — where nothing is compared."""
        if self.difference is None:
            return "—"
        if isinstance(self.value, int) or self.unit == "%":
            return _signed(self.difference, "")
        return "—" if self.percent is None else _signed(self.percent, "%")


class Sheet(NamedTuple):
    """One sheet of the return."""

    code: str
    title: str
    figures: tuple[Figure, ...]


class Verdict(StrEnum):
    """How a cross-check came out, worst first."""

    WRONG = "不平"
    WANTS_A_WORD = "要说明"
    UNFILLED = "未填"
    RIGHT = "相符"


class CrossCheck(NamedTuple):
    """One line of R20: a rule, the cell it looks at, what stands there and what should."""

    number: str
    sheet: str
    cell: str
    """The indicator's code; the workbook writes the address of its cell."""
    now: str
    should: str
    level: str
    sentence: str


def is_number(value: Value) -> bool:
    """Whether a value can be added and compared."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def difference(value: Value, previous: Value) -> Decimal | None:
    """This year's figure less last year's."""
    if not is_number(value) or not is_number(previous):
        return None
    return Decimal(str(value)) - Decimal(str(previous))


def added(codes: tuple[str, ...], values: Mapping[str, Value]) -> Value:
    """The sum of the lines that are filled; 未填 while none is."""
    found = [value for code in codes if is_number(value := values.get(code))]
    if not found:
        return None
    summed = sum((Decimal(str(value)) for value in found), Decimal(0))
    return summed if any(isinstance(value, Decimal) for value in found) else int(summed)


def show(value: Value) -> str:
    """A figure as a person reads it."""
    if value is None:
        return UNFILLED
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:,}".replace("-", "−") if is_number(value) else str(value)


def _signed(value: Decimal, unit: str) -> str:
    shown = half_up(value, 1) if value != value.to_integral_value() or unit else value.to_integral_value()
    return "0" if not shown else f"{'+' if shown > 0 else '−'}{abs(shown):,f}{unit}"


def under(heading: str, *lines: Indicator, of_period: bool = False) -> tuple[Indicator, ...]:
    """Lines that stand together under one heading."""
    return tuple(replace(line, heading=heading, of_period=of_period) for line in lines)
