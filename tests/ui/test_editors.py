"""Fields of a form and cells of the table: what can be typed, what helps, what is refused and how it looks."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from school_logistics.errors import Unreadable
from school_logistics.models.ledger import Ledger
from school_logistics.services.desk import Desk
from school_logistics.ui.answers_grid import AnswersGrid
from school_logistics.ui.chooser import Chooser, matched
from school_logistics.ui.day_grid import DayGrid
from school_logistics.ui.editors import EDITORS, Editor, editor_for
from school_logistics.ui.theme import Theme
from tests.ui.typing import ALT, ENTER, ESCAPE, TAB, Key, commit, press, type_text


class Form:
    """A small window with some fields of a ledger."""

    def __init__(self, qtbot, theme: Theme, desk: Desk, ledger: Ledger, *keys: str) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(420, 560)
        column = QVBoxLayout(self.window)
        self.fields = {key: editor_for(theme, desk, ledger, ledger.field(key)) for key in keys}
        for editor in self.fields.values():
            column.addWidget(editor)
        column.addStretch()
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()

    def __getitem__(self, key: str) -> Editor:
        return self.fields[key]


@pytest.fixture
def purchases(desk):
    return desk.ledger("food_purchase")


@pytest.fixture
def form(qtbot, theme, desk, purchases):
    return Form(
        qtbot, theme, desk, purchases, "bought_on", "ingredient", "category", "quantity", "unit_price", "amount"
    )


def test_every_kind_of_value_in_use_has_an_editor(desk):
    used = {field.kind.name for ledger in desk.ledgers() for field in ledger.fields}

    assert used <= set(EDITORS)


def test_every_field_of_every_ledger_can_be_shown_with_a_name_for_screen_readers(qtbot, theme, desk):
    for ledger in desk.ledgers():
        for field in ledger.fields:
            editor = editor_for(theme, desk, ledger, field)
            qtbot.addWidget(editor)
            editor.set_value(None)

            assert field.label in editor.accessibleName()
            assert field.label in editor.line.accessibleName()
            assert editor.line.placeholderText() == field.hint
            assert editor.line.isReadOnly() is not field.writable


def test_a_value_that_is_not_touched_is_read_back_as_it_was(form, desk, purchases):
    one = desk.draft(purchases, 1)
    for key, editor in form.fields.items():
        editor.set_value(one[key])

        assert editor.untouched()
        assert editor.read() == one[key]


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("bought_on", "11-20", date(2026, 11, 20)),
        ("bought_on", "今", date(2026, 11, 22)),
        ("bought_on", "+1", date(2026, 11, 23)),
        ("quantity", "12*3.5", Decimal("42.000")),
        ("unit_price", "31元", Decimal("31.0000")),
        ("unit_price", "４.８５", Decimal("4.8500")),
        ("category", "蔬", "蔬菜"),
    ],
)
def test_shorthand_is_read_as_in_the_table(form, key: str, typed: str, value: object):
    form[key].set_typed(typed)

    assert form[key].read() == value


def test_what_cannot_be_read_is_told_in_a_sentence(form):
    form["quantity"].set_typed("很多")

    with pytest.raises(Unreadable, match="很多"):
        form["quantity"].read()


def test_typing_tells_and_leaving_tells(form, qtbot):
    heard: list[str] = []
    form["quantity"].changed.connect(lambda: heard.append("changed"))
    form["quantity"].left.connect(lambda: heard.append("left"))
    form["quantity"].entered.connect(lambda: heard.append("entered"))
    form["quantity"].focus_in()
    type_text("12")
    press(ENTER)

    assert heard == ["changed", "changed", "left", "entered"]


def test_initials_and_enter_pick_a_record_by_its_id(form, desk):
    form["ingredient"].focus_in()
    type_text("dbc")
    press(ENTER)

    assert form["ingredient"].typed() == "大白菜"
    assert desk.show(desk.ledger("food_purchase"), "ingredient", form["ingredient"].read()) == "大白菜"


def test_enter_takes_none_of_two_that_fit_alike(form):
    form["category"].focus_in()
    type_text("g")
    (chooser,) = form.window.findChildren(Chooser)
    assert [one.name for one in chooser.choices()] == ["水果", "菌菇干货", "食品相关产品"]
    assert chooser.current() is None
    press(ENTER)

    assert form["category"].typed() == "g"


def test_an_input_method_finds_a_record_by_its_characters(form):
    form["ingredient"].focus_in()
    commit("胡萝")
    press(TAB)

    assert form["ingredient"].typed() == "胡萝卜"


def test_a_click_on_a_choice_takes_it(form, qtbot):
    form["ingredient"].focus_in()
    type_text("jt")
    (chooser,) = form.window.findChildren(Chooser)
    with qtbot.waitSignal(form["ingredient"].left):
        qtbot.mouseClick(chooser, Qt.MouseButton.LeftButton, pos=QPoint(60, 45))

    assert form["ingredient"].typed() == chooser.choices()[1].name
    assert not chooser.isVisible()


def test_the_chevron_shows_all_choices(form, qtbot):
    editor = form["category"]
    qtbot.mouseClick(editor, Qt.MouseButton.LeftButton, pos=QPoint(editor.width() - 12, 12))

    (chooser,) = form.window.findChildren(Chooser)
    assert chooser.isVisible()
    assert chooser.choices()


def test_a_field_left_without_enter_closes_its_choices(form):
    form["ingredient"].focus_in()
    type_text("jt")
    form["quantity"].focus_in()

    assert not any(one.isVisible() for one in form.window.findChildren(Chooser))


def test_nothing_found_offers_to_make_it_new(form):
    heard: list[tuple[str, str]] = []
    form["ingredient"].new_wanted.connect(lambda target, name: heard.append((target, name)))
    form["ingredient"].focus_in()
    type_text("zzz")
    (chooser,) = form.window.findChildren(Chooser)
    assert chooser.choices() == ()
    press(Key.Key_N, with_=ALT)

    assert heard == [("ingredient", "zzz")]


def test_what_was_typed_of_a_name_is_told_by_characters_or_initials():
    assert matched("鸡腿菇", "jtg", "jt") == (0, 2)
    assert matched("大白菜", "dbc", "白") == (1, 1)
    assert matched("鸡蛋", "jd", "x") == (0, 0)


def test_a_day_shows_its_weekday_and_a_typed_one_is_told_at_once(form):
    form["bought_on"].set_value(date(2026, 11, 20))
    assert form["bought_on"].note() == "周五"
    form["bought_on"].focus_in()
    type_text("11-21")

    assert form["bought_on"].note() == "周六"


def test_the_month_of_days_is_walked_by_keys_and_enter_takes_the_day(form):
    form["bought_on"].set_value(date(2026, 11, 20))
    form["bought_on"].focus_in()
    press(Key.Key_Down, with_=ALT)
    (grid,) = form.window.findChildren(DayGrid)
    assert grid.isVisible()
    press(Key.Key_Right, Key.Key_PageUp, ENTER)

    assert form["bought_on"].typed() == "2026-10-21"
    assert not grid.isVisible()


def test_the_last_day_of_a_month_stays_inside_the_next_one(qtbot, theme):
    window = QWidget()
    qtbot.addWidget(window)
    grid = DayGrid(theme, window)
    grid.offer(date(2026, 1, 31), date(2026, 11, 22))
    grid.take_key(Key.Key_PageDown)

    assert grid.current() == date(2026, 2, 28)


def test_a_refused_field_is_framed_until_it_is_acceptable(form):
    form["quantity"].set_refused(True)
    assert form["quantity"].refused()
    form["quantity"].set_refused(False)

    assert not form["quantity"].refused()


def test_a_computed_field_cannot_be_typed_into(form):
    form["amount"].set_value(Decimal("165.12"))
    form["amount"].focus_in()
    type_text("5")

    assert form["amount"].typed() == "165.12"


def test_the_unit_stands_inside_the_field_and_is_not_part_of_its_text(form):
    assert form["unit_price"].note() == "元"
    assert form["unit_price"].typed() == ""


def test_yes_and_no_are_ticked_with_space(qtbot, theme, desk):
    form = Form(qtbot, theme, desk, desk.ledger("ingredient"), "bulk")
    form["bulk"].focus_in()
    press(Key.Key_Space)
    assert form["bulk"].read() is True
    press(Key.Key_Space)

    assert form["bulk"].read() is False


def test_until_takes_for_ever(qtbot, theme, desk):
    form = Form(qtbot, theme, desk, desk.ledger("supplier"), "permit_until")
    form["permit_until"].focus_in()
    type_text("cq")
    press(ENTER)

    assert form["permit_until"].typed() == "长期"
    assert form["permit_until"].read() == date.max


def test_the_answers_to_a_checklist_are_ticked_item_by_item(qtbot, theme, desk):
    checks = desk.ledger("extinguisher_check")
    key = next(field.key for field in checks.fields if field.kind.name == "answers")
    form = Form(qtbot, theme, desk, checks, key)
    editor = form[key]
    editor.set_draft({checks.happened: datetime(2026, 11, 20).date()})
    editor.focus_in()
    press(Key.Key_Down, with_=ALT)
    (grid,) = form.window.findChildren(AnswersGrid)
    assert grid.isVisible()
    press(Key.Key_Down, Key.Key_X)
    type_text("指针在红区")
    press(Key.Key_Down, Key.Key_M)
    told = editor.typed()
    press(ENTER)

    assert told == "压力×（指针在红区）、铅封销—"
    assert editor.read() == told
    assert not grid.isVisible()


def test_escape_closes_what_is_offered_and_leaves_the_text(form):
    form["ingredient"].focus_in()
    type_text("jt")
    press(ESCAPE)

    assert form["ingredient"].typed() == "jt"
    assert not any(one.isVisible() for one in form.window.findChildren(Chooser))
