"""A row of words of which one is chosen, such as the ages or the meals; hidden while there is nothing to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from school_logistics.ui.buttons import Button, Look

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from school_logistics.ui.theme import Theme


class ChipRow(QWidget):
    """Words beside each other, one of them pressed."""

    def __init__(self, theme: Theme, name: str, words: Sequence[str], chosen: Callable[[str], None]) -> None:
        """`name` is what a screen reader calls the row; `chosen` is told of the word that is clicked."""
        super().__init__()
        self._theme, self._chosen = theme, chosen
        self.setAccessibleName(name)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, Button] = {}
        self.set_words(tuple(words))

    def set_words(self, words: tuple[str, ...]) -> None:
        """Offer these words, the first of them chosen; nothing changes where they are offered already."""
        if words == tuple(self.buttons):
            return
        for button in self.buttons.values():
            self._row.removeWidget(button)
            button.deleteLater()
        self.buttons = {}
        for word in words:
            button = Button(self._theme, word, look=Look.CHOICE)
            button.clicked.connect(lambda _checked=False, word=word: self._chosen(word))
            self._group.addButton(button)
            self._row.addWidget(button)
            self.buttons[word] = button
        if words:
            self.choose(words[0])
        self.setVisible(len(words) > 1)

    def choose(self, word: str) -> None:
        """Show a word as chosen, without telling."""
        if word in self.buttons:
            self.buttons[word].setChecked(True)
