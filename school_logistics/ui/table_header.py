"""The head of the table: headings with quiet units, group headings above them, and a row of filter fields below.

Headings and filter fields are painted; one real line is moved to the field that is being typed in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QHeaderView, QLineEdit, QWidget

from school_logistics.ui.heading_painter import HeadingPainter
from school_logistics.ui.painting import MIDDLE_LEFT, draw_box, draw_icon
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from school_logistics.ui.cell_model import CellModel

FILTER_DELAY_MS = 200
"""So long nothing must be typed before the rows are filtered."""


class FilterLine(QLineEdit):
    """The one real filter field; Esc empties it or gives the focus back, Enter and ↓ go to the rows."""

    done = Signal()
    moved = Signal(int)
    """Tab: to the next filter field (1) or the one before (-1)."""

    def event(self, event: QEvent) -> bool:
        """Take Tab before Qt moves the focus with it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Tab:
                self.moved.emit(1)
                return True
            if event.key() == Qt.Key.Key_Backtab:
                self.moved.emit(-1)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
                self.textEdited.emit("")
            else:
                self.done.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.done.emit()
        else:
            super().keyPressEvent(event)


class RecordHeader(QHeaderView):
    """Paints the head of a ledger's table and keeps what is typed above each column."""

    filtered = Signal(object)
    """dict of field key → text, without the empty ones, some time after the last letter."""
    sort_wanted = Signal(int)
    done = Signal()
    """The user is through with the filter row: give the focus to the rows."""

    def __init__(
        self, theme: Theme, model: CellModel, parent: QWidget | None = None, *, filtering: bool = True
    ) -> None:
        """Show every column of the model, with a row of filter fields unless there is nothing to find."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme, self._model, self._filtering = theme, model, filtering
        self._texts: dict[str, str] = {}
        self._painter = HeadingPainter(theme, model.columns, self)
        self._sort_key, self._descending = "", False
        self._at = -1
        self._pressed_at = QPoint()
        self.setSectionsMovable(True)
        self.setStretchLastSection(True)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)  # a click on a heading sorts; it does not select the column
        self.setAccessibleName("列标题和筛选")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._line = FilterLine(self.viewport())
        self._line.setFrame(False)
        self._line.hide()
        self._line.textEdited.connect(self._typed)
        self._line.done.connect(self.done)
        self._line.moved.connect(self._step)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FILTER_DELAY_MS)
        self._timer.timeout.connect(self._tell)
        self.sectionResized.connect(self._follow)
        self.sectionMoved.connect(self._follow)

    # --- measures ----------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        filter_row = self._theme.sizes.filter_row if self._filtering else 0
        return QSize(super().sizeHint().width(), self._heading_bottom() + filter_row)

    def _group_bottom(self) -> int:
        return self._painter.group_height()

    def _heading_bottom(self) -> int:
        return self._group_bottom() + self._theme.sizes.header

    def filter_rect(self, column: int) -> QRect:
        """The filter field of a column, in coordinates of the viewport."""
        sizes = self._theme.sizes
        left = self.sectionViewportPosition(column)
        return QRect(left + 3, self._heading_bottom() + 1, self.sectionSize(column) - 7, sizes.filter_row - 5)

    def _cross_rect(self, column: int) -> QRect:
        box = self.filter_rect(column)
        side = box.height()
        return QRect(box.right() - side + 1, box.top(), side, side)

    def follow_theme(self) -> None:
        """Take fonts and heights of the theme as it is now."""
        self._line.setFont(self._theme.font())
        self.updateGeometries()
        self._follow()

    # --- sorting -----------------------------------------------------------------------------------

    def set_sorted(self, key: str, *, descending: bool) -> None:
        """Show the chevron at a column."""
        self._sort_key, self._descending = key, descending
        self.viewport().update()

    # --- filters -----------------------------------------------------------------------------------

    def filters(self) -> dict[str, str]:
        """What is typed above the columns, by field key, without the empty ones."""
        return {key: text for key, text in self._texts.items() if text.strip()}

    def set_filters(self, texts: dict[str, str]) -> None:
        """Show these filters without telling anybody."""
        self._texts = dict(texts)
        self._timer.stop()
        if self._at >= 0:
            self._line.setText(self._texts.get(self._key(self._at), ""))
        self.viewport().update()

    def clear_filters(self) -> None:
        """Show all rows again, at once."""
        self.set_filters({})
        self._tell()

    def focus_filter(self, key: str = "") -> None:
        """Type above a column; without a key above the first one."""
        column = self._model.rows.column_of(key) if key else self.logicalIndex(0)
        self._edit(0 if column is None else column)

    def filtering_column(self) -> int:
        """The column whose filter has the focus; -1 for none."""
        return self._at if self._line.isVisible() and self._line.hasFocus() else -1

    def line(self) -> QLineEdit:
        """The line that is moved to the filter field in use."""
        return self._line

    def _key(self, column: int) -> str:
        return self._model.columns[column].key

    def _edit(self, column: int) -> None:
        self._at = column
        self._line.setText(self._texts.get(self._key(column), ""))
        self._line.setAccessibleName(f"筛选 {self._model.columns[column].label}")
        self._bring_into_view(column)
        self._follow()
        self._line.show()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()
        self.viewport().update()

    def _bring_into_view(self, column: int) -> None:
        table = self.parentWidget()
        left, width = self.sectionPosition(column), self.sectionSize(column)
        shown = self.viewport().width()
        hidden = left < self.offset() or left + width > self.offset() + shown
        if hidden and isinstance(table, QAbstractScrollArea):
            right_most = max(0, left + width - shown)
            table.horizontalScrollBar().setValue(right_most if left > self.offset() else left)

    def _step(self, by: int) -> None:
        visual = self.visualIndex(self._at) + by
        if 0 <= visual < self.count():
            self._edit(self.logicalIndex(visual))
        else:
            self.done.emit()

    def _typed(self, text: str) -> None:
        self._texts[self._key(self._at)] = text
        self._timer.start()

    def _tell(self) -> None:
        self.filtered.emit(self.filters())

    def settle(self) -> None:
        """Tell what is typed without waiting any longer."""
        if self._timer.isActive():
            self._timer.stop()
            self._tell()

    def leave(self) -> None:
        """The rows have the focus again: the real line goes, the painted field stays."""
        self.settle()
        self._line.hide()
        self._at = -1
        self.viewport().update()

    def _follow(self, *_: int) -> None:
        if self._at >= 0:
            box = self.filter_rect(self._at)
            self._line.setGeometry(box.adjusted(4, 2, -4, -2))
        self.viewport().update()

    def setOffset(self, offset: int) -> None:
        super().setOffset(offset)
        self._follow()

    # --- mouse -------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        self._pressed_at = point
        column = self.logicalIndexAt(point)
        if point.y() < self._heading_bottom() or column < 0:
            super().mousePressEvent(event)
            return
        key = self._key(column)
        if self._texts.get(key) and self._cross_rect(column).contains(point):
            self._texts.pop(key)
            self.set_filters(self._texts)
            self._tell()
        else:
            self._edit(column)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        column = self.logicalIndexAt(point)
        still = (point - self._pressed_at).manhattanLength() < self._theme.sizes.small
        on_edge = self.cursor().shape() == Qt.CursorShape.SplitHCursor
        on_heading = self._group_bottom() <= self._pressed_at.y() < self._heading_bottom()
        if event.button() == Qt.MouseButton.LeftButton and on_heading and still and not on_edge and column >= 0:
            self.sort_wanted.emit(column)

    # --- painting ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.brush("sunken"))
        painter.end()
        super().paintEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.save()
        painter.fillRect(rect, self._theme.brush("sunken"))
        self._painter.paint(painter, rect, logicalIndex, (self._sort_key, self._descending))
        if self._filtering:
            self._paint_filter(painter, logicalIndex)
        painter.restore()

    def _paint_filter(self, painter: QPainter, column: int) -> None:
        theme, sizes = self._theme, self._theme.sizes
        box = self.filter_rect(column)
        text = self._texts.get(self._key(column), "")
        if column == self._at and self._line.isVisible():
            width = sizes.focus if self._line.hasFocus() else sizes.line
            draw_box(painter, theme, box, "surface", "accent", width=width)
            return
        if not text.strip():
            draw_box(painter, theme, box, "surface", "line")
            return
        draw_box(painter, theme, box, "soft", "soft_line")
        cross = self._cross_rect(column)
        draw_icon(painter, theme, "x", sizes.icon_small, "ink2", cross.center().x() - sizes.icon_small // 2 + 1,
                  cross.center().y() + 1)  # fmt: skip
        painter.setFont(theme.font(Type.LABEL))
        painter.setPen(theme.color("accent"))
        room = box.adjusted(sizes.cell_left - 1, 0, -cross.width(), 0)
        shown = theme.metrics(Type.LABEL).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, MIDDLE_LEFT, shown)
