"""Washing and disinfecting tableware: how hot, how strong and how long, by method (餐饮具清洗消毒).

《餐饮服务食品安全操作规范》 (2018, no. 12): by heat rather than by chemicals; the figures stand in the rule book.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from school_logistics.rules.findings import hazard_found
from school_logistics.rules.hazards import HazardCategory

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook


class Method(StrEnum):
    """How tableware is disinfected."""

    STEAM = "蒸汽"
    BOILING = "煮沸"
    INFRARED = "红外消毒柜"
    DISHWASHER = "洗碗机"
    CHEMICAL = "化学"


class MachineState(StrEnum):
    """How the machine was."""

    GOOD = "正常"
    BAD = "异常"


class Disinfected(Protocol):
    """A disinfection of tableware as these rules see it; None where blank."""

    done_on: date | None
    meal: str | None
    tableware: str | None
    method: str | None
    celsius: Decimal | None
    strength: int | None
    minutes: Decimal | None
    soaked: bool | None
    machine: str | None
    problem: str | None
    done_by: int | None


class Fault(NamedTuple):
    """What falls short: in which field, and the sentence about it."""

    field: str
    sentence: str


_HEAT = {
    Method.STEAM: "tableware.steam",
    Method.BOILING: "tableware.steam",
    Method.INFRARED: "tableware.infrared",
    Method.DISHWASHER: "tableware.dishwasher",
}


def faults(row: Disinfected, book: RuleBook) -> Iterator[Fault]:
    """Everything in which a disinfection falls short of its method (V-52)."""
    if row.method is None or row.done_on is None:
        return
    method = Method(row.method)
    if row.machine == MachineState.BAD:
        yield Fault("machine", "消毒设备异常")
    if method is Method.CHEMICAL:
        yield from _chemical_faults(row, book, row.done_on)
        return
    least = book.number(f"{_HEAT[method]}.celsius", row.done_on)
    if row.celsius is not None and row.celsius < least:
        yield Fault("celsius", f"{method}消毒温度 {row.celsius.normalize():f} ℃，应不低于 {least} ℃")
    seconds = book.whole(f"{_HEAT[method]}.seconds", row.done_on)
    if row.minutes is not None and row.minutes * 60 < seconds:
        yield Fault("minutes", f"{method}消毒{_shown(row.minutes)}，应不少于{_shown(Decimal(seconds) / 60)}")


def _chemical_faults(row: Disinfected, book: RuleBook, day: date) -> Iterator[Fault]:
    least = book.wholes("disinfection.chlorine.tableware", day)[0]
    if row.strength is not None and row.strength < least:
        yield Fault("strength", f"有效氯 {row.strength} mg/L，应不低于 {least} mg/L")
    seconds = book.whole("tableware.chemical.seconds", day)
    if row.minutes is not None and row.minutes * 60 < seconds:
        yield Fault("minutes", f"浸泡{_shown(row.minutes)}，应不少于{_shown(Decimal(seconds) / 60)}")
    if row.soaked is False:
        yield Fault("soaked", "化学消毒应全部浸没，消毒后用净水冲净")


def _shown(minutes: Decimal) -> str:
    """10 分钟, 40 秒."""
    if minutes < 1:
        return f" {round(minutes * 60)} 秒"
    return f" {minutes.normalize():f} 分钟"


def measured(row: Disinfected) -> str:
    """Say when neither temperature nor strength was written down for the method that wants it."""
    if row.method is None:
        return ""
    if row.method == Method.CHEMICAL:
        return "" if row.strength is not None else "化学消毒要写消毒剂浓度"
    return "" if row.celsius is not None else f"{row.method}消毒要写消毒温度"


def agent_named(row: Disinfected, agent: str | None) -> bool:
    """Whether chemical disinfection names its agent."""
    return row.method != Method.CHEMICAL or bool(agent)


def hazard_of_tableware(row: Disinfected, *, book: RuleBook) -> dict[str, object] | None:
    """The hazard of tableware that was not properly disinfected; None while nothing falls short."""
    found = list(faults(row, book))
    if not found:
        return None
    described = row.problem or "；".join(one.sentence for one in found)
    return hazard_found(row.done_on, HazardCategory.CANTEEN, "洗消间", f"{row.meal or ''}餐饮具消毒：{described}")
