"""R14 安全与隐患: what was looked at, what was found, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_

from school_logistics.models.fire import ExtinguisherCheck
from school_logistics.models.safety import Hazard
from school_logistics.models.transport.buses import BusDailyCheck
from school_logistics.reports.annual_return.asking import Asked, Where, added_up, counted, share
from school_logistics.reports.annual_return.indicator import NOTHING, Answer, Indicator, under
from school_logistics.rules.hazards import HazardCategory, HazardLevel

if TYPE_CHECKING:
    from collections.abc import Callable

_FILE = "隐患台账"


def _found(*where: Where) -> Callable[[Asked], Answer]:
    return lambda asked: counted(asked, Hazard, *where)


def _fixed(asked: Asked) -> Answer:
    return counted(asked, Hazard, Hazard.fixed_on <= asked.on)


def _closed(asked: Asked) -> Answer:
    return counted(asked, Hazard, Hazard.closed_on <= asked.on)


def _overdue(asked: Asked) -> Answer:
    """Hazards whose time was over on the reporting day and that were not put right by then."""
    still_there = or_(Hazard.fixed_on.is_(None), Hazard.fixed_on > asked.on)
    return counted(asked, Hazard, Hazard.due_on < asked.on, still_there)


def _late(asked: Asked) -> Answer:
    return counted(asked, Hazard, Hazard.fixed_on <= asked.on, Hazard.fixed_on > Hazard.due_on)


def _checks(asked: Asked) -> Answer:
    """Checks of extinguishers and buses together."""
    answers = {"灭火器月检": counted(asked, ExtinguisherCheck), "校车每日检查": counted(asked, BusDailyCheck)}
    known = {label: found for label, found in answers.items() if isinstance(found.value, int)}
    if not known:
        return NOTHING
    parts = tuple((label, f"{found.value:,} 次") for label, found in known.items())
    total = sum(found.value for found in known.values() if isinstance(found.value, int))
    return Answer(total, f"{'、'.join(known)}，{total:,} 行", parts)


def _of_category(category: HazardCategory) -> Callable[[Asked], Answer]:
    def compute(asked: Asked) -> Answer:
        found = counted(asked, Hazard, Hazard.category == category.value)
        return found if found.value else NOTHING

    return compute


def _line(key: str, label: str, unit: str, compute: Callable[[Asked], Answer], source: str) -> Indicator:
    return Indicator(f"safety.{key}", "R14", label, unit, source, compute)


_CATEGORIES = {one: f"safety.hazards.{one.name.lower()}" for one in HazardCategory}

SAFETY = (
    *under(
        "检查",
        _line("checks", "检查次数", "次", _checks, "灭火器月检和校车每日检查的行数"),
        of_period=True,
    ),
    *under(
        "隐患",
        _line("hazards", "发现隐患", "处", _found(), f"{_FILE}，一处一行"),
        *(
            Indicator(
                code,
                "R14",
                f"其中：{category.value}",
                "处",
                f"{_FILE}「隐患类别」",
                _of_category(category),
                if_any=True,
            )
            for category, code in _CATEGORIES.items()
        ),
        _line(
            "hazards.unsorted",
            "其中：没有类别的",
            "处",
            _found(Hazard.category.is_(None)),
            f"{_FILE}「隐患类别」没有填",
        ),
        Indicator(
            "safety.hazards.by_category",
            "R14",
            "各类合计",
            "处",
            "以上各类相加，应等于发现隐患",
            sum_of=(*_CATEGORIES.values(), "safety.hazards.unsorted"),
        ),
        _line(
            "hazards.major",
            "其中：重大隐患",
            "处",
            _found(Hazard.level == HazardLevel.MAJOR.value),
            f"{_FILE}「隐患级别」",
        ),
        of_period=True,
    ),
    *under(
        "整改",
        _line("fixed", "已整改", "处", _fixed, f"{_FILE}「整改完成日期」"),
        _line(
            "fixed.rate", "整改率", "%", lambda asked: share(_fixed(asked), counted(asked, Hazard)), "已整改 ÷ 发现隐患"
        ),
        _line("fixed.late", "其中：超期完成", "处", _late, f"{_FILE}，完成日期晚于整改期限"),
        _line("closed", "已销号", "处", _closed, f"{_FILE}「销号日期」"),
        _line("overdue", "超期未整改", "处", _overdue, f"{_FILE}，整改期限已过还没有完成"),
        _line(
            "budget", "整改资金", "元", lambda asked: added_up(asked, Hazard, Hazard.budget), f"{_FILE}「整改资金」相加"
        ),
        of_period=True,
    ),
)
