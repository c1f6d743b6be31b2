"""Checks by a list: how a list is answered and scored, what it concludes, and what an abnormal answer asks for.

集中用餐单位落实食品安全主体责任监督管理规定 (2025-04-15): 日管控、周排查、月调度, each fed by the one below it; what
a check finds is put right at once or becomes a hazard with somebody responsible, a deadline and a re-check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from school_logistics.rules.answers import (
    ABNORMAL,
    BETWEEN,
    NORMAL,
    NOT_APPLICABLE,
    Answer,
    abnormal_in,
    read_answers,
)
from school_logistics.rules.figures import rounded
from school_logistics.rules.findings import FAILED, PASSED, hazard_found
from school_logistics.rules.hazards import HazardCategory, HazardSource
from school_logistics.rules.weeks import is_monday

if TYPE_CHECKING:
    from school_logistics.rules.calendar import SchoolCalendar

_HUNDRED = Decimal(100)
_IN_A_LINE = "、，,；;×✗√✓—－（）()"
_ALL_OF_THEM = ("全部", "都已", "均已", "各项", "逐项")
"""Words with which 当场整改 says that every item was put right."""


class CheckStyle(StrEnum):
    """How the items of a list are answered."""

    COMPLIES = "符合/不符合"
    NORMAL = "正常/异常"
    SCORED = "评分"


class CheckCycle(StrEnum):
    """How often a list is gone through."""

    DAILY = "每日"
    WEEKLY = "每周"
    MONTHLY = "每月"
    NOW_AND_THEN = "不定期"


_WORDS = {
    CheckStyle.COMPLIES: {NORMAL: "符合", ABNORMAL: "不符合", NOT_APPLICABLE: "不适用"},
    CheckStyle.NORMAL: {NORMAL: "正常", ABNORMAL: "异常", NOT_APPLICABLE: "不适用"},
    CheckStyle.SCORED: {NORMAL: "不扣分", ABNORMAL: "扣分", NOT_APPLICABLE: "不适用"},
}
_SOURCES = {
    CheckCycle.DAILY: HazardSource.DAILY,
    CheckCycle.WEEKLY: HazardSource.DAILY,
    CheckCycle.MONTHLY: HazardSource.MONTHLY,
}


def words_of(style: str | None) -> Mapping[str, str]:
    """What the marks √ × — are called in a list of that style."""
    return _WORDS[CheckStyle(style)] if style else _WORDS[CheckStyle.NORMAL]


def unspeakable(label: str) -> str:
    """Say when an item's name cannot stand in a line of answers."""
    wrong = [sign for sign in _IN_A_LINE if sign in label]
    return f"项目名称里不能有「{wrong[0]}」，说明写在“怎样算正常”里" if wrong else ""


# --- scored lists -----------------------------------------------------------------------------------


class Item(Protocol):
    """An item as scoring sees it."""

    @property
    def label(self) -> str:
        """项目."""

    @property
    def points(self) -> Decimal | None:
        """分值; None for an item that is not scored."""

    @property
    def veto(self) -> bool | None:
        """否决项."""


class Score(NamedTuple):
    """What a scored check comes to."""

    full: Decimal
    """Points of all items, which the score is out of."""
    lost: Decimal
    score: Decimal | None
    """Half up to one decimal; None where no item carries points or every one is out of question."""
    vetoed: tuple[str, ...]
    """Veto items that are abnormal: they make the check 不合格 whatever the score."""


def lost_by(item: Item, answer: Answer) -> Decimal:
    """The points an answer costs: those it names, else all of the item."""
    if answer.mark != ABNORMAL or item.points is None:
        return Decimal(0)
    return min(answer.lost, item.points) if answer.lost is not None else item.points


def score_of(items: Iterable[Item], told: str) -> Score:
    """The score of a check: items that do not apply are left out, and the rest counts for the full points.

    100 points, an item of 10 that does not apply and 9 points lost: (90 - 9) x 100 / 90 = 90.
    """
    answers = read_answers(told)
    full = applies = lost = Decimal(0)
    vetoed: list[str] = []
    for item in items:
        answer = answers.get(item.label, Answer())
        worth = item.points or Decimal(0)
        full += worth
        applies += worth if answer.mark != NOT_APPLICABLE else Decimal(0)
        lost += lost_by(item, answer)
        if item.veto and answer.mark == ABNORMAL:
            vetoed.append(item.label)
    score = rounded((applies - lost) * full / applies, 1) if applies else None
    return Score(full, lost, score, tuple(vetoed))


def verdict_of(items: Iterable[Item], told: str | None, pass_score: Decimal | None) -> str | None:
    """合格 or 不合格; None while nothing was answered. Full points count as a hundred where a passing score is set."""
    if not told:
        return None
    score = score_of(items, told)
    if score.vetoed:
        return FAILED
    if score.score is not None and pass_score is not None:
        return PASSED if score.score * _HUNDRED >= pass_score * score.full else FAILED
    return FAILED if abnormal_in(told) else PASSED


# --- what was found ---------------------------------------------------------------------------------


class Inspection(Protocol):
    """A check as these rules see it; None where blank."""

    @property
    def checked_on(self) -> date | None:
        """检查日期."""

    @property
    def place(self) -> str | None:
        """检查部位."""

    @property
    def answers(self) -> str | None:
        """检查结果."""

    @property
    def problem(self) -> str | None:
        """存在问题."""

    @property
    def spot_fix(self) -> str | None:
        """当场整改."""

    @property
    def action_taken(self) -> str | None:
        """采取的措施."""

    @property
    def owner(self) -> int | None:
        """整改责任人."""


class ListChosen(Protocol):
    """A checklist as a check names it."""

    @property
    def name(self) -> str:
        """检查表名称."""

    @property
    def area(self) -> str | None:
        """归口."""

    @property
    def cycle(self) -> str | None:
        """频次."""


def problem_of(row: Inspection) -> str | None:
    """What 存在问题 usually holds: the notes of the items that are not as they should be."""
    told = [f"{label}：{answer.note}" for label, answer in abnormal_in(row.answers).items() if answer.note]
    return "；".join(told) or None


def every_problem_told(row: Inspection) -> str:
    """Say which item that is not as it should be comes without a word about what was found."""
    wrong = abnormal_in(row.answers)
    silent = [
        label
        for label, answer in wrong.items()
        if not answer.note and label not in (row.problem or "") and not (row.problem and len(wrong) == 1)
    ]
    return f"「{'、'.join(silent)}」不符合，要写明是什么情况" if silent else ""


def put_right(answers: str | None, spot_fix: str | None) -> frozenset[str]:
    """The items that are not as they should be and were put right at once: those that 当场整改 names.

    It need not name the only one, nor all of them where it says so (全部); else what it does not name is still open.

    >>> sorted(put_right("手部×（没戴帽）、地面×（积水）", "手部：已戴帽")), put_right("手部×、地面×", "已戴帽")
    (['手部'], frozenset())
    """
    wrong = abnormal_in(answers)
    if not spot_fix or not wrong:
        return frozenset()
    if len(wrong) == 1:
        return frozenset(wrong)
    named, told = set(), re.sub(r"\s+", "", spot_fix)
    for label in sorted(wrong, key=len, reverse=True):
        if label in told:
            named.add(label)
            told = told.replace(label, BETWEEN)
    every = not named and any(words in told for words in _ALL_OF_THEM)
    return frozenset(wrong if every else named)


def says_which_was_put_right(row: Inspection) -> str:
    """Say when several items are wrong and nobody can tell which of them was put right at once."""
    if not row.spot_fix or put_right(row.answers, row.spot_fix):
        return ""
    wrong = "、".join(abnormal_in(row.answers))
    return f"「{wrong}」都不符合，当场整改要写明改好的是哪一项；都改好了就写“全部”" if wrong else ""


def hazard_of_inspection(row: Inspection, *, checklist: ListChosen | None) -> dict[str, object] | None:
    """V-55: the hazard that abnormal answers open, of the items that were not put right at once; None while none is."""
    wrong = abnormal_in(row.answers)
    done = put_right(row.answers, row.spot_fix)
    still = {label: answer for label, answer in wrong.items() if label not in done}
    if not still:
        return None
    cycle = checklist.cycle if checklist else None
    told = "；".join(f"{label}：{one.note}" if one.note else f"{label}不符合" for label, one in still.items())
    found = told if done else row.problem or f"{'、'.join(wrong)}不符合"
    area = checklist.area if checklist else None
    return hazard_found(
        row.checked_on,
        HazardCategory(area or HazardCategory.OTHER),
        row.place or area,
        found,
        source=_SOURCES.get(CheckCycle(cycle), HazardSource.SPECIAL) if cycle else HazardSource.SPECIAL,
        owner=row.owner,
        corrective_action=row.action_taken,
    )


# --- weeks ------------------------------------------------------------------------------------------


def begins_on_monday(row: object) -> bool:
    """Whether a weekly report covers a week from its Monday on (周以周一起算)."""
    day = getattr(row, "week_from", None)
    return not isinstance(day, date) or is_monday(day)


def served(calendar: SchoolCalendar, first: date, last: date, today: date) -> tuple[date, ...]:
    """V-56: the days of a stretch up to today on which a daily check was due; days without meals are not counted."""

    class _Stretch(NamedTuple):
        first: date
        last: date

    return calendar.school_days(_Stretch(first, min(last, today))) if first <= today else ()
