"""Checks on paper, in the three shapes the bureau prints them: a sheet a check, a scored sheet, a month of marks.

Which lists stand on a form is said by the lists themselves (检查表·打印表样), so that a new list, or next year's of the
bureau, prints without a new form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from school_logistics.models.checklists import CheckItem, Checklist
from school_logistics.models.inspections import Inspection
from school_logistics.models.office import School
from school_logistics.reports.blocks import Block, Column, Grid, Line, Note, PageBreak, Signatures, Stamp, Title
from school_logistics.reports.checked import in_force
from school_logistics.reports.form import Entry, Head, PrintedForm, Source
from school_logistics.reports.matrix import Matrix, MatrixRow, upright
from school_logistics.reports.register import PaperColumn, column_of, grid_of, month_day, told
from school_logistics.rules.answers import ABNORMAL, NORMAL, NOT_APPLICABLE, Answer, abnormal_in, points, read_answers
from school_logistics.rules.calendar import Month
from school_logistics.rules.inspections import lost_by, words_of

_check, _item, _list = Inspection.ledger, CheckItem.ledger, Checklist.ledger
_WEEKDAYS = "一二三四五六日"
_MARKS = {NORMAL: "√", ABNORMAL: "×", NOT_APPLICABLE: "—"}
NOTHING_WRONG = "未发现问题（零风险报告）"


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


def _items_on(sheet: Sheet, day: date) -> list[Entry]:
    """The items in force on a day: an old check is printed as it was."""
    return [
        one for one in sheet.items if one["valid_from"] <= day and (one["valid_to"] is None or one["valid_to"] >= day)
    ]


def _form(
    code: str, title: str, none: str, compose: Callable[[Checks, Head], Iterable[Block]], *, footer_note: str,
    portrait: bool = True,
) -> PrintedForm:  # fmt: skip
    return PrintedForm(
        code=code, title=title, group=_check.group, ledgers=(_check, _list, _item, School.ledger),
        gather=_gathering(code), compose=compose, none=none, edition="2024 版", footer_note=footer_note,
        orientation="portrait" if portrait else "landscape",
    )  # fmt: skip


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日 星期{_WEEKDAYS[day.weekday()]}"


# --- a sheet a check --------------------------------------------------------------------------------


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

    return _form(code, title, none, compose, footer_note=footer_note)


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
            ("检查日期", _day(check["checked_on"])),
            ("检查部位", sheet.place),
            ("检查人", check.text("inspector")),
            ("检查情况", f"{len(wrong)} 项{words[ABNORMAL]}" if wrong else NOTHING_WRONG),
        )
    )
    measures = _measures(check)
    rows = []
    for item, asked in _asked(_items_on(sheet, check["checked_on"])):
        answer = answers.get(item["label"], Answer())
        found = (_found(check, answer, wrong), measures) if answer.mark == ABNORMAL else ("", "")
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


def _found(check: Entry, answer: Answer, wrong: Mapping[str, Answer]) -> str:
    """What was found at an item; what is told of the check as a whole stands at its only wrong item."""
    return answer.note or (check.text("problem") if len(wrong) == 1 else "")


def _measures(check: Entry) -> str:
    """What was done about what was found: at once, or until its hazard is put right."""
    at_once, number = check.text("spot_fix"), check.text("hazard")
    return told(f"当场整改：{at_once}" if at_once else "", check.text("action_taken"),
                f"已登记隐患 {number}" if number else "", between="；")  # fmt: skip


# --- scored -----------------------------------------------------------------------------------------


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

    return _form(code, title, none, compose, footer_note=footer_note)


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
    day = _day(check["checked_on"]) if check is not None else ""
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
    for item, asked in _asked_for_points(_items_on(sheet, check["checked_on"])):
        answer = answers.get(item["label"], Answer())
        worth: Decimal | None = item["points"]
        lost = lost_by(_Scored(item["label"], worth, item["veto"]), answer)
        full, gone = full + (worth or 0), gone + lost
        got = _veto_word(answer) if worth is None else _told(worth - lost)
        shown = "不适用" if answer.mark == NOT_APPLICABLE else got
        found = _found(check, answer, wrong) if answer.mark == ABNORMAL else ""
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
    parts += [("整改", measures)] if (measures := _measures(check)) else []
    return Line(tuple(parts))


# --- a month of marks -------------------------------------------------------------------------------


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

    return _form(code, title, none, compose, footer_note=footer_note, portrait=False)


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
        for item in _items_on(sheet, day):
            mark = _MARKS[answers.get(item["label"], Answer()).mark]
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
        + (f"（{measures}）" if (measures := _measures(check)) else "")
        for check in wrong
    )


def _foot(wrong: str, signers: tuple[str, ...]) -> Iterator[Block]:
    yield Note("√ 已清洁消毒、符合要求　× 不符合　— 当日未使用。" + (f"异常及处理：{wrong}。" if wrong else ""))
    yield Signatures(signers)
    yield Stamp()


# --- a register of checks ---------------------------------------------------------------------------


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

    return _form(code, title, none, compose, footer_note=footer_note, portrait=False)


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
        return _MARKS[read_answers(check["answers"] or "").get(item["label"], Answer()).mark]

    return mark


def _remark(check: Entry) -> str:
    return told(check.text("problem"), _measures(check), check.text("remark"), between="；")
