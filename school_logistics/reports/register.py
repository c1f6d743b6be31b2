"""Ledgers on paper: columns, headings, units and totals come from the declaration unless the bureau's paper differs.

`register_of` makes the whole form of a ledger; `column_of` and `grid_of` are its parts, for forms that are more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from school_logistics.models.fields import Field
from school_logistics.models.ledger import Ledger
from school_logistics.reports.blocks import (
    Align,
    AmountInWords,
    Block,
    Column,
    Grid,
    Line,
    Note,
    Orientation,
    Signatures,
    Stamp,
)
from school_logistics.reports.form import Entry, Head, Per, PrintedForm, Register, Source
from school_logistics.rules.calendar import Month
from school_logistics.rules.kinds import Amount
from school_logistics.rules.money import in_words

NUMBER = "序号"
TOTAL = "合计"
SUBTOTAL = "小计"
_MM_A_CHARACTER = 1.75
_MM_BESIDE = 3.0
_LEAST_MM = 9.0
_HEADING_MM = 3.3
"""Room for one character of a heading, which may break into two lines."""
_MONEY_PLACES = 2
_UNBROKEN = frozenset({"day", "until", "month_or_day", "time", "span", "moment", "count", "amount", "flag", "code"})
_CENTRED = frozenset({"day", "until", "month_or_day", "time", "span", "moment", "flag", "choice"})

Sum = Decimal | int | None


@dataclass(frozen=True, kw_only=True)
class PaperColumn:
    """One column of a form: its heading, its room, and what of an entry stands in it."""

    heading: str
    mm: float
    text: Callable[[Entry], str]
    fields: tuple[str, ...] = ()
    """The fields told in it: what is missing there is hatched here."""
    align: Align = "left"
    group: str = ""
    wrap: bool = True
    adds: Callable[[Entry], Sum] | None = None
    """What an entry adds to the column's totals."""
    whole: Callable[[Sequence[Entry]], str] | None = None
    """What stands under several entries together when it is no sum, such as a rate."""
    show_sum: Callable[[Any], str] = str
    money: bool = False

    def as_column(self) -> Column:
        """The column as the grid knows it."""
        return Column(self.heading, self.mm, self.align, self.group, self.wrap, self.show_sum)


def heading_of(field: Field) -> str:
    """The label of a field with its unit: 留样量（g）."""
    return f"{field.label}（{field.unit}）" if field.unit and field.unit not in field.label else field.label


def width_of(field: Field) -> float:
    """Millimetres for a field's usual content, and for its heading in two lines."""
    label = field.label
    return max(_LEAST_MM, field.chars * _MM_A_CHARACTER + _MM_BESIDE, (len(label) + 1) // 2 * _HEADING_MM + _MM_BESIDE)


def column_of(
    ledger: Ledger,
    key: str,
    *,
    heading: str = "",
    mm: float = 0,
    align: Align | None = None,
    group: str | None = None,
    wrap: bool | None = None,
    masked: bool = True,
    text: Callable[[Entry], str] | None = None,
) -> PaperColumn:
    """A field as a column, as declared where nothing else is said."""
    field = ledger.field(key)
    kind = field.kind
    adds = _adds(key) if field.totals else None
    usual: Align = "right" if kind.align == "right" else "center" if kind.name in _CENTRED else "left"
    return PaperColumn(
        heading=heading or heading_of(field),
        mm=mm or width_of(field),
        text=text or _text_of(field, masked=masked),
        fields=(key,),
        align=align or usual,
        group=field.group if group is None else group,
        wrap=kind.name not in _UNBROKEN if wrap is None else wrap,
        adds=adds,
        show_sum=kind.show,
        money=adds is not None and isinstance(kind, Amount) and kind.places == _MONEY_PLACES and field.unit == "元",
    )


def _text_of(field: Field, *, masked: bool) -> Callable[[Entry], str]:
    """The shortest way to `Entry.text`: a month may have thousands of rows."""
    key, show = field.key, field.kind.show
    if field.kind.name == "ref" or (masked and field.personal):
        return lambda entry: entry.text(key, masked=masked)
    return lambda entry: show(entry.values.get(key))


def _adds(key: str) -> Callable[[Entry], Sum]:
    return lambda entry: entry[key]


def month_day(key: str) -> Callable[[Entry], str]:
    """The day of an entry without its year, which stands at the head of a month's form: 11-09."""
    return lambda entry: f"{entry[key]:%m-%d}" if entry[key] else ""


def day_near(key: str, year: int) -> Callable[[Entry], str]:
    """The day of an entry, its year above it only where it is another than the form's: 11-09."""

    def shown(entry: Entry) -> str:
        day: date | None = entry[key]
        if day is None:
            return ""
        return f"{day:%m-%d}" if day.year == year else f"{day:%Y}\n{day:%m-%d}"

    return shown


def month_moment(key: str) -> Callable[[Entry], str]:
    """The day and time of an entry without its year: 11-09 11:15."""
    return lambda entry: f"{entry[key]:%m-%d %H:%M}" if entry[key] else ""


def grid_of(
    columns: Sequence[PaperColumn],
    entries: Sequence[Entry],
    *,
    none: str = "",
    numbered: bool = True,
    blank: bool = True,
) -> Grid:
    """The entries as a ruled table: numbered, with page and grand totals of the columns that add up."""
    start = 1 if numbered else 0
    adding = [place for place, column in enumerate(columns) if column.adds]
    rows = [
        (*((str(number),) if numbered else ()), *(column.text(entry) for column in columns))
        for number, entry in enumerate(entries, start=1)
    ]
    return Grid(
        columns=(
            *((Column(NUMBER, 7.5, "center", wrap=False),) if numbered else ()),
            *(one.as_column() for one in columns),
        ),
        rows=rows,
        total=(TOTAL, *_totals(columns, entries)[1 - start :]) if adding and entries else None,
        page_totals=tuple(place + start for place in adding),
        sums=[tuple(_decimal(columns[place].adds, entry) for place in adding) for entry in entries],
        blank_to_page=blank,
        empty=none,
        hatched=frozenset(
            (row, place + start)
            for row, entry in enumerate(entries)
            if entry.gaps
            for place, column in enumerate(columns)
            if not entry.gaps.isdisjoint(column.fields)
        ),
    )


def _decimal(adds: Callable[[Entry], Sum] | None, entry: Entry) -> Decimal | None:
    value = adds(entry) if adds else None
    return None if value is None else Decimal(value)


def grid_by(
    columns: Sequence[PaperColumn],
    entries: Sequence[Entry],
    key: str | Callable[[Entry], object],
    *,
    none: str = "",
    heading: Callable[[Sequence[Entry]], str] | None = None,
    subtotal: Callable[[str], tuple[str, ...]] | None = lambda _group: (SUBTOTAL,),
) -> Grid:
    """The entries as a table in which those with the same `key` stand together, closed by a subtotal in bold.

    With `heading` each group also begins under a line of its own; `subtotal` gives the first texts of the closing row,
    or is None where the heading tells the sum.
    Entries come in the order of their groups.
    """
    plain = grid_of(columns, entries, none=none)
    group_of = key if callable(key) else (lambda entry: entry.text(key))
    groups = [(group, list(members)) for group, members in groupby(entries, key=group_of)]
    rows: list[tuple[str, ...]] = []
    sums: list[tuple[Decimal | None, ...]] = []
    moved: dict[int, int] = {}
    bold: set[int] = set()
    nothing = (None,) * len(plain.page_totals)
    for group, members in groups:
        if heading is not None:
            rows.append((heading(members),))
            sums.append(nothing)
        for _ in members:
            moved[len(moved)] = len(rows)
            sums.append(plain.sums[len(moved) - 1])
            rows.append(plain.rows[len(moved) - 1])
        if subtotal is None:
            continue
        bold.add(len(rows))
        label = subtotal(str(group))
        rows.append(("", *label, *_totals(columns, members)[len(label) :]))
        sums.append(nothing)
    hatched = frozenset((moved[row], column) for row, column in plain.hatched)
    return replace(plain, rows=rows, sums=sums, bold=frozenset(bold), hatched=hatched)


def _totals(columns: Sequence[PaperColumn], entries: Sequence[Entry]) -> list[str]:
    """What stands under each column: its sum, or what it says of several entries together."""
    texts = []
    for column in columns:
        total = total_of(column, entries)
        told = column.whole(entries) if column.whole else ""
        texts.append(told if total is None else column.show_sum(total))
    return texts


def told(*keys: str, between: str = "\n") -> str:
    """Several texts of one cell, those that are there."""
    return between.join(key for key in keys if key)


def with_beside(
    source: Source, entries: Sequence[Entry], keys: Sequence[str], ledgers: Sequence[Ledger]
) -> list[Entry]:
    """The entries, each with the whole records that some of its references name."""
    by_key = {one.key: one for one in ledgers}
    known = {
        key: {one.id: one for one in source.entries(by_key[entries[0].ledger.field(key).target])}
        for key in (keys if entries else ())
    }
    return [
        replace(entry, values={**entry.values, **{f"{key}.record": known[key].get(entry[key]) for key in keys}})
        for entry in entries
    ]


def beside(entry: Entry, key: str) -> Entry | None:
    """The record that a reference of an entry names; see `register_of(joined=…)`."""
    found: Entry | None = entry.values.get(f"{key}.record")  # type: ignore[assignment]  # put there by with_beside
    return found


def of_beside(key: str, field: str) -> Callable[[Entry], str]:
    """The text of a field of the record that a reference names; nothing where it names none."""

    def text(entry: Entry) -> str:
        there = beside(entry, key)
        return there.text(field) if there else ""

    return text


def distinct(entries: Iterable[Entry], key: str) -> str:
    """The different texts of a field in the order in which they come: 孙己、赵甲子."""
    return "、".join(dict.fromkeys(text for entry in entries if (text := entry.text(key))))


def total_of(column: PaperColumn, entries: Iterable[Entry]) -> Decimal | None:
    """The sum of a column over entries; None where nothing is known, which is not the same as nought."""
    known = [value for entry in entries if (value := _decimal(column.adds, entry)) is not None]
    return sum(known, Decimal(0)) if known else None


def words_below(columns: Sequence[PaperColumn], entries: Sequence[Entry]) -> Iterator[AmountInWords]:
    """The sum of the first money column in capital words, when there is one and anything to sum."""
    column = next((one for one in columns if one.money), None)
    total = total_of(column, entries) if column else None
    if column is not None and total is not None:
        label = column.heading.partition("（")[0]
        yield AmountInWords(f"{label}合计（大写）", in_words(total))


def register_of(
    ledger: Ledger,
    *,
    code: str,
    title: str,
    signers: tuple[str, ...],
    columns: Sequence[str | PaperColumn] = (),
    per: Per | None = None,
    also: tuple[Ledger, ...] = (),
    lines: Callable[[Sequence[Entry], Head], Iterable[Line]] | None = None,
    keep: Callable[[Entry, Month], bool] | None = None,
    none: str = "",
    note: str = "",
    footer_note: str = "",
    edition: str = "",
    orientation: Orientation = "landscape",
    numbered: bool = True,
    joined: tuple[str, ...] = (),
) -> PrintedForm:
    """The form that is its ledger on paper.

    Columns are the fields shown in the table, in their order, unless named; `keep` leaves records out, such as those
    of last year; `also` are other ledgers it shows something of. Of the references `joined` the whole record they name
    stands beside each entry, to be told by `beside`; their ledgers are among `also`.
    """
    per = per or (Per.MONTH if ledger.happened else Per.NOW)
    shown = tuple(_shown(ledger, columns, per))
    none = none or (f"本月没有{ledger.label}" if per is Per.MONTH else f"{ledger.label}里还没有记录")

    def gather(source: Source, month: Month) -> Register:
        entries = source.entries(ledger, month if per is Per.MONTH else None)
        kept = [entry for entry in entries if keep is None or keep(entry, month)]
        return Register(with_beside(source, kept, joined, also) if joined else kept)

    def compose(facts: Register, head: Head) -> Iterator[Block]:
        if lines is not None:
            yield from lines(facts.rows, head)
        yield grid_of(shown, facts.rows, none=none, numbered=numbered)
        yield from words_below(shown, facts.rows)
        yield Signatures(signers)
        yield Stamp()
        if note:
            yield Note(note)

    return PrintedForm(
        code=code, title=title, group=ledger.group, ledgers=(ledger, *also), gather=gather, compose=compose, none=none,
        per=per, orientation=orientation, edition=edition, footer_note=footer_note,
    )  # fmt: skip


def _shown(ledger: Ledger, columns: Sequence[str | PaperColumn], per: Per) -> Iterator[PaperColumn]:
    wanted = columns or [field.key for field in ledger.fields if field.in_table]
    for one in wanted:
        column = column_of(ledger, one) if isinstance(one, str) else one
        yield _within_month(ledger, column) if per is Per.MONTH and one == ledger.happened else column


def _within_month(ledger: Ledger, column: PaperColumn) -> PaperColumn:
    """The day of a month's form is told without its year."""
    if ledger.field(ledger.happened).kind.name == "moment":
        return replace(column, text=month_moment(ledger.happened), mm=22)
    return replace(column, text=month_day(ledger.happened), mm=14)
