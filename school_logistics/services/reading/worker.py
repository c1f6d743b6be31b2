"""The reading child: looks a file over, lets calamine read it, and sends plain cells back as JSON lines.

It runs in a process of its own because a hostile file of a few kilobytes makes any parser claim hundreds of
gigabytes and abort; then only the child dies. It imports next to nothing, so that starting it costs little.

Lines: `{"book": n}` · for each sheet `{"sheet", "hidden", "merged"}` followed by lists of rows · `{"end": true}`;
or one `{"trouble": sentence}`. In a row, days and times are one-item lists of ISO text.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

from school_logistics.errors import FileTrouble
from school_logistics.services.reading.delimited import decode, split
from school_logistics.services.reading.guard import MOST_COLUMNS, MOST_ROWS, Shape, admit

if TYPE_CHECKING:
    from datetime import date, time

    from python_calamine import CalamineSheet

MOST_MEMORY = 2 * 1024 * 1024 * 1024
ROWS_A_LINE = 500

_CORE = "docProps/core.xml"
_IDENTIFIER = re.compile(rb"<dc:identifier>([^<]{1,200})</dc:identifier>")
_NO_DAYS = timedelta(days=1)


def main(arguments: list[str]) -> int:
    """Read the file named by the first argument, only the sheet named by the second if there is one."""
    _limit_memory()
    only = arguments[1] if len(arguments) > 1 else None
    with open(sys.stdout.fileno(), "wb", closefd=False) as out:
        send(Path(arguments[0]), only, out)
    return 0


def send(path: Path, only: str | None, out: IO[bytes]) -> None:
    """Write the lines for one file to `out`; trouble with the file becomes its own line."""
    try:
        for line in _lines(path, only):
            out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":"), default=_moment).encode())
            out.write(b"\n")
    except FileTrouble as trouble:
        out.write(json.dumps({"trouble": str(trouble)}).encode() + b"\n")
    except OSError:
        sentence = f"“{path.name}”打不开，可能正被其他程序占用或没有读取权限；请关闭后重试，或先复制一份再导入"
        out.write(json.dumps({"trouble": sentence}).encode() + b"\n")


def _lines(path: Path, only: str | None) -> Iterator[object]:
    """Produce the lines for a file that is let in."""
    if admit(path) is Shape.TEXT:
        rows = split(decode(path.read_bytes()))
        yield {"book": 1, "seal": None}
        yield {"sheet": path.stem, "hidden": False, "merged": []}
        yield from _blocks(rows)
    else:
        yield from _workbook(path, only)
    yield {"end": True}


def _workbook(path: Path, only: str | None) -> Iterator[object]:
    """Produce the lines for every sheet of a workbook, hidden ones named as such."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        with path.open("rb") as file:
            book = CalamineWorkbook.from_filelike(file)
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        yield {"book": len(sheets), "seal": _seal(path)}
        for about in sheets:
            if only is not None and about.name.strip() != only.strip():
                yield {"sheet": about.name, "hidden": False, "merged": [], "left_out": True}
                continue
            sheet = book.get_sheet_by_name(about.name)
            _refuse_endless(sheet)
            hidden = about.visible != SheetVisibleEnum.Visible
            yield {"sheet": about.name, "hidden": hidden, "merged": sheet.merged_cell_ranges or []}
            yield from _blocks(sheet.to_python(skip_empty_area=False))
    except PasswordError as locked:
        raise FileTrouble("文件设了打开密码；请在 WPS 或 Excel 中取消密码，另存后再导入") from locked
    except CalamineError as bad:
        raise FileTrouble(
            "文件已损坏或不是表格，读不出来；请用 WPS 或 Excel 打开后另存为“.xlsx 工作簿”，再导入"
        ) from bad


def _seal(path: Path) -> str:
    """The identifier among a workbook's properties; "" for none."""
    try:
        with zipfile.ZipFile(path) as packed:
            found = _IDENTIFIER.search(packed.read(_CORE))
    except (zipfile.BadZipFile, KeyError, OSError):
        return ""
    return found[1].decode("utf-8", "replace") if found else ""


def _refuse_endless(sheet: CalamineSheet) -> None:
    """Refuse what the look at the file's text could not see: extents of .xls, .ods and .xlsb."""
    if sheet.end and (sheet.end[0] >= MOST_ROWS or sheet.end[1] >= MOST_COLUMNS):
        raise FileTrouble(
            f"工作表“{sheet.name}”超出 {MOST_ROWS // 10_000} 万行、{MOST_COLUMNS} 列的范围；"
            "请删去远处多余的行列，另存后再导入"
        )


def _blocks(rows: Sequence[Sequence[object]]) -> Iterator[list[list[object]]]:
    """Bundle rows, blank cells as null."""
    for start in range(0, len(rows), ROWS_A_LINE):
        yield [[None if cell == "" else cell for cell in row] for row in rows[start : start + ROWS_A_LINE]]


def _moment(cell: date | time | timedelta) -> list[str]:
    """Write a day, a moment or a time of day; a span of more than a day stays a text with hours."""
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return [f"{minutes // 60:02}:{minutes % 60:02}"] if cell < _NO_DAYS else [f"={minutes // 60}:{minutes % 60:02}"]
    return [cell.isoformat()]


def _limit_memory() -> None:
    """Bound the memory of this process where the system can; elsewhere its own process is the protection."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
