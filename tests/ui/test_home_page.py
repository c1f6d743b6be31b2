"""The home page as a clerk meets it in the morning: what is due, in order, and the way to each record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from school_logistics.rules.calendar import Month
from school_logistics.services.desk import Desk
from school_logistics.services.figures import Figures
from school_logistics.services.reminders import Due
from school_logistics.ui.commands import Do
from school_logistics.ui.due_list import Errand, section_of, with_headings
from school_logistics.ui.home_page import ALL, OTHERS, HomePage
from school_logistics.ui.theme import Theme
from tests.office import ingredient, new_desk, purchase, supplier, write
from tests.ui.message_recorder import RecordedMessages
from tests.ui.page_stage import Stage, click
from tests.ui.typing import ENTER, Key, press

SCHOOL = {"name": "明德路小学", "school_code": "3703900001", "stage": "小学", "principal": "周校", "clerk": "赵甲子"}


@pytest.fixture
def empty_desk() -> Iterator[Desk]:
    """An office in which nothing was written yet."""
    made = new_desk()
    yield made
    made.store.close()


@pytest.fixture
def busy(empty_desk: Desk) -> Desk:
    """An office with an expired permit, an insurance that ends today, and a permit that ends soon."""
    supplier(empty_desk, "振兴豆制品坊", permit_until="2026-10-31")
    supplier(empty_desk, "康鲜肉类食品有限公司", permit_until="2026-12-10")
    write(empty_desk, "certificate", kind="校方责任险", valid_until="2026-11-22")
    purchase(empty_desk)
    return empty_desk


def home(desk: Desk, theme: Theme, messages: RecordedMessages, width: int = 1366) -> tuple[Stage, HomePage]:
    stage = Stage.over(desk, theme, messages)
    page = HomePage(stage.around, Figures(desk), stage.office.reminders, stage.office.pack)
    stage.show(page, width)
    return stage, page


def due(days: int, what: str = "食品许可证") -> Due:
    return Due("certificate", 1, what, "", "", date(2026, 11, 22), days, "停供")


def test_what_is_overdue_stands_first_with_its_reason_and_its_ledger(busy: Desk, theme: Theme, messages):
    _, page = home(busy, theme, messages)

    errands = page.list.lines()

    assert page.list.headings() == ["已过期 1", "今天 1", "30 天内 1"]
    assert (errands[0].word, errands[0].days) == ("停供", "过 22 天")
    assert errands[0].due.what == "振兴豆制品坊 食品许可证"
    assert errands[0].place == "食堂 · 证照与保险"
    assert (errands[1].word, errands[1].days, errands[1].tab) == ("今天到期", "今天", "保险综合")
    assert (errands[2].word, errands[2].days) == ("30 天内", "18 天")


def test_enter_opens_the_record_of_the_current_line(busy: Desk, theme: Theme, messages):
    stage, page = home(busy, theme, messages)

    press(Key.Key_Down, Key.Key_Up, Key.Key_Down, ENTER)

    errand = page.list.lines()[1]
    assert page.list.current() == errand
    assert stage.heard.records == [("certificate", errand.due.id, "")]


def test_f4_says_beside_the_list_why_the_current_line_is_due_and_follows_it(busy: Desk, theme: Theme, messages):
    _, page = home(busy, theme, messages)

    page.deeds()[Do.FORM]()
    assert page.why.isVisible()
    assert not page.side.isVisible()
    assert page.list.hasFocus()
    assert "有效期至写明 2026-10-31" in page.why.told()
    assert {"30、7 天", "2026-10-01 起", "怎么算的"} <= set(page.why.told())
    press(Key.Key_Down)

    assert page.why.title.text() == "本校 校方责任险"
    assert page.close_panel()
    assert page.side.isVisible()
    assert not page.close_panel()


def test_the_reason_leads_to_the_record_and_to_its_rule(busy: Desk, theme: Theme, messages):
    stage, page = home(busy, theme, messages)
    rules: list[str] = []
    page.open_rule.connect(rules.append)
    page.toggle_why()

    page.next_pane()
    press(ENTER)
    click(page.why.to_record)

    errand = page.list.lines()[0]
    assert rules == ["warn.licence"]
    assert stage.heard.records == [("certificate", errand.due.id, "")]
    assert list(page.why.rule_buttons())[-1] == "证照与保险 · 振兴豆制品坊 食品许可证"


def test_the_words_that_open_the_reason_can_be_clicked(busy: Desk, theme: Theme, messages):
    _, page = home(busy, theme, messages)
    here = page.list.visualRect(page.list.currentIndex())

    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=page.list.why_box(here).center())
    assert page.why.isVisible()
    page.resize(640, 600)
    QApplication.processEvents()
    assert page.why.isVisible()
    assert not page.list.isVisible()
    click(page.why.close_button)

    assert page.list.isVisible()


def test_arrows_pass_over_the_headings_and_show_them(busy: Desk, theme: Theme, messages):
    _, page = home(busy, theme, messages)
    rows = []
    for _ in range(3):
        rows.append(page.list.currentIndex().row())
        press(Key.Key_Down)

    assert rows == [1, 3, 5]


def test_the_words_at_the_current_line_can_be_clicked_like_a_link(busy: Desk, theme: Theme, messages):
    stage, page = home(busy, theme, messages)
    other = page.list.visualRect(page.list.model().index(3, 0))
    here = page.list.visualRect(page.list.currentIndex())

    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=page.list.key_box(other).center())
    assert stage.heard.records == []  # a first click only makes the line current
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=page.list.key_box(other).center())
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=here.center())
    QTest.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=here.center())

    first, second = page.list.lines()[0], page.list.lines()[1]
    assert [one for _, one, _ in stage.heard.records] == [second.due.id, first.due.id]


def test_the_filters_leave_only_their_tab_and_say_when_it_has_nothing(busy: Desk, theme: Theme, messages):
    _, page = home(busy, theme, messages)

    click(page.chips["食堂"])
    assert [one.tab for one in page.list.lines()] == ["食堂", "食堂"]
    click(page.chips[OTHERS])
    assert [one.tab for one in page.list.lines()] == ["保险综合"]
    assert page.take(4)

    assert page.chosen() == "消防"
    assert page.empty is not None
    assert page.empty.accessibleName() == "消防没有要办的"
    page.focus_start()
    press(ENTER)
    assert page.chosen() == ALL
    assert len(page.list.lines()) == 3


def test_a_line_stays_current_while_others_come_and_go(busy: Desk, theme: Theme, messages):
    _, page = home(busy, theme, messages)
    press(Key.Key_Down, Key.Key_Down)
    before = page.list.current()

    supplier(busy, "清泉乳业", permit_until="2026-11-01")
    page.around.standing.refresh()
    page.tell_standing()

    assert len(page.list.lines()) == 4
    assert page.list.current() == before


def steps(page: HomePage) -> list[str]:
    """The ways that the empty page offers."""
    assert page.empty is not None
    return [one.text() for one in page.empty.findChildren(QAbstractButton)]


def test_an_empty_data_file_is_filled_in_the_order_in_which_one_file_needs_the_other(
    empty_desk: Desk, theme: Theme, messages
):
    stage, page = home(empty_desk, theme, messages)

    assert page.empty is not None
    assert page.empty.accessibleName() == "先把学校的底子填好"
    names = [one.partition("：")[0] for one in steps(page)[:6]]
    assert names == ["1　学校概况", "2　后勤人员", "3　供货商档案", "4　食材目录", "5　冷藏冷冻设备", "6　检查表"]
    press(ENTER)
    assert stage.heard.blanks == [("school", "")]
    for number, ledger in enumerate(("school", "staff", "supplier", "ingredient", "cold_unit", "checklist"), start=1):
        assert page.take(number)
        assert stage.heard.blanks[-1] == (ledger, "")


def test_a_step_in_which_something_stands_is_marked_as_done_and_the_next_one_is_not(
    empty_desk: Desk, theme: Theme, messages
):
    _, page = home(empty_desk, theme, messages)
    assert "表头都要印" in steps(page)[0]

    write(empty_desk, "school", **SCHOOL)
    page.around.standing.refresh()
    page.tell_standing()

    assert steps(page)[0] == "1　学校概况：已填，有变动再改"
    assert "从这里选" in steps(page)[1]


def test_when_all_is_set_up_and_nothing_is_due_the_page_says_so_and_what_to_do_next(
    empty_desk: Desk, theme: Theme, messages
):
    write(empty_desk, "school", **SCHOOL)
    write(empty_desk, "staff", name="何春华", post="水电工")
    supplier(empty_desk, "绿源蔬菜配送中心", permit_until=None)
    ingredient(empty_desk)
    write(empty_desk, "cold_unit", name="1号冷藏柜", kind="冷藏", place="备餐间")

    stage, page = home(empty_desk, theme, messages)

    assert page.empty is not None
    assert page.empty.accessibleName() == "今天没有要办的"
    assert page.take(1)
    assert stage.heard.blanks[-1] == ("food_purchase", "2026-11-22")


def test_a_new_school_may_begin_with_the_workbook_it_has(empty_desk: Desk, theme: Theme, messages, tmp_path: Path):
    _, page = home(empty_desk, theme, messages)
    wanted: list[Path] = []
    page.import_wanted.connect(lambda _ledger, file: wanted.append(file))
    messages.file = tmp_path / "台账.xlsx"

    assert page.take(7)

    assert wanted == [messages.file]


def test_empty_charts_say_what_is_missing(empty_desk: Desk, theme: Theme, messages):
    stage, page = home(empty_desk, theme, messages)

    assert page.side.purchases.chart.said().startswith("近一年没有采购记录")
    assert page.side.milk.chart.said().startswith("2026秋还没有征订记录")
    assert page.side.expiries.chart.said().startswith("90 天内没有到期的")
    assert f"无记录 {len(stage.office.pack.forms)}" in page.side.forms.legend.accessibleName()


def test_the_figures_come_from_the_ledgers(busy: Desk, theme: Theme, messages):
    stage, page = home(busy, theme, messages)

    assert page.side.purchases.figure.text() == "11月至今 0.02"
    assert page.side.expiries.figure.text() == "共 3 件"
    states = stage.office.pack.states(Month(2026, 11))
    ready = sum(1 for one in states if not one.gaps and not one.empty)
    assert f"可打印 {ready}" in page.side.forms.legend.accessibleName()


def test_the_link_leads_to_the_first_form_that_wants_something(busy: Desk, theme: Theme, messages):
    stage, page = home(busy, theme, messages)

    click(page.side.forms.link)

    states = stage.office.pack.states(Month(2026, 11))
    wanting = next(one.code for one in states if one.gaps or one.empty)
    assert stage.heard.forms == [(wanting, Month(2026, 11))]


def test_f6_goes_from_the_list_to_the_figures_and_back(busy: Desk, theme: Theme, messages):
    _, page = home(busy, theme, messages)

    page.next_pane()
    assert page.side.forms.link.hasFocus()
    page.next_pane()
    assert page.list.hasFocus()


def test_in_a_narrow_window_the_figures_stand_behind_a_choice_of_their_own(busy: Desk, theme: Theme, messages):
    _, page = home(busy, theme, messages, width=640)

    assert not page.side.isVisible()
    assert page.month_chip.isVisible()
    click(page.month_chip)
    assert page.side.isVisible()
    page.resize(1366, 694)
    QApplication.processEvents()
    assert page.side.isVisible()
    assert page.list.isVisible()
    assert not page.month_chip.isVisible()


def test_what_is_far_away_is_not_called_thirty_days():
    assert [section_of(due(days)) for days in (-1, 0, 30, 31)] == ["已过期", "今天", "30 天内", "30 天以后"]


def test_a_section_without_errands_has_no_heading():
    lines = with_headings([Errand(due(3), "食堂", "证照与保险")])

    assert [getattr(line, "title", "") for line in lines] == ["30 天内", ""]


def test_overlong_words_are_cut_and_stand_in_full_in_the_tool_tip(busy: Desk, theme: Theme, messages):
    _, page = home(busy, theme, messages)
    long = due(-5, "很长的名称" * 30)
    page.list.set_errands([Errand(long, "食堂", "证照与保险")])

    index = page.list.model().index(1, 0)

    assert long.what in str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert page.list.visualRect(index).width() <= page.list.viewport().width()
    assert page.list.horizontalScrollBar().maximum() == 0
    assert not page.list.grab().isNull()
    assert page.list.indexAt(QPoint(300, page.list.visualRect(index).center().y())) == index
