"""What is due or overdue, worst first, each with its reason: derived from the ledgers, never stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from school_logistics.models.ledger import Deadline
from school_logistics.services.rows import Query

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy.orm import Session

    from school_logistics.models.ledger import Facts, Ledger, Reminder
    from school_logistics.services.desk import Desk

OVERDUE, TODAY, AHEAD = "已过期", "今天", "30 天内"
_GRAVITY = {word.value: place for place, word in enumerate(Deadline)}


class Due(NamedTuple):
    """One thing that must be done by a day."""

    ledger: str
    id: int
    what: str
    why: str
    clause: str
    due_on: date
    days: int
    """Until then; negative when overdue."""
    stops: str

    @property
    def stage(self) -> str:
        """已过期, 今天 or 30 天内."""
        return OVERDUE if self.days < 0 else TODAY if self.days == 0 else AHEAD

    @property
    def sentence(self) -> str:
        """How many days are left or over."""
        if self.days == 0:
            return "今天到期"
        return f"{self.days} 天后到期" if self.days > 0 else f"已过 {-self.days} 天"


class Reminders:
    """Asks every ledger for its reminders."""

    def __init__(self, desk: Desk) -> None:
        """The desk knows the ledgers, the rule book and today."""
        self.desk = desk

    def due(self, on: date | None = None, within: int | None = None) -> list[Due]:
        """What is overdue or soon due on a day, worst first.

        `within` days ahead; without it, each reminder's own days of warning.
        """
        day = on or self.desk.today
        with self.desk.store.reading() as session:
            found = [one for ledger in self.desk.ledgers() for one in self._of(session, ledger, day, within)]
        return sorted(found, key=_worst_first)

    def _of(self, session: Session, ledger: Ledger, day: date, within: int | None) -> Iterable[Due]:
        if not ledger.reminders:
            return
        ids = self.desk.listing.ids(session, ledger, Query())
        records = self.desk.listing.values(session, ledger, ids)
        referred = self.desk.examining.referred(session, ledger, records.values())
        for reminder in ledger.reminders:
            latest: dict[object, tuple[Due, int]] = {}
            for one, values in records.items():
                given = {**self.desk.examining.given(ledger, values, referred), "today": day}
                told = _told(ledger, one, reminder, ledger.facts(values), given)
                alike = tuple(values[key] for key in reminder.latest_of) or one
                if told and (alike not in latest or latest[alike][0].due_on < told[0].due_on):
                    latest[alike] = told
            yield from (due for due, horizon in latest.values() if due.days <= (horizon if within is None else within))


def _told(ledger: Ledger, one: int, reminder: Reminder, facts: Facts, given: dict[str, Any]) -> tuple[Due, int] | None:
    """What a reminder says of a record, and from how many days ahead; None when nothing is due."""
    due_on = reminder.due_on(facts, given)
    if due_on is None:
        return None
    words = (reminder.told(part, facts, given) for part in (reminder.what, reminder.why, reminder.clause))
    what, why, clause = words
    days = (due_on - given["today"]).days
    stops = reminder.told(reminder.stops, facts, given)
    return Due(ledger.key, one, what, why, clause, due_on, days, stops), reminder.horizon(facts, given)


def _worst_first(due: Due) -> tuple[int, int, int]:
    """Overdue before today before ahead; then by what stops, then by days."""
    stage = (OVERDUE, TODAY, AHEAD).index(due.stage)
    return stage, _GRAVITY.get(due.stops, len(_GRAVITY)), due.days
