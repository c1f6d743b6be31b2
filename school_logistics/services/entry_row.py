"""One line of a sheet that is filled in: what makes it this line, what was written in it, what stands against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from school_logistics.errors import OfficeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.models.checks import Objection
    from school_logistics.rules.answers import Answer
    from school_logistics.services.rows import Draft

Marks: TypeAlias = "dict[str, dict[str, Answer]]"
"""The answers given so far, by field and item."""


@dataclass(eq=False)
class SheetRow:
    """One line of a sheet."""

    key: str
    """By which the line is known again when the sheet is opened another time."""
    given: Draft
    """What makes it this line: the room, the meal, the day."""
    id: int | None = None
    base: Draft = field(default_factory=dict)
    """The record as it stands; empty for a line not yet written."""
    values: Draft = field(default_factory=dict)
    """What was written here, by field."""
    marks: Marks = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    """Texts that could not be read, by column; they stay as they were typed."""
    filled: Draft = field(default_factory=dict)
    """The record as it would be saved."""
    objections: dict[str, Objection] = field(default_factory=dict)
    blamed: set[str] = field(default_factory=set)
    """The columns that were objected to when the sheet was to be saved."""
    standing_marks: Marks = field(default_factory=dict)
    meant: bool = False
    """Whether it was said that what all lines share was done here too."""

    @property
    def begun(self) -> bool:
        """Whether anything was written here that is not saved."""
        return bool(self.meant or self.values or self.typed or self.marks != self.standing_marks)

    def now(self) -> Written:
        """What is written here now, to be taken back to."""
        return Written(
            dict(self.values), dict(self.typed), {key: dict(marks) for key, marks in self.marks.items()}, self.meant
        )

    def take_back_to(self, was: Written) -> None:
        """Put back what was written here before."""
        self.values, self.typed, self.marks, self.meant = was
        self.objections.clear()


class Counts(NamedTuple):
    """How the lines of a sheet stand."""

    lines: int = 0
    well: int = 0
    """Judged, and nothing wrong."""
    wrong: int = 0
    recorded: int = 0
    """Recorded where nothing is judged."""
    unsaved: int = 0
    open: int = 0
    """Neither recorded nor begun."""


class Written(NamedTuple):
    """What was written in a line."""

    values: Draft
    typed: dict[str, str]
    marks: Marks
    meant: bool


class SheetRefused(OfficeError):
    """Nothing of a sheet was saved; `rows` are the lines in the way, their objections stand in them."""

    def __init__(self, sentence: str, rows: Sequence[int]) -> None:
        """Tell what is in the way."""
        super().__init__(sentence)
        self.rows = tuple(rows)


@dataclass(frozen=True)
class Step:
    """What stood in some lines before they were written in."""

    rows: dict[int, Written]
    common: Draft
    count: int
