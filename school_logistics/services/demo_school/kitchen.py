"""The kitchen's past: samples of every lunch; since this term tableware, temperatures and what goes with cooking.

Chance hangs on the day alone and takes nothing from the plan's own, so that the other ledgers stay as they are.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.rules.cold import ColdKind, Shift
from school_logistics.rules.samples import Meal
from school_logistics.rules.tableware import Method
from school_logistics.services.demo_school.canteen_days import (
    days_ago,
    plan_additives,
    plan_carrier,
    plan_meal,
    plan_tests,
    plan_waste,
)
from school_logistics.services.demo_school.hazards import Found
from school_logistics.services.demo_school.menus import lunch_on
from school_logistics.services.demo_school.mornings import (
    MANAGER,
    OFFICER,
    mornings_of,
    plan_morning,
    plan_trainings,
)

if TYPE_CHECKING:
    from school_logistics.services.demo_school.hazards import Hazards
    from school_logistics.services.demo_school.mornings import Mornings
    from school_logistics.services.demo_school.pen import Pen, Plan

_SAMPLER, _STOREKEEPER = "邓小红", "孙浩"
_LUNCH = Meal.LUNCH.value
_TOO_LITTLE = 110
"""Grams of the one sample that is too small."""
_COOL_STEAM, _WARM_FRIDGE, _WARM_FREEZER, _NOT_READ = 14, 22, 11, 26
"""So many school days ago the steam was too cool, a fridge or the freezer too warm, and a unit was not read."""


class Unit(NamedTuple):
    """A cold unit as invented, with the temperature about which it stands."""

    name: str
    number: str
    kind: ColdKind
    place: str
    celsius: Decimal


UNITS = (
    Unit("1号冷藏柜", "LC-01", ColdKind.CHILLED, "切配间", Decimal("3.6")),
    Unit("2号冷藏柜", "LC-02", ColdKind.CHILLED, "主食库", Decimal("4.2")),
    Unit("3号冷冻柜", "LD-01", ColdKind.FROZEN, "副食库", Decimal("-18.2")),
    Unit("留样柜", "LY-01", ColdKind.SAMPLES, "留样间", Decimal("3.8")),
)


def plan_kitchen(plan: Plan, hazards: Hazards) -> None:
    """Plan everything of the kitchen and its days."""
    plan_carrier(plan)
    term = [day for day in plan.school_days if day >= _term_began(plan)]
    mornings = mornings_of(plan, term)
    for day in plan.school_days:
        _plan_samples(plan, day, mornings)
    if not term:
        return
    _plan_units(plan, term[0])
    for day in term:
        plan_morning(plan, day, mornings)
        _plan_tableware(plan, day, mornings)
        _plan_temperatures(plan, day, hazards)
        _plan_core(plan, day, mornings)
        plan_waste(plan, day)
        plan_meal(plan, day)
        plan_tests(plan, day)
    plan_additives(plan, term, mornings)
    plan_trainings(plan, term)


def _term_began(plan: Plan) -> date:
    """The kitchen's days are written down since the last first of September."""
    year = plan.today.year if plan.today >= date(plan.today.year, 9, 1) else plan.today.year - 1
    return max(plan.first, date(year, 9, 1))


def _plan_units(plan: Plan, first: date) -> None:
    units: list[dict[str, object]] = [
        {"name": one.name, "unit_no": one.number, "kind": one.kind.value, "place": one.place, "keeper": _STOREKEEPER}
        for one in UNITS
    ]
    plan.on(first, f"建立冷藏冷冻设备档案 {len(units)} 台", lambda pen: pen.write("cold_unit", units), hour=8)


def _plan_samples(plan: Plan, day: date, mornings: Mornings) -> None:
    """The lunch's samples, entered after lunch, and cleared away on the first school day after 48 hours."""
    chance = Random(f"samples{day}")
    sampler = mornings.fit(day, _SAMPLER, OFFICER)
    first = datetime.combine(day, time(11, chance.randrange(5, 25)))
    celsius = Decimal(chance.randrange(25, 55)) / 10
    dishes = [one.name for one in lunch_on(day)]
    grams = [chance.randrange(130, 190, 5) for _ in dishes]
    if day in plan.school_days[-9:-8]:
        grams[1] = _TOO_LITTLE
    ids: list[int] = []

    def enter(pen: Pen) -> None:
        drafts = [
            {"taken_at": first + timedelta(minutes=2 * number), "meal": _LUNCH, "dish": dish, "grams": weight,
             "container_no": f"A{number + 1}", "fridge_celsius": celsius, "sampler": sampler, "reviewer": MANAGER}
            for number, (dish, weight) in enumerate(zip(dishes, grams, strict=True))
        ]  # fmt: skip
        ids.extend(pen.add("retained_sample", drafts))

    plan.at(
        datetime.combine(day, time(13, chance.randrange(60))),
        f"新增 留样记录：{day:%m-%d} 午餐 {len(dishes)} 样",
        enter,
    )
    cleared_on = plan.workday(day + timedelta(days=2))
    cleared = datetime.combine(cleared_on, time(13, chance.randrange(10, 50)))
    who = mornings.fit(cleared_on, _SAMPLER, OFFICER)

    def clear(pen: Pen) -> None:
        pen.change_all("retained_sample", {one: {"cleared_at": cleared, "cleared_by": who} for one in ids})

    plan.at(cleared + timedelta(minutes=25), f"登记留样处理：{day:%m-%d} 午餐", clear)


def _plan_tableware(plan: Plan, day: date, mornings: Mornings) -> None:
    """Plates in the steam cabinet, chopsticks in the infrared one; once the cabinet did not get hot enough."""
    chance = Random(f"tableware{day}")
    who = mornings.fit(day, *(("吴小红", "马玉梅") if day.toordinal() % 2 else ("马玉梅", "吴小红")), "孙秀英")
    began = datetime.combine(day, time(13, chance.randrange(5, 25)))
    cool = day == days_ago(plan, _COOL_STEAM)
    usual_told: dict[str, object] = {"done_on": day, "meal": _LUNCH, "done_by": who, "checked_by": OFFICER}
    drafts: list[dict[str, object]] = [
        {"tableware": "餐盘、汤碗", "pieces": 2 * chance.randrange(1085, 1130), "method": Method.STEAM.value,
         "celsius": Decimal(94) if cool else Decimal(100), "began_at": began.time(),
         "minutes": Decimal(chance.randrange(15, 22)),
         "problem": "蒸汽压力不足，柜内 94 ℃" if cool else None,
         "spot_fix": "检修进汽阀后重新消毒，100 ℃ 15 分钟" if cool else None},
        {"tableware": "筷子、汤勺", "pieces": 2 * chance.randrange(1085, 1130), "method": Method.INFRARED.value,
         "celsius": Decimal(chance.randrange(121, 127)),
         "began_at": (began + timedelta(minutes=chance.randrange(8, 16))).time(),
         "minutes": Decimal(chance.randrange(12, 18))},
    ]  # fmt: skip
    entered = datetime.combine(day, time(15, chance.randrange(60)))
    title = f"新增 餐饮具清洗消毒记录：{day:%m-%d} {len(drafts)} 行"
    plan.at(entered, title, lambda pen: pen.write("tableware_disinfection", [usual_told | one for one in drafts]))


def _plan_temperatures(plan: Plan, day: date, hazards: Hazards) -> None:
    """Two readings of every unit; one afternoon nobody looked, twice something was too warm."""
    chance = Random(f"cold{day}")
    drafts: list[dict[str, object]] = []
    for hour, shift in ((8, Shift.MORNING), (14, Shift.AFTERNOON)):
        at = datetime.combine(day, time(hour, chance.randrange(2, 30)))
        for number, unit in enumerate(UNITS):
            at += timedelta(minutes=1)
            if day == days_ago(plan, _NOT_READ) and shift is Shift.AFTERNOON and number == 1:
                continue
            celsius = unit.celsius + Decimal(chance.randrange(-12, 13)) / 10
            drafts.append(
                {"read_on": day, "unit": unit.name, "read_at": at.time(), "celsius": celsius,
                 "recorder": _STOREKEEPER, "checked_by": OFFICER}
            )  # fmt: skip
    if day == days_ago(plan, _WARM_FRIDGE):
        drafts[0] |= {"celsius": Decimal("9.4"), "problem": "柜门未关严", "spot_fix": "关严柜门，一小时后复测 4.6 ℃"}
    broken = day == days_ago(plan, _WARM_FREEZER)
    if broken:
        drafts[2] |= {"celsius": Decimal("-9.5"), "problem": "压缩机频繁启停，食品已转移到备用冷冻柜"}
    fate = hazards.fate(day) if broken else None
    entered = datetime.combine(day, time(15, 30 + chance.randrange(29)))

    def enter(pen: Pen) -> None:
        if fate is not None and (found := pen.hazard_of("cold_temperature", drafts[2])):
            drafts[2]["hazard"] = hazards.enter(pen, Found(found, fate))
        pen.write("cold_temperature", drafts)

    plan.at(entered, f"新增 冷藏冷冻温度记录：{day:%m-%d} {len(drafts)} 行", enter)
    if fate is not None:
        hazards.plan_rest(plan, fate)


def _plan_core(plan: Plan, day: date, mornings: Mornings) -> None:
    """The core temperature of the day's meat dish."""
    chance = Random(f"core{day}")
    meat = lunch_on(day)[1]
    cooked = datetime.combine(day, time(10, chance.randrange(25, 50)))
    draft: dict[str, object] = {
        "cooked_on": day, "meal": meat.meal, "dish": meat.name,
        "core_celsius": Decimal(chance.randrange(760, 890)) / 10, "cooked_at": cooked.time(),
        "served_at": time(11, 30), "cook": mornings.fit(day, "郭建军", "马丽"),
    }  # fmt: skip
    entered = datetime.combine(day, time(13, chance.randrange(60)))
    plan.at(entered, f"新增 烧熟中心温度记录：{meat.name}", lambda pen: pen.write("cooked_dish", [draft]))
