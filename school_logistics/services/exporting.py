"""Export of a ledger as a workbook or CSV file that a colleague can work with and that imports again unchanged."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from school_logistics.errors import FileTrouble
from school_logistics.models.fields import Field
from school_logistics.models.ledger import Ledger
from school_logistics.services import sheets
from school_logistics.services.printing import write_whole
from school_logistics.services.reading.own import Seal
from school_logistics.services.rows import NoProgress, Progress, Query

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from school_logistics.services.desk import Desk

STYLED_UP_TO = 2_000
"""Longer ledgers are streamed: lines around every cell would cost more time than they are worth."""

_AT_ONCE = 1_000
_HEADING_ROW = 2
_WIDEST = 42
_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_PLAIN_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
_FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r")
_WORD_WIDTH, _FIGURE_WIDTH = 2.0, 1.3


def export_ledger(
    desk: Desk, ledger: Ledger, out: Path, query: Query | None = None, progress: Progress | None = None
) -> int:
    """Write the rows of a query, or all, to `out`: .xlsx or .csv by its ending; say how many rows it holds.

    The file is there whole or not at all. Raises FileTrouble when it cannot be written or has another ending,
    Cancelled when `progress` says so.
    """
    ending = out.suffix.lower()
    if ending not in {".xlsx", ".csv"}:
        raise FileTrouble(f"只能导出为 .xlsx 或 .csv 文件，“{out.name}”不是；请改文件名的结尾，没有写任何文件")
    query = query or Query()
    ids = desk.ids(ledger, query)
    rows = _rows(desk, ledger, ids, progress or NoProgress())
    title = f"{ledger.label}（{query.month}）" if query.month else ledger.label
    content = _workbook(ledger, title, rows, len(ids)) if ending == ".xlsx" else _text(ledger, rows)
    write_whole(out, content)
    return len(ids)


def _rows(desk: Desk, ledger: Ledger, ids: Sequence[int], progress: Progress) -> Iterator[list[tuple[Field, object]]]:
    """The values of every row in the order of the fields; references by their name."""
    for start in range(0, len(ids), _AT_ONCE):
        progress.step(start, len(ids), "导出")
        with desk.store.reading() as session:
            part = ids[start : start + _AT_ONCE]
            values = desk.listing.values(session, ledger, part)
        for one in part:
            if one in values:
                yield [(field, _told(field, values[one])) for field in ledger.fields]


def _told(one: Field, values: dict[str, Any]) -> object:
    return values[f"{one.key}.name"] if one.kind.name == "ref" else values[one.key]


def _text(ledger: Ledger, rows: Iterator[list[tuple[Field, object]]]) -> bytes:
    """CSV as Excel on a Chinese Windows opens it right: UTF-8 with byte-order mark, formulas made harmless."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([sheets.heading(one) for one in ledger.fields])
    for row in rows:
        writer.writerow([_guarded(_typed(one, value)) for one, value in row])
    return out.getvalue().encode("utf-8-sig")


def _typed(one: Field, value: object) -> str:
    return str(value or "") if one.kind.name == "ref" else one.kind.typed(value)


def _guarded(text: str) -> str:
    """Keep a table program from taking text for a formula; the import takes the mark off again."""
    text = _CONTROLS.sub("", text)
    dangerous = text.lstrip("'").startswith(_FORMULA_STARTS) and not _PLAIN_NUMBER.fullmatch(text)
    return f"'{text}" if dangerous else text


def _workbook(ledger: Ledger, title: str, rows: Iterator[list[tuple[Field, object]]], many: int) -> bytes:
    """A workbook with title, headings that stay in sight, filter, print set-up and a sum that follows the filter."""
    from openpyxl import Workbook

    book = Workbook(write_only=many > STYLED_UP_TO)
    name = _NOT_IN_SHEET_NAMES.sub("_", ledger.label)[:_SHEET_NAME]
    sheet = book.create_sheet(name) if book.write_only else book.active
    sheet.title = name
    _set_up(sheet, ledger, many)
    cells = _Cells(sheet, lined=not book.write_only)
    sheet.append([cells.title(title)])
    sheet.append([cells.heading(sheets.heading(one)) for one in ledger.fields])
    seal = Seal()
    for row in rows:
        held = [_held(one, value) for one, value in row]
        seal.add(cell for cell, _ in held)
        sheet.append([cells.value(*cell) for cell in held])
    book.properties.identifier = str(seal)
    if many and any(one.totals for one in ledger.fields):
        sheet.append(cells.totals(ledger, many))
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _set_up(sheet: Worksheet, ledger: Ledger, many: int) -> None:
    """Widths, frozen headings, filter and paper; a streamed sheet wants them before its first row."""
    from openpyxl.utils import get_column_letter

    last = get_column_letter(len(ledger.fields))
    for place, one in enumerate(ledger.fields, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _width(one)
    sheet.freeze_panes = f"A{_HEADING_ROW + 1}"
    sheet.auto_filter.ref = f"A{_HEADING_ROW}:{last}{_HEADING_ROW + max(many, 1)}"
    sheet.merged_cells.add(f"A1:{last}1")
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4 if hasattr(sheet, "PAPERSIZE_A4") else "9"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"1:{_HEADING_ROW}"
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.page_margins.left = sheet.page_margins.right = 0.4


def _width(one: Field) -> float:
    """How wide a column must be for what usually stands in it, and for its heading."""
    each = _WORD_WIDTH if one.kind.name in sheets.WORDS - {"code", "span"} else _FIGURE_WIDTH
    return min(_WIDEST, max(one.chars * each + 2, len(sheets.heading(one)) * _WORD_WIDTH + 3))


class _Cells:
    """Makes the cells of one sheet; styles are made once and shared."""

    def __init__(self, sheet: Worksheet, *, lined: bool) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self.sheet = sheet
        self.lined = lined
        side = Side(style="thin", color="FFB7BFC6")
        self.border = Border(left=side, right=side, top=side, bottom=side)
        self.big, self.bold = Font(size=14, bold=True), Font(bold=True)
        self.shade = PatternFill("solid", fgColor="FFEEF2F5")
        self.centred = Alignment(horizontal="center", vertical="center", wrap_text=True)

    def title(self, text: str) -> Any:
        """The title over the whole width."""
        cell = self._cell(text)
        cell.font, cell.alignment = self.big, self.centred
        return cell

    def heading(self, text: str) -> Any:
        """One heading."""
        cell = self._cell(text)
        cell.font, cell.fill, cell.alignment, cell.border = self.bold, self.shade, self.centred, self.border
        return cell

    def value(self, held: object, number_format: str) -> Any:
        """One value: text can never become a formula."""
        if held is None and not self.lined:
            return None
        cell = self._cell(held)
        cell.number_format = number_format
        if isinstance(held, str):
            cell.data_type = "s"
            cell.quotePrefix = held.startswith(_FORMULA_STARTS)
        if self.lined:
            cell.border = self.border
        return cell

    def totals(self, ledger: Ledger, many: int) -> list[Any]:
        """The line of sums; it adds up only what a filter leaves in sight."""
        from openpyxl.utils import get_column_letter

        cells: list[Any] = [self._bold("合计")]
        for place, one in enumerate(ledger.fields[1:], 2):
            if not one.totals:
                cells.append(None)
                continue
            column = get_column_letter(place)
            cell = self._bold(f"=SUBTOTAL(109,{column}{_HEADING_ROW + 1}:{column}{_HEADING_ROW + many})")
            cell.number_format = sheets.cell_of(one.kind, _zero(one))[1]
            cells.append(cell)
        return cells

    def _bold(self, held: str) -> Any:
        cell = self._cell(held)
        cell.font = self.bold
        return cell

    def _cell(self, held: object) -> Any:
        from openpyxl.cell import WriteOnlyCell

        return WriteOnlyCell(self.sheet, held)


def _held(one: Field, value: object) -> tuple[object, str]:
    """What a cell holds, with its number format: dates as dates, amounts as numbers, the rest as text."""
    held, number_format = (value, "@") if one.kind.name == "ref" else sheets.cell_of(one.kind, value)
    return (_CONTROLS.sub("", held) or None if isinstance(held, str) else held), number_format


def _zero(one: Field) -> Decimal | int:
    return Decimal(0) if one.kind.name == "amount" else 0
