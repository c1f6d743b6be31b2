"""The side form: every field of one record, with what is wrong beside each, saved by Ctrl+Enter.

It shows the current row of the table and writes through it, so table and form are never of two minds; or it holds a
record of its own. Saving shows all objections at once and goes to the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from school_logistics.errors import Unreadable
from school_logistics.models.checks import Level
from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.chips import State
from school_logistics.ui.form_field import FigureLine, FormLine
from school_logistics.ui.form_layout import parts_of
from school_logistics.ui.form_notes import note_for
from school_logistics.ui.parts import Rule, Words
from school_logistics.ui.side_panel import SidePanel
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from school_logistics.models.checks import Objection
    from school_logistics.ui.editors import Editor
    from school_logistics.ui.form_layout import Part
    from school_logistics.ui.form_record import FormRecord

_TAGS = {"补录": State.LATE_ENTRY, "待补资料": State.SOON, "已结账": State.LOCK}
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class RecordForm(SidePanel):
    """All fields of a record."""

    given_up = Signal(object, object)
    """What was typed was discarded: the record's number (None: new) and the values it had."""
    refused = Signal(str, str)
    """Saving was refused: the first sentence and its clause."""
    new_wanted = Signal(str, str, str)
    """Alt+N in a field: its key, the ledger it refers to, and the name typed."""
    field_entered = Signal(str)

    def __init__(self, theme: Theme, record: FormRecord, *, title: str = "", parent: QWidget | None = None) -> None:
        """Show `record` and follow it; `title` takes the place of the record's own name."""
        super().__init__(theme, title or record.ledger.label, parent=parent)
        self.record, self._own_title = record, title
        self.editors: dict[str, Editor] = {}
        self.lines: dict[str, FormLine] = {}
        self.figures: dict[str, FigureLine] = {}
        self._shown_id: object = self
        self.save_button = Button(theme, "保存", icon="check", look=Look.PRIMARY, key="Ctrl+Enter")
        self.give_up_button = Button(theme, "放弃", look=Look.QUIET)
        self.give_up_button.set_key("Esc")
        self._build()
        self.save_button.clicked.connect(self.save)
        self.give_up_button.clicked.connect(self.give_up)
        self._stale = False
        self._notes: dict[tuple[str, object], str] = {}
        record.changed.connect(self._follow)
        self.show_record()

    # --- building ----------------------------------------------------------------------------------

    def _build(self) -> None:
        for place, part in enumerate(parts_of(self.record.ledger)):
            self._build_part(part, first=place == 0)
        self.body.addStretch(1)
        self.foot.addWidget(self.save_button)
        self.foot.addWidget(Words(self._theme, "Ctrl+Enter", kind=Type.QUIET, color="ink3"))
        self.save_button.set_key("Ctrl+Enter", shown=False)
        self.foot.addStretch(1)
        self.foot.addWidget(self.give_up_button)
        self.foot_panel.show()

    def _build_part(self, part: Part, *, first: bool) -> None:
        sizes = self._theme.sizes
        if not first:
            self.body.addSpacing(sizes.middle)
            self.body.addWidget(Rule(self._theme))
            self.body.addSpacing(sizes.tiny)
        if part.heading:
            self.body.addWidget(Words(self._theme, part.heading, kind=Type.QUIET, color="ink3"))
        group = ""
        for line in part.lines:
            self.body.addSpacing(sizes.tiny + sizes.line)
            if line.group and line.group != group:
                self.body.addWidget(Words(self._theme, line.group, kind=Type.QUIET, color="ink3"))
            group = line.group
            if line.figure:
                figure = self.figures[line.fields[0].key] = FigureLine(self._theme, line.fields[0])
                self.body.addWidget(figure)
                continue
            made = FormLine(self._theme, self.record.desk, self.record.ledger, line)
            self.body.addWidget(made)
            for key, block in made.blocks.items():
                self._connect(key, block.editor)
                self.lines[key] = made

    def _connect(self, key: str, editor: Editor) -> None:
        self.editors[key] = editor
        editor.left.connect(lambda: self._take(key))
        editor.entered.connect(lambda: self._go_on(key))
        editor.new_wanted.connect(lambda target, typed: self.new_wanted.emit(key, target, typed))
        editor.line.focus_come.connect(lambda: self._entered(key))

    def say_purpose(self, words: str) -> None:
        """Say above the fields what the record is begun for."""
        self.body.insertWidget(0, Words(self._theme, words, kind=Type.LABEL, color="ink2", wrap=True))

    def stand_alone(self, about: str) -> None:
        """Fill a page of its own: no head to close, and why there should be something in it."""
        self.close_button.hide()
        self.head.hide()
        self._edges = frozenset()
        if about:
            self.say_purpose(about)

    # --- showing -----------------------------------------------------------------------------------

    def _follow(self) -> None:
        """The record changed; a form put away catches up when it is shown again."""
        if self.isHidden() and not self.isWindow():
            self._stale = True
        else:
            self.show_record()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.show_record()

    def forget_notes(self) -> None:
        """Other ledgers changed: what references say of themselves is asked again."""
        self._notes.clear()
        self._follow()

    def _note(self, key: str, value: object) -> str:
        known = self._notes.get((key, value))
        if known is None:
            known = self._notes[key, value] = note_for(self.record, key, value)
        return known

    def show_record(self) -> None:
        """Show the record as it is now; a field that is being typed in is left alone."""
        self._stale = False
        values, typed = self.record.values(), self.record.typed()
        objections = {one.field: one for one in reversed(self.record.objections())}
        moved = self._shown_id != self.record.id()
        self._shown_id = self.record.id()
        for key, editor in self.editors.items():
            editor.set_draft(values)
            busy = editor.has_focus() and not editor.untouched() and not moved
            if not busy:
                if key in typed:
                    editor.set_typed(typed[key])
                else:
                    editor.set_value(values.get(key))
            note = "" if key in typed or editor.field.kind.name != "ref" else self._note(key, values.get(key))
            self.lines[key].object_to(key, objections.get(key), note)
        for key, figure in self.figures.items():
            figure.set_value(values.get(key))
        self._show_state()

    def _show_state(self) -> None:
        self.set_title(self._own_title or self._name())
        wrong = [one for one in self.record.objections() if one.level is not Level.WARNING]
        if wrong:
            self.set_chip(State.LATE, f"{len(wrong)} 处要改")
        elif self.record.unsaved():
            self.set_chip(State.DRAFT, "未保存")
        else:
            tag = self.record.tag()
            self.set_chip(_TAGS.get(tag.rpartition(" · ")[2]), tag)
        self.save_button.setEnabled(self.record.unsaved())
        self.give_up_button.setEnabled(self.record.unsaved())

    def _name(self) -> str:
        if self.record.id() is None:
            return "新记录"
        ledger = self.record.ledger
        value = self.record.values().get(ledger.title)
        return self.record.desk.show(ledger, ledger.title, value) or ledger.label

    # --- typing ------------------------------------------------------------------------------------

    def _take(self, key: str) -> None:
        """Read what stands in a field into the record."""
        editor = self.editors[key]
        if editor.untouched() or not editor.field.writable:
            return
        try:
            value = editor.read()
        except Unreadable:
            self.record.type_text(key, editor.typed())
        else:
            self.record.put(key, value)

    def _entered(self, key: str) -> None:
        self.show_widget(self.lines[key])
        self.field_entered.emit(key)

    def _go_on(self, key: str) -> None:
        """Enter: to the next field that can be filled in; from the last one, save."""
        keys = self.writable_keys()
        place = keys.index(key)
        if place + 1 < len(keys):
            self.focus_field(keys[place + 1])
        else:
            self.save()

    def writable_keys(self) -> list[str]:
        """The fields a person can fill in, in the order of the form."""
        return [key for key, editor in self.editors.items() if editor.field.writable]

    def focus_first(self) -> None:
        """Type into the first field, with the top of the form in sight: it is read through from there."""
        keys = self.writable_keys()
        if keys:
            self.editors[keys[0]].focus_in()

    def focus_first_empty(self) -> None:
        """Type into the first field that is wanted and still empty, else the first."""
        values, keys = self.record.values(), self.writable_keys()
        empty = [key for key in keys if values.get(key) is None]
        wanted = [key for key in empty if self.editors[key].field.required]
        self.focus_field(next(iter((*wanted, *empty)), ""))

    def focus_field(self, key: str = "") -> None:
        """Type into a field; without a key, into the first objected one, else the first."""
        wrong = next((one.field for one in self.record.objections() if one.field in self.editors), "")
        keys = self.writable_keys()
        target = key if key in keys else wrong if wrong in keys else keys[0] if keys else ""
        if target:
            self.editors[target].focus_in()

    def current_key(self) -> str:
        """The field that has the keyboard; "" for none."""
        return next((key for key, editor in self.editors.items() if editor.has_focus()), "")

    def has_focus(self) -> bool:
        """Whether the keyboard is anywhere in the form."""
        focused: QWidget | None = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def put(self, key: str, value: object) -> None:
        """Write a value into a field, such as the record just made for it, and go on after it."""
        self.record.put(key, value)
        self.editors[key].set_value(value)
        self._go_on_from(key)

    def _go_on_from(self, key: str) -> None:
        keys = self.writable_keys()
        place = keys.index(key)
        self.focus_field(keys[min(place + 1, len(keys) - 1)])

    # --- saving ------------------------------------------------------------------------------------

    def save(self) -> bool:
        """Keep the record; all objections are shown at once and the first one gets the keyboard."""
        key = self.current_key()
        if key:
            self._take(key)
        if self.record.save():
            self.show_record()
            return True
        wrong = [one for one in self._in_order(self.record.objections()) if one.level is not Level.WARNING]
        if wrong:
            self.focus_field(wrong[0].field)
            self.refused.emit(wrong[0].sentence, wrong[0].clause)
        return False

    def _in_order(self, objections: tuple[Objection, ...]) -> list[Objection]:
        order = {key: place for place, key in enumerate(self.editors)}
        return sorted(objections, key=lambda one: order.get(one.field, len(order)))

    def give_up(self) -> None:
        """Discard what is not saved; the page offers to bring it back. With nothing to discard, close."""
        key = self.current_key()
        if key:
            self._take(key)
        one, values = self.record.id(), self.record.values()
        if self.record.discard():
            self._shown_id = self
            self.show_record()
            self.given_up.emit(one, values)
        else:
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in _ENTER and control:
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)
