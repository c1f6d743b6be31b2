"""What helps while a field is typed: the base that kinds without suggestions use as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Signal

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QLineEdit, QWidget

    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft
    from school_logistics.ui.theme import Theme


@dataclass(frozen=True)
class Place:
    """Where a line of text stands and what it is for."""

    theme: Theme
    desk: Desk
    ledger: Ledger
    field: Field
    line: QLineEdit
    anchor: QWidget
    """The cell or field box under which suggestions are shown."""
    draft: Callable[[], Draft]
    """The record as typed so far."""

    def rect(self) -> QRect:
        """The anchor in coordinates of its window."""
        return QRect(self.anchor.mapTo(self.anchor.window(), QPoint(0, 0)), self.anchor.size())


class TypingHelp(QObject):
    """The help of kinds that need none; the others derive from it."""

    picked = Signal()
    """A value was picked with the mouse."""
    new_wanted = Signal(str, str)
    """Alt+N: key of the target ledger, and the name typed."""

    def __init__(self, place: Place) -> None:
        """Help the line of `place`."""
        super().__init__(place.line)
        self.place = place

    def begin(self, text: str, *, typing: bool) -> None:
        """Editing begins with this text, by typing or by F2 or a click."""

    def edited(self, text: str) -> None:
        """The user changed the text."""

    def key(self, event: QKeyEvent) -> bool:
        """Take a key; True when it was the help's own."""
        return False

    def accept(self) -> None:
        """Enter or Tab was pressed: take what is current."""

    def value(self) -> object | None:
        """The value picked, or None when the text has to be read."""
        return None

    def open(self) -> bool:
        """Whether suggestions are shown."""
        return False

    def close(self) -> None:
        """Put the suggestions away."""
