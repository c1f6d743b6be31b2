"""Keeping and removing records within one act: examined, numbered, with the hazard they open and their papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.errors import OfficeError, StoreTrouble, Unacceptable
from school_logistics.models.answers import AnswersKept
from school_logistics.models.audit import act_of
from school_logistics.models.checks import Level, Objection
from school_logistics.models.fields import write_elsewhere
from school_logistics.models.numbering import next_number
from school_logistics.models.papers import Certificate, paper_fields
from school_logistics.models.references import first_use
from school_logistics.services.basis import BASED_ON, brought_up_to_date
from school_logistics.services.dependants import Dependants
from school_logistics.services.opened_hazards import OpenedHazards
from school_logistics.services.origins import Origins
from school_logistics.services.rows import Saved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.models.record import Record
    from school_logistics.services.examining import Examining, Referred
    from school_logistics.services.listing import Listing
    from school_logistics.services.naming import Naming
    from school_logistics.services.rows import Draft


class Saving:
    """Writes records of any ledger into a unit of work."""

    def __init__(
        self,
        ledgers: Mapping[str, Ledger],
        listing: Listing,
        naming: Naming,
        examining: Examining,
        today: Callable[[], date],
    ) -> None:
        """`ledgers` by key."""
        self.ledgers = ledgers
        self.listing = listing
        self.naming = naming
        self.examining = examining
        self.today = today
        self.origins = Origins(examining, today)
        self.dependants = Dependants(ledgers, listing, examining)
        self.hazards = OpenedHazards(ledgers, listing, examining)

    def save(self, session: Session, ledger: Ledger, draft: Mapping[str, object], one: int | None) -> Saved:
        """Examine a record and keep it; an act without a title is named after it.

        Raises Unacceptable with all objections at once.
        """
        before = self._standing(session, ledger, one) if one is not None else None
        draft = draft if before is None else brought_up_to_date(ledger, draft, before)
        draft = draft if before is None else {**draft, BASED_ON: before}
        shares = self.examining.shares(session, ledger, draft, one)
        if len(shares) > 1:
            return self._save_shares(session, ledger, draft, shares, one)
        draft = {**draft, **shares[0]} if len(shares) == 1 else draft
        values, objections = self._examined(session, ledger, draft, one, before)
        values = self._numbered(session, ledger, values)
        act = act_of(session)
        act.title = act.title or f"{'修改' if one else '新增'} {ledger.label}：{self._title(session, ledger, values)}"
        kept, told = self._with_its_hazard(session, ledger, values, one, before=before, objections=objections)
        if before is not None:
            self.dependants.follow(session, ledger, kept)
        return Saved(kept, (*objections, *told), f"已存：{act.title}")

    def _with_its_hazard(
        self,
        session: Session,
        ledger: Ledger,
        values: Draft,
        one: int | None,
        *,
        before: Mapping[str, object] | None,
        objections: Sequence[Objection],
    ) -> tuple[int, list[Objection]]:
        """Keep a record with the hazard it opens; one opened by a result since corrected goes, if nobody touched it."""
        hazards = self.hazards
        ended = hazards.without_reason(session, ledger, before, values)
        if ended is None:
            return self._keep(session, ledger, self.with_hazard(session, ledger, values), one, objections)
        if not hazards.untouched(session, ledger, before, ended):
            kept, told = self._keep(session, ledger, values, one, objections)
            return kept, [*told, *hazards.still_open(session, ledger, ended)]
        assert ledger.opens_hazard is not None  # noqa: S101 - it opened one
        kept, told = self._keep(session, ledger, values | {ledger.opens_hazard.names: None}, one, objections)
        hazards.let_go(session, ledger, ended)
        return kept, told

    def _save_shares(
        self,
        session: Session,
        ledger: Ledger,
        draft: Mapping[str, object],
        shares: Sequence[Mapping[str, object]],
        one: int | None,
    ) -> Saved:
        """Keep what was typed as one record as several, in the same act.

        It is known by the last of them; one that stood already becomes the first share and keeps its id.
        """
        saved = [self.save(session, ledger, {**draft, **shares[0]}, one)]
        new = {key: value for key, value in draft.items() if key != BASED_ON}
        saved += [self.save(session, ledger, {**new, **share}, None) for share in shares[1:]]
        warnings = tuple(found for share in saved for found in share.warnings)
        assert ledger.divides is not None  # noqa: S101 - it gave the shares
        told = ledger.divides.told.format(len(saved))
        kept = saved[-1] if one is None else saved[0]
        others = tuple(share.id for share in saved if share is not kept)
        return Saved(kept.id, warnings, f"{saved[0].sentence}；{told}", others, told)

    def remove(self, session: Session, ledger: Ledger, ids: Sequence[int]) -> str:
        """Delete records with what belongs to them; the sentence says what went.

        Raises OfficeError, naming what still refers to one.
        """
        rows = [row for one in ids if (row := session.get(ledger.record, one)) is not None]
        if not rows:
            raise OfficeError("要删除的记录已经不在了，没有改动。")
        # Papers go with the record they belong to; every other reference keeps it from going.
        self._refuse_if_used(session, ledger, [row.id for row in rows])
        name = self._title(session, ledger, self.listing.values(session, ledger, [rows[0].id])[rows[0].id])
        more = f" 等 {len(rows)} 条" if len(rows) > 1 else ""
        act_of(session).title = f"删除 {ledger.label}：{name}{more}"
        elsewhere = {type(field.kept): field.kept for field in ledger.fields if field.kept}.values()
        for row in rows:
            for kept in elsewhere:
                kept.forget(session, row)
            session.delete(row)
            session.flush()
        return f"已删除 {len(rows)} 条：{name}" + ("等" if more else "")

    def with_hazard(
        self, session: Session, ledger: Ledger, values: Mapping[str, object], *, imported: bool = False
    ) -> Draft:
        """The values of a record with the hazard that its abnormal result opens, kept in the same act.

        A hazard for which nobody has said yet who puts it right, and how, is 待补资料 until somebody does.
        """
        opens = ledger.opens_hazard
        if opens is None or values.get(opens.names) is not None:
            return dict(values)
        told = self.hazards.told(session, ledger, values)
        if told is None:
            return dict(values)
        hazards = self.ledgers[ledger.field(opens.names).target]
        blank = {field.key: field.first_value(self.today()) for field in hazards.fields}
        hazard = self._numbered(session, hazards, self.examining.complete(session, hazards, blank | told))
        wanting = self.examining.examine(session, hazards, hazard, None)
        kept, _ = self._keep(session, hazards, hazard, None, wanting, imported=imported, opened=True)
        return {**values, opens.names: kept}

    def _standing(self, session: Session, ledger: Ledger, one: int) -> Draft:
        """The record that is to be changed as it stands now; what is gone is not made again by saving it."""
        standing = self.listing.values(session, ledger, [one]).get(one)
        if standing is None:
            raise StoreTrouble("这条记录已经删除，这一步没有存上；要留下它，请先撤销那次删除，或者作为新记录再填一遍。")
        return standing

    def _examined(
        self,
        session: Session,
        ledger: Ledger,
        draft: Mapping[str, object],
        one: int | None,
        before: Mapping[str, object] | None,
    ) -> tuple[Draft, tuple[Objection, ...]]:
        """The completed values; what the law wants stops an old record only where this change makes it worse."""
        referred: Referred = {}
        values = self.examining.complete(session, ledger, draft, referred, one)
        objections = self.examining.examine(session, ledger, values, one, referred)
        objections = (*objections, *self.hazards.cleared(session, ledger, before, values))
        known: set[tuple[str, str]] = set()
        if before is not None:
            told = self.examining.examine(session, ledger, before, one, referred)
            known = {(old.field, old.sentence) for old in told}
        against = [
            found
            for found in objections
            if found.level is Level.REFUSED or (found.level is Level.GAP and (found.field, found.sentence) not in known)
        ]
        if against:
            raise Unacceptable(against)
        return values, objections

    def _keep(
        self,
        session: Session,
        ledger: Ledger,
        values: Mapping[str, object],
        one: int | None,
        objections: Sequence[Objection],
        *,
        imported: bool = False,
        opened: bool = False,
    ) -> tuple[int, list[Objection]]:
        """The id of the record that was kept, and what should be looked at again.

        One that is `opened` by another is incomplete as long as something the law wants is missing in it.
        """
        row = session.get(ledger.record, one) if one is not None else None
        if row is None:
            origin = self.origins.of_new(ledger, values, imported=imported)
            row = ledger.record(origin=origin.value, incomplete=opened)
            session.add(row)
        elif ledger.happened and getattr(row, ledger.happened) != values.get(ledger.happened):
            row.origin = self.origins.of_changed(ledger, values, row).value
        for field in ledger.fields:
            if field.kept is None:
                setattr(row, field.key, values.get(field.key))
        row.incomplete = bool(row.incomplete) and any(found.level is Level.GAP for found in objections)
        session.flush()
        return row.id, self._keep_elsewhere(session, ledger, row, values)

    def _numbered(self, session: Session, ledger: Ledger, values: Draft) -> Draft:
        """The values with a number of its own for a record that has none yet."""
        blank = [field.key for field in ledger.fields if field.numbered and values.get(field.key) is None]
        return values | {key: next_number(session, ledger, key, values, self.today()) for key in blank}

    def _keep_elsewhere(
        self, session: Session, ledger: Ledger, row: Record, values: Mapping[str, object]
    ) -> list[Objection]:
        """Write the fields that stand in other tables, where they changed; say which of them do not show."""
        kept = [field for field in ledger.fields if field.kept]
        if not kept:
            return []
        before = self.listing.values(session, ledger, [row.id])[row.id]
        changed = [
            field
            for field in kept
            if field.writable and (values.get(field.key) != before[field.key] or _other_items(session, field, row))
        ]
        write_elsewhere(session, row, ((field, values.get(field.key)) for field in changed))
        papers = [field for field in paper_fields(ledger) if field in changed]
        after = self.listing.values(session, ledger, [row.id])[row.id] if papers else {}
        return [_silenced(field, after[field.key]) for field in papers if after[field.key] != values.get(field.key)]

    def _title(self, session: Session, ledger: Ledger, values: Mapping[str, object]) -> str:
        field = ledger.field(ledger.title)
        value = values.get(ledger.title)
        if field.target and isinstance(value, int):
            return self.naming.name(session, field.target, value)
        return field.kind.show(value)

    def _refuse_if_used(self, session: Session, ledger: Ledger, ids: Sequence[int]) -> None:
        used = first_use(session, ledger.record, ids, but=Certificate)
        if used:
            name = self.naming.name(session, ledger.key, used.record)
            raise OfficeError(f"「{name}」在{used.label}里还有 {used.rows} 行在用，不能删除；没有删除任何记录。")


def _other_items(session: Session, field: Field, row: Record) -> bool:
    """Whether a check is now one by other items, though its answers read the same: 全部正常."""
    return isinstance(field.kept, AnswersKept) and field.kept.out_of_step(session, row)


def _silenced(field: Field, shown: object) -> Objection:
    """That the paper which was changed is not the one that is shown now."""
    sentence = f"{field.label}已存；另有一张更晚到期，这里显示的是那一张（{field.kind.show(shown) or '未填'}）"
    return Objection(Level.WARNING, field.key, sentence)
