"""The whole window over a small office, with pages that only remember what they were asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from school_logistics.models.ledger import Ledger
from school_logistics.rules.calendar import Month
from school_logistics.services.desk import Desk
from school_logistics.services.month import MonthPack
from school_logistics.services.reminders import Reminders
from school_logistics.settings import Settings
from school_logistics.ui.commands import Do
from school_logistics.ui.jobs import AtOnce
from school_logistics.ui.ledgers_tab import LedgersTab
from school_logistics.ui.main_window import MainWindow
from school_logistics.ui.office_page import OfficePage, Pages, Surroundings
from school_logistics.ui.single_page import SinglePage
from school_logistics.ui.table_page import TablePage
from school_logistics.ui.theme import Theme
from tests.ui.message_recorder import RecordedMessages


@dataclass(frozen=True)
class SmallOffice:
    """What `app.py` builds, as far as the window asks for it."""

    desk: Desk
    reminders: Reminders
    pack: MonthPack

    @classmethod
    def over(cls, desk: Desk) -> SmallOffice:
        """An office over a desk."""
        return cls(desk, Reminders(desk), MonthPack(desk))


class QuietPage(OfficePage):
    """A page that remembers what it was asked for."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self.forms: list[tuple[str, Month]] = []
        self.printed = 0

    def title(self) -> str:
        """As a real page."""
        return "报表打印"

    def show_form(self, code: str, month: Month) -> None:
        """Remember."""
        self.forms.append((code, month))

    def deeds(self) -> Mapping[Do, Callable[[], None]]:
        """One command that only this page knows."""
        return {Do.PRINT: self.print_it}

    def print_it(self) -> None:
        """Remember."""
        self.printed += 1


class RememberedDialog(QDialog):
    """Stands in for the import dialog."""

    imported = Signal(str, str, object)

    def __init__(self, around: Surroundings, ledger: Ledger, file: Path | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.ledger, self.file = ledger, file


@dataclass
class Dialogs:
    """The import dialogs that were opened."""

    opened: list[RememberedDialog] = field(default_factory=list)

    def make(self, around: Surroundings, ledger: Ledger, file: Path | None, parent: QWidget) -> RememberedDialog:
        """Open one and remember it."""
        dialog = RememberedDialog(around, ledger, file, parent)
        self.opened.append(dialog)
        return dialog


@dataclass
class Room:
    """A furnished window and what stands around it."""

    window: MainWindow
    desk: Desk
    messages: RecordedMessages
    dialogs: Dialogs
    settings: Settings

    def tab(self, key: str) -> LedgersTab:
        """Go to a tab with ledgers."""
        page = self.window.show_tab(key)
        QApplication.processEvents()
        assert isinstance(page, LedgersTab)
        return page

    def page(self, key: str) -> TablePage:
        """Go to a ledger with a table, as by clicking it in the list."""
        ledger = self.desk.ledger(key)
        page = self.tab(ledger.group.value).choose(key)
        page.focus_start()
        QApplication.processEvents()
        assert isinstance(page, TablePage)
        return page

    def single(self, key: str) -> SinglePage:
        """Go to a ledger with one record."""
        page = self.tab(self.desk.ledger(key).group.value).choose(key)
        page.focus_start()
        QApplication.processEvents()
        assert isinstance(page, SinglePage)
        return page

    def other(self, key: str) -> QuietPage:
        """Go to one of the pages that are no ledgers."""
        page = self.window.show_tab(key)
        assert isinstance(page, QuietPage)
        return page

    def said(self) -> str:
        """What stands in the status line."""
        return self.window.status.said()

    def told(self) -> str:
        """What stands in the message bar."""
        return self.window.bar.said()


class Rooms:
    """Opens windows over one desk and closes them before the desk's data file is closed."""

    def __init__(self, theme: Theme, desk: Desk, messages: RecordedMessages) -> None:
        self._theme, self._desk, self._messages = theme, desk, messages
        self._windows: list[MainWindow] = []

    def shell(self, settings: Settings | None = None) -> MainWindow:
        """A window that waits for the data file."""
        window = MainWindow(self._theme, settings or Settings(), AtOnce(), messages=self._messages)
        self._windows.append(window)
        return window

    def open(self, settings: Settings | None = None) -> Room:
        """The window, furnished, shown and in front."""
        settings = settings or Settings()
        window = self.shell(settings)
        window.show()
        dialogs = self.furnish(window)
        window.activateWindow()
        QApplication.processEvents()
        return Room(window, self._desk, self._messages, dialogs, settings)

    def furnish(self, window: MainWindow) -> Dialogs:
        """The data file is open now."""
        dialogs = Dialogs()
        window.furnish(SmallOffice.over(self._desk), Pages(QuietPage, QuietPage, QuietPage, dialogs.make))
        QApplication.processEvents()
        return dialogs

    def close(self) -> None:
        """Close every window, giving up what cannot be saved."""
        for window in self._windows:
            if not window.close():
                window.bar.offers()[-1].click()
            window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
