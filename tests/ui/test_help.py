"""F1: the keys of the page in front and how its fields are filled in."""

from __future__ import annotations

import pytest

from school_logistics.ui.commands import BY_DO, COMMANDS, Do
from school_logistics.ui.help_panel import field_hints
from tests.ui.office_window import Rooms
from tests.ui.typing import ESCAPE, Key, press


@pytest.fixture
def room(theme, desk, messages):
    opened = Rooms(theme, desk, messages)
    yield opened.open()
    opened.close()


def test_f1_lists_the_keys_of_this_page_and_the_hints_of_its_fields(room):
    page = room.page("food_purchase")

    press(Key.Key_F1)

    panel = room.window.drawer.help
    assert panel is not None
    told = {hint.words: hint for hint in panel.hints}
    assert panel.title.text() == "帮助 · 采购台账"
    assert told["下一处要补、要改的"].key == "F8"
    assert told["日期"].key.startswith("3.5")
    assert told["检疫证明号"].detail == "畜禽肉必填；动物防疫法第51条"
    assert {field.label for field in page.ledger.fields if field.writable} <= set(told)


def test_help_names_only_what_works_here(room):
    room.other("首页")

    press(Key.Key_F1)

    panel = room.window.drawer.help
    assert panel is not None
    words = {hint.words for hint in panel.hints}
    assert "删除" not in words
    assert "查全部台账" in words


def test_help_follows_the_page_in_front(room):
    room.page("food_purchase")
    press(Key.Key_F1)

    room.page("supplier")

    assert room.window.drawer.help is not None
    assert room.window.drawer.help.title.text() == "帮助 · 供货商档案"


def test_help_closes_with_its_key_and_with_escape(room):
    page = room.page("food_purchase")
    press(Key.Key_F1, Key.Key_F1)
    assert room.window.drawer.top() is None

    press(Key.Key_F1)
    press(ESCAPE)
    assert room.window.drawer.top() is None
    assert page.table.view.hasFocus()


def test_every_field_of_every_ledger_has_a_hint_line(desk):
    for ledger in desk.ledgers():
        assert [hint.words for hint in field_hints(ledger)] == [
            field.label for field in ledger.fields if field.writable
        ]


def test_no_key_means_two_things():
    keys = [key for command in COMMANDS for key in command.keys]

    assert len(keys) == len(set(keys))


def test_every_command_has_words_and_most_an_icon_and_arrows_are_shown_as_arrows():
    assert all(command.words for command in COMMANDS)
    assert BY_DO[Do.LEDGER_UP].key == "Alt+↑"
    assert BY_DO[Do.MONTH_ON].key == "Alt+PgDn"
