"""Writing a past: what was entered when, each act with the time at which the clerk would have done it.

A plan collects deeds with their moments; a pen carries them out in order, within one unit of work, through the same
declarations as every other record: computed columns, certificates and answers to checklists included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from school_logistics.models.answers import AnswersKept, answers_as_kept
from school_logistics.models.checklists import CheckAnswer, CheckItem, Checklist
from school_logistics.models.numbering import next_number
from school_logistics.models.papers import Certificate, CurrentPaper
from school_logistics.models.record import Origin
from school_logistics.rules.answers import Answer, read_answers
from school_logistics.rules.calendar import Period
from school_logistics.services.rows import Query

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.desk import Desk
    from school_logistics.services.examining import Referred
    from school_logistics.services.rows import Draft, Progress

_OPENS, _CLOSES = time(8, 10), time(17, 40)
"""Office hours in which a clerk enters things."""


@dataclass(frozen=True)
class Deed:
    """One act to be done at a moment."""

    at: datetime
    title: str
    do: Callable[[Pen], None]


class Plan:
    """What happened at the school from its first day to now, put together before it is written."""

    def __init__(self, desk: Desk, first: date, seed: int) -> None:
        """`seed` decides every chance, so that the same seed and clock give the same school."""
        self.desk = desk
        self.first = first
        self.now = desk.clock()
        self.chance = Random(seed)
        self.deeds: list[Deed] = []

    @property
    def today(self) -> date:
        """The last day."""
        return self.now.date()

    @cached_property
    def school_days(self) -> tuple[date, ...]:
        """Every day with pupils, in order."""
        return self.desk.calendar.school_days(Period(self.first, self.today, ""))

    def at(self, moment: datetime, title: str, do: Callable[[Pen], None]) -> None:
        """Plan a deed; what lies ahead of now is left out."""
        if moment <= self.now:
            self.deeds.append(Deed(moment, title, do))

    def on(self, day: date, title: str, do: Callable[[Pen], None], *, hour: int = 0) -> None:
        """Plan a deed for some minute of the office hours of a day, or of one of its hours."""
        self.at(self.moment(day, hour), title, do)

    def moment(self, day: date, hour: int = 0) -> datetime:
        """Some minute of the office hours of a day; within the hour given if any."""
        if hour:
            return datetime.combine(day, time(hour, self.chance.randrange(60), self.chance.randrange(60)))
        span = datetime.combine(day, _CLOSES) - datetime.combine(day, _OPENS)
        return datetime.combine(day, _OPENS) + timedelta(seconds=self.chance.randrange(int(span.total_seconds())))

    def workday(self, day: date) -> date:
        """The day itself, or the next on which the office works."""
        while not self.desk.calendar.is_workday(day):
            day += timedelta(days=1)
        return day

    def carry_out(self, pen: Pen, progress: Progress) -> None:
        """Do every deed in the order of its moment."""
        deeds = sorted(self.deeds, key=lambda deed: deed.at)
        for number, deed in enumerate(deeds):
            if number % 50 == 0:
                progress.step(number, len(deeds), f"写入 {deed.at:%Y年%m月}")
            pen.turn_to(deed)
            deed.do(pen)
        progress.step(len(deeds), len(deeds), "写入")


class Pen:
    """Writes records within one unit of work, at the moment of the deed in hand."""

    def __init__(self, desk: Desk, session: Session) -> None:
        self.desk = desk
        self.session = session
        self.today = desk.today
        self.rows = 0
        self._referred: Referred = {}
        self._named = {field.target for ledger in desk.ledgers() for field in ledger.refs()}
        self._ids: dict[tuple[str, str], int] = {}
        self._items: dict[tuple[str, object], list[CheckItem]] = {}
        self._know(Checklist.__tablename__)

    def _know(self, key: str) -> None:
        """Remember the records of a ledger that stood in the file before."""
        ledger, listing = self.desk.ledger(key), self.desk.listing
        for one, values in listing.values(self.session, ledger, listing.ids(self.session, ledger, Query())).items():
            self._referred[key, one] = ledger.facts(values)
            self._ids[key, str(values[ledger.title])] = one

    def turn_to(self, deed: Deed) -> None:
        """Begin the act of a deed."""
        self.desk.store.turn_to(self.session, deed.title, deed.at)
        self.today = deed.at.date()

    def add(self, key: str, drafts: Sequence[Mapping[str, object]], origin: Origin = Origin.TYPED) -> list[int]:
        """Add records to a ledger; their ids come back in order. A reference may be given by the name of its record."""
        if not drafts:
            return []
        ledger = self.desk.ledger(key)
        completed = [self._completed(ledger, draft) for draft in drafts]
        columns = [{field.key: values[field.key] for field in _own(ledger)} for values in completed]
        ids = list(self.desk.store.add_many(self.session, ledger.record, columns, origin=origin.value))
        self.rows += len(ids)
        self._keep_papers(ledger, ids, completed)
        self._keep_answers(ledger, ids, completed)
        if key in self._named:
            for one, values in zip(ids, completed, strict=True):
                self._referred[key, one] = ledger.facts(values)
                self._ids[key, str(values[ledger.title])] = one
        return ids

    def write(self, key: str, drafts: Sequence[Mapping[str, object]], origin: Origin = Origin.TYPED) -> None:
        """Add records whose ids nobody asks for."""
        self.add(key, drafts, origin)

    def id_of(self, key: str, name: str) -> int:
        """The id of a record that this pen has written."""
        return self._ids[key, name]

    def change(self, key: str, which: int | str, **values: object) -> None:
        """Change some fields of a record, given by id or by name, with everything that follows from them."""
        self.change_all(key, {self.id_of(key, which) if isinstance(which, str) else which: values})

    def change_all(self, key: str, changes: Mapping[int, Mapping[str, object]]) -> None:
        """Change some fields of several records of a ledger."""
        ledger = self.desk.ledger(key)
        wanted = select(ledger.record).where(ledger.record.id.in_(list(changes)))
        for row in self.session.scalars(wanted.order_by(ledger.record.id)):
            draft: Draft = {field.key: getattr(row, field.key) for field in _own(ledger)}
            worked_out = self._worked_out(ledger, draft | self._by_id(ledger, changes[row.id]))
            for field in _own(ledger):
                setattr(row, field.key, worked_out[field.key])
            if key in self._named:
                known = vars(self._referred[key, row.id])
                self._referred[key, row.id] = ledger.facts({**known, **worked_out})
        self.session.flush()

    def hazard_of(self, key: str, draft: Mapping[str, object]) -> Draft | None:
        """The hazard that an abnormal check opens, as its ledger tells it."""
        ledger = self.desk.ledger(key)
        opens = ledger.opens_hazard
        if opens is None:
            return None
        values = self._completed(ledger, draft)
        return opens.told(ledger.facts(values), self._given(ledger, values))

    def next_number(self, key: str, field: str, values: Mapping[str, object]) -> str:
        """The next number of a ledger that numbers its records itself."""
        return next_number(self.session, self.desk.ledger(key), field, values, self.today)

    def _completed(self, ledger: Ledger, draft: Mapping[str, object]) -> Draft:
        values: Draft = {field.key: field.first_value(self.today) for field in ledger.fields} | self._by_id(
            ledger, draft
        )
        given = self._given(ledger, values)
        for field in ledger.fields:
            if values[field.key] is None and field.follows:
                values[field.key] = getattr(given.get(field.follows[0]), field.follows[1], None)
        return ledger.worked_out(values, given)

    def _worked_out(self, ledger: Ledger, values: Draft) -> Draft:
        return ledger.worked_out(values, self._given(ledger, values))

    def _by_id(self, ledger: Ledger, values: Mapping[str, object]) -> Draft:
        """The values with references by name turned into ids."""
        targets = {field.key: field.target for field in ledger.refs()}
        return {
            key: self._ids[targets[key], value] if key in targets and isinstance(value, str) else value
            for key, value in values.items()
        }

    def _given(self, ledger: Ledger, values: Mapping[str, object]) -> dict[str, Any]:
        return {**self.desk.examining.given(ledger, values, self._referred), "today": self.today}

    def _keep_papers(self, ledger: Ledger, ids: Iterable[int], completed: Iterable[Draft]) -> None:
        fields = [(field, field.kept) for field in ledger.fields if isinstance(field.kept, CurrentPaper)]
        papers: list[dict[str, object]] = []
        for one, values in zip(ids, completed, strict=True):
            found: dict[str, dict[str, object]] = {}
            for field, kept in fields:
                if values[field.key] is not None:
                    found.setdefault(kept.kind.value, {})[kept.part] = values[field.key]
            papers += [{"kind": kind, ledger.key: one, **parts} for kind, parts in found.items()]
        if papers:
            self.add(Certificate.__tablename__, papers)

    def _keep_answers(self, ledger: Ledger, ids: Iterable[int], completed: Iterable[Draft]) -> None:
        field = next((field for field in ledger.fields if isinstance(field.kept, AnswersKept)), None)
        if field is None:
            return
        answers: list[dict[str, Any]] = []
        for one, values in zip(ids, completed, strict=True):
            told = read_answers(str(values[field.key]))
            answers += [
                {"check_ledger": ledger.key, "check_id": one, "position": position,
                 **answers_as_kept(item, told.get(item.label, Answer()))}
                for position, item in enumerate(self._items_of(field, values))
            ]  # fmt: skip
        self.desk.store.add_many(self.session, CheckAnswer, answers, origin=Origin.TYPED.value)

    def _items_of(self, field: Field, values: Mapping[str, object]) -> list[CheckItem]:
        kept = field.kept
        assert isinstance(kept, AnswersKept)  # noqa: S101 - the caller found it so
        chosen = values.get(kept.chosen_by)
        asked = (kept.checklist, chosen)
        if asked not in self._items:
            self._items[asked] = kept.items(self.session, chosen, self.today)
        return self._items[asked]


def _own(ledger: Ledger) -> list[Field]:
    """The fields that stand in the ledger's own table."""
    return [field for field in ledger.fields if not field.kept]
