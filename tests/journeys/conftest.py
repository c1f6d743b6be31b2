"""Journeys go through the whole window over a small office."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from school_logistics.services.desk import Desk
from school_logistics.ui.theme import Theme
from tests.office import ingredient, new_desk, supplier
from tests.ui.dressing import dressed
from tests.ui.message_recorder import RecordedMessages
from tests.ui.office_window import Room, Rooms


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light look at usual size."""
    with dressed(qapp) as look:
        yield look


@pytest.fixture
def desk() -> Iterator[Desk]:
    """An office that knows its suppliers and what it buys, with no delivery written down yet."""
    made = new_desk()
    supplier(made)
    supplier(made, "绿源蔬菜配送中心")
    for name, category in (
        ("鸡腿", "禽肉"),
        ("鸡腿菇", "菌菇"),
        ("大白菜", "蔬菜"),
        ("胡萝卜", "蔬菜"),
        ("土豆", "蔬菜"),
    ):
        ingredient(made, name, category)
    yield made
    made.store.close()


@pytest.fixture
def messages() -> RecordedMessages:
    """Answers in the user's place."""
    return RecordedMessages()


@pytest.fixture
def rooms(theme: Theme, desk: Desk, messages: RecordedMessages) -> Iterator[Rooms]:
    """Windows over the office, closed before its data file is."""
    opened = Rooms(theme, desk, messages)
    yield opened
    opened.close()


@pytest.fixture
def room(rooms: Rooms) -> Room:
    """The window on the home page, in the morning."""
    return rooms.open()
