"""A line across a page, such as its head or its foot: a fixed height from the font, and never wider than the window.

What does not fit is cut at the right; the page decides what folds before that happens.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QHBoxLayout, QWidget

from school_logistics.ui.parts import Panel
from school_logistics.ui.theme import Theme


class PageLine(Panel):
    """Lay widgets into `row`."""

    def __init__(
        self,
        theme: Theme,
        height: str = "page_head",
        *,
        fill: str = "surface",
        edges: str = "bottom",
        parent: QWidget | None = None,
    ) -> None:
        """`height` is the name of a length of the theme's sizes."""
        super().__init__(theme, fill, edges=edges, parent=parent)
        self._height = height
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme.sizes.large, 0, theme.sizes.middle, 0)
        self.row.setSpacing(theme.sizes.middle)
        self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(getattr(self._theme.sizes, self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()
