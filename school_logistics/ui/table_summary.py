"""Sentences about a table: where one is, what is selected, what was just saved."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from school_logistics.ui.row_book import RowKind, RowPlace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from school_logistics.models.ledger import Ledger
    from school_logistics.ui.cell_model import CellModel
    from school_logistics.ui.table_model import RecordTableModel

SUMMED_AT_MOST = 5000
"""More selected cells than this are counted but not added up."""
_FIGURES = frozenset({"amount", "count"})


def place_text(ledger: Ledger, place: RowPlace, key: str) -> str:
    """第 212 行 · 品名."""
    if place.row < 0 or not key:
        return ""
    where = "新的一行" if place.kind is RowKind.BLANK else f"第 {place.row + 1:,} 行"
    return f"{where} · {ledger.field(key).label}"


def saved_sentence(model: RecordTableModel, row: int) -> str:
    """已存第 211 行 鸡胸 40.00: which row, what names it, and its first figure."""
    ledger, values = model.ledger, model.rows.values(row)
    title = model.rows.text_of(ledger.title, values.get(ledger.title))
    figures = (field for field in model.columns if field.kind.name in _FIGURES and values.get(field.key) is not None)
    first = next(figures, None)
    figure = f"{first.kind.show(values[first.key])} {first.unit}".rstrip() if first else ""
    return f"已存第 {row + 1:,} 行 {title} {figure}".rstrip()


def selection_text(model: CellModel, spans: Sequence[tuple[int, int, int, int]]) -> str:
    """选中 3 格　合计 165.00; nothing for a single cell. Sums are told of one column only."""
    cells = sum((bottom - top + 1) * (right - left + 1) for top, bottom, left, right in spans)
    if cells <= 1:
        return ""
    last = model.columnCount() - 1
    if all(left == 0 and right == last for _, _, left, right in spans):
        rows = sum(bottom - top + 1 for top, bottom, _, _ in spans)
        return f"选中 {rows:,} 行"
    total = _sum(model, spans) if cells <= SUMMED_AT_MOST else ""
    return f"选中 {cells:,} 格" + (f"　合计 {total}" if total else "")


def _sum(model: CellModel, spans: Sequence[tuple[int, int, int, int]]) -> str:
    """The sum of the one column of figures among the selected ones; "" when there are none or several."""
    columns = {column for _, _, left, right in spans for column in range(left, right + 1)}
    figures = [one for one in columns if model.columns[one].kind.name in _FIGURES]
    if len(figures) != 1:
        return ""
    field = model.columns[figures[0]]
    values = [model.rows.value(row, field.key) for top, bottom, _, _ in spans for row in range(top, bottom + 1)]
    numbers = [value for value in values if isinstance(value, int | Decimal)]
    return field.kind.show(sum(numbers)) if numbers else ""
