"""What to look at once more before a month's forms are printed: told beside what is missing, but no gap.

Readings that never change, records on days without school where only school days are asked, and records in which one
person signed in every place. Which fields are readings follows from their kinds and units.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from school_logistics.models.duties import OfFile, When
from school_logistics.reports.form import Per
from school_logistics.rules.doubts import Reading, all_by_one, same_readings, shown_days, time_read
from school_logistics.services.missing import Missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.reports.form import Entry, PrintedForm
    from school_logistics.rules.book import RuleBook
    from school_logistics.rules.calendar import Month, SchoolCalendar
    from school_logistics.services.entries import Entries

_CLOCKS = frozenset({"time", "span", "moment"})
_MEASURES = frozenset({"amount", "count"})
_PEOPLE = "staff"


def doubts(
    forms: Sequence[PrintedForm], entries: Entries, month: Month, book: RuleBook, calendar: SchoolCalendar
) -> list[Missing]:
    """What to look at once more, in the order of the forms; each ledger is asked once."""
    found: list[Missing] = []
    told: set[str] = set()
    for form in forms:
        ledger = form.ledger
        if ledger.key in told or form.per is not Per.MONTH or not ledger.happened:
            continue
        told.add(ledger.key)
        rows = entries.entries(ledger, month)
        asked = (
            _unchanging(ledger, rows, month, book),
            _on_closed_days(ledger, rows, calendar),
            _by_one_hand(ledger, rows),
        )
        found += [one._replace(form=form.code, form_title=form.title) for some in asked for one in some]
    return found


def _unchanging(ledger: Ledger, rows: Sequence[Entry], month: Month, book: RuleBook) -> Iterator[Missing]:
    least = book.whole("doubt.same_days", month.last)
    units = frozenset(book.words("doubt.units", month.last))
    apart = list(_apart(ledger, rows))
    for field in (one for one in ledger.fields if _is_reading(one, units)):
        for label, group in apart:
            readings = (Reading(_day(ledger, one), time_read(one[field.key]), one.id) for one in group)
            for run in same_readings(readings, least):
                shown = f"{run.value:%H:%M}" if field.kind.name == "moment" else field.kind.show(run.value)
                told = f"{shown} {field.unit}".strip()
                why = f"{field.label}连续 {run.days} 天都是 {told}，看一看是不是照抄"
                yield _doubt(
                    ledger, run.record, field.key, why, when=f"{run.first:%m-%d}～{run.last:%m-%d}", title=label
                )


def _is_reading(field: Field, units: frozenset[str]) -> bool:
    """Whether a value is read off an instrument or a clock each time anew."""
    if field.computed or not field.writable:
        return False
    return field.kind.name in _CLOCKS or (field.kind.name in _MEASURES and field.unit in units)


def _apart(ledger: Ledger, rows: Sequence[Entry]) -> Iterable[tuple[str, list[Entry]]]:
    """The records by what they are of: each fridge, each bus by itself; all together where a duty names no file."""
    by = next((duty.rows.field for duty in ledger.duties if isinstance(duty.rows, OfFile)), "")
    groups: dict[str, list[Entry]] = defaultdict(list)
    for one in rows:
        groups[one.text(by) if by else ""].append(one)
    return groups.items()


def _on_closed_days(ledger: Ledger, rows: Sequence[Entry], calendar: SchoolCalendar) -> Iterator[Missing]:
    """Records on days without school, where school days are what is asked for."""
    if not any(duty.when is When.SCHOOL_DAY for duty in ledger.duties):
        return
    closed = [one for one in rows if calendar.why_closed(_day(ledger, one))]
    if closed:
        days = {_day(ledger, one) for one in closed}
        whys = "、".join(dict.fromkeys(calendar.why_closed(day) for day in sorted(days)))
        why = f"{len(closed)} 条记在没有上课的日子（{whys}），看一看日期"
        yield _doubt(ledger, closed[0].id, ledger.happened, why, when=shown_days(days))


def _by_one_hand(ledger: Ledger, rows: Sequence[Entry]) -> Iterator[Missing]:
    """Records whose places to sign, two at least, all name one person."""
    places = [one for one in ledger.fields if one.target == _PEOPLE or one.signs]
    found = [one for one in rows if all_by_one([one.text(field.key) or None for field in places])]
    if not found:
        return
    signed = [field for field in places if found[0].text(field.key)]
    names = {one.text(signed[0].key) for one in found}
    labels, who = "、".join(field.label for field in signed), names.pop() if len(names) == 1 else "同一个人"
    why = f"{len(found)} 条的{labels}都是{who}，看一看是不是本人签的"
    yield _doubt(ledger, found[0].id, signed[0].key, why, when=shown_days(_day(ledger, one) for one in found))


def _doubt(ledger: Ledger, one: int, field: str, why: str, *, when: str, title: str = "") -> Missing:
    return Missing("", "", ledger.key, one, field, when, title, why, "", "", look=True)


def _day(ledger: Ledger, entry: Entry) -> date:
    happened: date | datetime = entry[ledger.happened]
    return happened.date() if isinstance(happened, datetime) else happened
