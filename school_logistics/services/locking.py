"""Records of closed months as a screen asks about them before anything is typed: locked or not, by whom, since when.

What keeps them from being changed, whatever way a change comes, is the guard of the data file; this only says it first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.models import month_close
from school_logistics.rules.calendar import Month

if TYPE_CHECKING:
    from collections.abc import Mapping

    from school_logistics.models.ledger import Ledger
    from school_logistics.services.desk import Desk


def locked_month(desk: Desk, ledger: Ledger, values: Mapping[str, object], key: str) -> Month | None:
    """The month whose closing, or that of a later one, locks a field of a record; None while it may be changed."""
    line = max(desk.closed_months(), default=None)
    if line is None or key in ledger.later:
        return None
    day = ledger.day_of(values)
    return Month.of(day) if day is not None and Month.of(day) <= line else None


def locked_sentence(desk: Desk, month: Month) -> str:
    """2026年10月已结账（11-05 李敏结的），这一行不能改; a month above the red line names the one that was closed."""
    line = max(desk.closed_months(), default=month)
    told = month if month in desk.closed_months() else line
    with desk.store.reading() as session:
        acts = month_close.acts(session.connection(), told.iso)
    who = f"（{acts[-1].told_at:%m-%d} {acts[-1].actor}结的）" if acts else ""
    return f"{told}已结账{who}，{'' if told == month else f'{month}也'}不能再改"


HOW_TO_REOPEN = "确实要改，先到“报表打印”的“月结”重开，写明原因；签过字的表改后再打更正说明。"
