"""The small parts of every page: pressed by mouse and keys, named for screen readers, never cut silently."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from school_logistics.ui.buttons import Button, ButtonRow, Look
from school_logistics.ui.chips import Badge, Chip, State
from school_logistics.ui.empty_page import EmptyPage, Way
from school_logistics.ui.message_bar import MessageAction, MessageBar
from school_logistics.ui.month_picker import MonthPicker, PeriodGrid, Unit
from school_logistics.ui.parts import SegmentedBar, ShortWords, StatusLine, ThinBar, Words
from school_logistics.ui.theme import Theme, Type
from tests.ui.typing import ENTER, ESCAPE, Key, press


@pytest.fixture
def page(qtbot, theme):
    """A window to put parts into."""
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window)
    window.resize(900, 400)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


def put(page: QWidget, *parts: QWidget) -> None:
    layout = page.layout()
    assert layout is not None
    for part in parts:
        layout.addWidget(part)
        part.show()


@pytest.mark.parametrize("look", list(Look))
def test_a_button_is_pressed_by_mouse_space_and_enter(qtbot, theme, page, look: Look):
    pressed: list[bool] = []
    button = Button(theme, "打印本表", icon="printer", look=look, key="Ctrl+P")
    button.clicked.connect(lambda: pressed.append(True))
    put(page, button)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    button.setFocus()
    press(Key.Key_Space, ENTER)
    page.grab()

    assert len(pressed) == 3
    assert button.accessibleName() == "打印本表"
    assert "Ctrl+P" in button.toolTip()


def test_a_disabled_button_cannot_be_pressed(qtbot, theme, page):
    pressed: list[bool] = []
    button = Button(theme, "撤销", icon="undo-2", look=Look.ICON)
    button.clicked.connect(lambda: pressed.append(True))
    put(page, button)
    button.setEnabled(False)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    page.grab()

    assert pressed == []


@pytest.mark.parametrize("percent", [90, 100, 150, 200])
def test_a_button_is_wide_enough_for_its_words_at_every_size(qapp, percent: int):
    theme = Theme(percent=percent)
    button = Button(theme, "填入教体局表", icon="file-spreadsheet", look=Look.PRIMARY, key="Ctrl+E")
    words = theme.metrics().horizontalAdvance("填入教体局表") + theme.metrics(Type.QUIET).horizontalAdvance("Ctrl+E")

    assert button.sizeHint().width() >= words + theme.sizes.icon
    assert button.sizeHint().height() >= theme.sizes.min_target


def test_quiet_buttons_fold_to_their_icons_and_keep_their_names(qtbot, theme):
    quiet = Button(theme, "导入", icon="file-up", key="Ctrl+O")
    bordered = Button(theme, "打印本表", icon="printer", look=Look.BORDERED)
    row = ButtonRow(theme, (quiet, bordered))
    qtbot.addWidget(row)
    wide = quiet.sizeHint().width()
    row.set_compact(True)

    assert quiet.sizeHint().width() < wide
    assert quiet.accessibleName() == "导入"
    assert quiet.toolTip() == "导入　Ctrl+O"
    assert bordered.sizeHint().width() > wide


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_a_shape_a_word_and_room_for_both(qtbot, theme, page, state: State):
    chip = Chip(theme, state, "过期 22 天")
    put(page, chip)
    chip.grab()

    assert chip.accessibleName() == "过期 22 天"
    assert chip.sizeHint().width() > theme.metrics(Type.QUIET).horizontalAdvance("过期 22 天") + theme.sizes.icon_small


def test_a_badge_without_a_word_takes_no_room(theme, qtbot):
    badge = Badge(theme)
    qtbot.addWidget(badge)
    assert badge.sizeHint().width() == 0
    badge.set_badge("缺 3", "late")

    assert badge.sizeHint().width() > 0
    assert badge.accessibleName() == "缺 3"


def test_the_month_picker_goes_over_the_end_of_the_year(qtbot, theme, page):
    picker = MonthPicker(theme, 2026, 12)
    put(page, picker)
    with qtbot.waitSignal(picker.picked) as picked:
        picker.step(1)

    assert picked.args == [2027, 1]
    assert picker.month() == (2027, 1)


def test_the_arrows_of_the_month_picker_are_pressed_by_mouse(qtbot, theme, page):
    picker = MonthPicker(theme, 2026, 11)
    put(page, picker)
    with qtbot.waitSignal(picker.picked) as picked:
        qtbot.mouseClick(picker.childAt(QPoint(5, 5)), Qt.MouseButton.LeftButton)

    assert picked.args == [2026, 10]


def test_a_month_is_picked_from_the_grid_by_keys(qtbot, theme, page):
    picker = MonthPicker(theme, 2026, 11)
    put(page, picker)
    picker.open_grid()
    (grid,) = picker.findChildren(PeriodGrid)
    grid.activateWindow()
    press(Key.Key_Left, Key.Key_Up)
    with qtbot.waitSignal(picker.picked) as picked:
        press(ENTER)

    assert picked.args == [2026, 6]


def test_a_school_year_is_named_by_both_its_years(qtbot, theme, page):
    picker = MonthPicker(theme, 2025, unit=Unit.SCHOOL_YEAR)
    put(page, picker)
    picker.step(1)
    page.grab()

    assert picker.month() == (2026, 1)


def test_a_message_says_what_is_safe_and_offers_a_way_back(qtbot, theme, page):
    undone: list[bool] = []
    bar = MessageBar(theme)
    put(page, bar)
    bar.show_message(
        "已删除 4 行。",
        "回收站里一直在。",
        icon="trash-2",
        actions=(MessageAction("撤销", lambda: undone.append(True), "Ctrl+Z", bordered=True, icon="undo-2"),),
    )
    qtbot.mouseClick(bar.offers()[0], Qt.MouseButton.LeftButton)
    page.grab()

    assert bar.said() == "已删除 4 行。 回收站里一直在。"
    assert undone == [True]
    assert bar.height() == theme.sizes.message_bar


def test_a_message_stays_until_it_is_put_away_or_another_comes(qtbot, theme, page):
    bar = MessageBar(theme)
    put(page, bar)
    bar.show_message("一", tone="soon", actions=(MessageAction("看", lambda: None),))
    bar.show_message("二", tone="late")
    assert bar.said() == "二"
    assert bar.offers() == ()
    with qtbot.waitSignal(bar.closed):
        bar.dismiss()

    assert bar.said() == ""


def test_the_empty_page_is_read_and_its_ways_are_taken_by_number_key_or_mouse(qtbot, theme, page):
    taken: list[str] = []
    ways = (
        Way("pencil", "直接在上面第一行打字", "Enter", lambda: taken.append("type")),
        Way("file-up", "从 Excel 导入", "Alt+2", lambda: taken.append("import")),
    )
    empty = EmptyPage(theme, "flask-conical", "11 月还没有快检记录", ["本月 15 个供餐日都应有记录。"], ways)
    put(page, empty)
    assert empty.press(2)
    assert not empty.press(3)
    empty.findChildren(QWidget)[-1].setFocus()
    press(ENTER)
    page.grab()

    assert taken == ["import", "import"]


def test_the_status_line_says_the_last_thing_and_offers_to_take_it_back(qtbot, theme, page):
    undone: list[bool] = []
    line = StatusLine(theme)
    put(page, line)
    line.say("已存第 211 行 鸡胸 40.00 公斤", "ok", action="撤销", run=lambda: undone.append(True), key="Ctrl+Z")
    line.set_place("第 212 行 · 品名")
    line.set_safe("已备份 昨天 16:58 · 已验证")
    (button,) = [one for one in line.findChildren(Button) if one.isVisible()]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    line.say("数量没有填", "late")
    page.grab()

    assert undone == [True]
    assert line.said() == "数量没有填"
    assert not button.isVisible()


def test_words_that_do_not_fit_end_in_an_ellipsis_and_tell_all_in_the_tool_tip(qtbot, theme):
    box = QWidget()
    qtbot.addWidget(box)
    row = QHBoxLayout(box)
    words = ShortWords(theme, "带骨冷冻去皮鸡小腿（一级、散装、每袋二十五公斤装）")
    row.addWidget(words)
    box.resize(120, 40)
    with qtbot.waitExposed(box):
        box.show()
    box.grab()

    assert words.toolTip() == words.text()
    box.resize(900, 40)
    box.grab()
    assert words.toolTip() == ""


def test_words_keep_their_ink_on_any_ground_and_follow_the_theme(qtbot, theme):
    words = Words(theme, "单位", kind=Type.QUIET, color="ink3")
    qtbot.addWidget(words)
    assert words.palette().color(words.foregroundRole()).name().upper() == theme.tokens.ink3
    theme.set(dark=True)

    assert words.palette().color(words.foregroundRole()).name().upper() == theme.tokens.ink3


def test_the_parts_of_a_bar_fill_it_exactly(qtbot, theme, page):
    bar = SegmentedBar(theme)
    bar.resize(386, 12)
    bar.set_parts([(18, "ok_fill"), (0, "soon_fill"), (13, "c2"), (7, "late_fill")])
    bar.grab()

    spans = bar.spans()
    assert len(spans) == 3
    assert spans[0][0] == 0
    assert sum(width for _, width in spans) == 386


def test_a_share_beyond_the_whole_is_drawn_as_the_whole(qtbot, theme):
    bar = ThinBar(theme)
    qtbot.addWidget(bar)
    bar.resize(100, 14)
    bar.set_share(1.7, mark=2.0)
    picture = bar.grab().toImage()

    assert picture.pixelColor(50, 7).name().upper() == theme.tokens.c2


def test_dialogs_are_answered_by_the_recorder(messages):
    messages.file = Path("台账.xlsx")

    assert messages.open_file("导入", ()) == Path("台账.xlsx")
    assert messages.confirm("清除？", "不能撤销。", "清除")
    assert messages.asked == ["导入", "清除？"]


def test_escape_leaves_the_grid_of_months_without_picking(qtbot, theme, page):
    picker = MonthPicker(theme, 2026, 11)
    put(page, picker)
    picker.open_grid()
    (grid,) = picker.findChildren(PeriodGrid)
    grid.activateWindow()
    press(ESCAPE)

    assert picker.month() == (2026, 11)
    assert picker.findChildren(PeriodGrid) == []
