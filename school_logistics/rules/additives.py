"""Food additives: weighed, used by two, written down by themselves (五专), and a report of none where none is used.

45号令 article 38, 《食品安全法》 article 40, GB 2760-2024 (2025-02-08). Most schools undertake to use none.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Protocol

NOT_USED = "本月未使用"
"""What a report of none is called: it stands where the additive's name would."""


class Used(Protocol):
    """A use of an additive, or the month's report of none; None where blank."""

    used_on: date | None
    additive: str | None
    maker: str | None
    grams: Decimal | None
    purpose: str | None
    dish: str | None
    dish_amount: Decimal | None
    used_by: int | None
    witness: int | None
    kept_apart: bool | None


_WANTED = {
    "maker": "生产者没有填",
    "grams": "使用量没有填",
    "purpose": "功能（用途）没有填",
    "dish": "制作食品名称没有填",
    "dish_amount": "制作食品量没有填",
}


def is_none_report(row: Used) -> bool:
    """Whether this is the month's report that none was used."""
    return row.additive == NOT_USED


def tidy_additive(typed: str) -> str:
    """未使用, 本月没有使用 and 无 mean the report of none.

    >>> tidy_additive("未使用"), tidy_additive("泡打粉")
    ('本月未使用', '泡打粉')
    """
    return NOT_USED if typed.strip().strip("。") in {"未使用", "没有使用", "本月没有使用", "本月无", "无"} else typed


def wanted(field: str, row: Used) -> str:
    """Say when a use lacks one of the facts that the form asks for."""
    return "" if is_none_report(row) or getattr(row, field) is not None else _WANTED[field]


def two_present(row: Used) -> str:
    """Say when additives were used without a second person beside."""
    if is_none_report(row):
        return ""
    if row.witness is None:
        return "使用添加剂要有两人在场，请选在场人"
    return "在场人不能就是使用人" if row.witness == row.used_by else ""


def five_kept(row: Used) -> str:
    """Say when 专店采购、专柜存放、专人负责、专用工具、专用台账 was not kept to."""
    if is_none_report(row) or row.kept_apart:
        return ""
    return "“五专”没有落实：专店采购、专柜存放、专人负责、专用工具、专用台账"


def none_or_some(row: Used, *, others: tuple[str, ...]) -> str:
    """Say when a month has both uses and a report of none. `others` are the additives of its other records."""
    if is_none_report(row):
        used = next((one for one in others if one != NOT_USED), "")
        if used:
            return f"本月登记过使用{used}，不能再报本月未使用"
        return "本月已经报过未使用，不用再报" if NOT_USED in others else ""
    return "本月已报未使用，请先删去那一条" if NOT_USED in others else ""
