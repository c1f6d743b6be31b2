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

    from school_logistics.models.store import Store
    from school_logistics.rules.book import RuleBook
    from school_logistics.rules.calendar import SchoolCalendar
    from school_logistics.services.desk import Desk
    from school_logistics.services.importing import Importer
    from school_logistics.services.month import MonthPack
    from school_logistics.services.reminders import Reminders
    from school_logistics.services.returning import AnnualReturns

TODAY_VARIABLE = "SCHOOL_LOGISTICS_TODAY"
"""Fixes the clock of a run, for a demonstration or a test."""

_OPENING_TIME = time(9, 0)

Clock = "Callable[[], datetime]"


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
    return lambda: fixed


def open_office(folder: Path | None, clock: Callable[[], datetime], *, actor: str = "") -> Office:
    """Open the data file in a folder, made new when missing; None keeps everything in memory.

    Raises StoreTrouble or FileTrouble with a sentence.
    """
    from school_logistics import catalogue
    from school_logistics.models.store import Store
    from school_logistics.services.desk import Desk
    from school_logistics.services.importing import Importer
    from school_logistics.services.month import MonthPack
    from school_logistics.services.reminders import Reminders
    from school_logistics.services.returning import AnnualReturns
    from school_logistics.services.starting import lay_out

    book, calendar = rule_book(), school_calendar()
    store = Store(_file_in(folder), catalogue.LEDGERS, clock)
    desk = Desk(store, book, calendar, actor=actor or "后勤管理员")
    lay_out(store, checklist_items())
    return Office(
        folder=folder,
        store=store,
        book=book,
        calendar=calendar,
        desk=desk,
        reminders=Reminders(desk),
        pack=MonthPack(desk),
        returns=AnnualReturns(desk),
        importer=Importer(desk),
    )


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
