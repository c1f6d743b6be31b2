"""What one cell of the table says and in which tone: worked out once per page of rows, never while painting."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from school_logistics.models.checks import Level
from school_logistics.rules.identity import mask

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from school_logistics.models.checks import Objection
    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.rows import Query, Row

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_SECONDARY_KINDS = frozenset({"choice", "flag", "answers"})


class Cell:
    """One cell, ready to paint. `shown` and `shown_width` are kept by the delegate between repaints."""

    __slots__ = ("bold", "chip", "extra", "ground", "mark", "shown", "shown_width", "text", "tone")

    def __init__(
        self, text: str, tone: str = "ink", *, extra: str = "", mark: str = "", ground: str = "", bold: bool = False
    ) -> None:
        """`tone`, `mark` and `ground` are names of tokens; `extra` is quiet text at the right edge."""
        self.text, self.tone, self.extra, self.mark, self.ground, self.bold = text, tone, extra, mark, ground, bold
        self.shown = text
        self.shown_width = -1
        self.chip = ""
        """The name of a `State` whose shape is painted, with the text as its word; OK is painted without."""


WAITING = Cell("…", "ink3")
EMPTY = Cell("", "ink3")


def base_tone(ledger: Ledger, field: Field) -> str:
    """The ink of a column: what is written ink, what only orders or repeats it lighter."""
    if field.key in {ledger.title, ledger.happened} or field.kind.align == "right":
        return "ink"
    if field.kind.name in _SECONDARY_KINDS or not field.required:
        return "ink2"
    return "ink"


def quiet_keys(ledger: Ledger, query: Query) -> frozenset[str]:
    """The columns in which a value equal to the one above is lighter.

    In the ledger's own order these are its day and what is taken over from row to row; sorted otherwise, the sorted
    column alone.
    """
    if query.sort and query.sort != ledger.happened:
        return frozenset({query.sort})
    if not ledger.happened:
        return frozenset()
    carried = {field.key for field in ledger.fields if field.carry}
    return frozenset(carried | {ledger.happened})


def short_day(value: object, *, year_known: bool) -> str:
    """A day or moment as the table writes it: 11-20 where the page names the year, else in full."""
    if isinstance(value, datetime):
        return f"{value:%m-%d %H:%M}" if year_known else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%m-%d}" if year_known else f"{value:%Y-%m-%d}"
    return ""


def screen_text(field: Field, text: str) -> str:
    """A text as a table shows it: personal numbers with their middle hidden."""
    return mask(text) if field.personal else text


class CellWriter:
    """Turns rows into cells for the columns of one table in one order."""

    def __init__(self, ledger: Ledger, columns: Sequence[Field], query: Query) -> None:
        """Work out once what depends on ledger and order alone."""
        self._ledger, self._columns, self._query = ledger, tuple(columns), query
        self._tones = {field.key: base_tone(ledger, field) for field in columns}
        self._quiet = quiet_keys(ledger, query)
        places = {field.key: place for place, field in enumerate(ledger.fields)}
        self._places = tuple(places[field.key] for field in columns)
        self._by_day = ledger.happened in self._quiet

    def row(self, row: Row, above: Row | None) -> tuple[Cell, ...]:
        """The cells of a stored row; `above` is the row before it in the same order."""
        return tuple(
            self._stored(field, place, row, above) for field, place in zip(self._columns, self._places, strict=True)
        )

    def _stored(self, field: Field, place: int, row: Row, above: Row | None) -> Cell:
        value = row.values[place]
        same = above is not None and value is not None and value == above.values[place]
        cell = self.cell(field, screen_text(field, row.texts[place]), value, row.marks.get(field.key), draft=False)
        if field.key == self._ledger.happened and isinstance(value, datetime) and above is not None:
            earlier = above.values[place]
            same_day = isinstance(earlier, datetime) and earlier.date() == value.date()
            cell.extra = "" if same_day else cell.extra
        if same and field.key in self._quiet:
            cell.tone, cell.extra = ("ink3" if not cell.mark else cell.tone), ""
        return cell

    def cell(self, field: Field, text: str, value: object, objection: Objection | None, *, draft: bool) -> Cell:
        """One cell outside its neighbourhood; in a draft what is not acceptable is tinted, stored gaps only marked."""
        extra = ""
        if field.key == self._ledger.happened and isinstance(value, date):
            text = short_day(value, year_known=self._query.month is not None)
            extra = WEEKDAYS[value.weekday()] if self._by_day else ""
        tone, mark, ground = self._tones[field.key], "", ""
        if objection is not None:
            mark = tone = "soon" if objection.level is Level.WARNING else "late"
            ground = "late_bg" if objection.level is Level.REFUSED or (draft and mark == "late") else ""
        return Cell(text, tone, extra=extra, mark=mark, ground=ground)

    def draft(
        self,
        shown: Mapping[str, str],
        values: Mapping[str, object],
        objections: Mapping[str, Objection],
        above: Mapping[str, object],
    ) -> tuple[Cell, ...]:
        """The cells of a row being written; `shown` holds the text of every column, `above` the row before it."""
        cells = []
        for field in self._columns:
            key = field.key
            value = values.get(key)
            cell = self.cell(field, shown[key], value, objections.get(key), draft=True)
            if key in self._quiet and value is not None and value == above.get(key) and not cell.mark:
                cell.tone, cell.extra = "ink3", ""
            cells.append(cell)
        return tuple(cells)

    def blank(
        self, shown: Mapping[str, str], values: Mapping[str, object], hint_at: str, today: date
    ) -> tuple[Cell, ...]:
        """The cells of the blank last row: what will be taken over, and one hint, all in quiet ink."""
        cells = []
        for field in self._columns:
            value = values.get(field.key)
            text = shown[field.key]
            if field.key == self._ledger.happened and isinstance(value, date):
                text = short_day(value, year_known=self._query.month is not None)
                day = value.date() if isinstance(value, datetime) else value
                text = f"今天 {text}" if day == today and self._query.month is not None else text
            elif not text and field.key == hint_at:
                text = hint_of(field)
            cells.append(Cell(text, "ink3"))
        return tuple(cells)


def hint_of(field: Field) -> str:
    """What stands in an empty cell to say how to begin."""
    if field.hint:
        return field.hint
    return f"{field.label}首字母" if field.kind.name in {"ref", "choice"} else field.label
