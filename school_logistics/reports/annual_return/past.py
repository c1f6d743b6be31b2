"""Files as they stood on a day: from the trail where it reaches back, else from the dates inside the records.

A record that was entered later than the day asked for counts when its own dates say that the thing was there already:
a bus registered before, a person hired before. So last year's return can be made again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import func, select

from school_logistics.models.audit import ACTS, ENTRIES, IMAGES, values_from
from school_logistics.models.papers import Certificate
from school_logistics.rules.dates import FOREVER, MonthOrDay

if TYPE_CHECKING:
    from school_logistics.models.record import Record
    from school_logistics.reports.annual_return.asking import Asked
    from school_logistics.rules.papers import PaperKind

Values: TypeAlias = dict[str, Any]
Since: TypeAlias = Callable[[Values], "date | MonthOrDay | None"]


def as_they_were(asked: Asked, record: type[Record], *, since: str = "", until: str = "") -> list[Values]:
    """The records of a file on the reporting day, as column values.

    `since` and `until` are the columns with the first and the first day after the last that a thing was there.
    """
    found: list[Values] = asked.once(("file", record, since), lambda: list(_on_the_day(asked, record, since)))
    return [values for values in found if not _over(values, since, until, asked.on)]


def papers_on(asked: Asked, kind: PaperKind, holder: str = "") -> list[Values]:
    """The papers of a kind that held on the reporting day; with `holder`, those of one kind of holder."""

    def find() -> list[Values]:
        table = Certificate.__table__
        mine = select(*table.columns).where(
            table.c.kind == kind.value,
            (table.c.issued_on.is_(None)) | (table.c.issued_on <= asked.on),
            table.c.valid_until >= asked.on,
        )
        return [dict(row) for row in asked.session.execute(mine).mappings()]

    found = asked.once(("papers", kind), find)
    return [paper for paper in found if paper[holder] is not None] if holder else found


def holders_on(asked: Asked, kind: PaperKind, holder: str) -> set[int]:
    """The ids of those who held a good paper of a kind on the reporting day."""
    return {paper[holder] for paper in papers_on(asked, kind, holder)}


def any_paper(asked: Asked, kinds: Iterable[PaperKind], holder: str) -> bool:
    """Whether any paper of these kinds was ever entered for a kind of holder."""
    table = Certificate.__table__
    entered = select(table.c.id).where(table.c.kind.in_([kind.value for kind in kinds]), table.c[holder].is_not(None))
    return asked.session.scalar(entered.limit(1)) is not None


def until_words(until: date | None) -> str:
    """A last day as it is written."""
    return "" if until is None else "长期" if until == FOREVER else until.isoformat()


def _on_the_day(asked: Asked, record: type[Record], since: str) -> Iterable[Values]:
    table = record.__table__
    now = {row["id"]: dict(row) for row in asked.session.execute(select(*table.columns)).mappings()}
    if asked.on >= asked.today:
        yield from ({**values, "told_later": False} for values in now.values())
        return
    told = _images(asked, record)
    blank = dict.fromkeys(column.key for column in table.columns)
    for one, image in told.items():
        if image:
            yield {**blank, **values_from(record, image), "id": one, "told_later": False}
    for one, values in now.items():
        if one not in told and since and _there(values.get(since), asked.on):
            yield {**values, "told_later": True}


def _images(asked: Asked, record: type[Record]) -> dict[int, dict[str, Any] | None]:
    """The last image of each record at the end of the reporting day; None for one that was deleted by then."""
    end = datetime.combine(asked.on, time.min) + timedelta(days=1)
    last = (
        select(func.max(ENTRIES.c.id).label("id"))
        .join(ACTS, ACTS.c.id == ENTRIES.c.act)
        .where(ENTRIES.c.ledger == record.__tablename__, ACTS.c.at < end)
        .group_by(ENTRIES.c.record)
        .subquery()
    )
    images = select(ENTRIES.c.record, IMAGES.c.after).join(IMAGES, IMAGES.c.entry == ENTRIES.c.id)
    rows = asked.session.execute(images.where(ENTRIES.c.id.in_(select(last.c.id))).order_by(ENTRIES.c.record))
    return {one: json.loads(after) if after else None for one, after in rows}


def _there(start: date | MonthOrDay | None, on: date) -> bool:
    if start is None:
        return False
    return (start.last if isinstance(start, MonthOrDay) else start) <= on


def _over(values: Values, since: str, until: str, on: date) -> bool:
    """Whether a thing was not there yet, or no longer."""
    start, end = (values.get(key) if key else None for key in (since, until))
    begun = start is None or (start.first if isinstance(start, MonthOrDay) else start) <= on
    return not begun or (isinstance(end, date) and end <= on)
