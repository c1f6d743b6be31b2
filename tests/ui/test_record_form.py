"""The side form as the clerk meets it: every field, what is wrong beside each, saving and giving up."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from school_logistics.models.fields import Need
from school_logistics.services.rows import Query
from school_logistics.ui.chips import State
from school_logistics.ui.form_layout import parts_of
from school_logistics.ui.form_record import LooseRecord
from school_logistics.ui.record_form import RecordForm
from tests.office import write
from tests.ui.office_window import Rooms
from tests.ui.typing import CONTROL, ESCAPE, Key, fill, press, type_text


@pytest.fixture
def room(theme, desk, messages):
    opened = Rooms(theme, desk, messages)
    yield opened.open()
    opened.close()


@pytest.fixture
def page(room):
    shown = room.page("food_purchase")
    press(Key.Key_F4)
    return shown


@pytest.fixture
def form(page):
    return page.form


@pytest.mark.parametrize("key", ["food_purchase", "supplier", "staff", "fire_equipment", "milk_order", "school"])
def test_form_shows_every_field_with_its_name(theme, desk, qtbot, key):
    ledger = desk.ledger(key)
    record = LooseRecord(desk, ledger)
    form = RecordForm(theme, record)
    qtbot.addWidget(form)

    assert set(form.editors) | set(form.figures) == {field.key for field in ledger.fields}
    for field in ledger.fields:
        if field.key in form.editors:
            assert form.editors[field.key].accessibleName() == field.label
            label = form.lines[field.key].blocks[field.key].label.accessibleName()
            wanted = field.required is not Need.NO and field.writable
            assert label == (f"{field.label}（必填）" if wanted else field.label)


def test_pairs_of_short_fields_share_a_line_and_long_ones_stand_alone(desk):
    lines = [
        [field.key for field in line.fields] for part in parts_of(desk.ledger("food_purchase")) for line in part.lines
    ]

    assert ["bought_on", "ingredient"] in lines
    assert ["supplier"] in lines
    assert ["amount"] in lines


def test_sections_stand_together_and_the_remark_closes_what_is_typed(desk):
    *parts, worked_out = parts_of(desk.ledger("food_purchase"))
    headings = [part.heading for part in parts]

    assert headings[0] == headings[-1] == ""
    assert len(headings) == len(set(headings)) + 1
    assert [line.fields[0].key for line in parts[-1].lines] == ["remark"]
    assert worked_out.heading == "自动算出"
    assert [line.fields[0].key for line in worked_out.lines] == ["stock_quantity"]


def test_form_opens_at_the_field_of_the_current_cell(page, form):
    page.close_side(form)
    page.table.view.go(0, page.table.model.rows.column_of("unit_price"))

    press(Key.Key_F4)

    assert form.current_key() == "unit_price"


def test_form_and_table_show_the_same_row(page, form):
    page.table.view.go(0, page.table.model.rows.column_of("quantity"))
    assert form.title.text() == "大白菜"
    assert form.editors["quantity"].typed() == "86.00"

    form.focus_field("quantity")
    type_text("50")
    press(Key.Key_Tab)

    assert page.table.model.rows.cell(0, page.table.model.rows.column_of("quantity")).text == "50.00"
    assert form.figures["amount"].text() == "96.00"
    assert form.chip.text() == "未保存"


def test_what_is_typed_in_the_table_is_seen_in_the_form(page, form):
    page.table.view.go(0, page.table.model.rows.column_of("quantity"))
    page.table.focus_table()

    type_text("7")
    press(Key.Key_Tab)

    assert form.editors["quantity"].typed() == "7.00"


def test_enter_goes_from_field_to_field(page, form):
    page.new()
    form.focus_field("ingredient")

    fill("jtg")

    assert form.current_key() == "category"
    assert form.editors["ingredient"].typed() == "鸡腿菇"


def test_why_a_reference_is_acceptable_stands_under_it(form, page):
    page.table.view.go(0, 0)

    assert form.lines["supplier"].remarks["supplier"].text() == "许可证有效期至 2028-06-30"


def test_saving_shows_all_objections_at_once_and_goes_to_the_first(room, page, form, desk):
    page.new()
    form.focus_field("ingredient")
    fill("jt")
    form.focus_field("quantity")
    type_text("40")

    press(Key.Key_Return, with_=CONTROL)

    refused = [key for key, editor in form.editors.items() if editor.refused()]
    assert refused == ["quarantine_no", "produced_on"]
    remark = form.lines["quarantine_no"].remarks["quarantine_no"]
    assert remark.text() == "畜禽肉要有检疫合格证明编号"
    assert remark.more().startswith("动物防疫法第51条。")
    assert form.current_key() == "quarantine_no"
    assert form.chip.text() == "2 处要改"
    assert room.said() == "畜禽肉要有检疫合格证明编号　动物防疫法第51条"
    assert desk.count(page.ledger, Query()) == 3


def test_refused_field_is_scrolled_into_sight(room, page, form):
    page.new()
    form.focus_field("ingredient")
    fill("jt")
    form.focus_field("quantity")
    type_text("40")
    room.window.resize(1366, 500)

    form.save()
    QApplication.processEvents()

    remark = form.lines["quarantine_no"].remarks["quarantine_no"]
    bottom = remark.mapTo(form.area.viewport(), remark.rect().bottomLeft()).y()
    assert bottom <= form.area.viewport().height()


def test_mending_what_was_refused_saves_it(room, page, form, desk):
    page.new()
    form.focus_field("ingredient")
    fill("jt")
    form.focus_field("quantity")
    type_text("40")
    press(Key.Key_Return, with_=CONTROL)

    for key, text in (("quarantine_no", "37026112"), ("meat_inspection_no", "11"), ("produced_on", "11-19")):
        form.focus_field(key)
        type_text(text)
    press(Key.Key_Return, with_=CONTROL)

    assert desk.count(page.ledger, Query()) == 4
    assert room.said() == "已存第 4 行 鸡腿 40.00"
    assert not any(editor.refused() for editor in form.editors.values())


def test_a_refused_field_without_a_column_opens_the_form_at_it(room, desk):
    write(desk, "ingredient", name="猪后腿肉", category="畜肉", unit="公斤")
    page = room.page("food_purchase")
    page.new()
    page.table.focus_table()
    fill("zhtr", "40")
    for key, text in (("quarantine_no", "37026112"), ("produced_on", "11-19")):
        page.table.type_value(key, text)
    page.table.focus_table()

    press(Key.Key_Return, with_=CONTROL)

    assert page.side.top() is page.form
    assert page.form.current_key() == "meat_inspection_no"
    assert room.said() == "这一行还没存：畜肉要有肉品品质检验合格证编号　生猪屠宰管理条例"


def test_text_that_cannot_be_read_stays_with_its_reason(page, form):
    page.table.view.go(0, 0)
    form.focus_field("bought_on")

    type_text("前几天")
    press(Key.Key_Tab)

    assert form.editors["bought_on"].typed() == "前几天"
    assert form.editors["bought_on"].refused()
    assert "日期" in form.lines["bought_on"].remarks["bought_on"].text()


def test_escape_gives_up_what_is_not_saved_and_offers_it_back(room, page, form):
    page.table.view.go(0, page.table.model.rows.column_of("quantity"))
    form.focus_field("quantity")
    type_text("50")

    press(ESCAPE)
    assert form.editors["quantity"].typed() == "86.00"
    assert room.told() == "已放弃这一行的改动。 已经存好的没有动。"

    room.window.bar.offers()[0].click()
    assert form.editors["quantity"].typed() == "50.00"


def test_escape_with_nothing_to_give_up_closes_the_form(page, form):
    page.table.view.go(0, 0)
    form.focus_field("quantity")

    press(ESCAPE)

    assert page.side.top() is None
    assert page.table.view.hasFocus()


def test_buttons_do_what_the_keys_do(room, page, form, qtbot, desk):
    page.table.view.go(0, page.table.model.rows.column_of("quantity"))
    assert not form.save_button.isEnabled()
    form.focus_field("quantity")
    type_text("50")
    press(Key.Key_Tab)

    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)

    assert str(desk.draft(page.ledger, page.current_id())["quantity"]) == "50.000"


def test_late_entry_says_so_beside_the_title(page, form, desk):
    from tests.office import purchase

    purchase(desk, bought_on="2026-11-03", produced_on="2026-11-02")
    page.table.view.go(0, 0)

    assert (form.chip.text(), form.chip._state) == ("补录", State.LATE_ENTRY)


def test_every_stop_of_the_tab_key_in_the_form_is_a_field_in_order(page, form):
    form.focus_field("bought_on")
    order = []
    for _ in range(5):
        order.append(form.current_key())
        press(Key.Key_Tab)

    assert order == ["bought_on", "ingredient", "category", "specification", "quantity"]


def test_new_reference_is_begun_from_the_form_and_the_form_comes_back(room, page, form, desk):
    from tests.ui.typing import ALT

    page.new()
    form.focus_field("ingredient")
    type_text("冻鸡翅")
    press(Key.Key_N, with_=ALT)
    begun = page.side.top()
    assert begun is not form
    begun.focus_field("category")
    type_text("水产")
    press(Key.Key_Return, with_=CONTROL)

    assert page.side.top() is form
    assert form.editors["ingredient"].typed() == "冻鸡翅"
    assert form.current_key() == "category"
