"""The answers grid under a line that holds the answers to a checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from school_logistics.ui.answers_grid import AnswersGrid, CheckLine, check_lines
from school_logistics.ui.typing_help import Place, TypingHelp

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class Answering(TypingHelp):
    """Shows the items of the checklist with their answers under the line."""

    def __init__(self, place: Place) -> None:
        """Build the grid when it is first needed."""
        super().__init__(place)
        self._grid: AnswersGrid | None = None

    def begin(self, text: str, *, typing: bool) -> None:
        if not typing:
            self._show(text)

    def key(self, event: QKeyEvent) -> bool:
        if bool(event.modifiers() & Qt.KeyboardModifier.AltModifier) and event.key() == Qt.Key.Key_Down:
            self._show(self.place.line.text())
            return True
        if self._grid is None or not self.open():
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return True
        if self._grid.take_key(Qt.Key(event.key())):
            self.place.line.setText(self._grid.told())
            return True
        return False

    def accept(self) -> None:
        if self._grid is not None and self.open():
            self.place.line.setText(self._grid.told())
        self.close()

    def open(self) -> bool:
        return self._grid is not None and self._grid.isVisible()

    def close(self) -> None:
        if self._grid is not None:
            self._grid.hide()

    def _lines(self) -> list[CheckLine]:
        return check_lines(self.place.desk, self.place.ledger, self.place.field, self.place.draft())

    def _show(self, told: str) -> None:
        lines = self._lines()
        if not lines:
            return
        if self._grid is None:
            self._grid = AnswersGrid(self.place.theme, self.place.anchor.window())
            self._grid.changed.connect(self._clicked)
            self.place.anchor.destroyed.connect(self._grid.deleteLater)
        self._grid.offer(lines, told)
        self._grid.show_at(self.place.rect())
        self.place.line.setText(self._grid.told())

    def _clicked(self) -> None:
        if self._grid is not None:
            self.place.line.setText(self._grid.told())
            self.picked.emit()
