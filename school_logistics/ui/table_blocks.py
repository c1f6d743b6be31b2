"""Whole blocks of cells at once: copying and pasting with WPS and Excel, filling down, emptying.

A block that touches one row is typed into that row; a block over several rows is read, examined and saved as one act,
or refused as a whole with every cell that is in the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from school_logistics.errors import Unreadable
from school_logistics.models.checks import Level
from school_logistics.ui.cell_model import Picked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from school_logistics.models.fields import Field
    from school_logistics.services.rows import Draft
    from school_logistics.ui.cell_model import CellModel
    from school_logistics.ui.table_model import RecordTableModel

Changes = dict[int, dict[str, object]]
"""New content by row and field key: text to be read, or `Picked` values."""


class CellTrouble(NamedTuple):
    """One cell that keeps a block from being saved."""

    row: int
    """As numbered in the gutter, from 1; in the block where that reaches beyond the table."""
    key: str
    label: str
    sentence: str
    pasted: bool = False
    """Whether `row` counts the rows of the block."""

    def __str__(self) -> str:
        """第 3 行「数量」：请填数字."""
        return f"{'所贴' if self.pasted else ''}第 {self.row} 行「{self.label}」：{self.sentence}"


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

    @property
    def single(self) -> bool:
        """Whether it is one cell."""
        return self.first == self.last and len(self.columns) == 1


class Blocks:
    """Acts on blocks of one table; each returns a sentence, or "" when one row was typed into."""

    def __init__(self, model: CellModel) -> None:
        """Work on the rows of the model."""
        self._model = model

    def write(self, changes: Changes, title: str) -> str:
        """Bring new content into the rows; raises BlockRefused."""
        raise NotImplementedError

    def texts(self, span: Span) -> list[list[str]]:
        """The block as text that can be read back."""
        fields = self.fields(span)
        rows = []
        for row in span.rows:
            values = self._model.rows.values(row)
            rows.append([self._text(field, values.get(field.key)) for field in fields])
        return rows

    def _text(self, field: Field, value: object) -> str:
        if value is None:
            return ""
        plain = field.kind.name in {"ref", "count", "amount"}
        return self._model.rows.text_of(field.key, value) if plain else field.kind.show(value)

    def fields(self, span: Span) -> list[Field]:
        """The fields of the block's columns."""
        return [self._model.columns[column] for column in span.columns]

    # --- acts --------------------------------------------------------------------------------------

    def paste(self, span: Span, cells: Sequence[Sequence[str]], columns_right: Sequence[int]) -> str:
        """Write copied cells from the block's first cell on.

        One copied cell fills the whole block. `columns_right` are the columns from there to the right edge. Computed
        columns take nothing. Raises BlockRefused.
        """
        if len(cells) == 1 and len(cells[0]) == 1 and not span.single:
            changes = self._everywhere(span, cells[0][0])
        else:
            fields = [self._model.columns[column] for column in columns_right]
            changes = {
                span.first + place: {
                    field.key: text for field, text in zip(fields, line, strict=False) if field.writable
                }
                for place, line in enumerate(cells)
            }
        return self.write(changes, f"粘贴 {len(changes)} 行")

    def fill_down(self, span: Span) -> str:
        """Write the block's first row into the rows below; a block of one row takes the row above."""
        source = span.first if span.first < span.last else span.first - 1
        if source < 0:
            return ""
        values = self._model.rows.values(source)
        targets = range(source + 1, span.last + 1)
        keys = [field.key for field in self.fields(span) if field.writable]
        changes: Changes = {row: {key: Picked(values.get(key)) for key in keys} for row in targets}
        return self.write(changes, f"向下填 {len(targets)} 行")

    def clear(self, span: Span) -> str:
        """Empty the cells of the block."""
        last = min(span.last, self._model.rows.blank_row - 1)
        changes = self._everywhere(Span(span.first, last, span.columns), Picked(None))
        return self.write(changes, f"清空 {sum(len(cells) for cells in changes.values())} 格")

    def _everywhere(self, span: Span, content: object) -> Changes:
        keys = [field.key for field in self.fields(span) if field.writable]
        return {row: dict.fromkeys(keys, content) for row in span.rows}


class SavingBlocks(Blocks):
    """Blocks of a ledger's table: several rows are saved at once, as one act."""

    def __init__(self, model: RecordTableModel) -> None:
        """Work on the records of the model."""
        super().__init__(model)
        self._records = model

    def write(self, changes: Changes, title: str) -> str:
        """Type into one row, or save several."""
        if len(changes) > 1:
            self._records.save_many(self._read(changes, title), title)
            return f"已{title}"
        for row, cells in changes.items():
            for key, content in cells.items():
                self._model.put(row, key, content)
        return ""

    def _read(self, changes: Changes, title: str) -> list[tuple[int | None, Draft]]:
        """Every row of the block with its new values; raises BlockRefused naming all cells in the way."""
        rows, drafts, troubles = self._records.rows, [], []
        last: Draft | None = None
        for row, cells in changes.items():
            id = rows.place(row).id
            before = rows.values(row) if id is not None else rows.blank_like(last)
            values, unread = dict(before), set()
            for key, content in cells.items():
                try:
                    values[key] = self._value(key, content)
                except Unreadable as trouble:
                    unread.add(key)
                    troubles.append(self._trouble(row, key, str(trouble)))
            values = self._model.desk.complete(self._model.ledger, values)
            troubles += [one for one in self._in_the_way(row, id, values, before) if one.key not in unread]
            drafts.append((id, values))
            last = values if id is None else last
        if troubles:
            first, beyond = min(changes), max(changes) > rows.blank_row
            told = [one._replace(row=one.row - first, pasted=True) for one in troubles] if beyond else troubles
            raise BlockRefused(title, told)
        return drafts

    def _value(self, key: str, content: object) -> object:
        return content.value if isinstance(content, Picked) else self._model.desk.read(self._model.ledger, key, content)

    def _in_the_way(self, row: int, id: int | None, values: Draft, before: Mapping[str, object]) -> list[CellTrouble]:
        """What the ledger has against a row, as far as this block brings it about."""
        desk, ledger = self._model.desk, self._model.ledger
        found = [one for one in desk.examine(ledger, values, id) if one.level is not Level.WARNING]
        known: set[tuple[str, str]] = set()
        if id is not None and found:
            known = {(one.field, one.sentence) for one in desk.examine(ledger, before, id)}
        return [self._trouble(row, one.field, one.sentence) for one in found if (one.field, one.sentence) not in known]

    def _trouble(self, row: int, key: str, sentence: str) -> CellTrouble:
        ledger = self._model.ledger
        return CellTrouble(row + 1, key, ledger.field(key).label if ledger.has(key) else "", sentence)
