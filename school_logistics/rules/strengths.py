"""How a disinfection line is written: strengths as ratios or mg/L, agents by any name, turns by weekday."""

from __future__ import annotations

import re
from datetime import date
from typing import Protocol

from school_logistics.rules.disinfection import disinfectant_of, read_concentration
from school_logistics.rules.figures import half_width

_WEEKDAYS = "一二三四五六日"
_RATIO = re.compile(r"\d+(?:\.\d+)?[:∶比]\d+(?:\.\d+)?")


class Line(Protocol):
    """A line of the disinfection ledger; None where blank."""

    @property
    def done_on(self) -> date | None:
        """日期."""

    @property
    def agent(self) -> str | None:
        """消毒剂名称."""


class Turn(Protocol):
    """A turn on the roster; None where blank."""

    @property
    def duty_on(self) -> date | None:
        """日期."""

    @property
    def operator(self) -> int | None:
        """操作人."""

    @property
    def supervisor(self) -> int | None:
        """监督人."""

    @property
    def substitute(self) -> int | None:
        """替班."""


def tidy_strength(typed: str) -> str:
    """A strength as the figure in mg/L that is kept.

    >>> tidy_strength("1:99"), tidy_strength("500mg/L"), tidy_strength("0.05%")
    ('500', '500', '500')

    Raises Unreadable for words such as 适量.
    """
    strength = read_concentration(typed)
    return "" if strength is None else str(strength)


def split_strength(typed: str) -> dict[str, str]:
    """Keep a ratio beside the strength it makes.

    >>> split_strength("1：99"), split_strength("500mg/L")
    ({'concentration': '1：99', 'dilution': '1:99'}, {'concentration': '500mg/L'})
    """
    text = re.sub(r"\s", "", half_width(typed))
    return {"concentration": typed} | ({"dilution": text} if _RATIO.fullmatch(text) else {})


def agent_of(row: Line) -> str | None:
    """The column 消毒剂种类: what the name as written means; blank where it says nothing known."""
    kind = disinfectant_of(row.agent)
    return str(kind) if kind else None


def done_by_today(row: Line, *, today: date) -> bool:
    """Whether the disinfection does not lie in the future."""
    return row.done_on is None or row.done_on <= today


def weekday_of(row: Turn) -> str | None:
    """The column 星期."""
    return f"星期{_WEEKDAYS[row.duty_on.weekday()]}" if row.duty_on else None


def supervised_by_another(row: Turn) -> bool:
    """Whether who looks after the work is neither who does it nor who stands in."""
    return row.supervisor is None or row.supervisor not in {row.operator, row.substitute}
