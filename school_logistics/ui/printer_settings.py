"""Printing, as the clerk sets it: the margin for binding, and by how much each printer shifts the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from school_logistics.errors import OfficeError
from school_logistics.settings import LARGEST_OFFSET
from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.parts import Words
from school_logistics.ui.plain_field import PlainField
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.settings import Settings

_NONE = "没有装打印机"
_WHY = "单位 0.1 毫米，向右、向下为正，最多 ±100。打一张测试页，量出偏了多少再填；只在打印时起作用，留存的签字版不变。"


class Printers(Protocol):
    """The printers of the system."""

    def names(self) -> Sequence[str]:
        """Their names, the usual one first."""

    def print_test_page(self, name: str, offset: tuple[int, int]) -> None:
        """Print the test page with an offset; raises FileTrouble when the printer does not take it."""


class PrinterSettings(QWidget):
    """Fields for one printer at a time; `changed` asks to keep what was set."""

    changed = Signal()

    def __init__(self, theme: Theme, settings: Settings, printers: Printers, parent: QWidget | None = None) -> None:
        """Show the usual printer."""
        super().__init__(parent)
        self._theme, self._settings, self._printers = theme, settings, printers
        self.printer = ""
        self.loose = Button(theme, "不留", look=Look.CHOICE)
        self.bound = Button(theme, "左边留装订线", look=Look.CHOICE)
        self.choose = Button(theme, _NONE, icon="printer", look=Look.BORDERED, tip="换一台打印机")
        self.right = PlainField(theme, "横向偏移", hint="0")
        self.down = PlainField(theme, "纵向偏移", hint="0")
        self.test = Button(theme, "打印测试页", look=Look.LINK)
        self.told = Words(theme, kind=Type.LABEL, color="late", wrap=True)
        self._lay_out()
        self.loose.clicked.connect(lambda _checked=False: self._bind(bound=False))
        self.bound.clicked.connect(lambda _checked=False: self._bind(bound=True))
        self.choose.clicked.connect(lambda _checked=False: self._offer())
        self.test.clicked.connect(lambda _checked=False: self._print())
        for field in (self.right, self.down):
            field.left.connect(self._take)

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        margin = QHBoxLayout()
        margin.setSpacing(sizes.small)
        for button in (self.loose, self.bound):
            margin.addWidget(button)
        margin.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(sizes.small)
        grid.setVerticalSpacing(sizes.tiny)
        for column, (words, field) in enumerate((("横向", self.right), ("纵向", self.down))):
            grid.addWidget(Words(self._theme, words, kind=Type.LABEL, color="ink2"), 0, column)
            grid.addWidget(field, 1, column)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(sizes.tiny)
        lines.addWidget(Words(self._theme, "装订线", kind=Type.LABEL, color="ink2"))
        lines.addLayout(margin)
        lines.addSpacing(sizes.small)
        lines.addWidget(Words(self._theme, "打印机偏移", kind=Type.LABEL, color="ink2"))
        lines.addWidget(self.choose)
        lines.addLayout(grid)
        lines.addWidget(self.told)
        lines.addWidget(self.test)
        lines.addWidget(Words(self._theme, _WHY, kind=Type.LABEL, color="ink2", wrap=True))
        self.told.hide()

    def show_settings(self) -> None:
        """Show what is set now."""
        names = self._printers.names()
        self.printer = self.printer if self.printer in names else next(iter(names), "")
        self.loose.setChecked(not self._settings.binding)
        self.bound.setChecked(self._settings.binding)
        self._show_printer()

    def _show_printer(self) -> None:
        right, down = self._settings.offset(self.printer)
        self.choose.set_text(self.printer or _NONE)
        for field, tenths in ((self.right, right), (self.down, down)):
            field.set_text(str(tenths) if tenths else "")
            field.setEnabled(bool(self.printer))
        self.choose.setEnabled(bool(self.printer))
        self.test.setEnabled(bool(self.printer))
        self._tell("")

    def _bind(self, *, bound: bool) -> None:
        self._settings.binding = bound
        self.show_settings()
        self.changed.emit()

    def _offer(self) -> None:
        """A menu of the printers."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in self._printers.names():
            menu.addAction(name).triggered.connect(lambda _checked=False, name=name: self.choose_printer(name))
        menu.popup(self.choose.mapToGlobal(QPoint(0, self.choose.height())))

    def choose_printer(self, name: str) -> None:
        """Set up another printer."""
        self.printer = name
        self._show_printer()

    def _take(self) -> None:
        """Keep what was typed, when it is two numbers within bounds."""
        if not self.printer:
            return
        try:
            right, down = (_tenths(field.text()) for field in (self.right, self.down))
        except ValueError:
            self._tell(f"请填 −{LARGEST_OFFSET} 到 {LARGEST_OFFSET} 之间的整数（0.1 毫米），例如 −5；原来的没有动。")
            return
        self._tell("")
        if (right, down) != self._settings.offset(self.printer):
            self._settings.set_offset(self.printer, right, down)
            self.changed.emit()

    def _print(self) -> None:
        try:
            self._printers.print_test_page(self.printer, self._settings.offset(self.printer))
        except OfficeError as error:
            self._tell(str(error))

    def _tell(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))


def _tenths(typed: str) -> int:
    """Tenths of a millimetre, with whatever minus sign; raises ValueError for anything else."""
    written = typed.strip().replace("−", "-").replace("－", "-")
    tenths = int(written or "0")
    if abs(tenths) > LARGEST_OFFSET:
        raise ValueError(typed)
    return tenths
