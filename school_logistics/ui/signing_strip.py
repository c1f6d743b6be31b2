"""What was printed of the current form, and what to do about it: file the scan, note the paper, print again, correct.

One line with the short code and the buttons that make sense now; where a word is wanted (a reason, a place), a second
line asks for it in the window.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from school_logistics.models.signed import Kept
from school_logistics.rules.short_code import shown
from school_logistics.services.form_states import Standing
from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.parts import Panel, ShortWords
from school_logistics.ui.plain_field import PlainField
from school_logistics.ui.theme import Type

if TYPE_CHECKING:
    from school_logistics.services.form_states import FormState
    from school_logistics.ui.theme import Theme

_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape})


class Sign(Enum):
    """What can be done with a printed form: name, icon, what is asked first, and the word on the button then."""

    SCAN = ("归档扫描件…", "paperclip", "", "")
    PAPER = ("记为已签", "square-check", "存放在哪里（可不填），如 档案柜 2", "记为已签")
    LOOK = ("看扫描件", "eye", "", "")
    AGAIN = ("重印签字版", "copy", "", "")
    CORRECT = ("更正说明", "pencil", "更正原因，如 送货单数量看错", "打印更正说明")
    WITHDRAW = ("撤回登记", "undo-2", "撤回原因，如 扫描件归错了表", "撤回登记")

    @property
    def words(self) -> str:
        """The words on the button."""
        return self.value[0]

    @property
    def icon(self) -> str:
        """The icon on the button."""
        return self.value[1]

    @property
    def asks(self) -> str:
        """What is to be typed first; "" for nothing."""
        return self.value[2]

    @property
    def then(self) -> str:
        """The words of the button behind the field."""
        return self.value[3]


def ways(form: FormState) -> tuple[Sign, ...]:
    """What makes sense for a form as it stands, the likeliest first."""
    if form.version is None:
        return ()
    scanned = form.signed is not None and form.signed.kind is Kept.SCAN
    if form.standing is Standing.SIGNED:
        return (*([Sign.LOOK] if scanned else [Sign.SCAN]), Sign.AGAIN, Sign.WITHDRAW)
    if form.standing is Standing.DIFFERS and form.signed:
        return (Sign.CORRECT, *([Sign.LOOK] if scanned else []), Sign.AGAIN, Sign.WITHDRAW)
    if form.standing is Standing.DIFFERS:
        return (Sign.SCAN, Sign.PAPER, Sign.CORRECT, Sign.AGAIN)
    return (Sign.SCAN, Sign.PAPER, Sign.AGAIN)


def why_not_filed(form: FormState) -> str:
    """Why there is nothing to file a scan for; "" where there is."""
    if Sign.SCAN in ways(form):
        return ""
    if form.version is None:
        return f"{form.code} 还没有打印过，没有可归档的：先按 P 打印，签好字再按 S。"
    if form.standing is Standing.SIGNED:
        return f"{form.code} 的签字扫描件已经归档；归错了先“撤回登记”再归。"
    return f"{form.code} 与签字版不同：先打印更正说明，或按 P 重打一份，签好字再按 S。"


class SigningStrip(Panel):
    """Hidden while nothing of the form was printed."""

    wanted = Signal(object, str)
    """A `Sign` and what was typed for it."""

    def __init__(self, theme: Theme) -> None:
        """Say nothing yet."""
        super().__init__(theme, "sunken", edges="bottom")
        self._asking: Sign | None = None
        self._about = ""
        self._told = ShortWords(theme, kind=Type.LABEL, color="ink2")
        self.buttons = {one: Button(theme, one.words, icon=one.icon, look=Look.QUIET) for one in Sign}
        self.field = PlainField(theme, "说明", keys=_KEYS)
        self.go = Button(theme, "", look=Look.BORDERED, key="Enter")
        self.give_up = Button(theme, "不用了", look=Look.QUIET, key="Esc")
        self._line = QWidget()
        self._lay_out()
        for one, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, one=one: self.press(one))
        self.go.clicked.connect(lambda _checked=False: self._typed())
        self.give_up.clicked.connect(lambda _checked=False: self.ask(None))
        self.field.pressed.connect(self._key)
        self.hide()

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        top = QHBoxLayout()
        top.setContentsMargins(sizes.large, 0, sizes.small, 0)
        top.setSpacing(sizes.tiny)
        top.addWidget(self._told)
        top.addStretch(1)
        for button in self.buttons.values():
            top.addWidget(button)
        below = QHBoxLayout(self._line)
        below.setContentsMargins(sizes.large, 0, sizes.small, sizes.tiny)
        below.setSpacing(sizes.small)
        below.addWidget(self.field, 1)
        below.addWidget(self.go)
        below.addWidget(self.give_up)
        self._line.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, sizes.tiny, 0, sizes.tiny)
        column.setSpacing(sizes.tiny)
        column.addLayout(top)
        column.addWidget(self._line)

    def show_form(self, form: FormState) -> None:
        """Tell what was printed of a form."""
        if form.code != self._about:
            self.ask(None)
        self._about = form.code
        able = ways(form)
        for one, button in self.buttons.items():
            button.setVisible(one in able)
        self.setVisible(bool(able))
        version, signed = form.version, form.signed
        if version is None:
            return
        told = f"签字版短码 {shown(version.code)} · {version.printed_at:%m-%d %H:%M} 打印"
        if signed is not None:
            where = signed.note or ("扫描件已归档" if signed.kind is Kept.SCAN else "纸质存档")
            day = f" {signed.signed_on:%m-%d}" if signed.signed_on else ""
            told += f" · 已签{day} · {where}"
        self._told.setText(told)

    def told(self) -> str:
        """What is said of the printed form."""
        return self._told.text()

    def press(self, one: Sign) -> None:
        """Do it, after asking for a word where one is wanted; nothing where it makes no sense now."""
        if self.buttons[one].isHidden() or self.isHidden():
            return
        if one.asks:
            self.ask(one)
        else:
            self.wanted.emit(one, "")

    def ask(self, one: Sign | None) -> None:
        """Ask for the word that an act wants; None asks nothing any more."""
        self._asking = one
        self._line.setVisible(one is not None)
        if one is not None:
            self.field.set_text("")
            self.field.line.setPlaceholderText(one.asks)
            self.field.line.setAccessibleName(one.asks)
            self.go.set_text(one.then)
            self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def asking(self) -> bool:
        """Whether a word is being asked for."""
        return self._asking is not None

    def _key(self, key: Qt.Key) -> None:
        if key == Qt.Key.Key_Escape:
            self.ask(None)
        else:
            self._typed()

    def _typed(self) -> None:
        one = self._asking
        if one is not None:
            self.wanted.emit(one, self.field.text())
