"""The table of a sheet: the ledger table's view and keys, and one key for each judgement.

In a column of judgements Space says that all is well, X that something is wrong, M that there was nothing to look at;
after an X the keyboard goes to the words that must say what was wrong, and from there on to the next line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from school_logistics.rules.answers import ABNORMAL, NORMAL, NOT_APPLICABLE
from school_logistics.services.entry_columns import is_judgement, item_of
from school_logistics.ui.cell_model import Index, Picked
from school_logistics.ui.editor_line import Leave
from school_logistics.ui.row_book import RowKind
from school_logistics.ui.sheet_model import SheetBlocks, SheetModel
from school_logistics.ui.table_acts import TableActs
from school_logistics.ui.table_columns import fit_columns
from school_logistics.ui.table_moves import Spot, after
from school_logistics.ui.table_summary import selection_text
from school_logistics.ui.table_view import RecordView

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from school_logistics.services.entry_sheet import EntrySheet
    from school_logistics.ui.theme import Theme

_MARKS = {Qt.Key.Key_Space: NORMAL, Qt.Key.Key_X: ABNORMAL, Qt.Key.Key_M: NOT_APPLICABLE}
_ALONE = Qt.KeyboardModifier.KeypadModifier
_ONWARD = frozenset({Leave.ENTER, Leave.NEXT})


class SheetCorner(QWidget):
    """Covers the style's corner button where headings and row numbers meet."""

    def __init__(self, theme: Theme, view: RecordView) -> None:
        """Lie on the corner."""
        super().__init__(view)
        self._theme, self._view = theme, view
        view.laid_out.connect(self.cover)
        self.cover()

    def cover(self) -> None:
        """Follow the heads."""
        self.setGeometry(0, 0, self._view.gutter.width(), self._view.head.height())
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.brush("sunken"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self._theme.brush("line"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.brush("line"))
        painter.end()


class SheetView(RecordView):
    """The view of a sheet."""

    judged = Signal(str)
    """A key said √, × or — of the selected judgements."""
    ticked = Signal()
    """Space in the column that names the lines: done here too, or not."""
    focus_come = Signal()
    row_done = Signal(int)
    """Enter or Tab in the last cell to fill of a line that is being added."""

    def __init__(self, theme: Theme, model: SheetModel, parent: QWidget | None = None) -> None:
        """Without a row of filters: the lines are those that are asked for."""
        super().__init__(theme, model, parent, filtering=False)
        self._sheet = model
        self.keeps_going: Callable[[int], bool] = lambda _row: False
        """Asked where Enter leads from a row; True when it went there itself."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_come.emit()

    def in_judgements(self) -> bool:
        """Whether the current cell is one to be judged."""
        index = self.currentIndex()
        return index.isValid() and is_judgement(self._sheet.columns[index.column()])

    def in_names(self) -> bool:
        """Whether the current cell says which line this is."""
        index = self.currentIndex()
        return index.isValid() and not self._sheet.columns[index.column()].writable

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        # X and M are keys here; an input method would make a composition of them.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, not self.in_judgements())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        mark = _MARKS.get(Qt.Key(event.key()))
        plain = event.modifiers() & ~_ALONE == Qt.KeyboardModifier.NoModifier
        if mark is not None and plain and self.in_judgements():
            self.judged.emit(mark)
            event.accept()
        elif mark == NORMAL and plain and self.in_names():
            self.ticked.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def leave_cell(self, how: Leave) -> None:
        index = self.currentIndex()
        if not index.isValid() or how is Leave.SAVE:
            super().leave_cell(how)
            return
        if how in _ONWARD and self._stays_at_name(index):
            return
        if how is Leave.ENTER and self.keeps_going(index.row()):
            return
        spot = after(how, self._sheet.rows, Spot(index.row(), index.column()), self.visual_columns())
        if spot.column is None:
            self.row_done.emit(index.row())
        else:
            self.go(spot.row, spot.column)

    def _stays_at_name(self, index: Index) -> bool:
        """Open a name that nobody knows once more, to be mended or registered, before anything is typed behind it."""
        row, key = index.row(), self.current_key()
        unknown = key in self._sheet.sheet.rows[row].typed and self._sheet.typed_field(index.column()).target
        return bool(unknown) and self.edit_current()


class SheetTable(QWidget):
    """One sheet as a table to type into."""

    changed = Signal()
    """Something was written or taken back."""
    said = Signal(str, str)
    """A sentence and its clause about the current cell; two empty strings when all is well."""
    placed = Signal(str)
    save_wanted = Signal()
    new_wanted = Signal(str, str)

    def __init__(
        self, theme: Theme, sheet: EntrySheet, once: Collection[str] = (), parent: QWidget | None = None
    ) -> None:
        """Show a sheet; `once` are the columns that are usually typed above it."""
        super().__init__(parent)
        self.sheet, self.once = sheet, frozenset(once)
        self.model = SheetModel(sheet, self)
        self.view = SheetView(theme, self.model, self)
        self.corner = SheetCorner(theme, self.view)
        self.acts = TableActs(self.model, self.view, SheetBlocks(self.model))
        self._back: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.setFocusProxy(self.view)
        self.view.setAccessibleName(sheet.ledger.label)
        fit_columns(theme, self.view)
        self._connect()
        self.corner.cover()

    def _connect(self) -> None:
        view = self.view
        view.keeps_going = self._leave_note
        view.judged.connect(self.judge)
        view.ticked.connect(self.tick)
        view.row_done.connect(self._row_done)
        view.save_wanted.connect(lambda _row: self.save_wanted.emit())
        view.escaped.connect(self._escape)
        view.cell_entered.connect(self._entered)
        view.focus_come.connect(lambda: self.placed.emit(self.where()))
        view.selection_changed.connect(lambda: self.placed.emit(self.where()))
        view.new_wanted.connect(self.new_wanted)
        self.model.changed.connect(self.changed)
        self.model.objected.connect(self.said)
        self.acts.objected.connect(self.said)
        self.acts.trouble.connect(lambda sentence: self.said.emit(sentence, ""))
        self.acts.done.connect(lambda sentence: self.said.emit(sentence, ""))

    # --- where we are ------------------------------------------------------------------------------

    def where(self) -> str:
        """第 3 行 · 压力, or what is selected."""
        index = self.view.currentIndex()
        if not index.isValid():
            return ""
        told = selection_text(self.model, self.view.spans())
        return told or f"第 {index.row() + 1} 行 · {self.model.columns[index.column()].label}"

    def start(self) -> None:
        """Make the first cell to fill current: of the first line that is not recorded, else of the first one."""
        rows = range(len(self.sheet.rows))
        row = next((row for row in rows if self.sheet.rows[row].id is None), 0)
        writable = self._writable()
        judged = [one for one in writable if is_judgement(self.model.columns[one])]
        own = [one for one in writable if self.model.columns[one].key not in self.once]
        wanted = [one for one in own if self.model.columns[one].required and not self.model.columns[one].usually]
        first = own[:1] if self.sheet.open_ended else judged or wanted
        if rows:
            self.view.go(row, first[0] if first else 0)

    def _writable(self) -> list[int]:
        return [one for one in self.view.visual_columns() if self.model.columns[one].writable]

    def go_to(self, row: int, key: str) -> None:
        """Make a cell current, with the keyboard."""
        column = self.model.rows.column_of(key)
        self.view.go(row, self._writable()[0] if column is None else column)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def fill(self, row: int, key: str, value: object) -> None:
        """Write a value into a cell and stay there, as after a record was begun for it."""
        self.model.put(row, key, Picked(value))
        self.go_to(row, key)

    def go_to_trouble(self) -> bool:
        """To the next cell that is objected to, round to the first one; False when there is none."""
        troubles = sorted(
            (row, self.model.rows.column_of(key) or 0)
            for row in self.sheet.begun
            for key in self.sheet.rows[row].objections
            if self.sheet.is_in_the_way(row, key)
        )
        if not troubles:
            return False
        index = self.view.currentIndex()
        row, column = next((one for one in troubles if one > (index.row(), index.column())), troubles[0])
        self.view.go(row, column)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _entered(self) -> None:
        self.placed.emit(self.where())
        index = self.view.currentIndex()
        if not index.isValid():
            return
        objection = self.model.rows.objection(index.row(), self.model.columns[index.column()].key)
        self.said.emit(objection.sentence if objection else "", objection.clause if objection else "")

    def tick(self) -> None:
        """Say of the selected lines that what all lines share was done there too, or take that back."""
        rows = self.selected_rows()
        if not self.sheet.mean(rows):
            self.sheet.mean(rows, meant=False)
        self.model.show_again()

    def selected_rows(self) -> list[int]:
        """The lines of the selected cells."""
        return sorted({row for top, bottom, _, _ in self.view.spans() for row in range(top, bottom + 1)})

    # --- judging -----------------------------------------------------------------------------------

    def judge(self, mark: str) -> None:
        """Judge the selected cells; a single × goes on to the words that say what was wrong."""
        cells = [
            (row, column)
            for top, bottom, left, right in self.view.spans()
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if is_judgement(self.model.columns[column]) and self.model.columns[column].writable
        ]
        changes: dict[int, dict[str, object]] = {}
        for row, column in cells:
            word = self.sheet.judgement(self.model.columns[column].key, mark)
            if word is not None:
                changes.setdefault(row, {})[self.model.columns[column].key] = word
        if changes:
            self.model.write(changes)
        if len(cells) != 1:
            return
        if not changes:  # several words say what is wrong, or none says that it does not apply
            self.view.edit_current()
            if (editor := self.view.editor()) is not None:
                editor.open_suggestions()
        elif mark == ABNORMAL:
            self._to_note(*cells[0])

    def _to_note(self, row: int, column: int) -> None:
        place = self.model.rows.column_of(self.sheet.note) if self.sheet.note else None
        if place is not None and self.sheet.value(row, self.sheet.note) is None:
            self._back = column
            self.view.go(row, place)

    def _leave_note(self, row: int) -> bool:
        """From the words about a × to the line below, in the column of the ×; False for any other cell."""
        at_note = bool(self.sheet.note) and self.view.current_key() == self.sheet.note
        back, self._back = self._back if at_note else None, None
        if back is None or row + 1 >= self.model.rowCount():
            return False
        self.view.go(row + 1, back)
        return True

    # --- keys --------------------------------------------------------------------------------------

    def _row_done(self, row: int) -> None:
        """On to the next line, at its first cell to fill."""
        rows = self.model.rows
        row = min(row + 1, self.model.rowCount() - 1)
        columns = self._writable()
        first = next((one for one in columns if rows.wants_filling(row, self.model.columns[one].key)), columns[0])
        self.view.go(row, first)

    def _escape(self, row: int) -> None:
        """Restore the cell to what it was before it was written in."""
        key, rows = self.view.current_key(), self.model.rows
        if row >= 0 and rows.place(row).kind in {RowKind.CHANGED, RowKind.NEW} and self.sheet.is_own(row, key):
            line = self.sheet.rows[row]
            item = item_of(key)
            was = line.standing_marks.get(item[0], {}).get(item[1]) if item else line.base.get(key)
            self.model.put(row, key, Picked(was))
