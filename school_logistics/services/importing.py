"""Import of a clerk's workbook: first a plan that changes nothing, then all of it as one act that can be taken back.

The life of an import: the reading child gives cells (`reading/`), rows become values (`import_reading`), names of
other records are found or noted (`import_names`), rows already known are recognised (`import_matching`), the
ledger's own rules examine the rest (`import_planning`); the result is an `ImportPlan`, which `commit` carries out
(`import_writing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from school_logistics.errors import Unacceptable
from school_logistics.models.audit import act_of
from school_logistics.models.checks import Objection
from school_logistics.models.ledger import Ledger
from school_logistics.services.import_plan import Fate, Imported, ImportPlan, ImportRow
from school_logistics.services.import_planning import Planning, last_act
from school_logistics.services.import_writing import Writing
from school_logistics.services.reading.header import Names
from school_logistics.services.reading.layout import lay_out
from school_logistics.services.reading.process import read_file
from school_logistics.services.rows import NoProgress, Progress

if TYPE_CHECKING:
    from pathlib import Path

    from school_logistics.services.desk import Desk

_LONGEST_TITLE = 200


class Importer:
    """Imports files into ledgers through the desk's store."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def plan(
        self,
        ledger: Ledger,
        path: Path,
        sheet: str | None = None,
        *,
        progress: Progress | None = None,
        chosen: Mapping[str, str] | None = None,
    ) -> ImportPlan:
        """Say what importing a file into a ledger would do; nothing is changed.

        `sheet` names the only sheet wanted. `chosen` maps headings to field keys where the clerk knows better (""
        leaves a column out). Raises FileTrouble when the file cannot be read, Cancelled when `progress` says so.
        """
        progress = progress or NoProgress()
        reading = f"读取“{path.name}”"
        progress.step(0, 1, reading)
        sheets = read_file(path, sheet, lambda done, total: progress.step(done, total, reading))
        laid = lay_out(sheets, Names(ledger, chosen), path.stem, sheet)
        return Planning(self.desk, ledger, laid, path.name).plan(progress, {})

    def mended(self, plan: ImportPlan, row: ImportRow, key: str, typed: str) -> ImportPlan:
        """The plan after the clerk has typed something else over one cell; the file itself stays as it is.

        "" makes the cell blank.
        """
        cells = dict(row.raw.cells)
        at = row.cell(key)
        cells[key] = (typed, at)
        if not typed.strip():
            del cells[key]
        better = row.raw._replace(cells=cells)
        laid = [replace(one, rows=[better if raw is row.raw else raw for raw in one.rows]) for one in plan.laid]
        typed_over = {**plan.mended, f"{row.sheet}!{at or f'{key}{row.number}'}": typed}
        return Planning(self.desk, plan.ledger, laid, plan.file).plan(NoProgress(), typed_over)

    def commit(self, plan: ImportPlan, *, skip_refused: bool = False, progress: Progress | None = None) -> Imported:
        """Carry out a plan as one act: all its rows, or none.

        Raises Unacceptable with every refusal when there are refused rows and `skip_refused` is not set.
        """
        progress = progress or NoProgress()
        with self.desk.store.unit_of_work("", self.desk.actor) as session:
            if plan.as_of != last_act(session):  # somebody else may have imported the same file meanwhile
                plan = Planning(self.desk, plan.ledger, plan.laid, plan.file).plan_in(session, progress, plan.mended)
            if plan.refused and not skip_refused:
                raise Unacceptable(
                    [Objection(one.level, one.field, f"{one.where} {one.reason}") for one in plan.refused]
                )
            adding, updating = list(plan.of(Fate.ADD)), list(plan.of(Fate.UPDATE))
            title = f"导入 {plan.ledger.label} {len(adding) + len(updating)} 行（{plan.file}）"[:_LONGEST_TITLE]
            act_of(session).title = title
            ids = range(0)
            if adding or updating:
                ids = Writing(self.desk, session, plan, progress).write(adding, updating)
            touched: set[str] = session.info.get("touched", set())
        if touched:
            self.desk.tell(touched)
        same, refused = plan.count(Fate.SAME), plan.count(Fate.REFUSED)
        return Imported(title, len(adding), len(updating), same, refused, plan.new_names, ids)
