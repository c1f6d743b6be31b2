"""What a school or its bureau sets differently from the shipped rule book: whether a change fits, and what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from school_logistics.errors import OfficeError, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from school_logistics.rules.book import Rule, RuleBook

OWN_RULE = "本校规定"
"""Who says so where a change names no document."""


class RuleChange(Protocol):
    """A change of a rule as these rules see it; None where blank."""

    rule: str | None
    value: str | None
    valid_from: date | None
    document_no: str | None
    reason: str | None


def known_rule(row: RuleChange, *, book: RuleBook) -> bool:
    """Whether the rule book has such a rule."""
    return row.rule is None or book.has(row.rule)


def fits_the_rule(row: RuleChange, *, book: RuleBook) -> str:
    """Say when the new value cannot be read as what the rule holds, such as words for a number of days."""
    if not row.rule or not book.has(row.rule) or not row.value or row.valid_from is None:
        return ""
    try:
        ruling(row, book)
    except (Unreadable, OfficeError) as wrong:
        return str(wrong)
    return ""


def name_of_rule(row: RuleChange, *, book: RuleBook) -> str | None:
    """The column 规则: what the rule is called."""
    return _first(row, book).label if row.rule and book.has(row.rule) else None


def unit_of_rule(row: RuleChange, *, book: RuleBook) -> str | None:
    """The column 单位."""
    return _first(row, book).unit or None if row.rule and book.has(row.rule) else None


def ruling(row: RuleChange, book: RuleBook) -> Rule:
    """A change as a rule to be laid over the book; raises Unreadable when its value does not fit."""
    assert row.rule is not None  # noqa: S101 - the fields are required
    assert row.value is not None  # noqa: S101
    assert row.valid_from is not None  # noqa: S101
    return book.changed(row.rule, row.value, row.valid_from, row.document_no or OWN_RULE, row.reason or "")


def laid_over(book: RuleBook, changes: Iterable[RuleChange]) -> RuleBook:
    """The shipped book with the changes over it; of two for one rule and day the later one counts.

    A change that fits no rule any more, as after a newer program has dropped one, is passed over: an old ruling must
    never keep the office shut. The screen that lists the changes says which are not in use.
    """
    fitting: dict[tuple[str, date], Rule] = {}
    for row in changes:
        if (
            row.rule
            and row.value
            and row.valid_from
            and known_rule(row, book=book)
            and not fits_the_rule(row, book=book)
        ):
            fitting[row.rule, row.valid_from] = ruling(row, book)
    return book.with_overrides(fitting.values()) if fitting else book


def _first(row: RuleChange, book: RuleBook) -> Rule:
    return next(rule for rule in book.rules if rule.key == row.rule)
