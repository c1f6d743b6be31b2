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


def test_a_chooser_knows_what_was_added_renamed_removed_and_taken_back(desk):
    ingredients = desk.ledger("ingredient")
    one = ingredient(desk, "鸡腿")
    assert offered(desk, "jt") == ["鸡腿"]

    ingredient(desk, "鸡汤面")
    assert offered(desk, "jt") == ["鸡汤面", "鸡腿"]
    desk.save(ingredients, desk.draft(ingredients, one) | {"name": "猪蹄"}, one)
    assert offered(desk, "jt") == ["鸡汤面"]
    assert desk.read(desk.ledger("food_purchase"), "ingredient", "猪蹄") == one
    desk.undo()
    assert offered(desk, "jt") == ["鸡汤面", "鸡腿"]
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
