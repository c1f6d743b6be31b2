"""Safety ledger: every hazard found anywhere, until it is put right, looked at again and struck off."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from school_logistics.models.checks import Check, Facts, Level
from school_logistics.models.fields import Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.record import Record
from school_logistics.models.reminding import Deadline, Reminder
from school_logistics.models.words import choice, code, computed, day, money, ref, text
from school_logistics.rules.findings import (
    judged_if_major,
    paid_for_if_major,
    still_to_fix,
    still_to_verify,
    usual_deadline,
)
from school_logistics.rules.hazards import (
    HazardCategory,
    HazardLevel,
    HazardSource,
    HazardState,
    VerificationResult,
    closed_after_passing,
    days_in_order,
    hazard_state,
    verified_by_another,
    within_the_limit,
)
from school_logistics.rules.kinds import choice_of

_SCHOOL_RULE = "学校安全隐患排查治理制度"
_MAJOR = "教发厅函〔2024〕20号《教育系统重大事故隐患判定指南》"


def _wants_fixing(row: Facts, **_: object) -> str:
    return f"隐患整改：{row.place or ''} {row.description or ''}"


def _wants_verifying(row: Facts, **_: object) -> str:
    return f"隐患复查：{row.place or ''} {row.description or ''}"


@ledger(
    "隐患台账",
    group=Tab.WATER_SAFETY,
    section=Section.DAILY,
    title="hazard_no",
    happened="found_on",
    open_until="closed_on",
    number=("hazard_no",),
    code="S2",
    icon="triangle-alert",
    sort=("closed_on", "due_on", "found_on"),
    later=(
        "corrective_action",
        "department",
        "owner",
        "budget",
        "action_taken",
        "fixed_on",
        "verified_by",
        "verified_on",
        "verification",
        "closed_on",
        "state",
        "remark",
    ),
    about="哪里不安全都记在这里：谁来改、改到哪天、谁复查、哪天销号。检查出的异常会自动登记一条。",
    checks=(
        Check(days_in_order, blame="found_on"),
        Check(closed_after_passing, blame="closed_on", otherwise="整改完成、复查合格后才能销号", clause=_SCHOOL_RULE),
        Check(
            verified_by_another,
            blame="verified_by",
            otherwise="复查人不能就是整改责任人",
            level=Level.GAP,
            clause=_SCHOOL_RULE,
        ),
        Check(
            paid_for_if_major,
            blame="budget",
            otherwise="重大隐患要落实整改资金，不用花钱的填 0",
            level=Level.GAP,
            clause=_MAJOR,
        ),
        Check(
            judged_if_major,
            blame="criterion",
            otherwise="重大隐患要写明判定依据的条款",
            level=Level.GAP,
            clause=_MAJOR,
        ),
        Check(within_the_limit, blame="due_on", level=Level.WARNING, given=("book",), clause=_SCHOOL_RULE),
    ),
    reminders=(
        Reminder(
            _wants_fixing, still_to_fix, Deadline.LATE, "整改期限", _SCHOOL_RULE, warn="warn.hazard", bound="due_on"
        ),
        Reminder(
            _wants_verifying,
            still_to_verify,
            Deadline.LATE,
            "整改已完成，等待复查销号",
            _SCHOOL_RULE,
            warn_days=(0,),
            bound="fixed_on",
        ),
    ),
)
class Hazard(Record):
    """One thing found unsafe, from the day it was found to the day it is struck off."""

    __tablename__ = "hazard"

    hazard_no: Mapped[str | None] = code(
        "隐患编号", chars=12, numbered="YH-{year}-", hint="留空时自动编号", synonyms=("编号",), index=True
    )
    found_on: Mapped[date] = day(
        "发现日期",
        required=Need.ALWAYS,
        default=lambda today: today,
        chars=10,
        index=True,
        synonyms=("发现时间", "排查时间", "检查时间"),
    )
    source: Mapped[str | None] = choice("检查类别", HazardSource, default=HazardSource.DAILY.value, chars=8)
    place: Mapped[str | None] = text(
        "部位",
        required=Need.BY_LAW,
        max_chars=40,
        chars=12,
        clause=_SCHOOL_RULE,
        synonyms=("隐患部位", "检查部位", "地点"),
    )
    category: Mapped[str | None] = choice("隐患类别", HazardCategory, required=Need.BY_LAW, chars=6, synonyms=("类别",))
    description: Mapped[str] = text(
        "隐患描述",
        required=Need.ALWAYS,
        max_chars=200,
        lines=2,
        chars=20,
        synonyms=("存在问题", "隐患内容", "存在隐患", "排查内容"),
    )
    level: Mapped[str | None] = choice(
        "隐患级别",
        HazardLevel,
        required=Need.BY_LAW,
        chars=6,
        clause=_MAJOR,
        default=HazardLevel.MINOR.value,
        synonyms=("级别",),
    )
    criterion: Mapped[str | None] = text(
        "判定依据", max_chars=80, chars=14, in_table=False, synonyms=("判定依据条款",), hint="重大隐患写判定指南的条款"
    )
    corrective_action: Mapped[str | None] = text(
        "整改措施",
        required=Need.BY_LAW,
        max_chars=200,
        lines=2,
        chars=18,
        section="整改",
        clause=_SCHOOL_RULE,
        synonyms=("措施", "处置方式"),
    )
    department: Mapped[str | None] = text("责任部门", max_chars=30, chars=8, section="整改", in_table=False)
    owner: Mapped[int | None] = ref(
        "责任人", "staff", required=Need.BY_LAW, chars=7, section="整改", clause=_SCHOOL_RULE, synonyms=("整改责任人",)
    )
    due_on: Mapped[date | None] = day(
        "整改期限",
        chars=10,
        section="整改",
        usually=usual_deadline,
        given=("book",),
        hint="留空时按级别推算",
        synonyms=("整改时限",),
        index=True,
    )
    budget: Mapped[Decimal | None] = money("整改资金", chars=9, section="整改", in_table=False, synonyms=("资金",))
    action_taken: Mapped[str | None] = text(
        "整改情况", max_chars=200, lines=2, chars=16, section="整改", in_table=False
    )
    fixed_on: Mapped[date | None] = day("整改完成日期", chars=10, section="整改", synonyms=("完成日期", "整改日期"))
    verified_by: Mapped[int | None] = ref("复查人", "staff", chars=7, section="复查销号")
    verified_on: Mapped[date | None] = day("复查日期", chars=10, section="复查销号", in_table=False)
    verification: Mapped[str | None] = choice(
        "复查结论", VerificationResult, chars=6, section="复查销号", synonyms=("复查结果", "复查")
    )
    closed_on: Mapped[date | None] = day("销号日期", chars=10, section="复查销号")
    state: Mapped[str | None] = computed("状态", choice_of(HazardState), hazard_state, chars=6, section="复查销号")
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)
