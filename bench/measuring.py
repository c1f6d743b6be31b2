"""How a figure comes about: product and floor by turns in one run, medians, and the ratio of the two.

Seconds from two runs on a busy machine cannot be compared; two medians from the same minutes can.
"""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import NamedTuple

Work = Callable[[], object]


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    rows: int = 1_000_000
    """Rows of the great ledger."""
    school_rows: int = 200_000
    """Purchases in the data file of a school that has kept books for ten years."""
    small_rows: int = 1_000
    import_rows: int = 10_000
    form_rows: int = 300
    register_rows: int = 3_600
    rounds: int = 7
    starts: int = 5
    """How often a whole process is started."""
    steps: int = 100
    """Wheel steps, and single saves."""


QUICK = Size(rows=50_000, school_rows=10_000, import_rows=1_000, register_rows=1_200, rounds=3, starts=2, steps=40)
TINY = Size(
    rows=3_000,
    school_rows=600,
    small_rows=300,
    import_rows=60,
    form_rows=30,
    register_rows=60,
    rounds=1,
    starts=1,
    steps=4,
)
"""Enough to see that every job runs; its ratios mean nothing."""


class Figure(NamedTuple):
    """One line of the report: what was measured, what it is held against, and how far above it may be."""

    job: str
    what: str
    median: float
    floor: float
    unit: str
    target: float
    """At most so many times the floor."""

    @property
    def ratio(self) -> float:
        """How many times the floor."""
        return self.median / self.floor if self.floor else float("inf")

    @property
    def met(self) -> bool:
        """Whether the target is reached, by the figure as it is printed."""
        return round(self.ratio, 2) <= self.target

    def told(self) -> dict[str, object]:
        """The figure as one entry of the JSON document."""
        return {
            "job": self.job,
            "ratio": round(self.ratio, 3),
            "target": self.target,
            "met": self.met,
            "median": round(self.median, 4),
            "floor": round(self.floor, 4),
            "unit": self.unit,
            "what": self.what,
        }


class Pair(NamedTuple):
    """What was measured of product and floor, in milliseconds, every round."""

    product: list[float]
    floor: list[float]

    def figure(self, job: str, what: str, target: float) -> Figure:
        """The two medians side by side."""
        return Figure(job, what, statistics.median(self.product), statistics.median(self.floor), "ms", target)


def by_turns(product: Work, floor: Work, rounds: int, *, times: int = 1) -> Pair:
    """Measure product and floor one after the other, round by round; the first round of each warms up and is dropped.

    With `times` a round is the mean of so many calls, for work too short to be timed alone.
    """
    pair = Pair([], [])
    for turn in range(rounds + 1):
        for work, kept in ((product, pair.product), (floor, pair.floor)):
            spent = milliseconds(work, times)
            if turn:
                kept.append(spent)
    return pair


def milliseconds(work: Work, times: int = 1) -> float:
    """How long one call takes, rubbish of earlier work swept up before."""
    gc.collect()
    start = perf_counter()
    for _ in range(times):
        work()
    return (perf_counter() - start) * 1000 / times


def high(spent: Sequence[float], share: float = 0.95) -> float:
    """The value that only one in twenty exceeds."""
    ordered = sorted(spent)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def median(spent: Iterable[float]) -> float:
    """The middle one."""
    return statistics.median(spent)
