"""The import dialog as a clerk meets it: a workbook dropped, columns put right, cells mended, rows written once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from school_logistics.models.checks import Level
from school_logistics.rules.calendar import Month
from school_logistics.services.desk import Desk
from school_logistics.services.import_plan import Fate
from school_logistics.services.rows import Query
from school_logistics.ui.import_columns import LEFT_OUT
from school_logistics.ui.import_dialog import ImportDialog
from school_logistics.ui.import_steps import Step
from school_logistics.ui.jobs import Jobs
from school_logistics.ui.theme import Theme
from tests.office import ingredient, new_desk, supplier
from tests.ui.message_recorder import RecordedMessages
from tests.ui.page_stage import Stage, bring_up, click, live, wait_for
from tests.ui.typing import CONTROL, ENTER, ESCAPE, Key, focused, press, type_text

SAMPLES = Path(__file__).parents[1] / "samples"
HEAD = "采购日期,品名,类别,数量,单位,单价,供货单位,生产日期\n"
GOOD = "2026-11-10,土豆,蔬菜,31,公斤,4.85,绿源蔬菜配送中心,2026-11-09\n"
BAD = "2026-11-31,土豆,蔬菜,31,公斤,4.85,绿源蔬菜配送中心,2026-11-09\n"


@dataclass
class Bench:
    """A dialog over a window, and what it has told."""

    stage: Stage
    host: QWidget
    dialog: ImportDialog
    imported: list[str] = field(default_factory=list)
    months: list[object] = field(default_factory=list)

    def hear(self, sentence: str, _ledger: str, months: object) -> None:
        """Remember what came in."""
        self.imported.append(sentence)
        self.months.append(months)

    @property
    def desk(self) -> Desk:
        """The desk behind it."""
        return self.stage.office.desk


Opener = Callable[..., Bench]


@pytest.fixture
def desk() -> Iterator[Desk]:
    """An office that knows one supplier and one vegetable."""
    made = new_desk()
    supplier(made, "绿源蔬菜配送中心")
    ingredient(made)
    yield made
    made.store.close()


@pytest.fixture
def open_dialog(desk: Desk, theme: Theme, messages: RecordedMessages) -> Iterator[Opener]:
    """Opens import dialogs and closes them before the data file is closed."""
    opened: list[Bench] = []

    def open_one(file: Path | None, key: str = "food_purchase", jobs: Jobs | None = None) -> Bench:
        stage = Stage.over(desk, theme, messages, jobs)
        host = QWidget()
        bring_up(host, 1366, 768)
        dialog = ImportDialog(stage.around, stage.office.importer, desk.ledger(key), file, host)
        bench = Bench(stage, host, dialog)
        dialog.imported.connect(bench.hear)
        opened.append(bench)
        dialog.open()
        dialog.activateWindow()
        live(20)  # the file is read
        live(20)  # what was found is laid out
        return bench

    yield open_one
    for bench in opened:
        bench.dialog.close()
        bench.host.close()


def csv_of(folder: Path, *lines: str, name: str = "采购.csv", head: str = HEAD) -> Path:
    file = folder / name
    file.write_text(head + "".join(lines), encoding="utf-8")
    return file


def rows(desk: Desk, key: str = "food_purchase") -> int:
    return desk.count(desk.ledger(key), Query())


def test_a_clean_file_is_shown_as_it_will_be_written_and_written_once(open_dialog: Opener, tmp_path: Path):
    bench = open_dialog(csv_of(tmp_path, GOOD))
    dialog = bench.dialog

    assert dialog.frame.steps.step() is Step.WRITE
    assert dialog.frame.write.text() == "写入 1 行"
    assert rows(bench.desk) == 0
    press(ENTER, with_=CONTROL)

    assert rows(bench.desk) == 1
    assert bench.imported == ["导入 采购台账 1 行（采购.csv）：新增 1 行。"]
    assert bench.months == [(Month(2026, 11), Month(2026, 11))]
    assert not dialog.isVisible()
    bench.desk.undo()
    assert rows(bench.desk) == 0


def test_a_second_import_of_the_same_file_has_no_new_rows(open_dialog: Opener, tmp_path: Path):
    file = csv_of(tmp_path, GOOD)
    click(open_dialog(file).dialog.frame.write)

    again = open_dialog(file)

    assert again.dialog.frame.write.text() == "没有新的行"
    assert not again.dialog.frame.write.isEnabled()
    assert again.dialog.plan is not None
    assert again.dialog.plan.count(Fate.SAME) == 1


def test_a_bad_cell_is_named_and_its_row_left_out_by_the_button_that_says_so(open_dialog: Opener, tmp_path: Path):
    bench = open_dialog(csv_of(tmp_path, GOOD, BAD))
    dialog = bench.dialog

    line = dialog.frame.objections.current()
    assert line is not None
    assert line.objection.cell == "A3"
    assert "2026-11-31" in line.detail
    assert dialog.frame.steps.step() is Step.PROBLEMS
    assert dialog.frame.write.text() == "写入 1 行，留下 1 行"
    assert dialog.frame.sheets.chips[dialog.frame.sheets.now()].sheet.told == "1"
    assert dialog.frame.levels[Level.REFUSED].isChecked()
    click(dialog.frame.write)

    assert rows(bench.desk) == 1
    assert "1 行有错未导入" in bench.imported[0]


def test_rows_are_written_by_key_from_the_objections_too(open_dialog: Opener, tmp_path: Path):
    bench = open_dialog(csv_of(tmp_path, GOOD, BAD))
    assert bench.dialog.frame.objections.hasFocus()

    press(ENTER, with_=CONTROL)

    assert rows(bench.desk) == 1


def test_what_the_clerk_typed_is_not_said_to_stand_in_the_original(open_dialog: Opener, tmp_path: Path):
    bench = open_dialog(csv_of(tmp_path, GOOD, BAD))
    before = bench.dialog.frame.objections.current()
    press(Key.Key_1)
    line = focused()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    type_text("13.40")
    press(ENTER)
    live(20)

    after = bench.dialog.frame.objections.current()
    assert before is not None
    assert after is not None
    assert (before.written, after.written) == ("原表写「2026-11-31」", "这里改成「13.40」")


def test_records_that_come_along_are_told_with_their_ledgers(open_dialog: Opener, tmp_path: Path):
    bench = open_dialog(csv_of(tmp_path, GOOD.replace("绿源蔬菜配送中心", "新来的配送行")))

    assert bench.dialog.frame.safe.text().startswith("另外新建 1 条档案（供货商档案），资料待补。")


def test_a_cell_is_mended_in_place_by_keys_alone(open_dialog: Opener, tmp_path: Path):
    bench = open_dialog(csv_of(tmp_path, GOOD, BAD))
    dialog = bench.dialog
    assert dialog.frame.objections.hasFocus()

    press(Key.Key_1)
    editor = focused()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "2026-11-31"
    editor.selectAll()
    type_text("11.12")
    press(ENTER)
    live(20)

    assert dialog.plan is not None
    assert dialog.plan.refused == ()
    assert dialog.frame.write.text() == "写入 2 行"
    press(ENTER, with_=CONTROL)
    assert rows(bench.desk) == 2


def test_esc_in_the_cell_keeps_the_file_as_it_is(open_dialog: Opener, tmp_path: Path):
    bench = open_dialog(csv_of(tmp_path, BAD))
    press(Key.Key_1)
    type_text("1")

    press(ESCAPE)

    assert bench.dialog.isVisible()
    assert len(bench.dialog.plan.refused) == 1  # type: ignore[union-attr]  # it has a plan


def test_a_cell_that_may_be_blank_can_be_left_empty(open_dialog: Opener):
    bench = open_dialog(SAMPLES / "供货商档案.xls", "supplier")
    dialog = bench.dialog
    code = dialog.frame.objections.current()
    assert code is not None
    assert code.objection.cell == "C9"
    assert code.remedies == ("改这一格", "留空")

    press(Key.Key_2)
    live(20)

    assert dialog.plan is not None
    assert [one.cell for one in dialog.plan.refused] == ["H9"]
    assert dialog.plan.rows[-1].values["uscc"] is None
    assert dialog.frame.objections.hasFocus()  # to go on with the next one


def test_choosing_an_objection_shows_its_cell_and_choosing_a_row_its_objection(open_dialog: Opener, tmp_path: Path):
    lines = [GOOD.replace("31,公斤", f"{n},公斤") for n in range(1, 60)]
    bench = open_dialog(csv_of(tmp_path, *lines, BAD, *lines, BAD.replace("31,公斤", "77,公斤")))
    dialog = bench.dialog
    many = len(dialog.frame.objections.lines())

    assert many == 2
    assert dialog.frame.table.rows.row_at(dialog.frame.table.currentIndex().row()).number == 61  # type: ignore[union-attr]
    press(Key.Key_Down)
    assert dialog.frame.table.rows.row_at(dialog.frame.table.currentIndex().row()).number == 121  # type: ignore[union-attr]
    dialog.frame.table.setFocus()
    dialog.frame.table.go_to(59, "bought_on")

    line = dialog.frame.objections.current()
    assert line is not None
    assert line.objection.row == 59


def test_only_the_rows_with_objections_can_be_looked_at(open_dialog: Opener, tmp_path: Path):
    bench = open_dialog(csv_of(tmp_path, GOOD, BAD, GOOD.replace("31,公斤", "7,公斤")))
    dialog = bench.dialog
    assert dialog.plan is not None
    wrong = len([row for row in dialog.plan.rows if any(one.level is not Level.GAP for one in row.objections)])

    assert dialog.frame.table.rows.rowCount() == 3
    click(dialog.frame.only_wrong)

    assert dialog.frame.only_wrong.text() == f"只看有问题 {wrong}"
    assert dialog.frame.table.rows.rowCount() == wrong


def test_a_column_under_another_name_is_tinted_until_the_clerk_has_said_what_it_is(open_dialog: Opener, tmp_path: Path):
    head = HEAD.replace("供货单位", "送货的是谁")
    bench = open_dialog(csv_of(tmp_path, GOOD, head=head))
    dialog = bench.dialog
    unknown = next(row for row in dialog.frame.columns.rows if row.line.found.heading == "送货的是谁")

    assert unknown.line.open
    assert "送货的是谁" in dialog.frame.columns.note()
    assert dialog.plan is not None
    assert dialog.plan.rows[0].values["supplier"] is None
    unknown.field.choose("supplier")
    live(20)

    settled = next(row for row in dialog.frame.columns.rows if row.line.found.heading == "送货的是谁")
    assert not settled.line.open
    assert dialog.frame.columns.note() == ""
    assert dialog.plan.text(dialog.plan.rows[0], "supplier") == "绿源蔬菜配送中心"


def test_a_column_can_be_left_out_and_its_field_given_to_another(open_dialog: Opener, tmp_path: Path):
    bench = open_dialog(csv_of(tmp_path, GOOD))
    dialog = bench.dialog

    def row(heading: str):
        return next(one for one in dialog.frame.columns.rows if one.line.found.heading == heading)

    def planned(field: str) -> object:
        assert dialog.plan is not None
        return dialog.plan.rows[0].values[field]

    row("生产日期").field.choose(LEFT_OUT)
    live(20)
    assert planned("produced_on") is None
    assert row("生产日期").field.chosen() == LEFT_OUT
    row("单位").field.choose("specification")
    live(20)
    assert planned("specification") == "公斤"
    row("类别").field.choose("specification")
    live(20)

    assert planned("specification") == "蔬菜"
    assert row("单位").field.chosen() == LEFT_OUT


def test_the_menu_of_a_column_offers_every_field_and_none(open_dialog: Opener, tmp_path: Path):
    bench = open_dialog(csv_of(tmp_path, GOOD))
    field = bench.dialog.frame.columns.rows[0].field
    field.setFocus()

    press(Key.Key_Down)
    menu = QApplication.activePopupWidget()

    assert isinstance(menu, QMenu)
    assert "不导入这一列" in [action.text() for action in menu.actions()]
    assert len(field.options()) >= len(bench.desk.ledger("food_purchase").fields) - 2
    menu.close()


def test_what_was_mended_stays_mended_when_columns_are_read_anew(open_dialog: Opener, tmp_path: Path):
    bench = open_dialog(csv_of(tmp_path, BAD))
    dialog = bench.dialog
    dialog.frame.table.rows.mended.emit(dialog.plan.rows[0], "bought_on", "2026-11-12")  # type: ignore[union-attr]
    live(20)

    next(row for row in dialog.frame.columns.rows if row.line.found.heading == "生产日期").field.choose(LEFT_OUT)
    live(20)

    assert dialog.plan is not None
    assert str(dialog.plan.rows[0].values["bought_on"]) == "2026-11-12"
    assert dialog.plan.rows[0].values["produced_on"] is None


def test_a_field_the_file_has_no_column_for_can_be_typed_all_the_same(open_dialog: Opener, tmp_path: Path):
    bench = open_dialog(csv_of(tmp_path, "2026-11-10,鸡腿,禽肉,3,公斤,17.6,绿源蔬菜配送中心,2026-11-09\n"))
    dialog = bench.dialog
    click(dialog.frame.levels[Level.GAP])
    dialog.frame.objections.setFocus()
    line = next(one for one in dialog.frame.objections.lines() if one.objection.field == "quarantine_no")
    assert "没有" in line.detail

    dialog.frame.objections.take(line, 1)
    type_text("3702611120088")
    press(ENTER)
    live(20)

    assert dialog.plan is not None
    assert dialog.plan.rows[0].values["quarantine_no"] == "3702611120088"


def test_a_workbook_of_many_sheets_shows_each_with_its_objections(open_dialog: Opener):
    bench = open_dialog(SAMPLES / "食堂采购台账_2025-2026学年.xlsx")
    dialog = bench.dialog

    names = [chip.sheet.name for chip in dialog.frame.sheets.chips.values() if not chip.sheet.skipped]
    assert names[0] == "9月"
    assert len(names) == 12
    assert [chip.sheet.name for chip in dialog.frame.sheets.chips.values() if chip.sheet.skipped] == ["填表说明"]
    assert not dialog.frame.sheets.chips["填表说明"].isEnabled()
    dialog.frame.sheets.chips["9月"].setFocus()
    press(Key.Key_Right)

    assert dialog.frame.sheets.now() == "10月"
    assert dialog.frame.table.rows.row_at(0).sheet == "10月"  # type: ignore[union-attr]
    assert dialog.frame.write.text() == "写入 795 行"


def test_a_dropped_file_finds_its_ledger_and_the_clerk_may_change_it(open_dialog: Opener):
    bench = open_dialog(SAMPLES / "消防器材台账.xlsx", "food_purchase")
    dialog = bench.dialog

    assert dialog.ledger.key == "fire_equipment"
    assert dialog.frame.target.text() == "消防器材台账"
    dialog.frame.target.choose("supplier")
    live(20)

    assert dialog.ledger.key == "supplier"
    assert dialog.plan is not None
    assert dialog.plan.trouble
    assert "没有这本台账的内容" in dialog.frame.said()
    assert not dialog.frame.write.isEnabled()


def test_the_ledger_that_is_open_is_kept_when_it_fits_as_well(open_dialog: Opener):
    bench = open_dialog(SAMPLES / "校车与驾驶人.xlsx", "driver")

    assert bench.dialog.ledger.key == "driver"


def test_a_file_dropped_on_the_dialog_is_read(open_dialog: Opener, tmp_path: Path, messages: RecordedMessages):
    bench = open_dialog(csv_of(tmp_path, GOOD))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(SAMPLES / "供货商档案.xls"))])
    drop = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )

    bench.dialog.dropEvent(drop)
    live(20)

    assert bench.dialog.ledger.key == "supplier"


def test_without_a_file_the_dialog_asks_for_one_and_closes_when_none_is_chosen(
    open_dialog: Opener, tmp_path: Path, messages: RecordedMessages
):
    nothing = open_dialog(None)
    assert messages.asked[-1] == "导入到采购台账"
    assert not nothing.dialog.isVisible()

    messages.file = csv_of(tmp_path, GOOD)
    chosen = open_dialog(None)
    assert chosen.dialog.plan is not None
    assert len(chosen.dialog.plan.rows) == 1


def test_a_file_that_cannot_be_read_is_told_with_the_ways_on(open_dialog: Opener, tmp_path: Path, messages):
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04nothing")
    bench = open_dialog(broken)

    assert bench.dialog.frame.said() == "这个文件读不了"
    assert not bench.dialog.frame.write.isEnabled()
    messages.file = csv_of(tmp_path, GOOD)
    press(Key.Key_1, with_=Qt.KeyboardModifier.AltModifier)
    live(20)

    assert bench.dialog.frame.write.text() == "写入 1 行"


def test_the_problems_are_saved_as_a_workbook_cell_by_cell(open_dialog: Opener, tmp_path: Path, messages):
    bench = open_dialog(csv_of(tmp_path, GOOD, BAD))
    messages.file = tmp_path / "问题.xlsx"

    click(bench.dialog.frame.save_list)

    assert messages.asked[-1].endswith("采购_导入问题.xlsx")
    sheet = load_workbook(messages.file).active
    assert sheet is not None
    lines = list(sheet.iter_rows(min_row=3, values_only=True))
    assert lines[0][1] == "A3"
    assert lines[0][3:5] == ("要改", "2026-11-31")


def test_esc_closes_without_writing_but_asks_when_cells_were_mended(
    open_dialog: Opener, tmp_path: Path, messages: RecordedMessages
):
    bench = open_dialog(csv_of(tmp_path, BAD))
    dialog = bench.dialog
    dialog.frame.table.rows.mended.emit(dialog.plan.rows[0], "bought_on", "2026-11-12")  # type: ignore[union-attr]
    live(20)
    messages.consent = False

    press(ESCAPE)
    assert dialog.isVisible()
    messages.consent = True
    press(ESCAPE)

    assert not dialog.isVisible()
    assert rows(bench.desk) == 0


def test_f8_goes_on_to_the_next_sheet_with_objections(open_dialog: Opener, tmp_path: Path):
    bench = open_dialog(SAMPLES / "食堂采购台账_2025-2026学年.xlsx")
    dialog = bench.dialog
    click(dialog.frame.levels[Level.GAP])
    dialog.frame.objections.setFocus()
    press(Key.Key_End)
    live(20)

    press(Key.Key_F8)

    assert dialog.frame.sheets.now() == "10月"
    assert dialog.frame.objections.hasFocus()


def test_f6_goes_through_columns_rows_objections_and_buttons(open_dialog: Opener, tmp_path: Path):
    bench = open_dialog(csv_of(tmp_path, GOOD, BAD))
    dialog = bench.dialog
    assert dialog.frame.objections.hasFocus()
    order: list[object] = []
    for _ in range(4):
        press(Key.Key_F6)
        order.append(focused())

    assert order == [
        dialog.frame.write,
        dialog.frame.columns.rows[0].field,
        dialog.frame.table,
        dialog.frame.objections,
    ]


def test_reading_can_be_stopped_and_the_window_lives_meanwhile(open_dialog: Opener, tmp_path: Path):
    jobs = Jobs()
    lines = [GOOD.replace("31,公斤", f"{n},公斤") for n in range(1, 6000)]
    bench = open_dialog(csv_of(tmp_path, *lines), jobs=jobs)
    dialog = bench.dialog
    wait_for(dialog.frame.progress.isVisible)

    press(ESCAPE)
    wait_for(lambda: not dialog.frame.progress.isVisible())

    assert dialog.isVisible()
    assert rows(bench.desk) == 0
    wait_for(lambda: not jobs.busy())
    jobs.close()


def test_overlong_words_and_many_rows_do_not_widen_the_dialog(open_dialog: Opener, tmp_path: Path):
    long = GOOD.replace("绿源蔬菜配送中心", "很长的供货单位名称" * 12)
    bench = open_dialog(csv_of(tmp_path, *(long.replace("31,公斤", f"{n},公斤") for n in range(1, 300))))

    assert bench.dialog.width() <= 1366
    assert bench.dialog.frame.columns.width() <= bench.stage.theme.sizes.import_columns
    assert not bench.dialog.grab().isNull()


def test_nothing_but_the_dialog_opens_a_window_of_its_own(open_dialog: Opener, tmp_path: Path):
    before = {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()}
    bench = open_dialog(csv_of(tmp_path, GOOD, BAD))

    after = {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()}

    assert after - before == {bench.host, bench.dialog}
