"""What a file holds once it is read: sheets of plain cells, and how a cell is named and made comparable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from school_logistics.rules.figures import half_width

Cell = str | int | float | bool | date | datetime | time | None
"""A cell as the file holds it; None when nothing is in it."""

_DITTO = frozenset({"〃", "″", '"', "”", "“", "''", "’’", "``", "〞", "〝", "同上", "同前", "同", "々", "仝"})
_LONGEST_DITTO = max(map(len, _DITTO))
_SPACES = re.compile(r"\s+")
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^】]*)】|〔([^〕]*)〕")


@dataclass(frozen=True)
class Merged:
    """A block of cells shown as one; rows and columns count from 0 and both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows from A1 on, all as long as the widest, and its merged blocks."""

    name: str
    rows: list[list[Cell]]
    merged: tuple[Merged, ...] = ()
    hidden: bool = False
    seal: str | None = ""
    """What the workbook says of who made it; None for a text file, which can say nothing."""


def column_letters(column: int) -> str:
    """Name a column counted from 0 as the table program does.

    >>> [column_letters(c) for c in (0, 25, 26, 199)]
    ['A', 'Z', 'AA', 'GR']
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """Name a cell by row and column, both counted from 0: `C6`."""
    return f"{column_letters(column)}{row + 1}"


def is_blank(cell: Cell) -> bool:
    """Say whether a person sees nothing in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def is_ditto(cell: Cell) -> bool:
    """Say whether a cell repeats the one above: 〃, 同上."""
    return isinstance(cell, str) and cell.strip() in _DITTO


def is_plain(cell: Cell) -> bool:
    """Say whether a cell is neither blank nor a ditto mark; asked of every cell of a file."""
    if cell.__class__ is not str:
        return cell is not None
    text = str(cell).strip()
    return bool(text) and (len(text) > _LONGEST_DITTO or text not in _DITTO)


def as_text(cell: Cell) -> str:
    """Put a cell into words: whole numbers without a decimal point, outer spaces gone."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def normal(cell: Cell) -> str:
    r"""Bring a heading to the form in which spellings are compared: half-width, no spaces, no line breaks.

    >>> normal("进货\n日　期 ")
    '进货日期'
    """
    return _normal(as_text(cell))


@lru_cache(maxsize=20_000)
def _normal(text: str) -> str:
    """Which ledger a file fits is found by asking all of them about the same cells."""
    return _SPACES.sub("", half_width(text)).replace("*", "").upper()


def without_brackets(heading: str) -> str:
    """Leave out what stands in brackets in a normalised heading: 金额(元) → 金额."""
    return _BRACKETS.sub("", heading)


def in_brackets(heading: str) -> tuple[str, ...]:
    """Give what stands in brackets in a normalised heading, where units usually are."""
    return tuple(next(part for part in found if part) for found in _BRACKETS.findall(heading) if any(found))
