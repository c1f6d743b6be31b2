"""What a grid of a duty says in words: of a cell with both its times, of a row and of the whole, counted."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.services.coverage_grid import GAPS, State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from school_logistics.services.coverage_grid import Cell, Covered, Entered

_WEEKDAYS = "一二三四五六日"
_WAITING = frozenset({State.NOT_ASKED, State.AHEAD})


class Tally(NamedTuple):
    """How much of what was asked is there."""

    done: int
    asked: int
    late: int
    """Entered late (补录)."""

    @property
    def text(self) -> str:
        """做了 19/21."""
        return f"{self.done}/{self.asked}"


def tally(cells: Iterable[Cell]) -> Tally:
    """Count what is asked by now and what of it is there; a running period counts once something stands in it."""
    counted = [cell for cell in cells if cell.state not in _WAITING and (cell.state is not State.DUE or cell.records)]
    asked = sum(len(cell.wants) for cell in counted)
    done = sum(1 for cell in counted for want in cell.wants if want.record is not None)
    return Tally(done, asked, sum(1 for cell in counted for record in cell.records if record.late))


def total(covered: Covered) -> str:
    """应记 21 处，做了 19，缺 2，其中补录 1."""
    counted = tally(cell for row in covered.cells for cell in row)
    if not counted.asked:
        return "这段时间没有要记的"
    told = [f"应记 {counted.asked} 处", f"做了 {counted.done}"]
    told += [f"缺 {counted.asked - counted.done}"] if counted.asked > counted.done else ["不缺"]
    told += [f"补录 {counted.late}"] if counted.late else []
    return "，".join(told)


def place_of(covered: Covered, cell: Cell) -> str:
    """Which row and which period a cell is: 301 室，10-12 周一."""
    column = covered.columns[cell.column]
    row = covered.rows[cell.row].label
    when = f"{column.first:%m-%d} 周{_WEEKDAYS[column.first.weekday()]}" if column.first == column.last else (
        f"{column.label}（{column.first:%m-%d} 至 {column.last:%m-%d}）"
    )  # fmt: skip
    return f"{row}，{when}" if row else when


def told_cell(covered: Covered, cell: Cell) -> list[str]:
    """Everything there is to say about a cell, line by line; late entries with both their times."""
    lines = [f"{place_of(covered, cell)}：{cell.state}"]
    if cell.why and cell.state is not State.DONE:
        lines.append(cell.why)
    for want in cell.wants:
        if want.record is not None:
            lines.append("：".join(part for part in (want.label, told_record(want.record)) if part))
        elif want.label and cell.state in GAPS:
            lines.append(f"{want.label}：缺")
    lines += [told_record(record) for record in cell.others]
    return lines


def told_record(record: Entered) -> str:
    """When it happened and, where that is another day or it came in late, when it was entered."""
    when = f"{_when(record.happened)} 的记录"
    ways = [word for word, holds in (("导入", record.imported), ("补录", record.late)) if holds] or ["录入"]
    return f"{when}，{record.entered_at:%m-%d %H:%M} {'，'.join(ways)}"


def _when(happened: date | datetime) -> str:
    return f"{happened:%m-%d %H:%M}" if isinstance(happened, datetime) else f"{happened:%m-%d}"
