"""The place at the right of a page for side panels, one over the other: form, history, a record begun meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from school_logistics.ui.side_panel import SidePanel
from school_logistics.ui.theme import Theme

_NO_LIMIT = 16777215
"""Qt's QWIDGETSIZE_MAX, which PySide does not name."""


class SideSlot(QWidget):
    """Shows the panel put here last; the ones before come back when it is taken away."""

    changed = Signal()
    """A panel was put here or taken away."""

    def __init__(self, theme: Theme) -> None:
        """Start closed."""
        super().__init__()
        self._theme, self._covers = theme, False
        self._panels: list[SidePanel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.cover(covers=False)
        self.hide()

    def push(self, panel: SidePanel) -> None:
        """Show a panel over those already here; one that is here already comes to the top."""
        if panel in self._panels:
            self._panels.remove(panel)
        else:
            self._column.addWidget(panel)
        for other in self._panels:
            other.hide()
        self._panels.append(panel)
        self.cover(covers=self._covers)
        panel.show()
        self.show()
        self.changed.emit()

    def take(self, panel: SidePanel) -> None:
        """Take a panel away; it stays the caller's."""
        if panel not in self._panels:
            return
        self._panels.remove(panel)
        self._column.removeWidget(panel)
        panel.hide()
        self.cover(covers=self._covers)
        if self._panels:
            self._panels[-1].show()
        else:
            self.hide()
        self.changed.emit()

    def top(self) -> SidePanel | None:
        """The panel that is seen."""
        return self._panels[-1] if self._panels else None

    def holds(self, panel: SidePanel) -> bool:
        """Whether a panel is here, seen or not."""
        return panel in self._panels

    def has_focus(self) -> bool:
        """Whether the keyboard is in here."""
        focused: QWidget | None = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def cover(self, *, covers: bool) -> None:
        """Take the whole width of the page, or stand beside the table."""
        self._covers = covers
        if covers:
            self.setMinimumWidth(0)
            self.setMaximumWidth(_NO_LIMIT)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        else:
            self.setFixedWidth(self._width())
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def _width(self) -> int:
        top = self.top()
        return top.wanted_width() if top is not None else self._theme.sizes.side_form

    def sizeHint(self) -> QSize:
        return QSize(self._width(), 0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.cover(covers=self._covers)
