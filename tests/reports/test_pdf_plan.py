"""Whatever a form is made of, its blocks stand one below the other and inside the margins of its pages."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_logistics.reports.blocks import (
    AmountInWords,
    Block,
    Card,
    Grid,
    Line,
    Note,
    PageBreak,
    Paper,
    Signatures,
    Stamp,
    Title,
)
from school_logistics.reports.pdf_head import BOTTOM, SIDE
from school_logistics.reports.pdf_plan import PlannedPage, page_size, plan
from school_logistics.reports.pdf_sheet import Piece, Sheet
from tests.reports.paper_reader import COLUMNS, deliveries, grid, paper

words = st.text(alphabet="甲乙丙，。（）Ab1 \n", max_size=120)
names = st.lists(st.sampled_from(["验收人", "食堂负责人", "分管校长"]), max_size=6).map(tuple)


@st.composite
def tables(draw: st.DrawFn) -> Grid:
    """A grid of some rows, some of them long, some of them group headings."""
    rows: list[tuple[str, ...]] = list(deliveries(draw(st.integers(0, 70))))
    for at in draw(st.lists(st.integers(0, 60), max_size=5)):
        rows.insert(at, draw(st.sampled_from([("一年级",), ("11-01", "很长的品名" * 60, "1", "2")])))
    total = draw(st.sampled_from([None, ("合计", "", "", "12.00")]))
    return Grid(COLUMNS, rows, total=total, blank_to_page=draw(st.booleans()), struck=draw(st.booleans()))


blocks: st.SearchStrategy[Block] = st.one_of(
    tables(),
    st.builds(Title, words.filter(str.strip), words),
    st.builds(Line, st.lists(st.tuples(words, words), max_size=4).map(tuple)),
    st.builds(Note, st.one_of(words, words.map(lambda text: text * 60))),
    st.builds(AmountInWords, words, words),
    st.builds(Signatures, names, st.booleans()),
    st.just(Stamp()),
    st.just(PageBreak()),
    st.builds(Card, st.just(((("名称", "明德粮油"), ("编号", "1")), (("地址", "很长" * 90),)))),
)
papers = st.builds(
    Paper,
    code=st.just("C03"),
    title=words.map(lambda text: "表" + text),
    school=words,
    period=words.map(lambda text: text[:20]),
    orientation=st.sampled_from(["portrait", "landscape"]),
    blocks=st.lists(blocks, max_size=6).map(tuple),
    footer_note=words,
)


def _operators(page: PlannedPage, form: Paper) -> str:
    def encode(text: str, *, bold: bool) -> tuple[Piece, ...]:
        return (Piece("/F1", "00", 0.0),)

    sheet = Sheet(*page_size(form), encode)
    page.head.draw(sheet, SIDE, 1, 1)
    for place in page.places:
        place.draw(sheet, SIDE, place.y, preview=True)
    page.foot.draw(sheet, SIDE)
    return sheet.operators()


@given(papers)
def test_nothing_stands_outside_the_margins_of_its_page(form):
    width, height = page_size(form)
    for page in plan(form):
        operators = _operators(page, form)
        places = re.findall(r"1 0 0 1 (\S+) (\S+) Tm", operators) + re.findall(r"(\S+) (\S+) [ml]\b", operators)
        for x, y in places:
            assert SIDE - 0.1 <= float(x) <= width - SIDE + 0.1
            assert BOTTOM - 0.1 <= float(y) <= height - BOTTOM


@given(papers)
def test_blocks_stand_one_below_the_other_between_head_and_foot(form):
    _, height = page_size(form)
    for page in plan(form):
        tops = [place.y for place in page.places]
        assert tops == sorted(tops)
        assert all(page.head.bottom - 0.1 <= top <= height - BOTTOM - page.foot.height for top in tops)


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_a_page_holds_as_many_rows_as_a_form_has_by_custom(orientation):
    form = paper(grid(200), orientation=orientation)
    rows = 200 / len(plan(form))
    assert rows >= (27 if orientation == "portrait" else 16)


def test_notes_too_long_for_what_is_left_below_a_table_go_on_on_the_next_page():
    form = paper(grid(3), Signatures(("验收人",)), Stamp(), Note("说明，" * 900))
    assert len(plan(form)) > 1
