"""Waste handed over, meals eaten with the pupils, additives, rapid tests: what is written down beside cooking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped

from school_logistics.models.canteen.fitness import fit_to_sign
from school_logistics.models.checks import Check, Facts, Level, Lookup, Values
from school_logistics.models.duties import Duty, OfWords, When
from school_logistics.models.fields import Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.outcomes import OpensHazard
from school_logistics.models.record import Record, Tables
from school_logistics.models.words import (
    choice,
    code,
    computed,
    day,
    flag,
    measure,
    month_or_day,
    ref,
    text,
    time_of_day,
)
from school_logistics.rules import additives, dining, pesticide, waste
from school_logistics.rules.calendar import Month
from school_logistics.rules.dates import MonthOrDay
from school_logistics.rules.dining import DinerKind, Mark
from school_logistics.rules.kinds import Text
from school_logistics.rules.pesticide import TestMethod, Verdict
from school_logistics.rules.recording import not_ahead
from school_logistics.rules.samples import Meal
from school_logistics.rules.waste import WasteKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_WASTE = "教育部令第45号第42条、山东省生活垃圾管理条例第30条"
_DINING = "教育部令第45号第13条"
_ADDITIVES = "教育部令第45号第38条、食品安全法第40条"
_TEST = "教育部令第45号第33条"
_DISHES = 100
"""Characters that the dishes of a meal may take."""
_HANDED_BY = fit_to_sign("handed_by", "recorder", on="handed_on")
_ADDED_BY = fit_to_sign("used_by", "witness", on="used_on")
_TESTED_BY = fit_to_sign("tested_by", "reviewed_by", on="tested_on")


@ledger(
    "餐厨废弃物处置记录",
    group=Tab.CANTEEN,
    section=Section.DAILY,
    title="kind",
    happened="handed_on",
    code="C17",
    icon="archive-restore",
    about="餐厨垃圾、废弃油脂、厨余每次交出去记一行。收运单位要在供货商档案里，收运协议要在有效期内，去向不得是养殖场。",
    checks=(
        Check(not_ahead("handed_on"), blame="handed_on", otherwise="日期晚于今天", given=("today",)),
        Check(waste.under_contract, blame="carrier", level=Level.GAP, given=("carrier",), clause=_WASTE),
        Check(waste.never_to_a_farm, blame="destination", given=("book", "today"), clause=_WASTE),
        *_HANDED_BY.checks,
    ),
    lookups=(_HANDED_BY.lookup,),
    duties=(Duty("每个供餐日处置", When.SCHOOL_DAY, clause=_WASTE, title="餐厨废弃物处置"),),
)
class FoodWaste(Record):
    """One load of kitchen waste handed to its carrier."""

    __tablename__ = "food_waste"

    handed_on: Mapped[date] = day(
        "日期", required=Need.ALWAYS, default=lambda today: today, carry=True, chars=10, synonyms=("处置日期",)
    )
    kind: Mapped[str | None] = choice(
        "废弃物种类", WasteKind, required=Need.ALWAYS, chars=10, clause=_WASTE, synonyms=("种类",)
    )
    kilograms: Mapped[Decimal | None] = measure(
        "数量", unit="kg", shown=1, required=Need.BY_LAW, totals=True, chars=7, clause=_WASTE, synonyms=("重量",)
    )
    handed_at: Mapped[time | None] = time_of_day("处理时间", required=Need.BY_LAW, chars=6, clause=_WASTE)
    carrier: Mapped[int | None] = ref(
        "处理单位",
        "supplier",
        required=Need.BY_LAW,
        carry=True,
        chars=14,
        clause=_WASTE,
        hint="在供货商档案里登记收运单位和协议期限",
        synonyms=("收运单位",),
    )
    carrier_name: Mapped[str | None] = computed(
        "处理单位名称", Text(60), waste.carrier_of, given=("carrier",), chars=14, in_table=False
    )
    destination: Mapped[str | None] = text(
        "去向", max_chars=40, carry=True, chars=12, hint="如 区餐厨废弃物处理厂", in_table=False
    )
    collector: Mapped[str | None] = text(
        "收运人",
        signs=True,
        max_chars=20,
        required=Need.BY_LAW,
        carry=True,
        chars=7,
        clause=_WASTE,
        synonyms=("处理人", "收运人签字"),
    )
    collector_phone: Mapped[str | None] = code("联系方式", max_chars=20, carry=True, chars=12, synonyms=("联系电话",))
    plate: Mapped[str | None] = code("收运车牌", max_chars=10, carry=True, chars=8, synonyms=("车牌号",))
    manifest_no: Mapped[str | None] = code("联单号", max_chars=30, required=Need.BY_LAW, chars=10, clause=_WASTE)
    handed_by: Mapped[int | None] = ref(
        "交付人", "staff", required=Need.BY_LAW, carry=True, chars=7, clause=_WASTE, synonyms=("交付人签字",)
    )
    recorder: Mapped[int | None] = ref("记录人", "staff", required=Need.BY_LAW, carry=True, chars=7, clause=_WASTE)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)

    __table_args__ = (Index("ix_food_waste_month", "handed_on", "id"),)


def _posts_of_the_name(session: Session, rows: Sequence[Values]) -> Sequence[object]:
    """The posts of the staff who are called as the one who ate."""
    staff = Tables.metadata.tables["staff"].c
    names = {name for row in rows if (name := row.get("diner"))}
    found: dict[str, list[str]] = {}
    for name, post in session.execute(select(staff.name, staff.post).where(staff.name.in_(names))) if names else ():
        found.setdefault(name, []).append(post or "")
    return [tuple(found.get(str(row.get("diner")), ())) for row in rows]


def _menu_of_the_meal(session: Session, rows: Sequence[Values]) -> Sequence[object]:
    """The dishes planned for each meal, in the order of the menu."""
    menu = Tables.metadata.tables["menu_dish"].c
    days = {on for row in rows if isinstance(on := row.get("eaten_on"), date)}
    found: dict[tuple[object, object], list[str]] = {}
    wanted = select(menu.served_on, menu.meal, menu.dish).where(menu.served_on.in_(days)).order_by(menu.id)
    for served_on, meal, dish in session.execute(wanted) if days else ():
        found.setdefault((served_on, meal), []).append(dish)
    return ["、".join(found.get((row.get("eaten_on"), row.get("meal")), ())) or None for row in rows]


def _planned(_row: Facts, *, menu: str | None) -> str | None:
    return menu[:_DISHES] if menu else None


def _no_canteen_hand(row: Facts, *, posts: tuple[str, ...]) -> str:
    return dining.no_canteen_hand(row, posts=posts)


def _leads(row: Facts) -> str:
    return dining.leads_the_school(row.post, row.kind)


@ledger(
    "陪餐记录",
    group=Tab.CANTEEN,
    section=Section.DAILY,
    title="diner",
    happened="eaten_on",
    code="C18",
    icon="utensils",
    about="每餐至少一位学校负责人和学生一起用餐并写下看到的情况；家长陪餐另成一页。食堂员工不能充任。",
    checks=(
        Check(not_ahead("eaten_on"), blame="eaten_on", otherwise="日期晚于今天", given=("today",)),
        Check(_no_canteen_hand, blame="diner", level=Level.GAP, given=("posts",), clause=_DINING),
        Check(_leads, blame="post", level=Level.GAP, clause=_DINING),
    ),
    lookups=(Lookup("posts", _posts_of_the_name), Lookup("menu", _menu_of_the_meal)),
    opens_hazard=OpensHazard("hazard", dining.hazard_of_meal, note="problem", on_the_spot="handling"),
    duties=(
        Duty(
            "每餐有学校负责人陪餐",
            When.SCHOOL_DAY,
            OfWords("meal", "meals.served"),
            within=(("kind", DinerKind.LEADER.value),),
            clause=_DINING,
            title="学校负责人陪餐",
        ),
    ),
)
class AccompaniedMeal(Record):
    """One person who ate with the pupils, and what was found."""

    __tablename__ = "accompanied_meal"

    eaten_on: Mapped[date] = day(
        "陪餐日期", required=Need.ALWAYS, default=lambda today: today, carry=True, chars=10, synonyms=("日期",)
    )
    weekday: Mapped[str | None] = computed("星期", Text(3), dining.weekday_of, chars=5, in_table=False)
    meal: Mapped[str | None] = choice("餐次", Meal, required=Need.BY_LAW, carry=True, chars=5, clause=_DINING)
    kind: Mapped[str | None] = choice(
        "陪餐类型", DinerKind, required=Need.BY_LAW, default=DinerKind.LEADER.value, chars=7, clause=_DINING
    )
    diner: Mapped[str] = text("陪餐人", required=Need.ALWAYS, max_chars=20, chars=7, synonyms=("陪餐领导", "姓名"))
    post: Mapped[str | None] = text("职务", max_chars=20, chars=8, hint="家长写学生班级")
    dishes: Mapped[str | None] = text(
        "食谱",
        max_chars=_DISHES,
        chars=18,
        usually=_planned,
        given=("menu",),
        hint="留空时取当天食谱",
        synonyms=("菜品名称",),
    )
    looks: Mapped[str | None] = choice("外观", Mark, chars=4, in_table=False)
    taste: Mapped[str | None] = choice("口味", Mark, chars=4, in_table=False)
    food: Mapped[str | None] = choice(
        "饭菜质量", Mark, required=Need.BY_LAW, chars=5, clause=_DINING, synonyms=("饭菜质量评价", "质量")
    )
    hygiene: Mapped[str | None] = choice(
        "食堂卫生", Mark, required=Need.BY_LAW, chars=5, clause=_DINING, synonyms=("食堂卫生状况评价", "食堂卫生状况")
    )
    order: Mapped[str | None] = choice("就餐秩序", Mark, chars=5, synonyms=("学生就餐秩序评价", "学生就餐秩序"))
    service: Mapped[str | None] = choice("服务情况", Mark, chars=5, synonyms=("食堂员工工作",))
    opinion: Mapped[str | None] = text("学生意见", max_chars=100, chars=14, in_table=False)
    reaction: Mapped[str | None] = text(
        "不良反应", max_chars=100, chars=12, in_table=False, hint="有学生不适的写明人数和情况"
    )
    problem: Mapped[str | None] = text("发现问题", max_chars=100, lines=2, chars=14, synonyms=("其他情况说明",))
    handling: Mapped[str | None] = text("处理措施", max_chars=100, lines=2, chars=14, hint="当场处理的写明怎样处理")
    result: Mapped[str | None] = text("处理结果", max_chars=60, chars=10, in_table=False)
    hazard: Mapped[int | None] = ref("隐患编号", "hazard", chars=10, in_table=False)
    manager: Mapped[int | None] = ref("食堂负责人", "staff", carry=True, chars=7, in_table=False)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)

    __table_args__ = (Index("ix_accompanied_meal_month", "eaten_on", "id"),)


def _wanted(field: str) -> Callable[[Facts], str]:
    def rule(row: Facts) -> str:
        return additives.wanted(field, row)

    return rule


def _others_of_the_month(session: Session, rows: Sequence[Values]) -> Sequence[object]:
    """The additives that the month's other records name."""
    told = Tables.metadata.tables["additive_use"].c
    months = {Month.of(on) for row in rows if isinstance(on := row.get("used_on"), date)}
    known: dict[Month, list[tuple[int, str]]] = {}
    for month in months:
        in_month = select(told.id, told.additive).where(told.used_on.between(month.first, month.last))
        known[month] = [(one, additive) for one, additive in session.execute(in_month)]
    return [
        tuple(additive for one, additive in known[Month.of(on)] if one != row.get("id"))
        if isinstance(on := row.get("used_on"), date)
        else ()
        for row in rows
    ]


@ledger(
    "添加剂使用记录",
    group=Tab.CANTEEN,
    section=Section.DAILY,
    title="additive",
    happened="used_on",
    code="C09",
    icon="flask-conical",
    about="用一次记一行，称量使用，两人在场。整月没有使用的，月底在添加剂名称里写“本月未使用”报一条。",
    checks=(
        Check(not_ahead("used_on"), blame="used_on", otherwise="日期晚于今天", given=("today",)),
        *(
            Check(_wanted(one), blame=one, level=Level.GAP, clause=_ADDITIVES)
            for one in ("maker", "grams", "purpose", "dish", "dish_amount")
        ),
        Check(additives.two_present, blame="witness", level=Level.GAP, clause=_ADDITIVES),
        Check(additives.five_kept, blame="kept_apart", level=Level.GAP, clause=_ADDITIVES),
        Check(additives.none_or_some, blame="additive", level=Level.GAP, given=("others",)),
        *_ADDED_BY.checks,
    ),
    lookups=(Lookup("others", _others_of_the_month), _ADDED_BY.lookup),
    duties=(Duty("每月登记或报未使用", When.MONTH, clause=_ADDITIVES, title="食品添加剂"),),
)
class AdditiveUse(Record):
    """One use of one additive in one dish, or the month's report that none was used."""

    __tablename__ = "additive_use"

    used_on: Mapped[date] = day(
        "使用日期", required=Need.ALWAYS, default=lambda today: today, chars=10, synonyms=("日期",)
    )
    additive: Mapped[str] = text(
        "食品添加剂名称",
        required=Need.ALWAYS,
        max_chars=30,
        chars=12,
        tidy=additives.tidy_additive,
        hint="整月没用过的写 本月未使用",
        synonyms=("添加剂名称", "名称"),
    )
    maker: Mapped[str | None] = text("生产者", max_chars=60, chars=14, carry=True)
    produced_on: Mapped[MonthOrDay | None] = month_or_day("生产日期", chars=10, carry=True)
    grams: Mapped[Decimal | None] = measure("使用量", unit="g", shown=1, chars=7, synonyms=("使用量（g）",))
    purpose: Mapped[str | None] = text("功能（用途）", max_chars=30, chars=9, carry=True, synonyms=("功能", "用途"))
    dish: Mapped[str | None] = text("制作食品名称", max_chars=30, chars=10)
    dish_amount: Mapped[Decimal | None] = measure("制作食品量", unit="kg", shown=1, chars=8)
    used_by: Mapped[int | None] = ref(
        "使用人", "staff", required=Need.BY_LAW, carry=True, chars=7, clause=_ADDITIVES, synonyms=("填报人",)
    )
    witness: Mapped[int | None] = ref("在场人", "staff", carry=True, chars=7, hint="两人在场，不能是使用人本人")
    approver: Mapped[str | None] = text("批准人", signs=True, max_chars=20, carry=True, chars=7, in_table=False)
    kept_apart: Mapped[bool | None] = flag(
        "五专落实", chars=5, hint="专店采购、专柜存放、专人负责、专用工具、专用台账", in_table=False
    )
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)


@ledger(
    "农药残留快检记录",
    group=Tab.CANTEEN,
    section=Section.DAILY,
    title="sample",
    happened="tested_on",
    code="C25",
    icon="flask-conical",
    about="蔬菜水果到货后先快检再加工，一样一行。酶抑制率达到 50 % 判阳性，阳性的停用、退货或销毁并写明处理。",
    checks=(
        Check(not_ahead("tested_on"), blame="tested_on", otherwise="日期晚于今天", given=("today",)),
        Check(pesticide.measured, blame="inhibition", level=Level.GAP, clause=_TEST),
        Check(pesticide.agrees_with_reading, blame="result", given=("book",)),
        *_TESTED_BY.checks,
    ),
    lookups=(_TESTED_BY.lookup,),
    opens_hazard=OpensHazard("hazard", pesticide.hazard_of_residue, note="handling", on_the_spot="spot_fix"),
    duties=(Duty("每个供餐日快检", When.SCHOOL_DAY, clause=_TEST, title="农药残留快检"),),
)
class PesticideTest(Record):
    """One sample tested for residues before it is cooked."""

    __tablename__ = "pesticide_test"

    tested_on: Mapped[date] = day(
        "日期", required=Need.ALWAYS, default=lambda today: today, carry=True, chars=10, synonyms=("检测日期",)
    )
    sample: Mapped[str] = text("样品名称", required=Need.ALWAYS, max_chars=30, chars=10, synonyms=("样品", "品名"))
    supplier: Mapped[int | None] = ref(
        "供货商", "supplier", required=Need.BY_LAW, carry=True, chars=14, clause=_TEST, synonyms=("供货单位",)
    )
    batch: Mapped[str | None] = text("批次/产地", max_chars=40, carry=True, chars=10, synonyms=("批次", "产地"))
    item: Mapped[str | None] = text("检测项目", max_chars=40, default="有机磷和氨基甲酸酯类", chars=14, in_table=False)
    method: Mapped[str | None] = choice(
        "检测方法", TestMethod, required=Need.BY_LAW, default=TestMethod.ENZYME.value, chars=8, clause=_TEST
    )
    inhibition: Mapped[Decimal | None] = measure("抑制率", unit="%", places=1, shown=1, signed=True, chars=7)
    result: Mapped[str | None] = choice(
        "结果判定",
        Verdict,
        required=Need.BY_LAW,
        usually=pesticide.verdict_of,
        given=("book",),
        chars=6,
        clause=_TEST,
        hint="填了抑制率的自动判定",
        synonyms=("判定", "检测结果"),
    )
    handling: Mapped[str | None] = text("处理情况", max_chars=100, chars=14, hint="阳性：停用、整批退货或销毁")
    spot_fix: Mapped[str | None] = text(
        "当场了结", max_chars=100, chars=12, in_table=False, hint="没有进厨房、当场整批退回的写明，就不再登记隐患"
    )
    hazard: Mapped[int | None] = ref("隐患编号", "hazard", chars=10, in_table=False)
    tested_by: Mapped[int | None] = ref("检测人", "staff", required=Need.BY_LAW, carry=True, chars=7, clause=_TEST)
    reviewed_by: Mapped[int | None] = ref("审核人", "staff", carry=True, chars=7)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10, in_table=False)
