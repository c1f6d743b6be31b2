"""Checks by a list on their way to paper: the month's checks of one form, list by list and place by place.

Which lists stand on a form is said by the lists themselves (检查表·打印表样), so that a new list, or next year's of the
bureau, prints without a new form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from school_logistics.models.checklists import CheckItem, Checklist
from school_logistics.models.inspections import Inspection
from school_logistics.models.office import School
from school_logistics.reports.blocks import Block
from school_logistics.reports.checked import in_force
from school_logistics.reports.form import Entry, Head, PrintedForm, Source
from school_logistics.reports.register import told
from school_logistics.rules.answers import Answer, abnormal_in
from school_logistics.rules.calendar import Month
from school_logistics.rules.inspections import put_right

_check, _item, _list = Inspection.ledger, CheckItem.ledger, Checklist.ledger
_WEEKDAYS = "一二三四五六日"


class Sheet(NamedTuple):
    """What stands together: a list at a place, its items, and the checks made by it."""

    checklist: Entry
    place: str
    items: Sequence[Entry]
    checks: Sequence[Entry]


class Checks(NamedTuple):
    """The checks of a month by the lists of one form."""

    rows: Sequence[Entry]
    sheets: Sequence[Sheet]
    blank: Sheet | None
    """The first list of the form without a check, to print an empty form that can be written on."""
    school: Entry | None


def _gathering(form: str) -> Callable[[Source, Month], Checks]:
    """Read the month's checks by the lists that are printed on a form, list by list and place by place."""

    def gather(source: Source, month: Month) -> Checks:
        lists = [one for one in source.entries(_list) if one["form"] == form]
        items = sorted(source.entries(_item), key=lambda one: (one["position"] or 0, one.id))
        made = source.entries(_check, month)
        sheets: list[Sheet] = []
        blank: Sheet | None = None
        for one in sorted(lists, key=lambda one: one.id):
            mine = sorted((check for check in made if check["checklist"] == one.id), key=_when)
            own = [item for item in items if item["checklist"] == one.id and in_force(item, month)]
            blank = blank or Sheet(one, one.text("place"), own, ())
            by_place = groupby(sorted(mine, key=lambda check: check.text("place")), lambda check: check.text("place"))
            sheets += [Sheet(one, place, own, list(checks)) for place, checks in by_place]
        school = next(iter(source.entries(School.ledger)), None)
        return Checks([check for sheet in sheets for check in sheet.checks], sheets, blank, school)

    return gather


def _when(check: Entry) -> tuple[date, str, int]:
    return check["checked_on"], check.text("checked_at"), check.id


def items_on_day(sheet: Sheet, day: date) -> list[Entry]:
    """The items in force on a day: an old check is printed as it was."""
    return [
        one for one in sheet.items if one["valid_from"] <= day and (one["valid_to"] is None or one["valid_to"] >= day)
    ]


def form_of_checks(
    code: str, title: str, none: str, compose: Callable[[Checks, Head], Iterable[Block]], *, footer_note: str,
    portrait: bool = True,
) -> PrintedForm:  # fmt: skip
    """A form of checks: the lists that name its code, with what `compose` makes of the month's checks."""
    return PrintedForm(
        code=code, title=title, group=_check.group, ledgers=(_check, _list, _item, School.ledger),
        gather=_gathering(code), compose=compose, none=none, edition="2024 版", footer_note=footer_note,
        orientation="portrait" if portrait else "landscape",
    )  # fmt: skip


def day_in_words(day: date) -> str:
    """2026年10月14日 星期三."""
    return f"{day.year}年{day.month}月{day.day}日 星期{_WEEKDAYS[day.weekday()]}"


def found_at(check: Entry, answer: Answer, wrong: Mapping[str, Answer]) -> str:
    """What was found at an item; what is told of the check as a whole stands at its only wrong item."""
    return answer.note or (check.text("problem") if len(wrong) == 1 else "")


def measures_of(check: Entry, item: str = "") -> str:
    """What was done about what was found: at once, or until its hazard is put right; of the whole check, or an item."""
    wrong, done = abnormal_in(check["answers"]), put_right(check["answers"], check["spot_fix"])
    parted = bool(item) and 0 < len(done) < len(wrong)
    at_once = "" if parted and item not in done else check.text("spot_fix")
    later = not parted or item not in done
    number = check.text("hazard") if later else ""
    return told(f"当场整改：{at_once}" if at_once else "", check.text("action_taken") if later else "",
                f"已登记隐患 {number}" if number else "", between="；")  # fmt: skip
