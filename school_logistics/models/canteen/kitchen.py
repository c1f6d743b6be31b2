"""The kitchen day by day: tableware disinfected, cold rooms read, dishes cooked through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from school_logistics.models.canteen.fitness import fit_to_sign
from school_logistics.models.checks import Check, Facts, Level
from school_logistics.models.duties import Duty, OfFile, OfWords, When
from school_logistics.models.fields import Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.outcomes import OpensHazard
from school_logistics.models.record import Record
from school_logistics.models.words import (
    choice,
    code,
    computed,
    count,
    day,
    flag,
    measure,
    ref,
    text,
    time_of_day,
)
from school_logistics.rules import cooking, tableware
from school_logistics.rules.cold import (
    ColdKind,
    Shift,
    controlled_at,
    hazard_of_reading,
    in_use,
    out_of_range,
    shift_fits,
    usual_shift,
)
from school_logistics.rules.kinds import Text
from school_logistics.rules.recording import another, not_ahead
from school_logistics.rules.samples import Meal
from school_logistics.rules.tableware import MachineState, Method

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook

_WASHING = "食品安全法第56条、教育部令第45号"
_COLD = "GB 31654-2021"
_COOKING = "餐饮服务食品安全操作规范（2018年第12号公告）"
_WASHED_BY = fit_to_sign("done_by", "checked_by", on="done_on")
_READ_BY = fit_to_sign("recorder", "checked_by", on="read_on")
_COOKED_BY = fit_to_sign("cook", on="cooked_on")


def _tableware_fault(field: str) -> Callable[..., str]:
    def rule(row: Facts, *, book: RuleBook) -> str:
        return next((one.sentence for one in tableware.faults(row, book) if one.field == field), "")

    return rule


def _cooking_fault(field: str) -> Callable[..., str]:
    def rule(row: Facts, *, book: RuleBook) -> str:
        return next((one.sentence for one in cooking.faults(row, book) if one.field == field), "")

    return rule


def _agent_named(row: Facts) -> bool:
    return tableware.agent_named(row, row.agent)


@ledger(
    "餐饮具清洗消毒记录",
    group=Tab.CANTEEN,
    section=Section.DAILY,
    title="tableware",
    happened="done_on",
    code="C14",
    icon="droplets",
    about="每餐餐饮具一刮、二洗、三冲、四消毒、五保洁，消毒后记一行：方法、温度或浓度、多长时间、谁做的、谁查的。",
    checks=(
        Check(not_ahead("done_on"), blame="done_on", otherwise="日期晚于今天", given=("today",)),
        Check(tableware.measured, blame="celsius", level=Level.GAP, clause=_WASHING),
        Check(_agent_named, blame="agent", otherwise="化学消毒要写消毒剂名称", level=Level.GAP, clause=_WASHING),
        *(
            Check(_tableware_fault(one), blame=one, level=Level.WARNING, given=("book",), clause=_WASHING)
            for one in ("celsius", "strength", "minutes", "soaked", "machine")
        ),
        Check(
            another("checked_by", "done_by"),
            blame="checked_by",
            otherwise="检查人不能就是消毒人员",
            level=Level.WARNING,
            clause=_WASHING,
        ),
        *_WASHED_BY.checks,
    ),
    lookups=(_WASHED_BY.lookup,),
    opens_hazard=OpensHazard(
        "hazard", tableware.hazard_of_tableware, given=("book",), note="problem", on_the_spot="spot_fix"
    ),
    duties=(
        Duty("每餐餐饮具消毒", When.SCHOOL_DAY, OfWords("meal", "meals.served"), clause=_WASHING, title="餐饮具消毒"),
    ),
)
class TablewareDisinfection(Record):
    """One disinfection of one kind of tableware after a meal."""

    __tablename__ = "tableware_disinfection"

    done_on: Mapped[date] = day(
        "日期", required=Need.ALWAYS, default=lambda today: today, carry=True, chars=10, synonyms=("消毒日期",)
    )
    meal: Mapped[str | None] = choice("餐次", Meal, required=Need.BY_LAW, carry=True, chars=5, clause=_WASHING)
    tableware: Mapped[str] = text(
        "餐具名称", required=Need.ALWAYS, max_chars=40, carry=True, chars=12, synonyms=("餐饮具名称", "餐具种类")
    )
    pieces: Mapped[int | None] = count(
        "餐具数量", unit="件", required=Need.BY_LAW, most=99_999, chars=6, clause=_WASHING, synonyms=("数量",)
    )
    method: Mapped[str | None] = choice(
        "消毒方法", Method, required=Need.BY_LAW, carry=True, chars=8, clause=_WASHING, synonyms=("消毒方式",)
    )
    agent: Mapped[str | None] = text("消毒剂名称", max_chars=30, chars=9, hint="化学消毒时填")
    celsius: Mapped[Decimal | None] = measure(
        "消毒温度", unit="℃", places=1, shown=1, chars=6, hint="物理消毒时填", synonyms=("温度",)
    )
    strength: Mapped[int | None] = count(
        "消毒剂浓度", unit="mg/L", most=1_000_000, chars=7, hint="化学消毒时填", synonyms=("浓度",)
    )
    began_at: Mapped[time | None] = time_of_day(
        "消毒开始时间", required=Need.BY_LAW, chars=6, clause=_WASHING, synonyms=("开始时间",)
    )
    minutes: Mapped[Decimal | None] = measure(
        "消毒时间",
        unit="min",
        shown=0,
        required=Need.BY_LAW,
        chars=6,
        clause=_WASHING,
        hint="洗碗机 40 秒写 0.67",
        synonyms=("消毒时长", "作用时间"),
    )
    soaked: Mapped[bool | None] = flag("全部浸没并冲净", chars=6, in_table=False, hint="化学消毒时填")
    machine: Mapped[str | None] = choice("设备状态", MachineState, default=MachineState.GOOD.value, chars=6)
    done_by: Mapped[int | None] = ref(
        "消毒人员", "staff", required=Need.BY_LAW, carry=True, chars=7, clause=_WASHING, synonyms=("消毒人", "操作人")
    )
    checked_by: Mapped[int | None] = ref(
        "检查人",
        "staff",
        required=Need.BY_LAW,
        carry=True,
        chars=7,
        clause=_WASHING,
        synonyms=("监督人", "检查人（监督人）"),
    )
    problem: Mapped[str | None] = text("异常情况", max_chars=100, chars=12, section="异常", in_table=False)
    spot_fix: Mapped[str | None] = text(
        "当场整改", max_chars=100, chars=12, section="异常", in_table=False, hint="重新消毒后合格等"
    )
    hazard: Mapped[int | None] = ref("隐患编号", "hazard", chars=10, section="异常", in_table=False)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)

    __table_args__ = (Index("ix_tableware_disinfection_month", "done_on", "id"),)


@ledger(
    "冷藏冷冻设备",
    group=Tab.CANTEEN,
    section=Section.FILES,
    title="name",
    number=("name",),
    icon="package",
    about="一台冰箱、冷库或留样柜一行。每台每天记两次温度，一台一月一张表。",
)
class ColdUnit(Record):
    """One fridge, freezer, cold room or cabinet for retained samples."""

    __tablename__ = "cold_unit"

    name: Mapped[str] = text(
        "设备名称", required=Need.ALWAYS, max_chars=30, chars=12, hint="名称要能分清是哪一台，如 1号冷藏柜"
    )
    unit_no: Mapped[str | None] = code("设备编号", max_chars=20, chars=8, synonyms=("编号",))
    kind: Mapped[str | None] = choice(
        "类型", ColdKind, required=Need.BY_LAW, chars=5, clause=_COLD, synonyms=("冷藏/冷冻/留样",)
    )
    place: Mapped[str | None] = text("位置", max_chars=40, chars=10)
    controlled: Mapped[str | None] = computed(
        "控制温度", Text(20), controlled_at, given=("book", "today"), chars=9, hint="按类型由规则手册得出"
    )
    keeper: Mapped[int | None] = ref("责任人", "staff", chars=7)
    retired_on: Mapped[date | None] = day("停用日期", chars=10, in_table=False)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)


@ledger(
    "冷藏冷冻温度记录",
    group=Tab.CANTEEN,
    section=Section.DAILY,
    title="unit",
    happened="read_on",
    number=("read_on", "unit", "shift"),
    code="C16",
    icon="clock",
    about="每台设备上午、下午各看一次温度，照表上读数填。超出范围的要写明情况，当场调好或报修。",
    checks=(
        Check(not_ahead("read_on"), blame="read_on", otherwise="日期晚于今天", given=("today",)),
        Check(shift_fits, blame="shift", otherwise="时段与记录时间不符"),
        Check(out_of_range, blame="celsius", level=Level.WARNING, given=("book", "unit"), clause=_COLD),
        *_READ_BY.checks,
    ),
    lookups=(_READ_BY.lookup,),
    opens_hazard=OpensHazard(
        "hazard", hazard_of_reading, given=("book", "unit"), note="problem", on_the_spot="spot_fix"
    ),
    duties=(
        Duty("每台每天两次", When.SCHOOL_DAY, OfFile("unit", in_use), times=2, clause=_COLD, title="冷藏冷冻温度"),
    ),
)
class ColdTemperature(Record):
    """One reading of one unit."""

    __tablename__ = "cold_temperature"

    read_on: Mapped[date] = day(
        "日期", required=Need.ALWAYS, default=lambda today: today, carry=True, chars=10, synonyms=("记录日期",)
    )
    unit: Mapped[int] = ref("设备", "cold_unit", required=Need.ALWAYS, chars=12, synonyms=("设备名称",))
    read_at: Mapped[time | None] = time_of_day(
        "时间", required=Need.BY_LAW, chars=6, clause=_COLD, synonyms=("记录时间",)
    )
    shift: Mapped[str | None] = choice(
        "时段", Shift, required=Need.BY_LAW, usually=usual_shift, chars=5, clause=_COLD, hint="按时间分上午、下午"
    )
    celsius: Mapped[Decimal | None] = measure(
        "温度", unit="℃", places=1, shown=1, signed=True, required=Need.BY_LAW, chars=6, clause=_COLD
    )
    recorder: Mapped[int | None] = ref("记录人", "staff", required=Need.BY_LAW, carry=True, chars=7, clause=_COLD)
    problem: Mapped[str | None] = text("异常情况", max_chars=100, chars=14, synonyms=("异常情况及处理",))
    spot_fix: Mapped[str | None] = text("当场处理", max_chars=100, chars=14, hint="调低档位、转移食品等")
    hazard: Mapped[int | None] = ref("隐患编号", "hazard", chars=10, in_table=False)
    checked_by: Mapped[int | None] = ref("检查人", "staff", chars=7, carry=True)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10, in_table=False)

    __table_args__ = (Index("ix_cold_temperature_month", "read_on", "id"),)


@ledger(
    "烧熟中心温度记录",
    group=Tab.CANTEEN,
    section=Section.DAILY,
    title="dish",
    happened="cooked_on",
    icon="utensils",
    about="大块肉、丸子、整鸡等不易烧透的菜，出锅时量中心温度；做好超过两小时才供餐的，还要记存放温度。",
    checks=(
        Check(not_ahead("cooked_on"), blame="cooked_on", otherwise="日期晚于今天", given=("today",)),
        Check(cooking.served_after_cooked, blame="served_at", otherwise="供餐时间早于烧熟时间"),
        *(
            Check(_cooking_fault(one), blame=one, level=Level.WARNING, given=("book",), clause=_COOKING)
            for one in ("core_celsius", "holding_celsius")
        ),
        *_COOKED_BY.checks,
    ),
    lookups=(_COOKED_BY.lookup,),
    opens_hazard=OpensHazard("hazard", cooking.hazard_of_dish, given=("book",), note="problem", on_the_spot="spot_fix"),
)
class CookedDish(Record):
    """One dish as it left the stove, and how it was kept until it was eaten."""

    __tablename__ = "cooked_dish"

    cooked_on: Mapped[date] = day("日期", required=Need.ALWAYS, default=lambda today: today, carry=True, chars=10)
    meal: Mapped[str | None] = choice("餐次", Meal, required=Need.BY_LAW, carry=True, chars=5, clause=_COOKING)
    dish: Mapped[str] = text("菜品名称", required=Need.ALWAYS, max_chars=30, chars=12, synonyms=("菜名", "品名"))
    core_celsius: Mapped[Decimal | None] = measure(
        "中心温度", unit="℃", places=1, shown=1, required=Need.BY_LAW, chars=7, clause=_COOKING
    )
    cooked_at: Mapped[time | None] = time_of_day("烧熟时间", required=Need.BY_LAW, chars=6, clause=_COOKING)
    served_at: Mapped[time | None] = time_of_day("供餐时间", chars=6)
    holding_celsius: Mapped[Decimal | None] = measure(
        "存放温度", unit="℃", places=1, shown=1, signed=True, chars=7, hint="烧熟超过两小时才供餐的填"
    )
    cook: Mapped[int | None] = ref("测温人", "staff", required=Need.BY_LAW, carry=True, chars=7, clause=_COOKING)
    problem: Mapped[str | None] = text("异常情况", max_chars=100, chars=14)
    spot_fix: Mapped[str | None] = text("当场处理", max_chars=100, chars=14, hint="回锅再加热到中心温度合格等")
    hazard: Mapped[int | None] = ref("隐患编号", "hazard", chars=10, in_table=False)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10, in_table=False)
