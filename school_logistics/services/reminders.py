"""What is due or overdue, worst first, each with its reason: derived from the ledgers, never stored."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select

from school_logistics.models.reminding import Deadline
from school_logistics.rules.dates import FOREVER
from school_logistics.services.rows import Query

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from school_logistics.models.checks import Facts
    from school_logistics.models.ledger import Ledger
    from school_logistics.models.reminding import Reminder
    from school_logistics.services.desk import Desk
    from school_logistics.services.examining import Referred
    from school_logistics.services.explaining import Derivation

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
    reminder: int = 0
    """Which of its ledger's reminders this is."""
    steps: tuple[int, ...] = ()
    """From how many days before it is spoken of, step by step: 60, 30, 7."""

    @property
    def step(self) -> int | None:
        """The narrowest step that is reached: 7 when five days are left; None when none is, or when it is over."""
        return min((one for one in self.steps if 0 <= self.days <= one), default=None)

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

    def why(self, due: Due) -> Derivation:
        """How a due date came about: rules, inputs and steps; raises OfficeError when its record is gone."""
        from school_logistics.services.explaining import Explaining

        return Explaining(self.desk).derivation(due)

    def _of(self, session: Session, ledger: Ledger, day: date, within: int | None) -> Iterable[Due]:
        if not ledger.reminders:
            return
        asked = [(one, self._in_question(session, ledger, one, day, within)) for one in ledger.reminders]
        bounded = [ids for _, ids in asked if ids is not None]
        every = self.desk.listing.ids(session, ledger, Query()) if len(bounded) < len(asked) else set().union(*bounded)
        wanted = sorted(every)
        records = self.desk.listing.values(session, ledger, wanted)
        referred = self.desk.examining.referred(session, ledger, records.values())
        rows = [
            _Row(one, records[one], ledger.facts(records[one]), self._given(ledger, records[one], referred, day))
            for one in wanted
        ]
        for place, (reminder, ids) in enumerate(asked):
            for row, due_on in _latest(reminder, (row for row in rows if ids is None or row.id in ids)):
                days, steps = (due_on - day).days, reminder.steps(row.facts, row.given)
                if days <= (max(steps) if within is None else within):
                    yield _told(ledger, reminder, row, due_on)._replace(reminder=place, steps=steps)

    def _given(self, ledger: Ledger, values: dict[str, object], referred: Referred, day: date) -> dict[str, Any]:
        return {**self.desk.examining.given(ledger, values, referred), "today": day}

    def _in_question(
        self, session: Session, ledger: Ledger, reminder: Reminder, day: date, within: int | None
    ) -> set[int] | None:
        """The records that may be due by then as their day stands in a column; None where it has to be worked out.

        Of those alike only the last is in question: a paper that holds forever silences the old one too.
        """
        if not reminder.bound:
            return None
        columns = ledger.record.__table__.columns
        bound = columns[reminder.bound]
        last: ColumnElement[Any] = bound
        if reminder.latest_of:
            last = func.max(bound).over(partition_by=[columns[key] for key in reminder.latest_of])
        placed = select(columns["id"], bound.label("day"), last.label("last")).where(bound.is_not(None)).subquery()
        chosen = select(placed.c.id).where(placed.c.day == placed.c.last, placed.c.day < FOREVER)
        ahead = reminder.most_ahead(self.desk.book, day) if within is None else within
        if ahead is not None:
            chosen = chosen.where(placed.c.day <= day + timedelta(days=ahead))
        return set(session.scalars(chosen))


class _Row(NamedTuple):
    """A record as reminders see it."""

    id: int
    values: dict[str, object]
    facts: Facts
    given: dict[str, Any]


def _latest(reminder: Reminder, rows: Iterable[_Row]) -> Iterable[tuple[_Row, date]]:
    """The records about which something is to be done, with the day; of those alike the one due last."""
    latest: dict[object, tuple[_Row, date]] = {}
    for row in rows:
        due_on = reminder.due_on(row.facts, row.given)
        alike = tuple(row.values[key] for key in reminder.latest_of) or row.id
        if due_on is not None and (alike not in latest or latest[alike][1] < due_on):
            latest[alike] = row, due_on
    return latest.values()


def _told(ledger: Ledger, reminder: Reminder, row: _Row, due_on: date) -> Due:
    """What a reminder says of a record."""
    parts = (reminder.what, reminder.why, reminder.clause, reminder.stops)
    what, why, clause, stops = (reminder.told(part, row.facts, row.given) for part in parts)
    return Due(ledger.key, row.id, what, why, clause, due_on, (due_on - row.given["today"]).days, stops)


def _worst_first(due: Due) -> tuple[int, int, int]:
    """Overdue before today before ahead; then by what stops, then by days."""
    stage = (OVERDUE, TODAY, AHEAD).index(due.stage)
    return stage, _GRAVITY.get(due.stops, len(_GRAVITY)), due.days
