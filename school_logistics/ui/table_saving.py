"""When rows of a table are saved: on leaving a row, by Ctrl+Enter, after the last field of a new one; and when not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from school_logistics.errors import OfficeError, Unacceptable
from school_logistics.models.checks import Level
from school_logistics.ui.cell_model import Picked
from school_logistics.ui.row_book import RowKind
from school_logistics.ui.table_summary import saved_sentence

if TYPE_CHECKING:
    from school_logistics.models.checks import Objection
    from school_logistics.ui.table_model import RecordTableModel
    from school_logistics.ui.table_view import RecordView


class TableSaving(QObject):
    """Saves the rows of one view; what is refused stays in its row as it was typed, with its marks."""

    saved = Signal(object, str)
    """Id of the record, and a sentence."""
    objected = Signal(str, str)
    trouble = Signal(str)
    out_of_sight = Signal(str)
    """The key of a field that is in the way and stands in no column."""
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
            self.objected.emit(*(self.refusal(row) or (refusal.objections[0].sentence, refusal.objections[0].clause)))
            self.settled.emit()
            return False
        except OfficeError as trouble:
            self.trouble.emit(str(trouble))
            return False
        if saved is not None:
            shown = self._model.rows.row_of(saved.id)
            self.settled.emit()
            told = saved_sentence(self._model, row if shown is None else shown)
            self.saved.emit(saved.id, f"{told}；{saved.divided}" if saved.divided else told)
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
        """The keyboard to the first field in the way that has a column; a field without one is asked for outside."""
        wrong = self._in_the_way(row)
        columns = [self._model.rows.column_of(one.field) for one in wrong]
        column = next((one for one in columns if one is not None), None)
        if column is not None:
            self._view.go(row, column)
            self.objected.emit(*(self.refusal(row) or ("", "")))
        elif wrong:
            self.out_of_sight.emit(wrong[0].field)

    def _in_the_way(self, row: int) -> list[Objection]:
        return [one for one in self._model.rows.objections(row) if one.level is not Level.WARNING]

    def refusal(self, row: int) -> tuple[str, str] | None:
        """Why a row that is being typed is not saved, with the clause; None when nothing is known to be in its way."""
        wrong = self._in_the_way(row) if row >= 0 and self._model.rows.draft_at(row) is not None else []
        if not wrong:
            return None
        here = row == self._view.currentIndex().row()
        first = next((one for one in wrong if here and one.field == self._view.current_key()), wrong[0])
        return f"{'这一行' if here else f'第 {row + 1:,} 行'}还没存：{first.sentence}", first.clause

    def standing_refusal(self) -> tuple[str, str] | None:
        """Why the current row, or else any other, still waits to be saved."""
        rows = [self._view.currentIndex().row(), *self._model.rows.unsaved_rows()]
        return next((told for told in map(self.refusal, rows) if told is not None), None)

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
