"""What a duty asks for in one period, as a sheet to fill in: rooms × items, units × readings, staff × day.

The lines stand in the order of `coverage.py`, which is that of the printed walking list, so that what was written on
paper is typed from top to bottom. Records that stand already are loaded and changed in place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from school_logistics.models.duties import OfFile, OfPlan, OfWords
from school_logistics.models.fields import Need
from school_logistics.services.basis import with_basis
from school_logistics.services.coverage import Coverage, begin
from school_logistics.services.entry_columns import columns_of, may_be_taken_over, offered, typed_once
from school_logistics.services.entry_row import SheetRow
from school_logistics.services.entry_sheet import EntrySheet
from school_logistics.services.kept_sheets import KeptSheets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from school_logistics.models.duties import Duty
    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.rules.calendar import Month
    from school_logistics.services.coverage_columns import Column
    from school_logistics.services.coverage_grid import Cell, Covered, Entered, Want
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft

_SEVERAL = 2


@dataclass(frozen=True)
class DaySheet:
    """One period of a duty, ready to be filled in."""

    sheet: EntrySheet
    column: Column
    once: tuple[Field, ...]
    """The fields that are usually the same for all lines: typed once, above them."""
    name: str
    """Under which it is kept while half filled in."""
    kept: int
    """How many lines were taken up from the last time."""

    @property
    def title(self) -> str:
        """How the act of saving it is called."""
        ledger, begun = self.sheet.ledger, len(self.sheet.begun)
        return f"登记 {ledger.label}：{period_text(self.column)} {begun} 行"


def period_text(column: Column) -> str:
    """A period as it is called: 11-20, or 第3周 11-16至11-22."""
    if column.first == column.last:
        return f"{column.first:%m-%d}"
    return f"{column.label} {column.first:%m-%d}至{column.last:%m-%d}"


def by_days(covered: Covered) -> bool:
    """Whether each period is one day."""
    return all(column.first == column.last for column in covered.columns)


class DayEntry:
    """Opens the periods of duties as sheets, and keeps those that are half filled in."""

    def __init__(self, desk: Desk) -> None:
        """Everything is asked of the desk."""
        self.desk = desk
        self.coverage = Coverage(desk)
        self.kept = KeptSheets(desk)
        self._last: tuple[Covered, Entered | None] | None = None

    def covered(self, ledger: Ledger, duty: Duty, month: Month) -> Covered:
        """A duty over a month, or over the year around it."""
        return self.coverage.grid(ledger, duty, month)

    def open(self, covered: Covered, place: int) -> DaySheet:
        """The sheet of one period, with what was half filled in when it was last left."""
        ledger, duty, column = covered.ledger, covered.duty, covered.columns[place]
        known = self._known(covered, column)
        columns = columns_of(self.desk, ledger, _naming(duty), known, min(column.last, self.desk.today))
        shared = [one for one in columns if one.writable and (typed_once(one) or one.key == ledger.happened)]
        day = column.first if column.first == column.last else None
        sheet = EntrySheet(
            self.desk, ledger, columns, self._rows(covered, place),
            common=self._common(covered, column, columns, shared), day=day,
        )  # fmt: skip
        wanted = sheet.wanted_when_well({one.key for one in shared})
        once = tuple(replace(one, required=Need.BY_LAW) if one.key in wanted else one for one in shared)
        name = self._name(ledger, duty, column)
        return DaySheet(sheet, column, once, name, self.kept.take_up(name, sheet).lines)

    def save(self, opened: DaySheet) -> int:
        """Keep what was filled in as one act; how many records. Raises SheetRefused or OfficeError: nothing is kept."""
        saved = opened.sheet.save(opened.title)
        if saved:
            self.kept.drop(opened.name)
        return len(saved)

    def keep(self, opened: DaySheet) -> None:
        """Keep it half filled in."""
        self.kept.keep(opened.name, opened.sheet)

    # --- within ------------------------------------------------------------------------------------

    def _known(self, covered: Covered, column: Column) -> Draft:
        """What all records of the period share because the duty says so: its kind, and its day if it is one."""
        ledger, duty = covered.ledger, covered.duty
        known: Draft = {key: self.desk.read(ledger, key, word) for key, word in duty.within}
        if column.first == column.last and ledger.field(ledger.happened).kind.name == "day":
            known[ledger.happened] = column.first
        return known

    def _rows(self, covered: Covered, place: int) -> list[SheetRow]:
        cells = covered.cells_of(place)
        ids = [record.id for cell in cells for record in cell.records]
        with self.desk.store.reading() as session:
            standing = self.desk.listing.values(session, covered.ledger, ids)
        turn = turn_field(covered)
        rounds: list[tuple[int, SheetRow]] = []
        for cell in cells:
            asked: list[tuple[Want | None, Entered | None]] = [(want, want.record) for want in cell.wants]
            asked += [(None, record) for record in cell.others]
            told = [standing[record.id] if record is not None else None for _, record in asked]
            words = _turns(turn, told)
            for number, (want, record) in enumerate(asked):
                key = f"{covered.rows[cell.row].value}#{number}"
                place, word = words[number]
                if record is not None:
                    fields = covered.ledger.fields
                    base = with_basis({field.key: standing[record.id][field.key] for field in fields})
                    rounds.append((place, SheetRow(key, {}, record.id, base)))
                elif want is not None:
                    given = {turn.key: word} if turn is not None and word else {}
                    rounds.append((place, SheetRow(key, self._given(covered, cell, want) | given)))
        return [row for _, row in sorted(rounds, key=lambda one: one[0])]

    def _given(self, covered: Covered, cell: Cell, want: Want) -> Draft:
        begun = begin(self.desk, covered, covered.columns[cell.column], want)
        happened = covered.ledger.happened
        single = covered.columns[cell.column].first == covered.columns[cell.column].last
        return {key: value for key, value in begun.items() if value is not None and (single or key != happened)}

    def _common(self, covered: Covered, column: Column, columns: Sequence[Field], once: Sequence[Field]) -> Draft:
        """What new lines begin with: what is usual, today within a longer period, who and with what the last time."""
        usual: Draft = {one.key: value for one in columns if (value := offered(one)) is not None}
        return usual | self._running_day(covered.ledger, column) | self._taken_over(covered, once)

    def _running_day(self, ledger: Ledger, column: Column) -> Draft:
        """Today, for a record of the running week or month; of a day the duty itself says which it is."""
        by_date = ledger.field(ledger.happened).kind.name == "day" and column.first < column.last
        running = column.first <= self.desk.today <= column.last
        return {ledger.happened: self.desk.today} if by_date and running else {}

    def _taken_over(self, covered: Covered, once: Sequence[Field]) -> Draft:
        """Who and with what, as in the last record of the same duty; nothing that is read off, nor another duty's."""
        last = self._last_record(covered)
        if last is None:
            return {}
        values = self.desk.draft(covered.ledger, last.id)
        found = {one.key: values.get(one.key) for one in once if may_be_taken_over(one)}
        return {key: value for key, value in found.items() if value is not None}

    def _last_record(self, covered: Covered) -> Entered | None:
        """The latest record of a duty, of this month or the one before; asked once for all periods of a month."""
        if self._last is None or self._last[0] is not covered:
            before = covered.month.plus(-1)
            last = _latest(covered) or _latest(self.covered(covered.ledger, covered.duty, before))
            self._last = covered, last
        return self._last[1]

    def _name(self, ledger: Ledger, duty: Duty, column: Column) -> str:
        number = ledger.duties.index(duty) if duty in ledger.duties else 0
        return f"{ledger.key}@{column.first:%Y%m%d}.{number}"


def _latest(covered: Covered) -> Entered | None:
    """The latest record of a duty."""
    records = (record for line in covered.cells for cell in line for record in cell.records)
    return max(records, key=lambda one: (f"{one.happened}", one.id), default=None)


def turn_field(covered: Covered) -> Field | None:
    """The field that tells a row's several records of a period apart, such as 时段 of two readings a day.

    It is the part of the ledger's number that has as many words as the duty wants records; None where there is none.
    """
    ledger, times = covered.ledger, covered.duty.times
    if callable(times) or times < _SEVERAL or covered.duty.each is not None:
        return None
    fields = (ledger.field(key) for key in ledger.number)
    return next((one for one in fields if len(getattr(one.kind, "options", ())) == times), None)


def _turns(turn: Field | None, told: Sequence[Mapping[str, object] | None]) -> list[tuple[int, str]]:
    """The turn of each record of a row, and its word: those that stand say theirs, the others take what is left."""
    if turn is None:
        return [(0, "")] * len(told)
    words: tuple[str, ...] = tuple(getattr(turn.kind, "options", ()))
    said = [values.get(turn.key) if values is not None else None for values in told]
    left = [word for word in words if word not in said]
    found = []
    for word in said:
        own = word if isinstance(word, str) and word in words else left.pop(0) if word is None and left else ""
        found.append((words.index(own) if own else len(words), own))
    return found


def _naming(duty: Duty) -> tuple[str, ...]:
    """The fields that say which line of the sheet a record is."""
    rows = duty.rows
    if isinstance(rows, OfPlan):
        named = tuple(own for own, _ in rows.same)
    else:
        named = (rows.field,) if isinstance(rows, OfFile | OfWords) else ()
    return (*named, *((duty.each.field,) if duty.each else ()))
