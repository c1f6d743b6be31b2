"""What a screen asks about the checklist behind a record: its items on the day, and what their marks are called."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.models.answers import AnswersKept
from school_logistics.models.checklists import Checklist, checklist_named
from school_logistics.rules.inspections import CheckStyle, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.desk import Desk


class CheckLine(NamedTuple):
    """One item, and how it looks when all is well."""

    label: str
    detail: str = ""
    part: str = ""
    """The heading under which it stands."""
    key_item: bool = False
    veto: bool = False
    points: Decimal | None = None
    """What it is worth; None where it is not scored."""
    deduction: str = ""
    """What costs how many points."""


class CheckLines(NamedTuple):
    """The items of the checklist a record is answered by, with what √ × — are called in it."""

    lines: tuple[CheckLine, ...]
    words: Mapping[str, str]


def check_lines(desk: Desk, ledger: Ledger, field: Field, draft: Mapping[str, object]) -> CheckLines:
    """The items in force on the day of the check, in order; none while no checklist is chosen."""
    happened = draft.get(ledger.happened) or desk.today
    on = happened.date() if isinstance(happened, datetime) else happened
    kept = field.kept
    if not isinstance(kept, AnswersKept) or not isinstance(on, date):
        return CheckLines((), words_of(None))
    with desk.store.reading() as session:
        chosen = checklist_named(session, kept.checklist) if kept.checklist else draft.get(kept.chosen_by)
        one = session.get(Checklist, chosen) if isinstance(chosen, int) else None
        items = kept.items(session, chosen, on)
        style = one.style if one else CheckStyle.NORMAL.value
        lines = tuple(
            CheckLine(
                item.label, item.detail or "", item.part or "", bool(item.key_item), bool(item.veto), item.points,
                item.deduction or "",
            )
            for item in items
        )  # fmt: skip
    return CheckLines(lines, words_of(style))
