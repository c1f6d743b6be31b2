"""‹ 11-20 周五 ›: steps through the periods of a duty; the middle lists them with what each of them lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from school_logistics.ui.buttons import Button, Look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.ui.theme import Theme


class PeriodPicker(QWidget):
    """Emits `picked(place)` when another period is wanted."""

    picked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        """Start without periods."""
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._told: tuple[str, ...] = ()
        self.place = -1
        self.back = Button(theme, "上一个", icon="chevron-left", look=Look.ICON, key="Alt+←")
        self.middle = Button(theme, "", look=Look.BORDERED, tip="选一天，看哪天缺")
        self.on = Button(theme, "下一个", icon="chevron-right", look=Look.ICON, key="Alt+→")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.sizes.tiny)
        for button in (self.back, self.middle, self.on):
            row.addWidget(button)
        self.back.clicked.connect(lambda: self.step(-1))
        self.on.clicked.connect(lambda: self.step(1))
        self.middle.clicked.connect(self._pop_up)

    def offer(self, names: Sequence[str], told: Sequence[str], place: int) -> None:
        """The periods by name, what each lacks, and which one is shown."""
        self._names, self._told = tuple(names), tuple(told)
        self.show_place(place)

    def show_place(self, place: int) -> None:
        """Which one is shown."""
        self.place = place
        self.middle.set_text(self._names[place] if 0 <= place < len(self._names) else "—")
        self.back.setEnabled(place > 0)
        self.on.setEnabled(0 <= place < len(self._names) - 1)

    def step(self, by: int) -> None:
        """To a period before or after; none beyond the first and the last."""
        if 0 <= self.place + by < len(self._names):
            self.picked.emit(self.place + by)

    def menu(self) -> QMenu:
        """The periods with what they lack."""
        menu = QMenu(self)
        for place, (name, told) in enumerate(zip(self._names, self._told, strict=True)):
            action = menu.addAction(f"{name}　{told}".rstrip("　"))
            action.setCheckable(True)
            action.setChecked(place == self.place)
            action.triggered.connect(lambda _checked=False, place=place: self.picked.emit(place))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _pop_up(self) -> None:
        self.menu().popup(self.middle.mapToGlobal(QPoint(0, self.middle.height())))
