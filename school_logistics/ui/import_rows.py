"""The rows of a file as they will be written: what is objected to is tinted, and can be typed over in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPolygon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from school_logistics.models.ledger import Level
from school_logistics.services.import_objections import written
from school_logistics.services.import_plan import Fate
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT, draw_frame
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QKeyEvent

    from school_logistics.models.ledger import Field
    from school_logistics.services.import_plan import CellObjection, ImportPlan, ImportRow

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
NUMBER, FATE = 0, 1
"""The first two columns: the row's number in its sheet, and what becomes of it."""
_FIRST_FIELD = 2
_TONES = {Level.REFUSED: "late", Level.GAP: "late", Level.WARNING: "soon"}
_FATE_TONES = {Fate.ADD: "ink2", Fate.UPDATE: "accent", Fate.SAME: "ink3", Fate.REFUSED: "late"}
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
        column = keys.index(shown) + _FIRST_FIELD if shown else NUMBER
        return self.index(self._rows.index(place), column)

    def objection(self, index: Index) -> CellObjection | None:
        """The gravest objection to a cell."""
        row = self.row_at(index.row())
        if row is None or index.column() < _FIRST_FIELD:
            return None
        key = self.fields[index.column() - _FIRST_FIELD].key
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
        key = self.fields[index.column() - _FIRST_FIELD].key
        shown = self._plan.text(row, key)
        return shown or (written(row.written(key)) if self.objection(index) else "")

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.fields) + _FIRST_FIELD

    def flags(self, index: Index) -> Qt.ItemFlag:
        able = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() >= _FIRST_FIELD and self.fields[index.column() - _FIRST_FIELD].writable:
            return able | Qt.ItemFlag.ItemIsEditable
        return able

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if way == Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return ("行", "结果")[section] if section < _FIRST_FIELD else self.fields[section - _FIRST_FIELD].label

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index)
        if role == Qt.ItemDataRole.EditRole:
            row = self.row_at(index.row())
            key = self.fields[index.column() - _FIRST_FIELD].key
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
            self.mended.emit(row, self.fields[index.column() - _FIRST_FIELD].key, str(value))
        return True


class RowDelegate(QStyledItemDelegate):
    """Paints a cell with its tint, mark and frame; edits with a plain field."""

    def __init__(self, theme: Theme, view: ImportTable) -> None:
        """`view` says which row is current and whether it has the keyboard."""
        super().__init__(view)
        self._theme, self._view = theme, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, sizes = self._theme, self._theme.sizes
        model = self._view.rows
        box: QRect = option.rect
        row = model.row_at(index.row())
        if row is None:
            return
        here = self._view.currentIndex()
        against = model.objection(index)
        if here.row() == index.row():
            painter.fillRect(box, theme.brush("soft2"))
        if against is not None and against.level is Level.REFUSED:
            painter.fillRect(box, theme.brush("late_bg"))
        painter.fillRect(QRect(box.right(), box.top(), 1, box.height()), theme.brush("grid"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.brush("grid"))
        self._write(painter, box.adjusted(sizes.cell_left, 0, -sizes.cell_right, 0), index, row)
        if against is not None:
            self._mark(painter, box, _TONES[against.level])
        if here == index:
            focused = self._view.hasFocus()
            draw_frame(painter, theme, box, "accent" if focused else "soft_line", 2 if focused else 1)

    def _write(self, painter: QPainter, box: QRect, index: Index, row: ImportRow) -> None:
        theme, model = self._theme, self._view.rows
        text, column = model.text(index), index.column()
        kind, ink, right = Type.TEXT, "ink", False
        if column == NUMBER:
            kind, ink, right = Type.QUIET, "ink3", True
        elif column == FATE:
            kind, ink = Type.LABEL, _FATE_TONES[row.fate]
        else:
            against = model.objection(index)
            right = model.fields[column - _FIRST_FIELD].kind.align == "right"
            same = row.fate is Fate.SAME
            ink = _TONES[against.level] if against else "ink3" if same else "ink"
        painter.setFont(theme.font(kind))
        painter.setPen(theme.color(ink))
        metrics = theme.metrics(kind)
        wide = metrics.horizontalAdvance(text) > box.width()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width()) if wide else text
        painter.drawText(box, MIDDLE_RIGHT if right else MIDDLE_LEFT, shown)

    def _mark(self, painter: QPainter, box: QRect, tone: str) -> None:
        size = self._theme.sizes.mark
        corner = QPoint(box.right(), box.top())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.brush(tone))
        painter.drawPolygon(QPolygon([corner, corner - QPoint(size, 0), corner + QPoint(0, size)]))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(80), self._theme.sizes.row)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setFont(self._theme.font())
        editor.setFrame(False)
        editor.setAccessibleName(f"改{self._view.rows.fields[index.column() - _FIRST_FIELD].label}")
        editor.setTextMargins(self._theme.sizes.cell_left - 2, 0, 0, 0)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())


class RowHead(QHeaderView):
    """Headings in the manner of the ledgers' tables."""

    def __init__(self, theme: Theme, view: ImportTable) -> None:
        """`view` knows the fields and their units."""
        super().__init__(Qt.Orientation.Horizontal, view)
        self._theme, self._view = theme, view
        self.setSectionsMovable(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.sizes.header)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, sizes = self._theme, self._theme.sizes
        painter.fillRect(rect, theme.brush("sunken"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.brush("line"))
        top = rect.top() + (rect.height() - sizes.separator) // 2
        painter.fillRect(QRect(rect.right(), top, 1, sizes.separator), theme.brush("line"))
        field = self._view.rows.fields[section - _FIRST_FIELD] if section >= _FIRST_FIELD else None
        right = section == NUMBER or (field is not None and field.kind.align == "right")
        box = rect.adjusted(sizes.cell_left, 0, -sizes.cell_right, 0)
        label = str(self._view.rows.headerData(section, Qt.Orientation.Horizontal))
        unit = field.unit if field else ""
        unit_width = theme.metrics(Type.QUIET).horizontalAdvance(unit) + sizes.tiny if unit else 0
        metrics = theme.metrics(Type.LABEL)
        shown = metrics.elidedText(label, Qt.TextElideMode.ElideRight, box.width() - unit_width)
        left = box.right() - unit_width - metrics.horizontalAdvance(shown) if right else box.left()
        painter.setFont(theme.font(Type.LABEL))
        painter.setPen(theme.color("ink2"))
        painter.drawText(QRect(left, box.top(), box.width(), box.height()), MIDDLE_LEFT, shown)
        if unit:
            painter.setFont(theme.font(Type.QUIET))
            painter.setPen(theme.color("ink3"))
            beside = left + metrics.horizontalAdvance(shown) + sizes.tiny
            painter.drawText(QRect(beside, box.top(), unit_width, box.height()), MIDDLE_LEFT, unit)


class ImportTable(QTableView):
    """The rows; typing, F2 or a double click mends a cell, Del empties it."""

    row_changed = Signal(int)
    """Place in the plan of the row that has become current."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._theme = theme
        self.rows = ImportRows(self)
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(theme, self))
        self.head = RowHead(theme, self)
        self.setHorizontalHeader(self.head)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.setAccessibleName("写进去会是这样")
        self._measure()

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.sizes.row)
        self.verticalHeader().setMinimumSectionSize(self._theme.sizes.row)

    def show_rows(self, plan: ImportPlan | None, rows: Sequence[int], fields: Sequence[Field]) -> None:
        """Show some rows of a plan; the current cell stays where it is as far as it can."""
        here, bar = self.currentIndex(), self.verticalScrollBar().value()
        place, column = (here.row(), here.column()) if here.isValid() else (0, _FIRST_FIELD)
        anew = tuple(fields) != self.rows.fields
        self.rows.set_rows(plan, rows, fields)
        if anew:
            self._widen()
        last = self.rows.rowCount() - 1
        if last >= 0:
            column = min(column, self.rows.columnCount() - 1)
            self.setCurrentIndex(self.rows.index(min(place, last), column))
            self.verticalScrollBar().setValue(bar)

    def _widen(self) -> None:
        theme, sizes = self._theme, self._theme.sizes
        self.setColumnWidth(NUMBER, theme.px(46))
        self.setColumnWidth(FATE, theme.px(52))
        for column, field in enumerate(self.rows.fields, start=_FIRST_FIELD):
            words = field.chars * theme.metrics().horizontalAdvance("0") + sizes.cell_left + sizes.cell_right
            wide = field.kind.name in {"text", "ref", "choice", "code"}
            head = theme.metrics(Type.LABEL).horizontalAdvance(field.label) + sizes.cell_left + sizes.cell_right
            head += theme.metrics(Type.QUIET).horizontalAdvance(field.unit) + 2 * sizes.tiny
            self.setColumnWidth(column, max(head, round(words * (1.5 if wide else 1.1))))

    def go_to(self, place: int, key: str) -> bool:
        """Make a cell of a row of the plan current; say whether the row is shown."""
        index = self.rows.find(place, key)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def edit_cell(self, place: int, key: str) -> bool:
        """Open the field of a cell; say whether it is shown and can be typed over."""
        if key not in {one.key for one in self.rows.fields} or not self.go_to(place, key):
            return False
        index = self.currentIndex()
        if not self.rows.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit(index)
        return True

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid() and current.row() != previous.row():
            self.row_changed.emit(self.rows.place_of(current.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            return  # Enter in the field reaches the table too
        index = self.currentIndex()
        editable = index.isValid() and bool(self.rows.flags(index) & Qt.ItemFlag.ItemIsEditable)
        if event.key() == Qt.Key.Key_Delete and editable:
            self.rows.setData(index, "")
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and editable and not event.modifiers():
            self.edit(index)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "head"):
            self._measure()
            self._widen()
