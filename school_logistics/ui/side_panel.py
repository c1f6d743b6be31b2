"""A panel at the right of a page: head with title, chip and ×, a body that scrolls, and a foot that stays."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.chips import Chip, State
from school_logistics.ui.parts import Panel, Words
from school_logistics.ui.theme import Theme, Type

_WIDEST = 720
"""Where a panel takes the whole page its fields grow no wider than this, for the sake of reading."""


class SidePanel(Panel):
    """Fill `body` with rows and `foot` with buttons; Esc and × close it."""

    closed = Signal()

    def __init__(self, theme: Theme, title: str, *, fill: str = "surface", parent: QWidget | None = None) -> None:
        """An empty panel with a title; `fill` is its ground."""
        super().__init__(theme, fill, edges="left", parent=parent)
        self.title = Words(theme, title, kind=Type.PANEL)
        self.title.setMinimumWidth(theme.sizes.row)
        self.chip = Chip(theme, State.DRAFT, "")
        self.chip.hide()
        self.close_button = Button(theme, "收起", icon="x", look=Look.ICON, key="Esc")
        self.close_button.clicked.connect(self.closed)
        self.head = self._head(fill)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.content = Panel(theme, fill)
        self.body = QVBoxLayout(self.content)
        self.area.setWidget(self.content)
        self.foot_panel = Panel(theme, "sunken", edges="top")
        self.foot = QHBoxLayout(self.foot_panel)
        self.foot_panel.hide()
        self._wanted: QWidget | None = None
        self._lay_out()
        self.setAccessibleName(title)

    def _head(self, fill: str) -> Panel:
        sizes = self._theme.sizes
        head = Panel(self._theme, fill, edges="bottom")
        row = QHBoxLayout(head)
        row.setContentsMargins(sizes.large, 0, sizes.small, 0)
        row.setSpacing(sizes.small)
        row.addWidget(self.title)
        row.addWidget(self.chip)
        row.addStretch(1)
        row.addWidget(self.close_button)
        return head

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.line, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.area, 1)
        column.addWidget(self.foot_panel)
        self.body.setContentsMargins(sizes.large, sizes.small, sizes.large, sizes.middle)
        self.body.setSpacing(0)
        self.foot.setContentsMargins(sizes.large, 0, sizes.large, 0)
        self.foot.setSpacing(sizes.small)
        self._measure()

    def _measure(self) -> None:
        sizes = self._theme.sizes
        self.head.setFixedHeight(sizes.page_head - sizes.tiny)
        self.foot_panel.setFixedHeight(sizes.top_bar)

    def set_title(self, title: str) -> None:
        """Change the title, for screen and screen reader."""
        self.title.setText(title)
        self.setAccessibleName(title)

    def set_chip(self, state: State | None, text: str = "") -> None:
        """Say a state beside the title; None says nothing."""
        if state is not None:
            self.chip.set_state(state, text)
        self.chip.setVisible(state is not None)

    def show_widget(self, widget: QWidget) -> None:
        """Scroll so that a part of the body can be seen whole."""
        self._wanted = widget
        self._scroll_to_wanted()
        QTimer.singleShot(0, self, self._scroll_to_wanted)  # once more when what was just said has found its room

    def _scroll_to_wanted(self) -> None:
        if self._wanted is not None:
            self.area.ensureWidgetVisible(self._wanted, 0, self._theme.sizes.row)

    def clear_body(self) -> None:
        """Take everything out of the body."""
        self._wanted = None
        while (item := self.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.sizes.side_form, super().sizeHint().height())

    def wanted_width(self) -> int:
        """How wide it stands beside a page, in pixels."""
        return self._theme.sizes.side_form

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        sizes = self._theme.sizes
        spare = self.width() - self._theme.px(_WIDEST)
        self.body.setContentsMargins(sizes.large, sizes.small, max(sizes.large, spare), sizes.middle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()
            self.updateGeometry()
