"""Frames that float over the window under a cell or field: they never take the focus, so typing goes on."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QWidget

from school_logistics.ui.painting import MIDDLE_LEFT
from school_logistics.ui.theme import Theme, Type


class Floating(QFrame):
    """A child of the window, not a window of its own: an input method keeps working while it is open."""

    def __init__(self, theme: Theme, window: QWidget, name: str) -> None:
        """Lie above everything else in `window`, hidden until there is something to show."""
        super().__init__(window)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self.hide()

    def show_at(self, cell: QRect) -> None:
        """Stand under `cell` (in coordinates of the window), or above it when there is no room."""
        size = self.sizeHint()
        window = self.parentWidget()
        room = size if window is None else window.size()
        width = min(size.width(), room.width())
        left = max(0, min(cell.left(), room.width() - width))
        below, above = cell.bottom() + 1, cell.top() - size.height() + 1
        fits_below = below + size.height() <= room.height() or above < 0
        self.setGeometry(left, below if fits_below else above, width, size.height())
        self.show()
        self.raise_()

    def paint_ground(self, painter: QPainter) -> None:
        """The surface and the border round it."""
        theme, radius = self._theme, self._theme.sizes.radius_frame
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.pen("control"))
        painter.setBrush(theme.brush("surface"))
        painter.translate(0.5, 0.5)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), radius, radius)
        painter.restore()

    def paint_foot(self, painter: QPainter, keys: str) -> None:
        """The foot line that names the keys."""
        theme, sizes = self._theme, self._theme.sizes
        top = self.height() - sizes.row - sizes.line
        painter.fillRect(QRect(1, top, self.width() - 2, 1), theme.brush("grid"))
        painter.setFont(theme.font(Type.QUIET))
        painter.setPen(theme.color("ink3"))
        foot = QRect(sizes.middle + 1, top, self.width() - 2 * sizes.middle, sizes.row)
        painter.drawText(foot, MIDDLE_LEFT, keys)

    def paint_current(self, painter: QPainter, line: QRect) -> None:
        """The ground of the current line: soft, with the accent bar at its left."""
        top = max(line.y(), 2)
        height = line.y() + line.height() - top
        painter.fillRect(QRect(2, top, self.width() - 4, height), self._theme.brush("soft"))
        painter.fillRect(QRect(2, top, self._theme.sizes.current, height), self._theme.brush("accent"))
