"""The views of a ledger beside its table: the switch in the head, its key, and what goes to the view in front."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from school_logistics.rules.calendar import Month
from school_logistics.ui.commands import Do
from school_logistics.ui.ledger_views import TABLE, LedgerView, View, has_duty, only, views_of
from school_logistics.ui.table_page import TablePage
from tests.ui.page_stage import Stage, click


class Week(LedgerView):
    """A view that remembers what it was asked for."""

    def __init__(self, around, ledger):
        super().__init__(around, ledger)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.seen, self.pressed, self.opens = [], 0, False

    def refresh(self, keys):
        """Remember."""
        self.seen.append(keys)

    def show_month(self):
        """Remember."""
        self.seen.append(self.month())

    def fact(self):
        """As a real view."""
        return "本周 5 天"

    def place(self):
        """As a real view."""
        return "周三 · 午餐"

    def unsaved(self):
        """Something is typed here."""
        return "菜单还没存"

    def deeds(self):
        """One command of its own."""
        return {Do.NEW: self.press}

    def press(self):
        """Remember."""
        self.pressed += 1

    def show_record(self, one, key=""):
        """Whether this view can show it."""
        return self.opens


WEEK = View("week", "按周", "calendar-days", only("food_purchase"), Week)
GRID = View("grid", "按天", "list-checks", has_duty, Week)


@pytest.fixture
def stage(desk, theme, messages):
    return Stage.over(desk, theme, messages)


@pytest.fixture
def page(stage, desk):
    made = TablePage(stage.around, desk.ledger("food_purchase"), (WEEK,))
    stage.show(made)
    yield made
    made.close()


def test_view_is_offered_where_it_fits(desk):
    assert views_of(desk.ledger("food_purchase"), (WEEK, GRID)) == (WEEK,)
    assert views_of(desk.ledger("supplier"), (WEEK, GRID)) == ()


def test_ledger_without_other_views_has_no_switch(stage, desk):
    page = TablePage(stage.around, desk.ledger("supplier"), ())

    assert page.head.views is None
    assert Do.VIEW not in page.deeds()


def test_click_on_the_switch_brings_a_view_and_its_commands(page):
    click(page.head.views.buttons["week"])
    week = page.views.front()

    page.deeds()[Do.NEW]()

    assert week.pressed == 1
    assert week.hasFocus()
    assert page.head.fact() == "本周 5 天"
    assert page.place() == "周三 · 午餐"
    assert Do.DELETE not in page.deeds()
    assert Do.EXPORT in page.deeds()


def test_key_goes_round_through_the_views(page):
    page.deeds()[Do.VIEW]()
    assert page.views.key == "week"

    page.deeds()[Do.VIEW]()

    assert page.views.key == TABLE
    assert page.table.view.hasFocus()
    assert page.head.views.buttons[TABLE].isChecked()


def test_view_is_built_when_first_wanted_and_sees_later_what_changed_meanwhile(page):
    assert page.views.built() == ()
    page.show_view("week")
    page.show_view(TABLE)
    week = page.views.built()[0]
    page.refresh(frozenset({"food_purchase"}))
    page.refresh(frozenset({"bus"}))
    assert week.seen == []

    page.show_view("week")

    assert week.seen == [Month(2026, 11), frozenset({"food_purchase"})]


def test_record_that_a_view_cannot_show_is_shown_in_the_table(page, desk):
    page.show_view("week")
    page.views.front().opens = True
    assert page.show_record(1)
    assert page.views.key == "week"

    page.views.front().opens = False
    assert page.show_record(1)

    assert page.views.key == TABLE
    assert page.table.current().id == 1


def test_what_is_typed_in_a_view_is_told_before_closing(page):
    page.show_view("week")

    assert page.unsaved() == "菜单还没存"


def test_page_opens_again_in_the_view_it_was_left_in(stage, desk, page):
    page.show_view("week")
    page.keep_state()

    again = TablePage(stage.around, desk.ledger("food_purchase"), (WEEK,))

    assert again.views.key == "week"


def test_narrow_head_names_the_view_in_front_and_has_the_others_in_a_menu(page):
    page.resize(640, 694)
    views = page.head.views

    assert [key for key, button in views.buttons.items() if button.isVisible()] == [TABLE]
    menu = views.menu()
    assert [action.text() for action in menu.actions()] == ["按周"]
    menu.actions()[0].trigger()

    assert page.views.key == "week"
    assert not views.buttons["week"].is_compact()
    assert not views.buttons["week"].isHidden()


def test_five_views_are_named_beside_a_list_of_ledgers_on_a_small_screen(stage, desk):
    page = TablePage(stage.around, desk.ledger("inspection"))
    stage.show(page, 1166)

    assert page.head.views is not None
    assert [one.text() for one in page.head.views.buttons.values() if one.isVisible() and not one.is_compact()] == [
        "表格", "批量登记", "整月", "应记已记", "空白单",
    ]  # fmt: skip
    page.close()
