"""Settings: light or dark, size of the type, the school, whose name goes into the trail. All take effect at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.paper_printer import SystemPrinters
from school_logistics.ui.parts import Rule, Words
from school_logistics.ui.plain_field import PlainField
from school_logistics.ui.printer_settings import Printers, PrinterSettings
from school_logistics.ui.side_panel import SidePanel
from school_logistics.ui.theme import Theme, Type

if TYPE_CHECKING:
    from school_logistics.settings import Settings

PERCENTS = (90, 100, 110, 125, 150, 175, 200)
_IN_A_ROW = 4


class SettingsPage(SidePanel):
    """What the clerk may set; `changed` asks the window to keep it."""

    changed = Signal()
    school_wanted = Signal()
    """To the ledger in which the school's name stands."""

    def __init__(
        self, theme: Theme, settings: Settings, parent: QWidget | None = None, printers: Printers | None = None
    ) -> None:
        """Show the settings as they are."""
        super().__init__(theme, "设置", fill="sunken", parent=parent)
        self._settings, self._school = settings, ""
        self.light = Button(theme, "浅色", look=Look.CHOICE)
        self.dark = Button(theme, "深色", look=Look.CHOICE)
        self.percents = {percent: Button(theme, f"{percent}%", look=Look.CHOICE) for percent in PERCENTS}
        self.school = Words(theme, wrap=True)
        self.to_school = Button(theme, "到学校概况里改", look=Look.LINK)
        self.actor = PlainField(theme, "经办人", hint="如 赵甲子")
        self.printing = PrinterSettings(theme, settings, printers or SystemPrinters())
        self._lay_fields()
        self._connect()
        self.show_settings("")

    def _lay_fields(self) -> None:
        sizes = self._theme.sizes
        self._heading("外观")
        looks = QHBoxLayout()
        looks.setSpacing(sizes.small)
        looks.addWidget(self.light)
        looks.addWidget(self.dark)
        looks.addStretch(1)
        self.body.addLayout(looks)
        self._heading("字号")
        grid = QGridLayout()
        grid.setSpacing(sizes.tiny)
        for place, button in enumerate(self.percents.values()):
            grid.addWidget(button, place // _IN_A_ROW, place % _IN_A_ROW)
        grid.setColumnStretch(_IN_A_ROW, 1)
        self.body.addLayout(grid)
        self._rule()
        self._heading("学校")
        self.body.addWidget(self.school)
        self.body.addWidget(self.to_school)
        self._rule()
        self._heading("经办人")
        self.body.addWidget(self.actor)
        self.body.addSpacing(sizes.tiny)
        why = "每一步操作后面记的名字，历史里看得到。"
        self.body.addWidget(Words(self._theme, why, kind=Type.LABEL, color="ink2", wrap=True))
        self._rule()
        self._heading("打印")
        self.body.addWidget(self.printing)
        self.body.addStretch(1)

    def _heading(self, words: str) -> None:
        self.body.addSpacing(self._theme.sizes.small)
        self.body.addWidget(Words(self._theme, words, kind=Type.LABEL, color="ink2"))
        self.body.addSpacing(self._theme.sizes.tiny)

    def _rule(self) -> None:
        self.body.addSpacing(self._theme.sizes.middle)
        self.body.addWidget(Rule(self._theme))

    def _connect(self) -> None:
        self.light.clicked.connect(lambda _checked=False: self._set_dark(dark=False))
        self.dark.clicked.connect(lambda _checked=False: self._set_dark(dark=True))
        for percent, button in self.percents.items():
            button.clicked.connect(lambda _checked=False, percent=percent: self._set_percent(percent))
        self.to_school.clicked.connect(self.school_wanted)
        self.actor.left.connect(self._set_actor)
        self.printing.changed.connect(self.changed)

    def show_settings(self, school: str) -> None:
        """Show what is set now, and the school's name as its ledger has it."""
        self._school = school
        self.light.setChecked(not self._theme.dark)
        self.dark.setChecked(self._theme.dark)
        for percent, button in self.percents.items():
            button.setChecked(percent == self._theme.percent)
        self.school.setText(school or "还没有填学校名称，表头和签章都要用它。")
        self.actor.set_text(self._settings.actor)
        self.printing.show_settings()

    def _set_dark(self, *, dark: bool) -> None:
        self._settings.dark = dark
        self._theme.set(dark=dark)
        self._tell()

    def _set_percent(self, percent: int) -> None:
        self._settings.percent = percent
        self._theme.set(percent=percent)
        self._tell()

    def _set_actor(self) -> None:
        name = self.actor.text().strip()
        if name != self._settings.actor:
            self._settings.actor = name
            self._tell()

    def _tell(self) -> None:
        self.show_settings(self._school)
        self.changed.emit()
