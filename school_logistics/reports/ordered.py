"""Orders on paper: those of the term in which the month lies, rates from totals, subtotals by grade."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from school_logistics.models.ledger import Ledger
from school_logistics.reports.form import Entry, Source
from school_logistics.reports.register import SUBTOTAL
from school_logistics.rules.calendar import Month
from school_logistics.rules.kinds import Amount
from school_logistics.rules.tally import rate_of_all
from school_logistics.rules.terms import term_of

RATE = Amount(1, "%", 1)
"""A share in per cent with one decimal."""


def orders_of_term(source: Source, ledger: Ledger, month: Month) -> list[Entry]:
    """The orders of the term in which a month lies."""
    term = term_of(month.first)
    return [entry for entry in source.entries(ledger) if entry["term"] == term]


def rate_of(ordered: str, pupils: str) -> Callable[[Sequence[Entry]], str]:
    """The rate of several classes together: sum over sum, never the mean of their rates."""

    def rate(entries: Sequence[Entry]) -> str:
        return RATE.show(rate_of_all((entry[ordered] or 0, entry[pupils] or 0) for entry in entries))

    return rate


def grade_subtotal(grade: str) -> tuple[str, ...]:
    """What the subtotal of a grade begins with: 一年级, 小计."""
    return grade, SUBTOTAL
