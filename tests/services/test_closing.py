"""Closing a month: what is still open, the red line, and opening it again with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from school_logistics import catalogue
from school_logistics.errors import OfficeError, Unacceptable
from school_logistics.rules.calendar import Month
from school_logistics.services.closing import Closing
from school_logistics.services.desk import Desk
from school_logistics.services.importing import Importer
from school_logistics.services.month import MonthPack
from school_logistics.services.rows import Query
from school_logistics.services.signing import Signing
from tests.office import new_desk, purchase, write

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
FORMS = [form for form in catalogue.FORMS if form.code in {"C01", "C03"}]
OLD = {"bought_on": "2026-10-09", "produced_on": "2026-10-08"}


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    purchase(desk, **OLD)
    yield desk
    desk.store.close()


@pytest.fixture
def closing(desk: Desk) -> Closing:
    return Closing(desk, MonthPack(desk, FORMS))


def change(desk: Desk, key: str, one: int, **typed: str) -> None:
    """Type something else into a record."""
    ledger = desk.ledger(key)
    read = {field: desk.read(ledger, field, words) for field, words in typed.items()}
    desk.save(ledger, desk.draft(ledger, one) | read, one)


def test_what_is_still_open_is_listed_before_closing(desk: Desk, closing: Closing):
    found = closing.open_things(OCTOBER)

    assert [(one.label, one.rows) for one in found.late] == [("采购台账", 1)]
    assert [one.code for one in found.unsigned] == ["C01", "C03"]
    assert "U 盘" in found.backup
    assert found.lines[0].startswith("缺项")
    assert found.closed is None


def test_no_record_of_a_closed_month_is_added_changed_or_removed(desk: Desk, closing: Closing):
    closing.close(OCTOBER)
    ledger = desk.ledger("food_purchase")

    with pytest.raises(Unacceptable, match="2026年10月已经结账") as refused:
        purchase(desk, **OLD)
    assert [one.field for one in refused.value.objections] == ["bought_on"]
    with pytest.raises(Unacceptable, match="按“月结”重开"):
        change(desk, "food_purchase", 1, quantity="33")
    with pytest.raises(Unacceptable, match="已经结账"):
        change(desk, "food_purchase", 1, bought_on="2026-11-09", produced_on="2026-11-08")
    with pytest.raises(Unacceptable, match="已经结账"):
        desk.remove(ledger, [1])
    assert desk.count(ledger, Query(OCTOBER)) == 1
    assert purchase(desk) == 2, "another month goes on"
    with pytest.raises(Unacceptable, match="已经结账"):
        change(desk, "food_purchase", 2, bought_on="2026-10-20", produced_on="2026-10-19")


def test_nothing_is_undone_or_done_again_into_a_closed_month(desk: Desk, closing: Closing):
    change(desk, "food_purchase", 1, quantity="33")
    desk.undo()
    closing.close(OCTOBER)

    with pytest.raises(Unacceptable, match="已经结账"):
        desk.redo()
    with pytest.raises(Unacceptable, match="已经结账"):
        desk.undo()

    closing.reopen(OCTOBER, "审计要求更正数量")
    assert desk.redo() == "已重做：修改 采购台账：土豆"


def test_rows_of_a_closed_month_are_refused_in_an_import_and_the_others_taken(
    desk: Desk, closing: Closing, tmp_path: Path
):
    closing.close(OCTOBER)
    file = tmp_path / "采购.csv"
    file.write_text(
        "采购日期,品名,类别,数量,单价,供货单位,生产日期\n2026-10-10,土豆,蔬菜,12.5,2.6,绿源蔬菜配送中心,2026-10-09\n"
        "2026-11-10,土豆,蔬菜,10,2.6,绿源蔬菜配送中心,2026-11-09\n",
        encoding="utf-8",
    )
    importer = Importer(desk)
    plan = importer.plan(desk.ledger("food_purchase"), file)

    assert [(one.cell, one.field) for one in plan.refused] == [("A2", "bought_on")]
    assert "已经结账" in plan.refused[0].reason
    assert importer.commit(plan, skip_refused=True).added == 1


def test_an_import_planned_before_the_closing_is_refused_when_it_is_written(
    desk: Desk, closing: Closing, tmp_path: Path
):
    file = tmp_path / "采购.csv"
    file.write_text(
        "采购日期,品名,类别,数量,单价,供货单位,生产日期\n2026-10-10,土豆,蔬菜,12.5,2.6,绿源蔬菜配送中心,2026-10-09\n",
        encoding="utf-8",
    )
    importer = Importer(desk)
    plan = importer.plan(desk.ledger("food_purchase"), file)
    closing.close(OCTOBER)
    with pytest.raises(Unacceptable, match="已经结账"):
        importer.commit(plan)


def test_what_is_written_later_by_its_nature_can_still_be_written(desk: Desk, closing: Closing):
    for name in ("孙己", "李丙"):
        write(desk, "staff", name=name, post="保安")
    one = write(
        desk, "hazard", found_on="2026-10-20", place="门厅", category="消防", description="应急灯不亮",
        corrective_action="换电池", owner="孙己",
    )  # fmt: skip
    closing.close(OCTOBER)

    change(
        desk, "hazard", one, fixed_on="2026-11-03", verified_by="李丙", verified_on="2026-11-04", verification="合格"
    )

    with pytest.raises(Unacceptable, match="已经结账"):
        change(desk, "hazard", one, description="应急灯松动")


def test_the_answers_of_a_check_in_a_closed_month_are_closed_with_it(desk: Desk, closing: Closing):
    write(desk, "staff", name="孙己", post="保安")
    write(
        desk,
        "fire_equipment",
        equipment_no="MH-001",
        name="手提式干粉灭火器",
        model="MFZ/ABC4",
        place="一楼",
        quantity="1",
        made_on="2025-03",
        keeper="孙己",
    )
    one = write(
        desk, "extinguisher_check", checked_on="2026-10-08", equipment="MH-001", answers="全部正常", inspector="孙己"
    )
    change(desk, "extinguisher_check", one, answers="压力×", problem="指针在红区", action_taken="已换新")
    closing.close(OCTOBER)

    with pytest.raises(Unacceptable, match="已经结账"):
        desk.undo()


def test_files_kept_up_to_date_know_no_closed_month(desk: Desk, closing: Closing):
    closing.close(OCTOBER)
    change(desk, "supplier", 1, phone="13800000009")


def test_a_month_that_is_not_over_or_closed_already_cannot_be_closed(closing: Closing):
    with pytest.raises(OfficeError, match="还没有过完"):
        closing.close(NOVEMBER)
    closing.close(OCTOBER)
    with pytest.raises(OfficeError, match="已经结过账"):
        closing.close(OCTOBER)


def test_reopening_wants_a_reason_and_both_acts_stand_in_the_trail(desk: Desk, closing: Closing):
    with pytest.raises(OfficeError, match="没有结账"):
        closing.reopen(OCTOBER, "看错")
    closing.close(OCTOBER)
    with pytest.raises(OfficeError, match="要写明原因"):
        closing.reopen(OCTOBER, " ")
    closing.reopen(OCTOBER, "审计要求")

    assert [(one.closed, one.reason) for one in closing.acts(OCTOBER)] == [
        (True, "还缺 0 处，补录 1 条，未签字 2 张"), (False, "审计要求"),
    ]  # fmt: skip
    assert [one.title for one in desk.acts(2)] == ["重开 2026年10月：审计要求", "月结 2026年10月"]
    assert closing.months() == frozenset()
    assert desk.trail_is_whole()
    change(desk, "food_purchase", 1, quantity="33")


def test_a_closed_month_can_be_printed_and_signed(desk: Desk, closing: Closing):
    closing.close(OCTOBER)
    assert Signing(desk, MonthPack(desk, FORMS)).print_forms(OCTOBER, ["C03"])[0].new


def test_months_are_closed_in_their_order_and_reopened_from_the_last(desk: Desk, closing: Closing):
    purchase(desk, bought_on="2026-08-31", produced_on="2026-08-30")
    purchase(desk, bought_on="2026-09-09", produced_on="2026-09-08")

    with pytest.raises(OfficeError, match=r"2026年8月、2026年9月有记录，还没有结账.*请先结2026年8月"):
        closing.close(OCTOBER)
    for month in (Month(2026, 8), Month(2026, 9), OCTOBER):
        closing.close(month)

    with pytest.raises(OfficeError, match=r"2026年10月在它后面已经结账.*请先重开2026年10月"):
        closing.reopen(Month(2026, 9), "看错")
    closing.reopen(OCTOBER, "看错")
    closing.reopen(Month(2026, 9), "看错")
    assert closing.months() == {Month(2026, 8)}


def test_nothing_is_entered_before_a_closed_month_which_would_change_what_it_began_with(desk: Desk, closing: Closing):
    closing.close(OCTOBER)
    with pytest.raises(Unacceptable, match="2026年9月在已经结账的2026年10月以前"):
        purchase(desk, bought_on="2026-09-09", produced_on="2026-09-08")


def test_a_rule_is_not_changed_back_into_a_closed_month(desk: Desk, closing: Closing):
    closing.close(OCTOBER)
    told = {"rule": "late_entry.school_days", "value": "30", "reason": "局里有文"}

    with pytest.raises(Unacceptable, match="2026-11-01 或以后") as refused:
        write(desk, "rule_change", valid_from="2026-10-31", **told)
    assert [one.field for one in refused.value.objections] == ["valid_from"]
    one = write(desk, "rule_change", valid_from="2026-11-01", **told)
    with pytest.raises(Unacceptable, match="已经结账"):
        change(desk, "rule_change", one, valid_from="2026-09-01")


def test_the_deadline_of_a_hazard_of_a_closed_month_is_not_moved(desk: Desk, closing: Closing):
    write(desk, "staff", name="孙己", post="保安")
    one = write(
        desk, "hazard", found_on="2026-10-20", place="门厅", category="消防", description="应急灯不亮",
        corrective_action="换电池", owner="孙己",
    )  # fmt: skip
    closing.close(OCTOBER)
    with pytest.raises(Unacceptable, match="已经结账"):
        change(desk, "hazard", one, due_on="2026-12-31")


def test_a_weekly_report_is_of_the_month_to_which_its_week_belongs():
    """The week of 30 November is December's: November is closed without it, and it is then still written."""
    desk = new_desk(clock=lambda: datetime(2026, 12, 4, 16))
    write(desk, "staff", name="钱乙", post="食堂管理员", health_until="2027-06-01")
    ledger = desk.ledger("weekly_report")
    told = {"found": "无", "rating": "风险可控、无较大隐患", "reporter": "钱乙"}
    write(desk, "weekly_report", week_from="2026-11-23", **told)
    Closing(desk, MonthPack(desk, FORMS)).close(NOVEMBER)

    write(desk, "weekly_report", week_from="2026-11-30", **told)

    assert [desk.count(ledger, Query(month)) for month in (NOVEMBER, Month(2026, 12))] == [1, 1]
    assert [row.tag for row in desk.rows(ledger, desk.ids(ledger, Query()))] == ["补录 · 已结账", ""]
    with pytest.raises(Unacceptable, match="2026年11月已经结账"):
        write(desk, "weekly_report", week_from="2026-11-16", **told)


def test_a_month_is_not_closed_before_the_end_of_its_last_week():
    """The week of 28 to 31 December and 1 January is December's, a week of 29 June to 3 July is July's."""
    today = datetime(2026, 10, 1, 9)
    desk = new_desk(clock=lambda: today)
    closing = Closing(desk, MonthPack(desk, FORMS))
    closing.close(Month(2026, 9))  # 2 October is a holiday

    today = datetime(2027, 7, 1, 9)
    with pytest.raises(OfficeError, match="最后一周（06-28～07-02）还没有过完"):
        closing.close(Month(2027, 6))


@pytest.mark.parametrize("since", ["2026-10-31", "2026-11-01"])
def test_a_new_item_of_a_checklist_is_for_months_that_are_open(desk: Desk, closing: Closing, since: str):
    closing.close(OCTOBER)
    told = {"checklist": "食堂每日食品安全检查", "label": "新项", "position": 90}
    if since > "2026-10-31":
        assert write(desk, "check_item", valid_from=since, **told)
        return
    with pytest.raises(Unacceptable, match="从 2026-11-01 或以后起用"):
        write(desk, "check_item", valid_from=since, **told)
