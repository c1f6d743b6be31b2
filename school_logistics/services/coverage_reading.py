"""The records behind a duty, read thinly: when they happened, when they were entered, and what tells them apart."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from school_logistics.models.record import Origin
from school_logistics.services.coverage_grid import Entered, Kept, usual

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from school_logistics.models.duties import Duty
    from school_logistics.models.ledger import Ledger
    from school_logistics.rules.calendar import Stretch
    from school_logistics.services.desk import Desk


class Records:
    """Reads the records of a ledger that count for one of its duties."""

    def __init__(self, desk: Desk, session: Session, ledger: Ledger, duty: Duty) -> None:
        """Within one session."""
        self._desk = desk
        self._session = session
        self._ledger = ledger
        self._duty = duty

    def kept(self, stretch: Stretch, row_field: str, telling: tuple[str, ...]) -> list[Kept]:
        """The records of a stretch of time, in the order in which they happened."""
        record = self._ledger.record
        happened: ColumnElement[Any] = getattr(record, self._ledger.happened).expression
        first, last = self._bounds(stretch)
        wanted = [self._column(key) for key in ((row_field,) if row_field else ()) + telling]
        chosen = select(record.id, happened, record.entered_at, record.origin, *wanted)
        found = self._session.execute(
            chosen.where(happened.between(first, last), *self._of_kind()).order_by(happened, record.id)
        )
        return [
            Kept(
                Entered(one, moment, at, Origin(origin).late, Origin(origin).imported),
                usual(rest[0]) if row_field else None,
                tuple(usual(value) for value in (rest[1:] if row_field else rest)),
            )
            for one, moment, at, origin, *rest in found
        ]

    def begun(self) -> date | None:
        """The day of the first record that counts for the duty; None where there is none yet."""
        happened: ColumnElement[Any] = getattr(self._ledger.record, self._ledger.happened).expression
        first: date | datetime | None = self._session.scalar(select(func.min(happened)).where(*self._of_kind()))
        return first.date() if isinstance(first, datetime) else first

    def entered_on(self, target: Ledger) -> dict[int, date]:
        """The day on which each record of a file was entered."""
        rows = self._session.execute(select(target.record.id, target.record.entered_at))
        return {one: at.date() for one, at in rows}

    def _bounds(self, stretch: Stretch) -> tuple[date, date]:
        if self._ledger.field(self._ledger.happened).kind.name == "moment":
            return datetime.combine(stretch.first, time.min), datetime.combine(stretch.last, time.max)
        return stretch.first, stretch.last

    def _column(self, key: str) -> ColumnElement[Any]:
        return self._desk.listing.expression(self._ledger, self._ledger.field(key))

    def _of_kind(self) -> list[ColumnElement[bool]]:
        """The conditions of `within`: a choice by its word, a reference by the name of its record."""
        conditions: list[ColumnElement[bool]] = []
        for key, word in self._duty.within:
            field = self._ledger.field(key)
            column = self._column(key)
            if field.target:
                target = self._desk.ledger(field.target)
                named = select(target.record.id).where(self._desk.listing.title_of(target) == word)
                conditions.append(column.in_(named))
            else:
                conditions.append(column == word)
        return conditions
