"""A duty filled in on one sheet as the clerk does it: one key for all normal, X for what is not, one save, one undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from school_logistics.rules.calendar import Month
from school_logistics.services.desk import Desk
from school_logistics.services.entry_columns import item_key
from school_logistics.services.kept_sheets import KeptSheets
from school_logistics.services.rows import Query
from school_logistics.ui.commands import Do
from school_logistics.ui.ledger_views import VIEWS
from school_logistics.ui.table_page import TablePage
from tests.office import new_desk, write
from tests.ui.page_stage import Stage, click
from tests.ui.typing import ALT, CONTROL, DELETE, ENTER, SHIFT, Key, focused, line, press, type_text

NOVEMBER = Month(2026, 11)
DAY = next(view for view in VIEWS if view.key == "day")
PRESSURE = item_key("answers", "压力")


class Clock:
    """Files are begun in September; then it is a Friday in November."""

    now = datetime(2026, 9, 1, 9)

    def __call__(self) -> datetime:
        """The time."""
        return self.now


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    clock = Clock()
    made = new_desk(clock=clock)
    write(made, "staff", name="钱乙", post="宿管")
    for number in ("A-1", "A-2", "A-3"):
        write(
            made, "fire_equipment", equipment_no=number, name="手提式干粉灭火器", model="MFZ/ABC4", rating="2A",
            place="东侧楼梯口", maker="海纳", made_on="2024-03", ccc_no=f"3C{number}", keeper="钱乙",
        )  # fmt: skip
    clock.now = datetime(2026, 11, 20, 15)
    yield made
    made.store.close()


@pytest.fixture
def stage(desk, theme, messages):
    return Stage.over(desk, theme, messages)


@pytest.fixture
def page(stage, desk):
    made = TablePage(stage.around, desk.ledger("extinguisher_check"), (DAY,))
    desk.on_change.append(lambda keys: made.refresh(frozenset(keys)))
    stage.show(made)
    made.show_view("day")
    QApplication.processEvents()
    acts = len(desk.acts())
    yield made
    desk.on_change.clear()
    made.close()
    for month in ("1001", "1101"):
        KeptSheets(desk).drop(f"extinguisher_check@2026{month}.0")
    done = [act for act in desk.acts()[: len(desk.acts()) - acts] if not act.undone and not act.undo_of]
    for act in done:
        desk.undo_act(act)


@pytest.fixture
def view(page):
    return page.views.front()


def go(view, row, key):
    """Make a cell current."""
    view.table.go_to(row, key)


def inspector(view):
    """Type who looked, above the lines."""
    view.strip.blocks["inspector"].editor.focus_in()
    type_text("qy")
    press(ENTER)


def checks(desk):
    """How many looks are kept in November."""
    return desk.count(desk.ledger("extinguisher_check"), Query(NOVEMBER))


def test_sheet_opens_on_the_running_month_with_the_keyboard_in_the_first_judgement(view):
    assert view.picker.middle.text() == "11月"
    assert view.table.where() == "第 1 行 · 位置"
    assert view.table.view.hasFocus()
    assert view.foot.counts() == "3 行，未记 3"


def test_all_normal_then_one_exception_with_its_note_then_one_save_and_one_undo(view, desk, stage):
    press(Key.Key_A, with_=CONTROL | SHIFT)
    go(view, 1, PRESSURE)

    press(Key.Key_X)
    assert view.table.where() == "第 2 行 · 存在问题"
    type_text("指针在红区")
    press(ENTER)
    assert view.table.where() == "第 3 行 · 压力"
    inspector(view)
    assert view.table.view.hasFocus()
    press(Key.Key_S, with_=CONTROL)

    assert checks(desk) == 3
    assert view.foot.counts() == "3 行，正常 2，异常 1"
    desk.undo()
    assert checks(desk) == 0
    assert view.foot.counts() == "3 行，未记 3"


def test_what_all_lines_lack_is_asked_for_above_them_and_nothing_is_lost(view, desk, stage):
    click(view.all_normal)
    press(Key.Key_S, with_=CONTROL)

    assert stage.heard.said[-1][0].startswith("检查人没有填：在上面填一次")
    assert view.strip.blocks["inspector"].editor.has_focus()
    assert view.foot.counts() == "3 行，正常 3，没存 3"
    type_text("qy")
    press(ENTER)
    click(view.save_button)
    assert checks(desk) == 3


def test_exception_without_a_note_is_refused_at_its_cell(view, desk, stage):
    inspector(view)
    click(view.all_normal)
    go(view, 2, PRESSURE)
    press(Key.Key_X)
    go(view, 0, PRESSURE)

    press(ENTER, with_=CONTROL)

    assert view.table.where() == "第 3 行 · 存在问题"
    assert stage.heard.said[-1] == (
        "有不正常的项，要写明存在问题。还有 1 行要补、要改，一行都没存；已经填的都在",
        "late",
    )
    assert checks(desk) == 0


def test_letters_judge_only_where_something_is_judged(view):
    go(view, 0, "problem")
    type_text("x")
    press(ENTER)
    go(view, 0, PRESSURE)
    press(Key.Key_M)

    assert view.table.sheet.value(0, "problem") == "x"
    assert view.table.model.rows.cell(0, view.table.model.rows.column_of(PRESSURE)).text == "免"


def test_selected_block_is_judged_at_once_and_taken_back_at_once(view, page):
    go(view, 0, PRESSURE)
    press(Key.Key_Down, Key.Key_Down, with_=SHIFT)

    press(Key.Key_Space)
    assert len(view.table.sheet.begun) == 3
    assert page.undo_typing()

    assert not view.table.sheet.begun


def test_block_from_a_workbook_is_pasted_over_items_and_lines(view):
    QGuiApplication.clipboard().setText("√\t×\r\n√\t免\r\n正常\tx\r\n√\t√")
    go(view, 0, item_key("answers", "位置"))

    press(Key.Key_V, with_=CONTROL)

    assert [view.table.sheet.text(row, PRESSURE) for row in range(3)] == ["×", "—", "×"]


def test_half_filled_sheet_waits_while_another_month_is_looked_at(view, stage):
    go(view, 0, PRESSURE)
    press(Key.Key_Space)
    press(Key.Key_Left, with_=ALT)
    assert view.picker.middle.text() == "10月"
    press(Key.Key_Right, with_=ALT)

    assert view.foot.counts() == "3 行，没存 1，未记 2"
    assert stage.heard.said[-1] == ("上次填到一半的 1 行还在，保存了才算数。", "soon")


def test_deleting_empties_what_is_not_saved_and_then_the_record(view, desk, page):
    inspector(view)
    click(view.all_normal)
    go(view, 0, PRESSURE)
    page.deeds()[Do.DELETE]()
    assert view.foot.counts() == "3 行，正常 2，没存 2，未记 1"
    press(Key.Key_S, with_=CONTROL)
    go(view, 1, PRESSURE)

    page.deeds()[Do.DELETE]()

    assert checks(desk) == 1
    assert view.foot.counts() == "3 行，正常 1，未记 2"


def test_record_elsewhere_is_found_on_its_sheet(view, desk, page):
    inspector(view)
    click(view.all_normal)
    press(Key.Key_S, with_=CONTROL)
    one = view.table.sheet.rows[1].id
    press(Key.Key_Left, with_=ALT)

    assert page.show_record(one, PRESSURE)

    assert view.picker.middle.text() == "11月"
    assert view.table.where() == "第 2 行 · 压力"
    assert page.current_id() == one


def test_cell_is_typed_and_edited_as_in_the_ledgers_table(view):
    go(view, 0, "problem")
    type_text("铅封断了")
    assert line().text() == "铅封断了"
    press(ENTER)
    press(DELETE)

    assert view.table.where() == "第 2 行 · 存在问题"
    assert view.table.sheet.value(0, "problem") == "铅封断了"
    assert focused() is view.table.view
