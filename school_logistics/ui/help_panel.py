"""F1: the keys of this page and how its fields are filled in, read from the commands and the declarations."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from school_logistics.ui.commands import COMMANDS, TABLE_KEYS, TYPING, shown_key
from school_logistics.ui.office_page import Hint
from school_logistics.ui.parts import Rule, Words
from school_logistics.ui.side_panel import SidePanel
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.ui.commands import Do


def key_hints(able: Collection[Do]) -> list[Hint]:
    """The commands that work on this page, under the headings of the menu."""
    return [
        Hint(command.words, " ".join(shown_key(key) for key in command.keys), command.tip, command.group.value)
        for command in COMMANDS
        if command.do in able and command.keys
    ]


def table_hints() -> list[Hint]:
    """What the keys of a table do, and the shorthand that fields read."""
    keys = [Hint(words, key, group="表格里") for words, key in TABLE_KEYS]
    return [*keys, *(Hint(words, key, group="怎么填") for words, key in TYPING)]


def field_hints(ledger: Ledger) -> list[Hint]:
    """How each field of a ledger is filled in, and by which clause."""
    return [_field_hint(ledger, field) for field in ledger.fields if field.writable]


def _field_hint(ledger: Ledger, field: Field) -> Hint:
    told = [field.hint, *([f"单位 {field.unit}"] if field.unit else [])]
    options = getattr(field.kind, "options", ())
    if options:
        told.append("、".join(options))
    if field.carry:
        told.append("照上一行带出")
    if field.follows:
        told.append(f"随{ledger.field(field.follows[0]).label}带出")
    if field.last_by:
        told.append(f"随{ledger.field(field.last_by).label}带出上次的")
    if field.clause:
        told.append(field.clause)
    return Hint(
        field.label, "必填" if field.required else "", "；".join(one for one in told if one), f"{ledger.label}各栏"
    )


class HelpPanel(SidePanel):
    """Lists hints under their headings."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(theme, "帮助", fill="sunken", parent=parent)
        self.hints: tuple[Hint, ...] = ()

    def show_hints(self, title: str, hints: Sequence[Hint]) -> None:
        """Show the help of a page."""
        self.clear_body()
        self.hints = tuple(hints)
        self.set_title(f"帮助 · {title}" if title else "帮助")
        for place, (group, members) in enumerate(groupby(hints, key=lambda hint: hint.group)):
            self.body.addSpacing(self._theme.sizes.middle if place else 0)
            self.body.addWidget(Words(self._theme, group, bold=True))
            self.body.addSpacing(self._theme.sizes.tiny)
            for hint in members:
                self.body.addWidget(Rule(self._theme, color="grid"))
                self.body.addWidget(HintLine(self._theme, hint))
        self.body.addStretch(1)
        self.area.verticalScrollBar().setValue(0)


class HintLine(QWidget):
    """Words at the left, the key at the right, more below."""

    def __init__(self, theme: Theme, hint: Hint) -> None:
        """Tell one hint."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.sizes.tiny, 0, theme.sizes.tiny)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(theme.sizes.small)
        row.addWidget(Words(theme, hint.words, wrap=True), 1)
        key = Words(theme, hint.key, kind=Type.QUIET, color="late" if hint.key == "必填" else "ink2")
        row.addWidget(key, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        if hint.detail:
            column.addWidget(Words(theme, hint.detail, kind=Type.LABEL, color="ink2", wrap=True))
        self.setAccessibleName(f"{hint.words} {hint.key} {hint.detail}".strip())
