"""What a page that is no ledger stands on in tests: real services over a small office, and ears for what it tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from school_logistics.rules.calendar import Month
from school_logistics.services.closing import Closing
from school_logistics.services.desk import Desk
from school_logistics.services.importing import Importer
from school_logistics.services.month import MonthPack
from school_logistics.services.reminders import Reminders
from school_logistics.services.returning import AnnualReturns
from school_logistics.services.scans import Scans
from school_logistics.services.signing import Signing
from school_logistics.settings import Settings
from school_logistics.ui.changes import Changes
from school_logistics.ui.jobs import AtOnce, Runner
from school_logistics.ui.office_page import Message, OfficePage, Surroundings
from school_logistics.ui.paper_services import PaperServices
from school_logistics.ui.standing import Standing
from school_logistics.ui.theme import Theme
from tests.ui.message_recorder import RecordedMessages

_STEP = 20
"""Milliseconds between two looks."""


@dataclass(frozen=True)
class StagedOffice:
    """The services that `app.py` builds, over a test's desk."""

    desk: Desk
    reminders: Reminders
    pack: MonthPack
    signing: Signing
    scans: Scans
    closing: Closing
    returns: AnnualReturns
    importer: Importer

    @classmethod
    def over(cls, desk: Desk, folder: Path | None = None) -> StagedOffice:
        """An office over a desk; `folder` is where scans are filed."""
        pack = MonthPack(desk)
        papers = Signing(desk, pack), Scans(desk, folder), Closing(desk, pack, folder)
        return cls(desk, Reminders(desk), pack, *papers, AnnualReturns(desk), Importer(desk))

    @property
    def papers(self) -> PaperServices:
        """What the print room asks."""
        return PaperServices(self.pack, self.signing, self.scans, self.closing)


@dataclass
class Heard:
    """What a page has told the window."""

    records: list[tuple[str, int, str]] = field(default_factory=list)
    blanks: list[tuple[str, str]] = field(default_factory=list)
    forms: list[tuple[str, Month]] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def listen(self, page: OfficePage) -> None:
        """Remember everything a page tells."""
        page.open_record.connect(lambda *told: self.records.append(told))
        page.open_blank.connect(lambda *told: self.blanks.append(told))
        page.open_form.connect(lambda *told: self.forms.append(told))
        page.said.connect(lambda *told: self.said.append(told))
        page.message.connect(self.messages.append)


@dataclass
class Stage:
    """Surroundings for pages, and the pages that stand in them."""

    theme: Theme
    office: StagedOffice
    messages: RecordedMessages
    around: Surroundings
    heard: Heard = field(default_factory=Heard)

    @classmethod
    def over(
        cls,
        desk: Desk,
        theme: Theme,
        messages: RecordedMessages,
        jobs: Runner | None = None,
        folder: Path | None = None,
    ) -> Stage:
        """Surroundings over a desk; work is done at once unless `jobs` say otherwise."""
        office = StagedOffice.over(desk, folder)
        runner = jobs or AtOnce()
        standing = Standing(office, runner, Month.of(desk.today))
        standing.refresh()
        around = Surroundings(theme, office, runner, messages, Settings(), Changes(), standing)
        return cls(theme, office, messages, around)

    def show(self, page: OfficePage, width: int = 1366, height: int = 694) -> None:
        """Bring a page onto the screen with the keyboard where its work begins, and listen to it."""
        self.heard.listen(page)
        bring_up(page, width, height)
        page.tell_standing()
        page.focus_start()
        QApplication.processEvents()


def bring_up(widget: QWidget, width: int, height: int) -> None:
    """Show a window in front at a size."""
    widget.resize(width, height)
    widget.show()
    widget.activateWindow()
    QTest.qWaitForWindowExposed(widget)
    QApplication.processEvents()


def click(widget: QWidget) -> None:
    """Click in the middle of a widget."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def wait_for(holds: Callable[[], bool], milliseconds: int = 5000) -> None:
    """Let the window and its worker live until something holds; fails after a while."""
    for _ in range(milliseconds // _STEP):
        if holds():
            return
        live(_STEP)
    assert holds()


def live(milliseconds: int) -> None:
    """Let the window and its worker live for a while; unlike `qWait` an event loop lets other threads run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
