"""Tables on paper: heading on every page, totals, blank lines, groups, gaps, texts too long for their cell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_logistics.reports.blocks import AmountInWords, Card, Column, Grid, Signatures, Stamp
from school_logistics.reports.pdf_grid import measure_card, measure_grid
from school_logistics.reports.pdf_sheet import MM
from school_logistics.reports.pdf_table import Part, Table, lay_out
from tests.reports.paper_reader import COLUMNS, deliveries, grid, paper, printed

pytestmark = pytest.mark.usefixtures("qapp")

WIDTH = 180 * MM
LONG = "特制五香大块卤牛腱子肉（真空包装）Supercalifragilisticexpialidocious25kg/袋，冷藏保存" * 4


def test_the_heading_is_repeated_on_every_page():
    pages = printed(paper(grid(60))).pages
    assert len(pages) > 1
    assert all("品名" in page and "数量" in page for page in pages)


def test_every_row_stands_on_paper_once_and_in_order():
    text = printed(paper(grid(75))).text
    places = [text.index(f"食材{at + 1:04}号") for at in range(75)]
    assert places == sorted(places)
    assert text.count("食材") == 75


def test_a_page_subtotal_stands_on_each_page_and_the_grand_total_on_the_last():
    rows = deliveries(60)
    sums = [(Decimal(row[2]), Decimal(row[3])) for row in rows]
    total = ("合计", "", "1,130.00", "720.00")
    pages = printed(paper(Grid(COLUMNS, rows, total=total, page_totals=(2, 3), sums=sums))).pages
    assert all("本页小计" in page for page in pages)
    assert [page.count("720.00") for page in pages] == [0] * (len(pages) - 1) + [1]
    first = sum(page in pages[0] for page in (row[1] for row in rows))
    assert f"{sum(pair[0] for pair in sums[:first]):,.2f}" in pages[0]
    assert f"{first * 12}.00" in pages[0]


def test_a_table_of_one_page_needs_no_subtotal():
    rows = deliveries(3)
    sums = [(Decimal(1),)] * 3
    text = printed(paper(Grid(COLUMNS, rows, total=("合计", "", "", "36.00"), page_totals=(3,), sums=sums))).text
    assert "本页小计" not in text
    assert "合计36.00" in text


def test_room_left_on_a_page_whose_rows_go_on_is_closed_so_that_nothing_can_be_added():
    full = next(
        rows for rows in range(20, 60) if len(printed(paper(grid(rows), Signatures(("甲",)), Stamp())).pages) > 1
    )
    pages = printed(paper(grid(full), Signatures(("甲",)), Stamp())).pages
    assert "（接下页）" in pages[0]
    assert "（接下页）" not in pages[-1]
    assert "（接下页）" not in printed(paper(grid(full - 1), Signatures(("甲",)), Stamp())).text


def test_the_subtotal_of_a_group_never_stands_first_on_a_page():
    for count in range(25, 45):
        rows = (*deliveries(count), ("", "小计", "1.00", "2.00"))
        for page in printed(paper(Grid(COLUMNS, rows, bold=frozenset({count})), Signatures(("甲",)))).pages:
            assert "小计" not in page or "食材" in page.partition("小计")[0]


def test_a_subtotal_leaves_out_rows_that_say_nothing():
    rows = deliveries(60)
    sums = [(None,) if at else (Decimal("7.50"),) for at in range(60)]
    pages = printed(paper(Grid(COLUMNS, rows, page_totals=(3,), sums=sums))).pages
    assert "7.50" in pages[0].partition("本页小计")[2]
    assert "." not in pages[-1].partition("本页小计")[2].replace("C03", "")


def test_a_column_writes_its_subtotal_in_its_own_way():
    column = Column("金额", 20, "right", show_sum=lambda value: f"{value:.0f} 元整")
    rows = [("1",)] * 60
    assert "元整" in printed(paper(Grid((column,), rows, page_totals=(0,), sums=[(Decimal(1),)] * 60))).text


def _unused(table: Table, count: int, space: float) -> int:
    return lay_out(table, Part(range(count), space, several=False, last=True))[1]


def test_the_last_page_is_filled_with_blank_lines_to_write_on():
    table = measure_grid(grid(3), WIDTH, 500)
    assert _unused(table, 3, 10 * 8 * MM) == 7


def test_a_table_that_shares_its_page_is_not_filled():
    table = measure_grid(grid(3, blank_to_page=False), WIDTH, 500)
    assert _unused(table, 3, 10 * 8 * MM) == 0


def test_lines_for_handwriting_are_at_least_eight_millimetres_high_and_the_frame_ends_at_the_same_height():
    table = measure_grid(grid(3), WIDTH, 500)
    rows, _, stretch = lay_out(table, Part(range(3), 10.5 * 8 * MM, several=False, last=True))
    assert min(row.height for row in rows) == pytest.approx(8 * MM)
    assert sum(row.height + stretch for row in rows) == pytest.approx(10.5 * 8 * MM)


def test_unused_lines_are_struck_when_nothing_may_be_added():
    assert printed(paper(grid(3, struck=True))).text.count("以下空白") == 1
    assert "以下空白" not in printed(paper(grid(3))).text


def test_an_empty_table_says_why_and_still_has_heading_and_lines():
    page = printed(paper(grid(0, empty="本月无进货"), Signatures(("验收人",)))).text
    assert "本月无进货" in page
    assert "品名" in page
    assert "验收人" in page


def test_an_empty_table_that_is_not_filled_says_why_too():
    assert "本月无进货" in printed(paper(grid(0, empty="本月无进货", blank_to_page=False))).text


def test_common_headings_stand_above_their_columns_once():
    columns = (Column("日期", 14), *(Column(name, 9, group="车内") for name in ("座椅", "安全带")), Column("备注", 20))
    text = printed(paper(Grid(columns, [("11-01", "√", "×", "")]))).text
    assert text.count("车内") == 1
    assert text.index("车内") > text.index("日期")


def test_a_group_heading_runs_over_the_whole_width_and_is_never_the_last_line_of_a_page():
    rows = [("一年级",), *deliveries(26), ("二年级",), *deliveries(30)]
    pages = printed(paper(Grid(COLUMNS, rows))).pages
    assert all("年级" not in page.rstrip().splitlines()[-2] for page in pages)
    assert "一年级" in pages[0]


def test_what_is_missing_is_hatched_in_the_preview_and_never_on_paper():
    form = paper(grid(3, hatched=frozenset({(1, 2), (2, 3)})), orientation="landscape")
    assert printed(form, preview=True).reddish() > 50
    assert printed(form).reddish() == 0


def test_a_tick_is_copied_out_as_the_tick_that_was_typed():
    columns = (Column("轮胎", 10, "center"), Column("灯光", 10, "center"), Column("结论", 20))
    text = printed(paper(Grid(columns, [("√", "×", "☐不合格")]))).text
    assert "√×☐不合格" in text


def test_twenty_five_columns_fit_on_a_lying_page():
    columns = (Column("姓名", 20, wrap=False), *(Column(str(day), 9, "center") for day in range(1, 25)))
    text = printed(paper(Grid(columns, [("堃雨㛃", *["√"] * 24)]), orientation="landscape")).text
    assert "堃雨㛃" + "√" * 24 in text


def test_a_text_longer_than_its_cell_stands_there_to_its_last_character():
    rows = [("11-01", LONG, "123,456,789,012.345", "12.00")]
    text = printed(paper(Grid(COLUMNS, rows))).text
    assert LONG in text
    assert "123,456,789,012.345" in text


def test_a_row_higher_than_a_page_runs_on_over_the_next_pages():
    essay = "".join(f"第{at:04}条，" for at in range(1200))
    pages = printed(paper(Grid(COLUMNS, [("11-01", essay, "1", "2")]))).pages
    assert len(pages) > 2
    text = "".join("".join(page.split()) for page in pages)
    assert all(f"第{at:04}条" in text for at in (0, 600, 1199))
    assert text.count("11-01") == 1


def _box_of(table: Table) -> list[tuple[float, float, float, float]]:
    """Width of the widest line and of its cell, height of the lines and of the row, for every cell."""
    return [
        (max(cell.widths, default=0.0), row.shape.box(at)[1], cell.height, row.height)
        for row in table.rows
        for at, cell in enumerate(row.cells)
    ]


@given(st.lists(st.tuples(*[st.text(max_size=60)] * 4), max_size=4), st.floats(min_value=90, max_value=800))
def test_whatever_is_written_stays_inside_its_cell(rows, width):
    for wide, room, high, row in _box_of(measure_grid(Grid(COLUMNS, rows), width, 500)):
        assert wide <= room + 0.01
        assert high <= row + 0.01


@given(st.text(max_size=200), st.text(max_size=40))
def test_whatever_is_written_on_a_card_stays_inside_its_box(value, label):
    table = measure_card(Card(((("供货商", value), (label, "长期")),)), WIDTH, 500)
    for wide, room, high, row in _box_of(table):
        assert wide <= room + 0.01
        assert high <= row + 0.01


def test_a_card_shows_its_facts_and_hatches_what_is_missing():
    card = Card(
        ((("供货商名称", "明德粮油"), ("编号", "GHS-001")), (("地址", "明德路 88 号"),)), hatched=frozenset({(1, 0)})
    )
    document = printed(paper(card), preview=True)
    assert "供货商名称明德粮油编号GHS-001地址明德路88号" in document.text
    assert document.reddish() > 50


def test_the_amount_in_words_closes_the_table():
    text = printed(paper(grid(2), AmountInWords("合计（大写）", "贰拾肆元整"))).text
    assert "合计（大写）贰拾肆元整" in text


@pytest.mark.parametrize(
    "mistake",
    [
        {"rows": [("11-01", "大米")]},
        {"total": ("合计",)},
        {"rows": deliveries(2), "page_totals": (3,)},
    ],
)
def test_a_form_that_puts_a_table_together_wrongly_is_told_at_once(mistake):
    with pytest.raises(ValueError, match=r"must hold|need the sums"):
        Grid(COLUMNS, **mistake)
