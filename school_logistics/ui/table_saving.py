"""When rows of a table are saved: on leaving a row, by Ctrl+Enter, after the last field of a new one; and when not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from school_logistics.errors import OfficeError, Unacceptable
from school_logistics.ui.row_book import RowKind
from school_logistics.ui.table_model import Picked
from school_logistics.ui.table_summary import saved_sentence

if TYPE_CHECKING:
    from school_logistics.ui.table_model import RecordTableModel
    from school_logistics.ui.table_view import RecordView


class TableSaving(QObject):
    """Saves the rows of one view; what is refused stays in its row as it was typed, with its marks."""

    saved = Signal(object, str)
    """Id of the record, and a sentence."""
    objected = Signal(str, str)
    trouble = Signal(str)
    settled = Signal()
    """The current row is another kind of row now, or has other objections."""

    def __init__(self, model: RecordTableModel, view: RecordView) -> None:
        """Listen to the view's keys and to where the current cell goes."""
        super().__init__(view)
        self._model, self._view = model, view
        self._leaving_as_draft = False
        view.row_left.connect(self._row_left)
        view.save_wanted.connect(self._save_wanted)
        view.escaped.connect(self._escape)

    def save(self, row: int) -> bool:
        """Save a row; True also when there is nothing to save, False when it is refused."""
        if self._model.rows.draft_at(row) is None:
            return True
        try:
            saved = self._model.save(row)
        except Unacceptable as refusal:
            self.objected.emit(refusal.objections[0].sentence, refusal.objections[0].clause)
            self.settled.emit()
            return False
        except OfficeError as trouble:
            self.trouble.emit(str(trouble))
            return False
        if saved is not None:
            shown = self._model.rows.row_of(saved.id)
            self.settled.emit()
            self.saved.emit(saved.id, saved_sentence(self._model, row if shown is None else shown))
        return True

    def save_all(self) -> bool:
        """Save every unsaved row that is shown; False when one of them is refused."""
        for row in reversed(self._model.rows.unsaved_rows()):
            self._drop_if_empty(row)
        # A new row that is saved goes before the refused ones; those after it keep their places.
        return all([self.save(row) for row in self._model.rows.unsaved_rows()])  # noqa: C419 - all are tried

    def _drop_if_empty(self, row: int) -> bool:
        """A new row that nothing was written in, or whose text was taken out again, is no record and no draft."""
        draft = self._model.rows.draft_at(row)
        return draft is not None and draft.empty and self._model.discard(row)

    def go_to_blank(self) -> None:
        """Make the blank row current, at its first field to fill."""
        rows = self._model.rows
        column = rows.column_of(rows.first_to_fill())
        self._view.go(rows.blank_row, self._view.visual_columns()[0] if column is None else column)

    def _row_left(self, left: int, entered: int) -> None:
        if entered >= 0 and not self._leaving_as_draft:
            self.save(left)

    def _save_wanted(self, row: int) -> None:
        """On to a new row, or to the first field that is in the way."""
        new = self._model.rows.place(row).kind is RowKind.NEW
        if not self.save(row):
            self._go_to_trouble(row)
        elif new:
            self.go_to_blank()

    def _go_to_trouble(self, row: int) -> None:
        for one in self._model.rows.objections(row):
            column = self._model.rows.column_of(one.field)
            if column is not None:
                self._view.go(row, column)
                self.objected.emit(one.sentence, one.clause)
                return

    def _escape(self, row: int) -> None:
        """Restore the cell; when there is nothing to restore, leave the row as a draft."""
        draft = self._model.rows.draft_at(row)
        if draft is None:
            return
        key = self._view.current_key()
        if key in draft.typed or draft.values.get(key) != draft.original.get(key):
            self._model.put(row, key, Picked(draft.original.get(key)))
            return
        if self._drop_if_empty(row):
            self.go_to_blank()
            return
        self._leaving_as_draft = True
        try:
            self.go_to_blank()
        finally:
            self._leaving_as_draft = False
        self.objected.emit(f"第 {row + 1:,} 行留作草稿，还没有保存", "")
