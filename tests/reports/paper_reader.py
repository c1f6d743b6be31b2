"""Reads a drawn form the way a person's PDF reader does: text, bookmarks, properties, the look of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QModelIndex, QSize
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfBookmarkModel, QPdfDocument

from school_logistics.reports.blocks import Block, Column, Grid, Orientation, Paper
from school_logistics.reports.pdf import draw

MADE_ON = date(2026, 11, 30)
SCHOOL = "明德路小学"
COLUMNS = (
    Column("日期", 16, "center", wrap=False),
    Column("品名", 40),
    Column("数量（公斤）", 20, "right", wrap=False),
    Column("金额（元）", 24, "right", wrap=False),
)


class Bookmark(NamedTuple):
    """One entry of the outline."""

    level: int
    title: str
    page: int


class Printed:
    """One PDF, opened."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument()
        self._document.load(self._buffer)
        assert self._document.status() == QPdfDocument.Status.Ready

    @cached_property
    def pages(self) -> list[str]:
        """The text of every page, as it is copied out."""
        count = range(self._document.pageCount())
        return [self._document.getAllText(page).text().replace("\r", "") for page in count]

    @cached_property
    def text(self) -> str:
        """The text of all pages without the breaks of lines, which a search does not mind either."""
        return re.sub(r"\s", "", "".join(self.pages))

    @property
    def sizes(self) -> list[tuple[int, int]]:
        """Width and height of every page in whole points."""
        sizes = [self._document.pagePointSize(page) for page in range(self._document.pageCount())]
        return [(round(size.width()), round(size.height())) for size in sizes]

    @property
    def bookmarks(self) -> list[Bookmark]:
        """The outline from top to bottom."""
        model = QPdfBookmarkModel()
        model.setDocument(self._document)

        def below(parent: QModelIndex, level: int) -> Iterator[Bookmark]:
            for row in range(model.rowCount(parent)):
                index = model.index(row, 0, parent)
                title = index.data(QPdfBookmarkModel.Role.Title.value)
                yield Bookmark(level, title, index.data(QPdfBookmarkModel.Role.Page.value))
                yield from below(index, level + 1)

        return list(below(QModelIndex(), 0))

    def says(self, field: QPdfDocument.MetaDataField) -> str:
        """One of the document's properties, as text."""
        value = self._document.metaData(field)
        return value if isinstance(value, str) else value.toString("yyyy-MM-dd")

    def image(self, page: int = 0, width: int = 842) -> QImage:
        """How a page looks, on white, one picture point a point when the page is A4 on its side."""
        size = self._document.pagePointSize(page)
        seen = self._document.render(page, QSize(width, round(width * size.height() / size.width())))
        paper = QImage(seen.size(), QImage.Format.Format_RGB32)
        paper.fill(0xFFFFFFFF)
        from PySide6.QtGui import QPainter

        painter = QPainter(paper)
        painter.drawImage(0, 0, seen)
        painter.end()
        return paper

    def reddish(self, page: int = 0) -> int:
        """How many points of a page are red: what is hatched."""
        image = self.image(page)
        colours = (image.pixelColor(x, y) for y in range(0, image.height(), 2) for x in range(0, image.width(), 2))
        return sum(colour.red() - colour.green() > 40 for colour in colours)


def paper(*blocks: Block, orientation: Orientation = "portrait", **kept: Any) -> Paper:
    """A form of this school in November."""
    plain = Paper("C03", "食品进货查验记录", SCHOOL, "2026年11月", orientation, blocks)
    return replace(plain, **kept)


def deliveries(count: int) -> tuple[tuple[str, ...], ...]:
    """Rows for `COLUMNS`, each with a name of its own."""
    return tuple((f"11-{at % 30 + 1:02}", f"食材{at + 1:04}号", f"{at % 40 + 1}.50", "12.00") for at in range(count))


def grid(count: int, **options: object) -> Grid:
    """A grid of so many deliveries."""
    return Grid(COLUMNS, deliveries(count), **options)  # type: ignore[arg-type]  # options of a test, not of the product


def printed(*papers: Paper, preview: bool = False) -> Printed:
    """Draw forms and open what was drawn."""
    return Printed(draw(papers, title="2026年11月检查表", made_on=MADE_ON, preview=preview).data)
