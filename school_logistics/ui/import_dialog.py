"""The import of a workbook: which ledger, which columns, what is wrong by cell, and one act that writes it.

Reading, correcting and writing run in jobs. Nothing is written before the one button that says how many rows it
writes and how many it leaves; what it wrote is one step to undo.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from school_logistics.models.ledger import Level
from school_logistics.services.import_fit import fitting_ledger
from school_logistics.services.import_objections import LEVELS, save_objections, written
from school_logistics.services.import_plan import Fate
from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.drop_field import RULE, DropField, Option
from school_logistics.ui.empty_page import EmptyPage, Way
from school_logistics.ui.import_columns import ColumnLine, ColumnPanel, settled
from school_logistics.ui.import_objections import EMPTY, MEND, ObjectionLine, ObjectionList, line_of
from school_logistics.ui.import_rows import ImportTable, fields_shown
from school_logistics.ui.import_steps import SheetBar, SheetSummary, Step, StepBar
from school_logistics.ui.messages import TABLES, WORKBOOK
from school_logistics.ui.page_line import PageLine
from school_logistics.ui.parts import Panel, ShortWords, ToneIcon, Words
from school_logistics.ui.progress_strip import ProgressStrip
from school_logistics.ui.theme import Type

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from school_logistics.errors import OfficeError
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.import_plan import CellObjection, Imported, ImportPlan, ImportRow
    from school_logistics.services.importing import Importer
    from school_logistics.ui.jobs import Progress
    from school_logistics.ui.office_page import Surroundings

T = TypeVar("T")
_SIZE = QSize(1280, 720)
_MARGIN = 40
_NARROW, _NARROW_COLUMNS = 1040, 304
_ORDER = (Level.REFUSED, Level.WARNING, Level.GAP)
_SAFE = "写入后整批可以撤销，明天也可以。原文件不动。"


class Mend(NamedTuple):
    """What the clerk typed over one cell; kept to be typed again when the columns are read anew."""

    sheet: str
    number: int
    key: str
    typed: str


class Planned(NamedTuple):
    """A plan, and the ledger it is for; None where no ledger takes the file."""

    ledger: Ledger
    plan: ImportPlan


class ImportDialog(QDialog):
    """One file into one ledger."""

    imported = Signal(str)
    """What came in, in a sentence for the message bar."""

    def __init__(
        self, around: Surroundings, importer: Importer, ledger: Ledger, file: Path | None, parent: QWidget
    ) -> None:
        """`ledger` is the one that is open; for a file that was dropped the best fitting one is taken instead."""
        super().__init__(parent)
        self.around, self._importer, self.ledger = around, importer, ledger
        self._theme = around.theme
        self._file, self._dropped = file, file is not None
        self.plan: ImportPlan | None = None
        self._chosen: dict[str, str] = {}
        self._mends: list[Mend] = []
        self._opened: set[str] = set()
        self._begun = False
        self._following = False
        self.steps = StepBar(self._theme)
        self.target = DropField(self._theme, "导入到哪本台账")
        self.sheets = SheetBar(self._theme)
        self.columns = ColumnPanel(self._theme)
        self.table = ImportTable(self._theme)
        self.objections = ObjectionList(self._theme)
        self.progress = ProgressStrip(self._theme)
        self._legend: list[QWidget] = []
        self.only_wrong = Button(self._theme, "只看有问题", look=Look.CHOICE)
        self.all_rows = Button(self._theme, "全部", look=Look.CHOICE)
        self.levels = {level: Button(self._theme, LEVELS[level], look=Look.CHOICE) for level in _ORDER}
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self._show_target()
        self._enable()

    # --- laying out --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setWindowTitle("导入")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.sheets)
        self.stack = QStackedWidget()
        self._blank = Panel(self._theme, "surface")
        self._blank_row = QHBoxLayout()
        middle = QVBoxLayout(self._blank)
        middle.addStretch(2)
        middle.addLayout(self._blank_row)
        middle.addStretch(3)
        self._work_area = self._body()
        self.stack.addWidget(self._blank)
        self.stack.addWidget(self._work_area)
        column.addWidget(self.stack, 1)
        column.addWidget(self.progress)
        column.addWidget(self._foot())
        for before, after in (
            (self.target, self.columns),
            (self.columns, self.table),
            (self.table, self.objections),
            (self.objections, self.cancel),
        ):
            QWidget.setTabOrder(before, after)
        self._measure()

    def _head(self) -> PageLine:
        theme = self._theme
        head = PageLine(theme)
        head.row.setContentsMargins(theme.px(22), 0, theme.sizes.large, 0)
        self._name = ShortWords(theme, kind=Type.LABEL, color="ink2")
        self.close_button = Button(theme, "关掉，什么也不写入", icon="x", look=Look.ICON, key="Esc")
        head.row.addWidget(Words(theme, "导入到", kind=Type.TITLE))
        head.row.addWidget(self.target)
        head.row.addWidget(self._name)
        head.row.addStretch(1)
        head.row.addWidget(self.steps)
        head.row.addSpacing(theme.sizes.huge)
        head.row.addWidget(self.close_button)
        return head

    def _body(self) -> QWidget:
        theme = self._theme
        right = QSplitter(Qt.Orientation.Vertical)
        right.setChildrenCollapsible(False)
        right.setHandleWidth(theme.sizes.tiny)
        upper, lower = Panel(theme, "surface"), Panel(theme, "surface")
        for panel, head, body in (
            (upper, self._rows_head(), self.table),
            (lower, self._objections_head(), self.objections),
        ):
            inner = QVBoxLayout(panel)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(0)
            inner.addWidget(head)
            inner.addWidget(body, 1)
            right.addWidget(panel)
        right.setStretchFactor(0, 3)
        right.setStretchFactor(1, 2)
        self._splitter = right
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.columns)
        row.addWidget(right, 1)
        return whole

    def _rows_head(self) -> PageLine:
        theme = self._theme
        head = PageLine(theme, "message_bar", edges="")
        head.row.setSpacing(theme.sizes.small)
        head.row.addWidget(ShortWords(theme, "写进去会是这样", bold=True))
        head.row.addSpacing(theme.sizes.small)
        group = QButtonGroup(self)
        for button in (self.only_wrong, self.all_rows):
            group.addButton(button)
            button.clicked.connect(self._show_rows)
            head.row.addWidget(button)
        head.row.addStretch(1)
        for icon, tone, words in (("triangle-alert", "late", "要改，不改不写入"), ("clock", "soon", "再看一眼，照写")):
            shape = ToneIcon(theme)
            shape.set_icon(icon, tone)
            self._legend += [shape, Words(theme, words, kind=Type.LABEL, color="ink2")]
        for widget in self._legend:
            head.row.addWidget(widget)
        return head

    def _objections_head(self) -> PageLine:
        theme = self._theme
        head = PageLine(theme, "message_bar", fill="sunken", edges="top")
        head.row.setSpacing(theme.sizes.small)
        self._wrong = Words(theme, bold=True)
        head.row.addWidget(self._wrong)
        head.row.addSpacing(theme.sizes.small)
        group = QButtonGroup(self)
        for button in self.levels.values():
            group.addButton(button)
            button.clicked.connect(self._show_objections)
            head.row.addWidget(button)
        head.row.addStretch(1)
        self._explains = ShortWords(theme, kind=Type.LABEL, color="ink2")
        head.row.addWidget(self._explains)
        return head

    def _foot(self) -> PageLine:
        theme = self._theme
        foot = PageLine(theme, "page_head", fill="sunken", edges="top")
        foot.row.setContentsMargins(theme.px(22), 0, theme.sizes.large, 0)
        undo = ToneIcon(theme)
        undo.set_icon("undo-2", "ink2")
        self._safe = ShortWords(theme, _SAFE, color="ink2", kind=Type.LABEL)
        self.cancel = Button(theme, "取消", look=Look.QUIET)
        self.other_file = Button(theme, "换一个文件", icon="file-up", look=Look.QUIET)
        self.save_list = Button(theme, "把问题另存一张表", icon="file-down", look=Look.BORDERED)
        self.write = Button(theme, "写入", icon="check", look=Look.PRIMARY, key="Ctrl+Enter")
        for widget in (undo, self._safe):
            foot.row.addWidget(widget)
        foot.row.addStretch(1)
        for button in (self.cancel, self.other_file, self.save_list, self.write):
            foot.row.addWidget(button)
        return foot

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.reject)
        self.cancel.clicked.connect(self.reject)
        self.other_file.clicked.connect(self.ask_for_file)
        self.save_list.clicked.connect(self.save_problems)
        self.write.clicked.connect(self.commit)
        self.target.picked.connect(self._ledger_picked)
        self.sheets.chosen.connect(lambda _name: self._show_sheet())
        self.columns.picked.connect(self._column_picked)
        self.table.rows.mended.connect(self._typed_over)
        self.table.row_changed.connect(self._row_chosen)
        self.objections.moved.connect(self._objection_chosen)
        self.objections.remedied.connect(self._remedy)

    def _measure(self) -> None:
        """Where the dialog is narrow the values beside the columns and the legend give way."""
        narrow = self.width() < self._theme.px(_NARROW)
        wide = self._theme.sizes.import_columns
        self.columns.setFixedWidth(self._theme.px(_NARROW_COLUMNS) if narrow else wide)
        for one in self._legend:
            one.setVisible(not narrow)
        for button in (self.save_list, self.other_file):
            button.set_compact(narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "stack"):
            self._measure()

    def sizeHint(self) -> QSize:
        wanted = QSize(self._theme.px(_SIZE.width()), self._theme.px(_SIZE.height()))
        parent = self.parentWidget()
        return wanted.boundedTo(parent.window().size() - QSize(_MARGIN, _MARGIN)) if parent else wanted

    # --- file and ledger ---------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._begun:
            self._begun = True
            QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        if self._file is None:
            self.ask_for_file()
        else:
            self.read(self._file)

    def ask_for_file(self) -> None:
        """Ask for the file; thinking better of it closes a dialog that has none yet."""
        file = self.around.messages.open_file(f"导入到{self.ledger.label}", (TABLES,))
        if file is not None:
            self.read(file)
        elif self._file is None:
            self.reject()

    def read(self, file: Path) -> None:
        """Read a file and say what importing it would do."""
        self._file = file
        self._chosen, self._mends, self._opened = {}, [], set()
        self._name.setText(file.name)
        self._read()

    def _read(self) -> None:
        file, ledger, dropped = self._file, self.ledger, self._dropped
        if file is None:
            return
        chosen, mends = dict(self._chosen), list(self._mends)
        ledgers = self.around.office.desk.ledgers()

        def work(progress: Progress) -> Planned:
            into = (fitting_ledger(file, ledgers, ledger, progress) or ledger) if dropped else ledger
            plan = self._importer.plan(into, file, progress=progress, chosen=chosen)
            for mend in mends:
                plan = self._again(plan, mend)
            return Planned(into, plan)

        self._dropped = False
        self._work(f"读取「{file.name}」", work, self._planned, self._unreadable)

    def _again(self, plan: ImportPlan, mend: Mend) -> ImportPlan:
        """Type over a cell again after the file was read anew; a row that is no longer there is left."""
        found = (row for row in plan.rows if (row.sheet, row.number) == (mend.sheet, mend.number))
        row = next(found, None)
        return self._importer.mended(plan, row, mend.key, mend.typed) if row else plan

    def _planned(self, planned: Planned) -> None:
        if planned.ledger is not self.ledger:
            self.ledger = planned.ledger
        self._show_target()
        self._take(planned.plan)
        if self.stack.currentWidget() is self._work_area:
            self._focus_first_problem()

    def _unreadable(self, error: OfficeError) -> None:
        self.plan = None
        self._say("file-spreadsheet", "这个文件读不了", (str(error),))
        self._enable()

    def _show_target(self) -> None:
        """The ledgers to choose from, by tab."""
        options: list[Option] = []
        tab = ""
        for one in self.around.office.desk.ledgers():
            if one.group.value != tab:
                tab = one.group.value
                options.append((RULE, tab))
            options.append((one.key, one.label))
        self.target.set_options(options, self.ledger.key)
        self.setWindowTitle(f"导入到{self.ledger.label}")

    def _ledger_picked(self, key: str) -> None:
        self.ledger = self.around.office.desk.ledger(key)
        self._chosen, self._mends, self._opened = {}, [], set()
        self._read()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self._dropped = True
            self.read(paths[0])

    # --- showing a plan ----------------------------------------------------------------------------

    def _take(self, plan: ImportPlan) -> None:
        self.plan = plan
        if plan.trouble:
            self._say("file-spreadsheet", "这份文件里没有这本台账的内容", (plan.trouble,))
        elif not plan.rows:
            self._say("file-spreadsheet", "没有数据行", ("认出了表头，下面没有一行数据。没有改动任何数据。",))
        else:
            self.stack.setCurrentWidget(self._work_area)
        self.sheets.setVisible(not plan.trouble)
        self.sheets.set_sheets(_summaries(plan), _where_first(plan))
        self._choose_level(plan)
        self._show_sheet()
        self.steps.set_step(*_step_of(plan, self._open_columns()))
        self._enable()

    def _choose_level(self, plan: ImportPlan) -> None:
        """Look at what must be changed, as long as there is any."""
        counts = {Level.REFUSED: len(plan.refused), Level.WARNING: len(plan.warnings), Level.GAP: len(plan.gaps)}
        for level, button in self.levels.items():
            button.set_text(f"{LEVELS[level]} {counts[level]}")
            button.setVisible(counts[level] > 0)
        checked = next((level for level, button in self.levels.items() if button.isChecked()), None)
        if checked is None or not counts[checked]:
            first = next((level for level in _ORDER if counts[level]), Level.REFUSED)
            self.levels[first].setChecked(True)
        if not self.all_rows.isChecked() and not self.only_wrong.isChecked():
            self.all_rows.setChecked(True)

    def _show_sheet(self) -> None:
        self._show_columns()
        self._show_rows()
        self._show_objections()

    def _show_columns(self) -> None:
        plan, sheet = self.plan, self.sheets.now()
        if plan is None or plan.trouble:
            return
        rows = [row for row in plan.rows if row.sheet == sheet][:50]
        lines = [
            ColumnLine(
                one,
                _sample(rows, one.field),
                settled(one, tuple(self._chosen)),
                bool(one.field) and plan.ledger.field(one.field).computed is not None,
            )
            for one in plan.columns
            if one.sheet == sheet
        ]
        self.columns.set_columns(plan.ledger, lines)

    def _open_columns(self) -> bool:
        """Whether a column of any sheet still wants a look."""
        columns = self.plan.columns if self.plan else ()
        return any(not settled(one, tuple(self._chosen)) and (one.doubt or not one.field) for one in columns)

    def _show_rows(self) -> None:
        plan, sheet = self.plan, self.sheets.now()
        if plan is None:
            self.table.show_rows(None, (), ())
            return
        places = [place for place, row in enumerate(plan.rows) if row.sheet == sheet]
        wrong = [place for place in places if any(one.level is not Level.GAP for one in plan.rows[place].objections)]
        self.only_wrong.set_text(f"只看有问题 {len(wrong)}")
        self.all_rows.set_text(f"全部 {len(places)} 行")
        shown = wrong if self.only_wrong.isChecked() else places
        self.table.show_rows(plan, shown, fields_shown(plan, places, self._opened))

    def _show_objections(self) -> None:
        plan, sheet = self.plan, self.sheets.now()
        level = self._level()
        found = [one for one in _of_level(plan, level) if one.sheet == sheet] if plan else []
        self.objections.set_lines([line_of(plan, one) for one in found] if plan else [])
        several = plan is not None and len({one.sheet for one in _of_level(plan, level)}) > 1
        here = f"「{sheet}」" if several else ""
        self._wrong.setText(f"{here}{len(found)} 处" if found else f"{here}没有问题")
        told = {
            Level.REFUSED: "看不懂或不可能的，改好才写入",
            Level.WARNING: "照写入，请再看一眼",
            Level.GAP: "照写入，以后在「缺」里补齐",
        }
        self._explains.setText(told[level] if found else "")

    def _level(self) -> Level:
        return next((level for level, button in self.levels.items() if button.isChecked()), Level.REFUSED)

    def _say(self, icon: str, title: str, why: Sequence[str]) -> None:
        """Show a page of words with the ways on instead of the rows."""
        while (item := self._blank_row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        ways = (
            Way("file-up", "换一个文件，或把文件拖到这里", "Alt+1", self.ask_for_file),
            Way("book-open", "换一本台账", "Alt+2", self.target.open_menu),
        )
        self.blank = EmptyPage(self._theme, icon, title, why, ways)
        self.blank.setMaximumWidth(self._theme.px(560))
        self._blank_row.addWidget(self.blank, 1)
        self.stack.setCurrentWidget(self._blank)
        self.sheets.hide()

    # --- choosing and mending ----------------------------------------------------------------------

    def _column_picked(self, heading: str, key: str) -> None:
        """Take a column for a field; whichever column had the field before is then left out."""
        if self.plan is None:
            return
        for one in self.plan.columns:
            if key and one.field == key and one.heading != heading:
                self._chosen[one.heading] = ""
        self._chosen[heading] = key
        self._read()

    def _typed_over(self, row: ImportRow, key: str, typed: str) -> None:
        plan = self.plan
        if plan is None:
            return
        mend = Mend(row.sheet, row.number, key, typed)
        self._mends = [one for one in self._mends if one[:3] != mend[:3]] + [mend]

        def done(better: ImportPlan) -> None:
            self._take(better)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

        self._work("重新核对", lambda _progress: self._importer.mended(plan, row, key, typed), done)

    def _remedy(self, line: ObjectionLine, remedy: str) -> None:
        plan, one = self.plan, line.objection
        if plan is None:
            return
        if remedy == EMPTY:
            self._typed_over(plan.rows[one.row], one.field, "")
        elif remedy == MEND and not self.table.edit_cell(one.row, one.field):
            self._opened.add(one.field)  # a field without a column in the file gets one here, to be typed into
            self.all_rows.setChecked(True)
            self._show_rows()
            self.table.edit_cell(one.row, one.field)

    def _objection_chosen(self, line: ObjectionLine) -> None:
        """Show the cell in its row."""
        if line.objection.row >= 0 and not self._following:
            self._following = True
            self.table.go_to(line.objection.row, line.objection.field)
            self._following = False

    def _row_chosen(self, place: int) -> None:
        """Show what is wrong with the row that is looked at."""
        if not self._following:
            self._following = True
            self.objections.go_to(lambda line: line.objection.row == place)
            self._following = False

    def _focus_first_problem(self) -> None:
        if self.objections.lines():
            self.objections.setFocus(Qt.FocusReason.OtherFocusReason)
            current = self.objections.current()
            if current is not None:
                self._objection_chosen(current)
        elif self._open_columns():
            self.columns.focus_first()
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- writing -----------------------------------------------------------------------------------

    def to_write(self) -> int:
        """How many rows would be added or updated."""
        return self.plan.count(Fate.ADD) + self.plan.count(Fate.UPDATE) if self.plan else 0

    def _enable(self) -> None:
        plan, busy = self.plan, self.progress.running()
        able = plan is not None and not plan.trouble and not busy
        left = plan.count(Fate.REFUSED) if plan else 0
        rows = self.to_write()
        words = f"写入 {rows:,} 行" + (f"，留下 {left:,} 行" if left else "")
        known_already = plan is not None and plan.rows and not rows and not left
        self.write.set_text("没有新的行" if known_already else words if able else "写入")
        self.write.setEnabled(able and rows > 0)
        self.save_list.setEnabled(able and bool(plan and (plan.refused or plan.warnings or plan.gaps)))
        self.other_file.setEnabled(not busy)
        self.target.setEnabled(not busy)
        same = plan.count(Fate.SAME) if plan else 0
        known = f"{same:,} 行原已登记，不重复写。" if same else ""
        new = f"另建 {len(plan.new_names)} 个待补资料的名称。" if plan and plan.new_names else ""
        self._safe.setText(f"{known}{new}{_SAFE}" if rows or not same else f"{known}这份文件没有新的行。")

    def commit(self) -> None:
        """Write what can be written, as one act."""
        plan = self.plan
        if plan is None or not self.write.isEnabled():
            return

        def done(imported: Imported) -> None:
            self._mends = []
            self.imported.emit(str(imported))
            self.accept()

        def work(progress: Progress) -> Imported:
            return self._importer.commit(plan, skip_refused=True, progress=progress)

        self._work("写入", work, done)

    def save_problems(self) -> None:
        """Save the objections as a workbook for whoever keeps the original."""
        plan, file = self.plan, self._file
        if plan is None or file is None:
            return
        path = self.around.messages.save_file(
            "把问题另存一张表", file.with_name(f"{file.stem}_导入问题.xlsx"), (WORKBOOK,)
        )
        if path is None:
            return

        def done(lines: int) -> None:
            self._safe.setText(f"已把 {lines} 处问题存为「{path.name}」。")

        self._work("另存问题", lambda _progress: save_objections(plan, path), done)

    # --- jobs, keys, closing -----------------------------------------------------------------------

    def _work(
        self,
        what: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[OfficeError], None] | None = None,
    ) -> None:
        def told(sentence: str, _tone: str) -> None:
            self._safe.setText(sentence)
            self._enable_later()

        def over(result: T) -> None:
            self._enable()
            done(result)

        self.progress.run(self.around.jobs, what, work, over, failed=failed or self._tell, told=told)
        if self.progress.running():
            self._enable()

    def _enable_later(self) -> None:
        """After a job was stopped; without any plan there is nothing left to show."""
        sentence = self._safe.text()
        self._enable()
        self._safe.setText(sentence)
        if self.plan is None:
            self._say("file-spreadsheet", "还没有读文件", ("已取消，没有改动任何数据。",))

    def _tell(self, error: OfficeError) -> None:
        self._enable()
        self.around.messages.tell("没有做成。", str(error))

    def reject(self) -> None:
        """Stop what runs; else close, asking first when cells were mended that would be lost."""
        if self.progress.cancel():
            return
        if self._mends and not self.around.messages.confirm(
            "改过的还没有写入，要关掉吗？", f"在这里改过 {len(self._mends)} 格；关掉后原文件和台账都不变。", "关掉"
        ):
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        enter = key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if enter and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.commit()
        elif key == Qt.Key.Key_F6:
            self._next_pane()
        elif key == Qt.Key.Key_F8:
            self._next_problem()
        elif modifiers == Qt.KeyboardModifier.AltModifier and event.text().isdigit():
            self._take_number(int(event.text()))
        elif not enter:
            super().keyPressEvent(event)

    def _take_number(self, number: int) -> None:
        if self.stack.currentWidget() is self._blank:
            self.blank.press(number)
        else:
            self.objections.take(self.objections.current(), number)

    def _next_pane(self) -> None:
        """Columns, rows, objections, buttons, and around again."""
        if self.columns.has_focus():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.table.hasFocus():
            self.objections.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.objections.hasFocus():
            (self.write if self.write.isEnabled() else self.cancel).setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.columns.focus_first()

    def _next_problem(self) -> None:
        """The next objection of this sheet, else the first one of the next sheet that has any."""
        self.objections.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.objections.step() or self.plan is None:
            return
        names = [one.name for one in _summaries(self.plan) if not one.skipped]
        here = names.index(self.sheets.now()) if self.sheets.now() in names else -1
        having = {one.sheet for one in _of_level(self.plan, self._level())}
        target = next((name for name in (*names[here + 1 :], *names[:here]) if name in having), "")
        if target:
            self.sheets.choose(target)


def _of_level(plan: ImportPlan | None, level: Level) -> tuple[CellObjection, ...]:
    if plan is None:
        return ()
    return {Level.REFUSED: plan.refused, Level.WARNING: plan.warnings, Level.GAP: plan.gaps}[level]


def _summaries(plan: ImportPlan) -> list[SheetSummary]:
    """Each sheet with its numbers; the skipped ones last."""
    rows = Counter(row.sheet for row in plan.rows)
    refused = Counter(one.sheet for one in plan.refused)
    warned = Counter(one.sheet for one in plan.warnings)
    fitting = [one.sheet for one in plan.laid if not one.reason]
    taken = [SheetSummary(name, rows[name], refused[name], warned[name]) for name in fitting]
    return [*taken, *(SheetSummary(one.sheet, 0, 0, 0, one.reason) for one in plan.sheets_skipped)]


def _where_first(plan: ImportPlan) -> str:
    """How many places there are to change, and where the first one is."""
    if not plan.refused:
        return f"{len(plan.rows):,} 行，没有要改的"
    return f"{len(plan.refused)} 处要改，先在「{plan.refused[0].sheet}」"


def _step_of(plan: ImportPlan, open_columns: bool) -> tuple[Step, tuple[Step, ...]]:
    """The present step, and the earlier ones that are not done."""
    if plan.trouble or not plan.rows:
        return Step.FILE, ()
    if plan.refused:
        return Step.PROBLEMS, (Step.COLUMNS,) if open_columns else ()
    return (Step.COLUMNS, ()) if open_columns else (Step.WRITE, ())


def _sample(rows: Sequence[ImportRow], key: str) -> str:
    """The first value of a column."""
    if not key:
        return ""
    found = (row.written(key) for row in rows if row.written(key) is not None)
    value = next(found, None)
    return written(value) if value is not None else ""
