"""Ctrl+T in the window: which record would be followed, and its trace in the drawer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.errors import OfficeError
from school_logistics.services.tracing import TRACEABLE

if TYPE_CHECKING:
    from school_logistics.ui.furniture import Furniture
    from school_logistics.ui.main_window import MainWindow
    from school_logistics.ui.trace_page import TracePage


class Following:
    """Follows records for one furnished window."""

    def __init__(self, window: MainWindow, room: Furniture) -> None:
        """Make the page of a trace when one is first asked for."""
        self._window, self._room = window, room
        self._page: TracePage | None = None

    def current(self) -> tuple[str, int] | None:
        """The record that Ctrl+T would follow: the hit that is current in the search, else the row.

        Its id is 0 while none is current; None where there is nothing that could be followed.
        """
        if self._room.search.isVisible():
            hit = self._room.search.current()
            return (hit.ledger, hit.id) if hit is not None else ("", 0)
        page = self._window.page()
        followed = page.traced() if page is not None else None
        return followed if followed is not None and followed[0] in TRACEABLE else None

    def toggle(self) -> None:
        """Show the trace of the current record, or put away the trace that has the keyboard."""
        followed, drawer = self.current(), self._window.drawer
        if self._is_seen() and drawer.has_focus():
            drawer.close_top()
        elif followed is not None and followed[1]:
            self._room.search.hide()
            self.show(*followed)
        else:
            self._window.say("先选一行，再按 Ctrl+T 追溯。", "soon")

    def show(self, ledger_key: str, one: int) -> None:
        """Show beside the page where a record came from and where it went."""
        page = self._page = self._page or self._made()
        try:
            page.show_trace(ledger_key, one)
        except OfficeError as refusal:
            self._window.say(str(refusal), "late")
            return
        self._window.drawer.open_panel(page)
        page.focus_first()

    def refresh(self) -> None:
        """Something was changed: follow what is seen anew."""
        if self._page is not None and self._is_seen():
            self._page.follow()

    def _is_seen(self) -> bool:
        return self._page is not None and self._window.drawer.top() is self._page

    def _made(self) -> TracePage:
        from school_logistics.ui.trace_page import TracePage

        page = self._window.drawer.adopt(TracePage(self._room.around))
        page.record_wanted.connect(self._open)
        page.said.connect(self._window.say)
        page.message.connect(self._window.show_message)
        return page

    def _open(self, ledger_key: str, one: int, key: str) -> None:
        """The record behind a line; where the drawer covers the page it makes room."""
        if self._window.stack.isHidden():
            self._window.drawer.close_top()
        self._window.open_record(ledger_key, one, key)
