"""Facts for forms without a data file: entries made from plain values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from school_logistics.models.ledger import Ledger
from school_logistics.reports.blocks import Block, Card, Grid, Line
from school_logistics.reports.form import Entry, Head, PrintedForm
from school_logistics.rules.calendar import Month, Stretch

MONTH = Month(2026, 11)
HEAD = Head("明德路小学", MONTH, date(2026, 11, 22))


class PlainSource:
    """Gives the entries it was made with, those of a period by their day."""

    def __init__(self, *entries: Entry) -> None:
        self._entries = entries

    def entries(self, ledger: Ledger, period: Stretch | None = None) -> Sequence[Entry]:
        """The entries of a ledger in the order in which they were given."""
        own = [entry for entry in self._entries if entry.ledger is ledger]
        return own if period is None else [entry for entry in own if period.first <= _day(entry) <= period.last]

    def past(self, ledger: Ledger, period: Stretch) -> Sequence[Entry]:
        """The same."""
        return self.entries(ledger, period)


def _day(entry: Entry) -> date:
    happened = entry[entry.ledger.happened]
    return happened.date() if isinstance(happened, datetime) else happened


def entry(ledger: Ledger, one: int = 1, *, gaps: tuple[str, ...] = (), **values: Any) -> Entry:
    """A record; the name of a reference is given as `supplier_name`."""
    told = {f"{key.removesuffix('_name')}.name" if key.endswith("_name") else key: told for key, told in values.items()}
    return Entry(ledger, one, told, frozenset(gaps))


def composed(form: PrintedForm, *entries: Entry) -> list[Block]:
    """A form's blocks from these entries."""
    return list(form.paper(form.gather(PlainSource(*entries), MONTH), HEAD).blocks)


def table(form: PrintedForm, *entries: Entry, at: int = 0) -> list[dict[str, str]]:
    """The rows of a form's table by heading."""
    grid = [block for block in composed(form, *entries) if isinstance(block, Grid)][at]
    headings = [column.heading.replace("\n", "") for column in grid.columns]
    return [dict(zip(headings, row, strict=True)) for row in grid.rows if len(row) > 1]


def lines(form: PrintedForm, *entries: Entry) -> dict[str, str]:
    """What stands above a form's table, by label."""
    return dict(part for block in composed(form, *entries) if isinstance(block, Line) for part in block.parts)


def cards(form: PrintedForm, *entries: Entry) -> dict[str, str]:
    """What stands on a form's cards, by label."""
    blocks = [block for block in composed(form, *entries) if isinstance(block, Card)]
    return dict(pair for card in blocks for row in card.rows for pair in row)
