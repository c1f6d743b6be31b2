"""The hazard behind an abnormal record: what it would say, that its link stays, and what becomes of it afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.models.checks import Level, Objection
from school_logistics.models.references import first_use

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from school_logistics.models.checks import Values
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.examining import Examining
    from school_logistics.services.listing import Listing


class OpenedHazards:
    """Knows which hazard belongs to a record because the record is abnormal."""

    def __init__(self, ledgers: Mapping[str, Ledger], listing: Listing, examining: Examining) -> None:
        """`ledgers` by key."""
        self._ledgers = ledgers
        self._listing = listing
        self._examining = examining

    def told(self, session: Session, ledger: Ledger, values: Mapping[str, object] | None) -> Values | None:
        """The values of the hazard that a record opens; None while it is as it should be, or put right at once."""
        opens = ledger.opens_hazard
        if opens is None or values is None or (opens.on_the_spot and values.get(opens.on_the_spot)):
            return None
        given = self._examining.given(ledger, values, self._examining.referred(session, ledger, [values]))
        return opens.told(ledger.facts(values), given)

    def cleared(
        self, session: Session, ledger: Ledger, before: Mapping[str, object] | None, values: Mapping[str, object]
    ) -> tuple[Objection, ...]:
        """The objection when a link to a hazard is emptied though the record is still abnormal."""
        opens = ledger.opens_hazard
        if opens is None or before is None or before.get(opens.names) is None or values.get(opens.names) is not None:
            return ()
        if self.told(session, ledger, values) is None:
            return ()
        number = before.get(f"{opens.names}.name") or ""
        label = ledger.field(opens.names).label
        sentence = f"{label}不能清空：这一条还有异常，隐患 {number} 就是为它登记的；处理好了请到隐患台账销号"
        return (Objection(Level.REFUSED, opens.names, sentence),)

    def without_reason(
        self, session: Session, ledger: Ledger, before: Mapping[str, object] | None, values: Mapping[str, object]
    ) -> int | None:
        """The hazard that a record opened and that nothing in the record speaks for any longer."""
        opens = ledger.opens_hazard
        if opens is None or before is None:
            return None
        named = before.get(opens.names)
        if not isinstance(named, int) or values.get(opens.names) != named:
            return None
        was, now = self.told(session, ledger, before), self.told(session, ledger, values)
        return named if was is not None and now is None else None

    def untouched(self, session: Session, ledger: Ledger, before: Mapping[str, object] | None, hazard: int) -> bool:
        """Whether a hazard is still as the record opened it: nobody has worked on it, nor chosen another by hand."""
        opens = ledger.opens_hazard
        told = self.told(session, ledger, before)
        if opens is None or told is None:
            return False
        hazards = self._hazards(ledger)
        row = session.get(hazards.record, hazard)
        kept = self._listing.values(session, hazards, [hazard]).get(hazard)
        if row is None or kept is None or row.version != 1:
            return False
        return all(kept[key] == value for key, value in told.items())

    def let_go(self, session: Session, ledger: Ledger, hazard: int) -> None:
        """Delete a hazard that was opened by mistake, unless another record names it."""
        hazards = self._hazards(ledger)
        if first_use(session, hazards.record, [hazard]) is None:
            row = session.get(hazards.record, hazard)
            if row is not None:
                session.delete(row)
                session.flush()

    def still_open(self, session: Session, ledger: Ledger, hazard: int) -> tuple[Objection, ...]:
        """What is told of a record that is as it should be now, while its hazard is being worked on."""
        opens = ledger.opens_hazard
        kept = self._listing.values(session, self._hazards(ledger), [hazard]).get(hazard)
        if opens is None or kept is None or kept.get("closed_on") is not None:
            return ()
        sentence = f"这一条改为正常了，隐患 {kept['hazard_no']} 已有人处理，没有跟着删；请到隐患台账销号"
        return (Objection(Level.WARNING, opens.names, sentence),)

    def _hazards(self, ledger: Ledger) -> Ledger:
        opens = ledger.opens_hazard
        assert opens is not None  # noqa: S101 - asked only of ledgers that open hazards
        return self._ledgers[ledger.field(opens.names).target]
