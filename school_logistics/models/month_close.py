"""Months that are closed: no record of a day in them is added, changed, removed or brought back.

The acts of closing and reopening are only added to and told in the trail; the last one of a month counts. The guard
stands where every change passes, in the writing of the trail, so that no way of changing a record goes round it. Fields
that a ledger declares as written `later` (a hazard's close-out, a sample's disposal) may still be filled in.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Boolean, Column, DateTime, String, Table, func, insert, select

from school_logistics.errors import Unacceptable
from school_logistics.models.columns import WHOLE
from school_logistics.models.ledger import Level, Objection
from school_logistics.models.record import Tables
from school_logistics.rules.calendar import Month

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection, RowMapping

    from school_logistics.models.ledger import Ledger

CLOSINGS = Table(
    "month_close",
    Tables.metadata,
    Column("id", WHOLE, primary_key=True, autoincrement=True),
    Column("month", String(7), nullable=False, index=True),
    Column("closed", Boolean, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("told_at", DateTime, nullable=False),
    Column("actor", String(40), nullable=False),
)

LOCKED = "已结账"
"""What is said of a record whose month is closed."""

ONLY_ADDED_TO = (CLOSINGS.name,)


class MonthAct(NamedTuple):
    """A month was closed, or opened again."""

    id: int
    month: str
    closed: bool
    reason: str
    """Why it was reopened; of a closing, what was still open."""
    told_at: datetime
    actor: str


def add(connection: Connection, told: Mapping[str, object]) -> int:
    """Note an act; its id comes back. The caller writes the trail."""
    one = connection.scalar(insert(CLOSINGS).values(told).returning(CLOSINGS.c.id))
    assert isinstance(one, int)  # noqa: S101 - the primary key
    return one


def acts(connection: Connection, month: str = "") -> list[MonthAct]:
    """Every act, or those of a month, the oldest first."""
    wanted = select(CLOSINGS).order_by(CLOSINGS.c.id)
    rows = connection.execute(wanted.where(CLOSINGS.c.month == month) if month else wanted).mappings()
    return [_act(row) for row in rows]


def closed_months(connection: Connection) -> frozenset[str]:
    """The months that are closed now: 2026-10."""
    last = select(func.max(CLOSINGS.c.id)).group_by(CLOSINGS.c.month)
    wanted = select(CLOSINGS.c.month).where(CLOSINGS.c.id.in_(last), CLOSINGS.c.closed)
    return frozenset(connection.scalars(wanted))


def month_of(value: object) -> str:
    """The month of a day as the data file writes it, or of a date: 2026-10; "" for a blank."""
    return str(value)[:7] if value else ""


def sentence(month: str) -> str:
    """That a month is closed, what is safe and how to go on."""
    return (
        f"{Month.parse(month)}已经结账，这个月的记录不能再增、改、删；什么都没有动。"
        "确实要改，请到“报表打印”按“月结”重开这个月，并写明原因"
    )


def refusals(
    ledger: Ledger, before: Mapping[str, object] | None, after: Mapping[str, object] | None, closed: frozenset[str]
) -> list[Objection]:
    """The objection when a record's day, as it was or as it is to be, lies in a closed month."""
    if not closed or not ledger.happened:
        return []
    months = {month_of(image.get(ledger.happened)) for image in (before, after) if image is not None}
    shut = sorted(months & closed)
    if not shut:
        return []
    if before is not None and after is not None and len(months) == 1:
        changed = {key for key in (before.keys() | after.keys()) if before.get(key) != after.get(key)}
        if changed <= ledger.later | {"incomplete"}:
            return []
    return [Objection(Level.REFUSED, ledger.happened, sentence(shut[0]))]


class Guard:
    """Looks at the changes of one unit of work; the closed months are read when the first change comes."""

    def __init__(self, connection: Connection, ledgers: Mapping[str, Ledger]) -> None:
        """`ledgers` by table name."""
        self._connection, self._ledgers = connection, ledgers
        self._closed: frozenset[str] | None = None

    @property
    def closed(self) -> frozenset[str]:
        """The months that are closed."""
        if self._closed is None:
            self._closed = closed_months(self._connection)
        return self._closed

    def look_at(self, changes: Iterable[tuple[str, Mapping[str, Any] | None, Mapping[str, Any] | None]]) -> None:
        """Refuse changes (table, image before, image after) in a closed month."""
        if not self.closed:
            return
        for table, before, after in changes:
            ledger = self._ledgers.get(table)
            if ledger is not None:
                found = refusals(ledger, before, after, self.closed)
                if found:
                    raise Unacceptable(found)
            else:
                self._look_at_part(before or after or {})

    def _look_at_part(self, image: Mapping[str, Any]) -> None:
        """What belongs to a record, such as an answer to a checklist, lies in the month of that record."""
        ledger = self._ledgers.get(str(image.get("check_ledger", "")))
        if ledger is None or not ledger.happened:
            return
        table = ledger.record.__table__
        day = select(table.c[ledger.happened]).where(table.c.id == image.get("check_id"))
        month = month_of(self._connection.scalar(day))
        if month in self.closed:
            raise Unacceptable([Objection(Level.REFUSED, ledger.happened, sentence(month))])


def _act(row: RowMapping) -> MonthAct:
    return MonthAct(**row)
