"""Choices under a line, by name or pinyin initials: records, options, 是 and 否, 长期."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from school_logistics.rules.kinds import Ref
from school_logistics.services.rows import Choice
from school_logistics.ui.chooser import Chooser
from school_logistics.ui.typing_help import Place, TypingHelp

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_Provider = Callable[[Place, str], list[Choice]]


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


_NOT_ONLY_CHOSEN = frozenset({"flag", "until"})
"""Kinds that are mostly typed: what fits no choice is no mistake."""


class Choosing(TypingHelp):
    """Offers choices in a frame under the line."""

    def __init__(self, place: Place) -> None:
        """Build the frame when it is first needed."""
        super().__init__(place)
        self._offer = PROVIDERS[place.field.kind.name]
        self._frame: Chooser | None = None
        self._picked: Choice | None = None
        self._chosen = False
        """Whether letters or arrows have made the current choice one that Enter takes."""

    def begin(self, text: str, *, typing: bool) -> None:
        """A cell looked into shows what there is; only arrows or letters make a choice of it."""
        self._picked, self._chosen = None, False
        if not typing:
            self._show("", self._place_of(self._offer(self.place, ""), text))

    def edited(self, text: str) -> None:
        choices = self._offer(self.place, text)
        unsure = bool(choices) and choices[0].doubt
        self._picked, self._chosen = None, bool(text.strip()) and not unsure
        self._show(text, max(self._place_of(choices, text.strip()), -1 if unsure else 0))

    def key(self, event: QKeyEvent) -> bool:
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        kind = self.place.field.kind
        if alt and key == Qt.Key.Key_N and isinstance(kind, Ref):
            self.close()
            self.new_wanted.emit(kind.target, self.place.line.text().strip())
            return True
        if alt and key == Qt.Key.Key_Down:
            self._show("", self._place_of(self._offer(self.place, ""), self.place.line.text()))
            return True
        if self._frame is None or not self.open():
            return False
        return self._key_while_open(Qt.Key(key))

    def _key_while_open(self, key: Qt.Key) -> bool:
        if self._frame is None:
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 7, Qt.Key.Key_PageUp: -7}
        if key in steps and self._frame.choices():
            self._chosen = True
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
        if current is not None and self._chosen:
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

    def _show(self, typed: str, current: int) -> None:
        choices = self._offer(self.place, typed)
        if not choices and (not typed.strip() or self.place.field.kind.name in _NOT_ONLY_CHOSEN):
            self.close()
            return
        frame = self._built()
        foot = self._foot(bool(choices), unsure=bool(choices) and choices[0].doubt)
        frame.offer(choices, typed, foot, f"没有「{typed.strip()}」", current)
        frame.show_at(self.place.rect())

    def _place_of(self, choices: Sequence[Choice], name: str) -> int:
        """Where the choice of exactly that name stands; -1 when there is none."""
        return next((place for place, choice in enumerate(choices) if choice.name == name), -1)

    def _foot(self, some: bool, *, unsure: bool) -> str:
        keys = [("不止一个对得上，↑↓ 选" if unsure else "↑↓ 选"), "Enter 填入"] if some else []
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
