"""Keeping records that belong together: what names what, papers of one kind, and records changed at two places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from school_logistics.errors import OfficeError, StoreTrouble, Unacceptable
from school_logistics.models.checks import Level
from school_logistics.models.undo import TooLate
from school_logistics.services.desk import Desk
from school_logistics.services.rows import Query
from tests.office import ingredient, new_desk, purchase, supplier, write


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    yield desk
    desk.store.close()


def check_of_an_extinguisher(desk: Desk) -> int:
    """One extinguisher, looked at, with a fault."""
    write(desk, "staff", name="钱乙", post="宿管")
    write(
        desk, "fire_equipment", equipment_no="A-1", name="手提式干粉灭火器", model="MFZ/ABC4", place="一楼",
        made_on="2025-01-10", keeper="钱乙",
    )  # fmt: skip
    return write(
        desk, "extinguisher_check", checked_on="2026-10-10", equipment="A-1", answers="压力×", problem="指针在红区",
        inspector="钱乙",
    )  # fmt: skip


def test_a_check_item_that_was_answered_is_not_deleted_and_the_check_stays_abnormal(desk):
    one = check_of_an_extinguisher(desk)
    items, checks = desk.ledger("check_item"), desk.ledger("extinguisher_check")
    pressure = next(row.id for row in desk.rows(items, desk.ids(items, Query())) if "压力" in row.texts)

    with pytest.raises(OfficeError, match="「压力」在检查记录里还有 1 行在用，不能删除"):
        desk.remove(items, [pressure])

    assert desk.draft(checks, one)["answers"] == "压力×"


def test_an_id_is_not_given_again_after_its_record_is_gone(desk):
    ingredients = desk.ledger("ingredient")
    one = ingredient(desk, "土豆")
    desk.remove(ingredients, [one])

    other = ingredient(desk, "白菜")

    assert other > one
    assert [change.action for change in desk.history(ingredients, other)] == ["新增"]
    desk.undo()
    assert desk.undo() == "已撤销：删除 食材目录：土豆"
    assert list(desk.ids(ingredients, Query())) == [one]


def test_an_act_that_opens_a_hazard_is_named_after_its_check(desk):
    check_of_an_extinguisher(desk)

    assert desk.acts(1)[0].title == "新增 灭火器月检：A-1"


def papers_of(desk: Desk) -> dict[object, object]:
    """The last day of every paper by its number."""
    certificates = desk.ledger("certificate")
    told = (desk.draft(certificates, one) for one in desk.ids(certificates, Query()))
    return {paper["number"]: paper["valid_until"] for paper in told if paper["kind"] == "供货合同"}


@pytest.fixture
def two_contracts(desk: Desk) -> int:
    """A supplier with an old and a renewed contract."""
    one = supplier(desk, "甲公司")
    for number, until in (("旧", "2026-12-31"), ("新", "2027-12-31")):
        write(desk, "certificate", kind="供货合同", supplier="甲公司", number=number, valid_until=until)
    return one


def test_a_wrong_date_of_the_renewed_paper_is_corrected_in_that_paper_alone(desk, two_contracts):
    ledger = desk.ledger("supplier")

    saved = desk.save(
        ledger,
        desk.draft(ledger, two_contracts) | {"contract_until": date(2025, 1, 1), "contract_no": "新-2"},
        two_contracts,
    )

    assert papers_of(desk) == {"旧": date(2026, 12, 31), "新-2": date(2025, 1, 1)}
    told = {one.field: one.sentence for one in saved.warnings if one.level is Level.WARNING}
    assert told["contract_until"] == "合同止已存；另有一张更晚到期，这里显示的是那一张（2026-12-31）"


def test_clearing_the_date_of_one_paper_leaves_the_other_alone(desk, two_contracts):
    ledger = desk.ledger("supplier")

    desk.save(ledger, desk.draft(ledger, two_contracts) | {"contract_until": None}, two_contracts)

    assert papers_of(desk) == {"旧": date(2026, 12, 31), "新": None}


def test_a_record_deleted_meanwhile_is_not_made_again_by_saving_it(desk):
    ledger = desk.ledger("ingredient")
    one = ingredient(desk, "土豆")
    draft = desk.draft(ledger, one)
    desk.remove(ledger, [one])

    with pytest.raises(StoreTrouble, match="这条记录已经删除"):
        desk.save(ledger, draft | {"remark": "晚了"}, one)

    assert desk.count(ledger, Query()) == 0


def test_two_people_changing_one_record_both_keep_their_work(desk):
    ledger = desk.ledger("supplier")
    one = supplier(desk, "甲公司")
    first, second = desk.draft(ledger, one), desk.draft(ledger, one)

    desk.save(ledger, first | {"remark": "周二送货", "permit_until": date(2029, 1, 1)}, one)
    desk.save(ledger, desk.complete(ledger, second | {"phone": "13900000000"}), one)

    kept = desk.draft(ledger, one)
    assert (kept["remark"], kept["permit_until"], kept["phone"]) == ("周二送货", date(2029, 1, 1), "13900000000")


def test_the_same_field_changed_by_two_is_refused_to_the_second_by_name(desk):
    ledger = desk.ledger("supplier")
    one = supplier(desk, "甲公司")
    first, second = desk.draft(ledger, one), desk.draft(ledger, one)
    desk.save(ledger, first | {"remark": "周二送货"}, one)

    with pytest.raises(Unacceptable, match="备注刚在别处改成了「周二送货」，这一步没有存上"):
        desk.save(ledger, second | {"remark": "周三送货"}, one)

    assert desk.draft(ledger, one)["remark"] == "周二送货"


def test_a_record_does_not_come_back_while_one_that_it_names_is_gone(desk):
    one = purchase(desk)
    purchases, suppliers = desk.ledger("food_purchase"), desk.ledger("supplier")
    named = desk.draft(purchases, one)["supplier"]
    desk.remove(purchases, [one])
    removed = desk.acts(1)[0]
    desk.remove(suppliers, [named])

    with pytest.raises(TooLate, match="要用到的供货商档案后来不在了，有「删除 供货商档案：绿源蔬菜配送中心」"):
        desk.undo_act(removed)

    desk.undo()
    desk.undo()
    assert desk.draft(purchases, one)["supplier"] == named


def test_undo_and_redo_reach_back_over_any_number_of_acts(desk):
    one = ingredient(desk, "土豆")
    ledger = desk.ledger("ingredient")
    for remark in range(130):
        desk.save(ledger, desk.draft(ledger, one) | {"remark": f"第{remark}次"}, one)
    for _ in range(130):
        desk.undo()

    assert desk.undoable() == "新增 食材目录：土豆"
    assert desk.undo() == "已撤销：新增 食材目录：土豆"
    assert desk.undoable() == ""
    for _ in range(131):
        desk.redo()
    assert desk.draft(ledger, one)["remark"] == "第129次"
    assert desk.redoable() == ""


def test_the_history_of_a_record_that_is_gone_still_tells_its_papers(desk):
    ledger = desk.ledger("supplier")
    one = supplier(desk, "甲公司")
    other = supplier(desk, "乙公司")
    desk.remove(ledger, [one])

    lines = [(change.action, line.label) for change in desk.history(ledger, one) for line in change.lines]

    assert {("新增", "食品许可证·有效期至"), ("删除", "食品许可证·有效期至")} <= set(lines)
    assert {change.action for change in desk.history(ledger, other)} == {"新增"}


def test_the_history_of_a_check_that_is_gone_still_tells_what_was_found(desk):
    one = check_of_an_extinguisher(desk)
    ledger = desk.ledger("extinguisher_check")
    desk.remove(ledger, [one])

    lines = [tuple(line) for change in desk.history(ledger, one) for line in change.lines]

    assert ("压力", "×", "") in lines
