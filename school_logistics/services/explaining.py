"""Why something is due when it is: the rule with its clause, the fields it was worked out from, and the sum.

The reminder is worked out once more with a record and a rule book that note what is read of them; so what is told here
is what was done, for every ledger and every reminder there will ever be.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, func, select

from school_logistics.errors import OfficeError
from school_logistics.rules.book import show_value
from school_logistics.rules.derivation import (
    NotingBook,
    NotingFacts,
    Told,
    day_in,
    steps_of_warning,
    sum_of,
)
from school_logistics.rules.identity import mask
from school_logistics.rules.papers import HOLDERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlalchemy.orm import Session

    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.models.reminding import Reminder
    from school_logistics.rules.book import Rule, RuleBook
    from school_logistics.services.desk import Desk
    from school_logistics.services.reminders import Due

_ALMOST_DAYS = 1
"""A paper that is good until the day before, or counts the day itself, is not thought wrong."""


class Role(StrEnum):
    """What a rule had to do with a due date."""

    SUM = "推算"
    """It was added to a day."""
    WARNING = "提醒"
    """It says how many days before it is spoken of."""
    ASKED = "一并考虑"
    """It was asked, and another one decided."""


class RuleUsed(NamedTuple):
    """A rule that was asked."""

    role: Role
    key: str
    label: str
    value: str
    unit: str
    clause: str
    valid_from: date
    verified: bool
    local: bool
    note: str
    shipped: str
    """What the program came with, where this school has its own rule."""


class InputUsed(NamedTuple):
    """A field that was read, with what stands in it."""

    ledger: str
    ledger_label: str
    id: int
    name: str
    """What names the record."""
    field: str
    label: str
    text: str


class WarningStep(NamedTuple):
    """One of the days from which it is spoken of."""

    days: int
    since: date
    reached: bool


class Derivation(NamedTuple):
    """Everything there is to say about a due date."""

    due: Due
    rules: tuple[RuleUsed, ...]
    inputs: tuple[InputUsed, ...]
    steps: tuple[str, ...]
    """The sum in words, one sentence a step."""
    warnings: tuple[WarningStep, ...]


class _Record(NamedTuple):
    """A record whose fields may be read."""

    ledger: Ledger
    id: int
    values: Mapping[str, object]


class _Notes:
    """What one question read."""

    def __init__(self, book: RuleBook) -> None:
        self.book = NotingBook.over(book)
        self.read: dict[tuple[str, int, str], tuple[_Record, Field, object]] = {}
        self.added: set[str] = set()
        """The keys of the rules that were added to a day."""

    def of(self, record: _Record) -> Callable[[str, object], None]:
        """Notes the fields of a record that are read and not blank."""

        def note(key: str, value: object) -> None:
            if value is not None and record.ledger.has(key):
                place = record.ledger.key, record.id, key
                self.read.setdefault(place, (record, record.ledger.field(key), value))

        return note

    def sum_of(self, due: date) -> str:
        """How a day follows from what was read, in words; "" when no sum tells it."""
        found = sum_of(due, self.days(), self.book.noted.values())
        self.added |= {found.rule} if found is not None and found.rule else set()
        return found.words if found is not None else ""

    def take(self, other: _Notes) -> None:
        """Add what another question read."""
        self.read = {**self.read, **other.read}
        self.book.noted.update(other.book.noted)
        self.added |= other.added

    def days(self) -> list[Told]:
        """The days that were read."""
        return [day for _, field, value in self.read.values() if (day := day_in(field.label, value)) is not None]


class Explaining:
    """Takes due dates apart."""

    def __init__(self, desk: Desk) -> None:
        """The desk knows the ledgers, the rule book and today."""
        self.desk = desk

    def derivation(self, due: Due) -> Derivation:
        """How a due date came about; raises OfficeError when its record is gone."""
        with self.desk.store.reading() as session:
            return self._derivation(session, due)

    def _derivation(self, session: Session, due: Due) -> Derivation:
        ledger = self.desk.ledger(due.ledger)
        values = self.desk.listing.values(session, ledger, [due.id]).get(due.id)
        if values is None:
            raise OfficeError(f"{ledger.label}里没有第 {due.id} 号记录，可能已经删除。")
        record, reminder = _Record(ledger, due.id, values), ledger.reminders[due.reminder]
        notes, warned = _Notes(self.desk.book), _Notes(self.desk.book)
        facts, given = self._watched(session, record, notes)
        due_on = reminder.due_on(facts, given)
        watched, told = self._watched(session, record, warned)
        steps = reminder.steps(watched, told)
        sentences = list(_sum(notes, due_on))
        before = [one for one in self._worked_out(session, record, notes) if one not in sentences]
        sentences = [*before, *sentences, *self._by_rule(session, record, reminder, notes, due_on)]
        sentences += self._latest(session, record, reminder)
        sentences.append(f"今天 {self.desk.today}，{due.sentence}")
        roles = {key: Role.SUM if key in notes.added else Role.ASKED for key in notes.book.noted}
        roles |= dict.fromkeys(warned.book.noted, Role.WARNING)
        notes.take(warned)
        used = sorted((self._rule(roles[key], rule) for key, rule in notes.book.noted.items()), key=_by_role)
        return Derivation(
            due,
            tuple(used),
            tuple(self._input(session, *one) for one in notes.read.values()),
            tuple(sentences),
            tuple(
                WarningStep(number, since, since <= self.desk.today)
                for number, since in steps_of_warning(due.due_on, steps)
            ),
        )

    def _watched(self, session: Session, record: _Record, notes: _Notes) -> tuple[Any, dict[str, Any]]:
        """A record and what its rules are given, all of it noting what is read."""
        ledger, values = record.ledger, record.values
        referred = self.desk.examining.referred(session, ledger, [values])
        given: dict[str, Any] = {**self.desk.examining.given(ledger, values, referred), "book": notes.book}
        for field in ledger.refs():
            one = values.get(field.key)
            if given.get(field.key) is not None and isinstance(one, int):
                named = _Record(self.desk.ledger(field.target), one, vars(given[field.key]))
                given[field.key] = NotingFacts(given[field.key], notes.of(named))
        return NotingFacts(ledger.facts(values), notes.of(record)), given

    # --- the sum -----------------------------------------------------------------------------------

    def _worked_out(self, session: Session, record: _Record, notes: _Notes) -> Iterable[str]:
        """Where a day that was read is itself worked out: how, and whether a person wrote another."""
        for one, field, value in list(notes.read.values()):
            work_out = field.computed or field.usually
            if one.ledger is not record.ledger or work_out is None or day_in(field.label, value) is None:
                continue
            own = _Notes(self.desk.book)
            facts, given = self._watched(session, record, own)
            usual = work_out(facts, **{name: given.get(name) for name in field.given})
            told = own.sum_of(usual) if isinstance(usual, date) else ""
            notes.take(own)
            if told and usual == value:
                yield told
            elif told:
                yield f"{field.label}填的是 {field.kind.show(value)}；按规则推算：{told}"

    def _by_rule(
        self, session: Session, record: _Record, reminder: Reminder, notes: _Notes, due_on: date | None
    ) -> Iterable[str]:
        """What the rules make of a day that stands on a paper."""
        if reminder.by_rule is None or due_on is None:
            return
        own = _Notes(self.desk.book)
        facts, given = self._watched(session, record, own)
        usual = reminder.by_rule(facts, **{name: given.get(name) for name in reminder.given})
        if usual is None:
            return
        told = own.sum_of(usual)
        notes.take(own)
        apart = abs((usual - due_on).days)
        if not apart:
            verdict = "与证上一致"
        elif apart <= _ALMOST_DAYS:
            verdict = f"证上写到 {due_on}，以证为准"
        else:
            verdict = f"与证上写的 {due_on} 不同，以证上为准"
        yield f"按规则：{told}，{verdict}"

    def _latest(self, session: Session, record: _Record, reminder: Reminder) -> Iterable[str]:
        """That other records alike were passed over, as older papers of the same holder are."""
        if not reminder.latest_of:
            return
        columns = record.ledger.record.__table__.columns
        alike = and_(*(_same(columns[key], record.values[key]) for key in reminder.latest_of))
        many = session.scalar(select(func.count()).select_from(record.ledger.record).where(alike)) or 0
        if many > 1:
            yield f"同一持有者的这种证照登记了 {many} 份，以到期最晚的这一份为准"

    # --- what was used -----------------------------------------------------------------------------

    def _rule(self, role: Role, rule: Rule) -> RuleUsed:
        shipped = self.desk.shipped.entry(rule.key, self.desk.today) if rule.local else None
        return RuleUsed(
            role, rule.key, rule.label, show_value(rule.value), rule.unit, rule.clause, rule.valid_from, rule.verified,
            rule.local, rule.note, show_value(shipped.value) if shipped else "",
        )  # fmt: skip

    def _input(self, session: Session, record: _Record, field: Field, value: object) -> InputUsed:
        name = self.desk.naming.name(session, record.ledger.key, record.id)
        if record.ledger.title in HOLDERS or record.ledger.key == "certificate":
            name = f"{record.values.get('holder') or ''} {name}".strip()
        shown = self.desk.naming.name(session, field.target, value) if isinstance(value, int) and field.target else ""
        text = shown or field.kind.show(value)
        return InputUsed(
            record.ledger.key, record.ledger.label, record.id, name, field.key, field.label,
            mask(text) if field.personal else text,
        )  # fmt: skip


def _sum(notes: _Notes, due_on: date | None) -> Iterable[str]:
    """How the day follows from what was read; where no sum tells it, from which facts and rules."""
    if due_on is None:
        return
    told = notes.sum_of(due_on)
    if told:
        yield told
        return
    days, rules = notes.days(), list(notes.book.noted.values())
    read = "、".join(f"{day.label} {day.day}" for day in days)
    by = "、".join(f"{rule.label} {show_value(rule.value)} {rule.unit}".rstrip() for rule in rules)
    told = "，".join(part for part in (f"由 {read}" if read else "", f"按 {by}" if by else "") if part)
    yield f"{told}，推算为 {due_on}" if told else f"到期日 {due_on}"


def _by_role(rule: RuleUsed) -> int:
    return list(Role).index(rule.role)


def _same(column: Any, value: object) -> Any:
    return column.is_(None) if value is None else column == value
