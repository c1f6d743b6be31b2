"""Strokes that every self-painted part shares: boxes, focus frames, icons and text on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from school_logistics.ui.theme import Theme

MIDDLE_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
MIDDLE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MIDDLE = Qt.AlignmentFlag.AlignCenter


def draw_box(painter: QPainter, theme: Theme, rect: QRect, fill: str, border: str, *, width: int = 1) -> None:
    """Fill a rounded field, button or chip and draw its border inside `rect`; "" leaves either out."""
    painter.save()
    painter.setRenderHint(painter.RenderHint.Antialiasing)
    painter.setBrush(theme.brush(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(theme.pen(border, width) if border else Qt.PenStyle.NoPen)
    inset = width / 2 if border else 0.0
    radius = theme.sizes.radius - inset / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def draw_frame(painter: QPainter, theme: Theme, rect: QRect, color: str, width: int) -> None:
    """Draw a square frame of `width` pixels just inside `rect`, crisp on every screen."""
    brush = theme.brush(color)
    x, y, right, bottom = rect.x(), rect.y(), rect.x() + rect.width(), rect.y() + rect.height()
    painter.fillRect(QRect(x, y, rect.width(), width), brush)
    painter.fillRect(QRect(x, bottom - width, rect.width(), width), brush)
    painter.fillRect(QRect(x, y + width, width, rect.height() - 2 * width), brush)
    painter.fillRect(QRect(right - width, y + width, width, rect.height() - 2 * width), brush)


def draw_icon(painter: QPainter, theme: Theme, name: str, size: int, color: str, x: int, middle_y: int) -> None:
    """Draw an icon with its left edge at `x`, centred on `middle_y`."""
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(QPointF(x, middle_y - size / 2), theme.pixmap(name, size, color, ratio))
