"""Checks by a list: scores, vetoes, what an abnormal item asks for, and which days count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from school_logistics.app import school_calendar
from school_logistics.rules.hazards import HazardCategory, HazardSource
from school_logistics.rules.inspections import (
    CheckStyle,
    begins_on_monday,
    every_problem_told,
    hazard_of_inspection,
    problem_of,
    put_right,
    says_which_was_put_right,
    score_of,
    served,
    unspeakable,
    verdict_of,
    words_of,
)
from school_logistics.rules.weeks import Week

DAY = date(2026, 10, 28)


@dataclass(frozen=True)
class Thing:
    """An item of a scored list."""

    label: str
    points: Decimal | None
    veto: bool | None = None


LIST = (
    *(Thing(name, Decimal(worth)) for name, worth in (("证照", 8), ("制度", 10), ("人员", 10), ("采购", 14))),
    *(Thing(name, Decimal(worth)) for name, worth in (("库房", 10), ("加工", 12), ("留样", 8), ("餐具", 8))),
    *(Thing(name, Decimal(worth)) for name, worth in (("环境", 8), ("废弃物", 4), ("陪餐", 4), ("食谱", 2))),
    Thing("财务", Decimal(2)),
    Thing("禁用原料", None, veto=True),
)  # fmt: skip
"""The 13 parts of the domain file's 100 points, and one veto."""


@pytest.mark.parametrize(("told", "lost", "score"), [
    ("全部正常", "0", "100"),
    ("留样×扣2、制度×扣0.5", "2.5", "97.5"),
    ("留样×", "8", "92"),
    ("采购—", "0", "100"),
    ("库房—、留样×扣2", "2", "97.8"),
    ("库房—、加工×扣9", "9", "90"),
])  # fmt: skip
def test_a_check_is_scored_out_of_what_applies(told: str, lost: str, score: str):
    """C22: 100 points; an item left out counts for nothing, and the rest for the hundred: (90 - 9) x 100 / 90 = 90."""
    found = score_of(LIST, told)
    assert (found.full, found.lost, found.score) == (Decimal(100), Decimal(lost), Decimal(score))


def test_a_list_without_points_has_no_score():
    assert score_of([Thing("台面", None)], "台面×").score is None


@pytest.mark.parametrize(("told", "verdict"), [
    ("全部正常", "合格"), ("采购×、留样×扣6", "合格"), ("采购×、留样×扣6、财务×扣0.5", "不合格"),
    ("禁用原料×（四季豆）", "不合格"), ("禁用原料—", "合格"), (None, None),
])  # fmt: skip
def test_a_veto_fails_the_check_whatever_the_score(told: str | None, verdict: str | None):
    """C22: 80 points pass, 79.5 do not, and 100 with a forbidden ingredient in use do not either."""
    assert verdict_of(LIST, told, Decimal(80)) == verdict


def test_a_list_without_a_passing_score_fails_by_one_item():
    items = [Thing("台面", None), Thing("地面", None)]
    assert verdict_of(items, "台面—", None) == "合格"
    assert verdict_of(items, "台面×", None) == "不合格"


def row(**told: object) -> SimpleNamespace:
    """A check as its rules see it."""
    blank = dict.fromkeys(("place", "answers", "problem", "spot_fix", "action_taken", "owner"))
    return SimpleNamespace(**{"checked_on": DAY, **blank, **told})


def test_an_abnormal_item_opens_a_hazard_with_what_was_found():
    """V-55: 不符合 asks for somebody responsible, a deadline (of the hazard) and a re-check."""
    check = row(answers="三防设施×（纱窗破）、加工用水—", place="备餐间", owner=7, action_taken="先遮挡")
    daily = SimpleNamespace(name="食堂每日食品安全检查", area="食堂", cycle="每日")

    found = hazard_of_inspection(row(**{**vars(check), "problem": problem_of(check)}), checklist=daily)

    assert found == {
        "found_on": DAY, "source": HazardSource.DAILY.value, "category": HazardCategory.CANTEEN.value,
        "place": "备餐间", "description": "三防设施：纱窗破", "level": "一般", "corrective_action": "先遮挡",
        "owner": 7,
    }  # fmt: skip
    assert hazard_of_inspection(row(answers="加工用水—"), checklist=daily) is None
    assert (hazard_of_inspection(row(answers="库房×"), checklist=None) or {})["source"] == HazardSource.SPECIAL.value


@pytest.mark.parametrize(("answers", "problem", "silent"), [
    ("全部正常", None, ""), ("库房×（无标识）、添加剂—", None, ""), ("库房×", "货架无标识", ""),
    ("库房×", None, "库房"), ("库房×（无标识）、留样×", "货架无标识", "留样"),
    ("库房×、留样×", "库房无标识，留样缺一份", ""),
    ("库房×、留样×", None, "库房、留样"),
])  # fmt: skip
def test_every_abnormal_item_says_what_was_found(answers: str, problem: str | None, silent: str):
    """V-55: nothing abnormal without a word about it."""
    told = every_problem_told(row(answers=answers, problem=problem))
    assert told == (f"「{silent}」不符合，要写明是什么情况" if silent else "")


TWO = "衣帽和手部×（帽子没戴）、场所洁净×（地面积水）"


@pytest.mark.parametrize(("answers", "spot_fix", "done"), [
    (TWO, "衣帽和手部已戴帽", {"衣帽和手部"}), (TWO, None, set()), (TWO, "已戴帽", set()),
    (TWO, "全部当场改好", {"衣帽和手部", "场所洁净"}), (TWO, "场所洁净已全部擦干", {"场所洁净"}),
    ("地面×（积水）、地面和墙面×（油）", "地面和墙面已擦", {"地面和墙面"}),
    ("场所洁净×（地面积水）", "已擦干", {"场所洁净"}), ("全部正常", "已擦干", set()),
])  # fmt: skip
def test_only_the_items_that_are_named_were_put_right_at_once(answers: str, spot_fix: str | None, done: set[str]):
    assert put_right(answers, spot_fix) == done


def test_an_item_that_was_not_put_right_at_once_opens_the_hazard_alone():
    """V-55: one cap put on does not dry the floor."""
    check = row(answers=TWO, spot_fix="衣帽和手部已戴帽", problem="衣帽和手部：帽子没戴；场所洁净：地面积水")
    assert (hazard_of_inspection(check, checklist=None) or {})["description"] == "场所洁净：地面积水"
    assert hazard_of_inspection(row(answers=TWO, spot_fix="全部当场改好"), checklist=None) is None
    both = hazard_of_inspection(row(answers=TWO, spot_fix="已戴帽"), checklist=None) or {}
    assert both["description"] == "衣帽和手部、场所洁净不符合"


def test_nobody_guesses_which_of_several_items_was_put_right():
    asked = says_which_was_put_right(row(answers=TWO, spot_fix="已戴帽"))
    assert asked == "「衣帽和手部、场所洁净」都不符合，当场整改要写明改好的是哪一项；都改好了就写“全部”"
    assert says_which_was_put_right(row(answers=TWO, spot_fix="衣帽和手部已戴帽")) == ""
    assert says_which_was_put_right(row(answers="全部正常", spot_fix="已戴帽")) == ""


def test_marks_are_called_as_the_list_is_answered():
    assert words_of(CheckStyle.COMPLIES)["×"] == "不符合"
    assert words_of(CheckStyle.SCORED)["×"] == "扣分"
    assert words_of(None)["√"] == "正常"


def test_an_item_is_named_without_signs_that_part_answers():
    assert unspeakable("三防设施") == ""
    assert "顿号" not in unspeakable("台面、地面")
    assert unspeakable("备餐间（专间）").startswith("项目名称里不能有「（」")


def test_a_weekly_report_begins_on_a_monday():
    assert begins_on_monday(SimpleNamespace(week_from=date(2026, 10, 26)))
    assert not begins_on_monday(SimpleNamespace(week_from=DAY))
    assert begins_on_monday(SimpleNamespace(week_from=None))


def test_days_without_meals_are_not_due():
    """V-56: National Day is not counted, the make-up Saturday 10 October is; nor is what lies ahead of today."""
    calendar, today = school_calendar(), date(2026, 11, 22)
    holiday = Week.of(date(2026, 10, 5))
    assert served(calendar, holiday.first, holiday.last, today) == tuple(date(2026, 10, day) for day in (8, 9, 10))
    assert len(served(calendar, date(2026, 10, 1), date(2026, 10, 31), today)) == 18
    assert served(calendar, date(2026, 11, 16), date(2026, 11, 22), date(2026, 11, 17))[-1] == date(2026, 11, 17)
    assert served(calendar, date(2026, 11, 30), date(2026, 12, 6), today) == ()
