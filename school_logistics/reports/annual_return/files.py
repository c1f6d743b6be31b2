"""What a file held on the reporting day: how many records, and the sum of one of their columns."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from school_logistics.reports.annual_return.indicator import NOTHING, Answer, Value
from school_logistics.rules.money import half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from school_logistics.reports.annual_return.asking import Asked
    from school_logistics.reports.annual_return.past import Values


def how_many(asked: Asked, file: Sequence[Values], fits: Callable[[Values], bool] = bool, unit: str = "行") -> Answer:
    """How many records of a file fit; 未填 while the file is empty."""
    if not file:
        return NOTHING
    found = sum(1 for values in file if fits(values))
    return Answer(found, day_words(asked, f"{found:,} {unit}"))


def sum_of(asked: Asked, file: Sequence[Values], key: str, fits: Callable[[Values], bool] = bool) -> Answer:
    """The sum of a column over the records that fit; 未填 while no record fills it."""
    found = [values[key] for values in file if fits(values) and values[key] is not None]
    if not found:
        return NOTHING
    total = sum(found, Decimal(0) if isinstance(found[0], Decimal) else 0)
    return Answer(tidy(total), day_words(asked, f"{len(found):,} 行相加"))


def day_words(asked: Asked, words: str) -> str:
    """As of which day, and what more."""
    return f"{asked.on} 时点，{words}" if words else f"{asked.on} 时点"


def tidy(value: Value) -> Value:
    """A measure kept in thousandths, with two decimals where the third is nought."""
    hundredths = half_up(value) if isinstance(value, Decimal) else value
    return hundredths if hundredths == value else value
