"""R20: what the cross-checks found, worst first, and how to fill the return in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from school_logistics.reports.annual_return.indicator import CrossCheck, Verdict
from school_logistics.reports.annual_return.layout import HEADING_ROW
from school_logistics.reports.workbook import look

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from school_logistics.reports.workbook.returns import Head

_COLUMNS = {"A": ("规则号", 10), "B": ("表", 7), "C": ("单元格", 9), "D": ("现值", 18), "E": ("应值", 22),
            "F": ("级别", 9), "G": ("说明", 82)}  # fmt: skip
_COLORS = {
    Verdict.WRONG.value: look.BAD,
    Verdict.WANTS_A_WORD.value: look.WARN,
    Verdict.UNFILLED.value: look.QUIET,
    Verdict.RIGHT.value: look.INK,
}
_HOW = (
    "填报说明",
    "一、时点数取报告日的台账，报告期没有结束的取今天；时期数按发生日期落在报告期内的记录相加。",
    "二、比率由分子、分母重新计算，不取各班各月的平均；金额到分，万元由元换算。",
    "三、增减（%）＝（本期 − 上期）÷ 上期 × 100；超过 {deviation}% 的请在备注写明原因。",
    "四、“未填”表示台账里没有这一期的记录，不等于 0：没有的填 0，不适用的留空并在备注写明。",
    "五、黄色格手工填写，其余由台账汇总；每个数的来历见“数据来源”栏和“出处”表。",
    "六、不平的先改台账再导出一次，不在本表改数。",
)


def write_verdicts(page: Worksheet, head: Head, title: str, checks: Sequence[CrossCheck]) -> None:
    """Lay out the checks; the sheet is there to be read, so it is protected, without a password."""
    page["A1"] = f"{page.title}　{title}"
    page.merge_cells("A1:G1")
    page["A1"].font, page["A1"].alignment = look.font(16, bold=True), look.place("center")
    page.row_dimensions[1].height = 30
    page["A2"] = _summary(checks)
    page["A2"].font, page["A2"].alignment = look.font(color=look.QUIET), look.place(wrap=False)
    for column, (heading, _) in _COLUMNS.items():
        page[f"{column}{HEADING_ROW}"] = heading
        look.dress(page[f"{column}{HEADING_ROW}"], bold=True, where="center", back=look.HEAD)
    row = HEADING_ROW
    for row, check in enumerate(checks, start=HEADING_ROW + 1):
        _check(page, row, check)
    for number, words in enumerate(_HOW, start=row + 2):
        page[f"A{number}"] = words.format(deviation=head.deviation)
        page[f"A{number}"].font = look.font(bold=number == row + 2)
        page[f"A{number}"].alignment = look.place(wrap=False)
    widths = {column: float(width) for column, (_, width) in _COLUMNS.items()}
    look.set_up(page, widths, titles=f"1:{HEADING_ROW}", footer=f"{head.word('name')}　{head.period}后勤年报")
    page.freeze_panes = f"A{HEADING_ROW + 1}"
    page.auto_filter.ref = f"A{HEADING_ROW}:G{max(row, HEADING_ROW + 1)}"
    page.protection.sheet = True
    page.protection.autoFilter = False
    page.protection.formatColumns = False


def _check(page: Worksheet, row: int, check: CrossCheck) -> None:
    told = (check.number, check.sheet, check.cell, check.now, check.should, check.level, check.sentence)
    for column, words in zip(_COLUMNS, told, strict=True):
        cell = page[f"{column}{row}"]
        cell.value, cell.number_format = words, "@"
        look.dress(cell, where="center" if column in "BCF" else "left")
    level = page[f"F{row}"]
    level.font = look.font(bold=check.level == Verdict.WRONG, color=_COLORS.get(check.level, look.INK))
    look.lead(page[f"C{row}"], check.sheet, check.cell)


def _summary(checks: Sequence[CrossCheck]) -> str:
    many = {verdict: sum(1 for check in checks if check.level == verdict) for verdict in Verdict}
    told = "，".join(f"{verdict} {count} 条" for verdict, count in many.items() if count)
    return f"核对 {len(checks)} 条：{told}" if checks else "没有可核对的数。"
