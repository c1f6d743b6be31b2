"""A table of a million rows asks for little, and only for what is seen. Counts, not seconds: those are the bench's."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from school_logistics.services.rows import Query
from school_logistics.ui.jobs import Jobs
from school_logistics.ui.record_table import RecordTable
from school_logistics.ui.table_model import RecordTableModel
from school_logistics.ui.table_pages import PAGE, PAGES_KEPT
from tests.ui.many_rows import ROWS, ManyRows
from tests.ui.typing import CONTROL, Key, press


@pytest.fixture
def desk():
    made = ManyRows()
    yield made
    made.store.close()


@pytest.fixture
def asked(monkeypatch) -> list[int]:
    """The role of every question to the model."""
    roles: list[int] = []
    answer = RecordTableModel.data

    def counted(self, index, role=Qt.ItemDataRole.DisplayRole):
        roles.append(int(role))
        return answer(self, index, role)

    monkeypatch.setattr(RecordTableModel, "data", counted)
    return roles


@pytest.fixture
def table(qtbot, theme, desk, asked):
    made = RecordTable(theme, desk, desk.ledger("food_purchase"))
    qtbot.addWidget(made)
    made.resize(1366, 1010)
    made.open(Query())
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.go_to_top()
    made.focus_table()
    return made


def seen_cells(table: RecordTable) -> int:
    view = table.view
    rows = view.viewport().height() // table.view.rowHeight(0) + 2
    return rows * sum(not view.isColumnHidden(column) for column in range(table.model.columnCount()))


def test_opening_a_million_rows_fetches_two_pages_and_nothing_else(table, desk):
    assert desk.pages_asked <= 2  # the first, and the last, from which the blank row takes over
    assert table.model.rowCount() == ROWS + 1


def test_a_repaint_asks_once_for_every_cell_that_is_seen(table, qtbot, asked):
    table.view.viewport().repaint()
    asked.clear()
    table.view.viewport().repaint()

    assert 0 < len(asked) <= seen_cells(table)


def test_three_rows_by_the_wheel_ask_at_most_ten_times_a_new_cell_and_fetch_a_page_in_a_hundred(table, desk, asked):
    bar = table.view.verticalScrollBar()
    desk.pages_asked = 0
    asked.clear()
    for _ in range(100):
        bar.setValue(bar.value() + 3)
        table.view.viewport().repaint()

    columns = table.model.columnCount()
    assert len(asked) <= 10 * 300 * columns + 100 * seen_cells(table)
    assert desk.pages_asked <= 4


def test_the_end_is_one_jump_away(table, desk):
    desk.pages_asked = 0
    press(Key.Key_Down, with_=CONTROL)
    table.view.viewport().repaint()

    assert table.current().row == ROWS - 1
    assert desk.pages_asked <= 2


def test_only_so_many_pages_are_kept(table, desk):
    for row in range(0, 200 * PAGE, PAGE):
        table.model.rows.cell(row, 0)

    assert len(table.model.rows.pages.kept()) <= PAGES_KEPT


def test_selecting_everything_asks_nothing_of_the_rows(table, desk, asked):
    desk.rows_asked = 0
    asked.clear()
    press(Key.Key_A, with_=CONTROL)

    assert desk.rows_asked == 0
    assert len(asked) < 5000


def test_a_typed_letter_searches_no_rows(table, desk):
    desk.rows_asked = 0
    table.view.keyboardSearch("x")

    assert desk.rows_asked == 0


def test_the_order_of_very_many_rows_is_gathered_in_a_worker_while_the_first_page_is_there(qtbot, theme, desk):
    jobs = Jobs()
    made = RecordTable(theme, desk, desk.ledger("food_purchase"), runner=jobs)
    qtbot.addWidget(made)
    made.open(Query())

    assert made.model.rows.cell(0, 0).text == "2016-09-01"
    assert made.model.rows.cell(ROWS - 1, 0).text in {"…", "2026-06-12"}
    qtbot.waitUntil(lambda: not jobs.busy())
    assert made.model.rows.cell(ROWS - 1, 0).text == "2026-06-12"
    assert made.totals.sums() == {"amount": "86,204.17"}
    jobs.close()
