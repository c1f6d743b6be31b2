"""The pages of the window by tab: built at the first visit, kept, refreshed when they are seen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from school_logistics.ui.tabs import TABS, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction

    from school_logistics.ui.office_page import OfficePage, Pages, Surroundings


def tab_of(page: Page) -> str:
    """Key of the first tab with this page."""
    return next(tab.key for tab in TABS if tab.page is page)


class PageShelf(QObject):
    """Hands out pages and passes on what they tell."""

    made = Signal(object)
    """A page was built; the window connects it."""

    def __init__(
        self, around: Surroundings, pages: Pages, stack: QStackedWidget, row_actions: Sequence[QAction], parent: QObject
    ) -> None:
        """Know who builds which page; `row_actions` are for the context menu of tables."""
        super().__init__(parent)
        self._around, self._stack, self._row_actions = around, stack, tuple(row_actions)
        self._made: dict[str, OfficePage] = {}
        self._stale: dict[str, frozenset[str]] = {}
        self._makers: dict[str, Callable[[], OfficePage]] = {}
        others = {Page.HOME: pages.home, Page.PRINT: pages.print_room, Page.RETURN: pages.annual_return}
        for tab in TABS:
            maker = others.get(tab.page)
            if maker is not None:
                self._makers[tab.key] = partial(maker, around)
            elif self.ledgers_of(tab.key):
                self._makers[tab.key] = partial(self._ledgers_tab, tab.key)

    def ledgers_of(self, tab: str) -> list[str]:
        """Keys of the ledgers under a tab."""
        return [ledger.key for ledger in self._around.office.desk.ledgers() if ledger.group == tab]

    def _ledgers_tab(self, group: str) -> OfficePage:
        from school_logistics.ui.ledgers_tab import LedgersTab

        desk = self._around.office.desk
        return LedgersTab(self._around, [desk.ledger(key) for key in self.ledgers_of(group)], self._row_actions)

    def page(self, key: str) -> OfficePage | None:
        """The page of a tab, built now if it was never visited; None for a tab without one."""
        if key not in self._made and key in self._makers:
            page = self._made[key] = self._makers[key]()
            self._stack.addWidget(page)
            self.made.emit(page)
        return self._made.get(key)

    def known(self, key: str) -> OfficePage | None:
        """The page of a tab if it was built already."""
        return self._made.get(key)

    def show(self, key: str) -> OfficePage | None:
        """Bring a page to the front of the stack, with what changed since it was last seen."""
        page = self.page(key)
        if page is not None:
            self._stack.setCurrentWidget(page)
            stale = self._stale.pop(key, None)
            if stale is not None:
                page.refresh(stale)
            page.tell_standing()
        return page

    def refresh(self, keys: frozenset[str], front: str) -> None:
        """These ledgers changed: the page in front shows it now, the others when they are next seen."""
        for key, page in self._made.items():
            if key == front:
                page.refresh(keys)
            else:
                self._stale[key] = self._stale.get(key, frozenset()) | keys

    def unsaved(self) -> str:
        """Why the window should not be closed now; "" when it may."""
        return "；".join(told for page in self._made.values() if (told := page.unsaved()))

    def keep_state(self) -> None:
        """Put widths and the like into the settings."""
        for page in self._made.values():
            page.keep_state()
