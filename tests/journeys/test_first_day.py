"""The first day: an empty program says how to begin, and the first records find their way to the paper."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from tests.ui.office_window import QuietPage
from tests.ui.typing import ALT, CONTROL, ENTER, Key, press, type_text


def test_every_empty_ledger_says_why_it_is_there_and_how_to_begin(room, desk):
    for ledger in desk.ledgers():
        if ledger.once or desk.count(ledger, room.page(ledger.key).query()):
            continue
        page = room.page(ledger.key)
        QApplication.processEvents()

        assert page.beginnings.shown is not None, ledger.key
        assert page.beginnings.shown.accessibleName().endswith(f"{ledger.label}还是空的")


def test_school_is_written_down_first_then_a_supplier_from_the_delivery_itself(room, desk):
    school = room.single("school")
    for key, typed in (
        ("name", "明德路小学"),
        ("school_code", "3137000001"),
        ("stage", "小学"),
        ("principal", "孙校长"),
        ("clerk", "赵甲子"),
    ):
        school.form.focus_field(key)
        type_text(typed)
    press(ENTER, with_=CONTROL)
    assert room.window.top.school.text() == "明德路小学"

    page = room.page("food_purchase")
    for key, typed in (("ingredient", "dbc"), ("quantity", "30"), ("unit_price", "1.8"), ("produced_on", "昨")):
        page.table.view.go(page.table.current().row, page.table.model.rows.column_of(key))
        type_text(typed)
        press(Key.Key_Tab)
    page.table.view.go(page.table.current().row, page.table.model.rows.column_of("supplier"))
    type_text("东街菜店")
    press(Key.Key_N, with_=ALT)
    form = page.side.top()
    for key, typed in (("address", "东街2号"), ("phone", "13800000007"), ("permit_until", "2028-01-01")):
        form.focus_field(key)
        type_text(typed)
    press(ENTER, with_=CONTROL)
    page.table.view.go(page.table.current().row, page.table.model.rows.column_of("shelf_life"))
    type_text("5天")
    press(ENTER, with_=CONTROL)
    assert page.table.model.rows.stored == 1, page.table.objections()

    press(Key.Key_P, with_=CONTROL)
    shown = room.window.page()
    assert isinstance(shown, QuietPage)
    assert [code for code, _ in shown.forms] == ["C03"]
