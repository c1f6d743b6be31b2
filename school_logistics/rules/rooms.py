"""Rooms: one spelling of a room's name, what the name says of building and floor, and room enough for each."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from school_logistics.rules.figures import half_width

if TYPE_CHECKING:
    from datetime import date

    from school_logistics.rules.book import RuleBook

_NAMED = re.compile(r"(?P<building>.*?)[-#·]?(?P<number>[A-Z]?\d{3,4})")
_PLACE = re.compile(
    r"(?P<room>(?:\S*?(?:公寓|宿舍|楼|栋|幢|园|室))?\s*[-#·]?[A-Za-z]?\d{3,4})(?:室|房间|寝室|宿舍|房)?[、，,：:；;\s]*(?P<rest>.*)"
)


class RoomKind(StrEnum):
    """What a room is for; nap rooms want the same alarms as dormitories (教发厅〔2024〕1号)."""

    DORMITORY = "宿舍"
    NAP_ROOM = "午休室"


class Occupants(StrEnum):
    """Who lives on a floor or in a building."""

    BOYS = "男生"
    GIRLS = "女生"
    MIXED = "混合"


class Room(Protocol):
    """A room as these rules see it; None where blank."""

    @property
    def name(self) -> str | None:
        """房间."""

    @property
    def area(self) -> Decimal | None:
        """面积, square metres."""

    @property
    def beds(self) -> int | None:
        """床位数."""

    @property
    def occupants(self) -> int | None:
        """实住人数."""

    @property
    def closed_on(self) -> date | None:
        """停用日期."""


def lived_in(row: Room, on: date) -> bool:
    """Whether a room is in use on a day."""
    return row.closed_on is None or on < row.closed_on


def tidy_room(typed: str) -> str:
    """The spelling in which a room's name is kept: building and number together, no 室 at the end.

    >>> [tidy_room(t) for t in ("3号公寓 101室", "３号公寓101", "3号公寓-101", "午休室101", "值班室")]
    ['3号公寓101', '3号公寓101', '3号公寓101', '午休室101', '值班室']
    """
    text = re.sub(r"\s", "", half_width(typed)).upper()
    text = re.sub(r"(?<=\d{3})(?:室|房间|寝室|宿舍|房)$", "", text)
    match = _NAMED.fullmatch(text)
    return match["building"] + match["number"] if match else text


def building_of(row: Room) -> str | None:
    """The column 楼栋: what stands before the room number.

    >>> from types import SimpleNamespace
    >>> building_of(SimpleNamespace(name="3号公寓101"))
    '3号公寓'
    """
    match = _NAMED.fullmatch(row.name or "")
    return (match["building"] or None) if match else None


def floor_of(row: Room) -> int | None:
    """The column 楼层: the room number without its last two digits."""
    match = _NAMED.fullmatch(row.name or "")
    return int(re.sub(r"\D", "", match["number"])[:-2]) if match else None


def area_per_person(row: Room) -> Decimal | None:
    """The column 人均: square metres for each person who lives there, half up to hundredths."""
    if row.area is None or not row.occupants:
        return None
    return (row.area / row.occupants).quantize(Decimal("0.01"), ROUND_HALF_UP)


def not_overcrowded(row: Room) -> str:
    """Say when more live there than there are beds: one person, one bed (教发厅〔2024〕1号)."""
    if row.beds is None or row.occupants is None or row.occupants <= row.beds:
        return ""
    return f"实住 {row.occupants} 人多于床位 {row.beds} 张"


def room_enough(row: Room, *, book: RuleBook, today: date) -> str:
    """Say when there is less floor for each person than the standard wants (GB 50099-2011)."""
    each = area_per_person(row)
    least = book.number("room.area_per_person", today)
    return f"人均 {each} ㎡，应不少于 {least} ㎡" if each is not None and each < least else ""


def split_place(typed: str) -> dict[str, str]:
    """Part a cell that names a room and what was disinfected there.

    >>> split_place("3号公寓101门把手、床栏、地面")
    {'room': '3号公寓101', 'place': '门把手、床栏、地面'}
    >>> split_place("一楼楼道、盥洗室")
    {'place': '一楼楼道、盥洗室'}

    A cell that names nothing but a room leaves the room as the place as well.
    """
    text = half_width(typed).strip()
    match = _PLACE.fullmatch(text)
    if not match:
        return {"place": text}
    return {"room": tidy_room(match["room"]), "place": match["rest"] or text}
