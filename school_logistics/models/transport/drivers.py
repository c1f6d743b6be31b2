"""The drivers of the school buses: what entitles them to drive, and until when."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from school_logistics.models.checks import Check, Facts, Level
from school_logistics.models.fields import Field, Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.papers import paper
from school_logistics.models.record import Record
from school_logistics.models.reminding import Deadline, Reminder
from school_logistics.models.words import choice, code, computed, count, day, text
from school_logistics.rules.cards import born_on, card_holds, left_after_hired, sex_agrees, sex_on_card
from school_logistics.rules.driving import (
    drove_long_enough,
    grows_too_old,
    licence_still_good,
    next_review,
    points_left,
    points_low,
    review_after_last,
    right_age,
    usual_medical_until,
    why_too_old,
)
from school_logistics.rules.identity import (
    driver_file_fault,
    phone_fault,
)
from school_logistics.rules.kinds import Day
from school_logistics.rules.papers import PaperKind
from school_logistics.rules.people import EmploymentKind, Sex

_REGULATION = "《校车安全管理条例》（国务院令第617号）"
_ARTICLE_23 = f"{_REGULATION}第23条"
_ARTICLE_26 = f"{_REGULATION}第26条"


def _comes_of_age(row: Facts, **_: object) -> str:
    return f"驾驶人到龄：{row.name or ''}"


def _wants_review(row: Facts, **_: object) -> str:
    return f"驾驶人年审：{row.name or ''}"


@ledger(
    "校车驾驶人",
    group=Tab.TRANSPORT,
    section=Section.FILES,
    title="name",
    number=("name",),
    code="F-BUS-02",
    icon="users-round",
    about="一人一档：驾驶证、校车资格签注、体检和年审。证件到期、到龄前会提醒，过期不能派车。",
    checks=(
        Check(card_holds, blame="id_card", given=("today",), clause="GB 11643-1999"),
        Check(sex_agrees, blame="sex", otherwise="性别与身份证号第17位不一致", level=Level.WARNING),
        Check(right_age, blame="id_card", level=Level.GAP, given=("book", "today"), clause=_ARTICLE_23),
        Check(licence_still_good, blame="licence_until", level=Level.WARNING, given=("today",), clause=_ARTICLE_23),
        Check(drove_long_enough, blame="endorsed_on", level=Level.GAP, given=("book",), clause=_ARTICLE_23),
        Check(points_left, blame="points", level=Level.GAP, given=("book", "today"), clause=_ARTICLE_23),
        Check(points_low, blame="points", level=Level.WARNING, given=("book", "today")),
        Check(left_after_hired, blame="left_on", otherwise="离岗日期早于入职日期"),
    ),
    reminders=(
        Reminder(
            _comes_of_age,
            grows_too_old,
            Deadline.NO_WORK,
            why_too_old,
            _ARTICLE_23,
            warn="bus.driver.age_warn_days",
            given=("book", "today"),
        ),
        Reminder(
            _wants_review,
            next_review,
            Deadline.NO_WORK,
            "每个记分周期结束后30日内审验",
            _ARTICLE_26,
            warn="bus.driver.review_warn_days",
            given=("book", "today"),
        ),
    ),
)
class Driver(Record):
    """One driver of school buses with what entitles them to drive."""

    __tablename__ = "driver"

    name: Mapped[str] = text(
        "姓名", required=Need.ALWAYS, max_chars=20, chars=7, hint="同名的在名字后加序号", synonyms=("驾驶人姓名",)
    )
    sex: Mapped[str | None] = choice("性别", Sex, chars=4, usually=sex_on_card)
    id_card: Mapped[str | None] = code(
        "身份证号",
        required=Need.BY_LAW,
        max_chars=18,
        chars=18,
        personal=True,
        synonyms=("身份证号码", "公民身份号码"),
        clause=_ARTICLE_23,
    )
    born: Mapped[date | None] = computed("出生日期", Day(), born_on, chars=10, in_table=False, personal=True)
    phone: Mapped[str | None] = code(
        "联系电话",
        required=Need.BY_LAW,
        fault=phone_fault,
        fault_level=Level.WARNING,
        chars=12,
        personal=True,
        synonyms=("电话", "手机", "手机号码"),
    )
    address: Mapped[str | None] = text("家庭住址", max_chars=60, chars=16, in_table=False, personal=True)
    licence_class: Mapped[str | None] = text(
        "准驾车型",
        required=Need.BY_LAW,
        max_chars=10,
        chars=6,
        section="驾驶证",
        hint="如 A1、B1",
        tidy=str.upper,
        clause=_ARTICLE_23,
    )
    first_licensed_on: Mapped[date | None] = day(
        "初次领证日期", required=Need.BY_LAW, chars=10, section="驾驶证", synonyms=("初领日期",), clause=_ARTICLE_23
    )
    licence_no: Field = paper(
        "驾驶证号",
        PaperKind.DRIVING_LICENCE,
        part="number",
        chars=18,
        section="驾驶证",
        in_table=False,
        personal=True,
        synonyms=("驾驶证号码",),
    )
    licence_until: Field = paper(
        "驾驶证有效期至",
        PaperKind.DRIVING_LICENCE,
        required=Need.BY_LAW,
        chars=10,
        section="驾驶证",
        synonyms=("驾驶证有效期", "驾驶证有效期止"),
        clause=_ARTICLE_23,
    )
    file_no: Mapped[str | None] = code(
        "档案编号",
        max_chars=12,
        chars=12,
        section="驾驶证",
        in_table=False,
        fault=driver_file_fault,
        fault_level=Level.WARNING,
    )
    endorsed_on: Mapped[date | None] = day(
        "校车驾驶资格签注日期",
        required=Need.BY_LAW,
        chars=10,
        section="资格",
        synonyms=("校车资格签注日期", "资格签注日期"),
        clause=f"{_REGULATION}第24条",
    )
    reviewed_on: Mapped[date | None] = day(
        "年审日期", chars=10, section="资格", in_table=False, synonyms=("上次年审日期",)
    )
    review_due: Mapped[date | None] = computed(
        "下次年审",
        Day(),
        review_after_last,
        given=("book", "today"),
        chars=10,
        section="资格",
        in_table=False,
        clause=_ARTICLE_26,
    )
    medical_on: Field = paper(
        "体检日期",
        PaperKind.DRIVER_MEDICAL,
        part="issued_on",
        required=Need.BY_LAW,
        chars=10,
        section="资格",
        clause=_ARTICLE_23,
    )
    medical_until: Field = paper(
        "体检有效至",
        PaperKind.DRIVER_MEDICAL,
        chars=10,
        section="资格",
        in_table=False,
        usually=usual_medical_until,
        given=("book",),
        hint="留空时按体检日期推算",
        synonyms=("体检有效期至",),
    )
    points: Mapped[int | None] = count("本周期记分", unit="分", most=24, chars=6, section="资格", in_table=False)
    points_before: Mapped[str | None] = text(
        "近三周期记分", max_chars=40, chars=12, section="资格", in_table=False, hint="逐年写，如 2023 0分、2024 3分"
    )
    no_record_on: Mapped[date | None] = day(
        "无犯罪记录证明日期", chars=10, section="资格", in_table=False, clause=_ARTICLE_23
    )
    route: Mapped[str | None] = text("线路", max_chars=40, chars=14, section="聘用", synonyms=("行驶线路",))
    employer: Mapped[str | None] = text("聘用单位", max_chars=40, chars=12, section="聘用", in_table=False)
    employment: Mapped[str | None] = choice("用工形式", EmploymentKind, chars=7, section="聘用", in_table=False)
    hired_on: Mapped[date | None] = day("合同起", chars=10, section="聘用", in_table=False, synonyms=("入职日期",))
    contract_until: Mapped[date | None] = day("合同止", chars=10, section="聘用", in_table=False)
    left_on: Mapped[date | None] = day("离岗日期", chars=10, section="聘用", in_table=False)
    violations: Mapped[int | None] = count("违法次数", unit="次", chars=5, section="记录", in_table=False)
    accidents: Mapped[str | None] = text("事故情况", max_chars=100, chars=12, section="记录", in_table=False)
    trainings: Mapped[int | None] = count("培训次数", unit="次", chars=5, section="记录", in_table=False)
    training_hours: Mapped[int | None] = count("培训学时", unit="学时", chars=5, section="记录", in_table=False)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)
