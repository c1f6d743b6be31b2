"""The head and the foot of the print room: month, buttons, which key does what, and a short code to look up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.chips import Chip, State
from school_logistics.ui.commands import BY_DO, Do
from school_logistics.ui.month_picker import MonthPicker
from school_logistics.ui.page_line import PageLine
from school_logistics.ui.parts import ShortWords, Words
from school_logistics.ui.plain_field import PlainField
from school_logistics.ui.theme import Type

if TYPE_CHECKING:
    from school_logistics.rules.calendar import Month
    from school_logistics.ui.theme import Theme

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_CODE_WIDTH = 168


class RoomHead(PageLine):
    """Title, month, how the month stands, and what can be done with all of it."""

    def __init__(self, theme: Theme, month: Month) -> None:
        """Show a month of which nothing is known yet."""
        super().__init__(theme)
        self.picker = MonthPicker(theme, *month)
        self.closed = Chip(theme, State.LOCK, "已结账")
        self.fact = ShortWords(theme, kind=Type.LABEL, color="ink2")
        self.save = Button(theme, "存成 PDF", icon="file-down", tip="存这一张，或存整本")
        self.save.set_key(BY_DO[Do.EXPORT].key, shown=False)
        self.open = Button(theme, "用系统程序打开", icon="eye", tip="用电脑上看 PDF 的程序打开这一张")
        self.close_month = Button(theme, "月结", icon="lock", tip="看还有什么没办完，给这个月画红线；或重开")
        self.print = Button(theme, "", icon="printer", look=Look.PRIMARY, key=BY_DO[Do.PRINT].key)
        self.row.addWidget(Words(theme, "报表打印", kind=Type.TITLE))
        self.row.addWidget(self.picker)
        self.row.addWidget(self.closed)
        self.row.addStretch(1)
        for widget in (self.fact, self.save, self.open, self.close_month, self.print):
            self.row.addWidget(widget)
        self.closed.hide()
        self.set_ready(0)

    def set_ready(self, ready: int) -> None:
        """Say how many forms can be printed as they are."""
        self.print.set_text(f"打印已齐的 {ready} 张")
        self.print.setEnabled(ready > 0)

    def fit(self, *, narrow: bool, tight: bool) -> None:
        """Fold where there is no room: icons alone when `tight`, no fact when `narrow`."""
        self.fact.setVisible(not narrow)
        for button in (self.save, self.close_month):
            button.set_compact(narrow)
        self.open.set_compact(narrow or tight)


class RoomFoot(PageLine):
    """The keys of the list, and the field for a short code read off a paper."""

    code_typed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        """Nothing is looked up yet."""
        super().__init__(theme, "row", fill="sunken", edges="top")
        keys = ShortWords(theme, "↑↓ 换表　Enter 补缺　P 打印　S 已签", kind=Type.QUIET, color="ink2")
        self.code = PlainField(theme, "按表脚的短码找", icon="qr-code", hint="按短码找", keys=_ENTER)
        self.code.setToolTip("输入或用扫码枪扫表脚的短码，找到那一份")
        self.code.pressed.connect(lambda _key: self.code_typed.emit(self.code.text()))
        self.row.setContentsMargins(theme.sizes.large, 0, 0, 0)
        self.row.addWidget(keys)
        self.row.addStretch(1)
        self.row.addWidget(self.code)
        self.fit()

    def fit(self) -> None:
        """Take the widths of the theme as it is now."""
        self.code.setFixedWidth(self._theme.px(_CODE_WIDTH))
