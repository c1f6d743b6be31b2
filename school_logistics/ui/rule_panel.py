"""One rule beside the rule book: what holds, who says so, how it was and will be, and the way to change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from school_logistics.rules.book import show_value
from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.parts import Rule, Words
from school_logistics.ui.rule_list import MARKS
from school_logistics.ui.side_panel import SidePanel
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.rules.book import Rule as BookRule
    from school_logistics.services.rulings import RuleLine

_ALWAYS = 2000
"""Rules that have always held begin in this year."""


class RulePanel(SidePanel):
    """The rule that is current in the list."""

    change_wanted = Signal()
    back_wanted = Signal()
    """Take the change away again: what the program came with shall hold."""

    def __init__(self, theme: Theme) -> None:
        """Start empty."""
        super().__init__(theme, "规则", fill="sunken")
        self.close_button.hide()
        self._shown: RuleLine | None = None
        self.change_button = Button(theme, "改这一条", icon="pencil", look=Look.BORDERED)
        self.change_button.set_key("Enter")
        self.change_button.clicked.connect(self.change_wanted)
        self.back_button = Button(theme, "撤掉本校规定", icon="undo-2")
        self.back_button.clicked.connect(self.back_wanted)
        self.foot.addWidget(self.change_button)
        self.foot.addWidget(self.back_button)
        self.foot.addStretch(1)
        self.foot_panel.show()

    def show_rule(self, line: RuleLine, versions: Sequence[BookRule]) -> None:
        """Show a rule with every version there is of it."""
        self._shown = line
        self.clear_body()
        theme, rule = self._theme, line.rule
        self.set_chip(MARKS[line.mark], line.mark)
        self.body.addWidget(Words(theme, rule.label, wrap=True))
        self.body.addSpacing(theme.sizes.small)
        many = len(line.text) > 14
        kind = Type.TEXT if many else Type.FIGURE
        self.body.addWidget(Words(theme, line.text, kind=kind, bold=True, wrap=many))
        self._say("出处", rule.clause or "没有写出处")
        if rule.note:
            self._say("使用前要知道" if not rule.local else "为什么改", rule.note)
        if not rule.verified and not rule.local:
            self._say("待核", "原文还没有核对过，或者只是程序的建议；用前请对照文件，可以改成本校的规定。")
        if rule.local:
            shipped = f"{show_value(line.shipped.value)} {line.shipped.unit}".rstrip()
            self._say("程序随附", f"{shipped}，{line.shipped.clause}")
        self._versions(versions)
        self.body.addStretch(1)
        self.back_button.setVisible(line.change is not None)
        self.area.verticalScrollBar().setValue(0)

    def shown(self) -> RuleLine | None:
        """The rule that is shown."""
        return self._shown

    def told(self) -> list[str]:
        """Everything that stands in the panel, for tests."""
        return [one.text() for one in self.content.findChildren(Words) if one.text() and not one.isHidden()]

    def _say(self, heading: str, words: str) -> None:
        theme = self._theme
        self.body.addSpacing(theme.sizes.middle)
        self.body.addWidget(Words(theme, heading, kind=Type.QUIET, color="ink2"))
        self.body.addSpacing(theme.sizes.tiny)
        self.body.addWidget(Words(theme, words, kind=Type.LABEL, wrap=True))

    def _versions(self, versions: Sequence[BookRule]) -> None:
        """From when on what held; months of the past keep theirs."""
        if len(versions) < 2:
            return
        theme = self._theme
        self.body.addSpacing(theme.sizes.middle)
        self.body.addWidget(Rule(theme))
        self.body.addSpacing(theme.sizes.small)
        self.body.addWidget(Words(theme, "各时期的值，以前的月份仍按当时的", kind=Type.QUIET, color="ink2"))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, theme.sizes.tiny, 0, 0)
        grid.setHorizontalSpacing(theme.sizes.middle)
        grid.setColumnStretch(2, 1)
        for row, one in enumerate(sorted(versions, key=lambda one: one.valid_from)):
            since = f"{one.valid_from} 起" if one.valid_from.year > _ALWAYS else "向来"
            text = f"{show_value(one.value)} {one.unit}".rstrip()
            for column, (words, ink) in enumerate(((since, "ink2"), (text, "ink"), (one.clause, "ink3"))):
                grid.addWidget(Words(theme, words, kind=Type.LABEL, color=ink, wrap=column > 0), row, column)
        self.body.addWidget(holder)
