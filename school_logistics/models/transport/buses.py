"""The school buses with the papers without which they may not go out, and the check before every trip."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from school_logistics.models.answers import answers
from school_logistics.models.checklists import FixedChecklist
from school_logistics.models.checks import Check, Facts, Level
from school_logistics.models.duties import Duty, OfFile, OfWords, When
from school_logistics.models.fields import Field, Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.outcomes import OpensHazard
from school_logistics.models.papers import paper
from school_logistics.models.record import Record
from school_logistics.models.reminding import Deadline, Reminder
from school_logistics.models.words import choice, code, computed, count, day, flag, money, ref, text, time_of_day
from school_logistics.rules.driving import (
    badge_agrees,
    bus_was_inspected,
    carries_pupils,
    driver_covered_the_bus,
    driver_was_licensed,
    has_a_badge,
    kind_of_plate,
    leaves_the_road,
    licence_covers_the_bus,
    registered_by_today,
    scrapped_by,
    size_of_bus,
)
from school_logistics.rules.findings import checked_by_today, conclusion_of, hazard_of_bus, problem_written
from school_logistics.rules.identity import (
    PlateKind,
    plate_fault,
    tidy_plate,
    vin_fault,
)
from school_logistics.rules.kinds import Count, Day, Text, choice_of
from school_logistics.rules.papers import PaperKind
from school_logistics.rules.transport import (
    BusStatus,
    BusType,
    Ownership,
    Trip,
    VehicleClass,
    a_bus_by_law,
    bus_student_seats,
    enough_escort_seats,
)

_REGULATION = "《校车安全管理条例》（国务院令第617号）"
_ARTICLE_14, _ARTICLE_20, _ARTICLE_23 = f"{_REGULATION}第14条", f"{_REGULATION}第20条", f"{_REGULATION}第23条"
_ARTICLE_41 = f"{_REGULATION}第41条"
_BADGE = "《机动车登记规定》第61条"


def _leaves_the_road(row: Facts, **_: object) -> str:
    return f"校车到报废年限：{row.plate or ''}"


@ledger(
    "校车档案",
    group=Tab.TRANSPORT,
    section=Section.FILES,
    title="plate",
    number=("plate",),
    code="F-BUS-01",
    icon="bus-front",
    about="一车一档：核载、检验、使用许可、标牌和保险。任何一样到期，这辆车就不能接送学生。",
    checks=(
        Check(
            a_bus_by_law,
            blame="rated_capacity",
            otherwise="校车应为7座以上载客汽车",
            level=Level.GAP,
            given=("book", "today"),
            clause=f"{_REGULATION}第2条",
        ),
        Check(
            enough_escort_seats,
            blame="escort_seats",
            level=Level.WARNING,
            given=("book", "today"),
            clause=f"{_REGULATION}第38条",
        ),
        Check(licence_covers_the_bus, blame="driver", level=Level.GAP, given=("driver",), clause=_ARTICLE_23),
        Check(
            has_a_badge,
            blame="badge_until",
            otherwise="标牌有效期没有填；没有校车标牌不得接送学生",
            level=Level.WARNING,
            clause=f"{_REGULATION}第16条",
        ),
        Check(badge_agrees, blame="badge_until", level=Level.WARNING, clause=_BADGE),
        Check(registered_by_today, blame="registered_on", otherwise="注册登记日期晚于今天", given=("today",)),
    ),
    reminders=(
        Reminder(
            _leaves_the_road,
            leaves_the_road,
            Deadline.NO_SERVICE,
            "专用校车使用年限届满",
            "《机动车强制报废标准规定》（2012年第12号）",
            warn_days=(365, 90, 30),
            given=("book", "today"),
        ),
    ),
)
class Bus(Record):
    """One school bus with the papers without which it may not carry pupils."""

    __tablename__ = "bus"

    plate: Mapped[str] = code(
        "号牌号码",
        required=Need.ALWAYS,
        max_chars=10,
        chars=9,
        tidy=tidy_plate,
        index=True,
        fault=plate_fault,
        fault_level=Level.WARNING,
        synonyms=("车牌号", "车牌号码", "车号"),
        hint="如 鲁Z·10023",
    )
    plate_kind: Mapped[str | None] = computed("号牌种类", choice_of(PlateKind), kind_of_plate, chars=8, in_table=False)
    bus_type: Mapped[str | None] = choice(
        "校车类型", BusType, required=Need.BY_LAW, chars=10, synonyms=("车辆类型",), clause=f"{_REGULATION}第2条"
    )
    vehicle_class: Mapped[str | None] = computed("车型", choice_of(VehicleClass), size_of_bus, chars=7, in_table=False)
    model: Mapped[str | None] = text("厂牌型号", max_chars=40, chars=14, in_table=False, synonyms=("品牌型号",))
    vin: Mapped[str | None] = code(
        "车辆识别代号",
        max_chars=17,
        chars=17,
        fault=vin_fault,
        fault_level=Level.WARNING,
        synonyms=("车架号", "VIN", "车辆识别代号（VIN）"),
        clause="GB 16735",
    )
    engine_no: Mapped[str | None] = code("发动机号", max_chars=20, chars=12, in_table=False)
    rated_capacity: Mapped[int | None] = count(
        "核载人数",
        unit="人",
        required=Need.BY_LAW,
        most=80,
        chars=6,
        synonyms=("核定载客", "核载"),
        clause=f"{_REGULATION}第34条",
    )
    escort_seats: Mapped[int | None] = count("照管座位数", unit="个", most=9, chars=6, synonyms=("照管座位",))
    student_seats: Mapped[int | None] = computed(
        "学生座位数", Count("个"), bus_student_seats, chars=6, totals=True, hint="核载减驾驶座和照管座"
    )
    ownership: Mapped[str | None] = choice("权属", Ownership, chars=6, section="来源", in_table=False)
    owner: Mapped[str | None] = text("车辆所有人", max_chars=40, chars=12, section="来源", in_table=False)
    owner_no: Mapped[str | None] = code(
        "所有人证件号",
        max_chars=18,
        chars=18,
        section="来源",
        in_table=False,
        personal=True,
        synonyms=("信用代码", "所有人证件号或信用代码"),
    )
    bought_on: Mapped[date | None] = day("购置日期", chars=10, section="来源", in_table=False)
    cost: Mapped[Decimal | None] = money("购置费用", chars=10, section="来源", in_table=False)
    registered_on: Mapped[date | None] = day(
        "注册登记日期", chars=10, section="证照", synonyms=("登记日期", "初次登记日期")
    )
    scrap_on: Mapped[date | None] = computed(
        "强制报废期止", Day(), scrapped_by, given=("book", "today"), chars=10, section="证照", in_table=False
    )
    inspection_until: Field = paper(
        "检验有效期至",
        PaperKind.VEHICLE_INSPECTION,
        required=Need.BY_LAW,
        chars=10,
        section="证照",
        synonyms=("检验有效期", "年检有效期至"),
        clause=_ARTICLE_20,
    )
    permit_no: Field = paper(
        "使用许可文号",
        PaperKind.OPERATING_PERMIT,
        part="number",
        chars=14,
        section="证照",
        in_table=False,
        synonyms=("校车使用许可文号",),
    )
    permit_until: Field = paper(
        "使用许可有效期至",
        PaperKind.OPERATING_PERMIT,
        required=Need.BY_LAW,
        chars=10,
        section="证照",
        synonyms=("许可有效期至", "许可有效期"),
        clause=_ARTICLE_14,
    )
    badge_no: Field = paper("校车标牌号", PaperKind.BUS_BADGE, part="number", chars=10, section="证照", in_table=False)
    badge_until: Field = paper(
        "标牌有效期至",
        PaperKind.BUS_BADGE,
        chars=10,
        section="证照",
        hint="与检验、许可中较早的一致",
        synonyms=("标牌有效期",),
        clause=_BADGE,
    )
    compulsory_no: Field = paper(
        "交强险保单号", PaperKind.COMPULSORY_INSURANCE, part="number", chars=16, section="保险", in_table=False
    )
    compulsory_until: Field = paper(
        "交强险止期",
        PaperKind.COMPULSORY_INSURANCE,
        required=Need.BY_LAW,
        chars=10,
        section="保险",
        synonyms=("交强险到期", "交强险有效期至"),
        clause="《机动车交通事故责任强制保险条例》第19条",
    )
    commercial_no: Field = paper(
        "商业险保单号", PaperKind.COMMERCIAL_INSURANCE, part="number", chars=16, section="保险", in_table=False
    )
    commercial_until: Field = paper(
        "商业险止期",
        PaperKind.COMMERCIAL_INSURANCE,
        chars=10,
        section="保险",
        in_table=False,
        synonyms=("商业三者险止期", "商业险到期"),
    )
    carrier_no: Field = paper(
        "承运人责任险保单号", PaperKind.CARRIER_INSURANCE, part="number", chars=16, section="保险", in_table=False
    )
    carrier_until: Field = paper(
        "承运人责任险止期",
        PaperKind.CARRIER_INSURANCE,
        required=Need.BY_LAW,
        chars=10,
        section="保险",
        synonyms=("承运人险止期", "承运人责任险到期"),
        clause=f"{_ARTICLE_14}第5项",
    )
    positioning: Mapped[str | None] = text(
        "卫星定位终端",
        max_chars=40,
        chars=12,
        section="设备",
        in_table=False,
        synonyms=("GPS厂家/终端号", "GPS终端号"),
        clause=f"{_REGULATION}第21条",
    )
    cameras: Mapped[bool | None] = flag(
        "监控已接入", chars=6, section="设备", in_table=False, synonyms=("监控是否接入",)
    )
    route: Mapped[str | None] = text("行驶线路", max_chars=60, chars=14, section="运行", synonyms=("线路",))
    driver: Mapped[int | None] = ref(
        "驾驶人",
        "driver",
        required=Need.BY_LAW,
        chars=7,
        section="运行",
        synonyms=("随车驾驶人", "驾驶员"),
        clause=_ARTICLE_14,
    )
    escort: Mapped[int | None] = ref(
        "照管员", "staff", chars=7, section="运行", synonyms=("随车照管人员",), clause=f"{_REGULATION}第38条"
    )
    pupils: Mapped[int | None] = count("服务学生数", unit="人", chars=6, section="运行", in_table=False, totals=True)
    status: Mapped[str | None] = choice("状态", BusStatus, default=BusStatus.IN_USE.value, chars=5, section="运行")
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)


@ledger(
    "校车每日检查",
    group=Tab.TRANSPORT,
    section=Section.CHECKS,
    title="bus",
    happened="checked_on",
    code="F-BUS-04",
    icon="clipboard-list",
    about="每车每日每趟出车前看一遍，收车后清一遍车。前七项是法定项；有 × 的写明处理，并自动登记一条隐患。",
    checks=(
        Check(checked_by_today, blame="checked_on", otherwise="检查日期晚于今天", given=("today",)),
        Check(
            problem_written,
            blame="problem",
            otherwise="有不正常的项，要写明异常及处理",
            level=Level.GAP,
            clause=_ARTICLE_41,
        ),
        Check(bus_was_inspected, blame="bus", level=Level.GAP, given=("bus",), clause=_ARTICLE_20),
        Check(driver_was_licensed, blame="driver", level=Level.GAP, given=("driver",), clause=_ARTICLE_23),
        Check(driver_covered_the_bus, blame="driver", level=Level.GAP, given=("bus", "driver"), clause=_ARTICLE_23),
    ),
    opens_hazard=OpensHazard("hazard", hazard_of_bus, given=("bus",)),
    duties=(
        Duty(
            "每车每趟检查",
            When.SCHOOL_DAY,
            OfFile("bus", carries_pupils),
            each=OfWords("trip", "bus.trips"),
            clause=_ARTICLE_41,
        ),
    ),
)
class BusDailyCheck(Record):
    """The check of one bus before one trip and the look through it afterwards."""

    __tablename__ = "bus_daily_check"

    checked_on: Mapped[date] = day(
        "日期",
        required=Need.ALWAYS,
        default=lambda today: today,
        carry=True,
        chars=10,
        synonyms=("检查日期",),
        clause=_ARTICLE_41,
    )
    bus: Mapped[int] = ref("号牌号码", "bus", required=Need.ALWAYS, carry=True, chars=9, synonyms=("车牌号", "车号"))
    trip: Mapped[str | None] = choice("趟次", Trip, required=Need.BY_LAW, chars=5)
    left_at: Mapped[time | None] = time_of_day("出车时间", required=Need.BY_LAW, chars=6, synonyms=("发车时间",))
    mileage: Mapped[int | None] = count("里程表数", unit="公里", chars=8, synonyms=("里程", "里程表读数"))
    answers: Field = answers(
        "检查结果",
        FixedChecklist.BUS_DAILY,
        happened="checked_on",
        required=Need.ALWAYS,
        chars=16,
        default="全部正常",
        hint="全部正常，或写不正常的项，如 轮胎×",
        clause=_ARTICLE_41,
    )
    conclusion: Mapped[str | None] = computed("结论", Text(6), conclusion_of, chars=6)
    problem: Mapped[str | None] = text("异常及处理", max_chars=100, chars=14, synonyms=("异常情况及处理",))
    driver: Mapped[int | None] = ref(
        "驾驶人",
        "driver",
        required=Need.BY_LAW,
        follows=("bus", "driver"),
        chars=7,
        synonyms=("驾驶人签字", "驾驶员"),
        clause=_ARTICLE_41,
    )
    escort: Mapped[int | None] = ref(
        "照管员",
        "staff",
        required=Need.BY_LAW,
        follows=("bus", "escort"),
        chars=7,
        synonyms=("照管员签字", "随车照管人员"),
        clause=f"{_REGULATION}第38条",
    )
    hazard: Mapped[int | None] = ref("对应隐患", "hazard", chars=12, hint="不正常时自动登记，也可选已有的隐患")
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10, in_table=False)

    __table_args__ = (Index("ix_bus_daily_check_month", "checked_on", "id"),)
