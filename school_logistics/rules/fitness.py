"""Who may sign for work in the canteen on a day: nobody found ill, nobody without a health certificate.

《食品安全法》 article 45: whoever touches food is examined every year and works with a certificate only; whoever is ill
leaves the post until cured. So the same person cannot have handled food, or kept a sample, on such a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from school_logistics.rules.morning_check import NOTHING, at_work


class Checked(NamedTuple):
    """One morning check of a person; None where blank."""

    on: date
    attendance: str | None = None
    codes: str | None = None
    condition: str | None = None
    left_post: bool | None = None
    back_on: date | None = None

    @property
    def ill(self) -> bool:
        """Whether any symptom was found."""
        return bool(self.codes) and self.codes != NOTHING


class Held(NamedTuple):
    """One health certificate of a person."""

    issued_on: date | None
    valid_until: date | None


def away(day: date, checks: Sequence[Checked]) -> str:
    """Why somebody cannot have worked on a day, by the morning checks up to it; empty when fit (V-50)."""
    last = max((one for one in checks if one.on <= day), key=lambda one: one.on, default=None)
    if last is None:
        return ""
    if last.on == day:
        if last.attendance is not None and not at_work(last.attendance):
            return f"当天{last.attendance}"
        if last.ill or last.left_post:
            return f"当天晨检不合格（{last.condition if last.ill else '离岗'}）"
        return ""
    if last.left_post and (last.back_on is None or day < last.back_on):
        until = f"，{last.back_on:%m-%d} 才返岗" if last.back_on else "，没有返岗记录"
        return f"{last.on:%m-%d} 起离岗{until}"
    return ""


def uncertified(day: date, held: Sequence[Held]) -> str:
    """Why somebody whose post touches food may not work on a day, by the health certificates; empty when fit (V-11).

    A person whose earlier certificates were never entered is believed before the first one that is known.
    """
    if not held:
        return "没有健康证"
    covering = any(
        (one.issued_on is None or one.issued_on <= day) and (one.valid_until is None or one.valid_until >= day)
        for one in held
    )
    ran_out = max((one.valid_until for one in held if one.valid_until and one.valid_until < day), default=None)
    return "" if covering or ran_out is None else f"的健康证 {ran_out} 已到期"


def why_unfit(name: str, day: date, checks: Sequence[Checked], held: Sequence[Held] | None) -> str:
    """The sentence against a signature; `held` is None for posts that need no health certificate."""
    reason = away(day, checks)
    if reason:
        return f"{name}{reason}，不能在这里签名"
    reason = uncertified(day, held) if held is not None else ""
    return f"{name}{reason}，不能上岗签名" if reason else ""
