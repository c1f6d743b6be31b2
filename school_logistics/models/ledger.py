"""What a ledger is: its fields, checks and reminders, declared once and asked by everybody.

A ledger is a mapped class with `@ledger(...)` above it; the words that declare its columns stand in
`words.py`. Table, form, workbook, search, audit, reminders and paper all ask the `Ledger` found here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeVar

from school_logistics.models.checks import Check, Facts, Lasting, Level, Lookup, Objection, Values
from school_logistics.models.fields import Field, Need
from school_logistics.models.outcomes import Divides, OpensHazard
from school_logistics.models.reminding import Reminder
from school_logistics.rules.weeks import TO_THE_MIDDLE

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from school_logistics.models.duties import Duty
    from school_logistics.models.record import Record


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


@dataclass(frozen=True)
class Named:
    """How records of a ledger are called where others name them, if not by their title; and which may be named now.

    `title` answers SQL over the columns of its table; `offered` the ids to choose from, each with what is told beside
    it: of very many records only a few are in question.
    """

    title: Callable[[Any], ColumnElement[Any]]
    offered: Callable[[Session], Mapping[int, str]]


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
