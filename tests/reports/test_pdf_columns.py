"""Sharing the page's width out among columns: the form's widths hold unless something could not be read."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_logistics.reports.blocks import Column, Grid
from school_logistics.reports.pdf_columns import column_edges

COLUMNS = (Column("日期", 20, wrap=False), Column("许可证号", 20, wrap=False), Column("备注", 60))
WIDTH = 300.0


def _widths(*rows: tuple[str, ...], columns: tuple[Column, ...] = COLUMNS, **options) -> list[float]:
    edges = column_edges(Grid(columns, rows, **options), WIDTH)
    return [right - left for left, right in pairwise(edges)]


def test_the_forms_widths_are_scaled_to_the_page_and_hold_while_everything_can_be_read():
    assert _widths() == pytest.approx([60, 60, 180])
    assert _widths(("11-01", "SC10134", "一切正常")) == pytest.approx([60, 60, 180])


def test_a_number_that_would_be_too_small_is_given_width_by_an_empty_column():
    date, number, remark = _widths(("11-01", "SC10134010000001", ""))
    assert number > 65
    assert remark < 180
    assert date == pytest.approx(60, abs=10)


def test_a_total_is_given_its_width_too():
    widths = _widths(("11-01", "1.00", ""), total=("合计", "123,456,789,012.00", ""))
    assert widths[1] > 65


def test_words_that_cannot_be_cut_are_given_their_width_in_a_column_that_breaks():
    columns = (Column("规格", 12), Column("备注", 60))
    assert _widths(("200mLABCD/袋", ""), columns=columns)[0] > 52
    assert _widths(("两百毫升装/袋", ""), columns=columns)[0] == pytest.approx(50)


def test_of_several_given_lines_the_longest_counts():
    columns = (Column("批号", 12, wrap=False), Column("备注", 60))
    assert _widths(("2026\n1009", ""), columns=columns)[0] == pytest.approx(50)


def test_an_empty_column_keeps_room_to_write_by_hand():
    assert _widths(("11-01", "9" * 80, ""))[2] >= 0.8 * 180


def test_one_overlong_text_does_not_take_the_page():
    assert _widths(("11-01", "9" * 80, ""))[1] <= 1.7 * 60 + 0.01


texts = st.text(alphabet="甲乙1a ", max_size=60)


@given(st.lists(st.tuples(texts, texts, texts), max_size=5))
def test_the_columns_always_fill_the_page_and_none_disappears(rows):
    widths = _widths(*rows)
    assert sum(widths) == pytest.approx(WIDTH)
    assert all(width >= 0.6 * share - 0.01 for width, share in zip(widths, [60, 60, 180], strict=True))
