"""The page of a ledger that has one record only, such as the school itself: its form, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from school_logistics.ui.commands import Do
from school_logistics.ui.form_record import LooseRecord
from school_logistics.ui.ledger_page import LedgerPage
from school_logistics.ui.message_bar import MessageAction
from school_logistics.ui.office_page import Message
from school_logistics.ui.parts import Panel
from school_logistics.ui.record_form import RecordForm

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from school_logistics.models.ledger import Ledger
    from school_logistics.services.rows import Draft
    from school_logistics.ui.office_page import Surroundings

_WIDTH = 640


class SinglePage(LedgerPage):
    """The form of the one record."""

    def __init__(self, around: Surroundings, ledger: Ledger) -> None:
        """Show the record, or a blank one while there is none."""
        super().__init__(around, ledger)
        self.record = LooseRecord(self.desk, ledger, self._only(), parent=self)
        self.form = RecordForm(around.theme, self.record, title=ledger.label)
        self.form.stand_alone(ledger.about)
        self.form.setFixedWidth(around.theme.px(_WIDTH))
        ground = Panel(around.theme, "surface")
        row = QHBoxLayout(ground)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.form)
        row.addStretch(1)
        self.middle.addWidget(ground)
        self.record.saved.connect(lambda _one, _sentence: self.acted.emit(f"{ledger.label}已存"))
        self.record.changed.connect(self.show_able)
        self.form.refused.connect(self.tell_refusal)
        self.form.given_up.connect(self._given_up)
        self.form.new_wanted.connect(
            lambda key, target, typed: self.begin_elsewhere(
                ledger.field(key).label, target, typed, lambda one: self.form.put(key, one)
            )
        )
        self.show_able()

    def _only(self) -> int | None:
        from school_logistics.services.rows import Query

        rows = self.desk.first_page(self.ledger, Query(), 1)
        return rows[0].id if rows else None

    def deeds(self) -> Mapping[Do, Callable[[], None]]:
        return {**super().deeds(), Do.SAVE: self._save}

    def _save(self) -> None:
        self.form.save()

    def refresh(self, keys: frozenset[str]) -> None:
        if (not keys or keys & self.relevant) and not self.record.unsaved():
            only = self._only()
            if only != self.record.id() or only is not None:
                self.record.load(only)

    def focus_start(self) -> None:
        self.form.focus_field(self.form.current_key())

    def next_pane(self) -> None:
        self.focus_start()

    def current_id(self) -> int | None:
        return self.record.id()

    def show_record(self, one: int, key: str = "") -> bool:
        self.form.focus_field(key)
        return True

    def undo_typing(self) -> bool:
        return self.record.take_back()

    def unsaved(self) -> str:
        if not self.record.unsaved() or self.form.save():
            return ""
        return f"{self.ledger.label}的改动没有存上"

    def has_passed(self, one: int | None, key: str) -> bool:
        keys = [field.key for field in self.ledger.fields]
        here = self.form.current_key()
        return here in keys and key in keys and keys.index(key) <= keys.index(here)

    def _given_up(self, _one: int | None, values: Draft) -> None:
        back = MessageAction("找回", lambda: self._bring_back(values), bordered=True, icon="undo-2")
        self.message.emit(Message("已放弃没有存的改动。", "已经存好的没有动。", actions=(back,)))

    def _bring_back(self, values: Draft) -> None:
        for field in self.ledger.fields:
            if field.writable and values.get(field.key) is not None:
                self.record.put(field.key, values[field.key])
