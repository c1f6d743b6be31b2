"""The one ledger of checks by a list: daily, weekly and monthly, of the canteen and of every other area."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from school_logistics.models.answers import answers, score, verdict
from school_logistics.models.canteen.fitness import fit_to_sign
from school_logistics.models.checks import Check, Facts, Level
from school_logistics.models.duties import Duty, OfFile, When
from school_logistics.models.fields import Field, Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.outcomes import OpensHazard
from school_logistics.models.record import Record
from school_logistics.models.words import day, ref, text, time_of_day
from school_logistics.rules.findings import checked_by_today
from school_logistics.rules.inspections import (
    CheckCycle,
    every_problem_told,
    hazard_of_inspection,
    problem_of,
    says_which_was_put_right,
)

_DAILY_CONTROL = "集中用餐单位落实食品安全主体责任监督管理规定（日管控、周排查、月调度）"

_CHECKED_BY = fit_to_sign("inspector", "supervisor", on="checked_on")


def _lists(cycle: CheckCycle, *forms: str) -> OfFile:
    """A row for each list gone through so often, of those printed on these forms, or on none of their own."""

    def kept(checklist: Facts, on: date) -> bool:
        stopped = checklist.stopped_on is not None and checklist.stopped_on <= on
        return checklist.cycle == cycle and (checklist.form or "") in forms and not stopped

    return OfFile("checklist", keep=kept)


def _duty(label: str, when: When, cycle: CheckCycle, *forms: str, clause: str = "") -> Duty:
    form = forms[0] if forms else ""
    return Duty(label, when, rows=_lists(cycle, *(forms or ("",))), clause=clause, form=form)


@ledger(
    "检查记录",
    group=Tab.CANTEEN,
    section=Section.CHECKS,
    title="checklist",
    happened="checked_on",
    code="C19",
    icon="square-check",
    sort=("checked_on", "checklist"),
    about="按检查表逐项检查：先全部符合，再改例外。不符合的写明情况，当场整改，或者自动登记一条隐患。没有问题也要记。",
    checks=(
        Check(checked_by_today, blame="checked_on", otherwise="检查日期晚于今天", given=("today",)),
        Check(every_problem_told, blame="problem", level=Level.GAP, clause=_DAILY_CONTROL),
        Check(says_which_was_put_right, blame="spot_fix", level=Level.GAP, clause=_DAILY_CONTROL),
        *_CHECKED_BY.checks,
    ),
    lookups=(_CHECKED_BY.lookup,),
    opens_hazard=OpensHazard("hazard", hazard_of_inspection, given=("checklist",), note="problem"),
    duties=(
        _duty("清洁消毒", When.SCHOOL_DAY, CheckCycle.DAILY, "C15"),
        _duty("每日食品安全检查", When.SCHOOL_DAY, CheckCycle.DAILY, "C19", clause=_DAILY_CONTROL),
        _duty("月度检查评分", When.MONTH, CheckCycle.MONTHLY, "C22"),
        _duty("卫生间清洁", When.SCHOOL_DAY, CheckCycle.DAILY, "C27"),
        _duty("每日检查", When.SCHOOL_DAY, CheckCycle.DAILY),
        _duty("每周检查", When.WEEK, CheckCycle.WEEKLY),
        _duty("每月检查", When.MONTH, CheckCycle.MONTHLY),
    ),
)
class Inspection(Record):
    """One going through a checklist, answered item by item."""

    __tablename__ = "inspection"

    checked_on: Mapped[date] = day(
        "检查日期", required=Need.ALWAYS, default=lambda today: today, carry=True, chars=10, synonyms=("日期",)
    )
    checklist: Mapped[int] = ref("检查表", "checklist", required=Need.ALWAYS, carry=True, chars=16)
    place: Mapped[str | None] = text("检查部位", max_chars=30, chars=9, follows=("checklist", "place"))
    checked_at: Mapped[time | None] = time_of_day("检查时间", chars=6, synonyms=("时间",))
    answers: Field = answers(
        "检查结果",
        chosen_by="checklist",
        happened="checked_on",
        required=Need.ALWAYS,
        chars=18,
        default="全部正常",
        hint="全部正常，或写例外，如 库房×（无标识）、添加剂—",
        clause=_DAILY_CONTROL,
    )
    score: Field = score("得分", chosen_by="checklist", unit="分", chars=6)
    conclusion: Field = verdict("结论", chosen_by="checklist", chars=6)
    problem: Mapped[str | None] = text(
        "存在问题", max_chars=400, lines=2, chars=18, usually=problem_of, hint="留空时照各项写的情况",
        synonyms=("不符合项说明",),
    )  # fmt: skip
    spot_fix: Mapped[str | None] = text(
        "当场整改", max_chars=200, lines=2, chars=14, hint="当场改好的写哪一项、怎么改的；没写到的项登记隐患"
    )
    action_taken: Mapped[str | None] = text(
        "防范措施", max_chars=200, lines=2, chars=14, hint="没有当场改好的，先怎么防范", synonyms=("采取的防范措施",)
    )
    owner: Mapped[int | None] = ref("整改责任人", "staff", chars=7, in_table=False, hint="没有当场改好的，由谁来改")
    inspector: Mapped[int | None] = ref("检查人", "staff", required=Need.BY_LAW, carry=True, chars=7)
    supervisor: Mapped[int | None] = ref(
        "监督人", "staff", carry=True, chars=7, in_table=False, hint="报送的总监、校长，或清洁的监督人"
    )
    hazard: Mapped[int | None] = ref("对应隐患", "hazard", chars=12, hint="有不符合时自动登记，也可选已有的隐患")
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10, in_table=False)

    __table_args__ = (Index("ix_inspection_month", "checked_on", "id"),)
