"""Records that hold what was worked out from another: they follow in the same act when that one changes.

Which fields do is declared: those computed from the record that a reference names, unless they tell how it was at the
time. What is settled, such as a closed month, stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from school_logistics.models.audit import guard_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.examining import Examining
    from school_logistics.services.listing import Listing


class Dependants:
    """Works out anew what other records took from one that was changed."""

    def __init__(self, ledgers: Mapping[str, Ledger], listing: Listing, examining: Examining) -> None:
        """`ledgers` by key."""
        self._listing = listing
        self._examining = examining
        self._by_target: dict[str, list[tuple[Ledger, Field, list[Field]]]] = {}
        for ledger in ledgers.values():
            for ref in ledger.refs():
                taken = [one for one in ledger.fields if one.computed and ref.key in one.given and not one.at_the_time]
                if taken:
                    self._by_target.setdefault(ref.target, []).append((ledger, ref, taken))

    def follow(self, session: Session, changed: Ledger, one: int) -> None:
        """Let every record that names this one hold what follows from it as it stands now."""
        for ledger, ref, taken in self._by_target.get(changed.key, ()):
            kept = ledger.record
            ids = list(session.scalars(select(kept.id).where(getattr(kept, ref.key) == one)))
            for other in self._written(session, ledger, taken, ids):
                self.follow(session, ledger, other)

    def _written(self, session: Session, ledger: Ledger, taken: Sequence[Field], ids: Sequence[int]) -> list[int]:
        """The ids of the records in which something is another now."""
        rows = self._listing.values(session, ledger, ids)
        referred = self._examining.referred(session, ledger, rows.values())
        guard = guard_of(session)
        written = []
        for one, was in rows.items():
            now = ledger.worked_out(was, self._examining.given(ledger, was, referred))
            after = {**was, **{field.key: now[field.key] for field in taken}}
            if after == was or guard.objections(ledger, one, was, after):
                continue
            row = session.get(ledger.record, one)
            for field in taken:
                setattr(row, field.key, after[field.key])
            written.append(one)
        session.flush()
        return written
