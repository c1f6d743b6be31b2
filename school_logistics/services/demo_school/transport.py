"""The past of the school buses: drivers and buses with their papers, and the check before every trip."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.rules.answers import ALL_NORMAL
from school_logistics.rules.calendar import Month
from school_logistics.rules.due import Years
from school_logistics.rules.papers import PaperKind
from school_logistics.rules.people import EmploymentKind
from school_logistics.rules.transport import BusType, Ownership, Trip, annual_review_due
from school_logistics.services.demo_school.hazards import Found
from school_logistics.services.demo_school.numbers import identity_card, phone, vehicle_number
from school_logistics.services.demo_school.renewals import Papers

if TYPE_CHECKING:
    from school_logistics.services.demo_school.hazards import Hazards
    from school_logistics.services.demo_school.pen import Pen, Plan


class BusFile(NamedTuple):
    """One bus as invented; `seats` with the driver's and the escorts'."""

    plate: str
    kind: BusType
    vin: str
    seats: int
    escorts: int
    registered: date
    driver: str
    escort: str
    route: str
    pupils: int
    kilometres: int


_ONE, _TWO, _THREE = "鲁Z10023", "鲁Z03517D", "鲁Z10088"
BUSES = (
    BusFile(_ONE, BusType.PRIMARY, "LZZDEMA1?P0000101", 41, 2, date(2023, 4, 11),
            "张𬭎", "马静", "1号线 清河—东岭—学校", 37, 36),
    BusFile(_TWO, BusType.PRIMARY, "LZZDEMA1?R0000102", 56, 2, date(2024, 3, 1),
            "堃雨㛃", "唐丽", "2号线 柳沟—供销社—学校", 50, 28),
    BusFile(_THREE, BusType.COMPULSORY, "LZZDEMA2?S0000103", 36, 1, date(2021, 9, 1),
            "李旭日", "赵玉梅", "3号线 石桥—陈庄—学校", 33, 44),
)  # fmt: skip
_OLDEST = 60
"""Years of age at which a driver must stop."""
_FAULTS = (
    ("轮胎×", "右后轮胎花纹深度不足，已换胎后出车"),
    ("逃生锤×", "2号逃生锤缺失，已补齐"),
    ("急救箱×", "急救箱碘伏过期，已更换"),
    ("安全带×", "第3排安全带卡扣损坏，已修好"),
    ("标牌标志×", "标志灯右后不亮，已换灯泡"),
)
_FAULTY_ONE_IN = 150


def cards(today: date) -> dict[str, tuple[date, int]]:
    """Birthday and order number of the drivers; one of them grows too old in nine days."""
    soon = today + timedelta(days=9)
    return {
        "张𬭎": (date(1978, 5, 16), 301),
        "堃雨㛃": (date(1990, 7, 14), 302),
        "李旭日": (Years(-_OLDEST).after(soon), 307),
    }


def plan_transport(plan: Plan, hazards: Hazards) -> None:
    """Plan everything of the school buses."""
    known = [bus for bus in BUSES if bus.registered <= plan.today]
    drafts = [_driver(plan, bus.driver, number) for number, bus in enumerate(BUSES, start=11)]
    plan.on(plan.first, "建立校车驾驶人档案", lambda pen: pen.write("driver", drafts), hour=13)
    for bus in known:
        _plan_bus(plan, bus)
    _plan_driver_papers(plan)
    _plan_bus_papers(plan, known)
    for number, day in enumerate(plan.school_days):
        _plan_day(plan, day, number, known, hazards)


def _driver(plan: Plan, name: str, number: int) -> dict[str, object]:
    born, order = cards(plan.today)[name]
    first_licensed = {"张𬭎": date(2003, 6, 18), "堃雨㛃": date(2012, 9, 1), "李旭日": date(1995, 4, 7)}[name]
    return {
        "name": name,
        "id_card": identity_card(born, order, plan.today),
        "phone": phone(number),
        "address": "云川区清河镇",
        "licence_class": "A1",
        "first_licensed_on": first_licensed,
        "file_no": f"3709000{first_licensed:%Y}{number % 10}",
        "endorsed_on": min(Years(9).after(first_licensed), date(2019, 3, 1)),
        "reviewed_on": _reviewed(plan, first_licensed),
        "points": 3 if name == "堃雨㛃" else 0,
        "points_before": "0、0、3",
        "no_record_on": Years(-1).after(plan.first) + timedelta(days=70),
        "route": next(bus.route for bus in BUSES if bus.driver == name),
        "employer": "明德路小学",
        "employment": EmploymentKind.HIRED.value,
        "hired_on": date(plan.first.year - 2, 9, 1),
        "violations": 0,
        "trainings": 2,
        "training_hours": 6,
    }


def _reviewed(plan: Plan, first_licensed: date) -> date:
    """The last yearly review, so that the next one is not overdue today."""
    reviewed = Years(plan.first.year - first_licensed.year - 1).after(first_licensed) + timedelta(days=12)
    while annual_review_due(first_licensed, reviewed, plan.today, plan.desk.book) < plan.today:
        reviewed = Years(1).after(reviewed)
    return reviewed


def _plan_bus(plan: Plan, bus: BusFile) -> None:
    draft: dict[str, object] = {
        "plate": bus.plate, "bus_type": bus.kind.value, "model": "演示牌 YS6750XC", "vin": vehicle_number(bus.vin),
        "engine_no": f"YS{bus.vin[-6:]}", "rated_capacity": bus.seats, "escort_seats": bus.escorts,
        "ownership": Ownership.OWN.value, "owner": "明德路小学", "bought_on": bus.registered - timedelta(days=20),
        "cost": Decimal(bus.seats * 9600), "registered_on": bus.registered, "positioning": f"YS-BD-{bus.vin[-3:]}",
        "cameras": True, "route": bus.route, "pupils": bus.pupils, "driver": bus.driver, "escort": bus.escort,
    }  # fmt: skip

    plan.on(_entered(plan, bus), f"登记 校车档案：{bus.plate}", lambda pen: pen.write("bus", [draft]), hour=14)


def _entered(plan: Plan, bus: BusFile) -> date:
    """The day on which a bus was entered: the first, or soon after it was registered."""
    return plan.first if bus.registered < plan.first else plan.workday(bus.registered + timedelta(days=3))


def _plan_driver_papers(plan: Plan) -> None:
    papers = Papers(plan, "driver")
    licences = {"张𬭎": 940, "堃雨㛃": 9, "李旭日": 620}
    medicals = {"张𬭎": 270, "堃雨㛃": 100, "李旭日": 290}
    for name, days in licences.items():
        born, order = cards(plan.today)[name]
        number = identity_card(born, order, plan.today)
        papers.renewed(name, PaperKind.DRIVING_LICENCE, plan.today + timedelta(days=days), months=72, stem=number)
        until = plan.today + timedelta(days=medicals[name])
        papers.renewed(name, PaperKind.DRIVER_MEDICAL, until, months=12, stem="TJ-")
    papers.plan_all()


def _plan_bus_papers(plan: Plan, known: list[BusFile]) -> None:
    """Inspections every half year, everything else every year; one inspection has run out, others run out soon."""
    papers = Papers(plan, "bus", {bus.plate: _entered(plan, bus) for bus in known})
    summer = date(plan.today.year + (plan.today.month >= 8), 8, 31)
    inspections = {_ONE: plan.today + timedelta(days=20), _TWO: plan.today + timedelta(days=70),
                   _THREE: Month.of(plan.today).previous().last}  # fmt: skip
    carriers = {_ONE: 129, _TWO: 8, _THREE: 129}
    for bus in known:
        inspected = inspections[bus.plate]
        papers.renewed(bus.plate, PaperKind.VEHICLE_INSPECTION, inspected, months=6, stem="JY-")
        badge = min(inspected, summer)
        papers.renewed(bus.plate, PaperKind.BUS_BADGE, badge, months=6, stem=f"校云{bus.vin[-3:]}")
        papers.renewed(bus.plate, PaperKind.OPERATING_PERMIT, summer, months=12, stem="云校运许-")
        for kind, days, stem in (
            (PaperKind.COMPULSORY_INSURANCE, 190, "JQ-"), (PaperKind.COMMERCIAL_INSURANCE, 190, "SY-"),
            (PaperKind.CARRIER_INSURANCE, carriers[bus.plate], "CY-"),
        ):  # fmt: skip
            until = plan.today + timedelta(days=days)
            papers.renewed(bus.plate, kind, until, months=12, stem=stem, issuer="安信财产保险云川支公司")
    papers.plan_all()


def _plan_day(plan: Plan, day: date, number: int, known: list[BusFile], hazards: Hazards) -> None:
    """Both trips of every bus that may go out, entered after the second."""
    stopped = Month.of(plan.today).previous().last
    going = [bus for bus in known if _entered(plan, bus) < day and not (bus.plate == _THREE and day > stopped)]
    drafts: list[dict[str, object]] = []
    for trip, left in ((Trip.TO_SCHOOL, time(6, 50)), (Trip.HOME, time(16, 25))):
        for bus in going:
            minute = left.minute + plan.chance.randrange(0, 9)
            reading = 1200 + (number * 2 + (trip is Trip.HOME)) * bus.kilometres // 2 + plan.chance.randrange(4)
            line = {"checked_on": day, "bus": bus.plate, "trip": trip.value, "left_at": time(left.hour, minute)}
            drafts.append(line | {"mileage": reading, "answers": ALL_NORMAL})
    faulty = [place for place in range(len(drafts)) if not plan.chance.randrange(_FAULTY_ONE_IN)]
    faults = {place: plan.chance.choice(_FAULTS) for place in faulty}
    fates = {place: hazards.fate(day) for place in faulty}

    def enter(pen: Pen) -> None:
        told: list[dict[str, object]] = []
        for place, draft in enumerate(drafts):
            line = dict(draft)
            if fault := faults.get(place):
                line |= {"answers": fault[0], "problem": fault[1]}
                found = pen.hazard_of("bus_daily_check", line)
                if found:
                    line["hazard"] = hazards.enter(pen, Found(found, fates[place]))
            told.append(line)
        pen.write("bus_daily_check", told)

    plan.on(day, f"新增 校车每日检查：{day:%m-%d} {len(drafts)} 趟", enter, hour=17)
    for fate in fates.values():
        hazards.plan_rest(plan, fate)
