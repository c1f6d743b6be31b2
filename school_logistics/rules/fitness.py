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
        if last.ill or last.left_post:
            return f"当天晨检不合格（{last.condition if last.ill else '离岗'}）"
        if last.attendance is not None and not at_work(last.attendance):
            return f"当天{last.attendance}"
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


def not_back(day: date, checks: Sequence[Checked]) -> str:
    """Why somebody who left the post is not yet back on a day; empty for everybody else.

    Days on leave in between bring nobody back: only a check at work does, or the day of coming back.
    """
    before = sorted((one for one in checks if one.on < day), key=lambda one: one.on, reverse=True)
    for one in before:
        if one.back_on is not None and one.back_on <= day:
            return ""
        if one.left_post:
            return away(day, [one])
        if one.attendance is None or at_work(one.attendance):
            return ""
    return ""


def why_not_ready(name: str, day: date, checks: Sequence[Checked], held: Sequence[Held] | None) -> str:
    """The sentence against putting somebody down as at work on a day (V-11, V-50); `held` as of `why_unfit`."""
    gone = not_back(day, checks)
    if gone:
        return f"{name} {gone}，不能记出勤；治愈返岗的先填返岗日期，没来的记病假或事假"
    reason = uncertified(day, held) if held is not None else ""
    return f"{name}{reason}，不能上岗，考勤不能记出勤；已换新证的先登记新证，没来的照实记" if reason else ""


def why_unfit(name: str, day: date, checks: Sequence[Checked], held: Sequence[Held] | None) -> str:
    """The sentence against a signature; `held` is None for posts that need no health certificate."""
    reason = away(day, checks)
    if reason:
        return f"{name}{reason}，不能在这里签名"
    reason = uncertified(day, held) if held is not None else ""
    return f"{name}{reason}，不能上岗签名" if reason else ""
