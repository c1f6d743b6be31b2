"""Blank checklists for those who walk round: every item with what to look at, and room for the mark and a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from school_logistics.reports.blocks import Block, Column, Grid, Line, Note, PageBreak, Paper, Signatures, Title
from school_logistics.rules.answers import points

_NOTE = "符合打 √，不符合打 ×，不适用打 —；× 的写明是什么情况、当场怎么改的。没有看的留空，不要事后补编。"
_SCORED = "扣了分的写扣几分。"
_ROW_MM = 5.8


class ListItem(NamedTuple):
    """One item to be looked at."""

    label: str
    detail: str = ""
    part: str = ""
    key_item: bool = False
    points: Decimal | None = None


class WalkingList(NamedTuple):
    """One checklist to be gone through, on a page of its own."""

    name: str
    place: str
    items: Sequence[ListItem]


def walking_lists(lists: Sequence[WalkingList], *, code: str, title: str, school: str, period: str) -> Paper:
    """The lists on paper, a page each, in the order in which they are entered later."""
    return Paper(code, title, school, period, "portrait", tuple(_blocks(lists)), footer_note="现场填写")


def _blocks(lists: Sequence[WalkingList]) -> Iterator[Block]:
    for number, one in enumerate(lists):
        if number:
            yield PageBreak()
        scored = any(item.points is not None for item in one.items)
        yield Title(f"{one.name}（现场检查单）", bookmark=one.name)
        yield Line((("检查部位", one.place), ("检查日期", ""), ("时间", ""), ("检查人", "")))
        yield Grid(_columns(scored=scored), [*_rows(one.items, scored=scored)], blank_to_page=False, row_mm=_ROW_MM)
        yield Signatures(("检查人", "监督人"))
        yield Note(_NOTE + (_SCORED if scored else ""))


def _columns(*, scored: bool) -> tuple[Column, ...]:
    worth = (Column("分值", 9, "center", wrap=False),) if scored else ()
    return (
        Column("序号", 9, "center", wrap=False),
        Column("项目", 30),
        Column("怎样算正常", 72),
        *worth,
        Column("扣分" if scored else "结果", 14, "center"),
        Column("情况和当场整改", 52),
    )


def _rows(items: Sequence[ListItem], *, scored: bool) -> Iterator[tuple[str, ...]]:
    """A line an item; where a new part begins, its name on a line of its own."""
    part = ""
    for number, item in enumerate(items, start=1):
        if item.part and item.part != part:
            yield (item.part,)
        part = item.part
        worth = (points(item.points) if item.points is not None else "否决",) if scored else ()
        yield (f"{'*' if item.key_item else ''}{number}", item.label, item.detail, *worth, "", "")
