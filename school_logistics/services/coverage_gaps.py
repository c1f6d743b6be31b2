"""The holes of a duty in few lines: neighbours in a row are told as one, and so are rows that lack the same."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.services.coverage_columns import unit_of
from school_logistics.services.coverage_grid import GAPS, State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from school_logistics.services.coverage_grid import Cell, Covered

_NAMED = 2
"""So many rows are named; of more the first, and how many there are."""


class Gap(NamedTuple):
    """Neighbouring periods in which the same rows lack the same."""

    cells: tuple[Cell, ...]
    """Those of its first row, in order."""
    rows: tuple[str, ...]
    when: str
    """10-14, 10-14～10-16, 9月."""
    sentence: str

    @property
    def title(self) -> str:
        """The rows: 3号公寓101 等 22 项."""
        many = len(self.rows)
        return "、".join(self.rows) if many <= _NAMED else f"{self.rows[0]} 等 {many} 项"


class _Run(NamedTuple):
    """Neighbouring holes of one row; rows whose runs are equal are told together."""

    first: int
    last: int
    many: int
    state: State
    why: str


def gaps_of(covered: Covered) -> list[Gap]:
    """The holes of a duty, by their first period."""
    alike: dict[_Run, list[tuple[str, tuple[Cell, ...]]]] = {}
    for row, cells in zip(covered.rows, covered.cells, strict=True):
        for run, members in _runs(cells):
            alike.setdefault(run, []).append((row.label, members))
    found = sorted(alike.items(), key=lambda pair: (pair[0].first, pair[1][0][1][0].row))
    return [
        Gap(rows[0][1], tuple(label for label, _ in rows), _when(covered, run), _sentence(covered, run))
        for run, rows in found
    ]


def _runs(cells: tuple[Cell, ...]) -> Iterator[tuple[_Run, tuple[Cell, ...]]]:
    """Holes that follow each other among the cells that ask for anything."""
    asked = [cell for cell in cells if cell.state is not State.NOT_ASKED]
    for (state, why), group in groupby(asked, key=lambda cell: (cell.state, cell.why)):
        members = tuple(group)
        if state in GAPS:
            yield _Run(members[0].column, members[-1].column, len(members), state, why), members


def _when(covered: Covered, run: _Run) -> str:
    first, last = covered.columns[run.first], covered.columns[run.last]
    if first.first == last.last:
        return f"{first.first:%m-%d}"
    if first.detail:
        return f"{first.first:%m-%d}～{last.last:%m-%d}"
    return first.label if first == last else f"{first.label}～{last.label}"


def _sentence(covered: Covered, run: _Run) -> str:
    title = covered.duty.title or covered.ledger.label
    long = f"，{run.many} {unit_of(covered.columns[run.first])}" if run.many > 1 else ""
    if run.state is State.PARTLY:
        return f"{title}{run.why}{long}"
    return f"没有{title}{f'（{run.why}）' if run.why else ''}{long}"
