"""The dormitory's past: rooms, disinfection of each of them every week, and whose turn it was."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from school_logistics.models.record import Origin
from school_logistics.rules.disinfection import Disinfectant
from school_logistics.rules.kinds import Span
from school_logistics.rules.rooms import Occupants, RoomKind

if TYPE_CHECKING:
    from school_logistics.services.demo_school.pen import Plan

_BUILDINGS = (("3号公寓", Occupants.GIRLS, "李秀英"), ("4号公寓", Occupants.BOYS, "张建国"))
_NUMBERS = (101, 102, 103, 104, 201, 202, 203, 204)
_NAP_BUILDING, _NAP_NUMBERS = "启智楼", (101, 102, 103, 104, 105, 106)
_CLEANERS = ("李保洁", "王保洁", "陈保洁")
_BEDS, _NAP_BEDS = 8, 24
_AREAS = ("3号公寓1层", "3号公寓2层", "4号公寓1层", "4号公寓2层", "启智楼午休室")
BOARDERS_A_ROOM = 6
ROOMS = [f"{building}{number}" for building, _, _ in _BUILDINGS for number in _NUMBERS]
NAP_ROOMS = [f"{_NAP_BUILDING}{number}" for number in _NAP_NUMBERS]
BOARDERS, NAPPERS = len(ROOMS) * BOARDERS_A_ROOM, len(NAP_ROOMS) * _NAP_BEDS
_BATCH_MONTHS = 6
_AT_ONCE = 3
"""Rounds of an afternoon; rooms done in one round stand side by side."""
_FORGOTTEN_ONE_DAY_IN = 37
_LATE_ONE_DAY_IN, _LATE_DAYS = 43, 8
"""One day in so many is entered days later, as 补录."""


def plan_dormitory(plan: Plan) -> None:
    """Plan everything of the dormitory."""
    plan.on(plan.first, "建立公寓与午休室档案", lambda pen: pen.write("room", _rooms()), hour=10)
    _plan_late_comer(plan)
    weeks: dict[tuple[int, int], list[date]] = {}
    for day in plan.school_days:
        weeks.setdefault(day.isocalendar()[:2], []).append(day)
    for day in plan.school_days:
        week = weeks[day.isocalendar()[:2]]
        _plan_day(plan, day, [*ROOMS, *NAP_ROOMS][week.index(day) :: len(week)])
        if day.weekday() == 0 or not plan.desk.calendar.is_school_day(day - timedelta(days=1)):
            _plan_week(plan, day)


def _rooms() -> list[dict[str, object]]:
    drafts: list[dict[str, object]] = [
        {"name": f"{building}{number}", "kind": RoomKind.DORMITORY.value, "for_whom": whom.value,
         "area": Decimal("27.6") if number != _NUMBERS[-1] else Decimal("17.5"), "beds": _BEDS,
         "occupants": BOARDERS_A_ROOM, "alarm_no": f"YG-{building[0]}G-{number}", "emergency_light": True,
         "extinguisher_place": f"{building}{number // 100}层东", "warden": warden}
        for building, whom, warden in _BUILDINGS
        for number in _NUMBERS
    ]  # fmt: skip
    drafts += [
        {"name": name, "kind": RoomKind.NAP_ROOM.value, "for_whom": Occupants.MIXED.value, "area": Decimal("76.8"),
         "beds": _NAP_BEDS, "occupants": _NAP_BEDS, "alarm_no": f"YG-WX-{name[-3:]}", "emergency_light": True,
         "extinguisher_place": f"{_NAP_BUILDING}1层", "warden": "郭丽"}
        for name in NAP_ROOMS
    ]  # fmt: skip
    return drafts


def _plan_late_comer(plan: Plan) -> None:
    """A child who moved in three weeks ago; the class list does not know it yet, and the return will say so."""
    day = plan.workday(plan.today - timedelta(days=24))
    if day > plan.first:
        room = ROOMS[3]
        many = BOARDERS_A_ROOM + 1
        plan.on(day, f"修改 公寓与午休室：{room}", lambda pen: pen.change("room", room, occupants=many), hour=9)


def _plan_day(plan: Plan, day: date, names: list[str]) -> None:
    """The rooms whose turn it is and the public areas, entered in the afternoon; now and then one is forgotten."""
    turn = day.toordinal()
    if turn % _FORGOTTEN_ONE_DAY_IN == 0:
        names = names[1:]
    cleaner, checker = _CLEANERS[turn % len(_CLEANERS)], "宋涛" if turn % 2 else "郭丽"
    batch = date(day.year, 1 if day.month <= _BATCH_MONTHS else 7, 1)
    usual: dict[str, object] = {
        "done_on": day, "method": "擦拭、拖拭", "agent": Disinfectant.BLEACH.value, "batch_no": f"84-{batch:%Y%m}",
        "agent_until": date(batch.year + 1, batch.month, 1), "contact_minutes": 30, "ventilation_minutes": 30,
        "done_by": cleaner, "checked_by": checker,
    }  # fmt: skip
    first = 13 * 60 + 10 + 10 * plan.chance.randrange(3)
    together = -(-len(names) // _AT_ONCE)
    spans = [_span(first + 42 * (number // together), 40) for number in range(len(names))]
    spans.append(_span(first + 42 * _AT_ONCE, 40))
    drafts = [
        {**usual, "span": span, "room": room, "place": "门把手、床栏、地面", "concentration": 500}
        for room, span in zip(names, spans, strict=False)
    ]
    corridor = f"{_AREAS[turn % 4]}楼道、盥洗室"
    drafts.append({**usual, "span": spans[-1], "room": None, "place": corridor, "concentration": 500})
    if turn % 41 == 0:
        drafts[-1]["ventilation_minutes"] = 20
    late = turn % _LATE_ONE_DAY_IN == 0
    on, origin = (plan.workday(day + timedelta(days=_LATE_DAYS)), Origin.LATE) if late else (day, Origin.TYPED)
    title = f"新增 消毒记录：{day:%m-%d} {len(drafts)} 行"
    plan.on(on, title, lambda pen: pen.write("disinfection", drafts, origin), hour=17)


def _plan_week(plan: Plan, monday: date) -> None:
    """A week's turns: laid down on the workday before it begins, and ticked off as one when it is over."""
    days = [day for day in (monday + timedelta(days=one) for one in range(7)) if plan.desk.calendar.is_school_day(day)]
    days = [day for day in days if day.isocalendar().week == monday.isocalendar().week]
    over = bool(days) and days[-1] < plan.today
    drafts: list[dict[str, object]] = []
    for day in days:
        for place in range(2):
            turn = day.toordinal() * 2 + place
            operator = _CLEANERS[turn % len(_CLEANERS)]
            away = plan.chance.randrange(40) == 0
            drafts.append(
                {"duty_on": day, "area": _AREAS[turn % len(_AREAS)], "operator": operator,
                 "supervisor": "宋涛" if turn % 2 else "郭丽",
                 "done": plan.chance.randrange(70) > 0 if over else None,
                 "substitute": _CLEANERS[(turn + 1) % len(_CLEANERS)] if away else None,
                 "standard": "84消毒液 500mg/L"}
            )  # fmt: skip
    if drafts:
        entered = days[-1] if over else monday
        title = f"{'登记' if over else '安排'} 消毒排班：{days[0]:%m-%d} 起 {len(days)} 天"
        plan.on(entered, title, lambda pen: pen.write("disinfection_roster", drafts), hour=16 if over else 8)


def _span(start: int, lasts: int) -> Span:
    end = start + lasts
    return Span(time(start // 60, start % 60), time(end // 60, end % 60))
