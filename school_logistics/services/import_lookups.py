"""What an import asks of other records: for all its rows at once, or row by row where each takes from what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from school_logistics.models.bulk import insert_many
from school_logistics.models.checks import Level, Objection
from school_logistics.models.record import Origin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from school_logistics.models.ledger import Ledger
    from school_logistics.services.desk import Desk
    from school_logistics.services.import_matching import Match
    from school_logistics.services.import_reading import ReadRow
    from school_logistics.services.rows import Draft


class Begun(NamedTuple):
    """A row of the file before the rules were asked."""

    read: ReadRow
    match: Match | None
    values: Draft

    @property
    def asks(self) -> bool:
        """Whether it would change anything, so that other records are asked about it."""
        return not self.read.unreadable and (self.match is None or not self.match.equal)


class Divided(NamedTuple):
    """A row as it is to be kept: as one record or as several, and what stands against them."""

    drafts: tuple[Draft, ...]
    objections: tuple[Objection, ...]


def asked_at_once(desk: Desk, session: Session, ledger: Ledger, rows: Sequence[Begun]) -> list[Mapping[str, object]]:
    """What the lookups of a ledger answer for each row; rows that change nothing are not asked about."""
    asking = [one for one in rows if one.asks] if ledger.lookups and ledger.divides is None else []
    told = [one.values if one.match is None else {**one.values, "id": one.match.id} for one in asking]
    answers = iter(desk.examining.looked_up_all(session, ledger.lookups, told))
    nothing: Mapping[str, object] = {}
    return [next(answers) if asking and one.asks else nothing for one in rows]


class Dividing:
    """Tries rows of a ledger that divides, one after the other: each sees what those before it have taken.

    What is tried is written within a savepoint of the session and taken back with `end`.
    """

    def __init__(self, desk: Desk, session: Session, ledger: Ledger) -> None:
        """Begin to try."""
        self._desk, self._session, self._ledger = desk, session, ledger
        self._nested = session.begin_nested()

    def looked_up(self, values: Draft) -> Mapping[str, object]:
        """What other records, those tried before included, answer for a row."""
        return self._desk.examining.looked_up(self._session, self._ledger.lookups, values)

    def tried(self, values: Draft, given: Mapping[str, object]) -> Divided:
        """The records that a row comes to; a row that names no share and gets none is refused."""
        divides = self._ledger.divides
        assert divides is not None  # noqa: S101 - asked only of ledgers that divide
        shares = divides.shares(self._ledger.facts(values), **{name: given.get(name) for name in divides.given})
        drafts = tuple(self._ledger.worked_out({**values, **share}, given) for share in shares) or (values,)
        objections = tuple(dict.fromkeys(found for one in drafts for found in self._ledger.examine(one, given)))
        if not shares and values.get(divides.field) is None:
            objections = tuple(self._refusing(found) for found in objections)
        elif len(shares) > 1:
            objections += (Objection(Level.WARNING, divides.field, divides.told.format(len(shares))),)
        return Divided(drafts, objections)

    def keep(self, drafts: Sequence[Draft]) -> None:
        """Let the rows that come after see what this one takes."""
        system = {"version": 1, "origin": Origin.IMPORTED.value, "entered_at": self._desk.clock(), "incomplete": False}
        rows = [
            {field.key: one.get(field.key) for field in self._ledger.fields if not field.kept} | system
            for one in drafts
        ]
        insert_many(self._session.connection(), cast("Table", self._ledger.record.__table__), rows)

    def end(self) -> None:
        """Take back what was tried."""
        self._nested.rollback()

    def _refusing(self, found: Objection) -> Objection:
        """What a row that gets no share lacks is no gap: it would take what is not there."""
        divides = self._ledger.divides
        if divides is None or found.field != divides.field or found.level is not Level.GAP:
            return found
        return Objection(Level.REFUSED, found.field, found.sentence, found.clause)
