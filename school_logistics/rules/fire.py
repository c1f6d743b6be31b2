"""Fire extinguishers: which type a model is, when it is serviced and scrapped, how often it is looked at.

Periods stand in the rule book: service after table 5.3.2 and scrapping after table 5.4.3 of GB 50444-2008, and
chapter 7 of XF 95-2015. A service never lengthens the life: scrapping counts from the day of manufacture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from school_logistics.rules.calendar import Month
from school_logistics.rules.dates import MonthOrDay
from school_logistics.rules.due import Years, days_left, next_due
from school_logistics.rules.figures import half_width

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook


class EquipmentKind(StrEnum):
    """What stands in the register of fire equipment, as the annual return counts it."""

    EXTINGUISHER = "灭火器"
    HYDRANT = "消火栓"
    EMERGENCY_LIGHT = "应急照明"
    EXIT_SIGN = "疏散标志"
    DETECTOR = "火灾探测器"
    OTHER = "其他"


class ExtinguisherType(StrEnum):
    """What an extinguisher holds; its life hangs on it."""

    WATER_BASED = "水基型"
    DRY_POWDER = "干粉"
    CLEAN_AGENT = "洁净气体"
    CARBON_DIOXIDE = "二氧化碳"
    BANNED = "已淘汰"


class EquipmentStatus(StrEnum):
    """Where a piece of equipment is in its life."""

    IN_USE = "在用"
    AT_SERVICE = "送修"
    SPARE = "备用"
    OUT_OF_SERVICE = "停用"
    SCRAPPED = "报废"


class Action(StrEnum):
    """What is to be done with an extinguisher."""

    NONE = "正常"
    SERVICE = "送修"
    REPLACE = "换新"
    SCRAP = "报废"


@dataclass(frozen=True)
class Life:
    """How long an extinguisher of a type goes without service, and how long it lives at all."""

    first_service: Years
    later_service: Years
    scrap: Years


@dataclass(frozen=True)
class Advice:
    """What to do with an extinguisher, by when, and why.

    `days` are left until `on`, or past when negative. A banned extinguisher has neither service nor scrap date.
    """

    action: Action
    on: date | MonthOrDay
    days: int
    next_due: MonthOrDay | None
    scrap: MonthOrDay | None
    reason: str
    clause: str


_MODEL_TYPES = {
    ExtinguisherType.WATER_BASED: ("MS", "MSZ", "MST", "MSTZ", "MSW", "MSWZ", "MP", "MPZ", "MPT", "MPTZ", "MPTZ/AR"),
    ExtinguisherType.DRY_POWDER: ("MF", "MFZ", "MFZL", "MFL", "MFT", "MFTZ", "MFTZL"),
    ExtinguisherType.CLEAN_AGENT: ("MJ", "MJZ", "MJT", "MJTZ"),
    ExtinguisherType.CARBON_DIOXIDE: ("MT", "MTZ", "MTT", "MTTZ"),
    ExtinguisherType.BANNED: ("MY", "MYZ", "MYT", "MYTZ"),
}
_BY_MODEL = {prefix: kind for kind, prefixes in _MODEL_TYPES.items() for prefix in prefixes}
_BY_NAME = {
    "1211": ExtinguisherType.BANNED,
    "酸碱": ExtinguisherType.BANNED,
    "化学泡沫": ExtinguisherType.BANNED,
    "水基": ExtinguisherType.WATER_BASED,
    "水雾": ExtinguisherType.WATER_BASED,
    "清水": ExtinguisherType.WATER_BASED,
    "泡沫": ExtinguisherType.WATER_BASED,
    "干粉": ExtinguisherType.DRY_POWDER,
    "洁净": ExtinguisherType.CLEAN_AGENT,
    "六氟丙烷": ExtinguisherType.CLEAN_AGENT,
    "二氧化碳": ExtinguisherType.CARBON_DIOXIDE,
}
_KIND_WORDS = {
    EquipmentKind.EXTINGUISHER: ("灭火器",),
    EquipmentKind.HYDRANT: ("消火栓",),
    EquipmentKind.EMERGENCY_LIGHT: ("应急照明", "应急灯"),
    EquipmentKind.EXIT_SIGN: ("疏散", "安全出口", "标志灯", "指示灯"),
    EquipmentKind.DETECTOR: ("感烟", "烟感", "感温", "探测器", "独立式"),
}


def extinguisher_type(model: str | None, name: str | None = "") -> ExtinguisherType | None:
    """The type behind a model such as MFZ/ABC4 or, where the model says nothing, behind the name.

    >>> [str(extinguisher_type(m)) for m in ("MSZ/3", "MFZ/ABC4", "MFTZ/ABC35", "MJ6", "MTT20")]
    ['水基型', '干粉', '干粉', '洁净气体', '二氧化碳']
    >>> print(extinguisher_type("SN65", "室内消火栓"), extinguisher_type("4kg", "手提式干粉灭火器"))
    None 干粉

    None for what is no extinguisher. 1211, acid and chemical foam extinguishers are BANNED: not to be used at all.
    """
    prefix = re.match(r"[A-Z]*", half_width(model or "").upper().replace(" ", ""))
    known = _BY_MODEL.get(re.sub(r"(?:ABC|BC|AR)$", "", prefix[0])) if prefix else None
    if known:
        return known
    words = half_width(name or "") + half_width(model or "")
    if "灭火器" not in words:
        return None
    return next((kind for word, kind in _BY_NAME.items() if word in words), None)


def equipment_kind(name: str | None, model: str | None = "") -> EquipmentKind:
    """What a piece of equipment counts as.

    >>> print(equipment_kind("室内消火栓", "SN65"), equipment_kind("手提式", "MFZ/ABC4"), equipment_kind("灭火毯"))
    消火栓 灭火器 其他
    """
    if extinguisher_type(model, name):
        return EquipmentKind.EXTINGUISHER
    words = half_width(name or "")
    return next(
        (kind for kind, marks in _KIND_WORDS.items() if any(one in words for one in marks)), EquipmentKind.OTHER
    )


def life(kind: ExtinguisherType, book: RuleBook, on: date) -> Life | None:
    """The periods of a type on a day; None for one that is banned."""
    if kind is ExtinguisherType.BANNED:
        return None
    entry = f"extinguisher.{kind.name.lower()}"
    return Life(
        Years(book.whole(f"{entry}.first_service_years", on)),
        Years(book.whole(f"{entry}.service_years", on)),
        Years(book.whole(f"{entry}.scrap_years", on)),
    )


def next_service(
    kind: ExtinguisherType, made: MonthOrDay, last_service: MonthOrDay | None, book: RuleBook, on: date
) -> MonthOrDay | None:
    """When an extinguisher must be serviced: years after its last service, or after manufacture when it had none."""
    periods = life(kind, book, on)
    if periods is None:
        return None
    return next_due(last_service, periods.later_service) if last_service else next_due(made, periods.first_service)


def scrap_on(kind: ExtinguisherType, made: MonthOrDay, book: RuleBook, on: date) -> MonthOrDay | None:
    """When an extinguisher must be scrapped, whatever services it had."""
    periods = life(kind, book, on)
    return next_due(made, periods.scrap) if periods else None


def advice(
    kind: ExtinguisherType, made: MonthOrDay, last_service: MonthOrDay | None, today: date, book: RuleBook
) -> Advice:
    """Say what to do with an extinguisher: nothing yet, send it to service, replace it, or scrap it at once.

    Replaced rather than serviced: when the next service would not come before the scrap day, or when less than
    `extinguisher.scrap_soon_days` of life remain. A date of which only the month is known warns from the month's
    first day and is overdue after its last.
    """
    due = next_service(kind, made, last_service, book, today)
    scrap = scrap_on(kind, made, book, today)
    if due is None or scrap is None:
        return Advice(Action.SCRAP, today, 0, None, None, "国家已淘汰的灭火器，应立即停用报废", "XF 95-2015 7.2")
    entry = f"extinguisher.{kind.name.lower()}"
    service_clause = book.clause(f"{entry}.service_years", today)
    scrap_clause = book.clause(f"{entry}.scrap_years", today)
    service_days, scrap_days = days_left(due, today), days_left(scrap, today)
    ends = f"{_words(scrap)}报废（{_days_words(scrap_days)}）"
    if today >= scrap.last:
        reason = f"{_words(scrap)}已满报废年限，维修不延长寿命，应停用报废"
        return Advice(Action.SCRAP, scrap, scrap_days, due, scrap, reason, scrap_clause)
    ends_soon = scrap_days <= book.whole("extinguisher.scrap_soon_days", today)
    if due.last >= scrap.last:
        action = Action.REPLACE if ends_soon else Action.NONE
        return Advice(action, scrap, scrap_days, due, scrap, f"下次维修前先到报废日，{ends}时换新", scrap_clause)
    wants = f"应于{_words(due)}前送修（{_days_words(service_days)}）"
    if service_days > book.whole("extinguisher.service_soon_days", today):
        return Advice(Action.NONE, due, service_days, due, scrap, wants, service_clause)
    if ends_soon:
        reason = f"{wants}，但{ends}，建议直接换新"
        return Advice(Action.REPLACE, due, service_days, due, scrap, reason, service_clause)
    first = "首次维修，" if last_service is None else ""
    return Advice(Action.SERVICE, due, service_days, due, scrap, first + wants, service_clause)


def half_month_place(place: str | None, book: RuleBook, on: date) -> bool:
    """Whether extinguishers there are looked at every half month: boiler rooms, cellars (GB 50444-2008, 5.2.2)."""
    return any(word in (place or "") for word in book.words("extinguisher.check.half_month_places", on))


def check_windows(place: str | None, month: Month, book: RuleBook) -> tuple[tuple[date, date], ...]:
    """The stretches of a month in each of which an extinguisher must be looked at once: the month, or its halves.

    GB 50444-2008, 5.2.1 (every month) and 5.2.2 (every half month).
    """
    if not half_month_place(place, book, month.last):
        return ((month.first, month.last),)
    middle = date(month.year, month.number, 15)
    return (month.first, middle), (date(month.year, month.number, 16), month.last)


def looked_at_every_month(row: Equipment, on: date) -> bool:
    """Whether it is an extinguisher that hung at its place on a day, so that the month's round comes to it."""
    made = row.made_on is None or row.made_on.first <= on
    hangs = row.status in {None, EquipmentStatus.IN_USE}
    return made and hangs and equipment_kind(row.name, row.model) is EquipmentKind.EXTINGUISHER


def looks_a_month(row: Equipment, on: date, book: RuleBook) -> int:
    """How many times a month it is looked at: once, in boiler rooms and cellars twice."""
    return len(check_windows(row.place, Month.of(on), book))


class Equipment(Protocol):
    """A line of the register as these rules see it."""

    @property
    def name(self) -> str | None:
        """器材名称."""

    @property
    def model(self) -> str | None:
        """规格型号."""

    @property
    def made_on(self) -> MonthOrDay | None:
        """出厂日期."""

    @property
    def serviced_on(self) -> MonthOrDay | None:
        """上次维修日期."""

    @property
    def place(self) -> str | None:
        """设置部位."""

    @property
    def status(self) -> str | None:
        """状态."""


def equipment_next_service(row: Equipment, *, book: RuleBook, today: date) -> MonthOrDay | None:
    """The column 下次维修日期: only extinguishers with a known date of manufacture or service have one."""
    kind = extinguisher_type(row.model, row.name)
    start = row.serviced_on or row.made_on
    if kind is None or start is None:
        return None
    return next_service(kind, row.made_on or start, row.serviced_on, book, today)


def equipment_scrap(row: Equipment, *, book: RuleBook, today: date) -> MonthOrDay | None:
    """The column 报废日期."""
    kind = extinguisher_type(row.model, row.name)
    return scrap_on(kind, row.made_on, book, today) if kind and row.made_on else None


def equipment_advice(row: Equipment, *, book: RuleBook, today: date) -> Advice | None:
    """The advice for a line of the register; None where there is nothing to say: no extinguisher, scrapped, no date."""
    kind = extinguisher_type(row.model, row.name)
    if kind is None or row.made_on is None or row.status == EquipmentStatus.SCRAPPED:
        return None
    return advice(kind, row.made_on, row.serviced_on, today, book)


def made_before_today(row: Equipment, *, today: date) -> bool:
    """Whether the date of manufacture is not in the future."""
    return row.made_on is None or row.made_on.first <= today


def serviced_after_made(row: Equipment) -> bool:
    """Whether the last service came after manufacture."""
    return row.made_on is None or row.serviced_on is None or row.made_on.first <= row.serviced_on.last


def serviced_before_today(row: Equipment, *, today: date) -> bool:
    """Whether the last service is not in the future."""
    return row.serviced_on is None or row.serviced_on.first <= today


def not_used_past_its_life(row: Equipment, *, book: RuleBook, today: date) -> str:
    """Say when an extinguisher past its scrap day still counts as in use or spare."""
    verdict = equipment_advice(row, book=book, today=today)
    if verdict is None or verdict.action is not Action.SCRAP or row.status == EquipmentStatus.OUT_OF_SERVICE:
        return ""
    return f"{verdict.reason}，状态却是“{row.status or EquipmentStatus.IN_USE}”"


def may_be_sent_together(sent: int, total: int, book: RuleBook, on: date) -> bool:
    """Whether so many may be away at service at once: no more than a quarter (GB 50444-2008, 5.1.3)."""
    return sent * book.whole("extinguisher.service_share", on) <= total


def _words(day: MonthOrDay) -> str:
    return f"{day.year}年{day.month}月" + (f"{day.day}日" if day.day else "")


def _days_words(days: int) -> str:
    if days == 0:
        return "就在今天"
    return f"还有 {days} 天" if days > 0 else f"已逾期 {-days} 天"
