"""The record behind a side form: the current row of a table, or a record of its own.

Both answer the same questions, so that one form serves the row that is being typed in the table, a new supplier begun
from a chooser, and the school's own file, which has no table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from school_logistics.errors import Unacceptable
from school_logistics.ui.row_drafts import RowDraft, blame, put_value, take_back, type_text

if TYPE_CHECKING:
    from school_logistics.models.checks import Objection
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft
    from school_logistics.ui.record_table import RecordTable


class FormRecord(Protocol):
    """What a form asks of the record it shows."""

    @property
    def desk(self) -> Desk:
        """The one door to the store."""

    @property
    def ledger(self) -> Ledger:
        """Whose record it is."""

    @property
    def changed(self) -> SignalInstance:
        """Something about the record is different now."""

    def id(self) -> int | None:
        """The number of the record; None while it is new."""

    def tag(self) -> str:
        """补录, 导入, 待补资料 or nothing."""

    def values(self) -> Draft:
        """The values as they are now."""

    def typed(self) -> dict[str, str]:
        """What was typed and cannot be read, by field key."""

    def objections(self) -> tuple[Objection, ...]:
        """Everything there is against it."""

    def unsaved(self) -> bool:
        """Whether there is anything to save."""

    def type_text(self, key: str, text: str) -> None:
        """Write what was typed into a field."""

    def put(self, key: str, value: object) -> None:
        """Write a value picked from suggestions."""

    def save(self) -> bool:
        """Keep it; False when it is refused, with all objections then shown."""

    def discard(self) -> bool:
        """Give up what is not saved; False when there was nothing."""


class TableRow(QObject):
    """The current row of a table."""

    changed = Signal()

    def __init__(self, table: RecordTable) -> None:
        """Follow the table."""
        super().__init__(table)
        self._table = table
        self.desk, self.ledger = table.model.desk, table.ledger
        table.objections_changed.connect(self.changed)  # the last thing a table tells of its current row

    def id(self) -> int | None:
        """The number of the record; None in a new or blank row."""
        return self._table.current().id

    def tag(self) -> str:
        """补录, 导入, 待补资料 or nothing."""
        row = self._table.current().row
        return self._table.model.tag(row) if row >= 0 else ""

    def values(self) -> Draft:
        """The row's values."""
        return self._table.draft()

    def typed(self) -> dict[str, str]:
        """What cannot be read."""
        return self._table.typed_texts()

    def objections(self) -> tuple[Objection, ...]:
        """Everything there is against the row."""
        return self._table.objections()

    def unsaved(self) -> bool:
        """Whether the row is a draft."""
        return self._table.current().draft

    def type_text(self, key: str, text: str) -> None:
        """Write as if it were typed in the table."""
        self._table.type_value(key, text)

    def put(self, key: str, value: object) -> None:
        """Write a picked value."""
        self._table.set_value(key, value)

    def save(self) -> bool:
        """Save the row; the table tells what was saved."""
        return self._table.save_row()

    def discard(self) -> bool:
        """Give up what was typed into the row."""
        return self._table.discard_row()


class LooseRecord(QObject):
    """A record without a table."""

    changed = Signal()
    saved = Signal(int, str)
    """Number of the record and a sentence."""

    def __init__(
        self, desk: Desk, ledger: Ledger, one: int | None = None, given: Draft | None = None,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        """Show record `one`, or begin a new one with the values `given`."""
        super().__init__(parent)
        self.desk, self.ledger = desk, ledger
        self._draft = self._loaded(one, given or {})

    def _loaded(self, one: int | None, given: Draft) -> RowDraft:
        values = self.desk.blank(self.ledger) if one is None else self.desk.draft(self.ledger, one)
        begun = self.desk.complete(self.ledger, values | given) if one is None else values
        return RowDraft(one, begun, dict(values))

    def load(self, one: int | None) -> None:
        """Show another record, or this one as it is kept now."""
        self._draft = self._loaded(one, {})
        self.changed.emit()

    def id(self) -> int | None:
        """The number of the record; None while it is new."""
        return self._draft.id

    def tag(self) -> str:
        """Nothing: a record without a table tells where it came from in its history."""
        return ""

    def values(self) -> Draft:
        """The values as they are now."""
        return dict(self._draft.values)

    def typed(self) -> dict[str, str]:
        """What cannot be read."""
        return dict(self._draft.typed)

    def objections(self) -> tuple[Objection, ...]:
        """Everything there is against it."""
        return self._draft.troubles

    def unsaved(self) -> bool:
        """Whether there is anything to save."""
        return self._draft.changed

    def type_text(self, key: str, text: str) -> None:
        """Read what was typed; what cannot be read stays as it was typed."""
        type_text(self.desk, self.ledger, self._draft, key, text)
        self.changed.emit()

    def put(self, key: str, value: object) -> None:
        """Write a picked value."""
        put_value(self.desk, self.ledger, self._draft, key, value)
        self.changed.emit()

    def take_back(self) -> bool:
        """Undo the last field typed; False when nothing was typed."""
        done = take_back(self.desk, self.ledger, self._draft)
        if done:
            self.changed.emit()
        return done

    def save(self) -> bool:
        """Keep it; `saved` tells the number and a sentence."""
        draft = self._draft
        if draft.typed:
            blame(draft, self._examined())
            self.changed.emit()
            return False
        try:
            kept = self.desk.save(self.ledger, draft.values, draft.id)
        except Unacceptable as refusal:
            blame(draft, refusal.objections)
            self.changed.emit()
            return False
        self.load(kept.id)
        self.saved.emit(kept.id, kept.sentence)
        return True

    def _examined(self) -> tuple[Objection, ...]:
        found = self.desk.examine(self.ledger, self._draft.values, self._draft.id)
        return tuple(one for one in found if one.field not in self._draft.typed)

    def discard(self) -> bool:
        """Go back to what is kept, or to a blank record."""
        if not self._draft.changed:
            return False
        self.load(self._draft.id)
        return True
