"""Paper: a form, a register and the month's pack, from data file to PDF; floor: bare SQL and bare reportlab."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bench.data import PRINTED, Files, open_desk
from bench.floor import raw
from bench.measuring import Figure, Size, by_turns, median, milliseconds
from school_logistics.paths import data_file, resource_path
from school_logistics.reports.blocks import Grid
from school_logistics.reports.form import Head
from school_logistics.services.desk import Desk
from school_logistics.services.entries import Entries
from school_logistics.services.month import MonthPack

_FONT = "BenchSans"
_PAGE = (842.0, 595.0)
_MARGIN, _TOP, _POINTS = 36.0, 520.0, 8.0
_ROWS = (
    "SELECT p.*, i.name, s.name, s.address, s.phone FROM food_purchase p "
    "LEFT JOIN ingredient i ON i.id = p.ingredient LEFT JOIN supplier s ON s.id = p.supplier "
    "WHERE p.bought_on BETWEEN ? AND ? ORDER BY p.bought_on, p.id"
)
_PATIENCE = 10_000
"""Milliseconds that a month's pack may take."""


def printing(size: Size, files: Files) -> list[Figure]:
    """C03 of a month with 300 rows and of one with 3,600: read, laid out, drawn."""
    pdfmetrics.registerFont(TTFont(_FONT, str(resource_path("fonts", "NotoSansSC-Regular.ttf"))))
    rounds = max(1, size.rounds // 2)
    return [
        _form(files.form, rounds, "form", f"进货查验记录 {size.form_rows} 行，从数据文件到 PDF"),
        _form(files.register, rounds, "register", f"进货查验记录 {size.register_rows:,} 行，从数据文件到 PDF"),
    ]


def packing(size: Size, files: Files) -> list[Figure]:
    """Every form of a month and the cover, out of the data file of a school."""
    desk = open_desk(files.school)
    pack = MonthPack(desk)
    spent = median(milliseconds(lambda: pack.pack(PRINTED)) for _ in range(max(1, size.rounds // 2)))
    desk.store.close()
    what = f"一个月全部检查表和封面，数据文件 {size.school_rows:,} 行，不超过 10 秒"
    return [Figure("pack", what, spent, _PATIENCE, "ms", 1.0)]


def _form(folder: Path, rounds: int, job: str, what: str) -> Figure:
    desk, bare = open_desk(folder), raw(data_file(folder))
    pack = MonthPack(desk)
    texts = _texts(desk, pack)
    pages = pack.draw("C03", PRINTED).pages[0]
    pair = by_turns(lambda: pack.draw("C03", PRINTED), _bare_form(bare, texts, pages), rounds)
    bare.close()
    desk.store.close()
    return pair.figure(job, f"{what}（{pages} 页）", 1.3)


def _texts(desk: Desk, pack: MonthPack) -> Sequence[Sequence[str]]:
    """What stands in the cells of the form."""
    form = pack.form("C03")
    with desk.store.reading() as session:
        facts = form.gather(Entries(desk, session), PRINTED)
    paper = form.paper(facts, Head("", PRINTED, desk.today))
    return next(block.rows for block in paper.blocks if isinstance(block, Grid))


def _bare_form(bare: Any, texts: Sequence[Sequence[str]], pages: int) -> Callable[[], bytes]:
    """The same rows read, the same texts and as many lines drawn, with nothing decided: one text object a page."""
    a_page = -(-len(texts) // pages)
    columns = max(map(len, texts))
    step = (_PAGE[0] - 2 * _MARGIN) / columns
    height = (_TOP - _MARGIN) / a_page
    lines = [(_MARGIN, _TOP - row * height, _PAGE[0] - _MARGIN, _TOP - row * height) for row in range(a_page + 1)]
    lines += [(_MARGIN + place * step, _TOP, _MARGIN + place * step, _MARGIN) for place in range(columns + 1)]

    def work() -> bytes:
        bare.execute(_ROWS, (str(PRINTED.first), str(PRINTED.last))).fetchall()
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=_PAGE, initialFontName=_FONT)
        for page in range(pages):
            canvas.lines(lines)
            told = canvas.beginText()
            told.setFont(_FONT, _POINTS)
            for row, cells in enumerate(texts[page * a_page : (page + 1) * a_page], start=1):
                for place, text in enumerate(cells):
                    told.setTextOrigin(_MARGIN + place * step, _TOP - row * height + 3)
                    told.textOut(text)
            canvas.drawText(told)
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    return work
