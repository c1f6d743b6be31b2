"""Editors for every kind of value in the fields of a form: border, text, unit at the right, help under it.

`EDITORS` names the editor of each kind. They share the line and the helpers of `suggestions` with the cells of the
table, so that a date, a sum or a name is typed the same way everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from school_logistics.errors import Unreadable
from school_logistics.ui.cells import WEEKDAYS
from school_logistics.ui.editor_line import INNER_MARGIN, TypingLine
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT, draw_box, draw_icon
from school_logistics.ui.suggestions import accepts, help_for
from school_logistics.ui.theme import Theme, Type
from school_logistics.ui.typing_help import Place

if TYPE_CHECKING:
    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft


class Editor(QWidget):
    """A field of the form: border, text, unit at the right; suggestions and shorthand as in the table."""

    changed = Signal()
    """The user typed or picked something."""
    left = Signal()
    """The user is done with the field: read it now."""
    entered = Signal()
    """Enter: go on to the next field (after `left`)."""
    new_wanted = Signal(str, str)

    def __init__(self, theme: Theme, desk: Desk, ledger: Ledger, field: Field, parent: QWidget | None = None) -> None:
        """An empty field that asks for what its hint says."""
        super().__init__(parent)
        self._theme, self._desk, self._ledger, self.field = theme, desk, ledger, field
        self._draft: Draft = {}
        self._note = field.unit
        self._icon = ""
        self._refused, self._read_only = False, False
        self._value: object = None
        self._shown = ""
        self.line = TypingLine(self)
        self.line.keys = self._key
        self.line.setPlaceholderText(field.hint)
        self.line.textEdited.connect(self._edited)
        self.line.focus_gone.connect(self._gone)
        self.line.focus_come.connect(self.update)
        self.setFocusProxy(self.line)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(field.label)
        self.line.setAccessibleName(f"{field.label}（{field.unit}）" if field.unit else field.label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._help = help_for(Place(theme, desk, ledger, field, self.line, self, lambda: self._draft))
        self._help.picked.connect(self._picked)
        self._help.new_wanted.connect(self.new_wanted)
        self._dress()

    # --- what the form uses ------------------------------------------------------------------------

    def typed(self) -> str:
        """The text as it stands."""
        return self.line.text()

    def set_typed(self, text: str) -> None:
        """Show text that could not be read, or that came from elsewhere."""
        self._value, self._shown = None, ""
        self.line.setText(text)
        self._renote()

    def set_value(self, value: object) -> None:
        """Show a value; reading it back gives the same one while the user changes nothing."""
        kind = self.field.kind
        text = "" if value is None else kind.typed(value)
        if kind.name == "ref" and value is not None:
            text = self._desk.show(self._ledger, self.field.key, value)
        self._value, self._shown = value, text
        if self.line.text() != text:
            self.line.setText(text)
        self._renote()

    def set_draft(self, draft: Draft) -> None:
        """The record as it is now, for suggestions that depend on it."""
        self._draft = draft

    def read(self) -> object:
        """The value typed or picked; raises Unreadable with a sentence."""
        picked = self._help.value()
        if picked is not None:
            return picked
        text = self.line.text()
        if text == self._shown:
            return self._value
        return self._desk.read(self._ledger, self.field.key, text)

    def untouched(self) -> bool:
        """Whether the text still is the one that was set."""
        return self.line.text() == self._shown and self._help.value() is None

    def set_refused(self, refused: bool) -> None:
        """Frame the field as not acceptable."""
        self._refused = refused
        self.update()

    def refused(self) -> bool:
        """Whether it is framed as not acceptable."""
        return self._refused

    def set_read_only(self, read_only: bool) -> None:
        """Show the value without letting it be typed over."""
        self._read_only = read_only
        self.line.setReadOnly(read_only)
        self._dress()
        self.update()

    def set_hint(self, hint: str) -> None:
        """What the empty field asks for."""
        self.line.setPlaceholderText(hint)

    def set_note(self, note: str) -> None:
        """Quiet words inside the field at the right: the unit, a weekday."""
        self._note = note
        self._arrange()
        self.update()

    def note(self) -> str:
        """The quiet words inside the field."""
        return self._note

    def focus_in(self) -> None:
        """Take the focus with all text selected."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def has_focus(self) -> bool:
        """Whether the user types here."""
        return self.line.hasFocus()

    # --- within ------------------------------------------------------------------------------------

    def _edited(self, text: str) -> None:
        self._help.edited(text)
        self._renote()
        self.changed.emit()

    def _picked(self) -> None:
        self._renote()
        self.changed.emit()
        self.left.emit()

    def _gone(self) -> None:
        self._help.close()
        self.update()
        self.left.emit()

    def _key(self, event: QKeyEvent) -> bool:
        before = self.line.text()
        if self._help.key(event):
            if self.line.text() != before:
                self.changed.emit()
            return True
        if accepts(event) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._help.accept()
            if self.line.text() != before:
                self.changed.emit()
            if Qt.Key(event.key()) is not Qt.Key.Key_Tab:
                self.left.emit()
                self.entered.emit()
                return True
        return False

    def _renote(self) -> None:
        """Kinds that tell something about their value put it here."""

    def _press_icon(self) -> None:
        """The icon at the right was pressed: show what can be picked."""
        self.focus_in()
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        self._help.key(press)

    def _dress(self) -> None:
        self.line.setFont(self._theme.font())
        self._arrange()

    def _arrange(self) -> None:
        sizes = self._theme.sizes
        left = sizes.cell_left + sizes.line + sizes.line - INNER_MARGIN
        right = sizes.cell_right - INNER_MARGIN
        if self._note:
            right += self._theme.metrics(Type.QUIET).horizontalAdvance(self._note) + sizes.tiny
        if self._icon and not self._read_only:
            right += sizes.icon + sizes.tiny
        inset = sizes.focus
        self.line.setGeometry(left, inset, max(self.width() - left - right, 0), self.height() - 2 * inset)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.sizes.row)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(56), self._theme.sizes.row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()
            self.updateGeometry()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._icon and not self._read_only and event.position().x() > self.line.geometry().right():
            self._press_icon()
        else:
            self.line.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        if self._read_only:
            fill, border, width = "sunken", "line", sizes.line
        else:
            fill, border, width = "surface", "control", sizes.line
        if self._refused:
            border, width = "late", sizes.focus
        elif self.line.hasFocus():
            border, width = "accent", sizes.focus
        draw_box(painter, theme, self.rect(), fill, border, width=width)
        right = self.width() - sizes.cell_right
        if self._icon and not self._read_only:
            draw_icon(painter, theme, self._icon, sizes.icon, "ink2", right - sizes.icon, self.height() // 2)
            right -= sizes.icon + sizes.tiny
        if self._note:
            painter.setFont(theme.font(Type.QUIET))
            painter.setPen(theme.color("ink3"))
            painter.drawText(QRect(0, 0, right, self.height()), MIDDLE_RIGHT, self._note)
        painter.end()


class ChoosingEditor(Editor):
    """A field with choices under it, and a chevron that shows them."""

    def __init__(self, theme: Theme, desk: Desk, ledger: Ledger, field: Field, parent: QWidget | None = None) -> None:
        """As `Editor`."""
        super().__init__(theme, desk, ledger, field, parent)
        self._icon = "chevron-down"


class DayEditor(Editor):
    """A day; its weekday stands quietly at the right while the text is a day, the icon opens the month."""

    def __init__(self, theme: Theme, desk: Desk, ledger: Ledger, field: Field, parent: QWidget | None = None) -> None:
        """As `Editor`."""
        super().__init__(theme, desk, ledger, field, parent)
        self._icon = "calendar-days" if field.kind.name == "day" else ""
        self._arrange()

    def _renote(self) -> None:
        try:
            value = self.read()
        except Unreadable:
            value = None
        day = value.date() if isinstance(value, datetime) else value
        known = isinstance(day, date) and day != date.max and bool(self.line.text().strip())
        self.set_note(WEEKDAYS[day.weekday()] if known and isinstance(day, date) else "")


class AnswersEditor(Editor):
    """The answers to a checklist; the icon opens the grid of items."""

    def __init__(self, theme: Theme, desk: Desk, ledger: Ledger, field: Field, parent: QWidget | None = None) -> None:
        """As `Editor`."""
        super().__init__(theme, desk, ledger, field, parent)
        self._icon = "list-checks"


class FlagEditor(Editor):
    """Yes or no as a box to tick; the whole line is the target, Space ticks."""

    def __init__(self, theme: Theme, desk: Desk, ledger: Ledger, field: Field, parent: QWidget | None = None) -> None:
        """Start without an answer."""
        super().__init__(theme, desk, ledger, field, parent)
        self.line.setGeometry(0, 0, 0, 0)
        self._word = field.hint or field.label

    def _arrange(self) -> None:
        """The line takes the keys but is not seen."""
        self.line.setGeometry(self.width(), 0, 0, self.height())

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Space and not self._read_only:
            self._tick()
            return True
        return super()._key(event)

    def _tick(self) -> None:
        self.line.setText("否" if self.line.text() == "是" else "是")
        self.update()
        self.changed.emit()
        self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.line.setFocus(Qt.FocusReason.MouseFocusReason)
        if not self._read_only:
            self._tick()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        side = sizes.icon
        box = QRect(0, (self.height() - side) // 2, side, side)
        ticked = self.line.text() == "是"
        border = "late" if self._refused else "accent" if self.line.hasFocus() or ticked else "control"
        width = sizes.focus if self._refused or self.line.hasFocus() else sizes.line
        draw_box(painter, theme, box, "accent" if ticked else "surface", border, width=width)
        if ticked:
            inner = sizes.icon_small
            draw_icon(painter, theme, "check", inner, "on_accent", (side - inner) // 2, self.height() // 2)
        painter.setFont(theme.font())
        painter.setPen(theme.color("ink2" if self._read_only or not self.line.text() else "ink"))
        words = self.line.text() or "没有填"
        painter.drawText(QRect(side + sizes.small, 0, self.width(), self.height()), MIDDLE_LEFT, words)
        painter.end()


EDITORS: Mapping[str, type[Editor]] = {
    "text": Editor,
    "code": Editor,
    "count": Editor,
    "amount": Editor,
    "time": Editor,
    "span": Editor,
    "choice": ChoosingEditor,
    "ref": ChoosingEditor,
    "until": DayEditor,
    "day": DayEditor,
    "month_or_day": Editor,
    "moment": DayEditor,
    "flag": FlagEditor,
    "answers": AnswersEditor,
}
"""The form's editor for each kind of value."""


def editor_for(theme: Theme, desk: Desk, ledger: Ledger, field: Field, parent: QWidget | None = None) -> Editor:
    """The form's editor for a field; computed fields are read-only."""
    editor = _editor_of(field)(theme, desk, ledger, field, parent)
    editor.set_read_only(not field.writable)
    return editor


def _editor_of(field: Field) -> type[Editor]:
    """The editor of the field's kind; running text of several lines has one of its own."""
    from school_logistics.ui.long_text import LONG, LongTextEditor

    return LongTextEditor if getattr(field.kind, "lines", 1) >= LONG else EDITORS[field.kind.name]
