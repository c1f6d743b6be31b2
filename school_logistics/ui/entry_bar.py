"""The line above a sheet: which period or note it is at the left, what can be done with it at the right.

Where it is too narrow the keys after the words give way, then the words; nothing that can be pressed goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from school_logistics.ui.parts import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.ui.buttons import Button
    from school_logistics.ui.theme import Theme


class EntryBar(Panel):
    """Widgets from the left, buttons from the right."""

    def __init__(self, theme: Theme, left: Sequence[QWidget], right: Sequence[tuple[Button, str]]) -> None:
        """`right` names each button with its key."""
        super().__init__(theme, "surface", edges="bottom")
        self._left, self._right = tuple(left), tuple(right)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.sizes.large, theme.sizes.tiny, theme.sizes.middle, theme.sizes.tiny)
        row.setSpacing(theme.sizes.small)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        for widget in left:
            row.addWidget(widget)
        row.addStretch(1)
        for button, _ in right:
            row.addWidget(button)
        self.setFixedHeight(self._height())

    def add_left(self, widget: QWidget) -> None:
        """One more widget at the left, behind the others."""
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(len(self._left), widget)
        self._left = (*self._left, widget)

    def _height(self) -> int:
        return self._theme.sizes.row + 2 * self._theme.sizes.tiny

    def fit(self) -> None:
        """Fold as far as the width asks for."""
        for keys, words in ((True, True), (False, True), (False, False)):
            for button, key in self._right:
                button.set_key(key, shown=keys)
                button.set_compact(not words)
            if self._wanted() <= self.width():
                return

    def _wanted(self) -> int:
        sizes = self._theme.sizes
        shown = [one for one in (*self._left, *(button for button, _ in self._right)) if not one.isHidden()]
        return sum(one.sizeHint().width() + sizes.small for one in shown) + sizes.large + sizes.middle

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._height())

    def sizeHint(self) -> QSize:
        return QSize(self._wanted(), self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedHeight(self._height())
            self.fit()
