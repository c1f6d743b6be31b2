"""What is looked at before a parser touches a file: size, true content, packed size, extent of the sheets.

Everything here streams and never builds a table, so that a hostile or broken file costs milliseconds. Each refusal
is a `FileTrouble` whose sentence says what to do about it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import IO

from school_logistics.errors import FileTrouble

MOST_BYTES = 20 * 1024 * 1024
MOST_ENTRIES = 2_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200
RATIO_COUNTS_FROM = 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 200

_CHUNK = 1024 * 1024
_OVERLAP = 4_096
_SAVE_AGAIN = "请用 WPS 或 Excel 打开后另存为“.xlsx 工作簿”，再导入"
_DAMAGED = f"文件已损坏，读不出来；{_SAVE_AGAIN}。如果表格软件也打不开，请换一份备份"
_SHEET = re.compile(r"^xl/worksheets/[^/]+\.xml$", re.IGNORECASE)

# A cell reference beyond GR (the 200th column) or beyond row 99 999; quoted either way.
_FAR_CELL = re.compile(rb"r=[\"']((?:[A-Z]{3,}|[H-Z][A-Z]|G[S-Z])\d{1,7}|[A-Z]{1,3}\d{6,})[\"'][^<>]*?(/?)>")
_CELL_END = re.compile(rb"</(?:\w+:)?c>")
_HAS_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is|f)[\s>]")


class Shape(Enum):
    """How a file is built inside, whatever its name ends in."""

    WORKBOOK = "workbook"
    TEXT = "text"


def admit(path: Path) -> Shape:
    """Look a file over before it is read; say which reader it needs.

    Raises FileTrouble when the file is missing, empty, too large, of another kind, packed to burst, or so wide or
    long that no ledger can be in it.
    """
    size = _size_of(path)
    with path.open("rb") as file:
        head = file.read(8_192)
        if head.startswith(b"PK"):
            _admit_archive(file)
            return Shape.WORKBOOK
        if head.startswith(b"\xd0\xcf\x11\xe0"):
            file.seek(0)
            _admit_compound(file.read(size))
            return Shape.WORKBOOK
    _admit_text(head)
    return Shape.TEXT


def _size_of(path: Path) -> int:
    """Say how many bytes a file has; refuse what is no file, empty or over the limit."""
    if path.is_dir():
        raise FileTrouble(f"“{path.name}”是文件夹，请选其中的表格文件")
    if not path.exists():
        raise FileTrouble(f"找不到文件“{path.name}”，可能已改名或移走，请重新选择")
    size = path.stat().st_size
    if size == 0:
        raise FileTrouble(f"“{path.name}”是空文件，里面没有内容，请换一份")
    if size > MOST_BYTES:
        raise FileTrouble(
            f"文件有 {size / 1024 / 1024:.0f} MB，超过 {MOST_BYTES // 1024 // 1024} MB 的上限；"
            "请删去图片和多余的格式，或按学期拆成几个文件后再导入"
        )
    return size


def _admit_archive(file: IO[bytes]) -> None:
    """Refuse zip files that are no workbook, or that unpack to far more than a workbook can hold."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _refuse_foreign_archive({entry.filename for entry in entries})
            _refuse_bomb(entries)
            for entry in entries:
                if _SHEET.match(entry.filename):
                    with archive.open(entry) as sheet:
                        _refuse_far_cells(iter(lambda: sheet.read(_CHUNK), b""))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeError) as bad:
        raise FileTrouble(_DAMAGED) from bad


def _refuse_foreign_archive(names: set[str]) -> None:
    """Name the thing a zip file is when it is no workbook."""
    if names & {"xl/workbook.xml", "xl/workbook.bin"} or {"content.xml", "mimetype"} <= names:
        return
    if any(name.lower() == "xl/workbook.xml" for name in names):
        return
    if any(name.startswith("word/") for name in names):
        raise FileTrouble("这是 Word 文档，不是表格；请把其中的表复制到 WPS 表格或 Excel，另存为 .xlsx 后再导入")
    if any(name.startswith("ppt/") for name in names):
        raise FileTrouble("这是演示文稿，不是表格；请选 .xlsx、.xls 或 .csv 文件")
    raise FileTrouble("这是压缩包，不是表格；请先解压，再导入里面的表格文件")


def _refuse_bomb(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive whose directory announces more than a workbook of a school can be."""
    burst = any(
        entry.file_size > RATIO_COUNTS_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED or burst:
        raise FileTrouble(f"文件解开后异常庞大，为安全起见没有打开；{_SAVE_AGAIN}，仍不行请换一份来源可靠的文件")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise FileTrouble("文件设了打开密码；请在 WPS 或 Excel 中取消密码，另存后再导入")


def _refuse_far_cells(chunks: Iterable[bytes]) -> None:
    """Refuse a sheet with a filled cell beyond the limits; empty formatted cells out there do no harm."""
    kept = b""
    for chunk in chunks:
        text = kept + chunk
        for found in _FAR_CELL.finditer(text):
            if not found[2] and _is_filled(text, found.end()):
                raise FileTrouble(
                    f"工作表里有一个内容远在 {found[1].decode()} 单元格，超出 {MOST_ROWS // 10_000} 万行、"
                    f"{MOST_COLUMNS} 列的范围；请删去远处多余的行列，另存后再导入"
                )
        kept = text[-_OVERLAP:]


def _is_filled(text: bytes, start: int) -> bool:
    """Say whether the cell whose opening tag ends at `start` holds a value, text or formula."""
    end = _CELL_END.search(text, start)
    return bool(_HAS_VALUE.search(text, start, end.start() if end else len(text)))


def _admit_compound(content: bytes) -> None:
    """Refuse old office files that are no workbook or are locked by a password."""
    names = {
        name: name.encode("utf-16-le") in content for name in ("Workbook", "Book", "EncryptedPackage", "WordDocument")
    }
    if names["EncryptedPackage"]:
        raise FileTrouble("文件设了打开密码；请在 WPS 或 Excel 中取消密码，另存后再导入")
    if names["Workbook"] or names["Book"]:
        return
    if names["WordDocument"]:
        raise FileTrouble("这是 Word 文档，不是表格；请把其中的表复制到 WPS 表格或 Excel，另存为 .xlsx 后再导入")
    raise FileTrouble(f"认不出这个文件里的表格；{_SAVE_AGAIN}")


def _admit_text(head: bytes) -> None:
    """Refuse pictures, PDF and web pages that carry a table's name; let plain text through."""
    if head.startswith(b"%PDF"):
        raise FileTrouble("这是 PDF，读不出表格；请向对方要原来的 .xlsx 或 .xls 文件")
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF")):
        raise FileTrouble("这是图片，读不出表格；请选 .xlsx、.xls 或 .csv 文件")
    if head.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise FileTrouble("这是压缩包，不是表格；请先解压，再导入里面的表格文件")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")):
        raise FileTrouble(f"这个文件其实是网页或 XML，只是名字像表格；{_SAVE_AGAIN}")
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileTrouble(f"认不出这个文件的格式；{_SAVE_AGAIN}")
