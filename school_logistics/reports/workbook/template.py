"""Filling a bureau's own workbook: cells that hold `{{code}}` get their figure, everything else keeps its very bytes.

The file is never taken apart and written anew: only the cells with codes are cut out of the sheet's XML and replaced,
so styles, validations, merged cells, protection, print settings, drawings and macros cannot get lost. Of the cells
with formulas only the remembered results go, so that every program works them out afresh.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.errors import FileTrouble
from school_logistics.reports.annual_return.indicator import UNFILLED, Value
from school_logistics.reports.workbook.date_styles import DateStyles
from school_logistics.reports.workbook.parts import (
    Cell,
    cells_of,
    escaped,
    recalculated,
    sheets_of,
    starts_in_1904,
    strings_of,
    words_in,
)

if TYPE_CHECKING:
    from pathlib import Path

CODE = re.compile(r"[{｛]{2}\s*([^{}｛｝<>]+?)\s*[}｝]{2}")
_CODE_IN_XML = re.compile(CODE.pattern.encode())
_TEXT = re.compile(rb"(<(?:\w+:)?t\b[^>]*>)([^<]*)(</(?:\w+:)?t>)")
_EPOCH = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_MOST_BYTES = 200 * 2**20
_STYLES, _WORKBOOK = "xl/styles.xml", "xl/workbook.xml"
_ELSEWHERE = {"drawing": "文本框", "comment": "批注", "header": "页眉页脚"}


class Template(NamedTuple):
    """A workbook as it lies on disk: its parts in order, its sheets by name, its shared strings."""

    name: str
    parts: dict[str, bytes]
    entries: tuple[zipfile.ZipInfo, ...]
    sheets: tuple[tuple[str, str], ...]
    """(name of the sheet, its part)."""
    strings: tuple[bytes, ...]


class Done(NamedTuple):
    """A filled workbook, with what was written where and what nobody knows."""

    data: bytes
    written: tuple[tuple[str, str], ...]
    unknown: tuple[tuple[str, str], ...]


def read_template(path: Path) -> Template:
    """Open a workbook to be filled.

    Raises FileTrouble with a sentence when it is none, or cannot be opened.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        msg = f"打不开「{path.name}」：{error.strerror or error}。请看文件还在不在、是不是正在别的程序里打开。"
        raise FileTrouble(msg) from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            entries = tuple(book.infolist())
            if sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise FileTrouble(f"「{path.name}」太大，没有打开；教体局的年报表不会这么大，请看是不是选错了文件。")
            parts = {entry.filename: book.read(entry) for entry in entries}
            return Template(path.name, parts, entries, sheets_of(parts), strings_of(parts))
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError) as error:
        msg = f"「{path.name}」不是 .xlsx 工作簿，或者加了打开密码。旧的 .xls 请先在 Excel 或 WPS 里另存为 .xlsx。"
        raise FileTrouble(msg) from error


def placeholders(book: Template) -> tuple[str, ...]:
    """The codes in a workbook, each once, in the order in which they stand."""
    found = (code for _, _, cell in _coded_cells(book) for code in CODE.findall(cell.text))
    return tuple(dict.fromkeys(found))


def fill(book: Template, values: Mapping[str, Value]) -> Done:
    """Write the values into the cells that hold their codes.

    A cell that is one code gets a number or a date, in a sentence the code becomes words; what is 未填 says so. Codes
    that `values` does not hold stay and are named.
    """
    filling = _Filling(book, values)
    for sheet, part in book.sheets:
        filling.sheet(sheet, part)
    filling.elsewhere()
    return filling.done()


class _Filling:
    """One workbook on its way to being filled."""

    def __init__(self, book: Template, values: Mapping[str, Value]) -> None:
        self.book = book
        self.values = values
        self.parts = dict(book.parts)
        self.styles = DateStyles(book.parts.get(_STYLES, b""))
        self.epoch = _EPOCH_1904 if starts_in_1904(book.parts[_WORKBOOK]) else _EPOCH
        self.written: list[tuple[str, str]] = []
        self.unknown: list[tuple[str, str]] = []

    def sheet(self, name: str, part: str) -> None:
        """Replace the cells of one sheet."""
        data = self.parts[part]
        pieces: list[bytes] = []
        end = 0
        for cell in cells_of(data, self.book.strings):
            new = self._fresh(data, cell) if cell.formula else self._filled(name, cell)
            if new is not None:
                pieces += [data[end : cell.start], new]
                end = cell.end
        self.parts[part] = b"".join([*pieces, data[end:]])

    def elsewhere(self) -> None:
        """Name codes outside cells, where nothing is filled."""
        sheets = {part: name for name, part in self.book.sheets}
        for part, data in self.parts.items():
            if not part.endswith(".xml") or part.endswith("sharedStrings.xml"):
                continue
            known = {code for _, code in (*self.written, *self.unknown)} if part in sheets else set()
            for code in dict.fromkeys(found.decode() for found in _CODE_IN_XML.findall(data)):
                if code not in known or code in self.values:
                    place = next((word for key, word in _ELSEWHERE.items() if key in part), "")
                    self.unknown.append((place or f"{sheets.get(part, part)}（页眉页脚等处）", code))

    def done(self) -> Done:
        """Put the workbook together again."""
        if self.styles.changed:
            self.parts[_STYLES] = self.styles.data
        self.parts[_WORKBOOK] = recalculated(self.parts[_WORKBOOK])
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as book:
            for entry in self.book.entries:
                same = zipfile.ZipInfo(entry.filename, entry.date_time)
                same.compress_type = zipfile.ZIP_DEFLATED
                same.external_attr = entry.external_attr
                book.writestr(same, self.parts[entry.filename])
        return Done(out.getvalue(), tuple(self.written), tuple(self.unknown))

    def _filled(self, sheet: str, cell: Cell) -> bytes | None:
        codes = CODE.findall(cell.text)
        if not codes:
            return None
        place = f"{sheet}!{cell.ref}"
        self.written += [(place, code) for code in codes if code in self.values]
        self.unknown += [(place, code) for code in codes if code not in self.values]
        if not any(code in self.values for code in codes):
            return None
        whole = CODE.fullmatch(cell.text.strip())
        value = self.values[codes[0]] if whole else None
        if isinstance(value, date):
            style = self.styles.dated(cell.style)
            return cell.with_content("v", b"%d" % (value - self.epoch).days, style=style)
        if isinstance(value, int | Decimal):
            return cell.with_content("v", str(value).encode())
        return cell.with_content("is", self._text(cell), kind="inlineStr")

    def _text(self, cell: Cell) -> bytes:
        """The cell's words with the codes replaced; runs of differing fonts stay where none cuts a code in two."""

        def in_run(match: re.Match[bytes]) -> bytes:
            words = CODE.sub(lambda code: escaped(self._words(code)).decode(), match[2].decode())
            return cell.element("t", words.encode())

        inside = _TEXT.sub(in_run, cell.inside)
        cut = any(code in self.values for code in CODE.findall(words_in(inside)))
        if cut or not cell.plain:
            return cell.element("t", escaped(CODE.sub(self._words, cell.text)))
        return inside

    def _words(self, match: re.Match[str]) -> str:
        return _in_words(self.values[match[1]]) if match[1] in self.values else match[0]

    @staticmethod
    def _fresh(data: bytes, cell: Cell) -> bytes | None:
        """A formula without the result remembered from before."""
        if cell.result is None:
            return None
        start, end = cell.result
        return cell.opening(keep_kind=False) + data[cell.opened : start] + data[end : cell.end]


def _coded_cells(book: Template) -> Iterator[tuple[str, str, Cell]]:
    for name, part in book.sheets:
        for cell in cells_of(book.parts[part], book.strings):
            if not cell.formula and CODE.search(cell.text):
                yield name, part, cell


def _in_words(value: Value) -> str:
    if value is None:
        return UNFILLED
    return value.isoformat() if isinstance(value, date) else str(value)
