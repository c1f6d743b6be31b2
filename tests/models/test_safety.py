"""The hazard ledger: numbered, given a day, put right, looked at by another, struck off."""

from __future__ import annotations

import pytest

from school_logistics.errors import Unacceptable
from school_logistics.models.checks import Level
from school_logistics.rules.calendar import Month
from school_logistics.services.reminders import Reminders
from school_logistics.services.rows import Query
from tests.office import write

FOUND = {
    "found_on": "2026-11-10", "place": "3号公寓二层东侧", "category": "消防", "description": "应急灯不亮",
    "corrective_action": "更换电池", "owner": "水电工丙",
}  # fmt: skip
VERIFIED = {"fixed_on": "2026-11-12", "verified_on": "2026-11-13", "verified_by": "安管员甲"}


@pytest.fixture
def people(desk):
    write(desk, "staff", name="水电工丙", post="水电工")
    write(desk, "staff", name="安管员甲", post="保安")


def hazard(desk, **more):
    return write(desk, "hazard", **{**FOUND, **more})


def test_hazards_are_numbered_by_year_and_no_number_comes_back(desk, shown, people):
    first, second = hazard(desk), hazard(desk, place="一食堂后厨")
    last_year = hazard(desk, found_on="2025-12-30")
    numbers = [shown("hazard", one)["hazard_no"] for one in (first, second, last_year)]
    desk.remove(desk.ledger("hazard"), [second])

    third = hazard(desk, place="配电室")

    assert numbers == ["YH-2026-0001", "YH-2026-0002", "YH-2025-0001"]
    assert shown("hazard", third)["hazard_no"] == "YH-2026-0003"


def test_a_number_written_by_hand_is_kept_and_the_next_one_follows_it(desk, shown, people):
    hazard(desk, hazard_no="YH-2026-0137")
    hazard(desk, hazard_no="YH-2026-补1", place="车棚")

    assert shown("hazard", hazard(desk, place="图书馆"))["hazard_no"] == "YH-2026-0138"


@pytest.mark.parametrize(("level", "due"), [("一般", "2026-11-25"), ("重大", "2027-02-08")])
def test_a_hazard_without_a_deadline_gets_the_usual_one_for_its_level(desk, shown, people, level, due):
    assert shown("hazard", hazard(desk, level=level, budget="0", criterion="第三条第4项"))["due_on"] == due


def test_a_deadline_that_was_agreed_is_kept(desk, shown, people):
    assert shown("hazard", hazard(desk, due_on="2026-11-13"))["due_on"] == "2026-11-13"


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "整改中"),
        ({"fixed_on": "2026-11-12"}, "待复查"),
        ({**VERIFIED, "verification": "不合格"}, "整改中"),
        ({**VERIFIED, "verification": "合格", "closed_on": "2026-11-13"}, "已销号"),
    ],
)
def test_the_state_follows_from_what_is_filled_in(desk, shown, people, changes, state):
    assert shown("hazard", hazard(desk, **changes))["state"] == state


@pytest.mark.parametrize(
    ("changes", "field", "level", "words"),
    [
        ({"fixed_on": "2026-11-01"}, "found_on", Level.REFUSED, "早于发现日期"),
        ({"closed_on": "2026-11-13"}, "closed_on", Level.REFUSED, "复查合格后"),
        ({"fixed_on": "2026-11-12", "verified_by": "水电工丙"}, "verified_by", Level.GAP, "不能就是"),
        ({"due_on": "2027-06-30"}, "due_on", Level.WARNING, "不宜晚于"),
        ({"level": "重大", "criterion": "第三条第4项"}, "budget", Level.GAP, "资金"),
        ({"level": "重大", "budget": "0"}, "criterion", Level.GAP, "条款"),
        ({"owner": ""}, "owner", Level.GAP, "没有填"),
        ({"place": ""}, "place", Level.GAP, "没有填"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(against, people, *, changes, field, level, words):
    said = against("hazard", **{**FOUND, **changes})

    assert said[field][0] is level
    assert words in said[field][1]


def test_nobody_verifies_their_own_work_on_screen(desk, people):
    with pytest.raises(Unacceptable, match="复查人"):
        hazard(desk, fixed_on="2026-11-12", verified_by="水电工丙")


def test_an_overdue_hazard_and_one_that_waits_for_a_look_are_told(desk, people):
    hazard(desk, due_on="2026-11-15")
    hazard(desk, place="车棚", fixed_on="2026-11-20")
    hazard(
        desk, place="图书馆", fixed_on="2026-11-12", verified_by="安管员甲", verification="合格", closed_on="2026-11-13"
    )

    told = [(one.what.split("：")[0], one.days) for one in Reminders(desk).due()]

    assert sorted(told) == [("隐患复查", -2), ("隐患整改", -7)]


def test_hazards_not_struck_off_are_shown_in_every_later_month_the_earliest_deadline_first(desk, people):
    """S2: carried over the year; overdue ones stand first, struck off ones last."""
    for place, found, due, closed in (
        ("甲", "2025-12-03", "2026-11-30", ""), ("乙", "2026-11-02", "2026-11-10", ""),
        ("丙", "2026-11-05", "", "2026-11-06"), ("丁", "2026-09-01", "2026-09-16", "2026-10-31"),
    ):  # fmt: skip
        passed = {"fixed_on": closed, "verified_by": "安管员甲", "verification": "合格"} if closed else {}
        hazard(desk, place=place, found_on=found, due_on=due, closed_on=closed, **passed)
    ledger = desk.ledger("hazard")

    def shown_in(month, *, carried):
        rows = desk.rows(ledger, desk.ids(ledger, Query(month, carried=carried)))
        return [row.texts[ledger.fields.index(ledger.field("place"))] for row in rows]

    assert shown_in(Month(2026, 11), carried=True) == ["乙", "甲", "丙"]
    assert shown_in(Month(2026, 11), carried=False) == ["乙", "丙"]
    assert shown_in(Month(2026, 10), carried=True) == ["甲", "丁"]
