"""Checks by a list as they are kept: the answers item by item, the score, and what is opened by what was found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from school_logistics.errors import Unacceptable
from school_logistics.models.checklists import items_on
from school_logistics.rules.inspections import score_of, verdict_of
from school_logistics.services.desk import Desk
from school_logistics.services.rows import Draft, Query
from tests.office import new_desk, write

PASSED_AT_60 = {"pass_score": "60"}
DAILY, SCORED = "食堂每日食品安全检查", "食堂月度检查评分"


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    desk = new_desk()
    write(desk, "staff", name="杨雪", post="水电工")
    yield desk
    desk.store.close()


def check(desk: Desk, answers: str, checklist: str = DAILY, **more: object) -> Draft:
    """A check as it stands once it was kept."""
    told = {"checked_on": "2026-10-28", "inspector": "杨雪", **more}
    one = write(desk, "inspection", checklist=checklist, answers=answers, **told)
    return desk.draft(desk.ledger("inspection"), one)


def test_a_list_ships_for_every_check_of_the_canteen(desk: Desk):
    """C19 has its 24 items and more, C22 its 100 points with four vetoes, C27 the columns of 附录F."""
    with desk.store.reading() as session:
        daily, scored = items_on(session, DAILY, date(2026, 10, 28)), items_on(session, SCORED, date(2026, 10, 28))
        restroom = items_on(session, "食堂卫生间清洁", date(2026, 10, 28))
    assert len(daily) >= 24
    assert [item.position for item in daily if item.key_item][:6] == [1, 2, 3, 4, 5, 7]
    assert sum((item.points or Decimal(0) for item in scored), Decimal(0)) == 100
    assert sum(1 for item in scored if item.veto) == 4
    assert [item.label for item in restroom] == [
        "台面",
        "洗手池",
        "洗手液",
        "擦手纸或干手器",
        "镜面",
        "地面",
        "便池",
        "卫生纸",
        "纸篓",
        "门窗",
    ]


@pytest.mark.parametrize("answers", [
    "全部正常", "留样数量×扣0.5（一份不足125g）、日周月机制×扣5（没有周报）、三防和设备—",
    "留样保存×", "禁用原料×（四季豆）", "索证索票×扣3（没有票）、带量食谱—、收支公示—",
])  # fmt: skip
def test_score_and_verdict_are_those_of_the_rule(desk: Desk, answers: str):
    """C22: what SQL shows in the table is what the rule says."""
    kept = check(desk, answers, SCORED, problem="见各项")
    with desk.store.reading() as session:
        items = items_on(session, SCORED, date(2026, 10, 28))
        assert kept["score"] == score_of(items, str(kept["answers"])).score
        assert kept["conclusion"] == verdict_of(items, str(kept["answers"]), Decimal(80))


def test_a_list_without_points_shows_no_score(desk: Desk):
    kept = check(desk, "全部正常")
    assert (kept["score"], kept["conclusion"], kept["place"], kept["hazard"]) == (None, "合格", "食堂", None)


def test_answers_come_back_in_the_order_of_the_items_with_their_points(desk: Desk):
    kept = check(desk, "留样数量×（缺一份）、许可证公示×扣0.5（没挂）", SCORED)
    assert kept["answers"] == "许可证公示×扣0.5（没挂）、留样数量×扣4（缺一份）"


def test_what_was_found_is_told_of_the_check_and_opens_a_hazard(desk: Desk):
    """V-55: 不符合 makes a row of the hazard ledger in the same act."""
    kept = check(desk, "三防设施×（纱窗破）、加工用水—", action_taken="先遮挡", owner="杨雪")
    hazards = desk.ledger("hazard")
    assert isinstance(kept["hazard"], int)
    hazard = desk.draft(hazards, kept["hazard"])
    assert (kept["problem"], hazard["description"]) == ("三防设施：纱窗破", "三防设施：纱窗破")
    assert (hazard["category"], hazard["source"], hazard["due_on"]) == ("食堂", "日常检查", date(2026, 11, 12))


def test_what_was_put_right_at_once_opens_none(desk: Desk):
    assert check(desk, "三防设施×（纱窗破）", spot_fix="当场更换")["hazard"] is None


def test_what_is_put_right_at_once_must_be_named_where_several_items_are_wrong(desk: Desk):
    with pytest.raises(Unacceptable, match="要写明改好的是哪一项"):
        check(desk, "三防设施×（纱窗破）、场所洁净×（积水）", spot_fix="当场更换")
    kept = check(desk, "三防设施×（纱窗破）、场所洁净×（积水）", spot_fix="三防设施：当场更换")
    assert isinstance(kept["hazard"], int)
    assert desk.draft(desk.ledger("hazard"), kept["hazard"])["description"] == "场所洁净：积水"


def test_an_abnormal_item_without_a_word_about_it_is_refused(desk: Desk):
    """V-55: nothing abnormal can be saved without a note."""
    with pytest.raises(Unacceptable, match="要写明是什么情况"):
        check(desk, "三防设施×", spot_fix="当场更换")


@pytest.mark.parametrize(("checklist", "answers", "sentence"), [
    (DAILY, "灶台×（油）", "「灶台」不是检查项目"), (DAILY, "三防设施×扣2（破）", "没有分值，不能扣分"),
    (SCORED, "留样数量×扣5（缺）", "只有 4 分，扣不了 5 分"),
])  # fmt: skip
def test_answers_that_fit_no_item_are_refused(desk: Desk, checklist: str, answers: str, sentence: str):
    with pytest.raises(Unacceptable, match=sentence):
        check(desk, answers, checklist)


def test_another_list_brings_other_items_though_all_is_well_in_both(desk: Desk):
    inspections = desk.ledger("inspection")
    one = write(desk, "inspection", checked_on="2026-10-27", checklist=DAILY, answers="全部正常", inspector="杨雪")
    changed = desk.draft(inspections, one) | {"checklist": desk.read(inspections, "checklist", SCORED)}

    desk.save(inspections, changed, one)

    assert desk.draft(inspections, one)["score"] == 100


def test_a_clerk_makes_a_list_of_her_own_and_replaces_an_item_without_touching_old_checks(desk: Desk):
    write(desk, "checklist", name="新检查表", area="食堂", cycle="每月", style="评分", form="C22", **PASSED_AT_60)
    told = {"checklist": "新检查表", "points": "10"}
    write(desk, "check_item", label="旧项", position=1, valid_from="2026-09-01", valid_to="2026-10-31", **told)
    write(desk, "check_item", label="新项", position=1, valid_from="2026-11-01", **told)

    old = check(desk, "旧项×扣4（旧）", "新检查表", checked_on="2026-10-31")
    new = check(desk, "新项×扣5（新）", "新检查表", checked_on="2026-11-02")

    assert (old["answers"], old["score"], old["conclusion"]) == ("旧项×扣4（旧）", Decimal(6), "合格")
    assert (new["answers"], new["score"], new["conclusion"]) == ("新项×扣5（新）", Decimal(5), "不合格")
    with pytest.raises(Unacceptable, match="「旧项」不是检查项目"):
        check(desk, "旧项×（旧）", "新检查表", checked_on="2026-11-03")


def test_an_item_is_named_so_that_it_can_stand_in_a_line(desk: Desk):
    with pytest.raises(Unacceptable, match="项目名称里不能有「、」"):
        write(desk, "check_item", checklist=DAILY, label="台面、地面", position=99, valid_from="2026-11-01")


def test_taking_a_check_back_takes_its_answers_and_its_hazard_with_it(desk: Desk):
    before = desk.count(desk.ledger("hazard"), Query())
    check(desk, "库房清理×（有过期面粉）", checked_on="2026-10-26")
    assert desk.count(desk.ledger("hazard"), Query()) == before + 1
    desk.undo()
    assert desk.count(desk.ledger("hazard"), Query()) == before
    desk.redo()
    latest = desk.ids(desk.ledger("inspection"), Query())[0]
    assert desk.draft(desk.ledger("inspection"), latest)["answers"] == "库房清理×（有过期面粉）"


def test_the_history_tells_the_points_and_what_was_found(desk: Desk):
    inspections = desk.ledger("inspection")
    one = write(desk, "inspection", checked_on="2026-10-29", checklist=SCORED, answers="全部正常", inspector="杨雪")
    desk.save(inspections, desk.draft(inspections, one) | {"answers": "留样数量×扣0.5（一份不足量）"}, one)
    told = [line for change in desk.history(inspections, one) for line in change.lines]
    assert ("留样数量", "√", "×扣0.5（一份不足量）") in told
