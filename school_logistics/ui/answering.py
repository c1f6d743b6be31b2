"""The answers grid under a line that holds the answers to a checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from school_logistics.ui.answers_grid import AnswersGrid
from school_logistics.ui.typing_help import Place, TypingHelp

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from school_logistics.services.checking import CheckLines

_ENDS_NOTE = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape})
_TAKES = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


class Answering(TypingHelp):
    """Shows the items of the checklist with their answers under the line."""

    def __init__(self, place: Place) -> None:
        """Build the grid when it is first needed."""
        super().__init__(place)
        self._grid: AnswersGrid | None = None

    def begin(self, text: str, *, typing: bool) -> None:
        if not typing:
            self._show(text)

    def edited(self, text: str) -> None:
        if self._grid is not None and self.open():
            self._grid.take_told(text)

    def key(self, event: QKeyEvent) -> bool:
        if bool(event.modifiers() & Qt.KeyboardModifier.AltModifier) and event.key() == Qt.Key.Key_Down:
            self._show(self.place.line.text())
            return True
        if self._grid is None or not self.open():
            return False
        key = Qt.Key(event.key())
        if key in _TAKES:
            return self._holds(self._grid)
        if self._grid.noting:
            if key not in _ENDS_NOTE:
                return False
            self._take_note(self._grid)
            if key == Qt.Key.Key_Escape:
                return True
        elif key == Qt.Key.Key_Escape:
            self.close()
            return True
        if self._grid.take_key(key):
            self._tell(self._grid)
            return True
        return False

    def _holds(self, grid: AnswersGrid) -> bool:
        """Stay at the first × that nobody gave a reason for; False when all that is told may be taken."""
        if not grid.take_told(self.place.line.text()) or not grid.go_to_silent():
            return False
        self._tell(grid)
        return True

    def accept(self) -> None:
        if self._grid is not None and self.open():
            self._take_note(self._grid)
        self.close()

    def open(self) -> bool:
        return self._grid is not None and self._grid.isVisible()

    def close(self) -> None:
        if self._grid is not None:
            self._grid.stop_noting()
            self._grid.hide()

    def _tell(self, grid: AnswersGrid) -> None:
        """Write the answers into the line; where something is to be said about one, with the cursor at its note."""
        if grid.noting:
            told, at = grid.told_for_note()
            self.place.line.setText(told)
            self.place.line.setCursorPosition(at)
        else:
            self.place.line.setText(grid.told())

    def _take_note(self, grid: AnswersGrid) -> None:
        """Take what was typed; a line that cannot be taken apart stays as it is, and is refused when it is read."""
        grid.stop_noting()
        if grid.take_told(self.place.line.text()):
            self.place.line.setText(grid.told())

    def _items(self) -> CheckLines:
        from school_logistics.services.checking import check_lines

        return check_lines(self.place.desk, self.place.ledger, self.place.field, self.place.draft())

    def _show(self, told: str) -> None:
        items = self._items()
        if not items.lines:
            return
        if self._grid is None:
            self._grid = AnswersGrid(self.place.theme, self.place.anchor.window())
            self._grid.changed.connect(self._clicked)
            self.place.anchor.destroyed.connect(self._grid.deleteLater)
        self._grid.offer(items, told)
        self._grid.show_at(self.place.rect())
        self.place.line.setText(self._grid.told())

    def _clicked(self) -> None:
        if self._grid is not None:
            self.place.line.setText(self._grid.told())
            self.place.line.textEdited.emit(self._grid.told())  # as if typed: the grid stays for the next item
