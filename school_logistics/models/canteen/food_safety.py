"""Food safety week by week and month by month: the weekly report and the minutes of the monthly meeting.

Both are drafted from below (`services/safety_reports.py`) and may then be changed.
"""

from __future__ import annotations

from datetime import date, time

from sqlalchemy.orm import Mapped

from school_logistics.models.checks import Check, Level
from school_logistics.models.duties import Duty, When
from school_logistics.models.fields import Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.record import Record
from school_logistics.models.words import choice, computed, count, day, ref, text, time_of_day
from school_logistics.rules.inspections import begins_on_monday
from school_logistics.rules.kinds import Day
from school_logistics.rules.safety_reports import (
    RiskLevel,
    no_more_than_due,
    no_more_weeks_than_due,
    rated_as_found,
    sunday_of,
)

_CONTROL = "集中用餐单位落实食品安全主体责任监督管理规定（日管控、周排查、月调度）"
_LONG = 1500


@ledger(
    "周排查报告",
    group=Tab.CANTEEN,
    section=Section.CHECKS,
    title="week_from",
    happened="week_from",
    by_week=True,
    number=("week_from",),
    code="C20",
    icon="clipboard-list",
    about="每周至少排查一次，没有问题也要报（零风险报告）。按“由每日检查生成”写好，核对后再改。",
    checks=(
        Check(begins_on_monday, blame="week_from", otherwise="报告周期从星期一起"),
        Check(no_more_than_due, blame="days_checked", otherwise="实检天数多于应检天数", level=Level.WARNING),
        Check(rated_as_found, blame="rating", level=Level.WARNING),
    ),
    duties=(Duty("周排查报告", When.WEEK, clause=_CONTROL),),
)
class WeeklyReport(Record):
    """What the week's daily checks found, what became of it, and how the risk is judged."""

    __tablename__ = "weekly_report"

    week_from: Mapped[date] = day("报告周期起", required=Need.ALWAYS, chars=10, hint="星期一", synonyms=("周期起",))
    week_to: Mapped[date | None] = computed("报告周期止", Day(), sunday_of, chars=10)
    days_due: Mapped[int | None] = count("应检天数", unit="天", chars=5, hint="不供餐的日子不算")
    days_checked: Mapped[int | None] = count("实检天数", unit="天", chars=5)
    problems: Mapped[int | None] = count("发现问题", unit="个", chars=5)
    fixed: Mapped[int | None] = count("已整改", unit="个", chars=5)
    previous: Mapped[str | None] = text(
        "前期问题整改", max_chars=_LONG, lines=3, chars=18, hint="上周和以前的问题：已完成、未完成"
    )
    found: Mapped[str | None] = text(
        "本周发现的问题", required=Need.BY_LAW, max_chars=_LONG, lines=4, chars=24, clause=_CONTROL,
        hint="没有问题写“本周未发现问题”",
    )  # fmt: skip
    measures: Mapped[str | None] = text(
        "整改情况和措施", max_chars=_LONG, lines=4, chars=24, hint="逐条写责任人、期限、完成情况"
    )
    rating: Mapped[str | None] = choice("管理评价", RiskLevel, required=Need.BY_LAW, chars=12, clause=_CONTROL)
    recipient: Mapped[str | None] = text("收件人", max_chars=40, chars=8, carry=True, in_table=False)
    copied_to: Mapped[str | None] = text("抄送", max_chars=60, chars=8, carry=True, in_table=False)
    reporter: Mapped[int | None] = ref("报告人", "staff", required=Need.BY_LAW, carry=True, chars=7)
    reported_on: Mapped[date | None] = day("报告日期", chars=10)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10, in_table=False)


@ledger(
    "月调度会议纪要",
    group=Tab.CANTEEN,
    section=Section.CHECKS,
    title="held_on",
    happened="held_on",
    code="C21",
    icon="users-round",
    about="校长每月至少听一次汇报、开一次调度会。按“由检查和周报生成”写好，会后补上议定的事。",
    checks=(
        Check(no_more_than_due, blame="days_checked", otherwise="实检天数多于应检天数", level=Level.WARNING),
        Check(no_more_weeks_than_due, blame="weeks_reported", otherwise="周报份数多于应报周数", level=Level.WARNING),
    ),
    duties=(Duty("月调度会议", When.MONTH, clause=_CONTROL),),
)
class MonthlyMinutes(Record):
    """What the principal was told of the month, what was decided, and who does what by when."""

    __tablename__ = "monthly_minutes"

    held_on: Mapped[date] = day("会议日期", required=Need.ALWAYS, chars=10, synonyms=("会议时间", "日期"))
    held_at: Mapped[time | None] = time_of_day("开会时间", chars=6)
    place: Mapped[str | None] = text("会议地点", max_chars=40, chars=10, carry=True)
    chair: Mapped[int | None] = ref(
        "主持人", "staff", required=Need.BY_LAW, carry=True, chars=7, clause=_CONTROL, hint="主要负责人，即校长"
    )
    attendees: Mapped[str | None] = text(
        "参会人", required=Need.BY_LAW, max_chars=200, lines=2, chars=18, carry=True, clause=_CONTROL
    )
    recorder: Mapped[int | None] = ref("记录人", "staff", carry=True, chars=7)
    days_due: Mapped[int | None] = count("应检天数", unit="天", chars=5, hint="不供餐的日子不算", section="汇报")
    days_checked: Mapped[int | None] = count("实检天数", unit="天", chars=5, section="汇报")
    weeks_due: Mapped[int | None] = count("应报周数", unit="周", chars=5, section="汇报")
    weeks_reported: Mapped[int | None] = count("周报份数", unit="份", chars=5, section="汇报")
    problems: Mapped[int | None] = count("发现问题", unit="个", chars=5, section="汇报")
    fixed: Mapped[int | None] = count("已整改", unit="个", chars=5, section="汇报")
    report: Mapped[str | None] = text(
        "日管控周排查汇报", required=Need.BY_LAW, max_chars=_LONG, lines=4, chars=24, section="汇报", clause=_CONTROL
    )
    measures: Mapped[str | None] = text(
        "问题及整改", max_chars=_LONG, lines=4, chars=24, section="议定", hint="没有整改完的逐条写责任人、期限"
    )
    risks: Mapped[str | None] = text("风险分析研判", max_chars=_LONG, lines=3, chars=18, section="议定")
    next_steps: Mapped[str | None] = text(
        "下月重点工作", max_chars=_LONG, lines=3, chars=18, section="议定", hint="写明责任人、时限"
    )
    other: Mapped[str | None] = text("其他事项", max_chars=_LONG, lines=2, chars=12, section="议定", in_table=False)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10, in_table=False)
