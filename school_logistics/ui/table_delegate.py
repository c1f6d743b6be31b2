"""Paints every cell of the table: ground, lines, text, quiet weekday, mark. One question to the model a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from school_logistics.ui.cell_editor import CellEditor
from school_logistics.ui.cell_model import CELL, CellModel, Picked
from school_logistics.ui.chips import State, chip_width, paint_chip
from school_logistics.ui.painting import draw_icon
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from school_logistics.ui.cells import Cell

Index = QModelIndex | QPersistentModelIndex

TOO_NARROW = "####"
"""What a sheet shows of a figure wider than its column."""
_LEFT, _RIGHT, _CENTER = 0, 1, 2
_SIDES = {"left": _LEFT, "right": _RIGHT, "center": _CENTER}


class Strokes:
    """Colours, fonts and measures of one theme, gathered once so that painting a cell looks nothing up."""

    def __init__(self, theme: Theme) -> None:
        """Gather them."""
        sizes = theme.sizes
        self.surface, self.soft, self.soft2 = theme.brush("surface"), theme.brush("soft"), theme.brush("soft2")
        self.grid = theme.brush("grid")
        self.inks: dict[str, QColor] = {}
        self.brushes: dict[str, QBrush] = {}
        self.font, self.bold, self.quiet = theme.font(), theme.font(bold=True), theme.font(Type.QUIET)
        self.metrics, self.bold_metrics = theme.metrics(), theme.metrics(bold=True)
        self.quiet_metrics = theme.metrics(Type.QUIET)
        self.left, self.right, self.mark = sizes.cell_left, sizes.cell_right, sizes.mark
        self.rise = (sizes.row - 1 - self.metrics.height()) // 2 + self.metrics.ascent()
        self.gap = sizes.small
        self._theme = theme

    def ink(self, token: str) -> QColor:
        """The colour of a token."""
        known = self.inks.get(token)
        if known is None:
            known = self.inks[token] = self._theme.color(token)
        return known

    def brush(self, token: str) -> QBrush:
        """The brush of a token."""
        known = self.brushes.get(token)
        if known is None:
            known = self.brushes[token] = self._theme.brush(token)
        return known


class RecordDelegate(QStyledItemDelegate):
    """One delegate for all columns. The view tells it which row is current and which cells are selected."""

    editor_made = Signal(object)

    def __init__(self, theme: Theme, model: CellModel, parent: QObject | None = None) -> None:
        """Read alignments from the ledger."""
        super().__init__(parent)
        self._theme, self._model = theme, model
        self._sides = tuple(_SIDES[field.kind.align] for field in model.columns)
        self.current = (-1, -1)
        self.selected: tuple[tuple[int, int, int, int], ...] = ()
        """Spans of selected cells: first row, last row, first column, last column."""
        self.opened_by_typing = False
        self.dress()

    def dress(self) -> None:
        """Take the colours and fonts of the theme as it is now."""
        self._strokes = Strokes(self._theme)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.sizes.side_form, self._theme.sizes.row)

    # --- painting ----------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: Cell = index.data(CELL)
        row, column = index.row(), index.column()
        rect: QRect = option.rect
        strokes = self._strokes
        x, y, width, height = rect.x(), rect.y(), rect.width(), rect.height()
        painter.fillRect(rect, self._ground(cell, row, column))
        painter.fillRect(x + width - 1, y, 1, height, strokes.grid)
        painter.fillRect(x, y + height - 1, width, 1, strokes.grid)
        if cell.chip:
            self._paint_chip(painter, cell, x, y, width)
        elif cell.text:
            self._paint_text(painter, cell, self._sides[column], x, y, width)
        if cell.mark:
            self._paint_mark(painter, cell.mark, x + width, y)

    def _ground(self, cell: Cell, row: int, column: int) -> QBrush:
        if cell.ground:
            return self._strokes.brush(cell.ground)
        here, at = self.current
        if row == here and column == at:
            return self._strokes.surface
        for first, last, left, right in self.selected:
            if first <= row <= last and left <= column <= right:
                return self._strokes.soft
        return self._strokes.soft2 if row == here else self._strokes.surface

    def _paint_text(self, painter: QPainter, cell: Cell, side: int, x: int, y: int, width: int) -> None:
        strokes = self._strokes
        metrics = strokes.bold_metrics if cell.bold else strokes.metrics
        room = width - strokes.left - strokes.right
        if cell.shown_width != width:
            self._fit(cell, metrics, room, side)
            cell.shown_width = width
        painter.setFont(strokes.bold if cell.bold else strokes.font)
        painter.setPen(strokes.ink(cell.tone))
        if side == _LEFT:
            at = x + strokes.left
        else:
            spare = room - metrics.horizontalAdvance(cell.shown)
            at = x + strokes.left + (spare if side == _RIGHT else spare // 2)
        painter.drawText(at, y + strokes.rise, cell.shown)
        if cell.extra:
            self._paint_extra(painter, cell, x + width - strokes.right, y, room)

    def _fit(self, cell: Cell, metrics: QFontMetrics, room: int, side: int) -> None:
        """Cut the text only when it is wider than its column; a figure is never cut, for it would read as another."""
        if metrics.horizontalAdvance(cell.text) <= room:
            cell.shown = cell.text
        elif side == _RIGHT:
            cell.shown = TOO_NARROW
        else:
            cell.shown = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, max(room, 0))

    def _paint_chip(self, painter: QPainter, cell: Cell, x: int, y: int, width: int) -> None:
        """A judgement: what is normal as its shape alone, what is not with its word."""
        theme, state = self._theme, State[cell.chip]
        middle = y + (theme.sizes.row - 1) // 2
        if state is State.OK:
            draw_icon(
                painter, theme, state.shape, theme.sizes.icon, cell.tone, x + (width - theme.sizes.icon) // 2, middle
            )
        else:
            room = width - 2 * theme.sizes.tiny - chip_width(theme, "") - theme.sizes.tiny
            word = self._strokes.quiet_metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, max(room, 0))
            paint_chip(painter, theme, x + theme.sizes.tiny, middle, state, word)

    def _paint_extra(self, painter: QPainter, cell: Cell, right: int, y: int, room: int) -> None:
        strokes = self._strokes
        wide = strokes.quiet_metrics.horizontalAdvance(cell.extra)
        if strokes.metrics.horizontalAdvance(cell.shown) + strokes.gap + wide > room:
            return
        painter.setFont(strokes.quiet)
        painter.setPen(strokes.ink("ink3"))
        painter.drawText(right - wide, y + strokes.rise, cell.extra)

    def _paint_mark(self, painter: QPainter, mark: str, right: int, y: int) -> None:
        """The corner triangle, over the grid line."""
        size = self._strokes.mark
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._strokes.brush(mark))
        corner = QPolygonF([QPointF(right - size, y), QPointF(right, y), QPointF(right, y + size)])
        painter.drawPolygon(corner)
        painter.restore()

    def font(self) -> QFont:
        """The font of the cells."""
        return self._strokes.font

    # --- editing -----------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = self._model.typed_field(index.column())
        editor = CellEditor(self._theme, self._model.desk, self._model.ledger, field, parent)
        editor.set_draft(self._model.rows.values(index.row()))
        editor.opened_by_typing = self.opened_by_typing
        self.editor_made.emit(editor)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, CellEditor):
            text = "" if self.opened_by_typing else str(index.data(Qt.ItemDataRole.EditRole) or "")
            editor.begin(text)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        if isinstance(editor, CellEditor) and editor.touched:
            picked = editor.picked_value()
            self._model.setData(index, editor.typed() if picked is None else Picked(picked))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        if isinstance(editor, CellEditor):
            editor.place(rect.adjusted(-1, -1, 0, 0))
