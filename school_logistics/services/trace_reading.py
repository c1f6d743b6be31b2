"""Records for a trace, ledger by ledger, as plain values, and how they were before they were changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from school_logistics.models.audit import ENTRIES, IMAGES
from school_logistics.models.checks import Level
from school_logistics.reports.traced import Evidence, Verdict
from school_logistics.rules.identity import mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from school_logistics.models.checks import Objection
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.desk import Desk


_COUNTED = frozenset({"quantity", "issued", "requested"})
"""Fields counted in the unit that stands beside them."""


@dataclass(frozen=True)
class Found:
    """One record as plain values; `name.name` holds what a reference is called."""

    ledger: Ledger
    id: int
    values: dict[str, object]

    def __getitem__(self, key: str) -> Any:
        """The value of a field; None where it is blank or the ledger has no such field."""
        return self.values.get(key)

    def text(self, key: str) -> str:
        """The value as it is shown."""
        field = self.ledger.field(key)
        shown = str(self.values.get(f"{key}.name") or "") if field.target else field.kind.show(self.values.get(key))
        return mask(shown) if field.personal else shown

    def told(self, *keys: str) -> tuple[tuple[str, str], ...]:
        """Some fields as (label, text), the blank ones left out; numbers with their unit."""
        return tuple(
            (self.ledger.field(key).label, self._measured(key, text)) for key in keys if (text := self.text(key))
        )

    def _measured(self, key: str, text: str) -> str:
        """A number with the unit of its field, or of its record where that has a field for it."""
        field = self.ledger.field(key)
        unit = field.unit or (self.text("unit") if key in _COUNTED else "")
        return f"{text} {unit}".rstrip()

    def day(self, key: str) -> date | None:
        """The day of a field that holds a day or a moment."""
        value = self.values.get(key)
        return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None

    def evidence(self, title: str, *keys: str, verdict: Verdict = Verdict.TOLD, word: str = "") -> Evidence:
        """The record as a piece of evidence."""
        return Evidence(title, self.told(*keys), self.ledger.key, self.id, verdict, word)


class Reading:
    """Asks the ledgers of one desk within one session."""

    def __init__(self, desk: Desk, session: Session) -> None:
        """Read nothing yet."""
        self.desk, self.session = desk, session

    def one(self, key: str, one: int | None) -> Found | None:
        """A record by its number."""
        return next(iter(self.some(key, [one] if one is not None else [])), None)

    def some(self, key: str, ids: Iterable[int]) -> list[Found]:
        """Records by their numbers, in that order."""
        wanted = list(dict.fromkeys(ids))
        ledger = self.desk.ledger(key)
        values = self.desk.listing.values(self.session, ledger, wanted)
        return [Found(ledger, one, values[one]) for one in wanted if one in values]

    def where(self, key: str, **asked: object) -> list[Found]:
        """The records whose fields hold this: a value, one of several, or for a day its moments; in order of time."""
        ledger = self.desk.ledger(key)
        columns = ledger.record.__table__.columns
        conditions = [_holds(columns[field], ledger, field, value) for field, value in asked.items()]
        order = [columns[ledger.happened]] if ledger.happened else []
        ids = self.session.scalars(select(columns["id"]).where(*conditions).order_by(*order, columns["id"]))
        return self.some(key, ids)

    def lacking(self, found: Found) -> Sequence[str]:
        """What the law wants of a record and it does not have, in sentences."""
        return [one.sentence for one in self.against(found) if one.level >= Level.GAP]

    def against(self, found: Found) -> Sequence[Objection]:
        """The gravest objection of its ledger's rules to each field of a record."""
        rows = {found.id: found.values}
        return list(self.desk.examining.marks(self.session, found.ledger, rows, look_up=True)[found.id].values())

    def earlier(self, found: Found) -> list[dict[str, object]]:
        """A record as it was before each of its changes, the latest first: a paper renewed in place was another one."""
        told = (
            select(IMAGES.c.before)
            .join(ENTRIES, IMAGES.c.entry == ENTRIES.c.id)
            .where(ENTRIES.c.ledger == found.ledger.key, ENTRIES.c.record == found.id, IMAGES.c.before.is_not(None))
            .order_by(ENTRIES.c.id.desc())
        )
        images = (json.loads(before) for before in self.session.scalars(told))
        return [
            {
                field.key: field.kind.from_plain(image[field.key])
                for field in found.ledger.fields
                if image.get(field.key) is not None
            }
            for image in images
        ]


def _holds(column: ColumnElement[Any], ledger: Ledger, field: str, value: object) -> ColumnElement[bool]:
    if isinstance(value, set | frozenset | list | tuple):
        return column.in_(list(value))
    if isinstance(value, date) and not isinstance(value, datetime) and ledger.field(field).kind.name == "moment":
        return column.between(datetime.combine(value, time.min), datetime.combine(value, time.max))
    return column == value
