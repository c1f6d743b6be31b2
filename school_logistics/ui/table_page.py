"""The page of a ledger with many records: table, other views, side form of the current row, what its buttons do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from school_logistics.errors import OfficeError
from school_logistics.models.checks import Level
from school_logistics.ui.beginnings import Beginnings
from school_logistics.ui.commands import Do
from school_logistics.ui.form_record import TableRow
from school_logistics.ui.ledger_page import LedgerPage
from school_logistics.ui.ledger_views import TABLE, ViewStack, views_of
from school_logistics.ui.locked_rows import locked_message
from school_logistics.ui.message_bar import MessageAction
from school_logistics.ui.office_page import Message
from school_logistics.ui.record_form import RecordForm
from school_logistics.ui.record_table import RecordTable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from school_logistics.models.ledger import Ledger
    from school_logistics.rules.calendar import Month
    from school_logistics.services.rows import Draft, Query
    from school_logistics.ui.ledger_views import LedgerView, View
    from school_logistics.ui.office_page import Hint, Surroundings
    from school_logistics.ui.row_book import RowPlace
    from school_logistics.ui.table_blocks import CellTrouble

_AT_ONCE = 200
"""Up to so many rows are deleted without a worker."""


class TablePage(LedgerPage):
    """Table and side form of one ledger."""

    def __init__(self, around: Surroundings, ledger: Ledger, views: Sequence[View] | None = None) -> None:
        """Show the month that the window looks at; `views` None offers every view that fits the ledger."""
        offered = views_of(ledger) if views is None else tuple(views)
        super().__init__(around, ledger, offered)
        self.table = RecordTable(around.theme, self.desk, ledger, runner=around.jobs)
        self.views = ViewStack(around, ledger, self.table, self._connect_view, offered)
        self.middle.addWidget(self.views)
        self.form = RecordForm(around.theme, TableRow(self.table))
        self.form.hide()
        self.beginnings = Beginnings(self)
        self._shown_month: Month | None = None
        self._blamed = False
        self._where = ""
        self._connect_table()
        self._connect_form()
        kept = around.settings.tables.get(ledger.key)
        if kept:
            self.table.restore(kept)
        self.table.set_month(self.month())
        self._shown_month = self.month()
        self._settle()
        self.head.view_chosen.connect(self.show_view)
        leading = next((view.key for view in offered if view.leads), TABLE)
        wanted = str(kept.get("view", TABLE)) if kept else leading
        if wanted != TABLE:
            self._bring(wanted)

    def place(self) -> str:
        front = self.views.front()
        return self._where if front is None else front.place()

    # --- other views -------------------------------------------------------------------------------

    def _connect_view(self, view: LedgerView) -> None:
        for told, mine in (
            (view.open_record, self.open_record),
            (view.open_blank, self.open_blank),
            (view.open_form, self.open_form),
            (view.open_hole, self.open_hole),
            (view.open_rule, self.open_rule),
            (view.trace_wanted, self.trace_wanted),
            (view.message, self.message),
            (view.import_wanted, self.import_wanted),
            (view.asked, self.asked),
            (view.said, self.said),
            (view.acted, self.acted),
            (view.month_picked, self.month_picked),
            (view.placed, self.placed),
        ):
            told.connect(mine)
        view.deeds_changed.connect(self.show_able)
        view.fact_changed.connect(self._tell_fact)
        view.begin_elsewhere.connect(self.begin_elsewhere)

    def show_view(self, key: str, what: str = "") -> None:
        """Bring a view to the front, with the keyboard, at `what` where that is named; what was typed in it is kept."""
        self._bring(key)
        front = self.views.front()
        if not (what and front is not None and front.go_to(what)):
            self.focus_start()

    def _bring(self, key: str) -> None:
        self.leave()
        self.views.bring(key)
        if self.head.views is not None:
            self.head.views.set_front(self.views.key)
        if self.views.key != TABLE and self.side.top() is self.form:
            self.close_side(self.form)
        self.said.emit("", "")
        self.placed.emit(self.place())
        self._settle()

    def _connect_table(self) -> None:
        table = self.table
        table.current_changed.connect(self._current_changed)
        table.cell_changed.connect(self._cell_changed)
        table.objected.connect(self._objected)
        table.locked.connect(lambda told, month: self.message.emit(locked_message(self, told, month)))
        table.saved.connect(self._saved)
        table.acted.connect(self._acted)
        table.block_refused.connect(self._block_refused)
        table.out_of_sight.connect(self._go_to_hidden_trouble)
        table.trouble.connect(lambda sentence: self.message.emit(Message(sentence, tone="late")))
        table.summary_changed.connect(lambda text: self.placed.emit(text or self._where))
        table.filtered.connect(lambda _shown, _all: self.beginnings.offer())
        table.new_wanted.connect(self._new_wanted_in_cell)

    def _connect_form(self) -> None:
        self.form.closed.connect(lambda: self.close_side(self.form))
        self.form.given_up.connect(self._given_up)
        self.form.refused.connect(self.tell_refusal)
        self.form.new_wanted.connect(
            lambda key, target, typed: self.begin_elsewhere(
                self.ledger.field(key).label, target, typed, lambda one: self.form.put(key, one)
            )
        )

    # --- for the window ----------------------------------------------------------------------------

    def deeds(self) -> Mapping[Do, Callable[[], None]]:
        found: dict[Do, Callable[[], None]] = dict(super().deeds())
        if self.views.views:
            found[Do.VIEW] = lambda: self.show_view(self.views.next_key())
        front = self.views.front()
        return found | dict(self._table_deeds() if front is None else front.deeds())

    def _table_deeds(self) -> Mapping[Do, Callable[[], None]]:
        place = self.table.current()
        found: dict[Do, Callable[[], None]] = {
            Do.NEW: self.new,
            Do.FORM: self.toggle_form,
            Do.FILTER: self.table.focus_filter,
            Do.SAVE: self._save_row,
        }
        if place.id is not None or place.draft:
            found[Do.DUPLICATE] = self.duplicate
            found[Do.DELETE] = self.delete
        return found

    def _save_row(self) -> None:
        self.table.save_row()

    def hints(self) -> Sequence[Hint]:
        from school_logistics.ui.help_panel import table_hints

        front = self.views.front()
        if front is not None:
            return [*front.hints(), *super().hints()]
        return [*table_hints(), *super().hints()]

    def refresh(self, keys: frozenset[str]) -> None:
        self.views.refresh(keys)
        if not keys or keys & self.relevant:
            self.table.refresh()
            self.form.forget_notes()
            self._settle()
            if self.side.top() is self.history:
                self.tell_history()

    def show_month(self) -> None:
        month = self.month()
        if month is None or month == self._shown_month:
            return
        self._shown_month = month
        self.head.set_month(month.year, month.number)
        self.table.set_month(month)
        front = self.views.front()
        if front is not None:
            front.show_month()
        self._settle()

    def focus_start(self) -> None:
        front = self.views.front()
        if front is None:
            self.table.focus_table()
        else:
            front.focus_start()

    def next_pane(self) -> None:
        top = self.side.top()
        if top is not None and not self.side.has_focus():
            if isinstance(top, RecordForm):
                top.focus_field(self.table.current_key())
            else:
                top.close_button.setFocus()
        elif (front := self.views.front()) is not None and not self.side.has_focus():
            front.next_pane()
        else:
            self.focus_start()

    def current_id(self) -> int | None:
        front = self.views.front()
        return self.table.current().id if front is None else front.current_id()

    def query(self) -> Query:
        return self.table.query()

    def take(self, number: int) -> bool:
        front = self.views.front()
        return self.beginnings.take(number) if front is None else front.take(number)

    def undo_typing(self) -> bool:
        front = self.views.front()
        return self.table.undo_typing() if front is None else front.undo_typing()

    def close_panel(self) -> bool:
        front = self.views.front()
        return super().close_panel() or (front is not None and front.close_panel())

    def leave(self) -> bool:
        """A changed row is saved before another page is shown; one that is refused waits here as it is."""
        self.table.view.finish_editing()
        if self.table.current().draft and self.table.current().id is not None:
            self.table.save_row()
        front = self.views.front()
        return front is None or front.leave()

    def unsaved(self) -> str:
        told = (self._unsaved_rows(), *(view.unsaved() for view in self.views.built()))
        return "；".join(one for one in told if one)

    def _unsaved_rows(self) -> str:
        self.table.save_all()
        model = self.table.model.rows
        changed = [row for row in model.unsaved_rows() if row < model.stored]
        begun = [row for row in model.unsaved_rows() if row >= model.stored]
        if not changed and len(begun) <= 1:
            return ""
        many = len(changed) + max(len(begun) - 1, 0)
        return f"{self.ledger.label}还有 {many} 行没有存上"

    def keep_state(self) -> None:
        kept: dict[str, object] = {"view": self.views.key} if self.views.key != TABLE else {}
        self.around.settings.tables[self.ledger.key] = self.table.state() | kept
        for view in self.views.built():
            view.keep_state()

    # --- what the table tells ----------------------------------------------------------------------

    def _current_changed(self, _place: RowPlace) -> None:
        if self.side.top() is self.history:
            self.tell_history()
        self.show_able()

    def _cell_changed(self, _key: str, where: str) -> None:
        self._where = where
        self.placed.emit(where)

    def _objected(self, sentence: str, clause: str) -> None:
        if sentence:
            self._blamed = True
            place, key = self.table.current(), self.table.current_key()
            objection = self.table.model.rows.objection(place.row, key) if place.row >= 0 and key else None
            grave = objection is None or objection.level is not Level.WARNING
            known = objection is not None and objection.sentence == sentence
            late = (grave and known) or self.table.refusal() == (sentence, clause)
            self.said.emit(f"{sentence}　{clause}".strip("　"), "late" if late else "soon")
        elif self._blamed:
            self._blamed = False
            self.said.emit("", "")

    def _saved(self, _one: int, sentence: str) -> None:
        self._blamed = False
        self.acted.emit(sentence)
        self._settle()

    def _acted(self, sentence: str) -> None:
        self._blamed = False
        self.message.emit(Message(sentence, undoable=True, icon="list-checks"))
        self._settle()

    def _block_refused(self, title: str, troubles: Sequence[CellTrouble]) -> None:
        """What happened first, then the first cell in the way and how many more: a bar has one line."""
        more = f"（另有 {len(troubles) - 1} 处）" if len(troubles) > 1 else ""
        self.message.emit(Message(f"没有{title}，一行都没写入", f"{troubles[0]}{more}", tone="late"))

    def _new_wanted_in_cell(self, target: str, typed: str) -> None:
        place, key = self.table.current(), self.table.current_key()

        def took(one: int) -> None:
            self.table.view.go(place.row, self.table.model.rows.column_of(key) or 0)
            self.table.set_value(key, one)
            self.table.focus_table()

        self.begin_elsewhere(self.ledger.field(key).label, target, typed, took)

    def _settle(self) -> None:
        """Fact, buttons and empty page follow what the table holds."""
        self._tell_fact()
        self.beginnings.offer()
        self.show_able()

    def _tell_fact(self) -> None:
        front = self.views.front()
        if front is not None and (told := front.fact()):
            self.head.set_fact(told, icon="clock")
            return
        gaps = sum(1 for one in self.around.standing.wanting if one.ledger == self.ledger.key)
        self.head.set_fact(self._last_day(), icon="clock", gaps=gaps)

    def tell_standing(self) -> None:
        front = self.views.front()
        if front is not None:
            front.tell_standing()
        self._tell_fact()
        super().tell_standing()

    def _last_day(self) -> str:
        """Up to which day the month is written down."""
        if not self.ledger.happened:
            return ""
        from school_logistics.services.rows import Query

        latest = Query(self.month(), sort=self.ledger.happened, descending=True)
        rows = self.desk.first_page(self.ledger, latest, 1)
        if not rows:
            return ""
        place = next(place for place, one in enumerate(self.ledger.fields) if one.key == self.ledger.happened)
        day = rows[0].values[place]
        return f"记到 {day:%m-%d}" if isinstance(day, date) else ""

    # --- deeds -------------------------------------------------------------------------------------

    def _to_table(self) -> None:
        """Back to the table, for what another view cannot show."""
        if self.views.key != TABLE:
            self._bring(TABLE)

    def new(self) -> None:
        """To the blank row; filters that would hide what is typed there come off."""
        if self.table.query().narrowed:
            self.table.clear_filters()
        self.table.go_to_blank()
        if self.side.top() is self.form and self.form.has_focus():
            self.form.focus_field()
        else:
            self.table.focus_table()

    def duplicate(self) -> None:
        """Begin a row like the current one."""
        if self.table.duplicate():
            self.said.emit("照这一行另起了一行，改好按 Ctrl+Enter 存上。", "")
            self.table.focus_table()

    def delete(self) -> None:
        """Delete the selected records without asking; the message bar offers to take it back."""
        ids = self.table.selected_ids()
        if not ids:
            self._give_up_row()
            return
        if len(ids) <= _AT_ONCE:
            try:
                sentence = self.desk.remove(self.ledger, ids)
            except OfficeError as refusal:
                self.tell_trouble(refusal)
            else:
                self._deleted(sentence)
            return
        self.said.emit(f"正在删除 {len(ids):,} 行……", "")
        self.around.jobs.start(
            lambda _progress: self.desk.remove(self.ledger, ids), done=self._deleted, failed=self.tell_trouble
        )

    def _deleted(self, sentence: str) -> None:
        self.said.emit("", "")
        safe = "本月合计跟着变；做过的操作里一直在。" if self.ledger.happened else "做过的操作里一直在。"
        self.message.emit(Message(f"{sentence}。", safe, icon="trash-2", undoable=True))

    def _give_up_row(self) -> None:
        one, values = self.current_id(), self.table.draft()
        if self.table.discard_row():
            self._given_up(one, values)

    def _given_up(self, one: int | None, values: Draft) -> None:
        """A row that was never saved is gone from the screen only: it can be had back."""
        what = "这一行的改动" if one is not None else "没有存的一行"
        back = MessageAction("找回", lambda: self._bring_back(one, values), bordered=True, icon="undo-2")
        self.message.emit(Message(f"已放弃{what}。", "已经存好的没有动。", actions=(back,)))
        self.table.focus_table()

    def _bring_back(self, one: int | None, values: Draft) -> None:
        if one is None:
            self.table.go_to_blank()
        elif not self.table.go_to(one):
            return
        for field in self.ledger.fields:
            if field.writable and values.get(field.key) is not None:
                self.table.set_value(field.key, values[field.key])
        self.table.focus_table()

    def toggle_form(self) -> None:
        """F4: open the form at the current field, go into it, or close it again."""
        if self.side.top() is not self.form:
            self.open_side(self.form)
            self.form.show_record()
            self.form.focus_field(self.table.current_key())
        elif self.form.has_focus():
            self.close_side(self.form)
        else:
            self.form.focus_field(self.table.current_key())

    def show_record(self, one: int, key: str = "") -> bool:
        front = self.views.front()
        if front is not None and front.show_record(one, key):
            return True
        self._to_table()
        found = self.table.go_to(one, key)
        if not found and self.table.query().narrowed:
            self.table.clear_filters()
            found = self.table.go_to(one, key)
        if not found:
            return False
        if key:
            self._go_to_field(key)
        else:
            self.table.focus_table()
        return True

    def begin_on(self, day: date | None) -> None:
        """Go to the blank row, with a day in it if one is given; a view in front may have its own place for that."""
        front = self.views.front()
        if front is not None and front.begin_on(day):
            return
        self._to_table()
        self.new()
        if day is not None and self.ledger.happened and self.ledger.field(self.ledger.happened).kind.name == "day":
            self.table.set_value(self.ledger.happened, day)

    def next_missing(self) -> None:
        """First through what is wrong in the row that is being typed, then through what the month lacks."""
        wrong = [one for one in self.table.objections() if one.level is not Level.WARNING]
        if not self.table.current().draft or not wrong:
            super().next_missing()
            return
        here = self._order(self._focused_key())
        ahead = [one for one in wrong if self._order(one.field) > here]
        target = (ahead or wrong)[0]
        self._go_to_field(target.field)
        self.said.emit(f"{target.sentence}　{target.clause}".rstrip("　"), "late")

    def _go_to_hidden_trouble(self, key: str) -> None:
        """The side form opens at a field that keeps the row from being saved and that the table cannot show."""
        self._go_to_field(key)
        told = self.table.refusal()
        if told is not None:
            self.said.emit("　".join(part for part in told if part), "late")

    def _go_to_field(self, key: str) -> None:
        """The keyboard to a field of the current row: in the form where that is open or the table lacks the field."""
        column = self.table.model.rows.column_of(key)
        if column is not None and self.side.top() is not self.form:
            self.table.view.go(self.table.current().row, column)
            self.table.focus_table()
        else:
            self.open_side(self.form)
            self.form.show_record()
            self.form.focus_field(key)

    def has_passed(self, one: int | None, key: str) -> bool:
        place = self.table.current()
        if one is None or place.row < 0:
            return one is None and place.id is None
        row = self.table.model.rows.row_of(one)
        if row is None or row > place.row:
            return False
        return row < place.row or self._order(key) <= self._order(self._focused_key())

    def _focused_key(self) -> str:
        """The field under the keyboard, in the form or in the table."""
        return self.form.current_key() or self.table.current_key()

    def _order(self, key: str) -> int:
        keys = [field.key for field in self.ledger.fields]
        return keys.index(key) if key in keys else -1
