"""Drafting the weekly report and the monthly minutes of food safety from the checks and hazards below them.

V-56: the week takes the daily checks, the month takes checks and weekly reports; V-55: what is not closed is carried
into both. A draft is a record like any other: it is looked through, changed and saved by a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.models.canteen.food_safety import MonthlyMinutes, WeeklyReport
from school_logistics.models.checklists import Checklist
from school_logistics.models.inspections import Inspection
from school_logistics.models.office import School, Staff
from school_logistics.models.safety import Hazard
from school_logistics.rules.answers import abnormal_in
from school_logistics.rules.calendar import Month, Period
from school_logistics.rules.hazards import HazardCategory
from school_logistics.rules.inspections import CheckCycle, put_right, served
from school_logistics.rules.people import Post
from school_logistics.rules.safety_reports import (
    Problem,
    WeekTold,
    counted,
    rating_of,
    told_before,
    told_found,
    told_measures,
    told_month,
    told_next,
    told_open,
    told_weeks,
)
from school_logistics.rules.weeks import Week, weeks_of
from school_logistics.services.entries import Entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from school_logistics.models.ledger import Ledger
    from school_logistics.reports.form import Entry
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft, Saved

DAILY_FORM = "C19"
"""The form of the daily control; lists printed on it are what a day with meals asks for."""

_LOOKED_BACK = timedelta(days=40)
_CUT = "……（其余见隐患台账）"
_MEETS = (
    Post.PRINCIPAL, Post.VICE_PRINCIPAL, Post.LOGISTICS_DIRECTOR, Post.CANTEEN_MANAGER, Post.FOOD_SAFETY_DIRECTOR,
    Post.FOOD_SAFETY_OFFICER,
)  # fmt: skip
_REPORTS = (Post.FOOD_SAFETY_DIRECTOR, Post.FOOD_SAFETY_OFFICER)
_WORDS: Mapping[str, str] = {
    WeeklyReport.__tablename__: "由每日检查生成",
    MonthlyMinutes.__tablename__: "由检查和周报生成",
}


class _Known(NamedTuple):
    """What stands in the ledgers below the reports."""

    lists: Mapping[int, Entry]
    checks: Sequence[Entry]
    hazards: Mapping[int, Entry]
    staff: Sequence[Entry]
    school: Entry | None
    reports: Sequence[Entry]
    minutes: Sequence[Entry]


class SafetyReports:
    """Drafts reports from what was recorded."""

    def __init__(self, desk: Desk, *, session: Session | None = None, today: date | None = None) -> None:
        """The desk knows the ledgers and the calendar; within an act under way, read in its session, as of its day."""
        self.desk = desk
        self._session = session
        self.today = today or desk.today

    @staticmethod
    def words(ledger: Ledger) -> str:
        """What the button of a ledger says; nothing where it is not drafted from others."""
        return _WORDS.get(ledger.key, "")

    def next_draft(self, ledger: Ledger, month: Month) -> Draft | None:
        """The first report that a month still lacks, drafted; None when there is none or the ledger has no drafts."""
        return next(iter(self._drafts(ledger, month)), None)

    def generate(self, ledger: Ledger, month: Month) -> list[Saved]:
        """Keep a draft of every report that a month still lacks, as one act; reports that stand are left alone."""
        drafts = [(None, draft) for draft in self._drafts(ledger, month)]
        title = f"生成 {ledger.label}：{month} {len(drafts)} 份"
        return self.desk.save_many(ledger, drafts, title) if drafts else []

    def week(self, week: Week) -> Draft:
        """The report of a week, whether there is one already or not."""
        return self._week(self._known(week.first, week.last), week)

    def month(self, month: Month) -> Draft:
        """The minutes of a month, whether there are some already or not."""
        return self._month(self._known(month.first, month.last), month)

    def _drafts(self, ledger: Ledger, month: Month) -> Iterator[Draft]:
        known = self._known(min(month.first, weeks_of(month)[0].first), max(month.last, weeks_of(month)[-1].last))
        if ledger.key == WeeklyReport.__tablename__:
            there = {one["week_from"] for one in known.reports}
            for week in self._weeks(month):
                if week.first not in there:
                    yield self._week(known, week)
        elif ledger.key == MonthlyMinutes.__tablename__:
            held = any(month.holds(one["held_on"]) for one in known.minutes)
            if not held and self._days(month.first, month.last):
                yield self._month(known, month)

    def _weeks(self, month: Month) -> list[Week]:
        """The weeks of the month with meals up to today."""
        return [week for week in weeks_of(month) if self._days(week.first, week.last)]

    def _days(self, first: date, last: date) -> tuple[date, ...]:
        return served(self.desk.calendar, first, last, self.today)

    def _known(self, first: date, last: date) -> _Known:
        """What stands below reports from one day to another; what is older and not closed is told by its hazard."""
        checked = Period(first - _LOOKED_BACK, last, "")
        if self._session is not None:
            return self._read(self._session, checked)
        with self.desk.store.reading() as session:
            return self._read(session, checked)

    def _read(self, session: Session, checked: Period) -> _Known:
        entries = Entries(self.desk, session)
        lists = {one.id: one for one in entries.entries(Checklist.ledger)}
        return _Known(
            lists,
            [one for one in entries.entries(Inspection.ledger, checked) if _of_canteen(lists.get(one["checklist"]))],
            {one.id: one for one in entries.entries(Hazard.ledger)},
            entries.entries(Staff.ledger),
            next(iter(entries.entries(School.ledger)), None),
            entries.entries(WeeklyReport.ledger),
            entries.entries(MonthlyMinutes.ledger),
        )

    # --- the week ----------------------------------------------------------------------------------

    def _week(self, known: _Known, week: Week) -> Draft:
        days = self._days(week.first, week.last)
        last = min(week.last, self.today)
        problems = _problems(known)
        found = [one for one in problems if week.first <= one.found_on <= week.last]
        count = counted(days, _daily(known))
        before = max(known.reports, key=lambda one: one["week_from"], default=None)
        ledger = WeeklyReport.ledger
        return self.desk.blank(ledger) | {
            "week_from": week.first,
            "days_due": count.due,
            "days_checked": count.checked,
            "problems": len(found),
            "fixed": sum(1 for one in found if not one.open_on(last)),
            "previous": _fitting(ledger, "previous", told_before(problems, week, last)),
            "found": _fitting(ledger, "found", told_found(problems, week)),
            "measures": _fitting(ledger, "measures", told_measures(problems, week, last)),
            "rating": rating_of([one for one in problems if one.found_on <= last], last).value,
            "recipient": before["recipient"] if before else _principal(known),
            "copied_to": before["copied_to"] if before else None,
            "reporter": before["reporter"] if before else self._reporter(known, week),
            "reported_on": days[-1] if days else None,
        }

    def _reporter(self, known: _Known, week: Week) -> int | None:
        """The director or officer of food safety, else whoever checked most."""
        named = _of_posts(known, _REPORTS, week.last)
        if named:
            return named[0].id
        inspectors = Counter(one["inspector"] for one in known.checks if one["inspector"] is not None)
        return inspectors.most_common(1)[0][0] if inspectors else None

    # --- the month ---------------------------------------------------------------------------------

    def _month(self, known: _Known, month: Month) -> Draft:
        days = self._days(month.first, month.last)
        held = days[-1] if days else min(month.last, self.today)
        weeks = self._weeks(month)
        reports = [one for one in known.reports if Week(one["week_from"]).month == month]
        problems = _problems(known)
        found = [one for one in problems if month.holds(one.found_on)]
        carried = [one for one in problems if one.still_open_on(month.first)]
        day_count = counted(days, _daily(known))
        week_count = counted([one.first for one in weeks], [one["week_from"] for one in reports])
        told = told_month(str(month), day_count, week_count, found, held)
        by_week = told_weeks([_week_told(one) for one in reports])
        ledger = MonthlyMinutes.ledger
        meets = _of_posts(known, _MEETS, held)
        return self.desk.blank(ledger) | {
            "held_on": held,
            "chair": next((one.id for one in meets if one["post"] == Post.PRINCIPAL), None),
            "attendees": "、".join(one.text("name") for one in meets) or None,
            "recorder": next((one.id for one in _of_posts(known, _REPORTS, held)), None),
            "days_due": day_count.due,
            "days_checked": day_count.checked,
            "weeks_due": week_count.due,
            "weeks_reported": week_count.checked,
            "problems": len(found),
            "fixed": sum(1 for one in found if not one.open_on(held)),
            "report": _fitting(ledger, "report", "\n".join(part for part in (told, by_week) if part)),
            "measures": _fitting(ledger, "measures", told_open([*carried, *found], held)),
            "next_steps": _fitting(ledger, "next_steps", told_next([*carried, *found], held)) or None,
        }


def _of_canteen(checklist: Entry | None) -> bool:
    return checklist is not None and checklist["area"] == HazardCategory.CANTEEN


def _daily(known: _Known) -> list[date]:
    """The days on which the daily control was done."""
    return [one["checked_on"] for one in known.checks if _is_daily(known.lists[one["checklist"]])]


def _is_daily(checklist: Entry) -> bool:
    return bool(checklist["cycle"] == CheckCycle.DAILY and checklist["form"] == DAILY_FORM)


def _problems(known: _Known) -> list[Problem]:
    """What the checks found, item by item, and the canteen's other hazards, in the order of their days."""
    named = {one["hazard"] for one in known.checks if one["hazard"] is not None}
    found = [problem for check in known.checks for problem in _of_check(known, check)]
    found += [
        _of_hazard(hazard, str(hazard["description"]))
        for hazard in known.hazards.values()
        if hazard["category"] == HazardCategory.CANTEEN and hazard.id not in named
    ]
    return sorted(found, key=lambda one: (one.found_on, one.number))


def _of_check(known: _Known, check: Entry) -> Iterator[Problem]:
    wrong = abnormal_in(check["answers"])
    hazard = known.hazards.get(check["hazard"])
    done = put_right(check["answers"], check["spot_fix"])
    if hazard is not None and len(done) == len(wrong):
        done = frozenset()  # somebody chose a hazard by hand: it tells what became of them
    for label, answer in wrong.items():
        told = answer.note or (check.text("problem").removeprefix(f"{label}：") if len(wrong) == 1 else "")
        place = f"{check.text('place')} " if check.text("place") not in ("", "食堂") else ""
        what = f"{place}{label}：{told}" if told else f"{place}{label}不符合"
        if hazard is not None and label not in done:
            yield _of_hazard(hazard, what)._replace(found_on=check["checked_on"])
        else:
            fixed = check["checked_on"] if label in done else None
            how = check.text("spot_fix") if fixed else ""
            yield Problem(check["checked_on"], what, check.text("owner"), None, fixed, how)


def _of_hazard(hazard: Entry, what: str) -> Problem:
    return Problem(
        hazard["found_on"], what, hazard.text("owner"), hazard["due_on"], hazard["closed_on"],
        hazard.text("action_taken"), hazard.text("hazard_no"),
    )  # fmt: skip


def _week_told(report: Entry) -> WeekTold:
    return WeekTold(report["week_from"], report["problems"], report["fixed"], report.text("rating"))


def _of_posts(known: _Known, posts: Sequence[Post], on: date) -> list[Entry]:
    """The people who hold these posts on a day, in the order of the posts."""
    there = [one for one in known.staff if one["left_on"] is None or one["left_on"] >= on]
    return [one for post in posts for one in there if one["post"] == post]


def _principal(known: _Known) -> str | None:
    name = known.school.text("principal") if known.school is not None else ""
    return f"校长 {name}" if name else None


def _fitting(ledger: Ledger, key: str, told: str) -> str:
    """A text cut where its field ends, saying so."""
    most = getattr(ledger.field(key).kind, "max_chars", len(told))
    return told if len(told) <= most else f"{told[: most - len(_CUT)].rstrip()}{_CUT}"
