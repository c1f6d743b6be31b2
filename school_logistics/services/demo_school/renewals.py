"""Papers that are renewed again and again: the one that runs out last, and those before it back to the first day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from school_logistics.rules.due import Months

if TYPE_CHECKING:
    from school_logistics.rules.papers import PaperKind
    from school_logistics.services.demo_school.pen import Pen, Plan

_Draft = dict[str, object]


class Papers:
    """Collects the papers of some holders by the day on which each was entered."""

    def __init__(self, plan: Plan, holder: str = "", since: Mapping[str, date] = MappingProxyType({})) -> None:
        """`holder` is the ledger of those who hold them; without one they are the school's own.

        `since` names those who were not there from the first day on.
        """
        self.plan = plan
        self.holder = holder
        self.since = since
        self._by_day: dict[date, list[tuple[str, _Draft]]] = {}

    def renewed(
        self, name: str, kind: PaperKind, last_until: date, *, months: int, stem: str, issuer: str = ""
    ) -> None:
        """A row of papers, each good for so many months, whose last one runs out on a day."""
        until = last_until
        while True:
            issued = Months(-months).after(until)
            number = f"{stem}{issued:%Y%m}{self._many():03}" if stem.endswith("-") else stem
            self.once(name, kind, number, issued=issued, until=until, issuer=issuer)
            if issued < self._began(name):
                return
            until = issued + timedelta(days=self.plan.chance.randrange(3, 15))

    def once(self, name: str, kind: PaperKind, number: str, *, issued: date, until: date, issuer: str = "") -> None:
        """A single paper."""
        day = self.plan.workday(max(self._began(name), issued + timedelta(days=2)))
        draft: _Draft = {"kind": kind.value, "number": number, "issued_on": issued, "valid_until": until}
        self._by_day.setdefault(day, []).append((name, draft | {"issuer": issuer or None}))

    def _began(self, name: str) -> date:
        return max(self.plan.first, self.since.get(name, self.plan.first))

    def _many(self) -> int:
        return sum(len(told) for told in self._by_day.values())

    def plan_all(self) -> None:
        """Plan one deed for each day on which papers were entered."""
        for day, told in self._by_day.items():

            def enter(pen: Pen, told: list[tuple[str, _Draft]] = told) -> None:
                pen.add("certificate", [draft | ({self.holder: name} if name else {}) for name, draft in told])

            many = f" 等 {len(told)} 份" if len(told) > 1 else ""
            self.plan.on(day, f"登记证照：{told[0][0] or '本校'} {told[0][1]['kind']}{many}", enter, hour=15)
