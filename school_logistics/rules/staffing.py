"""Checks over a person's file: the papers that the post asks for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

from school_logistics.rules.people import health_certificate_until, needs_health_certificate

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook


class Worker(Protocol):
    """A person's file as these rules see it; None where blank."""

    @property
    def post(self) -> str | None:
        """岗位."""

    @property
    def left_on(self) -> date | None:
        """离岗日期."""

    @property
    def examined_on(self) -> date | None:
        """体检日期."""

    @property
    def health_from(self) -> date | None:
        """健康证发证日期."""

    @property
    def health_until(self) -> date | None:
        """健康证有效期至."""


def usual_health_until(row: Worker, *, book: RuleBook) -> date | None:
    """Until when a health certificate is good when nobody has written it down: a year from the examination (V-11)."""
    since = row.examined_on or row.health_from
    return health_certificate_until(since, book) if since else None


def has_health_certificate(row: Worker) -> bool:
    """Whether somebody whose post touches food has a health certificate (《食品安全法》 article 45)."""
    return bool(row.left_on or row.health_until) or not needs_health_certificate(row.post)


def health_certificate_good(row: Worker, *, today: date) -> str:
    """Say when somebody whose post touches food works on with one that has run out (TRN-01)."""
    if row.left_on or row.health_until is None or not needs_health_certificate(row.post) or row.health_until >= today:
        return ""
    return f"健康证已于 {row.health_until} 到期，应停岗换证"
