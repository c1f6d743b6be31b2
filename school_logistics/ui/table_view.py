"""The table itself: how keys move through it, how cells are edited in place, and the one focus frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTableView, QWidget

from school_logistics.ui.editor_line import Leave, leaving
from school_logistics.ui.painting import draw_frame
from school_logistics.ui.table_delegate import RecordDelegate
from school_logistics.ui.table_gutter import RowGutter
from school_logistics.ui.table_header import RecordHeader
from school_logistics.ui.table_moves import Spot, after, edge

if TYPE_CHECKING:
    from collections.abc import Callable

    from school_logistics.models.fields import Field
    from school_logistics.ui.cell_editor import CellEditor
    from school_logistics.ui.cell_model import CellModel
    from school_logistics.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Select = QItemSelectionModel.SelectionFlag

_TRIGGERS = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.AnyKeyPressed
)
"""Not a click on the current cell: Qt would wait whether it becomes a double click, and take no key meanwhile."""
_ARROWS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right})
_LEFT_TO_QT = frozenset({Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_A, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
"""Keys that Qt handles well with Ctrl; all others with Ctrl belong to the page."""


class RecordView(QTableView):
    """A table view for very many rows: fixed heights, painted headers, spreadsheet keys."""

    row_left = Signal(int, int)
    """The current row changed: the one left, the one entered."""
    cell_entered = Signal()
    save_wanted = Signal(int)
    """Ctrl+Enter, or Enter in the last field of a new row."""
    escaped = Signal(int)
    """Esc in a row while no cell is edited."""
    selection_changed = Signal()
    new_wanted = Signal(str, str)
    laid_out = Signal()
    """Something was resized or scrolled."""

    def __init__(
        self, theme: Theme, model: CellModel, parent: QWidget | None = None, *, filtering: bool = True
    ) -> None:
        """Dress a QTableView for the look and for speed; `filtering` puts a row of filter fields into its head."""
        super().__init__(parent)
        self._theme, self._model = theme, model
        self.commands: dict[tuple[Qt.Key, bool], Callable[[], object]] = {}
        """What keys with Ctrl (True) or without (False) do while no cell is edited."""
        self._frame = QRect()
        self._editing: CellEditor | None = None
        self.head = RecordHeader(theme, model, self, filtering=filtering)
        self.gutter = RowGutter(theme, model, self)
        self.delegate = RecordDelegate(theme, model, self)
        self.setModel(model)
        self.setHorizontalHeader(self.head)
        self.setVerticalHeader(self.gutter)
        for header in (self.head, self.gutter):  # with the view's own they would ask for every cell of every row
            header.setSelectionModel(QItemSelectionModel(model, header))
        self.setItemDelegate(self.delegate)
        self.delegate.editor_made.connect(self._took_editor)
        self._settle_qt()
        self.selectionModel().selectionChanged.connect(self._selected)
        model.layoutChanged.connect(self._follow_layout)
        model.modelReset.connect(self.gutter.fit)

    def _settle_qt(self) -> None:
        """Turn off what Qt does by itself and paints by itself."""
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(True)  # Tab reaches keyPressEvent, in a window with other stops too
        self.setSortingEnabled(False)
        self.setEditTriggers(_TRIGGERS)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)

    # --- where we are ------------------------------------------------------------------------------

    def columns(self) -> tuple[Field, ...]:
        """The fields in the table, as they are declared."""
        return self._model.columns

    def visual_columns(self) -> list[int]:
        """The columns from left to right as they stand."""
        return [self.head.logicalIndex(place) for place in range(self.head.count())]

    def current_key(self) -> str:
        """The field of the current cell; "" when there is none."""
        index = self.currentIndex()
        return self._model.columns[index.column()].key if index.isValid() else ""

    def go(self, row: int, column: int) -> None:
        """Make a cell current and bring it into sight, with the first column where there is room."""
        index = self._model.index(row, column)
        if not index.isValid():
            return
        self.selectionModel().setCurrentIndex(index, Select.ClearAndSelect)
        self.scrollTo(self.currentIndex())  # rows above may be gone by now
        self._show_first_columns()

    def _show_first_columns(self) -> None:
        """Scroll back to the first column whenever the current one is in sight from there."""
        column = self.currentIndex().column()
        if self.head.sectionPosition(column) + self.head.sectionSize(column) <= self.viewport().width():
            self.horizontalScrollBar().setValue(0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_first_columns()
        self.scrollTo(self.currentIndex())

    def spans(self) -> list[tuple[int, int, int, int]]:
        """The selected blocks: first row, last row, first column, last column."""
        selection = self.selectionModel().selection()
        ranges = (selection.at(place) for place in range(selection.count()))
        return [(one.top(), one.bottom(), one.left(), one.right()) for one in ranges]

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._mark_current()
        if current.row() != previous.row():
            for row in (current.row(), previous.row()):
                self._repaint_row(row)
            if previous.isValid():
                self.row_left.emit(previous.row(), current.row())
                self._mark_current()  # a row that was left without a word in it is gone, and those below moved up
        self._repaint_frame()
        self.cell_entered.emit()

    def _mark_current(self) -> None:
        index = self.currentIndex()
        self.delegate.current = (index.row(), index.column())
        self.gutter.current_row = index.row()

    def _repaint_row(self, row: int) -> None:
        if row < 0:
            return
        top, height = self.rowViewportPosition(row), self._theme.sizes.row
        self.viewport().update(0, top - 1, self.viewport().width(), height + 1)
        self.gutter.viewport().update(0, top, self.gutter.width(), height)

    def _repaint_frame(self) -> None:
        """The frame lies one pixel over the cell's left and upper neighbours: these are painted anew with it."""
        self.viewport().update(self._frame)
        index = self.currentIndex()
        self._frame = self.visualRect(index).adjusted(-1, -1, 0, 0) if index.isValid() else QRect()
        self.viewport().update(self._frame)

    def _selected(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        spans = self.spans()
        single = len(spans) == 1 and spans[0][0] == spans[0][1] and spans[0][2] == spans[0][3]
        self.delegate.selected = () if single else tuple(spans)
        self.viewport().update()
        self.selection_changed.emit()

    def _follow_layout(self) -> None:
        self.gutter.fit()
        self.viewport().update()
        self.gutter.viewport().update()

    # --- painting and laying out -------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        index = self.currentIndex()
        if not index.isValid():
            return
        frame = self.visualRect(index).adjusted(-1, -1, 0, 0)
        painter = QPainter(self.viewport())
        if self.hasFocus():
            draw_frame(painter, self._theme, frame, "accent", self._theme.sizes.focus)
        else:
            draw_frame(painter, self._theme, frame, "soft_line", self._theme.sizes.line)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "delegate"):
            self.delegate.dress()
            self.head.follow_theme()
            self.gutter.follow_theme()
            self._model.rows.forget_widths()
            self._model.rows.forget_drawn()
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.head.leave()
        if not self.currentIndex().isValid():
            self.go(0, self.visual_columns()[0])
        self._repaint_frame()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._repaint_frame()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        index = self.currentIndex()
        if self._editing is None and event.size().height() < event.oldSize().height() and index.isValid():
            row = self.rowViewportPosition(index.row())
            if 0 <= row < event.oldSize().height():  # it was in sight and stays so
                self.scrollTo(index)
        self.laid_out.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._align_top()
        self.laid_out.emit()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._align_top()

    def _align_top(self) -> None:
        """At the end, too, let a whole row stand under the head; Qt would align the last one with the foot."""
        bar = self.verticalScrollBar()
        if bar.maximum() > 0 and bar.value() == bar.maximum():
            before = self.gutter.offset()
            self.gutter.setOffsetToSectionPosition(bar.value())
            if self.gutter.offset() != before:
                self.viewport().update()

    # --- keys --------------------------------------------------------------------------------------

    def keyboardSearch(self, search: str) -> None:
        """Typing edits; Qt's own search would ask for every row."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if modifiers & Qt.KeyboardModifier.AltModifier:
            self._alt_key(event, key)
        elif self._take(event, key, control=control):
            event.accept()
        elif control and key not in _LEFT_TO_QT:
            event.ignore()
        else:
            self._type(event)

    def _take(self, event: QKeyEvent, key: Qt.Key, *, control: bool) -> bool:
        """Handle a key as a sheet does; False when it is for Qt or the page."""
        command = self.commands.get((key, control))
        how = leaving(event, by_typing=False)
        if command is not None:
            command()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit(self.currentIndex().row())
        elif how is not None and key not in _ARROWS:
            self.leave_cell(how)
        elif key == Qt.Key.Key_Space and self._is_flag():
            self._tick()
        elif control and key in _ARROWS:
            self._jump(key, extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            return False
        return True

    def _alt_key(self, event: QKeyEvent, key: Qt.Key) -> None:
        """Alt+↓ opens a cell with its choices; everything else with Alt belongs to the page."""
        event.setAccepted(key == Qt.Key.Key_Down and self.edit_current())
        if event.isAccepted() and self._editing is not None:
            self._editing.open_suggestions()

    def _type(self, event: QKeyEvent) -> None:
        self.delegate.opened_by_typing = bool(event.text()) and event.text().isprintable()
        try:
            super().keyPressEvent(event)
        finally:
            self.delegate.opened_by_typing = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A composition opens the editor; the focus follows only when it is committed, or it would be broken off."""
        if self._editing is None and event.commitString() and not event.preeditString():
            self._type_whole(event)
            return
        self.delegate.opened_by_typing = True
        try:
            super().inputMethodEvent(event)
        finally:
            self.delegate.opened_by_typing = False
        if self._editing is not None and event.commitString():
            self._editing.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _type_whole(self, event: QInputMethodEvent) -> None:
        """What comes without a composition, as from handwriting or a phrase, is typed into a cell that opens for it."""
        self.delegate.opened_by_typing = True
        try:
            opened = self.edit_current()
        finally:
            self.delegate.opened_by_typing = False
        if opened and self._editing is not None:
            self._editing.line.setFocus(Qt.FocusReason.OtherFocusReason)
            QCoreApplication.sendEvent(self._editing.line, event)

    def _is_flag(self) -> bool:
        index = self.currentIndex()
        return index.isValid() and self._model.columns[index.column()].kind.name == "flag"

    def _tick(self) -> None:
        index = self.currentIndex()
        ticked = self._model.rows.value(index.row(), self.current_key())
        self._model.setData(index, "否" if ticked else "是")

    def _jump(self, key: Qt.Key, *, extend: bool) -> None:
        index = self.currentIndex()
        spot = edge(key, self._model.rows, Spot(index.row(), index.column()), self.visual_columns())
        target = self._model.index(spot.row, index.column() if spot.column is None else spot.column)
        if not extend:
            self.go(target.row(), target.column())
            return
        block = QItemSelection(self._anchor(), target)
        self.selectionModel().setCurrentIndex(target, Select.NoUpdate)
        self.selectionModel().select(block, Select.ClearAndSelect)
        self.scrollTo(target)

    def _anchor(self) -> QModelIndex:
        """The corner of the selected block that lies opposite the current cell."""
        spans, index = self.spans(), self.currentIndex()
        if not spans:
            return index
        top, bottom, left, right = spans[0]
        row = bottom if index.row() == top else top
        return self._model.index(row, right if index.column() == left else left)

    # --- editing -----------------------------------------------------------------------------------

    def edit(  # type: ignore[override]  # both of Qt's ways to call it: an index alone stands for any trigger
        self,
        index: Index,
        trigger: QAbstractItemView.EditTrigger = QAbstractItemView.EditTrigger.AllEditTriggers,
        event: QEvent | None = None,
    ) -> bool:
        """Open a cell; one of a closed month stays shut, and the window is told why."""
        wanted = index.isValid() and bool(trigger & self.editTriggers())
        if wanted and self._model.refuse_locked(index.row(), self._model.columns[index.column()].key) is not None:
            return False
        return super().edit(index, trigger, event)  # type: ignore[arg-type]  # Qt takes no event for None

    def edit_current(self) -> bool:
        """Open the current cell with its text, as F2 does; False when it cannot be edited."""
        index = self.currentIndex()
        if not index.isValid() or self._model.refuse_locked(index.row(), self.current_key()) is not None:
            return False
        if not self._model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        return self.edit(index)

    def editor(self) -> CellEditor | None:
        """The editor that is open, if any."""
        return self._editing

    def _took_editor(self, editor: CellEditor) -> None:
        self._editing = editor
        editor.left.connect(self._editor_left)
        editor.new_wanted.connect(self.new_wanted)

    def _editor_left(self, how: Leave) -> None:
        self.finish_editing(take=how is not Leave.CANCEL)
        if how not in {Leave.CANCEL, Leave.AWAY}:
            self.leave_cell(how)

    def finish_editing(self, *, take: bool = True) -> None:
        """Close the open editor, taking what was typed or not."""
        editor, self._editing = self._editing, None
        if editor is None:
            return
        had_focus = editor.line.hasFocus()
        editor.finish()
        if take:
            self.commitData(editor)
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_cell(self, how: Leave) -> None:
        """Go where a key leads from the current cell."""
        index = self.currentIndex()
        if not index.isValid():
            return
        here = Spot(index.row(), index.column())
        spot = here if how is Leave.SAVE else after(how, self._model.rows, here, self.visual_columns())
        if how is Leave.SAVE or spot.column is None:
            self.save_wanted.emit(index.row())
        else:
            self.go(spot.row, spot.column)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.finish_editing()
        super().mousePressEvent(event)
