"""How a due date came about: which facts and rules it was worked out from, and the sum in words.

Nothing of this is written down beside a rule: its function is asked once more with a record and a rule book that note
what is read of them, so an explanation cannot say anything else than what was done.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.rules.book import Rule, RuleBook, show_value
from school_logistics.rules.dates import FOREVER, MonthOrDay
from school_logistics.rules.due import Days, Interval, Months, Years, next_due
from school_logistics.rules.identity import id_card_birth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_UNITS: dict[str, type[Days | Months | Years]] = {
    "天": Days,
    "日": Days,
    "个月": Months,
    "月": Months,
    "年": Years,
    "周岁": Years,
}
_MOST_YEARS = 80
"""An anniversary is looked for among so many years: the length of a working life, and more."""


@dataclass(frozen=True)
class NotingBook(RuleBook):
    """A rule book that remembers which of its rules were asked for."""

    noted: dict[str, Rule] = field(init=False, compare=False, default_factory=dict)
    """The rules asked for so far, by key, in the order of asking."""

    @classmethod
    def over(cls, book: RuleBook) -> NotingBook:
        """The same rules, nothing noted yet."""
        return cls(book.rules)

    def entry(self, key: str, on: date) -> Rule:
        """As the book answers, and noted."""
        found = super().entry(key, on)
        self.noted.setdefault(key, found)
        return found


class NotingFacts:
    """A record as rules see it, that tells which of its fields were read."""

    def __init__(self, facts: object, note: Callable[[str, object], None]) -> None:
        """`note` is told the key and the value of every field that is read."""
        self._facts, self._note = facts, note

    def __getattr__(self, key: str) -> object:
        """The field of that key."""
        value = getattr(self._facts, key)
        self._note(key, value)
        return value


class Told(NamedTuple):
    """A day that was read: what it is called and what it says."""

    label: str
    day: date | MonthOrDay


def interval_of(rule: Rule) -> Interval | None:
    """The stretch of time a rule gives: 12 个月; None for any other rule."""
    unit = _UNITS.get(rule.unit)
    return unit(rule.value) if unit is not None and isinstance(rule.value, int) else None


def day_in(label: str, value: object) -> Told | None:
    """The day that a field holds: a date, a month, or the birthday in an identity number."""
    if isinstance(value, datetime):
        return Told(label, value.date())
    if isinstance(value, date | MonthOrDay):
        return None if value == FOREVER else Told(label, value)
    born = id_card_birth(value) if isinstance(value, str) else None
    return Told(f"{label}里的出生日期", born) if born is not None else None


class Sum(NamedTuple):
    """A due date worked out in words, with the key of the rule that was added; "" where none was."""

    words: str
    rule: str


def sum_of(due: date, days: Sequence[Told], rules: Iterable[Rule]) -> Sum | None:
    """How a due date follows from the days and rules that were read: 体检日期 2025-11-10 + 12 个月 = 2026-11-10.

    The shortest way that leads there; None when none of those known does.
    """
    lengths = [(rule, every) for rule in rules if (every := interval_of(rule)) is not None]
    return next(_ways(due, days, lengths), None)


def _ways(due: date, days: Sequence[Told], lengths: Sequence[tuple[Rule, Interval]]) -> Iterator[Sum]:
    for told in days:
        for rule, every in lengths:
            if _reaches(after := next_due(told.day, every), due):
                yield Sum(f"{_told(told)} + {_length(rule)} = {_shown(after, due)}", rule.key)
    for told in days:
        if _reaches(told.day, due):
            yield Sum(f"{told.label}写明 {_shown(told.day, due)}", "")
    for told in days:
        for number in range(1, _MOST_YEARS):
            between = next_due(told.day, Years(number))
            for rule, every in lengths:
                if isinstance(every, Days) and _reaches(after := next_due(between, every), due):
                    words = f"{_told(told)} 满 {number} 年是 {between}，再加 {_length(rule)} = {_shown(after, due)}"
                    yield Sum(words, rule.key)


def _reaches(day: date | MonthOrDay, due: date) -> bool:
    """Whether it is that day; a month is reached by any of its days."""
    return day == due if isinstance(day, date) else day.first <= due <= day.last


def _told(told: Told) -> str:
    return f"{told.label} {told.day}"


def _length(rule: Rule) -> str:
    return f"{show_value(rule.value)} {rule.unit}"


def _shown(day: date | MonthOrDay, due: date) -> str:
    """The day; a month with the day that counts of it."""
    if isinstance(day, date) or day.day is not None:
        return str(day)
    return f"{day}（按 {due} 算）"


def steps_of_warning(due: date, days: Sequence[int]) -> tuple[tuple[int, date], ...]:
    """From which day on each step of warning holds, the widest first.

    >>> steps_of_warning(date(2026, 11, 10), (7, 30))
    ((30, datetime.date(2026, 10, 11)), (7, datetime.date(2026, 11, 3)))
    """
    return tuple((number, Days(-number).after(due)) for number in sorted(set(days), reverse=True))
