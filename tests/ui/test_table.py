"""The table of a ledger as the canteen clerk types into it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from school_logistics.errors import StoreTrouble
from school_logistics.models.checks import Level
from school_logistics.models.ledger import Ledger
from school_logistics.rules.calendar import Month
from school_logistics.services.desk import Desk
from school_logistics.services.rows import Query
from school_logistics.ui.cell_model import CELL
from school_logistics.ui.chooser import Chooser
from school_logistics.ui.record_table import RecordTable
from school_logistics.ui.row_book import RowKind
from tests.office import purchase, write
from tests.ui.typing import (
    ALT,
    CONTROL,
    DELETE,
    ENTER,
    ESCAPE,
    SHIFT,
    TAB,
    Key,
    commit,
    fill,
    focused,
    line,
    press,
    type_text,
)


class Heard:
    """Everything a table said."""

    def __init__(self, table: RecordTable) -> None:
        self.objections: list[tuple[str, str]] = []
        self.saved: list[str] = []
        self.acted: list[str] = []
        self.refused: list[tuple[str, list[str]]] = []
        self.places: list[str] = []
        self.summary = ""
        self.new: list[tuple[str, str]] = []
        table.objected.connect(lambda sentence, clause: self.objections.append((sentence, clause)))
        table.saved.connect(lambda _id, sentence: self.saved.append(sentence))
        table.acted.connect(self.acted.append)
        table.block_refused.connect(lambda title, found: self.refused.append((title, [str(one) for one in found])))
        table.cell_changed.connect(lambda _key, place: self.places.append(place))
        table.summary_changed.connect(self.hear_summary)
        table.new_wanted.connect(lambda target, name: self.new.append((target, name)))

    def hear_summary(self, text: str) -> None:
        """Keep the last one."""
        self.summary = text


@pytest.fixture
def purchases(desk):
    return desk.ledger("food_purchase")


@pytest.fixture
def table(qtbot, theme, desk, purchases):
    made = RecordTable(theme, desk, purchases)
    desk.on_change.append(lambda _keys: made.refresh())
    qtbot.addWidget(made)
    made.resize(1166, 646)
    made.set_month(Month(2026, 11))
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.focus_table()
    return made


@pytest.fixture
def heard(table):
    return Heard(table)


def column(table: RecordTable, key: str) -> int:
    found = table.model.rows.column_of(key)
    assert found is not None
    return found


def go(table: RecordTable, row: int, key: str) -> None:
    table.view.go(row, column(table, key))


def shown(table: RecordTable, row: int, key: str) -> str:
    return table.model.rows.cell(row, column(table, key)).text


def stored(desk: Desk, purchases: Ledger) -> int:
    return desk.count(purchases, Query())


# --- what is shown ---------------------------------------------------------------------------------


def test_the_month_opens_at_the_blank_row_ready_to_type(table):
    assert table.current().kind is RowKind.BLANK
    assert table.current_key() == "ingredient"
    assert table.totals.count_text() == "3 行"


def test_the_blank_row_shows_what_is_taken_over_and_how_to_begin(table):
    row = table.model.rows.blank_row

    assert shown(table, row, "bought_on") == "11-20"
    assert shown(table, row, "supplier") == "绿源蔬菜配送中心"
    assert shown(table, row, "ingredient") == "品名首字母"
    assert table.model.rows.cell(row, column(table, "supplier")).tone == "ink3"


def test_a_date_and_a_supplier_equal_to_the_row_above_are_quiet_and_the_weekday_stands_once(table):
    first, second = (table.model.rows.cell(row, column(table, "bought_on")) for row in (1, 2))

    assert (first.tone, first.extra) == ("ink", "周五")
    assert (second.tone, second.extra) == ("ink3", "")
    assert table.model.rows.cell(2, column(table, "supplier")).tone == "ink3"


def test_sorted_by_another_column_only_that_column_is_quiet(table):
    table.sort_by("ingredient")

    assert table.model.rows.cell(1, column(table, "bought_on")).extra == ""
    assert [table.model.rows.cell(row, column(table, "supplier")).tone for row in range(3)] == ["ink"] * 3


def test_the_sum_stands_under_its_column_and_is_taken_over_the_filtered_rows(table):
    assert table.totals.sums() == {"amount": "440.27"}

    table.view.head.set_filters({"ingredient": "土豆"})
    table.view.head.filtered.emit(table.view.head.filters())

    assert table.totals.sums() == {"amount": "150.35"}
    assert table.totals.count_text() == "筛出 1 / 3 行"


def test_a_month_without_rows_has_only_the_blank_row(table):
    table.set_month(Month(2026, 7))

    assert table.model.rowCount() == 1
    assert table.totals.count_text() == "0 行"


def test_the_model_keeps_qt_s_promises(qtmodeltester, table):
    qtmodeltester.check(table.model)


# --- typing a new row ------------------------------------------------------------------------------


def test_initials_and_enter_write_a_whole_row_and_open_the_next(table, heard, desk, purchases):
    fill("dbc", "12*2", "11-20")
    for _ in range(4):
        if table.current().kind is RowKind.NEW:  # past what may stay empty
            press(ENTER)

    assert stored(desk, purchases) == 4
    assert heard.saved == ["已存第 4 行 大白菜 24.00"]
    assert table.current().kind is RowKind.BLANK
    assert table.current_key() == "ingredient"


def test_typing_replaces_and_what_follows_from_the_name_is_filled_in(table):
    fill("dbc")
    row = table.current().row

    assert shown(table, row, "ingredient") == "大白菜"
    assert shown(table, row, "category") == "蔬菜"
    assert shown(table, row, "unit") == "公斤"
    assert shown(table, row, "unit_price") == "1.92"
    assert table.current_key() == "quantity"


def test_an_input_method_opens_the_cell_and_nothing_it_commits_is_lost(table):
    commit("大")
    commit("白菜")
    assert line().text() == "大白菜"
    press(ENTER)

    assert shown(table, table.current().row, "ingredient") == "大白菜"


def test_text_that_cannot_be_read_stays_and_the_reason_is_told(table, heard):
    fill("dbc", "很多")
    row = table.current().row

    assert shown(table, row, "quantity") == "很多"
    cell = table.model.rows.cell(row, column(table, "quantity"))
    assert (cell.mark, cell.ground, cell.tone) == ("late", "late_bg", "late")
    assert any("很多" in sentence for sentence, _ in heard.objections)


def test_a_refused_row_stays_as_a_draft_with_all_objections_and_the_first_one_is_current(table, heard, desk, purchases):
    fill("jt", "64.7", "17.63")
    press(ENTER, with_=CONTROL)

    assert stored(desk, purchases) == 3
    assert table.current().kind is RowKind.NEW
    assert table.current_key() in {one.field for one in table.objections()}
    assert {one.field for one in table.objections()} >= {"quarantine_no"}
    assert heard.objections[-1][0]


def test_leaving_a_half_typed_row_keeps_it_and_a_new_table_brings_it_back(qtbot, table, theme, desk, purchases):
    fill("dbc")
    again = RecordTable(theme, desk, purchases)
    qtbot.addWidget(again)
    again.set_month(Month(2026, 11))

    row = again.model.rows.blank_row - 1
    assert again.model.place(row).kind is RowKind.NEW
    assert shown(again, row, "ingredient") == "大白菜"


def test_a_saved_row_is_no_longer_kept_as_half_typed(table, desk, purchases):
    fill("dbc", "5", "11-20")
    press(ENTER, with_=CONTROL)

    assert desk.kept_draft(purchases) is None


def test_escape_restores_the_cell_and_a_second_one_leaves_the_row_as_a_draft(table, desk, purchases):
    fill("dbc")
    type_text("12")
    press(ESCAPE)
    assert shown(table, table.current().row, "quantity") == ""

    press(ESCAPE)

    assert table.current().kind is RowKind.BLANK
    assert table.model.place(table.current().row - 1).kind is RowKind.NEW
    assert stored(desk, purchases) == 3


def test_typing_can_be_taken_back_cell_by_cell_before_the_row_is_saved(table):
    fill("dbc", "12")
    row = table.current().row

    assert table.undo_typing()
    assert shown(table, row, "quantity") == ""
    assert table.undo_typing()
    assert not table.undo_typing()


def test_a_discarded_row_is_gone(table, desk, purchases):
    fill("dbc")

    assert table.discard_row()
    assert not table.has_unsaved()
    assert desk.kept_draft(purchases) is None


@pytest.mark.parametrize("leave", [Key.Key_Up, ENTER, ESCAPE])
def test_a_row_whose_text_was_taken_out_again_is_no_record_and_goes(table, desk, purchases, leave):
    fill("zzz")
    go(table, table.current().row, "ingredient")
    press(ESCAPE)  # the cell is as it was
    assert table.current().kind is RowKind.NEW

    press(leave, with_=CONTROL if leave == ENTER else Qt.KeyboardModifier.NoModifier)

    assert stored(desk, purchases) == 3
    assert not table.has_unsaved()
    assert table.model.rowCount() == 4
    assert table.view.gutter.current_row == table.current().row
    assert desk.kept_draft(purchases) is None


def test_a_row_given_up_is_not_saved_on_its_way_out(table, desk, purchases):
    before = stored(desk, purchases)
    table.go_to_blank()
    for key, typed in (("ingredient", "大白菜"), ("quantity", "5"), ("produced_on", "11-20")):
        table.type_value(key, typed)
    assert not [one for one in table.objections() if one.level > Level.WARNING], "the row could be saved as it is"

    assert table.discard_row()

    assert stored(desk, purchases) == before
    assert not table.has_unsaved()


def test_poultry_is_taken_without_the_certificate_that_the_law_asks_of_pork(table, heard, desk, purchases):
    fill("jt", "5")
    table.type_value("produced_on", "11-20")
    table.type_value("quarantine_no", "370001")

    table.save_row()

    assert stored(desk, purchases) == 4
    found = [one for one in table.model.rows.objections(3) if one.field == "meat_inspection_no"]
    assert [(one.level, one.clause) for one in found] == [(Level.WARNING, "校内规定，可改")]


def test_why_a_row_is_not_saved_is_told_until_it_is(table, heard):
    fill("jt", "64.7", "17.63")
    press(ENTER, with_=CONTROL)
    row = table.current().row
    assert heard.objections[-1][0] == "这一行还没存：生产日期和生产批号至少填一样"

    go(table, row, "remark")
    assert heard.objections[-1][0] == "这一行还没存：生产日期和生产批号至少填一样"

    go(table, 0, "remark")
    assert heard.objections[-1][0] == f"第 {row + 1} 行还没存：生产日期和生产批号至少填一样"


def test_cabbage_after_meat_is_not_asked_for_the_certificate_of_meat(table):
    fill("jt", "5")
    table.type_value("produced_on", "11-20")
    table.type_value("quarantine_no", "370001")
    table.type_value("specification", "5kg/箱")
    assert table.save_row()
    table.go_to_blank()
    table.focus_table()
    fill("dbc", "12")
    row = table.current().row

    assert not table.model.rows.wants_filling(row, "quarantine_no")
    assert not table.model.rows.wants_filling(row, "specification")
    assert table.model.rows.wants_filling(row, "produced_on")


def test_the_current_row_stays_in_sight_when_the_table_gets_lower(table):
    table.resize(1166, 260)
    go(table, table.model.rows.blank_row, "ingredient")

    table.resize(1166, 150)

    index = table.view.currentIndex()
    assert table.view.visualRect(index).bottom() <= table.view.viewport().height()


# --- changing stored rows --------------------------------------------------------------------------


def test_enter_goes_down_in_stored_rows_and_the_row_left_is_saved(table, heard, desk, purchases):
    go(table, 0, "quantity")
    fill("90")

    assert table.current().row == 1
    assert table.current_key() == "quantity"
    assert shown(table, 0, "quantity") == "90.00"
    assert heard.saved == ["已存第 1 行 大白菜 90.00"]
    assert desk.undoable()


def test_tab_goes_right_past_what_is_computed_and_shift_tab_comes_back(table):
    go(table, 0, "unit_price")
    press(TAB)
    assert table.current_key() == "supplier"
    press(TAB, with_=SHIFT)
    assert table.current_key() == "unit_price"


def test_a_row_tabbed_through_is_saved_once_when_it_is_left(table, heard):
    go(table, 0, "quantity")
    type_text("91")
    press(TAB)
    assert table.model.place(0).kind is RowKind.CHANGED
    assert heard.saved == []
    press(Key.Key_Down)

    assert heard.saved == ["已存第 1 行 大白菜 91.00"]


def test_f2_edits_the_text_and_arrows_move_the_cursor_inside_it(table):
    go(table, 0, "quantity")
    press(Key.Key_F2)
    assert line().text() == "86.00"
    press(Key.Key_Home, Key.Key_Right)

    assert focused() is not table.view
    assert line().cursorPosition() == 1


def test_in_a_cell_opened_by_typing_arrows_take_the_text_and_move(table):
    go(table, 0, "quantity")
    type_text("7")
    press(Key.Key_Right)

    assert focused() is table.view
    assert shown(table, 0, "quantity") == "7.00"


def test_looking_into_a_cell_with_f2_changes_nothing(table):
    go(table, 0, "supplier")
    press(Key.Key_F2, ENTER)

    assert not table.has_unsaved()


def test_a_computed_cell_cannot_be_typed_into(table):
    go(table, 0, "amount")
    type_text("5")

    assert focused() is table.view
    assert not table.has_unsaved()


def test_a_second_click_edits_the_cell(table, qtbot):
    go(table, 0, "quantity")
    place = table.view.visualRect(table.model.index(0, column(table, "quantity"))).center()
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert focused() is not table.view


def test_clicking_elsewhere_takes_what_was_typed(table, qtbot):
    go(table, 0, "quantity")
    type_text("77")
    place = table.view.visualRect(table.model.index(1, column(table, "quantity"))).center()
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert shown(table, 0, "quantity") == "77.00"
    assert table.current().row == 1


def test_a_stored_row_that_is_refused_keeps_its_changes_and_its_mark(table, desk):
    go(table, 0, "produced_on")
    fill("2026-11-25")

    assert table.model.place(0).kind is RowKind.CHANGED
    assert table.model.rows.cell(0, column(table, "produced_on")).mark == "late"
    assert desk.draft(table.ledger, 1)["produced_on"] == date(2026, 11, 19)


def test_escape_in_a_changed_row_restores_the_cell(table):
    go(table, 0, "quantity")
    type_text("77")
    press(TAB)
    go(table, 0, "quantity")
    press(ESCAPE)

    assert shown(table, 0, "quantity") == "86.00"
    assert not table.has_unsaved()


def test_a_row_changed_elsewhere_is_shown_anew_and_the_same_record_stays_current(table, desk, purchases):
    go(table, 1, "quantity")
    id = table.current().id
    desk.remove(purchases, [table.model.place(0).id])

    assert table.current().id == id
    assert table.current().row == 0
    assert table.totals.count_text() == "2 行"


# --- keys of a sheet -------------------------------------------------------------------------------


def test_ctrl_d_in_one_cell_takes_the_value_above(table):
    go(table, 1, "quantity")
    press(Key.Key_D, with_=CONTROL)

    assert shown(table, 1, "quantity") == "86.00"


def test_ctrl_d_over_a_block_fills_it_from_its_first_row_in_one_undo_step(table, heard, desk, purchases):
    go(table, 0, "unit_price")
    press(Key.Key_Down, Key.Key_Down, with_=SHIFT)
    press(Key.Key_D, with_=CONTROL)

    assert [shown(table, row, "unit_price") for row in range(3)] == ["1.92"] * 3
    assert heard.acted == ["已向下填 2 行"]
    desk.undo()
    assert shown(table, 2, "unit_price") == "4.85"


def test_ctrl_apostrophe_takes_the_value_above_and_ctrl_semicolon_today(table):
    go(table, 2, "supplier")
    press(Key.Key_Apostrophe, with_=CONTROL)
    assert not table.has_unsaved()

    go(table, 2, "bought_on")
    press(Key.Key_Semicolon, with_=CONTROL)
    assert shown(table, 2, "bought_on") == "11-22"


def test_delete_empties_the_cell(table):
    go(table, 0, "produced_on")
    press(DELETE)

    assert shown(table, 0, "produced_on") == ""


def test_deleting_what_every_record_needs_is_refused_as_a_whole(table, heard, desk):
    go(table, 0, "quantity")
    press(Key.Key_Down, with_=SHIFT)
    press(DELETE)

    assert heard.refused == [("清空 2 格", ["第 1 行「数量」：数量没有填", "第 2 行「数量」：数量没有填"])]
    assert shown(table, 0, "quantity") == "86.00"


def test_home_end_and_ctrl_arrows_go_to_the_edges(table):
    go(table, 1, "quantity")
    press(Key.Key_Home)
    assert table.current_key() == "bought_on"
    press(Key.Key_Up, with_=CONTROL)
    assert table.current().row == 0
    press(Key.Key_Down, with_=CONTROL)
    assert table.current().row == 2
    press(Key.Key_Down, with_=CONTROL)
    assert table.current().kind is RowKind.BLANK


def test_ctrl_shift_arrow_selects_to_the_edge_and_the_sum_is_told(table, heard):
    go(table, 0, "quantity")
    press(Key.Key_Down, with_=CONTROL | SHIFT)

    assert heard.summary == "选中 3 格　合计 165.00"


# --- the clipboard ---------------------------------------------------------------------------------


def test_a_block_is_copied_as_text_and_as_a_table_whose_codes_stay_text(table):
    go(table, 0, "ingredient")
    press(Key.Key_Down, with_=SHIFT)
    press(Key.Key_Right, with_=SHIFT)
    press(Key.Key_C, with_=CONTROL)

    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "大白菜\t蔬菜\r\n胡萝卜\t蔬菜\r\n"
    assert "mso-number-format" in data.html()


def test_rows_copied_from_a_spreadsheet_become_records_in_one_undo_step(table, heard, desk, purchases):
    rows = ["11-21\t大白菜\t蔬菜\t\t10\t公斤\t2.00\t\t绿源蔬菜配送中心\t\t11-20",
            '11-21\t胡萝卜\t蔬菜\t"25kg\n/袋"\t20\t公斤\t3.00\t\t绿源蔬菜配送中心\t\t11-20']  # fmt: skip
    QGuiApplication.clipboard().setText("\r\n".join(rows) + "\r\n")
    go(table, table.model.rows.blank_row, "bought_on")
    press(Key.Key_V, with_=CONTROL)

    assert heard.refused == []
    assert heard.acted == ["已粘贴 2 行"]
    assert stored(desk, purchases) == 5
    assert shown(table, 4, "specification") == "25kg /袋"
    assert table.totals.sums() == {"amount": "520.27"}
    desk.undo()
    assert stored(desk, purchases) == 3


def test_a_block_with_one_bad_cell_is_refused_by_name_and_nothing_of_it_is_saved(table, heard, desk, purchases):
    QGuiApplication.clipboard().setText("12\n很多\n14\n")
    go(table, 0, "quantity")
    press(Key.Key_V, with_=CONTROL)

    ((title, troubles),) = heard.refused
    assert title == "粘贴 3 行"
    assert len(troubles) == 1
    assert troubles[0].startswith("第 2 行「数量」：")
    assert [shown(table, row, "quantity") for row in range(3)] == ["86.00", "48.00", "31.00"]


def test_rows_pasted_beyond_the_table_are_counted_in_the_block_and_a_cell_is_blamed_once(table, heard):
    QGuiApplication.clipboard().setText("大白菜\t\t\t5\n没有的菜\t\t\t6\n")
    go(table, table.model.rows.blank_row, "ingredient")
    press(Key.Key_V, with_=CONTROL)

    ((_, troubles),) = heard.refused
    blamed = [one for one in troubles if "「品名」" in one]
    assert len(blamed) == 1
    assert blamed[0].startswith("所贴第 2 行「品名」：")


def test_the_sum_of_the_selection_follows_a_block_that_was_filled(table, heard):
    go(table, 0, "quantity")
    press(Key.Key_Down, with_=SHIFT)
    before = heard.summary

    press(Key.Key_D, with_=CONTROL)

    assert heard.summary != before
    assert heard.summary == "选中 2 格　合计 172.00"


def test_one_copied_cell_fills_the_whole_selection(table, heard):
    QGuiApplication.clipboard().setText("9.5")
    go(table, 0, "unit_price")
    press(Key.Key_Down, Key.Key_Down, with_=SHIFT)
    press(Key.Key_V, with_=CONTROL)

    assert [shown(table, row, "unit_price") for row in range(3)] == ["9.50"] * 3


def test_what_was_copied_here_can_be_pasted_here(table, desk, purchases):
    go(table, 0, "bought_on")
    press(Key.Key_Down, with_=SHIFT)
    press(Key.Key_End, with_=SHIFT)
    press(Key.Key_C, with_=CONTROL)
    go(table, table.model.rows.blank_row, "bought_on")
    press(Key.Key_V, with_=CONTROL)

    assert stored(desk, purchases) == 5
    assert shown(table, 3, "amount") == shown(table, 0, "amount")


# --- the chooser -----------------------------------------------------------------------------------


def test_the_chooser_offers_matches_and_arrows_choose_while_the_line_keeps_the_focus(table):
    type_text("jt")
    press(Key.Key_Down)
    press(ENTER)

    assert shown(table, table.current().row, "ingredient") in {"鸡腿", "鸡腿菇"}
    assert table.current_key() == "quantity"


def test_escape_closes_the_chooser_first_and_then_the_cell(table):
    type_text("jt")
    typing = line()
    press(ESCAPE)
    assert focused() is typing
    press(ESCAPE)
    assert focused() is table.view
    assert table.current().kind is RowKind.BLANK


def test_alt_n_asks_for_a_new_name(table, heard):
    type_text("xyz")
    press(Key.Key_N, with_=ALT)

    assert heard.new == [("ingredient", "xyz")]


def test_a_name_nobody_has_entered_is_refused_in_its_cell(table, heard):
    fill("没有的菜")

    assert table.model.rows.cell(table.current().row, column(table, "ingredient")).mark == "late"
    assert "没有的菜" in heard.objections[-2][0] + heard.objections[-1][0]


def test_the_chooser_is_gone_when_the_cell_is_left(table):
    type_text("jt")
    press(TAB)

    assert not any(one.isVisible() for one in table.window().findChildren(Chooser))


# --- order and filters -----------------------------------------------------------------------------


def test_a_click_on_a_heading_sorts_and_a_second_one_turns_the_order(table, qtbot):
    head = table.view.head
    place = QPoint(head.sectionViewportPosition(column(table, "quantity")) + 40, 15)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [shown(table, row, "quantity") for row in range(3)] == ["31.00", "48.00", "86.00"]
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert [shown(table, row, "quantity") for row in range(3)] == ["86.00", "48.00", "31.00"]


def test_sorting_shows_the_first_rows_of_the_new_order(table):
    go(table, 2, "quantity")

    table.sort_by("quantity", descending=True)

    assert (table.current().row, table.current_key()) == (0, "quantity")


def test_typing_above_a_column_filters_after_a_moment_and_the_cross_takes_it_off(table, qtbot):
    head = table.view.head
    place = head.filter_rect(column(table, "ingredient")).center()
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(head.filtered):
        type_text("土豆")
    assert table.totals.count_text() == "筛出 1 / 3 行"

    press(ENTER)
    assert focused() is table.view
    box = head.filter_rect(column(table, "ingredient"))
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.right() - 8, box.center().y()))
    assert table.totals.count_text() == "3 行"


def test_escape_in_the_filter_row_empties_the_field_and_then_goes_back_to_the_rows(table, qtbot):
    table.focus_filter("ingredient")
    type_text("x")
    press(ESCAPE)
    assert table.view.head.filters() == {}
    press(ESCAPE)

    assert focused() is table.view


def test_tab_goes_through_the_filter_fields(table):
    table.focus_filter("ingredient")
    press(TAB)

    assert table.view.head.filtering_column() == column(table, "category")


def test_widths_order_and_sorting_come_back_after_reopening(qtbot, table, theme, desk, purchases):
    head = table.view.head
    head.moveSection(head.visualIndex(column(table, "supplier")), 1)
    table.view.setColumnWidth(column(table, "ingredient"), 222)
    table.sort_by("quantity", descending=True)
    again = RecordTable(theme, desk, purchases)
    qtbot.addWidget(again)
    again.set_month(Month(2026, 11))
    again.restore(table.state())

    assert again.view.head.logicalIndex(1) == column(again, "supplier")
    assert again.view.columnWidth(column(again, "ingredient")) == 222
    assert shown(again, 0, "quantity") == "86.00"


# --- marks, notes, places --------------------------------------------------------------------------


def test_a_gap_in_a_stored_row_has_a_mark_and_says_why_in_tool_tip_and_status(table, heard, desk, purchases):
    desk.ledger("supplier")
    go(table, 0, "produced_on")
    press(DELETE)
    go(table, 0, "lot_no")

    objection = table.model.rows.objection(0, "produced_on")
    if objection is not None:
        assert objection.level in {Level.GAP, Level.REFUSED}
        assert objection.sentence in table.model.tool_tip(0, column(table, "produced_on"))


def test_the_place_is_told_in_words(table, heard):
    go(table, 1, "quantity")

    assert heard.places[-1] == "第 2 行 · 数量"


def test_every_cell_has_words_for_a_screen_reader(table):
    index = table.model.index(0, column(table, "quantity"))

    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "数量 86.00"
    assert index.data(CELL).text == "86.00"


def test_selected_rows_name_their_records(table):
    go(table, 0, "quantity")
    press(Key.Key_Down, with_=SHIFT)

    assert table.selected_ids() == [table.model.place(0).id, table.model.place(1).id]


def test_a_copied_record_becomes_a_draft_of_the_day(table, desk):
    go(table, 0, "quantity")

    assert table.duplicate()
    assert table.current().kind is RowKind.NEW
    assert table.draft()["quantity"] == desk.draft(table.ledger, 1)["quantity"]


def test_the_side_form_writes_into_the_current_row(table):
    go(table, 0, "quantity")
    drafts: list[Any] = []
    table.draft_changed.connect(drafts.append)
    table.type_value("quantity", "55")

    assert shown(table, 0, "quantity") == "55.00"
    assert drafts[-1]["quantity"] == 55
    assert table.save_row()
    assert drafts[-1] is None


def test_looking_into_a_cell_with_choices_shows_them_but_enter_changes_nothing(table):
    go(table, 0, "category")
    press(Key.Key_F2)
    (chooser,) = [one for one in table.window().findChildren(Chooser) if one.isVisible()]
    assert chooser.current().name == "蔬菜"
    press(ENTER)

    assert not table.has_unsaved()


def test_arrows_in_a_list_of_choices_take_another_one(table):
    go(table, 0, "category")
    press(Key.Key_F2, Key.Key_Up, TAB)

    assert shown(table, 0, "category") not in {"", "蔬菜"}


def test_a_name_typed_in_full_is_taken_even_when_a_longer_one_is_chosen_more_often(table, desk):
    for _ in range(3):
        purchase(desk, ingredient="鸡腿菇", bought_on="2026-11-20", shelf_life="7天")
    table.go_to_blank()
    type_text("jt")
    press(Key.Key_Backspace, Key.Key_Backspace)
    commit("鸡腿")
    press(ENTER)

    assert shown(table, table.current().row, "ingredient") == "鸡腿"


def test_more_than_eight_choices_are_reached_by_arrows(table):
    go(table, 0, "category")
    press(Key.Key_F2, *[Key.Key_Down] * 20)
    (chooser,) = [one for one in table.window().findChildren(Chooser) if one.isVisible()]

    assert len(chooser.choices()) > 8
    assert chooser.current() == chooser.choices()[-1]


def test_an_emptied_name_is_not_filled_with_the_best_match(table):
    go(table, 0, "supplier")
    press(Key.Key_F2, Key.Key_Backspace, TAB)

    assert shown(table, 0, "supplier") == ""


# --- changes elsewhere, other months ---------------------------------------------------------------


def test_going_to_another_month_saves_the_row_being_changed(table, desk):
    go(table, 0, "quantity")
    type_text("77")
    table.set_month(Month(2026, 10))

    assert desk.draft(table.ledger, 1)["quantity"] == 77


def test_what_is_typed_stays_on_top_of_a_record_changed_elsewhere(table, desk, purchases):
    go(table, 0, "quantity")
    type_text("77")
    press(TAB)
    elsewhere = desk.draft(purchases, 1)
    desk.save(purchases, elsewhere | {"lot_no": "L-7"}, 1)

    assert table.model.rows.place(0).kind is RowKind.CHANGED
    assert shown(table, 0, "quantity") == "77.00"
    assert table.save_row()
    assert desk.draft(purchases, 1)["lot_no"] == "L-7"


def test_what_was_typed_into_a_record_that_was_removed_elsewhere_goes_with_it(table, desk, purchases):
    go(table, 0, "quantity")
    type_text("77")
    press(TAB)
    desk.remove(purchases, [1])

    assert not table.has_unsaved()


def test_a_full_disk_is_told_and_what_was_typed_stays(table, desk, monkeypatch):
    troubles: list[str] = []
    table.trouble.connect(troubles.append)

    def full(*_args: object) -> object:
        raise StoreTrouble("磁盘满了，这一步没有存上。")

    monkeypatch.setattr(desk, "save", full)
    go(table, 0, "quantity")
    fill("77")

    assert troubles == ["磁盘满了，这一步没有存上。"]
    assert shown(table, 0, "quantity") == "77.00"
    assert table.has_unsaved()


def test_a_new_row_in_another_month_does_not_take_today(table):
    table.set_month(Month(2026, 10))

    assert table.current_key() == "bought_on"
    assert shown(table, 0, "bought_on") == "进货日期"


def test_a_new_row_in_another_month_takes_over_its_last_day(table, desk):
    purchase(desk, bought_on="2026-10-29", produced_on="2026-10-28")
    table.set_month(Month(2026, 10))

    assert shown(table, 1, "bought_on") == "10-29"


def test_tab_stays_in_the_table_when_other_things_can_have_the_focus(qtbot, theme, desk, purchases):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    made = RecordTable(theme, desk, purchases)
    column.addWidget(QLineEdit())
    column.addWidget(made)
    column.addWidget(QLineEdit())
    made.set_month(Month(2026, 11))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    made.focus_table()
    go(made, 0, "quantity")
    press(TAB)
    assert focused() is made.view
    assert made.current_key() == "unit"
    press(TAB, with_=SHIFT)

    assert focused() is made.view
    assert made.current_key() == "quantity"


def test_personal_numbers_are_shown_with_their_middle_hidden_and_edited_in_full(qtbot, theme, desk):
    staff = desk.ledger("staff")
    write(desk, "staff", name="周丙", post="保安", phone="13800000027")
    made = RecordTable(theme, desk, staff)
    qtbot.addWidget(made)
    made.set_month(None)

    assert shown(made, 0, "phone") == "138****0027"
    assert made.model.rows.edit_text(0, "phone") == "13800000027"


def test_several_rows_left_as_drafts_are_all_kept_and_saved_together(table, heard, desk, purchases):
    for name in ("dbc", "jt"):  # the second one is refused: meat needs its papers
        table.go_to_blank()
        fill(name, "5")
        table.type_value("produced_on", "11-20")
        go(table, table.current().row, "remark")
        press(ESCAPE)
    assert len(table.model.rows.unsaved_rows()) == 2

    assert not table.save_all()
    assert stored(desk, purchases) == 4
    (left,) = table.model.rows.unsaved_rows()
    assert table.model.rows.place(left).kind is RowKind.NEW
