"""A field that opens a menu to choose from, where a whole editor would be too much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from school_logistics.ui.painting import MIDDLE_LEFT, draw_box, draw_icon
from school_logistics.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPENERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_F4})
Option = tuple[str, str]
"""Key and words; a key of "-" draws a line, with its words as a quiet heading."""
RULE = "-"


class DropField(QAbstractButton):
    """Shows the words of the option that is chosen, or what to do."""

    picked = Signal(str)
    """Key of the option that the user has chosen."""

    def __init__(self, theme: Theme, name: str, *, invites: str = "", parent: QWidget | None = None) -> None:
        """`invites` stands there while nothing is chosen."""
        super().__init__(parent)
        self._theme, self._name, self._invites = theme, name, invites
        self._options: tuple[Option, ...] = ()
        self._chosen = ""
        self._wide = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_menu)
        self._tell()

    def set_options(self, options: Sequence[Option], chosen: str) -> None:
        """Offer these; `chosen` is the key of the one shown, "" for none."""
        self._options, self._chosen = tuple(options), chosen
        self._tell()
        self.update()

    def set_width(self, pixels: int) -> None:
        """How wide the field is; 0 as wide as its words."""
        self._wide = pixels
        self.updateGeometry()

    def chosen(self) -> str:
        """Key of the option shown."""
        return self._chosen

    def options(self) -> tuple[Option, ...]:
        """What can be chosen."""
        return tuple(one for one in self._options if one[0] != RULE)

    def choose(self, key: str) -> None:
        """Choose as the user would."""
        self._chosen = key
        self._tell()
        self.update()
        self.picked.emit(key)

    def open_menu(self) -> None:
        """Show the options below the field, the chosen one marked."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, words in self._options:
            if key == RULE:
                menu.addSection(words) if words else menu.addSeparator()
                continue
            action = menu.addAction(words)
            action.triggered.connect(lambda _checked=False, one=key: self.choose(one))
            if key == self._chosen:
                menu.setActiveAction(action)
        menu.setMinimumWidth(self.width())
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _tell(self) -> None:
        words = dict(self._options).get(self._chosen, "")
        self.setText(words or self._invites)
        self.setAccessibleName(f"{self._name}：{self.text()}")
        self.setToolTip(words)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        sizes = self._theme.sizes
        words = self._theme.metrics().horizontalAdvance(self.text())
        own = words + sizes.cell_left + sizes.small + sizes.chevron + sizes.cell_right + sizes.small
        return QSize(self._wide or own, sizes.row - 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(60), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENERS:
            self.open_menu()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        fill = "sunken" if not self.isEnabled() else "soft2" if self.underMouse() else "surface"
        draw_box(painter, theme, self.rect(), fill, "control" if self.isEnabled() else "line")
        chevron = self.width() - sizes.chevron - sizes.cell_right
        draw_icon(painter, theme, "chevron-down", sizes.chevron, "ink2", chevron, self.height() // 2)
        room = self.rect().adjusted(sizes.cell_left + 1, 0, chevron - self.width() - sizes.tiny, 0)
        painter.setFont(theme.font())
        invites = bool(self._invites) and not self._chosen
        painter.setPen(theme.color("soon" if invites else "ink" if self.isEnabled() else "ink3"))
        shown = theme.metrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, MIDDLE_LEFT, shown)
        if self.hasFocus():
            draw_box(painter, theme, self.rect(), "", "accent", width=sizes.focus)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
