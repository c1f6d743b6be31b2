"""The grid of what should exist, as a clerk walks through it: holes filled beside it, done cells opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from school_logistics.models.duties import Duty, OfFile, When
from school_logistics.rules.calendar import Month
from school_logistics.services.coverage_grid import Cell, Entered, State, Want
from school_logistics.services.desk import Desk
from school_logistics.ui.commands import Do
from school_logistics.ui.coverage_grid import hint_of, sign_of
from school_logistics.ui.coverage_view import CoverageView
from school_logistics.ui.theme import Theme
from tests.ui.message_recorder import RecordedMessages
from tests.ui.office_window import Rooms
from tests.ui.page_stage import Stage, click
from tests.ui.typing import CONTROL, ENTER, ESCAPE, Key, press

DUTIES = (
    Duty("每天进货", When.SCHOOL_DAY, clause="校内规定"),
    Duty("每种食材", When.SCHOOL_DAY, OfFile("ingredient")),
    Duty("每月进货", When.MONTH),
)


def view_of(
    desk: Desk, theme: Theme, messages: RecordedMessages, width: int = 1166, duties: tuple[Duty, ...] = DUTIES
) -> tuple[Stage, CoverageView]:
    stage = Stage.over(desk, theme, messages)
    view = CoverageView(stage.around, replace(desk.ledger("food_purchase"), duties=duties))
    desk.on_change.append(lambda keys: view.refresh(frozenset(keys)))
    stage.show(view, width)
    return stage, view


def state_of(view: CoverageView, row: int, day: int) -> State:
    covered = view.grid.covered()
    assert covered is not None
    return covered.cell(row, day - 1).state


def test_school_days_are_counted_and_closed_days_are_not_asked(desk: Desk, theme: Theme, messages):
    _, view = view_of(desk, theme, messages)

    assert [state_of(view, 0, day) for day in (18, 19, 20, 21)] == [
        State.NOT_ASKED, State.DONE, State.DONE, State.NOT_ASKED,
    ]  # fmt: skip
    assert view.total.text() == "应记 2 处，做了 2，不缺"
    assert view.fact() == view.total.text()


def test_a_hole_that_is_clicked_is_begun_with_its_day_and_row_and_no_reading(desk: Desk, theme: Theme, messages):
    _, view = view_of(desk, theme, messages)
    click(view.duties["每种食材"])
    covered = view.grid.covered()
    assert covered is not None
    row = next(place for place, one in enumerate(covered.rows) if one.label == "大白菜")
    assert state_of(view, row, 20) is State.HOLE
    before = view.total.text()

    place = view.grid.box_of(row, 19).center()
    QTest.mouseClick(view.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)

    form = view.form
    assert form is not None
    values = form.record.values()
    assert (values["bought_on"], values["ingredient"]) == (date(2026, 11, 20), covered.rows[row].value)
    assert values["quantity"] is None
    assert view.unsaved() == ""
    assert form.has_focus()
    for key, typed in (("quantity", "12"), ("unit_price", "4.85"), ("supplier", "绿源蔬菜配送中心"),
                       ("produced_on", "2026-11-18")):  # fmt: skip
        form.record.type_text(key, typed)
    assert view.unsaved() == "采购台账正在登记的一条还没有存上"
    press(ENTER, with_=CONTROL)

    assert state_of(view, row, 20) is State.DONE, form.record.objections()
    assert view.form is None
    assert view.grid.hasFocus()
    assert view.total.text() != before
    assert view.total.text().endswith("不缺")


def test_arrows_walk_and_enter_opens_what_stands_there(desk: Desk, theme: Theme, messages):
    stage, view = view_of(desk, theme, messages)
    view.grid.go(0, 18)

    press(Key.Key_Right)
    here = view.grid.current()
    assert here is not None
    assert here.column == 19
    assert view.current_id() == here.records[0].id
    press(ENTER)

    assert stage.heard.records == [("food_purchase", here.records[0].id, "")]
    press(Key.Key_Home)
    assert view.grid.current() != here
    press(Key.Key_End, Key.Key_Up, Key.Key_PageDown)
    last = view.grid.current()
    assert last is not None
    assert (last.row, last.column) == (0, 29)


def test_f8_goes_to_the_next_hole_and_says_when_there_is_none(desk: Desk, theme: Theme, messages):
    stage, view = view_of(desk, theme, messages)

    view.deeds()[Do.NEXT_MISSING]()
    assert stage.heard.said[-1] == ("这一项不缺了。", "ok")
    click(view.duties["每种食材"])
    view.deeds()[Do.NEXT_MISSING]()

    cell = view.grid.current()
    assert cell is not None
    assert cell.state is State.HOLE
    assert view._key.text() == "Enter 登记"
    press(ENTER)
    assert view.close_panel()
    assert view.grid.hasFocus()
    press(ENTER)
    press(ESCAPE)
    assert not view.close_panel()


def test_what_is_listed_as_missing_is_begun_in_its_place(desk: Desk, theme: Theme, messages):
    _, view = view_of(desk, theme, messages)
    cabbage = next(one for one, name in names(desk).items() if name == "大白菜")

    assert not view.begin_hole({"bought_on": date(2026, 11, 19), "ingredient": cabbage})
    assert view.begin_hole({"bought_on": date(2026, 11, 20), "ingredient": cabbage})

    cell = view.grid.current()
    assert cell is not None
    assert (cell.state, cell.column) == (State.HOLE, 19)
    assert view.duties["每种食材"].isChecked()
    assert view.form is not None
    assert view.form.record.values()["ingredient"] == cabbage


def test_the_window_leads_from_a_missing_line_to_its_hole(desk: Desk, theme: Theme, messages):
    ledger = desk.ledger("food_waste")
    with desk.store.unit_of_work("导入", "赵甲子") as session:
        desk.store.add_many(session, ledger.record, [{ledger.happened: date(2026, 11, 18)}], origin="导入")
    desk.tell({ledger.key})
    rooms = Rooms(theme, desk, messages)
    room = rooms.open()

    room.window.open_hole(ledger.key, {ledger.happened: date(2026, 11, 19)}, Month(2026, 11))

    view = room.page(ledger.key).views.front()
    assert isinstance(view, CoverageView)
    assert view.form is not None
    assert view.form.record.values()[ledger.happened] == date(2026, 11, 19)
    view.close_panel()
    room.window.open_hole(ledger.key, {ledger.happened: date(2026, 10, 1)}, Month(2026, 11))
    assert room.page(ledger.key).views.front() is None
    rooms.close()


def names(desk: Desk) -> dict[int, str]:
    with desk.store.reading() as session:
        return desk.naming.names(session, "ingredient")


def test_another_month_is_laid_over_when_the_window_looks_at_it(desk: Desk, theme: Theme, messages):
    stage, view = view_of(desk, theme, messages)

    stage.around.standing.set_month(Month(2026, 10))
    view.show_month()

    assert view.total.text() == "这段时间没有要记的"
    click(view.duties["每月进货"])
    covered = view.grid.covered()
    assert covered is not None
    assert len(covered.columns) == 12


@pytest.mark.parametrize("width", [620, 1166])
def test_the_days_scroll_between_names_and_counts_and_the_current_one_stays_in_sight(
    desk: Desk, theme: Theme, messages, width: int
):
    _, view = view_of(desk, theme, messages, width=width)
    press(Key.Key_End)
    QApplication.processEvents()

    box = view.grid.box_of(0, 29)

    assert view.grid.viewport().rect().contains(box)
    assert view.grid.cell_at(box.center()) == view.grid.current()
    assert (view.grid.horizontalScrollBar().maximum() > 0) is (width == 620)
    assert not view.grid.grab().isNull()


def test_in_a_narrow_window_the_form_takes_the_place_of_the_grid(desk: Desk, theme: Theme, messages):
    _, view = view_of(desk, theme, messages, width=600, duties=DUTIES[1:2])
    view.grid.next_gap()

    press(ENTER)
    QApplication.processEvents()

    assert not view.grid.isVisible()
    assert view.close_panel()
    QApplication.processEvents()
    assert view.grid.isVisible()


def test_each_state_has_a_sign_of_its_own_and_a_late_entry_both_its_times(desk: Desk, theme: Theme, messages):
    _, view = view_of(desk, theme, messages)
    late = Entered(1, date(2026, 11, 19), datetime.combine(date(2026, 11, 22), time(9)), late=True)
    want, other = Want("", {}, late), Want("", {}, late._replace(late=False))

    signs = {
        state: sign_of(Cell(0, 18, state, wants))
        for state, wants in (
            (State.DONE, (other,)), (State.HOLE, (Want("", {}),)), (State.PARTLY, (other, Want("", {}))),
            (State.DUE, (Want("", {}),)), (State.AHEAD, (Want("", {}),)), (State.NOT_ASKED, ()),
        )
    }  # fmt: skip

    assert [word for word, _ in signs.values()] == ["✓", "缺", "1/2", "待", "", ""]
    cell = Cell(0, 18, State.DONE, (want,))
    assert sign_of(cell) == ("补", "soon")
    assert hint_of(cell) == "Enter 打开"
    assert view.grid.tip_of(cell).splitlines()[-1] == "11-19 的记录，11-22 09:00 补录"
