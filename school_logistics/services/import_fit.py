"""Which ledger a file belongs to: the one whose fields most of its columns name.

Asked when a file is dropped on the window, so that the clerk need not open the right page first.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.services.reading.header import Names
from school_logistics.services.reading.layout import lay_out
from school_logistics.services.reading.process import read_file
from school_logistics.services.rows import NoProgress

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from school_logistics.models.ledger import Ledger
    from school_logistics.services.reading.grid import Sheet
    from school_logistics.services.rows import Progress

_NEARLY = 0.7
"""A ledger that fits this well beside the best one is kept when the clerk had it open."""
_TOP = 60
"""Rows of a sheet by which most ledgers can be ruled out; only those that nearly fit are asked about all of them."""


class Fit(NamedTuple):
    """How well a ledger takes a file."""

    ledger: Ledger
    columns: int
    """How many columns of its best sheet it knows for sure."""
    rows: int
    """How many data rows it finds in all its sheets."""


def fitting_ledger(
    path: Path, ledgers: Sequence[Ledger], open_now: Ledger, progress: Progress | None = None
) -> Ledger | None:
    """The ledger for a file: the one that is open if it fits nearly as well as the best, else the best; None for none.

    Raises FileTrouble when the file cannot be read, Cancelled when `progress` says so.
    """
    progress = progress or NoProgress()
    reading = f"读取“{path.name}”"
    progress.step(0, len(ledgers) + 1, reading)
    sheets = read_file(path, None, lambda _done, _total: progress.step(0, len(ledgers) + 1, reading))
    tops = [replace(sheet, rows=sheet.rows[:_TOP]) for sheet in sheets]
    by_top = []
    for number, ledger in enumerate(ledgers, start=1):
        progress.step(number, len(ledgers) + 1, f"对照{ledger.label}")
        by_top.append(fit(tops, ledger, path.stem))
    most = max((one.columns for one in by_top if one.rows), default=0)
    near = [one.ledger for one in by_top if one.columns >= most * _NEARLY]
    return chosen((fit(sheets, ledger, path.stem) for ledger in near), open_now)


def fit(sheets: Sequence[Sheet], ledger: Ledger, file_name: str) -> Fit:
    """How well one ledger takes these sheets."""
    laid = [one for one in lay_out(sheets, Names(ledger), file_name) if not one.reason and one.header]
    sure = [sum(1 for column in one.columns if column.field and not column.doubt) for one in laid]
    return Fit(ledger, max(sure, default=0), sum(len(one.rows) for one in laid))


def chosen(fits: Iterable[Fit], open_now: Ledger) -> Ledger | None:
    """The best of several; the one that is open wins when it is nearly as good."""
    able = [one for one in fits if one.rows]
    best = max(able, key=lambda one: (one.columns, one.rows), default=None)
    own = next((one for one in able if one.ledger is open_now), None)
    if best is None:
        return None
    return own.ledger if own is not None and own.columns >= best.columns * _NEARLY else best.ledger
