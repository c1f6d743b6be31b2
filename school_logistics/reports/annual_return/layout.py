"""Where each line of a sheet stands in the workbook, so that a cross-check can name the cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from school_logistics.reports.annual_return.indicator import Figure, Sheet

COLUMNS = ("序号", "指标", "单位", "代码", "本期", "上期", "增减（%）", "数据来源", "备注")
VALUE, PREVIOUS, CHANGE, SOURCE, REMARK = "E", "F", "G", "H", "I"
HEADING_ROW = 3
FIRST_ROW = HEADING_ROW + 1


def rows(figures: Iterable[Figure]) -> Iterator[tuple[int, str | Figure]]:
    """Each row below the headings with what stands in it: a group's heading, or a figure."""
    row = FIRST_ROW
    heading = ""
    for figure in figures:
        if figure.heading and figure.heading != heading:
            heading = figure.heading
            yield row, heading
            row += 1
        yield row, figure
        row += 1


def cells(sheet: Sheet) -> dict[str, str]:
    """The cell of this year's figure for each code of a sheet."""
    return {what.code: f"{VALUE}{row}" for row, what in rows(sheet.figures) if not isinstance(what, str)}
