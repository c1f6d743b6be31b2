"""What an import objected to, as a workbook to hand to whoever keeps the original: one line a cell."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from school_logistics.errors import FileTrouble, Unreadable
from school_logistics.models.checks import Level
from school_logistics.services import sheets
from school_logistics.services.printing import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from school_logistics.services.import_plan import CellObjection, ImportPlan
    from school_logistics.services.reading.grid import Cell

LEVELS = {Level.REFUSED: "要改", Level.GAP: "缺项", Level.WARNING: "提醒"}
"""What a clerk calls the three levels: not taken, taken and still missing, look again."""
_HEADINGS = ("工作表", "单元格", "行号", "怎么样", "原表写的", "问题", "依据")
_WIDTHS = (16, 9, 7, 8, 24, 60, 30)
_HEADING_ROW = 2


def in_order(plan: ImportPlan) -> tuple[CellObjection, ...]:
    """Every objection: what must be mended first, then what should be looked at, then what is missing."""
    return (*plan.refused, *plan.warnings, *plan.gaps)


def written_in(plan: ImportPlan, one: CellObjection) -> str:
    """What the file has in the cell that is objected to, in words."""
    if one.row < 0:
        return ""
    return written(plan.rows[one.row].written(one.field))


def written(cell: object) -> str:
    """A cell of the file in words; a number whose tail is lost is shown as the file has it."""
    raw: Cell = cell  # type: ignore[assignment]  # what `ImportRow.written` hands out is a cell
    try:
        return sheets.words_of(raw)
    except Unreadable:
        return f"{raw:.0f}" if isinstance(raw, float) else str(raw)


def save_objections(plan: ImportPlan, out: Path) -> int:
    """Write every objection to an .xlsx file, whole or not at all; say how many lines it has.

    Raises FileTrouble when the file cannot be written or has another ending.
    """
    if out.suffix.lower() != ".xlsx":
        raise FileTrouble(f"问题清单只能存为 .xlsx 文件，“{out.name}”不是；请改文件名的结尾，没有写任何文件")
    lines = list(_lines(plan))
    write_whole(out, _workbook(f"《{plan.ledger.label}》导入问题：{plan.file}", lines))
    return len(lines)


def _lines(plan: ImportPlan) -> Iterator[tuple[str, ...]]:
    for one in in_order(plan):
        number = str(plan.rows[one.row].number) if one.row >= 0 else ""
        level = LEVELS[one.level]
        yield one.sheet, one.cell, number, level, written_in(plan, one), one.reason, one.clause


def _workbook(title: str, lines: list[tuple[str, ...]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "问题"
    sheet.append([title])
    sheet.append(list(_HEADINGS))
    for line in lines:
        sheet.append(list(line))
    for cell in (sheet["A1"], *sheet[_HEADING_ROW]):
        cell.font = Font(bold=True)
    for row in sheet.iter_rows(min_row=_HEADING_ROW + 1):
        for cell in row:
            cell.data_type = "s"  # what a clerk typed is text, also where it begins like a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCDEFG", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{_HEADING_ROW + 1}"
    sheet.auto_filter.ref = f"A{_HEADING_ROW}:G{_HEADING_ROW + len(lines)}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
