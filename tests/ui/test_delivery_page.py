"""A delivery note as the clerk types it: head once, lines by initials, the sum against the ticket, one act."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from school_logistics.rules.calendar import Month
from school_logistics.services.desk import Desk
from school_logistics.services.kept_sheets import KeptSheets
from school_logistics.services.rows import Query
from school_logistics.ui.commands import Do
from school_logistics.ui.delivery_page import DeliveryPage
from school_logistics.ui.ledger_views import VIEWS
from school_logistics.ui.table_page import TablePage
from tests.office import ingredient, new_desk, purchase, supplier, write
from tests.ui.page_stage import Stage, click
from tests.ui.typing import ALT, CONTROL, ENTER, Key, commit_whole, fill, focused, line, press, type_text

NOVEMBER = Month(2026, 11)
NOTE = next(view for view in VIEWS if view.key == "note")
GREENS = "绿源蔬菜配送中心"


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """Two suppliers, one of them out of date, and what was bought last week."""
    made = new_desk()
    supplier(made, GREENS)
    supplier(made, "老丰粮油行", permit_until="2026-10-31")
    for name in ("大白菜", "胡萝卜", "土豆"):
        ingredient(made, name, "蔬菜")
    people = {"inspector": "赵甲子", "second_inspector": "孙丙", "buyer": "周丁", "storekeeper": "吴己"}
    for name, price in (("大白菜", "1.92"), ("胡萝卜", "2.6")):
        purchase(
            made,
            bought_on="2026-11-13",
            ingredient=name,
            unit_price=price,
            note_no="LY-1113",
            produced_on="2026-11-12",
            **people,
        )
    yield made
    made.store.close()


@pytest.fixture
def stage(desk, theme, messages):
    return Stage.over(desk, theme, messages)


@pytest.fixture
def page(stage, desk):
    made = TablePage(stage.around, desk.ledger("food_purchase"), (NOTE,))
    desk.on_change.append(lambda keys: made.refresh(frozenset(keys)))
    stage.show(made)
    made.show_view("note")
    QApplication.processEvents()
    acts = len(desk.acts())
    yield made
    desk.on_change.clear()
    made.close()
    KeptSheets(desk).drop("food_purchase@new")
    for act in desk.acts()[: len(desk.acts()) - acts]:
        if not act.undone and not act.undo_of:
            desk.undo_act(act)


@pytest.fixture
def view(page):
    return page.views.front()


def head(supplier="ly", number="LY-1122", ticket=""):
    """Type the head of a note as a clerk reads it; those who took the last one in stand there already."""
    fill(supplier, number)
    fill(ticket) if ticket else press(ENTER)


def lines(desk):
    """How many deliveries are kept in November."""
    return desk.count(desk.ledger("food_purchase"), Query(NOVEMBER))


def test_new_note_begins_at_its_supplier_with_who_took_the_last_one_in(view):
    assert focused().accessibleName() == "供货单位"
    assert view.strip.blocks["inspector"].editor.typed() == "赵甲子"
    assert view.strip.blocks["note_no"].editor.typed() == ""


def test_line_takes_three_keys_beside_what_is_typed_and_the_last_price(view):
    head()
    assert view.table.where() == "第 1 行 · 品名"

    fill("dbc", "100", "11-21")

    assert view.table.where() == "第 2 行 · 品名"
    line = view.delivery.sheet.rows[0].filled
    assert line["unit_price"] == Decimal("1.92")
    assert line["amount"] == Decimal("192.00")
    assert view.totals.sums() == {"amount": "192.00"}


def test_note_is_saved_as_one_act_with_its_head_when_it_agrees(view, desk):
    before = lines(desk)
    head(ticket="218.00")
    fill("dbc", "100", "11-21", "hlb", "10", "11-21")

    press(Key.Key_S, with_=CONTROL)

    assert lines(desk) == before + 2
    note = desk.draft(desk.ledger("delivery_note"), desk.ids(desk.ledger("delivery_note"), Query(NOVEMBER))[0])
    assert (note["note_no"], note["ticket_total"], note["buyer"]) == ("LY-1122", Decimal("218.00"), "周丁")
    assert desk.undoable() == f"送货单 LY-1122 {GREENS} 2 行"
    assert focused().accessibleName() == "供货单位"
    desk.undo()
    assert lines(desk) == before
    assert desk.count(desk.ledger("delivery_note"), Query(NOVEMBER)) == 0


def test_difference_to_the_ticket_stands_beside_it_and_wants_its_reason(view, desk, stage):
    before = lines(desk)
    head(ticket="204.30")
    fill("dbc", "100", "11-21")
    assert view.totals.verdict() == "差 12.30（各行少）"

    press(Key.Key_S, with_=CONTROL)

    assert stage.heard.said[-1][0].startswith("票面与各行合计差 12.30 元")
    assert focused().accessibleName() == "差额说明"
    assert lines(desk) == before
    fill("少送一箱，退款")
    press(Key.Key_S, with_=CONTROL)
    assert lines(desk) == before + 1


def test_supplier_whose_licence_ran_out_stops_at_the_head(view):
    fill("lf")

    assert focused().accessibleName() == "供货单位"
    assert view.strip.said().startswith("老丰粮油行的许可证已于 2026-10-31 到期")
    assert not view.table.isEnabled()
    assert not view.save_button.isEnabled()
    press(Key.Key_A, with_=CONTROL)
    fill("ly")
    assert view.table.isEnabled()
    assert view.strip.said() == ""


def test_line_that_lacks_what_the_law_wants_is_shown_and_the_note_waits(view, desk):
    before = lines(desk)
    head()
    fill("dbc", "100")
    press(Key.Key_S, with_=CONTROL)

    assert lines(desk) == before
    assert view.table.where() == "第 1 行 · 生产日期"


def test_block_of_lines_is_pasted_and_the_sheet_grows(view):
    head()
    QGuiApplication.clipboard().setText("大白菜\t\t5\t公斤\t2\r\n胡萝卜\t\t4\t公斤\t3")

    press(Key.Key_V, with_=CONTROL)

    assert view.totals.sums() == {"amount": "22.00"}
    assert view.table.where() == "第 1 行 · 品名"
    assert view.table.model.rowCount() == 3


def test_note_of_last_week_is_opened_with_its_lines_and_changed_in_place(view, desk, page):
    one = desk.ids(desk.ledger("food_purchase"), Query(NOVEMBER))[0]

    assert page.show_record(one, "quantity")
    assert view.picker.middle.text() == f"11-13 {GREENS} LY-1113"
    assert [row.id is not None for row in view.delivery.sheet.rows] == [True, True, False]
    fill("40")
    assert page.unsaved() == f"送货单 11-13 {GREENS} LY-1113 改了还没存"
    press(Key.Key_S, with_=CONTROL)

    assert desk.draft(desk.ledger("food_purchase"), one)["quantity"] == Decimal(40)


def test_half_typed_note_waits(view, page):
    head()
    fill("dbc", "100")
    press(Key.Key_Left, with_=ALT)
    assert view.picker.middle.text().endswith("LY-1113")

    page.deeds()[Do.NEW]()

    assert view.delivery.kept == 1
    assert view.delivery.sheet.rows[0].filled["quantity"] == Decimal(100)
    assert view.strip.blocks["note_no"].editor.typed() == "LY-1122"


def test_line_is_emptied_before_it_is_saved(view, page):
    head()
    fill("dbc", "100", "11-21")
    view.table.go_to(0, "quantity")

    page.deeds()[Do.DELETE]()

    assert view.delivery.lines == []
    assert page.undo_typing()


def click_cell(view, row, key):
    """Click a cell of the lines."""
    table = view.table
    cell = table.view.visualRect(table.model.index(row, table.model.rows.column_of(key)))
    QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
    QApplication.processEvents()


def test_what_is_typed_right_after_a_click_on_the_current_cell_is_taken(view):
    head()
    fill("dbc")
    click_cell(view, 0, "quantity")
    click_cell(view, 0, "quantity")

    type_text("100")
    press(ENTER)

    assert view.delivery.sheet.rows[0].filled["quantity"] == Decimal(100)


def test_text_that_comes_without_a_composition_is_typed_whole(view):
    head()

    commit_whole("大")
    commit_whole("白菜")

    assert line().text() == "大白菜"
    press(ENTER)
    assert view.delivery.sheet.text(0, "ingredient") == "大白菜"


def test_ingredient_registered_meanwhile_is_filled_in_with_the_keyboard_behind_it(view, page):
    head()
    type_text("秋葵")
    press(Key.Key_N, with_=ALT)
    assert focused().accessibleName() == "类别"
    fill("蔬菜")
    press(ENTER, with_=CONTROL)

    assert view.table.view.hasFocus()
    assert view.table.where() == "第 1 行 · 品名"
    assert view.table.sheet.text(0, "ingredient") == "秋葵"
    press(ENTER)
    fill("12")
    assert view.delivery.sheet.rows[0].filled["quantity"] == Decimal(12)


def test_supplier_registered_meanwhile_is_filled_in_with_the_keyboard_behind_it(view, page):
    type_text("田园蔬菜合作社")
    press(Key.Key_N, with_=ALT)
    form = page.side.top()
    for key, typed in (("address", "云川区新村1号"), ("phone", "13800000009"), ("permit_until", "2028-06-30")):
        form.focus_field(key)
        fill(typed)
    press(ENTER, with_=CONTROL)

    assert view.strip.blocks["supplier"].editor.typed() == "田园蔬菜合作社"
    assert focused().accessibleName() == "送货单号"


def test_every_line_that_is_not_saved_can_be_emptied(view, page):
    head()
    fill("dbc", "100", "11-21", "hlb", "10", "11-21")
    for row in (0, 1):
        view.table.go_to(row, "ingredient")
        assert Do.DELETE in page.deeds()
        assert page.head.buttons[Do.DELETE].isEnabled()
        click(page.head.buttons[Do.DELETE])

    assert view.delivery.lines == []


def test_unknown_name_stops_the_line_and_offers_to_register_it(view, stage):
    head()
    fill("tds")

    assert view.table.where() == "第 1 行 · 品名"
    assert line().text() == "tds"
    assert stage.heard.said[-1][0].startswith("「tds」还没有登记在食材")
    fill("12")
    assert line().text() == "12"
    press(Key.Key_A, with_=CONTROL)
    fill("dbc", "12")

    assert view.delivery.sheet.rows[0].filled["quantity"] == Decimal(12)


def test_place_is_told_where_the_keyboard_is_in_the_head_as_in_the_lines(view, page):
    told: list[str] = []
    page.placed.connect(told.append)
    fill("ly")
    assert told[-1] == page.place() == "票头 · 送货单号"
    fill("LY-1122")
    press(ENTER)

    assert told[-1] == page.place() == "第 1 行 · 品名"


def test_saving_is_called_by_one_name(view):
    assert view.save_button.text() == "保存"
    assert [hint.words for hint in view.hints() if hint.key.startswith("Ctrl+S")] == ["保存整张，一步可撤销"]


def told_of(desk, one):
    """What there is against the head of a note."""
    ledger = desk.ledger("delivery_note")
    return [found.sentence for found in desk.examine(ledger, desk.draft(ledger, one), one)]


def test_head_without_lines_is_told_and_its_lines_are_typed_beside_it(stage, desk):
    acts = len(desk.acts())
    one = write(desk, "delivery_note", came_on="2026-11-20", supplier=GREENS, note_no="LY-1120", ticket_total="19.2")
    page = TablePage(stage.around, desk.ledger("delivery_note"), (NOTE,))
    stage.show(page)
    assert told_of(desk, one) == ["这张送货单还没有明细行：换到“按送货单”，把各行补上"]

    assert page.head.views is not None
    click(page.head.views.buttons["note"])
    view = page.views.front()
    assert isinstance(view, DeliveryPage)
    assert view.strip is not None
    assert view.strip.blocks["note_no"].editor.typed() == "LY-1120"
    assert page.current_id() == one
    view.focus_lines()
    fill("dbc", "10", "11-19")
    press(Key.Key_S, with_=CONTROL)

    assert told_of(desk, one) == []
    page.close()
    KeptSheets(desk).drop("food_purchase@new")
    for act in desk.acts()[: len(desk.acts()) - acts]:
        desk.undo_act(act)


def test_reason_of_a_difference_is_asked_again_when_a_line_changes_later(view, desk):
    head(ticket="204.30")
    fill("dbc", "100", "11-21")
    press(Key.Key_S, with_=CONTROL)
    fill("少送一箱，退款")
    press(Key.Key_S, with_=CONTROL)
    notes, bought = desk.ledger("delivery_note"), desk.ledger("food_purchase")
    one, line = desk.ids(notes, Query(NOVEMBER))[0], desk.ids(bought, Query(NOVEMBER))[-1]
    assert told_of(desk, one) == []

    desk.save(bought, desk.draft(bought, line) | {"quantity": Decimal(50), "amount": None}, line)
    assert told_of(desk, one) == ["写好差额说明以后，明细的金额又改过：现在相差 108.30 元，请核对差额说明"]

    desk.save(notes, desk.draft(notes, one) | {"reason": "少送一箱半"}, one)
    assert told_of(desk, one) == []
