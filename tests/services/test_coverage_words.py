"""What the grid of a duty says in words: counts, and late entries with both their times."""

from __future__ import annotations

from datetime import date, datetime

from school_logistics.models.duties import Duty, When
from school_logistics.models.safety import Hazard
from school_logistics.rules.calendar import Month
from school_logistics.services.coverage_columns import Column
from school_logistics.services.coverage_grid import Cell, Covered, Entered, Row, State, Want
from school_logistics.services.coverage_words import place_of, tally, told_cell, told_record, total

LATE = Entered(1, date(2026, 10, 12), datetime(2026, 10, 19, 9, 30), late=True)
ON_TIME = Entered(2, datetime(2026, 10, 13, 11, 20), datetime(2026, 10, 13, 12, 5))
BROUGHT_IN = Entered(3, date(2026, 10, 14), datetime(2026, 11, 2, 8, 0), imported=True)
DAY = Column("12", "一", date(2026, 10, 12), date(2026, 10, 12), (date(2026, 10, 12),))
WEEK = Column("第2周", "10-12～10-18", date(2026, 10, 12), date(2026, 10, 18), (date(2026, 10, 12),))


def done(record: Entered, label: str = "") -> Cell:
    return Cell(0, 0, State.DONE, (Want(label, {}, record),))


def hole(*labels: str, state: State = State.HOLE) -> Cell:
    return Cell(0, 0, state, tuple(Want(label, {}) for label in labels or ("",)), why="没有记录")


def covered(*cells: Cell, column: Column = DAY) -> Covered:
    placed = tuple(cell._replace(column=place) for place, cell in enumerate(cells))
    columns = tuple(column for _ in cells)
    return Covered(Hazard.ledger, Duty("每天", When.DAY), Month(2026, 10), (Row("301室"),), columns, (placed,))


def test_what_is_done_is_counted_of_what_is_asked_by_now():
    ahead, closed = hole(state=State.AHEAD), Cell(0, 0, State.NOT_ASKED)
    cells = (done(LATE), done(ON_TIME), hole(), ahead, closed, hole(state=State.DUE))

    assert tally(cells) == (2, 3, 1)
    assert tally(cells).text == "2/3"
    assert total(covered(*cells)) == "应记 3 处，做了 2，缺 1，补录 1"


def test_a_running_day_counts_once_something_stands_in_it():
    begun = Cell(0, 0, State.DUE, (Want("上学", {}, ON_TIME), Want("放学", {})))

    assert tally((begun,)).text == "1/2"


def test_a_month_in_which_nothing_is_asked_says_so_and_one_without_holes_too():
    assert total(covered(Cell(0, 0, State.NOT_ASKED))) == "这段时间没有要记的"
    assert total(covered(done(ON_TIME))) == "应记 1 处，做了 1，不缺"


def test_a_late_entry_is_told_with_both_its_times():
    assert told_record(LATE) == "10-12 的记录，10-19 09:30 补录"
    assert told_record(ON_TIME) == "10-13 11:20 的记录，10-13 12:05 录入"
    assert told_record(BROUGHT_IN) == "10-14 的记录，11-02 08:00 导入"


def test_a_running_day_with_nothing_in_it_says_no_more_than_that():
    shown = covered(Cell(0, 0, State.DUE, (Want("上学", {}),)))

    assert told_cell(shown, shown.cell(0, 0)) == ["301室，10-12 周一：待记"]


def test_a_cell_says_where_it_is_what_is_there_and_what_is_lacking():
    partly = Cell(0, 0, State.PARTLY, (Want("上学", {}, ON_TIME), Want("放学", {})), (LATE,), "缺 放学")
    shown = covered(partly)

    assert told_cell(shown, shown.cell(0, 0)) == [
        "301室，10-12 周一：不全",
        "缺 放学",
        "上学：10-13 11:20 的记录，10-13 12:05 录入",
        "放学：缺",
        "10-12 的记录，10-19 09:30 补录",
    ]
    weekly = covered(hole(), column=WEEK)
    assert place_of(weekly, weekly.cell(0, 0)) == "301室，第2周（10-12 至 10-18）"
