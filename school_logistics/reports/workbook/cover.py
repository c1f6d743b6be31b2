"""The cover of the return: whose it is, for which period, who signs, and what is filled on each sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from school_logistics.reports.annual_return.indicator import CrossCheck, Sheet, Verdict
from school_logistics.reports.annual_return.sheets import CHECKS_SHEET
from school_logistics.reports.workbook import look

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from school_logistics.reports.workbook.returns import Head

_WIDTHS = {"A": 12, "B": 27, "C": 11, "D": 11, "E": 4, "F": 12, "G": 27, "H": 11, "I": 11}
_FACTS_ROW = 3
_LIST_ROW = 10
_HALF = 10


def write_cover(page: Worksheet, head: Head, sheets: Sequence[Sheet], checks: Sequence[CrossCheck]) -> None:
    """Lay out the cover."""
    page["A1"] = f"{head.period}学校后勤工作年报"
    page.merge_cells("A1:I1")
    page["A1"].font, page["A1"].alignment = look.font(22, bold=True, color=look.ACCENT), look.place("center")
    page.row_dimensions[1].height = 48
    _facts(page, head)
    _list(page, sheets, checks)
    _signatures(page, head, _LIST_ROW + _HALF + 2)
    look.set_up(page, _WIDTHS, titles="", footer=f"{head.word('name')}　{head.period}后勤年报")
    page.print_area = f"A1:I{_LIST_ROW + _HALF + 5}"


def _facts(page: Worksheet, head: Head) -> None:
    """Two columns of facts, label and value."""
    facts = (
        ("学校名称", head.word("name")), ("学校代码", head.word("code")),
        ("办学类型", head.word("stage")), ("学制", head.word("system")),
        ("主管部门", head.word("bureau")), ("联系电话", head.word("phone")),
        ("报告期", f"{head.first} 至 {head.last}"), ("时点数截至", head.reported_on),
        ("填表人", head.word("clerk")), ("报出日期", head.written.date()),
    )  # fmt: skip
    for number, (label, value) in enumerate(facts):
        row = _FACTS_ROW + number // 2
        first, second, last = ("A", "B", "D") if number % 2 == 0 else ("F", "G", "I")
        page[f"{first}{row}"], page[f"{second}{row}"] = label, value
        page.merge_cells(f"{second}{row}:{last}{row}")
        for column in ("A", "B", "C", "D") if first == "A" else ("F", "G", "H", "I"):
            look.dress(page[f"{column}{row}"], size=11)
        page[f"{first}{row}"].font = look.font(10, color=look.QUIET)
        page[f"{first}{row}"].alignment = look.place("center", wrap=False, shrink=True)
        page[f"{second}{row}"].number_format = look.number_format(value)
        page.row_dimensions[row].height = 24


def _list(page: Worksheet, sheets: Sequence[Sheet], checks: Sequence[CrossCheck]) -> None:
    """The sheets with how much of each is filled; a click goes there."""
    for columns in (("A", "B", "C", "D"), ("F", "G", "H", "I")):
        for column, heading in zip(columns, ("表号", "名称", "已填", "未填"), strict=True):
            page[f"{column}{_LIST_ROW - 1}"] = heading
            look.dress(page[f"{column}{_LIST_ROW - 1}"], bold=True, where="center", back=look.HEAD)
    for number, sheet in enumerate(sheets):
        row = _LIST_ROW + number % _HALF
        columns = ("A", "B", "C", "D") if number < _HALF else ("F", "G", "H", "I")
        filled = sum(1 for figure in sheet.figures if figure.filled)
        told: tuple[object, ...] = (sheet.code, sheet.title, filled, len(sheet.figures) - filled)
        if sheet.code == CHECKS_SHEET:
            told = (sheet.code, sheet.title, *_verdict_words(checks))
        for column, value in zip(columns, told, strict=True):
            page[f"{column}{row}"] = value
            look.dress(page[f"{column}{row}"], where="left" if column in "BG" else "center")
        look.lead(page[f"{columns[1]}{row}"], sheet.code, "A1")
        page.row_dimensions[row].height = 20


def _verdict_words(checks: Sequence[CrossCheck]) -> tuple[str, str]:
    """How many checks came out right, how many did not."""
    right = sum(1 for check in checks if check.level == Verdict.RIGHT)
    wrong = sum(1 for check in checks if check.level == Verdict.WRONG)
    return f"相符 {right}", f"不平 {wrong}"


def _signatures(page: Worksheet, head: Head, row: int) -> None:
    """Who signs, and where the stamp goes."""
    words = (
        ("A", f"单位负责人（签字）：{head.word('principal')}"),
        ("C", f"审核人（签字）：{head.word('director')}"),
        ("G", f"填表人（签字）：{head.word('clerk')}"),
    )
    for column, told in words:
        page[f"{column}{row}"] = told
        page[f"{column}{row}"].font, page[f"{column}{row}"].alignment = look.font(11), look.place(wrap=False)
    page[f"G{row + 2}"] = "（盖章）　　　　年　　月　　日"
    page[f"G{row + 2}"].font, page[f"G{row + 2}"].alignment = look.font(11, color=look.QUIET), look.place(wrap=False)
    page[f"A{row + 2}"] = "黄色格手工填写；“未填”不等于 0，没有的填 0，不适用的留空并在备注写明。"
    page[f"A{row + 2}"].font, page[f"A{row + 2}"].alignment = look.font(9, color=look.QUIET), look.place(wrap=False)
    for one in (row, row + 2):
        page.row_dimensions[one].height = 26
