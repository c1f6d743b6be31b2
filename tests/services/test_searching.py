"""Looking for a record in every ledger at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from school_logistics.services.desk import Desk
from school_logistics.services.searching import SHARE, search_everywhere
from tests.office import ingredient, new_desk, purchase, supplier, write


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = new_desk()
    supplier(made)
    supplier(made, "绿源蔬菜配送中心")
    for name, category in (("鸡腿", "禽肉"), ("鸡腿菇", "菌菇"), ("土豆", "蔬菜")):
        ingredient(made, name, category)
    for day in range(1, 21):
        purchase(made, bought_on=f"2026-11-{day:02}", produced_on=f"2026-11-{day:02}")
    yield made
    made.store.close()


def told(desk: Desk, words: str) -> list[tuple[str, str]]:
    """Ledger and name of the hits."""
    return [(one.ledger, one.title) for one in search_everywhere(desk, words)]


def test_files_come_before_the_rows_that_name_them_and_no_ledger_takes_more_than_its_share(desk):
    hits = told(desk, "土豆")

    assert hits[0] == ("ingredient", "土豆")
    assert hits.count(("food_purchase", "土豆")) == SHARE


def test_what_is_called_so_comes_before_what_names_it_and_of_that_the_newest(desk):
    ingredient(desk, "青椒", "蔬菜")

    files = [one for one in search_everywhere(desk, "蔬菜") if one.ledger in {"supplier", "ingredient"}]

    assert [one.title for one in files] == ["绿源蔬菜配送中心", "青椒", "土豆"]


def test_newest_rows_come_first(desk):
    rows = [one for one in search_everywhere(desk, "土豆") if one.ledger == "food_purchase"]

    assert rows[0].detail.startswith("2026-11-20")


def test_name_is_found_by_its_initials_those_that_begin_with_them_first(desk):
    assert told(desk, "jt")[:2] == [("ingredient", "鸡腿"), ("ingredient", "鸡腿菇")]


def test_name_as_it_is_usually_read_comes_before_another_reading(desk):
    ingredient(desk, "大豆油", "食用油")

    assert told(desk, "td")[:2] == [("ingredient", "土豆"), ("ingredient", "大豆油")]


def test_number_is_found(desk):
    purchase(desk, note_no="SH-1120-2")

    assert told(desk, "SH-1120-2") == [("food_purchase", "土豆")]


def test_nothing_is_found_for_nothing(desk):
    assert search_everywhere(desk, "  ") == []
    assert search_everywhere(desk, "没有的东西") == []


def test_personal_numbers_are_not_told_in_a_hit(desk):
    write(desk, "staff", name="孙己", post="照管员", phone="13800000099")

    hit = search_everywhere(desk, "孙己")[0]

    assert hit.title == "孙己"
    assert "138" not in hit.detail
