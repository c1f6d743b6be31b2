"""How our workbooks look: fonts, colours, borders, and the set-up of the printed page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.hyperlink import Hyperlink

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

FACE = "微软雅黑"
INK, QUIET, ACCENT, WARN, BAD = "1F2328", "6B7280", "1F5C8F", "9A5B00", "B42318"
HAND, HEAD, GROUP = "FFF2CC", "DCE6F1", "F3F5F8"
"""Fills: what a person fills in, headings of columns, headings of groups."""

_THIN = Side(style="thin", color="BFC5CD")
_MEDIUM = Side(style="medium", color="5B6B7F")
BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
UNDER = Border(bottom=_MEDIUM)


def font(size: float = 10, *, bold: bool = False, italic: bool = False, color: str = INK) -> Font:
    """A font of the one face."""
    return Font(name=FACE, size=size, bold=bold, italic=italic, color=color)


def emphasis(color: str) -> Font:
    """What a conditional format adds to a cell's own font."""
    return Font(bold=True, color=color)


def fill(color: str) -> PatternFill:
    """A plain fill."""
    return PatternFill("solid", fgColor=color)


def place(where: str = "left", *, wrap: bool = True, shrink: bool = False, indent: int = 0) -> Alignment:
    """Where words stand in a cell, always in the middle of its height."""
    return Alignment(horizontal=where, vertical="center", wrap_text=wrap, shrink_to_fit=shrink, indent=indent)


def dress(
    cell: Cell, *, size: float = 10, bold: bool = False, color: str = INK, where: str = "left", back: str = ""
) -> None:
    """Give a cell of a table its font, its place and its border."""
    cell.font = font(size, bold=bold, color=color)
    cell.alignment = place(where)
    cell.border = BOX
    if back:
        cell.fill = fill(back)


def lead(cell: Cell, sheet: str, place: str) -> None:
    """Let a click on a cell lead to another one of the same workbook."""
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!{place}")
    cell.font = font(color=ACCENT)


def by_hand(cell: Cell) -> None:
    """Mark a cell as one that a person fills in: yellow, and free when the sheet is protected."""
    cell.fill = fill(HAND)
    cell.protection = Protection(locked=False)


def number_format(value: object, unit: str = "") -> str:
    """The format of a value: whole numbers, money to the fen, rates, days, and words that stay words."""
    from datetime import date
    from decimal import Decimal

    if isinstance(value, date):
        return "yyyy-mm-dd"
    if isinstance(value, Decimal):
        decimals = max(-int(value.as_tuple().exponent), 0)
        return "#,##0" + ("." + "0" * decimals if decimals else "") if unit != "%" else "0.0"
    return "#,##0" if isinstance(value, int) else "@"


def set_up(sheet: Worksheet, widths: Mapping[str, float], *, titles: str, footer: str) -> None:
    """Set widths and the printed page: A4 across, one page wide, headings repeated, 第 x 页 共 y 页."""
    for column, width in widths.items():
        sheet.column_dimensions[column].width = width
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.footer = 0.6, 0.7, 0.35
    sheet.print_options.horizontalCentered = True
    if titles:
        sheet.print_title_rows = titles
    sheet.oddFooter.left.text = footer
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    for part in (sheet.oddFooter.left, sheet.oddFooter.center):
        part.size = 9
