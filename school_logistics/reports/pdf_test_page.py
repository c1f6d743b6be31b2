"""The page by which a printer is adjusted: marks at the corners, rulers, a grid, and a 100 mm square to measure.

Held against the light with a sheet or measured with a ruler it shows by how much the printer shifts, in tenths of a
millimetre, and whether it scales.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from reportlab.pdfgen.canvas import Canvas

from school_logistics.reports.fonts import REGULAR
from school_logistics.reports.pdf import CREATOR, Encoder
from school_logistics.reports.pdf_sheet import A4, MM, Sheet

if TYPE_CHECKING:
    from school_logistics.reports.blocks import Orientation

TITLE = "打印测试页"
_MARK, _ARM = 10, 8
_GRID = 10
_LONG, _MIDDLE, _SHORT = 4.0, 3.0, 2.0
_SQUARE = 100
_SAID = (
    "一、打印时选“实际大小”，不要选“适合纸张”。",
    "二、量四角的 L 形标记：角点到纸边应各为 10 毫米。",
    "三、左边比 10 毫米多几，“横向”就填负几；少几就填正几。单位 0.1 毫米，例如多 0.5 毫米填 −5。",
    "四、上边比 10 毫米多几，“纵向”就填负几；少几就填正几。",
    "五、中间方框应为 100 × 100 毫米；不是，说明打印机在缩放，请先关掉缩放。",
    "六、在“设置 → 打印”里填好，再打一张核对。",
)


def draw_test_page(orientation: Orientation = "portrait", printer: str = "", offset: str = "") -> bytes:
    """The page as PDF; `printer` and `offset` say for which printer and with which offset it is printed."""
    width, height = A4 if orientation == "portrait" else (A4[1], A4[0])
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height), pageCompression=1, invariant=1, initialFontName=REGULAR)
    canvas.setTitle(TITLE)
    canvas.setCreator(CREATOR)
    canvas.setViewerPreference("PrintScaling", "None")
    sheet = Sheet(width, height, Encoder(canvas))
    _corners(sheet)
    _rulers(sheet)
    _middle(sheet)
    _words(sheet, printer, offset)
    canvas.addLiteral(sheet.operators())
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _corners(sheet: Sheet) -> None:
    """Marks whose corners lie 10 mm from both edges."""
    mark, arm = _MARK * MM, _ARM * MM
    for x, right in ((mark, 1), (sheet.width - mark, -1)):
        for y, down in ((mark, 1), (sheet.height - mark, -1)):
            sheet.rule(x, y, x + right * arm, y, thick=True)
            sheet.rule(x, y, x, y + down * arm, thick=True)


def _rulers(sheet: Sheet) -> None:
    """Millimetres along the top and the left, counted from the edges of the paper."""
    for mm in range(20, int(sheet.width / MM) - 20):
        sheet.rule(mm * MM, 12 * MM, mm * MM, (12 + _tick(mm)) * MM)
        if mm % 10 == 0:
            sheet.text(mm * MM - 4, 19.5 * MM, str(mm), 6.5)
    for mm in range(20, int(sheet.height / MM) - 20):
        sheet.rule(12 * MM, mm * MM, (12 + _tick(mm)) * MM, mm * MM)
        if mm % 10 == 0:
            sheet.text(17 * MM, mm * MM + 2.2, str(mm), 6.5)


def _tick(mm: int) -> float:
    return _LONG if mm % 10 == 0 else _MIDDLE if mm % 5 == 0 else _SHORT


def _middle(sheet: Sheet) -> None:
    """A square of 100 mm with a grid of 10 mm."""
    left, top, side = (sheet.width - _SQUARE * MM) / 2, _top(sheet), _SQUARE * MM
    sheet.frame(left, top, side, side)
    for at in range(1, _SQUARE // _GRID):
        step = at * _GRID * MM
        sheet.rule(left + step, top, left + step, top + side)
        sheet.rule(left, top + step, left + side, top + step)
    sheet.text(left + side / 2 - 16, top - 4, "100 毫米", 8)


def _top(sheet: Sheet) -> float:
    return (sheet.height - _SQUARE * MM) * (0.62 if sheet.height > sheet.width else 0.86)


def _words(sheet: Sheet, printer: str, offset: str) -> None:
    x, y = 26 * MM, 30 * MM
    sheet.text(x, y, TITLE, 16, bold=True)
    told = "　".join(part for part in (f"打印机：{printer}" if printer else "", offset) if part)
    if told:
        sheet.text(x, y + 7 * MM, told, 9.5)
    for line, said in enumerate(_SAID):
        sheet.text(x, y + (14 + 6 * line) * MM, said, 9.5)
