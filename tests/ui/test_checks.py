"""Checks as the clerk answers them: item by item in the grid, and reports begun from what was found."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from school_logistics.rules.calendar import Month
from school_logistics.services.rows import Query
from school_logistics.ui.answers_grid import AnswersGrid
from school_logistics.ui.commands import Do
from school_logistics.ui.editors import editor_for
from school_logistics.ui.long_text import LongTextEditor
from school_logistics.ui.record_form import RecordForm
from tests.office import write
from tests.ui.office_window import Rooms
from tests.ui.typing import ALT, CONTROL, ENTER, ESCAPE, TAB, Key, press, type_text

DAILY, SCORED = "食堂每日食品安全检查", "食堂月度检查评分"


@pytest.fixture
def inspections(desk):
    return desk.ledger("inspection")


@pytest.fixture
def editor(qtbot, theme, desk, inspections):
    """The answers of a check that has not chosen its list yet."""
    made = editor_for(theme, desk, inspections, inspections.field("answers"))
    qtbot.addWidget(made)
    made.resize(400, 34)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def opened(editor, desk, inspections, checklist: str):
    """The grid of items under the editor, for a list."""
    chosen = desk.read(inspections, "checklist", checklist)
    editor.set_draft({"checked_on": date(2026, 10, 28), "checklist": chosen})
    editor.focus_in()
    press(Key.Key_Down, with_=ALT)
    (grid,) = editor.window().findChildren(AnswersGrid)
    return grid


def test_what_was_found_is_typed_behind_the_mark_of_its_item(editor, desk, inspections):
    opened(editor, desk, inspections, DAILY)
    press(Key.Key_Down, Key.Key_X)
    type_text("许可证过期x3m")
    press(Key.Key_Down, Key.Key_M, Key.Key_X)
    type_text("撕了")
    press(ENTER)
    assert editor.typed() == "资质公示×（许可证过期x3m）、健康证—、监督检查公示×（撕了）"


def test_points_are_typed_as_digits_and_never_more_than_the_item_has(editor, desk, inspections):
    opened(editor, desk, inspections, SCORED)
    press(Key.Key_0, Key.Key_Period, Key.Key_5, Key.Key_X)
    type_text("没挂")
    press(Key.Key_Down, Key.Key_9, Key.Key_Down, Key.Key_2, Key.Key_0, ENTER)
    assert editor.typed() == "许可证公示×扣0.5（没挂）、健康证公示×扣3、责任落实×扣5"


def test_digits_mean_nothing_where_items_carry_no_points(editor, desk, inspections):
    opened(editor, desk, inspections, DAILY)
    press(Key.Key_Down, Key.Key_Up, ENTER)
    assert editor.typed() == "全部正常"


def test_a_note_is_left_by_escape_and_the_grid_by_another(editor, desk, inspections):
    grid = opened(editor, desk, inspections, DAILY)
    press(Key.Key_X)
    type_text("黑屏")
    press(ESCAPE)
    assert grid.isVisible()
    assert editor.typed() == "明厨亮灶×（黑屏）"
    press(ESCAPE)
    assert not grid.isVisible()


def test_items_are_marked_with_the_mouse_one_after_the_other(editor, desk, inspections):
    grid = opened(editor, desk, inspections, DAILY)
    for row, times in ((0, 1), (1, 2)):
        for _ in range(times):
            QTest.mouseClick(
                grid, Qt.MouseButton.LeftButton, pos=QPoint(60, grid.sizeHint().height() * (2 * row + 1) // 12)
            )
    assert grid.isVisible()
    assert editor.typed() == "明厨亮灶×、资质公示—"
    assert not grid.grab().toImage().isNull()


def test_no_items_are_offered_while_no_list_is_chosen(editor):
    editor.set_draft({"checked_on": date(2026, 10, 28), "checklist": None})
    editor.focus_in()
    press(Key.Key_Down, with_=ALT)
    assert editor.window().findChildren(AnswersGrid) == []


@pytest.fixture
def page(theme, desk, messages):
    write(desk, "staff", name="宋建军", post="水电工")
    write(desk, "inspection", checked_on="2026-11-17", checklist=DAILY, answers="库房清理×（面粉受潮）",
          inspector="宋建军", spot_fix="当场移出")  # fmt: skip
    rooms = Rooms(theme, desk, messages)
    yield rooms.open().page("weekly_report")
    rooms.close()


def test_a_weekly_report_is_begun_from_its_checks_looked_through_and_kept(page, desk):
    """V-56: one button a week, in order, until the month has them all."""
    weekly = desk.ledger("weekly_report")
    assert page.head.buttons[Do.DRAFT].text() == "由每日检查生成"
    for monday in (2, 9, 16):
        press(Key.Key_G, with_=CONTROL)
        form = page.side.top()
        assert isinstance(form, RecordForm)
        assert form.record.values()["week_from"] == date(2026, 11, monday)
        assert form.current_key() == "week_from", "it is read through from the top"
        assert form.record.save()
    kept = desk.rows(weekly, desk.ids(weekly, Query(Month(2026, 11))))
    assert [row.texts[0] for row in kept] == ["2026-11-02", "2026-11-09", "2026-11-16"]
    assert "1. 11月17日 库房清理：面粉受潮。" in kept[-1].texts

    page.deeds()[Do.DRAFT]()
    assert page.side.top() is None


def test_running_text_keeps_its_lines_while_it_is_changed(page):
    page.deeds()[Do.DRAFT]()
    form = page.side.top()
    field = form.editors["found"]
    assert isinstance(field, LongTextEditor)
    field.focus_in()
    press(ENTER)
    type_text("2. 补一条")
    press(TAB)
    assert not field.has_focus()
    assert form.record.values()["found"] == "本周未发现食品安全问题（零风险报告）。\n2. 补一条"
    press(ENTER, with_=CONTROL)
    assert page.desk.count(page.ledger, Query()) == 1


def test_a_draft_given_up_leaves_nothing(page, desk):
    page.deeds()[Do.DRAFT]()
    assert page.close_panel()
    assert desk.count(desk.ledger("weekly_report"), Query()) == 0
