"""Story 6: mistakes are taken back one by one, in any ledger, also after the window was closed."""

from __future__ import annotations

from school_logistics.services.rows import Query
from tests.office import purchase
from tests.ui.typing import CONTROL, ENTER, SHIFT, Key, press, type_text


def test_a_morning_of_mistakes_is_taken_back_step_by_step(room, desk):
    purchase(desk)
    page = room.page("food_purchase")
    page.table.view.go(0, page.table.model.rows.column_of("quantity"))
    page.table.focus_table()
    type_text("310")
    press(ENTER)
    press(Key.Key_Up)
    press(Key.Key_Delete, with_=CONTROL)
    assert page.table.model.rows.stored == 0

    press(Key.Key_Z, with_=CONTROL)
    assert room.said() == "已撤销：删除 采购台账：土豆"
    press(Key.Key_Z, with_=CONTROL)
    assert room.said() == "已撤销：修改 采购台账：土豆"

    row = desk.first_page(desk.ledger("food_purchase"), Query())[0]
    assert desk.show(desk.ledger("food_purchase"), "quantity", row.values[4]) == "31.00"


def test_what_was_done_yesterday_is_still_on_the_list(rooms, desk):
    first = rooms.open()
    purchase(desk)
    assert first.window.close()

    second = rooms.open()
    second.page("food_purchase")
    press(Key.Key_H, with_=CONTROL | SHIFT)
    press(ENTER)

    assert second.said() == "已撤销：新增 采购台账：土豆"
    assert desk.count(desk.ledger("food_purchase"), Query()) == 0


def test_half_typed_row_is_there_again_after_the_pc_died(rooms, desk):
    first = rooms.open().page("food_purchase")
    type_text("dbc")
    press(ENTER)
    type_text("17")
    press(ENTER)
    del first

    again = rooms.open().page("food_purchase")

    row = again.table.model.rows.stored
    assert [again.table.model.rows.value(row, key) for key in ("quantity", "unit")] == [17, "公斤"]
