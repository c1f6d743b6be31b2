"""Turn a sheet into rows of a ledger: which rows hold data, and for each field its raw value and its cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeAlias

from school_logistics.errors import FileTrouble, Unreadable
from school_logistics.models.fields import Need
from school_logistics.models.ledger import Ledger
from school_logistics.services.reading.grid import (
    Cell,
    Sheet,
    address,
    as_text,
    column_letters,
    is_blank,
    is_ditto,
    is_plain,
    normal,
)
from school_logistics.services.reading.header import (
    Column,
    Header,
    Names,
    find_header,
    is_ordinal,
    same_heading,
)
from school_logistics.services.reading.own import data_rows, heading_row
from school_logistics.services.reading.period import about_the_table, pairs_above, period_around
from school_logistics.services.sheets import heading

_SUM = re.compile(r".{0,8}?(?:小计|合计|总计|累计|共计)(?:[:(].*)?")
_GRAND = re.compile(r"(?:合计|总计|共计)(?:[:(].*)?")
_NOTE = re.compile(r"(?:填表|填写|使用)?(?:说明|须知|要求)|注\d?[:.、]|备注:")
_SIGNED = re.compile(
    r"(?:签字|签名|签章|盖章|采购员|验收人|保管员|管理员|填表人?|制表人?|审核人?|负责人|经办人?|记录人|检查人|校长|主任"
    r"|会计|出纳|班主任|年月日)[^:]{0,6}(?::|$)"
)
_TITLES_ABOVE = 4
_HEADING_AGAIN = "重复的表头"
_FEW = 3
_LEAST_KNOWN = 2


Bounds: TypeAlias = tuple[date, date]


class RawRow(NamedTuple):
    """One data row: its place in the file and, by field key, the raw value with the cell it stands in."""

    sheet: str
    number: int
    cells: dict[str, tuple[Cell, str]]
    period: Bounds | None = None
    """First and last day of the period that the title above the row names."""
    columns: frozenset[str] = frozenset()
    """The fields for which the sheet has a column, blank in this row or not."""
    literal: bool = False
    """Whether its cells mean what they say, word for word: in an export of our own."""


@dataclass(frozen=True)
class LaidOut:
    """A sheet as the ledger sees it, or why it does not fit."""

    sheet: str
    reason: str = ""
    header: Header | None = None
    rows: list[RawRow] = field(default_factory=list)
    passed_over: list[tuple[int, str]] = field(default_factory=list)
    """Row numbers that hold no data, with what they are."""
    given: dict[str, tuple[Cell, str]] = field(default_factory=dict)
    """Fields whose value stands above the table once for all rows."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns found, from left to right."""
        return self.header.columns if self.header else ()


def lay_out(sheets: Sequence[Sheet], names: Names, file_name: str, only: str | None = None) -> list[LaidOut]:
    """Find the ledger's rows in every sheet, or in the one sheet named.

    Sheets that do not fit the ledger, and hidden ones, come back with a reason and without rows.
    Raises FileTrouble when there is no sheet of that name.
    """
    if only is not None:
        wanted = [sheet for sheet in sheets if sheet.name.strip() == only.strip()]
        if not wanted:
            known = "、".join(sheet.name for sheet in sheets)
            raise FileTrouble(f"文件里没有名为“{only}”的工作表；现有：{known}。请改选其中一张")
        return [_lay_out(wanted[0], names, file_name)]
    return [
        LaidOut(sheet.name, "隐藏的工作表") if sheet.hidden else _lay_out(sheet, names, file_name) for sheet in sheets
    ]


def _lay_out(sheet: Sheet, names: Names, file_name: str) -> LaidOut:
    if all(is_blank(cell) for row in sheet.rows for cell in row):
        return LaidOut(sheet.name, "空工作表")
    own = None if names.chosen else _own(sheet, names.ledger)
    if own is not None:
        return own
    header = find_header(sheet, names)
    if header is None:
        return LaidOut(sheet.name, f"没有找到《{names.ledger.label}》的表头")
    above = sheet.rows[: header.top]
    given = _given(above, header, names) | _in_title(sheet, header, names, file_name)
    found = LaidOut(sheet.name, "", header, given=given)
    _Reader(sheet, header, names.ledger, found, file_name).read()
    reason = _misfit(names.ledger, header, found)
    return LaidOut(sheet.name, reason, header) if reason else found


def _own(sheet: Sheet, ledger: Ledger) -> LaidOut | None:
    """The sheet as an export of this ledger, read word for word; None when it is a clerk's table."""
    headings = [heading(one) for one in ledger.fields]
    top = heading_row(sheet, headings)
    rows = None if top is None else data_rows(sheet, top, summed=any(one.totals for one in ledger.fields))
    if top is None or rows is None:
        return None
    columns = tuple(
        Column(place, one, field.key) for place, (one, field) in enumerate(zip(headings, ledger.fields, strict=True))
    )
    fields = frozenset(one.key for one in ledger.fields)
    letters = [(index, column.letters, column.field) for index, column in enumerate(columns)]
    found = [
        RawRow(
            sheet.name, number + 1,
            {key: (cell, f"{letter}{number + 1}") for index, letter, key in letters
             if (cell := sheet.rows[number][index]) is not None and cell != ""},
            None, fields, literal=True,
        )
        for number in rows
    ]  # fmt: skip
    return LaidOut(sheet.name, "", Header(top, top, columns), [row for row in found if row.cells])


def _period(sheet: Sheet, top: int, file_name: str) -> Bounds | None:
    """The period named right above a heading, by the sheet or by the file."""
    above = sheet.rows[max(0, top - _TITLES_ABOVE) : top]
    titles = [about_the_table(cell) for row in above for cell in row if not is_blank(cell)]
    return period_around(titles, sheet.name, file_name).bounds()


def _given(above: Sequence[Sequence[Cell]], header: Header, names: Names) -> dict[str, tuple[Cell, str]]:
    """Values written above the heading for fields that have no column of their own."""
    with_column = {column.field for column in header.known}
    given: dict[str, tuple[Cell, str]] = {}
    for number, row in enumerate(above):
        for name, (index, value) in pairs_above([row]).items():
            key = names.find(name)
            if key and key not in with_column and names.ledger.field(key).writable:
                given.setdefault(key, (value, address(number, index)))
    return given


def _in_title(sheet: Sheet, header: Header, names: Names, file_name: str) -> dict[str, tuple[Cell, str]]:
    """What title, sheet name or file name say for all rows, such as the term, where no column says it."""
    titles = [
        (cell, address(number, index)) for number in range(header.top) for index, cell in enumerate(sheet.rows[number])
    ]
    around = [*((as_text(cell), at) for cell, at in titles if not is_blank(cell)), (sheet.name, ""), (file_name, "")]
    found: dict[str, tuple[Cell, str]] = {}
    for one in names.ledger.fields:
        if one.in_title and header.column_of(one.key) is None:
            told = ((one.in_title(text), at) for text, at in around)
            value, at = next(((text, at) for text, at in told if text), ("", ""))
            if value:
                found[one.key] = (value, at)
    return found


def _misfit(ledger: Ledger, header: Header, found: LaidOut) -> str:
    """Say why a sheet is not this ledger's, or nothing.

    What makes a record must stand in the sheet: neither a column that is only guessed nor what a new row on screen
    starts with may stand in for it, or an import would make up checks that nobody did.
    """
    beside = {normal(heading) for one in ledger.fields for heading in one.beside}
    headings = [
        column
        for column in header.columns
        if column.field or (not is_ordinal(column.heading) and normal(column.heading) not in beside)
    ]
    certain = {column.field for column in header.known if not column.guessed}
    present = certain | set(found.given) | _from_split(ledger, header, found.rows)
    lacking = [
        one.label
        for one in ledger.fields
        if (one.required is Need.ALWAYS or one.key == ledger.happened) and one.writable and one.key not in present
        if not one.follows
    ]
    sure = sum(not column.doubt for column in header.known)
    if sure < min(_LEAST_KNOWN, len(headings)) or (sure * 2 < len(headings) and lacking):
        known = "、".join(column.heading for column in header.known)
        return f"与《{ledger.label}》对不上：{len(headings)} 列中只认出 {len(header.known)} 列（{known}）"
    return f"缺少必有的列：{'、'.join(lacking)}{_resembling(ledger, header, lacking)}" if lacking else ""


def _resembling(ledger: Ledger, header: Header, lacking: Sequence[str]) -> str:
    """Which columns look like those that are lacking, so that the clerk can say that they are meant."""
    alike = [(column.heading, ledger.field(column.field).label) for column in header.known if column.guessed]
    told = [f"“{heading}”若就是“{label}”，请把表头改成“{label}”" for heading, label in alike if label in lacking]
    return f"（{'；'.join(told)}）" if told else ""


def _from_split(ledger: Ledger, header: Header, rows: Sequence[RawRow]) -> set[str]:
    """Fields that come out of a cell which holds several."""
    keys: set[str] = set()
    for column in header.known:
        split = ledger.field(column.field).split
        sample = next((row.cells[column.field][0] for row in rows if column.field in row.cells), None)
        if split and sample is not None:
            try:
                keys |= set(split(as_text(sample)))
            except Unreadable:
                continue
    return keys


class _Reader:
    """Walks down one sheet and remembers what merged cells, ditto marks and blank dates refer to."""

    def __init__(self, sheet: Sheet, header: Header, ledger: Ledger, found: LaidOut, file_name: str) -> None:
        self.sheet, self.header, self.ledger, self.found, self.file_name = sheet, header, ledger, found, file_name
        self.columns = header.known
        self.fields = frozenset(column.field for column in header.known)
        self.content = [
            column.index
            for column in header.columns
            if not is_ordinal(column.heading) and not (column.field and ledger.field(column.field).computed)
        ]
        self.ordinals = {column.index for column in header.columns if is_ordinal(column.heading)}
        self.letters = [column_letters(index) for index in range(len(sheet.rows[header.top]))]
        self.places = [(column.index, column.letters, column.field) for column in self.columns]
        self.beside = {
            column.field: before
            for column in self.columns
            if (before := _before(column, header, {normal(name) for name in ledger.field(column.field).beside}))
        }
        self.last_beside: dict[int, str] = {}
        self.carried = {
            column.field
            for column in self.columns
            if column.field == ledger.happened
            or (ledger.field(column.field).carry and ledger.field(column.field).kind.name in {"day", "moment"})
        }
        self.anchors = {
            (row, column): (block.top, block.left)
            for block in sheet.merged
            if block.bottom > block.top > header.bottom
            for column in range(block.left, block.right + 1)
            for row in range(block.top, block.bottom + 1)
        }
        self.last: dict[str, tuple[Cell, str]] = {}
        self.period = _period(sheet, header.top, file_name)
        self.after_total = False

    def read(self) -> None:
        """Collect the data rows into what was found."""
        skipped = self._repeated_headings()
        for number in range(self.header.bottom + 1, len(self.sheet.rows)):
            row = self.sheet.rows[number]
            why = skipped.get(number) or self._no_data(row)
            if why == _HEADING_AGAIN and skipped.get(number - 1) != _HEADING_AGAIN:
                self.period = _period(self.sheet, number, self.file_name) or self.period
            if why is None:
                self.found.rows.append(self._row(row, number))
            elif why:
                self.found.passed_over.append((number + 1, why))

    def _repeated_headings(self) -> dict[int, str]:
        """Headings printed again further down, with the title lines right above them."""
        again: dict[int, str] = {}
        height = self.header.bottom - self.header.top
        heading = self.sheet.rows[self.header.top]
        for number in range(self.header.bottom + 1, len(self.sheet.rows)):
            if not same_heading(self.sheet.rows[number], heading):
                continue
            again.update(dict.fromkeys(range(number, number + height + 1), _HEADING_AGAIN))
            for above in range(number - 1, max(number - 1 - _TITLES_ABOVE, self.header.bottom), -1):
                if sum(not is_blank(cell) for cell in self.sheet.rows[above]) > 1:
                    break
                again[above] = "标题"
        return again

    def _no_data(self, row: Sequence[Cell]) -> str | None:
        """Say what a row is when it holds no data ("" for a blank one); None when it does."""
        words = [cell for index, cell in enumerate(row) if cell is not None and index not in self.ordinals]
        first = next((cell for cell in words if cell.__class__ is not str or not is_blank(cell)), None)
        if _sums_up(first) or any(_sums_up(row[index]) for index in self.ordinals):
            self.after_total = self.after_total or not _part_sum(first)
            return "合计或小计"
        if len(words) <= _FEW and all(isinstance(cell, str) for cell in words):
            texts = [normal(cell) for cell in row if not is_blank(cell)]
            if any(":" in text and _SIGNED.search(text) for text in texts):
                return "签字行"
            if len(texts) == 1 and (_NOTE.match(texts[0]) or self.after_total):
                return "说明"
        if all(is_blank(row[index]) for index in self.content):
            return ""
        self.after_total = False
        return None

    def _row(self, row: Sequence[Cell], number: int) -> RawRow:
        """Read one data row."""
        cells: dict[str, tuple[Cell, str]] = dict(self.found.given)
        before = {field: self._beside(row, number, columns) for field, columns in self.beside.items()}
        last, place = self.last, str(number + 1)
        for index, letters, key in self.places:
            value = row[index]
            found = (value, letters + place) if is_plain(value) else self._cell(row, number, index, key)
            if found is not None:
                cells[key] = last[key] = found
                prefix = before.get(key, "") if before else ""
                if prefix and not as_text(found[0]).startswith(prefix):
                    cells[key] = (prefix + as_text(found[0]), found[1])
            elif key not in self.carried:
                last.pop(key, None)
            elif key in last:
                cells[key] = last[key]
        return RawRow(self.sheet.name, number + 1, cells, self.period, self.fields)

    def _cell(self, row: Sequence[Cell], number: int, index: int, field: str) -> tuple[Cell, str] | None:
        """The raw value of a cell, taken from above where it is merged or ditto; None when blank."""
        value, at = row[index], f"{self.letters[index]}{number + 1}"
        if isinstance(value, str) and not value.strip():
            value = None
        if value is None:
            if (number, index) not in self.anchors:
                return None
            top, left = self.anchors[number, index]
            value, at = self.sheet.rows[top][left], address(top, left)
        if isinstance(value, str):
            if is_ditto(value):
                return self.last.get(field, (value, at))
            return (value, at) if value.strip() else None
        return None if value is None else (value, at)

    def _beside(self, row: Sequence[Cell], number: int, columns: Sequence[Column]) -> str:
        """What the columns say that belong before another, carried down where they are blank."""
        for column in columns:
            found = self._cell(row, number, column.index, column.field)
            if found is not None and not is_ditto(found[0]):
                self.last_beside[column.index] = as_text(found[0])
        return "".join(self.last_beside.get(column.index, "") for column in columns)


def _sums_up(cell: Cell) -> bool:
    """Whether a cell says that its row sums others up."""
    return isinstance(cell, str) and "计" in cell and bool(_SUM.fullmatch(normal(cell)))


def _part_sum(cell: Cell) -> bool:
    """Whether it sums up only a part, after which more rows come."""
    return isinstance(cell, str) and not _GRAND.fullmatch(normal(cell))


def _before(column: Column, header: Header, headings: set[str]) -> tuple[Column, ...]:
    """The columns whose cells belong before those of `column`."""
    return tuple(other for other in header.columns if other is not column and normal(other.heading) in headings)
