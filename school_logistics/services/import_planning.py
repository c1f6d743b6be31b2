"""The dry run: every row of a file read, recognised, completed and examined, and nothing changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from school_logistics.errors import Unreadable
from school_logistics.models.checks import Level, Objection
from school_logistics.models.fields import Field, KeptOrderly, Need
from school_logistics.models.guard import Guard
from school_logistics.models.ledger import Ledger
from school_logistics.models.undo import past_acts
from school_logistics.services import sheets
from school_logistics.services.import_lookups import Begun, Dividing, asked_at_once
from school_logistics.services.import_matching import Match, Matching
from school_logistics.services.import_names import NamesInFile
from school_logistics.services.import_plan import CellObjection, Fate, ImportPlan, ImportRow, NewName
from school_logistics.services.import_reading import ReadRow, RowReader
from school_logistics.services.reading.grid import normal
from school_logistics.services.reading.layout import LaidOut, RawRow
from school_logistics.services.rows import Draft, Progress

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from school_logistics.services.desk import Desk
    from school_logistics.services.examining import Referred

_TELL_EVERY = 500


def last_act(session: Session) -> int:
    """The latest act of the trail, by which a plan knows whether the ledgers have changed since."""
    latest = past_acts(session, 1)
    return latest[0].id if latest else 0


class Planning:
    """Works out one plan."""

    def __init__(self, desk: Desk, ledger: Ledger, laid: Sequence[LaidOut], file: str) -> None:
        self.desk, self.ledger, self.laid, self.file = desk, ledger, tuple(laid), file
        beside = {normal(heading) for one in ledger.fields for heading in one.beside}
        self.compared = {one.key: one for one in ledger.fields if one.computed and normal(one.label) not in beside}
        """Computed fields; not the column that belongs to another: it may say 1 where 一年级 is worked out."""
        self.keys = tuple(one.key for one in ledger.fields)
        self.followers = [
            (one.key, *one.follows, ledger.field(one.follows[0]).target) for one in ledger.fields if one.follows
        ]
        self.defaults = [
            (one.key, one.default)
            for one in ledger.fields
            if one.default is not None and not callable(one.default) and not one.follows
            if one.required is not Need.ALWAYS
        ]
        """What a new row on screen starts with may stand in for a column the file lacks, never for what makes it."""
        self.refs = tuple(one.key for one in ledger.refs())
        self.orderly = [(one, one.kept) for one in ledger.fields if isinstance(one.kept, KeptOrderly)]
        self.usual: dict[tuple[object, ...], tuple[object, str]] = {}
        self.given: dict[tuple[object, ...], dict[str, object]] = {}
        self.first_places: dict[tuple[object, ...], RawRow] = {}

    def plan(self, progress: Progress, typed_over: Mapping[str, str]) -> ImportPlan:
        """Read, recognise and examine every row."""
        with self.desk.store.reading() as session:
            return self.plan_in(session, progress, typed_over)

    def plan_in(self, session: Session, progress: Progress, typed_over: Mapping[str, str]) -> ImportPlan:
        """Read, recognise and examine every row as the ledgers stand within a session."""
        as_of = last_act(session)
        names = NamesInFile(self.desk, session, self.ledger)
        self.reader = RowReader(self.ledger, names, self.desk.today)
        self.guard = Guard(session.connection())
        read = [self.reader.read(raw) for sheet in self.laid for raw in sheet.rows]
        for row in read:
            names.tell(row.values)
        for row in read:
            self._orderly(session, row)
        readable = [row.values for row in read if not row.unreadable]
        self.matching = Matching(session, self.desk.listing, self.ledger, readable)
        self.referred = self._referred(session, names, [row.values for row in read])
        begun = [self._begin(row) for row in read]
        looked_up = asked_at_once(self.desk, session, self.ledger, begun)
        self.dividing = Dividing(self.desk, session, self.ledger) if self.ledger.divides else None
        rows = []
        for place, (one, more) in enumerate(zip(begun, looked_up, strict=True)):
            if place % _TELL_EVERY == 0:
                progress.step(place, len(read), "核对")
            rows.append(self._row(place, one, more))
        if self.dividing:
            self.dividing.end()
        return ImportPlan(
            self.ledger, self.file, self.laid, tuple(rows), _needed(rows, names, self.ledger),
            names.names, dict(typed_over), as_of,
        )  # fmt: skip

    def _referred(self, session: Session, names: NamesInFile, rows: list[Draft]) -> Referred:
        """The records that rules ask for, those still to be made included."""
        distinct = {
            tuple(row.get(field.key) for field in self.ledger.refs()): row for row in rows
        }  # a few hundred, where rows are many thousand
        return self.desk.examining.referred(session, self.ledger, distinct.values()) | names.facts_of_new()

    def _orderly(self, session: Session, read: ReadRow) -> None:
        """Bring what is kept in other tables to its one spelling, or object to what cannot be kept there."""
        for one, kept in self.orderly:
            value = read.values.get(one.key)
            if value is None:
                continue
            known = (one.key, value, read.values.get(self.ledger.happened))
            if known not in self.usual:
                try:
                    self.usual[known] = kept.usual(session, read.values, value), ""
                except Unreadable as wrong:
                    self.usual[known] = value, f"{one.label}{wrong}"
            read.values[one.key], sentence = self.usual[known]
            if sentence:
                read.objections.append(Objection(Level.REFUSED, one.key, sentence, one.clause))

    def _begin(self, read: ReadRow) -> Begun:
        """The record that a row means, and the whole row as far as it follows from the file."""
        match = None if read.unreadable else self.matching.match(read.values)
        return Begun(read, match, self._complete(read, match))

    def _row(self, place: int, begun: Begun, more: Mapping[str, object]) -> ImportRow:
        """Decide what becomes of one row; `more` is what other records answer for it."""
        read, match, values = begun
        objections = list(read.objections)
        divided = None
        if self.dividing and begun.asks:
            more = self.dividing.looked_up(values)
        given = {**self._given(values), **more} if more else self._given(values)
        if more and self.ledger.asked_while_typing:
            values = self.ledger.worked_out(values, given)
        again = self._again(read)
        if again:
            objections.append(again)
        if not read.raw.literal:
            objections += self._differences(read, values)
        if match is None or not match.equal:
            wrong = {one.field for one in read.objections if one.level is Level.REFUSED}
            if self.dividing and begun.asks:
                divided = self.dividing.tried(values, given)
            found = divided.objections if divided else self.ledger.examine(values, given)
            objections += [one for one in found if one.field not in wrong]
        if match is None or not match.equal:
            before = {key: match.values[key] for key in self.keys} if match else None
            objections += self.guard.objections(self.ledger, match.id if match else None, before, values)
        told = tuple([self._told(place, read, one) for one in objections]) if objections else ()
        fate = _fate(told, match)
        drafts = divided.drafts if divided and fate is Fate.ADD else ()
        if self.dividing and drafts:
            self.dividing.keep(drafts)
        return ImportRow(read.raw, values, frozenset(read.values), fate, match.id if match else None, told, drafts)

    def _again(self, read: ReadRow) -> Objection | None:
        """Refuse a number that the file has had before."""
        number = self.matching.number_of(read.values)
        if number is None:
            return None
        first = self.first_places.setdefault(number, read.raw)
        if first is read.raw:
            return None
        where = f"第 {first.number} 行" if first.sheet == read.raw.sheet else f"“{first.sheet}”第 {first.number} 行"
        key = self.ledger.number[0]
        one = self.ledger.field(key)
        written = sheets.words_of(read.raw.cells[key][0]) if key in read.raw.cells else one.kind.show(read.values[key])
        return Objection(Level.REFUSED, key, f"{one.label}“{written}”与{where}重复，同一份文件里只能出现一次")

    def _complete(self, read: ReadRow, match: Match | None) -> Draft:
        """The whole record: what the ledger has, what the file gives, and what follows from both."""
        if match and match.equal:
            return {key: match.values[key] for key in self.keys}
        values: Draft = {key: match.values[key] for key in self.keys} if match else dict.fromkeys(self.keys)
        values |= read.values
        if match is None:
            for key, by, theirs, target in self.followers:
                named = values[by]
                if values[key] is None and isinstance(named, int):
                    values[key] = getattr(self.referred.get((target, named)), theirs, None)
            for key, default in self.defaults:
                if values[key] is None and key not in read.raw.columns:
                    values[key] = default
        return self.ledger.worked_out(values, self._given(values))

    def _given(self, values: Draft) -> dict[str, object]:
        """What rules may ask for besides the row; the same for rows that name the same records."""
        named = tuple(values[key] for key in self.refs)
        found = self.given.get(named)
        if found is None:
            found = self.given[named] = self.desk.examining.given(self.ledger, values, self.referred)
        return found

    def _differences(self, read: ReadRow, values: Draft) -> list[Objection]:
        """Figures in the file that are other than those worked out."""
        found = []
        for key, one in self.compared.items():
            if key not in read.raw.cells or sheets.is_nothing(read.raw.cells[key][0]):
                continue
            sentence = self._difference(one, read, values[key])
            if sentence:
                found.append(Objection(Level.WARNING, key, sentence))
        return found

    def _difference(self, one: Field, read: ReadRow, value: object) -> str:
        raw = read.raw.cells[one.key][0]
        on = self.reader.reading(read.raw)
        try:
            if not sheets.differs(one, raw, value, on):
                return ""
            by = sheets.difference(one, raw, value, on)
        except (Unreadable, ArithmeticError, ValueError):
            return f"{one.label}写的“{sheets.words_of(raw)}”读不懂，按其他各列算为 {one.kind.show(value)}"
        return f"{one.label}写的是 {sheets.words_of(raw)}，按其他各列算应为 {one.kind.show(value)}{by}"

    def _told(self, place: int, read: ReadRow, one: Objection) -> CellObjection:
        cell = read.cell(one.field, self.ledger.title)
        return CellObjection(read.raw.sheet, cell, one.sentence, one.level, one.field, place, one.clause)


def _fate(objections: Sequence[CellObjection], match: Match | None) -> Fate:
    if any(one.level is Level.REFUSED for one in objections):
        return Fate.REFUSED
    if match is None:
        return Fate.ADD
    return Fate.SAME if match.equal else Fate.UPDATE


def _needed(rows: Sequence[ImportRow], names: NamesInFile, ledger: Ledger) -> tuple[NewName, ...]:
    """The records to be made because rows that will be kept name them, in the order of the file."""
    keys = [one.key for one in ledger.refs()]
    found: dict[int, NewName] = {}
    for row in rows:
        if row.fate in {Fate.ADD, Fate.UPDATE}:
            for key in keys:
                new = names.new(row.values.get(key))
                if new is not None:
                    found.setdefault(new.id, new)
    return tuple(found.values())
