"""What the clerk sees who wants to type into a row of a month that is closed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from school_logistics.rules.calendar import Month
from school_logistics.services.desk import Desk
from school_logistics.ui.locked_rows import CLOSING
from school_logistics.ui.office_page import Message
from school_logistics.ui.row_book import RowKind
from school_logistics.ui.table_page import TablePage
from school_logistics.ui.theme import Theme
from tests.office import purchase
from tests.ui.message_recorder import RecordedMessages
from tests.ui.page_stage import Stage
from tests.ui.typing import CONTROL, DELETE, ENTER, Key, press, type_text

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)


@dataclass
class Closed:
    """The deliveries of a closed October."""

    stage: Stage
    page: TablePage
    one: int

    def bar(self) -> Message:
        """What the message bar was told last."""
        return self.stage.heard.messages[-1]

    def kind(self) -> RowKind:
        """What the row of the delivery is."""
        return self.page.table.current().kind

    def quantity(self) -> str:
        """What stands in the table under the keyboard."""
        return str(self.page.table.view.currentIndex().data())


@pytest.fixture
def closed(desk: Desk, theme: Theme, messages: RecordedMessages) -> Closed:
    one = purchase(desk, bought_on="2026-10-09", produced_on="2026-10-08", quantity="31")
    stage = Stage.over(desk, theme, messages)
    stage.office.closing.close(OCTOBER)
    stage.around.standing.set_month(OCTOBER)
    page = TablePage(stage.around, desk.ledger("food_purchase"))
    stage.show(page)
    assert page.table.go_to(one, "quantity")
    page.table.focus_table()
    return Closed(stage, page, one)


def test_typing_into_a_row_of_a_closed_month_is_refused_at_once_with_who_closed_it_and_how_to_reopen(closed: Closed):
    before = closed.quantity()

    type_text("33")

    assert closed.page.table.view.editor() is None
    assert closed.kind() is RowKind.STORED
    assert closed.quantity() == before
    assert closed.bar().what.startswith("2026年10月已结账（")
    assert closed.stage.office.desk.actor in closed.bar().what
    assert "重开" in closed.bar().safe
    assert [action.text for action in closed.bar().actions] == ["去重开2026年10月"]
    closed.bar().actions[0].run()
    assert closed.stage.heard.forms == [(CLOSING, OCTOBER)]


@pytest.mark.parametrize("key", [Key.Key_F2, DELETE])
def test_keys_that_would_change_a_row_of_a_closed_month_say_so_too(closed: Closed, key: Key):
    before = closed.quantity()

    press(key)

    assert closed.page.table.view.editor() is None
    assert closed.kind() is RowKind.STORED
    assert closed.quantity() == before
    assert "已结账" in closed.bar().what


def test_a_double_click_on_a_row_of_a_closed_month_says_who_closed_it(closed: Closed):
    view = closed.page.table.view
    place = view.visualRect(view.currentIndex()).center()

    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()

    assert view.editor() is None
    assert "已结账" in closed.bar().what


def test_moving_about_and_copying_in_a_closed_month_says_nothing(closed: Closed):
    press(Key.Key_Left, Key.Key_Right)
    press(Key.Key_C, with_=CONTROL)

    assert closed.stage.heard.messages == []


def test_rows_of_the_open_month_are_typed_as_ever(closed: Closed, desk: Desk):
    one = purchase(desk, bought_on="2026-11-09", produced_on="2026-11-08", quantity="31")
    closed.stage.around.standing.set_month(NOVEMBER)
    closed.page.show_month()
    closed.page.table.go_to(one, "quantity")
    closed.page.table.focus_table()

    type_text("33")
    assert closed.page.table.view.editor() is not None
    press(ENTER)

    rows = closed.page.table.model.rows
    row = rows.row_of(one)
    assert row is not None
    assert rows.value(row, "quantity") == 33
    assert closed.stage.heard.messages == []
