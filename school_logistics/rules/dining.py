"""Meals eaten with the pupils (陪餐): at least one head of the school a meal, never the canteen's own people.

45号令 article 13: a responsible person of the school eats at every meal and writes down what was found; parents too,
where the school can arrange it.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Protocol

from school_logistics.rules.findings import hazard_found
from school_logistics.rules.hazards import HazardCategory
from school_logistics.rules.people import is_canteen_post


class DinerKind(StrEnum):
    """As whom somebody eats with the pupils."""

    LEADER = "学校负责人"
    TEACHER = "教师"
    PARENT = "家长"


class Mark(StrEnum):
    """How something was judged."""

    EXCELLENT = "优"
    GOOD = "良"
    FAIR = "中"
    POOR = "差"


class Accompanied(Protocol):
    """An accompanied meal as these rules see it; None where blank."""

    eaten_on: date | None
    meal: str | None
    diner: str | None
    kind: str | None
    food: str | None
    hygiene: str | None
    order: str | None
    service: str | None
    problem: str | None
    reaction: str | None


def weekday_of(row: Accompanied) -> str | None:
    """The column 星期."""
    return f"星期{'一二三四五六日'[row.eaten_on.weekday()]}" if row.eaten_on else None


def no_canteen_hand(row: Accompanied, *, posts: tuple[str, ...]) -> str:
    """Say when the canteen's own staff sits in for the school (V-54). `posts` are those of staff of that name."""
    post = next((one for one in posts if is_canteen_post(one)), "")
    return f"{row.diner}是食堂{post}，陪餐不能由食堂员工充任" if post else ""


def leads_the_school(title: str | None, kind: str | None) -> str:
    """Say when somebody is put down as a head of the school without saying which post makes them one."""
    return "学校负责人陪餐要写职务，如 校长、分管副校长" if kind == DinerKind.LEADER and not title else ""


def hazard_of_meal(row: Accompanied) -> dict[str, object] | None:
    """The hazard that a bad mark or a reaction among the pupils opens; None while nothing was wrong."""
    marks = {"饭菜质量": row.food, "食堂卫生": row.hygiene, "就餐秩序": row.order, "服务": row.service}
    poor = [name for name, mark in marks.items() if mark == Mark.POOR]
    if not poor and not row.reaction:
        return None
    found = [f"{'、'.join(poor)}评价为差"] if poor else []
    found += [f"不良反应：{row.reaction}"] if row.reaction else []
    found += [row.problem] if row.problem else []
    return hazard_found(row.eaten_on, HazardCategory.CANTEEN, f"食堂{row.meal or ''}", "；".join(found))
