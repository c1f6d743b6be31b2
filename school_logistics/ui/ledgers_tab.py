"""The page under a tab with ledgers: the list at the left, the ledger in front beside it.

Ledgers are built when they are first looked at and kept, so that a half-typed row waits where it was left. The list
folds into the title where there is no room for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget

from school_logistics.ui.commands import Do
from school_logistics.ui.ledger_list import LedgerList, in_order
from school_logistics.ui.office_page import OfficePage
from school_logistics.ui.single_page import SinglePage
from school_logistics.ui.table_page import TablePage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from school_logistics.models.ledger import Ledger
    from school_logistics.ui.ledger_page import LedgerPage
    from school_logistics.ui.office_page import Hint, Surroundings

FOLDS_WITH_FORM, FOLDS_ALWAYS = 1200, 1000
"""Below these widths (in pixels of the usual type size) the list folds: with a side panel open, and always."""


class LedgersTab(OfficePage):
    """All ledgers of one tab."""

    def __init__(self, around: Surroundings, ledgers: Sequence[Ledger], actions: Sequence[QAction] = ()) -> None:
        """List the ledgers; the first one comes to the front when the tab is first shown."""
        super().__init__(around)
        self.ledgers = tuple(in_order(ledgers))
        self.list = LedgerList(around.theme, self.ledgers)
        self.pages: dict[str, LedgerPage] = {}
        self._actions = tuple(actions)
        self._stack = QStackedWidget()
        self._stale: dict[str, frozenset[str]] = {}
        self._folded: tuple[bool, bool] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self._stack, 1)
        self.list.chosen.connect(self._chosen)
        self.list.entered.connect(self.focus_start)
        self.tell_standing()

    # --- ledgers -----------------------------------------------------------------------------------

    def page(self) -> LedgerPage:
        """The page of the ledger in front."""
        if not self.list.selected():
            self.choose(self.ledgers[0].key)
        return self.pages[self.list.selected()]

    def choose(self, key: str) -> LedgerPage:
        """Bring a ledger to the front, as it was left."""
        before = self.list.selected()
        if before and before != key:
            self.turned.emit()
        if before and before != key and not self.pages[before].leave():
            return self.pages[before]
        page = self.pages.get(key) or self._make(key)
        self.list.select(key)
        self._stack.setCurrentWidget(page)
        page.show_month()
        stale = self._stale.pop(key, None)
        if stale is not None:
            page.refresh(stale)
        page.tell_standing()
        self._fold(again=True)
        self.placed.emit(page.place())
        self.deeds_changed.emit()
        return page

    def _make(self, key: str) -> LedgerPage:
        ledger = next(one for one in self.ledgers if one.key == key)
        page: LedgerPage = SinglePage(self.around, ledger) if ledger.once else TablePage(self.around, ledger)
        self.pages[key] = page
        self._stack.addWidget(page)
        for told, mine in (
            (page.open_record, self.open_record),
            (page.open_blank, self.open_blank),
            (page.open_form, self.open_form),
            (page.open_hole, self.open_hole),
            (page.open_rule, self.open_rule),
            (page.trace_wanted, self.trace_wanted),
            (page.message, self.message),
            (page.import_wanted, self.import_wanted),
            (page.asked, self.asked),
            (page.said, self.said),
            (page.acted, self.acted),
            (page.month_picked, self.month_picked),
        ):
            told.connect(mine)
        page.placed.connect(lambda where: self.placed.emit(where) if page is self._front() else None)
        page.deeds_changed.connect(lambda: self.deeds_changed.emit() if page is self._front() else None)
        page.list_wanted.connect(self._pop_up_list)
        page.side_changed.connect(lambda: self._fold(again=True))
        if isinstance(page, TablePage):
            page.table.add_actions(self._actions)
        return page

    def _front(self) -> LedgerPage | None:
        return self.pages.get(self.list.selected())

    def _pop_up_list(self, place: QPoint) -> None:
        self.list_menu().popup(place)

    def list_menu(self) -> QMenu:
        """The list of ledgers as a menu, for where it is folded into the title."""
        menu = QMenu(self)
        section = ""
        for ledger in self.ledgers:
            if section and ledger.section != section:
                menu.addSeparator()
            section = ledger.section.value
            item = self.list.items[ledger.key]
            told = item.told()
            action = menu.addAction(f"{ledger.label}　{told}" if told else ledger.label)
            action.setCheckable(True)
            action.setChecked(ledger.key == self.list.selected())
            action.triggered.connect(lambda _checked=False, key=ledger.key: self._chosen(key))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _chosen(self, key: str) -> None:
        """Clicked, or stepped to: the keyboard goes to the table unless it walks through the list."""
        walking = self.list.has_focus()
        self.choose(key)
        if not walking:
            self.focus_start()

    # --- for the window ----------------------------------------------------------------------------

    def title(self) -> str:
        return self.page().title()

    def place(self) -> str:
        front = self._front()
        return front.place() if front is not None else ""

    def deeds(self) -> Mapping[Do, Callable[[], None]]:
        stepping = {Do.LEDGER_UP: lambda: self.list.step(-1), Do.LEDGER_DOWN: lambda: self.list.step(1)}
        return {**self.page().deeds(), **stepping}

    def hints(self) -> Sequence[Hint]:
        return self.page().hints()

    def refresh(self, keys: frozenset[str]) -> None:
        for key, page in self.pages.items():
            if page is self._front() and self.isVisible():
                page.refresh(keys)
            elif not keys or keys & page.relevant:
                self._stale[key] = self._stale.get(key, frozenset()) | keys if keys else frozenset()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        page = self.page()
        stale = self._stale.pop(self.list.selected(), None)
        if stale is not None:
            page.refresh(stale)

    def traced(self) -> tuple[str, int] | None:
        page = self.page()
        return page.ledger.key, page.current_id() or 0

    def ledger_in_front(self) -> str:
        return self.page().ledger.key

    def show_month(self) -> None:
        front = self._front()
        if front is not None:
            front.show_month()

    def tell_standing(self) -> None:
        """Counts and badges were found out anew."""
        standing = self.around.standing
        self.list.set_standing(standing.counts, {one.key: standing.ledger_badge(one.key) for one in self.ledgers})
        front = self._front()
        if front is not None:
            front.tell_standing()

    def focus_start(self) -> None:
        self.page().focus_start()

    def next_pane(self) -> None:
        page = self.page()
        if self.list.has_focus() or page.head.title.hasFocus():
            self.focus_start()
        elif page.side.top() is not None and not page.side.has_focus():
            page.next_pane()
        elif self.list.isVisible():
            self.list.focus_list()
        elif page.head.title.opens():
            page.head.title.setFocus()
        else:
            page.next_pane()

    def take(self, number: int) -> bool:
        return self.page().take(number)

    def undo_typing(self) -> bool:
        return self.page().undo_typing()

    def close_panel(self) -> bool:
        return self.page().close_panel()

    def leave(self) -> bool:
        front = self._front()
        return front is None or front.leave()

    def unsaved(self) -> str:
        return "；".join(told for page in self.pages.values() if (told := page.unsaved()))

    def keep_state(self) -> None:
        for page in self.pages.values():
            page.keep_state()

    # --- folding -----------------------------------------------------------------------------------

    def _fold(self, *, again: bool = False) -> None:
        front = self._front()
        side = front is not None and front.side.top() is not None
        width = self.width()
        always = width < self.around.theme.px(FOLDS_ALWAYS)
        list_folded = always or (side and width < self.around.theme.px(FOLDS_WITH_FORM))
        if (list_folded, always) == self._folded and not again:
            return
        self._folded = (list_folded, always)
        had_focus = self.list.has_focus()
        self.list.setVisible(not list_folded)
        for page in self.pages.values():
            page.head.set_list_folded(folded=list_folded)
            page.set_covering(covers=always)
        if had_focus and list_folded:
            self.focus_start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
