"""The words in which a ledger is declared: one line a column, with its meaning beside it.

Each word takes the label first and then any attribute of `Field` by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from sqlalchemy import ForeignKey
from sqlalchemy.orm import MappedColumn, mapped_column

from school_logistics.models.columns import WHOLE, column_type
from school_logistics.models.fields import Field, Need
from school_logistics.rules.kinds import (
    Amount,
    AnyKind,
    Code,
    Count,
    Day,
    Flag,
    Moment,
    MonthOrDate,
    Ref,
    Text,
    TimeOfDay,
    TimeSpan,
    Until,
    choice_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import StrEnum
    from typing import Unpack

    from school_logistics.models.checks import Level


class More(TypedDict, total=False):
    """What may be said about a field besides its label and kind; see `Field`."""

    required: Need
    unit: str
    hint: str
    clause: str
    synonyms: tuple[str, ...]
    default: object
    follows: tuple[str, str]
    last_by: str
    usually: Callable[..., object]
    given: tuple[str, ...]
    at_the_time: bool
    signs: bool
    numbered: str
    beside: tuple[str, ...]
    in_title: Callable[[str], str]
    tidy: Callable[[str], str]
    fault: Callable[[str], str]
    fault_level: Level
    split: Callable[[str], Mapping[str, str]]
    totals: bool
    chars: int
    section: str
    group: str
    carry: bool
    personal: bool
    in_table: bool
    searched: bool


def column(field: Field, *, index: bool = False) -> MappedColumn[Any]:
    """The mapped column in which a field is kept."""
    return mapped_column(column_type(field.kind), nullable=True, index=index, info={"field": field})


def text(label: str, *, max_chars: int = 60, lines: int = 1, **more: Unpack[More]) -> MappedColumn[Any]:
    """Words."""
    return column(Field(label, Text(max_chars, lines), **more))


def code(label: str, *, max_chars: int = 30, index: bool = False, **more: Unpack[More]) -> MappedColumn[Any]:
    """A number that is a name: digits are kept as text."""
    return column(Field(label, Code(max_chars), **more), index=index)


def choice(label: str, words: type[StrEnum], **more: Unpack[More]) -> MappedColumn[Any]:
    """One word of an enum."""
    return column(Field(label, choice_of(words), **more))


def flag(label: str, **more: Unpack[More]) -> MappedColumn[Any]:
    """Yes or no."""
    return column(Field(label, Flag(), **more))


def count(label: str, *, least: int = 0, most: int | None = None, **more: Unpack[More]) -> MappedColumn[Any]:
    """How many."""
    return column(Field(label, Count(more.get("unit", ""), least, most), **more))


def measure(
    label: str, *, places: int = 3, shown: int = 2, signed: bool = False, **more: Unpack[More]
) -> MappedColumn[Any]:
    """A quantity in thousandths of its unit."""
    return column(Field(label, Amount(places, more.get("unit", ""), shown, signed), **more))


def price(label: str, **more: Unpack[More]) -> MappedColumn[Any]:
    """A unit price in ten-thousandths of a yuan."""
    more.setdefault("unit", "元")
    return column(Field(label, Amount(4, more["unit"], 2), **more))


def money(label: str, **more: Unpack[More]) -> MappedColumn[Any]:
    """Yuan, kept in fen."""
    more.setdefault("unit", "元")
    return column(Field(label, Amount(2, more["unit"], 2), **more))


def day(label: str, *, index: bool = False, **more: Unpack[More]) -> MappedColumn[Any]:
    """A day of the calendar."""
    return column(Field(label, Day(), **more), index=index)


def until(label: str, *, index: bool = False, **more: Unpack[More]) -> MappedColumn[Any]:
    """The last day on which something holds, or 长期."""
    return column(Field(label, Until(), **more), index=index)


def month_or_day(label: str, **more: Unpack[More]) -> MappedColumn[Any]:
    """A day of which sometimes only the month is known."""
    return column(Field(label, MonthOrDate(), **more))


def time_of_day(label: str, **more: Unpack[More]) -> MappedColumn[Any]:
    """Hours and minutes."""
    return column(Field(label, TimeOfDay(), **more))


def span(label: str, **more: Unpack[More]) -> MappedColumn[Any]:
    """From when to when within a day."""
    return column(Field(label, TimeSpan(), **more))


def moment(label: str, *, index: bool = False, **more: Unpack[More]) -> MappedColumn[Any]:
    """A day and a time."""
    return column(Field(label, Moment(), **more), index=index)


def ref(label: str, target: str, **more: Unpack[More]) -> MappedColumn[Any]:
    """A record of another ledger, chosen by number, name or pinyin initials."""
    return mapped_column(
        WHOLE,
        ForeignKey(f"{target}.id", ondelete="RESTRICT"),
        nullable=True,
        index=True,
        info={"field": Field(label, Ref(target), **more)},
    )


def computed(label: str, kind: AnyKind, of: Callable[..., object], **more: Unpack[More]) -> MappedColumn[Any]:
    """A column worked out at save and kept, so that SQL can sort and sum it."""
    return column(Field(label, kind, computed=of, **more))
