"""Starting, measured as whole processes from outside: the program beside a bare window, by turns."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from bench.data import Files, cache_folder, copied
from bench.measuring import Figure, Size, median
from school_logistics.paths import data_file

_ROOT = Path(__file__).resolve().parents[1]


class Started(NamedTuple):
    """One start: milliseconds and kilobytes at each mark."""

    painted: float
    page: float
    kilobytes: int


def starting(size: Size, files: Files) -> list[Figure]:
    """An empty data file, then that of a school with ten years of purchases."""
    with tempfile.TemporaryDirectory() as kept:
        empty = Path(kept, "empty")
        empty.mkdir()
        school = copied(files.school, Path(kept, "school"))
        for module, words in (("bench.bare_window", ()), ("bench.program_window", (empty,))):
            _started(module, *words)
        bare, fresh, full = [], [], []
        for _ in range(size.starts):
            bare.append(_started("bench.bare_window", data_file(school)))
            fresh.append(_started("bench.program_window", empty))
            full.append(_started("bench.program_window", school))
    painted = median(one.painted for one in bare)
    page = median(one.page for one in bare)
    memory = median(one.kilobytes for one in bare) / 1024
    filled = f"{size.school_rows:,} 行的数据文件"
    figures = [
        Figure("start_empty", "启动到窗口画出，空数据文件", median(one.painted for one in fresh), painted, "ms", 1.3),
        Figure("start_full", f"启动到窗口画出，{filled}", median(one.painted for one in full), painted, "ms", 1.3),
        Figure("start_rows", f"启动到采购台账可打字，{filled}", median(one.page for one in full), page, "ms", 2.5),
    ]
    if memory:
        used = median(one.kilobytes for one in full) / 1024
        figures.append(Figure("start_memory", "此时的内存", used, memory, "MB", 2.2))
    return figures


def _started(module: str, *words: Path) -> Started:
    """Start a process and listen until its second mark."""
    compiled = str(cache_folder() / "compiled")  # as an installed program has it, wherever these tools run
    quiet = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": compiled}
    quiet.pop("PYTHONDONTWRITEBYTECODE", None)
    start = perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", module, *map(str, words)],
        cwd=_ROOT, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    marks: dict[str, tuple[float, int]] = {}
    with child:
        for line in child.stdout or ():
            mark, kilobytes = line.split()
            marks[mark] = ((perf_counter() - start) * 1000, int(kilobytes))
    if "page" not in marks:
        msg = f"{module} stopped before it showed anything (exit code {child.returncode})"
        raise RuntimeError(msg)
    return Started(marks["painted"][0], marks["page"][0], marks["page"][1])
