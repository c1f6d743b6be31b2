"""What a duty asks for in one period, as a sheet to fill in: rooms × items, units × readings, staff × day.

The lines stand in the order of `coverage.py`, which is that of the printed walking list, so that what was written on
paper is typed from top to bottom. Records that stand already are loaded and changed in place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from school_logistics.models.duties import OfFile, OfPlan, OfWords
from school_logistics.services.basis import with_basis
from school_logistics.services.coverage import Coverage, begin
from school_logistics.services.entry_columns import columns_of, may_be_taken_over, offered, typed_once
from school_logistics.services.entry_row import SheetRow
from school_logistics.services.entry_sheet import EntrySheet
from school_logistics.services.kept_sheets import KeptSheets
from school_logistics.services.rows import Query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.models.duties import Duty
    from school_logistics.models.ledger import Field, Ledger
    from school_logistics.rules.calendar import Month
    from school_logistics.services.coverage_columns import Column
    from school_logistics.services.coverage_grid import Cell, Covered, Entered, Want
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft


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

    def covered(self, ledger: Ledger, duty: Duty, month: Month) -> Covered:
        """A duty over a month, or over the year around it."""
        return self.coverage.grid(ledger, duty, month)

    def open(self, covered: Covered, place: int) -> DaySheet:
        """The sheet of one period, with what was half filled in when it was last left."""
        ledger, duty, column = covered.ledger, covered.duty, covered.columns[place]
        known = self._known(covered, column)
        columns = columns_of(self.desk, ledger, _naming(duty), known, min(column.last, self.desk.today))
        once = tuple(one for one in columns if one.writable and (typed_once(one) or one.key == ledger.happened))
        day = column.first if column.first == column.last else None
        sheet = EntrySheet(
            self.desk, ledger, columns, self._rows(covered, place),
            common=self._common(ledger, column, columns, once), day=day,
        )  # fmt: skip
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
        rows = []
        for cell in cells:
            asked: list[tuple[Want | None, Entered | None]] = [(want, want.record) for want in cell.wants]
            asked += [(None, record) for record in cell.others]
            for number, (want, record) in enumerate(asked):
                key = f"{covered.rows[cell.row].value}#{number}"
                if record is not None:
                    fields = covered.ledger.fields
                    base = with_basis({field.key: standing[record.id][field.key] for field in fields})
                    rows.append(SheetRow(key, {}, record.id, base))
                elif want is not None:
                    rows.append(SheetRow(key, self._given(covered, cell, want)))
        return rows

    def _given(self, covered: Covered, cell: Cell, want: Want) -> Draft:
        begun = begin(self.desk, covered, covered.columns[cell.column], want)
        happened = covered.ledger.happened
        single = covered.columns[cell.column].first == covered.columns[cell.column].last
        return {key: value for key, value in begun.items() if value is not None and (single or key != happened)}

    def _common(self, ledger: Ledger, column: Column, columns: Sequence[Field], once: Sequence[Field]) -> Draft:
        """What new lines begin with: what is usual, today within a longer period, who and with what the last time."""
        usual: Draft = {one.key: value for one in columns if (value := offered(one)) is not None}
        return usual | self._running_day(ledger, column) | self._taken_over(ledger, column, once)

    def _running_day(self, ledger: Ledger, column: Column) -> Draft:
        """Today, for a record of the running week or month; of a day the duty itself says which it is."""
        by_date = ledger.field(ledger.happened).kind.name == "day" and column.first < column.last
        running = column.first <= self.desk.today <= column.last
        return {ledger.happened: self.desk.today} if by_date and running else {}

    def _taken_over(self, ledger: Ledger, column: Column, once: Sequence[Field]) -> Draft:
        """Who and with what, as in the last record of the month; nothing that is read off."""
        from school_logistics.rules.calendar import Month

        month = Month.of(column.first)
        for one in (month, month.plus(-1)):
            rows = self.desk.first_page(ledger, Query(one, sort=ledger.happened, descending=True), 1)
            if rows:
                values = dict(zip((field.key for field in ledger.fields), rows[0].values, strict=True))
                found = {one.key: values[one.key] for one in once if may_be_taken_over(one)}
                return {key: value for key, value in found.items() if value is not None}
        return {}

    def _name(self, ledger: Ledger, duty: Duty, column: Column) -> str:
        number = ledger.duties.index(duty) if duty in ledger.duties else 0
        return f"{ledger.key}@{column.first:%Y%m%d}.{number}"


def _naming(duty: Duty) -> tuple[str, ...]:
    """The fields that say which line of the sheet a record is."""
    rows = duty.rows
    if isinstance(rows, OfPlan):
        named = tuple(own for own, _ in rows.same)
    else:
        named = (rows.field,) if isinstance(rows, OfFile | OfWords) else ()
    return (*named, *((duty.each.field,) if duty.each else ()))
