"""The drawer at the right of the window: help, what was done, settings, a trace. One of them at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from school_logistics.ui.side_slot import SideSlot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from school_logistics.models.undo import PastAct
    from school_logistics.settings import Settings
    from school_logistics.ui.acts_panel import ActsPanel
    from school_logistics.ui.help_panel import HelpPanel
    from school_logistics.ui.office_page import Hint
    from school_logistics.ui.settings_page import SettingsPage
    from school_logistics.ui.side_panel import SidePanel
    from school_logistics.ui.theme import Theme

P = TypeVar("P", bound="SidePanel")

_LEAST_WIDTH = 300
"""In pixels of the usual type size; a narrower panel cannot be read."""


class Drawer(SideSlot):
    """Makes its panels when they are first asked for."""

    left = Signal()
    """The drawer was closed while it had the keyboard."""
    undo_wanted = Signal(object)
    settings_changed = Signal()
    school_wanted = Signal()

    def __init__(self, theme: Theme, settings: Settings) -> None:
        """Start closed."""
        super().__init__(theme)
        self._settings = settings
        self.help: HelpPanel | None = None
        self.acts: ActsPanel | None = None
        self.settings: SettingsPage | None = None

    def cover(self, *, covers: bool) -> None:
        """As every slot, but never push the window wider: beside a page that needs its room it becomes narrower."""
        super().cover(covers=covers)
        if not covers:
            self.setMinimumWidth(min(self._width(), self._theme.px(_LEAST_WIDTH)))
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Expanding)

    def toggle_help(self) -> bool:
        """Open the help, or close it; say whether it is open now."""
        if self.help is None:
            from school_logistics.ui.help_panel import HelpPanel

            self.help = self._kept(HelpPanel(self._theme))
        opened = self._toggle(self.help)
        if opened:
            self.help.close_button.setFocus()
        return opened

    def toggle_acts(self) -> bool:
        """Open the list of what was done, or close it."""
        if self.acts is None:
            from school_logistics.ui.acts_panel import ActsPanel

            self.acts = self._kept(ActsPanel(self._theme))
            self.acts.undo_wanted.connect(self.undo_wanted)
        return self._toggle(self.acts)

    def toggle_settings(self) -> bool:
        """Open the settings, or close them."""
        if self.settings is None:
            from school_logistics.ui.settings_page import SettingsPage

            self.settings = self._kept(SettingsPage(self._theme, self._settings))
            self.settings.changed.connect(self.settings_changed)
            self.settings.school_wanted.connect(self.school_wanted)
        opened = self._toggle(self.settings)
        if opened:
            self.settings.show_settings(self._settings.school)
            self.settings.close_button.setFocus()
        return opened

    def tell_help(self, title: str, hints: Sequence[Hint]) -> None:
        """Show the help of the page in front, if help is open."""
        if self.help is not None and self.top() is self.help:
            self.help.show_hints(title, hints)

    def tell_acts(self, acts: Sequence[PastAct], now: datetime) -> None:
        """Show what was done, if that is open."""
        if self.acts is not None and self.top() is self.acts:
            self.acts.show_acts(acts, now)

    def shows_acts(self) -> bool:
        """Whether what was done is to be seen."""
        return self.acts is not None and self.top() is self.acts

    def shows_help(self) -> bool:
        """Whether the help is to be seen."""
        return self.help is not None and self.top() is self.help

    def open_panel(self, panel: SidePanel) -> None:
        """Show a panel that the window has made, in place of what is open; Esc and × close it."""
        top = self.top()
        if top is not None and top is not panel:
            self.take(top)
        self.push(panel)

    def adopt(self, panel: P) -> P:
        """Let a panel that the window has made be closed like the drawer's own."""
        return self._kept(panel)

    def close_top(self) -> bool:
        """Close what is open; False when nothing is."""
        top = self.top()
        if top is None:
            return False
        had_focus = self.has_focus()
        self.take(top)
        if had_focus:
            self.left.emit()
        return True

    def _kept(self, panel: P) -> P:
        panel.closed.connect(self.close_top)
        return panel

    def _toggle(self, panel: SidePanel) -> bool:
        top = self.top()
        if top is not None:
            self.close_top()
        if top is panel:
            return False
        self.push(panel)
        return True
