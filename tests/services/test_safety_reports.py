"""Weekly reports and monthly minutes drafted from the checks and hazards that stand in the ledgers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from school_logistics.models.inspections import Inspection
from school_logistics.rules.calendar import Month
from school_logistics.rules.weeks import Week
from school_logistics.services.desk import Desk
from school_logistics.services.month import MonthPack
from school_logistics.services.rows import Query
from school_logistics.services.safety_reports import SafetyReports
from tests.office import new_desk, write

OCTOBER = Month(2026, 10)
DAILY = "食堂每日食品安全检查"


def checked(desk: Desk, day: int, answers: str = "全部正常", checklist: str = DAILY, **more: object) -> None:
    write(desk, "inspection", checked_on=date(2026, 10, day), checklist=checklist, answers=answers,
          inspector="宋建军", **more)  # fmt: skip


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """Two weeks of October: a holiday week with its make-up Saturday, and one in which a day was forgotten."""
    desk = new_desk()
    for name, post in (("陈立新", "校长"), ("王志强", "总务主任"), ("宋建军", "水电工")):
        write(desk, "staff", name=name, post=post)
    for day in (8, 9, 10, 12, 13, 15, 16, 18):
        checked(desk, day)
    checked(desk, 14, "灶台×（油垢）", "清洁消毒·烹饪间", spot_fix="当场擦净")
    checked(desk, 9, "库房清理×（面粉受潮）", owner="宋建军")
    yield desk
    desk.store.close()


@pytest.fixture
def reports(desk: Desk) -> SafetyReports:
    return SafetyReports(desk)


def test_the_week_is_drafted_from_its_daily_checks(reports: SafetyReports):
    """V-56: 5 days with meals, 4 of them checked; the cleaning of a room and a Sunday are no daily check."""
    draft = reports.week(Week(date(2026, 10, 12)))
    assert (draft["days_due"], draft["days_checked"], draft["problems"], draft["fixed"]) == (5, 4, 1, 1)
    assert draft["found"] == "1. 10月14日 烹饪间 灶台：油垢。"
    assert draft["measures"] == "1. 当场整改：当场擦净。"
    assert draft["reported_on"] == date(2026, 10, 16)


def test_what_was_not_put_right_at_once_is_open_beside_what_was():
    """V-55: of two items the cap was put on, the floor is still wet."""
    desk = new_desk()
    write(desk, "staff", name="宋建军", post="水电工")
    checked(desk, 14, "衣帽和手部×（帽子没戴）、场所洁净×（地面积水）", spot_fix="衣帽和手部已戴帽", owner="宋建军")
    week = SafetyReports(desk).week(Week(date(2026, 10, 12)))
    desk.store.close()
    assert (week["problems"], week["fixed"]) == (2, 1)
    assert week["measures"] == "1. 当场整改：衣帽和手部已戴帽。\n2. 责任人 宋建军，期限 10月29日，正在整改。"
    assert "场所洁净：地面积水（YH-2026-0001）" in str(week["found"])
    assert "衣帽和手部：帽子没戴。" in str(week["found"])


def test_days_without_meals_are_not_due(reports: SafetyReports):
    """V-56: of the week of 5 October only the 8th, the 9th and the make-up Saturday are."""
    draft = reports.week(Week(date(2026, 10, 5)))
    assert (draft["days_due"], draft["days_checked"]) == (3, 3)


def test_a_problem_that_is_not_closed_is_carried_on(reports: SafetyReports):
    """V-55: it stands in the next week's report and in the minutes, with whoever closes it by when."""
    week, month = reports.week(Week(date(2026, 10, 12))), reports.month(OCTOBER)
    assert week["previous"] == "1. 10月9日 库房清理：面粉受潮（YH-2026-0001）——未完成，责任人 宋建军，期限 10月24日。"
    assert "库房清理：面粉受潮" in str(month["measures"])
    assert month["next_steps"] == (
        "1. 督促完成：10月9日 库房清理：面粉受潮（YH-2026-0001），责任人 宋建军，期限 10月24日。"
    )


def test_the_month_is_drafted_from_its_checks_and_weekly_reports(desk: Desk, reports: SafetyReports):
    """V-56: 18 days with meals in October 2026, 7 checked; 4 weeks."""
    draft = reports.month(OCTOBER)
    assert (draft["days_due"], draft["days_checked"], draft["weeks_due"]) == (18, 7, 4)
    assert draft["held_on"] == date(2026, 10, 30)
    assert draft["attendees"] == "陈立新、王志强"
    assert desk.show(desk.ledger("monthly_minutes"), "chair", draft["chair"]) == "陈立新"


def test_every_report_a_month_lacks_is_generated_as_one_act_and_those_there_are_left_alone(
    desk: Desk, reports: SafetyReports
):
    weekly = desk.ledger("weekly_report")
    write(
        desk,
        "weekly_report",
        week_from="2026-10-12",
        found="自己写的",
        rating="风险可控、无较大隐患",
        reporter="宋建军",
    )

    saved = reports.generate(weekly, OCTOBER)

    assert [desk.draft(weekly, one.id)["week_from"] for one in saved] == [date(2026, 10, day) for day in (5, 19, 26)]
    assert desk.acts(1)[0].title == "生成 周排查报告：2026年10月 3 份"
    assert reports.next_draft(weekly, OCTOBER) is None
    assert reports.generate(weekly, OCTOBER) == []
    desk.undo()
    assert desk.count(weekly, Query()) == 1
    assert (reports.next_draft(weekly, OCTOBER) or {})["week_from"] == date(2026, 10, 5)


def test_a_ledger_that_is_not_drafted_offers_nothing(desk: Desk, reports: SafetyReports):
    inspections = desk.ledger("inspection")
    assert reports.words(inspections) == ""
    assert reports.next_draft(inspections, OCTOBER) is None
    assert reports.words(desk.ledger("weekly_report")) == "由每日检查生成"


def test_a_month_without_meals_or_with_minutes_asks_for_none(reports: SafetyReports, desk: Desk):
    minutes = desk.ledger("monthly_minutes")
    assert reports.next_draft(minutes, Month(2026, 8)) is None
    assert reports.next_draft(minutes, Month(2026, 12)) is None
    assert reports.next_draft(minutes, OCTOBER) is not None


def test_what_is_too_long_for_its_field_says_where_the_rest_stands():
    desk = new_desk()
    write(desk, "staff", name="宋建军", post="水电工")
    long = "需要写得很长的情况" * 20
    for day in range(12, 17):
        checked(desk, day, "、".join(f"{label}×（{long}）" for label in ("库房清理", "三防设施")), spot_fix="全部整改")
    told = str(SafetyReports(desk).week(Week(date(2026, 10, 12)))["found"])
    assert len(told) == 1500
    assert told.endswith("……（其余见隐患台账）")
    desk.store.close()


def test_what_a_check_lacks_is_told_on_the_form_on_which_it_stands(desk: Desk):
    one = desk.ids(desk.ledger("inspection"), Query(filters=(("checklist", "清洁消毒·烹饪间"),)))[0]
    with desk.store.unit_of_work("去掉检查人", "赵甲子") as session:
        session.get_one(Inspection, one).inspector = None

    found = [gap for gap in MonthPack(desk).missing(OCTOBER) if gap.id is not None and gap.ledger == "inspection"]

    assert [(gap.form, gap.id, gap.why) for gap in found] == [("C15", one, "检查人没有填")]
    desk.undo()
