"""The canteen's days of the demonstration beside cooking: waste, meals with the pupils, rapid tests, additives."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from school_logistics.rules.additives import NOT_USED
from school_logistics.rules.calendar import Month
from school_logistics.rules.dates import FOREVER, MonthOrDay
from school_logistics.rules.dining import DinerKind, Mark
from school_logistics.rules.food import SourceKind
from school_logistics.rules.papers import PaperKind
from school_logistics.rules.pesticide import TestMethod
from school_logistics.rules.samples import Meal
from school_logistics.rules.waste import WasteKind
from school_logistics.services.demo_school.deliveries import GREENS
from school_logistics.services.demo_school.menus import RECIPES, lunch_on
from school_logistics.services.demo_school.mornings import MANAGER, OFFICER
from school_logistics.services.demo_school.numbers import credit_code, phone
from school_logistics.services.demo_school.renewals import Papers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.services.demo_school.mornings import Mornings
    from school_logistics.services.demo_school.pen import Plan

CARRIER = "清源餐厨废弃物收运有限公司"
_LUNCH = Meal.LUNCH.value
_NO_MANIFEST, _DIRTY_TABLE, _POSITIVE = 20, 17, 23
"""So many school days ago the carrier left no manifest, a table was dirty, a test was positive."""
_OCTOBER, _WEDNESDAY = 10, 3


def plan_carrier(plan: Plan) -> None:
    """The firm that takes the waste, with its contract."""
    carrier: dict[str, object] = {
        "name": CARRIER, "uscc": credit_code("91370390MA3DEM09"), "legal_representative": "韩癸酉",
        "address": "云川区环卫路6号", "contact": "韩癸酉", "phone": phone(19), "supply_items": "餐厨废弃物收运",
        "source_kind": SourceKind.OTHER.value, "dishonest_list": False, "incident_in_year": False, "rating": "合格",
    }  # fmt: skip
    plan.on(plan.first, f"登记 供货商档案：{CARRIER}", lambda pen: pen.write("supplier", [carrier]), hour=9)
    papers = Papers(plan, "supplier")
    until = date(plan.today.year + (plan.today.month >= 9), 8, 31)
    papers.once(
        CARRIER, PaperKind.BUSINESS_LICENCE, credit_code("91370390MA3DEM09"), issued=date(2019, 5, 20), until=FOREVER
    )
    papers.renewed(CARRIER, PaperKind.SUPPLY_CONTRACT, until, months=12, stem="SY-", issuer="明德路小学")
    papers.plan_all()


def days_ago(plan: Plan, many: int) -> date | None:
    """The school day so many before today."""
    return plan.school_days[-many] if len(plan.school_days) >= many else None


def plan_waste(plan: Plan, day: date) -> None:
    """Leftovers every day, waste oil on the first school day of a month."""
    chance = Random(f"waste{day}")
    at = datetime.combine(day, time(14, chance.randrange(5, 40)))
    number = day.toordinal() % 100_000
    usual: dict[str, object] = {
        "handed_on": day, "carrier": CARRIER, "destination": "云川区餐厨废弃物处理厂", "collector": "韩志军",
        "collector_phone": phone(20), "plate": "鲁Z3D388", "handed_by": "孙秀英", "recorder": OFFICER,
    }  # fmt: skip
    drafts = [
        usual | {"kind": WasteKind.LEFTOVERS.value, "kilograms": Decimal(chance.randrange(480, 830)) / 10,
                 "handed_at": at.time(), "manifest_no": f"CC{number:05}"},
        usual | {"kind": WasteKind.TRIMMINGS.value, "kilograms": Decimal(chance.randrange(150, 320)) / 10,
                 "handed_at": at.time(), "manifest_no": f"CC{number:05}"},
    ]  # fmt: skip
    if day == plan.desk.calendar.school_days(Month.of(day))[0]:
        drafts.append(
            usual | {"kind": WasteKind.OIL.value, "kilograms": Decimal(chance.randrange(120, 260)) / 10,
                     "handed_at": at.time(), "manifest_no": f"YZ{number:05}"}
        )  # fmt: skip
    if day == days_ago(plan, _NO_MANIFEST):
        drafts[0]["manifest_no"] = None
    entered = datetime.combine(day, time(16, chance.randrange(60)))
    title = f"新增 餐厨废弃物处置记录：{day:%m-%d} {len(drafts)} 行"
    plan.at(entered, title, lambda pen: pen.write("food_waste", drafts))


_LEADERS = (
    ("陈立新", "校长"),
    ("刘敏", "分管副校长"),
    ("王志强", "总务主任"),
    ("周明", "教导主任"),
    ("秦岚", "德育主任"),
)
_TEACHERS = ("孟老师", "江老师", "苗老师", "冉老师", "柳老师", "戴老师")
_PARENTS = (
    ("林女士", "三年级2班"),
    ("崔先生", "五年级1班"),
    ("岳女士", "一年级4班"),
    ("钟先生", "六年级3班"),
)


def plan_meal(plan: Plan, day: date) -> None:
    """A head of the school and a teacher every day; on the first Wednesday of a month two parents."""
    chance = Random(f"meal{day}")
    turn = day.toordinal()
    dishes = "、".join(one.name for one in lunch_on(day))
    usual: dict[str, object] = {"eaten_on": day, "meal": _LUNCH, "dishes": dishes, "manager": MANAGER}
    leader, post = _LEADERS[turn % len(_LEADERS)]
    drafts = [
        usual | {"kind": DinerKind.LEADER.value, "diner": leader, "post": post, **_marks(chance)},
        usual | {"kind": DinerKind.TEACHER.value, "diner": _TEACHERS[turn % len(_TEACHERS)], "post": "值班教师",
                 **_marks(chance)},
    ]  # fmt: skip
    if chance.randrange(9) == 0:
        drafts[0] |= {
            "food": Mark.FAIR.value,
            "problem": "汤偏咸",
            "handling": "告知厨师长，次日起减盐",
            "result": "次日已改",
        }
    if day == days_ago(plan, _DIRTY_TABLE):
        drafts[0] |= {"hygiene": Mark.POOR.value, "problem": "三号桌台面有油渍", "handling": "当场擦净，重新消毒台面"}
    if day.isoweekday() == _WEDNESDAY and day.day <= 14:
        for number in range(2):
            name, of = _PARENTS[(day.month * 2 + number) % len(_PARENTS)]
            drafts.append(
                usual | {"kind": DinerKind.PARENT.value, "diner": name, "post": of, **_marks(chance),
                         "problem": ("建议多安排一次鱼", None)[number]}
            )  # fmt: skip
    entered = datetime.combine(day, time(13, 20 + chance.randrange(39)))
    title = f"新增 陪餐记录：{day:%m-%d} {len(drafts)} 人"
    plan.at(entered, title, lambda pen: pen.write("accompanied_meal", drafts))


def _marks(chance: Random) -> dict[str, object]:
    marks = (Mark.EXCELLENT.value, Mark.EXCELLENT.value, Mark.EXCELLENT.value, Mark.GOOD.value)
    return {key: chance.choice(marks) for key in ("looks", "taste", "food", "hygiene", "order", "service")}


_GREENS = ("菠菜", "大白菜", "芹菜", "西红柿", "黄瓜", "西葫芦", "土豆", "胡萝卜", "冬瓜", "香菇")


def plan_tests(plan: Plan, day: date) -> None:
    """Two of the day's vegetables are tested before they are cut; one was positive and went back."""
    chance = Random(f"tests{day}")
    cooked = {name for dish in lunch_on(day) for name in RECIPES.get(dish.name, {})}
    samples = [one for one in _GREENS if one in cooked][:2] or ["大白菜"]
    drafts: list[dict[str, object]] = [
        {"tested_on": day, "sample": one, "supplier": GREENS, "batch": f"清河镇 {day:%m%d}批",
         "method": TestMethod.ENZYME.value, "inhibition": Decimal(chance.randrange(20, 310)) / 10,
         "tested_by": "吴桂香", "reviewed_by": OFFICER}
        for one in samples
    ]  # fmt: skip
    if day == days_ago(plan, _POSITIVE):
        drafts[0] |= {"inhibition": Decimal("57.4"), "handling": "复测 55.1 %，整批退回供货商，当天改用库存土豆"}
    entered = datetime.combine(day, time(9, chance.randrange(60)))
    title = f"新增 农药残留快检记录：{day:%m-%d} {len(drafts)} 样"
    plan.at(entered, title, lambda pen: pen.write("pesticide_test", drafts))


def plan_additives(plan: Plan, term: Sequence[date], mornings: Mornings) -> None:
    """Baking powder for the rolls in October, and a report of none at the end of every other month."""
    for month in dict.fromkeys(map(Month.of, term)):
        days = [day for day in term if Month.of(day) == month]
        rolls = [day for day in days if any(dish.name == "花卷" for dish in lunch_on(day))]
        if month.number == _OCTOBER and rolls:
            for day in rolls:
                _plan_use(plan, day, mornings)
            continue
        last = plan.desk.calendar.school_days(month)[-1]
        _plan_none_report(plan, last)


def _plan_none_report(plan: Plan, last: date) -> None:
    report: dict[str, object] = {"used_on": last, "additive": NOT_USED, "used_by": MANAGER}
    title = f"新增 添加剂使用记录：{Month.of(last)} 未使用"
    plan.on(last, title, lambda pen: pen.write("additive_use", [report]), hour=16)


def _plan_use(plan: Plan, day: date, mornings: Mornings) -> None:
    user = mornings.fit(day, "唐玉梅", "郭建军")
    use: dict[str, object] = {
        "used_on": day, "additive": "无铝双效泡打粉", "maker": "云川区安晟食品配料有限公司",
        "produced_on": MonthOrDay(day.year, 7), "grams": Decimal(Random(f"additive{day}").randrange(420, 520)),
        "purpose": "膨松剂", "dish": "花卷", "dish_amount": Decimal(122), "used_by": user, "witness": "马丽",
        "approver": "王志强", "kept_apart": True,
    }  # fmt: skip
    plan.on(day, f"新增 添加剂使用记录：{day:%m-%d}", lambda pen: pen.write("additive_use", [use]), hour=10)
