"""Whole blocks of cells at once: copying and pasting with WPS and Excel, filling down, emptying.

A block that touches one row is typed into that row; a block over several rows is read, examined and saved as one act,
or refused as a whole with every cell that is in the way.
"""

from __future__ import annotations

import csv
import html
import io
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.errors import Unacceptable, Unreadable
from school_logistics.models.ledger import Level
from school_logistics.ui.table_model import Picked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.models.ledger import Field, Objection
    from school_logistics.services.rows import Draft
    from school_logistics.ui.table_model import RecordTableModel

MOST_ROWS = 10_000
"""A larger block is an export or an import, not something to carry in the clipboard."""


class CellTrouble(NamedTuple):
    """One cell that keeps a block from being saved."""

    row: int
    """As numbered in the gutter, from 1."""
    label: str
    sentence: str

    def __str__(self) -> str:
        """第 3 行「数量」：请填数字."""
        return f"第 {self.row} 行「{self.label}」：{self.sentence}"


class BlockRefused(Exception):
    """Nothing of a block was saved; `troubles` names the cells."""

    def __init__(self, title: str, troubles: Sequence[CellTrouble]) -> None:
        """Say which block, and what is in the way."""
        super().__init__(title)
        self.title, self.troubles = title, tuple(troubles)


class Span(NamedTuple):
    """A block of cells: rows by place, columns from left to right as they stand on screen."""

    first: int
    last: int
    columns: tuple[int, ...]

    @property
    def rows(self) -> range:
        """Its rows."""
        return range(self.first, self.last + 1)


def as_text(rows: Sequence[Sequence[str]]) -> str:
    """Cells as spreadsheets exchange them: tabs between, quotes around line breaks."""
    written = io.StringIO()
    csv.writer(written, dialect="excel-tab", lineterminator="\r\n").writerows(rows)
    return written.getvalue()


def from_text(text: str) -> list[list[str]]:
    """Cells copied in a spreadsheet, quoted line breaks included; a last empty line is no row."""
    rows = list(csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), dialect="excel-tab"))
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def as_html(fields: Sequence[Field], rows: Sequence[Sequence[str]]) -> str:
    """Cells as a table in which numbers that are names stay text, so that no spreadsheet eats their digits."""
    text_style = ' style="mso-number-format:\'\\@\'"'
    styles = [text_style if field.kind.name in {"code", "text", "ref"} else "" for field in fields]
    lines = (
        "".join(f"<td{style}>{html.escape(text)}</td>" for style, text in zip(styles, row, strict=True)) for row in rows
    )
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


class Blocks:
    """Acts on blocks of one table."""

    def __init__(self, model: RecordTableModel) -> None:
        """Work on the rows of the model."""
        self._model = model

    def texts(self, span: Span) -> list[list[str]]:
        """The block as text that can be read back."""
        model = self._model
        keys = [model.columns[column].key for column in span.columns]
        rows = []
        for row in span.rows:
            values = model.values(row)
            rows.append([self._text(key, values.get(key)) for key in keys])
        return rows

    def _text(self, key: str, value: object) -> str:
        kind = self._model.ledger.field(key).kind
        if value is None:
            return ""
        return self._model.text_of(key, value) if kind.name in {"ref", "count", "amount"} else kind.show(value)

    def fields(self, span: Span) -> list[Field]:
        """The fields of the block's columns."""
        return [self._model.columns[column] for column in span.columns]

    # --- acts --------------------------------------------------------------------------------------

    def paste(self, span: Span, cells: Sequence[Sequence[str]], columns_right: Sequence[int]) -> str:
        """Write copied cells from the block's first cell on; the sentence says what was done.

        One copied cell fills the whole block. `columns_right` are the columns from there to the right edge. Computed
        columns take nothing. Raises BlockRefused.
        """
        if len(cells) == 1 and len(cells[0]) == 1 and (len(span.rows) > 1 or len(span.columns) > 1):
            changes = {row: dict.fromkeys(self._keys(span.columns), cells[0][0]) for row in span.rows}
        else:
            keys = self._keys(columns_right, keep_computed=True)
            changes = {
                span.first + place: {
                    key: text for key, text in zip(keys, line, strict=False) if self._model.ledger.field(key).writable
                }
                for place, line in enumerate(cells)
            }
        return self._write(changes, f"粘贴 {len(changes)} 行", picked=False)

    def fill_down(self, span: Span) -> str:
        """Write the block's first row into the rows below; a block of one row takes the row above."""
        source = span.first if span.first < span.last else span.first - 1
        if source < 0:
            return ""
        values = self._model.values(source)
        targets = range(span.first + 1, span.last + 1) if span.first < span.last else range(span.first, span.first + 1)
        taken = {key: values.get(key) for key in self._keys(span.columns)}
        return self._write({row: dict(taken) for row in targets}, f"向下填 {len(targets)} 行", picked=True)

    def clear(self, span: Span) -> str:
        """Empty the cells of the block."""
        emptied: dict[str, object] = dict.fromkeys(self._keys(span.columns))
        rows = [row for row in span.rows if row < self._model.blank_row]
        count = len(rows) * len(emptied)
        return self._write({row: dict(emptied) for row in rows}, f"清空 {count} 格", picked=True)

    def _keys(self, columns: Sequence[int], *, keep_computed: bool = False) -> list[str]:
        fields = [self._model.columns[column] for column in columns]
        return [field.key for field in fields if keep_computed or field.writable]

    # --- writing -----------------------------------------------------------------------------------

    def _write(self, changes: dict[int, dict[str, object]] | dict[int, dict[str, str]], title: str, *, picked: bool) -> str:
        if len(changes) == 1:
            ((row, cells),) = changes.items()
            for key, value in cells.items():
                self._model.put(row, key, Picked(value) if picked else value)
            return ""
        if not changes:
            return ""
        drafts = self._drafts(changes, title, picked=picked)
        try:
            saved = self._model.save_many([(id, values) for _, id, values in drafts], title)
        except Unacceptable as refusal:
            raise BlockRefused(title, self._troubles(drafts[0][0], refusal.objections)) from refusal
        self._model.take_saved([one.id for one, (_, id, _values) in zip(saved, drafts, strict=True) if id is None])
        return f"已{title}"

    def _drafts(
        self, changes: dict[int, dict[str, object]] | dict[int, dict[str, str]], title: str, *, picked: bool
    ) -> list[tuple[int, int | None, Draft]]:
        """Every row of the block with its new values; raises BlockRefused naming all cells in the way."""
        drafts: list[tuple[int, int | None, Draft]] = []
        troubles: list[CellTrouble] = []
        like: Draft | None = None
        for row, cells in changes.items():
            place = self._model.place(row) if row <= self._model.blank_row else None
            id = place.id if place else None
            values = self._model.values(row) if id is not None else self._model.blank_like(like)
            before = dict(values)
            for key, value in cells.items():
                try:
                    values[key] = value if picked else self._model.desk.read(self._model.ledger, key, value)
                except Unreadable as trouble:
                    troubles.append(CellTrouble(row + 1, self._model.ledger.field(key).label, str(trouble)))
            values = self._model.desk.complete(self._model.ledger, values)
            troubles += self._in_the_way(row, id, values, before)
            drafts.append((row, id, values))
            like = values if id is None else like
        if troubles:
            raise BlockRefused(title, troubles)
        return drafts

    def _in_the_way(self, row: int, id: int | None, values: Draft, before: Draft) -> list[CellTrouble]:
        """What the ledger has against a row, as far as this block brings it about."""
        model = self._model
        found = [one for one in model.desk.examine(model.ledger, values, id) if one.level is not Level.WARNING]
        known: set[tuple[str, str]] = set()
        if id is not None and found:
            known = {(one.field, one.sentence) for one in model.desk.examine(model.ledger, before, id)}
        return self._troubles(row, [one for one in found if (one.field, one.sentence) not in known])

    def _troubles(self, row: int, objections: Sequence[Objection]) -> list[CellTrouble]:
        labels = self._model.ledger.by_key
        return [
            CellTrouble(row + 1, labels[one.field].label if one.field in labels else "", one.sentence)
            for one in objections
        ]
