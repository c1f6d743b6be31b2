"""R04 宿舍/午休室: rooms, beds, who sleeps in them, and how often they were disinfected."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from school_logistics.models.dormitory import Disinfection, DisinfectionRoster, Room
from school_logistics.reports.annual_return.asking import counted, share
from school_logistics.reports.annual_return.files import day_words, how_many, sum_of
from school_logistics.reports.annual_return.indicator import NOTHING, Answer, Indicator, under
from school_logistics.reports.annual_return.past import Values, as_they_were
from school_logistics.reports.annual_return.staff import staff
from school_logistics.rules.money import half_up
from school_logistics.rules.people import Post
from school_logistics.rules.rooms import RoomKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from school_logistics.reports.annual_return.asking import Asked

_FILE = "公寓与午休室"
_DONE = "消毒记录"


def rooms(asked: Asked) -> list[Values]:
    """The rooms in use on the reporting day."""
    return as_they_were(asked, Room, until="closed_on")


def _of_kind(kind: RoomKind) -> Callable[[Values], bool]:
    return lambda one: one["kind"] == kind.value


def _all(_room: Values) -> bool:
    return True


def _counted_rooms(fits: Callable[[Values], bool] = _all) -> Callable[[Asked], Answer]:
    return lambda asked: how_many(asked, rooms(asked), fits, "间")


def _summed(key: str, fits: Callable[[Values], bool] = _all) -> Callable[[Asked], Answer]:
    return lambda asked: sum_of(asked, rooms(asked), key, fits)


def _buildings(asked: Asked) -> Answer:
    named = {one["building"] for one in rooms(asked) if one["building"]}
    return Answer(len(named), day_words(asked, "、".join(sorted(named)))) if named else NOTHING


def _area_each(asked: Asked) -> Answer:
    """Square metres of dormitory for each who lives there."""
    area, people = (_summed(key, _of_kind(RoomKind.DORMITORY))(asked).value for key in ("area", "occupants"))
    if not isinstance(area, Decimal) or not isinstance(people, int) or not people:
        return NOTHING
    return Answer(half_up(area / people), f"{area:,.2f} ㎡ ÷ {people:,} 人")


def _with_alarm(asked: Asked) -> Answer:
    """Rooms with an alarm; 未填 while no room names one."""
    found = _counted_rooms(lambda one: bool(one["alarm_no"]))(asked)
    return found if found.value else NOTHING


def _wardens(asked: Asked) -> Answer:
    return how_many(asked, staff(asked), lambda one: one["post"] == Post.WARDEN, "人")


def _turns_done(asked: Asked) -> Answer:
    return counted(asked, DisinfectionRoster, DisinfectionRoster.done.is_(True))


def _turns(asked: Asked) -> Answer:
    return counted(asked, DisinfectionRoster, DisinfectionRoster.duty_on <= asked.on)


def _line(key: str, label: str, unit: str, compute: Callable[[Asked], Answer], source: str) -> Indicator:
    return Indicator(f"dormitory.{key}", "R04", label, unit, source, compute)


_DORMITORY, _NAP_ROOM = _of_kind(RoomKind.DORMITORY), _of_kind(RoomKind.NAP_ROOM)

DORMITORY = (
    *under(
        "房间",
        _line("buildings", "楼数", "栋", _buildings, f"{_FILE}「楼栋」，去重"),
        _line("rooms", "宿舍及午休室间数", "间", _counted_rooms(), f"{_FILE}，没有停用的"),
        _line("rooms.dormitory", "其中：宿舍", "间", _counted_rooms(_DORMITORY), f"{_FILE}「房间类型」"),
        _line("rooms.nap", "其中：午休室", "间", _counted_rooms(_NAP_ROOM), f"{_FILE}「房间类型」"),
        Indicator(
            "dormitory.rooms.by_kind",
            "R04",
            "两类合计",
            "间",
            "以上两类相加，应等于间数",
            sum_of=("dormitory.rooms.dormitory", "dormitory.rooms.nap"),
        ),
        _line("beds", "床位数", "张", _summed("beds"), f"{_FILE}「床位数」相加"),
        _line("area", "宿舍面积", "㎡", _summed("area", _DORMITORY), f"{_FILE}「面积」，宿舍相加"),
        _line(
            "alarms",
            "装有报警器的房间",
            "间",
            _with_alarm,
            f"{_FILE}「报警器编号」已填",
        ),
    ),
    *under(
        "人员",
        _line("boarders", "住宿生", "人", _summed("occupants", _DORMITORY), f"{_FILE}「实住人数」，宿舍相加"),
        _line("nappers", "午休生", "人", _summed("occupants", _NAP_ROOM), f"{_FILE}「实住人数」，午休室相加"),
        _line("area_each", "住宿生人均面积", "㎡", _area_each, "宿舍面积 ÷ 住宿生"),
        _line("wardens", "宿管员", "人", _wardens, "后勤人员台账，岗位为宿管，在岗"),
    ),
    *under(
        "消毒",
        _line("disinfections", "消毒次数", "次", lambda asked: counted(asked, Disinfection), f"{_DONE}，一次一行"),
        _line("turns", "应消毒班次", "班", _turns, "消毒排班，到报告日为止"),
        _line("turns_done", "其中：已完成", "班", _turns_done, "消毒排班「完成确认」"),
        _line(
            "turns_rate",
            "排班完成率",
            "%",
            lambda asked: share(_turns_done(asked), _turns(asked)),
            "已完成班次 ÷ 应消毒班次",
        ),
        of_period=True,
    ),
    *under(
        "用品",
        Indicator("dormitory.bedding", "R04", "公寓用品准入批次", "批", "公寓用品准入登记，手工填"),
        of_period=True,
    ),
)
