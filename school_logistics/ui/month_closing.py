"""Closing and reopening a month from the print room: asks the service in jobs, fills the panel, tells what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from school_logistics.ui.close_panel import ClosePanel
from school_logistics.ui.office_page import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from school_logistics.errors import OfficeError
    from school_logistics.models.month_close import MonthAct
    from school_logistics.rules.calendar import Month
    from school_logistics.services.closing import CloseList, Closing
    from school_logistics.ui.jobs import Runner
    from school_logistics.ui.side_slot import SideSlot
    from school_logistics.ui.theme import Theme


class MonthClosing(QObject):
    """Holds the panel in its slot at the right, and carries its acts out."""

    said = Signal(str, str)
    message = Signal(object)
    form_wanted = Signal(str)
    """The code of a form of the month to look at."""
    done = Signal()
    """A month was closed or reopened."""

    def __init__(self, theme: Theme, closing: Closing, jobs: Runner, slot: SideSlot, parent: QObject) -> None:
        """The panel is built at once and shown when asked for."""
        super().__init__(parent)
        self._closing, self._jobs, self._slot = closing, jobs, slot
        self._month: Month | None = None
        self.panel = ClosePanel(theme)
        self.panel.closed.connect(self.put_away)
        self.panel.close_wanted.connect(self._close)
        self.panel.reopen_wanted.connect(self._reopen)
        self.panel.form_wanted.connect(self.form_wanted)

    @property
    def shown(self) -> bool:
        """Whether the panel is open."""
        return self._slot.holds(self.panel)

    def show(self, month: Month) -> None:
        """Open the panel on a month."""
        self._month = month
        self._slot.push(self.panel)
        self.refresh(month)
        self.panel.close_button.setFocus()

    def put_away(self) -> None:
        """Close the panel."""
        self._slot.take(self.panel)

    def refresh(self, month: Month) -> None:
        """Ask anew what is still open, when the panel is shown."""
        if not self.shown:
            return
        self._month = month
        closing = self._closing

        def done(told: tuple[CloseList, list[MonthAct]]) -> None:
            if month == self._month:
                self.panel.show_list(*told)

        self._jobs.start(
            lambda _progress: (closing.open_things(month), closing.acts(month)), done=done, failed=self._tell
        )

    def _close(self) -> None:
        month = self._month
        if month is not None:
            self._act(lambda: self._closing.close(month), f"{month}已结账，红线已画。")

    def _reopen(self, reason: str) -> None:
        month = self._month
        if month is not None:
            self._act(lambda: self._closing.reopen(month, reason), f"{month}已重开，可以改了。")

    def _act(self, act: Callable[[], object], sentence: str) -> None:
        def done(_told: object) -> None:
            self.said.emit(sentence, "ok")
            if self._month is not None:
                self.refresh(self._month)
            self.done.emit()

        self._jobs.start(lambda _progress: act(), done=done, failed=self._tell)

    def _tell(self, error: OfficeError) -> None:
        self.message.emit(Message(str(error), tone="late"))
