"""Examining records: completing them, and handing the ledger's rules what they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import and_, select

from school_logistics.errors import Unreadable
from school_logistics.models.checks import Level, Objection
from school_logistics.models.fields import KeptOrderly
from school_logistics.services.basis import BASED_ON
from school_logistics.services.rows import Query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from school_logistics.models.checks import Facts, Lookup
    from school_logistics.models.ledger import Ledger
    from school_logistics.rules.book import RuleBook
    from school_logistics.rules.calendar import SchoolCalendar
    from school_logistics.services.listing import Listing
    from school_logistics.services.rows import Draft

Referred = dict[tuple[str, int], "Facts"]
"""Records that other records name: (ledger key, id) → their facts."""

_THE_ONLY = 0
"""Stands for the id of the one record of a ledger that has only one."""


def _told(values: Mapping[str, object], one: int | None) -> Mapping[str, object]:
    """A record's values as lookups want them: with its id where it stands already."""
    return values if one is None else {**values, "id": one}


class Examining:
    """Asks the rules of a ledger, with the rule book, the calendar, today, and the records it names."""

    def __init__(
        self, ledgers: Mapping[str, Ledger], listing: Listing, book: RuleBook, calendar: SchoolCalendar,
        today: Callable[[], date],
    ) -> None:  # fmt: skip
        """`ledgers` by key."""
        self.ledgers = ledgers
        self.listing = listing
        self.book = book
        self.calendar = calendar
        self.today = today
        self.remembered: Referred = {}
        """What the rows of tables referred to since anything was last changed."""

    def complete(
        self,
        session: Session,
        ledger: Ledger,
        draft: Mapping[str, object],
        known: Referred | None = None,
        one: int | None = None,
        *,
        was: Mapping[str, object] | None = None,
    ) -> Draft:
        """Fill blanks that follow from a reference or from the latest record, then work out computed fields.

        What is read of other records is added to `known`, so that examining need not read it again; `one` is the
        record itself where it stands already. `was` is the record before the change, else what the draft was based
        on: a field that held what it usually holds is worked out anew, and while somebody types also what followed
        from a reference that is another now.
        """
        values = {field.key: draft.get(field.key) for field in ledger.fields}
        values |= dict.fromkeys(self._still_usual(session, ledger, draft, was, one))
        values |= dict.fromkeys(self._still_following(session, ledger, values, was))
        referred = self.referred(session, ledger, [values], known)
        for field in ledger.fields:
            if values[field.key] is None and field.follows:
                target = self._target(ledger, field.follows[0], values, referred)
                values[field.key] = getattr(target, field.follows[1], None) if target else None
            if values[field.key] is None and field.last_by and values.get(field.last_by) is not None:
                values[field.key] = self._latest(session, ledger, field.key, field.last_by, values[field.last_by])
        if BASED_ON in draft:
            values[BASED_ON] = draft[BASED_ON]
        looked_up = self.looked_up(session, ledger.asked_while_typing, _told(values, one))
        return ledger.worked_out(values, {**self.given(ledger, values, referred), **looked_up})

    def _still_usual(
        self,
        session: Session,
        ledger: Ledger,
        draft: Mapping[str, object],
        was: Mapping[str, object] | None,
        one: int | None,
    ) -> Iterable[str]:
        """The fields that still hold what followed from the record as it was: they follow it on.

        Whoever wrote something else there is left alone.
        """
        before = draft.get(BASED_ON) if was is None else was
        following = [field.key for field in ledger.fields if field.usually]
        if not following or not isinstance(before, Mapping):
            return ()
        kept = [key for key in following if draft.get(key) is not None and draft.get(key) == before.get(key)]
        if not kept:
            return ()
        bare = {**{field.key: before.get(field.key) for field in ledger.fields}, **dict.fromkeys(kept)}
        looked_up = self.looked_up(session, ledger.asked_while_typing, _told(bare, one))
        given = {**self.given(ledger, bare, self.referred(session, ledger, [bare])), **looked_up}
        usual = ledger.worked_out(bare, given)
        return [key for key in kept if usual[key] == before.get(key)]

    def _still_following(
        self, session: Session, ledger: Ledger, values: Mapping[str, object], was: Mapping[str, object] | None
    ) -> list[str]:
        """The fields that still hold what followed from a reference before it was changed: they follow the new one.

        Whoever wrote something else there is left alone.
        """
        if was is None:
            return []
        leads = [(field, field.follows[0] if field.follows else field.last_by) for field in ledger.fields]
        asked = [
            (field, lead)
            for field, lead in leads
            if lead and was.get(lead) not in (None, values[lead]) and values[field.key] == was.get(field.key)
        ]
        if not asked:
            return []
        referred = self.referred(session, ledger, [was])
        found = []
        for field, lead in asked:
            target = self._target(ledger, lead, was, referred)
            followed = getattr(target, field.follows[1], None) if field.follows and target else None
            if followed is None and field.last_by:
                followed = self._latest(session, ledger, field.key, field.last_by, was[field.last_by])
            if followed is not None and followed == was.get(field.key):
                found.append(field.key)
        return found

    def shares(
        self, session: Session, ledger: Ledger, draft: Mapping[str, object], one: int | None
    ) -> Sequence[Mapping[str, object]]:
        """What is different in each of the records that this one is to be kept as; none where it stays one."""
        if ledger.divides is None:
            return ()
        values = self.complete(session, ledger, draft, None, one)
        wanted = [lookup for lookup in ledger.lookups if lookup.name in ledger.divides.given]
        looked_up = self.looked_up(session, wanted, _told(values, one))
        given = {**self.given(ledger, values, {}), **looked_up}
        return ledger.divides.shares(ledger.facts(values), **{name: given.get(name) for name in ledger.divides.given})

    def examine(
        self,
        session: Session,
        ledger: Ledger,
        values: Mapping[str, object],
        one: int | None,
        known: Referred | None = None,
    ) -> tuple[Objection, ...]:
        """What the rules have against a record, and whether its number is taken."""
        referred = self.referred(session, ledger, [values], known)
        looked_up = self.looked_up(session, ledger.lookups, _told(values, one))
        found = ledger.examine(values, {**self.given(ledger, values, referred), **looked_up})
        taken = self._number_taken(session, ledger, values, one)
        return (*taken, *self.not_kept(session, ledger, values), *found)

    @staticmethod
    def not_kept(session: Session, ledger: Ledger, values: Mapping[str, object]) -> tuple[Objection, ...]:
        """What stands against values that are kept in other tables, such as the answers to a checklist."""
        found = []
        for field in ledger.fields:
            if field.kept and isinstance(field.kept, KeptOrderly) and values.get(field.key) is not None:
                try:
                    field.kept.usual(session, values, values[field.key])
                except Unreadable as wrong:
                    found.append(Objection(Level.REFUSED, field.key, f"{field.label}{wrong}", field.clause))
        return tuple(found)

    def forget(self) -> None:
        """Something was changed: read anew what records refer to."""
        self.remembered = {}

    def marks(
        self,
        session: Session,
        ledger: Ledger,
        rows: Mapping[int, Mapping[str, object]],
        known: Referred | None = None,
        *,
        look_up: bool = False,
    ) -> dict[int, dict[str, Objection]]:
        """For each record the gravest objection to each field; with `look_up` also what other records have against it.

        `known` is `remembered` as it was before the session read anything: a table that is scrolled then asks for
        each supplier and ingredient once, not once a page.
        """
        referred = self.referred(session, ledger, rows.values(), known)
        marks: dict[int, dict[str, Objection]] = {}
        told = [{**values, "id": one} for one, values in rows.items()] if look_up else []
        looked_up = self.looked_up_all(session, ledger.lookups, told) if look_up else [{} for _ in rows]
        for (one, values), more in zip(rows.items(), looked_up, strict=True):
            worst: dict[str, Objection] = {}
            for found in ledger.examine(values, {**self.given(ledger, values, referred), **more}):
                if found.field not in worst or worst[found.field].level < found.level:
                    worst[found.field] = found
            marks[one] = worst
        return marks

    def looked_up(self, session: Session, lookups: Sequence[Lookup], row: Mapping[str, object]) -> dict[str, object]:
        """What some lookups answer for one record."""
        return self.looked_up_all(session, lookups, [row])[0] if lookups else {}

    @staticmethod
    def looked_up_all(
        session: Session, lookups: Sequence[Lookup], rows: Sequence[Mapping[str, object]]
    ) -> list[dict[str, object]]:
        """What some lookups answer for each of some records."""
        told = [dict(row) for row in rows]
        answers = {one.name: one.find(session, told) for one in lookups} if told else {}
        return [{name: answer[place] for name, answer in answers.items()} for place in range(len(told))]

    def given(self, ledger: Ledger, values: Mapping[str, object], referred: Referred) -> dict[str, object]:
        """What checks and computed fields may ask for besides the record."""
        named = {field.key: self._target(ledger, field.key, values, referred) for field in ledger.refs()}
        once = {only.key: referred.get((only.key, _THE_ONLY)) for only in self._held_once()}
        return {"book": self.book, "calendar": self.calendar, "today": self.today(), **once, **named}

    def referred(
        self,
        session: Session,
        ledger: Ledger,
        rows: Iterable[Mapping[str, object]],
        known: Referred | None = None,
    ) -> Referred:
        """The records that checks, computed fields and followers of these rows ask for, read once each.

        Those in `known` are not read again; what is read is added to it.
        """
        rows = list(rows)
        asked = {name for check in ledger.checks for name in check.given}
        asked |= {name for field in ledger.fields for name in field.given}
        asked |= {name for reminder in ledger.reminders for name in reminder.given}
        asked |= set(ledger.opens_hazard.given if ledger.opens_hazard else ())
        asked |= {field.follows[0] for field in ledger.fields if field.follows}
        found: Referred = {} if known is None else known
        for field in ledger.refs():
            if field.key not in asked:
                continue
            target = self.ledgers[field.target]
            named = {one for row in rows if isinstance(one := row.get(field.key), int)}
            wanted = sorted(one for one in named if (target.key, one) not in found)
            for one, values in self.listing.values(session, target, wanted).items():
                found[target.key, one] = target.facts(values)
        for only in self._held_once():
            if only.key in asked and (only.key, _THE_ONLY) not in found:
                ids = self.listing.ids(session, only, Query(), 1)
                for values in self.listing.values(session, only, ids).values():
                    found[only.key, _THE_ONLY] = only.facts(values)
        return found

    def _held_once(self) -> list[Ledger]:
        """The ledgers of one record, such as the school's profile: rules ask for them by key."""
        return [ledger for ledger in self.ledgers.values() if ledger.once]

    def _target(self, ledger: Ledger, key: str, values: Mapping[str, object], referred: Referred) -> Facts | None:
        one = values.get(key)
        return referred.get((ledger.field(key).target, one)) if isinstance(one, int) else None

    def _latest(self, session: Session, ledger: Ledger, key: str, by: str, target: object) -> object:
        column = getattr(ledger.record, key)
        latest = select(column).where(getattr(ledger.record, by) == target, column.is_not(None))
        return session.scalar(latest.order_by(ledger.record.id.desc()).limit(1))

    def _number_taken(
        self, session: Session, ledger: Ledger, values: Mapping[str, object], one: int | None
    ) -> tuple[Objection, ...]:
        if not ledger.number or any(values.get(key) is None for key in ledger.number):
            return ()
        same = and_(*(getattr(ledger.record, key) == values[key] for key in ledger.number))
        other = session.scalar(select(ledger.record.id).where(same, ledger.record.id != (one or 0)).limit(1))
        if other is None:
            return ()
        known = self.listing.values(session, ledger, [other])[other]
        shown = " ".join(
            str(known.get(f"{key}.name") or ledger.field(key).kind.show(known[key])) for key in ledger.number
        )
        blamed = ledger.title if ledger.title in ledger.number else ledger.number[0]
        label = ledger.field(blamed).label if len(ledger.number) == 1 else ""
        return (Objection(Level.REFUSED, blamed, f"{label}「{shown}」已经登记过，不能重复"),)
