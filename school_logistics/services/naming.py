"""Names of records: told from an id, found from what was typed, offered to a chooser."""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import func, select

from school_logistics.services import pinyin
from school_logistics.services.rows import Choice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.listing import Listing

_RECENT = 5000
"""How many of the latest records tell what is chosen often."""


_Fitting: TypeAlias = dict[int, tuple[str, int]]
"""The name of each record that fits what was typed, and where in the name it does."""


class _Remembered:
    """What was read since anything was last changed, so that each key in a chooser reads nothing again."""

    def __init__(self) -> None:
        self.names: dict[str, dict[int, str]] = {}
        self.often: dict[tuple[str, str], dict[object, int]] = {}
        self.fitting: dict[str, tuple[str, _Fitting]] = {}
        """By ledger what was typed last, and what fitted it."""


class Naming:
    """Knows how the records of every ledger are called."""

    def __init__(self, ledgers: Mapping[str, Ledger], listing: Listing) -> None:
        """`ledgers` by key."""
        self.ledgers = ledgers
        self.listing = listing
        self._remembered = _Remembered()

    def forget(self) -> None:
        """Something was changed: read the names anew."""
        self._remembered = _Remembered()

    def name(self, session: Session, target: str, one: int | None) -> str:
        """What a record is called; "" for none."""
        if one is None:
            return ""
        ledger = self.ledgers[target]
        return str(session.scalar(select(self.listing.title_of(ledger)).where(ledger.record.id == one)) or "")

    def names(self, session: Session, target: str) -> dict[int, str]:
        """All records of a ledger that may be named now, by id, as they are called."""
        ledger = self.ledgers[target]
        wanted = select(ledger.record.id, self.listing.title_of(ledger))
        if ledger.named:
            wanted = wanted.where(ledger.record.id.in_(list(ledger.named.offered(session))))
        rows = session.execute(wanted)
        return {one: str(name or "") for one, name in rows}

    def find(self, session: Session, target: str, typed: str) -> int | None:
        """The record of that very name, or the only one that what was typed can mean."""
        names = self._known(session, target, self._remembered)
        title = self.ledgers[target].field(self.ledgers[target].title)
        meant = {typed, title.tidy(typed) if title.tidy else typed}
        exact = [one for one, name in names.items() if name in meant]
        if exact:
            return exact[0]
        fitting = [one for one, name in names.items() if pinyin.place_in(name, typed) is not None]
        return fitting[0] if len(fitting) == 1 else None

    def choices(self, session: Session, ledger: Ledger, field: Field, typed: str, limit: int) -> list[Choice]:
        """What a chooser offers for what was typed so far: what fits best first, then what is chosen often."""
        remembered = self._remembered
        often = self._often(session, ledger, field, remembered)
        if field.kind.name == "choice":
            return _options(getattr(field.kind, "options", ()), typed, often)
        fits = self._fitting(session, field.target, typed, remembered)
        ranked = (
            (pinyin.how_well(name, typed, place), -often.get(one, 0), name, one) for one, (name, place) in fits.items()
        )
        first = nsmallest(limit, ranked)
        details = self._details(session, ledger, field, [one for _, _, _, one in first])
        return [Choice(one, name, pinyin.initials(name), details.get(one, "")) for _, _, name, one in first]

    def _known(self, session: Session, target: str, remembered: _Remembered) -> dict[int, str]:
        """The names of a ledger since anything was last changed; `session` has not read anything yet."""
        if target not in remembered.names:
            remembered.names[target] = self.names(session, target)
        return remembered.names[target]

    def _fitting(self, session: Session, target: str, typed: str, remembered: _Remembered) -> _Fitting:
        """The names that what was typed can mean; those that did not fit its beginning are not looked at again."""
        begun, before = remembered.fitting.get(target, ("", {}))
        narrower = bool(begun) and typed.startswith(begun)
        names = self._known(session, target, remembered)
        asked = ((one, names[one]) for one in before) if narrower else names.items()
        placed = ((one, name, pinyin.place_in(name, typed)) for one, name in asked)
        found = {one: (name, place) for one, name, place in placed if place is not None}
        remembered.fitting[target] = typed, found
        return found

    def _often(self, session: Session, ledger: Ledger, field: Field, remembered: _Remembered) -> dict[object, int]:
        if field.kept is not None:
            return {}
        if (ledger.key, field.key) not in remembered.often:
            column = getattr(ledger.record, field.key)
            newest = session.scalar(select(func.max(ledger.record.id))) or 0
            counted = select(column, func.count()).where(ledger.record.id > newest - _RECENT, column.is_not(None))
            remembered.often[ledger.key, field.key] = dict(session.execute(counted.group_by(column)).all())
        return remembered.often[ledger.key, field.key]

    def _details(self, session: Session, ledger: Ledger, field: Field, chosen: Sequence[int]) -> dict[int, str]:
        """What the latest record said with each of these choices, such as its price."""
        named = self.ledgers[field.target].named
        if named:
            return dict(named.offered(session))
        told = [other for other in ledger.fields if other.last_by == field.key]
        if not told or not chosen:
            return {}
        column = getattr(ledger.record, field.key)
        latest = select(func.max(ledger.record.id)).where(column.in_(chosen)).group_by(column)
        columns = [getattr(ledger.record, other.key) for other in told]
        rows = session.execute(select(column, *columns).where(ledger.record.id.in_(latest)))
        return {row[0]: _shown(told, row[1:]) for row in rows}


def _options(options: Sequence[str], typed: str, often: Mapping[object, int]) -> list[Choice]:
    """The options that fit what was typed, as they stand where nothing was typed yet.

    Two that fit equally well, and of which nobody has yet chosen one more often, are both told to be in `doubt`.
    """
    fits = {one: place for one in options if (place := pinyin.place_in(one, typed)) is not None}
    if not typed.strip():
        return [Choice(one, one, pinyin.initials(one), "") for one in fits]
    rank = {one: (pinyin.how_well(one, typed, place), -often.get(one, 0)) for one, place in fits.items()}
    ranked = sorted(fits, key=lambda one: rank[one])
    doubt = {one for one in ranked if rank[one] == rank[ranked[0]]}
    return [Choice(one, one, pinyin.initials(one), "", len(doubt) > 1 and one in doubt) for one in ranked]


def _shown(told: Sequence[Field], values: Sequence[object]) -> str:
    """Values as they are read, each with its unit."""
    words = (f"{one.kind.show(value)} {one.unit}".strip() for one, value in zip(told, values, strict=True))
    return " ".join(one for one in words if one)
