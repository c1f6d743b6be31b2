"""A sheet that is filled in, as view, header and delegate ask for it: the same cells as in a ledger's table.

Nothing is saved from here: what is typed stays in the sheet until its page saves all of it at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, Signal

from school_logistics.models.checks import Level
from school_logistics.rules.answers import ABNORMAL, NORMAL, Answer
from school_logistics.services.entry_columns import exempt_value, is_judgement, item_of, normal_value, wrong_values
from school_logistics.services.locking import HOW_TO_REOPEN
from school_logistics.ui.cell_model import CellModel, Index, Picked
from school_logistics.ui.cells import Cell, base_tone, hint_of, screen_text
from school_logistics.ui.row_book import NOWHERE, RowKind, RowPlace
from school_logistics.ui.table_blocks import Blocks, Changes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from school_logistics.models.checks import Objection
    from school_logistics.models.fields import Field
    from school_logistics.services.entry_sheet import EntrySheet
    from school_logistics.services.rows import Draft

_ROOT = QModelIndex()
_EXEMPT = "免"
_WRONG = "异常"


class SheetRows:
    """The lines of a sheet as rows of a table."""

    def __init__(self, sheet: EntrySheet) -> None:
        """Draw each line when it is first asked for."""
        self.sheet = sheet
        self._places = {field.key: place for place, field in enumerate(sheet.columns)}
        self._drawn: dict[int, tuple[Cell, ...]] = {}

    @property
    def columns(self) -> tuple[Field, ...]:
        """The columns of the sheet."""
        return self.sheet.columns

    @property
    def stored(self) -> int:
        """How many lines there are, the blank one left out."""
        return len(self.sheet.rows) - (1 if self.sheet.open_ended else 0)

    @property
    def blank_row(self) -> int:
        """The blank line of an open-ended sheet; behind the last one elsewhere."""
        return self.stored

    def place(self, row: int) -> RowPlace:
        """What stands in a row: a line that is asked for counts as stored, changed where something is written."""
        if not 0 <= row < len(self.sheet.rows):
            return NOWHERE
        line = self.sheet.rows[row]
        if self.sheet.open_ended and line.id is None:
            return RowPlace(row, None, RowKind.BLANK if row == self.stored else RowKind.NEW)
        return RowPlace(row, line.id, RowKind.CHANGED if line.begun else RowKind.STORED)

    def tag(self, row: int) -> str:
        """Nothing: a sheet tells what is to be done, not where it came from."""
        return ""

    def values(self, row: int) -> Draft:
        """Every value of a line, with the answers to its items."""
        line = self.sheet.rows[row]
        items = {field.key: self.sheet.value(row, field.key) for field in self.columns if item_of(field.key)}
        return {**line.filled, **items}

    def value(self, row: int, key: str) -> object:
        """One value of a line."""
        return self.sheet.value(row, key)

    def text_of(self, key: str, value: object) -> str:
        """A value as text that can be read back."""
        return self.sheet.shown(key, value, typed=True)

    def edit_text(self, row: int, key: str) -> str:
        """The text an editor starts with."""
        return self.sheet.text(row, key)

    def objection(self, row: int, key: str) -> Objection | None:
        """What there is against a cell."""
        return self.sheet.rows[row].objections.get(key)

    def column_of(self, key: str) -> int | None:
        """The column of a field."""
        return self._places.get(key)

    def wants_filling(self, row: int, key: str) -> bool:
        """Whether Enter stops here in a line that is being added: it is empty and asked for, or cannot be read."""
        field, line = self.sheet.by_key[key], self.sheet.rows[row]
        if key in line.typed:
            return True
        if not field.writable or self.sheet.value(row, key) is not None:
            return False
        return bool(field.required) or key in self.sheet.missed(row)

    def forget_drawn(self, row: int | None = None) -> None:
        """Work the cells of a line, or of all lines, out anew."""
        if row is None:
            self._drawn.clear()
        else:
            self._drawn.pop(row, None)
            self._drawn.pop(row + 1, None)

    def forget_widths(self) -> None:
        """Draw anew: the fonts changed."""
        self._drawn.clear()

    # --- cells -------------------------------------------------------------------------------------

    def cell(self, row: int, column: int) -> Cell:
        """The cell ready to paint."""
        drawn = self._drawn.get(row)
        if drawn is None:
            drawn = self._drawn[row] = tuple(self._draw(row, field) for field in self.columns)
        return drawn[column]

    def _draw(self, row: int, field: Field) -> Cell:
        objection = self.objection(row, field.key)
        cell = self._plain(row, field)
        if objection is not None:
            grave = objection.level is not Level.WARNING
            cell.mark = "late" if grave else "soon"
            cell.ground = "late_bg" if grave else ""
            if not cell.text:
                cell.text, cell.tone = objection.sentence, cell.mark
            elif not cell.chip:
                cell.tone = cell.mark
        return cell

    def _plain(self, row: int, field: Field) -> Cell:
        line, key = self.sheet.rows[row], field.key
        value = self.sheet.value(row, key)
        if key in line.typed:
            return Cell(line.typed[key])
        if isinstance(value, Answer):
            return _answer_cell(value)
        if value is not None and is_judgement(field):
            cell = _judged_cell(field, value, self.sheet.shown(key, value))
            return _chipped(cell, "OK") if self.sheet.compact and cell.tone == "ok" else cell
        if value is None:
            return self._empty(row, field)
        text = screen_text(field, self.sheet.shown(key, value))
        quiet = not field.writable and row > 0 and self.sheet.value(row - 1, key) == value
        own = self.sheet.is_own(row, key) or not field.writable
        return Cell(text, "ink3" if quiet or not own else base_tone(self.sheet.ledger, field))

    def _empty(self, row: int, field: Field) -> Cell:
        first = next((one for one in self.columns if one.writable), None)
        hint = hint_of(field) if self.place(row).kind is RowKind.BLANK and field is first else ""
        return Cell(hint, "ink3")


def _answer_cell(answer: Answer) -> Cell:
    if answer.mark == NORMAL:
        return _chipped(Cell("正常", "ok"), "OK")
    if answer.mark == ABNORMAL:
        lost = answer.told("").partition("（")[0].removeprefix(ABNORMAL)
        return _chipped(Cell(f"{_WRONG} {lost}".rstrip(), "late"), "LATE")
    return Cell(_EXEMPT, "ink3")


def _judged_cell(field: Field, value: object, text: str) -> Cell:
    if value == normal_value(field):
        return Cell(text, "ok")
    if value == exempt_value(field):
        return Cell(text, "ink3")
    if len(wrong_values(field)) > 1:  # several words, such as 病假 and 事假, are no alarm
        return Cell(text, "soon")
    return _chipped(Cell(text, "late"), "LATE")


def _chipped(cell: Cell, state: str) -> Cell:
    cell.chip = state
    return cell


class SheetModel(CellModel):
    """Tells Qt what changes in a sheet."""

    changed = Signal()
    """Something was written or taken back."""

    def __init__(self, sheet: EntrySheet, parent: QObject | None = None) -> None:
        """Show a sheet."""
        super().__init__(parent)
        self.sheet = sheet
        self.desk, self.ledger, self.columns = sheet.desk, sheet.ledger, sheet.columns
        self.rows: SheetRows = SheetRows(sheet)
        self._count = len(sheet.rows)
        self.locked.connect(lambda told, _month: self.objected.emit(f"{told}。{HOW_TO_REOPEN}", ""))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._count

    def put(self, row: int, key: str, value: object) -> Objection | None:
        content = value.value if isinstance(value, Picked) else value
        same = (
            content == self.sheet.value(row, key)
            if isinstance(value, Picked)
            else content == self.rows.edit_text(row, key)
        )
        if not same and (refusal := self.refuse_locked(row, key)) is not None:
            return refusal
        if not same:
            self.write({row: {key: content}})
        objection = self.rows.objection(row, key)
        self.objected.emit(objection.sentence if objection else "", objection.clause if objection else "")
        return objection

    def typed_field(self, column: int) -> Field:
        return self.sheet.typed_field(self.columns[column].key)

    def write(self, changes: Mapping[int, Mapping[str, object]]) -> None:
        """Write cells of any lines as one step, and show them."""
        self.sheet.write(changes)
        self.show_again()

    def show_again(self) -> None:
        """Show what the sheet holds now."""
        self.rows.forget_drawn()
        now = len(self.sheet.rows)
        if now > self._count:
            self.beginInsertRows(QModelIndex(), self._count, now - 1)
            self._count = now
            self.endInsertRows()
        elif now < self._count:
            self.beginRemoveRows(QModelIndex(), now, self._count - 1)
            self._count = now
            self.endRemoveRows()
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self.columns) - 1))
        self.changed.emit()


class SheetBlocks(Blocks):
    """Blocks of a sheet: written as one step, saved with everything else."""

    def __init__(self, model: SheetModel) -> None:
        """Work on the lines of the model."""
        super().__init__(model)
        self._sheet = model

    def write(self, changes: Changes, title: str) -> str:
        """Bring new content into the lines; lines beyond the last one are told of."""
        told = {
            row: {key: one.value if isinstance(one, Picked) else one for key, one in cells.items()}
            for row, cells in changes.items()
        }
        beyond = 0 if self._sheet.sheet.open_ended else sum(row >= self._sheet.rowCount() for row in changes)
        self._sheet.write(told)
        return f"贴来的多出 {beyond} 行，这里没有地方，没有贴" if beyond else ""
