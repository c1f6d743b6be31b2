"""R07 校车: buses, drivers and escorts, papers that held, trips that were checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from school_logistics.models.office import Staff
from school_logistics.models.transport.buses import Bus, BusDailyCheck
from school_logistics.models.transport.drivers import Driver
from school_logistics.reports.annual_return.asking import Asked, counted, kept, span_words, within
from school_logistics.reports.annual_return.files import day_words, how_many, sum_of
from school_logistics.reports.annual_return.indicator import NOTHING, Answer, Indicator, under
from school_logistics.reports.annual_return.past import Values, as_they_were, holders_on
from school_logistics.rules.findings import FAILED
from school_logistics.rules.papers import PaperKind
from school_logistics.rules.people import Post
from school_logistics.rules.transport import BusStatus, BusType, Ownership

if TYPE_CHECKING:
    from collections.abc import Callable

_FILE = "校车档案"
_CHECKS = "校车每日检查"


def buses(asked: Asked) -> list[Values]:
    """The buses there were on the reporting day; those given up have left."""
    file = as_they_were(asked, Bus, since="registered_on")
    return [one for one in file if one["status"] != BusStatus.RETIRED]


def drivers(asked: Asked) -> list[Values]:
    """The drivers who had not left on the reporting day."""
    return as_they_were(asked, Driver, since="hired_on", until="left_on")


def _buses(fits: Callable[[Values], bool] = bool) -> Callable[[Asked], Answer]:
    return lambda asked: how_many(asked, buses(asked), fits, "辆")


def _owned(how: Ownership) -> Callable[[Asked], Answer]:
    return _buses(lambda one: one["ownership"] == how.value)


def _with_paper(kind: PaperKind) -> Callable[[Asked], Answer]:
    def compute(asked: Asked) -> Answer:
        held = holders_on(asked, kind, "bus")
        return how_many(asked, buses(asked), lambda one: one["id"] in held, "辆")

    return compute


def _licensed(asked: Asked) -> Answer:
    held = holders_on(asked, PaperKind.DRIVING_LICENCE, "driver")
    return how_many(asked, drivers(asked), lambda one: one["id"] in held and one["endorsed_on"] is not None, "人")


def _escorts(asked: Asked) -> Answer:
    staff = as_they_were(asked, Staff, since="hired_on", until="left_on")
    return how_many(asked, staff, lambda one: one["post"] == Post.BUS_ESCORT, "人")


def _routes(asked: Asked) -> Answer:
    named = {one["route"] for one in buses(asked) if one["route"]}
    return Answer(len(named), day_words(asked, "、".join(sorted(named)))) if named else NOTHING


def _mileage(asked: Asked) -> Answer:
    """Kilometres driven: for each bus its highest reading of the period less its lowest."""
    if not kept(asked, BusDailyCheck):
        return NOTHING
    reading = BusDailyCheck.mileage
    spans = select(Bus.plate, func.max(reading) - func.min(reading)).join(Bus, Bus.id == BusDailyCheck.bus)
    where = (within(asked, BusDailyCheck), reading.is_not(None))
    rows: Any = asked.session.execute(spans.where(*where).group_by(Bus.plate).order_by(Bus.plate)).all()
    if not rows:
        return NOTHING
    parts = tuple((plate, f"{driven:,} 公里") for plate, driven in rows)
    return Answer(sum(driven for _, driven in rows), span_words(asked, BusDailyCheck), parts)


def _failed_checks(asked: Asked) -> Answer:
    return counted(asked, BusDailyCheck, BusDailyCheck.conclusion == FAILED)


def _line(key: str, label: str, unit: str, compute: Callable[[Asked], Answer], source: str) -> Indicator:
    return Indicator(f"transport.{key}", "R07", label, unit, source, compute)


def _hand(key: str, label: str, unit: str, source: str) -> Indicator:
    return Indicator(f"transport.{key}", "R07", label, unit, f"{source}，手工填")


_OWNERSHIPS = {one: f"buses.{one.name.lower()}" for one in Ownership}

TRANSPORT = (
    *under(
        "车辆",
        _line("buses", "校车数", "辆", _buses(), f"{_FILE}，没有退出的"),
        _line(
            "buses.dedicated",
            "其中：专用校车",
            "辆",
            _buses(lambda one: one["bus_type"] not in {None, BusType.ORDINARY.value}),
            f"{_FILE}「校车类型」",
        ),
        _line(
            "buses.ordinary",
            "其中：非专用校车",
            "辆",
            _buses(lambda one: one["bus_type"] == BusType.ORDINARY.value),
            f"{_FILE}「校车类型」",
        ),
        Indicator(
            "transport.buses.by_type",
            "R07",
            "两类合计",
            "辆",
            "以上两类相加，应等于校车数",
            sum_of=("transport.buses.dedicated", "transport.buses.ordinary"),
        ),
        *(_line(key, f"其中：{how.value}", "辆", _owned(how), f"{_FILE}「权属」") for how, key in _OWNERSHIPS.items()),
        _line(
            "seats",
            "学生座位数",
            "个",
            lambda asked: sum_of(asked, buses(asked), "student_seats"),
            f"{_FILE}「学生座位数」相加",
        ),
        _line(
            "pupils",
            "服务学生数",
            "人",
            lambda asked: sum_of(asked, buses(asked), "pupils"),
            f"{_FILE}「服务学生数」相加",
        ),
        _line("routes", "线路数", "条", _routes, f"{_FILE}「行驶线路」，去重"),
    ),
    *under(
        "证照",
        _line(
            "buses.inspected",
            "检验在有效期内",
            "辆",
            _with_paper(PaperKind.VEHICLE_INSPECTION),
            "证照与保险「校车检验」",
        ),
        _line(
            "buses.permitted",
            "使用许可在有效期内",
            "辆",
            _with_paper(PaperKind.OPERATING_PERMIT),
            "证照与保险「校车使用许可」",
        ),
        _line("buses.badged", "标牌在有效期内", "辆", _with_paper(PaperKind.BUS_BADGE), "证照与保险「校车标牌」"),
        _line(
            "buses.insured",
            "承运人责任险有效",
            "辆",
            _with_paper(PaperKind.CARRIER_INSURANCE),
            "证照与保险「承运人责任险」",
        ),
    ),
    *under(
        "人员",
        _line(
            "drivers",
            "校车驾驶人数",
            "人",
            lambda asked: how_many(asked, drivers(asked), unit="人"),
            "校车驾驶人，没有离岗的",
        ),
        _line("drivers.qualified", "其中：证照齐全有效", "人", _licensed, "驾驶证有效且有校车驾驶资格签注"),
        _line("escorts", "照管员", "人", _escorts, "后勤人员台账，岗位为照管员，在岗"),
    ),
    *under(
        "运行",
        _line("checks", "每日检查", "趟", lambda asked: counted(asked, BusDailyCheck), f"{_CHECKS}，一趟一行"),
        _line("checks.failed", "其中：有不正常的", "趟", _failed_checks, f"{_CHECKS}「结论」"),
        _line("mileage", "行驶里程", "公里", _mileage, f"{_CHECKS}「里程表数」，每车期末减期初"),
        _hand("repairs", "维修费", "元", "校车维修保养记录"),
        _hand("fuel", "油（电）费", "元", "加油（充电）记录"),
        _hand("violations", "交通违法", "次", "校车违法、事故登记"),
        _hand("accidents", "责任事故", "次", "校车违法、事故登记"),
        of_period=True,
    ),
)
