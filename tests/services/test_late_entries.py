"""补录 follows from what happened and when it was entered: typed, moved to another day, or imported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from school_logistics import catalogue
from school_logistics.models.duties import Duty, When
from school_logistics.rules.calendar import Month
from school_logistics.services.closing import Closing
from school_logistics.services.coverage import Coverage
from school_logistics.services.coverage_words import told_record
from school_logistics.services.desk import Desk
from school_logistics.services.importing import Importer
from school_logistics.services.month import MonthPack
from school_logistics.services.rows import Query
from tests.office import new_desk, purchase

SEPTEMBER = Month(2026, 9)


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    yield desk
    desk.store.close()


def tag(desk: Desk, one: int) -> str:
    return desk.rows(desk.ledger("food_purchase"), [one])[0].tag


def move(desk: Desk, one: int, day: date) -> None:
    """Type another day into a purchase."""
    ledger = desk.ledger("food_purchase")
    desk.save(ledger, desk.draft(ledger, one) | {"bought_on": day, "produced_on": day}, one)


def imported(desk: Desk, tmp_path: Path, *days: str) -> list[int]:
    """The purchases of a workbook, one a day."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["进货日期", "品名", "数量", "单位", "单价（元）", "供货单位", "生产日期"])
    for day in days:
        sheet.append([day, "土豆", 5, "公斤", 4.85, "绿源蔬菜配送中心", day])
    path = tmp_path / "purchases.xlsx"
    book.save(path)
    importer = Importer(desk)
    return list(importer.commit(importer.plan(desk.ledger("food_purchase"), path)).ids)


def test_a_record_moved_back_to_a_day_long_past_is_entered_late(desk: Desk):
    one = purchase(desk)
    assert tag(desk, one) == ""
    move(desk, one, date(2026, 9, 2))
    assert tag(desk, one) == "补录"
    desk.undo()
    assert tag(desk, one) == ""


def test_a_late_record_whose_day_was_mistyped_is_late_no_longer(desk: Desk):
    one = purchase(desk, bought_on="2026-09-03", produced_on="2026-09-02")
    assert tag(desk, one) == "补录"
    move(desk, one, date(2026, 11, 20))
    assert tag(desk, one) == ""


def test_a_day_put_right_weeks_later_counts_from_when_the_record_was_entered():
    now = [datetime(2026, 10, 13, 9)]
    desk = new_desk(clock=lambda: now[0])
    one = purchase(desk, bought_on="2026-10-13", produced_on="2026-10-12")
    now[0] = datetime(2026, 11, 22, 9)

    move(desk, one, date(2026, 10, 12))
    assert tag(desk, one) == ""
    move(desk, one, date(2026, 10, 30))
    assert tag(desk, one) == "补录", "what happened after it was entered was entered with the change"
    desk.store.close()


def test_an_import_long_after_the_day_is_told_as_both(desk: Desk, tmp_path: Path):
    old, fresh = imported(desk, tmp_path, "2026-09-02", "2026-11-20")

    assert [tag(desk, one) for one in (old, fresh)] == ["导入 · 补录", "导入"]
    move(desk, old, date(2026, 11, 19))
    assert tag(desk, old) == "导入"


def test_the_closing_list_counts_what_was_imported_late(desk: Desk, tmp_path: Path):
    imported(desk, tmp_path, "2026-09-02", "2026-09-03", "2026-11-20")
    forms = [form for form in catalogue.FORMS if form.code == "C01"]

    found = Closing(desk, MonthPack(desk, forms)).open_things(SEPTEMBER)

    assert [(one.label, one.rows) for one in found.late] == [("采购台账", 2)]


def test_the_grid_of_a_duty_tells_an_import_as_late(desk: Desk, tmp_path: Path):
    imported(desk, tmp_path, "2026-09-02")
    grid = Coverage(desk).grid(desk.ledger("food_purchase"), Duty("进货", When.SCHOOL_DAY), SEPTEMBER)

    (record,) = [record for cells in grid.cells for cell in cells for record in cell.records]

    assert (record.late, record.imported) == (True, True)
    assert told_record(record) == "09-02 的记录，11-22 09:00 导入，补录"


def test_the_hazard_of_an_old_abnormal_record_is_late_as_well(desk: Desk, tmp_path: Path):
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["检查日期", "器材编号", "检查结果", "检查人", "存在问题"])
    sheet.append(["2026-09-02", "MHQ-001", "压力×", "王志强", "指针在红区"])
    path = tmp_path / "checks.xlsx"
    book.save(path)
    importer = Importer(desk)
    importer.commit(importer.plan(desk.ledger("extinguisher_check"), path))

    hazards = desk.ledger("hazard")
    with desk.store.reading() as session:
        (hazard,) = desk.listing.values(session, hazards, desk.ids(hazards, Query())).values()
    assert hazard["origin"] == "导入补录"
