"""A page of one ledger: head, what fills the middle, and the side panels. What every such page does stands here.

`TablePage` fills the middle with the table, `SinglePage` with the form of the school's one record.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from school_logistics.ui.commands import BY_DO, Do
from school_logistics.ui.drafting import begin_draft, draft_words
from school_logistics.ui.form_record import LooseRecord
from school_logistics.ui.history_panel import HistoryPanel
from school_logistics.ui.messages import CSV, WORKBOOK
from school_logistics.ui.office_page import OfficePage
from school_logistics.ui.page_head import PageHead
from school_logistics.ui.record_form import RecordForm
from school_logistics.ui.side_slot import SideSlot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from school_logistics.errors import OfficeError
    from school_logistics.models.ledger import Ledger
    from school_logistics.rules.calendar import Month
    from school_logistics.services.rows import Draft, Query
    from school_logistics.ui.jobs import Progress
    from school_logistics.ui.ledger_views import View
    from school_logistics.ui.office_page import Hint, Surroundings
    from school_logistics.ui.side_panel import SidePanel


class LedgerPage(OfficePage):
    """One ledger with its head and its side panels."""

    list_wanted = Signal(QPoint)
    side_changed = Signal()

    def __init__(self, around: Surroundings, ledger: Ledger, views: Sequence[View] = ()) -> None:
        """Build the head, with a switch between `views`; the middle is the subclass's."""
        super().__init__(around)
        self.ledger, self.desk = ledger, around.office.desk
        self.relevant = frozenset({ledger.key, "certificate", *(field.target for field in ledger.refs())})
        month = around.standing.month
        dated = (month.year, month.number) if ledger.happened else None
        self._drafting = draft_words(ledger)
        self.head = PageHead(around.theme, ledger.label, ledger.code, dated, views=views, drafting=self._drafting)
        self.side = SideSlot(around.theme)
        self.history = HistoryPanel(around.theme)
        self._middle = QWidget()
        self.middle = QVBoxLayout(self._middle)
        self.middle.setContentsMargins(0, 0, 0, 0)
        self.middle.setSpacing(0)
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        self._row.addWidget(self._middle, 1)
        self._row.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(self._row, 1)
        self._connect_head()
        self.setAccessibleName(ledger.label)

    def _connect_head(self) -> None:
        self.head.wanted.connect(self.press)
        self.head.list_wanted.connect(self.list_wanted)
        self.head.month_picked.connect(self._pick_month)
        self.head.fact_pressed.connect(lambda: self.press(Do.NEXT_MISSING))
        self.side.changed.connect(self.side_changed)
        self.history.closed.connect(lambda: self.close_side(self.history))

    # --- for the window ----------------------------------------------------------------------------

    def title(self) -> str:
        return self.ledger.label

    def month(self) -> Month | None:
        """The month shown; None in a file."""
        return self.around.standing.month if self.ledger.happened else None

    def show_record(self, one: int, key: str = "") -> bool:
        """Bring a record, and a field of it, under the keyboard; False when it is not there."""
        raise NotImplementedError

    def begin_on(self, day: date | None) -> None:
        """Begin a record, on a day if one is given."""
        self.focus_start()

    def month_of(self, one: int) -> Month | None:
        """The month in which a record lies; None in a file. Raises OfficeError when it is gone."""
        from school_logistics.rules.calendar import Month

        if not self.ledger.happened:
            return None
        day = self.ledger.day_of(self.desk.draft(self.ledger, one))
        return Month.of(day) if day is not None else None

    def current_id(self) -> int | None:
        """The record that is current, if it is one."""
        raise NotImplementedError

    def show_able(self) -> None:
        """Let head and menus know what can be done now."""
        standing = self.around.standing
        taken_back = {Do.UNDO: standing.undoable, Do.REDO: standing.redoable}
        for do, what in taken_back.items():
            words = BY_DO[do].words
            self.head.set_words(do, f"{words}：{what}" if what else words)
        self.head.set_able({*self.deeds(), *(do for do, what in taken_back.items() if what)})
        self.deeds_changed.emit()

    def tell_standing(self) -> None:
        """What is due, missing and undoable was found out anew."""
        self.head.set_locked(self.desk.closed_months() if self.ledger.happened else ())
        self.show_able()

    def press(self, do: Do) -> None:
        """Do what a button says: here, or in the window."""
        deed = self.deeds().get(do)
        if deed is not None:
            deed()
        else:
            self.asked.emit(do)

    def deeds(self) -> Mapping[Do, Callable[[], None]]:
        found: dict[Do, Callable[[], None]] = {
            Do.IMPORT: lambda: self.import_wanted.emit(self.ledger.key, None),
            Do.EXPORT: self.export,
            Do.HISTORY: self.show_history,
            Do.NEXT_MISSING: self.next_missing,
        }
        if self._drafting:
            found[Do.DRAFT] = lambda: begin_draft(self)
        if self.ledger.code:
            found[Do.PRINT] = self.print_form
        if self.ledger.happened:
            found[Do.MONTH_BACK] = lambda: self._step_month(-1)
            found[Do.MONTH_ON] = lambda: self._step_month(1)
        return found

    def hints(self) -> Sequence[Hint]:
        from school_logistics.ui.help_panel import field_hints

        return field_hints(self.ledger)

    # --- months ------------------------------------------------------------------------------------

    def _step_month(self, by: int) -> None:
        self.month_picked.emit(self.around.standing.month.plus(by))

    def _pick_month(self, year: int, number: int) -> None:
        from school_logistics.rules.calendar import Month

        self.month_picked.emit(Month(year, number))

    # --- side panels -------------------------------------------------------------------------------

    def set_covering(self, *, covers: bool) -> None:
        """Whether an open side panel takes the place of the middle."""
        self.side.cover(covers=covers)
        self._middle.setVisible(not (covers and self.side.top() is not None))

    def open_side(self, panel: SidePanel) -> None:
        """Show a side panel."""
        self.side.push(panel)

    def close_side(self, panel: SidePanel) -> None:
        """Take a side panel away; the keyboard goes back to what is then seen."""
        had_focus = self.side.has_focus()
        self.side.take(panel)
        if had_focus or not self._middle.isVisible():
            top = self.side.top()
            if isinstance(top, RecordForm):
                top.focus_field()
            else:
                self.focus_start()

    def close_panel(self) -> bool:
        top = self.side.top()
        if top is None:
            return False
        top.closed.emit()
        return True

    def show_history(self) -> None:
        """Open the history of the current record beside the table; once more closes it."""
        if self.side.top() is self.history:
            self.close_side(self.history)
            return
        self.tell_history()
        self.open_side(self.history)
        self.history.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell_history(self) -> None:
        """Read the history of the current record anew."""
        one = self.current_id()
        changes = self.desk.history(self.ledger, one) if one is not None else []
        name = self.name_of(one) if one is not None else ""
        self.history.show_history(name, changes, self.desk.clock())

    def name_of(self, one: int) -> str:
        """What a record is called."""
        value = self.desk.draft(self.ledger, one).get(self.ledger.title)
        return self.desk.show(self.ledger, self.ledger.title, value)

    def begin_elsewhere(self, label: str, target: str, typed: str, took: Callable[[int], None]) -> None:
        """Alt+N: begin a record of another ledger beside the table; `took` is told its number once it is kept."""
        ledger = self.desk.ledger(target)
        title = ledger.field(ledger.title)
        named = bool(typed) and not typed.isascii() and title.kind.name in {"text", "code"}
        given: Draft = {ledger.title: typed} if named else {}
        record = LooseRecord(self.desk, ledger, given=given, parent=self)
        form = RecordForm(self.around.theme, record, title=f"新登记 · {ledger.label}")
        form.say_purpose(f"存好就填进「{label}」，回到刚才的地方。")

        def done(one: int, sentence: str) -> None:
            self._drop(form, record)
            self.acted.emit(sentence)
            took(one)

        record.saved.connect(done)
        form.closed.connect(lambda: self._drop(form, record))
        form.given_up.connect(lambda _one, _values: self._drop(form, record))
        form.new_wanted.connect(
            lambda key, other, words: self.begin_elsewhere(
                ledger.field(key).label, other, words, lambda one: form.put(key, one)
            )
        )
        form.refused.connect(self.tell_refusal)
        self.open_side(form)
        form.focus_first_empty()
        self.said.emit("", "")

    def _drop(self, form: RecordForm, record: LooseRecord) -> None:
        self.close_side(form)
        form.deleteLater()
        record.deleteLater()

    def tell_refusal(self, sentence: str, clause: str) -> None:
        """Say in the status line why something is not saved."""
        self.said.emit(f"{sentence}　{clause}".strip(), "late")

    # --- out of the window -------------------------------------------------------------------------

    def query(self) -> Query:
        """Which rows are shown."""
        from school_logistics.services.rows import Query

        return Query(self.month())

    def export(self) -> None:
        """Write the rows that are shown into a workbook, in a worker."""
        month = self.month()
        name = f"{self.ledger.label}_{month.iso}" if month else self.ledger.label
        suggested = Path.home() / f"{name}.xlsx"
        path = self.around.messages.save_file(f"导出{self.ledger.label}", suggested, (WORKBOOK, CSV))
        if path is None:
            return
        desk, ledger, query = self.desk, self.ledger, self.query()

        def work(progress: Progress) -> int:
            from school_logistics.services.exporting import export_ledger

            return export_ledger(desk, ledger, path, query, progress)

        self.said.emit(f"正在导出{ledger.label}……", "")
        self.around.jobs.start(
            work,
            done=lambda rows: self.said.emit(f"已导出 {rows:,} 行到 {path.name}", "ok"),
            failed=self.tell_trouble,
            progress=lambda done, total, _what: self.said.emit(f"正在导出 {done:,} / {total:,} 行……", ""),
            cancelled=lambda: self.said.emit("导出已取消，没有留下文件。", ""),
        )

    def tell_trouble(self, error: OfficeError) -> None:
        """Say in the message bar what went wrong."""
        from school_logistics.ui.office_page import Message

        self.message.emit(Message(str(error), tone="late"))

    def print_form(self) -> None:
        """Show this ledger's form in the print room."""
        self.open_form.emit(self.ledger.code, self.around.standing.month)

    # --- what is missing ---------------------------------------------------------------------------

    def next_missing(self) -> None:
        """Go to the next place that lacks something: further down in this ledger, then in the other ones."""
        here = self._place_among_missing()
        missing = self.around.standing.wanting
        if not missing:
            self.said.emit("没有缺的了，本月的表都可以打印。", "ok")
            return
        mine = [one for one in missing if one.ledger == self.ledger.key]
        others = [one for one in missing if one.ledger != self.ledger.key]
        wanted = (mine[here + 1 :] + others + mine[: here + 1])[0]
        if wanted.begin is not None:
            self.open_hole.emit(wanted.ledger, wanted.begin, self.around.standing.month)
        elif wanted.id is None:
            self.open_blank.emit(wanted.ledger, "")
        else:
            self.open_record.emit(wanted.ledger, wanted.id, wanted.field)
        self.said.emit(
            f"{wanted.title + '：' if wanted.title else ''}{wanted.why}　{wanted.clause}".rstrip("　"), "late"
        )

    def _place_among_missing(self) -> int:
        """The last missing thing at or before the current cell, -1 when all come after it."""
        mine = [one for one in self.around.standing.wanting if one.ledger == self.ledger.key]
        return next(
            (place for place in range(len(mine) - 1, -1, -1) if self.has_passed(mine[place].id, mine[place].field)), -1
        )

    def has_passed(self, one: int | None, key: str) -> bool:
        """Whether the current cell is this one or comes after it."""
        return False
