"""What holds for records of a day whatever they are about: none lies ahead, and nobody looks after their own work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any


def not_ahead(field: str) -> Callable[..., bool]:
    """A rule that the day in a field does not lie in the future: nothing is written down before it happened."""

    def rule(row: Any, *, today: date) -> bool:
        day = getattr(row, field)
        return day is None or day <= today

    return rule


def another(field: str, other: str) -> Callable[..., bool]:
    """A rule that two fields name two people."""

    def rule(row: Any) -> bool:
        return getattr(row, field) is None or getattr(row, field) != getattr(row, other)

    return rule
