"""What lies over the table: the funnel where headings and row numbers meet, and the empty page below the blank row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from school_logistics.ui.painting import draw_icon

if TYPE_CHECKING:
    from school_logistics.ui.empty_page import EmptyPage
    from school_logistics.ui.table_view import RecordView
    from school_logistics.ui.theme import Theme


class FunnelCorner(QWidget):
    """The funnel: pressing it goes to the filters, or takes them off."""

    pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Cover the style's corner button."""
        super().__init__(parent)
        self._theme, self._on = theme, False
        self.setAccessibleName("筛选")
        self.set_on(on=False)

    def set_on(self, *, on: bool) -> None:
        """Show whether a filter is set."""
        self._on = on
        self.setToolTip("去掉全部筛选" if on else "按列筛选　Ctrl+F")
        self.update()

    def cover(self, width: int, height: int) -> None:
        """Lie on the corner."""
        self.setGeometry(0, 0, width, height)
        self.raise_()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        painter.fillRect(self.rect(), theme.brush("sunken"))
        line = theme.brush("line")
        painter.fillRect(QRect(self.width() - 1, 0, 1, self.height()), line)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), line)
        middle = self.height() - sizes.filter_row // 2
        left = (self.width() - sizes.icon) // 2
        draw_icon(painter, theme, "funnel", sizes.icon, "accent" if self._on else "ink2", left, middle)
        painter.end()


class EmptyPlace:
    """Keeps the empty page in the middle of what is free below the rows."""

    def __init__(self, theme: Theme, view: RecordView) -> None:
        """There is no page yet."""
        self._theme, self._view = theme, view
        self._page: EmptyPage | None = None

    def set_page(self, page: EmptyPage | None) -> None:
        """Take another page, or none."""
        if self._page is not None:
            self._page.hide()
            self._page.deleteLater()
        self._page = page
        if page is not None:
            page.setParent(self._view.viewport())

    def arrange(self, rows: int, *, empty: bool) -> None:
        """Show the page while there is nothing but the blank row, and room for at least half of it."""
        page = self._page
        if page is None:
            return
        margin, viewport = self._theme.sizes.large, self._view.viewport()
        top = self._theme.sizes.row * rows
        width = min(page.sizeHint().width(), viewport.width() - 2 * margin)
        height = page.heightForWidth(width)
        room = viewport.height() - top
        page.setGeometry(
            max(margin, (viewport.width() - width) // 2), top + max(margin, (room - height) // 2), width, height
        )
        page.setVisible(empty and room >= height // 2)
