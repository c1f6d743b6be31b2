"""What should stand in a ledger and what does: its duties laid over a month, and blank records for what is missing.

The grid page, the list of what is missing, the day-sheets and the command line ask here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from school_logistics.models.duties import OfFile, OfPlan, OfWords
from school_logistics.rules.calendar import Period
from school_logistics.rules.kinds import Choice
from school_logistics.services.coverage_columns import columns_of, rhythm_of
from school_logistics.services.coverage_grid import Asked, Covered, Kept, Want, lay, usual
from school_logistics.services.coverage_reading import Records
from school_logistics.services.entries import Entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from school_logistics.models.checks import Facts
    from school_logistics.models.duties import Duty, Times
    from school_logistics.models.ledger import Ledger
    from school_logistics.reports.form import Entry
    from school_logistics.rules.book import RuleBook
    from school_logistics.rules.calendar import Month
    from school_logistics.services.coverage_columns import Column
    from school_logistics.services.coverage_grid import Cell
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft

_DAY = timedelta(days=1)
_ALL = "全校"
_NOT_YET = "那时还没有开始登记"
_WITHOUT_A_PLAN = ""
"""The row for days on which nothing was planned and nothing recorded."""


class Coverage:
    """Lays duties over months."""

    def __init__(self, desk: Desk) -> None:
        """The desk knows the ledgers, the rule book, the calendar and today."""
        self.desk = desk

    def duties(self) -> tuple[tuple[Ledger, Duty], ...]:
        """Every duty with its ledger, in screen order."""
        return tuple((ledger, duty) for ledger in self.desk.ledgers() for duty in ledger.duties)

    def grid(self, ledger: Ledger, duty: Duty, month: Month) -> Covered:
        """A duty over a month; one that is due by months or longer over the year around it."""
        with self.desk.store.reading() as session:
            return covered(Entries(self.desk, session), ledger, duty, month, wide=True)

    def prefill(self, covered: Covered, cell: Cell, want: Want | None = None) -> Draft:
        """A blank record for a cell: its day, its row and its kind are filled in, never a reading.

        `want` is which of several records of the cell; the first that is lacking unless told. The time of day of a
        moment is left to be written down, and so is the day within a longer period that is over.
        """
        ledger = covered.ledger
        blank = self.desk.blank(ledger)
        want = want or next(iter(cell.lacking), None)
        if want is None:
            row = covered.duty.rows
            field = row.field if isinstance(row, OfFile | OfWords) else ""
            want = Want("", {field: covered.rows[cell.row].value} if field else {})
        return blank | begin(self.desk, covered, covered.columns[cell.column], want)


def begin(desk: Desk, covered: Covered, column: Column, want: Want) -> Draft:
    """The values with which a blank record for one want begins."""
    ledger, duty = covered.ledger, covered.duty
    found: Draft = {}
    if ledger.field(ledger.happened).kind.name == "day":
        running = column.first <= desk.today <= column.last
        found[ledger.happened] = column.first if column.first == column.last else desk.today if running else None
    for key, word in duty.within:
        found[key] = desk.read(ledger, key, word)
    return found | want.values


def covered(entries: Entries, ledger: Ledger, duty: Duty, month: Month, *, wide: bool = False) -> Covered:
    """A duty over a month within one reading; files and plans are taken from what `entries` knows already."""
    desk = entries.desk
    when, times = rhythm_of(duty, desk.book, month.last)
    columns = columns_of(when, month, desk.calendar, holidays=duty.holidays, wide=wide)
    if not columns:
        return Covered(ledger, duty, month, (), (), ())
    laying = _Laying(entries, ledger, duty, columns, times)
    rows, cells = lay(laying.asked(), columns, laying.records, desk.today, laying.telling)
    return Covered(ledger, duty, month, rows, columns, cells)


@dataclass
class _Laying:
    """What one laying over needs to know."""

    entries: Entries
    ledger: Ledger
    duty: Duty
    columns: Sequence[Column]
    times: Times

    def __post_init__(self) -> None:
        """Read the records of the periods, and when the ledger was begun."""
        self.stretch = Period(self.columns[0].first, self.columns[-1].last, "")
        self._reading = Records(self.entries.desk, self.entries.session, self.ledger, self.duty)
        self.records: list[Kept] = self._reading.kept(self.stretch, self.row_field, self.telling)
        self.begun = self._reading.begun() or self.entries.desk.today

    @property
    def row_field(self) -> str:
        """The field of a record that names its row."""
        rows = self.duty.rows
        if isinstance(rows, OfPlan):
            return rows.same[0][0]
        return rows.field if rows is not None else ""

    @property
    def telling(self) -> tuple[str, ...]:
        """The fields that tell apart the records of one cell."""
        each = (self.duty.each.field,) if self.duty.each else ()
        plan = self.duty.rows
        return (*(own for own, _ in plan.same[1:]), *each) if isinstance(plan, OfPlan) else each

    def asked(self) -> Iterator[Asked]:
        """The rows, in the order of the file or of the rule book, then those of which there are only records."""
        rows = self.duty.rows
        if isinstance(rows, OfFile):
            yield from self._of_file(rows)
        elif isinstance(rows, OfWords):
            yield from self._of_words(rows)
        elif isinstance(rows, OfPlan):
            yield from self._of_plan(rows)
        else:
            yield Asked(self.duty.label or _ALL, None, self._begun_days, self._wants({}, None), _NOT_YET)

    def _of_file(self, rows: OfFile) -> Iterator[Asked]:
        target = self.entries.desk.ledger(self.ledger.field(rows.field).target)
        first: dict[object, date] = {}
        for record in self.records:
            first[record.row] = min(first.get(record.row, record.day), record.day)
        entered = self._reading.entered_on(target)
        for entry in self.entries.entries(target):
            facts = target.facts(entry.values)
            if not self._ever(facts, rows.keep):
                continue
            since = min(entered[entry.id], first.get(entry.id, entered[entry.id]))
            days = self._file_days(facts, max(since, self.begun), rows.keep)
            yield Asked(entry.text(target.title), entry.id, days, self._wants({rows.field: entry.id}, facts))
        if None in first:
            label = f"没有选{self.ledger.field(rows.field).label}"
            yield Asked(label, None, lambda _column: (), lambda _days: ())

    def _of_words(self, rows: OfWords) -> Iterator[Asked]:
        words = self.entries.desk.book.words(rows.rule, self.stretch.last)
        for word in words:
            yield Asked(word, word, self._begun_days, self._wants({rows.field: word}, None), _NOT_YET)
        for other in dict.fromkeys(record.row for record in self.records if record.row not in words):
            yield Asked(str(other or "没有填"), other, lambda _column: (), lambda _days: ())

    def _of_plan(self, rows: OfPlan) -> Iterator[Asked]:
        plan = self.entries.desk.ledger(rows.ledger)
        planned: dict[object, dict[date, list[Entry]]] = {}
        book = self.entries.desk.book
        for entry in self.entries.entries(plan, self.stretch):
            row, day = usual(entry[rows.same[0][1]]), _day_of(entry[plan.happened])
            if rows.keep is not None and not rows.keep(plan.facts(entry.values), day, book):
                continue
            planned.setdefault(row, {}).setdefault(day, []).append(entry)
        field = plan.field(rows.same[0][1])
        words = field.kind.options if isinstance(field.kind, Choice) else ()
        order = {word: place for place, word in enumerate(words)}
        for row, by_day in sorted(planned.items(), key=lambda pair: order.get(str(pair[0]), len(order))):
            label = field.kind.show(row) if field.kind.name != "ref" else next(iter(by_day.values()))[0].text(field.key)
            yield Asked(label, row, _planned_days(by_day), self._planned_wants(rows, by_day), f"没有{plan.label}")
        for other in dict.fromkeys(record.row for record in self.records if record.row not in planned):
            yield Asked(str(other or "没有填"), other, lambda _column: (), lambda _days: ())
        told = {day for by_day in planned.values() for day in by_day} | {record.day for record in self.records}
        days = self._without_plan(told)
        yield Asked(f"没有{plan.label}的日子", _WITHOUT_A_PLAN, days, self._wants({}, None), "")

    def _planned_wants(
        self, rows: OfPlan, by_day: dict[date, list[Entry]]
    ) -> Callable[[tuple[date, ...]], Sequence[Want]]:
        names = rows.same[1:] or rows.same

        def wants(days: tuple[date, ...]) -> Sequence[Want]:
            return [
                Want("".join(one.text(theirs) for _, theirs in names), {own: one[theirs] for own, theirs in rows.same})
                for day in days
                for one in by_day.get(day, ())
            ]

        return wants

    def _wants(self, values: dict[str, object], facts: Facts | None) -> Callable[[tuple[date, ...]], Sequence[Want]]:
        """So many records of a row, or one for each word."""
        book, each, times = self.entries.desk.book, self.duty.each, self.times

        def wants(days: tuple[date, ...]) -> Sequence[Want]:
            if each is not None:
                return [Want(word, {**values, each.field: word}) for word in book.words(each.rule, days[-1])]
            many = times if isinstance(times, int) else _asked_of(times, facts, days[-1], book)
            return [Want("", values) for _ in range(many)]

        return wants

    def _ever(self, facts: Facts, keep: Callable[[Facts, date], bool] | None) -> bool:
        """Whether a record of the file is in question on any day of these periods: other duties ask for the others."""
        days = (day for column in self.columns for day in column.days or (column.first,))
        return keep is None or any(keep(facts, day) for day in days)

    def _begun_days(self, column: Column) -> tuple[date, ...]:
        return tuple(day for day in column.days if day >= self.begun)

    def _file_days(
        self, facts: Facts, since: date, keep: Callable[[Facts, date], bool] | None
    ) -> Callable[[Column], tuple[date, ...]]:
        def days(column: Column) -> tuple[date, ...]:
            return tuple(day for day in column.days if day >= since and (keep is None or keep(facts, day)))

        return days

    def _without_plan(self, told: set[date]) -> Callable[[Column], tuple[date, ...]]:
        today = self.entries.desk.today

        def days(column: Column) -> tuple[date, ...]:
            return tuple(day for day in column.days if self.begun <= day <= today and day not in told)

        return days


def _asked_of(times: Callable[[Facts, date, RuleBook], int], facts: Facts | None, day: date, book: RuleBook) -> int:
    return times(facts, day, book) if facts is not None else 1


def _planned_days(by_day: dict[date, list[Entry]]) -> Callable[[Column], tuple[date, ...]]:
    def days(column: Column) -> tuple[date, ...]:
        return tuple(sorted(day for day in by_day if column.first <= day <= column.last))

    return days


def _day_of(value: date) -> date:
    return date(value.year, value.month, value.day)
