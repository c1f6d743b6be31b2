"""The blocks that are not tables, measured for a width: head lines, notes, signatures, stamp, amount in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from school_logistics.reports.blocks import AmountInWords, Bars, Line, Note, Signatures, Stamp, Title
from school_logistics.reports.fonts import typeface
from school_logistics.reports.pdf_bars import measure_bars
from school_logistics.reports.pdf_sheet import MM, Sheet
from school_logistics.reports.pdf_text import BODY, EMPTY, Fitted, fit, paragraph

Small = Title | Line | Note | AmountInWords | Signatures | Stamp | Bars
"""Blocks that stand between and below the tables."""

SIGNING = 13 * MM
"""Height of a place to sign; 12 mm at least."""
STAMP = 42 * MM
"""Diameter of the room for the school's stamp."""

_LINE = 6.6 * MM
_LEAST_RULE = 20 * MM
_MOST_RULE = 46 * MM
_GAP = 4 * MM
_NOTE_SIZE = 8.0
_NOTE_STEP = _NOTE_SIZE * 1.45
_SECTION_SIZE = 12.0
_DATE = ("年", "月", "日")
_DATE_STEP = 11 * MM
_UNDER = 1.8
"""Distance of a rule to write on from the base line of its label."""


class Item(NamedTuple):
    """A measured block: its height, and how to draw it with its upper left corner at a point."""

    height: float
    draw: Callable[[Sheet, float, float], None]


def measure_small(block: Small, width: float) -> Item:
    """Measure one block for a width in points."""
    match block:
        case Title():
            return _section(block, width)
        case Line():
            return head_line(block, width)
        case Note():
            return _note(paragraph(block.text, _NOTE_SIZE, width, typeface().width))
        case AmountInWords():
            return _amount(block, width)
        case Signatures():
            return _signatures(block, width)
        case Stamp():
            return _stamp(block, width)
        case Bars():
            return Item(*measure_bars(block, width))


def stack(items: Sequence[Item]) -> Item:
    """Put items one below the other."""

    def draw(sheet: Sheet, x: float, y: float) -> None:
        for item in items:
            item.draw(sheet, x, y)
            y += item.height

    return Item(sum(item.height for item in items), draw)


def beside_stamp(blocks: Sequence[Small], width: float) -> Item:
    """Put blocks one below the other; a stamp among them keeps the right of the page clear beside all of them."""
    stamps = [block for block in blocks if isinstance(block, Stamp)]
    others = [block for block in blocks if not isinstance(block, Stamp)]
    if not stamps:
        return stack([measure_small(block, width) for block in others])
    left = stack([measure_small(block, width - STAMP - _GAP) for block in others])
    stamp = measure_small(stamps[0], width)

    def draw(sheet: Sheet, x: float, y: float) -> None:
        left.draw(sheet, x, y)
        stamp.draw(sheet, x, y)

    return Item(max(left.height, stamp.height), draw)


def note_lines(note: Note, width: float) -> Iterator[Item]:
    """Take a long note apart, so that it can run over pages."""
    size, lines, widths = paragraph(note.text, _NOTE_SIZE, width, typeface().width)
    for line, wide in zip(lines, widths, strict=True):
        yield _note(Fitted(size, (line,), (wide,)), margin=0.0)


def _note(text: Fitted, margin: float = 1.0 * MM) -> Item:
    def draw(sheet: Sheet, x: float, y: float) -> None:
        for at, line in enumerate(text.lines):
            sheet.text(x, y + margin + (at + 0.75) * _NOTE_STEP, line, text.size)

    return Item(len(text.lines) * _NOTE_STEP + 2 * margin, draw)


def _section(title: Title, width: float) -> Item:
    text = paragraph(title.text, _SECTION_SIZE, width, typeface(bold=True).width)
    below = paragraph(title.subtitle, BODY, width, typeface().width)

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.block(text, x, y + 2 * MM, width, text.height, "center", bold=True)
        sheet.block(below, x, y + 2 * MM + text.height, width, below.height, "center")

    return Item(text.height + below.height + 3.5 * MM, draw)


def head_line(line: Line, width: float) -> Item:
    """Spread labelled facts over a line, in equal slots if they fit, else one after the other on several lines."""
    facts = [_fact(label, value, width) for label, value in line.parts]
    if not facts:
        return Item(0.0, lambda _sheet, _x, _y: None)
    slot = width / len(facts)
    if all(fact.width <= slot - _GAP for fact in facts[:-1]) and facts[-1].width <= slot:
        rows = [[(at * slot, fact) for at, fact in enumerate(facts)]]
    else:
        rows = _flow(facts, width)
    items = [_placed(row, width) for row in rows]
    return stack(items)


class _Fact(NamedTuple):
    """One labelled fact: text already broken, and whether a rule to write on follows it."""

    text: Fitted
    width: float
    ruled: bool


def _fact(label: str, value: str, width: float) -> _Fact:
    ruled = bool(label) and not value.strip()
    text = paragraph(f"{label}：{value}" if label else value, BODY, width, typeface().width)
    return _Fact(text, max(text.widths, default=0.0) + (_LEAST_RULE if ruled else 0.0), ruled)


def _flow(facts: Sequence[_Fact], width: float) -> list[list[tuple[float, _Fact]]]:
    """Fill lines with facts as they come, and spread each line over the width."""
    lines: list[list[_Fact]] = [[]]
    for fact in facts:
        if lines[-1] and sum(one.width + _GAP for one in lines[-1]) + fact.width > width:
            lines.append([])
        lines[-1].append(fact)
    placed: list[list[tuple[float, _Fact]]] = []
    for members in lines:
        free = width - sum(fact.width for fact in members)
        gap = min(free / max(1, len(members) - 1), 4 * _GAP)
        at, row = 0.0, []
        for fact in members:
            row.append((at, fact))
            at += fact.width + gap
        placed.append(row)
    return placed


def _placed(row: Sequence[tuple[float, _Fact]], width: float) -> Item:
    height = max(_LINE, max(fact.text.height for _, fact in row) + 2)
    ends = [*(at for at, _ in row[1:]), width + _GAP]

    def draw(sheet: Sheet, x: float, y: float) -> None:
        for (at, fact), end in zip(row, ends, strict=True):
            sheet.block(fact.text, x + at, y, fact.width, height)
            if fact.ruled:
                begin = at + max(fact.text.widths)
                base = y + height / 2 + 0.38 * BODY + _UNDER
                sheet.rule(x + begin, base, x + min(begin + _MOST_RULE, end - _GAP), base)

    return Item(height, draw)


def _amount(block: AmountInWords, width: float) -> Item:
    bold = typeface(bold=True).width
    label = fit(block.label, width / 3, SIGNING, bold)
    left = max(label.widths, default=0.0) + 4 * MM
    text = fit(block.text, width - left - 4 * MM, 6 * MM, bold) if block.text else EMPTY
    height = max(8.5 * MM, label.height + 4, text.height + 4)

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.block(label, x, y, left, height, "center", bold=True)
        sheet.block(text, x + left + 2 * MM, y, width - left - 4 * MM, height, bold=True)
        sheet.rule(x + left, y, x + left, y + height)
        sheet.frame(x, y, width, height)

    return Item(height, draw)


def _signatures(block: Signatures, width: float) -> Item:
    """Share the places to sign out over as few rows as leave each a rule long enough for a name."""
    labels = [paragraph(f"{name}：", BODY, width, typeface().width) for name in block.names]
    needed = max((max(label.widths) for label in labels), default=0.0) + _LEAST_RULE + _GAP
    needed = max(needed, (len(_DATE) * _DATE_STEP) if block.date else 0.0)
    places = len(labels) + (1 if block.date else 0)
    rows = math.ceil(places / max(1, int(width // needed))) if places else 0
    across = math.ceil(places / rows) if rows else 1
    slot = width / across

    def draw(sheet: Sheet, x: float, y: float) -> None:
        for at in range(places):
            left = x + at % across * slot
            base = y + (at // across + 1) * SIGNING - 4 * MM
            if at == len(labels):
                _draw_date(sheet, left, base)
                continue
            label = labels[at]
            sheet.text(left, base, label.lines[0], label.size)
            begin = left + label.widths[0] + 1
            sheet.rule(begin, base + _UNDER, min(begin + _MOST_RULE, left + slot - _GAP), base + _UNDER)

    return Item(rows * SIGNING, draw)


def _draw_date(sheet: Sheet, x: float, base: float) -> None:
    for at, word in enumerate(_DATE):
        sheet.text(x + (at + 1) * _DATE_STEP - BODY, base, word, BODY)


def _stamp(block: Stamp, width: float) -> Item:
    text = fit(block.text, STAMP - 6 * MM, STAMP, typeface().width)

    def draw(sheet: Sheet, x: float, y: float) -> None:
        middle = y + 1.5 * MM + STAMP / 2
        sheet.circle(x + width - STAMP / 2, middle, STAMP / 2)
        for line, wide in zip(text.lines, text.widths, strict=True):
            sheet.faint(x + width - STAMP / 2 - wide / 2, middle + 0.38 * text.size, line, text.size)

    return Item(STAMP + 3 * MM, draw)
