"""Breaking and fitting Chinese text: what may begin and end a line, what may be cut, how small it may get."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_logistics.reports.pdf_text import (
    NOT_AT_END,
    NOT_AT_START,
    SMALLEST,
    fit,
    heading,
    paragraph,
    printable,
    wrap,
)


def _measure(text: str) -> float:
    """A Chinese character is one em wide, the rest half of it."""
    return sum(1.0 if ord(one) > 0x2000 else 0.5 for one in text)


def test_no_line_begins_with_a_closing_sign_nor_ends_with_an_opening_one():
    lines, cut = wrap("牛肉（冷鲜），鸡蛋；土豆《新》。", 4, _measure)
    assert not cut
    assert all(line[0] not in NOT_AT_START and line[-1] not in NOT_AT_END for line in lines)


@pytest.mark.parametrize("word", ["2026-11-09", "3,150.96", "SC10134010000001", "25kg/袋"[:4], "11:15", "35%"])
def test_a_number_a_date_a_word_is_never_parted_where_a_line_holds_it(word):
    for width in range(9, 14):
        lines, cut = wrap(f"冷藏保存牛肉{word}合格", width, _measure)
        assert any(word in line for line in lines)
        assert not cut


def test_a_word_longer_than_the_line_is_cut_and_this_is_said():
    lines, cut = wrap("Supercalifragilistic", 5, _measure)
    assert cut
    assert "".join(lines) == "Supercalifragilistic"
    assert all(_measure(line) <= 5 for line in lines)


def test_line_breaks_that_were_typed_are_kept():
    assert wrap("甲\n\n乙", 9, _measure)[0] == ["甲", "", "乙"]


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"]), max_size=80), st.integers(1, 20))
def test_breaking_loses_nothing_but_blanks_and_stays_within_the_width(text, width):
    lines, _ = wrap(printable(text), width, _measure)
    assert "".join("".join(lines).split()) == "".join(printable(text).split())
    assert all(_measure(line) <= width for line in lines)


def test_what_cannot_be_seen_is_not_printed():
    assert printable("\ufeff大米\u200b\t25kg\x00\r\n") == "大米 25kg"
    assert printable("葛\U000e0101城") == "葛城"


def test_a_text_that_fits_keeps_its_size():
    assert fit("大米", 100, 20, _measure).size == 9


def test_a_slightly_long_text_shrinks_on_its_line():
    fitted = fit("十个字的食品名称一个", 85, 20, _measure)
    assert fitted.lines == ("十个字的食品名称一个",)
    assert fitted.size == 8.5


def test_a_longer_text_is_broken_inside_its_line_height_before_the_row_grows():
    fitted = fit("十个字的食品名称一个" * 2, 85, 20, _measure)
    assert len(fitted.lines) == 2
    assert fitted.height <= 20


def test_a_very_long_text_grows_in_readable_size():
    fitted = fit("十个字的食品名称一个" * 9, 85, 20, _measure)
    assert fitted.size >= 7
    assert fitted.height > 20


def test_a_name_shrinks_to_the_smallest_size_before_it_breaks():
    assert len(fit("买买提江阿不都热西提", 66, 20, _measure, wraps=False).lines) == 1
    broken = fit("买买提江阿不都热西提", 40, 20, _measure, wraps=False)
    assert broken.size == SMALLEST
    assert len(broken.lines) > 1


def test_text_in_the_middle_is_broken_into_even_lines():
    assert fit("一二三四五六七", 48, 40, _measure, even=True).lines == ("一二三四", "五六七")


def test_a_last_line_of_a_single_character_is_not_left_alone():
    fitted = fit("一二三四五六七八九十一二三四五", 60, 20, _measure)
    assert min(len(line) for line in fitted.lines) >= 4


def test_text_with_typed_breaks_is_fitted_line_by_line():
    assert fit("上午\n下午", 100, 20, _measure).lines == ("上午", "下午")


@given(st.text(max_size=120), st.floats(10, 300), st.booleans(), st.booleans())
def test_a_fitted_text_is_never_wider_than_its_room_nor_smaller_than_can_be_read(text, width, wraps, even):
    fitted = fit(text, width, 20, _measure, wraps=wraps, even=even)
    assert SMALLEST <= fitted.size <= 9
    assert all(wide <= width + 1e-6 for wide in fitted.widths)


def test_a_unit_in_brackets_stands_below_its_heading():
    assert heading("留样量（g）", 9, 40, _measure).lines == ("留样量", "（g）")
    assert heading("供货商名称", 9, 30, _measure).lines == ("供货商", "名称")
    assert heading("单价（元）", 9, 60, _measure).lines == ("单价（元）",)
    assert heading("生产批号/日期", 9, 50, _measure).lines == ("生产批号/", "日期")


def test_running_text_keeps_its_size_however_long():
    assert paragraph("说明" * 100, 8, 100, _measure).size == 8
    assert paragraph("", 8, 100, _measure).lines == ()
