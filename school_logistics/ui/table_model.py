"""The rows of a table as Qt asks for them: stored rows, rows being typed, and one blank row at the end.

The row count is fixed when a query is opened, so that the scroll bar tells the truth and the end of a million
rows is one jump away. Every cell is a ready `Cell`; painting asks for it once.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from school_logistics.errors import Unacceptable
from school_logistics.ui.cells import EMPTY, WAITING, Cell, CellWriter
from school_logistics.ui.row_drafts import RowDraft, blame, put_value, take_back, type_text
from school_logistics.ui.table_pages import TablePages

if TYPE_CHECKING:
    from collections.abc import Callable

    from school_logistics.models.ledger import Field, Ledger, Objection
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft, Query, Saved
    from school_logistics.ui.jobs import Runner

Index = QModelIndex | QPersistentModelIndex

CELL = Qt.ItemDataRole.UserRole
"""The role under which a cell is ready to paint."""
AT_ONCE = 5000
"""So many ids are read without a worker: it takes no longer than a repaint."""

_SEEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_WRITABLE = _SEEN | Qt.ItemFlag.ItemIsEditable
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
}


class RowKind(Enum):
    """What stands in a row of the table."""

    STORED = auto()
    CHANGED = auto()
    """Stored, with changes not yet saved."""
    NEW = auto()
    """Being written, not yet a record."""
    BLANK = auto()


class RowPlace(NamedTuple):
    """Which row: its place counted from 0, the record's id if it is one, and what kind of row it is."""

    row: int
    id: int | None
    kind: RowKind

    @property
    def draft(self) -> bool:
        """Whether it holds something not yet saved."""
        return self.kind in {RowKind.CHANGED, RowKind.NEW}


class Picked(NamedTuple):
    """A value picked in a chooser, as opposed to text that must still be read."""

    value: object


class RecordTableModel(QAbstractTableModel):
    """One ledger under one query, with the rows being typed."""

    objected = Signal(str, str)
    """A sentence and its clause; two empty strings when all is well again."""
    typed = Signal(int)
    """A cell of this row was typed, put or taken back."""
    arrived = Signal()
    """The order of all rows is known."""

    def __init__(
        self, desk: Desk, ledger: Ledger, *, runner: Runner | None = None, parent: QObject | None = None
    ) -> None:
        """Show nothing until a query is opened."""
        super().__init__(parent)
        from school_logistics.services.rows import Query

        self.desk, self.ledger, self._runner = desk, ledger, runner
        self.columns: tuple[Field, ...] = tuple(field for field in ledger.fields if field.in_table)
        self.query = Query()
        self._places = {field.key: place for place, field in enumerate(self.columns)}
        self._pages = TablePages(desk, ledger, self.columns, self.query)
        self._writer = CellWriter(ledger, self.columns, self.query)
        self._changed: dict[int, RowDraft] = {}
        self._new: list[RowDraft] = []
        self._blank: Draft = {}
        self._like: Draft | None = None
        self._usual: frozenset[str] = frozenset()
        """The fields that the record before has something in."""
        self._drawn: dict[int, tuple[Cell, ...]] = {}
        self._generation = 0
        self.writing = False
        """True while this table itself changes the ledger, so that it need not read everything again."""
        self._restore()

    # --- opening -----------------------------------------------------------------------------------

    def open(self, query: Query) -> None:
        """Show the rows of a query; the first page at once, the order of very many rows when a worker has it."""
        self._generation += 1
        self.beginResetModel()
        self.query = query
        self._writer = CellWriter(self.ledger, self.columns, query)
        self._pages = TablePages(self.desk, self.ledger, self.columns, query)
        self._pages.count_rows()
        self._drawn.clear()
        if self._pages.count <= AT_ONCE or self._runner is None:
            self._pages.take_ids(self._pages.gather())
        else:
            self._pages.read_first_page()
        self._refill_blank()
        self.endResetModel()
        if self._pages.ids is None and self._runner is not None:
            self._gather(self._runner, self._pages, self._generation)
        else:
            self.arrived.emit()

    def _gather(self, runner: Runner, pages: TablePages, generation: int) -> None:
        def done(ids: Any) -> None:
            if generation == self._generation:
                self._take_ids(ids)

        runner.start(lambda _progress: pages.gather(), done=done)

    def _take_ids(self, ids: Any) -> None:
        if len(ids) == self._pages.count:
            self._pages.take_ids(ids)
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        else:
            self.beginResetModel()
            self._pages.take_ids(ids)
            self._drawn.clear()
            self.endResetModel()
        self.arrived.emit()

    def _restore(self) -> None:
        kept = self.desk.kept_draft(self.ledger)
        if kept is not None:
            blank = self.desk.blank(self.ledger)
            values = self.desk.complete(self.ledger, blank | kept)
            self._new = [RowDraft(None, values, blank)]

    # --- what Qt asks ------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own way of saying "the root"
        return 0 if parent.isValid() else self._pages.count + len(self._new) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as above
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == CELL:
            return self.cell(index.row(), index.column())
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), index.column()).text
        if role == Qt.ItemDataRole.EditRole:
            return self.edit_text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tool_tip(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[self.columns[index.column()].kind.align]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[index.column()].label} {self.cell(index.row(), index.column()).text}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.columns[section].label if 0 <= section < len(self.columns) else None
        return str(section + 1)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _WRITABLE if self.columns[index.column()].writable else _SEEN

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or not self.columns[index.column()].writable:
            return False
        self.put(index.row(), self.columns[index.column()].key, value)
        return True

    # --- cells -------------------------------------------------------------------------------------

    def cell(self, row: int, column: int) -> Cell:
        """The cell ready to paint."""
        drawn = self._drawn.get(row)
        if drawn is None:
            if row < self._pages.count and not (self._changed and self._pages.id_at(row) in self._changed):
                ready = self._pages.ready(row)
                if ready is None:
                    return WAITING if self._pages.ids is None else EMPTY
                return ready.cells[column]
            drawn = self._drawn[row] = self._draw(row)
        return drawn[column]

    def _draw(self, row: int) -> tuple[Cell, ...]:
        draft = self.draft_at(row)
        if draft is None:
            shown = {field.key: self._show(field, self._blank.get(field.key)) for field in self.columns}
            first = self.first_to_fill()
            return self._writer.blank(shown, self._blank, first, self.desk.today)
        shown = {
            field.key: draft.typed.get(field.key) or self._show(field, draft.values.get(field.key))
            for field in self.columns
        }
        above = self.values(row - 1) if row else {}
        return self._writer.draft(shown, draft.values, draft.objections, above)

    def _show(self, field: Field, value: object) -> str:
        return "" if value is None else self.desk.show(self.ledger, field.key, value)

    def edit_text(self, row: int, column: int) -> str:
        """The text an editor starts with when a cell is edited rather than overwritten."""
        key = self.columns[column].key
        draft = self.draft_at(row)
        if draft is not None and key in draft.typed:
            return draft.typed[key]
        return self.text_of(key, self.value(row, key))

    def text_of(self, key: str, value: object) -> str:
        """A value as text that can be read back."""
        field = self.ledger.field(key)
        if value is None:
            return ""
        return self.desk.show(self.ledger, key, value) if field.kind.name == "ref" else field.kind.typed(value)

    def tool_tip(self, row: int, column: int) -> str:
        """The whole text where it was cut, and what is wrong with it."""
        objection = self.objection(row, self.columns[column].key)
        cell = self.cell(row, column)
        cut = cell.text if cell.shown != cell.text else ""
        told = f"{objection.sentence}　{objection.clause}".strip() if objection else ""
        return "\n".join(part for part in (cut, told) if part)

    def objection(self, row: int, key: str) -> Objection | None:
        """The gravest thing there is against a cell."""
        draft = self.draft_at(row)
        if draft is not None:
            return draft.objections.get(key)
        ready = self._pages.ready(row) if row < self._pages.count else None
        return ready.row.marks.get(key) if ready else None

    def objections(self, row: int) -> tuple[Objection, ...]:
        """Everything there is against a row."""
        draft = self.draft_at(row)
        if draft is not None:
            return draft.troubles
        ready = self._pages.ready(row) if row < self._pages.count else None
        return tuple(ready.row.marks.values()) if ready else ()

    # --- rows --------------------------------------------------------------------------------------

    @property
    def stored(self) -> int:
        """How many stored rows there are."""
        return self._pages.count

    @property
    def blank_row(self) -> int:
        """The place of the blank row."""
        return self._pages.count + len(self._new)

    def place(self, row: int) -> RowPlace:
        """What stands in a row."""
        if row < self._pages.count:
            id = self._pages.id_at(row)
            return RowPlace(row, id, RowKind.CHANGED if id in self._changed else RowKind.STORED)
        return RowPlace(row, None, RowKind.BLANK if row == self.blank_row else RowKind.NEW)

    def row_of(self, id: int) -> int | None:
        """Where a record stands, counted from 0."""
        return self._pages.place_of(id)

    def tag(self, row: int) -> str:
        """导入, 补录, 待补资料 or nothing."""
        ready = self._pages.ready(row) if row < self._pages.count else None
        return ready.row.tag if ready else ""

    def draft_at(self, row: int) -> RowDraft | None:
        """What is being typed in a row, if anything."""
        if row < self._pages.count:
            id = self._pages.id_at(row) if self._changed else None
            return None if id is None else self._changed.get(id)
        place = row - self._pages.count
        return self._new[place] if place < len(self._new) else None

    def values(self, row: int) -> Draft:
        """The values of a row as they are now, typed ones included."""
        draft = self.draft_at(row)
        if draft is not None:
            return dict(draft.values)
        if row >= self._pages.count:
            return dict(self._blank)
        ready = self._pages.ready(row)
        if ready is None:
            return {}
        return {field.key: value for field, value in zip(self.ledger.fields, ready.row.values, strict=True)}

    def value(self, row: int, key: str) -> object:
        """One value of a row."""
        return self.values(row).get(key)

    def column_of(self, key: str) -> int | None:
        """The column of a field, None when it is not in the table."""
        return self._places.get(key)

    def unsaved_rows(self) -> list[int]:
        """The rows that hold something not yet saved."""
        rows = [place for place in (self._pages.place_of(id) for id in self._changed) if place is not None]
        return sorted(rows) + list(range(self._pages.count, self.blank_row))

    def first_to_fill(self) -> str:
        """The first field of the blank row that nothing is taken over into."""
        fields = [field for field in self.columns if field.writable and self._blank.get(field.key) is None]
        wanted = [field for field in fields if field.required]
        return next((field.key for field in (*wanted, *fields)), "")

    def wants_filling(self, row: int, key: str) -> bool:
        """Whether Enter stops at this field of a new row.

        It is empty, and wanted: by rule, by a hint, or because the row before has something there.
        """
        field = self.ledger.field(key)
        draft = self.draft_at(row)
        if not field.writable:
            return False
        if draft is not None and key in draft.typed:
            return True
        if self.value(row, key) is not None:
            return False
        return bool(field.required or field.clause or field.hint or key in self._usual)

    # --- typing ------------------------------------------------------------------------------------

    def put(self, row: int, key: str, value: Any) -> Objection | None:
        """Write a cell: text is read first, `Picked` is taken as it is. Text that cannot be read stays."""
        if self._same(row, key, value):
            return self.objection(row, key)
        draft = self._begin_draft(row)
        if isinstance(value, Picked):
            objection = put_value(self.desk, self.ledger, draft, key, value.value)
        else:
            objection = type_text(self.desk, self.ledger, draft, key, value)
        self._after_typing(row, draft)
        self.objected.emit(objection.sentence if objection else "", objection.clause if objection else "")
        return objection

    def _same(self, row: int, key: str, value: Any) -> bool:
        """Whether nothing would change; typing over a blank row with nothing does not begin a record."""
        if isinstance(value, Picked):
            return value.value == self.value(row, key)
        draft = self.draft_at(row)
        shown = draft.typed.get(key) if draft is not None else None
        return str(value) == (shown if shown is not None else self.text_of(key, self.value(row, key)))

    def take_back_typing(self, row: int) -> bool:
        """Undo the last cell typed in a row that is not saved yet."""
        draft = self.draft_at(row)
        if draft is None or not take_back(self.desk, self.ledger, draft):
            return False
        self._after_typing(row, draft)
        return True

    def _begin_draft(self, row: int) -> RowDraft:
        draft = self.draft_at(row)
        if draft is not None:
            return draft
        if row < self._pages.count:
            id = self._pages.ids[row] if self._pages.ids is not None else self._pages.id_at(row)
            if id is None:
                return RowDraft(None, {}, {})
            values = self.desk.draft(self.ledger, id)
            draft = self._changed[id] = RowDraft(id, dict(values), dict(values))
            return draft
        return self.begin_new(dict(self._blank))

    def begin_new(self, values: Draft) -> RowDraft:
        """Turn the blank row into a row being written; a new blank row follows it."""
        place = self.blank_row + 1
        self.beginInsertRows(QModelIndex(), place, place)
        self._drawn.clear()
        draft = RowDraft(None, values, dict(self._blank))
        self._new.append(draft)
        self.endInsertRows()
        return draft

    def begin_copy(self, values: Draft) -> int:
        """Begin a new row like another one, of today where the ledger goes by days; return its place."""
        copied = {field.key: values.get(field.key) for field in self.ledger.fields if field.writable}
        if self.ledger.happened:
            copied[self.ledger.happened] = self._blank.get(self.ledger.happened)
        draft = self.begin_new(self.desk.complete(self.ledger, copied))
        row = self.blank_row - 1
        self._after_typing(row, draft)
        return row

    def _after_typing(self, row: int, draft: RowDraft) -> None:
        if draft.id is not None and not draft.changed:
            self._changed.pop(draft.id, None)
        elif draft.id is None:
            self.desk.keep_draft(self.ledger, draft.values)
        self.redraw(row)
        self.typed.emit(row)

    def forget_drawn(self) -> None:
        """Work the cells of typed rows out anew."""
        self._drawn.clear()

    def redraw(self, row: int) -> None:
        """Paint a row anew."""
        self._drawn.pop(row, None)
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)

    # --- saving ------------------------------------------------------------------------------------

    def save(self, row: int) -> Saved | None:
        """Keep a row; None when there is nothing to keep.

        Raises Unacceptable with all objections; they are then shown in the row, which stays as it was typed.
        """
        draft = self.draft_at(row)
        if draft is None:
            return None
        if draft.typed:
            found = (*draft.troubles, *self.desk.examine(self.ledger, draft.values, draft.id))
            self._refuse(row, draft, tuple(one for one in found if one.field not in draft.typed or one in draft.troubles))
        try:
            saved = self._by_itself(lambda: self.desk.save(self.ledger, draft.values, draft.id))
        except Unacceptable as refusal:
            self._refuse(row, draft, refusal.objections)
        self._settle(row, draft, saved)
        return saved

    def _refuse(self, row: int, draft: RowDraft, objections: Any) -> None:
        blame(draft, objections)
        self.redraw(row)
        raise Unacceptable(self.in_order(draft.troubles))

    def in_order(self, objections: tuple[Objection, ...]) -> list[Objection]:
        """The objections from left to right, as the columns stand."""
        order = {field.key: place for place, field in enumerate(self.ledger.fields)}
        return sorted(objections, key=lambda one: order.get(one.field, -1))

    def _settle(self, row: int, draft: RowDraft, saved: Saved) -> None:
        """A saved row becomes a stored one; it keeps its place."""
        if draft.id is not None:
            self._changed.pop(draft.id, None)
            self._pages.forget(row)
            self._drawn.pop(row, None)
            self.redraw(row)
            return
        self._like = dict(draft.values)
        self.layoutAboutToBeChanged.emit()
        self._new.remove(draft)
        self._pages.append(saved.id)
        self._drawn.clear()
        self._keep_what_is_left()
        self._refill_blank()
        self.layoutChanged.emit()

    def discard(self, row: int) -> bool:
        """Give up what was typed in a row; False when there was nothing."""
        draft = self.draft_at(row)
        if draft is None:
            return False
        if draft.id is not None:
            self._changed.pop(draft.id, None)
            self.redraw(row)
            return True
        self.beginRemoveRows(QModelIndex(), row, row)
        self._new.remove(draft)
        self._drawn.clear()
        self._keep_what_is_left()
        self.endRemoveRows()
        return True

    def save_many(self, drafts: list[tuple[int | None, Draft]], title: str) -> list[Saved]:
        """Keep several rows as one act; rows typed before are settled with it."""
        saved = self._by_itself(lambda: self.desk.save_many(self.ledger, drafts, title))
        for (id, _), _one in zip(drafts, saved, strict=True):
            if id is not None:
                self._changed.pop(id, None)
        return saved

    def take_saved(self, new_ids: list[int]) -> None:
        """Show rows just saved as a block: changed ones where they stand, new ones after the stored rows."""
        self.layoutAboutToBeChanged.emit()
        self._pages.forget_all()
        for id in new_ids:
            self._pages.append(id)
        self._drawn.clear()
        self._like = None
        self._refill_blank()
        self.layoutChanged.emit()

    def blank_like(self, like: Draft | None) -> Draft:
        """A new record after the one given, or as the blank row stands."""
        return dict(self._blank) if like is None else self.desk.blank(self.ledger, like)

    def _by_itself(self, act: Callable[[], Any]) -> Any:
        self.writing = True
        try:
            return act()
        finally:
            self.writing = False

    def _keep_what_is_left(self) -> None:
        if self._new:
            self.desk.keep_draft(self.ledger, self._new[-1].values)
        else:
            self.desk.drop_draft(self.ledger)

    def _refill_blank(self) -> None:
        like = self._like
        if like is None and self._pages.count:
            like = self.values(self._pages.count - 1) or None
        self._usual = frozenset(key for key, value in (like or {}).items() if value is not None)
        self._blank = self.desk.complete(self.ledger, self.desk.blank(self.ledger, like))
