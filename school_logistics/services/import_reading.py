"""One row of a file becomes the values of a record, with what cannot be read in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from school_logistics.errors import Unreadable
from school_logistics.models.checks import Level, Objection
from school_logistics.models.fields import Field
from school_logistics.models.ledger import Ledger
from school_logistics.rules.dates import Reading
from school_logistics.services import sheets
from school_logistics.services.reading.grid import Cell, as_text, is_ditto
from school_logistics.services.rows import Draft

if TYPE_CHECKING:
    from datetime import date

    from school_logistics.services.import_names import NamesInFile
    from school_logistics.services.reading.layout import Bounds, RawRow

_UNIT = "unit"
"""The field that names the unit of measure of a row's quantity."""


@dataclass(slots=True)
class ReadRow:
    """What a row of the file says, as values of the ledger's fields."""

    raw: RawRow
    values: Draft = field(default_factory=dict)
    objections: list[Objection] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    """The cell each value came from, parts of a split cell included."""

    @property
    def unreadable(self) -> bool:
        """Whether some cell makes no sense."""
        return any(one.level is Level.REFUSED for one in self.objections)

    def cell(self, key: str, title: str) -> str:
        """The cell to blame for a field: its own, else that of the field `title`, else the row's first."""
        own = self.cells.get(key) or (self.raw.cells[key][1] if key in self.raw.cells else "")
        return own or self.cells.get(title) or f"A{self.raw.number}"


class RowReader:
    """Reads rows of one ledger; cells that come again and again are read once."""

    def __init__(self, ledger: Ledger, names: NamesInFile, today: date) -> None:
        """`names` knows the records of other ledgers."""
        self.ledger = ledger
        self.names = names
        self.today = today
        self.writable = {one.key: one for one in ledger.fields if one.writable}
        self.has_unit = ledger.has(_UNIT)
        self._readings: dict[Bounds | None, Reading] = {}
        self._known: dict[tuple[Bounds | None, str], dict[tuple[str, Cell], tuple[object, str]]] = {}

    def reading(self, row: RawRow) -> Reading:
        """The day and the period by which a row's dates are understood."""
        if row.period not in self._readings:
            self._readings[row.period] = Reading(self.today, *(row.period or (None, None)))
        return self._readings[row.period]

    def read(self, row: RawRow) -> ReadRow:
        """Read every cell of a row; computed fields are left out."""
        read = ReadRow(row)
        if row.literal:
            self._read_literally(read)
            return read
        unit = self._unit(row) if self.has_unit else ""
        known, plain_names = self._known.setdefault((row.period, unit), {}), not self.names.ambiguous
        split: list[tuple[Field, str, str]] = []
        for key, (raw, at) in row.cells.items():
            one = self.writable.get(key)
            if one is None:
                continue
            if one.split and isinstance(raw, str) and not sheets.is_nothing(raw):
                split.append((one, raw, at))
                continue
            found = known.get((key, raw)) if plain_names and raw.__class__ is not bool else None
            if found and found[0] is not None:
                read.values[key], read.cells[key] = found[0], at
            else:
                self._take(read, one, (raw, at), unit)
        for one, text, at in split:
            self._split(read, one, text, at)
        if unit:
            read.values.setdefault(_UNIT, unit)
        return read

    def _read_literally(self, read: ReadRow) -> None:
        """Read a row of our own export: every cell holds its own field, and marks are words."""
        on = self.reading(read.raw)
        for key, (raw, at) in read.raw.cells.items():
            one = self.writable.get(key)
            if one is None:
                continue
            read.cells[key] = at
            try:
                value = (
                    self.names.find(one, sheets.words_of(raw)) if one.target else sheets.read_literally(one, raw, on)
                )
            except Unreadable as wrong:
                read.objections.append(Objection(Level.REFUSED, key, f"{one.label}{wrong}", one.clause))
                continue
            if value is not None:
                read.values[key] = value

    def _take(self, read: ReadRow, one: Field, cell: tuple[Cell, str], unit: str = "") -> None:
        """Read one cell into a row's values, or note what is wrong with it."""
        raw, at = cell
        value, sentence = self._value(read.raw, one, raw, unit)
        if sentence:
            read.objections.append(Objection(Level.REFUSED, one.key, sentence, one.clause))
            read.cells[one.key] = at
        elif value is not None:
            read.values[one.key] = value
            read.cells[one.key] = at
            if self.names.ambiguous and one.target and (doubt := self.names.doubt(one, value)):
                read.objections.append(Objection(Level.WARNING, one.key, doubt))

    def _split(self, read: ReadRow, one: Field, text: str, at: str) -> None:
        """Read a cell that holds several fields; a field with a cell of its own keeps it."""
        try:
            parts = one.split(text) if one.split else {}
        except Unreadable as wrong:
            read.objections.append(Objection(Level.REFUSED, one.key, f"{one.label}{wrong}", one.clause))
            read.cells[one.key] = at
            return
        for key, part in parts.items():
            if key == one.key or key not in read.raw.cells:
                self._take(read, self.ledger.by_key[key], (part, at))

    def _value(self, row: RawRow, one: Field, raw: Cell, unit: str) -> tuple[object, str]:
        """The value of a cell and "", or None and what is wrong with it; read once for equal cells."""
        known = self._known.setdefault((row.period, unit), {})
        if isinstance(raw, bool):
            return self._read(one, raw, self.reading(row), unit)  # True would be taken for 1
        found = known.get((one.key, raw))
        if found is None:
            found = known[one.key, raw] = self._read(one, raw, self.reading(row), unit)
        return found

    def _read(self, one: Field, raw: Cell, on: Reading, unit: str) -> tuple[object, str]:
        if is_ditto(raw):
            return None, f"{one.label}写的是“{as_text(raw)}”，但上一行没有可以照抄的内容"
        try:
            if one.kind.name != "ref":
                return sheets.read_cell(one, raw, on, unit), ""
            if sheets.is_nothing(raw):
                return None, ""
            text = sheets.words_of(raw)
            return self.names.find(one, one.tidy(text) if one.tidy else text), ""
        except Unreadable as wrong:
            return None, f"{one.label}{wrong}"

    def _unit(self, row: RawRow) -> str:
        """The unit of measure a row names: in its own cell, else behind a number that has no unit of its own."""
        if _UNIT in row.cells:
            return as_text(row.cells[_UNIT][0])
        for key, (raw, _) in row.cells.items():
            one = self.writable.get(key)
            if one and one.kind.name in sheets.NUMBERS and not one.unit and (found := sheets.measured_in(raw)):
                return found
        return ""
