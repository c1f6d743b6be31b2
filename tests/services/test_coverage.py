"""Duties laid over a month: periods, what is asked of whom, what is a hole and what only due, told in few lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from types import SimpleNamespace

import pytest

from school_logistics.app import rule_book, school_calendar
from school_logistics.models.duties import Duty, OfFile, OfPlan, When
from school_logistics.models.record import Origin
from school_logistics.rules.calendar import Month
from school_logistics.rules.rooms import lived_in
from school_logistics.services.coverage import Coverage
from school_logistics.services.coverage_columns import Column, columns_of, rhythm_of, unit_of
from school_logistics.services.coverage_gaps import gaps_of
from school_logistics.services.coverage_grid import Asked, Covered, Entered, Kept, State, Want, lay, state_of
from school_logistics.services.desk import Desk
from school_logistics.services.month import MonthPack
from tests.office import TODAY, new_desk, write

OCTOBER, NOVEMBER, AUGUST = Month(2026, 10), Month(2026, 11), Month(2026, 8)
CALENDAR = school_calendar()
MARKS = {
    State.DONE: "√", State.PARTLY: "½", State.HOLE: "×", State.DUE: "?", State.AHEAD: ".", State.NOT_ASKED: "-",
}  # fmt: skip


def columns(when: When, month: Month = OCTOBER, *, holidays: bool = False, wide: bool = False) -> Sequence[Column]:
    return columns_of(when, month, CALENDAR, holidays=holidays, wide=wide)


def one_row(wants: Sequence[Want], days: Sequence[int], records: Sequence[int], today: date) -> str:
    """A row asked on some days of October and recorded on others, as a word of one sign a day."""
    asked = Asked(
        "101", 1, lambda column: tuple(day for day in column.days if day.day in days), lambda _days: wants, "停用"
    )
    kept = [
        Kept(Entered(number, date(2026, 10, day), datetime(2026, 10, day, 17)), 1) for number, day in enumerate(records)
    ]
    _, cells = lay([asked], columns(When.SCHOOL_DAY), kept, today, ())
    return "".join(MARKS[cell.state] for cell in cells[0]) if cells else ""


def test_days_of_school_are_asked_and_closed_days_say_why():
    days = columns(When.SCHOOL_DAY)

    assert len(days) == 31
    assert [day.why for day in days[:4]] == ["国庆节"] * 4
    assert (days[7].label, days[7].detail, days[7].days, days[7].why) == ("8", "四", (date(2026, 10, 8),), "")
    assert days[16].why == "周末"


def test_a_week_belongs_to_the_month_of_its_last_school_day():
    assert [week.detail for week in columns(When.WEEK)] == [
        "10-05～10-11", "10-12～10-18", "10-19～10-25", "10-26～11-01",
    ]  # fmt: skip
    assert columns(When.WEEK, NOVEMBER)[0].first == date(2026, 11, 2)
    assert columns(When.WEEK, Month(2026, 9))[-1].last == date(2026, 10, 4)


def test_months_quarters_and_terms_are_shown_with_their_year():
    assert [one.label for one in columns(When.MONTH, wide=True)][:5] == ["9月", "10月", "11月", "12月", "1月"]
    assert [one.label for one in columns(When.QUARTER, wide=True)] == ["一季度", "二季度", "三季度", "四季度"]
    assert [one.label for one in columns(When.TERM, wide=True)] == ["第一学期", "第二学期"]
    assert [one.label for one in columns(When.MONTH)] == ["10月"]
    assert columns(When.QUARTER) == ()
    assert [one.detail for one in columns(When.QUARTER, Month(2026, 12))] == ["10-01～12-31"]


def test_a_vacation_asks_only_for_what_is_asked_in_vacations_too():
    assert columns(When.MONTH, AUGUST)[0].days == ()
    assert len(columns(When.MONTH, AUGUST, holidays=True)[0].days) == 31
    assert columns(When.DAY, AUGUST)[0].why == "暑假"


@pytest.mark.parametrize(("when", "unit"), [("每天", "天"), ("每周", "周"), ("每月", "个月"), ("每季度", "个季度"),
                                            ("每学期", "个学期")])  # fmt: skip
def test_periods_are_counted_in_their_unit(when: str, unit: str):
    assert unit_of(columns(When(when), Month(2026, 12), wide=True)[0]) == unit


@pytest.mark.parametrize(
    ("days", "rhythm"),
    [("1", (When.SCHOOL_DAY, 1)), ("7", (When.WEEK, 1)), ("3", (When.WEEK, 2)), ("15", (When.MONTH, 2))],
)
def test_the_rule_book_says_in_days_how_often_something_is_due(days: str, rhythm: tuple[When, int]):
    key = "disinfection.routine_days"
    book = rule_book().with_overrides([rule_book().changed(key, days, date(2026, 9, 1))])
    assert rhythm_of(Duty("", When.WEEK, every=key), book, TODAY) == rhythm


def test_days_ahead_are_never_holes_and_todays_are_due():
    asked = [12, 13, 14, 15, 16]
    assert one_row([Want("", {})], asked, [12], date(2026, 10, 14))[11:16] == "√×?.."


def test_a_row_is_asked_only_while_it_is_in_the_file_and_records_beside_it_are_kept():
    assert one_row([Want("", {})], [14, 15], [12, 14], date(2026, 10, 31))[11:16] == "--√×-"


def test_some_of_several_records_is_not_the_whole():
    assert one_row([Want("", {}), Want("", {})], [12, 13, 14], [12, 12, 13], TODAY)[11:14] == "√½×"


def test_a_running_week_is_due_until_its_last_day_is_over():
    days = tuple(date(2026, 10, day) for day in range(12, 17))
    wants = [Want("", {})]
    assert state_of(wants, days, date(2026, 10, 9)) is State.AHEAD
    assert state_of(wants, days, date(2026, 10, 16)) is State.DUE
    assert state_of(wants, days, date(2026, 10, 17)) is State.HOLE


def test_a_record_answers_the_want_of_its_own_word_only():
    wants = [Want("上学", {"trip": "上学"}), Want("放学", {"trip": "放学"})]
    asked = Asked("鲁Z10023", 1, lambda column: column.days, lambda _days: wants)
    at = datetime(2026, 10, 12, 17)
    kept = [
        Kept(Entered(1, date(2026, 10, 12), at), 1, ("放学",)),
        Kept(Entered(2, date(2026, 10, 12), at), 1, ("放学",)),
    ]

    _, cells = lay([asked], columns(When.SCHOOL_DAY)[11:12], kept, TODAY, ("trip",))

    cell = cells[0][0]
    assert (cell.state, cell.why) == (State.PARTLY, "缺上学")
    assert [want.record and want.record.id for want in cell.wants] == [None, 1]
    assert [record.id for record in cell.others] == [2]


def laid(rows: dict[str, str]) -> Covered:
    """A month in which each row has done some school days: √, everything else is a hole."""
    days = columns(When.SCHOOL_DAY)[7:16]
    asked = [Asked(name, name, lambda column: column.days, lambda _days: [Want("", {})]) for name in rows]
    kept = [
        Kept(Entered(1, day.first, datetime.combine(day.first, time(17))), name)
        for name, marks in rows.items()
        for day, mark in zip(days, marks, strict=True)
        if mark == "√"
    ]
    found, cells = lay(asked, days, kept, TODAY, ())
    ledger = SimpleNamespace(label="消毒记录")
    return Covered(ledger, Duty("每间", When.SCHOOL_DAY), OCTOBER, found, tuple(days), cells)  # type: ignore[arg-type]  # a ledger is only asked for its label


def test_neighbouring_holes_are_one_line_over_the_weekend_and_so_are_rows_that_lack_the_same():
    grid = laid({"101": "√√√-√√×××", "102": "√√√-√√×××", "103": "√××-×√√√√"})

    assert [(gap.when, gap.title, gap.sentence) for gap in gaps_of(grid)] == [
        ("10-09～10-12", "103", "没有消毒记录，3 天"),
        ("10-14～10-16", "101、102", "没有消毒记录，3 天"),
    ]


def test_a_whole_empty_day_is_one_line_however_many_rooms():
    grid = laid({str(101 + at): "√√√-√×√√√" for at in range(22)})
    assert [(gap.when, gap.title) for gap in gaps_of(grid)] == [("10-13", "101 等 22 项")]


# --- on a data file --------------------------------------------------------------------------------


@pytest.fixture
def desk() -> Iterator[Desk]:
    """An office that has been open since September."""
    moments = [datetime(2026, 9, 1, 9)]
    desk = new_desk(clock=lambda: moments[-1])
    for name in ("3号公寓101", "3号公寓102"):
        write(
            desk,
            "room",
            name=name,
            kind="宿舍",
            area="30",
            beds="8",
            occupants="6",
            alarm_no="YG-1",
            warden=warden(desk),
        )
    moments.append(datetime.combine(TODAY, time(9)))
    yield desk
    desk.store.close()


def warden(desk: Desk) -> str:
    with desk.store.reading() as session:
        known = "吴桂香" in desk.naming.names(session, "staff").values()
    if not known:
        write(desk, "staff", name="吴桂香", post="宿管")
    return "吴桂香"


def bring_in(desk: Desk, key: str, told: dict[str, object], origin: Origin = Origin.TYPED) -> None:
    ledger = desk.ledger(key)
    with desk.store.unit_of_work("导入", "赵甲子") as session:
        values = {field.key: told.get(field.key) for field in ledger.fields}
        desk.store.add_many(session, ledger.record, [values], origin=origin.value)


def disinfected(desk: Desk, day: date, room: int | None, origin: Origin = Origin.TYPED) -> None:
    bring_in(desk, "disinfection", {"done_on": day, "room": room, "place": "地面"}, origin)


def rooms_by_day(desk: Desk, month: Month = OCTOBER) -> Covered:
    return Coverage(desk).grid(
        desk.ledger("disinfection"), Duty("每间", When.SCHOOL_DAY, OfFile("room", lived_in)), month
    )


def test_nothing_is_asked_before_the_ledger_was_begun_and_every_room_afterwards(desk):
    disinfected(desk, date(2026, 10, 14), 1, Origin.LATE)

    grid = rooms_by_day(desk)

    assert [row.label for row in grid.rows] == ["3号公寓101", "3号公寓102"]
    assert [MARKS[cell.state] for cell in grid.cells[0][11:16]] == list("--√××")
    assert [MARKS[cell.state] for cell in grid.cells[1][11:16]] == list("--×××")
    kept = grid.cells[0][13].records[0]
    assert (kept.late, kept.happened, kept.entered_at) == (True, date(2026, 10, 14), datetime(2026, 11, 22, 9))
    assert grid.gaps == 2 * 13 - 1


def test_a_room_is_asked_for_until_the_day_on_which_it_is_closed(desk):
    disinfected(desk, date(2026, 10, 12), 1)
    draft = desk.draft(desk.ledger("room"), 2)
    desk.save(desk.ledger("room"), draft | {"closed_on": date(2026, 10, 14)}, 2)

    assert [MARKS[cell.state] for cell in rooms_by_day(desk).cells[1][11:16]] == list("××---")


def test_a_hole_begins_a_record_with_its_day_and_its_room_and_with_no_reading(desk):
    disinfected(desk, date(2026, 10, 12), 1)
    grid = rooms_by_day(desk)

    draft = Coverage(desk).prefill(grid, grid.cell(1, 12))

    assert (draft["done_on"], draft["room"]) == (date(2026, 10, 13), 2)
    assert [draft[key] for key in ("concentration", "contact_minutes", "span", "done_by")] == [None] * 4


def test_a_planned_dish_without_a_sample_is_a_hole_of_its_meal(desk):
    # Rooms stand in for dishes: any ledger with a day may plan another.
    for area in ("3号公寓101", "3号公寓102"):
        bring_in(desk, "disinfection_roster", {"duty_on": date(2026, 10, 14), "weekday": "周三", "area": area})
    plan = OfPlan("disinfection_roster", (("method", "weekday"), ("place", "area")))
    ledger = desk.ledger("disinfection")
    bring_in(desk, "disinfection", {"done_on": date(2026, 10, 14), "method": "周三", "place": "3号公寓102 "})

    grid = Coverage(desk).grid(ledger, Duty("每样", When.SCHOOL_DAY, plan), OCTOBER)

    cell = grid.cell(0, 13)
    assert (grid.rows[0].label, cell.state, cell.why) == ("周三", State.PARTLY, "缺3号公寓101")
    assert cell.lacking[0].values == {"method": "周三", "place": "3号公寓101"}
    assert grid.rows[-1].label == "没有消毒排班的日子"


def test_planned_meals_stand_in_their_order_whatever_was_planned_first(desk):
    for meal, dish in (("午餐", "米饭"), ("早餐", "小米稀饭")):
        bring_in(desk, "menu_dish", {"served_on": date(2026, 10, 14), "meal": meal, "dish": dish})
    ledger = desk.ledger("retained_sample")

    grid = Coverage(desk).grid(ledger, ledger.duties[0], OCTOBER)

    assert [row.label for row in grid.rows] == ["早餐", "午餐"]
    assert [grid.cell(row, 13).why for row in (0, 1)] == ["缺小米稀饭", "缺米饭"]


def test_the_months_pack_names_the_holes_with_what_begins_a_record(desk):
    disinfected(desk, date(2026, 11, 2), 1)

    holes = [one for one in MonthPack(desk).missing(NOVEMBER) if one.form == "D2" and one.id is None]

    assert [(one.day, one.title, one.why) for one in holes] == [
        ("11-02～11-22", "3号公寓102", "没有消毒记录，3 周"),
        ("11-09～11-22", "3号公寓101", "没有消毒记录，2 周"),
    ]
    assert holes[0].begin == {"done_on": None, "room": 2}
    assert all(one.is_gap for one in holes)
