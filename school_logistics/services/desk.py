"""The one door between screens and store: rows, choices, saving, removing, taking back, history.

Screens and the command line hold plain values; every change goes through here, is examined by its
ledger's own rules and leaves a trail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from school_logistics.errors import OfficeError, Unacceptable, Unreadable
from school_logistics.models import undo
from school_logistics.models.ledger import Field, Ledger, Level, Objection
from school_logistics.models.numbering import next_number
from school_logistics.models.record import Origin, Record, Tables
from school_logistics.rules.calendar import Month
from school_logistics.rules.dates import Reading
from school_logistics.services.examining import Examining
from school_logistics.services.half_typed import HalfTyped
from school_logistics.services.history import History
from school_logistics.services.listing import Listing
from school_logistics.services.naming import Naming
from school_logistics.services.rows import Change, Choice, Draft, Found, Query, Row, Saved

if TYPE_CHECKING:
    from array import array
    from datetime import date, datetime
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from school_logistics.models.store import Store
    from school_logistics.models.undo import PastAct
    from school_logistics.rules.book import RuleBook
    from school_logistics.rules.calendar import SchoolCalendar

_PAST_ACTS = 200
"""How far back an act can be taken back by a key; older ones from the list."""


class Desk:
    """Everything a screen may ask for or do."""

    def __init__(self, store: Store, book: RuleBook, calendar: SchoolCalendar, *, actor: str) -> None:
        """`actor` is whose name stands in the trail."""
        self.store = store
        self.book = book
        self.calendar = calendar
        self.actor = actor
        self.clock: Callable[[], datetime] = store.clock
        self.by_key = {ledger.key: ledger for ledger in store.ledgers}
        self.on_change: list[Callable[[set[str]], None]] = []
        self.listing = Listing(self.by_key, lambda: self.today)
        self.naming = Naming(self.by_key, self.listing)
        self.examining = Examining(self.by_key, self.listing, book, calendar, lambda: self.today)
        self._history = History(self.by_key, self.naming)
        self._half_typed = HalfTyped(self.clock)
        self._records = {mapper.class_.__tablename__: mapper.class_ for mapper in Tables.registry.mappers}

    @property
    def today(self) -> date:
        """The day by the clock that was handed down."""
        return self.clock().date()

    def ledgers(self) -> tuple[Ledger, ...]:
        """Every ledger in screen order."""
        return self.store.ledgers

    def ledger(self, key: str) -> Ledger:
        """The ledger of that key; raises OfficeError naming those there are."""
        if key not in self.by_key:
            msg = f"没有叫「{key}」的台账；有：{'、'.join(self.by_key)}"
            raise OfficeError(msg)
        return self.by_key[key]

    # --- reading -----------------------------------------------------------------------------------

    def count(self, ledger: Ledger, query: Query) -> int:
        """How many rows a query has."""
        with self.store.reading() as session:
            return self.listing.count(session, ledger, query)

    def ids(self, ledger: Ledger, query: Query) -> array[int]:
        """The ids of all its rows, in order."""
        with self.store.reading() as session:
            return self.listing.ids(session, ledger, query)

    def first_page(self, ledger: Ledger, query: Query, size: int = 100) -> list[Row]:
        """The first rows at once, before the rest is counted."""
        with self.store.reading() as session:
            return self._rows(session, ledger, self.listing.ids(session, ledger, query, size))

    def rows(self, ledger: Ledger, ids: Sequence[int]) -> list[Row]:
        """Some rows by id, ready to be shown, in the order asked for."""
        with self.store.reading() as session:
            return self._rows(session, ledger, ids)

    def totals(self, ledger: Ledger, query: Query) -> dict[str, Decimal | int]:
        """The sums of the columns that add up."""
        with self.store.reading() as session:
            return self.listing.totals(session, ledger, query)

    def counts(self, month: Month | None = None) -> dict[str, int]:
        """How many rows each ledger has: this month's, or all of a file."""
        month = month or Month.of(self.today)
        with self.store.reading() as session:
            return {
                ledger.key: self.listing.count(session, ledger, Query(month if ledger.happened else None))
                for ledger in self.ledgers()
            }

    def search_all(self, words: str, limit: int = 20) -> list[Found]:
        """Records of any ledger that contain these words."""
        found: list[Found] = []
        with self.store.reading() as session:
            for ledger in self.ledgers():
                ids = self.listing.ids(session, ledger, Query(text=words), limit)
                found += [self._found(ledger, row) for row in self._rows(session, ledger, ids)]
        return found[:limit]

    # --- one record --------------------------------------------------------------------------------

    def draft(self, ledger: Ledger, one: int) -> Draft:
        """A record as values that can be changed and saved again."""
        with self.store.reading() as session:
            values = self.listing.values(session, ledger, [one])
        if one not in values:
            msg = f"{ledger.label}里没有第 {one} 号记录，可能已经删除。"
            raise OfficeError(msg)
        return {field.key: values[one][field.key] for field in ledger.fields}

    def blank(self, ledger: Ledger, like: Draft | None = None) -> Draft:
        """A new record: defaults, and what is taken over from the one before."""
        draft: Draft = {field.key: field.first_value(self.today) for field in ledger.fields}
        if like is not None:
            draft |= {field.key: like.get(field.key) for field in ledger.fields if field.carry}
        return draft

    def read(self, ledger: Ledger, key: str, typed: object) -> object:
        """The value of what was typed into a field; a name becomes the record it means.

        Raises Unreadable with a sentence.
        """
        field = ledger.field(key)
        if isinstance(typed, str):
            typed = field.tidy(typed) if field.tidy and typed.strip() else typed
            if field.kind.name == "ref":
                return self._referred(field, typed.strip())
        return field.kind.read(typed, Reading(self.today))

    def show(self, ledger: Ledger, key: str, value: object) -> str:
        """The text of a value; a reference is told by its name."""
        field = ledger.field(key)
        if field.kind.name == "ref" and isinstance(value, int):
            with self.store.reading() as session:
                return self.naming.name(session, field.target, value)
        return field.kind.show(value)

    def complete(self, ledger: Ledger, draft: Mapping[str, object]) -> Draft:
        """The record with everything filled in that follows from what is there."""
        with self.store.reading() as session:
            return self.examining.complete(session, ledger, draft)

    def examine(self, ledger: Ledger, draft: Mapping[str, object], one: int | None = None) -> tuple[Objection, ...]:
        """Everything there is against saving a record, all fields at once."""
        with self.store.reading() as session:
            return self.examining.examine(session, ledger, draft, one)

    def choices(self, ledger: Ledger, key: str, typed: str, limit: int = 8) -> list[Choice]:
        """What a chooser offers."""
        with self.store.reading() as session:
            return self.naming.choices(session, ledger, ledger.field(key), typed, limit)

    def history(self, ledger: Ledger, one: int) -> list[Change]:
        """What happened to a record, newest first."""
        with self.store.reading() as session:
            return self._history.of(session, ledger, one)

    # --- changing ----------------------------------------------------------------------------------

    def save(self, ledger: Ledger, draft: Mapping[str, object], one: int | None = None) -> Saved:
        """Keep a record.

        Raises Unacceptable with all objections at once; what the law wants counts against a new
        record, and against an old one only when this change makes it worse.
        """
        return self.save_many(ledger, [(one, draft)])[0]

    def save_many(
        self, ledger: Ledger, drafts: Sequence[tuple[int | None, Mapping[str, object]]], title: str = ""
    ) -> list[Saved]:
        """Keep several records as one act: all or none."""
        with self.store.reading() as session:
            examined = [self._examined(session, ledger, draft, one) for one, draft in drafts]
            title = title or self._title(session, ledger, drafts[0][0], examined[0][0])
        with self.store.unit_of_work(title, self.actor) as session:
            ids = [
                self._keep(session, ledger, values, one, objections)
                for (values, objections), (one, _) in zip(examined, drafts, strict=True)
            ]
            touched: set[str] = session.info.get("touched", set())
        self._tell(touched)
        return [Saved(one, objections, f"已存：{title}") for one, (_, objections) in zip(ids, examined, strict=True)]

    def remove(self, ledger: Ledger, ids: Iterable[int]) -> str:
        """Delete records as one act; the sentence says what went.

        Raises OfficeError, naming what still refers to a record.
        """
        ids = list(ids)
        with self.store.reading() as session:
            name = self._title_of(session, ledger, self.listing.values(session, ledger, ids[:1]).get(ids[0], {}))
            self._refuse_if_needed(session, ledger, ids)
        what = f"删除 {ledger.label}：{name}" + (f" 等 {len(ids)} 条" if len(ids) > 1 else "")
        with self.store.unit_of_work(what, self.actor) as session:
            for one in ids:
                row = session.get(ledger.record, one)
                if row is not None:
                    for kept in {type(field.kept): field.kept for field in ledger.fields if field.kept}.values():
                        kept.forget(session, row)
                    session.delete(row)
                    session.flush()
            touched: set[str] = session.info.get("touched", set())
        self._tell(touched)
        return f"已删除 {len(ids)} 条：{name}" + ("等" if len(ids) > 1 else "")

    def with_hazard(self, session: Session, ledger: Ledger, values: Mapping[str, object]) -> Draft:
        """The values of a record with the hazard that its abnormal result opens, kept in the same act."""
        opens = ledger.opens_hazard
        if opens is None or values.get(opens.names) is not None:
            return dict(values)
        referred = self.examining.referred(session, ledger, [values])
        given = self.examining.given(ledger, values, referred)
        told = opens.values(ledger.facts(values), **{name: given.get(name) for name in opens.given})
        if told is None:
            return dict(values)
        hazards = self.by_key[ledger.field(opens.names).target]
        hazard = self.examining.complete(session, hazards, self.blank(hazards) | told)
        return {**values, opens.names: self._keep(session, hazards, hazard, None, ())}

    # --- taking back -------------------------------------------------------------------------------

    def acts(self, limit: int = 50) -> list[PastAct]:
        """What was done lately, newest first."""
        with self.store.reading() as session:
            return undo.past_acts(session, limit)

    def undoable(self) -> str:
        """The title of what undo would take back; "" for nothing."""
        act = undo.next_to_undo(self.acts(_PAST_ACTS))
        return act.title if act else ""

    def redoable(self) -> str:
        """The title of what redo would do again; "" for nothing."""
        act = undo.next_to_redo(self.acts(_PAST_ACTS))
        return act.title.removeprefix("撤销：") if act else ""

    def undo(self) -> str:
        """Take back the latest act; the sentence says which."""
        act = undo.next_to_undo(self.acts(_PAST_ACTS))
        if act is None:
            msg = "没有可撤销的操作。"
            raise OfficeError(msg)
        return self.undo_act(act)

    def redo(self) -> str:
        """Do again what was taken back last."""
        act = undo.next_to_redo(self.acts(_PAST_ACTS))
        if act is None:
            msg = "没有可重做的操作。"
            raise OfficeError(msg)
        title = act.title.removeprefix("撤销：")
        self._tell(undo.take_back(self.store, act, self.actor, self._records, f"重做：{title}"))
        return f"已重做：{title}"

    def undo_act(self, act: PastAct) -> str:
        """Take back one act of the list, whatever was done since to other records."""
        self._tell(undo.take_back(self.store, act, self.actor, self._records, f"撤销：{act.title}"))
        return f"已撤销：{act.title}"

    # --- half-typed rows ---------------------------------------------------------------------------

    def keep_draft(self, ledger: Ledger, draft: Mapping[str, object]) -> None:
        """Keep a half-typed row, so that nothing is lost when the PC dies."""
        with self.store.engine.begin() as connection:
            self._half_typed.keep(connection, ledger, draft)

    def kept_draft(self, ledger: Ledger) -> Draft | None:
        """The row that was being typed, if any."""
        with self.store.engine.connect() as connection:
            return self._half_typed.kept(connection, ledger)

    def drop_draft(self, ledger: Ledger) -> None:
        """Forget it: it was saved or given up."""
        with self.store.engine.begin() as connection:
            self._half_typed.drop(connection, ledger)

    def tell(self, touched: set[str]) -> None:
        """Let every screen know that these ledgers changed, as after an import."""
        self._tell(touched)

    # --- within ------------------------------------------------------------------------------------

    def _rows(self, session: Session, ledger: Ledger, ids: Sequence[int]) -> list[Row]:
        values = self.listing.values(session, ledger, ids)
        marks = self.examining.marks(session, ledger, values)
        return [_row(ledger, values[one], marks[one]) for one in ids if one in values]

    def _found(self, ledger: Ledger, row: Row) -> Found:
        places = {field.key: place for place, field in enumerate(ledger.fields)}
        told = [row.texts[place] for field, place in zip(ledger.fields, places.values(), strict=True) if field.in_table]
        detail = " · ".join(one for one in told[:4] if one and one != row.texts[places[ledger.title]])
        return Found(ledger.key, row.id, row.texts[places[ledger.title]], detail)

    def _referred(self, field: Field, typed: str) -> int | None:
        if not typed:
            return None
        with self.store.reading() as session:
            found = self.naming.find(session, field.target, typed)
        if found is None:
            msg = f"「{typed}」还没有登记在{self.by_key[field.target].label}里；按 Alt+N 新建"
            raise Unreadable(msg)
        return found

    def _examined(
        self, session: Session, ledger: Ledger, draft: Mapping[str, object], one: int | None
    ) -> tuple[Draft, tuple[Objection, ...]]:
        values = self.examining.complete(session, ledger, draft)
        objections = self.examining.examine(session, ledger, values, one)
        known: set[tuple[str, str]] = set()
        if one is not None:
            before = self.listing.values(session, ledger, [one]).get(one, {})
            known = {(old.field, old.sentence) for old in self.examining.examine(session, ledger, before, one)}
        against = [
            found
            for found in objections
            if found.level is Level.REFUSED or (found.level is Level.GAP and (found.field, found.sentence) not in known)
        ]
        if against:
            raise Unacceptable(against)
        return values, objections

    def _keep(
        self, session: Session, ledger: Ledger, values: Mapping[str, object], one: int | None,
        objections: Sequence[Objection],
    ) -> int:  # fmt: skip
        values = self._numbered(session, ledger, self.with_hazard(session, ledger, values))
        row = session.get(ledger.record, one) if one is not None else None
        if row is None:
            row = ledger.record(origin=self._origin(ledger, values))
            session.add(row)
        for field in ledger.fields:
            if field.kept is None:
                setattr(row, field.key, values.get(field.key))
        row.incomplete = bool(row.incomplete) and any(found.level is Level.GAP for found in objections)
        session.flush()
        self._keep_elsewhere(session, ledger, row, values)
        return row.id

    def _numbered(self, session: Session, ledger: Ledger, values: Draft) -> Draft:
        """The values with a number of its own for a record that has none yet."""
        blank = [field.key for field in ledger.fields if field.numbered and values.get(field.key) is None]
        return values | {key: next_number(session, ledger, key, values, self.today) for key in blank}

    def _keep_elsewhere(self, session: Session, ledger: Ledger, row: Record, values: Mapping[str, object]) -> None:
        """Write the fields that stand in other tables, where they changed."""
        kept = [field for field in ledger.fields if field.kept]
        if not kept:
            return
        before = self.listing.values(session, ledger, [row.id])[row.id]
        for field in kept:
            value = values.get(field.key)
            if field.kept and value != before[field.key]:
                field.kept.write(session, row, value)

    def _origin(self, ledger: Ledger, values: Mapping[str, object]) -> str:
        """补录 for what happened longer ago than the rule book allows."""
        if not ledger.happened:
            return Origin.TYPED.value
        happened = values.get(ledger.happened)
        day = happened.date() if hasattr(happened, "date") else happened
        allowed = int(str(self.book.value("late_entry.days", on=self.today)))
        late = day is not None and (self.today - day).days > allowed  # type: ignore[operator]  # a day or moment field
        return Origin.LATE.value if late else Origin.TYPED.value

    def _title(self, session: Session, ledger: Ledger, one: int | None, values: Mapping[str, object]) -> str:
        return f"{'修改' if one is not None else '新增'} {ledger.label}：{self._title_of(session, ledger, values)}"

    def _title_of(self, session: Session, ledger: Ledger, values: Mapping[str, object]) -> str:
        field = ledger.field(ledger.title)
        value = values.get(ledger.title)
        if field.kind.name == "ref" and isinstance(value, int):
            return self.naming.name(session, field.target, value)
        return field.kind.show(value)

    def _refuse_if_needed(self, session: Session, ledger: Ledger, ids: list[int]) -> None:
        """A record that another one names cannot go."""
        for other in self.ledgers():
            for field in other.refs():
                if field.target != ledger.key or other.key == "certificate":
                    continue
                column = getattr(other.record, field.key)
                used = session.execute(
                    select(column, func.count()).where(column.in_(ids)).group_by(column).limit(1)
                ).first()
                if used:
                    name = self.naming.name(session, ledger.key, used[0])
                    msg = f"「{name}」在{other.label}里还有 {used[1]} 行在用，不能删除；没有删除任何记录。"
                    raise OfficeError(msg)

    def _tell(self, touched: set[str]) -> None:
        for listener in list(self.on_change):
            listener(touched)


def _row(ledger: Ledger, values: Mapping[str, object], marks: dict[str, Objection]) -> Row:
    texts = tuple(
        str(values[f"{field.key}.name"] or "") if field.kind.name == "ref" else field.kind.show(values[field.key])
        for field in ledger.fields
    )
    tag = "待补资料" if values["incomplete"] else str(values["origin"] or "")
    one = values["id"]
    assert isinstance(one, int)  # noqa: S101 - the primary key
    return Row(one, texts, tuple(values[field.key] for field in ledger.fields), marks, tag)
