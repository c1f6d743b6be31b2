"""The stored rows behind a table: ids in order, and pages of a hundred rows ready to paint, fetched when looked at."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.ui.cells import CellWriter

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Query, Row
    from school_logistics.ui.cells import Cell

PAGE = 100
"""Rows fetched at a time."""
PAGES_KEPT = 50


class ReadyRow(NamedTuple):
    """A stored row and its cells."""

    row: Row
    cells: tuple[Cell, ...]


class TablePages:
    """Knows how many rows there are, and hands out any of them; never holds more than a few thousand."""

    def __init__(self, desk: Desk, ledger: Ledger, columns: Sequence[Field], query: Query) -> None:
        """Nothing is asked of the desk before `open`."""
        self._desk, self._ledger = desk, ledger
        self._writer = CellWriter(ledger, columns, query)
        self._pages: OrderedDict[int, list[ReadyRow]] = OrderedDict()
        self._query = query
        self.count = 0
        self.ids: array[int] | None = None
        """The ids in order; None while they are still being gathered."""

    def count_rows(self) -> None:
        """Ask how many rows there are."""
        self.count = self._desk.count(self._ledger, self._query)

    def gather(self) -> array[int]:
        """All ids in order; may be called from a worker thread."""
        return self._desk.ids(self._ledger, self._query)

    def take_ids(self, ids: array[int]) -> None:
        """Take the gathered ids; the first page stays as it is."""
        self.ids = ids
        self.count = len(ids)

    def read_first_page(self) -> None:
        """Fetch the first rows without knowing the ids."""
        rows = self._desk.first_page(self._ledger, self._query, PAGE)
        self._pages[0] = self._ready(rows, None)

    def ready(self, place: int) -> ReadyRow | None:
        """The row at `place`, counted from 0; None while it cannot be known yet or has gone meanwhile."""
        number, inside = divmod(place, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._fetch(number)
        else:
            self._pages.move_to_end(number)
        return page[inside] if inside < len(page) else None

    def id_at(self, place: int) -> int | None:
        """The id of the row at `place`."""
        if self.ids is not None:
            return self.ids[place] if place < len(self.ids) else None
        known = self.ready(place)
        return known.row.id if known else None

    def place_of(self, id: int) -> int | None:
        """Where a record stands, counted from 0."""
        if self.ids is None:
            self.take_ids(self.gather())
        try:
            return self.ids.index(id) if self.ids is not None else None
        except ValueError:
            return None

    def append(self, id: int) -> None:
        """A new record is shown last, whatever the order, until the table is read again."""
        if self.ids is None:
            self.take_ids(self.gather())
        if self.ids is not None:
            self.ids.append(id)
            self.count = len(self.ids)
        self._pages.pop((self.count - 1) // PAGE, None)

    def forget(self, place: int) -> None:
        """Fetch the page of this row anew when it is next looked at."""
        self._pages.pop(place // PAGE, None)

    def forget_all(self) -> None:
        """Fetch everything anew when it is next looked at; ids and order stay."""
        self._pages.clear()

    def kept(self) -> tuple[int, ...]:
        """The numbers of the pages held, the longest unused first."""
        return tuple(self._pages)

    def forget_widths(self) -> None:
        """The font is another one: what fitted its column may not fit now."""
        for page in self._pages.values():
            for ready in page:
                for cell in ready.cells:
                    cell.shown_width = -1

    def _fetch(self, number: int) -> list[ReadyRow]:
        if self.ids is None:
            return []
        start = number * PAGE
        above = 1 if start else 0
        wanted = self.ids[start - above : start + PAGE]
        by_id = {row.id: row for row in self._desk.rows(self._ledger, wanted)}
        before = by_id.get(wanted[0]) if above else None
        page = self._ready([by_id[id] for id in wanted[above:] if id in by_id], before)
        self._pages[number] = page
        if len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        return page

    def _ready(self, rows: Sequence[Row], before: Row | None) -> list[ReadyRow]:
        ready = []
        for row in rows:
            ready.append(ReadyRow(row, self._writer.row(row, before)))
            before = row
        return ready
