"""Where everything is built and handed to each other.

Start of the window: paths → clock → shell painted (no SQL yet) → data file, rules and ledgers opened in
a worker → pages filled. The command line builds the same office without the window.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from school_logistics.errors import FileTrouble, OfficeError, StoreTrouble
from school_logistics.paths import data_file, resource_path, user_data_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from school_logistics.models.store import Store
    from school_logistics.rules.book import RuleBook
    from school_logistics.rules.calendar import SchoolCalendar
    from school_logistics.services.closing import Closing
    from school_logistics.services.desk import Desk
    from school_logistics.services.importing import Importer
    from school_logistics.services.month import MonthPack
    from school_logistics.services.reminders import Reminders
    from school_logistics.services.returning import AnnualReturns
    from school_logistics.services.scans import Scans
    from school_logistics.services.signing import Signing
    from school_logistics.ui.main_window import MainWindow

TODAY_VARIABLE = "SCHOOL_LOGISTICS_TODAY"
"""Fixes the clock of a run, for a demonstration or a test."""

_OPENING_TIME = time(9, 0)
_FIRST_YEAR, _LAST_YEAR = 2000, 2099


@dataclass(frozen=True)
class Office:
    """Everything that is at hand once the data file is open."""

    folder: Path | None
    store: Store
    book: RuleBook
    calendar: SchoolCalendar
    desk: Desk
    reminders: Reminders
    pack: MonthPack
    signing: Signing
    scans: Scans
    closing: Closing
    returns: AnnualReturns
    importer: Importer

    def close(self) -> None:
        """Let go of the data file."""
        self.store.close()


def clock_for(day: str = "") -> Callable[[], datetime]:
    """The clock of this run: stands still at nine on the day given, else on the day of the variable, else it runs.

    Raises OfficeError when the day cannot be read.
    """
    written = day or os.environ.get(TODAY_VARIABLE, "")
    if not written:
        return lambda: datetime.now().replace(microsecond=0)
    try:
        fixed = datetime.combine(date.fromisoformat(written), _OPENING_TIME)
    except ValueError as error:
        msg = f"「{written}」不是日期；请写成 2026-11-22"
        raise OfficeError(msg) from error
    if not _FIRST_YEAR <= fixed.year <= _LAST_YEAR:
        msg = f"「{written}」太远；请写 {_FIRST_YEAR}～{_LAST_YEAR} 年里的一天"
        raise OfficeError(msg)
    return lambda: fixed


def open_office(folder: Path | None, clock: Callable[[], datetime], *, actor: str = "") -> Office:
    """Open the data file in a folder, made new when missing; None keeps everything in memory.

    Raises StoreTrouble or FileTrouble with a sentence.
    """
    from school_logistics import catalogue
    from school_logistics.models.store import Store
    from school_logistics.services.closing import Closing
    from school_logistics.services.desk import Desk
    from school_logistics.services.importing import Importer
    from school_logistics.services.month import MonthPack
    from school_logistics.services.reminders import Reminders
    from school_logistics.services.returning import AnnualReturns
    from school_logistics.services.scans import Scans
    from school_logistics.services.signing import Signing
    from school_logistics.services.starting import lay_out

    book, calendar = rule_book(), school_calendar()
    store = Store(_file_in(folder), catalogue.LEDGERS, clock)
    desk = Desk(store, book, calendar, actor=actor or "后勤管理员")
    lay_out(store, checklist_items())
    pack = MonthPack(desk)
    return Office(
        folder=folder,
        store=store,
        book=book,
        calendar=calendar,
        desk=desk,
        reminders=Reminders(desk),
        pack=pack,
        signing=Signing(desk, pack),
        scans=Scans(desk, folder),
        closing=Closing(desk, pack, folder),
        returns=AnnualReturns(desk),
        importer=Importer(desk),
    )


def run_window(folder: Path | None, day: str = "") -> int:
    """Open the window and stay until it is closed; the exit code comes back."""
    from PySide6.QtCore import QLockFile
    from PySide6.QtWidgets import QApplication

    from school_logistics.logs import catch_the_unexpected, start_log
    from school_logistics.settings import Settings
    from school_logistics.ui.jobs import Jobs
    from school_logistics.ui.main_window import MainWindow
    from school_logistics.ui.messages import BoxMessages
    from school_logistics.ui.theme import Theme

    clock, folder = clock_for(day), data_folder(folder)
    _file_in(folder)
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError(app)
    app.setApplicationName("school-logistics")
    app.setApplicationDisplayName("学校后勤台账")
    settings = Settings.read(folder)
    theme = Theme(dark=settings.dark, percent=settings.percent)
    theme.apply(app)
    messages = BoxMessages(app.activeWindow)
    lock = QLockFile(str(folder / "app.lock"))
    if not lock.tryLock(0):
        messages.tell("程序已经开着", "这个数据文件正由另一个窗口使用；请切换到那个窗口。数据没有动。")
        return 1
    log = start_log(folder)
    catch_the_unexpected(lambda details: messages.last_words(details, log))
    code = _run(app, MainWindow(theme, settings, Jobs(), messages=messages), folder, clock, settings.actor)
    lock.unlock()
    return code


def _run(app: QApplication, window: MainWindow, folder: Path, clock: Callable[[], datetime], actor: str) -> int:
    """Show the shell at once, open the data file behind it, and stay until the window is closed."""
    from school_logistics.ui.pages import pages_of

    opened: list[Office] = []

    def furnish(office: Office) -> None:
        opened.append(office)
        window.furnish(office, pages_of(office))

    window.show()
    window.jobs.start(
        lambda _progress: open_office(folder, clock, actor=actor), done=furnish, failed=window.cannot_open
    )
    code = app.exec()
    from school_logistics.ui.clipboard import let_go

    let_go()
    for office in opened:
        office.close()
    return code


def rule_book() -> RuleBook:
    """The rule book as shipped."""
    from school_logistics.rules.book import read_rule_book

    return read_rule_book(resource_path("rules", "rulebook.toml").read_text(encoding="utf-8"))


def school_calendar() -> SchoolCalendar:
    """The holidays and make-up workdays as shipped."""
    from school_logistics.rules.calendar import read_calendar

    years = sorted(resource_path("calendars").glob("*.toml"))
    return read_calendar(*(year.read_text(encoding="utf-8") for year in years))


def checklist_items() -> tuple[str, ...]:
    """The default items of every checklist, as shipped."""
    lists = sorted(resource_path("checklists").glob("*.toml"))
    return tuple(one.read_text(encoding="utf-8") for one in lists)


def data_folder(given: Path | None) -> Path:
    """The folder given, or the user's own."""
    return given or user_data_folder()


def _file_in(folder: Path | None) -> Path | None:
    if folder is None:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"建不了数据文件夹「{folder}」：{error.strerror}。请换一个文件夹，或检查写入权限。"
        raise FileTrouble(msg) from error
    if not os.access(folder, os.W_OK):
        msg = f"数据文件夹「{folder}」不能写入；请换一个文件夹，或检查权限。"
        raise StoreTrouble(msg)
    return data_file(folder)
