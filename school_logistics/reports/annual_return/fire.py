"""R06 消防: what stands in the register against fire, what is overdue, what was looked at, and fire hazards."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from school_logistics.models.fire import ExtinguisherCheck, FireEquipment
from school_logistics.models.safety import Hazard
from school_logistics.reports.annual_return.asking import Asked, counted, share
from school_logistics.reports.annual_return.files import day_words
from school_logistics.reports.annual_return.indicator import NOTHING, Answer, Indicator, under
from school_logistics.reports.annual_return.past import Values, as_they_were
from school_logistics.rules.findings import FAILED
from school_logistics.rules.fire import EquipmentKind, EquipmentStatus, equipment_advice, equipment_kind
from school_logistics.rules.hazards import HazardCategory

if TYPE_CHECKING:
    from collections.abc import Callable

_FILE = "消防器材台账"
_STATES = {
    "in_use": EquipmentStatus.IN_USE,
    "at_service": EquipmentStatus.AT_SERVICE,
    "spare": EquipmentStatus.SPARE,
    "stopped": EquipmentStatus.OUT_OF_SERVICE,
}
_LEFT_TO_ITSELF = (EquipmentStatus.IN_USE.value, EquipmentStatus.SPARE.value, None)
_OTHERS = {
    "hydrants": (EquipmentKind.HYDRANT, "消火栓", "套"),
    "emergency_lights": (EquipmentKind.EMERGENCY_LIGHT, "应急照明灯", "只"),
    "exit_signs": (EquipmentKind.EXIT_SIGN, "疏散标志灯", "只"),
    "detectors": (EquipmentKind.DETECTOR, "火灾探测器", "只"),
}


def equipment(asked: Asked) -> list[Values]:
    """What stood in the register on the reporting day; scrapped pieces have left it."""
    file = as_they_were(asked, FireEquipment, since="made_on")
    return [one for one in file if one["status"] != EquipmentStatus.SCRAPPED]


def _is(kind: EquipmentKind) -> Callable[[Values], bool]:
    return lambda one: equipment_kind(one["name"], one["model"]) is kind


_EXTINGUISHER = _is(EquipmentKind.EXTINGUISHER)


def _pieces(asked: Asked, fits: Callable[[Values], bool], unit: str) -> Answer:
    """How many pieces fit: a line may stand for several."""
    file = equipment(asked)
    if not file:
        return NOTHING
    found = sum(one["quantity"] or 1 for one in file if fits(one))
    return Answer(found, day_words(asked, f"{found:,} {unit}"))


def _counted(kind: EquipmentKind, unit: str) -> Callable[[Asked], Answer]:
    return lambda asked: _pieces(asked, _is(kind), unit)


def extinguishers(asked: Asked) -> Answer:
    """All extinguishers that were not scrapped."""
    return _pieces(asked, _EXTINGUISHER, "具")


def _in_state(state: EquipmentStatus) -> Callable[[Asked], Answer]:
    def fits(one: Values) -> bool:
        return _EXTINGUISHER(one) and (one["status"] or EquipmentStatus.IN_USE) == state

    return lambda asked: _pieces(asked, fits, "具")


def _overdue(asked: Asked) -> Answer:
    """Extinguishers past their service or scrap day that are neither at service nor taken out of use.

    Serviced after the reporting day and entered later still, nobody can tell any more: then 未填.
    """
    file = [one for one in equipment(asked) if _EXTINGUISHER(one)]
    if not file or any(_serviced_since(one, asked) for one in file):
        return NOTHING
    late = [one for one in file if one["status"] in _LEFT_TO_ITSELF and _is_late(one, asked)]
    parts = tuple((str(one["equipment_no"]), f"{one['model'] or ''} {one['place'] or ''}".strip()) for one in late)
    return Answer(sum(one["quantity"] or 1 for one in late), day_words(asked, f"{len(late)} 行"), parts)


def _serviced_since(one: Values, asked: Asked) -> bool:
    return bool(one["told_later"] and one["serviced_on"] and one["serviced_on"].first > asked.on)


def _is_late(one: Values, asked: Asked) -> bool:
    found = equipment_advice(SimpleNamespace(**one), book=asked.book, today=asked.on)
    if found is None:
        return False
    return found.days < 0 or (found.scrap is not None and found.scrap.last <= asked.on)


def _hazards(asked: Asked) -> Answer:
    return counted(asked, Hazard, Hazard.category == HazardCategory.FIRE.value)


def _hazards_fixed(asked: Asked) -> Answer:
    return counted(asked, Hazard, Hazard.category == HazardCategory.FIRE.value, Hazard.fixed_on <= asked.on)


def _checks(asked: Asked) -> Answer:
    return counted(asked, ExtinguisherCheck)


def _failed_checks(asked: Asked) -> Answer:
    return counted(asked, ExtinguisherCheck, ExtinguisherCheck.conclusion == FAILED)


def _line(key: str, label: str, unit: str, compute: Callable[[Asked], Answer], source: str) -> Indicator:
    return Indicator(f"fire.{key}", "R06", label, unit, source, compute)


FIRE = (
    *under(
        "器材",
        _line("extinguishers", "灭火器数", "具", extinguishers, f"{_FILE}，灭火器，不含已报废的"),
        *(
            _line(f"extinguishers.{key}", f"其中：{state.value}", "具", _in_state(state), f"{_FILE}「状态」")
            for key, state in _STATES.items()
        ),
        Indicator(
            "fire.extinguishers.by_status",
            "R06",
            "各状态合计",
            "具",
            "在用、送修、备用、停用相加，应等于灭火器数",
            sum_of=tuple(f"fire.extinguishers.{key}" for key in _STATES),
        ),
        _line(
            "extinguishers.overdue",
            "其中：过期未处理",
            "具",
            _overdue,
            f"{_FILE}，维修或报废日期已过、没有送修或停用的",
        ),
        *(
            _line(key, label, unit, _counted(kind, unit), f"{_FILE}「器材名称」")
            for key, (kind, label, unit) in _OTHERS.items()
        ),
    ),
    *under(
        "检查与演练",
        _line("checks", "灭火器月检", "具次", _checks, "灭火器月检，一具一次一行"),
        _line("checks.failed", "其中：不合格", "具次", _failed_checks, "灭火器月检「结论」"),
        Indicator("fire.drills", "R06", "演练次数", "次", "消防演练记录，手工填"),
        of_period=True,
    ),
    *under(
        "隐患",
        _line("hazards", "消防隐患", "处", _hazards, "隐患台账，类别为消防"),
        _line("hazards.fixed", "其中：已整改", "处", _hazards_fixed, "隐患台账「整改完成日期」"),
        _line(
            "hazards.rate",
            "消防隐患整改率",
            "%",
            lambda asked: share(_hazards_fixed(asked), _hazards(asked)),
            "已整改 ÷ 消防隐患",
        ),
        of_period=True,
    ),
)
