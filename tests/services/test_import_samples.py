"""The workbooks clerks really keep, imported without preparation, against what `EXPECTED.json` says they hold."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from school_logistics.errors import Unacceptable
from school_logistics.services.desk import Desk
from school_logistics.services.import_plan import Fate, ImportPlan
from school_logistics.services.importing import Importer
from school_logistics.services.rows import Query
from tests.office import new_desk

SAMPLES = Path(__file__).parents[1] / "samples"
EXPECTED: dict[str, Any] = json.loads((SAMPLES / "EXPECTED.json").read_text("utf-8"))

PURCHASES = "食堂采购台账_2025-2026学年.xlsx"
SUPPLIERS = "供货商档案.xls"
EQUIPMENT = "消防器材台账.xlsx"
BUSES = "校车与驾驶人.xlsx"
ORDERS = "饮用奶与校服征订_2026秋.xlsx"
DISINFECTIONS = "宿舍消毒记录_2026-10.csv"

EVERY_SAMPLE = pytest.mark.parametrize(
    ("key", "file", "rows", "added"),
    [
        ("food_purchase", PURCHASES, 795, 795),
        ("supplier", SUPPLIERS, 7, 6),
        ("fire_equipment", EQUIPMENT, 98, 97),
        ("driver", BUSES, 4, 3),
        ("bus", BUSES, 3, 3),
        ("milk_order", ORDERS, 36, 35),
        ("uniform_order", ORDERS, 36, 36),
        ("disinfection", DISINFECTIONS, 216, 214),
    ],
)


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    yield desk
    desk.store.close()


@pytest.mark.parametrize(("key", "file"), [("bus_daily_check", BUSES), ("extinguisher_check", EQUIPMENT)])
def test_a_file_of_buses_or_equipment_holds_no_checks(desk, key: str, file: str):
    plan = planned(desk, key, file)

    assert (plan.rows, plan.refused) == ((), ())
    assert plan.trouble
    assert [one.sheet for one in plan.sheets_skipped] == [one.sheet for one in plan.laid]


def planned(desk: Desk, key: str, file: str, sheet: str | None = None) -> ImportPlan:
    return Importer(desk).plan(desk.ledger(key), SAMPLES / file, sheet)


def taken(desk: Desk, key: str, file: str) -> ImportPlan:
    plan = planned(desk, key, file)
    Importer(desk).commit(plan, skip_refused=True)
    return plan


def kept(desk: Desk, key: str) -> list[dict[str, Any]]:
    """Every record of a ledger as values."""
    ledger = desk.ledger(key)
    with desk.store.reading() as session:
        return list(desk.listing.values(session, ledger, desk.ids(ledger, Query())).values())


def refusals(plan: ImportPlan) -> list[tuple[str, str, str]]:
    return [(one.sheet, one.cell, one.reason) for one in plan.refused]


@EVERY_SAMPLE
def test_every_sample_is_taken_and_a_second_import_adds_nothing(desk, key, file, rows, added):
    before = desk.count(desk.ledger(key), Query())

    plan = taken(desk, key, file)
    again = planned(desk, key, file)

    assert len(plan.rows) == rows
    assert desk.count(desk.ledger(key), Query()) == before + added
    assert (again.count(Fate.ADD), again.count(Fate.UPDATE)) == (0, 0)
    assert again.count(Fate.SAME) == added
    assert again.new_names == ()


@EVERY_SAMPLE
def test_every_sample_is_taken_back_in_one_step_with_the_names_it_brought(desk, key, file, rows, added):
    before = desk.counts()

    taken(desk, key, file)
    desk.undo()

    assert desk.counts() == before
    assert desk.undoable() == ""


@EVERY_SAMPLE
def test_refused_rows_stop_the_whole_import_unless_they_may_be_left_out(desk, key, file, rows, added):
    plan = planned(desk, key, file)
    if rows == added:
        assert plan.refused == ()
        return

    with pytest.raises(Unacceptable):
        Importer(desk).commit(plan)

    assert desk.undoable() == ""
    assert plan.document()["added"] == 0
    assert plan.document(skip_refused=True)["added"] == added


def test_the_purchases_of_a_school_year_add_up_month_by_month_to_the_fen(desk):
    expected = EXPECTED[PURCHASES]

    taken(desk, "food_purchase", PURCHASES)

    months: Counter[str] = Counter()
    amounts: dict[str, Decimal] = dict.fromkeys(expected["per_month"], Decimal(0))
    for row in kept(desk, "food_purchase"):
        months[f"{row['bought_on']:%Y-%m}"] += 1
        amounts[f"{row['bought_on']:%Y-%m}"] += row["amount"]
    for month, told in expected["per_month"].items():
        assert (month, months[month], amounts[month]) == (month, told["rows"], Decimal(told["amount"]))
    assert sum(amounts.values()) == Decimal(expected["amount"])
    assert {row["origin"] for row in kept(desk, "food_purchase")} == {"导入补录"}


def test_what_the_law_wants_and_the_purchases_lack_is_a_gap_and_unknown_names_are_drafts(desk):
    plan = planned(desk, "food_purchase", PURCHASES)
    document = plan.document()

    assert {name["ledger"] for name in document["drafts"]} == {"supplier", "ingredient"}
    assert sum(name["ledger"] == "ingredient" for name in document["drafts"]) == EXPECTED[PURCHASES]["items"]
    assert any("检疫" in one.reason for one in plan.gaps)
    assert any("地址" in one.reason or "电话" in one.reason for one in plan.gaps)
    assert document["sheets_skipped"] == [{"sheet": "填表说明", "reason": "没有找到《采购台账》的表头"}]
    assert all(one.cell[0].isalpha() and one.cell[-1].isdigit() for one in plan.gaps)

    Importer(desk).commit(plan)

    suppliers = kept(desk, "supplier")
    assert {row["name"] for row in suppliers} >= {"清泉乳业", "绿源蔬菜配送中心"}
    assert all(row["incomplete"] and row["origin"] == "导入" for row in suppliers)


def test_suppliers_with_wrong_check_digits_are_refused_cell_by_cell(desk):
    plan = taken(desk, "supplier", SUPPLIERS)

    assert [(sheet, cell) for sheet, cell, _ in refusals(plan)] == [("供货商", "C9"), ("供货商", "H9")]
    assert "统一社会信用代码校验位错" in refusals(plan)[0][2]
    assert "SC 编号校验位错" in refusals(plan)[1][2]
    bean_curd = next(row for row in kept(desk, "supplier") if row["name"] == "振兴豆制品坊")
    assert (bean_curd["phone"], bean_curd["permit_until"]) == ("13800000004", date(2026, 10, 31))


def test_a_number_given_twice_is_refused_at_its_second_place_and_months_stay_months(desk):
    plan = taken(desk, "fire_equipment", EQUIPMENT)

    assert refusals(plan) == [("消防器材台账", "B43", "器材编号“MHQ-039”与第 42 行重复，同一份文件里只能出现一次")]
    made = {row["equipment_no"]: str(row["made_on"]) for row in kept(desk, "fire_equipment")}
    assert (made["MHQ-010"], made["MHQ-011"], made["XHS-05"]) == ("2022-08", "2022-08-15", "2019-08")


def test_an_identity_number_kept_as_a_figure_is_refused_and_a_vin_is_only_doubted(desk):
    drivers = taken(desk, "driver", BUSES)
    buses = taken(desk, "bus", BUSES)

    assert [(sheet, cell) for sheet, cell, _ in refusals(drivers)] == [("驾驶人", "C6")]
    assert "身份证号被表格存成了数字，尾数已丢失" in refusals(drivers)[0][2]
    assert [(one.sheet, one.cell) for one in buses.warnings if "识别代号" in one.reason] == [("校车", "C4")]
    assert buses.new_names == ()
    by_plate = {row["plate"]: row for row in kept(desk, "bus")}
    assert set(by_plate) == {"鲁Z10023", "鲁Z03517D", "鲁Z10088"}
    assert by_plate["鲁Z03517D"]["rated_capacity"] == 56
    assert by_plate["鲁Z03517D"]["carrier_until"] == date(2026, 11, 30)
    names = {row["name"]: row for row in kept(desk, "driver")}
    assert set(names) == {"张𬭎", "堃雨㛃", "李旭日"}


def test_each_sheet_of_a_workbook_goes_to_its_own_ledger(desk):
    milk = planned(desk, "milk_order", ORDERS)
    uniforms = planned(desk, "uniform_order", ORDERS)

    assert [one.sheet for one in milk.sheets_skipped] == ["校服尺码"]
    assert [one.sheet for one in uniforms.sheets_skipped] == ["2026秋"]
    assert len(planned(desk, "milk_order", ORDERS, "2026秋").rows) == EXPECTED[ORDERS]["classes"]


def test_milk_orders_add_up_and_more_orders_than_pupils_are_refused(desk):
    plan = taken(desk, "milk_order", ORDERS)
    expected = EXPECTED[ORDERS]["without_that_class"]

    assert [(sheet, cell) for sheet, cell, _ in refusals(plan)] == [("2026秋", "E24")]
    rows = kept(desk, "milk_order")
    pupils, ordered = sum(row["pupils"] for row in rows), sum(row["ordered"] for row in rows)
    assert (pupils, ordered) == (expected["pupils"], expected["orders"])
    assert {row["term"] for row in rows} == {"2026秋"}
    assert {(row["unit_price"], row["days"], row["supplier.name"]) for row in rows} == {
        (Decimal("2.5"), 88, "清泉乳业")
    }
    classes = [f"{grade}年级{number}班" for grade in "一二三四五六" for number in range(1, 7)]
    assert sorted(row["school_class.name"] for row in rows) == sorted(set(classes) - {"四年级3班"})
    assert not any("订奶率" in one.reason for one in plan.warnings), "44.7%, 90.2 and 0.707 all agree"


def test_uniform_sizes_add_up_and_a_wrong_total_is_named_with_both_figures(desk):
    plan = taken(desk, "uniform_order", ORDERS)

    assert sum(row["sets"] for row in kept(desk, "uniform_order")) == EXPECTED[ORDERS]["uniform_sets_by_size"]
    wrong = [one for one in plan.warnings if one.field == "sets"]
    assert [(one.sheet, one.cell) for one in wrong] == [("校服尺码", "L18")]
    assert "31" in wrong[0].reason
    assert "29" in wrong[0].reason
    assert "多 2" in wrong[0].reason
    girls = plan.rows[wrong[0].row]
    assert (plan.text(girls, "school_class"), plan.text(girls, "sex")) == ("三年级2班", "女")


def test_disinfections_of_a_month_find_rooms_strengths_and_their_year(desk):
    plan = taken(desk, "disinfection", DISINFECTIONS)
    expected = EXPECTED[DISINFECTIONS]

    assert len(plan.rows) == expected["rows"]
    assert {one.cell for one in plan.refused} == {"F99", "F196"}
    assert all("适量" in one.reason for one in plan.refused)
    rows = kept(desk, "disinfection")
    assert len({row["done_on"] for row in rows}) == expected["days"]
    assert {row["done_on"].year for row in rows} == {2026}
    assert date(2026, 10, 10) in {row["done_on"] for row in rows}
    assert {row["concentration"] for row in rows} == {500}
    assert len({row["room.name"] for row in rows}) == 12
    assert plan.warnings == ()


def test_a_form_of_the_bureau_is_no_ledger_and_says_why(desk):
    plan = planned(desk, "food_purchase", "教体局年报模板.xlsx")

    assert plan.rows == ()
    assert "没有可以导入《采购台账》的工作表" in plan.trouble
    assert "没有改动任何数据" in plan.trouble
