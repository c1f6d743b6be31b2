"""The table of rows to be imported: what is objected to is tinted, and can be typed over in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPolygon
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

from school_logistics.models.checks import Level
from school_logistics.services.import_plan import Fate
from school_logistics.ui.import_rows import FATE, FIRST_FIELD, NUMBER, ImportRows, Index
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT, draw_frame
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.models.fields import Field
    from school_logistics.services.import_plan import ImportPlan, ImportRow

_TONES = {Level.REFUSED: "late", Level.GAP: "late", Level.WARNING: "soon"}
_FATE_TONES = {Fate.ADD: "ink2", Fate.UPDATE: "accent", Fate.SAME: "ink3", Fate.REFUSED: "late"}


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
            right = model.fields[column - FIRST_FIELD].kind.align == "right"
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
        editor.setAccessibleName(f"改{self._view.rows.fields[index.column() - FIRST_FIELD].label}")
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
        field = self._view.rows.fields[section - FIRST_FIELD] if section >= FIRST_FIELD else None
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
        place, column = (here.row(), here.column()) if here.isValid() else (0, FIRST_FIELD)
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
        for column, field in enumerate(self.rows.fields, start=FIRST_FIELD):
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
