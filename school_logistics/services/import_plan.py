"""What an import would do, before it does it: rows with their fate, and every objection with its cell.

Plain values only: the dialog and the command line show a plan, and `importing.commit` carries it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from school_logistics.models.checks import Level
from school_logistics.models.ledger import Ledger
from school_logistics.services.reading.layout import LaidOut, RawRow
from school_logistics.services.rows import Draft


class Fate(StrEnum):
    """What becomes of a row of the file."""

    ADD = "新增"
    UPDATE = "更新"
    SAME = "不变"
    REFUSED = "不写入"


class CellObjection(NamedTuple):
    """What is wrong with one cell of the file."""

    sheet: str
    cell: str
    reason: str
    level: Level
    field: str
    row: int
    """The place of its row in `ImportPlan.rows`, counted from 0."""
    clause: str = ""

    @property
    def where(self) -> str:
        """The place as a person looks it up."""
        return f"“{self.sheet}”{self.cell}"


class ImportRow(NamedTuple):
    """One data row of the file and what becomes of it."""

    raw: RawRow
    values: Draft
    """The whole record as it would be kept; names not yet known are negative numbers, see `ImportPlan.name_of`."""
    given: frozenset[str]
    """The fields for which the file has a value."""
    fate: Fate
    record: int | None = None
    """The id of the record that is updated or already equal."""
    objections: tuple[CellObjection, ...] = ()
    drafts: tuple[Draft, ...] = ()
    """Of a ledger that divides: the records that it is kept as."""

    @property
    def sheet(self) -> str:
        """The sheet it stands in."""
        return self.raw.sheet

    @property
    def number(self) -> int:
        """Its row number in the sheet, as the table program counts."""
        return self.raw.number

    def cell(self, key: str) -> str:
        """The cell a field was read from; "" for none."""
        return self.raw.cells[key][1] if key in self.raw.cells else ""

    def written(self, key: str) -> object:
        """What the file has in that cell; None for nothing."""
        return self.raw.cells[key][0] if key in self.raw.cells else None


@dataclass(frozen=True)
class FoundColumn:
    """One column of one sheet: what stands above it, and the field it was taken for."""

    sheet: str
    letters: str
    heading: str
    field: str
    label: str
    doubt: str = ""

    def as_json(self) -> dict[str, str]:
        """As the command line prints it."""
        return {
            "sheet": self.sheet, "column": self.letters, "heading": self.heading, "field": self.field,
            "label": self.label, "doubt": self.doubt,
        }  # fmt: skip


@dataclass(frozen=True)
class NewName:
    """A record that another ledger gets because the file names it: 待补资料 until somebody fills it in."""

    id: int
    """A negative stand-in until the record is made."""
    ledger: Ledger
    name: str
    values: Draft = field(default_factory=dict)


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    title: str
    added: int
    updated: int
    unchanged: int
    refused: int
    drafts: tuple[NewName, ...]
    ids: range

    def __str__(self) -> str:
        """The sentence for the message bar."""
        told = [f"新增 {self.added} 行"]
        told += [f"更新 {self.updated} 行"] if self.updated else []
        told += [f"{self.unchanged} 行原已登记"] if self.unchanged else []
        told += [f"{self.refused} 行有错未导入"] if self.refused else []
        told += [f"另外新建 {len(self.drafts)} 条档案，资料待补"] if self.drafts else []
        return f"{self.title}：{'，'.join(told)}。"


@dataclass(frozen=True)
class ImportPlan:
    """The dry run of an import."""

    ledger: Ledger
    file: str
    laid: tuple[LaidOut, ...]
    rows: tuple[ImportRow, ...]
    new_names: tuple[NewName, ...]
    """Names that rows to be added or updated use and no ledger knows yet."""
    names: Mapping[str, Mapping[int, str]]
    """How the records of other ledgers are called, by ledger key and id."""
    mended: Mapping[str, str] = field(default_factory=dict)
    """What the clerk typed over cells, by `sheet!cell`."""
    as_of: int = 0
    """The latest act when the plan was made."""

    def of(self, fate: Fate) -> Iterator[ImportRow]:
        """The rows of one fate."""
        return (row for row in self.rows if row.fate is fate)

    def count(self, fate: Fate) -> int:
        """How many rows share a fate."""
        return self._counts[fate]

    @property
    def refused(self) -> tuple[CellObjection, ...]:
        """Cells that cannot be taken."""
        return self._by_level[Level.REFUSED]

    @property
    def gaps(self) -> tuple[CellObjection, ...]:
        """What the law wants and the file lacks: taken, and counted as missing."""
        return self._by_level[Level.GAP]

    @property
    def warnings(self) -> tuple[CellObjection, ...]:
        """What should be looked at again, doubtful columns included."""
        return (*self._doubtful_columns(), *self._by_level[Level.WARNING])

    @property
    def sheets_skipped(self) -> tuple[LaidOut, ...]:
        """Sheets that do not fit the ledger, with their `reason`."""
        return tuple(sheet for sheet in self.laid if sheet.reason)

    @property
    def columns(self) -> tuple[FoundColumn, ...]:
        """The columns of the sheets that fit, from left to right."""
        by_key = self.ledger.by_key
        return tuple(
            FoundColumn(
                sheet.sheet, one.letters, one.heading, one.field,
                by_key[one.field].label if one.field else "", one.doubt,
            )
            for sheet in self.laid if not sheet.reason
            for one in sheet.columns
        )  # fmt: skip

    @property
    def trouble(self) -> str:
        """Why nothing can be imported at all; "" when some sheet fits."""
        if any(not sheet.reason for sheet in self.laid):
            return ""
        reasons = "；".join(f"“{sheet.sheet}”{sheet.reason}" for sheet in self.laid)
        return (
            f"“{self.file}”里没有可以导入《{self.ledger.label}》的工作表：{reasons}。没有改动任何数据，"
            "请核对所选台账，或把表头改成台账的列名后再导入"
        )

    def name_of(self, key: str, one: object) -> str:
        """What a reference field's value is called, names not yet known included."""
        return self.names[self.ledger.field(key).target].get(one, "") if isinstance(one, int) else ""

    def text(self, row: ImportRow, key: str) -> str:
        """What a field of a row will look like once imported."""
        one = self.ledger.field(key)
        value = row.values.get(key)
        return self.name_of(key, value) if one.kind.name == "ref" else one.kind.show(value)

    def document(self, done: Imported | None = None, *, skip_refused: bool = False) -> dict[str, Any]:
        """The one document that `import --json` prints; before anything is done `added` says what would be.

        Without `skip_refused` a single refused cell stops the whole import, and `added` is 0.
        """
        refused_all = done is None and not skip_refused and bool(self.refused)
        return {
            "rows": len(self.rows),
            "added": done.added if done else 0 if refused_all else self.count(Fate.ADD),
            "updated": done.updated if done else 0 if refused_all else self.count(Fate.UPDATE),
            "unchanged": self.count(Fate.SAME),
            "refused": _by_cell(self.refused),
            "gaps": _by_cell(self.gaps),
            "warnings": _by_cell(self.warnings),
            "columns": [one.as_json() for one in self.columns],
            "sheets_skipped": [{"sheet": one.sheet, "reason": one.reason} for one in self.sheets_skipped],
            "drafts": [{"ledger": one.ledger.key, "name": one.name} for one in self.new_names],
        }

    @cached_property
    def _counts(self) -> dict[Fate, int]:
        counts = dict.fromkeys(Fate, 0)
        for row in self.rows:
            counts[row.fate] += 1
        return counts

    @cached_property
    def _by_level(self) -> dict[Level, tuple[CellObjection, ...]]:
        sorted_out: dict[Level, list[CellObjection]] = {level: [] for level in Level}
        for row in self.rows:
            for one in row.objections:
                sorted_out[one.level].append(one)
        return {level: tuple(found) for level, found in sorted_out.items()}

    def _doubtful_columns(self) -> Iterator[CellObjection]:
        for sheet in self.laid:
            if sheet.header is None or sheet.reason:
                continue
            for one in sheet.header.columns:
                if one.doubt:
                    cell = f"{one.letters}{sheet.header.top + 1}"
                    yield CellObjection(sheet.sheet, cell, one.doubt, Level.WARNING, one.field, -1)


def _by_cell(objections: Iterable[CellObjection]) -> list[dict[str, str]]:
    """Objections as the command line prints them: one for each cell, with everything there is against it."""
    reasons: dict[tuple[str, str], dict[str, None]] = {}
    for one in objections:
        reasons.setdefault((one.sheet, one.cell), {})[one.reason] = None
    return [{"sheet": sheet, "cell": cell, "reason": "；".join(told)} for (sheet, cell), told in reasons.items()]
