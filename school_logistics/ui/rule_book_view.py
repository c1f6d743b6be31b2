"""The rule book on screen: every limit and period by topic, found by words, and one changed from a day on.

A view of the ledger of changes: what is changed here is a record there. Before a change is saved it is said what it
would do to what is due and to what this month lacks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout

from school_logistics.errors import OfficeError, Unreadable
from school_logistics.models.checks import Level, Objection
from school_logistics.rules.book import show_value
from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.commands import Do
from school_logistics.ui.form_record import LooseRecord
from school_logistics.ui.ledger_views import LedgerView
from school_logistics.ui.office_page import Hint
from school_logistics.ui.parts import Panel, Words
from school_logistics.ui.plain_field import PlainField
from school_logistics.ui.record_form import RecordForm
from school_logistics.ui.rule_list import LOCAL, MARKS, RuleList
from school_logistics.ui.rule_panel import RulePanel
from school_logistics.ui.side_slot import SideSlot
from school_logistics.ui.theme import Type

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from school_logistics.models.ledger import Ledger
    from school_logistics.services.rows import Draft
    from school_logistics.services.rulings import Effect, RuleLine
    from school_logistics.ui.jobs import Job, Progress
    from school_logistics.ui.office_page import Surroundings

_ALL = "全部"
_COVERS_BELOW = 720
"""Below this width, in pixels of the usual type size, the panel takes the place of the list."""
_KEYS = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape})


class _Change(LooseRecord):
    """A change of a rule: without its reason it is not kept, not even as a draft."""

    def objections(self) -> tuple[Objection, ...]:
        return tuple(
            Objection(Level.REFUSED, one.field, one.sentence, one.clause) if one.level is Level.GAP else one
            for one in super().objections()
        )


class RuleBookView(LedgerView):
    """Every rule, and the change of one."""

    def __init__(self, around: Surroundings, ledger: Ledger) -> None:
        """Show what holds today."""
        super().__init__(around, ledger)
        from school_logistics.services.rulings import Rulings

        theme = around.theme
        self._theme = theme
        self.rulings = Rulings(self.desk)
        self.search = PlainField(theme, "找规则", icon="search", hint="名称、出处、拼音首字母", keys=_KEYS)
        self.search.changed.connect(lambda _words: self._list(anew=True))
        self.search.pressed.connect(self._search_key)
        self.marks = {word: Button(theme, word, look=Look.CHOICE) for word in (_ALL, *MARKS)}
        self._count = Words(theme, kind=Type.LABEL, color="ink2")
        self.list = RuleList(theme)
        self.list.moved.connect(self._show)
        self.list.entered.connect(lambda _line: self.change())
        self.list.search_wanted.connect(self._type_into_search)
        self.panel = RulePanel(theme)
        self.panel.change_wanted.connect(self.change)
        self.panel.back_wanted.connect(self.take_away)
        self.panel.closed.connect(self.focus_start)
        self.slot = SideSlot(theme)
        self.form: RecordForm | None = None
        self._effect: Words | None = None
        self._own = 0
        self._before: Draft = {}
        self._asked: Job | None = None
        self._asked_for: tuple[object, ...] = ()
        self._lay_out()
        self._list()

    def _lay_out(self) -> None:
        theme, sizes = self._theme, self._theme.sizes
        head = QHBoxLayout()
        head.setContentsMargins(sizes.large, sizes.small, sizes.large, sizes.tiny)
        head.setSpacing(sizes.small)
        self.search.setMaximumWidth(theme.px(260))
        head.addWidget(self.search)
        group = QButtonGroup(self)
        for word, button in self.marks.items():
            button.setAccessibleName(f"只看{word}" if word != _ALL else "看全部规则")
            button.clicked.connect(lambda _checked=False: self._list(anew=True))
            group.addButton(button)
            head.addWidget(button)
        self.marks[_ALL].setChecked(True)
        head.addStretch(1)
        head.addWidget(self._count)
        self._left = Panel(theme, "surface")
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left, 1)
        row.addWidget(self.slot)
        self.slot.push(self.panel)

    # --- the list ----------------------------------------------------------------------------------

    def chosen(self) -> str:
        """Which mark is looked for; "" for all."""
        word = next((word for word, button in self.marks.items() if button.isChecked()), _ALL)
        return "" if word == _ALL else word

    def _list(self, *, anew: bool = False) -> None:
        from school_logistics.services.rulings import says

        mark, words, every = self.chosen(), self.search.text(), self.rulings.lines()
        self._own = sum(1 for one in every if one.mark == LOCAL)
        found = [one for one in every if (not mark or one.mark == mark) and says(one, words)]
        self.list.set_rules(found, anew=anew)
        self._count.setText(f"{len(found)} 条" if found else "没有这样的规则")
        line = self.list.current()
        if line is not None:
            self._show(line)
        self.fact_changed.emit()

    def _show(self, line: RuleLine) -> None:
        self.panel.show_rule(line, self.rulings.versions(line.rule.key))
        if not self._begun():
            self._close_form()

    def _search_key(self, key: Qt.Key) -> None:
        if key == Qt.Key.Key_Escape and self.search.text():
            self.search.set_text("")
            self._list(anew=True)
        else:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _type_into_search(self, event: QEvent) -> None:
        """Typing in the list searches; a composition of an input method would be broken off by an earlier focus."""
        composing = isinstance(event, QInputMethodEvent) and not event.commitString()
        if not composing:
            self.search.line.setFocus(Qt.FocusReason.OtherFocusReason)
        QCoreApplication.sendEvent(self.search.line, event)

    def go_to(self, key: str) -> bool:
        """Make a rule current, whatever was looked for before; False when there is none of that key."""
        self.search.set_text("")
        self.marks[_ALL].setChecked(True)
        self._list()
        found = self.list.go_to(lambda line: line.rule.key == key)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        return found

    # --- changing ----------------------------------------------------------------------------------

    def change(self) -> None:
        """Begin to change the current rule, or go on with its change."""
        line = self.list.current()
        if line is None:
            return
        if self.form is not None:
            self._close_form()
        given: Draft = {"rule": line.rule.key, "value": show_value(line.rule.value)} if line.change is None else {}
        record = _Change(self.desk, self.ledger, line.change, given, self)
        self._before = record.values()
        form = RecordForm(self._theme, record, title=f"改：{line.rule.label}")
        form.title.setToolTip(line.rule.label)
        for key in ("rule", "name"):
            form.lines[key].hide()
        for editor in form.editors.values():
            if not editor.field.writable:  # Tab goes on to what can be typed
                editor.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                editor.line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if not isinstance(line.rule.value, tuple):
            form.editors["value"].set_hint("")
        form.say_purpose(f"{line.rule.label}：现在是 {line.text}。从写明的那一天起按新的值，以前的月份仍按原来的。")
        self._effect = Words(self._theme, "", kind=Type.LABEL, color="ink2", wrap=True)
        self._effect.setContentsMargins(0, self._theme.sizes.small, 0, self._theme.sizes.tiny)
        form.body.insertWidget(form.body.indexOf(form.lines["valid_from"]) + 1, self._effect)
        record.changed.connect(self._ask_effect)
        record.saved.connect(self._saved)
        form.closed.connect(self._close_form)
        form.given_up.connect(lambda _one, _values: self._close_form())
        form.refused.connect(lambda sentence, clause: self.said.emit(f"{sentence}　{clause}".strip(), "late"))
        self.form, self._asked_for = form, ()
        self.slot.push(form)
        self._fit()
        form.focus_field("value")

    def _saved(self, _one: int, sentence: str) -> None:
        self._close_form()
        self.acted.emit(sentence)

    def _begun(self) -> bool:
        """Whether anything was typed into the change."""
        if self.form is None or not self.form.record.unsaved():
            return False
        values = self.form.record.values()
        return bool(self.form.record.typed()) or values != self._before

    def _close_form(self) -> None:
        form, self.form = self.form, None
        if form is None:
            return
        had_focus = form.has_focus()
        self._effect = None
        self.slot.take(form)
        form.record.disconnect(self)  # type: ignore[attr-defined]  # a loose record is a QObject
        form.deleteLater()
        self._fit()
        if had_focus:
            self.focus_start()

    def take_away(self) -> None:
        """Delete the change that holds now: what the program came with holds again."""
        line = self.list.current()
        if line is None or line.change is None:
            return
        try:
            self.desk.remove(self.ledger, [line.change])
        except OfficeError as refusal:
            self.said.emit(str(refusal), "late")
            return
        self.acted.emit(f"已撤掉本校规定：{line.rule.label} 又按 {self.rulings.line(line.rule.key).text}")
        self.focus_start()

    def _ask_effect(self) -> None:
        """Find out, in a job, what the change would do."""
        if self.form is None:
            return
        values = self.form.record.values()
        key, value, since = values.get("rule"), values.get("value"), values.get("valid_from")
        if not key or not value or since is None or (key, value, since) == self._asked_for:
            return
        self._asked_for = (key, value, since)

        def ask(_progress: Progress) -> Effect | None:
            try:
                return self.rulings.effect(str(key), str(value), since)  # type: ignore[arg-type]  # a day field's value
            except (Unreadable, OfficeError):
                return None  # the field itself says what is wrong

        self._asked = self.around.jobs.start(ask, done=self._tell_effect)

    def _tell_effect(self, effect: Effect | None) -> None:
        if self._effect is not None:
            self._effect.setText("\n".join(effect.sentences) if effect is not None else "")

    def effect(self) -> str:
        """What is said the change would do."""
        return self._effect.text() if self._effect is not None else ""

    # --- for the page ------------------------------------------------------------------------------

    def title(self) -> str:
        return "规则手册"

    def fact(self) -> str:
        return f"{LOCAL} {self._own} 条" if self._own else ""

    def refresh(self, keys: frozenset[str]) -> None:
        self._list()

    def deeds(self) -> Mapping[Do, Callable[[], None]]:
        return {Do.FILTER: self._focus_search, Do.FORM: self.change, Do.NEW: self.change}

    def _focus_search(self) -> None:
        self.search.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.line.selectAll()

    def focus_start(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def next_pane(self) -> None:
        if self.form is not None and not self.form.has_focus():
            self.form.focus_field("value")
        elif self.search.line.hasFocus() or self.form is not None:
            self.focus_start()
        else:
            self._focus_search()

    def current_id(self) -> int | None:
        line = self.list.current()
        return line.change if line is not None else None

    def show_record(self, one: int, key: str = "") -> bool:
        rule = self.desk.draft(self.ledger, one).get("rule")
        return self.go_to(str(rule))

    def close_panel(self) -> bool:
        if self.form is None:
            return False
        self.form.give_up()
        return True

    def unsaved(self) -> str:
        return "规则的改动还没有存上" if self._begun() else ""

    def hints(self) -> Sequence[Hint]:
        return (
            Hint("改这一条", "Enter", "写明从哪天起、为什么；以前的月份仍按原来的值"),
            Hint("找规则", "Ctrl+F", "名称、出处、拼音首字母；在清单里直接打字也行"),
        )

    def _fit(self) -> None:
        covers = self.width() < self._theme.px(_COVERS_BELOW)
        self.slot.cover(covers=covers and self.form is not None)
        self.slot.setVisible(not covers or self.form is not None)
        self._left.setVisible(not (covers and self.form is not None))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
