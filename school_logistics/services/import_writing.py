"""Carrying out a plan: new names first, then rows by the thousand, then updates, all within one unit of work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from school_logistics.models.checks import Level
from school_logistics.models.fields import Field, write_elsewhere
from school_logistics.models.ledger import Ledger
from school_logistics.models.numbering import next_number
from school_logistics.models.record import Origin
from school_logistics.services.import_names import is_incomplete
from school_logistics.services.import_plan import ImportPlan, ImportRow, NewName
from school_logistics.services.rows import Draft, Progress

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from school_logistics.services.desk import Desk

_TELL_EVERY = 500


class Writing:
    """Writes what a plan decided, within one unit of work."""

    def __init__(self, desk: Desk, session: Session, plan: ImportPlan, progress: Progress) -> None:
        self.desk, self.session, self.plan, self.progress = desk, session, plan, progress
        self.ledger = plan.ledger
        self.refs = [one.key for one in self.ledger.refs()]
        self.made: dict[object, int] = {}
        self.numbers: dict[str, str] = {}
        self.origins: dict[object, str] = {}

    def write(self, adding: Sequence[ImportRow], updating: Sequence[ImportRow]) -> range:
        """Make the new names, then add and update rows; the ids of added rows come back in order."""
        self._make_names()
        rows = []
        told: list[ImportRow] = []
        for place, row in enumerate(adding):
            if place % _TELL_EVERY == 0:
                self.progress.step(place, len(adding) + len(updating), "写入")
            drafts = row.drafts or (row.values,)
            rows += [self._real(one) for one in drafts]
            told += [row] * len(drafts)
        rows = self._with_hazards(rows)
        ids = self._add(self.ledger, [{**self._columns(row), "origin": self._origin(row)} for row in rows])
        for one, row in zip(ids, told, strict=True):
            self._keep_elsewhere(one, row.values, {})
        for row in updating:
            self._update(row)
        self.progress.step(len(rows), len(rows), "写入")
        return ids

    def _with_hazards(self, rows: list[Draft]) -> list[Draft]:
        """The rows with the hazards that their abnormal results open."""
        opens = self.ledger.opens_hazard
        if opens is None:
            return rows
        examining = self.desk.examining
        referred = examining.referred(self.session, self.ledger, rows)
        done = []
        for row in rows:
            given = examining.given(self.ledger, row, referred)
            told = opens.told(self.ledger.facts(row), given)
            done.append(
                row if told is None else self.desk.saving.with_hazard(self.session, self.ledger, row, imported=True)
            )
        return done

    def _make_names(self) -> None:
        """Make the records that rows name; those that others of them name come first."""
        waiting: dict[str, list[NewName]] = {}
        for new in self.plan.new_names:
            waiting.setdefault(new.ledger.key, []).append(new)
        while waiting:
            ready = [key for key, news in waiting.items() if not self._named_by(news, waiting)]
            for key in ready or list(waiting)[:1]:
                news = waiting.pop(key)
                ids = self._add(news[0].ledger, [self._new_columns(new) for new in news])
                self.made |= {new.id: one for new, one in zip(news, ids, strict=True)}

    def _named_by(self, news: Sequence[NewName], waiting: Mapping[str, Sequence[NewName]]) -> bool:
        """Whether records still to be made name others that are still to be made."""
        later = {new.id for others in waiting.values() if others is not news for new in others}
        return any(new.values.get(one.key) in later for new in news for one in new.ledger.refs())

    def _new_columns(self, new: NewName) -> dict[str, Any]:
        """What a name alone says of a record, and what follows from it, such as the grade of a class."""
        values = dict(new.values)
        for one in new.ledger.refs():
            named = values.get(one.key)
            if isinstance(named, int) and named < 0:
                values[one.key] = self.made.get(named)
        complete = self.desk.examining.complete(self.session, new.ledger, values)
        return {**_column_values(new.ledger, complete), "incomplete": is_incomplete(self.desk, new)}

    def _add(self, ledger: Ledger, rows: list[dict[str, Any]]) -> range:
        if not rows:
            return range(0)
        return self.desk.store.add_many(self.session, ledger.record, rows, origin=Origin.IMPORTED.value)

    def _origin(self, values: Draft) -> str:
        """导入, and whether it was 补录; worked out once for each day of the file."""
        happened = values.get(self.ledger.happened)
        day = happened.date() if isinstance(happened, datetime) else happened
        known = self.origins.get(day)
        if known is None:
            origin = self.desk.saving.origins.of_new(self.ledger, values, imported=True)
            known = self.origins[day] = origin.value
        return known

    def _real(self, values: Draft) -> Draft:
        """The values with the ids of records just made in place of their stand-ins."""
        real = dict(values)
        for key in self.refs:
            real[key] = self.made.get(real[key], real[key])
        return real

    def _columns(self, values: Draft) -> dict[str, Any]:
        for one in self.ledger.fields:
            if one.numbered and values[one.key] is None:
                values[one.key] = self._number(one, values)
        return _column_values(self.ledger, values)

    def _number(self, one: Field, values: Draft) -> str:
        """The next number of its own; those given in this import are counted on."""
        first = next_number(self.session, self.ledger, one.key, values, self.desk.today)
        begin = first.rstrip("0123456789")
        number = self.numbers.get(begin, "")
        if number:
            tail = number[len(begin) :]
            number = f"{begin}{int(tail) + 1:0{len(tail)}}"
        self.numbers[begin] = number or first
        return self.numbers[begin]

    def _update(self, row: ImportRow) -> None:
        record = self.session.get(self.ledger.record, row.record)
        if record is None:
            return
        before = self.desk.listing.values(self.session, self.ledger, [record.id])[record.id]
        values = self._real(row.values)
        if self.ledger.happened and getattr(record, self.ledger.happened) != values.get(self.ledger.happened):
            record.origin = self.desk.saving.origins.of_changed(self.ledger, values, record).value
        for key, value in _column_values(self.ledger, values).items():
            if getattr(record, key) != value:
                setattr(record, key, value)
        record.incomplete = bool(record.incomplete) and any(one.level is Level.GAP for one in row.objections)
        self.session.flush()
        self._keep_elsewhere(record.id, row.values, before)
        self.desk.saving.dependants.follow(self.session, self.ledger, record.id)

    def _keep_elsewhere(self, one: int, values: Mapping[str, object], before: Mapping[str, object]) -> None:
        """Write the fields that stand in other tables."""
        changed = [
            field for field in self.ledger.fields
            if field.kept and field.writable and values[field.key] != before.get(field.key)
        ]  # fmt: skip
        if not changed:
            return
        record = self.session.get(self.ledger.record, one)
        if record is not None:
            write_elsewhere(self.session, record, ((field, values[field.key]) for field in changed))


def _column_values(ledger: Ledger, values: Mapping[str, object]) -> dict[str, Any]:
    """The values that stand in the record's own table."""
    return {one.key: values.get(one.key) for one in ledger.fields if not one.kept}
