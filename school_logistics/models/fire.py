"""Fire ledgers: what stands where against fire, and the monthly look at every extinguisher."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from school_logistics.models.answers import answers
from school_logistics.models.checklists import FixedChecklist
from school_logistics.models.checks import Check, Facts, Level
from school_logistics.models.duties import Duty, OfFile, When
from school_logistics.models.fields import Field, Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.outcomes import OpensHazard
from school_logistics.models.record import Record
from school_logistics.models.reminding import Deadline, Reminder
from school_logistics.models.words import choice, code, computed, count, day, month_or_day, ref, text
from school_logistics.rules.dates import MonthOrDay
from school_logistics.rules.findings import (
    advised,
    checked_by_today,
    conclusion_of,
    hazard_of_extinguisher,
    made_if_extinguisher,
    model_of,
    place_of,
    problem_written,
    scrap_day,
    service_day,
    type_of,
)
from school_logistics.rules.fire import (
    EquipmentStatus,
    ExtinguisherType,
    equipment_next_service,
    equipment_scrap,
    looked_at_every_month,
    looks_a_month,
    made_before_today,
    not_used_past_its_life,
    serviced_after_made,
    serviced_before_today,
)
from school_logistics.rules.identity import phone_fault
from school_logistics.rules.kinds import MonthOrDate, Text, choice_of

_FILE = "公安部令第61号第29条"
_SERVICE = "GB 50444-2008 表5.3.2"
_SCRAP = "XF 95-2015 7.1"
_MONTHLY = "GB 50444-2008 5.2.1"


def _ends(row: Facts, **_: object) -> str:
    return f"灭火器到报废期：{_named(row)}"


def _wants_service(row: Facts, **_: object) -> str:
    return f"灭火器维修到期：{_named(row)}"


def _named(row: Facts) -> str:
    return " ".join(str(one) for one in (row.equipment_no, row.model or row.name, row.place) if one)


@ledger(
    "消防器材台账",
    group=Tab.FIRE,
    section=Section.FILES,
    title="equipment_no",
    number=("equipment_no",),
    code="X1",
    icon="fire-extinguisher",
    about="一件器材一行：编号、型号、在哪里、哪天出厂、哪天修过。灭火器的下次维修和报废日期自动推算。",
    checks=(
        Check(
            made_if_extinguisher,
            blame="made_on",
            otherwise="灭火器要有出厂日期，否则推算不出维修和报废日期",
            level=Level.GAP,
            clause=_FILE,
        ),
        Check(made_before_today, blame="made_on", otherwise="出厂日期晚于今天", given=("today",)),
        Check(serviced_after_made, blame="serviced_on", otherwise="上次维修早于出厂日期"),
        Check(serviced_before_today, blame="serviced_on", otherwise="上次维修日期晚于今天", given=("today",)),
        Check(not_used_past_its_life, blame="status", level=Level.WARNING, given=("book", "today"), clause=_SCRAP),
    ),
    reminders=(
        Reminder(_ends, scrap_day, Deadline.NO_USE, advised, _SCRAP, warn="warn.fire_service", given=("book", "today")),
        Reminder(
            _wants_service,
            service_day,
            Deadline.LATE,
            advised,
            _SERVICE,
            warn="warn.fire_service",
            given=("book", "today"),
        ),
    ),
)
class FireEquipment(Record):
    """One piece of fire equipment at its place, with the days on which it is serviced and scrapped."""

    __tablename__ = "fire_equipment"

    equipment_no: Mapped[str] = code(
        "器材编号",
        required=Need.ALWAYS,
        max_chars=24,
        chars=12,
        hint="如 MHQ-3G-2F-05",
        synonyms=("灭火器编号", "设施编号"),
        index=True,
    )
    name: Mapped[str | None] = text(
        "器材名称",
        required=Need.BY_LAW,
        max_chars=30,
        chars=10,
        carry=True,
        clause=_FILE,
        synonyms=("器材（设施）名称", "设施名称"),
    )
    model: Mapped[str | None] = text(
        "规格型号",
        required=Need.BY_LAW,
        max_chars=30,
        chars=10,
        carry=True,
        clause=_FILE,
        hint="如 MFZ/ABC4",
        synonyms=("型号", "型号规格"),
    )
    agent: Mapped[str | None] = computed(
        "灭火剂", choice_of(ExtinguisherType), type_of, chars=7, synonyms=("灭火剂类型",)
    )
    rating: Mapped[str | None] = text("灭火级别", max_chars=12, chars=6, in_table=False, hint="如 2A、55B")
    quantity: Mapped[int | None] = count(
        "数量", required=Need.BY_LAW, least=1, default=1, chars=5, totals=True, clause=_FILE
    )
    unit: Mapped[str | None] = text("单位", max_chars=6, default="具", chars=4)
    place: Mapped[str | None] = text(
        "设置部位",
        required=Need.BY_LAW,
        max_chars=40,
        chars=12,
        clause=_FILE,
        synonyms=("设置位置", "存放位置", "放置地点", "配置位置"),
    )
    maker: Mapped[str | None] = text("生产厂家", max_chars=40, chars=12, in_table=False, carry=True)
    made_on: Mapped[MonthOrDay | None] = month_or_day(
        "出厂日期",
        chars=10,
        section="维修与报废",
        carry=True,
        clause=_FILE,
        hint="只知年月就填年月，如 2022-08",
        synonyms=("生产日期", "出厂年月", "出厂时间"),
    )
    ccc_no: Mapped[str | None] = code(
        "3C编号", max_chars=30, chars=14, in_table=False, synonyms=("3C证书编号", "3C标志编号")
    )
    serviced_on: Mapped[MonthOrDay | None] = month_or_day(
        "上次维修日期",
        chars=10,
        section="维修与报废",
        clause=_FILE,
        synonyms=("最近维修日期", "维修日期", "上次检修日期"),
    )
    servicer: Mapped[str | None] = text(
        "维修单位", max_chars=40, chars=12, section="维修与报废", in_table=False, clause=_FILE
    )
    service_due: Mapped[MonthOrDay | None] = computed(
        "下次维修日期",
        MonthOrDate(),
        equipment_next_service,
        given=("book", "today"),
        chars=10,
        section="维修与报废",
        clause=_SERVICE,
        synonyms=("下次检修日期",),
    )
    scrap_on: Mapped[MonthOrDay | None] = computed(
        "报废日期",
        MonthOrDate(),
        equipment_scrap,
        given=("book", "today"),
        chars=10,
        section="维修与报废",
        clause=_SCRAP,
        synonyms=("强制报废日期",),
    )
    status: Mapped[str | None] = choice(
        "状态", EquipmentStatus, default=EquipmentStatus.IN_USE.value, chars=5, synonyms=("使用状态",)
    )
    keeper: Mapped[int | None] = ref(
        "责任人",
        "staff",
        required=Need.BY_LAW,
        chars=7,
        carry=True,
        clause="消防设施责任到人",
        synonyms=("管理人", "保管人"),
    )
    phone: Mapped[str | None] = code(
        "联系电话", fault=phone_fault, fault_level=Level.WARNING, chars=12, in_table=False, follows=("keeper", "phone")
    )
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)


@ledger(
    "灭火器月检",
    group=Tab.FIRE,
    section=Section.CHECKS,
    title="equipment",
    happened="checked_on",
    code="X3",
    icon="list-checks",
    about="每月每具灭火器看一遍（锅炉房、地下室每半月）。有一项打 × 就写明问题，并自动登记一条隐患。",
    checks=(
        Check(checked_by_today, blame="checked_on", otherwise="检查日期晚于今天", given=("today",)),
        Check(
            problem_written, blame="problem", otherwise="有不正常的项，要写明存在问题", level=Level.GAP, clause=_MONTHLY
        ),
    ),
    opens_hazard=OpensHazard("hazard", hazard_of_extinguisher, given=("equipment",)),
    duties=(
        Duty(
            "每具灭火器月检",
            When.MONTH,
            OfFile("equipment", looked_at_every_month),
            times=looks_a_month,
            holidays=True,
            clause=_MONTHLY,
        ),
    ),
)
class ExtinguisherCheck(Record):
    """The look at one extinguisher in one month."""

    __tablename__ = "extinguisher_check"

    checked_on: Mapped[date] = day(
        "检查日期",
        required=Need.ALWAYS,
        default=lambda today: today,
        carry=True,
        chars=10,
        synonyms=("日期",),
        clause=_MONTHLY,
    )
    equipment: Mapped[int] = ref(
        "器材编号", "fire_equipment", required=Need.ALWAYS, chars=12, synonyms=("编号", "灭火器编号")
    )
    model: Mapped[str | None] = computed(
        "型号", Text(30), model_of, given=("equipment",), at_the_time=True, chars=9, synonyms=("规格型号",)
    )
    place: Mapped[str | None] = computed(
        "位置", Text(40), place_of, given=("equipment",), at_the_time=True, chars=12, synonyms=("设置部位", "设置位置")
    )
    answers: Field = answers(
        "检查结果",
        FixedChecklist.EXTINGUISHER,
        happened="checked_on",
        required=Need.ALWAYS,
        chars=16,
        default="全部正常",
        hint="全部正常，或写不正常的项，如 压力×、喷管—",
        clause=_MONTHLY,
    )
    conclusion: Mapped[str | None] = computed("结论", Text(6), conclusion_of, chars=6)
    problem: Mapped[str | None] = text("存在问题", max_chars=100, chars=14)
    action_taken: Mapped[str | None] = text("处理情况", max_chars=100, chars=12, synonyms=("处理", "处理结果"))
    inspector: Mapped[int | None] = ref("检查人", "staff", required=Need.BY_LAW, carry=True, chars=7, clause=_MONTHLY)
    hazard: Mapped[int | None] = ref("对应隐患", "hazard", chars=12, hint="不正常时自动登记，也可选已有的隐患")
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10, in_table=False)

    __table_args__ = (Index("ix_extinguisher_check_month", "checked_on", "id"),)
