"""The past of classes and orders: pupils of every school year, milk in every term, uniforms every autumn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.rules.calendar import Period
from school_logistics.rules.identity import Sex
from school_logistics.rules.tally import GRADES, UNIFORM_SIZES, MilkPayment, UniformStyle
from school_logistics.services.demo_school.deliveries import MILK
from school_logistics.services.demo_school.dormitory import BOARDERS

if TYPE_CHECKING:
    from school_logistics.services.demo_school.pen import Pen, Plan

_GRADES = GRADES[:6]
_CLASSES_A_GRADE = 6
CLASSES = [f"{grade}{number}班" for grade in _GRADES for number in range(1, _CLASSES_A_GRADE + 1)]
_BOARDING = [name for name in CLASSES if name[0] in "五六"]
_ORDERING_GRADES = ("一年级", "三年级", "四年级")
_SURNAMES, _GIVEN = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨",
    ("晓岚", "文静", "建业", "海燕", "立群", "素梅", "志远", "雅琴", "国栋"),
)
_PRICES = {UniformStyle.SPORTS: Decimal(88), UniformStyle.SUMMER: Decimal(65)}
_SIZES_BY_GRADE = {"一年级": (1, 2, 3), "三年级": (3, 4, 5), "四年级": (4, 5, 6)}
"""Places in the list of sizes that most pupils of a grade wear."""


class Roll(NamedTuple):
    """The pupils of one class in one school year."""

    pupils: int
    girls: int


def plan_orders(plan: Plan) -> None:
    """Plan classes and orders of every school year."""
    rolls: list[Mapping[str, Roll]] = []
    for year in range(plan.first.year, plan.today.year + 1):
        begins = max(plan.first, plan.workday(date(year, 9, 1)))
        if begins > plan.today:
            break
        roll = _roll(plan, rolls[-1] if rolls else None)
        rolls.append(roll)
        _plan_classes(plan, begins, roll, first=len(rolls) == 1)
        _plan_milk(plan, f"{year}秋", Period(date(year, 9, 8), date(year + 1, 1, 15), ""), roll)
        _plan_milk(plan, f"{year + 1}春", Period(date(year + 1, 3, 9), date(year + 1, 7, 3), ""), roll)
        _plan_uniforms(plan, year, roll)


def _roll(plan: Plan, before: Mapping[str, Roll] | None) -> dict[str, Roll]:
    """Every class of a year: those of last year a grade higher, with a few who came or went, and new first classes."""
    found: dict[str, Roll] = {}
    for place, name in enumerate(CLASSES):
        last = before[CLASSES[place - _CLASSES_A_GRADE]] if before and place >= _CLASSES_A_GRADE else None
        pupils = last.pupils + plan.chance.choice((-1, 0, 0, 0, 1)) if last else plan.chance.randrange(38, 48)
        girls = min(last.girls, pupils) if last else pupils // 2 - plan.chance.randrange(0, 4)
        found[name] = Roll(pupils, girls)
    return found


def _plan_classes(plan: Plan, day: date, roll: Mapping[str, Roll], *, first: bool) -> None:
    boarders = BOARDERS // len(_BOARDING)

    def told(name: str) -> dict[str, object]:
        return {
            "pupils": roll[name].pupils, "girls": roll[name].girls, "head_teacher": teachers[name],
            "boarders": boarders if name in _BOARDING else 0,
        }  # fmt: skip

    teachers = {name: plan.chance.choice(_SURNAMES) + plan.chance.choice(_GIVEN) for name in CLASSES}

    def enter(pen: Pen) -> None:
        pen.write("school_class", [{"name": name, **told(name)} for name in CLASSES])

    def move_up(pen: Pen) -> None:
        pen.change_all("school_class", {pen.id_of("school_class", name): told(name) for name in CLASSES})

    plan.on(day, "建立班级名册" if first else "升级：更新班级人数", enter if first else move_up, hour=14)


def _plan_milk(plan: Plan, term: str, supplied: Period, roll: Mapping[str, Roll]) -> None:
    days = len(plan.desk.calendar.school_days(supplied))
    day = plan.workday(supplied.first + timedelta(days=10))
    orders: dict[str, dict[str, object]] = {}
    for name in CLASSES:
        ordered = roll[name].pupils * plan.chance.randrange(52, 88) // 100
        left = roll[name].pupils - ordered
        intolerant, allergic = min(left, plan.chance.randrange(3)), 0
        orders[name] = {
            "term": term, "school_class": name, "supplier": MILK, "ordered": ordered,
            "aided": plan.chance.randrange(3), "intolerant": intolerant, "allergic": allergic,
            "other_reason": left - intolerant, "days": days, "unit_price": Decimal("2.5"),
            "returned": 0, "received": ordered * days * Decimal("2.5"), "product": "纯牛奶 200mL",
            "payment": MilkPayment.ONLINE.value, "consented": True,
        }  # fmt: skip
    owing = CLASSES[plan.chance.randrange(len(CLASSES))]
    orders[owing]["received"] = Decimal(str(orders[owing]["received"])) - days * Decimal("2.5")

    title = f"登记 饮用奶征订：{term} {len(orders)} 个班"
    plan.on(day, title, lambda pen: pen.write("milk_order", list(orders.values())), hour=10)


def _plan_uniforms(plan: Plan, year: int, roll: Mapping[str, Roll]) -> None:
    """Sports suits for the grades that may order, boys and girls apart, and summer suits for the youngest."""
    lines = [
        {"term": f"{year}秋", "school_class": name, **_uniform(plan, name[:3], style, sex, many)}
        for name in CLASSES
        if name.startswith(_ORDERING_GRADES)
        for style in ((UniformStyle.SPORTS, UniformStyle.SUMMER) if name[0] == "一" else (UniformStyle.SPORTS,))
        for sex, many in ((Sex.MALE, roll[name].pupils - roll[name].girls), (Sex.FEMALE, roll[name].girls))
    ]
    title = f"登记 学生装征订：{year}秋 {len(lines)} 行"
    plan.on(plan.workday(date(year, 9, 24)), title, lambda pen: pen.write("uniform_order", lines), hour=15)


def _uniform(plan: Plan, grade: str, style: UniformStyle, sex: Sex, pupils: int) -> dict[str, object]:
    orderers = pupils * plan.chance.randrange(82, 100) // 100
    sizes: dict[str, int] = {}
    for _ in range(orderers):
        place = plan.chance.choice(_SIZES_BY_GRADE[grade])
        key = UNIFORM_SIZES[-1 if plan.chance.randrange(60) == 0 else place].key
        sizes[key] = sizes.get(key, 0) + 1
    waived = 1 if orderers and plan.chance.randrange(6) == 0 else 0
    price = _PRICES[style]
    return {
        "sex": sex.value, "style": style.value, **sizes, "orderers": orderers, "unit_price": price,
        "received": (orderers - waived) * price, "waived_pupils": waived, "waived": waived * price,
        "supplier": "瑞禾服饰有限公司",
    }  # fmt: skip
