"""Closing the month at the right of the print room: what is still open, the red line, and opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.chips import State
from school_logistics.ui.parts import Rule, Words
from school_logistics.ui.plain_field import PlainField
from school_logistics.ui.side_panel import SidePanel
from school_logistics.ui.theme import Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.models.month_close import MonthAct
    from school_logistics.services.closing import CloseList
    from school_logistics.ui.theme import Theme

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_RED_LINE = "结账以后，日期在这个月的记录不能再增、改、删，也不能导入和撤销到这个月；要改先重开，写明原因。"


class ClosePanel(SidePanel):
    """Shows what is still open in a month; `close_wanted` and `reopen_wanted` ask for the act."""

    close_wanted = Signal()
    reopen_wanted = Signal(str)
    """The reason that was typed."""

    def __init__(self, theme: Theme) -> None:
        """Know nothing yet."""
        super().__init__(theme, "月结")
        self.lines: list[str] = []
        self.reason = PlainField(theme, "重开的原因", hint="原因，如 审计要求更正数量", keys=_ENTER)
        self.reason.pressed.connect(lambda _key: self.reopen_wanted.emit(self.reason.text()))
        self.act = Button(theme, "结账", icon="lock", look=Look.PRIMARY)
        self.act.clicked.connect(lambda _checked=False: self._pressed())
        self.foot.addWidget(self.act)
        self.foot.addStretch(1)
        self.foot_panel.show()
        self._open = True

    def show_list(self, found: CloseList, acts: Sequence[MonthAct]) -> None:
        """Tell what is still open, and what was done before."""
        self.reason.setParent(None)
        self.clear_body()
        self._open = found.closed is None
        self.set_title(f"{found.month}月结")
        self.set_chip(None if self._open else State.LOCK, "已结账")
        self.lines = list(found.lines)
        for line in self.lines:
            self._line(line)
        self._rule()
        self._say(_RED_LINE if self._open else "这个月已经画了红线。")
        for act in acts:
            did = "结账" if act.closed else "重开"
            self._say(f"{act.told_at:%m-%d %H:%M}　{act.actor}　{did}：{act.reason}")
        if not self._open:
            self._rule()
            self._say("重开的原因（必填）")
            self.body.addWidget(self.reason)
            self.reason.set_text("")
            self.reason.show()
        self.body.addStretch(1)
        self.act.set_text(self._words(found))
        self.act.set_icon("lock" if self._open else "history")

    def _words(self, found: CloseList) -> str:
        """The button says what it will do."""
        if not self._open:
            return "重开这个月"
        left = sum(1 for one in found.gaps if one.is_gap)
        return f"带着 {left} 处缺项结账" if left else f"给{found.month.number}月结账"

    def _line(self, words: str) -> None:
        """One line of the list: its name, a colon, how it stands."""
        name, _, told = words.partition("：")
        fine = told == "没有"
        self.body.addSpacing(self._theme.sizes.small)
        self.body.addWidget(Words(self._theme, name, kind=Type.LABEL, color="ink2"))
        text = "✓ 没有" if fine else told
        self.body.addWidget(Words(self._theme, _breakable(text), color="ok" if fine else "ink", wrap=True))

    def _say(self, words: str) -> None:
        self.body.addSpacing(self._theme.sizes.small)
        self.body.addWidget(Words(self._theme, words, kind=Type.LABEL, color="ink2", wrap=True))

    def _rule(self) -> None:
        self.body.addSpacing(self._theme.sizes.middle)
        self.body.addWidget(Rule(self._theme))

    def _pressed(self) -> None:
        if self._open:
            self.close_wanted.emit()
        else:
            self.reopen_wanted.emit(self.reason.text())


def _breakable(words: str) -> str:
    """Words in which the path of a folder may be broken into lines."""
    for sign in "/\\":
        words = words.replace(sign, f"{sign}\u200b")
    return words
