"""Which rows a query finds, and that count, rows and totals speak of the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from school_logistics.rules.calendar import Month
from school_logistics.services.desk import Desk
from school_logistics.services.rows import Query
from tests.office import ingredient, new_desk, purchase


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    yield desk
    desk.store.close()


@pytest.mark.parametrize("signs", ["，", "!!", "。、", "%", "*", '"', "'", "——", "(", "\\"])
@pytest.mark.parametrize("key", ["food_purchase", "ingredient"])
@pytest.mark.parametrize("month", [None, Month(2026, 11)])
def test_signs_alone_find_nothing(desk, key, month, signs):
    purchase(desk)
    query = Query(month, text=signs)

    assert desk.count(desk.ledger(key), query) == 0
    assert list(desk.ids(desk.ledger(key), query)) == []
    assert desk.first_page(desk.ledger(key), query) == []


def test_totals_are_those_of_the_rows_that_are_found(desk):
    ingredient(desk, "大白菜")
    purchase(desk, quantity="10", unit_price="2", bought_on="2026-10-20", produced_on="2026-10-19")
    purchase(desk, quantity="10", unit_price="3")
    purchase(desk, quantity="10", unit_price="5", ingredient="大白菜")
    ledger = desk.ledger("food_purchase")

    def amount(query: Query) -> object:
        return desk.totals(ledger, query)["amount"]

    assert amount(Query()) == Decimal(100)
    assert amount(Query(Month(2026, 11))) == Decimal(80)
    assert amount(Query(text="白菜")) == Decimal(50)
    assert amount(Query(filters=(("ingredient", "土豆"),))) == Decimal(50)
    assert amount(Query(Month(2026, 11), filters=(("unit_price", ">4"),))) == Decimal(50)
    assert amount(Query(text="没有")) == Decimal(0)
