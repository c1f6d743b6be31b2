"""Checks by a list, a month at a glance: the wall calendar of an area, and the register with a column an item."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from school_logistics.models.inspections import Inspection
from school_logistics.reports.blocks import Block, Column, Line, Note, PageBreak, Signatures, Stamp, Title
from school_logistics.reports.checked_by_list import (
    Checks,
    Sheet,
    form_of_checks,
    items_on_day,
    measures_of,
)
from school_logistics.reports.form import Entry, Head, PrintedForm
from school_logistics.reports.matrix import Matrix, MatrixRow, upright
from school_logistics.reports.register import PaperColumn, column_of, grid_of, month_day, told
from school_logistics.rules.answers import ABNORMAL, Answer, abnormal_in, read_answers

_check = Inspection.ledger

# --- a month of marks -----------------------------------------------------------------------------


def matrix_of_marks(code: str, title: str, *, none: str, signers: tuple[str, ...], footer_note: str) -> PrintedForm:
    """The wall calendar of a list: items down, days across, and who was responsible for each day at the foot."""

    def compose(facts: Checks, head: Head) -> Iterator[Block]:
        for number, sheet in enumerate(facts.sheets):
            if number:
                yield PageBreak()
            yield Title(title, bookmark=sheet.place or sheet.checklist.text("name"))
            yield Line((("区域", sheet.place or sheet.checklist.text("name")), ("月份", str(head.month))))
            yield _month_of_marks(sheet).grid(head)
            yield from _foot(_put_right(sheet), signers)
        if not facts.sheets:
            yield Line((("区域", ""), ("月份", str(head.month))))
            yield Matrix(lead=_LEAD, rows=(), foot=_signing({}, {}), none=none, least=10, row_mm=_ROW_MM).grid(head)
            yield from _foot("", signers)

    return form_of_checks(code, title, none, compose, footer_note=footer_note, portrait=False)


_LEAD = (Column("项目", 26),)
_ROW_MM = 6.0
_ROWS_MM = 76.0
"""Room for the items above the signatures, so that an area has one page."""


def _month_of_marks(sheet: Sheet) -> Matrix:
    marks: dict[str, dict[int, str]] = {}
    persons: dict[int, str] = {}
    watchers: dict[int, str] = {}
    for check in sheet.checks:
        day, answers = check["checked_on"], read_answers(check["answers"] or "")
        for item in items_on_day(sheet, day):
            mark = answers.get(item["label"], Answer()).mark
            days = marks.setdefault(item["label"], {})
            days[day.day] = ABNORMAL if days.get(day.day) == ABNORMAL else mark
        persons[day.day] = check.text("inspector") or persons.get(day.day, "")
        watchers[day.day] = check.text("supervisor") or watchers.get(day.day, "")
    labels = dict.fromkeys(item["label"] for item in sheet.items)
    return Matrix(
        lead=_LEAD,
        rows=[MatrixRow((label,), marks.get(label, {})) for label in labels],
        foot=_signing(persons, watchers),
        row_mm=min(_ROW_MM, _ROWS_MM / max(1, len(labels))),
    )


def _signing(persons: Mapping[int, str], watchers: Mapping[int, str]) -> tuple[MatrixRow, ...]:
    return tuple(
        MatrixRow((label,), {day: upright(name) for day, name in names.items()})
        for label, names in (("负责人", persons), ("监督人", watchers))
    )


def _put_right(sheet: Sheet) -> str:
    """What was wrong on which day, and what became of it."""
    wrong = [check for check in sheet.checks if abnormal_in(check["answers"])]
    return "；".join(
        f"{check['checked_on'].day}日 {check.text('problem')}"
        + (f"（{measures}）" if (measures := measures_of(check)) else "")
        for check in wrong
    )


def _foot(wrong: str, signers: tuple[str, ...]) -> Iterator[Block]:
    yield Note("√ 已清洁消毒、符合要求　× 不符合　— 当日未使用。" + (f"异常及处理：{wrong}。" if wrong else ""))
    yield Signatures(signers)
    yield Stamp()


# --- a register of checks -------------------------------------------------------------------------


def register_of_checks(
    code: str, title: str, *, none: str, signers: tuple[str, ...], footer_note: str, item_mm: float = 14
) -> PrintedForm:
    """The form with a line a check and a column an item, as 附录F prints the cleaning of restrooms."""

    def compose(facts: Checks, _head: Head) -> Iterator[Block]:
        for number, sheet in enumerate(facts.sheets):
            if number:
                yield PageBreak()
                yield Title(title, bookmark=sheet.place)
            yield Line((("部位", sheet.place),))
            yield replace(grid_of(_columns(sheet, item_mm), sheet.checks, none=none, numbered=False), row_mm=_LINE_MM)
            yield from _below(signers)
        if not facts.sheets:
            yield Line((("部位", ""),))
            yield grid_of(_columns(facts.blank, item_mm), (), none=none, numbered=False)
            yield from _below(signers)

    return form_of_checks(code, title, none, compose, footer_note=footer_note, portrait=False)


_LINE_MM = 6.2
"""Height of a line, so that a month of school days has one page."""


def _below(signers: tuple[str, ...]) -> Iterator[Block]:
    yield Note("√ 洁净、正常　× 不洁、异常　— 没有此项。")
    yield Signatures(signers)
    yield Stamp()


def _columns(sheet: Sheet | None, item_mm: float) -> tuple[PaperColumn, ...]:
    items = list({item["label"]: item for item in sheet.items}.values()) if sheet is not None else []
    return (
        PaperColumn(heading="日期", mm=14, text=month_day("checked_on"), fields=("checked_on",), align="center"),
        column_of(_check, "checked_at", heading="时间", mm=12, align="center"),
        *(
            PaperColumn(heading=item["label"], mm=item_mm, text=_mark(item), fields=("answers",), align="center")
            for item in items
        ),
        column_of(_check, "inspector", heading="记录人", mm=18, align="center", wrap=False),
        PaperColumn(heading="备注", mm=40, text=_remark, fields=("problem", "remark")),
    )


def _mark(item: Entry) -> Callable[[Entry], str]:
    def mark(check: Entry) -> str:
        day: date = check["checked_on"]
        if day < item["valid_from"] or (item["valid_to"] is not None and day > item["valid_to"]):
            return ""
        return read_answers(check["answers"] or "").get(item["label"], Answer()).mark

    return mark


def _remark(check: Entry) -> str:
    return told(check.text("problem"), measures_of(check), check.text("remark"), between="；")
