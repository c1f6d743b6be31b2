"""Our own workbook of the annual return: cover, the twenty sheets, and where every figure comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.worksheet.datavalidation import DataValidation

from school_logistics.reports.annual_return.indicator import (
    COVER,
    UNFILLED,
    CrossCheck,
    Figure,
    Sheet,
    Value,
    is_number,
)
from school_logistics.reports.annual_return.layout import (
    CHANGE,
    COLUMNS,
    HEADING_ROW,
    PREVIOUS,
    REMARK,
    SOURCE,
    VALUE,
    rows,
)
from school_logistics.reports.annual_return.sheets import CHECKS_SHEET
from school_logistics.reports.workbook import look
from school_logistics.reports.workbook.cover import write_cover
from school_logistics.reports.workbook.saving import as_bytes
from school_logistics.reports.workbook.verdicts import write_verdicts

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {"A": 6, "B": 27, "C": 7, "D": 30, VALUE: 17, PREVIOUS: 17, CHANGE: 10, SOURCE: 52, REMARK: 22}
_LAST = REMARK
_SOURCES = "出处"


class Head(NamedTuple):
    """What stands at the head of every sheet."""

    period: str
    first: date
    last: date
    reported_on: date
    written: datetime
    deviation: int
    words: Mapping[str, Value]
    """The school's own words by code: school.name, school.clerk …."""

    def word(self, key: str) -> str:
        """One of them, or blank."""
        value = self.words.get(f"school.{key}")
        return "" if value is None else str(value)


def write_return(head: Head, sheets: Sequence[Sheet], checks: Sequence[CrossCheck]) -> bytes:
    """The whole return as a file."""
    writing = _Writing(head)
    cover = writing.book.active
    cover.title = COVER
    write_cover(cover, head, sheets, checks)
    for sheet in sheets:
        page = writing.book.create_sheet(sheet.code)
        if sheet.code == CHECKS_SHEET:
            write_verdicts(page, head, sheet.title, checks)
        else:
            writing.sheet(page, sheet)
    writing.sources(writing.book.create_sheet(_SOURCES), sheets)
    return as_bytes(writing.book, writing.results, head.written)


class _Writing:
    """One workbook on its way."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.book = Workbook()
        self.book.calculation.fullCalcOnLoad = True
        self.book.properties.title = f"{head.word('name')}{head.period}后勤年报"
        self.book.properties.creator = head.word("clerk")
        self.results: dict[tuple[str, str], Decimal | int | str] = {}

    def sheet(self, page: Worksheet, sheet: Sheet) -> None:
        """One of the sheets with its figures."""
        self._heading(page, f"{sheet.code}　{sheet.title}")
        places = {what.code: row for row, what in rows(sheet.figures) if not isinstance(what, str)}
        last = HEADING_ROW
        for row, what in rows(sheet.figures):
            last = row
            if isinstance(what, str):
                self._group(page, row, what)
            else:
                self._line(page, row, what, places)
        self._guard(page, last)
        footer = f"{self.head.word('name')}　{self.head.period}后勤年报"
        look.set_up(page, _WIDTHS, titles=f"1:{HEADING_ROW}", footer=footer)
        page.freeze_panes = f"C{HEADING_ROW + 1}"
        page.print_area = f"A1:{_LAST}{last}"

    def sources(self, page: Worksheet, sheets: Sequence[Sheet]) -> None:
        """Where every figure comes from, in words, with its parts."""
        columns = {"A": ("表", 6), "B": ("指标", 26), "C": ("代码", 34), "D": ("本期怎样算的", 60),
                   "E": ("上期怎样算的", 60), "F": ("分项", 60)}  # fmt: skip
        for column, (heading, _) in columns.items():
            page[f"{column}1"] = heading
            look.dress(page[f"{column}1"], bold=True, where="center", back=look.HEAD)
        figures = [figure for sheet in sheets for figure in sheet.figures]
        for row, figure in enumerate(figures, start=2):
            parts = "；".join(f"{label} {text}" for label, text in figure.parts)
            told = (figure.sheet, figure.label, figure.code, figure.source, figure.previous_source, parts)
            for column, words in zip(columns, told, strict=True):
                cell = page[f"{column}{row}"]
                cell.value, cell.number_format = words, "@"
                look.dress(cell, size=9)
        widths = {column: width for column, (_, width) in columns.items()}
        look.set_up(page, widths, titles="1:1", footer=f"{self.head.word('name')}　{self.head.period}后勤年报　出处")
        page.freeze_panes = "D2"

    def _heading(self, page: Worksheet, title: str) -> None:
        page["A1"] = title
        page.merge_cells(f"A1:{_LAST}1")
        page["A1"].font, page["A1"].alignment = look.font(16, bold=True), look.place("center")
        page.row_dimensions[1].height = 30
        page["A2"] = f"填报单位（盖章）：{self.head.word('name')}"
        page["E2"] = f"报告期：{self.head.first} 至 {self.head.last}"
        page[f"{SOURCE}2"] = f"时点数截至 {self.head.reported_on}"
        for cell in ("A2", "E2", f"{SOURCE}2"):
            page[cell].font, page[cell].alignment = look.font(color=look.QUIET), look.place(wrap=False)
        page.row_dimensions[2].height = 20
        for column, heading in zip(_WIDTHS, COLUMNS, strict=True):
            cell = page[f"{column}{HEADING_ROW}"]
            cell.value = heading
            look.dress(cell, bold=True, where="center", back=look.HEAD)
        page.row_dimensions[HEADING_ROW].height = 22

    def _group(self, page: Worksheet, row: int, heading: str) -> None:
        for column in _WIDTHS:
            look.dress(page[f"{column}{row}"], bold=True, back=look.GROUP)
        page[f"B{row}"] = heading
        page.row_dimensions[row].height = 20

    def _line(self, page: Worksheet, row: int, figure: Figure, places: Mapping[str, int]) -> None:
        part = figure.label.startswith("其中：")
        # Lines are numbered by the row they stand in, so that a person and the bureau speak of the same line.
        told = {"A": sum(1 for one in places.values() if one <= row), "B": figure.label, "C": figure.unit,
                "D": figure.code, SOURCE: figure.source, REMARK: _remark(figure)}  # fmt: skip
        for column, words in told.items():
            cell = page[f"{column}{row}"]
            cell.value = words or None
            look.dress(cell, where="center" if column in "AC" else "left")
        page[f"B{row}"].alignment = look.place(indent=1 if part else 0)
        page[f"D{row}"].font, page[f"D{row}"].alignment = (
            look.font(8, color=look.QUIET),
            look.place(wrap=False, shrink=True),
        )
        page[f"{SOURCE}{row}"].font = look.font(9, color=look.QUIET)
        look.by_hand(page[f"{REMARK}{row}"])
        for column, value in ((VALUE, figure.value), (PREVIOUS, figure.previous)):
            self._value(
                page,
                f"{column}{row}",
                figure,
                value,
                [f"{column}{places[code]}" for code in figure.sum_of if code in places],
            )
        self._change(page, row, figure)
        page.row_dimensions[row].height = 20 if _signs(figure.source) <= _SIGNS_IN_A_LINE else 32

    def _value(self, page: Worksheet, place: str, figure: Figure, value: Value, parts: Sequence[str]) -> None:
        """A figure, a formula over the lines above, or 未填 for a person to write over."""
        cell = page[place]
        look.dress(cell, bold=place.startswith(VALUE), where="right" if is_number(value) else "center")
        if parts:
            ranges = ",".join(_ranges(parts))
            cell.value = f'=IF(COUNT({ranges})=0,"{UNFILLED}",SUM({ranges}))'
            self.results[page.title, place] = value if isinstance(value, int | Decimal) else UNFILLED
        elif value is None:
            cell.value = UNFILLED
            look.by_hand(cell)
            cell.font = look.font(color=look.QUIET, italic=True)
        else:
            cell.value = value
            if not is_number(value):
                cell.alignment = look.place("center", wrap=False, shrink=True)
        cell.number_format = _format_of(figure, value)

    def _change(self, page: Worksheet, row: int, figure: Figure) -> None:
        cell = page[f"{CHANGE}{row}"]
        look.dress(cell, where="right")
        now, before = f"{VALUE}{row}", f"{PREVIOUS}{row}"
        cell.value = f'=IF(COUNT({now},{before})<2,"—",IF({before}=0,"—",ROUND(({now}-{before})/ABS({before})*100,1)))'
        cell.number_format = "+#,##0.0;-#,##0.0;0.0"
        percent = figure.percent
        self.results[page.title, f"{CHANGE}{row}"] = "—" if percent is None else percent

    def _guard(self, page: Worksheet, last: int) -> None:
        """Colour great changes that no remark explains; take nothing but numbers where a number belongs."""
        first = HEADING_ROW + 1
        if last < first:
            return
        great = f'AND(ISNUMBER({CHANGE}{first}),ABS({CHANGE}{first})>{self.head.deviation},{REMARK}{first}="")'
        page.conditional_formatting.add(
            f"{CHANGE}{first}:{CHANGE}{last}", FormulaRule([great], font=look.emphasis(look.WARN))
        )
        numbers = DataValidation(
            type="decimal",
            operator="greaterThanOrEqual",
            formula1="-99999999999",
            allow_blank=True,
            showErrorMessage=True,
        )
        numbers.errorTitle, numbers.error = (
            "请填数字",
            "这一格填数字，不带单位；没有这项的填 0，不适用的留空并在备注写明。",
        )
        for row in range(first, last + 1):
            if page[f"C{row}"].value and page[f"{VALUE}{row}"].value == UNFILLED:
                numbers.add(f"{VALUE}{row}:{PREVIOUS}{row}")
        if numbers.sqref:
            page.add_data_validation(numbers)


_SIGNS_IN_A_LINE = 62
"""How much of a source stands in one line of its column; a Chinese character counts for two."""
_LATIN = 0x2E7F
"""Up to here signs are narrow."""
_SHORT = "上期不足一年"


def _remark(figure: Figure) -> str:
    """What is already known about a figure's change."""
    return _SHORT if figure.short_previous and is_number(figure.previous) else ""


def _signs(words: str) -> int:
    return sum(2 if ord(one) > _LATIN else 1 for one in words)


def _format_of(figure: Figure, value: Value) -> str:
    """The format of a figure; what is 未填 gets that of its fellow or of its unit, ready to be typed over."""
    known = next((one for one in (value, figure.value, figure.previous) if one is not None), None)
    if known is not None:
        return look.number_format(known, figure.unit)
    return {"元": "#,##0.00", "万元": "#,##0.00", "%": "0.0", "": "@"}.get(figure.unit, "#,##0")


def _ranges(cells: Sequence[str]) -> list[str]:
    """Cells of one column, in order, as ranges: E7, E8, E10 are E7:E8 and E10."""
    column = cells[0].rstrip("0123456789")
    spans: list[list[int]] = []
    for row in (int(cell.removeprefix(column)) for cell in cells):
        if spans and spans[-1][1] == row - 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return [f"{column}{one}" if one == other else f"{column}{one}:{column}{other}" for one, other in spans]
