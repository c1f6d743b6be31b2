"""A ledger page as the clerk meets it: what its buttons do, months, filters, deleting, what is missing, new names."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from school_logistics.errors import FileTrouble
from school_logistics.services.rows import Query
from school_logistics.ui.commands import Do
from school_logistics.ui.page_head import BUTTONS
from tests.office import purchase, write
from tests.ui.office_window import Rooms
from tests.ui.typing import ALT, CONTROL, ESCAPE, SHIFT, Key, fill, line, press, type_text


@pytest.fixture
def rooms(theme, desk, messages):
    opened = Rooms(theme, desk, messages)
    yield opened
    opened.close()


@pytest.fixture
def room(rooms):
    return rooms.open()


@pytest.fixture
def page(room):
    return room.page("food_purchase")


def rows(page):
    """How many stored rows the table shows."""
    return page.table.model.rows.stored


def column(page, key):
    """The place of a column."""
    return page.table.model.rows.column_of(key)


def go(page, row, key):
    """Make a cell current."""
    page.table.view.go(row, column(page, key))
    page.table.focus_table()


# --- head -------------------------------------------------------------------------------------------


def test_buttons_stand_in_one_order_on_every_ledger_page(room, desk):
    expected = [do for group in BUTTONS for do in group]

    for key in ("food_purchase", "supplier", "room"):
        assert list(room.page(key).head.buttons) == expected
    assert list(room.single("school").head.buttons) == expected


def test_every_button_names_its_key(page):
    assert page.head.buttons[Do.NEW].toolTip() == "到空白行，开始新的一行　Ctrl+N"
    assert all(button.accessibleName() for button in page.head.buttons.values())


def test_ledger_that_is_no_form_cannot_be_printed(room):
    assert not room.page("ingredient").head.buttons[Do.PRINT].isEnabled()


def test_file_has_no_month(room):
    assert room.page("supplier").head.picker is None


def test_head_tells_up_to_which_day_the_month_is_written(page):
    assert page.head.fact() == "记到 11-20"


def test_head_tells_instead_how_many_places_are_missing(room, desk):
    one = write(desk, "retained_sample", taken_at="2026-11-20 11:20", dish="紫菜蛋花汤", meal="午餐", grams="150",
                sampler=_person(desk))  # fmt: skip
    ledger = desk.ledger("retained_sample")
    with desk.store.unit_of_work("测试", "测试") as session:
        session.get(ledger.record, one).grams = None
    room.window._room.standing.refresh()

    page = room.page("retained_sample")

    assert page.head.fact() == "缺 1"
    assert room.window.page().list.items["retained_sample"].told() == "缺 1"


def _person(desk):
    """Somebody who may take samples."""
    write(desk, "staff", name="孙己", post="食品安全员", employment="在编", health_until="2027-03-01")
    return "孙己"


# --- months -----------------------------------------------------------------------------------------


def test_month_is_changed_by_key_and_by_click(page, qtbot):
    press(Key.Key_PageUp, with_=ALT)
    assert page.head.picker.month() == (2026, 10)
    assert rows(page) == 0

    page.head.picker.step(1)
    assert rows(page) == 3


def test_empty_month_says_why_there_should_be_rows_and_how_to_begin(room, page):
    press(Key.Key_PageUp, with_=ALT)
    QApplication.processEvents()

    empty = page.table.view.viewport().findChild(type(page.beginnings.shown))
    assert empty.accessibleName() == "10 月的采购台账还是空的"

    press(Key.Key_2, with_=ALT)
    assert room.dialogs.opened[0].ledger.key == "food_purchase"
    room.dialogs.opened[0].close()
    room.window.activateWindow()
    QApplication.processEvents()
    press(Key.Key_3, with_=ALT)
    assert page.head.picker.month() == (2026, 9)


def test_empty_page_is_gone_with_the_first_row(page, desk):
    press(Key.Key_PageUp, with_=ALT)

    purchase(desk, bought_on="2026-10-12", produced_on="2026-10-11")

    assert page.beginnings.shown is None


# --- deeds ------------------------------------------------------------------------------------------


def test_new_goes_to_the_blank_row_from_anywhere(page):
    go(page, 0, "unit_price")

    press(Key.Key_N, with_=CONTROL)

    assert page.table.current().row == 3
    assert page.table.current_key() == "ingredient"


def test_new_takes_filters_off_that_would_hide_what_is_typed(page):
    page.table.set_text("大白菜")
    assert rows(page) == 1

    press(Key.Key_N, with_=CONTROL)

    assert rows(page) == 3


def test_copy_begins_a_row_like_the_current_one(page, desk):
    go(page, 0, "ingredient")

    press(Key.Key_D, with_=CONTROL | SHIFT)
    press(Key.Key_Return, with_=CONTROL)

    made = desk.first_page(desk.ledger("food_purchase"), Query())
    assert [row.texts[1] for row in made].count("大白菜") == 2


def test_deleting_asks_nothing_and_offers_to_take_it_back(room, page, messages, qtbot):
    go(page, 1, "ingredient")

    press(Key.Key_Delete, with_=CONTROL)

    assert messages.asked == []
    assert rows(page) == 2
    assert room.told() == "已删除 1 条：胡萝卜。 本月合计跟着变；做过的操作里一直在。"
    undo = room.window.bar.offers()[0]
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert rows(page) == 3
    assert room.told() == ""


def test_several_rows_are_deleted_as_one_act(room, page):
    go(page, 0, "ingredient")
    press(Key.Key_Down, with_=SHIFT)

    page.delete()

    assert rows(page) == 1
    room.window.undo()
    assert rows(page) == 3


def test_record_that_others_need_is_not_deleted_and_they_are_named(room):
    page = room.page("supplier")
    go(page, page.table.model.rows.row_of(2), "name")

    page.delete()

    assert "采购台账" in room.told()
    assert rows(page) == 2


def test_deleting_a_row_that_was_never_saved_gives_it_up_and_it_can_be_had_back(room, page):
    press(Key.Key_N, with_=CONTROL)
    type_text("jtg")
    press(Key.Key_Return)
    type_text("12")
    press(Key.Key_Return)

    page.delete()
    assert room.told() == "已放弃没有存的一行。 已经存好的没有动。"
    room.window.bar.offers()[0].click()

    assert page.table.draft()["quantity"] == 12


def test_block_is_pasted_as_one_act_that_can_be_taken_back(room, page):
    go(page, 0, "unit_price")
    QGuiApplication.clipboard().setText("2.00\n3.00\n4.00")

    press(Key.Key_V, with_=CONTROL)

    assert [page.table.model.rows.value(row, "unit_price") for row in range(3)] == [2, 3, 4]
    assert room.window.bar.offers()[0].text() == "撤销"
    press(Key.Key_Z, with_=CONTROL)
    assert page.table.model.rows.value(0, "unit_price") == Decimal("1.92")


def test_block_that_cannot_be_read_is_refused_whole_with_its_cells_named(room, page):
    go(page, 0, "unit_price")
    QGuiApplication.clipboard().setText("2.00\n很贵\n4.00")

    press(Key.Key_V, with_=CONTROL)

    assert "一行都没写入" in room.told()
    assert page.table.model.rows.value(0, "unit_price") == Decimal("1.92")


def test_ctrl_f_filters_above_the_current_column(page):
    go(page, 0, "ingredient")

    press(Key.Key_F, with_=CONTROL)
    type_text("萝卜")
    press(Key.Key_Return)

    assert rows(page) == 1


def test_ledger_is_exported_with_the_rows_that_are_shown(room, page, messages, tmp_path):
    messages.file = tmp_path / "采购.xlsx"

    press(Key.Key_E, with_=CONTROL)

    assert messages.asked == ["导出采购台账 采购台账_2026-11.xlsx"]
    assert room.said() == "已导出 3 行到 采购.xlsx"
    assert messages.file.stat().st_size > 0


def test_export_that_fails_is_told_with_its_reason(room, page, messages, tmp_path):
    messages.file = tmp_path / "采购.docx"

    page.export()

    assert room.told() != ""
    assert not messages.file.exists()


def test_export_that_was_not_wanted_after_all_does_nothing(room, page, messages):
    messages.file = None

    page.export()

    assert room.said() == ""


def test_trouble_while_exporting_is_said_in_the_message_bar(room, page):
    page.tell_trouble(FileTrouble("文件正被另一个程序打开；请关掉它再导出。"))

    assert room.told() == "文件正被另一个程序打开；请关掉它再导出。"


# --- typing -----------------------------------------------------------------------------------------


def test_saving_a_row_says_which_one_and_offers_to_take_it_back(room, page):
    go(page, 0, "unit_price")
    type_text("2.5")
    press(Key.Key_Return, with_=CONTROL)
    press(Key.Key_Return, with_=CONTROL)

    assert room.said() == "已存第 1 行 大白菜 86.00"
    press(Key.Key_Z, with_=CONTROL)
    assert room.said() == "已撤销：修改 采购台账：大白菜"


def test_undo_takes_back_typing_before_it_takes_back_acts(room, page, desk):
    go(page, 0, "unit_price")
    type_text("9")
    press(Key.Key_Return)
    go(page, 0, "quantity")
    type_text("5")
    press(Key.Key_Tab)

    press(Key.Key_Z, with_=CONTROL)

    assert page.table.model.rows.value(0, "quantity") == 86
    assert "已撤销" not in room.said()


def test_refused_cell_is_told_in_the_status_line_with_its_clause(room, page):
    go(page, 0, "produced_on")
    type_text("2026-11-25")
    press(Key.Key_Tab)
    go(page, 0, "produced_on")

    assert room.said() == "生产日期晚于进货日期"


def test_place_and_sum_of_the_selection_stand_at_the_right_of_the_status_line(room, page):
    go(page, 0, "quantity")
    assert room.window.status._place.text() == "第 1 行 · 数量"

    press(Key.Key_Down, with_=SHIFT)
    assert "2 格" in room.window.status._place.text()


# --- a name not known yet ---------------------------------------------------------------------------


def test_unknown_supplier_is_registered_beside_the_table_and_comes_back_chosen(room, page, desk):
    go(page, 0, "supplier")
    type_text("新源粮油店")
    press(Key.Key_N, with_=ALT)

    form = page.side.top()
    assert form.title.text() == "新登记 · 供货商档案"
    assert form.editors["name"].typed() == "新源粮油店"
    form.focus_field("address")
    type_text("云川区东街2号")
    form.focus_field("phone")
    type_text("13800000009")
    press(Key.Key_Return, with_=CONTROL)

    assert page.side.top() is None
    assert page.table.view.hasFocus()
    assert (page.table.current().row, page.table.current_key()) == (0, "supplier")
    assert desk.show(page.ledger, "supplier", page.table.draft()["supplier"]) == "新源粮油店"


def test_registering_can_be_given_up_without_losing_the_row(room, page):
    press(Key.Key_N, with_=CONTROL)
    fill("jtg", "12")
    go(page, 3, "supplier")
    type_text("新店")
    press(Key.Key_N, with_=ALT)

    press(ESCAPE)

    assert page.side.top() is None
    assert page.table.draft()["quantity"] == 12


# --- what is missing --------------------------------------------------------------------------------


def test_f8_goes_to_the_next_missing_place_and_says_what_and_why(room, desk):
    person = _person(desk)
    ids = [
        write(
            desk,
            "retained_sample",
            taken_at=f"2026-11-{day} 11:20",
            dish="汤",
            meal="午餐",
            grams="150",
            sampler=person,
        )
        for day in (18, 19, 20)
    ]
    ledger = desk.ledger("retained_sample")
    with desk.store.unit_of_work("测试", "测试") as session:
        for one in ids[1:]:
            session.get(ledger.record, one).meal = None
    room.window._room.standing.refresh()
    page = room.page("retained_sample")
    page.refresh(frozenset())
    page.table.go_to_top()

    press(Key.Key_F8)
    first = (page.table.current().id, page.table.current_key())
    said = room.said()
    press(Key.Key_F8)
    second = (page.table.current().id, page.table.current_key())

    assert (first, second) == ((ids[1], "meal"), (ids[2], "meal"))
    assert said == "汤：餐次没有填　教育部令第45号第40条"


def test_f8_goes_on_to_another_ledger_when_this_one_is_complete(room, desk, page):
    missing = room.window._room.standing.missing
    assert [one for one in missing if one.ledger == "food_purchase"] == []

    press(Key.Key_F8)

    assert room.window.page().page().ledger.key == missing[0].ledger


def test_f8_walks_first_through_what_is_wrong_in_the_row_being_typed(room, desk, page):
    write(desk, "ingredient", name="猪后腿肉", category="畜肉", unit="公斤")
    press(Key.Key_N, with_=CONTROL)
    fill("zhtr", "40")
    press(Key.Key_Return, with_=CONTROL)
    walked = []
    for _ in range(3):
        walked.append(page._focused_key())
        press(Key.Key_F8)

    assert sorted(walked) == ["meat_inspection_no", "produced_on", "quarantine_no"]
    assert page.side.top() is page.form


# --- others -----------------------------------------------------------------------------------------


def test_list_of_ledgers_is_one_stop_walked_by_arrows(room):
    tab = room.tab("食堂")
    tab.list.focus_list()

    press(Key.Key_Down)
    assert tab.page().ledger.key == tab.ledgers[1].key
    assert tab.list.has_focus()
    press(Key.Key_Return)
    assert tab.page().table.view.hasFocus()


def test_ledger_is_chosen_from_the_title_where_the_list_is_folded(room):
    tab = room.tab("食堂")
    menu = tab.list_menu()

    next(one for one in menu.actions() if one.text().startswith("供货商档案")).trigger()

    assert tab.page().ledger.key == "supplier"


def test_change_elsewhere_is_seen_at_once_in_front_and_later_behind(room, desk, page):
    room.page("supplier")

    purchase(desk, bought_on="2026-11-21")

    assert rows(room.page("food_purchase")) == 4


def test_rows_typed_elsewhere_keep_the_current_cell(room, desk, page):
    go(page, 1, "unit_price")

    purchase(desk, bought_on="2026-11-18", produced_on="2026-11-17")

    assert (page.table.current().row, page.table.current_key()) == (2, "unit_price")


def test_context_menu_has_the_same_actions_with_their_keys(page):
    told = {action.text(): action.shortcut().toString() for action in page.table.view.actions() if action.text()}

    assert told["新增"] == "Ctrl+N"
    assert told["历史"] == "Ctrl+H"


def test_open_editor_is_closed_with_its_text_when_the_tab_is_left(room, page):
    go(page, 0, "unit_price")
    type_text("2.2")
    assert line().text() == "2.2"

    press(Key.Key_PageDown, with_=CONTROL)
    press(Key.Key_PageUp, with_=CONTROL)

    assert page.table.model.rows.value(0, "unit_price") == Decimal("2.2")


def test_an_issue_that_one_batch_cannot_cover_is_shown_as_the_rows_it_became(rooms, desk):
    purchase(desk, bought_on="2026-11-18", produced_on="2026-11-17", quantity="10")
    purchase(desk, bought_on="2026-11-19", produced_on="2026-11-18", quantity="31")
    page = rooms.open().page("stock_out")
    said = []
    page.table.saved.connect(lambda _id, sentence: said.append(sentence))
    model = page.table.model
    blank = model.rows.blank_row

    for key, typed in (("ingredient", "土豆"), ("issued", "15"), ("purpose", "午餐"), ("receiver", "郭建军"),
                       ("storekeeper", "孙浩"), ("issued_on", "2026-11-20")):  # fmt: skip
        assert model.put(blank, key, desk.read(model.ledger, key, typed)) is None
    go(page, blank, "issued")
    page.table.save_row()

    assert rows(page) == 2
    assert [model.rows.value(row, "issued") for row in range(2)] == [10, 5]
    assert said[-1].endswith("一批不够，已按先到期先出分成 2 行")
