"""What keeps records that are settled from being changed, whatever way a change comes: typed, imported or taken back.

The guard stands in the writing of the trail, which no change goes round. It refuses changes of a day up to the last
closed month, of what held on such a day (a rule, an item of a checklist), and whatever a file says must stand because
records rely on it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from school_logistics.errors import Unacceptable
from school_logistics.models.checks import Level, Objection
from school_logistics.models.ledger import day_in
from school_logistics.models.month_close import closed_months, sentence
from school_logistics.models.references import every_record
from school_logistics.rules.calendar import Month

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from school_logistics.models.checks import Image
    from school_logistics.models.ledger import Ledger
    from school_logistics.models.record import Record

_ALWAYS_FREE = frozenset({"incomplete"})
_DAY = timedelta(days=1)


class Guard:
    """Looks at the changes of one unit of work; the closed months are read when the first change comes."""

    def __init__(self, connection: Connection) -> None:
        """The records are those of the data file."""
        self._connection = connection
        self._records: dict[str, type[Record]] = {one.__tablename__: one for one in every_record()}
        self._line: Month | None = None
        self._read = False

    @property
    def line(self) -> Month | None:
        """The last closed month: the red line stands under it, and nothing above it is changed."""
        if not self._read:
            closed = closed_months(self._connection)
            self._line, self._read = Month.parse(max(closed)) if closed else None, True
        return self._line

    def look_at(self, changes: Iterable[tuple[str, int | None, Image | None, Image | None]]) -> None:
        """Refuse changes (table, record if it stands, image before, image after) of what is settled."""
        for table, one, before, after in changes:
            record = self._records.get(table)
            if record is None:
                continue
            ledger = getattr(record, "ledger", None)
            if self.line is None and (ledger is None or ledger.lasting is None):
                continue
            found = self.objections(ledger, one, before, after) if ledger else self._to_part(record, before, after)
            if found:
                raise Unacceptable(found)

    def objections(self, ledger: Ledger, one: int | None, before: Image | None, after: Image | None) -> list[Objection]:
        """What stands against adding, changing or removing a record of a ledger."""
        found = [self._of_a_day(ledger, before, after), *self._of_a_file(ledger, one, before, after)]
        return [objection for objection in found if objection is not None]

    def _of_a_day(self, ledger: Ledger, before: Image | None, after: Image | None) -> Objection | None:
        """A record whose day, as it was or as it is to be, lies in a closed month or before one."""
        if self.line is None or not ledger.happened:
            return None
        days = {day for image in (before, after) if image is not None and (day := ledger.day_of(image)) is not None}
        months = {Month.of(day) for day in days}
        if not months or min(months) > self.line:
            return None
        free = len(months) == 1 and before is not None and after is not None
        if free and _changed(before, after) <= ledger.later | _ALWAYS_FREE:
            return None
        return Objection(Level.REFUSED, ledger.happened, sentence(min(months), self.line))

    def _of_a_file(
        self, ledger: Ledger, one: int | None, before: Image | None, after: Image | None
    ) -> Iterable[Objection | None]:
        """A record that says what holds for records of days."""
        lasting = ledger.lasting
        if lasting is None or _changed(before, after) <= ledger.later | _ALWAYS_FREE:
            return
        from_day = _first_day_changed(lasting.since, lasting.until, before, after) if lasting.since else None
        if self.line is not None and from_day is not None and Month.of(from_day) <= self.line:
            then = lasting.otherwise.format(first=self.line.next().first, last=self.line.last)
            yield Objection(
                Level.REFUSED, lasting.since, f"{self.line}已经结账，在那以前用的不能再变。{then}没有改动。"
            )
            return
        told = lasting.stands(self._connection, one, before, after) if lasting.stands else None
        if told is not None:
            yield Objection(Level.REFUSED, *told)

    def _to_part(self, record: type[Record], before: Image | None, after: Image | None) -> list[Objection]:
        """What belongs to a record, such as an answer to a checklist, lies in the month of that record."""
        image = after if before is None else before
        if self.line is None or image is None or not record.part_of:
            return []
        of, which = record.part_of
        whole = self._records.get(str(image.get(of, "")))
        ledger: Ledger | None = getattr(whole, "ledger", None)
        if whole is None or ledger is None or not ledger.happened:
            return []
        table = whole.__table__
        happened = self._connection.scalar(select(table.c[ledger.happened]).where(table.c.id == image.get(which)))
        day = ledger.day_of({ledger.happened: happened})
        if day is None or Month.of(day) > self.line:
            return []
        return [Objection(Level.REFUSED, ledger.happened, sentence(Month.of(day), self.line))]


def _changed(before: Image | None, after: Image | None) -> set[str]:
    """The fields in which two images differ; a box never ticked is the same as one that is not ticked."""
    old, new = before or {}, after or {}
    return {key for key in old.keys() | new.keys() if _plainly(old.get(key)) != _plainly(new.get(key))}


def _plainly(value: object) -> object:
    return None if value is False else value


def _first_day_changed(since: str, until: str, before: Image | None, after: Image | None) -> date | None:
    """The first day on which something else would hold."""
    images = [image for image in (before, after) if image is not None]
    if len(images) > 1 and _changed(before, after) <= {until} | _ALWAYS_FREE:
        ends = [end for image in images if (end := day_in(image.get(until))) is not None]
        return min(ends) + _DAY if ends else None
    return min((day for image in images if (day := day_in(image.get(since))) is not None), default=None)
