"""Draw forms as one PDF: every form with its own page size, page count and bookmark, the same data the same bytes.

Fonts are embedded as subsets, texts can be searched and copied, dates come from the data and never from the clock.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from school_logistics.errors import OfficeError
from school_logistics.reports.blocks import Paper
from school_logistics.reports.fonts import MISSING, REGULAR, typeface
from school_logistics.reports.pdf_head import draw_binding, margins
from school_logistics.reports.pdf_plan import PlannedPage, page_size, plan
from school_logistics.reports.pdf_sheet import Piece, Sheet

CREATOR = "学校后勤台账"


class Progress(Protocol):
    """Told how far the work is; raises `Cancelled` to stop it."""

    def step(self, done: int, total: int, what: str) -> None:
        """Say that `done` of `total` are ready and `what` is being worked at."""


class Drawn(NamedTuple):
    """A drawn document."""

    data: bytes
    pages: tuple[int, ...]
    """Number of pages of each form, in order."""
    missing: tuple[str, ...]
    """Characters no font can print, each printed as 〓: to be named to the user before the paper goes out."""


def page_counts(papers: Sequence[Paper]) -> tuple[int, ...]:
    """Count the pages each form will have, without drawing it."""
    return tuple(len(plan(paper)) for paper in papers)


def draw(
    papers: Sequence[Paper],
    *,
    title: str,
    made_on: date,
    preview: bool = False,
    progress: Progress | None = None,
    cover: Callable[[tuple[int, ...]], Paper] | None = None,
) -> Drawn:
    """Draw forms one after the other into one PDF.

    `title` is the document's title, `made_on` its date; with `preview` what is still missing is hatched; `cover` makes
    the sheet in front of them from their page counts. Progress is counted in forms and told at every page. Raises
    OfficeError when there is no form to draw, and whatever `progress` raises to stop.
    """
    if not papers:
        raise OfficeError("没有选中要打印的表，请至少选一张。")
    planned = [(paper, plan(paper)) for paper in papers]
    if cover is not None:
        sheet = cover(tuple(len(pages) for _, pages in planned))
        planned.insert(0, (sheet, plan(sheet)))
    out = io.BytesIO()
    typeface().width(MISSING)
    canvas = Canvas(out, pageCompression=1, invariant=1, initialFontName=REGULAR, lang="zh-CN")
    _describe(canvas, [paper for paper, _ in planned], title, made_on)
    encoder = Encoder(canvas)
    counts: list[int] = []
    for number, (paper, pages) in enumerate(planned):
        for at, page in enumerate(pages):
            if progress is not None:
                progress.step(number, len(planned), f"{paper.title} 第 {at + 1} 页")
            _draw_page(canvas, encoder, paper, page, number, at, len(pages), preview=preview)
        counts.append(len(pages))
    canvas.save()
    if progress is not None:
        progress.step(len(planned), len(planned), title)
    return Drawn(out.getvalue(), tuple(counts), tuple(encoder.lacking))


def _describe(canvas: Canvas, papers: Sequence[Paper], title: str, made_on: date) -> None:
    canvas.setTitle(title)
    canvas.setAuthor(papers[0].school)
    canvas.setCreator(CREATOR)
    canvas.setSubject(
        "、".join(
            dict.fromkeys(f"{paper.title}（{paper.period}）" if paper.period else paper.title for paper in papers)
        )
    )
    canvas.setDateFormatter(lambda *_: f"D:{made_on:%Y%m%d}090000+08'00'")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.setViewerPreference("PrintScaling", "None")
    canvas.showOutline()


def _draw_page(
    canvas: Canvas,
    encoder: Encoder,
    paper: Paper,
    page: PlannedPage,
    number: int,
    at: int,
    pages: int,
    *,
    preview: bool,
) -> None:
    width, height = page_size(paper)
    canvas.setPageSize((width, height))
    for level, name in enumerate([f"{paper.code} {paper.title}".strip() if at == 0 else "", page.bookmark]):
        if name:
            key = f"form{number}page{at}level{level}"
            canvas.bookmarkPage(key, fit="XYZ", left=0, top=height, zoom=0)
            canvas.addOutlineEntry(name, key, level)
    sheet = Sheet(width, height, encoder)
    left = margins(paper).left
    page.head.draw(sheet, left, at + 1, pages)
    for place in page.places:
        place.draw(sheet, left, place.y, preview=preview)
    page.foot.draw(sheet, left)
    if paper.binding:
        draw_binding(sheet)
    canvas.addLiteral(sheet.operators())
    canvas.showPage()


class Encoder:
    """Turns texts into the character codes of the fonts embedded in one document, each text once."""

    def __init__(self, canvas: Canvas) -> None:
        # The characters of a font are numbered per document, and the canvas has no public word for its document.
        self._document = canvas._doc  # noqa: SLF001
        self._known: dict[bool, dict[str, tuple[Piece, ...]]] = {False: {}, True: {}}
        self.lacking: dict[str, None] = {}

    def __call__(self, text: str, *, bold: bool) -> tuple[Piece, ...]:
        """Give the pieces of one text, regular or bold."""
        known = self._known[bold].get(text)
        if known is None:
            known = self._known[bold][text] = tuple(self._pieces(text, bold=bold))
        return known

    def _pieces(self, text: str, *, bold: bool) -> list[Piece]:
        pieces: list[Piece] = []
        face = typeface(bold=bold)
        runs = face.runs(text)
        if face.lacking:
            self.lacking.update((one, None) for one in text if one in face.lacking)
        for run in runs:
            font = pdfmetrics.getFont(run.font)
            at = 0
            for subset, code in font.splitString(run.text, self._document):
                stretch = run.text[at : at + len(code)]
                name = font.getSubsetInternalName(subset, self._document)
                pieces.append(Piece(name, code.hex(), run.shift + face.width(run.text[:at])))
                at += len(stretch)
        return pieces
