"""周食谱 as the nutrition officer meets it: dishes typed by their initials, a week copied, the day weighed below."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from school_logistics.services.desk import Desk
from school_logistics.ui.balance_chart import BalanceChart
from school_logistics.ui.ledger_views import VIEWS, views_of
from school_logistics.ui.theme import Theme
from school_logistics.ui.week_menu_view import WeekMenuView
from tests.office import ingredient, new_desk, write
from tests.ui.message_recorder import RecordedMessages
from tests.ui.page_stage import Stage, click
from tests.ui.typing import CONTROL, Key, press, type_text

MONDAY = date(2026, 11, 16)
STAPLE, MEAT = 0, 1


@pytest.fixture
def canteen() -> Iterator[Desk]:
    """Last week's Monday is planned; the week of today is not."""
    desk = new_desk()
    for name, category in (("粳米", "粮食"), ("鸡腿", "禽肉")):
        ingredient(desk, name, category)
    write(desk, "recipe_line", dish="米饭", ingredient="粳米", grams_6="100", grams_9="120")
    write(desk, "recipe_line", dish="红烧鸡腿", ingredient="鸡腿", grams_9="60")
    write(desk, "menu_dish", served_on="2026-11-09", course="主食", dish="米饭")
    write(desk, "menu_dish", served_on="2026-11-09", course="大荤", dish="红烧鸡腿")
    yield desk
    desk.store.close()


@pytest.fixture
def stage(canteen: Desk, theme: Theme, messages: RecordedMessages) -> Stage:
    return Stage.over(canteen, theme, messages)


@pytest.fixture
def view(stage: Stage) -> WeekMenuView:
    page = WeekMenuView(stage.around, stage.office.desk.ledger("menu_dish"))
    stage.show(page, 1000, 640)
    return page


def cell(view: WeekMenuView, day: int, line: int) -> str:
    head = view.week().days[day]
    return "、".join(
        one.dish
        for place, found in view.week().cells.items()
        for one in found
        if place.day == head.day and place.course == view.menus.courses(view.week())[line]
    )


def test_the_ledger_of_the_menu_offers_its_week(canteen: Desk):
    assert "week_menu" in {one.key for one in views_of(canteen.ledger("menu_dish"), VIEWS)}
    assert "week_menu" not in {one.key for one in views_of(canteen.ledger("recipe_line"), VIEWS)}


def test_initials_and_enter_put_a_dish_into_its_cell_and_go_on_below(view: WeekMenuView):
    type_text("mf")
    press(Key.Key_Return)
    assert cell(view, 0, STAPLE) == "米饭"
    assert view.grid.current() == (0, MEAT)
    type_text("hs")
    press(Key.Key_Tab)
    assert cell(view, 0, MEAT) == "红烧鸡腿"
    assert view.grid.current() == (1, MEAT)
    assert view.place() == "11-17 午餐 · 大荤"


def test_a_new_name_and_a_second_dish_are_typed_out(view: WeekMenuView):
    type_text("mf,")
    type_text("玉米饼")
    press(Key.Key_Return)
    assert cell(view, 0, STAPLE) == "米饭、玉米饼"
    press(Key.Key_Up)
    press(Key.Key_Delete)
    assert cell(view, 0, STAPLE) == ""


def test_a_week_is_pasted_from_a_workbook_as_one_act(stage: Stage, view: WeekMenuView):
    QApplication.clipboard().setText("米饭\t馒头\r\n红烧鸡腿\t\r\n")
    press(Key.Key_V, with_=CONTROL)
    assert [cell(view, 0, STAPLE), cell(view, 1, STAPLE), cell(view, 0, MEAT)] == ["米饭", "馒头", "红烧鸡腿"]
    press(Key.Key_C, with_=CONTROL)
    press(Key.Key_Right, Key.Key_Right)
    press(Key.Key_V, with_=CONTROL)
    assert cell(view, 2, STAPLE) == "米饭"
    stage.office.desk.undo()
    stage.office.desk.undo()
    view.refresh(frozenset({"menu_dish"}))
    assert view.week().empty


def test_a_block_with_a_forbidden_dish_is_not_written_at_all(stage: Stage, view: WeekMenuView):
    QApplication.clipboard().setText("米饭\t四季豆炒肉")
    press(Key.Key_V, with_=CONTROL)
    assert "不得购进、加工" in stage.heard.said[-1][0]
    assert view.week().empty


def test_escape_leaves_a_cell_as_it_was(view: WeekMenuView):
    type_text("大饼")
    assert view.grid.editing()
    press(Key.Key_Escape)
    assert not view.grid.editing()
    assert cell(view, 0, STAPLE) == ""


def test_a_forbidden_dish_stays_under_the_keyboard_with_the_reason(stage: Stage, view: WeekMenuView):
    type_text("芸豆炖肉")
    press(Key.Key_Return)
    assert view.grid.editing()
    assert "不得购进、加工" in stage.heard.said[-1][0]
    assert view.undo_typing()
    assert cell(view, 0, STAPLE) == ""


def test_last_weeks_menu_is_offered_and_copied_with_one_key_and_one_undo(stage: Stage, view: WeekMenuView):
    assert view.copy_button.isVisible()
    assert view.copy_button.text() == "照抄 11-09 那一周"
    click(view.copy_button)
    view.refresh(frozenset({"menu_dish"}))
    assert (cell(view, 0, STAPLE), cell(view, 0, MEAT)) == ("米饭", "红烧鸡腿")
    stage.office.desk.undo()
    view.refresh(frozenset({"menu_dish"}))
    assert view.week().empty
    assert view.take(1)
    assert not view.take(2)


def test_the_current_day_is_weighed_below_and_a_whole_week_on_demand(view: WeekMenuView):
    assert view.chart.said() == "这一天还没有排菜，或者排的菜还没有填用料。"
    view.copy()
    view.refresh(frozenset({"menu_dish"}))
    bars = {bar.label: bar for group in view.chart.groups() for bar in group.bars}
    assert bars["谷薯类"].told == "120 g（120～140）"
    assert "谷薯类 120 g" in view.chart.accessibleDescription()
    press(Key.Key_Right)
    assert view.chart.said()
    click(view._whole_week)
    assert not view.chart.said()


def test_pages_turn_weeks_and_a_record_is_found_in_its_week(stage: Stage, view: WeekMenuView):
    press(Key.Key_PageUp)
    assert view.week().monday == date(2026, 11, 9)
    assert view.fact() == "这一周 2 道菜"
    one = view.current_id()
    assert one is not None
    press(Key.Key_PageDown)
    assert view.week().monday == MONDAY
    assert view.show_record(one)
    assert view.place() == "11-09 午餐 · 主食"
    assert view.begin_on(date(2026, 11, 18))
    assert view.place().startswith("11-18")


@pytest.mark.parametrize(("dark", "percent"), [(False, 100), (True, 150)])
def test_it_fits_a_narrow_window_in_every_look(view: WeekMenuView, theme: Theme, dark, percent):
    theme.set(dark=dark, percent=percent)
    view.resize(760, 560)
    view.copy()
    view.refresh(frozenset({"menu_dish"}))
    QApplication.processEvents()
    assert view.grid.width() <= view.area.viewport().width()
    assert isinstance(view.chart, BalanceChart)
    assert view.chart.height() >= view.chart.drawn_height()
    assert not view.grab().isNull()
