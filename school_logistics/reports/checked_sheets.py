"""Checks by a list, a sheet each: every item with its result, or with its points and the verdict below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from school_logistics.reports.blocks import Block, Column, Grid, Line, Note, PageBreak, Signatures, Stamp, Title
from school_logistics.reports.checked_by_list import (
    Checks,
    Sheet,
    day_in_words,
    form_of_checks,
    found_at,
    items_on_day,
    measures_of,
)
from school_logistics.reports.form import Entry, Head, PrintedForm
from school_logistics.rules.answers import ABNORMAL, NOT_APPLICABLE, Answer, abnormal_in, points, read_answers
from school_logistics.rules.inspections import lost_by, words_of

NOTHING_WRONG = "未发现问题（零风险报告）"


# --- a sheet a check ------------------------------------------------------------------------------


def sheets_of(code: str, title: str, *, none: str, signers: tuple[str, ...], footer_note: str) -> PrintedForm:
    """The form with a page for each check: every item with its result, what was found and what was done."""

    def compose(facts: Checks, _head: Head) -> Iterator[Block]:
        pages = [(check, sheet) for sheet in facts.sheets for check in sheet.checks]
        for number, (check, sheet) in enumerate(pages):
            if number:
                yield PageBreak()
            yield Title(title, bookmark=check.text("checked_on"))
            yield from _one_check(check, sheet)
            yield Signatures(signers)
            yield Stamp()
        if not pages:
            yield Line((("检查日期", ""), ("检查人", "")))
            yield _sheet_grid([(none,), *_to_write_on(facts.blank)])
            yield Signatures(signers)
            yield Stamp()

    return form_of_checks(code, title, none, compose, footer_note=footer_note)


_SHEET_COLUMNS = (
    Column("检查项目", 16, "center"),
    Column("序号", 9, "center", wrap=False),
    Column("检查内容", 80),
    Column("检查结果", 13, "center", wrap=False),
    Column("不符合项说明", 34),
    Column("不符合采取的防范措施", 36),
)


def _one_check(check: Entry, sheet: Sheet) -> Iterator[Block]:
    answers = read_answers(check["answers"] or "")
    wrong = abnormal_in(check["answers"])
    words = words_of(sheet.checklist["style"])
    yield Line(
        (
            ("检查日期", day_in_words(check["checked_on"])),
            ("检查部位", sheet.place),
            ("检查人", check.text("inspector")),
            ("检查情况", f"{len(wrong)} 项{words[ABNORMAL]}" if wrong else NOTHING_WRONG),
        )
    )
    rows = []
    for item, asked in _asked(items_on_day(sheet, check["checked_on"])):
        answer = answers.get(item["label"], Answer())
        abnormal = answer.mark == ABNORMAL
        found = (found_at(check, answer, wrong), measures_of(check, item["label"])) if abnormal else ("", "")
        rows.append((*asked, words[answer.mark], *found))
    yield _sheet_grid(rows)
    yield Note("带 * 的为重点项。" + ("" if wrong else "没有问题也要记录。"))


def _sheet_grid(rows: Sequence[tuple[str, ...]]) -> Grid:
    return Grid(_SHEET_COLUMNS, rows, blank_to_page=False, row_mm=6.2)


def _asked(items: Sequence[Entry]) -> Iterator[tuple[Entry, tuple[str, str, str]]]:
    """Each item with what the form says of it: its part where a new one begins, its number, what is looked at."""
    part = ""
    for number, item in enumerate(items, start=1):
        heading = item.text("part") if item.text("part") != part else ""
        part = item.text("part")
        yield item, (heading, f"{'*' if item['key_item'] else ''}{number}", _what(item))


def _what(item: Entry) -> str:
    return f"{item['label']}：{item['detail']}" if item["detail"] else str(item["label"])


def _to_write_on(sheet: Sheet | None) -> Iterator[tuple[str, ...]]:
    for _item, asked in _asked(sheet.items if sheet is not None else ()):
        yield (*asked, "", "", "")


# --- scored ---------------------------------------------------------------------------------------


def scored_of(code: str, title: str, *, none: str, signers: tuple[str, ...], footer_note: str) -> PrintedForm:
    """The form of a check with points: what each item is worth, what it lost, and the verdict below."""

    def compose(facts: Checks, _head: Head) -> Iterator[Block]:
        pages = [(check, sheet) for sheet in facts.sheets for check in sheet.checks]
        for number, (check, sheet) in enumerate(pages):
            if number:
                yield PageBreak()
                yield Title(title, bookmark=check.text("checked_on"))
            yield from _about_school(facts.school, check)
            yield _points(check, sheet)
            yield _verdict(check, sheet)
            yield Signatures(signers)
            yield Stamp()
        if not pages:
            yield from _about_school(facts.school, None)
            yield _score_grid([(none,), *_scores_to_write(facts.blank)])
            yield Signatures(signers)
            yield Stamp()

    return form_of_checks(code, title, none, compose, footer_note=footer_note)


_SCORE_COLUMNS = (
    Column("序号", 8, "center", wrap=False),
    Column("检查项目", 25),
    Column("检查内容", 56),
    Column("分值", 9, "center", wrap=False),
    Column("评分标准（扣分）", 38),
    Column("扣分", 9, "center", wrap=False),
    Column("得分", 9, "center", wrap=False),
    Column("存在问题", 36),
)


def _about_school(school: Entry | None, check: Entry | None) -> Iterator[Line]:
    def of(key: str) -> str:
        return school.text(key) if school is not None else ""

    yield Line((("食堂地址", of("address")), ("供餐形式", of("meal_service")), ("联系电话", of("phone"))))
    day = day_in_words(check["checked_on"]) if check is not None else ""
    yield Line(
        (("学校负责人", of("principal")), ("检查时间", day), ("检查人", check.text("inspector") if check else ""))
    )


class _Scored(NamedTuple):
    """An item as scoring sees it."""

    label: str
    points: Decimal | None
    veto: bool | None


def _points(check: Entry, sheet: Sheet) -> Grid:
    answers, wrong = read_answers(check["answers"] or ""), abnormal_in(check["answers"])
    rows: list[tuple[str, ...]] = []
    full = gone = Decimal(0)
    for item, asked in _asked_for_points(items_on_day(sheet, check["checked_on"])):
        answer = answers.get(item["label"], Answer())
        worth: Decimal | None = item["points"]
        lost = lost_by(_Scored(item["label"], worth, item["veto"]), answer)
        full, gone = full + (worth or 0), gone + lost
        got = _veto_word(answer) if worth is None else _told(worth - lost)
        shown = "不适用" if answer.mark == NOT_APPLICABLE else got
        found = found_at(check, answer, wrong) if answer.mark == ABNORMAL else ""
        rows.append((*asked, points(lost) if lost else "", shown, found))
    rows.append(("", "合计", "", points(full), "", points(gone), _told(check["score"]), ""))
    return _score_grid(rows, frozenset({len(rows) - 1}))


def _score_grid(rows: Sequence[tuple[str, ...]], bold: frozenset[int] = frozenset()) -> Grid:
    return Grid(_SCORE_COLUMNS, rows, blank_to_page=False, row_mm=5.0, bold=bold)


def _asked_for_points(items: Sequence[Entry]) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """Each item with what the form says of it: number, part, what is looked at, what it is worth, what costs points."""
    for number, (item, (part, _, what)) in enumerate(_asked(items), start=1):
        worth = "否决" if item["veto"] else _told(item["points"])
        yield item, (str(number), part, what, worth, item.text("deduction"))


def _scores_to_write(sheet: Sheet | None) -> Iterator[tuple[str, ...]]:
    for _item, asked in _asked_for_points(sheet.items if sheet is not None else ()):
        yield (*asked, "", "", "")


def _told(value: Decimal | None) -> str:
    return "" if value is None else points(value)


def _veto_word(answer: Answer) -> str:
    return "有" if answer.mark == ABNORMAL else "无"


def _verdict(check: Entry, sheet: Sheet) -> Line:
    vetoes = {one["label"] for one in sheet.items if one["veto"]} & abnormal_in(check["answers"]).keys()
    passing = sheet.checklist["pass_score"]
    parts = [("得分", f"{_told(check['score'])} 分"), ("合格分数", f"{_told(passing)} 分" if passing else "—")]
    parts += [("否决项", "、".join(sorted(vetoes)) or "无"), ("结论", check.text("conclusion"))]
    parts += [("整改", measures)] if (measures := measures_of(check)) else []
    return Line(tuple(parts))
