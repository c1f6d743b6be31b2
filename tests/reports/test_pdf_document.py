"""The PDF as a whole: the same data the same bytes, fonts inside, text to search, bookmarks, properties, sizes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

import pytest
from PySide6.QtPdf import QPdfDocument

from school_logistics.errors import Cancelled, OfficeError
from school_logistics.reports.blocks import Note, PageBreak, Paper, Title
from school_logistics.reports.pdf import draw, page_counts
from tests.reports.paper_reader import MADE_ON, SCHOOL, Bookmark, Printed, grid, paper, printed

pytestmark = pytest.mark.usefixtures("qapp")


def test_the_same_data_gives_the_byte_identical_file():
    forms = [paper(grid(60)), paper(Note("张𬭎、𠮷"), orientation="landscape")]
    first = draw(forms, title="检查表", made_on=MADE_ON)
    between = draw([paper(Note("别的字：犇羴鱻"))], title="别的", made_on=date(2027, 1, 1))
    second = draw(forms, title="检查表", made_on=MADE_ON)
    assert first == second
    assert between.data != first.data


def test_another_day_is_another_file():
    form = [paper(grid(1))]
    assert (
        draw(form, title="检查表", made_on=MADE_ON).data != draw(form, title="检查表", made_on=date(2026, 12, 1)).data
    )


def test_the_document_names_its_title_author_day_and_maker():
    document = printed(paper(grid(1)))
    kinds = QPdfDocument.MetaDataField
    assert document.says(kinds.Title) == "2026年11月检查表"
    assert document.says(kinds.Author) == SCHOOL
    assert document.says(kinds.Creator) == "学校后勤台账"
    assert document.says(kinds.Subject) == "食品进货查验记录（2026年11月）"
    assert document.says(kinds.CreationDate) == "2026-11-30"
    assert b"/Lang (zh-CN)" in document.data


def test_every_font_is_embedded_and_none_of_the_readers_own_is_asked_for():
    document = printed(paper(grid(3)), paper(Note("㛃")))
    fonts = re.findall(rb"/BaseFont /([^\s/]+)", document.data)
    assert fonts
    assert all(re.fullmatch(rb"[A-Z]{6}\+Noto(Sans|Serif)SC-(Regular|Bold)", font) for font in fonts)
    assert document.data.count(b"/FontFile2 ") == len(fonts) == document.data.count(b"/ToUnicode ")
    assert b"Helvetica" not in document.data


def test_names_with_rare_characters_are_copied_out_as_they_were_typed():
    names = "张𬭎、堃雨㛃、䶮、鿍、㙍、𫖯"
    assert names in printed(paper(Note(names))).text


def test_a_page_with_more_different_characters_than_one_font_subset_holds_is_still_copied_right():
    many = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 700))
    assert many in printed(paper(Note(many))).text


def test_a_character_no_font_has_is_reported_and_printed_as_a_gap_sign():
    drawn = draw([paper(Note("𠮷野家"), grid(1))], title="检查表", made_on=MADE_ON)
    assert drawn.missing == ("𠮷",)
    assert "〓野家" in printed(paper(Note("𠮷野家"))).text


def test_every_form_has_its_bookmark_and_parts_have_theirs_below_it():
    first = paper(grid(60))
    second = paper(
        Title("供货商档案", "一户一页", bookmark="明德粮油"),
        grid(1),
        PageBreak(),
        Title("供货商档案", "一户一页", bookmark="城东蔬菜"),
        code="C01",
        title="供货商档案",
    )
    assert printed(first, second).bookmarks == [
        Bookmark(0, "C03 食品进货查验记录", 0),
        Bookmark(0, "C01 供货商档案", 2),
        Bookmark(1, "明德粮油", 2),
        Bookmark(1, "城东蔬菜", 3),
    ]


def test_upright_and_lying_pages_stand_in_one_document():
    assert printed(paper(grid(1)), paper(grid(1), orientation="landscape")).sizes == [(595, 842), (842, 595)]


def test_pages_are_counted_form_by_form():
    forms = [paper(grid(60)), paper(grid(1)), paper(grid(100), orientation="landscape")]
    pages = printed(*forms).pages
    counts = draw(forms, title="检查表", made_on=MADE_ON).pages
    assert page_counts(forms) == counts
    numbered = [f"第 {page} 页 共 {count} 页" for count in counts for page in range(1, count + 1)]
    assert len(pages) == len(numbered)
    assert all(words in text for words, text in zip(numbered, pages, strict=True))


def test_a_cover_knows_the_pages_of_the_forms_behind_it():
    told: list[tuple[int, ...]] = []

    def cover(pages: tuple[int, ...]) -> Paper:
        told.append(pages)
        return paper(Note(f"共 {sum(pages)} 页"), title="封面")

    drawn = draw([paper(grid(60)), paper(grid(3))], title="检查表", made_on=MADE_ON, cover=cover)

    assert told == [drawn.pages[1:]]
    assert f"共{sum(drawn.pages) - 1}页" in Printed(drawn.data).text


def test_no_form_at_all_is_refused_with_a_sentence():
    with pytest.raises(OfficeError, match="没有选中要打印的表"):
        draw([], title="检查表", made_on=MADE_ON)


@dataclass
class Told:
    """Keeps what progress was told, and stops the work at one of its steps."""

    stop_at: int = -1
    steps: list[tuple[int, int, str]] = field(default_factory=list)

    def step(self, done: int, total: int, what: str) -> None:
        """Keep it."""
        if len(self.steps) == self.stop_at:
            raise Cancelled
        self.steps.append((done, total, what))


def test_progress_is_told_at_every_page_and_at_the_end():
    told = Told()
    draw([paper(grid(60)), paper(grid(1))], title="检查表", made_on=MADE_ON, progress=told)
    assert [(done, total) for done, total, _ in told.steps] == [(0, 2), (0, 2), (1, 2), (2, 2)]
    assert told.steps[1][2] == "食品进货查验记录 第 2 页"


def test_drawing_can_be_stopped_between_pages():
    with pytest.raises(Cancelled):
        draw([paper(grid(60))], title="检查表", made_on=MADE_ON, progress=Told(stop_at=1))


def test_a_years_register_is_printed_whole():
    document = printed(paper(grid(3600), orientation="landscape"))
    assert all(f"食材{at:04}号" in document.text for at in (1, 1800, 3600))
    assert all("品名" in page for page in document.pages)
    assert f"共 {len(document.pages)} 页" in document.pages[-1]
