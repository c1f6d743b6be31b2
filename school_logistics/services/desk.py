"""The one door between screens and store: rows, choices, saving, removing, taking back, history.

Screens and the command line hold plain values; every change goes through here, is examined by its
ledger's own rules and leaves a trail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from school_logistics.errors import OfficeError, Unreadable
from school_logistics.models import undo
from school_logistics.models.audit import first_broken_entry
from school_logistics.models.checks import Objection
from school_logistics.models.fields import Field
from school_logistics.models.ledger import Ledger
from school_logistics.models.month_close import LOCKED, closed_months
from school_logistics.models.record import Origin, Tables
from school_logistics.rules.calendar import Month
from school_logistics.rules.dates import Reading
from school_logistics.services.basis import with_basis
from school_logistics.services.examining import Examining
from school_logistics.services.half_typed import HalfTyped
from school_logistics.services.history import History
from school_logistics.services.listing import Listing
from school_logistics.services.naming import Naming
from school_logistics.services.rows import Change, Choice, Draft, Query, Row, Saved
from school_logistics.services.rulings import RULE_CHANGES, book_of
from school_logistics.services.saving import Saving

if TYPE_CHECKING:
    from array import array
    from datetime import date, datetime
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from school_logistics.models.store import Store
    from school_logistics.models.undo import PastAct
    from school_logistics.rules.book import RuleBook
    from school_logistics.rules.calendar import SchoolCalendar
    from school_logistics.services.examining import Referred


class Desk:
    """Everything a screen may ask for or do."""

    def __init__(self, store: Store, book: RuleBook, calendar: SchoolCalendar, *, actor: str) -> None:
        """`actor` is whose name stands in the trail."""
        self.store = store
        self.book = self.shipped = book
        """The rule book as this school has it, and as it came with the program."""
        self.calendar = calendar
        self.actor = actor
        self.clock: Callable[[], datetime] = store.clock
        self.by_key = {ledger.key: ledger for ledger in store.ledgers}
        self.on_change: list[Callable[[set[str]], None]] = []
        self.listing = Listing(self.by_key, lambda: self.today)
        self.naming = Naming(self.by_key, self.listing)
        self.examining = Examining(self.by_key, self.listing, book, calendar, lambda: self.today)
        self.saving = Saving(self.by_key, self.listing, self.naming, self.examining, lambda: self.today)
        self._closed: frozenset[str] | None = None
        self._history = History(self.by_key, self.naming)
        self._half_typed = HalfTyped(self.clock)
        self._records = {mapper.class_.__tablename__: mapper.class_ for mapper in Tables.registry.mappers}
        self._lay_rules()

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
        known = self.examining.remembered
        with self.store.reading() as session:
            return self._rows(session, ledger, self.listing.ids(session, ledger, query, size), known)

    def rows(self, ledger: Ledger, ids: Sequence[int]) -> list[Row]:
        """Some rows by id, ready to be shown, in the order asked for."""
        known = self.examining.remembered
        with self.store.reading() as session:
            return self._rows(session, ledger, ids, known)

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

    def closed_months(self) -> frozenset[Month]:
        """The months that are closed: their records are not changed any more."""
        if self._closed is None:
            with self.store.reading() as session:
                self._closed = closed_months(session.connection())
        return frozenset(map(Month.parse, self._closed))

    # --- one record --------------------------------------------------------------------------------

    def draft(self, ledger: Ledger, one: int) -> Draft:
        """A record as values that can be changed and saved again, with what they were based on."""
        with self.store.reading() as session:
            values = self.listing.values(session, ledger, [one])
        if one not in values:
            msg = f"{ledger.label}里没有第 {one} 号记录，可能已经删除。"
            raise OfficeError(msg)
        return with_basis({field.key: values[one][field.key] for field in ledger.fields})

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

    def complete(self, ledger: Ledger, draft: Mapping[str, object], was: Mapping[str, object] | None = None) -> Draft:
        """The record with everything filled in that follows from what is there; `was` is how it stood before."""
        with self.store.reading() as session:
            return self.examining.complete(session, ledger, draft, was=was)

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
        return self.save_together([(ledger, one, draft) for one, draft in drafts], title)

    def save_together(
        self, drafts: Sequence[tuple[Ledger, int | None, Mapping[str, object]]], title: str = ""
    ) -> list[Saved]:
        """Keep records of several ledgers as one act, in this order: all or none."""
        with self.store.unit_of_work(title, self.actor) as session:
            saved = [self.saving.save(session, ledger, draft, one) for ledger, one, draft in drafts]
            touched: set[str] = session.info.get("touched", set())
        self.tell(touched)
        return saved

    def remove(self, ledger: Ledger, ids: Iterable[int]) -> str:
        """Delete records as one act; the sentence says what went.

        Raises OfficeError, naming what still refers to a record.
        """
        ids = list(ids)
        with self.store.unit_of_work("", self.actor) as session:
            sentence = self.saving.remove(session, ledger, ids)
            touched: set[str] = session.info.get("touched", set())
        self.tell(touched)
        return sentence

    # --- taking back -------------------------------------------------------------------------------

    def acts(self, limit: int = 50) -> list[PastAct]:
        """What was done lately, newest first."""
        with self.store.reading() as session:
            return undo.past_acts(session, limit)

    def undoable(self) -> str:
        """The title of what undo would take back; "" for nothing."""
        act = self._next(undo.next_to_undo)
        return act.title if act else ""

    def redoable(self) -> str:
        """The title of what redo would do again; "" for nothing."""
        act = self._next(undo.next_to_redo)
        return act.title.removeprefix("撤销：") if act else ""

    def undo(self) -> str:
        """Take back the latest act; the sentence says which."""
        act = self._next(undo.next_to_undo)
        if act is None:
            msg = "没有可撤销的操作。"
            raise OfficeError(msg)
        return self.undo_act(act)

    def redo(self) -> str:
        """Do again what was taken back last."""
        act = self._next(undo.next_to_redo)
        if act is None:
            msg = "没有可重做的操作。"
            raise OfficeError(msg)
        title = act.title.removeprefix("撤销：")
        self.tell(undo.take_back(self.store, act, self.actor, self._records, f"重做：{title}"))
        return f"已重做：{title}"

    def undo_act(self, act: PastAct) -> str:
        """Take back one act of the list, whatever was done since to other records."""
        self.tell(undo.take_back(self.store, act, self.actor, self._records, f"撤销：{act.title}"))
        return f"已撤销：{act.title}"

    def _next(self, find: Callable[[Session], PastAct | None]) -> PastAct | None:
        with self.store.reading() as session:
            return find(session)

    def trail_is_whole(self) -> bool:
        """Whether nobody changed the trail by hand; it is followed from its start, which takes its time."""
        with self.store.reading() as session:
            return first_broken_entry(session.connection()) is None

    # --- half-typed rows ---------------------------------------------------------------------------

    def keep_draft(self, ledger: Ledger, draft: Mapping[str, object]) -> None:
        """Keep a half-typed row, so that nothing is lost when the PC dies."""
        with self.store.beside_the_trail() as connection:
            self._half_typed.keep(connection, ledger, draft)

    def kept_draft(self, ledger: Ledger) -> Draft | None:
        """The row that was being typed, if any."""
        with self.store.reading() as session:
            return self._half_typed.kept(session.connection(), ledger)

    def drop_draft(self, ledger: Ledger) -> None:
        """Forget it: it was saved or given up."""
        with self.store.beside_the_trail() as connection:
            self._half_typed.drop(connection, ledger)

    def tell(self, touched: set[str]) -> None:
        """Let every screen know that these ledgers changed; a changed rule holds from here on."""
        if RULE_CHANGES in touched:
            self._lay_rules()
        self.examining.forget()
        self.naming.forget()
        self._closed = None
        for listener in list(self.on_change):
            listener(touched)

    def under(self, book: RuleBook) -> Desk:
        """The same office as it would be under another rule book; nothing is changed by asking it."""
        other = Desk(self.store, self.shipped, self.calendar, actor=self.actor)
        other.book = other.examining.book = book
        return other

    # --- within ------------------------------------------------------------------------------------

    def _lay_rules(self) -> None:
        """Lay this school's changes over the shipped rule book."""
        with self.store.reading() as session:
            self.book = self.examining.book = book_of(session, self.listing, self.shipped)

    def _rows(self, session: Session, ledger: Ledger, ids: Sequence[int], known: Referred | None = None) -> list[Row]:
        values = self.listing.values(session, ledger, ids)
        marks = self.examining.marks(session, ledger, values, known)
        if self._closed is None:
            self._closed = closed_months(session.connection())
        return [_row(ledger, values[one], marks[one], self._closed) for one in ids if one in values]

    def _referred(self, field: Field, typed: str) -> int | None:
        if not typed:
            return None
        with self.store.reading() as session:
            found = self.naming.find(session, field.target, typed)
        if found is None:
            msg = f"「{typed}」还没有登记在{self.by_key[field.target].label}里；按 Alt+N 新建"
            raise Unreadable(msg)
        return found


def _row(
    ledger: Ledger, values: Mapping[str, object], marks: dict[str, Objection], closed: frozenset[str] = frozenset()
) -> Row:
    texts = tuple(
        str(values[f"{field.key}.name"] or "") if field.kind.name == "ref" else field.kind.show(values[field.key])
        for field in ledger.fields
    )
    tag = "待补资料" if values["incomplete"] else Origin(str(values["origin"] or "")).told
    day = ledger.day_of(values) if closed else None
    if day is not None and Month.of(day).iso <= max(closed):
        tag = f"{tag} · {LOCKED}" if tag else LOCKED
    one = values["id"]
    assert isinstance(one, int)  # noqa: S101 - the primary key
    return Row(one, texts, tuple(values[field.key] for field in ledger.fields), marks, tag)
