"""Find the heading of a sheet among its title rows, and which field each column holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from school_logistics.models.fields import Field
from school_logistics.models.ledger import Ledger
from school_logistics.services.reading.grid import (
    Cell,
    Sheet,
    as_text,
    column_letters,
    in_brackets,
    is_blank,
    normal,
    without_brackets,
)

LOOKED_AT = 40
"""A heading stands within so many rows from the top."""
ORDINALS = frozenset({"序号", "序", "NO", "NO.", "行号", "№", "顺号"})

_NAME_ENDINGS = ("名称", "全称")
_LEAST_WORDS = 2


@dataclass(frozen=True)
class Column:
    """One column of a sheet: what stands above it and the field it was taken for ("" when for none)."""

    index: int
    heading: str
    field: str = ""
    doubt: str = ""
    guessed: bool = False
    """Whether its heading only resembles the field's: a 注册登记日期 is a 日期, but hardly that of a check."""

    @property
    def letters(self) -> str:
        """The column's name in the table program."""
        return column_letters(self.index)


@dataclass(frozen=True)
class Header:
    """The heading rows of a sheet, first and last, and its columns from left to right."""

    top: int
    bottom: int
    columns: tuple[Column, ...]

    @property
    def known(self) -> tuple[Column, ...]:
        """The columns that hold a field."""
        return tuple(column for column in self.columns if column.field)

    @property
    def unknown(self) -> tuple[Column, ...]:
        """The columns with a heading that belongs to no field."""
        return tuple(column for column in self.columns if not column.field and not is_ordinal(column.heading))

    def column_of(self, field: str) -> int | None:
        """Where a field stands, counted from 0."""
        return next((column.index for column in self.columns if column.field == field), None)


class Names:
    """The names under which a ledger's fields appear in headings, made once for a file."""

    def __init__(self, ledger: Ledger, chosen: Mapping[str, str] | None = None) -> None:
        """`chosen` maps headings to field keys, as the clerk said; "" leaves the column out."""
        self.ledger = ledger
        self.chosen = {normal(heading): key for heading, key in (chosen or {}).items()}
        self.exact: dict[str, str] = {}
        for spell in (self._labels, self._synonyms):
            for field in ledger.fields:
                for name in spell(field):
                    self.exact.setdefault(name, field.key)
        for name, key in list(self.exact.items()):
            self.exact.setdefault(without_brackets(name), key)
        self.exact.pop("", None)
        self._endings = tuple(sorted((one for one in self.exact if len(one) >= _LEAST_WORDS), key=len, reverse=True))
        self.beside = frozenset(normal(heading) for field in ledger.fields for heading in field.beside)

    @staticmethod
    def _labels(field: Field) -> Iterable[str]:
        yield normal(field.label)
        if field.group:
            yield normal(field.group + field.label)

    @staticmethod
    def _synonyms(field: Field) -> Iterable[str]:
        yield from (normal(name) for name in field.synonyms)

    def find(self, heading: str) -> str | None:
        """Say which field a normalised heading names; "" when the clerk left it out, None when unknown."""
        for name in (heading, without_brackets(heading)):
            if name in self.chosen:
                return self.chosen[name]
        for name in (heading, without_brackets(heading), heading.rstrip(":")):
            if name in self.exact:
                return self.exact[name]
        return None

    def guess(self, heading: str) -> str | None:
        """Say which single field a heading may mean: the name with a modifier before it, or 名称 behind it."""
        bare = without_brackets(heading)
        for ending in _NAME_ENDINGS:
            if (key := self.exact.get(bare.removesuffix(ending))) and bare.endswith(ending):
                return key
        if not bare.endswith(self._endings):
            return None
        return self.exact[next(name for name in self._endings if bare.endswith(name))]


def is_ordinal(heading: str) -> bool:
    """Say whether a column only counts the rows."""
    return normal(heading) in ORDINALS


def find_header(sheet: Sheet, names: Names) -> Header | None:
    """Find the heading rows: those that name most fields; None when no row names one.

    A second heading row is seen by cells merged downwards into it or by a heading spread over several columns.
    """
    best: tuple[tuple[int, int], Header] | None = None
    for row in range(min(LOOKED_AT, len(sheet.rows))):
        if _mostly_figures(sheet.rows[row], names):
            continue
        header = _header_at(sheet, row, names)
        score = (sum(1 if column.doubt else 2 for column in header.known), -row)
        if header.known and (best is None or score > best[0]):
            best = (score, header)
    return best[1] if best else None


def same_heading(row: Sequence[Cell], heading: Sequence[Cell]) -> bool:
    """Say whether a row only repeats the heading row, as on every printed page."""
    filled = 0
    for cell, above in zip(row, heading, strict=False):
        if cell is None:
            continue
        if cell != above and (cell.__class__ is not above.__class__ or normal(cell) != normal(above)):
            return False
        filled += 1
    return filled >= _LEAST_WORDS


def _mostly_figures(row: Sequence[Cell], names: Names) -> bool:
    """Say whether a row is blank or holds figures rather than names; a size such as 110 may be a name."""
    filled = [cell for cell in row if not is_blank(cell)]
    figures = sum(not isinstance(cell, str) and normal(cell) not in names.exact for cell in filled)
    return figures * 2 >= max(len(filled), 1)


def _header_at(sheet: Sheet, row: int, names: Names) -> Header:
    """Take a row, and those below that continue it, as heading."""
    spread = _spread(sheet, row)
    bottom = _bottom(sheet, row, spread, names)
    columns: list[tuple[int, tuple[str, ...]]] = []
    for index, cell in enumerate(sheet.rows[row]):
        top = as_text(cell) or spread.get(index, "")
        below = [as_text(sheet.rows[under][index]) for under in range(row + 1, bottom + 1)]
        whole = "".join((top, *below))
        spellings = (whole, *reversed(below)) if index in spread else (whole, top, *below)
        if whole:
            columns.append((index, tuple(dict.fromkeys(text for text in spellings if text))))
    return Header(row, bottom, _assign(columns, names))


def _bottom(sheet: Sheet, row: int, spread: dict[int, str], names: Names) -> int:
    """Find the last row of the heading that begins at `row`."""
    merged_down = [block.bottom for block in sheet.merged if block.top == row and row < block.bottom <= row + 2]
    if merged_down:
        return min(max(merged_down), len(sheet.rows) - 1)
    if row + 1 >= len(sheet.rows):
        return row
    below = {index: cell for index, cell in enumerate(sheet.rows[row + 1]) if not is_blank(cell)}
    in_gaps = all(index in spread or is_blank(sheet.rows[row][index]) for index in below)
    named = any(names.find(normal(cell)) for cell in below.values())
    words = all(isinstance(cell, str) or normal(cell) in names.exact for cell in below.values())
    whole = bool(spread) and set(spread) <= set(below)
    return row + 1 if below and in_gaps and words and (named or whole) else row


def _spread(sheet: Sheet, row: int) -> dict[int, str]:
    """Give each column under a heading merged sideways that heading's text."""
    return {
        index: as_text(sheet.rows[row][block.left])
        for block in sheet.merged
        if block.top == block.bottom == row and block.right > block.left and not _is_title(sheet, block.left, row)
        for index in range(block.left, min(block.right + 1, len(sheet.rows[row])))
    }


def _is_title(sheet: Sheet, left: int, row: int) -> bool:
    """Say whether a merged cell is all there is in its row."""
    return all(is_blank(cell) for index, cell in enumerate(sheet.rows[row]) if index != left)


def _assign(columns: list[tuple[int, tuple[str, ...]]], names: Names) -> tuple[Column, ...]:
    """Give every column its field: sure ones first, then guesses among what is left; each field once."""
    found: dict[int, tuple[str, str, bool]] = {}
    taken: set[str] = set()
    dismissed: set[int] = set()
    for index, spellings in columns:
        for spelling in spellings:
            key = names.find(normal(spelling))
            if key == "":
                dismissed.add(index)
                break
            if key and key not in taken:
                found[index] = (key, _unit_doubt(spelling, names.ledger.field(key)), False)
                taken.add(key)
                break
    for index, spellings in columns:
        if index in found or index in dismissed or is_ordinal(spellings[0]) or normal(spellings[0]) in names.beside:
            continue
        key = names.guess(normal(spellings[0]))
        if key and key not in taken and names.find(normal(spellings[0])) is None:
            doubt = f"表头“{_one_line(spellings[0])}”按“{names.ledger.field(key).label}”读，请核对"
            found[index] = (key, doubt, True)
            taken.add(key)
    return tuple(
        Column(index, _one_line(spellings[0]), *found.get(index, ("", "", False))) for index, spellings in columns
    )


def _unit_doubt(heading: str, field: Field) -> str:
    """Say so when a heading names a unit of measure other than the field's."""
    if not field.unit:
        return ""
    own = {_same_unit(part) for part in (normal(field.unit), *normal(field.unit).split("/"))}
    written = (_same_unit(unit) for unit in in_brackets(normal(heading)))
    foreign = next((unit for unit in written if unit in _UNITS and unit not in own), "")
    if not foreign:
        return ""
    return f"表头“{_one_line(heading)}”写的单位是{foreign}，本台账按{field.unit}记，数值没有换算，请核对"


_UNITS = frozenset(
    {"斤", "公斤", "克", "吨", "升", "毫升", "元", "万元", "角", "分钟", "小时", "天", "周", "月", "年", "米", "厘米"}
    | {"MG/L", "%"}
)
_SPELT = {
    "千克": "公斤", "KG": "公斤", "G": "克", "T": "吨", "L": "升", "ML": "毫升", "分": "分钟", "MIN": "分钟",
    "H": "小时", "M": "米", "CM": "厘米", "PPM": "MG/L", "毫克/升": "MG/L", "日": "天",
}  # fmt: skip


def _same_unit(unit: str) -> str:
    """One spelling for a unit of measure."""
    return _SPELT.get(unit, unit)


def _one_line(heading: str) -> str:
    """Show a heading without its line breaks."""
    return "".join(part.strip() for part in heading.splitlines())
