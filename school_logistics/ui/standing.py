"""How things stand: rows this month, what is due, what is missing, for the badges of tabs and ledgers.

Asked anew in a worker after every change, never while something is painted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from school_logistics.rules.calendar import Month
    from school_logistics.services.missing import Missing
    from school_logistics.services.reminders import Due
    from school_logistics.ui.jobs import Job, Progress, Runner
    from school_logistics.ui.office_page import Office

_SETTLE_MS = 120
"""Changes that follow each other this quickly are counted once."""


class Badge(NamedTuple):
    """A word beside a tab or a ledger, in the tone that goes with it."""

    text: str
    tone: str


NO_BADGE = Badge("", "")


class Facts(NamedTuple):
    """What was found out at one moment."""

    month: Month
    counts: dict[str, int]
    due: tuple[Due, ...]
    missing: tuple[Missing, ...]
    undoable: str = ""
    """The act that undo would take back; "" for none."""
    redoable: str = ""


class Standing(QObject):
    """Keeps the latest facts and tells when they have changed."""

    changed = Signal()

    def __init__(self, office: Office, jobs: Runner, month: Month, parent: QObject | None = None) -> None:
        """Know nothing until `refresh` has come back."""
        super().__init__(parent)
        self._office, self._jobs, self._month = office, jobs, month
        self._facts = Facts(month, {}, (), ())
        self._asked: Job | None = None
        self._again = False
        self._closed = False
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self.refresh)

    @property
    def month(self) -> Month:
        """The month that is looked at."""
        return self._month

    def set_month(self, month: Month) -> None:
        """Look at another month."""
        if month != self._month:
            self._month = month
            self.refresh()

    @property
    def due(self) -> tuple[Due, ...]:
        """What is overdue or soon due, worst first."""
        return self._facts.due

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What the month's forms lack."""
        return self._facts.missing

    @property
    def wanting(self) -> tuple[Missing, ...]:
        """What there is to do about it: gaps, and forms without a line where something should have been recorded."""
        asked = {ledger.key for ledger in self._office.desk.ledgers() if ledger.duties}
        return tuple(one for one in self._facts.missing if one.is_gap or one.ledger in asked)

    @property
    def counts(self) -> dict[str, int]:
        """Rows of each ledger: the month's, or all of a file."""
        return self._facts.counts

    @property
    def undoable(self) -> str:
        """The act that undo would take back; "" for none."""
        return self._facts.undoable

    @property
    def redoable(self) -> str:
        """The act that redo would do again; "" for none."""
        return self._facts.redoable

    def missing_in(self, ledger: str) -> tuple[Missing, ...]:
        """What one ledger lacks."""
        return tuple(one for one in self._facts.missing if one.ledger == ledger)

    def soon(self) -> None:
        """Ask anew when the changes have settled."""
        self._settling.start()

    def refresh(self) -> None:
        """Ask anew now; a question that is still open is asked again after it."""
        self._settling.stop()
        if self._closed:
            return
        if self._asked is not None and self._asked.running():
            self._again = True
            return
        self._again = False
        month, office = self._month, self._office

        def ask(_progress: Progress) -> Facts:
            counts = office.desk.counts(month)
            due, missing = tuple(office.reminders.due()), tuple(office.pack.missing(month))
            return Facts(month, counts, due, missing, office.desk.undoable(), office.desk.redoable())

        self._asked = self._jobs.start(ask, done=self._take)

    def close(self) -> None:
        """Ask no more."""
        self._closed = True
        self._settling.stop()

    def _take(self, facts: Facts) -> None:
        self._facts = facts
        self.changed.emit()
        if self._again or facts.month != self._month:
            self._asked = None
            self.refresh()

    # --- badges ------------------------------------------------------------------------------------

    def tab_badge(self, ledgers: Iterable[str] | None = None) -> Badge:
        """For a tab: how many of its things are overdue, else due today; None counts every ledger."""
        keys = None if ledgers is None else frozenset(ledgers)
        days = [one.days for one in self._facts.due if keys is None or one.ledger in keys]
        overdue = sum(1 for one in days if one < 0)
        if overdue:
            return Badge(str(overdue), "late")
        today = sum(1 for one in days if one == 0)
        return Badge(str(today), "soon") if today else NO_BADGE

    def ledger_badge(self, ledger: str) -> Badge:
        """For a ledger: what is overdue, else what is missing, else in how many days the next thing is due."""
        days = sorted(one.days for one in self._facts.due if one.ledger == ledger)
        overdue = sum(1 for one in days if one < 0)
        if overdue:
            return Badge(f"过期 {overdue}", "late")
        missing = sum(1 for one in self.wanting if one.ledger == ledger)
        if missing:
            return Badge(f"缺 {missing}", "late")
        return Badge(_in_days(days[0]), "soon") if days else NO_BADGE


def _in_days(days: int) -> str:
    return {0: "今天", 1: "明天"}.get(days, f"{days} 天")
