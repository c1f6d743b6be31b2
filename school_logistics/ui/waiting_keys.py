"""Keys typed before the data file is open: they wait, and none is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable


class Pressed(NamedTuple):
    """One key as it was pressed."""

    key: Qt.Key
    modifiers: Qt.KeyboardModifier
    text: str


class WaitingKeys:
    """Collects keys and later does with them what the window would have done."""

    def __init__(self) -> None:
        """Nothing waits yet."""
        self._pressed: list[Pressed] = []

    def add(self, event: QKeyEvent) -> None:
        """Let a key wait."""
        self._pressed.append(Pressed(Qt.Key(event.key()), event.modifiers(), event.text()))

    def __len__(self) -> int:
        """How many wait."""
        return len(self._pressed)

    def replay(self, window: QWidget, actions: Iterable[QAction]) -> None:
        """Press them all, in order: shortcuts do their command, everything else goes where the keyboard is."""
        commands = [(sequence, action) for action in actions for sequence in action.shortcuts()]
        pressed, self._pressed = self._pressed, []
        for one in pressed:
            sequence = QKeySequence(QKeyCombination(one.modifiers, one.key))
            action = next((action for keys, action in commands if keys == sequence and action.isEnabled()), None)
            if action is not None:
                action.trigger()
                continue
            focused: QWidget | None = window.focusWidget()
            target = window if focused is None else focused
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, one.key, one.modifiers, one.text))
