"""The two wide buttons of the top bar: the school's name with the menu of everything, and the field that searches."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from school_logistics.ui.commands import BY_DO, Do
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT, draw_box, draw_icon
from school_logistics.ui.theme import Theme, Type

UNNAMED = "学校后勤台账"
"""What stands there until the school has a name."""
_NAME_CHARACTERS = 11
_SEARCH_WIDTH = 213


class SchoolButton(QAbstractButton):
    """The school's name; opens the menu of everything."""

    def __init__(self, theme: Theme) -> None:
        """Start without a name."""
        super().__init__()
        self._theme, self._words = theme, True
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.set_name("")

    def set_name(self, name: str) -> None:
        """Show the school's name."""
        self.setText(name or UNNAMED)
        self.setAccessibleName(f"{self.text()}，全部操作")
        self.setToolTip(f"{self.text()}　全部操作 {BY_DO[Do.MENU].key}")
        self.updateGeometry()
        self.update()

    def show_words(self, words: bool) -> None:
        """Show the name beside the icon, or the icon alone."""
        self._words = words
        self.updateGeometry()
        self.update()

    def shows_words(self) -> bool:
        """Whether the name can be read."""
        return self._words

    def _shown(self) -> str:
        metrics = self._theme.metrics(bold=True)
        most = _NAME_CHARACTERS * self._theme.sizes.character
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, most)

    def width_folded(self, words: bool) -> int:
        """How wide it is with or without the name."""
        sizes = self._theme.sizes
        if not words:
            return sizes.icon_bar + 2 * sizes.large
        name = self._theme.metrics(bold=True).horizontalAdvance(self._shown())
        return sizes.large + sizes.icon_bar + sizes.small + name + sizes.small + sizes.chevron + sizes.huge

    def sizeHint(self) -> QSize:
        return QSize(self.width_folded(self._words), self._theme.sizes.top_bar)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        inner = self.rect().adjusted(sizes.small, sizes.small, -sizes.small, -sizes.small)
        if self.underMouse() or self.isDown():
            draw_box(painter, theme, inner, "band", "")
        middle = self.height() // 2
        draw_icon(painter, theme, "school", sizes.icon_bar, "accent", sizes.large, middle)
        if self._words:
            x = sizes.large + sizes.icon_bar + sizes.small
            painter.setFont(theme.font(bold=True))
            painter.setPen(theme.color("ink"))
            painter.drawText(QRect(x, 0, self.width(), self.height()), MIDDLE_LEFT, self._shown())
            x += painter.fontMetrics().horizontalAdvance(self._shown()) + sizes.small
            draw_icon(painter, theme, "chevron-down", sizes.chevron, "ink2", x, middle)
        if self.hasFocus():
            draw_box(painter, theme, inner, "", "accent", width=sizes.focus)
        painter.end()


class SearchField(QAbstractButton):
    """Looks like a field and opens the search panel in its place."""

    def __init__(self, theme: Theme) -> None:
        """Say what is searched and by which key."""
        super().__init__()
        self._theme = theme
        command = BY_DO[Do.SEARCH]
        self.setText(command.words)
        self.setAccessibleName(command.words)
        self.setToolTip(f"{command.words}　{command.key}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_SEARCH_WIDTH), self._theme.sizes.row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        focused = self.hasFocus()
        border, width = ("accent", sizes.focus) if focused else ("control" if self.underMouse() else "line", sizes.line)
        draw_box(painter, theme, self.rect(), "surface", border, width=width)
        draw_icon(painter, theme, "search", sizes.icon, "ink2", sizes.small, self.height() // 2)
        painter.setFont(theme.font())
        painter.setPen(theme.color("ink3"))
        left = sizes.small + sizes.icon + sizes.small
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), MIDDLE_LEFT, self.text())
        painter.setFont(theme.font(Type.QUIET))
        painter.drawText(self.rect().adjusted(0, 0, -sizes.small, 0), MIDDLE_RIGHT, BY_DO[Do.SEARCH].key)
        painter.end()
