"""The head and foot every page of a form carries: title, school, period, number and page, edition and remark."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from school_logistics.reports.blocks import Paper, Title
from school_logistics.reports.fonts import typeface
from school_logistics.reports.pdf_mark import MARK, mark_operators
from school_logistics.reports.pdf_sheet import MM, Sheet
from school_logistics.reports.pdf_text import BODY, EMPTY, LEADING, Fitted, fit, paragraph
from school_logistics.rules.short_code import shown

SIDE = 15 * MM
"""Margin left and right."""
BOUND, LOOSE = 25 * MM, 12 * MM
"""Margins left and right of a page that is bound at its left."""
TOP = 13 * MM
BOTTOM = 11 * MM

_TITLE_SIZES = (18.0, 16.0, 14.0, 12.0)
_SUBTITLE = 11.0
_FOOT = 7.5
_APART = 4 * MM
_BINDING_AT, _BINDING_END = 17 * MM, 8 * MM
_BESIDE_MARK = 2 * MM
_MARK_LOW = 5.5 * MM
"""Lower edge of the QR code: as low as every printer prints."""
_WIDEST_PAGES = "第 888 页 共 888 页"
_FACTS = 6.5 * MM
_ABOVE_FOOT = 2.5 * MM


class Margins(NamedTuple):
    """The margins of a page, in points."""

    left: float
    right: float


def margins(paper: Paper) -> Margins:
    """The margins of a form's pages."""
    return Margins(BOUND, LOOSE) if paper.binding else Margins(SIDE, SIDE)


class Head(NamedTuple):
    """The head of a page, measured."""

    title: Fitted
    subtitle: Fitted
    school: Fitted
    period: Fitted
    number: str
    number_width: float
    width: float

    @classmethod
    def measure(cls, paper: Paper, title: Title | None, width: float) -> Head:
        """Measure the head of a form's pages, under the title given or the form's own."""
        regular = typeface().width
        number = f"编号 {paper.number or paper.code}　" if paper.number or paper.code else ""
        right = regular(number + _WIDEST_PAGES) * BODY
        period = fit(paper.period, width / 3, _FACTS, regular)
        taken = right + max(period.widths, default=0.0) + 2 * _APART
        school = fit(f"学校（盖章）：{paper.school}", width - taken, _FACTS, regular)
        return cls(
            _largest(title.text if title else paper.title, width),
            paragraph(title.subtitle, _SUBTITLE, width, regular) if title and title.subtitle else EMPTY,
            school,
            period,
            number,
            right,
            width,
        )

    @property
    def facts_top(self) -> float:
        """Upper edge of the line with school, period and number."""
        return TOP + self.title.height + self.subtitle.height + 1.5 * MM

    @property
    def facts_height(self) -> float:
        """Height of that line."""
        return max(_FACTS, self.school.height + 2, self.period.height + 2)

    @property
    def bottom(self) -> float:
        """Where the blocks of the page begin."""
        return self.facts_top + self.facts_height + 0.5 * MM

    def draw(self, sheet: Sheet, x: float, page: int, pages: int) -> None:
        """Draw the head of one page of several."""
        sheet.block(self.title, x, TOP, self.width, self.title.height, "center", bold=True)
        sheet.block(self.subtitle, x, TOP + self.title.height, self.width, self.subtitle.height, "center")
        top, height = self.facts_top, self.facts_height
        sheet.block(self.school, x, top, self.width, height)
        left, wide = self._middle()
        sheet.block(self.period, x + left, top, wide, height, "center")
        text = f"{self.number}第 {page} 页 共 {pages} 页"
        wide = typeface().width(text) * BODY
        sheet.block(Fitted(BODY, (text,), (wide,)), x, top, self.width, height, "right")

    def _middle(self) -> tuple[float, float]:
        """Place the period in the middle of the page, or of what school and number leave free."""
        wide = max(self.period.widths, default=0.0)
        left = max(self.school.widths, default=0.0) + _APART
        right = self.width - self.number_width - _APART
        centred = (self.width - wide) / 2
        if left <= centred and centred + wide <= right:
            return centred, wide
        return left, right - left


class Foot(NamedTuple):
    """The foot of a page, measured: a remark at the left, code and edition at the right."""

    remark: Fitted
    edition: str
    edition_width: float
    width: float
    version: str = ""
    """The short code as it is printed."""
    version_width: float = 0.0
    mark: str = ""
    """What the QR code says."""

    @classmethod
    def measure(cls, paper: Paper, width: float) -> Foot:
        """Measure the foot of a form's pages."""
        regular = typeface().width
        edition = "　".join(part for part in (paper.code, paper.edition) if part)
        version = f"短码 {shown(paper.version)}" if paper.version else ""
        mark = "-".join(part for part in (paper.number or paper.code, paper.version) if part) if paper.version else ""
        beside = MARK + _BESIDE_MARK if mark else 0.0
        wide, code = regular(edition) * _FOOT + beside, regular(version) * _FOOT + beside
        remark = paragraph(paper.footer_note, _FOOT, width - max(wide, code) - _APART, regular)
        return cls(remark, edition, wide, width, version, code, mark)

    @property
    def height(self) -> float:
        """Height of the foot, with the room that parts it from what stands above."""
        return max(_FOOT * LEADING, self.remark.height) + _ABOVE_FOOT

    def draw(self, sheet: Sheet, x: float) -> None:
        """Draw the foot at the lower margin of a page."""
        top = sheet.height - BOTTOM - self.height + _ABOVE_FOOT
        height = self.height - _ABOVE_FOOT
        sheet.block(self.remark, x, top, self.width, height)
        sheet.faint(x + self.width - self.edition_width, top + 0.85 * _FOOT, self.edition, _FOOT)
        if self.mark:
            low = sheet.height - _MARK_LOW
            sheet.text(x + self.width - self.version_width, low - 1, self.version, _FOOT)
            sheet.place(mark_operators(self.mark), x + self.width - MARK, low - MARK)


def draw_binding(sheet: Sheet) -> None:
    """Draw the dashed line along which the pages are bound, with its three words."""
    x, high = _BINDING_AT, sheet.height
    edges = [0.0, *(high * (place + 1) / 4 for place in range(3)), high]
    for at, word in enumerate("装订线", start=1):
        sheet.faint(x - _FOOT / 2, edges[at] + 0.38 * _FOOT, word, _FOOT)
    for begin, end in pairwise(edges):
        top = begin + (_FOOT if begin else _BINDING_END)
        low = end - (_FOOT if end < high else _BINDING_END)
        sheet.dashed(x, top, x, low)


def _largest(text: str, width: float) -> Fitted:
    measure = typeface(bold=True).width
    for size in _TITLE_SIZES:
        if measure(text) * size <= width:
            return paragraph(text, size, width, measure)
    return paragraph(text, 14.0, width, measure)
