"""Checks on paper: one column for each item that was in force in the month, one mark for each check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from school_logistics.models.checklists import CheckItem
from school_logistics.reports.form import Entry, Source
from school_logistics.reports.register import PaperColumn
from school_logistics.rules.answers import Answer, read_answers
from school_logistics.rules.calendar import Month, Stretch

KEY_ITEM = "★"
_FIRST_CIRCLED = ord("①")
_CIRCLED = 20


def items_in(source: Source, checklist: str, month: Month) -> list[Entry]:
    """The items of a list that were in force on any day of a month, in order, each label once."""
    items = [
        item
        for item in source.entries(CheckItem.ledger)
        if item.text("checklist") == checklist and in_force(item, month)
    ]
    ordered = sorted(items, key=lambda item: (item["position"], item.id))
    return list({item["label"]: item for item in ordered}.values())


def in_force(item: Entry, stretch: Stretch) -> bool:
    """Whether an item was in force on any day of a stretch."""
    ends: date | None = item["valid_to"]
    return bool(item["valid_from"] <= stretch.last) and (ends is None or ends >= stretch.first)


def item_columns(
    items: Sequence[Entry], *, answers: str, happened: str, mm: float, heading: Callable[[int, Entry], str]
) -> tuple[PaperColumn, ...]:
    """A column for each item; `answers` and `happened` are the fields of the check."""
    return tuple(
        PaperColumn(
            heading=heading(number, item),
            mm=mm,
            text=_mark_of(item, answers, happened),
            fields=(answers,),
            align="center",
        )
        for number, item in enumerate(items, start=1)
    )


def _mark_of(item: Entry, answers: str, happened: str) -> Callable[[Entry], str]:
    """√, × or —; nothing where nothing was answered, or the item was not in force on that day."""
    label: str = item["label"]
    begins: date = item["valid_from"]
    ends: date | None = item["valid_to"]

    def mark(check: Entry) -> str:
        told, day = check[answers], check[happened]
        if not told or day < begins or (ends is not None and day > ends):
            return ""
        return read_answers(told).get(label, Answer()).mark

    return mark


def circled(number: int, item: Entry) -> str:
    """①位置: as the fire forms number their items."""
    sign = chr(_FIRST_CIRCLED + number - 1) if number <= _CIRCLED else f"{number}."
    return f"{sign}{item['label']}"


def starred(_number: int, item: Entry) -> str:
    """★ above 制动: an item that the law itself names."""
    return f"{KEY_ITEM}\n{item['label']}" if item["key_item"] else str(item["label"])
