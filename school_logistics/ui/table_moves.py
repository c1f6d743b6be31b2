"""Where keys lead in the grid: Enter, Tab, arrows and their combinations, as a sheet has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt

from school_logistics.ui.editor_line import Leave
from school_logistics.ui.row_book import RowKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.ui.cell_model import Rows


class Spot(NamedTuple):
    """A cell by row and column; no column means that the row is finished and to be saved."""

    row: int
    column: int | None


def after(how: Leave, rows: Rows, here: Spot, columns: Sequence[int]) -> Spot:
    """The cell that follows; `columns` are all columns from left to right as they stand."""
    if here.column is None:
        return here
    if how in {Leave.ENTER, Leave.ENTER_BACK}:
        return _enter(rows, here, columns, 1 if how is Leave.ENTER else -1)
    if how in {Leave.UP, Leave.DOWN}:
        return _vertical(rows, here, 1 if how is Leave.DOWN else -1)
    return _sideways(how, rows, here, columns)


def edge(key: Qt.Key, rows: Rows, here: Spot, columns: Sequence[int]) -> Spot:
    """Where Ctrl and an arrow lead: first and last column, first row, last stored row and from there the blank one."""
    if key == Qt.Key.Key_Up:
        return Spot(0, here.column)
    if key == Qt.Key.Key_Down:
        last = max(rows.stored - 1, 0)
        return Spot(rows.blank_row if here.row >= last else last, here.column)
    return Spot(here.row, columns[0] if key == Qt.Key.Key_Left else columns[-1])


def _vertical(rows: Rows, here: Spot, step: int) -> Spot:
    return Spot(min(max(here.row + step, 0), rows.blank_row), here.column)


def _enter(rows: Rows, here: Spot, columns: Sequence[int], step: int) -> Spot:
    """Down in stored rows; in a new row to the next field to fill, from the last one on to a new row."""
    kind = rows.place(here.row).kind
    if kind in {RowKind.STORED, RowKind.CHANGED}:
        return _vertical(rows, here, step)
    ahead = _ahead(here, columns, step)
    for column in ahead:
        if rows.wants_filling(here.row, rows.columns[column].key):
            return Spot(here.row, column)
    if step > 0 and kind is RowKind.NEW:
        return Spot(here.row, None)
    return Spot(here.row, ahead[0]) if step > 0 and ahead else here


def _sideways(how: Leave, rows: Rows, here: Spot, columns: Sequence[int]) -> Spot:
    """Arrows to the next column; Tab to the next one that can be written, over the end of the row too."""
    tab = how in {Leave.NEXT, Leave.BACK}
    step = 1 if how in {Leave.NEXT, Leave.RIGHT} else -1
    ahead = [one for one in _ahead(here, columns, step) if not tab or rows.columns[one].writable]
    if ahead:
        return Spot(here.row, ahead[0])
    if not tab:
        return here
    if step > 0 and rows.place(here.row).kind is RowKind.NEW:
        return Spot(here.row, None)
    writable = [one for one in columns if rows.columns[one].writable]
    row = here.row + step
    if not writable or not 0 <= row <= rows.blank_row:
        return here
    return Spot(row, writable[0] if step > 0 else writable[-1])


def _ahead(here: Spot, columns: Sequence[int], step: int) -> list[int]:
    """The columns that come next in a direction, the nearest first."""
    at = list(columns).index(here.column) if here.column is not None else 0
    return list(columns[at + 1 :]) if step > 0 else list(columns[:at])[::-1]
