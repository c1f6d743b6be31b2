"""What every view does that fills in a sheet: typing in its lines, emptying and deleting them, keys, where one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from school_logistics.errors import OfficeError
from school_logistics.ui.ledger_views import LedgerView
from school_logistics.ui.office_page import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from school_logistics.models.ledger import Ledger
    from school_logistics.ui.office_page import Surroundings
    from school_logistics.ui.once_strip import OnceStrip
    from school_logistics.ui.sheet_table import SheetTable


class SheetPage(LedgerView):
    """A view with one sheet at a time; the subclass opens it, saves it and says what it is called."""

    left_after_deleting = ""
    """What is safe when records were deleted here."""

    above_lines = "各行相同"
    """What stands above the lines is called so."""

    def __init__(self, around: Surroundings, ledger: Ledger) -> None:
        """Without a sheet yet."""
        super().__init__(around, ledger)
        self.table: SheetTable | None = None
        self.strip: OnceStrip | None = None
        self._holds = False
        """Whether the selected lines held anything when that was last told."""

    def bind(self, keys: Iterable[tuple[str, Callable[[], object]]]) -> None:
        """Let keys act wherever in this view the keyboard is."""
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def connect_table(self, table: SheetTable) -> None:
        """Listen to a table that was just made, and to what stands above it."""
        table.said.connect(self._said_of_cell)
        table.placed.connect(lambda _where: self.placed.emit(self.place()))
        table.placed.connect(self._tell_held)
        table.changed.connect(self._tell_held)
        table.new_wanted.connect(self._new_in_cell)
        if self.strip is not None:
            self.strip.placed.connect(lambda label: self.placed.emit(f"{self.above_lines} · {label}"))

    def _tell_held(self) -> None:
        """What can be done about the selected lines changes with them."""
        holds = bool(self.held())
        if holds != self._holds:
            self._holds = holds
            self.deeds_changed.emit()

    def _said_of_cell(self, sentence: str, clause: str) -> None:
        self.said.emit(f"{sentence}　{clause}".strip("　"), "late" if sentence else "")

    def _new_in_cell(self, target: str, typed: str) -> None:
        table = self.table
        if table is not None:
            index, key = table.view.currentIndex(), table.view.current_key()
            label = table.model.columns[index.column()].label
            row = index.row()
            self.begin_elsewhere.emit(label, target, typed, lambda one: self._fill(row, key, one))

    def _fill(self, row: int, key: str, one: int) -> None:
        """Write a record begun for a cell into it; the sheet may have been read anew meanwhile."""
        if self.table is not None:
            self.table.fill(min(row, self.table.model.rowCount() - 1), key, one)

    def settle_typing(self) -> None:
        """Take what is being typed, in a cell or above the lines."""
        if self.table is not None:
            self.table.view.finish_editing()
        if self.strip is not None:
            self.strip.settle()

    def go_to_trouble(self, sentence: str) -> None:
        """To the first cell in the way; say what is wrong there, and `sentence` about the whole."""
        table = self.table
        if table is None:
            return
        table.go_to_trouble()
        here = table.model.rows.objection(table.view.currentIndex().row(), table.view.current_key())
        self.said.emit(f"{here.sentence}。{sentence}" if here is not None else sentence, "late")

    # --- emptying and deleting ---------------------------------------------------------------------

    def held(self) -> list[int]:
        """The selected lines that hold anything."""
        if self.table is None:
            return []
        rows = self.table.sheet.rows
        return [row for row in self.table.selected_rows() if row < len(rows) and (rows[row].begun or rows[row].id)]

    def delete(self) -> None:
        """Empty the selected lines of what was written and not saved; where nothing was, delete their records."""
        if self.table is None:
            return
        sheet, selected = self.table.sheet, self.held()
        begun = [row for row in selected if sheet.rows[row].begun]
        if begun:
            sheet.give_up(begun)
            self.table.model.show_again()
            self.said.emit(f"清掉了 {len(begun)} 行没存的内容，Ctrl+Z 可以找回。", "")
            return
        try:
            told = self.desk.remove(self.ledger, [one for row in selected if (one := sheet.rows[row].id) is not None])
        except OfficeError as refusal:
            self.message.emit(Message(str(refusal), tone="late"))
        else:
            self.message.emit(Message(f"{told}。", self.left_after_deleting, icon="trash-2", undoable=True))

    # --- for the window ----------------------------------------------------------------------------

    def undo_typing(self) -> bool:
        if self.table is None:
            return False
        self.table.view.finish_editing(take=False)
        done = self.table.sheet.take_back()
        if done:
            self.table.model.show_again()
            if self.strip is not None:
                self.strip.show_values(self.shared_values())
        return done

    def shared_values(self) -> dict[str, object]:
        """What stands above the lines."""
        return dict(self.table.sheet.common) if self.table is not None else {}

    def next_pane(self) -> None:
        in_table = self.table is not None and self.table.view.hasFocus()
        if not (in_table and self.strip is not None and self.strip.focus_first()):
            self.focus_lines()

    def focus_lines(self) -> None:
        """The keyboard to the lines."""
        if self.table is not None:
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> bool:
        self.settle_typing()
        return True

    def place(self) -> str:
        field = self.strip.where() if self.strip is not None else ""
        if field:
            return f"{self.above_lines} · {field}"
        return self.table.where() if self.table is not None else ""

    def current_id(self) -> int | None:
        row = self.table.view.currentIndex().row() if self.table is not None else -1
        return self.table.sheet.rows[row].id if self.table is not None and row >= 0 else None
