"""The canteen's people day by day: the morning check, the trainings and who took part in them."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from school_logistics.models.canteen.fitness import READY_TO_WORK, fit_to_sign
from school_logistics.models.checks import Check, Facts, Level
from school_logistics.models.duties import Duty, OfFile, When
from school_logistics.models.fields import Field, Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.record import Record
from school_logistics.models.words import (
    choice,
    column,
    computed,
    count,
    day,
    flag,
    measure,
    ref,
    span,
    text,
    time_of_day,
)
from school_logistics.rules.findings import FAILED, PASSED
from school_logistics.rules.kinds import Day, Span, Text
from school_logistics.rules.morning_check import (
    NOTHING,
    Attendance,
    Symptoms,
    away_if_dangerous,
    back_after_leaving,
    checked_before_work,
    condition_of,
    handled_if_ill,
    known_symptoms,
    looked_at_if_present,
    not_present_if_gone,
    on_the_rolls,
    sign_of,
    symptom_codes,
    timed_if_present,
)
from school_logistics.rules.people import is_canteen_post
from school_logistics.rules.recording import not_ahead
from school_logistics.rules.training import agrees_with_mark, held_on, passed_of

_CHECK = "食品安全法第45条、教育部令第45号第27条"
_TRAINING = "食品安全法第44条"
_INSPECTOR = fit_to_sign("inspector", on="checked_on")


class Passed(StrEnum):
    """What came of an exam."""

    YES = PASSED
    NO = FAILED


def _employed(person: Facts, on: date) -> bool:
    return is_canteen_post(person.post) and on_the_rolls(person, on)


@ledger(
    "晨检记录",
    group=Tab.CANTEEN,
    section=Section.DAILY,
    title="person",
    happened="checked_on",
    number=("checked_on", "person"),
    code="C11",
    icon="users-round",
    about="食堂人员每天上岗前检查：一人一行。有发热、腹泻、伤口、咽痛的立即离岗，当天不能再在其他台账签名。",
    checks=(
        Check(not_ahead("checked_on"), blame="checked_on", otherwise="日期晚于今天，晨检不能提前填", given=("today",)),
        Check(known_symptoms, blame="symptoms", given=("book",)),
        Check(looked_at_if_present, blame="symptoms", level=Level.GAP, clause=_CHECK),
        Check(timed_if_present, blame="checked_at", level=Level.GAP, clause=_CHECK),
        Check(handled_if_ill, blame="handling", level=Level.GAP, given=("book",), clause=_CHECK),
        Check(away_if_dangerous, blame="left_post", level=Level.GAP, given=("book",), clause=_CHECK),
        Check(not_present_if_gone, blame="attendance", level=Level.GAP, clause=_CHECK),
        *READY_TO_WORK.checks,
        Check(back_after_leaving, blame="back_on", otherwise="返岗日期早于晨检日期"),
        Check(checked_before_work, blame="checked_at", level=Level.WARNING, given=("book",), clause=_CHECK),
        *_INSPECTOR.checks,
    ),
    lookups=(_INSPECTOR.lookup, READY_TO_WORK.lookup),
    duties=(Duty("在岗人员每天晨检", When.SCHOOL_DAY, OfFile("person", _employed), clause=_CHECK, title="晨检"),),
)
class MorningCheck(Record):
    """One person before work: there or not, healthy or not, and what was done about it."""

    __tablename__ = "morning_check"

    checked_on: Mapped[date] = day(
        "日期", required=Need.ALWAYS, default=lambda today: today, carry=True, chars=10, synonyms=("晨检日期",)
    )
    person: Mapped[int] = ref("姓名", "staff", required=Need.ALWAYS, chars=7, synonyms=("从业人员",))
    checked_at: Mapped[time | None] = time_of_day("晨检时间", chars=6, synonyms=("检查时间",), clause=_CHECK)
    attendance: Mapped[str | None] = choice(
        "考勤", Attendance, required=Need.BY_LAW, default=Attendance.PRESENT.value, chars=5, clause=_CHECK
    )
    sign: Mapped[str | None] = computed("考勤符号", Text(4), sign_of, given=("book",), chars=4, in_table=False)
    clothes: Mapped[bool | None] = flag("工作衣帽整洁", default=True, chars=5, in_table=False)
    hygiene: Mapped[bool | None] = flag(
        "个人卫生整洁", default=True, chars=5, in_table=False, hint="不涂指甲油、不戴首饰"
    )
    symptoms: Mapped[str | None] = column(
        Field(
            "疾病",
            Symptoms(30),
            default=NOTHING,
            chars=6,
            synonyms=("身体健康状况", "疾病码"),
            hint="没有的填 0 或无，1 发热，4 腹泻……填代码或名称，几样用顿号隔开",
            clause=_CHECK,
        )
    )
    symptom_codes: Mapped[str | None] = computed(
        "疾病代码", Text(30), symptom_codes, given=("book",), chars=5, in_table=False
    )
    condition: Mapped[str | None] = computed("身体状况", Text(60), condition_of, given=("book",), chars=8)
    handling: Mapped[str | None] = text(
        "处理结果", max_chars=60, chars=14, synonyms=("处理意见", "备注/处理意见"), hint="离岗就诊、调离、戴口罩"
    )
    left_post: Mapped[bool | None] = flag("离岗", chars=4)
    back_on: Mapped[date | None] = day("返岗日期", chars=10, hint="查明治愈后才能返岗")
    inspector: Mapped[int | None] = ref(
        "检查人", "staff", required=Need.BY_LAW, carry=True, chars=7, clause=_CHECK, synonyms=("晨检人",)
    )
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)

    __table_args__ = (
        Index("ix_morning_check_month", "checked_on", "id"),
        Index("ix_morning_check_person_day", "person", "checked_on"),
    )


@ledger(
    "培训记录",
    group=Tab.CANTEEN,
    section=Section.FILES,
    title="topic",
    happened="held_on",
    code="C13",
    icon="users-round",
    about="食堂人员每学期至少培训一次：卫生知识、卫生法规、职业道德。参加的人和成绩记在培训签到与成绩里。",
    duties=(Duty("每学期培训", When.TERM, clause=_TRAINING, title="食堂人员培训"),),
)
class Training(Record):
    """One training: when, where, about what, by whom."""

    __tablename__ = "training"

    held_on: Mapped[date] = day(
        "培训日期", required=Need.ALWAYS, default=lambda today: today, chars=10, synonyms=("日期",)
    )
    span: Mapped[Span | None] = span("培训时间", chars=12, synonyms=("起止时间",))
    topic: Mapped[str] = text("培训主题", required=Need.ALWAYS, max_chars=60, chars=18, synonyms=("主题", "培训内容"))
    subject: Mapped[str | None] = text(
        "培训科目", max_chars=40, chars=12, carry=True, hint="卫生安全知识、卫生安全法规、职业道德"
    )
    place: Mapped[str | None] = text("地点", required=Need.BY_LAW, max_chars=40, chars=9, clause=_TRAINING)
    host: Mapped[str | None] = text("主持人", max_chars=20, chars=7)
    lecturer: Mapped[str | None] = text("主讲人", required=Need.BY_LAW, max_chars=20, chars=7, clause=_TRAINING)
    hours: Mapped[Decimal | None] = measure("学时", places=1, shown=0, required=Need.BY_LAW, chars=5, clause=_TRAINING)
    method: Mapped[str | None] = text("培训方式", max_chars=30, chars=10, hint="集中授课、观看视频、现场操作")
    content: Mapped[str | None] = text(
        "主要内容", required=Need.BY_LAW, max_chars=1000, lines=5, chars=24, in_table=False, clause=_TRAINING
    )
    department: Mapped[str | None] = text("组织部门", max_chars=30, chars=8, in_table=False)
    recorder: Mapped[int | None] = ref("记录人", "staff", chars=7)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10, in_table=False)


@ledger(
    "培训签到与成绩",
    group=Tab.CANTEEN,
    section=Section.FILES,
    title="person",
    happened="held_on",
    number=("training", "person"),
    icon="square-check",
    about="一次培训一人一行：签到、考核成绩、是否合格。及格分在规则手册里改。",
    checks=(Check(agrees_with_mark, blame="passed", level=Level.GAP, given=("book", "training"), clause=_TRAINING),),
)
class TrainingAttendance(Record):
    """Somebody's part in a training: there, examined, passed."""

    __tablename__ = "training_attendance"

    training: Mapped[int] = ref("培训", "training", required=Need.ALWAYS, carry=True, chars=16)
    held_on: Mapped[date | None] = computed("培训日期", Day(), held_on, given=("training",), chars=10)
    person: Mapped[int] = ref("姓名", "staff", required=Need.ALWAYS, chars=7)
    signed: Mapped[bool | None] = flag("签到", required=Need.BY_LAW, chars=4, clause=_TRAINING)
    exam: Mapped[str | None] = text("考核方式", max_chars=20, chars=8, carry=True, hint="闭卷、口试、现场操作")
    score: Mapped[int | None] = count("成绩", most=150, chars=5)
    second_score: Mapped[int | None] = count("补考", most=150, chars=5, synonyms=("补考成绩",))
    passed: Mapped[str | None] = choice(
        "是否合格",
        Passed,
        usually=passed_of,
        given=("book", "training"),
        chars=6,
        hint="有成绩的按及格分判定",
        synonyms=("考核结果",),
    )
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)
