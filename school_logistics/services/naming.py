"""Names of records: told from an id, found from what was typed, offered to a chooser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from school_logistics.services import pinyin
from school_logistics.services.rows import Choice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from school_logistics.models.ledger import Field, Ledger
    from school_logistics.services.listing import Listing

_RECENT = 5000
"""How many of the latest records tell what is chosen often."""


class Naming:
    """Knows how the records of every ledger are called."""

    def __init__(self, ledgers: Mapping[str, Ledger], listing: Listing) -> None:
        """`ledgers` by key."""
        self.ledgers = ledgers
        self.listing = listing

    def name(self, session: Session, target: str, one: int | None) -> str:
        """What a record is called; "" for none."""
        if one is None:
            return ""
        ledger = self.ledgers[target]
        return str(session.scalar(select(self.listing.title_of(ledger)).where(ledger.record.id == one)) or "")

    def names(self, session: Session, target: str) -> dict[int, str]:
        """All records of a ledger by id, as they are called."""
        ledger = self.ledgers[target]
        rows = session.execute(select(ledger.record.id, self.listing.title_of(ledger)))
        return {one: str(name or "") for one, name in rows}

    def find(self, session: Session, target: str, typed: str) -> int | None:
        """The record of that very name, or the only one that what was typed can mean."""
        names = self.names(session, target)
        title = self.ledgers[target].field(self.ledgers[target].title)
        meant = {typed, title.tidy(typed) if title.tidy else typed}
        exact = [one for one, name in names.items() if name in meant]
        if exact:
            return exact[0]
        fitting = [one for one, name in names.items() if pinyin.place_in(name, typed) is not None]
        return fitting[0] if len(fitting) == 1 else None

    def choices(self, session: Session, ledger: Ledger, field: Field, typed: str, limit: int) -> list[Choice]:
        """What a chooser offers for what was typed so far: fitting at the start first, then the often chosen."""
        if field.kind.name == "choice":
            options: tuple[str, ...] = getattr(field.kind, "options", ())
            fitting = [one for one in options if pinyin.place_in(one, typed) is not None]
            return [Choice(one, one, pinyin.initials(one), "") for one in fitting]
        often = self._often(session, ledger, field)
        ranked = []
        for one, name in self.names(session, field.target).items():
            place = pinyin.place_in(name, typed)
            if place is not None:
                ranked.append((place > 0, -often.get(one, 0), name, one))
        return [
            Choice(one, name, pinyin.initials(name), self._detail(session, ledger, field, one))
            for _, _, name, one in sorted(ranked)[:limit]
        ]

    def _often(self, session: Session, ledger: Ledger, field: Field) -> dict[int, int]:
        column = getattr(ledger.record, field.key)
        newest = session.scalar(select(func.max(ledger.record.id))) or 0
        counted = select(column, func.count()).where(ledger.record.id > newest - _RECENT, column.is_not(None))
        return dict(session.execute(counted.group_by(column)).all())

    def _detail(self, session: Session, ledger: Ledger, field: Field, one: int) -> str:
        """What the latest record said with this choice, such as its price."""
        remembered = [other for other in ledger.fields if other.last_by == field.key]
        if not remembered:
            return ""
        columns = [getattr(ledger.record, other.key) for other in remembered]
        latest = select(*columns).where(getattr(ledger.record, field.key) == one).order_by(ledger.record.id.desc())
        row = session.execute(latest.limit(1)).first()
        if row is None:
            return ""
        told = (f"{other.kind.show(value)} {other.unit}".strip() for other, value in zip(remembered, row, strict=True))
        return " ".join(one for one in told if one)
