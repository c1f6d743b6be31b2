"""The rule book as a clerk meets it: found by words, changed with a reason, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from school_logistics.services.desk import Desk
from school_logistics.ui.rule_book_view import RuleBookView
from school_logistics.ui.rule_list import source_of
from school_logistics.ui.theme import Theme
from tests.office import TODAY, new_desk, supplier
from tests.ui.message_recorder import RecordedMessages
from tests.ui.page_stage import Stage, click
from tests.ui.typing import CONTROL, ENTER, ESCAPE, TAB, Key, line, press, type_text

LICENCE = "warn.licence"


@pytest.fixture
def desk() -> Iterator[Desk]:
    """An office with one supplier whose permit ends in forty days."""
    made = new_desk()
    supplier(made, permit_until="2027-01-01")
    yield made
    made.store.close()


def book(desk: Desk, theme: Theme, messages: RecordedMessages, width: int = 1100) -> tuple[Stage, RuleBookView]:
    stage = Stage.over(desk, theme, messages)
    view = RuleBookView(stage.around, desk.ledger("rule_change"))
    desk.on_change.append(lambda keys: view.refresh(frozenset(keys)))
    stage.show(view, width)
    return stage, view


def test_rules_stand_under_their_topics_with_value_source_and_mark(desk: Desk, theme: Theme, messages):
    _, view = book(desk, theme, messages)

    assert view.list.headings()[0].startswith("记录与提醒 ")
    line_ = view.list.current()
    assert line_ is not None
    assert (line_.text, line_.mark) == ("3 个上课日", "待核")
    assert "待核" in view.list.words_of(line_)
    assert "本程序建议" in view.panel.told()


def test_search_finds_by_initials_and_enter_goes_to_the_hits(desk: Desk, theme: Theme, messages):
    _, view = book(desk, theme, messages)

    view.deeds()[next(do for do in view.deeds() if do.name == "FILTER")]()
    type_text("lyl")
    press(ENTER)

    assert [one.rule.label for one in view.list.lines()] == ["每个品种留样量不少于", "留样冷藏保存不少于"]
    assert view.list.hasFocus()
    click(view.marks["待核"])
    assert view.list.lines() == []
    assert view._count.text() == "没有这样的规则"


def test_a_rule_is_changed_with_keys_and_the_effect_is_said_before(desk: Desk, theme: Theme, messages):
    stage, view = book(desk, theme, messages)
    view.go_to(LICENCE)

    press(ENTER)
    type_text("45 10")
    press(ENTER)
    assert view.effect() == (
        "从 2026-11-22 起按 45、10 天；以前的仍按 30、7 天\n到期提醒多 1 件：康鲜肉类食品有限公司 食品许可证"
    )
    press(ENTER, ENTER)
    type_text("提前备齐")
    press(ENTER, with_=CONTROL)

    assert desk.book.wholes(LICENCE, TODAY) == (45, 10)
    current = view.list.current()
    assert current is not None
    assert (current.rule.key, current.mark) == (LICENCE, "本校规定")
    assert view.fact() == "本校规定 1 条"
    assert view.list.hasFocus()
    assert "提前备齐" in view.panel.told()
    assert view.unsaved() == ""
    desk.undo()
    assert [one.mark for one in view.list.lines() if one.rule.key == LICENCE] == ["待核"]
    assert stage.heard.records == []


def test_a_change_begins_with_the_value_that_holds_and_tab_goes_to_the_day(desk: Desk, theme: Theme, messages):
    _, view = book(desk, theme, messages)
    view.go_to(LICENCE)
    press(ENTER)
    form = view.form
    assert form is not None
    assert line().text() == "30、7"
    assert line().selectedText() == "30、7"
    assert view.unsaved() == ""

    type_text("45 10")
    press(TAB)

    assert form.editors["valid_from"].has_focus()
    type_text("2026-12-01")
    press(TAB)
    assert form.record.values()["valid_from"] == date(2026, 12, 1)


def test_only_a_rule_of_several_values_says_how_they_are_parted(desk: Desk, theme: Theme, messages):
    _, view = book(desk, theme, messages)
    view.go_to("health_certificate.months")
    press(ENTER)
    form = view.form
    assert form is not None
    assert "顿号" not in form.editors["value"].line.placeholderText()
    press(ESCAPE)

    view.go_to(LICENCE)
    press(ENTER)
    assert view.form is not None
    assert "顿号" in view.form.editors["value"].line.placeholderText()


def test_typing_in_the_list_searches(desk: Desk, theme: Theme, messages):
    _, view = book(desk, theme, messages)
    view.list.setFocus()

    type_text("jkz")

    assert view.search.text() == "jkz"
    assert view.search.line.hasFocus()
    assert {one.rule.label for one in view.list.lines()} != set()
    assert len(view.list.lines()) < len(view.rulings.lines())


def test_chinese_typed_in_the_list_searches(desk: Desk, theme: Theme, messages):
    _, view = book(desk, theme, messages)
    view.list.setFocus()

    type_text("灭火")

    assert view.search.text() == "灭火"
    assert all("灭火" in view.list.words_of(one) for one in view.list.lines())


def test_a_change_of_a_rule_is_no_row_that_could_wait_as_a_draft(desk: Desk, theme: Theme, messages):
    _, view = book(desk, theme, messages)
    view.go_to(LICENCE)
    press(ENTER)
    type_text("45 10")

    press(ENTER, with_=CONTROL)

    assert view.form is not None
    told = [one.text() for one in view.form.findChildren(QLabel) if one.isVisible()]
    assert not any("草稿" in one for one in told)


def test_a_change_without_a_reason_is_refused_beside_the_field(desk: Desk, theme: Theme, messages):
    stage, view = book(desk, theme, messages)
    view.go_to(LICENCE)
    press(ENTER)
    type_text("很多")

    press(ENTER, with_=CONTROL)

    form = view.form
    assert form is not None
    assert {one.field for one in form.record.objections()} == {"value", "reason"}
    assert "请填数字" in stage.heard.said[-1][0]
    assert view.unsaved() == "规则的改动还没有存上"
    press(ESCAPE)
    assert view.form is None
    assert view.list.hasFocus()


def test_a_change_is_taken_away_by_its_button_and_says_what_holds_again(desk: Desk, theme: Theme, messages):
    _, view = book(desk, theme, messages)
    view.rulings.set(LICENCE, "60", TODAY, "试一试")
    view.go_to(LICENCE)
    told: list[str] = []
    view.acted.connect(told.append)
    assert view.panel.back_button.isVisible()

    click(view.panel.back_button)

    assert told == ["已撤掉本校规定：证照到期前几天提醒（营业执照、许可证、合同、检测报告） 又按 30、7 天"]
    assert desk.book.wholes(LICENCE, TODAY) == (30, 7)
    assert not view.panel.back_button.isVisible()


def test_a_change_to_come_is_told_and_every_version_listed(desk: Desk, theme: Theme, messages):
    _, view = book(desk, theme, messages)
    view.rulings.set(LICENCE, "60", date(2027, 1, 1), "新学期")

    view.go_to(LICENCE)

    current = view.list.current()
    assert current is not None
    assert source_of(current).endswith("2027-01-01 起改")
    assert {"向来", "2027-01-01 起", "60 天", "30、7 天"} <= set(view.panel.told())


def test_in_a_narrow_window_the_change_takes_the_place_of_the_list(desk: Desk, theme: Theme, messages):
    _, view = book(desk, theme, messages, width=600)
    assert not view.slot.isVisible()

    press(Key.Key_Down, ENTER)
    QApplication.processEvents()

    assert view.form is not None
    assert not view.list.isVisible()
    assert line().selectedText() == "5"
    assert view.close_panel()
    QApplication.processEvents()
    assert view.list.isVisible()
