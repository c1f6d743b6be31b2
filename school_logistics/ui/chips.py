"""Status chips and badges: a shape and a word in a state's colours, as widgets and for delegates to paint."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from school_logistics.ui.painting import MIDDLE, MIDDLE_LEFT, draw_box, draw_icon
from school_logistics.ui.theme import Theme, Type


class State(Enum):
    """What a chip says; the shape and the colours belong to it, the word may differ."""

    LATE = ("late", "triangle-alert")
    SOON = ("soon", "clock")
    OK = ("ok", "check")
    PRINT = ("accent", "printer")
    LOCK = ("void", "lock")
    VOID = ("void", "ban")
    DRAFT = ("accent", "pencil")
    LATE_ENTRY = ("soon", "history")

    @property
    def ink(self) -> str:
        """Token of word and shape."""
        return self.value[0]

    @property
    def fill(self) -> str:
        """Token of the ground."""
        return "soft" if self.ink == "accent" else f"{self.ink}_bg"

    @property
    def border(self) -> str:
        """Token of the border."""
        return "soft_line" if self.ink == "accent" else f"{self.ink}_line"

    @property
    def shape(self) -> str:
        """Name of the icon."""
        return self.value[1]


def chip_width(theme: Theme, text: str) -> int:
    """How wide a chip with this word is, in pixels."""
    sizes = theme.sizes
    words = theme.metrics(Type.QUIET).horizontalAdvance(text)
    return sizes.cell_left + sizes.icon_small + (sizes.tiny + words if text else 0) + sizes.cell_left + sizes.line


def paint_chip(painter: QPainter, theme: Theme, left: int, middle_y: int, state: State, text: str) -> int:
    """Paint a chip from `left`, centred on `middle_y`; return its width."""
    sizes = theme.sizes
    width = chip_width(theme, text)
    box = QRect(left, middle_y - sizes.chip // 2, width, sizes.chip)
    draw_box(painter, theme, box, state.fill, state.border)
    x = left + sizes.cell_left
    draw_icon(painter, theme, state.shape, sizes.icon_small, state.ink, x, middle_y)
    x += sizes.icon_small + sizes.tiny
    painter.setFont(theme.font(Type.QUIET))
    painter.setPen(theme.color(state.ink))
    painter.drawText(QRect(x, box.y(), left + width - x, box.height()), MIDDLE_LEFT, text)
    return width


def badge_width(theme: Theme, text: str) -> int:
    """How wide a badge with this word is, in pixels."""
    return theme.metrics(Type.QUIET).horizontalAdvance(text) + theme.px(8)


def paint_badge(painter: QPainter, theme: Theme, right: int, middle_y: int, text: str, tone: str) -> int:
    """Paint a badge that ends at `right`, centred on `middle_y`; `tone` is late, soon or void. Return its width."""
    width, height = badge_width(theme, text), theme.sizes.badge
    box = QRect(right - width, middle_y - height // 2, width, height)
    draw_box(painter, theme, box, f"{tone}_bg", "")
    painter.setFont(theme.font(Type.QUIET, bold=text.isdigit()))
    painter.setPen(theme.color(tone))
    painter.drawText(box, MIDDLE, text)
    return width


class Chip(QWidget):
    """A status chip in a heading or a list; never a button."""

    def __init__(self, theme: Theme, state: State, text: str = "", parent: QWidget | None = None) -> None:
        """Say `text` in the colours of `state`."""
        super().__init__(parent)
        self._theme, self._state, self._text = theme, state, text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(state, text)

    def set_state(self, state: State, text: str) -> None:
        """Change shape, colours and word together."""
        self._state, self._text = state, text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The word."""
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._theme, self._text), self._theme.sizes.chip)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, self._theme, 0, self.height() // 2, self._state, self._text)
        painter.end()


class Badge(QWidget):
    """A count or a few words beside a tab or a list entry; takes no room while there is nothing to say."""

    def __init__(self, theme: Theme, text: str = "", tone: str = "", parent: QWidget | None = None) -> None:
        """`tone` is late, soon, void or empty."""
        super().__init__(parent)
        self._theme, self._text, self._tone = theme, text, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_badge(text, tone)

    def set_badge(self, text: str, tone: str) -> None:
        """Change word and colours; without a word the badge takes no room."""
        self._text, self._tone = text, tone or "void"
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The word."""
        return self._text

    def sizeHint(self) -> QSize:
        width = badge_width(self._theme, self._text) if self._text else 0
        return QSize(width, self._theme.sizes.badge)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._text:
            return
        painter = QPainter(self)
        paint_badge(painter, self._theme, self.width(), self.height() // 2, self._text, self._tone)
        painter.end()
