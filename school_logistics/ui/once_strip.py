"""What is typed once above the lines of a sheet and holds for all of them: who, when, with what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from school_logistics.errors import Unreadable
from school_logistics.ui.form_field import FieldBlock, Remark
from school_logistics.ui.parts import Panel

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft
    from school_logistics.ui.theme import Theme

_MOST_LINES = 2
"""Fields beyond so many lines are typed in the table, where they are columns too."""
_LEAST_CHARS, _MOST_CHARS, _EACH = 8, 16, 11
"""A field is so many characters wide, and a character so many pixels."""
_DAY_CHARS = 15
"""A day with its weekday and the icon that opens the month."""


class OnceStrip(Panel):
    """Fields side by side, each with its label above it, in as few lines as they need."""

    written = Signal(str, object)
    """A field and the value that was typed into it."""
    refused = Signal(str, str)
    """A sentence about what was typed, and its field."""
    done = Signal()
    """Enter in the last field: on to the lines."""
    new_wanted = Signal(str, str, str)
    """Alt+N: the field, the key of the target ledger, and the name typed."""

    placed = Signal(str)
    """The keyboard came into the field of this name."""

    def __init__(
        self, theme: Theme, desk: Desk, fields: Sequence[tuple[Ledger, Field]], read: Callable[[str, str], object]
    ) -> None:
        """Fields with the ledgers they are of; `read` makes a value of what was typed into one."""
        super().__init__(theme, "sunken", edges="bottom")
        self._fields, self._read = tuple(field for _, field in fields), read
        self._left_out: frozenset[str] = frozenset()
        self.blocks = {field.key: FieldBlock(theme, desk, ledger, field) for ledger, field in fields}
        for key, block in self.blocks.items():
            block.setParent(self)
            block.editor.left.connect(lambda key=key: self._take(key))
            block.editor.entered.connect(lambda key=key: self._go_on(key))
            block.editor.line.focus_come.connect(lambda label=block.editor.field.label: self.placed.emit(label))
            block.editor.new_wanted.connect(lambda target, typed, key=key: self.new_wanted.emit(key, target, typed))
        self._remark = Remark(theme)
        self._remark.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("各行相同的")

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show what holds for all lines."""
        for key, block in self.blocks.items():
            if not block.editor.has_focus():
                block.editor.set_value(values.get(key))

    def leave_out(self, keys: Collection[str]) -> None:
        """Show these fields only when they are wanted."""
        if frozenset(keys) != self._left_out:
            self._left_out = frozenset(keys)
            self.fit()

    def say(self, sentence: str, more: str = "", tone: str = "late") -> None:
        """Say under the fields what is wrong with them; "" says nothing and takes no room."""
        if (sentence, more) != (self._remark.text(), self._remark.more()):
            self._remark.say(sentence, more, tone=tone)
            self.fit()

    def said(self) -> str:
        """What is said under the fields."""
        return self._remark.text()

    def set_draft(self, draft: Draft) -> None:
        """What is known already, for suggestions that depend on it."""
        for block in self.blocks.values():
            block.editor.set_draft(draft)

    def ask_for(self, keys: Collection[str]) -> None:
        """Frame the fields that are wanting, and take the keyboard to the first of them."""
        for key, block in self.blocks.items():
            block.editor.set_refused(key in keys)
        first = next((block for key, block in self.blocks.items() if key in keys and not block.isHidden()), None)
        if first is not None:
            first.editor.focus_in()

    def focus_first(self) -> bool:
        """Take the keyboard to the first field that is empty, else to the first; False where there is none."""
        shown = [block for block in self.blocks.values() if not block.isHidden()]
        empty = (block for block in shown if not block.editor.typed())
        first = next(empty, shown[0] if shown else None)
        if first is not None:
            first.editor.focus_in()
        return first is not None

    def has_focus(self) -> bool:
        """Whether the keyboard is in one of the fields."""
        return any(block.editor.has_focus() for block in self.blocks.values())

    def where(self) -> str:
        """The name of the field in which the keyboard is; "" while it is elsewhere."""
        return next((one.editor.field.label for one in self.blocks.values() if one.editor.has_focus()), "")

    def settle(self) -> None:
        """Take what is typed in the field that has the keyboard, as before saving."""
        for key, block in self.blocks.items():
            if block.editor.has_focus():
                self._take(key)

    def _take(self, key: str) -> None:
        editor = self.blocks[key].editor
        if editor.untouched():
            return
        try:
            value = self._value(key)
        except Unreadable as trouble:
            editor.set_refused(True)
            self.refused.emit(str(trouble), key)
            return
        editor.set_refused(False)
        editor.set_value(value)
        self.written.emit(key, value)

    def _value(self, key: str) -> object:
        editor = self.blocks[key].editor
        if editor.field.kind.name in {"ref", "choice", "flag"}:
            return editor.read()
        return self._read(key, editor.typed())

    def fill(self, key: str, value: object) -> None:
        """Write a value into a field as if it had been typed there, and go on from it."""
        editor = self.blocks[key].editor
        editor.set_refused(False)
        editor.set_value(value)
        self.written.emit(key, value)
        self._go_on(key)

    def _go_on(self, key: str) -> None:
        """Enter: on to the next field that is empty; behind the last one to the lines; not past what is refused."""
        if self.blocks[key].editor.refused():
            self.blocks[key].editor.focus_in()
            return
        shown = [one for one, block in self.blocks.items() if not block.isHidden()]
        ahead = shown[shown.index(key) + 1 :] if key in shown else []
        empty = next((one for one in ahead if not self.blocks[one].editor.typed()), None)
        if empty is not None:
            self.blocks[empty].editor.focus_in()
        else:
            self.done.emit()

    # --- layout ------------------------------------------------------------------------------------

    def _width(self, field: Field) -> int:
        least = _DAY_CHARS if field.kind.name in {"day", "moment"} else _LEAST_CHARS
        chars = min(max(field.chars, len(field.label) + 2, least), _MOST_CHARS)
        return self._theme.px(chars * _EACH) + self._theme.sizes.large

    def _lay_out(self) -> int:
        """Put the fields side by side; the height they take."""
        sizes = self._theme.sizes
        left, top, lines = sizes.large, sizes.tiny, 1
        height = max((block.sizeHint().height() for block in self.blocks.values()), default=0)
        for field in self._fields:
            block, width = self.blocks[field.key], self._width(field)
            if field.key in self._left_out:
                block.hide()
                continue
            if left + width > self.width() - sizes.large and left > sizes.large:
                left, top, lines = sizes.large, top + height + sizes.tiny, lines + 1
            block.setVisible(lines <= _MOST_LINES)
            block.setGeometry(left, top, width, height)
            left += width + sizes.small
        bottom = sizes.tiny + (height + sizes.tiny) * min(lines, _MOST_LINES)
        if self._remark.text():
            room = self.width() - 2 * sizes.large
            told = self._remark.heightForWidth(room)
            self._remark.setGeometry(sizes.large, bottom, room, told)
            bottom += told
        return bottom + sizes.tiny

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Take the height that the fields need at this width."""
        self.setFixedHeight(self._lay_out() if self.blocks else 0)

    def sizeHint(self) -> QSize:
        return QSize(0, self.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "blocks"):
            self.fit()
