"""The checks of the demonstration: daily control and weekly reports since this term, cleaning since last month.

Chance takes nothing from the plan's own, so that the other ledgers stay as they are. Reports are drafted as the
program drafts them, from what stands in the ledgers on their day.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.rules.answers import ALL_NORMAL
from school_logistics.rules.calendar import Month
from school_logistics.rules.hazards import due_by
from school_logistics.rules.weeks import Week
from school_logistics.services.demo_school.hazards import Fate, Found
from school_logistics.services.demo_school.mornings import MANAGER, OFFICER, mornings_of
from school_logistics.services.safety_reports import SafetyReports

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from school_logistics.services.demo_school.hazards import Hazards
    from school_logistics.services.demo_school.mornings import Mornings
    from school_logistics.services.demo_school.pen import Pen, Plan

_DAILY, _MONTHLY, _RESTROOM, _CLEANING = "食堂每日食品安全检查", "食堂月度检查评分", "食堂卫生间清洁", "清洁消毒·"
_AREAS = {
    "粗加工间": ("孙秀英", "周桂香"),
    "切配间": ("周桂香", "孙秀英"),
    "烹饪间": ("郭建军", "宋文斌"),
    "面点间": ("马丽", "唐玉梅"),
    "备餐间": ("邓小红", "马丽"),
    "洗消间": ("吴小红", "马玉梅"),
    "库房": ("孙浩", "吴桂香"),
    "留样间": ("邓小红", "郭建军"),
    "就餐区": ("马玉梅", "孙秀英"),
    "更衣室": ("唐玉梅", "马丽"),
}
"""Who cleans what, and who does it when the first is not there."""


class Finding(NamedTuple):
    """Something found so many school days ago; put right at once, or so many workdays after it."""

    ago: int
    checklist: str
    answers: str
    spot_fix: str = ""
    action: str = ""
    fixed_after: int | None = None


FINDINGS = (
    Finding(44, _DAILY, "标识与贮存×（散装红豆没有标签）", spot_fix="当场补贴标签，写明品名、批号、保质期"),
    Finding(31, _DAILY, "三防设施×（备餐间纱窗破一处）", spot_fix="当天更换纱窗"),
    Finding(27, f"{_CLEANING}粗加工间", "水沟网罩×（有残渣）", spot_fix="当场清掏冲洗"),
    Finding(25, _DAILY, "工具容器标识×（两块砧板色标脱落）、加工用水—", action="停用脱落色标的砧板", fixed_after=3),
    Finding(20, _RESTROOM, "洗手液×（用完）", spot_fix="当场补充"),
    Finding(18, _DAILY, "设备维护×（消毒柜门封条老化，关不严）", action="改用2号消毒柜，报修更换封条", fixed_after=8),
    Finding(5, _DAILY, "分架离地×（3 袋面粉直接放在地面）", action="先搬上垫仓板，增配货架"),
)
_NOT_CHECKED = 23
"""So many school days ago the daily control was forgotten."""
_SCORES = {
    9: "索证索票×扣0.5（一份检验报告没有盖章）、存放规范×扣0.5（调料区一处未离墙）",
    10: "日周月机制×扣0.5（漏检一天）、留样数量×扣0.5（一份不足125g）、三防和设备×扣1（消毒柜封条老化）",
}
_CLEAN = "出入库登记×扣0.5（一笔补登）"
_SEPTEMBER = 9
_LAST_WEEK = 25
_RISKS = "秋冬季诺如病毒高发，重点控制晨检、餐饮具消毒和呕吐物处置；气温低，注意成品保温和存放时间。"
_OTHER = "膳食委员会下月开展一次家长陪餐。"


def plan_checks(plan: Plan, hazards: Hazards) -> None:
    """Plan every check by a list, the week's reports and the month's minutes."""
    year = plan.today.year - (plan.today.month < _SEPTEMBER)
    term = [day for day in plan.school_days if day >= date(year, _SEPTEMBER, 1)]
    if not term:
        return
    mornings = mornings_of(plan, term)
    found = {(term[-one.ago], one.checklist): one for one in FINDINGS if one.ago <= len(term)}
    forgotten = term[-_NOT_CHECKED] if len(term) >= _NOT_CHECKED else None
    cleaned_since = Month.of(plan.today).previous().first
    for day in term:
        if day != forgotten:
            _plan_check(plan, hazards, day, _officer(mornings, day), found.get((day, _DAILY)))
        if day >= cleaned_since:
            _plan_cleaning(plan, hazards, day, mornings, found)
    _plan_scores(plan, hazards, term)
    _plan_reports(plan, term)


def _officer(mornings: Mornings, day: date) -> str:
    return mornings.fit(day, OFFICER, MANAGER)


def _plan_check(plan: Plan, hazards: Hazards, day: date, officer: str, finding: Finding | None) -> None:
    at = datetime.combine(day, time(14, Random(f"daily{day}").randrange(5, 55)))
    draft: dict[str, object] = {"inspector": officer, "supervisor": "王志强"}
    _enter(plan, hazards, at, [{**_blank(day, _DAILY), **draft}], {0: finding} if finding else {})


def _plan_cleaning(
    plan: Plan, hazards: Hazards, day: date, mornings: Mornings, found: dict[tuple[date, str], Finding]
) -> None:
    chance = Random(f"cleaning{day}")
    officer = _officer(mornings, day)
    drafts = [
        {**_blank(day, f"{_CLEANING}{area}"), "inspector": mornings.fit(day, *people), "supervisor": officer}
        for area, people in _AREAS.items()
    ]
    seen = time(13, chance.randrange(20, 50))
    drafts.append({**_blank(day, _RESTROOM), "checked_at": seen, "inspector": "李保洁"})
    findings = {place: one for place, draft in enumerate(drafts) if (one := found.get((day, str(draft["checklist"]))))}
    at = datetime.combine(day, time(15, chance.randrange(5, 55)))
    _enter(plan, hazards, at, drafts, findings)


def _blank(day: date, checklist: str) -> dict[str, object]:
    return {"checked_on": day, "checklist": checklist, "answers": ALL_NORMAL}


def _enter(
    plan: Plan, hazards: Hazards, at: datetime, drafts: list[dict[str, object]], findings: dict[int, Finding]
) -> None:
    """Plan the entry of checks, with the hazards that open, and what becomes of these."""
    fates: dict[int, Fate] = {}
    for place, one in findings.items():
        drafts[place] |= {"answers": one.answers, "spot_fix": one.spot_fix or None, "action_taken": one.action or None}
        if not one.spot_fix:
            fates[place] = _fate(plan, at.date(), one.fixed_after)

    def write(pen: Pen) -> None:
        for place, fate in fates.items():
            told = pen.hazard_of("inspection", drafts[place])
            if told:
                due = due_by(fate.found_on, None, plan.desk.book)
                found = Found(told | {"owner": MANAGER, "department": "食堂", "due_on": due}, fate)
                drafts[place]["hazard"] = hazards.enter(pen, found)
        pen.write("inspection", drafts)

    day = f"{at:%m-%d}"
    title = f"{drafts[0]['checklist']} {day}" if len(drafts) == 1 else f"{day} {len(drafts)} 张"
    plan.at(at, f"新增 检查记录：{title}", write)
    for fate in fates.values():
        hazards.plan_rest(plan, fate)


def _fate(plan: Plan, found: date, after: int | None) -> Fate:
    if after is None:
        return Fate(found, None, None)
    fixed = plan.workday(found + timedelta(days=after))
    return Fate(found, fixed, plan.workday(fixed + timedelta(days=1)))


def _plan_scores(plan: Plan, hazards: Hazards, term: Sequence[date]) -> None:
    """The director's look at the whole canteen in the last days of each month."""
    months = dict.fromkeys(Month.of(day) for day in term)
    for month in months:
        late = [day for day in term if month.holds(day) and day.day >= _LAST_WEEK]
        if late:
            answers = _SCORES.get(month.number, _CLEAN)
            finding = Finding(0, _MONTHLY, answers, action="逐项整改，下月复核", fixed_after=6)
            draft: dict[str, object] = {"inspector": "王志强", "supervisor": "刘敏"}
            at = datetime.combine(late[0], time(10, 20))
            _enter(plan, hazards, at, [{**_blank(late[0], _MONTHLY), **draft}], {0: finding})


def _plan_reports(plan: Plan, term: Sequence[date]) -> None:
    """A report on the last school day of each week, the minutes on that of each month that is over."""
    weeks = dict.fromkeys(Week.of(day) for day in term)
    for week in weeks:
        last = max(day for day in term if day <= week.last)
        plan.at(datetime.combine(last, time(16, 10)), f"新增 周排查报告：{week.first}", _reporting(week))
    for month in dict.fromkeys(Month.of(day) for day in term):
        last = max(day for day in term if month.holds(day))
        if month.last < plan.today:
            plan.at(datetime.combine(last, time(17, 20)), f"新增 月调度会议纪要：{last}", _meeting(month))


def _reporting(week: Week) -> Callable[[Pen], None]:
    def write(pen: Pen) -> None:
        draft = SafetyReports(pen.desk, session=pen.session, today=pen.today).week(week)
        pen.write("weekly_report", [{**draft, "copied_to": "总务处"}])

    return write


def _meeting(month: Month) -> Callable[[Pen], None]:
    def write(pen: Pen) -> None:
        draft = SafetyReports(pen.desk, session=pen.session, today=pen.today).month(month)
        more = {"held_at": time(16, 30), "place": "行政楼会议室", "risks": _RISKS, "other": _OTHER}
        pen.write("monthly_minutes", [draft | more])

    return write
