"""What every test of the window stands on: the look, a small office with a few deliveries, and answers to questions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from school_logistics.services.desk import Desk
from school_logistics.ui.theme import Theme
from tests.office import copy_of, ingredient, new_desk, purchase, supplier
from tests.ui.dressing import dressed
from tests.ui.message_recorder import RecordedMessages


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light look at usual size, worn by the whole application."""
    with dressed(qapp) as look:
        yield look


@pytest.fixture
def messages() -> RecordedMessages:
    """Answers questions in the user's place and remembers them."""
    return RecordedMessages()


@pytest.fixture(scope="session")
def small_office() -> Iterator[Desk]:
    """An office with two suppliers, four ingredients and three deliveries in November 2026."""
    made = new_desk()
    supplier(made)
    supplier(made, "绿源蔬菜配送中心")
    for name, category in (("鸡腿", "禽肉"), ("鸡腿菇", "菌菇"), ("大白菜", "蔬菜"), ("胡萝卜", "蔬菜")):
        ingredient(made, name, category)
    purchase(made, bought_on="2026-11-19", ingredient="大白菜", quantity="86", unit_price="1.92")
    purchase(made, bought_on="2026-11-20", ingredient="胡萝卜", quantity="48", unit_price="2.6")
    purchase(made, bought_on="2026-11-20", ingredient="土豆", quantity="31", unit_price="4.85")
    yield made
    made.store.close()


@pytest.fixture
def desk(small_office: Desk) -> Iterator[Desk]:
    """An office like it, to be changed at will."""
    made = copy_of(small_office)
    yield made
    made.store.close()
