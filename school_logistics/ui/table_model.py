"""The rows of a table as Qt asks for them.

The row count is fixed when a query is opened, so that the scroll bar tells the truth and the end of a million
rows is one jump away. Every cell is a ready `Cell`; painting asks for it once.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from school_logistics.errors import Unacceptable
from school_logistics.services.rows import Query
from school_logistics.ui.cell_model import CellModel, Index, Picked
from school_logistics.ui.row_book import RowBook, RowPlace
from school_logistics.ui.row_drafts import RowDraft, blame, put_value, take_back, type_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from school_logistics.errors import Objected
    from school_logistics.models.checks import Objection
    from school_logistics.models.ledger import Ledger
    from school_logistics.rules.calendar import Month
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft, Saved
    from school_logistics.ui.jobs import Runner
    from school_logistics.ui.table_pages import TablePages

T = TypeVar("T")

AT_ONCE = 5000
"""So many ids are read without a worker: it takes no longer than a repaint."""

_ROOT = QModelIndex()


class RecordTableModel(CellModel):
    """One ledger under one query, with the rows being typed."""

    typed = Signal(int)
    """A cell of this row was typed, put or taken back."""
    arrived = Signal()
    """The order of all rows is known."""

    def __init__(
        self, desk: Desk, ledger: Ledger, *, runner: Runner | None = None, parent: QObject | None = None
    ) -> None:
        """Show only what was left half-typed until a query is opened."""
        super().__init__(parent)
        self.desk, self.ledger, self._runner = desk, ledger, runner
        self.query = Query()
        self.rows: RowBook = RowBook(desk, ledger, self.query)
        self.columns = self.rows.columns
        self.writing = False
        """True while this table itself changes the ledger, so that it need not read everything again."""

    # --- opening -----------------------------------------------------------------------------------

    def open(self, query: Query) -> None:
        """Show the rows of a query; the first page at once, the order of very many rows when a worker has it."""
        self.beginResetModel()
        self.query = query
        try:
            self.rows.open(query)
            if self.rows.stored <= AT_ONCE or self._runner is None:
                self.rows.pages.take_ids(self.rows.pages.gather())
            else:
                self.rows.pages.read_first_page()
            self.rows.refill_blank()
        finally:
            self.endResetModel()
        if self.rows.pages.ids is None and self._runner is not None:
            self._gather(self._runner, self.rows.pages)
        else:
            self.arrived.emit()

    def _gather(self, runner: Runner, pages: TablePages) -> None:
        def done(ids: array[int]) -> None:
            if pages is self.rows.pages:
                self._take_ids(ids)

        runner.start(lambda _progress: pages.gather(), done=done)

    def _take_ids(self, ids: array[int]) -> None:
        if len(ids) == self.rows.stored:
            self.rows.pages.take_ids(ids)
            self._tell_changed()
        else:
            self.beginResetModel()
            self.rows.pages.take_ids(ids)
            self.rows.forget_drawn()
            self.endResetModel()
        self.arrived.emit()

    def _tell_changed(self, first: int = 0, last: int | None = None) -> None:
        bottom = self.rowCount() - 1 if last is None else last
        self.dataChanged.emit(self.index(first, 0), self.index(bottom, self.columnCount() - 1))

    # --- what Qt asks ------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self.rows.blank_row + 1

    def tag(self, row: int) -> str:
        """导入, 补录, 待补资料 or nothing."""
        return self.rows.tag(row)

    def place(self, row: int) -> RowPlace:
        """What stands in a row."""
        return self.rows.place(row)

    # --- typing ------------------------------------------------------------------------------------

    def lock(self, row: int, key: str) -> Month | None:
        """A record that stands is locked by its month; a row that is being added says so at its day."""
        return super().lock(row, key) if self.rows.place(row).id is not None else None

    def put(self, row: int, key: str, value: object) -> Objection | None:
        """Write a cell: text is read first, `Picked` is taken as it is. Text that cannot be read stays."""
        if self._same(row, key, value):
            return self.rows.objection(row, key)
        refusal = self.refuse_locked(row, key)
        if refusal is not None:
            return refusal
        draft = self.begin_new(self.rows.blank_like()) if row >= self.rows.blank_row else self.rows.begin_change(row)
        if isinstance(value, Picked):
            objection = put_value(self.desk, self.ledger, draft, key, value.value)
        else:
            objection = type_text(self.desk, self.ledger, draft, key, value)
        self._after_typing(row, draft)
        self.objected.emit(objection.sentence if objection else "", objection.clause if objection else "")
        return objection

    def _same(self, row: int, key: str, value: object) -> bool:
        """Whether nothing would change: looking into a cell, or leaving a blank row blank, begins no draft."""
        draft = self.rows.draft_at(row)
        unread = draft.typed.get(key) if draft is not None else None
        if isinstance(value, Picked):
            return unread is None and value.value == self.rows.value(row, key)
        return str(value) == (self.rows.text_of(key, self.rows.value(row, key)) if unread is None else unread)

    def take_back_typing(self, row: int) -> bool:
        """Undo the last cell typed in a row that is not saved yet."""
        draft = self.rows.draft_at(row)
        if draft is None or not take_back(self.desk, self.ledger, draft):
            return False
        self._after_typing(row, draft)
        return True

    def begin_new(self, values: Draft) -> RowDraft:
        """Turn the blank row into a row being written; a new blank row follows it."""
        place = self.rows.blank_row + 1
        self.beginInsertRows(QModelIndex(), place, place)
        draft = self.rows.begin_new(values)
        self.endInsertRows()
        return draft

    def begin_copy(self, values: Draft) -> int:
        """Begin a new row like another one, of today where the ledger goes by days; return its place."""
        copied = {field.key: values.get(field.key) for field in self.ledger.fields if field.writable}
        if self.ledger.happened:
            copied[self.ledger.happened] = self.desk.blank(self.ledger).get(self.ledger.happened)
        draft = self.begin_new(self.desk.complete(self.ledger, copied))
        row = self.rows.blank_row - 1
        self._after_typing(row, draft)
        return row

    def _after_typing(self, row: int, draft: RowDraft) -> None:
        self.rows.keep(draft)
        self.redraw(row)
        self.typed.emit(row)

    def redraw(self, row: int) -> None:
        """Paint a row and its number anew."""
        self.rows.forget_drawn(row)
        self._tell_changed(row, row)
        self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)

    # --- saving ------------------------------------------------------------------------------------

    def save(self, row: int) -> Saved | None:
        """Keep a row; None when there is nothing to keep; a new row that nothing was written in goes.

        Raises Unacceptable with all objections; they are then shown in the row, which stays as it was typed.
        """
        draft = self.rows.draft_at(row)
        if draft is None or draft.given_up:
            return None
        if draft.empty:
            self.discard(row)
            return None
        if draft.typed:
            found = self.desk.examine(self.ledger, draft.values, draft.id)
            self._refuse(row, draft, [one for one in found if one.field not in draft.typed])
        try:
            saved = self._by_itself(lambda: self.desk.save(self.ledger, draft.values, draft.id))
        except Unacceptable as refusal:
            self._refuse(row, draft, refusal.objections)
        self.layoutAboutToBeChanged.emit()
        self.rows.settle(draft, (*saved.others, saved.id), row)
        self.layoutChanged.emit()
        return saved

    def _refuse(self, row: int, draft: RowDraft, objections: Iterable[Objected]) -> None:
        blame(draft, objections)
        self.redraw(row)
        raise Unacceptable(self.rows.objections(row))

    def save_many(self, drafts: Sequence[tuple[int | None, Draft]], title: str) -> None:
        """Keep several rows as one act, and show them."""
        saved = self._by_itself(lambda: self.desk.save_many(self.ledger, drafts, title))
        new = [made for one, (id, _) in zip(saved, drafts, strict=True) if id is None for made in (*one.others, one.id)]
        self.layoutAboutToBeChanged.emit()
        self.rows.settle_many([id for id, _ in drafts if id is not None], new)
        self.layoutChanged.emit()

    def discard(self, row: int) -> bool:
        """Give up what was typed in a row; False when there was nothing."""
        draft = self.rows.draft_at(row)
        if draft is None:
            return False
        draft.given_up = True  # Qt leaves the row before it is gone
        if draft.id is None:
            self.beginRemoveRows(QModelIndex(), row, row)
            self.rows.give_up(draft)
            self.endRemoveRows()
        else:
            self.rows.give_up(draft)
            self.redraw(row)
        return True

    def _by_itself(self, act: Callable[[], T]) -> T:
        self.writing = True
        try:
            return act()
        finally:
            self.writing = False
