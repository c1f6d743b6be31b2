"""Months that are closed: no record of a day in them is added, changed, removed or brought back.

The acts of closing and reopening are only added to and told in the trail; the last one of a month counts. What keeps
the records of closed months as they are is the guard (`guard.py`).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Boolean, Column, DateTime, String, Table, func, insert, select

from school_logistics.models.columns import WHOLE
from school_logistics.models.record import Tables
from school_logistics.rules.calendar import Month

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection, RowMapping

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


def sentence(month: Month, line: Month) -> str:
    """That a month is closed, or lies before `line`, the last closed one; what is safe and how to go on."""
    what = f"{month}已经结账" if month == line else f"{month}在已经结账的{line}以前"
    return f"{what}，这个月的记录不能再增、改、删；什么都没有动。确实要改，请到“报表打印”按“月结”重开，并写明原因"


def _act(row: RowMapping) -> MonthAct:
    return MonthAct(**row)
