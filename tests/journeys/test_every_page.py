"""Every ledger page in one window, gone through like the list beside it: one focus frame, every stop has a name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from school_logistics import catalogue
from school_logistics.ui.ledger_views import TABLE
from tests.office import ingredient, new_desk, supplier
from tests.ui.dressing import dressed
from tests.ui.message_recorder import RecordedMessages
from tests.ui.office_window import Room, Rooms
from tests.ui.typing import Key, press

KEYS = [ledger.key for ledger in catalogue.LEDGERS if not ledger.once]


@pytest.fixture(scope="module")
def room(qapp: QApplication) -> Iterator[Room]:
    """One window for all pages: nothing is typed here."""
    desk = new_desk()
    supplier(desk)
    ingredient(desk, "鸡腿", "禽肉")
    with dressed(qapp) as theme:
        rooms = Rooms(theme, desk, RecordedMessages())
        yield rooms.open()
        rooms.close()
    desk.store.close()


def stops(widget: QWidget) -> list[QWidget]:
    """What the Tab key reaches."""
    reached = [one for one in widget.findChildren(QWidget) if one.isVisible() and one.isEnabled()]
    return [one for one in reached if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None]


@pytest.mark.parametrize("key", KEYS)
def test_every_ledger_opens_with_the_keyboard_in_its_table_and_its_form_beside_it(room, key):
    page = room.page(key)
    if any(view.leads for view in page.views.views):
        page.show_view(TABLE)  # the page of such a ledger begins with another view
    assert page.table.view.hasFocus()

    press(Key.Key_F4)

    assert page.form.has_focus()
    assert set(page.form.editors) | set(page.form.figures) == {field.key for field in page.ledger.fields}


@pytest.mark.parametrize("key", ["food_purchase", "milk_order", "fire_equipment"])
def test_every_stop_of_the_tab_key_has_a_name(room, key):
    room.page(key)
    press(Key.Key_F4)
    QApplication.processEvents()

    nameless = [one for one in stops(room.window) if not (one.accessibleName() or one.property("text"))]

    assert [type(one).__name__ for one in nameless] == []
