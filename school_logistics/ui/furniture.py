"""What the window has once it is furnished, and what it reads from the office to show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.ui.tabs import Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from school_logistics.ui.office_page import Pages, Surroundings
    from school_logistics.ui.page_shelf import PageShelf
    from school_logistics.ui.search_panel import SearchPanel
    from school_logistics.ui.standing import Badge

DEMONSTRATION = "演示"
"""The school of the demonstration begins its remark with this word."""


class Furniture:
    """Office, pages, search and standing of one window."""

    def __init__(self, around: Surroundings, pages: Pages, shelf: PageShelf, search: SearchPanel) -> None:
        """Keep it together."""
        self.around, self.pages, self.shelf, self.search = around, pages, shelf, search
        self.desk, self.standing = around.office.desk, around.standing

    def single(self) -> str:
        """Key of the ledger with one record only: the school itself."""
        return next((ledger.key for ledger in self.desk.ledgers() if ledger.once), "")

    def school(self) -> tuple[str, str]:
        """The school's name from its ledger, and 演示 where it is an invented one."""
        from school_logistics.services.rows import Query

        ledger = self.desk.ledger(self.single())
        rows = self.desk.first_page(ledger, Query(), 1)
        if not rows:
            return "", ""
        texts = dict(zip((field.key for field in ledger.fields), rows[0].texts, strict=True))
        invented = any(text.startswith(DEMONSTRATION) for text in texts.values())
        return texts[ledger.title], DEMONSTRATION if invented else ""

    def badges(self, tabs: Iterable[str]) -> dict[str, Badge]:
        """The counts of the tabs: overdue things, else those due today; the home page counts them all."""
        from school_logistics.ui.page_shelf import tab_of

        under = {tab: self.shelf.ledgers_of(tab) for tab in tabs}
        counted = {tab: self.standing.tab_badge(ledgers) for tab, ledgers in under.items() if ledgers}
        return {**counted, tab_of(Page.HOME): self.standing.tab_badge()}
