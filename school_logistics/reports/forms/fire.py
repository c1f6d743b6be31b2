"""Fire forms: X1 register of equipment, X3 the month's look at every extinguisher."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from school_logistics.models.checklists import CheckItem, FixedChecklist
from school_logistics.models.fire import ExtinguisherCheck, FireEquipment
from school_logistics.reports.blocks import Block, Line, Note, Signatures, Stamp
from school_logistics.reports.checked import circled, item_columns, items_in
from school_logistics.reports.form import Entry, Head, PrintedForm, Source
from school_logistics.reports.register import PaperColumn, column_of, distinct, grid_of, register_of
from school_logistics.rules.answers import ALL_NORMAL
from school_logistics.rules.calendar import Month
from school_logistics.rules.fire import EquipmentKind, EquipmentStatus, equipment_kind

_equipment = FireEquipment.ledger
_check = ExtinguisherCheck.ledger

# --- X1 ---------------------------------------------------------------------------------------------


def _counted(entries: Sequence[Entry], head: Head) -> Iterator[Line]:
    """How many pieces there are, and how many of them are in use, away, spare."""
    by_status: Counter[str] = Counter()
    for entry in entries:
        by_status[entry.text("status") or EquipmentStatus.IN_USE] += entry["quantity"] or 1
    parts = "，".join(f"{status} {by_status[status]:,}" for status in EquipmentStatus if by_status[status])
    total = f"{by_status.total():,}" + (f"（{parts}）" if len(by_status) > 1 else "") if entries else ""
    yield Line((("制表日期", str(head.as_of)), ("总数", total)))


def _agent_and_rating(entry: Entry) -> str:
    return "／".join(part for part in (entry.text("agent"), entry.text("rating")) if part)


X1 = register_of(
    _equipment,
    code="X1",
    title="消防器材（设施）台账",
    edition="2024 版",
    signers=("制表人", "审核人", "分管领导"),
    lines=_counted,
    none="还没有登记消防器材",
    footer_note="公安部令第61号第29条：建立灭火器档案，记明配置类型、数量、设置位置、检查维修单位（人员）、更换药剂的时间等。"
    "维修期限见 GB 50444-2008 表5.3.2，报废年限见 XF 95-2015 第7章。",
    columns=(
        column_of(_equipment, "equipment_no", mm=20),
        column_of(_equipment, "name", mm=17),
        column_of(_equipment, "model", mm=14),
        PaperColumn(heading="灭火剂/级别", mm=13, text=_agent_and_rating, fields=("agent", "rating"), align="center"),
        column_of(_equipment, "quantity", mm=8),
        column_of(_equipment, "unit", mm=7, align="center"),
        column_of(_equipment, "place", heading="设置部位（楼/层/点位）", mm=26),
        column_of(_equipment, "maker", mm=15),
        column_of(_equipment, "made_on", mm=14.2),
        column_of(_equipment, "ccc_no", mm=18),
        column_of(_equipment, "serviced_on", mm=14.2),
        column_of(_equipment, "servicer", mm=13.5),
        column_of(_equipment, "service_due", mm=14.2),
        column_of(_equipment, "scrap_on", mm=14.2),
        column_of(_equipment, "status", mm=8.5),
        column_of(_equipment, "keeper", mm=11.5, align="center", wrap=False),
        column_of(_equipment, "phone", mm=16.6),
        column_of(_equipment, "remark", mm=13.5),
    ),
)

# --- X3 ---------------------------------------------------------------------------------------------


class Round(NamedTuple):
    """The month's look at the extinguishers: every one of them, checked or still to be checked."""

    rows: Sequence[Entry]
    lines: Sequence[Entry]
    items: Sequence[Entry]
    waiting: int
    """How many have not been looked at."""


def _gather_round(source: Source, month: Month) -> Round:
    checks = source.entries(_check, month)
    looked_at = {check["equipment"] for check in checks}
    waiting = [
        _not_yet(one)
        for one in source.entries(_equipment)
        if one.id not in looked_at
        and equipment_kind(one["name"], one["model"]) is EquipmentKind.EXTINGUISHER
        and one["status"] in (None, EquipmentStatus.IN_USE)
    ]
    lines = sorted([*checks, *waiting], key=lambda line: (line.text("equipment"), str(line["checked_on"])))
    return Round(checks, lines, items_in(source, FixedChecklist.EXTINGUISHER, month), len(waiting))


def _not_yet(equipment: Entry) -> Entry:
    """The line of an extinguisher nobody has looked at: to be filled in on the round."""
    values = {
        "equipment": equipment.id,
        "equipment.name": equipment.text("equipment_no"),
        "model": equipment["model"],
        "place": equipment["place"],
    }
    return Entry(_check, 0, values)


def _by_whom(check: Entry) -> str:
    """Who looked, and when: places looked at every half month have two lines."""
    day = f"{check['checked_on']:%m-%d}" if check["checked_on"] else ""
    return "\n".join(part for part in (check.text("inspector"), day) if part)


def _round_columns(items: Sequence[Entry]) -> tuple[PaperColumn, ...]:
    return (
        column_of(_check, "equipment", heading="编号", mm=28, wrap=False),
        column_of(_check, "model", mm=20, wrap=False),
        column_of(_check, "place", mm=38),
        *item_columns(items, answers="answers", happened="checked_on", mm=12.5, heading=circled),
        column_of(_check, "conclusion", mm=14, align="center", wrap=False),
        column_of(_check, "problem", mm=32),
        column_of(_check, "action_taken", mm=30),
        PaperColumn(heading="检查人", mm=17, text=_by_whom, fields=("inspector",), align="center"),
    )


def _compose_round(facts: Round, _head: Head) -> Iterator[Block]:
    abnormal = sum(1 for check in facts.rows if check["answers"] not in (None, ALL_NORMAL))
    checked = len({check["equipment"] for check in facts.rows})
    due = checked + facts.waiting
    yield Line(
        (
            ("应检", f"{due} 具" if due else ""),
            ("已检", f"{checked} 具" if due else ""),
            ("异常", f"{abnormal} 具次" if due else ""),
            ("检查人", distinct(facts.rows, "inspector")),
        )
    )
    yield grid_of(_round_columns(facts.items), facts.lines, none=X3.none)
    yield Signatures(("检查人", "责任人", "审核"))
    yield Stamp()
    points = "；".join(f"{circled(number, item)}：{item['detail']}" for number, item in enumerate(facts.items, start=1))
    yield Note(
        f"填写说明：√ 正常，× 不正常，— 不适用。{points}。" if points else "填写说明：√ 正常，× 不正常，— 不适用。"
    )


X3 = PrintedForm(
    code="X3",
    title="灭火器月度检查记录表",
    group=_check.group,
    ledgers=(_check, _equipment, CheckItem.ledger),
    gather=_gather_round,
    compose=_compose_round,
    none="本月没有灭火器检查记录",
    edition="2024 版",
    footer_note="GB 50444-2008 5.2：灭火器每月检查一次，锅炉房、地下室等每半月检查一次；不正常的当场处理或登记为隐患。",
)
