"""Labels for retained samples (C10): one for each dish of a day, to be cut out and stuck on its box.

They say what the register says: day, meal, dish, when it was taken, by whom, and until when it is kept. What is not
known before the meal is left to be written by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from school_logistics.reports.blocks import Label, Labels, Paper

_TITLE = "食品留样标签"
_TIME = "　　时　　分"
_NOTE = "沿虚线剪下，贴在对应的留样盒上；手写的时间和姓名要与留样记录一致。"


class SampleLabel(NamedTuple):
    """What stands on the label of one sample; what is None is written by hand."""

    day: date
    meal: str
    dish: str
    keep_days: int
    """How many days it is kept, so that the day stands there though the hour does not."""
    least_grams: int
    grams: int | None = None
    taken_at: datetime | None = None
    sampler: str = ""
    keep_until: datetime | None = None


def sample_labels(samples: Sequence[SampleLabel], school: str, day: date) -> Paper:
    """The day's labels, ten on a page."""
    labels = tuple(_label(one, school) for one in samples)
    return Paper(
        "C10", _TITLE, school, f"{day.year}年{day.month}月{day.day}日", blocks=(Labels(labels),), footer_note=_NOTE
    )


def _label(one: SampleLabel, school: str) -> Label:
    last = date.fromordinal(one.day.toordinal() + one.keep_days)
    return Label(
        one.dish,
        (
            ("日期餐次", f"{one.day:%Y-%m-%d}　{one.meal}"),
            ("留样时间", f"{one.taken_at:%H:%M}" if one.taken_at else _TIME),
            ("留样量", f"{one.grams} g" if one.grams is not None else f"　　　　g（不少于 {one.least_grams} g）"),
            ("留样人", one.sampler),
            ("保存至", f"{one.keep_until:%Y-%m-%d %H:%M}" if one.keep_until else f"{last.month}月{last.day}日{_TIME}"),
        ),
        above=school,
    )
