"""The foot of a sheet: how many lines are normal, abnormal, exempt or not recorded, and the keys that act here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QWidget

from school_logistics.ui.parts import Panel, ShortWords, ToneIcon, Words
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from school_logistics.services.entry_sheet import EntrySheet

_COUNTS = (
    ("正常", "check", "ok"),
    ("异常", "triangle-alert", "late"),
    ("已记", "check", "ok"),
    ("没存", "pencil", "accent"),
    ("未记", "clock", "soon"),
)


class Count(QWidget):
    """A shape, a word and a number; takes no room at none."""

    def __init__(self, theme: Theme, word: str, icon: str, ink: str) -> None:
        """Count nothing yet."""
        super().__init__()
        self._word = word
        self._words = Words(theme, kind=Type.LABEL, color=ink)
        shape = ToneIcon(theme)
        shape.set_icon(icon, ink)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.sizes.large, 0, 0, 0)
        row.setSpacing(theme.sizes.tiny)
        row.addWidget(shape)
        row.addWidget(self._words)
        self.hide()

    def tell(self, count: int) -> None:
        """Tell how many."""
        self._words.setText(f"{self._word} {count}")
        self.setVisible(bool(count))


class SheetFoot(Panel):
    """One line under a sheet."""

    def __init__(self, theme: Theme) -> None:
        """Start silent."""
        super().__init__(theme, "sunken", edges="top", edge_color="control")
        self._lines = Words(theme, bold=True)
        self._counts = {word: Count(theme, word, icon, ink) for word, icon, ink in _COUNTS}
        self._keys = ShortWords(theme, kind=Type.QUIET, color="ink3")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.sizes.small + 2, 0, theme.sizes.large, 0)
        row.setSpacing(theme.sizes.tiny)
        row.addWidget(self._lines)
        for one in self._counts.values():
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(self._keys)

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.sizes.totals)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def tell(self, sheet: EntrySheet, *, shared: bool = False) -> None:
        """Count the lines; `shared` says that what all lines share may be all there is to say of one."""
        found = sheet.count()
        told = dict(
            zip(self._counts, (found.well, found.wrong, found.recorded, found.unsaved, found.open), strict=True)
        )
        for word, count in told.items():
            self._counts[word].tell(count)
        lines = f"{found.lines} {sheet.counted}"
        self._lines.setText(lines)
        keys = "空格 正常　X 异常　M 免　" if sheet.judges else "空格 这一行照上面记　" if shared else ""
        self._keys.setText(f"{keys}Enter 下一行　Ctrl+S 保存")
        self.setAccessibleName("，".join([lines, *(f"{word} {count}" for word, count in told.items() if count)]))

    def counts(self) -> str:
        """What is counted, as it is read aloud."""
        return self.accessibleName()
