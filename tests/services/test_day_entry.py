"""A duty's period as a sheet: what is asked line by line, judged all at once, excepted, and saved as one act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from school_logistics.errors import Unreadable
from school_logistics.models.fields import Field
from school_logistics.rules.answers import ABNORMAL, NORMAL, NOT_APPLICABLE, Answer
from school_logistics.rules.calendar import Month
from school_logistics.rules.kinds import Amount, Choice, Flag, TimeOfDay
from school_logistics.services.day_entry import DayEntry, DaySheet
from school_logistics.services.desk import Desk
from school_logistics.services.entry_columns import (
    exempt_value,
    is_judgement,
    is_wrong,
    item_key,
    may_be_taken_over,
    normal_value,
    read_mark,
    wrong_values,
)
from school_logistics.services.entry_row import SheetRefused
from school_logistics.services.rows import Query
from tests.office import new_desk, write

NOVEMBER = Month(2026, 11)
PRESSURE, SEAL = item_key("answers", "压力"), item_key("answers", "铅封销")


class Clock:
    """A clock that is set by hand: files are begun in September, and it is a Friday in November."""

    now = datetime(2026, 9, 1, 9)

    def __call__(self) -> datetime:
        """The time."""
        return self.now


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """Three extinguishers, a warden, two cooks, and a looked-over October."""
    clock = Clock()
    made = new_desk(clock=clock)
    for name, post in (("钱乙", "宿管"), ("郑戊", "厨师"), ("周丁", "厨师")):
        write(made, "staff", name=name, post=post, health_until="2027-08-01")
    for number in ("A-1", "A-2", "A-3"):
        write(
            made, "fire_equipment", equipment_no=number, name="手提式干粉灭火器", model="MFZ/ABC4", rating="2A",
            place="东侧楼梯口", maker="海纳", made_on="2024-03", ccc_no=f"3C{number}", keeper="钱乙",
        )  # fmt: skip
    write(made, "retained_sample", taken_at="2026-09-01 08:30", meal="早餐", dish="包子", grams="130", sampler="郑戊")
    clock.now = datetime(2026, 11, 20, 15)
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def entry(desk: Desk) -> DayEntry:
    return DayEntry(desk)


def look(entry: DayEntry, key: str = "extinguisher_check", on: date = date(2026, 11, 20)) -> DaySheet:
    """The sheet of the period that holds a day."""
    ledger = entry.desk.ledger(key)
    covered = entry.covered(ledger, ledger.duties[0], NOVEMBER)
    place = next(at for at, one in enumerate(covered.columns) if one.first <= on <= one.last)
    return entry.open(covered, place)


@pytest.fixture
def november(entry: DayEntry) -> Iterator[DaySheet]:
    """November's look at the extinguishers, with the day and who looks; nothing is left of it afterwards."""
    acts = len(entry.desk.acts())
    opened = look(entry)
    opened.sheet.set_common("inspector", entry.desk.read(opened.sheet.ledger, "inspector", "钱乙"))
    yield opened
    entry.kept.drop(opened.name)
    while len(entry.desk.acts()) > acts and entry.desk.undoable().startswith("登记"):
        entry.desk.undo()
        acts += 2


# --- columns ----------------------------------------------------------------------------------------


def test_checklist_is_one_column_an_item_and_each_thing_a_line_in_the_order_of_the_file(november, desk):
    labels = [one.label for one in november.sheet.columns]
    shown = [desk.show(november.sheet.ledger, "equipment", row.filled["equipment"]) for row in november.sheet.rows]

    assert labels[:7] == ["器材编号", "位置", "压力", "铅封销", "瓶体", "喷管", "有效期"]
    assert shown == ["A-1", "A-2", "A-3"]
    assert not november.sheet.columns[0].writable
    assert "对应隐患" not in labels


def test_day_of_the_running_month_is_offered_and_who_looked_last_but_no_reading(november):
    assert november.sheet.common["checked_on"] == date(2026, 11, 20)
    assert [one.key for one in november.once] == ["checked_on", "inspector"]


@pytest.mark.parametrize(
    ("field", "offered"),
    [
        (Field("记录人", Choice(("甲", "乙")), carry=True), True),
        (Field("浓度", Amount(0, "mg/L"), carry=True), False),
        (Field("时间", TimeOfDay(), carry=True), False),
        (Field("备注", Choice(("甲",))), False),
    ],
)
def test_only_who_and_with_what_is_taken_over_to_a_new_day(field, offered):
    assert may_be_taken_over(field) is offered


def test_judgements_have_a_word_for_well_and_words_for_wrong():
    word = Field("结论", Choice(("合格", "不合格", "不适用")))
    box = Field("整洁", Flag(), default=True)
    area = Field("归口", Choice(("食堂", "公寓")))

    assert (normal_value(word), wrong_values(word), exempt_value(word)) == ("合格", ("不合格",), "不适用")
    assert (normal_value(box), wrong_values(box)) == (True, (False,))
    assert is_wrong(word, "不合格")
    assert not is_wrong(word, "不适用")
    assert not is_judgement(area)
    assert not is_judgement(Field("温度", Amount(1, "℃")))


def test_marks_are_read_as_they_are_typed():
    assert read_mark("压力", "1") == Answer(NORMAL)
    assert read_mark("压力", "x") == Answer(ABNORMAL)
    assert read_mark("压力", "免") == Answer(NOT_APPLICABLE)
    assert read_mark("压力", "×（指针在红区）") == Answer(ABNORMAL, None, "指针在红区")
    with pytest.raises(Unreadable):
        read_mark("压力", "下次再看")


# --- filling in -------------------------------------------------------------------------------------


def test_one_key_judges_what_is_not_judged_yet_and_fills_in_nothing_else(november):
    sheet = november.sheet
    sheet.write({1: {PRESSURE: "x"}})

    assert sheet.all_normal() == 3

    assert sheet.value(0, PRESSURE) == Answer(NORMAL)
    assert sheet.value(1, PRESSURE) == Answer(ABNORMAL)
    assert sheet.value(1, SEAL) == Answer(NORMAL)
    assert sheet.value(0, "action_taken") is None


def test_morning_check_judged_normal_still_wants_its_time(entry):
    sheet = look(entry, "morning_check").sheet

    sheet.all_normal()

    assert sheet.value(0, "attendance") == "出勤"
    assert sheet.value(0, "checked_at") is None
    with pytest.raises(SheetRefused):
        sheet.drafts()
    assert "checked_at" in sheet.rows[0].objections


def test_whoever_may_not_work_is_left_open_when_all_is_judged_normal(entry, desk):
    one = write(desk, "staff", name="何春华", post="打餐员", health_until="2026-11-10")
    sheet = look(entry, "morning_check").sheet
    line = next(at for at, row in enumerate(sheet.rows) if row.filled["person"] == one)

    assert sheet.all_normal() == len(sheet.rows) - 1

    assert sheet.value(line, "attendance") is None
    assert "何春华的健康证 2026-11-10 已到期" in sheet.rows[line].objections["attendance"].sentence
    assert sheet.held_back == [sheet.rows[line].objections["attendance"].sentence]
    assert line not in sheet.begun
    assert sheet.take_back()
    assert not sheet.begun
    desk.undo()


def test_exception_demands_at_once_that_its_line_says_what_was_wrong(november):
    sheet = november.sheet
    sheet.all_normal()

    sheet.write({2: {PRESSURE: "x"}})

    assert sheet.rows[2].objections["problem"].sentence == "有不正常的项，要写明存在问题"
    assert not sheet.rows[1].objections


def test_line_judged_in_part_is_not_saved_as_if_the_rest_were_normal(november, entry):
    november.sheet.write({0: {PRESSURE: "√"}})

    with pytest.raises(SheetRefused) as refused:
        entry.save(november)

    assert refused.value.rows == (0,)
    assert november.sheet.rows[0].objections[SEAL].sentence == "「铅封销」还没有判断：√、× 或 —"
    assert november.sheet.value(0, PRESSURE) == Answer(NORMAL)


def test_what_every_line_lacks_is_asked_for_once(november, entry):
    november.sheet.set_common("inspector", None)
    november.sheet.all_normal()
    with pytest.raises(SheetRefused):
        entry.save(november)

    assert november.sheet.wanting_everywhere(["checked_on", "inspector"]) == ["inspector"]
    assert not any(row.objections for row in november.sheet.rows)


def test_everything_is_saved_as_one_act_with_the_hazard_and_taken_back_as_one(november, entry, desk):
    checks, hazards = desk.ledger("extinguisher_check"), desk.ledger("hazard")
    before = desk.count(hazards, Query())
    november.sheet.all_normal()
    november.sheet.write({1: {PRESSURE: "x", "problem": "指针在红区"}})

    assert entry.save(november) == 3

    assert desk.undoable() == "登记 灭火器月检：11月 11-01至11-30 3 行"
    told = [dict(zip((f.key for f in checks.fields), row.values, strict=True))["answers"]
            for row in desk.first_page(checks, Query(NOVEMBER))]  # fmt: skip
    assert told == ["全部正常", "压力×", "全部正常"]
    assert desk.count(hazards, Query()) == before + 1
    desk.undo()
    assert desk.count(checks, Query(NOVEMBER)) == 0
    assert desk.count(hazards, Query()) == before


def test_record_that_stands_is_changed_in_place_and_shared_values_leave_it_alone(november, entry, desk):
    november.sheet.all_normal()
    entry.save(november)
    again = look(entry).sheet
    one = again.rows[0].id

    again.set_common("inspector", None)
    again.write({0: {SEAL: "m"}})

    assert again.rows[0].filled["inspector"] is not None
    assert again.begun == [0]
    again.save("登记 改一格")
    assert desk.draft(again.ledger, one)["answers"] == "铅封销—"


def test_half_filled_sheet_waits_on_its_day_and_is_forgotten_once_saved(november, entry):
    november.sheet.write({0: {PRESSURE: "x", "problem": "指针在红区"}, 1: {"checked_on": "没有这一天"}})
    entry.keep(november)

    again = look(entry)

    assert again.kept == 2
    assert again.sheet.value(0, PRESSURE) == Answer(ABNORMAL)
    assert again.sheet.rows[1].typed == {"checked_on": "没有这一天"}
    assert again.sheet.common["inspector"] == november.sheet.common["inspector"]
    again.sheet.write({1: {"checked_on": ""}})
    again.sheet.all_normal()
    entry.save(again)
    assert look(entry).kept == 0


def test_steps_are_taken_back_one_by_one(november):
    sheet = november.sheet
    sheet.write({0: {PRESSURE: "x"}})
    sheet.all_normal()

    assert sheet.take_back()
    assert sheet.value(1, PRESSURE) is None
    assert sheet.value(0, PRESSURE) == Answer(ABNORMAL)
    assert sheet.take_back()
    assert not sheet.begun


def test_time_of_a_sample_is_typed_as_the_clock_shows_it(entry, desk):
    write(desk, "menu_dish", served_on="2026-11-19", meal="午餐", dish="红烧肉")
    sheet = look(entry, "retained_sample", date(2026, 11, 19)).sheet

    sheet.set_common("taken_at", sheet.read("taken_at", "11:40"))
    sheet.write({0: {"grams": "130"}})

    assert sheet.rows[0].filled["taken_at"] == datetime(2026, 11, 19, 11, 40)
    assert sheet.text(0, "taken_at") == "11:40"
    assert (sheet.rows[0].filled["meal"], sheet.rows[0].filled["dish"]) == ("午餐", "红烧肉")


def test_time_in_a_line_goes_before_the_one_above_the_lines(entry, desk):
    write(desk, "menu_dish", served_on="2026-11-18", meal="午餐", dish="白菜豆腐")
    sheet = look(entry, "retained_sample", date(2026, 11, 18)).sheet
    sheet.write({0: {"taken_at": "1105", "grams": "130"}})
    with pytest.raises(SheetRefused):
        sheet.drafts()

    assert sheet.rows[0].filled["taken_at"] == datetime(2026, 11, 18, 11, 5)
    assert sheet.text(0, "taken_at") == "11:05"
    assert sheet.wanting_everywhere(["taken_at", "sampler"]) == ["sampler"]
    sheet.set_common("taken_at", sheet.read("taken_at", "11:40"))
    assert sheet.text(0, "taken_at") == "11:05"


def test_what_the_rules_ask_of_those_who_came_is_asked_for_above_the_lines(entry):
    wanted = {one.label for one in look(entry, "morning_check").once if one.required}

    assert "晨检时间" in wanted


def test_who_checked_is_taken_over_from_the_same_duty_alone(entry, desk):
    ledger = desk.ledger("inspection")
    for name in ("冯清", "褚卫"):
        write(desk, "staff", name=name, post="宿管")
    duty = next(one for one in ledger.duties if one.label == "每日食品安全检查")
    write(desk, "inspection", checked_on="2026-11-18", checklist="食堂每日食品安全检查", answers="√", inspector="冯清")
    write(desk, "inspection", checked_on="2026-11-19", checklist="食堂月度检查评分", answers="√", inspector="褚卫")
    covered = entry.covered(ledger, duty, NOVEMBER)
    place = next(at for at, one in enumerate(covered.columns) if one.first == date(2026, 11, 20))

    proposed = entry.open(covered, place).sheet.common["inspector"]

    desk.undo()
    desk.undo()
    assert desk.show(ledger, "inspector", proposed) == "冯清"


def test_units_are_gone_round_once_in_the_morning_and_once_in_the_afternoon(entry, desk):
    for name in ("1号柜", "2号柜"):
        write(desk, "cold_unit", name=name, kind="冷藏", place="备餐间")
    sheet = look(entry, "cold_temperature").sheet

    def rounds():
        return [(sheet.text(row, "unit"), sheet.text(row, "shift")) for row in range(len(sheet.rows))]

    everything = [("1号柜", "上午"), ("2号柜", "上午"), ("1号柜", "下午"), ("2号柜", "下午")]
    assert rounds() == everything
    sheet.write({2: {"read_at": "14:30", "celsius": "3.5", "recorder": "钱乙"}})
    sheet.save("登记")
    sheet = look(entry, "cold_temperature").sheet
    desk.undo()
    assert rounds() == everything
    assert sheet.rows[2].id is not None


def test_line_may_stay_blank_where_all_others_share_a_value(entry):
    sheet = look(entry, "morning_check").sheet
    sheet.set_common("checked_at", sheet.read("checked_at", "6:40"))
    sheet.write({0: {"attendance": "病假", "checked_at": ""}, 1: {"attendance": "出勤"}})

    assert sheet.rows[0].filled["checked_at"] is None
    assert sheet.text(1, "checked_at") == "06:40"
