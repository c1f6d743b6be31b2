"""The QR code at the foot of a form, as vectors: what it says is the form's number and its short code."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

from reportlab.graphics.barcode.qrencoder import QRAlphaNum, QRCode, QRErrorCorrectLevel

from school_logistics.reports.pdf_sheet import MM

MARK = 9.5 * MM
"""Side of the code, without the quiet zone that the margin gives it."""

_SMALLEST = 2
"""Version 2, of 25 modules, holds 38 characters at this level: one size for every form."""
_ROOM = {2: 38, 3: 61, 4: 90}
_MASK = 0
"""Every mask is valid; trying all eight would take longer than drawing a page."""
_KEPT = 512


@lru_cache(maxsize=_KEPT)
def mark_operators(text: str) -> str:
    """The code of a text of digits, capitals and dashes as PDF operators, drawn downwards from its corner."""
    modules = _modules(text)
    side = MARK / len(modules)
    boxes = []
    for row, line in enumerate(modules):
        at = 0
        for dark, run in groupby(line):
            wide = len(list(run))
            if dark:
                boxes.append(f"{at * side:.2f} {row * side:.2f} {wide * side:.2f} {side:.2f} re")
            at += wide
    return f"0 g {' '.join(boxes)} f"


def _modules(text: str) -> list[list[bool]]:
    """The dark modules, row by row; raises ValueError for a text that does not fit."""
    version = next(version for version, room in _ROOM.items() if version >= _SMALLEST and len(text) <= room)
    code = QRCode(version, QRErrorCorrectLevel.M)
    code.addData(QRAlphaNum(text))
    code.makeImpl(False, _MASK)  # noqa: FBT003 - the library's own signature
    return [[bool(dark) for dark in row] for row in code.modules]
