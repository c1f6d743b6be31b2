"""The row numbers left of the table: a pencil for what is not saved, + for the blank row, quiet signs of origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from school_logistics.ui.painting import MIDDLE_RIGHT, draw_icon
from school_logistics.ui.row_book import RowKind
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from school_logistics.ui.cell_model import CellModel

TAG_SIGNS = {"导入": ("file-up", "ink3"), "补录": ("history", "soon"), "待补资料": ("triangle-alert", "soon"),
             "已结账": ("lock", "ink3")}  # fmt: skip
"""Icon and ink for the tag of a row, of several the last; the words are the tool tip."""


class RowGutter(QHeaderView):
    """A vertical header that never asks for the height of a row: all are alike."""

    def __init__(self, theme: Theme, model: CellModel, parent: QWidget | None = None) -> None:
        """Number the rows of the model."""
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme, self._model = theme, model
        self.current_row = -1
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setAccessibleName("行号")
        self.follow_theme()

    def follow_theme(self) -> None:
        """Take heights and width of the theme as it is now."""
        sizes = self._theme.sizes
        self.setMinimumSectionSize(sizes.row)
        self.setDefaultSectionSize(sizes.row)
        self.setFixedWidth(self._width())

    def _width(self) -> int:
        """Wide enough for the largest number."""
        digits = len(str(max(self._model.rows.stored, 1)))
        sizes = self._theme.sizes
        number = self._theme.metrics(Type.QUIET).horizontalAdvance("8" * digits)
        return max(sizes.gutter, number + sizes.icon_small + 2 * sizes.small)

    def fit(self) -> None:
        """Make room for the numbers there are now."""
        self.setFixedWidth(self._width())

    def sizeHint(self) -> QSize:
        return QSize(self._width(), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.brush("window"))
        painter.end()
        super().paintEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme, sizes = self._theme, self._theme.sizes
        kind = self._model.rows.place(logicalIndex).kind
        current = logicalIndex == self.current_row
        painter.save()
        painter.fillRect(rect, theme.brush("soft" if current else "sunken"))
        if current:
            edge = QRect(rect.right() - sizes.focus + 1, rect.y(), sizes.focus, rect.height())
            painter.fillRect(edge, theme.brush("accent"))
        middle = rect.center().y() + 1
        ink = "accent" if current else "ink3"
        if kind in {RowKind.BLANK, RowKind.NEW, RowKind.CHANGED}:
            icon = "plus" if kind is RowKind.BLANK else "pencil"
            size = theme.px(14)
            colour = "ink2" if kind is RowKind.BLANK and not current else "accent"
            draw_icon(painter, theme, icon, size, colour, rect.x() + (rect.width() - size) // 2, middle)
        else:
            self._paint_number(painter, rect, logicalIndex, ink)
        painter.restore()

    def _paint_number(self, painter: QPainter, rect: QRect, row: int, ink: str) -> None:
        theme, sizes = self._theme, self._theme.sizes
        number = str(row + 1)
        right = rect.right() - sizes.cell_left + 1
        painter.setFont(theme.font(Type.QUIET))
        painter.setPen(theme.color(ink))
        painter.drawText(QRect(rect.x(), rect.y(), right - rect.x(), rect.height()), MIDDLE_RIGHT, number)
        sign = TAG_SIGNS.get(self._model.rows.tag(row).rpartition(" · ")[2])
        if sign is not None:
            width = theme.metrics(Type.QUIET).horizontalAdvance(number)
            left = right - width - sizes.tiny - sizes.icon_small
            draw_icon(painter, theme, sign[0], sizes.icon_small, sign[1], left, rect.center().y() + 1)
