"""Who hears that ledgers changed: one signal on the window's thread, with the keys of those that did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Changing(Protocol):
    """Whatever tells of changes: the desk."""

    @property
    def on_change(self) -> list[Callable[[set[str]], None]]:
        """Called with the keys of the ledgers that changed, in whatever thread changed them."""


class Changes(QObject):
    """Pages connect to `changed` and refresh when one of their ledgers is in the set."""

    changed = Signal(object)
    _noticed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Create it on the window's thread."""
        super().__init__(parent)
        self._noticed.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def watch(self, source: Changing) -> None:
        """Hear of every change the desk makes from now on."""
        source.on_change.append(self.notice)

    def notice(self, keys: Iterable[str]) -> None:
        """Tell of changed ledgers; may be called from any thread."""
        told = frozenset(keys)
        if QThread.currentThread() is self.thread():
            self.changed.emit(told)
        else:
            self._noticed.emit(told)

    @Slot(object)
    def _tell(self, keys: frozenset[str]) -> None:
        self.changed.emit(keys)
