"""Giving a cell of somebody else's workbook the look of a date, its font, border, fill and protection kept."""

from __future__ import annotations

import re

_FORMATS = re.compile(rb"<((?:\w+:)?)numFmts\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?numFmts>)", re.DOTALL)
_CELL_STYLES = re.compile(rb"(<(?:\w+:)?cellXfs\b[^>]*>)(.*?)(</(?:\w+:)?cellXfs>)", re.DOTALL)
_STYLE = re.compile(rb"<((?:\w+:)?)xf\b(?:[^>]*?/>|.*?</(?:\w+:)?xf>)", re.DOTALL)
_FORMAT = re.compile(rb'<(?:\w+:)?numFmt\b[^>]*?numFmtId="(\d+)"[^>]*?formatCode="([^"]*)"')
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_FIRST_OWN = 164
"""The number from which workbooks declare their own formats."""


class DateStyles:
    """The styles of a workbook, to which styles for dates are added at the end; those there keep their numbers."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.changed = False
        self._known: dict[int, int] = {}

    def dated(self, style: int) -> int:
        """The number of a style like this one that shows a date; itself when it does already."""
        if style not in self._known:
            self._known[style] = self._make(style)
        return self._known[style]

    def _make(self, style: int) -> int:
        table = _CELL_STYLES.search(self.data)
        if table is None:
            return style
        styles = list(_STYLE.finditer(table[2]))
        like = styles[style][0]
        if self._shows_date(like):
            return style
        number = self._format()
        table = _CELL_STYLES.search(self.data)
        assert table is not None  # noqa: S101 - it was there before the format was added
        new = re.sub(rb'\bnumFmtId="\d+"', b'numFmtId="%d"' % number, like, count=1)
        new = re.sub(rb'\s*applyNumberFormat="\w+"', b"", new)
        new = re.sub(rb"(<(?:\w+:)?xf\b)", rb'\1 applyNumberFormat="1"', new, count=1)
        opening = re.sub(rb'count="\d+"', b'count="%d"' % (len(styles) + 1), table[1])
        self._replace(table, opening + table[2] + new + table[3])
        return len(styles)

    def _shows_date(self, like: bytes) -> bool:
        found = re.search(rb'\bnumFmtId="(\d+)"', like)
        number = int(found[1]) if found else 0
        if number in _BUILT_IN_DATES:
            return True
        written = dict(_FORMAT.findall(self.data)).get(str(number).encode(), b"")
        return bool(re.search(rb"[yYdD]", re.sub(rb"&quot;.*?&quot;|\[[^\]]*\]|\\.", b"", written)))

    def _format(self) -> int:
        """The number of the format 2026-11-22, declared when it is not."""
        declared = {int(number): code for number, code in _FORMAT.findall(self.data)}
        for number, code in declared.items():
            if code == b"yyyy-mm-dd":
                return number
        number = max([_FIRST_OWN - 1, *declared]) + 1
        table = _FORMATS.search(self.data)
        if table is not None:
            inside = table[2] or b""
            self._replace(table, self._formats(table[1], inside, number, len(declared) + 1))
            return number
        root = re.search(rb"<((?:\w+:)?)styleSheet\b[^>]*>", self.data)
        if root is not None:
            self.data = self.data[: root.end()] + self._formats(root[1], b"", number, 1) + self.data[root.end() :]
        return number

    @staticmethod
    def _formats(prefix: bytes, inside: bytes, number: int, many: int) -> bytes:
        one = b'<%snumFmt numFmtId="%d" formatCode="yyyy-mm-dd"/>' % (prefix, number)
        return b'<%snumFmts count="%d">%s%s</%snumFmts>' % (prefix, many, inside, one, prefix)

    def _replace(self, table: re.Match[bytes], new: bytes) -> None:
        self.data = self.data[: table.start()] + new + self.data[table.end() :]
        self.changed = True
