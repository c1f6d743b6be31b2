"""The annual return: the sheets with their figures, last year's beside them, each traceable to its ledger.

Figures and checks are worked out in a job; the workbook is written in another, ours or the bureau's own filled in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from school_logistics.reports.annual_return.indicator import Verdict
from school_logistics.reports.annual_return.layout import cells
from school_logistics.rules.calendar import Month, Period
from school_logistics.services.rows import Query
from school_logistics.ui.commands import BY_DO, Do
from school_logistics.ui.office_page import Hint, Message, OfficePage, Surroundings
from school_logistics.ui.parts import Panel
from school_logistics.ui.progress_strip import ProgressStrip
from school_logistics.ui.return_head import ReturnHead, VerdictLine
from school_logistics.ui.return_output import ReturnOutput
from school_logistics.ui.return_sheets import SheetLine, SheetList
from school_logistics.ui.return_table import CheckTable, FigureHead, FigureTable, lines_of
from school_logistics.ui.trace_panel import TracePanel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from school_logistics.errors import OfficeError
    from school_logistics.models.ledger import Ledger
    from school_logistics.reports.annual_return.indicator import CrossCheck, Figure, Sheet
    from school_logistics.services.returning import AnnualReturns
    from school_logistics.ui.jobs import Job, Progress

CHECKS_SHEET = "R20"
TRACE_WIDTH = 330
_NARROW = 1150
_FIRST_SHEET = "R03"


class ReturnFacts(NamedTuple):
    """The return of a period as it stands."""

    period: Period
    sheets: tuple[Sheet, ...]
    checks: tuple[CrossCheck, ...]


class AnnualReturnPage(OfficePage):
    """Twenty sheets, one at a time."""

    def __init__(self, around: Surroundings, returns: AnnualReturns) -> None:
        """Nothing is known before the first job has come back."""
        super().__init__(around)
        self._returns = returns
        self._theme, self._desk = around.theme, around.office.desk
        self._facts: ReturnFacts | None = None
        self._asked: Job | None = None
        self._again = False
        self._narrow = self._trace_closed = False
        self._problem = -1
        self.head = ReturnHead(self._theme, self._desk.today)
        self.verdicts = VerdictLine(self._theme)
        self.sheets = SheetList(self._theme)
        self.table = FigureTable(self._theme)
        self.checks = CheckTable(self._theme)
        self.trace = TracePanel(self._theme)
        self.progress = ProgressStrip(self._theme)
        self.output = ReturnOutput(around, returns, self.progress, self)
        self._lay_out()
        self._connect()

    # --- laying out --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left = Panel(self._theme, "window", edges="right")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, self._theme.sizes.small, self._theme.sizes.line, 0)
        column.addWidget(self.sheets)
        figures = QWidget()
        inner = QVBoxLayout(figures)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        self._head_of_table = FigureHead(self._theme)
        inner.addWidget(self._head_of_table)
        inner.addWidget(self.table, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(figures)
        self.stack.addWidget(self.checks)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.stack, 1)
        body.addWidget(self.trace)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.head)
        right.addWidget(self.verdicts)
        right.addLayout(body, 1)
        right.addWidget(self.progress)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addLayout(right, 1)
        self._fit()

    def _connect(self) -> None:
        self.head.period_changed.connect(lambda: self.refresh(frozenset()))
        self.sheets.moved.connect(lambda _line: self._show_sheet())
        self.sheets.left.connect(self._focus_table)
        self.table.moved.connect(lambda _line: self._show_trace())
        self.table.entered.connect(lambda _line: self.open_trace())
        self.checks.entered.connect(self._go_to_check)
        self.trace.closed.connect(self.close_trace)
        self.trace.part_wanted.connect(self._open_part)
        self.trace.ledger_wanted.connect(self._open_ledger)
        self.head.export.clicked.connect(self.export_return)
        self.head.fill.clicked.connect(self.fill_template)
        self.verdicts.one_by_one.clicked.connect(self.next_problem)
        self.output.said.connect(self.said)
        self.output.message.connect(self.message)

    def _fit(self) -> None:
        theme = self._theme
        narrow = self.width() < theme.px(_NARROW)
        if narrow is not self._narrow:
            self._narrow = self._trace_closed = narrow
        self.trace.setFixedWidth(theme.px(TRACE_WIDTH))
        self.head.set_narrow(narrow=narrow)
        self._show_or_hide_trace()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "output"):
            self._fit()

    # --- what the window asks ----------------------------------------------------------------------

    def period(self) -> Period:
        """The period that is looked at."""
        return self.head.period()

    def refresh(self, keys: frozenset[str]) -> None:
        """Work the return out anew, in a job."""
        if self._asked is not None and self._asked.running():
            self._again = True
            return
        self._again = False
        period = self.period()

        def ask(progress: Progress) -> ReturnFacts:
            progress.step(0, 2, "汇总指标")
            sheets = tuple(self._returns.sheets(period))
            progress.step(1, 2, "核对")
            return ReturnFacts(period, sheets, tuple(self._returns.checks(period)))

        self._asked = self.around.jobs.start(ask, done=self._take, failed=self._tell)

    def focus_start(self) -> None:
        """The figures."""
        self._focus_table()

    def next_pane(self) -> None:
        """Sheets, figures, trace panel, and around again."""
        panes: list[QWidget] = [self.sheets, self._table_in_front()]
        if self.trace.isVisible():
            panes.append(self.trace.close_button)
        in_trace = any(one.hasFocus() for one in self.trace.findChildren(QWidget))
        here = 2 if in_trace else next((place for place, pane in enumerate(panes) if pane.hasFocus()), -1)
        panes[(here + 1) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def deeds(self) -> Mapping[Do, Callable[[], None]]:
        """What works here."""
        able: dict[Do, Callable[[], None]] = {
            Do.EXPORT: self.export_return,
            Do.IMPORT: self.fill_template,
            Do.MONTH_BACK: lambda: self.head.step(-1),
            Do.MONTH_ON: lambda: self.head.step(1),
        }
        if self.problems():
            able[Do.NEXT_MISSING] = self.next_problem
        return able

    def hints(self) -> Sequence[Hint]:
        """What only this page knows."""
        return (
            Hint("看出处", "Enter", "这个数怎么算的、由哪些月份加起来，点开看原记录"),
            Hint("收起出处", "Esc"),
            Hint("填入教体局发的表", BY_DO[Do.IMPORT].key, "选一份带 {{指标代码}} 的工作簿，格式、公式都不动"),
            Hint("上一年、下一年", f"{BY_DO[Do.MONTH_BACK].key} {BY_DO[Do.MONTH_ON].key}"),
            Hint("逐条看不平和要说明的", BY_DO[Do.NEXT_MISSING].key),
        )

    def title(self) -> str:
        """As the tab says."""
        return "年报"

    def close_panel(self) -> bool:
        """Esc stops long work, else it puts the trace panel away."""
        if self.progress.cancel():
            return True
        shown = self.trace.isVisible()
        if shown:
            self.close_trace()
        return shown

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._asked is None:
            self.refresh(frozenset())

    # --- showing -----------------------------------------------------------------------------------

    def _take(self, facts: ReturnFacts) -> None:
        if facts.period != self.period() or self._again:
            self._asked = None
            self.refresh(frozenset())
            return
        first = self._facts is None
        self._facts = facts
        today = self._desk.today
        running = facts.period.first <= today < facts.period.last
        self.head.set_as_of(f"按截至 {today} 的记录算" if running else "")
        self.verdicts.tell(facts.checks)
        badges = _badges(facts)
        self.sheets.set_sheets([SheetLine(one.code, one.title, *badges[one.code]) for one in facts.sheets])
        if first:
            self.sheets.go_to(lambda line: line.code == _FIRST_SHEET)
        self._show_sheet()
        self.deeds_changed.emit()

    def sheet(self) -> Sheet | None:
        """The sheet that is looked at."""
        line = self.sheets.current()
        sheets = self._facts.sheets if self._facts else ()
        return next((one for one in sheets if line and one.code == line.code), None)

    def _show_sheet(self) -> None:
        sheet = self.sheet()
        if sheet is None or self._facts is None:
            return
        self.head.name_sheet(f"{sheet.code} {sheet.title}")
        if sheet.code == CHECKS_SHEET:
            self.checks.set_lines(self._facts.checks)
            self.stack.setCurrentIndex(1)
        else:
            self.table.set_lines(lines_of(sheet.figures, self._checks_of(sheet)))
            self.stack.setCurrentIndex(0)
        self._show_trace()

    def _checks_of(self, sheet: Sheet) -> dict[str, tuple[CrossCheck, ...]]:
        """What the checks say of each figure of a sheet, by its code."""
        assert self._facts is not None  # noqa: S101 - asked only for a sheet that is known
        by_cell: dict[str, list[CrossCheck]] = defaultdict(list)
        for one in self._facts.checks:
            if one.sheet == sheet.code:
                by_cell[one.cell].append(one)
        return {code: tuple(by_cell[cell]) for code, cell in cells(sheet).items() if cell in by_cell}

    def _table_in_front(self) -> FigureTable | CheckTable:
        return self.table if self.stack.currentIndex() == 0 else self.checks

    def _focus_table(self) -> None:
        self._table_in_front().setFocus(Qt.FocusReason.OtherFocusReason)

    # --- the trace panel ---------------------------------------------------------------------------

    def open_trace(self) -> None:
        """Show where the current figure comes from, and go there on the second Enter."""
        opened = self.trace.isVisible()
        self._trace_closed = False
        self._show_trace()
        if opened:
            self.trace.focus_first()

    def close_trace(self) -> None:
        """Put the panel away."""
        self._trace_closed = True
        self._show_or_hide_trace()
        self._focus_table()

    def _show_trace(self) -> None:
        line = self.table.current()
        if line is not None and self.stack.currentIndex() == 0 and self._facts is not None:
            parts = {one.code: one for sheet in self._facts.sheets for one in sheet.figures}
            ledger = self.ledger_of(line.figure)
            months = bool(ledger and ledger.happened and _months_of(line.figure, self._facts.period))
            self.trace.show_figure(line, parts, ledger.label if ledger else "", leads=months)
        self._show_or_hide_trace()

    def _show_or_hide_trace(self) -> None:
        shown = self.table.current() is not None and self.stack.currentIndex() == 0
        self.trace.setVisible(shown and not self._trace_closed)

    def ledger_of(self, figure: Figure) -> Ledger | None:
        """The ledger that a figure's source names first."""
        named = [one for one in self._desk.ledgers() if figure.source.startswith(one.label)]
        return max(named, key=lambda one: len(one.label), default=None)

    def _open_part(self, part: str) -> None:
        """Go to the first record of a month."""
        line = self.trace.shown()
        ledger = self.ledger_of(line.figure) if line else None
        if line is None or ledger is None or self._facts is None:
            return
        month = _months_of(line.figure, self._facts.period).get(part)
        if month is None:
            return
        found = self._desk.first_page(ledger, Query(month), 1)
        if found:
            self.open_record.emit(ledger.key, found[0].id, "")
        else:
            self.open_blank.emit(ledger.key, month.first.isoformat())

    def _open_ledger(self) -> None:
        line = self.trace.shown()
        ledger = self.ledger_of(line.figure) if line else None
        if ledger is not None:
            found = self._desk.first_page(ledger, Query(sort=ledger.happened, descending=True), 1)
            if found:
                self.open_record.emit(ledger.key, found[0].id, "")
            else:
                self.open_blank.emit(ledger.key, "")

    # --- checks ------------------------------------------------------------------------------------

    def problems(self) -> tuple[CrossCheck, ...]:
        """The checks that want something done, worst first; sheets that are not filled in come last."""
        checks = self._facts.checks if self._facts else ()
        return tuple(one for one in checks if Verdict(one.level) is not Verdict.RIGHT)

    def next_problem(self) -> None:
        """Go to the figure of the next check that complains, around again after the last."""
        problems = self.problems()
        if not problems:
            self.said.emit("核对都相符。", "ok")
            return
        self._problem = (self._problem + 1) % len(problems)
        check = problems[self._problem]
        self._go_to_check(check)
        tone = "late" if Verdict(check.level) is Verdict.WRONG else "soon"
        self.said.emit(f"第 {self._problem + 1} / {len(problems)} 条，{check.level}：{check.sentence}", tone)

    def _go_to_check(self, check: CrossCheck) -> None:
        self.sheets.go_to(lambda line: line.code == check.sheet)
        sheet = self.sheet()
        if sheet is not None:
            code = next((code for code, cell in cells(sheet).items() if cell == check.cell), "")
            self.table.go_to(lambda line: line.figure.code == code)
        self._focus_table()

    # --- workbooks ---------------------------------------------------------------------------------

    def export_return(self) -> None:
        """Write our own workbook."""
        self.output.export(self.period())

    def fill_template(self) -> None:
        """Fill the bureau's own workbook."""
        self.output.fill(self.period())

    def _tell(self, error: OfficeError) -> None:
        self.message.emit(Message(str(error), tone="late"))


def _badges(facts: ReturnFacts) -> dict[str, tuple[str, str]]:
    """For each sheet the worst thing the checks say of it, with its tone; without one how many lines are 未填."""
    counted: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for one in facts.checks:
        counted[one.sheet][Verdict(one.level)] += 1
    badges: dict[str, tuple[str, str]] = {}
    for sheet in facts.sheets:
        found = counted[sheet.code]
        blank = sum(1 for one in sheet.figures if not one.filled)
        if found[Verdict.WRONG]:
            badges[sheet.code] = (f"不平 {found[Verdict.WRONG]}", "late")
        elif found[Verdict.WANTS_A_WORD]:
            badges[sheet.code] = (f"说明 {found[Verdict.WANTS_A_WORD]}", "soon")
        else:
            badges[sheet.code] = (f"缺 {blank}" if blank else "", "")
    return badges


def _months_of(figure: Figure, period: Period) -> dict[str, Month]:
    """The months that a figure's parts are, by name: 3月, or 2026年3月 where the period touches two years."""
    months = {name: month for month in period.months() for name in (f"{month.number}月", str(month))}
    found = {label: months[label] for label, _ in figure.parts if label in months}
    return found if len(found) == len(figure.parts) else {}
