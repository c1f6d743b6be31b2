"""How a ledger's values stand in the cells of a workbook, and how such cells are read back.

The one table by kind of value for workbooks: no other module asks here which kind a field is of.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal

from school_logistics.errors import Unreadable
from school_logistics.models.fields import Field
from school_logistics.rules.dates import FOREVER, Reading
from school_logistics.rules.figures import DIGITS_A_FLOAT_KEEPS, half_width, rounded
from school_logistics.rules.kinds import Amount, AnyKind
from school_logistics.services.reading.grid import Cell, as_text

WORDS = frozenset({"text", "code", "choice", "ref", "answers", "span"})
"""Kinds whose cells hold words: digits in them are a name, never a figure."""
NUMBERS = frozenset({"count", "amount"})
DAYS = frozenset({"day", "until"})

_NOTHING = frozenset({"", "—", "——", "-", "－", "–", "/", "／", "\\", "、"})
"""Marks that fill a cell in which there is nothing, whatever the field."""
_WITH_UNIT = re.compile(r"([-+]?\d[\d,]*(?:\.\d+)?)\s*([^\d\s.,()*+/-][^\d\s]*)")
_PERCENT = "%"


def heading(one: Field) -> str:
    """The heading of a column in an export: the field's label with its unit, as the import knows it again."""
    return f"{one.label}（{one.unit}）" if one.unit and one.kind.name in NUMBERS else one.label


def is_nothing(raw: Cell) -> bool:
    """Say whether a cell is blank or only struck through."""
    return raw is None or (isinstance(raw, str) and raw.strip() in _NOTHING)


def read_cell(field: Field, raw: Cell, on: Reading, unit: str = "") -> object:
    """Read a cell as a value of its field; `unit` is what the row names as unit of measure.

    Raises Unreadable with a sentence that goes on after the field's label.
    """
    if is_nothing(raw):
        return None
    if field.kind.name in WORDS:
        return _read_words(field, raw, on)
    if field.kind.name in NUMBERS:
        return _read_number(field, raw, on, unit)
    if field.kind.name == "moment" and type(raw) is date:
        raw = datetime.combine(raw, time.min)  # a workbook holds midnight as a bare day
    if isinstance(raw, str) and field.tidy:
        raw = field.tidy(raw)
    return field.kind.read(raw, on)


def read_literally(field: Field, raw: Cell, on: Reading) -> object:
    """Read a cell of our own export: every mark in it is what somebody wrote.

    Raises Unreadable where the kind does.
    """
    if field.kind.name == "moment" and type(raw) is date:
        raw = datetime.combine(raw, time.min)
    return field.kind.read(words_of(raw) if field.kind.name in WORDS else raw, on)


def measured_in(raw: Cell) -> str:
    """The unit of measure inside a cell: 公斤 of 31公斤; "" for none."""
    found = _WITH_UNIT.fullmatch(half_width(raw)) if isinstance(raw, str) else None
    return found[2] if found else ""


def words_of(raw: Cell) -> str:
    """Put a cell into words as a person would read it aloud.

    Raises Unreadable when the table program kept a long number as a figure and lost its last digits.
    """
    if isinstance(raw, float) and abs(raw) >= 10**DIGITS_A_FLOAT_KEEPS:
        raise Unreadable("被表格存成了数字，尾数已丢失；请照原件重填，单元格格式设为“文本”")
    if isinstance(raw, datetime):
        return f"{raw:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
    if isinstance(raw, time):
        return f"{raw:%H:%M}"
    if isinstance(raw, bool):
        return "是" if raw else "否"
    return raw.isoformat() if isinstance(raw, date) else as_text(raw)


def differs(field: Field, raw: Cell, value: object, on: Reading) -> bool:
    """Say whether a figure written in the file is another than the one worked out.

    A rate may be written 44.7%, 44.7 or 0.447, and with fewer decimals than it has.
    """
    if value is None:
        return False
    if field.kind.name not in NUMBERS or not isinstance(value, Decimal | int):
        return bool(read_cell(field, raw, on) != value)
    if field.unit != _PERCENT:
        return bool(read_cell(field, raw, on) != value)
    written = Decimal(half_width(as_text(raw)).rstrip(_PERCENT).strip())
    return not any(
        rounded(Decimal(value), max(0, -int(rate.as_tuple().exponent))) == rate for rate in (written, written * 100)
    )


def difference(field: Field, raw: Cell, value: object, on: Reading) -> str:
    """Put into words by how much a written number is off: `，多 2`; "" for what is no number."""
    if field.kind.name not in NUMBERS or field.unit == _PERCENT or not isinstance(value, Decimal | int):
        return ""
    written = read_cell(field, raw, on)
    if not isinstance(written, Decimal | int):
        return ""
    more = Decimal(written) - Decimal(value)
    size = abs(more) if isinstance(field.kind, Amount) else abs(int(more))
    return f"，{'多' if more > 0 else '少'} {field.kind.show(size)}"


def cell_of(kind: AnyKind, value: object) -> tuple[object, str]:
    """A value as a workbook holds it, with its number format: dates as dates, amounts as numbers, the rest as text."""
    if value is None:
        return None, "General"
    if kind.name in DAYS and isinstance(value, date) and value != FOREVER:
        return value, "yyyy-mm-dd"
    if kind.name == "moment":
        return value, "yyyy-mm-dd hh:mm"
    if kind.name == "count":
        return value, "0"
    if isinstance(kind, Amount) and isinstance(value, Decimal):
        decimals = len(kind.show(value).partition(".")[2])
        return value, f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    return kind.show(value), "@"


def _read_words(field: Field, raw: Cell, on: Reading) -> object:
    """Read a cell that holds words; figures become their digits."""
    text = words_of(raw)
    return field.kind.read(field.tidy(text) if field.tidy else text, on)


def _read_number(field: Field, raw: Cell, on: Reading, unit: str) -> object:
    """Read a number, also one with a unit behind it that is the field's, or that the row names."""
    if isinstance(raw, date | time | bool):
        raise Unreadable(f"「{words_of(raw)}」不是数字")
    if not isinstance(raw, str):
        return field.kind.read(raw, on)
    text = field.tidy(raw) if field.tidy else raw
    found = _WITH_UNIT.fullmatch(half_width(text))
    if found is None:
        return field.kind.read(text, on)
    if found[2] == _PERCENT and field.unit == _PERCENT:
        return field.kind.read(found[1], on)
    if found[2] in {unit, field.unit} or _per(found[2], field.unit):
        return field.kind.read(found[1], on)
    if unit and not field.unit:
        raise Unreadable(f"「{raw.strip()}」里的单位与本行单位“{unit}”不同，请换算后填")
    return field.kind.read(text, on)


def _per(written: str, unit: str) -> bool:
    """Say whether 元/盒 is written where the field is in 元, or the other way round."""
    return bool(unit) and written.partition("/")[0] == unit.partition("/")[0] and "/" in written + unit
