"""Turning an openpyxl workbook into bytes: formulas with their results, and the same content always the same file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from school_logistics.reports.workbook.parts import Cell, cells_of, escaped, sheets_of

if TYPE_CHECKING:
    from openpyxl import Workbook

_STARTS = (1980, 1, 1, 0, 0, 0)
"""The earliest day a zip archive knows."""
_CORE = "docProps/core.xml"
_RESULT = re.compile(rb"<v\s*/>|<v></v>")

Results = Mapping[tuple[str, str], Decimal | int | str]
"""(sheet, cell) → what its formula comes to."""


def as_bytes(book: Workbook, results: Results, written: datetime) -> bytes:
    """The workbook as a file.

    openpyxl leaves formulas without results, which programs that do not calculate show as blank: the results are put
    in here. The time of writing stands in the file's properties, nowhere else.
    """
    book.properties.created = written
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as made:
        parts = {entry.filename: made.read(entry) for entry in made.infolist()}
    for title, part in sheets_of(parts):
        here = {cell: value for (sheet, cell), value in results.items() if sheet == title}
        parts[part] = _with_results(parts[part], here)
    moment = f"{written:%Y-%m-%dT%H:%M:%SZ}".encode()
    parts[_CORE] = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + moment, parts[_CORE])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _STARTS)
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, data)
    return out.getvalue()


def _with_results(data: bytes, results: Mapping[str, Decimal | int | str]) -> bytes:
    pieces: list[bytes] = []
    end = 0
    for cell in cells_of(data, ()):
        if cell.formula and cell.ref in results:
            pieces += [data[end : cell.start], _with_result(data, cell, results[cell.ref])]
            end = cell.end
    return b"".join([*pieces, data[end:]])


def _with_result(data: bytes, cell: Cell, result: Decimal | int | str) -> bytes:
    words = isinstance(result, str)
    value = b"<v>%s</v>" % escaped(str(result))
    return cell.opening(kind="str" if words else "n") + _RESULT.sub(value, data[cell.opened : cell.end])
