"""A plan in the parts of the dialog: its sheets, columns, rows and objections, and the step it is at."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from school_logistics.models.checks import Level
from school_logistics.rules.calendar import Month
from school_logistics.services.import_objections import LEVELS, written
from school_logistics.services.import_plan import Fate
from school_logistics.ui.import_columns import ColumnLine, settled
from school_logistics.ui.import_frame import SHOWN_FIRST, ImportFrame
from school_logistics.ui.import_objections import ObjectionLine, line_of
from school_logistics.ui.import_rows import fields_shown
from school_logistics.ui.import_steps import SheetSummary, Step

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from school_logistics.services.import_plan import CellObjection, FoundColumn, ImportPlan, ImportRow

SAFE = "写入后整批可以撤销，明天也可以。原文件不动。"
_SAMPLED = 50
_EXPLAINED = {
    Level.REFUSED: "看不懂或不可能的，改好才写入",
    Level.WARNING: "照写入，请再看一眼",
    Level.GAP: "照写入，以后在「缺」里补齐",
}


class PlanView(QObject):
    """Keeps the parts of the dialog in step with a plan and with each other."""

    def __init__(self, frame: ImportFrame) -> None:
        """Show nothing yet."""
        super().__init__(frame)
        self._frame = frame
        self._plan: ImportPlan | None = None
        self._chosen: frozenset[str] = frozenset()
        self._more: set[str] = set()
        self._following = False
        frame.sheets.chosen.connect(lambda _name: self._show_sheet())
        frame.table.row_changed.connect(self._row_chosen)
        frame.objections.moved.connect(self.follow)
        for button in (frame.only_wrong, frame.all_rows):
            button.clicked.connect(self._show_rows)
        for button in frame.levels.values():
            button.clicked.connect(self._show_objections)

    # --- a plan ------------------------------------------------------------------------------------

    def show_plan(self, plan: ImportPlan | None, chosen: Collection[str]) -> None:
        """Show a plan, or none; `chosen` are the headings about which the clerk has spoken."""
        self._plan, self._chosen = plan, frozenset(chosen)
        if plan is None:
            self._more.clear()
        else:
            self._frame.sheets.set_sheets(summaries(plan), where_first(plan))
            self._choose_level(plan)
            self._show_sheet()
            self._frame.steps.set_step(*step_of(plan, open_columns=bool(self.open_columns())))

    def open_columns(self) -> tuple[FoundColumn, ...]:
        """The columns, of any sheet, that still want a look."""
        columns = self._plan.columns if self._plan else ()
        return tuple(one for one in columns if not settled(one, self._chosen) and (one.doubt or not one.field))

    def show_state(self, *, busy: bool) -> None:
        """Say on the buttons what they would do now."""
        frame, plan = self._frame, self._plan
        able = plan is not None and not plan.trouble and not busy
        rows, left, same = (to_write(plan), plan.count(Fate.REFUSED), plan.count(Fate.SAME)) if plan else (0, 0, 0)
        words = f"写入 {rows:,} 行" + (f"，留下 {left:,} 行" if left else "")
        frame.write.set_text("没有新的行" if same and not rows and not left else words if able else "写入")
        frame.write.setEnabled(able and rows > 0)
        frame.save_list.setEnabled(able and bool(plan and (plan.refused or plan.warnings or plan.gaps)))
        frame.other_file.setEnabled(not busy)
        frame.target.setEnabled(not busy)
        known = f"{same:,} 行原已登记，不重复写。" if same else ""
        new = told_new(plan) if plan and plan.new_names else ""
        frame.safe.setText(f"{known}{new}{SAFE}" if rows or not same else f"{known}这份文件没有新的行。")

    def _choose_level(self, plan: ImportPlan) -> None:
        """Look at what must be changed, as long as there is any."""
        counts = {level: len(of_level(plan, level)) for level in SHOWN_FIRST}
        for level, button in self._frame.levels.items():
            button.set_text(f"{LEVELS[level]} {counts[level]}")
            button.setVisible(counts[level] > 0)
        if not any(button.isChecked() for button in self._frame.levels.values()) or not counts[self.level()]:
            first = next((level for level in SHOWN_FIRST if counts[level]), Level.REFUSED)
            self._frame.levels[first].setChecked(True)

    def level(self) -> Level:
        """Which objections are looked at."""
        levels = self._frame.levels.items()
        return next((level for level, button in levels if button.isChecked()), Level.REFUSED)

    # --- one sheet ---------------------------------------------------------------------------------

    def _show_sheet(self) -> None:
        self._show_columns()
        self._show_rows()
        self._show_objections()

    def _show_columns(self) -> None:
        plan, sheet = self._plan, self._frame.sheets.now()
        if plan is None:
            return
        rows = [row for row in plan.rows if row.sheet == sheet][:_SAMPLED]
        lines = [
            ColumnLine(
                one,
                _sample(rows, one.field),
                settled(one, self._chosen),
                bool(one.field) and plan.ledger.field(one.field).computed is not None,
            )
            for one in plan.columns
            if one.sheet == sheet
        ]
        self._frame.columns.set_columns(plan.ledger, lines)

    def _show_rows(self) -> None:
        frame, plan, sheet = self._frame, self._plan, self._frame.sheets.now()
        if plan is None:
            return
        places = [place for place, row in enumerate(plan.rows) if row.sheet == sheet]
        wrong = [place for place in places if any(one.level is not Level.GAP for one in plan.rows[place].objections)]
        frame.only_wrong.set_text(f"只看有问题 {len(wrong)}")
        frame.all_rows.set_text(f"全部 {len(places)} 行")
        shown = wrong if frame.only_wrong.isChecked() else places
        frame.table.show_rows(plan, shown, fields_shown(plan, places, self._more))

    def _show_objections(self) -> None:
        frame, plan, sheet, level = self._frame, self._plan, self._frame.sheets.now(), self.level()
        if plan is None:
            return
        every = of_level(plan, level)
        found = [one for one in every if one.sheet == sheet]
        frame.objections.set_lines([line_of(plan, one) for one in found])
        here = f"「{sheet}」" if len({one.sheet for one in every}) > 1 else ""
        frame.wrong.setText(f"{here}{len(found)} 处" if found else f"{here}没有问题")
        frame.explains.setText(_EXPLAINED[level] if found else "")

    # --- cell and objection follow each other ------------------------------------------------------

    def follow(self, line: ObjectionLine) -> None:
        """Show the cell of an objection in its row."""
        if line.objection.row >= 0 and not self._following:
            self._following = True
            self._frame.table.go_to(line.objection.row, line.objection.field)
            self._following = False

    def _row_chosen(self, place: int) -> None:
        """Show what is wrong with the row that is looked at."""
        if not self._following:
            self._following = True
            self._frame.objections.go_to(lambda line: line.objection.row == place)
            self._following = False

    def edit(self, one: CellObjection) -> None:
        """Open the cell of an objection; a field without a column in the file gets one, to be typed into."""
        if not self._frame.table.edit_cell(one.row, one.field):
            self._more.add(one.field)
            self._frame.all_rows.setChecked(True)
            self._show_rows()
            self._frame.table.edit_cell(one.row, one.field)

    def focus_first_problem(self) -> None:
        """Take the keyboard to what wants something done, else to the rows."""
        current = self._frame.objections.current()
        if current is not None:
            self._frame.objections.setFocus(Qt.FocusReason.OtherFocusReason)
            self.follow(current)
        elif self.open_columns():
            self._frame.columns.focus_first()
        else:
            self._frame.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def next_problem(self) -> None:
        """The next objection of this sheet, else the first one of the next sheet that has any."""
        frame, plan = self._frame, self._plan
        frame.objections.setFocus(Qt.FocusReason.OtherFocusReason)
        if frame.objections.step() or plan is None:
            return
        names = [one.name for one in summaries(plan) if not one.skipped]
        here = names.index(frame.sheets.now()) if frame.sheets.now() in names else -1
        having = {one.sheet for one in of_level(plan, self.level())}
        target = next((name for name in (*names[here + 1 :], *names[:here]) if name in having), "")
        if target:
            frame.sheets.choose(target)


def of_level(plan: ImportPlan, level: Level) -> tuple[CellObjection, ...]:
    """The objections of one level."""
    return {Level.REFUSED: plan.refused, Level.WARNING: plan.warnings, Level.GAP: plan.gaps}[level]


def months_of(plan: ImportPlan) -> tuple[Month, Month] | None:
    """The first and the last month of the rows to be written; None for a ledger that does not go by months."""
    happened = plan.ledger.happened
    rows = (*plan.of(Fate.ADD), *plan.of(Fate.UPDATE)) if happened else ()
    days = (row.values.get(happened) for row in rows)
    months = sorted({Month.of(day) for day in days if isinstance(day, date)})
    return (months[0], months[-1]) if months else None


def told_new(plan: ImportPlan) -> str:
    """How many records of other ledgers come into being because the file names them, and of which ledgers."""
    ledgers = "、".join(dict.fromkeys(one.ledger.label for one in plan.new_names))
    return f"另外新建 {len(plan.new_names)} 条档案（{ledgers}），资料待补。"


def to_write(plan: ImportPlan) -> int:
    """How many rows would be added or updated."""
    return plan.count(Fate.ADD) + plan.count(Fate.UPDATE)


def summaries(plan: ImportPlan) -> list[SheetSummary]:
    """Each sheet with its numbers; the skipped ones last."""
    rows = Counter(row.sheet for row in plan.rows)
    refused = Counter(one.sheet for one in plan.refused)
    warned = Counter(one.sheet for one in plan.warnings)
    fitting = [one.sheet for one in plan.laid if not one.reason]
    taken = [SheetSummary(name, rows[name], refused[name], warned[name]) for name in fitting]
    return [*taken, *(SheetSummary(one.sheet, 0, 0, 0, one.reason) for one in plan.sheets_skipped)]


def where_first(plan: ImportPlan) -> str:
    """How many places there are to change, and where the first one is."""
    if not plan.refused:
        return f"{len(plan.rows):,} 行，没有要改的"
    return f"{len(plan.refused)} 处要改，先在「{plan.refused[0].sheet}」"


def step_of(plan: ImportPlan, *, open_columns: bool) -> tuple[Step, tuple[Step, ...]]:
    """The present step, and the earlier ones that are not done."""
    if plan.trouble or not plan.rows:
        return Step.FILE, ()
    if plan.refused:
        return Step.PROBLEMS, (Step.COLUMNS,) if open_columns else ()
    return (Step.COLUMNS, ()) if open_columns else (Step.WRITE, ())


def _sample(rows: Sequence[ImportRow], key: str) -> str:
    """The first value of a column."""
    found = (row.written(key) for row in rows if key and row.written(key) is not None)
    value = next(found, None)
    return written(value) if value is not None else ""
