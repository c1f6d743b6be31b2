"""The order in which a new school fills its data file: what each step is for, and which of them are done.

Whether a step is done is read off the ledgers; nothing is remembered and nothing has to be ticked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from school_logistics.ui.empty_page import Way

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Step(NamedTuple):
    """One ledger to begin with."""

    ledger: str
    icon: str
    name: str
    why: str
    done: str = "已有，随时可以再添"
    """What is said of it when something stands there."""


STEPS = (
    Step("school", "school", "学校概况", "校名、代码、学制，每张表的表头都要印", "已填，有变动再改"),
    Step("staff", "users-round", "后勤人员", "各台账的经办人、验收人从这里选"),
    Step("supplier", "package", "供货商档案", "进货时选，证照到期前提醒"),
    Step("ingredient", "utensils", "食材目录", "单位、类别写一次，进货自动带出"),
    Step("cold_unit", "package", "冷藏冷冻设备", "一台一行，每天按台记温度"),
    Step("checklist", "clipboard-list", "检查表", "日、周、月检查按它逐项记", "程序带了样表，上级换了再改"),
)


def steps_done(counts: Mapping[str, int]) -> frozenset[str]:
    """The ledgers of the steps in which something stands."""
    return frozenset(step.ledger for step in STEPS if counts.get(step.ledger))


def all_done(done: frozenset[str]) -> bool:
    """Whether nothing is left to set up."""
    return len(done) == len(STEPS)


def ways_to_set_up(done: frozenset[str], begin: Callable[[str], None]) -> Sequence[Way]:
    """The steps in their order: done ones bear a check and can still be looked at; `begin` opens a ledger."""
    ways = []
    for place, step in enumerate(STEPS, start=1):
        ready = step.ledger in done
        words = f"{place}　{step.name}：{step.done if ready else step.why}"
        ways.append(Way("check" if ready else step.icon, words, "", _opening(begin, step.ledger), quiet=ready))
    return ways


def _opening(begin: Callable[[str], None], ledger: str) -> Callable[[], None]:
    return lambda: begin(ledger)
