"""The sheets of the annual return, each with the one thing that is wrong with it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from school_logistics.ui.chips import badge_width, paint_badge
from school_logistics.ui.line_list import LINE, Index, LineDelegate, LineList
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT, draw_frame
from school_logistics.ui.theme import Theme, Type

_WIDTH = 196


class SheetLine(NamedTuple):
    """A sheet in the list."""

    code: str
    title: str
    badge: str = ""
    tone: str = ""
    """late or soon; "" writes the word quietly, without a ground."""


class SheetsHeading(NamedTuple):
    """The quiet word above the sheets."""

    title: str


class SheetDelegate(LineDelegate):
    """Paints a sheet as the list of ledgers paints a ledger."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE)
        theme, sizes = self._theme, self._theme.sizes
        whole: QRect = option.rect
        if isinstance(line, SheetsHeading):
            painter.setFont(theme.font(Type.QUIET))
            painter.setPen(theme.color("ink2"))
            painter.drawText(whole.adjusted(sizes.large, 0, 0, 0), MIDDLE_LEFT, line.title)
            return
        box = whole.adjusted(sizes.small, 0, -sizes.small, 0)
        current = self.is_current(index)
        if current:
            painter.fillRect(box, theme.brush("soft"))
            painter.fillRect(QRect(box.x(), box.y(), sizes.current, box.height()), theme.brush("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.brush("soft2"))
        right = box.right() - sizes.small
        if line.tone:
            paint_badge(painter, theme, right, box.center().y() + 1, line.badge, line.tone)
            right -= badge_width(theme, line.badge) + sizes.tiny
        elif line.badge:
            painter.setFont(theme.font(Type.QUIET))
            painter.setPen(theme.color("ink3"))
            painter.drawText(QRect(0, box.top(), right, box.height()), MIDDLE_RIGHT, line.badge)
            right -= painter.fontMetrics().horizontalAdvance(line.badge) + sizes.tiny
        left = theme.px(18)
        words = theme.metrics(bold=current).elidedText(
            f"{line.code} {line.title}", Qt.TextElideMode.ElideRight, right - left
        )
        painter.setFont(theme.font(bold=current))
        painter.setPen(theme.color("ink"))
        painter.drawText(QRect(left, box.top(), right - left, box.height()), MIDDLE_LEFT, words)
        if current and self._view.hasFocus():
            draw_frame(painter, theme, box, "accent", sizes.focus)


class SheetList(LineList[SheetLine, SheetsHeading]):
    """The twenty sheets; arrows move, Enter or right goes to the figures."""

    left = Signal()
    """The keyboard wants to go on to the figures."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(theme, "年报各表", SheetsHeading, parent)
        self.setItemDelegate(SheetDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.entered.connect(lambda _line: self.left.emit())
        self._dress()

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(self.backgroundRole(), self._theme.color("window"))
        palette.setColor(palette.ColorRole.Base, self._theme.color("window"))
        self.setPalette(palette)
        self.setFixedWidth(self._theme.px(_WIDTH))

    def set_sheets(self, sheets: list[SheetLine]) -> None:
        """Show these."""
        self.set_lines([SheetsHeading("报表"), *sheets])

    def words_of(self, line: SheetLine | SheetsHeading) -> str:
        return f"{line.code} {line.title} {line.badge}".strip() if isinstance(line, SheetLine) else line.title

    def same(self, line: SheetLine, other: SheetLine) -> bool:
        return line.code == other.code

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_WIDTH), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Right:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()
