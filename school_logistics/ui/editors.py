"""Editors for every kind of value: a line with help under it, in a cell of the table and in a field of the form.

`EDITORS` names the form's editor by kind; `cell_editor` makes the table's. Both share the line and the helpers of
`suggestions`, so that a date, a sum or a name is typed the same way everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from school_logistics.errors import Unreadable
from school_logistics.ui.cells import WEEKDAYS
from school_logistics.ui.painting import MIDDLE_LEFT, MIDDLE_RIGHT, draw_box, draw_frame, draw_icon
from school_logistics.ui.suggestions import Place, accepts, helper_for
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from school_logistics.models.ledger import Field, Ledger
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft

_INNER_MARGIN = 2
"""QLineEdit keeps this much free at both ends of its text."""
_ALIGN = {"left": Qt.AlignmentFlag.AlignLeft, "right": Qt.AlignmentFlag.AlignRight, "center": Qt.AlignmentFlag.AlignHCenter}


class Leave(Enum):
    """How an editor is left, and where to go next."""

    ENTER = auto()
    ENTER_BACK = auto()
    NEXT = auto()
    BACK = auto()
    UP = auto()
    DOWN = auto()
    LEFT = auto()
    RIGHT = auto()
    SAVE = auto()
    CANCEL = auto()
    AWAY = auto()
    """The focus went elsewhere."""


class TypingLine(QLineEdit):
    """A frameless line that offers its keys to its owner first, and says when the focus leaves it."""

    focus_gone = Signal()
    focus_come = Signal()

    def __init__(self, parent: QWidget) -> None:
        """The owner sets `keys`."""
        super().__init__(parent)
        self.keys: Callable[[QKeyEvent], bool] = lambda _event: False
        self.setFrame(False)

    def event(self, event: QEvent) -> bool:
        """Tab is a key like any other here, not a change of focus."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.keys(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _own_key(event):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_come.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.focus_gone.emit()


def _own_key(event: QKeyEvent) -> bool:
    """Keys that belong to the line while it is typed in, though the page has them as shortcuts."""
    alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    return event.key() == Qt.Key.Key_Escape or (alt and event.key() in {Qt.Key.Key_N, Qt.Key.Key_Down})


class CellEditor(QWidget):
    """The editor of a cell: a 2 px accent frame on the cell's own lines, the text where the cell had it."""

    left = Signal(object)
    """Leave: the user is done with the cell."""
    new_wanted = Signal(str, str)

    def __init__(self, theme: Theme, desk: Desk, ledger: Ledger, field: Field, parent: QWidget) -> None:
        """Made by the delegate when a cell is edited, never before."""
        super().__init__(parent)
        self._theme, self._field = theme, field
        self._draft: Draft = {}
        self.opened_by_typing = False
        self.touched = False
        """Whether the user changed anything; an editor only looked into writes nothing."""
        self.line = TypingLine(self)
        self.line.setAlignment(_ALIGN[field.kind.align])
        self.line.setPlaceholderText(field.hint)
        self.line.setAccessibleName(field.label)
        self.line.setFont(theme.font())
        self.line.keys = self._key
        self.line.textEdited.connect(self._edited)
        self.line.focus_gone.connect(self._gone)
        self.setFocusProxy(self.line)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self._helper = helper_for(Place(theme, desk, ledger, field, self.line, self, lambda: self._draft))
        self._helper.picked.connect(self._picked)
        self._helper.new_wanted.connect(self.new_wanted)
        self._over = False

    def set_draft(self, draft: Draft) -> None:
        """The record as it is now, for suggestions that depend on it."""
        self._draft = draft

    def begin(self, text: str) -> None:
        """Start with `text`, all of it selected unless a letter typed has opened the editor."""
        self.line.setText(text)
        if not self.opened_by_typing:
            self.line.selectAll()
        self._helper.begin(text, typing=self.opened_by_typing)

    def place(self, rect: QRect) -> None:
        """Lie on the cell; `rect` takes in the grid lines left of and above it."""
        sizes = self._theme.sizes
        self.setGeometry(rect)
        left = sizes.cell_left + sizes.line - _INNER_MARGIN
        right = sizes.cell_right - _INNER_MARGIN
        self.line.setGeometry(left, sizes.focus, rect.width() - left - right, rect.height() - 2 * sizes.focus)

    def typed(self) -> str:
        """The text as it stands."""
        return self.line.text()

    def picked_value(self) -> object | None:
        """What was picked in the chooser; None when the text has to be read."""
        return self._helper.value()

    def _edited(self, text: str) -> None:
        self.touched = True
        self._helper.edited(text)

    def _picked(self) -> None:
        self.touched = True
        self._leave(Leave.ENTER)

    def _gone(self) -> None:
        self._leave(Leave.AWAY)

    def _leave(self, how: Leave) -> None:
        if self._over:
            return
        self._over = True
        self._helper.close()
        self.left.emit(how)

    def finish(self) -> None:
        """Say nothing more: the view closes this editor."""
        self._over = True
        self._helper.close()

    def open_suggestions(self) -> None:
        """Show what can be picked, as Alt+↓ does."""
        self._helper.key(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier))

    def _key(self, event: QKeyEvent) -> bool:
        before = self.line.text()
        if self._helper.key(event):
            self.touched = self.touched or self.line.text() != before
            return True
        how = leaving(event, by_typing=self.opened_by_typing and not self._helper.open())
        if how is None:
            return False
        if accepts(event) and how is not Leave.CANCEL:
            self._helper.accept()
            self.touched = self.touched or self.line.text() != before
        self._leave(how)
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """While a composition that opened this editor goes on, the view still has the focus and sends it here."""
        QCoreApplication.sendEvent(self.line, event)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        return self.line.inputMethodQuery(query)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.brush("surface"))
        draw_frame(painter, self._theme, self.rect(), "accent", self._theme.sizes.focus)
        painter.end()


def leaving(event: QKeyEvent, *, by_typing: bool) -> Leave | None:
    """What a key does to the editor of a cell: None leaves it to the line."""
    key, modifiers = Qt.Key(event.key()), event.modifiers()
    shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        return Leave.SAVE if control else Leave.ENTER_BACK if shift else Leave.ENTER
    if key == Qt.Key.Key_Backtab or (key == Qt.Key.Key_Tab and shift):
        return Leave.BACK
    plain = {Qt.Key.Key_Tab: Leave.NEXT, Qt.Key.Key_Escape: Leave.CANCEL, Qt.Key.Key_Up: Leave.UP,
             Qt.Key.Key_Down: Leave.DOWN}  # fmt: skip
    sideways = {Qt.Key.Key_Left: Leave.LEFT, Qt.Key.Key_Right: Leave.RIGHT}
    if key in plain and not control and not modifiers & Qt.KeyboardModifier.AltModifier:
        return plain[key]
    return sideways.get(key) if by_typing and not shift and not control else None


def cell_editor(theme: Theme, desk: Desk, ledger: Ledger, field: Field, parent: QWidget) -> CellEditor:
    """The editor for one cell of the table."""
    return CellEditor(theme, desk, ledger, field, parent)


class Editor(QWidget):
    """A field of the form: border, text, unit at the right; suggestions and shorthand as in the table."""

    changed = Signal()
    """The user typed or picked something."""
    left = Signal()
    """The user is done with the field: read it now."""
    entered = Signal()
    """Enter: go on to the next field (after `left`)."""
    new_wanted = Signal(str, str)

    def __init__(
        self, theme: Theme, desk: Desk, ledger: Ledger, field: Field, parent: QWidget | None = None
    ) -> None:
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
        self._helper = helper_for(Place(theme, desk, ledger, field, self.line, self, lambda: self._draft))
        self._helper.picked.connect(self._picked)
        self._helper.new_wanted.connect(self.new_wanted)
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
        picked = self._helper.value()
        if picked is not None:
            return picked
        text = self.line.text()
        if text == self._shown:
            return self._value
        return self._desk.read(self._ledger, self.field.key, text)

    def untouched(self) -> bool:
        """Whether the text still is the one that was set."""
        return self.line.text() == self._shown and self._helper.value() is None

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

    def focus_in(self) -> None:
        """Take the focus with all text selected."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def has_focus(self) -> bool:
        """Whether the user types here."""
        return self.line.hasFocus()

    # --- within ------------------------------------------------------------------------------------

    def _edited(self, text: str) -> None:
        self._helper.edited(text)
        self._renote()
        self.changed.emit()

    def _picked(self) -> None:
        self._renote()
        self.changed.emit()
        self.left.emit()

    def _gone(self) -> None:
        self._helper.close()
        self.update()
        self.left.emit()

    def _key(self, event: QKeyEvent) -> bool:
        before = self.line.text()
        if self._helper.key(event):
            if self.line.text() != before:
                self.changed.emit()
            return True
        if accepts(event) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._helper.accept()
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
        self._helper.key(press)

    def _dress(self) -> None:
        self.line.setFont(self._theme.font())
        palette = self.line.palette()
        ground = "sunken" if self._read_only else "surface"
        palette.setColor(QPalette.ColorRole.Base, self._theme.color(ground))
        palette.setColor(QPalette.ColorRole.Text, self._theme.color("ink2" if self._read_only else "ink"))
        palette.setColor(QPalette.ColorRole.PlaceholderText, self._theme.color("ink3"))
        palette.setColor(QPalette.ColorRole.Highlight, self._theme.color("accent"))
        palette.setColor(QPalette.ColorRole.HighlightedText, self._theme.color("on_accent"))
        self.line.setPalette(palette)
        self._arrange()

    def _arrange(self) -> None:
        sizes = self._theme.sizes
        left = sizes.cell_left + sizes.line + sizes.line - _INNER_MARGIN
        right = sizes.cell_right - _INNER_MARGIN
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

    def __init__(
        self, theme: Theme, desk: Desk, ledger: Ledger, field: Field, parent: QWidget | None = None
    ) -> None:
        """As `Editor`."""
        super().__init__(theme, desk, ledger, field, parent)
        self._icon = "chevron-down"


class DayEditor(Editor):
    """A day; its weekday stands quietly at the right while the text is a day."""

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

    def __init__(
        self, theme: Theme, desk: Desk, ledger: Ledger, field: Field, parent: QWidget | None = None
    ) -> None:
        """As `Editor`."""
        super().__init__(theme, desk, ledger, field, parent)
        self._icon = "list-checks"


class FlagEditor(Editor):
    """Yes or no as a box to tick; the whole line is the target, Space ticks."""

    def __init__(
        self, theme: Theme, desk: Desk, ledger: Ledger, field: Field, parent: QWidget | None = None
    ) -> None:
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
    editor = EDITORS[field.kind.name](theme, desk, ledger, field, parent)
    editor.set_read_only(not field.writable)
    return editor
