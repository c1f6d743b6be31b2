"""Delivery notes as they are typed: the head once, the lines below it, their sum against the ticket beside it.

A supplier whose papers have run out stops at the head, before a line is typed. Everything is saved as one act; what is
half typed waits.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QVBoxLayout

from school_logistics.errors import OfficeError
from school_logistics.services.delivery_entry import OF_THE_NOTE, Delivery, DeliveryEntry
from school_logistics.services.entry_row import SheetRefused
from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.commands import Do
from school_logistics.ui.entry_bar import EntryBar
from school_logistics.ui.office_page import Hint, Message
from school_logistics.ui.once_strip import OnceStrip
from school_logistics.ui.period_picker import PeriodPicker
from school_logistics.ui.sheet_page import SheetPage
from school_logistics.ui.sheet_table import SheetTable
from school_logistics.ui.table_totals import TotalsLine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from school_logistics.models.ledger import Ledger
    from school_logistics.services.delivery_entry import NoteKey
    from school_logistics.ui.office_page import Surroundings

NEW_KEY, SAVE_KEY = "Ctrl+N", "Ctrl+S"
_NEW = "新送货单"


class DeliveryPage(SheetPage):
    """One delivery note at a time."""

    left_after_deleting = "送货单的其他行没有动。"
    above_lines = "票头"

    def __init__(self, around: Surroundings, ledger: Ledger) -> None:
        """Begin with a new note, or the one that was left half typed."""
        super().__init__(around, ledger)
        self.relevant |= {"delivery_note"}
        self._entry = DeliveryEntry(self.desk)
        self._known: list[NoteKey] = []
        self._shown_month = self.month()
        self._saving = False
        self._stopped = ""
        self.delivery: Delivery | None = None
        self.totals: TotalsLine | None = None
        self.picker = PeriodPicker(around.theme)
        self.new_button = Button(around.theme, _NEW, icon="plus", look=Look.QUIET)
        self.save_button = Button(around.theme, "保存", icon="check", look=Look.PRIMARY, key=SAVE_KEY)
        self._lay_out()
        self._connect()
        self._read(None)

    def _lay_out(self) -> None:
        self.bar = EntryBar(self.around.theme, (self.picker, self.new_button), ((self.save_button, SAVE_KEY),))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.bar)

    def _connect(self) -> None:
        self.picker.picked.connect(self.open)
        self.new_button.clicked.connect(self.begin)
        self.save_button.clicked.connect(self.save)
        self.bind(
            (
                (SAVE_KEY, self.save),
                ("Alt+Left", lambda: self.picker.step(-1)),
                ("Alt+Right", lambda: self.picker.step(1)),
            )
        )

    # --- which note --------------------------------------------------------------------------------

    def _read(self, key: NoteKey | None) -> None:
        """Read the notes of the month anew and show one of them, or the new one."""
        self._known = self._entry.known(self.month())
        names = [self._name(one) for one in self._known]
        self.picker.offer([*names, _NEW], [""] * (len(names) + 1), -1)
        self.open(self._known.index(key) if key in self._known else len(names))

    def _name(self, key: NoteKey) -> str:
        supplier = self.desk.show(self.ledger, "supplier", key.supplier)
        return f"{key.day:%m-%d} {supplier} {key.note_no or ''}".rstrip()

    def open(self, place: int) -> None:
        """Show a note of the month; the last one is the new one."""
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self.settle_typing()
        new = place >= len(self._known)
        delivery = self._entry.begin() if new else self._entry.open(self._known[place])
        self.picker.show_place(min(place, len(self._known)))
        self.new_button.setVisible(not new)
        self.bar.fit()
        self._show(delivery)
        if had_focus:
            self.focus_start()
        if delivery.kept:
            self.said.emit(f"上次打到一半的送货单还在：{delivery.kept} 行，保存了才算数。", "soon")

    def begin(self) -> None:
        """To the new note."""
        self.open(len(self._known))
        self.focus_start()

    def _show(self, delivery: Delivery) -> None:
        for widget in (self.strip, self.table, self.totals):
            if widget is not None:
                self._column.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        theme = self.around.theme
        self.delivery = delivery
        strip = self.strip = OnceStrip(theme, self.desk, self._entry.head(), self._read_head)
        table = self.table = SheetTable(theme, delivery.sheet)
        totals = self.totals = TotalsLine(theme, table.model, table.view.head, self)
        self._column.addWidget(strip)
        self._column.addWidget(table, 1)
        self._column.addWidget(totals)
        strip.written.connect(self._head_written)
        strip.refused.connect(lambda sentence, _key: self.said.emit(sentence, "late"))
        strip.done.connect(self._to_lines)
        strip.new_wanted.connect(self._new_in_head)
        table.changed.connect(self._changed)
        self.connect_table(table)
        table.save_wanted.connect(self.save)
        table.view.laid_out.connect(lambda: totals.set_gutter(table.view.gutter.width()))
        table.start()
        self._tell()

    def _read_head(self, key: str, text: str) -> object:
        ledger = self._entry.notes if key in OF_THE_NOTE else self.ledger
        return self.desk.read(ledger, key, text)

    # --- what is written ---------------------------------------------------------------------------

    def shared_values(self) -> dict[str, object]:
        note = self.delivery.note if self.delivery is not None else {}
        return {**super().shared_values(), **note}

    def _head_written(self, key: str, value: object) -> None:
        if self.delivery is None or self.table is None:
            return
        self._entry.set_head(self.delivery, key, value)
        self.table.model.show_again()

    def _changed(self) -> None:
        if self.delivery is None:
            return
        try:
            self._entry.keep(self.delivery)
        except OfficeError as trouble:
            self.message.emit(Message(str(trouble), tone="late"))
        self._tell()

    def _tell(self) -> None:
        """Head, sum and buttons follow what is written."""
        delivery, strip, table, totals = self.delivery, self.strip, self.table, self.totals
        if delivery is None or strip is None or table is None or totals is None:
            return
        stopped = self._entry.stopped_by(delivery)
        difference = delivery.difference
        unlike = bool(difference)
        quiet = {"exception"} if stopped is None and not delivery.sheet.common.get("exception") else set()
        quiet |= set() if (unlike and delivery.lines) or delivery.note.get("reason") else {"reason"}
        strip.leave_out(quiet)
        strip.show_values(self.shared_values())
        strip.blocks["supplier"].editor.set_refused(stopped is not None)
        table.setEnabled(stopped is None)
        strip.say(stopped.sentence if stopped else "", stopped.clause if stopped else "")
        self._stopped = stopped.sentence if stopped else ""
        amount = self.ledger.field("amount").kind
        totals.set_counts(len(delivery.lines), len(delivery.lines))
        totals.set_sums({"amount": amount.show(delivery.total)})
        self._tell_difference(totals, difference)
        self.save_button.setEnabled(delivery.changed and stopped is None)
        self.deeds_changed.emit()

    def _tell_difference(self, totals: TotalsLine, difference: Decimal | None) -> None:
        if difference is None or self.delivery is None:
            totals.set_check("没有填票面金额" if self.delivery and self.delivery.lines else "")
            return
        ticket = self._entry.notes.field("ticket_total").kind.show(self.delivery.note["ticket_total"])
        if not difference:
            totals.set_check(f"票面 {ticket}", "与票面相符", "ok")
            return
        told = "已说明" if self.delivery.note.get("reason") else "各行少" if difference > 0 else "各行多"
        tone = "soon" if self.delivery.note.get("reason") else "late"
        totals.set_check(f"票面 {ticket}", f"差 {abs(difference):,.2f}（{told}）", tone)

    def _to_lines(self) -> None:
        """From the head on to the lines, unless the supplier may not deliver."""
        if self.table is None:
            return
        if self._stopped:
            if self.strip is not None:
                self.strip.ask_for(["supplier"])
        else:
            self.focus_lines()

    def _new_in_head(self, key: str, target: str, typed: str) -> None:
        label = self.ledger.field(key).label
        self.begin_elsewhere.emit(label, target, typed, lambda one: self._take_new(key, one))

    def _take_new(self, key: str, one: int) -> None:
        if self.strip is not None:  # another one than before, where the sheet was read anew meanwhile
            self.strip.fill(key, one)

    # --- saving ------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep head and lines as one act; what is refused is shown where it stands, and nothing is lost."""
        if self.delivery is None or self.table is None or self.strip is None:
            return
        self.settle_typing()
        self._saving = True
        try:
            lines = self._entry.save(self.delivery)
        except SheetRefused as refusal:
            self._show_refusal(refusal)
            return
        except OfficeError as trouble:
            self.message.emit(Message(f"送货单没有保存：{trouble}", "打的都还在。", tone="late"))
            return
        finally:
            self._saving = False
        number = self.delivery.sheet.common.get("note_no") or ""
        self._read(None)
        self.focus_start()
        self.acted.emit(f"已存送货单 {number} {lines} 行".replace("  ", " "))

    def _show_refusal(self, refusal: SheetRefused) -> None:
        assert self.delivery is not None  # noqa: S101 - only called with a note
        if self.strip is None or self.table is None:
            return
        self.table.model.show_again()
        wanting = self._entry.wanting(self.delivery)
        if wanting:
            self.strip.leave_out(())
            self._tell()
            self.strip.ask_for([one.field for one in wanting])
            self.said.emit(f"{wanting[0].sentence}。送货单还没存，打的都在", "late")
            return
        self.go_to_trouble(str(refusal))

    # --- for the window ----------------------------------------------------------------------------

    def deeds(self) -> Mapping[Do, Callable[[], None]]:
        found: dict[Do, Callable[[], None]] = {Do.NEW: self.begin}
        if self.delivery is not None and self.delivery.changed:
            found[Do.SAVE] = self.save
        if self.held():
            found[Do.DELETE] = self.delete
        if self.table is not None and self.table.sheet.begun:
            found[Do.NEXT_MISSING] = self._next_missing
        return found

    def _next_missing(self) -> None:
        if self.table is not None and not self.table.go_to_trouble():
            self.asked.emit(Do.NEXT_MISSING)

    def show_month(self) -> None:
        if self.month() != self._shown_month:
            self._shown_month = self.month()
            self._read(None)

    def refresh(self, keys: frozenset[str]) -> None:
        """Notes and lines are read anew; a name registered meanwhile leaves what is typed as it stands."""
        if self._saving:
            return
        if keys and not keys & {self.ledger.key, "delivery_note"}:
            self._tell()
            return
        place = self.picker.place
        self._read(self._known[place] if place < len(self._known) else None)

    def focus_start(self) -> None:
        """A new note begins in its head; one that stands in its lines."""
        if self.strip is not None and self.delivery is not None and not self.delivery.lines:
            self.strip.focus_first()
        else:
            self.focus_lines()

    def unsaved(self) -> str:
        """A new note waits half typed; changes to one that stands do not."""
        if self.delivery is None or self.delivery.name.endswith("@new") or not self.delivery.changed:
            return ""
        return f"送货单 {self.picker.middle.text()} 改了还没存"

    def show_record(self, one: int, key: str = "") -> bool:
        note = self._entry.key_of(one)
        if note is None or note not in self._known:
            return False
        self.open(self._known.index(note))
        rows = self.table.sheet.rows if self.table is not None else []
        row = next((place for place, line in enumerate(rows) if line.id == one), None)
        if row is None or self.table is None:
            return False
        self.table.go_to(row, key)
        return True

    def begin_on(self, day: date | None) -> bool:
        self.begin()
        if day is not None:
            self._head_written("bought_on", day)
        return True

    def hints(self) -> Sequence[Hint]:
        keys = (
            ("票头填一次，回车到下一格，填完到第一行", "Enter"),
            ("品名打首字母，单位、上次单价自动带出", "jt"),
            ("打完一行接着下一行", "Enter"),
            ("保存整张，一步可撤销", f"{SAVE_KEY} Ctrl+Enter"),
            ("新送货单", NEW_KEY),
            ("上一张、下一张", "Alt+← Alt+→"),
        )
        return [Hint(words, key, group="按送货单登记") for words, key in keys]


class HeadsPage(DeliveryPage):
    """The same beside the table of the heads: it begins with a note of which only the head was written."""

    def __init__(self, around: Surroundings, ledger: Ledger) -> None:
        """`ledger` is that of the heads; lines are typed into that of the deliveries."""
        del ledger
        super().__init__(around, around.office.desk.ledger("food_purchase"))

    def _read(self, key: NoteKey | None) -> None:
        super()._read(key or self._entry.without_lines(self.month()))

    def current_id(self) -> int | None:
        return self.delivery.id if self.delivery is not None else None

    def show_record(self, one: int, key: str = "") -> bool:
        note = self._entry.note_of(one)
        if note is None or note not in self._known:
            return False
        self.open(self._known.index(note))
        self.focus_start()
        return True
