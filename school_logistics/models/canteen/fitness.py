"""Who may sign for work in the canteen: a check, and what it looks up, for every ledger that names staff.

A ledger says `FIT = fit_to_sign("sampler", on="taken_at")` and takes `*FIT.checks` and `FIT.lookup` into its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Table, func, or_, select, tuple_

from school_logistics.models.checks import Check, Level, Lookup, Values
from school_logistics.models.record import Tables
from school_logistics.rules.findings import PASSED
from school_logistics.rules.fitness import Checked, Held, why_not_ready, why_unfit
from school_logistics.rules.morning_check import AT_WORK, ready_for_work
from school_logistics.rules.papers import PaperKind
from school_logistics.rules.people import needs_health_certificate
from school_logistics.rules.training import certified_before_work, trained_before_work

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from school_logistics.models.checks import Facts

_LAW = "食品安全法第45条"


class Fitness(NamedTuple):
    """What a ledger takes over to refuse the signatures of people who cannot have been at work."""

    checks: tuple[Check, ...]
    lookup: Lookup


def fit_to_sign(*fields: str, on: str) -> Fitness:
    """That those named in `fields` were fit for work on the day in the field `on` (a day or a moment).

    Whoever the morning check found ill, or who was on leave, away from the post or without a valid health certificate
    that day, cannot have signed (V-11, V-44, V-50). A field names staff by reference, or by name in words; names that
    are nobody's of the staff are let be.
    """
    name = f"unfit_{fields[0]}"

    def find(session: Session, rows: Sequence[Values]) -> Sequence[object]:
        asked = {
            (who, day) for row in rows for field in fields if (who := row.get(field)) and (day := _day(row.get(on)))
        }
        unfit = _unfit(session, asked)
        return [
            {field: sentence for field in fields if (sentence := unfit.get((row.get(field), _day(row.get(on)))))}
            for row in rows
        ]

    return Fitness(tuple(_check(field, name) for field in fields), Lookup(name, find))


def _unready(session: Session, rows: Sequence[Values]) -> Sequence[object]:
    asked = {(who, day) for row in rows if (who := row.get("person")) and (day := _day(row.get("checked_on")))}
    unready = _against(session, asked, why_not_ready)
    return [unready.get((row.get("person"), _day(row.get("checked_on"))), "") for row in rows]


READY_TO_WORK = Fitness(
    (Check(ready_for_work, blame="attendance", level=Level.GAP, given=("unready",), clause=_LAW),),
    Lookup("unready", _unready),
)
"""That whoever the morning check puts down as at work may work: certified, and back if away before (V-11, V-50)."""


def _check(field: str, name: str) -> Check:
    def rule(_row: Facts, **given: Mapping[str, str]) -> str:
        return given[name].get(field, "")

    return Check(rule, blame=field, level=Level.GAP, given=(name,), clause=_LAW)


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _table(key: str) -> Table:
    return Tables.metadata.tables[key]


def _unfit(session: Session, asked: Iterable[tuple[object, date]]) -> dict[tuple[object, date | None], str]:
    """The sentence against each signature asked about, of those who were not fit on the day."""
    return _against(session, asked, why_unfit)


def _against(
    session: Session,
    asked: Iterable[tuple[object, date]],
    why: Callable[[str, date, Sequence[Checked], Sequence[Held] | None], str],
) -> dict[tuple[object, date | None], str]:
    """The sentence against each person on each day asked about, where there is one."""
    asked = set(asked)
    people = _people(session, {who for who, _ in asked})
    if not people:
        return {}
    first, last = min(day for _, day in asked), max(day for _, day in asked)
    checks = _checks(session, {one.id for one in people.values()}, first, last)
    held = _held(session, [one.id for one in people.values() if needs_health_certificate(one.post)])
    found: dict[tuple[object, date | None], str] = {}
    for who, day in asked:
        one = people.get(who)
        if one is not None and (sentence := why(one.name, day, checks.get(one.id, ()), held.get(one.id))):
            found[who, day] = sentence
    return found


class _Person(NamedTuple):
    id: int
    name: str
    post: str | None


def _people(session: Session, asked: set[object]) -> dict[object, _Person]:
    """The staff among those asked about, by what they were called: a reference or a name."""
    staff = _table("staff").c
    ids = [who for who in asked if isinstance(who, int)]
    names = [who for who in asked if isinstance(who, str)]
    wanted = select(staff.id, staff.name, staff.post).where(or_(staff.id.in_(ids), staff.name.in_(names)))
    found: dict[object, _Person] = {}
    for one, name, post in session.execute(wanted) if ids or names else ():
        found[one] = found[name] = _Person(one, name, post)
    return found


def _checks(session: Session, people: Iterable[int], first: date, last: date) -> dict[int, list[Checked]]:
    """The morning checks of some days, and of each person the last one before: who left and has not come back.

    Days on leave tell neither, so the last one that does is read beside them.
    """
    told = _table("morning_check").c
    before = select(told.person, func.max(told.checked_on)).where(told.person.in_(people), told.checked_on < first)
    there = or_(told.attendance.is_(None), told.attendance.in_(sorted(AT_WORK)))
    telling = before.where(or_(told.left_post.is_(True), told.back_on.is_not(None), there))
    day_of = tuple_(told.person, told.checked_on)
    last_before = or_(day_of.in_(before.group_by(told.person)), day_of.in_(telling.group_by(told.person)))
    columns = (told.person, told.checked_on, told.attendance, told.symptom_codes, told.condition, told.left_post)
    rows = select(*columns, told.back_on).where(
        told.person.in_(people), or_(told.checked_on.between(first, last), last_before)
    )
    found: dict[int, list[Checked]] = defaultdict(list)
    for person, *checked in session.execute(rows):
        found[person].append(Checked(*checked))
    return found


def _held(session: Session, people: Sequence[int]) -> dict[int, list[Held]]:
    """The health certificates of each of these people, of whom some may have none."""
    papers = _table("certificate").c
    rows = select(papers.staff, papers.issued_on, papers.valid_until).where(
        papers.staff.in_(people), papers.kind == PaperKind.HEALTH_CERTIFICATE.value
    )
    found: dict[int, list[Held]] = {one: [] for one in people}
    for person, issued_on, valid_until in session.execute(rows) if people else ():
        found[person].append(Held(issued_on, valid_until))
    return found


# --- before the first day of work ---------------------------------------------------------------


class Began(NamedTuple):
    """What somebody had on the first day of work: the first certificate, the first training passed."""

    first_certificate: date | None
    first_passed: date | None


def _certified(row: Facts, *, began: Began, today: date) -> str:
    if not needs_health_certificate(row.post):
        return ""
    return certified_before_work(row, first_certificate=began.first_certificate, today=today)


def _trained(row: Facts, *, began: Began, today: date) -> str:
    if not needs_health_certificate(row.post):
        return ""
    return trained_before_work(row, first_passed=began.first_passed, today=today)


def _began(session: Session, rows: Sequence[Values]) -> Sequence[object]:
    people = [one for row in rows if isinstance(one := row.get("id"), int)]
    papers, taken = _table("certificate").c, _table("training_attendance").c
    health = papers.kind == PaperKind.HEALTH_CERTIFICATE.value
    issued = select(papers.staff, func.min(papers.issued_on)).where(papers.staff.in_(people), health)
    passed = select(taken.person, func.min(taken.held_on)).where(taken.person.in_(people), taken.passed == PASSED)
    first = {one.staff: one[1] for one in session.execute(issued.group_by(papers.staff))} if people else {}
    good = {one.person: one[1] for one in session.execute(passed.group_by(taken.person))} if people else {}
    return [Began(first.get(row.get("id")), good.get(row.get("id"))) for row in rows]


READY_FOR_WORK = Fitness(
    (
        Check(_certified, blame="hired_on", level=Level.WARNING, given=("began", "today"), clause=_LAW),
        Check(_trained, blame="hired_on", level=Level.WARNING, given=("began", "today"), clause="先培训后上岗"),
    ),
    Lookup("began", _began),
)
"""That those who touch food were certified and trained before they began: checks of the staff file (V-12)."""
