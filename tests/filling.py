"""How tests fill an office: many records as one act, days spread over a month, words that no column was made for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import cycle, islice
from typing import Any, NamedTuple

from school_logistics.rules.calendar import Month
from school_logistics.rules.kinds import Text
from school_logistics.services.desk import Desk

MONTH = Month(2026, 10)
SCHOOL = "明德路小学"
RARE_NAMES = ("张𬭎", "堃雨㛃")
PEOPLE = (*RARE_NAMES, "孙己", "钱乙", "吴桂香")
LONG = "云川区清河镇第一中心学校附属明德路实验小学南校区后勤服务与物资配送联合保障中心（第二分部）"
REMARK = "到货时外包装有两袋轻微破损，已当场更换，送货员签字确认；详见当日照片和退换单，下次到货时一并核对数量"


class Size(NamedTuple):
    """How much is filled in: lines of each daily ledger, and what is put behind every name and into every remark."""

    lines: int
    stretch: str = ""
    remark: str = ""


def days() -> Iterator[date]:
    """The school days of the month, again and again."""
    return cycle(date(2026, 10, day) for day in (8, 9, 12, 13, 14, 15, 16, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30))


def spread(count: int) -> list[date]:
    """So many days in order, spread over the month."""
    return sorted(islice(days(), count))


def add(desk: Desk, key: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Save many records as one act, each as typed into a screen; words end where their field does."""
    ledger = desk.ledger(key)
    drafts: list[tuple[None, dict[str, Any]]] = []
    known: dict[tuple[str, object], object] = {}
    for row in rows:
        draft = desk.blank(ledger)
        for field, typed in row.items():
            kind = ledger.field(field).kind
            told = typed[: kind.max_chars] if isinstance(kind, Text) and isinstance(typed, str) else typed
            if (field, told) not in known:
                known[field, told] = desk.read(ledger, field, told)
            draft[field] = known[field, told]
        drafts.append((None, draft))
    desk.save_many(ledger, drafts)
