"""The dormitory's forms: D1 rooms by building, D2 disinfection records, D3 disinfection roster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from school_logistics.models.dormitory import Disinfection, DisinfectionRoster, Room
from school_logistics.reports.blocks import Block, Line, PageBreak, Signatures, Stamp, Title
from school_logistics.reports.form import Entry, Head, Per, PrintedForm, Register, Source
from school_logistics.reports.register import PaperColumn, column_of, distinct, grid_by, grid_of, month_day, register_of
from school_logistics.rules.calendar import Month

_room = Room.ledger
_done = Disinfection.ledger
_duty = DisinfectionRoster.ledger

_SHARED = "公共区域"

# --- D1 ---------------------------------------------------------------------------------------------


def _in_use(entry: Entry, month: Month) -> bool:
    return entry["closed_on"] is None or entry["closed_on"] >= month.first


def _gather_rooms(source: Source, month: Month) -> Register:
    rooms = [entry for entry in source.entries(_room) if _in_use(entry, month)]
    return Register(sorted(rooms, key=lambda entry: (entry.text("building"), entry["floor"] or 0, entry.text("name"))))


_ROOM_COLUMNS = (
    column_of(_room, "name", heading="房间号", mm=26),
    column_of(_room, "kind", heading="类型（宿舍/午休）", mm=18),
    column_of(_room, "area", mm=20),
    column_of(_room, "beds", heading="床位数", mm=16),
    column_of(_room, "occupants", heading="实住人数", mm=16),
    column_of(_room, "area_each", heading="人均（㎡）", mm=18),
    column_of(_room, "alarm_no", mm=30),
    column_of(_room, "emergency_light", mm=14),
    column_of(_room, "extinguisher_place", mm=30),
    column_of(_room, "warden", mm=20, align="center", wrap=False),
    column_of(_room, "remark", mm=40),
)


def _about_building(rooms: Sequence[Entry]) -> str:
    """What the register says of a building above its rooms: 3号公寓　1—4 层　女生　24 间　床位 144　宿管 吴桂香."""
    floors = sorted({entry["floor"] for entry in rooms if entry["floor"]})
    span = f"{floors[0]} 层" if len(floors) == 1 else f"{floors[0]}—{floors[-1]} 层" if floors else ""
    beds = sum(entry["beds"] or 0 for entry in rooms)
    told = (
        rooms[0].text("building") or "未写楼栋",
        span,
        distinct(rooms, "for_whom"),
        f"{len(rooms)} 间",
        f"床位 {beds}",
        f"宿管 {wardens}" if (wardens := distinct(rooms, "warden")) else "",
    )
    return "　".join(part for part in told if part)


def _compose_rooms(facts: Register, _head: Head) -> Iterator[Block]:
    buildings = {entry.text("building") for entry in facts.rows}
    beds = sum(entry["beds"] or 0 for entry in facts.rows)
    people = sum(entry["occupants"] or 0 for entry in facts.rows)
    yield Line(
        (
            ("楼栋", f"{len(buildings)} 栋" if facts.rows else ""),
            ("房间数", f"{len(facts.rows)} 间" if facts.rows else ""),
            ("床位数", f"{beds:,} 张" if facts.rows else ""),
            ("实住人数", f"{people:,} 人" if facts.rows else ""),
        )
    )
    yield grid_by(_ROOM_COLUMNS, facts.rows, "building", none=D1.none, heading=_about_building)
    yield Signatures(("宿管", "后勤主任"))
    yield Stamp()


D1 = PrintedForm(
    code="D1",
    title="学生公寓（午休室）基本情况台账",
    group=_room.group,
    ledgers=(_room,),
    per=Per.NOW,
    gather=_gather_rooms,
    compose=_compose_rooms,
    none="还没有登记宿舍和午休室",
    edition="2024 版",
    footer_note="教发厅〔2024〕1号：宿舍、午休室须装火灾自动报警或联网独立式报警器，不得擅自加房加床；"
    "GB 50099-2011：人均居室面积不少于 3 ㎡。",
)

# --- D2 ---------------------------------------------------------------------------------------------


class Disinfections(NamedTuple):
    """A month's disinfections by building."""

    rows: Sequence[Entry]
    buildings: dict[str, list[Entry]]


def _gather_disinfections(source: Source, month: Month) -> Disinfections:
    rows = source.entries(_done, month)
    of_room = {entry.id: entry.text("building") for entry in source.entries(_room)}
    known = sorted({name for name in of_room.values() if name})
    by_building: dict[str, list[Entry]] = {}
    for entry in rows:
        by_building.setdefault(_building(entry, of_room, known), []).append(entry)
    ordered = sorted(by_building.items(), key=lambda item: (item[0] == _SHARED, item[0]))
    return Disinfections(rows, dict(ordered))


def _building(entry: Entry, of_room: dict[int, str], known: Sequence[str]) -> str:
    """The building of the room, or the one the place begins with."""
    named = of_room.get(entry["room"]) if entry["room"] else ""
    place = entry.text("place")
    return named or next((name for name in known if place.startswith(name)), _SHARED)


def _where(entry: Entry) -> str:
    room, place = entry.text("room"), entry.text("place")
    return place if place.startswith(room) else f"{room} {place}"


def _strength(entry: Entry) -> str:
    return entry.text("concentration") + (f"（{entry.text('dilution')}）" if entry["dilution"] else "")


_DISINFECTION_COLUMNS = (
    column_of(_done, "done_on", mm=14, text=month_day("done_on")),
    column_of(_done, "span", heading="时间（起–止）", mm=24),
    PaperColumn(heading="消毒部位/对象", mm=50, text=_where, fields=("room", "place")),
    column_of(_done, "method", heading="消毒方式（擦/拖/喷/浸/紫外）", mm=24, align="center"),
    column_of(_done, "agent", mm=25, align="center"),
    PaperColumn(
        heading="浓度（mg/L）或比例", mm=24, text=_strength, fields=("concentration", "dilution"), align="center"
    ),
    column_of(_done, "contact_minutes", heading="作用时间（min）", mm=17),
    column_of(_done, "ventilation_minutes", heading="开窗通风（min）", mm=17),
    column_of(_done, "done_by", mm=18, align="center", wrap=False),
    column_of(_done, "checked_by", mm=18, align="center", wrap=False),
    column_of(_done, "remark", heading="备注（异常/刺激性）", mm=30),
)


def _agents(entries: Sequence[Entry]) -> str:
    """The agents used, with batch and last day of use as far as written down."""
    told: dict[str, None] = {}
    for entry in entries:
        batch, until = entry.text("batch_no"), entry.text("agent_until")
        about = "，".join(
            part for part in (f"批号 {batch}" if batch else "", f"有效期至 {until}" if until else "") if part
        )
        told[entry.text("agent") + (f"（{about}）" if about else "")] = None
    return "、".join(one for one in told if one)


def _compose_disinfections(facts: Disinfections, _head: Head) -> Iterator[Block]:
    for number, (building, entries) in enumerate((facts.buildings or {"": []}).items()):
        if number:
            yield PageBreak()
        yield Title(D2.title, bookmark=building)
        yield Line((("楼栋", building), ("药剂及批号有效期", _agents(entries))))
        yield grid_of(_DISINFECTION_COLUMNS, entries, none=D2.none)
        yield Signatures(("消毒人", "宿管（校医）", "月末审核"))
        yield Stamp()


D2 = PrintedForm(
    code="D2",
    title="宿舍消毒记录",
    group=_done.group,
    ledgers=(_done, _room),
    gather=_gather_disinfections,
    compose=_compose_disinfections,
    none="本月没有消毒记录",
    edition="2024 版",
    footer_note="浓度写有效氯 mg/L 或原液与水的比例；先清洁后消毒，作用到时后清水擦净，开窗通风不少于 30 分钟。"
    "84 消毒液不得与洁厕灵、酒精混用。",
)

# --- D3 ---------------------------------------------------------------------------------------------


def _about_roster(entries: Sequence[Entry], _head: Head) -> Iterator[Line]:
    yield Line((("消毒剂/浓度标准", distinct(entries, "standard")), ("编制人", "")))


D3 = register_of(
    _duty,
    code="D3",
    title="消毒排班表",
    orientation="portrait",
    edition="2024 版",
    signers=("后勤主任", "校医"),
    numbered=False,
    lines=_about_roster,
    none="本月没有消毒排班",
    footer_note="操作人与监督人不得为同一人；换班写明替班人，完成后由监督人确认。",
    columns=(
        column_of(_duty, "duty_on", mm=18, text=month_day("duty_on")),
        column_of(_duty, "weekday", mm=14, align="center", wrap=False),
        column_of(_duty, "area", heading="区域/楼层", mm=52),
        column_of(_duty, "operator", mm=26, align="center", wrap=False),
        column_of(_duty, "supervisor", mm=26, align="center", wrap=False),
        column_of(_duty, "substitute", mm=26, align="center", wrap=False),
        PaperColumn(
            heading="完成确认", mm=20, text=lambda entry: "√" if entry["done"] else "", fields=("done",), align="center"
        ),
    ),
)
