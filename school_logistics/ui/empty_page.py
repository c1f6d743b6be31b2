"""What a ledger page says while it has no rows: why there should be some, and the ways to begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from school_logistics.ui.icons import STROKE_LARGE
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT, draw_frame, draw_icon
from school_logistics.ui.parts import Words
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True)
class Way:
    """One way to begin, with the key that takes it."""

    icon: str
    text: str
    key: str
    run: Callable[[], None]
    quiet: bool = False


class _WayLine(QAbstractButton):
    """A whole line to press: icon, words, key at the right, a rule below."""

    def __init__(self, theme: Theme, way: Way) -> None:
        super().__init__()
        self._theme, self._way = theme, way
        self.setText(way.text)
        self.setAccessibleName(way.text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(way.run)

    def sizeHint(self) -> QSize:
        words = self._theme.metrics().horizontalAdvance(self._way.text)
        key = self._theme.metrics(Type.QUIET).horizontalAdvance(self._way.key)
        return QSize(words + key + 2 * self._theme.sizes.huge, self._theme.sizes.row + self._theme.sizes.small)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        if self.underMouse():
            painter.fillRect(self.rect(), theme.brush("soft2"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.brush("grid"))
        ink = "ink2" if self._way.quiet else "accent"
        draw_icon(painter, theme, self._way.icon, sizes.icon, ink, 2, self.height() // 2)
        painter.setFont(theme.font())
        painter.setPen(theme.color(ink))
        left = sizes.icon + sizes.middle + 2
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), MIDDLE_LEFT, self._way.text)
        painter.setFont(theme.font(Type.QUIET))
        painter.setPen(theme.color("ink3"))
        painter.drawText(self.rect().adjusted(0, 0, -sizes.tiny, 0), MIDDLE_RIGHT, self._way.key)
        if self.hasFocus():
            draw_frame(painter, theme, self.rect(), "accent", sizes.focus)
        painter.end()


class _LargeIcon(QWidget):
    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        size = self._theme.sizes.icon_empty
        return QSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        size = self._theme.sizes.icon_empty
        painter.drawPixmap(0, 0, self._theme.pixmap(self._icon, size, "ink2", ratio, STROKE_LARGE))
        painter.end()


class EmptyPage(QWidget):
    """Left-aligned: icon, title, reasons, ways to begin. Alt+1…4 of the page press them."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        why: Sequence[str],
        ways: Sequence[Way],
        parent: QWidget | None = None,
    ) -> None:
        """Say why there should be something here, one sentence a line."""
        super().__init__(parent)
        self._theme = theme
        sizes = theme.sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_LargeIcon(theme, icon))
        column.addSpacing(sizes.large)
        column.addWidget(Words(theme, title, kind=Type.TITLE))
        column.addSpacing(sizes.tiny)
        for sentence in why:
            column.addWidget(Words(theme, sentence, color="ink2", wrap=True))
            column.addSpacing(sizes.tiny)
        column.addSpacing(sizes.middle)
        self._lines = [_WayLine(theme, way) for way in ways]
        for line in self._lines:
            column.addWidget(line)
        self.setAccessibleName(title)

    def press(self, number: int) -> bool:
        """Take the way with that number, counted from 1; say whether there is one."""
        if not 1 <= number <= len(self._lines):
            return False
        self._lines[number - 1].click()
        return True

    def sizeHint(self) -> QSize:
        height = super().sizeHint().height()
        return QSize(self._theme.sizes.empty_page, height)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
