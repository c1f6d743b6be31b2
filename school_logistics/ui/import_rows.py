"""The rows of a file as they will be written, as a model: texts are worked out when they are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QWidget,
)

from school_logistics.services.import_objections import written

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from school_logistics.models.fields import Field
    from school_logistics.services.import_plan import CellObjection, ImportPlan, ImportRow

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
NUMBER, FATE = 0, 1
"""The first two columns: the row's number in its sheet, and what becomes of it."""
FIRST_FIELD = 2
_LOOKED_AT = 200
"""So many rows are looked through for what the file says nothing of but the rows will hold."""


def fields_shown(plan: ImportPlan, rows: Sequence[int], more: Collection[str] = ()) -> tuple[Field, ...]:
    """The fields worth a column: those the file has, those that follow from them, and those asked for in `more`."""
    held: set[str] = set()
    for place in rows[:_LOOKED_AT]:
        row = plan.rows[place]
        held |= row.given | row.raw.columns | {key for key, value in row.values.items() if value is not None}
    return tuple(one for one in plan.ledger.fields if (one.key in held and one.in_table) or one.key in more)


class ImportRows(QAbstractTableModel):
    """Some rows of a plan; texts are worked out when they are seen."""

    mended = Signal(object, str, str)
    """An `ImportRow`, the field and what was typed over its cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._plan: ImportPlan | None = None
        self._rows: tuple[int, ...] = ()
        self.fields: tuple[Field, ...] = ()

    def set_rows(self, plan: ImportPlan | None, rows: Sequence[int], fields: Sequence[Field]) -> None:
        """Show these rows of the plan, by their places in it."""
        self.beginResetModel()
        self._plan, self._rows, self.fields = plan, tuple(rows), tuple(fields)
        self.endResetModel()

    def row_at(self, row: int) -> ImportRow | None:
        """The row of the file that stands in a row of the table."""
        if self._plan is None or not 0 <= row < len(self._rows):
            return None
        return self._plan.rows[self._rows[row]]

    def place_of(self, row: int) -> int:
        """Its place in the plan."""
        return self._rows[row]

    def find(self, place: int, key: str) -> QModelIndex:
        """Where a field of a row of the plan stands, or what names the row; an invalid index for nowhere."""
        if place not in self._rows or self._plan is None:
            return QModelIndex()
        keys = [one.key for one in self.fields]
        shown = next((one for one in (key, self._plan.ledger.title) if one in keys), "")
        column = keys.index(shown) + FIRST_FIELD if shown else NUMBER
        return self.index(self._rows.index(place), column)

    def objection(self, index: Index) -> CellObjection | None:
        """The gravest objection to a cell."""
        row = self.row_at(index.row())
        if row is None or index.column() < FIRST_FIELD:
            return None
        key = self.fields[index.column() - FIRST_FIELD].key
        against = [one for one in row.objections if one.field == key]
        return max(against, key=lambda one: one.level, default=None)

    def text(self, index: Index) -> str:
        """What a cell shows: the value to be written; what cannot be read stands as the file has it."""
        row = self.row_at(index.row())
        if row is None or self._plan is None:
            return ""
        if index.column() == NUMBER:
            return str(row.number)
        if index.column() == FATE:
            return row.fate.value
        key = self.fields[index.column() - FIRST_FIELD].key
        shown = self._plan.text(row, key)
        return shown or (written(row.written(key)) if self.objection(index) else "")

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.fields) + FIRST_FIELD

    def flags(self, index: Index) -> Qt.ItemFlag:
        able = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() >= FIRST_FIELD and self.fields[index.column() - FIRST_FIELD].writable:
            return able | Qt.ItemFlag.ItemIsEditable
        return able

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if way == Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return ("行", "结果")[section] if section < FIRST_FIELD else self.fields[section - FIRST_FIELD].label

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index)
        if role == Qt.ItemDataRole.EditRole:
            row = self.row_at(index.row())
            key = self.fields[index.column() - FIRST_FIELD].key
            return written(row.written(key)) if row else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            against = self.objection(index)
            return "\n".join(part for part in (against.reason, against.clause) if part) if against else self.text(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            against = self.objection(index)
            return f"{self.text(index)}，{against.reason}" if against else self.text(index)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row_at(index.row())
        if row is None or role != Qt.ItemDataRole.EditRole:
            return False
        if str(value) != self.data(index, Qt.ItemDataRole.EditRole):
            self.mended.emit(row, self.fields[index.column() - FIRST_FIELD].key, str(value))
        return True
