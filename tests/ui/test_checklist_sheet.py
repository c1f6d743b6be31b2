"""Checks by a list on one sheet: each line answers another list, item by item in the grid under its cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtWidgets import QApplication

from school_logistics.services.desk import Desk
from school_logistics.services.kept_sheets import KeptSheets
from school_logistics.ui.answers_grid import AnswersGrid
from school_logistics.ui.ledger_views import VIEWS
from school_logistics.ui.table_page import TablePage
from tests.office import new_desk, write
from tests.ui.page_stage import Stage
from tests.ui.typing import ENTER, ESCAPE, Key, line, press, type_text

DAY = next(view for view in VIEWS if view.key == "day")
FOOD, CLEANING = "每日食品安全检查", "清洁消毒"


class Clock:
    """The lists are begun in September; then it is a Friday in November."""

    now = datetime(2026, 9, 1, 9)

    def __call__(self) -> datetime:
        """The time."""
        return self.now


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    clock = Clock()
    made = new_desk(clock=clock)
    write(made, "staff", name="钱乙", post="宿管")
    write(made, "staff", name="冯清", post="水电工")
    clock.now = datetime(2026, 11, 20, 15)
    yield made
    made.store.close()


@pytest.fixture
def page(desk, theme, messages):
    stage = Stage.over(desk, theme, messages)
    made = TablePage(stage.around, desk.ledger("inspection"), (DAY,))
    desk.on_change.append(lambda keys: made.refresh(frozenset(keys)))
    stage.show(made)
    made.show_view("day")
    QApplication.processEvents()
    acts = len(desk.acts())
    yield made
    desk.on_change.clear()
    made.close()
    for place in range(len(desk.ledger("inspection").duties)):
        for day in ("1120", "1119"):
            KeptSheets(desk).drop(f"inspection@2026{day}.{place}")
    for act in desk.acts()[: len(desk.acts()) - acts]:
        if not act.undone and not act.undo_of:
            desk.undo_act(act)


@pytest.fixture
def view(page):
    """The sheet of the daily food safety check."""
    made = page.views.front()
    labels = [duty.label for duty in made.duties_of(made.ledger)]
    made.show_duty(labels.index(FOOD))
    made.focus_start()
    made.table.go_to(0, "answers")
    return made


def grid(view):
    """The grid that is open, if any."""
    return next((one for one in view.window().findChildren(AnswersGrid) if one.isVisible()), None)


def test_x_opens_the_list_and_marks_nothing(view):
    press(Key.Key_X)

    assert grid(view) is not None
    assert line().text() == "全部正常"


def test_mark_without_a_reason_is_not_taken_and_space_takes_it_back(view):
    press(Key.Key_X, Key.Key_X, ENTER)
    assert grid(view) is not None
    assert line().text() == "明厨亮灶×（）"

    press(ESCAPE, ENTER)
    assert grid(view) is not None
    assert line().text() == "明厨亮灶×（）"
    press(ESCAPE, Key.Key_Space, ENTER)

    assert grid(view) is None
    assert view.table.sheet.value(0, "answers") == "全部正常"


def test_reason_is_typed_behind_its_mark_and_taken_with_enter(view):
    press(Key.Key_X, Key.Key_Down, Key.Key_X)
    type_text("许可证没有挂")
    press(ENTER)

    assert grid(view) is None
    assert view.table.sheet.value(0, "answers") == "资质公示×（许可证没有挂）"


def test_sheet_of_several_duties_opens_in_the_window_with_the_keyboard_in_its_lines(page):
    sheet = page.views.front()

    assert QApplication.activeWindow() is page
    assert sheet.duty_button.isVisible()
    assert sheet.table.view.hasFocus()


def test_list_looked_through_and_taken_with_enter_is_an_answer(view):
    press(Key.Key_X, ENTER)

    assert view.table.sheet.value(0, "answers") == "全部正常"
