"""Buttons: primary, bordered, quiet, link, choice and icon alone, painted from the theme."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from school_logistics.ui.painting import MIDDLE_LEFT, draw_box, draw_icon
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence


class Look(Enum):
    """How much a button asks to be pressed."""

    PRIMARY = "primary"
    """Filled; at most one in a pane."""
    BORDERED = "bordered"
    QUIET = "quiet"
    """Icon and word without a border."""
    OFFER = "offer"
    """The way out inside a message: accent border and bold accent words."""
    LINK = "link"
    CHOICE = "choice"
    """A word that stays pressed, such as 全部 · 食堂 · 公寓."""
    ICON = "icon"
    """The icon alone; the text becomes the tool tip."""


_ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
_PADDING = {
    Look.PRIMARY: 12,
    Look.BORDERED: 12,
    Look.OFFER: 10,
    Look.QUIET: 8,
    Look.LINK: 4,
    Look.CHOICE: 10,
    Look.ICON: 5,
}


class Button(QAbstractButton):
    """A button as the look draws it; Enter presses it like Space."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        icon: str = "",
        look: Look = Look.QUIET,
        key: str = "",
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`key` is the shortcut shown after the text; whoever owns the action installs it."""
        super().__init__(parent)
        self._theme, self._icon, self._look, self._key, self._tip = theme, icon, look, key, tip
        self._compact = False
        self._shows_key = look in {Look.PRIMARY, Look.LINK, Look.OFFER}
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(look is Look.CHOICE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._name()

    def set_text(self, text: str) -> None:
        """Change the words, for screen and screen reader alike."""
        self.setText(text)
        self._name()
        self.updateGeometry()
        self.update()

    def set_tip(self, tip: str) -> None:
        """Change what the tool tip says."""
        self._tip = tip
        self._name()

    def set_icon(self, icon: str) -> None:
        """Change the icon."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_look(self, look: Look) -> None:
        """Change how loud the button is."""
        self._look = look
        self.updateGeometry()
        self.update()

    def set_key(self, key: str, *, shown: bool = True) -> None:
        """Change the shortcut that is named, in the tool tip and, when `shown`, after the text."""
        self._key, self._shows_key = key, shown
        self._name()
        self.updateGeometry()
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Show the icon alone where the window is narrow; a button without an icon keeps its word."""
        self._compact = compact and bool(self._icon)
        self._name()
        self.updateGeometry()
        self.update()

    def is_compact(self) -> bool:
        """Whether the icon alone is shown."""
        return self._compact

    def is_quiet(self) -> bool:
        """Whether it may fold to its icon."""
        return self._look in {Look.QUIET, Look.ICON}

    def _name(self) -> None:
        self.setAccessibleName(self.text())
        words = self._tip or (self.text() if self._alone() else "")
        key = self._key and f"{words or self.text()}　{self._key}"
        self.setToolTip(key or words)

    def _alone(self) -> bool:
        return self._look is Look.ICON or self._compact

    def sizeHint(self) -> QSize:
        sizes = self._theme.sizes
        if self._alone():
            return QSize(max(sizes.row, sizes.min_target), sizes.row)
        width = 2 * self._theme.px(_PADDING[self._look]) + self._words_width()
        if self._icon:
            width += sizes.icon + sizes.small
        if self._key and self._shows_key:
            width += sizes.small + self._theme.metrics(Type.QUIET).horizontalAdvance(self._key)
        return QSize(width, sizes.row)

    def _words_width(self) -> int:
        bold = self._look in {Look.OFFER, Look.CHOICE}
        return self._theme.metrics(bold=bold).horizontalAdvance(self.text())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self.updateGeometry()
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
        elif event.key() in _ARROWS:
            event.ignore()  # Qt would move the focus to whatever button lies that way; whoever holds this one decides
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill, border, ink = self._colors()
        if fill or border:
            draw_box(painter, self._theme, self.rect(), fill, border)
        if self.hasFocus():
            self._paint_focus(painter)
        self._paint_content(painter, ink)
        painter.end()

    def _paint_focus(self, painter: QPainter) -> None:
        width = self._theme.sizes.focus
        if self._look is Look.PRIMARY:
            inner = self.rect().adjusted(width, width, -width, -width)
            draw_box(painter, self._theme, inner, "", "on_accent")
        else:
            draw_box(painter, self._theme, self.rect(), "", "accent", width=width)

    def _paint_content(self, painter: QPainter, ink: str) -> None:
        theme, sizes = self._theme, self._theme.sizes
        middle = self.height() // 2
        size = sizes.icon_bar if self._look is Look.ICON else sizes.icon
        if self._alone():
            draw_icon(painter, theme, self._icon, size, ink, (self.width() - size) // 2, middle)
            return
        x = theme.px(_PADDING[self._look])
        if self._icon:
            draw_icon(painter, theme, self._icon, size, ink, x, middle)
            x += size + sizes.small
        painter.setFont(theme.font(bold=self._bold()))
        painter.setPen(theme.color(ink))
        painter.drawText(QRect(x, 0, self.width() - x, self.height()), MIDDLE_LEFT, self.text())
        if self._key and self._shows_key:
            x += painter.fontMetrics().horizontalAdvance(self.text()) + sizes.small
            painter.setFont(theme.font(Type.QUIET))
            painter.setPen(theme.color("on_accent" if self._look is Look.PRIMARY and self.isEnabled() else "ink3"))
            painter.drawText(QRect(x, 0, self.width() - x, self.height()), MIDDLE_LEFT, self._key)

    def _bold(self) -> bool:
        return self._look is Look.OFFER or (self._look is Look.CHOICE and self.isChecked())

    def _colors(self) -> tuple[str, str, str]:
        """Fill, border and ink for the state the button is in."""
        if not self.isEnabled():
            boxed = self._look in {Look.PRIMARY, Look.BORDERED}
            return ("sunken" if boxed else "", "line" if boxed else "", "void_line" if not boxed else "ink3")
        if self._look is Look.PRIMARY:
            return ("accent_dn" if self.isDown() or self.underMouse() else "accent", "", "on_accent")
        if self._look is Look.CHOICE and self.isChecked():
            return ("soft", "soft_line", "accent")
        fill = "soft" if self.isDown() else "soft2" if self.underMouse() else ""
        if self._look is Look.BORDERED:
            return (fill or "surface", "control", "ink")
        if self._look is Look.OFFER:
            return (fill or "surface", "accent", "accent")
        if self._look is Look.LINK:
            return (fill, "", "accent")
        return (fill, "", "ink2" if self._alone() else "ink")


class ButtonRow(QWidget):
    """A group of buttons, 8 px apart, that can fold to icons together."""

    def __init__(self, theme: Theme, buttons: Sequence[Button], parent: QWidget | None = None) -> None:
        """Keep the buttons in this order on every page."""
        super().__init__(parent)
        self._theme, self._buttons = theme, tuple(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.sizes.small)
        for button in self._buttons:
            row.addWidget(button)

    def set_compact(self, compact: bool) -> None:
        """Fold every quiet button to its icon; bordered and primary ones keep their words."""
        for button in self._buttons:
            button.set_compact(compact and button.is_quiet())
