"""What a ledger is: its fields, checks and reminders, declared once and asked by everybody.

A ledger is a mapped class with `@ledger(...)` above it; the words that declare its columns stand in
`words.py`. Table, form, workbook, search, audit, reminders and paper all ask the `Ledger` found here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import IntEnum, StrEnum
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar, runtime_checkable

from school_logistics.rules.kinds import AnyKind, Ref
from school_logistics.rules.weeks import TO_THE_MIDDLE

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection
    from sqlalchemy.orm import Session

    from school_logistics.models.duties import Duty
    from school_logistics.models.record import Record
    from school_logistics.rules.book import RuleBook

Values: TypeAlias = dict[str, object]
"""One record as plain values by field key."""

Image: TypeAlias = Mapping[str, object]
"""One record as it is told of: plain values as in the trail, or values."""

Facts: TypeAlias = SimpleNamespace
"""One record as a rule sees it: every field of its ledger is an attribute, None where blank."""


class Tab(StrEnum):
    """The tabs that hold ledgers, in screen order."""

    CANTEEN = "食堂"
    DORMITORY = "公寓"
    FIRE = "消防"
    TRANSPORT = "校车"
    ORDERS = "奶服征订"
    WATER_SAFETY = "安全饮水"
    OFFICE = "保险综合"


class Section(StrEnum):
    """The headings in a tab's list of ledgers."""

    GOODS = "进货库存"
    DAILY = "日常登记"
    CHECKS = "检查"
    MEALS = "食谱经费"
    FILES = "档案"


class Need(IntEnum):
    """How badly a field is wanted."""

    NO = 0
    BY_LAW = 1
    """Refused on screen; in an import a gap: taken, and counted as missing."""
    ALWAYS = 2
    """Without it there is no record."""


class Level(IntEnum):
    """How grave an objection is."""

    WARNING = 1
    """Look again; may be saved."""
    GAP = 2
    """The law wants it: refused on screen, a gap in an import."""
    REFUSED = 3
    """Unreadable or impossible."""


@dataclass(frozen=True)
class Objection:
    """What is wrong with one field, as a sentence, with the clause that says so."""

    level: Level
    field: str
    sentence: str
    clause: str = ""

    def __str__(self) -> str:
        """The sentence."""
        return self.sentence


class Kept(Protocol):
    """A field whose value stands in another table (a certificate, the answers to a checklist)."""

    @property
    def writes(self) -> bool:
        """Whether a person may fill it in here; else it is only shown."""

    @property
    def place(self) -> object:
        """Where it stands: what stands in one place is written together."""

    def expression(self, record: type[Record]) -> ColumnElement[Any]:
        """The value as SQL, so that it can be shown, sorted and filtered like any column."""

    def write(self, session: Session, row: Record, values: Mapping[Any, object]) -> None:
        """Keep new values for a record: its own, and those that stand in the same place."""

    def forget(self, session: Session, row: Record) -> None:
        """Remove what is kept for a record that goes."""


@runtime_checkable
class KeptOrderly(Kept, Protocol):
    """A field kept in another table that has one spelling for one thing, and may refuse what is not known there."""

    def usual(self, session: Session, values: Mapping[str, object], value: object) -> object:
        """The value of a record as it would come back once kept.

        Raises Unreadable, with a sentence that follows the field's label, when it cannot be kept.
        """


@dataclass(frozen=True)
class Field:
    """One column of a ledger: what it means and how it is written, shown and asked for."""

    label: str
    kind: AnyKind
    key: str = ""
    required: Need = Need.NO
    unit: str = ""
    hint: str = ""
    clause: str = ""
    synonyms: tuple[str, ...] = ()
    """Other headings under which workbooks keep it."""
    default: object = None
    """A value, or a function of today, for a new record."""
    computed: Callable[..., object] | None = None
    """Works the value out from the record; never typed."""
    usually: Callable[..., object] | None = None
    """Works out what a blank usually holds, such as a deadline; a person may write something else."""
    given: tuple[str, ...] = ()
    """What else `computed` or `usually` is handed: "book", "today", or a reference field's key for its record."""
    at_the_time: bool = False
    """Of a computed field: it tells how the record it is taken from was then, and stays when that one changes."""
    signs: bool = False
    """Whether a name written here is a signature: 审核人, 监督人."""
    numbered: str = ""
    """A number of its own for each new record while blank, such as "YH-{year}-": see `numbering.py`."""
    follows: tuple[str, str] | None = None
    """(reference field, field of its target): taken from there while blank."""
    last_by: str = ""
    """A reference field: while blank, taken from the latest record that names the same target."""
    tidy: Callable[[str], str] | None = None
    """Puts what was typed into its usual spelling before it is read."""
    fault: Callable[[str], str] | None = None
    """Says what is wrong with a value read, or nothing."""
    fault_level: Level = Level.REFUSED
    split: Callable[[str], Mapping[str, str]] | None = None
    """For a cell of a workbook that holds several fields in one: its parts by field key."""
    beside: tuple[str, ...] = ()
    """Headings of columns whose cell belongs before this one: 年级 beside 班级, 楼栋 beside 房间号."""
    in_title: Callable[[str], str] | None = None
    """Finds in a workbook's title line, sheet name or file name what holds for all its rows, such as the term."""
    kept: Kept | None = None
    totals: bool = False
    chars: int = 8
    section: str = ""
    group: str = ""
    carry: bool = False
    personal: bool = False
    in_table: bool = True
    searched: bool = True
    """Of a reference: whether the record is found by the name of what it refers to."""

    @property
    def writable(self) -> bool:
        """Whether a person can fill it in."""
        return self.computed is None and (self.kept is None or self.kept.writes)

    @property
    def target(self) -> str:
        """The key of the ledger a reference names; "" for other kinds."""
        return self.kind.target if isinstance(self.kind, Ref) else ""

    def first_value(self, today: date) -> object:
        """What a new record starts with."""
        return self.default(today) if callable(self.default) else self.default


def write_elsewhere(session: Session, row: Record, changed: Iterable[tuple[Field, object]]) -> None:
    """Write the changed fields of a record that stand in other tables, place by place."""
    places: dict[object, dict[Kept, object]] = {}
    for one, value in changed:
        if one.kept:
            places.setdefault(one.kept.place, {})[one.kept] = value
    for together in places.values():
        next(iter(together)).write(session, row, together)


@dataclass(frozen=True)
class Check:
    """A rule over a whole record. The rule answers True or "" when all is well, else False or a sentence."""

    rule: Callable[..., bool | str]
    blame: str
    otherwise: str = ""
    level: Level = Level.REFUSED
    given: tuple[str, ...] = ()
    clause: str = ""

    def objection(self, facts: Facts, given: Mapping[str, object]) -> Objection | None:
        """What this check has against a record."""
        told = {name: given.get(name) for name in self.given} if self.given else _NOTHING_GIVEN
        verdict = self.rule(facts, **told)
        if verdict is True or verdict == "":
            return None
        return Objection(self.level, self.blame, verdict if isinstance(verdict, str) else self.otherwise, self.clause)


_NOTHING_GIVEN: dict[str, object] = {}


class Deadline(StrEnum):
    """What a missed deadline stops, worst first: a bus on the road, a person at work, then things and goods."""

    NO_SERVICE = "停运"
    NO_WORK = "停岗"
    NO_USE = "停用"
    NO_SUPPLY = "停供"
    LATE = "逾期"


Told: TypeAlias = "str | Callable[..., str]"
"""Words, or a function that finds them for a record: it is handed the facts and what the reminder asks for."""


@dataclass(frozen=True)
class Reminder:
    """A day by which something about a record must be done."""

    what: Told
    due: Callable[..., date | None]
    stops: Told = Deadline.LATE
    """What a missed day stops; see Deadline."""
    why: Told = ""
    clause: Told = ""
    warn_days: tuple[int, ...] | Callable[..., tuple[int, ...]] = (30, 7)
    """From how many days before it is spoken of."""
    warn: str = ""
    """The entry of the rule book with the days of warning; before `warn_days`."""
    given: tuple[str, ...] = ()
    latest_of: tuple[str, ...] = ()
    """Of the records alike in these fields only the one due last counts: a renewed paper silences the old one."""
    bound: str = ""
    """The column that `due` answers, if anything: what lies further ahead in it need not be read."""
    furthest: Callable[..., int] | None = None
    """Where `warn_days` is worked out for each record: the most days it can be, of the rule book and today."""
    by_rule: Callable[..., date | None] | None = None
    """Where the day stands on a paper: what the rules would make of it, to be told beside it."""

    def told(self, words: Told, facts: Facts, given: Mapping[str, object]) -> str:
        """The words for one record."""
        return words(facts, **{name: given.get(name) for name in self.given}) if callable(words) else str(words)

    def due_on(self, facts: Facts, given: Mapping[str, object]) -> date | None:
        """The day for one record, or None."""
        return self.due(facts, **{name: given.get(name) for name in self.given})

    def steps(self, facts: Facts, given: Mapping[str, Any]) -> tuple[int, ...]:
        """How many days ahead it is spoken of, step by step: 60, 30, 7."""
        if self.warn:
            return tuple(given["book"].wholes(self.warn, given["today"]))
        days = self.warn_days
        return days(facts, **{name: given.get(name) for name in self.given}) if callable(days) else days

    def most_ahead(self, book: RuleBook, today: date) -> int | None:
        """How many days ahead any record is spoken of at most; None where nobody knows."""
        if self.warn:
            return max(book.wholes(self.warn, today))
        if callable(self.warn_days):
            return self.furthest(book, today) if self.furthest else None
        return max(self.warn_days)


@dataclass(frozen=True)
class OpensHazard:
    """What is abnormal in a record becomes a row of the hazard ledger, in the same act.

    `values` answers the hazard's values by field key, or None while nothing is abnormal. A record whose field
    `names` already holds a hazard opens none; a hazard once opened is closed in its own ledger. Where the field
    `on_the_spot` says what was put right at once, none is opened either. The field `note` must say what was abnormal.
    """

    names: str
    values: Callable[..., Values | None]
    given: tuple[str, ...] = ()
    note: str = ""
    on_the_spot: str = ""

    def __post_init__(self) -> None:
        """Refuse one field for both: an abnormal record would then never open a hazard, as `note` must be filled."""
        if self.note and self.note == self.on_the_spot:
            msg = f"{self.note}: what was abnormal and what was put right at once are two fields"
            raise ValueError(msg)

    def told(self, facts: Facts, given: Mapping[str, object]) -> Values | None:
        """The hazard's values for one record, or None while nothing is abnormal."""
        return self.values(facts, **{name: given.get(name) for name in self.given})

    def wanting(self, facts: Facts, given: Mapping[str, object]) -> Objection | None:
        """That an abnormal record does not say what was abnormal."""
        if not self.note or getattr(facts, self.note) or self.told(facts, given) is None:
            return None
        return Objection(Level.GAP, self.note, "有异常，要写明是什么情况")


@dataclass(frozen=True)
class Lookup:
    """What checks of a record ask of other records, such as the stock left of an ingredient.

    `find` answers for many records at once, in their order, so that a page costs one query and not one a row. A record
    that stands in the file already has its `id` among its values. Checks name a lookup in their `given`; where nobody
    looked (a page of a table being scrolled), those checks are left out.
    """

    name: str
    find: Callable[[Session, Sequence[Values]], Sequence[object]]


@dataclass(frozen=True)
class Divides:
    """What is typed as one new record may be kept as several: an issue that one batch cannot cover.

    `shares` answers what is different in each of them; one share completes the record, none leaves it as it is.
    """

    shares: Callable[..., Sequence[Values]]
    given: tuple[str, ...] = ()
    told: str = ""
    """Said when it came to several; {} is how many."""
    field: str = ""
    """The field in which a share says what it is taken from. A row of an import that names nothing there and gets no
    share is left out."""


@dataclass(frozen=True)
class Named:
    """How records of a ledger are called where others name them, if not by their title; and which may be named now.

    `title` answers SQL over the columns of its table; `offered` the ids to choose from, each with what is told beside
    it: of very many records only a few are in question.
    """

    title: Callable[[Any], ColumnElement[Any]]
    offered: Callable[[Session], Mapping[int, str]]


@dataclass(frozen=True)
class Lasting:
    """Of a file whose records say what holds for records of days: a rule, an item of a checklist.

    `since` and `until` are the fields with the first and the last day it holds; days of closed months keep what held.
    `stands` answers what an insert or a change (None for what is not there) would do to records that rely on it: the
    field to blame and a sentence, or None.
    """

    since: str = ""
    until: str = ""
    otherwise: str = ""
    """How to have it differently from now on; {first} is the first day that is open, {last} the day before."""
    stands: Callable[[Connection, int | None, Image | None, Image | None], tuple[str, str] | None] | None = None


@dataclass(frozen=True, eq=False)
class Ledger:
    """A ledger as everybody asks for it."""

    label: str
    key: str
    group: Tab
    section: Section
    record: type[Record]
    title: str
    """The field that names a record."""
    happened: str = ""
    """The field that puts a record into a month; empty for a file that is kept up to date."""
    by_week: bool = False
    """Whether `happened` is the Monday of a week: the record is of the month to which the week belongs."""
    open_until: str = ""
    """The field with the day that settles a record: until then it is shown in every later month too."""
    number: tuple[str, ...] = ()
    """The fields by which a record of its own number is known again."""
    code: str = ""
    """The printed form that is this ledger on paper."""
    icon: str = "book-open"
    checks: tuple[Check, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    opens_hazard: OpensHazard | None = None
    lookups: tuple[Lookup, ...] = ()
    duties: tuple[Duty, ...] = ()
    """What should exist in it."""
    divides: Divides | None = None
    named: Named | None = None
    later: frozenset[str] = frozenset()
    """Fields written after the day of the record, such as a close-out: filled in even when its month is closed."""
    lasting: Lasting | None = None
    """Of a file: what in it must stand because records of days rely on it."""
    sort: tuple[str, ...] = ()
    once: bool = False
    """One record only, as of the school itself."""
    about: str = ""
    """Why there should be something in it, for the empty page."""
    fields: tuple[Field, ...] = ()
    by_key: dict[str, Field] = field(init=False, default_factory=dict)
    # Sorted out once, since every row of an import asks for them.
    _wanted: list[Field] = field(init=False, default_factory=list)
    _checked: list[Field] = field(init=False, default_factory=list)
    _worked_out: list[Field] = field(init=False, default_factory=list)
    _places: dict[str, int] = field(init=False, default_factory=dict)
    _askable: dict[frozenset[str], Sequence[Check]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Keep the fields by key."""
        self.by_key.update({one.key: one for one in self.fields})
        self._wanted.extend([one for one in self.fields if one.required and one.writable])
        self._checked.extend([one for one in self.fields if one.fault])
        self._worked_out.extend([one for one in self.fields if one.computed or one.usually])
        self._places.update({one.key: place for place, one in enumerate(self.fields)})

    def field(self, key: str) -> Field:
        """The field of that key."""
        return self.by_key[key]

    def day_of(self, values: Mapping[str, object]) -> date | None:
        """The day whose month a record belongs to, of its values or of its image in the trail; None without one."""
        day = day_in(values.get(self.happened)) if self.happened else None
        return day + TO_THE_MIDDLE if day is not None and self.by_week else day

    def has(self, key: str) -> bool:
        """Whether there is such a field."""
        return key in self.by_key

    @property
    def found_by(self) -> tuple[Field, ...]:
        """The references by whose names its records are found."""
        return tuple(one for one in self.refs() if one.searched)

    @property
    def asked_while_typing(self) -> tuple[Lookup, ...]:
        """The lookups that its computed fields want."""
        wanted = {name for one in self._worked_out for name in one.given}
        return tuple(one for one in self.lookups if one.name in wanted)

    def refs(self) -> tuple[Field, ...]:
        """The fields that name a record of another ledger."""
        return tuple(one for one in self.fields if one.kind.name == "ref")

    def facts(self, values: Mapping[str, object]) -> Facts:
        """A record as rules see it."""
        told = values.get
        return SimpleNamespace(**{key: told(key) for key in self.by_key})

    def worked_out(self, values: Mapping[str, object], given: Mapping[str, object]) -> Values:
        """The values with every computed field filled, each seeing those before it.

        What cannot be worked out stays blank; `examine` says so.
        """
        done = dict(values)
        facts = self.facts(done)
        for one in self._worked_out:
            work_out = one.computed or (one.usually if done.get(one.key) is None else None)
            if work_out:
                done[one.key] = _worked_out(work_out, one, facts, given)
                setattr(facts, one.key, done[one.key])
        return done

    def examine(self, values: Mapping[str, object], given: Mapping[str, object]) -> tuple[Objection, ...]:
        """Everything that is wrong with a record, all fields at once, in the order of the fields.

        `given` holds what checks ask for besides the record: the rule book, today, the records it names.
        """
        facts = self.facts(values)
        found = [*self._wanting(values), *self._faulty(values), *self._unworkable(facts, given)]
        blamed = {one.field for one in found if one.level is Level.REFUSED}
        asked = self._asked(frozenset(one.name for one in self.lookups if one.name in given))
        objections = [check.objection(facts, given) for check in asked if check.blame not in blamed]
        if self.opens_hazard:
            objections.append(self.opens_hazard.wanting(facts, given))
        found += [one for one in objections if one]
        return tuple(sorted(found, key=lambda one: (self._places.get(one.field, 0), -one.level)))

    def _asked(self, looked_up: frozenset[str]) -> Sequence[Check]:
        """The checks that want no lookup but these."""
        found = self._askable.get(looked_up)
        if found is None:
            wanting = {one.name for one in self.lookups} - looked_up
            found = self._askable[looked_up] = [one for one in self.checks if wanting.isdisjoint(one.given)]
        return found

    def _wanting(self, values: Mapping[str, object]) -> Iterable[Objection]:
        for one in self._wanted:
            if values.get(one.key) is None:
                level = Level.REFUSED if one.required is Need.ALWAYS else Level.GAP
                yield Objection(level, one.key, f"{one.label}没有填", one.clause)

    def _faulty(self, values: Mapping[str, object]) -> Iterable[Objection]:
        for one in self._checked:
            value = values.get(one.key)
            if one.fault and isinstance(value, str) and (sentence := one.fault(value)):
                yield Objection(one.fault_level, one.key, sentence, one.clause)

    def _unworkable(self, facts: Facts, given: Mapping[str, object]) -> Iterable[Objection]:
        """Computed fields that come out beyond all measure, or not at all."""
        for one in self._worked_out:
            value = getattr(facts, one.key)
            if value is None:
                work_out = one.computed or one.usually
                fails = work_out is not None and _fails(work_out, one, facts, given)
            else:
                fails = not one.kind.holds(value)
            if fails:
                yield Objection(
                    Level.REFUSED, one.key, f"{one.label}算不出来：相关的数字或日期太大，请核对", one.clause
                )


def _worked_out(work_out: Callable[..., object], one: Field, facts: Facts, given: Mapping[str, object]) -> object:
    """What a function makes of a record; None where its figures or days lead beyond all bounds."""
    try:
        return work_out(facts, **{name: given.get(name) for name in one.given})
    except (ArithmeticError, ValueError):
        return None


def _fails(work_out: Callable[..., object], one: Field, facts: Facts, given: Mapping[str, object]) -> bool:
    """Whether a value is blank because it could not be worked out."""
    try:
        work_out(facts, **{name: given.get(name) for name in one.given})
    except (ArithmeticError, ValueError):
        return True
    return False


def day_in(value: object) -> date | None:
    """The day of a date, of a moment, or of either as the data file writes it."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10]) if value else None


R = TypeVar("R", bound="type[Record]")


def ledger(
    label: str,
    *,
    group: Tab,
    section: Section,
    title: str,
    happened: str = "",
    by_week: bool = False,
    open_until: str = "",
    number: tuple[str, ...] = (),
    code: str = "",
    icon: str = "book-open",
    checks: tuple[Check, ...] = (),
    reminders: tuple[Reminder, ...] = (),
    opens_hazard: OpensHazard | None = None,
    lookups: tuple[Lookup, ...] = (),
    duties: tuple[Duty, ...] = (),
    divides: Divides | None = None,
    named: Named | None = None,
    later: tuple[str, ...] = (),
    lasting: Lasting | None = None,
    sort: tuple[str, ...] = (),
    once: bool = False,
    about: str = "",
) -> Callable[[R], R]:
    """Declare the mapped class below it as a ledger; the class then carries it as `ledger`."""

    def declare(record: R) -> R:
        record.ledger = Ledger(
            label=label, key=record.__tablename__, group=group, section=section, record=record, title=title,
            happened=happened, by_week=by_week, open_until=open_until, number=number,
            code=code, icon=icon, checks=checks, reminders=reminders,
            opens_hazard=opens_hazard, lookups=lookups, duties=duties,
            divides=divides, named=named, later=frozenset(later), lasting=lasting,
            sort=sort or ((happened,) if happened else number or (title,)), once=once, about=about,
            fields=tuple(_fields_of(record)),
        )  # fmt: skip
        return record

    return declare


def _fields_of(record: type[Record]) -> Iterable[Field]:
    """The fields in the order in which the class names them, each with its key."""
    for key in record.__annotations__:
        declared = record.__dict__.get(key)
        if isinstance(declared, Field):
            yield replace(declared, key=key)
        elif key in record.__table__.columns and "field" in record.__table__.columns[key].info:
            yield replace(record.__table__.columns[key].info["field"], key=key)
