"""The columns of a table: their usual widths, and widths, order and sorting kept between sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.ui.heading_painter import heading_unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from school_logistics.models.fields import Field
    from school_logistics.ui.table_view import RecordView
    from school_logistics.ui.theme import Theme

_DIGITS = frozenset({"day", "until", "month_or_day", "moment", "time", "span", "count", "amount"})
"""Kinds written in digits."""
_CODE, _WORDS = 9, 10
"""Usual width in pixels of a character in a code (digits and capitals) and in words (some Chinese, some not)."""


def usual_width(theme: Theme, field: Field, unit: str) -> int:
    """The width a column has until the user changes it: for what is usual in it, at least for heading and unit."""
    if field.kind.name in _DIGITS:
        each = theme.metrics().horizontalAdvance("0")
    else:
        each = theme.px(_CODE if field.kind.name == "code" else _WORDS)
    heading = theme.heading_width(field.label, unit)
    return max(field.chars * each, heading) + theme.sizes.cell_left + theme.sizes.cell_right


def fit_columns(theme: Theme, view: RecordView) -> None:
    """Give every column its usual width; contents never change it."""
    for column, field in enumerate(view.columns()):
        view.setColumnWidth(column, usual_width(theme, field, heading_unit(view.columns(), field)))


def columns_state(theme: Theme, view: RecordView) -> dict[str, object]:
    """Order and widths, to be kept; the stretched last column has no width of its own."""
    head = view.head
    fields = view.columns()
    keys = [fields[head.logicalIndex(place)].key for place in range(head.count())]
    widths = {field.key: head.sectionSize(column) for column, field in enumerate(fields) if field.key != keys[-1]}
    return {"columns": keys, "widths": widths, "percent": theme.percent}


def restore_columns(theme: Theme, view: RecordView, state: Mapping[str, object]) -> None:
    """Take back what `columns_state` gave; what no longer fits the ledger is passed over."""
    places = {field.key: column for column, field in enumerate(view.columns())}
    keys, widths = state.get("columns"), state.get("widths")
    if isinstance(keys, list):
        for place, key in enumerate(key for key in keys if key in places):
            view.head.moveSection(view.head.visualIndex(places[key]), place)
    if isinstance(widths, dict) and state.get("percent") == theme.percent:
        for key, width in widths.items():
            if key in places and isinstance(width, int):
                view.setColumnWidth(places[key], width)
