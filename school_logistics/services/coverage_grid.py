"""A duty laid over a month: rows, periods, and for each of them what was asked and what stands there. Plain values.

Here is decided what counts as done, as a hole, or as not yet due; `coverage.py` reads what this asks for.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from school_logistics.models.duties import Duty
    from school_logistics.models.ledger import Ledger
    from school_logistics.rules.calendar import Month
    from school_logistics.services.coverage_columns import Column


class State(StrEnum):
    """How one row stands in one period."""

    DONE = "已记"
    PARTLY = "不全"
    HOLE = "缺"
    DUE = "待记"
    """The period is not over yet: today, the running week or month."""
    AHEAD = "未到"
    NOT_ASKED = "不用记"


GAPS = frozenset({State.HOLE, State.PARTLY})


class Entered(NamedTuple):
    """One record, with when it happened and when it was entered."""

    id: int
    happened: date | datetime
    entered_at: datetime
    late: bool = False
    """补录."""
    imported: bool = False


class Want(NamedTuple):
    """One record that a cell asks for, and the record that answers it."""

    label: str
    """What tells it from the others of its cell: 上学, 红烧肉; empty where nothing does."""
    values: dict[str, object]
    """The values that make a record the one that is asked for, without its day."""
    record: Entered | None = None


class Row(NamedTuple):
    """One line of the grid."""

    label: str
    value: object = None
    """The id of a file's record, or a word."""
    asked: bool = True
    """Whether anything is asked of it in these periods; else it stands there because of its records."""


class Cell(NamedTuple):
    """One row in one period."""

    row: int
    column: int
    state: State
    wants: tuple[Want, ...] = ()
    others: tuple[Entered, ...] = ()
    """Records beyond those asked for, also on days on which nothing is asked."""
    why: str = ""
    """What is lacking, or why nothing is asked."""

    @property
    def records(self) -> tuple[Entered, ...]:
        """Every record of the cell."""
        return (*(want.record for want in self.wants if want.record), *self.others)

    @property
    def lacking(self) -> tuple[Want, ...]:
        """What is asked for and not there."""
        return tuple(want for want in self.wants if want.record is None)

    @property
    def late(self) -> bool:
        """Whether any of it was entered late (补录)."""
        return any(record.late for record in self.records)


@dataclass(frozen=True)
class Covered:
    """A duty of a ledger over a month."""

    ledger: Ledger
    duty: Duty
    month: Month
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    cells: tuple[tuple[Cell, ...], ...]
    """One tuple a row, one cell a column."""

    def cell(self, row: int, column: int) -> Cell:
        """The cell of a row and a column."""
        return self.cells[row][column]

    def cells_of(self, column: int) -> tuple[Cell, ...]:
        """The cells of one period, from top to bottom."""
        return tuple(cells[column] for cells in self.cells)

    @property
    def gaps(self) -> int:
        """How many cells lack something though their period is over."""
        return sum(cell.state in GAPS for cells in self.cells for cell in cells)

    @property
    def due(self) -> int:
        """How many cells are still to be filled in their running period."""
        return sum(cell.state is State.DUE for cells in self.cells for cell in cells)

    @property
    def asked(self) -> int:
        """How many cells ask for something by now."""
        waiting = (State.NOT_ASKED, State.AHEAD)
        return sum(cell.state not in waiting for cells in self.cells for cell in cells)


class Kept(NamedTuple):
    """A record as the grid places it."""

    entered: Entered
    row: object
    """What its row is known by."""
    told: tuple[object, ...] = ()
    """What tells it from others of its cell: the trip, the dish."""

    @property
    def day(self) -> date:
        """The day on which it happened."""
        happened = self.entered.happened
        return happened.date() if isinstance(happened, datetime) else happened


class Asked(NamedTuple):
    """What a duty asks of one row."""

    label: str
    value: object
    days: Callable[[Column], tuple[date, ...]]
    """The days of a period on which it is asked of this row."""
    wants: Callable[[tuple[date, ...]], Sequence[Want]]
    """What is asked for, given the days on which it is."""
    idle: str = "不在册"
    """Why nothing is asked on days on which the duty is asked of others."""


def lay(
    asked: Iterable[Asked], columns: Sequence[Column], records: Iterable[Kept], today: date, telling: tuple[str, ...]
) -> tuple[tuple[Row, ...], tuple[tuple[Cell, ...], ...]]:
    """Rows and cells: what is asked, met by the records there are.

    `telling` are the fields whose values tell apart the records asked for within a cell. Rows of which nothing is
    asked stand there only for their records.
    """
    kept: dict[object, list[Kept]] = defaultdict(list)
    for record in records:
        kept[record.row].append(record)
    rows: list[Row] = []
    cells: list[tuple[Cell, ...]] = []
    for one in asked:
        by_column = _by_column(kept.get(one.value, ()), columns)
        line = [
            _cell(one, (len(rows), place), column, _Found(by_column.get(place, ()), telling, today))
            for place, column in enumerate(columns)
        ]
        wanted = any(cell.wants for cell in line)
        if wanted or by_column:
            rows.append(Row(one.label, one.value, wanted))
            cells.append(tuple(line))
    return tuple(rows), tuple(cells)


def _by_column(records: Iterable[Kept], columns: Sequence[Column]) -> dict[int, list[Kept]]:
    found: dict[int, list[Kept]] = defaultdict(list)
    for record in records:
        place = next((at for at, column in enumerate(columns) if column.first <= record.day <= column.last), None)
        if place is not None:
            found[place].append(record)
    return found


class _Found(NamedTuple):
    """What there is for a cell, and how it is judged."""

    records: Sequence[Kept]
    telling: tuple[str, ...]
    today: date


def _cell(one: Asked, place: tuple[int, int], column: Column, found: _Found) -> Cell:
    days = one.days(column)
    wants, others = _met(one.wants(days) if days else (), found.records, found.telling)
    state = state_of(wants, days, found.today)
    why = _lacking(wants) if state in GAPS or state is State.DUE else ""
    if state is State.NOT_ASKED:
        why = one.idle if column.days else column.why
    return Cell(*place, state, wants, others, why)


def state_of(wants: Sequence[Want], days: Sequence[date], today: date) -> State:
    """How a cell stands: days ahead are never holes, and what runs until today is due, not missing."""
    if not wants:
        return State.NOT_ASKED
    done = sum(want.record is not None for want in wants)
    if done == len(wants):
        return State.DONE
    if days[0] > today:
        return State.AHEAD
    if days[-1] >= today:
        return State.DUE
    return State.PARTLY if done else State.HOLE


def _met(
    wants: Iterable[Want], records: Sequence[Kept], telling: tuple[str, ...]
) -> tuple[tuple[Want, ...], tuple[Entered, ...]]:
    """Each want with the first record that answers it, and the records that answer none."""
    free = list(records)
    met: list[Want] = []
    for want in wants:
        told = tuple(usual(want.values.get(key)) for key in telling)
        answer = next((record for record in free if record.told == told), None)
        if answer is not None:
            free.remove(answer)
        met.append(want._replace(record=answer.entered if answer else None))
    return tuple(met), tuple(record.entered for record in free)


def usual(value: object) -> object:
    """A value as two ledgers may compare it: words without blanks around them."""
    return value.strip() if isinstance(value, str) else value


def _lacking(wants: Sequence[Want]) -> str:
    """What is lacking: 缺放学; 应 2 次，只有 1 次; of several none: 应 5 样; empty where it goes without saying."""
    lacking = [want for want in wants if want.record is None]
    named = [want.label for want in lacking if want.label]
    if len(lacking) == len(wants) > 1:
        return f"应 {len(wants)} {'样' if named else '次'}"
    if named:
        return f"缺{'、'.join(named)}"
    return f"应 {len(wants)} 次，只有 {len(wants) - len(lacking)} 次" if len(wants) > 1 else ""
