"""Training of the canteen's staff: first trained, then at work (先培训后上岗), and a mark for each who took part."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

from school_logistics.rules.due import Years
from school_logistics.rules.findings import FAILED, PASSED

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook


class Training(Protocol):
    """A training as these rules see it; None where blank."""

    held_on: date | None


class Attended(Protocol):
    """Somebody's part in a training; None where blank."""

    score: int | None
    second_score: int | None
    passed: str | None


class Trained(Protocol):
    """A person's file; None where blank."""

    hired_on: date | None
    left_on: date | None


def held_on(row: object, *, training: Training | None) -> date | None:
    """The column 培训日期: the day of the training."""
    del row
    return training.held_on if training else None


def passed_of(row: Attended, *, book: RuleBook, training: Training | None) -> str | None:
    """What 是否合格 usually holds: by the mark, or by that of the second try."""
    if row.score is None or training is None or training.held_on is None:
        return None
    best = max(row.score, row.second_score or 0)
    return PASSED if best >= book.whole("training.pass_score", training.held_on) else FAILED


def agrees_with_mark(row: Attended, *, book: RuleBook, training: Training | None) -> str:
    """Say when somebody passed with a mark below the one that passes."""
    by_mark = passed_of(row, book=book, training=training)
    if by_mark is None or row.passed is None or row.passed == by_mark or training is None or training.held_on is None:
        return ""
    return f"及格分是 {book.whole('training.pass_score', training.held_on)} 分，按成绩应为{by_mark}"


def certified_before_work(row: Trained, *, first_certificate: date | None, today: date) -> str:
    """Say when somebody who came within the year began to work without a health certificate (V-12).

    Of those who came earlier the first certificate may never have been entered.
    """
    if row.hired_on is None or first_certificate is None or not _newly_hired(row, today):
        return ""
    if first_certificate <= row.hired_on:
        return ""
    return f"健康证 {first_certificate} 才发证，晚于上岗日期 {row.hired_on}"


def trained_before_work(row: Trained, *, first_passed: date | None, today: date) -> str:
    """Say when somebody who came within the year began to work without having passed a training (V-12)."""
    if row.hired_on is None or not _newly_hired(row, today):
        return ""
    if first_passed is not None and first_passed <= row.hired_on:
        return ""
    told = f"{first_passed} 才培训合格" if first_passed else "还没有合格的培训记录"
    return f"先培训后上岗：{row.hired_on} 上岗，{told}"


def _newly_hired(row: Trained, today: date) -> bool:
    return row.left_on is None and row.hired_on is not None and Years(1).after(row.hired_on) > today
