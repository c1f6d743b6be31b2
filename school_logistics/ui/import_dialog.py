"""The import of a workbook: which ledger, which columns, what is wrong by cell, and one act that writes it.

Reading, correcting and writing run in jobs. Nothing is written before the one button that says how many rows it
writes and how many it leaves; what it wrote is one step to undo.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from school_logistics.services.import_objections import save_objections
from school_logistics.ui.drop_field import RULE, Option
from school_logistics.ui.empty_page import Way
from school_logistics.ui.import_frame import ImportFrame
from school_logistics.ui.import_objections import EMPTY, ObjectionLine
from school_logistics.ui.import_reading import Reading
from school_logistics.ui.import_view import PlanView, months_of
from school_logistics.ui.messages import TABLES, WORKBOOK

if TYPE_CHECKING:
    from collections.abc import Callable

    from school_logistics.errors import OfficeError
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.import_plan import Imported, ImportPlan, ImportRow
    from school_logistics.services.importing import Importer
    from school_logistics.ui.jobs import Progress
    from school_logistics.ui.office_page import Surroundings

T = TypeVar("T")
_SIZE = QSize(1280, 720)
_MARGIN = 40
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Planned(NamedTuple):
    """A file as it was read, and what importing it would do."""

    reading: Reading
    plan: ImportPlan


class ImportDialog(QDialog):
    """One file into one ledger."""

    imported = Signal(str, str, object)
    """What came in, in a sentence for the message bar; the key of its ledger; its first and last `Month`, or None."""

    def __init__(
        self, around: Surroundings, importer: Importer, ledger: Ledger, file: Path | None, parent: QWidget
    ) -> None:
        """`ledger` is the one that is open; for a file that was dropped the best fitting one is taken instead."""
        super().__init__(parent)
        self._around, self._importer = around, importer
        self._dropped = file
        self.ledger = ledger
        self.reading: Reading | None = None
        self.plan: ImportPlan | None = None
        self._begun = False
        self.frame = ImportFrame(around.theme)
        self.view = PlanView(self.frame)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        self.setAcceptDrops(True)
        self._connect()
        self._show_target()
        self.view.show_state(busy=False)
        self.resize(self.sizeHint())  # Qt by itself takes two thirds of the screen at most

    def _connect(self) -> None:
        frame = self.frame
        frame.close_button.clicked.connect(self.reject)
        frame.cancel.clicked.connect(self.reject)
        frame.other_file.clicked.connect(self.ask_for_file)
        frame.save_list.clicked.connect(self.save_problems)
        frame.write.clicked.connect(self.commit)
        frame.target.picked.connect(self._ledger_picked)
        frame.columns.picked.connect(self._column_picked)
        frame.table.rows.mended.connect(self._typed_over)
        frame.objections.remedied.connect(self._remedy)

    def sizeHint(self) -> QSize:
        theme, parent = self._around.theme, self.parentWidget()
        wanted = QSize(theme.px(_SIZE.width()), theme.px(_SIZE.height()))
        return wanted.boundedTo(parent.window().size() - QSize(_MARGIN, _MARGIN)) if parent else wanted

    # --- file and ledger ---------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._begun:
            self._begun = True
            QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        if self._dropped is None:
            self.ask_for_file()
        else:
            self._read(Reading(self._dropped, self.ledger), fit=True)

    def ask_for_file(self) -> None:
        """Ask for the file; thinking better of it closes a dialog that has none yet."""
        file = self._around.messages.open_file(f"导入到{self.ledger.label}", (TABLES,))
        if file is not None:
            self._read(Reading(file, self.ledger))
        elif self.reading is None:
            self.reject()

    def _read(self, reading: Reading, *, fit: bool = False) -> None:
        """Read a file and say what importing it would do; with `fit` the best ledger is found first."""
        self.reading = reading
        self.frame.file_name.setText(reading.file.name)
        ledgers = self._around.office.desk.ledgers()

        def work(progress: Progress) -> Planned:
            best = reading.best_of(ledgers, progress) if fit else reading
            return Planned(best, best.plan(self._importer, progress))

        self._work(f"读取「{reading.file.name}」", work, self._planned, self._unreadable)

    def _planned(self, planned: Planned) -> None:
        self.reading, self.ledger = planned.reading, planned.reading.ledger
        self._show_target()
        self._take(planned.plan)
        if self.frame.shows_rows():
            self.view.focus_first_problem()

    def _unreadable(self, error: OfficeError) -> None:
        self._no_plan("这个文件读不了", str(error))

    def _no_plan(self, title: str, why: str) -> None:
        self.plan = None
        self.view.show_plan(None, ())
        self.view.show_state(busy=False)
        self.frame.show_words(title, why, self._ways())

    def _ways(self) -> tuple[Way, ...]:
        return (
            Way("file-up", "换一个文件，或把文件拖到这里", "Alt+1", self.ask_for_file),
            Way("book-open", "换一本台账", "Alt+2", self.frame.target.open_menu),
        )

    def _show_target(self) -> None:
        """The ledgers to choose from, by tab."""
        options: list[Option] = []
        tab = ""
        for one in self._around.office.desk.ledgers():
            if one.group.value != tab:
                tab = one.group.value
                options.append((RULE, tab))
            options.append((one.key, one.label))
        self.frame.target.set_options(options, self.ledger.key)
        self.setWindowTitle(f"导入到{self.ledger.label}")

    def _ledger_picked(self, key: str) -> None:
        self.ledger = self._around.office.desk.ledger(key)
        if self.reading is not None:
            self._read(self.reading.into(self.ledger))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self._read(Reading(paths[0], self.ledger), fit=True)

    # --- the plan ----------------------------------------------------------------------------------

    def _take(self, plan: ImportPlan) -> None:
        self.plan = plan
        self.view.show_plan(plan, self.reading.chosen if self.reading else ())
        self.view.show_state(busy=False)
        if plan.trouble:
            self.frame.show_words("这份文件里没有这本台账的内容", plan.trouble, self._ways())
        elif not plan.rows:
            why = "认出了表头，下面没有一行数据。没有改动任何数据。"
            self.frame.show_words("没有数据行", why, self._ways())
        else:
            self.frame.show_rows()

    def _column_picked(self, heading: str, key: str) -> None:
        if self.plan is not None and self.reading is not None:
            self._read(self.reading.with_column(self.plan, heading, key))

    def _typed_over(self, row: ImportRow, key: str, typed: str, *, from_objections: bool = False) -> None:
        """Read the cell as it is typed now; the keyboard stays where it was, in the rows or the objections."""
        plan = self.plan
        if plan is None or self.reading is None:
            return
        self.reading = self.reading.with_mend(row, key, typed)

        def done(better: ImportPlan) -> None:
            self._take(better)
            stays = from_objections and self.frame.objections.current() is not None
            (self.frame.objections if stays else self.frame.table).setFocus(Qt.FocusReason.OtherFocusReason)

        self._work("重新核对", lambda _progress: self._importer.mended(plan, row, key, typed), done)

    def _remedy(self, line: ObjectionLine, remedy: str) -> None:
        one = line.objection
        if self.plan is not None and remedy == EMPTY:
            self._typed_over(self.plan.rows[one.row], one.field, "", from_objections=True)
        elif self.plan is not None:
            self.view.edit(one)

    # --- writing -----------------------------------------------------------------------------------

    def commit(self) -> None:
        """Write what can be written, as one act."""
        plan = self.plan
        if plan is None or not self.frame.write.isEnabled():
            return

        def done(imported: Imported) -> None:
            self.imported.emit(str(imported), plan.ledger.key, months_of(plan))
            self.accept()

        def work(progress: Progress) -> Imported:
            return self._importer.commit(plan, skip_refused=True, progress=progress)

        self._work("写入", work, done)

    def save_problems(self) -> None:
        """Save the objections as a workbook for whoever keeps the original."""
        plan, reading = self.plan, self.reading
        if plan is None or reading is None:
            return
        suggested = reading.file.with_name(f"{reading.file.stem}_导入问题.xlsx")
        path = self._around.messages.save_file("把问题另存一张表", suggested, (WORKBOOK,))
        if path is None:
            return

        def done(lines: int) -> None:
            self.frame.safe.setText(f"已把 {lines} 处问题存为「{path.name}」。")

        self._work("另存问题", lambda _progress: save_objections(plan, path), done)

    # --- jobs, keys, closing -----------------------------------------------------------------------

    def _work(
        self,
        what: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[OfficeError], None] | None = None,
    ) -> None:
        def over(result: T) -> None:
            self.view.show_state(busy=False)
            done(result)

        self.frame.progress.run(self._around.jobs, what, work, over, failed=failed or self._tell, told=self._stopped)
        if self.frame.progress.running():
            self.view.show_state(busy=True)

    def _stopped(self, sentence: str, _tone: str) -> None:
        """A job was stopped; without any plan there is nothing left to show."""
        if self.plan is None:
            self._no_plan("还没有读文件", "已取消，没有改动任何数据。")
        self.view.show_state(busy=self.frame.progress.running())
        self.frame.safe.setText(sentence)

    def _tell(self, error: OfficeError) -> None:
        self.view.show_state(busy=False)
        self._around.messages.tell("没有做成。", str(error))

    def reject(self) -> None:
        """Stop what runs; else close, asking first when cells were mended that would be lost."""
        if self.frame.progress.cancel():
            return
        mends = len(self.reading.mends) if self.reading else 0
        explanation = f"在这里改过 {mends} 格；关掉后原文件和台账都不变。"
        if mends and not self._around.messages.confirm("改过的还没有写入，要关掉吗？", explanation, "关掉"):
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER:
            if modifiers == Qt.KeyboardModifier.ControlModifier:
                self.commit()
        elif key == Qt.Key.Key_F6:
            self.frame.next_pane()
        elif key == Qt.Key.Key_F8:
            self.view.next_problem()
        elif modifiers == Qt.KeyboardModifier.AltModifier and event.text().isdigit():
            self._take_number(int(event.text()))
        else:
            super().keyPressEvent(event)

    def _take_number(self, number: int) -> None:
        if self.frame.shows_rows():
            self.frame.objections.take(self.frame.objections.current(), number)
        elif self.frame.blank is not None:
            self.frame.blank.press(number)
