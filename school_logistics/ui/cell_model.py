"""What a table asks of its rows and its model, whoever holds them: the records of a ledger, or a sheet to fill in.

View, header, row numbers, delegate and block acts know no more than what stands here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from school_logistics.models.checks import Level, Objection
from school_logistics.services.locking import locked_month, locked_sentence

if TYPE_CHECKING:
    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.rules.calendar import Month
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft
    from school_logistics.ui.cells import Cell
    from school_logistics.ui.row_book import RowPlace

Index = QModelIndex | QPersistentModelIndex

CELL = Qt.ItemDataRole.UserRole
"""The role under which a cell is ready to paint."""

_ROOT = QModelIndex()
_SEEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_WRITABLE = _SEEN | Qt.ItemFlag.ItemIsEditable
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
}


class Picked(NamedTuple):
    """A value picked in a chooser, as opposed to text that must still be read."""

    value: object


class Rows(Protocol):
    """What stands in the rows of a table, counted from 0."""

    @property
    def columns(self) -> tuple[Field, ...]:
        """The fields that stand in columns."""

    @property
    def stored(self) -> int:
        """How many rows there are before those being written."""

    @property
    def blank_row(self) -> int:
        """The place of the blank row, or behind the last one where there is none."""

    def place(self, row: int) -> RowPlace:
        """What stands in a row."""

    def tag(self, row: int) -> str:
        """导入, 补录, 待补资料 or nothing."""

    def values(self, row: int) -> Draft:
        """The values of a row as they are now, typed ones included."""

    def value(self, row: int, key: str) -> object:
        """One value of a row."""

    def cell(self, row: int, column: int) -> Cell:
        """The cell ready to paint."""

    def text_of(self, key: str, value: object) -> str:
        """A value as text that can be read back."""

    def edit_text(self, row: int, key: str) -> str:
        """The text an editor starts with."""

    def objection(self, row: int, key: str) -> Objection | None:
        """The gravest thing there is against a cell."""

    def column_of(self, key: str) -> int | None:
        """The column of a field; None when it is not in the table."""

    def wants_filling(self, row: int, key: str) -> bool:
        """Whether Enter stops at this field of a new row."""

    def forget_drawn(self, row: int | None = None) -> None:
        """Work the cells of a row, or of all rows, out anew."""

    def forget_widths(self) -> None:
        """Cut every text anew: the fonts changed."""


class CellModel(QAbstractTableModel):
    """Rows as Qt asks for them; every cell is a ready `Cell`, and painting asks for it once."""

    objected = Signal(str, str)
    """A sentence and its clause; two empty strings when all is well again."""
    locked = Signal(str, object)
    """Somebody wants to write into a row of a closed month: a sentence and the `Month` to open again."""

    desk: Desk
    ledger: Ledger
    columns: tuple[Field, ...]
    rows: Rows

    def put(self, row: int, key: str, value: object) -> Objection | None:
        """Write a cell: text is read first, `Picked` is taken as it is. Text that cannot be read stays."""
        raise NotImplementedError

    def lock(self, row: int, key: str) -> Month | None:
        """The closed month that keeps a cell from being written; None while it may be written."""
        return locked_month(self.desk, self.ledger, self.rows.values(row), key)

    def refuse_locked(self, row: int, key: str) -> Objection | None:
        """Tell that a cell lies in a closed month; None when it does not."""
        month = self.lock(row, key)
        if month is None:
            return None
        sentence = locked_sentence(self.desk, month)
        self.locked.emit(sentence, max(self.desk.closed_months()))
        return Objection(Level.REFUSED, key, sentence)

    def typed_field(self, column: int) -> Field:
        """The field of the ledger that is typed into a column: its kind and its choices."""
        return self.columns[column]

    # --- what Qt asks ------------------------------------------------------------------------------

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == CELL:
            return self.rows.cell(index.row(), index.column())
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.rows.cell(row, column).text
        if role == Qt.ItemDataRole.EditRole:
            return self.rows.edit_text(row, self.columns[column].key)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tool_tip(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[self.columns[column].kind.align]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[column].label} {self.rows.cell(row, column).text}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.columns[section].label if 0 <= section < len(self.columns) else None
        return str(section + 1)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        field = self.columns[index.column()]
        return _WRITABLE if field.writable and self.lock(index.row(), field.key) is None else _SEEN

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or not self.columns[index.column()].writable:
            return False
        self.put(index.row(), self.columns[index.column()].key, value)
        return True

    def tool_tip(self, row: int, column: int) -> str:
        """The whole text where it was cut, and what is wrong with it."""
        objection = self.rows.objection(row, self.columns[column].key)
        cell = self.rows.cell(row, column)
        cut = cell.text if cell.shown != cell.text else ""
        told = f"{objection.sentence}　{objection.clause}".strip() if objection else ""
        return "\n".join(part for part in (cut, told) if part)
