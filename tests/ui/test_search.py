"""Ctrl+K: one field over all ledgers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from school_logistics.ui.search_panel import marked_parts
from tests.ui.office_window import Rooms
from tests.ui.typing import CONTROL, ESCAPE, Key, press, type_text


@pytest.fixture
def room(theme, desk, messages):
    opened = Rooms(theme, desk, messages)
    yield opened.open()
    opened.close()


@pytest.fixture
def search(room):
    return room.window._room.search


def test_words_find_records_of_every_ledger(room, search):
    press(Key.Key_K, with_=CONTROL)
    type_text("绿源")

    assert ("supplier", "绿源蔬菜配送中心") in [(one.ledger, one.title) for one in search.list.found()]
    assert len({one.ledger for one in search.list.found()}) > 1


def test_what_was_looked_for_is_marked_in_a_hit():
    assert marked_parts("绿源蔬菜配送中心", "蔬菜") == [("绿源", False), ("蔬菜", True), ("配送中心", False)]
    assert marked_parts("SH-1120", "sh-") == [("SH-", True), ("1120", False)]
    assert marked_parts("鸡腿", "jt") == [("鸡腿", False)]


def test_enter_opens_the_record_that_is_current(room, search):
    press(Key.Key_K, with_=CONTROL)
    type_text("鸡腿菇")
    place = next(place for place, one in enumerate(search.list.found()) if one.ledger == "ingredient")
    press(*[Key.Key_Down] * place)
    press(Key.Key_Return)

    page = room.window.page().page()
    assert page.ledger.key == "ingredient"
    assert page.name_of(page.current_id()) == "鸡腿菇"
    assert page.table.view.hasFocus()
    assert not search.isVisible()


def test_click_opens_the_record_under_it(room, search, qtbot):
    press(Key.Key_K, with_=CONTROL)
    type_text("康鲜")

    qtbot.mouseClick(search.list, Qt.MouseButton.LeftButton, pos=QPoint(20, 5))

    assert room.window.page().page().ledger.key == search.list.found()[0].ledger


def test_field_of_the_top_bar_opens_it(room, search, qtbot):
    qtbot.mouseClick(room.window.top.search, Qt.MouseButton.LeftButton)

    assert search.isVisible()
    assert search.field.line.hasFocus()


def test_nothing_found_is_said(room, search):
    press(Key.Key_K, with_=CONTROL)
    type_text("没有的东西")

    assert search.foot() == "没有找到「没有的东西」"
    press(Key.Key_Return)
    assert search.isVisible()


def test_escape_puts_it_away_and_the_keyboard_goes_back(room, search):
    page = room.page("food_purchase")
    press(Key.Key_K, with_=CONTROL)

    press(ESCAPE)

    assert not search.isVisible()
    assert page.table.view.hasFocus()


def test_emptied_field_says_how_to_search(room, search):
    press(Key.Key_K, with_=CONTROL)
    type_text("菇")
    press(Key.Key_Backspace)

    assert search.list.found() == ()
    assert search.foot().startswith("打名称")
