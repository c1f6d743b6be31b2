"""The line in which the dishes of a cell are typed: each found by its pinyin initials, several parted by 、."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette

from school_logistics.services.week_menu import BETWEEN
from school_logistics.ui.chooser import Chooser
from school_logistics.ui.editor_line import TypingLine, leaving

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from school_logistics.services.rows import Choice
    from school_logistics.ui.theme import Theme

_PARTING = frozenset({BETWEEN, ",", "，"})
_FOOT = "↑↓ 选　Enter 填入　、 再加一道　Esc 关"


class DishLine(TypingLine):
    """Hidden until a cell is opened; `done` tells how it is left."""

    done = Signal(object)
    """A `Leave`: what to do with what was typed, and where to go next."""

    def __init__(self, theme: Theme, offer: Callable[[str], list[Choice]], parent: QWidget) -> None:
        """`offer` finds dishes for what was typed."""
        super().__init__(parent)
        self._theme, self._offer = theme, offer
        self._frame: Chooser | None = None
        self._by_typing = False
        self._chosen = False
        """Whether Enter takes the current choice: after initials or arrows, not after a name typed out."""
        self.keys = self._key
        self.textEdited.connect(self._edited)
        self.hide()
        self.setAccessibleName("菜名")

    def open_with(self, text: str, *, by_typing: bool) -> None:
        """Begin with a text: typed over the cell, or what stands in it to be changed."""
        self._by_typing = by_typing
        self.setText(text)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.deselect()
        self.setCursorPosition(len(text))
        if by_typing and text:
            self._edited(text)

    def dishes(self) -> str:
        """What was typed, without loose ends."""
        return self.text().strip(f"{BETWEEN} ")

    def put_away(self) -> None:
        """Hide the line and its choices; nothing is told."""
        self._hide_choices()
        self.blockSignals(True)
        self.hide()
        self.blockSignals(False)

    def place_at(self, cell: QRect) -> None:
        """Lie over a cell, in the look of today."""
        inset = self._theme.sizes.focus
        self.setGeometry(cell.adjusted(inset, inset, -inset, -inset))
        self.setFont(self._theme.font())
        palette = self.palette()
        for role, token in (
            (QPalette.ColorRole.Base, "surface"),
            (QPalette.ColorRole.Text, "ink"),
            (QPalette.ColorRole.Highlight, "accent"),
            (QPalette.ColorRole.HighlightedText, "on_accent"),
        ):
            palette.setColor(role, self._theme.color(token))
        self.setPalette(palette)

    # --- choosing ----------------------------------------------------------------------------------

    def _edited(self, text: str) -> None:
        last = text.rpartition(BETWEEN)[2].strip()
        choices = self._offer(last) if last else []
        if not choices:
            self._hide_choices()
            return
        names = [one.name for one in choices]
        current = names.index(last) if last in names else 0 if last.isascii() else -1
        self._chosen = current >= 0
        frame = self._built()
        frame.offer(choices, last, _FOOT, "", current)
        frame.show_at(QRect(self.mapTo(self.window(), QPoint(0, 0)), self.size()))

    def _key(self, event: QKeyEvent) -> bool:
        if event.text() in _PARTING:
            self._take()
            if self.dishes():
                self.setText(self.dishes() + BETWEEN)
            return True
        if self._open() and self._choosing_key(Qt.Key(event.key())):
            return True
        leave = leaving(event, by_typing=self._by_typing)
        if leave is None:
            return False
        self._take()
        self.done.emit(leave)
        return True

    def _choosing_key(self, key: Qt.Key) -> bool:
        if self._frame is None:
            return False
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._chosen = True
            self._frame.step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key == Qt.Key.Key_Escape:
            self._hide_choices()
            return True
        return False

    def _take(self) -> None:
        """Put the current choice in the place of what was typed last."""
        choice = self._frame.current() if self._frame is not None and self._open() else None
        if choice is not None and self._chosen:
            before, parting, _ = self.text().rpartition(BETWEEN)
            self.setText(f"{before}{parting}{choice.name}")
        self._hide_choices()

    def _picked(self, number: int) -> None:
        if self._frame is not None:
            self._frame.make_current(number)
            self._chosen = True
            self._take()
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> bool:
        return self._frame is not None and self._frame.isVisible()

    def _hide_choices(self) -> None:
        if self._frame is not None:
            self._frame.hide()

    def _built(self) -> Chooser:
        if self._frame is None:
            self._frame = Chooser(self._theme, self.window())
            self._frame.picked.connect(self._picked)
            self.destroyed.connect(self._frame.deleteLater)
        return self._frame
