"""Choosers: what they offer, how much they read for it, and that they know of every change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import event

from school_logistics.services.desk import Desk
from tests.office import ingredient, new_desk, purchase


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    yield desk
    desk.store.close()


def offered(desk: Desk, typed: str) -> list[str]:
    return [one.name for one in desk.choices(desk.ledger("food_purchase"), "ingredient", typed)]


def test_names_and_what_is_chosen_often_are_read_once_and_not_at_every_key(desk):
    for name in ("鸡腿菇", "鸡汤面", "鸡腿"):
        ingredient(desk, name)
    purchase(desk, ingredient="鸡腿")
    offered(desk, "j")
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            sent.append(statement)

    event.listen(desk.store.engine, "before_cursor_execute", note)
    told = [offered(desk, typed) for typed in ("jt", "jtg", "jt", "", "鸡腿")]

    assert told == [["鸡腿", "鸡汤面", "鸡腿菇"], ["鸡腿菇"], ["鸡腿", "鸡汤面", "鸡腿菇"], told[3], ["鸡腿", "鸡腿菇"]]
    assert len(told[3]) == 4
    assert len(sent) == 5, "one a key, for the prices"
    assert all("ingredient.name" not in statement for statement in sent)


@pytest.mark.parametrize("key", ["food_purchase", "stock_out", "stocktake"])
def test_whose_usual_initials_were_typed_stands_before_what_is_chosen_often(desk, key):
    """The letters td are 土豆, however often 大豆油 was bought, which tài dòu begins by a rare reading."""
    for name in ("大豆油", "土豆丝", "土豆"):
        ingredient(desk, name)
    for _ in range(3):
        purchase(desk, ingredient="大豆油")

    assert [one.name for one in desk.choices(desk.ledger(key), "ingredient", "td")] == ["土豆", "土豆丝", "大豆油"]
    assert [one.name for one in desk.choices(desk.ledger(key), "ingredient", "ddy")] == ["大豆油"]


def test_of_two_options_that_fit_alike_the_commoner_leads_and_without_one_both_are_in_doubt(desk):
    ledger = desk.ledger("ingredient")

    def fitting(typed: str) -> list[tuple[str, bool]]:
        return [(one.name, one.doubt) for one in desk.choices(ledger, "category", typed)]

    assert fitting("sc") == [("水产", True), ("蔬菜", True)]
    assert fitting("zb") == []
    assert fitting("蔬") == [("蔬菜", False)]
    ingredient(desk, "土豆", "蔬菜")
    assert fitting("sc") == [("蔬菜", False), ("水产", False)]
    assert not any(doubt for _, doubt in fitting(""))


def test_a_chooser_knows_what_was_added_renamed_removed_and_taken_back(desk):
    ingredients = desk.ledger("ingredient")
    one = ingredient(desk, "鸡腿")
    assert offered(desk, "jt") == ["鸡腿"]

    ingredient(desk, "鸡汤面")
    assert offered(desk, "jt") == ["鸡腿", "鸡汤面"]
    desk.save(ingredients, desk.draft(ingredients, one) | {"name": "猪蹄"}, one)
    assert offered(desk, "jt") == ["鸡汤面"]
    assert desk.read(desk.ledger("food_purchase"), "ingredient", "猪蹄") == one
    desk.undo()
    assert offered(desk, "jt") == ["鸡腿", "鸡汤面"]
    desk.remove(ingredients, [one])
    assert offered(desk, "jt") == ["鸡汤面"]


def test_the_price_beside_a_name_is_that_of_its_latest_delivery(desk):
    for name, price in (("鸡腿", "17"), ("鸡翅", "20"), ("鸡腿", "18.5")):
        if offered(desk, name) == []:
            ingredient(desk, name)
        purchase(desk, ingredient=name, unit_price=price)
    ingredient(desk, "鸡胗")

    found = desk.choices(desk.ledger("food_purchase"), "ingredient", "j")

    assert {one.name: one.detail for one in found} == {"鸡腿": "18.50 元", "鸡翅": "20.00 元", "鸡胗": ""}
