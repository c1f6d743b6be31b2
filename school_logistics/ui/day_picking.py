"""The month of days under a line that holds a day; typing stays the quick way, this is for looking."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from school_logistics.errors import Unreadable
from school_logistics.ui.day_grid import DayGrid
from school_logistics.ui.typing_help import TypingHelp

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class DayPicking(TypingHelp):
    """Opened with Alt+↓ or the calendar icon; any letter typed closes it again."""

    _grid: DayGrid | None = None

    def edited(self, text: str) -> None:
        self.close()

    def key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._show()
            return True
        if self._grid is None or not self.open():
            return False
        if key == Qt.Key.Key_Escape:
            self.close()
            return True
        return self._grid.take_key(key)

    def accept(self) -> None:
        if self._grid is not None and self.open():
            self.place.line.setText(self._grid.current().isoformat())
        self.close()

    def open(self) -> bool:
        return self._grid is not None and self._grid.isVisible()

    def close(self) -> None:
        if self._grid is not None:
            self._grid.hide()

    def _show(self) -> None:
        if self._grid is None:
            self._grid = DayGrid(self.place.theme, self.place.anchor.window())
            self._grid.picked.connect(self._clicked)
            self.place.anchor.destroyed.connect(self._grid.deleteLater)
        self._grid.offer(self._typed() or self.place.desk.today, self.place.desk.today)
        self._grid.show_at(self.place.rect())

    def _typed(self) -> date | None:
        """The day that stands in the line now."""
        try:
            value = self.place.desk.read(self.place.ledger, self.place.field.key, self.place.line.text())
        except Unreadable:
            return None
        return value if isinstance(value, date) else None

    def _clicked(self) -> None:
        self.accept()
        self.picked.emit()
