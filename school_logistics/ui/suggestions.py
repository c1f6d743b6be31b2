"""What helps while a field is typed, by kind of value: choices by pinyin initials, 是 and 否, 长期, the answers grid.

A helper belongs to one line of text. It hears what is typed, takes the keys that are its own, and tells which value
was picked. Cells of the table and fields of the form use the same helpers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal

from school_logistics.rules.kinds import Ref
from school_logistics.services.rows import Choice
from school_logistics.ui.answers_grid import AnswersGrid, CheckLine, check_lines
from school_logistics.ui.chooser import Chooser

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QLineEdit, QWidget

    from school_logistics.models.ledger import Field, Ledger
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft
    from school_logistics.ui.theme import Theme

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


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


class Helper(QObject):
    """The helper of kinds that need none; the others derive from it."""

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
        """Take a key; True when it was the helper's own."""
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


_Provider = Callable[["Place", str], list[Choice]]


def _from_desk(place: Place, typed: str) -> list[Choice]:
    return place.desk.choices(place.ledger, place.field.key, typed)


def _fixed(*options: tuple[str, str]) -> _Provider:
    def offer(_place: Place, typed: str) -> list[Choice]:
        wanted = typed.strip().casefold()
        fits = [one for one in options if one[0].startswith(wanted) or one[1].startswith(wanted)]
        return [Choice(name, name, initials, "") for name, initials in fits]

    return offer


PROVIDERS: Mapping[str, _Provider] = {
    "ref": _from_desk,
    "choice": _from_desk,
    "flag": _fixed(("是", "s"), ("否", "f")),
    "until": _fixed(("长期", "cq")),
}


class Choosing(Helper):
    """Offers choices in a frame under the line."""

    def __init__(self, place: Place) -> None:
        """Build the frame when it is first needed."""
        super().__init__(place)
        self._offer = PROVIDERS[place.field.kind.name]
        self._frame: Chooser | None = None
        self._picked: Choice | None = None
        self._moved = False

    def begin(self, text: str, *, typing: bool) -> None:
        self._picked = None

    def edited(self, text: str) -> None:
        self._picked, self._moved = None, False
        self._show(text)

    def key(self, event: QKeyEvent) -> bool:
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        kind = self.place.field.kind
        if alt and key == Qt.Key.Key_N and isinstance(kind, Ref):
            self.close()
            self.new_wanted.emit(kind.target, self.place.line.text().strip())
            return True
        if alt and key == Qt.Key.Key_Down:
            self._show("")
            return True
        if self._frame is None or not self.open():
            return False
        return self._key_while_open(Qt.Key(key))

    def _key_while_open(self, key: Qt.Key) -> bool:
        if self._frame is None:
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 7, Qt.Key.Key_PageUp: -7}
        if key in steps and self._frame.choices():
            self._moved = True
            self._frame.step(steps[key])
            return True
        if key == Qt.Key.Key_Escape:
            self.close()
            return True
        return False

    def accept(self) -> None:
        if self._frame is None or not self.open():
            return
        current = self._frame.current()
        if current is not None and (self.place.line.text().strip() or self._moved):
            self._take(current)
        self.close()

    def value(self) -> object | None:
        if self._picked is None or self.place.field.kind.name != "ref":
            return None
        return self._picked.id

    def open(self) -> bool:
        return self._frame is not None and self._frame.isVisible()

    def close(self) -> None:
        if self._frame is not None:
            self._frame.hide()

    def _take(self, choice: Choice) -> None:
        self._picked = choice
        self.place.line.setText(choice.name)

    def _show(self, typed: str) -> None:
        frame = self._built()
        choices = self._offer(self.place, typed)
        if not choices and not typed.strip():
            self.close()
            return
        quiet_kind = self.place.field.kind.name == "until"
        if quiet_kind and not choices:
            self.close()
            return
        frame.offer(choices, typed, self._foot(bool(choices)), f"没有「{typed.strip()}」")
        frame.show_at(self.place.rect())

    def _foot(self, some: bool) -> str:
        keys = ["↑↓ 选", "Enter 填入"] if some else []
        keys.append("Esc 关")
        if self.place.field.kind.name == "ref":
            keys.append(f"Alt+N 建新{self.place.field.label}")
        return "　".join(keys)

    def _built(self) -> Chooser:
        if self._frame is None:
            self._frame = Chooser(self.place.theme, self.place.anchor.window())
            self._frame.picked.connect(self._clicked)
            self.place.anchor.destroyed.connect(self._frame.deleteLater)
        return self._frame

    def _clicked(self, number: int) -> None:
        if self._frame is not None:
            self._take(self._frame.choices()[number])
            self.close()
            self.picked.emit()


class Answering(Helper):
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


HELPERS: Mapping[str, type[Helper]] = {
    "ref": Choosing,
    "choice": Choosing,
    "flag": Choosing,
    "until": Choosing,
    "answers": Answering,
}
"""By the name of the kind; kinds not named here are typed without help."""


def helper_for(place: Place) -> Helper:
    """The helper of a field's kind."""
    return HELPERS.get(place.field.kind.name, Helper)(place)


def accepts(event: QKeyEvent) -> bool:
    """Whether a key takes what is suggested: Enter and Tab do."""
    return Qt.Key(event.key()) in _ENTER
