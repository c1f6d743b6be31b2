"""A month of morning checks on one sheet: a line a person, a column a day, one act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtWidgets import QApplication

from school_logistics.rules.calendar import Month
from school_logistics.services.desk import Desk
from school_logistics.services.rows import Query
from school_logistics.ui.chooser import Chooser
from school_logistics.ui.ledger_views import VIEWS, has_days
from school_logistics.ui.table_page import TablePage
from tests.office import new_desk, write
from tests.ui.page_stage import Stage, click
from tests.ui.typing import CONTROL, ENTER, Key, line, press, type_text

NOVEMBER = Month(2026, 11)
MONTH = next(view for view in VIEWS if view.key == "month")


class Clock:
    """The kitchen begins on a Wednesday; it is the Friday after."""

    now = datetime(2026, 11, 18, 7)

    def __call__(self) -> datetime:
        """The time."""
        return self.now


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """Two cooks, and the check of one of them on the first day."""
    clock = Clock()
    made = new_desk(clock=clock)
    for name in ("郑戊", "周丁"):
        write(made, "staff", name=name, post="厨师", health_until="2027-08-01")
    write(made, "staff", name="钱乙", post="食品安全员", health_until="2027-08-01")
    write(made, "morning_check", person="郑戊", checked_on="2026-11-18", checked_at="6:30", inspector="钱乙")
    clock.now = datetime(2026, 11, 20, 15)
    yield made
    made.store.close()


@pytest.fixture
def page(desk, theme, messages):
    stage = Stage.over(desk, theme, messages)
    made = TablePage(stage.around, desk.ledger("morning_check"), (MONTH,))
    desk.on_change.append(lambda keys: made.refresh(frozenset(keys)))
    stage.show(made)
    made.show_view("month")
    QApplication.processEvents()
    yield made
    desk.on_change.clear()
    made.close()


@pytest.fixture
def view(page):
    return page.views.front()


def texts(view, row):
    """The days of a line as they can be read back."""
    return [view.table.sheet.text(row, one.key) for one in view.table.sheet.columns[1:]]


def names(view):
    """Who stands in which line."""
    return {view.table.model.rows.cell(row, 0).text: row for row in range(view.table.model.rowCount())}


def test_month_is_offered_where_each_person_is_asked_once_a_day(desk):
    assert has_days(desk.ledger("morning_check"))
    assert not has_days(desk.ledger("cold_temperature"))
    assert not has_days(desk.ledger("extinguisher_check"))


def test_days_up_to_today_stand_side_by_side_with_what_is_kept(view):
    assert [one.label for one in view.table.sheet.columns] == ["姓名", "18日", "19日", "20日"]
    assert texts(view, names(view)["郑戊"]) == ["出勤", "", ""]


def test_all_normal_then_who_was_ill_then_one_save(view, desk):
    before = desk.count(desk.ledger("morning_check"), Query(NOVEMBER))
    row = names(view)["周丁"]
    click(view.all_normal)
    assert texts(view, row) == ["出勤", "出勤", "出勤"]
    view.table.go_to(row, "2026-11-19")
    press(Key.Key_F2)
    line().selectAll()
    type_text("病假")
    press(ENTER)
    assert not [one for one in view.window().findChildren(Chooser) if one.isVisible()]

    press(Key.Key_S, with_=CONTROL)
    assert view.strip.blocks["checked_at"].editor.has_focus()
    type_text("6:40")
    press(ENTER)
    press(Key.Key_S, with_=CONTROL)

    assert desk.count(desk.ledger("morning_check"), Query(NOVEMBER)) > before + 3
    assert texts(view, row) == ["出勤", "病假", "出勤"]
    assert desk.undoable().startswith("登记 晨检记录：11月")
    desk.undo()
    assert desk.count(desk.ledger("morning_check"), Query(NOVEMBER)) == before
    assert texts(view, row) == ["", "", ""]


def test_another_field_of_each_day_is_shown_and_written(view, page):
    row = names(view)["周丁"]
    view.table.go_to(row, "2026-11-20")
    view.show_field("remark")
    type_text("戴口罩")
    press(ENTER)

    assert texts(view, row) == ["", "", "戴口罩"]
    assert page.undo_typing()
    assert texts(view, row) == ["", "", ""]
