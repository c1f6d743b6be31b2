"""Where the fields of a side form stand: sections in order, short neighbours sharing a line, figures on their own."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger

_DIGIT_KINDS = frozenset({"code", "day", "until", "month_or_day", "time", "span", "count", "amount"})
_MOST_DIGITS = 14
_MOST_CHARACTERS = 10
_WIDE_KINDS = frozenset({"moment", "answers"})


WORKED_OUT = "自动算出"
"""Heading of the figures that only order or count and are shown nowhere else."""


class Line(NamedTuple):
    """Fields that stand beside each other: one, or two that are both short."""

    fields: tuple[Field, ...]

    @property
    def group(self) -> str:
        """The words above several fields, such as 号型; "" for none."""
        return self.fields[0].group

    @property
    def figure(self) -> bool:
        """Whether it tells a figure that was worked out, such as the amount."""
        return is_figure(self.fields[0])


class Part(NamedTuple):
    """A heading ("" for none) and the lines under it."""

    heading: str
    lines: tuple[Line, ...]


def is_figure(field: Field) -> bool:
    """A worked-out figure is told as words at the right instead of in a box."""
    return not field.writable and field.kind.name in {"amount", "count"}


def is_short(field: Field) -> bool:
    """Whether half the width of the form is enough."""
    if field.kind.name in _WIDE_KINDS or is_figure(field):
        return False
    return field.chars <= (_MOST_DIGITS if field.kind.name in _DIGIT_KINDS else _MOST_CHARACTERS)


def parts_of(ledger: Ledger) -> tuple[Part, ...]:
    """The form of a ledger from top to bottom.

    A section stands where its first field is declared and holds all of its fields. Fields without a section come
    first; those declared after the last section, such as the remark, close the form without a heading.
    """
    aside = [field for field in ledger.fields if is_figure(field) and not field.in_table]
    fields = [field for field in ledger.fields if field not in aside]
    last = max((place for place, field in enumerate(fields) if field.section), default=len(fields))
    by_section: dict[str, list[Field]] = {}
    for field in fields[: last + 1]:
        by_section.setdefault(field.section, []).append(field)
    first = {"": by_section.pop("")} if "" in by_section else {}
    parts = [Part(heading, tuple(_lines(group))) for heading, group in {**first, **by_section}.items()]
    after = fields[last + 1 :]
    for heading, group in (("", after), (WORKED_OUT, aside)):
        if group:
            parts.append(Part(heading, tuple(_lines(group))))
    return tuple(parts)


def _lines(fields: Iterable[Field]) -> Iterator[Line]:
    for (_, short), run in groupby(fields, key=lambda field: (field.group, is_short(field))):
        together = list(run)
        if not short:
            yield from (Line((field,)) for field in together)
            continue
        yield from (Line(tuple(together[place : place + 2])) for place in range(0, len(together), 2))
