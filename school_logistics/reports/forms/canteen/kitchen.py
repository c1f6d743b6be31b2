"""The kitchen's records: C14 tableware disinfected, C16 temperatures, a page a unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from school_logistics.models.canteen.kitchen import ColdTemperature, ColdUnit, TablewareDisinfection
from school_logistics.reports.blocks import Block, Column, Grid, Line, PageBreak, Signatures, Stamp, Title
from school_logistics.reports.form import Entry, Head, PrintedForm, Source
from school_logistics.reports.register import PaperColumn, column_of, distinct, month_day, register_of, told
from school_logistics.rules.calendar import Month
from school_logistics.rules.cold import Shift

_washed = TablewareDisinfection.ledger
_read = ColdTemperature.ledger
_unit = ColdUnit.ledger

# --- C14 --------------------------------------------------------------------------------------------


def _heat_or_strength(entry: Entry) -> str:
    """90.0 or 250 mg/L: what the method is measured by."""
    strength = f"{entry.text('strength')} mg/L" if entry["strength"] is not None else ""
    return told(entry.text("celsius"), strength)


def _found(entry: Entry) -> str:
    """What was abnormal and done about it, before the remark."""
    return told(entry.text("problem"), entry.text("spot_fix"), entry.text("remark"), between="；")


C14 = register_of(
    _washed,
    code="C14",
    title="餐饮具清洗消毒记录",
    edition="2024 版",
    signers=("消毒人员", "检查人", "食品安全员"),
    none="本月没有餐饮具消毒记录",
    footer_note="一刮、二洗、三冲、四消毒、五保洁。蒸汽、煮沸 100 ℃ 不少于 10 分钟，红外 120 ℃ 不少于 10 分钟，"
    "洗碗机 85 ℃ 不少于 40 秒；化学消毒有效氯不低于 250 mg/L，浸泡不少于 5 分钟，消毒后净水冲净。",
    columns=(
        column_of(_washed, "done_on", mm=14, text=month_day("done_on")),
        column_of(_washed, "meal", mm=12),
        column_of(_washed, "tableware", mm=32),
        column_of(_washed, "pieces", heading="餐具数量", mm=16),
        column_of(_washed, "method", mm=20),
        column_of(_washed, "agent", mm=22, align="center"),
        PaperColumn(
            heading="消毒温度（℃）或消毒剂浓度（mg/L）",
            mm=26,
            text=_heat_or_strength,
            fields=("celsius", "strength"),
            align="center",
            wrap=False,
        ),
        column_of(_washed, "began_at", mm=18),
        column_of(_washed, "minutes", heading="消毒时间（min）", mm=16),
        column_of(_washed, "machine", mm=14),
        column_of(_washed, "done_by", mm=18, align="center", wrap=False),
        column_of(_washed, "checked_by", heading="检查人（监督人）", mm=21, align="center", wrap=False),
        PaperColumn(heading="备注", mm=30, text=_found, fields=("problem", "spot_fix", "remark")),
    ),
)

# --- C16 --------------------------------------------------------------------------------------------

_COLUMNS = (
    Column("日期", 15, "center", wrap=False),
    Column("时间", 15, "center", "上午", wrap=False),
    Column("温度（℃）", 15, "right", "上午", wrap=False),
    Column("记录人", 17, "center", "上午", wrap=False),
    Column("时间", 15, "center", "下午", wrap=False),
    Column("温度（℃）", 15, "right", "下午", wrap=False),
    Column("记录人", 17, "center", "下午", wrap=False),
    Column("异常情况及处理", 54),
    Column("检查人", 17, "center", wrap=False),
)
_ROW_MM = 6.6
_READING = ("read_at", "celsius", "recorder")
_AFTER = 7
"""Column of 异常情况及处理."""


class Temperatures(NamedTuple):
    """A month's readings by unit."""

    rows: Sequence[Entry]
    units: Sequence[Entry]
    read: Mapping[int, Sequence[Entry]]


def _gather_temperatures(source: Source, month: Month) -> Temperatures:
    rows = source.entries(_read, month)
    read: dict[int, list[Entry]] = {}
    for entry in rows:
        read.setdefault(entry["unit"], []).append(entry)
    units = [
        one
        for one in source.entries(_unit)
        if one.id in read or one["retired_on"] is None or one["retired_on"] >= month.first
    ]
    return Temperatures(rows, units, read)


def _day_of(day: date, readings: Sequence[Entry]) -> tuple[str, ...]:
    """A day's line: the reading of the morning and that of the afternoon; blank where nobody read."""
    by_shift: dict[str, list[Entry]] = {}
    for one in readings:
        by_shift.setdefault(one.text("shift"), []).append(one)
    halves = ["\n".join(one.text(key) for one in by_shift.get(shift.value, ())) for shift in Shift for key in _READING]
    wrong = "；".join(
        text for one in readings if (text := told(one.text("problem"), one.text("spot_fix"), between="，"))
    )
    return (f"{day:%m-%d}", *halves, wrong, distinct(readings, "checked_by"))


def _sheet(readings: Sequence[Entry], head: Head) -> Grid:
    """The lines of a unit: every day of school, and every other day on which somebody read it."""
    by_day: dict[date, list[Entry]] = {}
    for one in readings:
        by_day.setdefault(one["read_on"], []).append(one)
    days = [day for day in head.month.days() if day in by_day or day not in head.closed]
    gaps = {
        (number, 1 + 3 * half + _READING.index(key))
        for number, day in enumerate(days)
        for one in by_day.get(day, ())
        for half, shift in enumerate(Shift)
        if one["shift"] == shift
        for key in _READING
        if key in one.gaps
    }
    gaps |= {
        (number, _AFTER)
        for number, day in enumerate(days)
        for one in by_day.get(day, ())
        if not one.gaps.isdisjoint({"problem", "spot_fix"})
    }
    rows = [_day_of(day, by_day.get(day, ())) for day in days]
    return Grid(_COLUMNS, rows, blank_to_page=False, row_mm=_ROW_MM, hatched=frozenset(gaps))


def _compose_temperatures(facts: Temperatures, head: Head) -> Iterator[Block]:
    for number, unit in enumerate(facts.units or [None]):
        if number:
            yield PageBreak()
        yield Title(C16.title, bookmark=unit.text("name") if unit is not None else "")
        keys = ("name", "unit_no", "kind", "place", "controlled")
        labels = ("设备名称", "编号", "类型", "位置", "控制温度")
        yield Line(
            tuple((label, unit.text(key) if unit is not None else "") for label, key in zip(labels, keys, strict=True))
        )
        readings = facts.read.get(unit.id, ()) if unit is not None else ()
        grid = _sheet(readings, head)
        yield grid if readings else Grid(_COLUMNS, [(C16.none,), *grid.rows], blank_to_page=False, row_mm=_ROW_MM)
        yield Signatures(("记录人", "食品安全员"))
        yield Stamp()


C16 = PrintedForm(
    code="C16",
    title="冷藏冷冻设备温度记录",
    group=_read.group,
    ledgers=(_read, _unit),
    gather=_gather_temperatures,
    compose=_compose_temperatures,
    orientation="portrait",
    none="本月没有温度记录",
    edition="2024 版",
    footer_note="每天上午、下午各记录一次，填温度表读数；超出控制温度的写明情况和处理。"
    "GB 31654-2021：冷藏 0～8 ℃，冷冻 −12 ℃ 以下。",
)
