"""The history of a record, and what was done lately, as the clerk reads them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from school_logistics.ui.history_panel import ChangeBlock
from tests.ui.office_window import Rooms
from tests.ui.typing import CONTROL, ESCAPE, SHIFT, Key, press, type_text


@pytest.fixture
def room(theme, desk, messages):
    opened = Rooms(theme, desk, messages)
    yield opened.open()
    opened.close()


@pytest.fixture
def page(room):
    return room.page("food_purchase")


def blocks(page) -> list[str]:
    """What the history tells, newest first."""
    QApplication.processEvents()
    content = page.history.content
    return [one.accessibleName() for one in content.findChildren(ChangeBlock) if not one.isHidden()]


def change_price(page, text: str) -> None:
    """Type another price into the first row and save it."""
    page.table.view.go(0, page.table.model.rows.column_of("unit_price"))
    page.table.focus_table()
    type_text(text)
    press(Key.Key_Return, with_=CONTROL)
    page.table.save_row()


def test_history_tells_who_changed_what_from_what_to_what(page):
    change_price(page, "2.5")
    page.table.view.go(0, 0)

    press(Key.Key_H, with_=CONTROL)

    told = blocks(page)
    assert page.history.title.text() == "历史 · 大白菜"
    assert told[0].startswith("今天 09:00 赵甲子 修改：单价 1.92 → 2.50")
    assert "金额 165.12 → 215.00" in told[0]
    assert told[1].startswith("今天 09:00 赵甲子 新增：")


def test_history_follows_the_current_row_and_closes_with_its_key(page):
    page.table.view.go(0, 0)
    press(Key.Key_H, with_=CONTROL)

    page.table.view.go(1, 0)
    assert page.history.title.text() == "历史 · 胡萝卜"

    press(Key.Key_H, with_=CONTROL)
    assert page.side.top() is None
    assert page.table.view.hasFocus()


def test_history_of_a_row_never_saved_says_so(page):
    page.new()

    press(Key.Key_H, with_=CONTROL)

    assert page.history.told() == 0
    words = [one.text() for one in page.history.content.findChildren(QWidget) if hasattr(one, "text")]
    assert "选一行，看它是谁在什么时候改过的。" in words


def test_change_made_while_history_is_open_is_told_at_once(page, desk):
    page.table.view.go(0, 0)
    press(Key.Key_H, with_=CONTROL)
    one = page.current_id()

    desk.save(page.ledger, desk.draft(page.ledger, one) | {"remark": "换过包装"}, one)

    assert "备注 换过包装" in blocks(page)[0]


def test_escape_closes_the_history(page):
    page.table.view.go(0, 0)
    press(Key.Key_H, with_=CONTROL)

    press(ESCAPE)

    assert page.side.top() is None


def test_acts_are_listed_with_their_time_and_whether_they_still_stand(room, page):
    page.table.view.go(0, 0)
    page.delete()
    room.window.undo()

    press(Key.Key_H, with_=CONTROL | SHIFT)

    acts = room.window.drawer.acts
    assert acts is not None
    told = [line.accessibleName() for line in acts.lines[:2]]
    assert told == [
        "撤销：删除 采购台账：大白菜，今天 09:00 · 赵甲子，",
        "删除 采购台账：大白菜，今天 09:00 · 赵甲子，已撤销",
    ]
    assert [line.can_be_undone() for line in acts.lines[:3]] == [False, False, True]
