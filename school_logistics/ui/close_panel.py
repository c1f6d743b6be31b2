"""Closing the month at the right of the print room: what is still open, the red line, and opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.chips import State
from school_logistics.ui.parts import Panel, Rule, Words
from school_logistics.ui.plain_field import PlainField
from school_logistics.ui.side_panel import SidePanel
from school_logistics.ui.theme import Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.models.month_close import MonthAct
    from school_logistics.services.closing import CloseList
    from school_logistics.ui.theme import Theme

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_UNSIGNED = "还没签字的表"
_RED_LINE = "结账以后，日期在这个月的记录不能再增、改、删，也不能导入和撤销到这个月；要改先重开，写明原因。"


class ClosePanel(SidePanel):
    """Shows what is still open in a month; `close_wanted` and `reopen_wanted` ask for the act.

    What is closed with something open is asked once more, here in the panel; what cannot be done says why.
    """

    close_wanted = Signal()
    form_wanted = Signal(str)
    """The code of a form that is not signed: show it."""
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
        self._left = ""
        """What is still open and has not been said beside the button yet."""
        self._why = Words(theme, kind=Type.LABEL, color="soon", wrap=True)
        self._note = self._above_the_foot(self._why)

    def show_list(self, found: CloseList, acts: Sequence[MonthAct]) -> None:
        """Tell what is still open, and what was done before."""
        self.reason.setParent(None)
        self.clear_body()
        self._open = found.closed is None
        self.set_title(f"{found.month}月结")
        self.set_chip(None if self._open else State.LOCK, "已结账")
        self.lines = list(found.lines)
        for line in self.lines:
            self._line(line if not line.startswith(_UNSIGNED) else line.partition("（")[0])
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
        self._unsigned(found)
        self.body.addStretch(1)
        self._offer(found)

    def _offer(self, found: CloseList) -> None:
        """The button says what it will do; one that would be refused is dead, with the reason above it."""
        self.act.set_text(f"给{found.month.number}月结账" if self._open else "重开这个月")
        self.act.set_icon("lock" if self._open else "history")
        self.act.setEnabled(not found.hindrance)
        self._left = _left_open(found) if self._open else ""
        self._tell(found.hindrance)

    def _above_the_foot(self, words: Words) -> Panel:
        """A place beside the button, seen wherever the body is scrolled to."""
        sizes, note = self._theme.sizes, Panel(self._theme, "sunken", edges="top")
        inside = QVBoxLayout(note)
        inside.setContentsMargins(sizes.large, sizes.small, sizes.large, 0)
        inside.addWidget(words)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - the panel's own
        column.insertWidget(column.indexOf(self.foot_panel), note)
        note.hide()
        return note

    def _tell(self, why: str) -> None:
        self._why.setText(why)
        self._note.setVisible(bool(why))

    def _unsigned(self, found: CloseList) -> None:
        """The forms that are not signed by name, each a way to it."""
        if not found.unsigned:
            return
        self._rule()
        self._say(f"还没签字的 {len(found.unsigned)} 张")
        self.body.addSpacing(self._theme.sizes.tiny)
        sizes = self._theme.sizes
        room = self.wanted_width() - 2 * (sizes.large + sizes.middle) - sizes.scroll_bar
        for one in found.unsigned:
            name = f"{one.code} {one.title}"
            shown = self._theme.metrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
            way = Button(self._theme, shown, look=Look.LINK, tip=name)
            way.setAccessibleName(f"看 {name}")
            way.clicked.connect(lambda _checked=False, code=one.code: self.form_wanted.emit(code))
            self.body.addWidget(way)

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
        if self._left:
            self._tell(f"{self._left}。就这样结账的话，再按一次。")
            self._left = ""
            self.act.set_text("照样结账")
        elif self._open:
            self.close_wanted.emit()
        else:
            self.reopen_wanted.emit(self.reason.text())


def _left_open(found: CloseList) -> str:
    """还缺 2 处，36 张没签字: what would be closed over; "" for nothing."""
    gaps = sum(1 for one in found.gaps if one.is_gap)
    told = [f"还缺 {gaps} 处"] if gaps else []
    return "，".join([*told, *([f"{len(found.unsigned)} 张表没签字"] if found.unsigned else [])])


def _breakable(words: str) -> str:
    """Words in which the path of a folder may be broken into lines."""
    for sign in "/\\":
        words = words.replace(sign, f"{sign}\u200b")
    return words
