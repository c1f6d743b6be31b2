"""Blank paper for those who walk round: the rows of a duty in the order in which they are entered later.

A sheet has a line for each record that a day, a week or a month asks for, with what is known of it; readings, times
and names are left to be written by hand. What is written from top to bottom is typed from top to bottom.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from school_logistics.models.fields import Field
from school_logistics.models.ledger import Ledger
from school_logistics.reports.blocks import Block, Column, Grid, Line, Note, Paper, Signatures
from school_logistics.reports.register import NUMBER, heading_of, width_of

_NARROW_MM = 186.0
"""Columns together wider than that want the paper to lie."""
_ITEM_MM = 9.0
_TIME_MM, _MOMENT_MM = 19.0, 24.0
_NOTE = "自上而下逐行填写，录入时的次序与本单相同。数字照实际读数填写；没有做的留空，不要事后补编。"
_MARKS = "各项正常打 √，不正常打 ×，不适用打 —，× 的在后面写明情况。"
_FORM = "现场填写"


@dataclass(frozen=True)
class SheetLine:
    """One record that is asked for, with what is known of it before anybody has been there."""

    known: tuple[str, ...]
    """One text for each known column: the room, the dish, where an extinguisher hangs."""


@dataclass(frozen=True)
class BlankSheet:
    """A blank sheet of a duty, ready to be laid out."""

    ledger: Ledger
    title: str
    school: str
    period: str
    """2026年10月14日 星期三, or from when to when."""
    known: tuple[Field, ...]
    """The fields that stand printed in each line."""
    lines: Sequence[SheetLine]
    written: tuple[Field, ...]
    """The fields that are written by hand."""
    items: tuple[str, ...] = ()
    """The items of a checklist, each with a column for its mark."""
    number: str = ""


def day_sheet(sheet: BlankSheet) -> Paper:
    """The sheet on paper: known columns first, then a column for each item and field to be written."""
    columns = tuple(_columns(sheet))
    wide = sum(column.mm for column in columns) > _NARROW_MM
    return Paper(
        sheet.ledger.code,
        sheet.title,
        sheet.school,
        sheet.period,
        "landscape" if wide else "portrait",
        tuple(_blocks(sheet, columns)),
        footer_note=_FORM,
        number=sheet.number,
    )


def _blocks(sheet: BlankSheet, columns: tuple[Column, ...]) -> Iterator[Block]:
    blank = ("",) * (len(columns) - 1 - len(sheet.known))
    rows = [(str(number), *line.known, *blank) for number, line in enumerate(sheet.lines, start=1)]
    yield Line((("填写人", ""), ("要填", f"{len(rows)} 行" if rows else "按实际")))
    yield Grid(columns, rows)
    yield Signatures(("记录人", "审核人"))
    yield Note(f"{_MARKS}{_NOTE}" if sheet.items else _NOTE)


def _columns(sheet: BlankSheet) -> Iterator[Column]:
    yield Column(NUMBER, 8, "center", wrap=False)
    for field in sheet.known:
        yield Column(heading_of(field), _known_mm(sheet, field), wrap=True)
    for item in sheet.items:
        yield Column(item, _ITEM_MM, "center", "检查项目")
    for field in sheet.written:
        if field.kind.name != "moment":
            yield Column(heading_of(field), width_of(field))
        elif field.key == sheet.ledger.happened:
            yield Column(f"{field.label}\n（时：分）", _TIME_MM)
        else:
            yield Column(f"{field.label}\n（月日时分）", _MOMENT_MM)


def _known_mm(sheet: BlankSheet, field: Field) -> float:
    """Room for the longest of the texts, within reason."""
    place = sheet.known.index(field)
    longest = max((len(line.known[place]) for line in sheet.lines), default=0)
    return max(width_of(field), min(longest * 3.2 + 4, 50.0))
