"""CSV and tab-separated text: which encoding, which separator, and the cells as text."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from school_logistics.errors import FileTrouble
from school_logistics.services.reading.guard import MOST_COLUMNS, MOST_ROWS

_GUARDED = re.compile(r"'+[=+\-@＝＋－＠\t\r]")
"""How a careful export writes text that a table program would take for a formula."""
_SEPARATORS = ",\t;，"
_LONGEST_CELL = 32_767


def decode(content: bytes) -> str:
    """Turn bytes into text: byte-order mark, else UTF-8, else GB18030, never a guess beyond these.

    Raises FileTrouble when the bytes are none of them.
    """
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileTrouble("认不出这个文本文件的编码；请用 WPS 或 Excel 打开，另存为“.xlsx 工作簿”或“CSV UTF-8”后再导入")


def split(text: str) -> list[list[str]]:
    """Cut text into rows of cells, all as long as the longest row.

    Raises FileTrouble beyond the limits, or when the text is no table.
    """
    csv.field_size_limit(_LONGEST_CELL)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=False):
            if len(rows) >= MOST_ROWS or len(row) > MOST_COLUMNS:
                raise FileTrouble(
                    f"表格超出 {MOST_ROWS // 10_000} 万行、{MOST_COLUMNS} 列的范围；请按学期拆成几个文件后再导入"
                )
            rows.append([cell[1:] if _GUARDED.match(cell) else cell for cell in row])
    except csv.Error as bad:
        raise FileTrouble("这个文本文件不像表格；请用 WPS 或 Excel 打开后另存为“.xlsx 工作簿”，再导入") from bad
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _separator(text: str) -> str:
    """Take the separator that the first lines use most evenly."""
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()]

    def evenness(separator: str) -> tuple[int, int]:
        counts = Counter(line.count(separator) for line in lines)
        counts.pop(0, None)
        return max(counts.values(), default=0), sum(count * lines_with for count, lines_with in counts.items())

    return max(_SEPARATORS, key=evenness)
