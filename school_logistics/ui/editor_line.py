"""The bare line that every editor types into, and how keys leave it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

INNER_MARGIN = 2
"""QLineEdit keeps this much free at both ends of its text."""


class Leave(Enum):
    """How an editor is left, and where to go next."""

    ENTER = auto()
    ENTER_BACK = auto()
    NEXT = auto()
    BACK = auto()
    UP = auto()
    DOWN = auto()
    LEFT = auto()
    RIGHT = auto()
    SAVE = auto()
    CANCEL = auto()
    AWAY = auto()
    """The focus went elsewhere."""


class TypingLine(QLineEdit):
    """A frameless line that offers its keys to its owner first, and says when the focus leaves it."""

    focus_gone = Signal()
    focus_come = Signal()

    def __init__(self, parent: QWidget) -> None:
        """The owner sets `keys`."""
        super().__init__(parent)
        self.keys: Callable[[QKeyEvent], bool] = lambda _event: False
        self.setFrame(False)

    def event(self, event: QEvent) -> bool:
        """Tab is a key like any other here, not a change of focus."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.keys(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _own_key(event):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_come.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.focus_gone.emit()


def _own_key(event: QKeyEvent) -> bool:
    """Keys that belong to the line while it is typed in, though the page has them as shortcuts."""
    alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    return event.key() == Qt.Key.Key_Escape or (alt and event.key() in {Qt.Key.Key_N, Qt.Key.Key_Down})


def leaving(event: QKeyEvent, *, by_typing: bool) -> Leave | None:
    """What a key does to the editor of a cell: None leaves it to the line."""
    key, modifiers = Qt.Key(event.key()), event.modifiers()
    shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        return Leave.SAVE if control else Leave.ENTER_BACK if shift else Leave.ENTER
    if key == Qt.Key.Key_Backtab or (key == Qt.Key.Key_Tab and shift):
        return Leave.BACK
    plain = {Qt.Key.Key_Tab: Leave.NEXT, Qt.Key.Key_Escape: Leave.CANCEL, Qt.Key.Key_Up: Leave.UP,
             Qt.Key.Key_Down: Leave.DOWN}  # fmt: skip
    sideways = {Qt.Key.Key_Left: Leave.LEFT, Qt.Key.Key_Right: Leave.RIGHT}
    if key in plain and not control and not modifiers & Qt.KeyboardModifier.AltModifier:
        return plain[key]
    return sideways.get(key) if by_typing and not shift and not control else None
