"""The past of the fire equipment: what stands where, its services, and the monthly look at every extinguisher."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.rules.answers import ALL_NORMAL
from school_logistics.rules.calendar import Month, Period
from school_logistics.rules.dates import MonthOrDay
from school_logistics.rules.due import Months, Years
from school_logistics.rules.fire import EquipmentStatus, check_windows
from school_logistics.services.demo_school.hazards import Found

if TYPE_CHECKING:
    from school_logistics.services.demo_school.hazards import Hazards
    from school_logistics.services.demo_school.pen import Pen, Plan


class Piece(NamedTuple):
    """One line of the register. `serviced` is the last service, after which the one before counts its years back."""

    number: str
    name: str
    model: str
    place: str
    made: MonthOrDay
    serviced: MonthOrDay | None = None
    every: int = 2
    quantity: int = 1
    unit: str = "具"


_VECTORS = (
    ("MSZ/3", "教学楼1层东", "2023-09-15", "", 1),
    ("MPZ/6", "教学楼1层西", "2021-03-10", "2025-12-05", 1),
    ("MFZ/ABC4", "教学楼2层东", "2021-12-01", "", 2),
    ("MFZ/ABC4", "综合楼1层", "2017-01-20", "2024-02-18", 2),
    ("MFZ/ABC8", "一食堂后厨", "2016-10-08", "2025-11-03", 2),
    ("MJ6", "图书馆", "2022-06-30", "", 2),
    ("MT3", "配电室", "2015-05-12", "2026-06-01", 2),
    ("MT5", "实验楼1层", "2014-11-30", "2025-01-09", 2),
    ("MFZ/ABC4", "锅炉房", "2024-02-29", "", 2),
)
"""Model, place, made, last service, years between services: the cases by which the rules of service are tested."""

_PLACES = (
    *(
        "教学楼1层东",
        "教学楼1层西",
        "教学楼2层东",
        "教学楼2层西",
        "教学楼3层东",
        "教学楼3层西",
        "教学楼4层东",
        "教学楼4层西",
    ),
    *("综合楼1层", "综合楼2层", "综合楼3层", "实验楼1层", "实验楼2层", "实验楼3层", "图书馆", "体育馆", "报告厅"),
    *("一食堂后厨", "一食堂售餐区", "一食堂库房", "3号公寓1层东", "3号公寓2层东", "4号公寓1层东", "4号公寓2层东"),
    *("启智楼1层", "启智楼2层", "门卫室", "监控室", "消防控制室", "配电室", "锅炉房", "操场看台库房", "车棚", "档案室"),
    *("3号公寓1层西", "3号公寓2层西", "4号公寓1层西", "4号公寓2层西"),
)
_EXTINGUISHERS = 85
_OTHERS = (
    ("XHS-JX-1F-01", "室内消火栓", "SN65", "教学楼1层", 2, "套"),
    ("XHS-JX-2F-01", "室内消火栓", "SN65", "教学楼2层", 2, "套"),
    ("XHS-ST-1F-01", "室内消火栓", "SN65", "一食堂1层", 1, "套"),
    ("XHS-3G-1F-01", "室内消火栓", "SN65", "3号公寓1层", 2, "套"),
    ("YJD-JX-01", "应急照明灯", "90min", "教学楼楼道", 24, "只"),
    ("YJD-3G-01", "应急照明灯", "90min", "3号公寓楼道", 12, "只"),
    ("YJD-4G-01", "应急照明灯", "90min", "4号公寓楼道", 12, "只"),
    ("BZD-JX-01", "安全出口标志灯", "LED", "教学楼楼道", 20, "只"),
    ("BZD-3G-01", "疏散方向标志灯", "LED", "3号公寓楼道", 10, "只"),
    ("YG-3G-01", "独立式感烟报警器", "NB-IoT", "3号公寓各室", 8, "只"),
    ("YG-4G-01", "独立式感烟报警器", "NB-IoT", "4号公寓各室", 8, "只"),
    ("YG-WX-01", "独立式感烟报警器", "NB-IoT", "启智楼午休室", 6, "只"),
    ("MHT-ST-01", "灭火毯", "1.5m×1.5m", "一食堂后厨", 4, "条"),
)  # fmt: skip
_KEEPERS = ("曹志强", "郭伟", "唐浩", "宋建军")
_FAULTS = (
    ("压力×", "压力指针在黄区，压力不足", "已送修，先放备用"),
    ("铅封销×", "铅封断裂", "补装铅封"),
    ("位置×", "被课桌遮挡", "当场移开"),
    ("喷管×", "喷管有裂纹", "更换喷管"),
    ("瓶体×", "筒底有锈斑", "已送修"),
)
_FAULTY_ONE_IN = 130
_CHECKED_FROM = 4
"""Checks begin on the first workday after this day of the month, or of its half."""


def plan_fire(plan: Plan, hazards: Hazards) -> None:
    """Plan everything of the fire equipment."""
    pieces = [piece for piece in _pieces(plan) if piece.made.last <= plan.today]
    by_day: dict[date, list[Piece]] = {}
    for piece in pieces:
        bought = plan.workday(piece.made.last + timedelta(days=40))
        by_day.setdefault(max(bought, plan.first), []).append(piece)
    for day, came in by_day.items():
        drafts = [_draft(piece, day, number) for number, piece in enumerate(came)]
        plan.on(day, f"登记 消防器材台账 {len(came)} 件", partial(_write, drafts), hour=11)
    for piece in pieces:
        _plan_service(plan, piece)
    _plan_scrapped(plan)
    checked = {
        piece.number: (piece, max(plan.workday(piece.made.last + timedelta(days=40)), plan.first)) for piece in pieces
    }
    for month in Period(plan.first, plan.today, "").months():
        _plan_checks(plan, month, checked, hazards)


def _pieces(plan: Plan) -> list[Piece]:
    """The nine cases, the extinguishers bought four years ago, and everything else."""
    found = [
        Piece(f"MHQ-{number:03}", "手提式灭火器", model, place, MonthOrDay.parse(made),
              MonthOrDay.parse(serviced) if serviced else None, every)
        for number, (model, place, made, serviced, every) in enumerate(_VECTORS, start=1)
    ]  # fmt: skip
    bought = Months(-51).after(plan.today)
    for number in range(len(found) + 1, _EXTINGUISHERS + 1):
        place = _PLACES[number // 2 % len(_PLACES)]
        model = "MT3" if place == "配电室" else "MFZ/ABC5" if number % 11 == 0 else "MFZ/ABC4"
        made = MonthOrDay(bought.year, bought.month, None if number % 3 else 15)
        found.append(Piece(f"MHQ-{number:03}", "手提式灭火器", model, place, made))
    built = MonthOrDay(plan.first.year - 3, 7)
    found += [
        Piece(number, name, model, place, built, None, 0, many, unit)
        for number, name, model, place, many, unit in _OTHERS
    ]
    return found


def _draft(piece: Piece, on: date, number: int) -> dict[str, object]:
    serviced = piece.serviced
    while serviced and serviced.last > on:
        earlier = Years(-piece.every).after(serviced.first)
        serviced = MonthOrDay.of(earlier) if earlier > piece.made.last else None
    return {
        "equipment_no": piece.number,
        "name": piece.name,
        "model": piece.model,
        "quantity": piece.quantity,
        "unit": piece.unit,
        "place": piece.place,
        "maker": ("海纳消防器材厂", "正安消防器材有限公司")[number % 2] if piece.unit == "具" else "安泰消防科技",
        "made_on": piece.made,
        "serviced_on": serviced,
        "servicer": "正安消防器材有限公司" if serviced else None,
        "keeper": _KEEPERS[len(piece.place) % len(_KEEPERS)],
    }


def _plan_service(plan: Plan, piece: Piece) -> None:
    """Its last service, when it falls into the past that is told."""
    serviced = piece.serviced
    if serviced is None or not plan.first < serviced.last <= plan.today:
        return
    day = plan.workday(serviced.last + timedelta(days=1))

    def enter(pen: Pen) -> None:
        pen.change("fire_equipment", piece.number, serviced_on=serviced, servicer="正安消防器材有限公司")

    plan.on(day, f"登记维修 消防器材台账：{piece.number}", enter, hour=15)


def _plan_scrapped(plan: Plan) -> None:
    """An old extinguisher that was scrapped last spring and has left the count since."""
    made = MonthOrDay(plan.today.year - 10, 4)
    day = plan.workday(date(plan.today.year, 4, 20))
    if not plan.first < day <= plan.today:
        return
    old = Piece("MHQ-H01", "手提式灭火器", "MFZ/ABC4", "操场看台库房", made)
    draft = _draft(old, plan.first, 0)
    plan.on(plan.first, f"登记 消防器材台账：{old.number}", partial(_write, [draft]), hour=11)

    def scrap(pen: Pen) -> None:
        words = "满十年，交维修单位报废"
        pen.change("fire_equipment", old.number, status=EquipmentStatus.SCRAPPED.value, remark=words)

    plan.on(day, f"报废 消防器材台账：{old.number}", scrap, hour=15)


def _write(drafts: list[dict[str, object]], pen: Pen) -> None:
    pen.write("fire_equipment", drafts)


def _plan_checks(plan: Plan, month: Month, checked: Mapping[str, tuple[Piece, date]], hazards: Hazards) -> None:
    """The look at every extinguisher of a month: half of them a day, boiler room and cellars twice."""
    by_day: dict[date, list[Piece]] = {}
    for place, (piece, since) in enumerate(checked.values()):
        if piece.unit != "具":
            continue
        for first, _last in check_windows(piece.place, month, plan.desk.book):
            day = plan.workday(first + timedelta(days=_CHECKED_FROM + (1 if place % 2 else 0)))
            if max(since, plan.first) < day <= plan.today:
                by_day.setdefault(day, []).append(piece)
    for day, pieces in by_day.items():
        faults = {
            piece.number: plan.chance.choice(_FAULTS) for piece in pieces if not plan.chance.randrange(_FAULTY_ONE_IN)
        }
        _plan_round(plan, day, pieces, faults, hazards)


def _plan_round(
    plan: Plan, day: date, pieces: list[Piece], faults: Mapping[str, tuple[str, str, str]], hazards: Hazards
) -> None:
    inspector = _KEEPERS[day.toordinal() % 2]
    fates = {number: hazards.fate(day) for number in faults}

    def enter(pen: Pen) -> None:
        drafts: list[dict[str, object]] = []
        for piece in pieces:
            draft: dict[str, object] = {
                "checked_on": day, "equipment": piece.number, "inspector": inspector, "answers": ALL_NORMAL,
            }  # fmt: skip
            if fault := faults.get(piece.number):
                draft |= {"answers": fault[0], "problem": fault[1], "action_taken": fault[2]}
                told = pen.hazard_of("extinguisher_check", draft)
                if told:
                    found = Found(told | {"owner": "宋建军"}, fates[piece.number])
                    draft["hazard"] = hazards.enter(pen, found)
            drafts.append(draft)
        pen.add("extinguisher_check", drafts)

    plan.on(day, f"新增 灭火器月检：{day:%m-%d} {len(pieces)} 具", enter, hour=15)
    for number in faults:
        hazards.plan_rest(plan, fates[number])
