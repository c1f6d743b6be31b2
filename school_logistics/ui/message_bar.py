"""The bar above the status line for what may have been a mistake, or for trouble: said once, never timed away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGraphicsOpacityEffect, QHBoxLayout, QSizePolicy, QWidget

from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.parts import TONE_ICONS, ShortWords, ToneIcon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from school_logistics.ui.theme import Theme

_GROUNDS = {"accent": ("soft", "soft_line"), "soon": ("soon_bg", "soon_line"), "late": ("late_bg", "late_line")}


@dataclass(frozen=True)
class MessageAction:
    """A way out or a way to look, offered in the bar."""

    text: str
    run: Callable[[], None]
    key: str = ""
    bordered: bool = False
    icon: str = ""


class MessageBar(QWidget):
    """What happened in bold, what is safe, what can be pressed, and × to put it away."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(parent)
        self._theme, self._tone = theme, "accent"
        self._icon = ToneIcon(theme)
        self._what = ShortWords(theme, bold=True)
        self._safe = ShortWords(theme, color="ink2")
        self._offers: list[Button] = []
        self._close = Button(theme, "收起这条消息", icon="x", look=Look.ICON, key="Esc")
        self._close.clicked.connect(self.dismiss)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(theme.sizes.middle)
        self._row.setContentsMargins(theme.sizes.large + theme.sizes.tiny, 0, theme.sizes.middle, 0)
        for widget in (self._icon, self._what, self._safe):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._row.addWidget(self._close)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_message(
        self,
        what: str,
        safe: str = "",
        *,
        tone: str = "accent",
        icon: str = "",
        actions: Sequence[MessageAction] = (),
    ) -> None:
        """Say `what` happened and what is `safe`; `tone` is accent, soon or late. Replaces what stood here."""
        self._tone = tone
        self._icon.set_icon(icon or TONE_ICONS[tone], tone)
        self._what.setText(what)
        self._safe.setText(safe)
        self._offer(actions)
        self.setAccessibleName(f"{what} {safe}".strip())
        self.updateGeometry()
        self.update()
        if self.isHidden():
            self.show()
            self._fade_in()

    def said(self) -> str:
        """What the bar says now; empty while it is put away."""
        return "" if self.isHidden() else f"{self._what.text()} {self._safe.text()}".strip()

    def offers(self) -> tuple[Button, ...]:
        """The buttons in the bar, in order."""
        return tuple(self._offers)

    def dismiss(self) -> None:
        """Put the bar away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _offer(self, actions: Sequence[MessageAction]) -> None:
        for button in self._offers:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._offers = []
        for place, action in enumerate(actions):
            look = Look.OFFER if action.bordered else Look.LINK
            button = Button(self._theme, action.text, look=look, key=action.key, icon=action.icon, parent=self)
            button.clicked.connect(action.run)
            self._row.insertWidget(3 + place, button)
            self._offers.append(button)

    def _fade_in(self) -> None:
        effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(effect)
        fade = QPropertyAnimation(effect, b"opacity", self)
        fade.setDuration(self._theme.sizes.fade_ms)
        fade.setStartValue(0.0)
        fade.setEndValue(1.0)
        fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        fade.finished.connect(self._faded)
        fade.start(QPropertyAnimation.DeletionPolicy.DeleteWhenStopped)

    def _faded(self) -> None:
        effect = self.graphicsEffect()
        if effect is not None:
            effect.setEnabled(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.sizes.message_bar)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        ground, line = _GROUNDS[self._tone]
        painter.fillRect(self.rect(), theme.brush(ground))
        painter.fillRect(QRect(0, 0, self.width(), sizes.line), theme.brush(line))
        painter.fillRect(QRect(0, 0, sizes.message_edge, self.height()), theme.brush(self._tone))
        painter.end()
