"""Story 3: a delivery note of many items, by keyboard alone, with the keys counted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from school_logistics.services.rows import Query
from tests.office import purchase, supplier
from tests.ui import typing
from tests.ui.typing import ENTER, Key

NOTE = (
    ("大白菜", "dbc", "86"),
    ("胡萝卜", "hlb", "48"),
    ("土豆", "td", "120"),
    ("鸡腿菇", "jtg", "12.5"),
    ("大白菜", "dbc", "3*20"),
    ("胡萝卜", "hlb", "35"),
    ("土豆", "td", "64"),
    ("鸡腿菇", "jtg", "8"),
    ("大白菜", "dbc", "40"),
    ("胡萝卜", "hlb", "22"),
    ("土豆", "td", "75"),
    ("鸡腿菇", "jtg", "6"),
)
"""The twelve lines of the note: what it is, how it is typed, how much; prices are as before."""


class Keys:
    """Presses keys and counts those that are no letters of a value."""

    def __init__(self) -> None:
        self.pressed = 0

    def press(self, *keys: Key, with_=typing.PLAIN) -> None:
        """Press keys that only move or confirm."""
        self.pressed += len(keys)
        typing.press(*keys, with_=with_)

    def value(self, text: str) -> None:
        """Type a value."""
        typing.type_text(text)


@pytest.fixture
def keys():
    return Keys()


@pytest.fixture
def yesterday(desk):
    """The same supplier brought the same things before, so prices are known."""
    for name, price in (("大白菜", "1.92"), ("胡萝卜", "2.6"), ("土豆", "2.1"), ("鸡腿菇", "9.8")):
        purchase(desk, bought_on="2026-11-20", ingredient=name, unit_price=price, shelf_life="5天", inspector="周丙")


def test_delivery_note_of_twelve_items_takes_at_most_four_keys_a_row_besides_the_values(yesterday, room, desk, keys):
    page = room.page("food_purchase")

    for _name, initials, quantity in NOTE:
        keys.value(initials)
        keys.press(ENTER)
        keys.value(quantity)
        keys.press(ENTER)
        for field, text in (("produced_on", "11-19"), ("shelf_life", "5天")):
            assert page.table.current_key() == field, room.said()
            keys.value(text)
            keys.press(ENTER)

    rows = desk.first_page(desk.ledger("food_purchase"), Query())[4:]
    assert [row.texts[1] for row in rows] == [name for name, *_ in NOTE]
    assert keys.pressed <= 4 * len(NOTE)
    fifth = desk.draft(desk.ledger("food_purchase"), rows[4].id)
    assert (fifth["quantity"], fifth["unit_price"], fifth["amount"]) == (60, Decimal("1.92"), Decimal("115.20"))


def test_what_follows_from_the_item_is_filled_in_and_the_line_is_reckoned(room):
    page = room.page("food_purchase")

    typing.type_text("jtg")
    typing.press(ENTER)
    typing.type_text("12.5")
    typing.press(ENTER)
    page.table.view.go(page.table.current().row, page.table.model.rows.column_of("unit_price"))
    typing.type_text("9.8")
    typing.press(Key.Key_Tab)

    draft = page.table.draft()
    assert (draft["category"], draft["unit"], draft["amount"]) == ("菌菇干货", "公斤", Decimal("122.50"))


def test_supplier_whose_licence_has_run_out_stops_at_the_first_row(room, desk):
    supplier(desk, "旧证粮油店", permit_until="2026-10-31")
    page = room.page("food_purchase")
    typing.fill("dbc", "10")
    page.table.view.go(page.table.current().row, page.table.model.rows.column_of("supplier"))

    typing.type_text("旧证")
    typing.press(Key.Key_Tab)

    page.table.view.go(page.table.current().row, page.table.model.rows.column_of("supplier"))
    assert "许可证" in room.said()
    assert [one.field for one in page.table.objections()] == ["supplier"]
