"""The window as the clerk meets it: shell, tabs, commands, messages, undo, import, closing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from school_logistics.errors import StoreTrouble
from school_logistics.rules.calendar import Month
from school_logistics.settings import Settings
from school_logistics.ui.commands import COMMANDS, Do
from school_logistics.ui.ledgers_tab import LedgersTab
from school_logistics.ui.main_window import MainWindow
from school_logistics.ui.tab_button import FOLDS
from school_logistics.ui.table_view import RecordView
from school_logistics.ui.tabs import TABS
from tests.office import write
from tests.ui.office_window import QuietPage, Rooms
from tests.ui.typing import ALT, CONTROL, ESCAPE, SHIFT, Key, press, type_text


@pytest.fixture
def rooms(theme, desk, messages):
    opened = Rooms(theme, desk, messages)
    yield opened
    opened.close()


@pytest.fixture
def room(rooms):
    return rooms.open()


def test_shell_knows_nothing_of_ledgers_so_that_it_can_be_painted_at_once():
    ask = (
        "import sys, school_logistics.ui.main_window as _; "
        "print([one for one in sys.modules if one == 'sqlalchemy' or one.startswith("
        "('school_logistics.models', 'school_logistics.services'))])"
    )
    told = subprocess.run(
        [sys.executable, "-c", ask], capture_output=True, text=True, check=True, cwd=Path(__file__).resolve().parents[2]
    )

    assert told.stdout.strip() == "[]"


def test_program_ends_well_with_copied_cells_on_the_clipboard_and_leaves_their_text_there():
    go = (
        "from PySide6.QtWidgets import QApplication\n"
        "from school_logistics.models.ledger import Field\n"
        "from school_logistics.rules.kinds import Text\n"
        "from school_logistics.ui import clipboard\n"
        "app = QApplication([])\n"
        "clipboard.put_on([Field('品名', Text(30))] * 2, [['鸡腿', '64.7']])\n"
        "clipboard.let_go()\n"
        "print(clipboard.take_off())"
    )
    told = subprocess.run(
        [sys.executable, "-c", go], capture_output=True, text=True, check=True, encoding="utf-8",
        cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip

    assert told.stdout.strip() == "[['鸡腿', '64.7']]"


def test_shell_shows_the_school_and_every_tab_before_the_data_file_is_open(rooms):
    window = rooms.shell(Settings(school="明德路小学"))
    window.show()

    assert window.top.school.text() == "明德路小学"
    assert [tab.text() for tab in window.top.tabs.values()] == [tab.name for tab in TABS]
    assert not any(action.isEnabled() for action in window.commands.values())


def test_painting_the_shell_is_told_once(rooms, qtbot):
    window = rooms.shell()

    with qtbot.waitSignal(window.painted):
        window.show()


def test_keys_typed_before_the_data_file_is_open_are_not_lost(rooms):
    window = rooms.shell()
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    press(Key.Key_PageDown, with_=CONTROL)  # from the home page to the first tab with ledgers
    press(Key.Key_Tab)  # to the quantity, right of the ingredient and what follows from it
    type_text("7")

    rooms.furnish(window)

    page = window.page()
    assert isinstance(page, LedgersTab)
    assert page.page().ledger.key == "food_purchase"
    editor = QApplication.focusWidget()
    assert editor is not None
    assert editor.property("text") == "7"


def test_data_file_that_cannot_be_opened_is_told_in_the_window(rooms):
    window = rooms.shell()
    window.show()

    window.cannot_open(StoreTrouble("数据文件有损坏，已停止写入；请用最近的备份恢复。"))

    assert "数据没有打开" in window.status.said()
    assert window.close()


def test_tabs_are_walked_by_key_around_both_ends(room):
    visited = []
    for _ in range(len(TABS) + 1):
        press(Key.Key_PageDown, with_=CONTROL)
        visited.append(room.window.top.selected())

    assert visited == [tab.key for tab in (*TABS[1:], TABS[0], TABS[1])]
    press(Key.Key_PageUp, with_=CONTROL)
    assert room.window.top.selected() == TABS[0].key


def test_clicking_a_tab_shows_its_ledgers_with_the_keyboard_in_the_table(room, qtbot):
    qtbot.mouseClick(room.window.top.tabs["消防"], Qt.MouseButton.LeftButton)

    page = room.window.page()
    assert isinstance(page, LedgersTab)
    assert page.page().ledger.group == "消防"
    view = page.page().findChild(RecordView)
    assert view is not None
    assert view.hasFocus()


def test_ledger_is_stepped_through_by_alt_and_arrows(room):
    tab = room.tab("食堂")

    press(Key.Key_Down, with_=ALT)
    second = tab.page().ledger.key
    press(Key.Key_Up, with_=ALT)

    assert (second, tab.page().ledger.key) == (tab.ledgers[1].key, tab.ledgers[0].key)
    assert tab.page().table.view.hasFocus()


def test_month_is_one_for_all_ledgers(room):
    room.page("food_purchase")

    press(Key.Key_PageUp, with_=ALT)

    assert room.page("retained_sample").head.picker.month() == (2026, 10)
    assert room.window.page().list.items["food_purchase"].told() == "0"


def test_every_command_stands_in_the_menu_with_its_key(room):
    room.page("food_purchase")
    menu = room.window.menu()

    told = {action.text(): action.shortcut().toString() for action in menu.actions() if action.text()}

    expected = [command for command in COMMANDS if command.bound and command.do is not Do.MENU]
    assert list(told) == [command.words for command in expected]
    assert all(told.values())


def test_commands_that_mean_nothing_on_a_page_are_grey_there(room):
    room.other("报表打印")
    assert not room.window.commands[Do.DELETE].isEnabled()
    assert room.window.commands[Do.PRINT].isEnabled()

    room.page("food_purchase")
    assert room.window.commands[Do.NEW].isEnabled()


def test_f10_opens_the_menu(room):
    press(Key.Key_F10)

    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()


def test_page_in_front_does_a_command_in_its_own_way(room):
    page = room.other("报表打印")
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page.setFocus()

    press(Key.Key_P, with_=CONTROL)

    assert page.printed == 1


def test_printing_a_ledger_opens_its_form_in_the_print_room(room):
    room.page("food_purchase")

    press(Key.Key_P, with_=CONTROL)

    assert room.window.top.selected() == "报表打印"
    page = room.window.page()
    assert isinstance(page, QuietPage)
    assert [(code, month.iso) for code, month in page.forms] == [("C03", "2026-11")]


def test_f9_opens_the_print_room_as_it_was_left(room):
    room.page("food_purchase")

    press(Key.Key_F9)

    assert room.window.top.selected() == "报表打印"
    assert room.window.page().forms == []


def test_overdue_things_are_counted_on_their_tab_and_on_the_first_one(room, desk):
    write(desk, "certificate", kind="校方责任险", valid_until="2026-11-01")
    room.window._room.standing.refresh()

    assert room.window.top.tabs["保险综合"].badge() == "1"
    assert room.window.top.tabs["首页"].badge() == "1"
    assert room.window.top.tabs["首页"].accessibleDescription() == "1 件已过期"


def test_school_is_named_after_its_own_ledger(room):
    page = room.single("school")

    for key, typed in (
        ("name", "明德路小学"),
        ("school_code", "3137000001"),
        ("stage", "小学"),
        ("principal", "孙校长"),
        ("clerk", "赵甲子"),
    ):
        page.form.focus_field(key)
        type_text(typed)
    press(Key.Key_Return, with_=CONTROL)

    assert room.window.top.school.text() == "明德路小学"
    assert room.window.windowTitle() == "明德路小学 · 学校后勤台账"
    assert room.said() == "学校概况已存"


def test_undo_takes_back_the_latest_act_and_offers_to_do_it_again(room, desk):
    page = room.page("food_purchase")
    page.table.view.go(0, 1)
    page.delete()
    assert page.table.model.rows.stored == 2

    press(Key.Key_Z, with_=CONTROL)

    assert page.table.model.rows.stored == 3
    assert room.said() == "已撤销：删除 采购台账：大白菜"
    press(Key.Key_Y, with_=CONTROL)
    assert page.table.model.rows.stored == 2
    assert room.said() == "已重做：删除 采购台账：大白菜"


def test_undo_with_nothing_to_undo_says_so(room, desk):
    while desk.undoable():
        desk.undo()

    room.window.undo()

    assert room.told() == "没有可撤销的操作。"


def test_what_undo_would_take_back_is_named_on_its_buttons(room):
    page = room.page("food_purchase")
    room.window._room.standing.refresh()

    assert room.window.top.buttons[Do.UNDO].text() == "撤销：新增 采购台账：土豆"
    assert page.head.buttons[Do.UNDO].accessibleName() == "撤销：新增 采购台账：土豆"
    assert not page.head.buttons[Do.REDO].isEnabled()


def test_any_act_can_be_taken_back_from_the_list(room, desk):
    room.page("food_purchase")
    press(Key.Key_H, with_=CONTROL | SHIFT)
    acts = room.window.drawer.acts
    assert acts is not None
    assert acts.lines[0].hasFocus()

    press(Key.Key_Down, Key.Key_Return)

    assert room.said() == "已撤销：新增 采购台账：胡萝卜"
    assert [
        row.texts[1] for row in desk.first_page(desk.ledger("food_purchase"), room.page("food_purchase").query())
    ] == ["大白菜", "土豆"]


def test_act_that_others_stand_on_is_not_taken_back_and_the_reason_is_told(room):
    room.page("food_purchase")
    press(Key.Key_H, with_=CONTROL | SHIFT)
    acts = room.window.drawer.acts
    assert acts is not None
    needed = next(line for line in acts.lines if line.act.title == "新增 供货商档案：绿源蔬菜配送中心")

    needed.click()

    assert "采购台账" in room.told()


def test_message_goes_away_with_the_next_act_and_with_escape(room):
    page = room.page("food_purchase")
    page.table.view.go(0, 1)
    page.delete()
    assert room.told().startswith("已删除 1 条：大白菜。")

    page.table.view.go(0, 1)
    page.delete()
    assert room.told().startswith("已删除 1 条：胡萝卜。")
    room.window.setFocus()
    press(ESCAPE)

    assert room.told() == ""


def test_what_was_told_of_a_page_goes_away_with_it(room):
    page = room.page("food_purchase")
    page.table.view.go(0, 1)
    page.delete()
    room.tab("食堂").choose("supplier")
    assert room.told() == ""

    room.page("food_purchase").said.emit("还缺一项。", "late")
    room.window.do(Do.TAB_ON)

    assert room.said() == ""


def test_import_is_offered_for_the_ledger_in_front_and_can_be_taken_back(room):
    room.page("food_purchase")

    press(Key.Key_O, with_=CONTROL)
    dialog = room.dialogs.opened[0]
    dialog.imported.emit("已导入 1,046 行到采购台账。", "food_purchase", None)

    assert (dialog.ledger.key, dialog.file) == ("food_purchase", None)
    assert room.told() == "已导入 1,046 行到采购台账。 整批可以撤销，明天也可以。"
    assert [button.text() for button in room.window.bar.offers()] == ["撤销", "看做过的操作"]


def test_after_an_import_the_newest_month_that_came_in_is_shown_in_its_ledger(room):
    room.page("supplier")
    press(Key.Key_O, with_=CONTROL)

    months = (Month(2025, 9), Month(2026, 7))
    room.dialogs.opened[0].imported.emit("导入 采购台账 795 行。", "food_purchase", months)

    page = room.window.page()
    assert isinstance(page, LedgersTab)
    assert page.ledger_in_front() == "food_purchase"
    assert page.page().month() == Month(2026, 7)
    assert "2025-09 至 2026-07，现在看的是 2026年7月" in room.told()


def drop(window: MainWindow, path: str) -> bool:
    """Drag a file over the window and let it go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path)])
    action, button, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPointF(5, 5).toPoint(), action, data, button, plain)
    entering.setAccepted(False)
    window.dragEnterEvent(entering)
    if entering.isAccepted():
        window.dropEvent(QDropEvent(QPointF(5, 5), action, data, button, plain))
    return entering.isAccepted()


def test_workbook_dropped_on_a_ledger_is_imported_into_it(room):
    room.page("supplier")

    assert drop(room.window, "/usb/供货商.xls")

    dialog = room.dialogs.opened[0]
    assert (dialog.ledger.key, dialog.file and dialog.file.name) == ("supplier", "供货商.xls")


def test_file_that_is_no_workbook_is_not_taken(room):
    room.page("supplier")

    assert not drop(room.window, "/usb/照片.jpg")


def test_workbook_dropped_where_there_is_no_ledger_is_answered_with_what_to_do(room):
    room.other("首页")

    assert drop(room.window, "/usb/供货商.xlsx")

    assert room.dialogs.opened == []
    assert room.said() == "先打开要导入的那本台账，再把文件拖进来。"


def test_record_is_opened_under_its_tab_in_its_month_at_its_field(room, desk):
    one = write(desk, "food_purchase", bought_on="2026-09-07", ingredient="土豆", quantity="10", unit_price="2",
                supplier="绿源蔬菜配送中心", produced_on="2026-09-06")  # fmt: skip

    room.window.open_record("food_purchase", one, "unit_price")

    page = room.window.page().page()
    assert page.head.picker.month() == (2026, 9)
    assert (page.table.current().id, page.table.current_key()) == (one, "unit_price")
    assert page.table.view.hasFocus()


def test_record_that_is_gone_is_answered_with_a_sentence(room):
    room.window.open_record("food_purchase", 4711)

    assert "4711" in room.said()


def test_field_that_is_not_in_the_table_is_opened_in_the_form(room, desk):
    room.window.open_record("supplier", 1, "contract_no")

    page = room.window.page().page()
    assert page.form.current_key() == "contract_no"


def test_blank_row_is_begun_on_a_day_of_its_month(room):
    room.window.open_blank("food_purchase", "2026-10-09")

    page = room.window.page().page()
    assert page.head.picker.month() == (2026, 10)
    assert str(page.table.draft()["bought_on"]) == "2026-10-09"


def test_dark_and_type_size_are_set_at_once_and_kept(theme, rooms, desk, tmp_path, qtbot):
    room = rooms.open(Settings.read(tmp_path))
    room.page("food_purchase")
    press(Key.Key_Comma, with_=CONTROL)
    panel = room.window.drawer.settings
    assert panel is not None

    qtbot.mouseClick(panel.dark, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.percents[125], Qt.MouseButton.LeftButton)
    panel.actor.line.setFocus()
    type_text("钱乙")
    press(Key.Key_Return)

    kept = Settings.read(tmp_path)
    assert (theme.dark, theme.percent) == (True, 125)
    assert (kept.dark, kept.percent, kept.actor) == (True, 125, "钱乙")
    assert desk.actor == "钱乙"


def test_window_folds_in_order_as_it_gets_narrower(room):
    folds = []
    for width in (1366, 1150, 1000, 880, 560):
        room.window.resize(width, 700)
        QApplication.processEvents()
        folds.append(FOLDS.index(room.window.top.fold()))

    assert folds == sorted(folds)
    assert folds[0] == 0
    assert folds[-1] > 0
    assert all(tab.isVisible() for tab in room.window.top.tabs.values())


def test_ledger_list_folds_into_the_title_when_the_form_needs_the_room(room):
    tab = room.tab("食堂")
    room.window.resize(1100, 700)
    QApplication.processEvents()
    assert tab.list.isVisible()

    press(Key.Key_F4)
    assert not tab.list.isVisible()
    assert tab.page().head.title.opens()
    assert [one.text().split("　")[0] for one in tab.list_menu().actions() if one.text()] == [
        one.label for one in tab.ledgers
    ]

    press(Key.Key_F4)
    assert tab.list.isVisible()


def test_form_covers_the_table_where_the_window_is_narrow(room):
    page = room.page("food_purchase")
    room.window.resize(911, 512)
    QApplication.processEvents()

    press(Key.Key_F4)
    assert not page.table.isVisible()
    assert page.form.has_focus()

    press(Key.Key_F4)
    assert page.table.isVisible()
    assert page.table.view.hasFocus()


def test_f6_goes_from_list_to_table_to_form_and_round_again(room):
    page, tab = room.page("food_purchase"), room.tab("食堂")
    press(Key.Key_F4)
    where = []
    for _ in range(3):
        press(Key.Key_F6)
        where.append("list" if tab.list.has_focus() else "form" if page.form.has_focus() else "table")

    assert where == ["list", "table", "form"]


def test_half_typed_row_does_not_keep_the_window_open_and_is_there_again(rooms):
    room = rooms.open()
    room.page("food_purchase")
    type_text("dbc")
    press(Key.Key_Return)

    assert room.window.close()

    again = rooms.open().page("food_purchase")
    row = again.table.model.rows.stored
    assert again.table.model.rows.cell(row, 1).text == "大白菜"


def test_changed_row_that_is_refused_keeps_the_window_open_until_it_is_given_up(room, desk):
    page = room.page("food_purchase")
    page.table.view.go(0, page.table.model.rows.column_of("quantity"))
    type_text("很多")
    press(Key.Key_Return)

    assert not room.window.close()
    assert "采购台账还有 1 行没有存上" in room.told()

    room.window.bar.offers()[1].click()
    assert not room.window.isVisible()


def test_widths_and_order_of_columns_come_back(rooms, tmp_path):
    room = rooms.open(Settings.read(tmp_path))
    page = room.page("food_purchase")
    page.table.view.setColumnWidth(1, 222)
    room.window.close()

    again = rooms.open(Settings.read(tmp_path)).page("food_purchase")

    assert again.table.view.columnWidth(1) == 222


def test_settings_file_that_cannot_be_read_is_as_good_as_none(tmp_path):
    (tmp_path / "settings.json").write_text("{", encoding="utf-8")

    assert Settings.read(tmp_path) == Settings(tmp_path / "settings.json")
