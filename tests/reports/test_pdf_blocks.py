"""What stands around the tables: head and foot, head lines, notes, signatures, the room for the stamp."""

from __future__ import annotations

import re

import pytest

from school_logistics.reports.blocks import Line, Note, PageBreak, Signatures, Stamp, Title
from school_logistics.reports.pdf_blocks import SIGNING, STAMP, beside_stamp, head_line, measure_small
from school_logistics.reports.pdf_sheet import MM, Piece, Sheet
from tests.reports.paper_reader import SCHOOL, grid, paper, printed

pytestmark = pytest.mark.usefixtures("qapp")

WIDTH = 180 * MM


def _written(*blocks, width: float = WIDTH) -> list[tuple[float, float, str]]:
    """Where each text of some blocks begins: points from left and top."""

    def encode(text: str, *, bold: bool) -> tuple[Piece, ...]:
        return (Piece("/F1", text, 0.0),)

    sheet = Sheet(width, 800, encode)
    beside_stamp(blocks, width).draw(sheet, 0, 0)
    found = re.findall(r"1 0 0 1 (\S+) (\S+) Tm <(.*)> Tj", sheet.operators())
    return [(float(x), 800 - float(y), text) for x, y, text in found]


def test_the_head_names_title_school_period_number_and_page():
    text = printed(paper(grid(1), number="C03-202611", edition="2024 版样", footer_note="依据第四十条")).text
    for words in ("食品进货查验记录", f"学校（盖章）：{SCHOOL}", "2026年11月", "编号C03-202611", "第1页共1页"):
        assert words in text
    assert "2024版样" in text
    assert "依据第四十条" in text


def test_a_form_without_a_number_of_its_own_shows_its_code():
    assert "编号C03" in printed(paper()).text


def test_a_form_without_blocks_is_one_page():
    assert len(printed(paper()).pages) == 1


def test_a_very_long_school_name_leaves_period_and_page_number_readable():
    name = "某某市某某区教育集团明德路小学东校区附属寄宿部第二食堂联合体" * 2
    text = printed(paper(grid(1), school=name, title="食品进货查验记录及不合格食品处置登记总表" * 2)).text
    for words in (name, "2026年11月", "第1页共1页"):
        assert words in text


def test_head_lines_are_repeated_with_the_heading_of_their_table():
    pages = printed(paper(Line((("号牌号码", "皖A12345"), ("驾驶人", "张𬭎"))), grid(60))).pages
    assert len(pages) > 1
    assert all("号牌号码：皖A12345" in page and "张𬭎" in page for page in pages)


def test_a_line_of_facts_too_long_for_the_page_goes_on_below():
    parts = tuple((f"第{at}项名称", "相当长的内容" * 3) for at in range(6))
    assert head_line(Line(parts), WIDTH).height > 2 * head_line(Line(parts[:1]), WIDTH).height


def test_a_line_without_facts_takes_no_room():
    assert head_line(Line(()), WIDTH).height == 0


def test_a_fact_not_known_yet_leaves_a_rule_to_write_on():
    def drawn(value: str) -> str:
        sheet = Sheet(500, 100, lambda text, *, bold: ())
        head_line(Line((("检查人", value),)), 400).draw(sheet, 0, 0)
        return sheet.operators()

    assert " l" in drawn("")
    assert " l" not in drawn("张三")


def test_signatures_leave_twelve_millimetres_to_sign_and_a_place_for_the_day():
    signatures = Signatures(("采购员", "验收人"))
    assert SIGNING >= 12 * MM
    assert measure_small(signatures, WIDTH).height >= 12 * MM
    assert [text for _, _, text in _written(signatures)] == ["采购员：", "验收人：", "年", "月", "日"]


def test_many_signatures_go_over_several_rows():
    two = measure_small(Signatures(("采购员", "验收人")), WIDTH).height
    many = measure_small(Signatures(tuple(f"第{at}位负责人" for at in range(9)), date=False), WIDTH).height
    assert many == pytest.approx(3 * two)


def test_nothing_is_written_where_the_stamp_goes():
    blocks = (
        Signatures(("采购员", "验收人", "库管员", "食堂负责人")),
        Stamp(),
        Note("说明：" + "肉禽蛋须附检疫证明。" * 20),
    )
    begins = [(x, text) for x, _, text in _written(*blocks) if text != "盖章处"]
    assert pytest.approx(42 * MM) == STAMP
    assert all(x + 8 * len(text) <= WIDTH - STAMP for x, text in begins)


def test_the_stamp_has_its_whole_height():
    assert beside_stamp([Stamp()], WIDTH).height >= 42 * MM
    assert "盖章处" in printed(paper(grid(1), Stamp())).text


def test_a_note_longer_than_a_page_goes_on_on_the_next():
    pages = printed(paper(Note("".join(f"第{at:04}条内容。" for at in range(1500))))).pages
    assert len(pages) > 1
    assert "第1499条内容" in "".join(pages[-1].split())


def test_signatures_never_stand_on_a_page_without_a_row():
    for count in range(18, 34):
        pages = printed(paper(grid(count), Signatures(("验收人",)))).pages
        assert "食材" in pages[-1]
        assert "验收人" in pages[-1]
        assert all("验收人" not in page for page in pages[:-1])


def test_a_page_break_begins_a_new_page_and_a_title_after_it_heads_the_pages_from_there():
    pages = printed(paper(Note("甲"), PageBreak(), Title("处置登记", "附页"), Note("乙"))).pages
    assert "食品进货查验记录" in pages[0]
    assert "处置登记" in pages[1]
    assert "附页" in pages[1]
    assert "食品进货查验记录" not in pages[1]


def test_a_title_between_blocks_is_a_heading_inside_the_page():
    pages = printed(paper(Note("甲"), Title("近三年检查"), grid(2))).pages
    assert len(pages) == 1
    assert pages[0].index("甲") < pages[0].index("近三年检查") < pages[0].index("品名")


def test_two_tables_share_a_page_each_with_what_belongs_to_it():
    first = grid(2, blank_to_page=False)
    text = printed(paper(first, Note("上表小结"), Line((("班级", "三（2）班"),)), grid(1, blank_to_page=False))).text
    assert text.index("上表小结") < text.index("班级") < text.rindex("食材0001号")
    assert "第1页共1页" in text


def test_a_second_table_that_would_not_begin_well_on_this_page_begins_on_the_next():
    pages = printed(paper(grid(26, blank_to_page=False), Title("附表"), grid(3))).pages
    assert len(pages) == 2
    assert "附表" not in pages[0]
    assert "食材0003号" in pages[1]
