"""Start the reading child, wait for what it sends, and turn its ways of failing into sentences."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any, cast

from school_logistics.errors import FileTrouble
from school_logistics.services.reading.grid import Cell, Merged, Sheet

PATIENCE_SECONDS = 120.0

_ROOT = Path(__file__).resolve().parents[3]
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from school_logistics.services.reading.worker import main; sys.exit(main(sys.argv[1:]))"
)
_ISO_DAY = len("2026-11-22")
_NO_NAME = "文件名读不出，里面有认不得的字符；请先把文件改个名，再导入。没有改动任何数据"
_DIED = (
    "这个文件读到一半出了问题，可能已损坏或内容异常庞大；没有改动任何数据。"
    "请用 WPS 或 Excel 打开后另存为“.xlsx 工作簿”，再导入"
)


def read_file(
    path: Path,
    only: str | None = None,
    told: Callable[[int, int], None] | None = None,
    patience: float = PATIENCE_SECONDS,
) -> list[Sheet]:
    """Read a workbook or CSV file in a process of its own.

    `only` names the one sheet wanted; the others come back without rows. `told(sheets read, sheets)` hears of
    progress and may raise Cancelled, which ends the child. `patience` is in seconds.

    Raises FileTrouble with a sentence that says what to do.
    """
    try:
        str(path).encode()
    except UnicodeEncodeError as unreadable:
        raise FileTrouble(_NO_NAME) from unreadable
    # The program is this one itself and the arguments go to no shell.
    child = subprocess.Popen(  # noqa: S603
        [*_command(), str(path), *([only] if only is not None else [])],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    late = threading.Event()

    def give_up() -> None:
        late.set()
        child.kill()

    alarm = threading.Timer(patience, give_up)
    alarm.daemon = True
    alarm.start()
    try:
        with cast("IO[bytes]", child.stdout) as said:
            sheets = _collect(said, told)
    finally:
        alarm.cancel()
        child.kill()
        child.wait()
    if sheets is None:
        raise FileTrouble(
            f"读取超过 {patience:.0f} 秒，已停止；请按学期拆成几个文件后再导入" if late.is_set() else _DIED
        )
    return sheets


def _command() -> list[str]:
    """Say how to start the child from a source tree and from the frozen program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--import-worker"]
    return [sys.executable, "-I", "-c", _START, str(_ROOT)]


def _collect(lines: Iterable[bytes], told: Callable[[int, int], None] | None) -> list[Sheet] | None:
    """Put the child's lines together; None when it stopped before the end."""
    sheets: list[Sheet] = []
    rows: list[list[Cell]] = []
    total = 0
    seal: str | None = ""
    for line in lines:
        try:
            said = json.loads(line)
        except ValueError:
            return None
        if isinstance(said, list):
            rows.extend(_cells(row) for row in said)
        elif "sheet" in said:
            rows = []
            merged = tuple(Merged(*start, *end) for start, end in said["merged"])
            sheets.append(Sheet(said["sheet"], rows, merged, hidden=said["hidden"], seal=seal))
            if told:
                told(len(sheets), total)
        elif "trouble" in said:
            raise FileTrouble(said["trouble"])
        elif "book" in said:
            total, seal = said["book"], said["seal"]
        else:
            return sheets
    return None


def _cells(row: list[Any]) -> list[Cell]:
    """Give days and times back their types; everything else is already what it was."""
    return [_moment(cell[0]) if isinstance(cell, list) else cell for cell in row]


def _moment(text: str) -> Cell:
    """Read what the child wrote for a day, a moment or a time of day."""
    if text.startswith("="):
        return text[1:]
    if "T" in text:
        return datetime.fromisoformat(text)
    return date.fromisoformat(text) if len(text) == _ISO_DAY else time.fromisoformat(text)
