"""Workbooks that this program exported itself: known by their heading and a seal, and read word for word.

In a clerk's table 合计 sums up, 〃 repeats and a dash is nothing; in our own export they are somebody's words. The
seal is a digest of the cells, so that a file a clerk went on with is read as a clerk's again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from school_logistics.services.reading.grid import Sheet, is_blank

if TYPE_CHECKING:
    from school_logistics.services.reading.grid import Cell

PREFIX = "school-logistics:"
"""How a seal begins in a workbook's property `identifier`."""
_LOOKED_AT = 2


class Seal:
    """A digest of data rows, taken while they are written and again when they are read."""

    def __init__(self) -> None:
        """Of no rows yet."""
        self._digest = hashlib.sha256()

    def add(self, row: Iterable[object]) -> None:
        """Take in one row of cells."""
        told = [_told(cell) for cell in row]
        while told and not told[-1]:
            told.pop()
        self._digest.update("\x1f".join(told).encode("utf-8", "surrogatepass") + b"\x1e")

    def __str__(self) -> str:
        """As it stands in the workbook."""
        return PREFIX + self._digest.hexdigest()


def heading_row(sheet: Sheet, headings: Sequence[str]) -> int | None:
    """Where the very headings of an export stand, counted from 0; None where they do not."""
    for number, row in enumerate(sheet.rows[:_LOOKED_AT]):
        if list(row[: len(headings)]) == list(headings) and all(is_blank(cell) for cell in row[len(headings) :]):
            return number
    return None


def data_rows(sheet: Sheet, heading: int, *, summed: bool) -> range | None:
    """The rows below the heading of an export, its line of sums left out; None when it was changed since.

    Text files bear no seal: there the headings, all of them and in order, say whose file it is.
    """
    end = len(sheet.rows)
    if sheet.seal is None:
        return range(heading + 1, end)
    if not sheet.seal.startswith(PREFIX):
        return None
    if summed and end > heading + 1:
        end -= 1
    seal = Seal()
    for row in sheet.rows[heading + 1 : end]:
        seal.add(row)
    return range(heading + 1, end) if str(seal) == sheet.seal else None


def _told(cell: Cell | object) -> str:
    """A cell in one spelling, whether it is about to be written or was just read."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d} 00:00"
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        return repr(float(cell))
    return str(cell)
