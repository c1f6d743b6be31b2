"""What should stand in the ledgers: told for a month, and printed as blank paper to carry along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from school_logistics.commands.telling import tell

if TYPE_CHECKING:
    import argparse

    from school_logistics.app import Office
    from school_logistics.services.coverage_grid import Covered

_MARKS = {"已记": "√", "不全": "½", "缺": "×", "待记": "?", "未到": "·", "不用记": " "}
_LATE = "补"


def coverage(office: Office, asked: argparse.Namespace) -> int:
    """How far a month is covered, duty by duty; of one ledger with a row each and a sign a period."""
    from school_logistics.services.coverage import Coverage

    laying = Coverage(office.desk)
    wanted = [office.desk.ledger(asked.ledger)] if asked.ledger else office.desk.ledgers()
    grids = [laying.grid(ledger, duty, asked.month) for ledger in wanted for duty in ledger.duties]
    grids = [grid for grid in grids if grid.rows and (grid.asked or asked.ledger)]
    lines = [line for grid in grids for line in as_lines(grid, rows=bool(asked.ledger))]
    return tell([as_document(grid) for grid in grids], lines or [f"{asked.month}没有要登记的。"], as_json=asked.json)


def sheet(office: Office, asked: argparse.Namespace) -> int:
    """Blank paper of a day into a file; without a key what there is."""
    from school_logistics.services.blank_sheets import BlankSheets
    from school_logistics.services.printing import write_whole

    sheets = BlankSheets(office.desk)
    if not asked.key:
        choices = sheets.choices()
        lines = (f"{one.key:<24}{one.group} · {one.title}（{one.detail}）" for one in choices)
        return tell([one._asdict() for one in choices], lines, as_json=asked.json)
    day = asked.day or office.desk.today
    drawn = sheets.draw(asked.key, day)
    file = write_whole(asked.out / sheets.file_name(asked.key, day), drawn.data)
    told = {"key": asked.key, "day": day.isoformat(), "file": str(file), "pages": sum(drawn.pages)}
    return tell(told, [f"{sum(drawn.pages)} 页：{file}"], as_json=asked.json)


def as_lines(grid: Covered, *, rows: bool) -> list[str]:
    """A duty in one line, and with `rows` a line a row: √ done, × a hole, ½ some of it, ? due, 补 entered late."""
    told = f"应 {grid.asked}，缺 {grid.gaps}，待记 {grid.due}"
    lines = [f"{grid.ledger.key:<24}{grid.ledger.label} · {grid.duty.label}：{told}"]
    if rows:
        lines += [
            f"  {''.join(_LATE if cell.late else _MARKS[cell.state] for cell in cells)}  {row.label}"
            for row, cells in zip(grid.rows, grid.cells, strict=True)
        ]
    return lines


def as_document(grid: Covered) -> dict[str, Any]:
    """A duty with every cell: its state, and its records with when they happened and when they were entered."""
    return {
        "ledger": grid.ledger.key, "duty": grid.duty.label, "when": grid.duty.when.value, "asked": grid.asked,
        "gaps": grid.gaps, "due": grid.due,
        "periods": [{"label": one.label, "first": one.first, "last": one.last, "closed": one.why}
                    for one in grid.columns],
        "rows": [
            {"label": row.label, "cells": [
                {"state": cell.state.value, "why": cell.why,
                 "records": [{"id": one.id, "happened": one.happened, "entered_at": one.entered_at, "late": one.late}
                             for one in cell.records]}
                for cell in cells]}
            for row, cells in zip(grid.rows, grid.cells, strict=True)
        ],
    }  # fmt: skip
