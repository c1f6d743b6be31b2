"""Why something is due: the sum, the rules with their clauses, the fields it was worked out from, the days of warning.

Beside the list of what is due; it follows the current line, and leads to the record and to each rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.chips import Chip, State
from school_logistics.ui.parts import Rule, Words
from school_logistics.ui.side_panel import SidePanel
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.services.explaining import Derivation, InputUsed, RuleUsed, WarningStep

OPEN_KEY = "Enter"


class WhyPanel(SidePanel):
    """One due date taken apart."""

    record_wanted = Signal(str, int, str)
    """Ledger key, id and field: show what the date was worked out from."""
    rule_wanted = Signal(str)
    """Key of a rule: show it in the rule book."""

    def __init__(self, theme: Theme) -> None:
        """Start empty."""
        super().__init__(theme, "为什么到期", fill="sunken")
        self._shown: Derivation | None = None
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self.body.addWidget(self._inside)
        self.to_record = Button(theme, "打开这条记录", icon="arrow-right", look=Look.BORDERED)
        self.to_record.clicked.connect(self._open)
        self.foot.addWidget(self.to_record)
        self.foot.addStretch(1)
        self.foot_panel.show()

    def show_derivation(self, told: Derivation, state: State, word: str) -> None:
        """Take a due date apart; `state` and `word` are those of its chip in the list."""
        self._shown = told
        self.set_title(told.due.what)
        self.title.setToolTip(told.due.what)
        self.set_chip(state, word)
        self._begin_anew()
        self._heading("怎么算的")
        for sentence in told.steps:
            self._say(sentence)
        self._heading("提醒")
        self._column.addWidget(_steps(self._theme, told.warnings))
        for rule in told.rules:
            self._rule(rule)
        self._inputs(told.inputs)
        self._column.addStretch(1)
        self.area.verticalScrollBar().setValue(0)

    def shown(self) -> Derivation | None:
        """What is taken apart."""
        return self._shown

    def told(self) -> list[str]:
        """Everything that stands in the panel, for tests."""
        return [one.text() for one in self._inside.findChildren(Words) if one.text()]

    def rule_buttons(self) -> dict[str, Button]:
        """The ways to the rules, by what they say."""
        found = self._inside.findChildren(Button)
        return {one.text(): one for one in found}

    def focus_first(self) -> None:
        """Take the keyboard at the first thing that can be pressed."""
        first = next(iter(self._inside.findChildren(QAbstractButton)), self.to_record)
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _begin_anew(self) -> None:
        """An empty body; what stood there is gone at once, for the eye, the Tab key and the screen reader."""
        self.body.removeWidget(self._inside)
        self._inside.hide()
        self._inside.setParent(None)
        self._inside.deleteLater()
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.body.addWidget(self._inside)

    def _open(self) -> None:
        if self._shown is not None:
            self.record_wanted.emit(self._shown.due.ledger, self._shown.due.id, "")

    def _heading(self, words: str) -> None:
        self._column.addSpacing(self._theme.sizes.middle)
        self._column.addWidget(Words(self._theme, words, kind=Type.QUIET, color="ink2"))
        self._column.addSpacing(self._theme.sizes.tiny)

    def _say(self, sentence: str, ink: str = "ink", kind: Type = Type.LABEL) -> None:
        self._column.addWidget(Words(self._theme, sentence, kind=kind, color=ink, wrap=True))
        self._column.addSpacing(self._theme.sizes.tiny)

    def _rule(self, rule: RuleUsed) -> None:
        """A rule: what it had to do with the day, its value, who says so, and whether that was looked up."""
        self._column.addSpacing(self._theme.sizes.small)
        self._column.addWidget(Rule(self._theme))
        self._heading(f"规则 · {rule.role}")
        way = Button(self._theme, "在规则手册里看", look=Look.LINK)
        way.setAccessibleName(f"在规则手册里看：{rule.label}")
        way.clicked.connect(lambda _checked=False, key=rule.key: self.rule_wanted.emit(key))
        self._column.addWidget(Words(self._theme, rule.label, wrap=True))
        line = QHBoxLayout()
        line.setSpacing(self._theme.sizes.small)
        line.addWidget(Words(self._theme, f"{rule.value} {rule.unit}".strip(), bold=True))
        line.addWidget(mark_of(self._theme, local=rule.local, verified=rule.verified))
        line.addStretch(1)
        line.addWidget(way)
        self._column.addLayout(line)
        since = f"{rule.valid_from} 起" if rule.valid_from.year > 2000 else ""
        self._say("，".join(part for part in (rule.clause, since) if part), "ink2", Type.QUIET)
        if rule.shipped:
            self._say(f"程序随附的是 {rule.shipped} {rule.unit}".rstrip(), "ink2", Type.QUIET)
        if rule.note:
            self._say(rule.note, "ink3", Type.QUIET)

    def _inputs(self, inputs: Sequence[InputUsed]) -> None:
        """The fields that were read, record by record, each record a way to itself."""
        records = dict.fromkeys((one.ledger, one.id, one.ledger_label, one.name) for one in inputs)
        for ledger, one, label, name in records:
            self._column.addSpacing(self._theme.sizes.small)
            self._column.addWidget(Rule(self._theme))
            self._heading("用到的内容")
            grid = QGridLayout()
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setHorizontalSpacing(self._theme.sizes.middle)
            grid.setVerticalSpacing(self._theme.sizes.tiny)
            grid.setColumnStretch(1, 1)
            mine = [read for read in inputs if (read.ledger, read.id) == (ledger, one)]
            for row, read in enumerate(mine):
                grid.addWidget(Words(self._theme, read.label, kind=Type.LABEL, color="ink2"), row, 0)
                grid.addWidget(Words(self._theme, read.text, kind=Type.LABEL, wrap=True), row, 1)
            self._column.addLayout(grid)
            way = Button(self._theme, f"{label} · {name}", icon="book-open", look=Look.LINK)
            way.clicked.connect(
                lambda _checked=False, ledger=ledger, one=one, field=mine[0].field: self.record_wanted.emit(
                    ledger, one, field
                )
            )
            self._column.addSpacing(self._theme.sizes.tiny)
            self._column.addWidget(way)


def mark_of(theme: Theme, *, local: bool, verified: bool) -> Chip:
    """The chip that says who stands behind a rule: this school, a text that was read, or nobody yet."""
    if local:
        return Chip(theme, State.DRAFT, "本校规定")
    return Chip(theme, State.OK, "已核对") if verified else Chip(theme, State.SOON, "待核")


def _steps(theme: Theme, steps: Sequence[WarningStep]) -> QWidget:
    """The days of warning as chips, the reached ones coloured, each with the day from which it holds."""
    widget = QWidget()
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.sizes.small)
    grid.setVerticalSpacing(theme.sizes.tiny)
    grid.setColumnStretch(1, 1)
    for row, step in enumerate(steps):
        state = State.SOON if step.reached else State.VOID
        grid.addWidget(Chip(theme, state, f"前 {step.days} 天" if step.days else "当天"), row, 0)
        since = f"{step.since} 起" + ("" if step.reached else "，还没到")
        grid.addWidget(Words(theme, since, kind=Type.LABEL, color="ink2"), row, 1)
    return widget
