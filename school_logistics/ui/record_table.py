"""A ledger as a table to type into: the one screen part that every ledger page shares.

Puts model, view, header, gutter and totals together, saves a row when it is left, and tells the page in signals what
happened. The page owns month, actions, side form and messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from school_logistics.errors import OfficeError
from school_logistics.ui.cell_model import Picked
from school_logistics.ui.row_book import NOWHERE, RowKind, RowPlace
from school_logistics.ui.table_acts import TableActs
from school_logistics.ui.table_blocks import SavingBlocks
from school_logistics.ui.table_columns import columns_state, fit_columns, restore_columns
from school_logistics.ui.table_layout import EmptyPlace, FunnelCorner
from school_logistics.ui.table_model import RecordTableModel
from school_logistics.ui.table_saving import TableSaving
from school_logistics.ui.table_summary import place_text, selection_text
from school_logistics.ui.table_totals import TotalsLine
from school_logistics.ui.table_view import RecordView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QAction

    from school_logistics.models.checks import Objection
    from school_logistics.models.ledger import Ledger
    from school_logistics.rules.calendar import Month
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft, Query
    from school_logistics.ui.empty_page import EmptyPage
    from school_logistics.ui.jobs import Runner
    from school_logistics.ui.theme import Theme


class RecordTable(QWidget):
    """The table of one ledger."""

    current_changed = Signal(object)
    """RowPlace: another row is current, or the current one became or ceased to be a draft."""
    cell_changed = Signal(str, str)
    """Field key of the current cell, and where it is: 第 212 行 · 品名."""
    draft_changed = Signal(object)
    """The current row's values while they are not saved; None when there is nothing unsaved in it."""
    objected = Signal(str, str)
    """A sentence and its clause for the status line; two empty strings when it is settled."""
    objections_changed = Signal(object)
    """Everything there is against the current row; the last thing told of it."""
    saved = Signal(object, str)
    """Id of the record, and 已存第 211 行 鸡胸 40.00."""
    acted = Signal(str)
    """A block act was done in one undo step."""
    out_of_sight = Signal(str)
    """The key of a field that keeps the current row from being saved and stands in no column."""
    block_refused = Signal(str, object)
    """Title, and the cells in the way; nothing was saved."""
    trouble = Signal(str)
    """The data file could not be written or read; what was typed stays in the row."""
    summary_changed = Signal(str)
    """What is selected, with its sum; "" for one cell."""
    filtered = Signal(int, int)
    """Rows shown, and rows without filters."""
    locked = Signal(str, object)
    """Somebody wants to write into a row of a closed month: a sentence and the `Month` to open again."""
    new_wanted = Signal(str, str)
    """Alt+N in a chooser: key of the target ledger, and the name typed."""

    def __init__(
        self, theme: Theme, desk: Desk, ledger: Ledger, *, runner: Runner | None = None, parent: QWidget | None = None
    ) -> None:
        """Show nothing until `set_month` or `open` is called."""
        super().__init__(parent)
        self._theme, self._desk, self.ledger, self._runner = theme, desk, ledger, runner
        self.model = RecordTableModel(desk, ledger, runner=runner, parent=self)
        self.view = RecordView(theme, self.model, self)
        self.totals = TotalsLine(theme, self.model, self.view.head, self)
        self._corner = FunnelCorner(theme, self.view)
        self._empty = EmptyPlace(theme, self.view)
        self.acts = TableActs(self.model, self.view, SavingBlocks(self.model))
        """Copy, paste, fill down, clear, value above, today."""
        self._saving = TableSaving(self.model, self.view)
        self._told = NOWHERE
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.totals)
        self.setFocusProxy(self.view)
        self.view.setAccessibleName(ledger.label)
        self._connect()
        fit_columns(theme, self.view)

    def _connect(self) -> None:
        view, acts = self.view, self.acts
        view.cell_entered.connect(self._cell_entered)
        view.selection_changed.connect(self._summarise)
        view.new_wanted.connect(self.new_wanted)
        view.laid_out.connect(self._arrange)
        view.head.filtered.connect(self._filter)
        view.head.sort_wanted.connect(self._sort_by_column)
        view.head.done.connect(self.focus_table)
        self._corner.pressed.connect(self._funnel_pressed)
        self.model.objected.connect(self.objected)
        self.model.locked.connect(self.locked)
        self.model.typed.connect(self._typed)
        self.model.arrived.connect(self._arrange)
        for part in (acts, self._saving):
            part.objected.connect(self.objected)
            part.trouble.connect(self.trouble)
        self._saving.saved.connect(self.saved)
        self._saving.out_of_sight.connect(self.out_of_sight)
        self._saving.settled.connect(self._settled)
        acts.refused.connect(self.block_refused)
        acts.done.connect(self._act_done)

    # --- what is shown -----------------------------------------------------------------------------

    def query(self) -> Query:
        """Month, words, filters and order in use."""
        return self.model.query

    def set_month(self, month: Month | None) -> None:
        """Show the rows of a month, or all of them, ready to type a new one; unsaved rows stay."""
        self.open(self.model.query._replace(month=month, carried=True))
        if self.ledger.happened or not self.model.rows.stored:
            self.go_to_blank()
        else:
            self.go_to_top()

    def set_text(self, text: str) -> None:
        """Show only rows that contain these words anywhere."""
        self.open(self.model.query._replace(text=text))

    def open(self, query: Query) -> None:
        """Show the rows of a query; what was being typed is saved first, or waits as a draft when it is refused."""
        self.view.finish_editing()
        if self.current().kind is RowKind.CHANGED:
            self._saving.save(self.current().row)
        self._open(query)

    def _open(self, query: Query) -> None:
        self._guarded(lambda: self.model.open(query))
        self.view.head.set_filters(dict(query.filters))
        self.view.head.set_sorted(query.sort or self._usual_sort(), descending=query.descending)
        self._guarded(self._count)

    def refresh(self) -> None:
        """Read the rows anew after a change elsewhere, staying on the same record and cell.

        While this table itself saves nothing is read anew: the row keeps its place.
        """
        if self.model.writing:
            return
        self.view.finish_editing()
        place, key, top = self.current(), self.current_key(), self.view.verticalScrollBar().value()
        self.model.rows.rebase()
        self._open(self.model.query)
        self.view.verticalScrollBar().setValue(top)
        if place.row >= 0:
            row = self.model.rows.row_of(place.id) if place.id is not None else None
            self.view.go(min(place.row, self.model.rows.blank_row) if row is None else row, self._column(key))

    def _count(self) -> None:
        """Counts and sums under the table, the funnel, the empty page."""
        query = self.model.query
        shown = all_rows = self.model.rows.stored
        if query.narrowed:
            all_rows = self._desk.count(self.ledger, query._replace(text="", filters=()))
        self.totals.set_counts(shown, all_rows)
        self.totals.add_up(self.model, self._runner)
        self._corner.set_on(on=query.narrowed)
        self.filtered.emit(shown, all_rows)
        self._arrange()

    def set_check(self, text: str, verdict: str = "", tone: str = "ok") -> None:
        """A check beside the count in the totals line, such as 本单 4 行 3,150.96 and 与票面相符."""
        self.totals.set_check(text, verdict, tone)

    def set_empty_page(self, page: EmptyPage | None) -> None:
        """What is shown below the blank row while the month has no rows; None for nothing."""
        self._empty.set_page(page)
        self._arrange()

    def add_actions(self, actions: Sequence[QAction]) -> None:
        """The same actions, with their keys, as the context menu of the rows."""
        self.view.addActions(list(actions))
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    # --- filters and order -------------------------------------------------------------------------

    def focus_filter(self, key: str = "") -> None:
        """Type above a column, that of the current cell unless one is named."""
        self.view.finish_editing()
        self.view.head.focus_filter(key or self.current_key())

    def clear_filters(self) -> None:
        """Show all rows of the month again."""
        self.open(self.model.query._replace(text="", filters=()))

    def sort_by(self, key: str, *, descending: bool = False) -> None:
        """Show the rows in the order of a column, the first ones of it."""
        column = self.current_key()
        self.open(self.model.query._replace(sort=key, descending=descending))
        self.view.go(0, self._column(column))

    def _filter(self, texts: Mapping[str, str]) -> None:
        self.open(self.model.query._replace(filters=tuple(texts.items())))

    def _usual_sort(self) -> str:
        return self.ledger.sort[0] if self.ledger.sort else ""

    def _sort_by_column(self, column: int) -> None:
        key, query = self.model.columns[column].key, self.model.query
        again = key == (query.sort or self._usual_sort())
        self.sort_by(key, descending=again and not query.descending)

    def _funnel_pressed(self) -> None:
        if self.model.query.narrowed:
            self.clear_filters()
        else:
            self.focus_filter()

    # --- where we are ------------------------------------------------------------------------------

    def current(self) -> RowPlace:
        """The current row."""
        return self.model.rows.place(self.view.currentIndex().row())

    def current_key(self) -> str:
        """The field of the current cell."""
        return self.view.current_key()

    def selected_ids(self) -> list[int]:
        """The records of all selected rows; the current one when only one cell is selected."""
        last = self.model.rows.stored - 1
        rows = {row for top, bottom, _, _ in self.view.spans() for row in range(top, min(bottom, last) + 1)}
        ids = (self.model.rows.place(row).id for row in sorted(rows or {self.current().row}))
        return [id for id in ids if id is not None]

    def go_to(self, id: int, key: str = "") -> bool:
        """Make a record current; False when it is not among the rows shown."""
        row = self.model.rows.row_of(id)
        if row is not None:
            self.view.go(row, self._column(key))
        return row is not None

    def go_to_blank(self) -> None:
        """Make the blank row current, at its first field to fill."""
        self._saving.go_to_blank()

    def go_to_top(self) -> None:
        """Make the first row current."""
        self.view.go(0, self._column(""))

    def focus_table(self) -> None:
        """Take the focus."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _column(self, key: str) -> int:
        column = self.model.rows.column_of(key)
        return self.view.visual_columns()[0] if column is None else column

    def _cell_entered(self) -> None:
        place, key = self.current(), self.current_key()
        self.cell_changed.emit(key, place_text(self.ledger, place, key))
        objection = self.model.rows.objection(place.row, key)
        told = (objection.sentence, objection.clause) if objection else self.refusal()
        self.objected.emit(*(told or ("", "")))
        if place != self._told:
            self._tell_row()

    def refusal(self) -> tuple[str, str] | None:
        """Why the current row, or another, is still not saved, with the clause."""
        return self._saving.standing_refusal()

    def _tell_row(self) -> None:
        place = self._told = self.current()
        self.current_changed.emit(place)
        self.draft_changed.emit(self.draft() if place.draft else None)
        self.objections_changed.emit(self.objections())

    def _summarise(self) -> None:
        self.summary_changed.emit(selection_text(self.model, self.view.spans()))

    # --- the row being typed -----------------------------------------------------------------------

    def draft(self) -> Draft:
        """The current row's values, typed ones included."""
        place = self.current()
        return self.model.rows.values(place.row) if place.row >= 0 else {}

    def typed_texts(self) -> dict[str, str]:
        """What was typed in the current row and cannot be read, by field key."""
        draft = self.model.rows.draft_at(self.current().row)
        return dict(draft.typed) if draft else {}

    def objections(self) -> tuple[Objection, ...]:
        """Everything there is against the current row."""
        return self.model.rows.objections(self.current().row)

    def type_value(self, key: str, typed: str) -> None:
        """Write into the current row as if it were typed there; the side form writes through this."""
        if self.current().row >= 0:
            self.model.put(self.current().row, key, typed)

    def set_value(self, key: str, value: object) -> None:
        """Write a value already read into the current row."""
        if self.current().row >= 0:
            self.model.put(self.current().row, key, Picked(value))

    def has_unsaved(self) -> bool:
        """Whether any row holds something not yet saved."""
        return self.model.rows.any_unsaved

    def undo_typing(self) -> bool:
        """Take back the last cell typed into the current row; False when nothing is typed there."""
        self.view.finish_editing(take=False)
        return self.model.take_back_typing(self.current().row)

    def save_row(self) -> bool:
        """Save the current row; False when it is refused (the objections are then shown in it)."""
        self.view.finish_editing()
        return self._saving.save(self.current().row)

    def save_all(self) -> bool:
        """Save every unsaved row, as before closing; False when one of them is refused."""
        self.view.finish_editing()
        return self._saving.save_all()

    def discard_row(self) -> bool:
        """Give up what was typed into the current row; False when there was nothing."""
        self.view.finish_editing(take=False)
        done = self.model.discard(self.current().row)
        if done:
            self.objected.emit("", "")
            self._tell_row()
        return done

    def duplicate(self) -> bool:
        """Begin a new row like the current one; False when there is none."""
        place = self.current()
        if place.row < 0 or place.kind is RowKind.BLANK:
            return False
        self.view.finish_editing()
        self.view.go(self.model.begin_copy(self.model.rows.values(place.row)), self._column(self.current_key()))
        self._tell_row()
        return True

    def _typed(self, row: int) -> None:
        if row == self.current().row:
            self._tell_row()
        self._summarise()

    def _settled(self) -> None:
        self._guarded(self._count)
        self._tell_row()

    # --- acts and troubles -------------------------------------------------------------------------

    def _act_done(self, sentence: str) -> None:
        self._guarded(self._count)
        self._tell_row()
        self._summarise()
        self.acted.emit(sentence)

    def _guarded(self, act: Callable[[], None]) -> None:
        try:
            act()
        except OfficeError as trouble:
            self.trouble.emit(str(trouble))

    # --- columns and layout ------------------------------------------------------------------------

    def state(self) -> dict[str, object]:
        """Widths and order of the columns and the order of the rows, to be kept between sessions."""
        query = self.model.query
        return {**columns_state(self._theme, self.view), "sort": query.sort, "descending": query.descending}

    def restore(self, state: Mapping[str, object]) -> None:
        """Take back what `state` gave; what no longer fits the ledger is passed over."""
        restore_columns(self._theme, self.view, state)
        sort = state.get("sort")
        if isinstance(sort, str) and self.ledger.has(sort):
            self.sort_by(sort, descending=bool(state.get("descending")))

    def _arrange(self) -> None:
        self._corner.cover(self.view.gutter.width(), self.view.head.height())
        self.totals.set_gutter(self.view.gutter.width())
        rows = self.model.rows
        self._empty.arrange(rows.blank_row + 1, empty=rows.blank_row == 0 and not self.model.query.narrowed)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "acts"):
            self._arrange()
