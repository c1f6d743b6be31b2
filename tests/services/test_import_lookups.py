"""What an import is held against in other records: deliveries told already, stock, people who were ill."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from school_logistics.models.checks import Level
from school_logistics.services.desk import Desk
from school_logistics.services.import_plan import Fate, ImportPlan
from school_logistics.services.importing import Importer
from school_logistics.services.rows import Query
from school_logistics.services.stock import on_shelf
from tests.office import new_desk, purchase, write

ISSUE_HEADINGS = ["领用日期", "用途", "品名", "实发数量", "领用人", "保管员"]


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    yield desk
    desk.store.close()


def planned(desk: Desk, tmp_path: Path, key: str, *rows: list[Any]) -> ImportPlan:
    """The plan of a workbook with these rows."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    path = tmp_path / "台账.xlsx"
    book.save(path)
    return Importer(desk).plan(desk.ledger(key), path)


def issues(desk: Desk, tmp_path: Path, *quantities: int) -> ImportPlan:
    rows = [["2026-11-21", "午餐", "土豆", quantity, "钱乙丑", "孙丙寅"] for quantity in quantities]
    return planned(desk, tmp_path, "stock_out", ISSUE_HEADINGS, *rows)


def kept_issues(desk: Desk) -> list[tuple[int | None, Decimal, Decimal]]:
    """Batch, quantity and amount of every issue, in the order in which they were kept."""
    ledger = desk.ledger("stock_out")
    drafts = [desk.draft(ledger, one) for one in sorted(desk.ids(ledger, Query()))]
    return [(one["batch"], one["issued"], one["amount"]) for one in drafts]  # type: ignore[misc]


def test_a_delivery_told_already_with_another_quantity_is_to_be_looked_at(desk: Desk, tmp_path: Path):
    purchase(desk, note_no="N1")
    headings = ["进货日期", "品名", "数量", "单位", "单价（元）", "供货单位", "生产日期", "送货单号"]
    row = ["2026-11-20", "土豆", 5, "公斤", 4.85, "绿源蔬菜配送中心", "2026-11-19"]

    plan = planned(desk, tmp_path, "food_purchase", headings, [*row, "N1"], [*row, "N2"])

    assert [one.fate for one in plan.rows] == [Fate.ADD, Fate.ADD]
    assert [(one.cell, one.reason) for one in plan.warnings if one.field == "note_no"] == [
        ("H2", "送货单 N1 上已经登记过这个品名，请核对是否重复")
    ]


def test_imported_issues_come_out_of_the_batches_first_to_expire(desk: Desk, tmp_path: Path):
    late = purchase(desk, quantity="20", unit_price="5", shelf_life="30天")
    soon = purchase(desk, quantity="10", unit_price="4", shelf_life="10天")

    plan = issues(desk, tmp_path, 6, 9)
    done = Importer(desk).commit(plan)

    assert done.added == 2
    assert kept_issues(desk) == [
        (soon, Decimal(6), Decimal("24.00")), (soon, Decimal(4), Decimal("16.00")),
        (late, Decimal(5), Decimal("25.00")),
    ]  # fmt: skip
    assert [one.reason for one in plan.warnings] == ["一批不够，已按先到期先出分成 2 行"]
    assert [(one.batch, one.left) for one in on_shelf(desk)] == [(late, Decimal(15))]
    desk.undo()
    assert kept_issues(desk) == []


def test_an_issue_for_which_there_is_not_enough_is_left_out_by_its_cell(desk: Desk, tmp_path: Path):
    batch = purchase(desk)

    plan = issues(desk, tmp_path, 25, 25, 6)
    done = Importer(desk).commit(plan, skip_refused=True)

    assert [one.fate for one in plan.rows] == [Fate.ADD, Fate.REFUSED, Fate.ADD]
    assert [(one.cell, one.reason) for one in plan.refused] == [("C3", "土豆库里只有 6 公斤，不够 25 公斤")]
    assert (done.added, done.refused) == (2, 1)
    assert [(one, quantity) for one, quantity, _ in kept_issues(desk)] == [(batch, Decimal(25)), (batch, Decimal(6))]


def test_a_plan_that_divides_leaves_the_ledger_as_it_was(desk: Desk, tmp_path: Path):
    purchase(desk)
    issues(desk, tmp_path, 25)
    assert kept_issues(desk) == []
    assert [one.left for one in on_shelf(desk)] == [31]


def test_the_same_file_of_issues_comes_in_once(desk: Desk, tmp_path: Path):
    purchase(desk)
    Importer(desk).commit(issues(desk, tmp_path, 7))
    assert [one.fate for one in issues(desk, tmp_path, 7).rows] == [Fate.SAME]


def test_whoever_was_ill_that_day_is_a_gap_in_an_import(desk: Desk, tmp_path: Path):
    write(desk, "staff", name="孙丙寅", post="保管员", health_from="2026-03-01", health_until="2027-03-01")
    write(desk, "morning_check", checked_on="2026-11-20", person="孙丙寅", attendance="病假", inspector="孙丙寅")
    headings = ["进货日期", "品名", "数量", "单位", "单价（元）", "供货单位", "生产日期", "保管员"]
    row = ["2026-11-20", "土豆", 5, "公斤", 4.85, "绿源蔬菜配送中心", "2026-11-19", "孙丙寅"]

    plan = planned(desk, tmp_path, "food_purchase", headings, row)

    (found,) = [one for one in plan.gaps if one.field == "storekeeper"]
    assert found.level is Level.GAP
    assert "当天病假" in found.reason
    assert plan.rows[0].fate is Fate.ADD
