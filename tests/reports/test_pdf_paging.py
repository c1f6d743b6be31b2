"""Sharing rows out over pages, without fonts and PDF."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from school_logistics.reports.pdf_paging import Room, paginate

heights = st.lists(st.floats(5, 60), max_size=80)


def _room(last: float) -> Room:
    return Room(alone=110, first=100, other=150, last=last)


@given(heights, st.floats(0, 60), st.frozensets(st.integers(0, 79)))
def test_every_row_stands_on_exactly_one_page_in_order(rows, last, glued):
    pages = paginate(rows, _room(last), glued)
    assert [row for page in pages for row in page] == list(range(len(rows)))


@given(heights, st.floats(0, 40))
def test_no_page_is_overfull_and_the_last_has_room_for_what_closes_it(rows, last):
    pages = paginate(rows, _room(last))
    for number, page in enumerate(pages):
        space = 110 if len(pages) == 1 else 100 if number == 0 else 150
        ends = last if number == len(pages) - 1 else 0
        assert sum(rows[page.start : page.stop]) + ends <= space + 1e-6


@given(heights.filter(bool), st.floats(0, 40))
def test_signatures_are_never_alone_on_a_page(rows, last):
    assert len(paginate(rows, _room(last))[-1]) > 0


@given(heights, st.floats(0, 40))
def test_a_page_is_only_left_when_the_next_row_or_the_signatures_do_not_fit(rows, last):
    pages = paginate(rows, _room(last))
    for number, page in enumerate(pages[:-2]):
        space = 100 if number == 0 else 150
        assert sum(rows[page.start : page.stop + 1]) > space


@given(st.lists(st.just(10.0), min_size=1, max_size=80), st.frozensets(st.integers(0, 79).map(lambda at: at * 2)))
def test_a_group_heading_is_never_the_last_of_a_page(rows, glued):
    pages = paginate(rows, _room(20), glued)
    assert all(page.stop - 1 not in glued for page in pages[:-1])


def test_no_rows_are_one_empty_page():
    assert paginate([], _room(20)) == [range(0)]


def test_a_form_that_needs_no_subtotal_uses_that_room():
    assert len(paginate([10] * 9, _room(20))) == 1
    assert len(paginate([10] * 10, _room(20))) == 2


def test_a_row_higher_than_a_page_has_the_page_to_itself():
    assert paginate([10, 500, 10], _room(5)) == [range(1), range(1, 2), range(2, 3)]


def test_a_single_row_stays_whole_when_what_closes_it_needs_a_page_of_its_own():
    assert paginate([90], _room(120)) == [range(1), range(1, 1)]
