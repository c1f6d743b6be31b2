"""Office ledgers: the school itself, and the people who work in its logistics."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy.orm import Mapped

from school_logistics.models.canteen.fitness import READY_FOR_WORK
from school_logistics.models.checks import Check, Level
from school_logistics.models.fields import Field, Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.papers import paper
from school_logistics.models.record import Record
from school_logistics.models.words import choice, code, computed, count, day, flag, measure, text
from school_logistics.rules.cards import born_on, card_holds, left_after_hired, sex_agrees, sex_on_card
from school_logistics.rules.identity import canteen_permit_fault, phone_fault, uscc_fault
from school_logistics.rules.kinds import Day
from school_logistics.rules.papers import PaperKind
from school_logistics.rules.people import EmploymentKind, Post, Sex
from school_logistics.rules.staffing import (
    has_health_certificate,
    health_certificate_good,
    usual_health_until,
)
from school_logistics.rules.tally import SchoolSystem

_HEALTH = "食品安全法第45条"


class Stage(StrEnum):
    """What a school teaches."""

    PRIMARY = "小学"
    JUNIOR = "初中"
    NINE_YEARS = "九年一贯制"
    SENIOR = "高中"
    TWELVE_YEARS = "十二年一贯制"
    KINDERGARTEN = "幼儿园"
    SPECIAL = "特殊教育"


class MealService(StrEnum):
    """Who makes the meals (供餐形式)."""

    OWN = "学校食堂"
    CONTRACTED = "委托经营"
    DELIVERED = "校外配餐"
    BOTH = "食堂与配餐结合"
    NONE = "不供餐"


@ledger(
    "学校概况",
    group=Tab.OFFICE,
    section=Section.FILES,
    title="name",
    icon="school",
    once=True,
    about="学校名称、代码、学制和规模只填这一处，表头、签章和年报都从这里取。",
)
class School(Record):
    """The school itself, as forms and returns name it."""

    __tablename__ = "school"

    name: Mapped[str] = text("学校名称", required=Need.ALWAYS, max_chars=40, chars=16, hint="与公章一致")
    school_code: Mapped[str | None] = code(
        "学校代码", required=Need.BY_LAW, max_chars=20, chars=12, synonyms=("学校标识码", "机构代码")
    )
    uscc: Mapped[str | None] = code(
        "统一社会信用代码", max_chars=18, fault=uscc_fault, chars=18, clause="GB 32100-2015"
    )
    stage: Mapped[str | None] = choice("办学类型", Stage, required=Need.BY_LAW, chars=9, synonyms=("学段", "学校类型"))
    school_system: Mapped[str | None] = choice(
        "学制", SchoolSystem, default=SchoolSystem.SIX_THREE.value, chars=6, hint="毕业年级由学制推算"
    )
    bureau: Mapped[str | None] = text(
        "主管部门", max_chars=40, chars=16, hint="如 云川区教育和体育局", synonyms=("教体局",)
    )
    address: Mapped[str | None] = text("学校地址", max_chars=60, chars=18, in_table=False, synonyms=("地址",))
    phone: Mapped[str | None] = code("联系电话", fault=phone_fault, fault_level=Level.WARNING, chars=13, in_table=False)
    principal: Mapped[str | None] = text(
        "校长", required=Need.BY_LAW, max_chars=20, chars=7, section="签字人", synonyms=("校长（园长）", "单位负责人")
    )
    vice_principal: Mapped[str | None] = text("分管副校长", max_chars=20, chars=7, section="签字人", in_table=False)
    director: Mapped[str | None] = text(
        "总务主任", max_chars=20, chars=7, section="签字人", in_table=False, synonyms=("后勤主任",)
    )
    clerk: Mapped[str | None] = text(
        "填表人", required=Need.BY_LAW, max_chars=20, chars=7, section="签字人", synonyms=("后勤管理员", "经办人")
    )
    pupils: Mapped[int | None] = count(
        "在校学生数", unit="人", chars=7, section="规模", hint="班级台账填全后以班级合计为准"
    )
    boarders: Mapped[int | None] = count("住宿生数", unit="人", chars=7, section="规模")
    nappers: Mapped[int | None] = count("午休生数", unit="人", chars=7, section="规模", in_table=False)
    teachers: Mapped[int | None] = count("教职工数", unit="人", chars=7, section="规模")
    land_area: Mapped[Decimal | None] = measure("占地面积", unit="㎡", chars=10, section="规模", in_table=False)
    floor_area: Mapped[Decimal | None] = measure("建筑面积", unit="㎡", chars=10, section="规模", in_table=False)
    canteens: Mapped[int | None] = count("食堂数", unit="个", chars=5, section="食堂", in_table=False)
    canteen_area: Mapped[Decimal | None] = measure("食堂面积", unit="㎡", chars=10, section="食堂", in_table=False)
    meal_service: Mapped[str | None] = choice("供餐形式", MealService, chars=9, section="食堂", in_table=False)
    lunches: Mapped[int | None] = count(
        "午餐就餐人数", unit="人", chars=7, section="食堂", in_table=False, hint="以午餐为准"
    )
    open_kitchen: Mapped[bool | None] = flag("明厨亮灶", chars=6, section="食堂", in_table=False)
    meal_committee: Mapped[bool | None] = flag(
        "膳食监督家长委员会", chars=6, section="食堂", in_table=False, synonyms=("膳食委员会",)
    )
    permit_no: Field = paper(
        "食堂许可证编号",
        PaperKind.CANTEEN_PERMIT,
        part="number",
        chars=17,
        section="食堂",
        fault=canteen_permit_fault,
        in_table=False,
    )
    permit_until: Field = paper(
        "食堂许可证有效期至", PaperKind.CANTEEN_PERMIT, chars=10, section="食堂", in_table=False
    )
    liability_no: Field = paper(
        "校方责任险保单号", PaperKind.SCHOOL_LIABILITY, part="number", chars=16, section="保险", in_table=False
    )
    liability_until: Field = paper(
        "校方责任险止期", PaperKind.SCHOOL_LIABILITY, chars=10, section="保险", in_table=False
    )
    established_posts: Mapped[int | None] = count("后勤编制数", unit="人", chars=6, section="规模", in_table=False)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10, in_table=False)


@ledger(
    "后勤人员",
    group=Tab.OFFICE,
    section=Section.FILES,
    title="name",
    number=("name",),
    icon="users-round",
    about="食堂、宿管、保洁、保安、照管等后勤人员，各台账里的经办人都从这里选；健康证、上岗证到期前会提醒。",
    checks=(
        Check(card_holds, blame="id_card", given=("today",), clause="GB 11643-1999"),
        Check(sex_agrees, blame="sex", otherwise="性别与身份证号第17位不一致", level=Level.WARNING),
        Check(left_after_hired, blame="left_on", otherwise="离岗日期早于入职日期"),
        Check(
            has_health_certificate,
            blame="health_until",
            otherwise="接触食品的岗位要有健康证",
            level=Level.GAP,
            clause=_HEALTH,
        ),
        Check(health_certificate_good, blame="health_until", level=Level.WARNING, given=("today",), clause=_HEALTH),
        *READY_FOR_WORK.checks,
    ),
    lookups=(READY_FOR_WORK.lookup,),
)
class Staff(Record):
    """One person of the school's logistics, with the papers the post asks for."""

    __tablename__ = "staff"

    name: Mapped[str] = text("姓名", required=Need.ALWAYS, max_chars=20, chars=7, hint="同名的在名字后加岗位或序号")
    post: Mapped[str | None] = choice(
        "岗位", Post, required=Need.BY_LAW, chars=8, synonyms=("工种", "岗位（工种）"), clause="年报按岗位统计人数"
    )
    employment: Mapped[str | None] = choice("用工形式", EmploymentKind, chars=7, synonyms=("用工性质",))
    sex: Mapped[str | None] = choice("性别", Sex, chars=4, usually=sex_on_card)
    id_card: Mapped[str | None] = code(
        "身份证号", max_chars=18, chars=18, personal=True, synonyms=("身份证号码", "证件号码")
    )
    born: Mapped[date | None] = computed("出生日期", Day(), born_on, chars=10, in_table=False, personal=True)
    phone: Mapped[str | None] = code(
        "联系电话", fault=phone_fault, fault_level=Level.WARNING, chars=12, personal=True, synonyms=("电话", "手机")
    )
    hired_on: Mapped[date | None] = day("入职日期", chars=10, in_table=False)
    left_on: Mapped[date | None] = day("离岗日期", chars=10, in_table=False, synonyms=("离职日期",))
    health_no: Field = paper(
        "健康证号",
        PaperKind.HEALTH_CERTIFICATE,
        part="number",
        chars=12,
        section="健康证",
        synonyms=("健康证编号", "健康证明编号"),
    )
    health_from: Field = paper(
        "健康证发证日期",
        PaperKind.HEALTH_CERTIFICATE,
        part="issued_on",
        chars=10,
        section="健康证",
        synonyms=("发证日期",),
        in_table=False,
    )
    examined_on: Mapped[date | None] = day(
        "体检日期", chars=10, section="健康证", in_table=False, synonyms=("健康体检日期",)
    )
    health_until: Field = paper(
        "健康证有效期至",
        PaperKind.HEALTH_CERTIFICATE,
        chars=10,
        section="健康证",
        usually=usual_health_until,
        given=("book",),
        clause=_HEALTH,
        hint="留空时按体检或发证日期加一年",
        synonyms=("健康证有效至", "健康证有效期"),
    )
    health_result: Mapped[str | None] = text("体检结论", max_chars=20, chars=6, section="健康证", in_table=False)
    five_diseases: Mapped[str | None] = text(
        "五病调离情况", max_chars=30, chars=8, section="健康证", in_table=False, hint="没有的写 无"
    )
    health_shown: Mapped[bool | None] = flag(
        "健康证已公示", chars=6, section="健康证", in_table=False, clause="教育部令第45号第27条", synonyms=("是否公示",)
    )
    post_no: Field = paper(
        "上岗证号",
        PaperKind.POST_CERTIFICATE,
        part="number",
        chars=12,
        section="上岗证",
        synonyms=("上岗证编号", "培训合格证号"),
        in_table=False,
    )
    post_from: Field = paper(
        "上岗证日期", PaperKind.POST_CERTIFICATE, part="issued_on", chars=10, section="上岗证", in_table=False
    )
    post_until: Field = paper("上岗证有效期至", PaperKind.POST_CERTIFICATE, chars=10, section="上岗证", in_table=False)
    other_no: Field = paper(
        "其他证书编号",
        PaperKind.OTHER_CERTIFICATE,
        part="number",
        chars=12,
        section="其他证书",
        hint="电工证、消防操作员证等",
        in_table=False,
    )
    other_until: Field = paper(
        "其他证书有效期至", PaperKind.OTHER_CERTIFICATE, chars=10, section="其他证书", in_table=False
    )
    trainings: Mapped[int | None] = count("本年培训次数", unit="次", chars=6, section="培训", in_table=False)
    training_hours: Mapped[int | None] = count("本年培训学时", unit="学时", chars=6, section="培训", in_table=False)
    exam_result: Mapped[str | None] = text("考核成绩", max_chars=20, chars=6, section="培训", in_table=False)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)
