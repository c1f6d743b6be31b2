"""The table over a great ledger: to its end and step by step; floor: a bare paged model in a plain table view."""

from __future__ import annotations

import os
from array import array
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QTableView
from sqlalchemy import event

from bench.data import Files, open_desk
from bench.floor import raw
from bench.measuring import Figure, Size, by_turns, high, median
from school_logistics.paths import data_file
from school_logistics.services.rows import Query
from school_logistics.ui import record_table
from school_logistics.ui.record_table import RecordTable
from school_logistics.ui.table_model import RecordTableModel
from school_logistics.ui.theme import Theme

_SEEN_ROWS = 34
_WHEEL = 3
"""Rows of one wheel step."""
_WIDTH = 1366
_PAGE = 100
_WARM_PAGES = 8
_ALL_IDS = "SELECT id FROM food_purchase ORDER BY bought_on, id"
_SOME = (
    "SELECT p.id, p.bought_on, i.name, p.category, p.specification, p.quantity, p.unit, p.unit_price, p.amount, "
    "s.name, p.note_no, p.produced_on, p.lot_no, p.shelf_life, p.best_before, p.quarantine_no, p.result, "
    "p.inspector, p.remark FROM food_purchase p "
    "LEFT JOIN ingredient i ON i.id = p.ingredient LEFT JOIN supplier s ON s.id = p.supplier "
    "WHERE p.id IN "
)
Index = QModelIndex | QPersistentModelIndex


class BareModel(QAbstractTableModel):
    """What every paged model does at least: ids in order, pages of a hundred rows as text."""

    def __init__(self, connection: Any) -> None:
        """Read all ids."""
        super().__init__()
        self._connection = connection
        self._ids = array("q", (row[0] for row in connection.execute(_ALL_IDS)))
        self._pages: dict[int, list[tuple[str, ...]]] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - as Qt has it
        """All rows."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - as Qt has it
        """Columns that are seen."""
        return 0 if parent.isValid() else 18

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A ready text."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        number, inside = divmod(index.row(), _PAGE)
        page = self._pages.get(number)
        if page is None:
            ids = self._ids[number * _PAGE : (number + 1) * _PAGE]
            found = {row[0]: row for row in self._connection.execute(f"{_SOME}({','.join(map(str, ids))})")}
            page = self._pages[number] = [tuple(str(cell or "") for cell in found[one][1:]) for one in ids]
        return page[inside][index.column()]


def application() -> QApplication:
    """The one application, without a screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    running = QApplication.instance()
    return running if isinstance(running, QApplication) else QApplication([])


def jumping(size: Size, files: Files) -> list[Figure]:
    """Open the ledger and show its last rows."""
    app = application()
    theme = Theme()
    theme.apply(app)
    desk, bare = open_desk(files.great), raw(data_file(files.great))
    shown: list[Any] = []

    def product() -> None:
        table = RecordTable(theme, desk, desk.ledger("food_purchase"))
        _show(app, table, table.view, theme)
        table.open(Query())
        table.view.scrollToBottom()
        app.processEvents()
        shown.append(table)

    def floor() -> None:
        view = QTableView()
        view.setModel(BareModel(bare))
        _show(app, view, view, theme)
        view.scrollToBottom()
        app.processEvents()
        shown.append(view)

    pair = by_turns(product, floor, max(1, size.rounds // 2))
    for one in shown:
        one.close()
    desk.store.close()
    bare.close()
    return [pair.figure("jump_to_end", f"打开 {size.rows:,} 行并跳到末行", 1.5)]


def wheeling(size: Size, files: Files) -> list[Figure]:
    """One wheel step after the other, far from the beginning, over rows not seen before.

    The first new row begins a page of the table, so that the pages read are those of the rows seen; the names of
    suppliers and ingredients are known by then, as they are after the first seconds of a day.
    """
    app = application()
    theme = Theme()
    theme.apply(app)
    desk = open_desk(files.great)
    with _counted(desk.store.engine) as asked:
        table = RecordTable(theme, desk, desk.ledger("food_purchase"))
        _show(app, table, table.view, theme)
        table.open(Query())
        bar = table.view.verticalScrollBar()
        for page in range(_WARM_PAGES):
            bar.setValue(size.rows // 3 + page * _PAGE)
            app.processEvents()
        last_seen = table.view.rowAt(table.view.viewport().height() - 1)
        bar.setValue(bar.value() + _PAGE - 1 - last_seen % _PAGE)
        app.processEvents()
        asked.clear()
        spent = []
        for _ in range(size.steps):
            start = perf_counter()
            bar.setValue(bar.value() + _WHEEL)
            app.processEvents()
            spent.append((perf_counter() - start) * 1000)
    columns = sum(1 for place in range(table.model.columnCount()) if table.view.columnViewportPosition(place) < _WIDTH)
    table.close()
    desk.store.close()
    rows = size.steps * _WHEEL
    new_cells = rows * columns
    return [
        Figure("wheel_median", "滚轮一格（3 行）的中位数，不超过 16 毫秒", median(spent), 16, "ms", 1.0),
        Figure("wheel_p95", "滚轮一格，二十次里最慢的一次，不超过 40 毫秒", high(spent), 40, "ms", 1.0),
        Figure("wheel_cells", "每个新露出的格子问模型几次，不超过 10 次", asked["cells"] / new_cells, 10, "次", 1.0),
        Figure("wheel_queries", "每 100 行查几次数据文件，不超过 1 次", asked["queries"] * 100 / rows, 1, "次", 1.0),
    ]


def _show(app: QApplication, window: Any, view: QTableView, theme: Theme) -> None:
    """So high that 34 rows are seen."""
    view.verticalHeader().setDefaultSectionSize(theme.sizes.row)
    window.resize(_WIDTH, _SEEN_ROWS * theme.sizes.row + 120)
    window.show()
    app.processEvents()


@contextmanager
def _counted(engine: Any) -> Iterator[Counter[str]]:
    """How often the model was asked for a cell, and the data file for anything."""
    asked: Counter[str] = Counter()

    class Counting(RecordTableModel):
        def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
            asked["cells"] += 1
            return super().data(index, role)

    def note(*told: Any) -> None:
        asked["queries"] += told[2].startswith("SELECT")

    event.listen(engine, "before_cursor_execute", note)
    vars(record_table)[RecordTableModel.__name__] = Counting
    try:
        yield asked
    finally:
        vars(record_table)[RecordTableModel.__name__] = RecordTableModel
        event.remove(engine, "before_cursor_execute", note)
