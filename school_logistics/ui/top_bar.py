"""The top bar: school name with the menu of everything, ten index tabs, search, undo, redo, help, settings.

It knows nothing of ledgers, so it can be painted before any is loaded. When the window is narrow it folds in a fixed
order: search to an icon, tabs closer together, school name to its icon; tabs are never hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from school_logistics.ui.buttons import Button, Look
from school_logistics.ui.chips import Chip, State
from school_logistics.ui.commands import BY_DO, Do
from school_logistics.ui.parts import Panel
from school_logistics.ui.tab_button import FOLDS, Fold, TabButton
from school_logistics.ui.tabs import TABS
from school_logistics.ui.theme import Theme
from school_logistics.ui.top_buttons import SchoolButton, SearchField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from school_logistics.ui.standing import Badge


class TopBar(Panel):
    """The one row above every page."""

    tab_chosen = Signal(str)
    """Key of the tab that was clicked or reached by arrows."""
    wanted = Signal(object)
    """A `Do`: search, undo, redo, help, settings, menu."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show the tabs; nothing is counted yet."""
        super().__init__(theme, "window", edges="bottom", parent=parent)
        self.school = SchoolButton(theme)
        self.mark = Chip(theme, State.DRAFT, "")
        self.mark.hide()
        self.tabs = {tab.key: TabButton(theme, tab) for tab in TABS}
        self.search = SearchField(theme)
        self.search_icon = self._icon_button(Do.SEARCH)
        self.buttons = {do: self._icon_button(do) for do in (Do.UNDO, Do.REDO, Do.HELP, Do.SETTINGS)}
        self._lay_out()
        self._connect()
        self._fold = FOLDS[0]
        self.select(TABS[0].key)

    def _icon_button(self, do: Do) -> Button:
        command = BY_DO[do]
        button = Button(self._theme, command.words, icon=command.icon, look=Look.ICON, key=command.key)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, sizes.middle, 0)
        row.setSpacing(0)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        row.addWidget(self.school)
        row.addWidget(self.mark)
        row.addSpacing(sizes.small)
        for tab in self.tabs.values():
            row.addWidget(tab)
        row.addStretch(1)
        row.addWidget(self.search)
        row.addWidget(self.search_icon)
        row.addSpacing(sizes.middle)
        for button in self.buttons.values():
            row.addWidget(button)
            row.addSpacing(sizes.tiny)
        self.setFixedHeight(sizes.top_bar)

    def _connect(self) -> None:
        for key, tab in self.tabs.items():
            tab.clicked.connect(lambda _checked=False, key=key: self._choose(key))
            tab.stepped.connect(self.step)
        for do, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, do=do: self.wanted.emit(do))
        for opener in (self.search, self.search_icon):
            opener.clicked.connect(lambda _checked=False: self.wanted.emit(Do.SEARCH))
        self.school.clicked.connect(lambda _checked=False: self.wanted.emit(Do.MENU))

    # --- what the window tells ---------------------------------------------------------------------

    def select(self, key: str) -> None:
        """Bring a tab to the front; "" leaves none there."""
        for name, tab in self.tabs.items():
            tab.select(name == key)
        self._fit()

    def selected(self) -> str:
        """Key of the tab in front."""
        return next((key for key, tab in self.tabs.items() if tab.isChecked()), "")

    def set_badges(self, badges: Mapping[str, Badge]) -> None:
        """Tell the counts of tabs by key."""
        for key, tab in self.tabs.items():
            badge = badges.get(key)
            tab.set_badge(badge.text if badge else "", badge.tone if badge else "")
        self._fit()

    def set_school(self, name: str) -> None:
        """Show the school's name."""
        self.school.set_name(name)
        self._fit()

    def set_mark(self, text: str) -> None:
        """Show a word such as 演示 right of the school's name; "" takes it away."""
        self.mark.set_state(State.DRAFT, text)
        self.mark.setVisible(bool(text))
        self._fit()

    def set_able(self, do: Do, able: bool, what: str = "") -> None:
        """Whether undo or redo would do anything; `what` names the act."""
        button = self.buttons[do]
        button.setEnabled(able)
        command = BY_DO[do]
        button.set_text(f"{command.words}：{what}" if what else command.words)

    def pop_up(self, menu: QMenu) -> None:
        """Open the menu of everything under the school's name."""
        menu.popup(self.school.mapToGlobal(QPoint(self._theme.sizes.small, self.school.height())))

    def search_place(self) -> QRect:
        """Where the search panel stands, in coordinates of the bar: in place of the field, or at the right edge."""
        if self.search.isVisible():
            return self.search.geometry()
        right = self.search_icon.geometry().right()
        height = self._theme.sizes.row
        return QRect(right, (self.height() - height) // 2, 0, height)

    # --- moving and folding ------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Go to the tab so many places further, around the ends."""
        keys = list(self.tabs)
        here = keys.index(self.selected()) if self.selected() else 0
        had_focus = any(tab.hasFocus() for tab in self.tabs.values())
        target = keys[(here + by) % len(keys)]
        self._choose(target)
        if had_focus:
            self.tabs[target].setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, key: str) -> None:
        """The window decides whether the page in front may be left; it answers by `select`."""
        self.tabs[key].setChecked(self.selected() == key)
        self.tab_chosen.emit(key)

    def fold(self) -> Fold:
        """The stage of folding now."""
        return self._fold

    def _fit(self) -> None:
        fitting = (fold for fold in FOLDS if self._width_at(fold) <= self.width())
        self._fold = next(fitting, FOLDS[-1])
        self.search.setVisible(self._fold.search)
        self.search_icon.setVisible(not self._fold.search)
        self.school.show_words(self._fold.name)
        for tab in self.tabs.values():
            tab.set_fold(self._fold)
        spare = self.width() - self._width_at(self._fold)
        usual = min(self._theme.sizes.ledger_list, self.school.sizeHint().width() + max(spare, 0))
        self.school.setMinimumWidth(usual if self._fold.name else 0)

    def _width_at(self, fold: Fold) -> int:
        sizes = self._theme.sizes
        tabs = sum(tab.width_folded(fold) for tab in self.tabs.values())
        search = self.search.sizeHint().width() if fold.search else self.search_icon.sizeHint().width()
        icons = sum(button.sizeHint().width() + sizes.tiny for button in self.buttons.values())
        mark = sizes.small + (self.mark.sizeHint().width() if self.mark.text() else 0)
        return self.school.width_folded(fold.name) + mark + tabs + search + sizes.middle + icons + sizes.middle

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.sizes.top_bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedHeight(self._theme.sizes.top_bar)
            self._fit()
