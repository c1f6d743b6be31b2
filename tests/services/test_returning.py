"""The annual return from real ledgers: what happened, what stood there on a day, last year, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from school_logistics.errors import FileTrouble
from school_logistics.reports.annual_return.indicator import CrossCheck, Figure
from school_logistics.rules.calendar import Period
from school_logistics.services.desk import Desk
from school_logistics.services.returning import AnnualReturns
from tests.office import ingredient, new_desk, purchase, supplier, write

THIS_YEAR, LAST_YEAR = Period.calendar_year(2026), Period.calendar_year(2025)
SAMPLE = Path("tests/samples/教体局年报模板.xlsx")


class MovingClock:
    """A clock that a test may turn."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def desk(clock: MovingClock) -> Iterator[Desk]:
    desk = new_desk(clock=clock)
    yield desk
    desk.store.close()


@pytest.fixture
def returns(desk: Desk) -> AnnualReturns:
    return AnnualReturns(desk)


def figure(returns: AnnualReturns, code: str, period: Period = THIS_YEAR) -> Figure:
    return next(one for sheet in returns.sheets(period) for one in sheet.figures if one.code == code)


def both(returns: AnnualReturns, code: str, period: Period = THIS_YEAR) -> tuple[object, object]:
    found = figure(returns, code, period)
    return found.value, found.previous


def failed(checks: list[CrossCheck]) -> list[str]:
    return [one.sentence for one in checks if one.level == "不平"]


def extinguisher(desk: Desk, number: int, model: str, made: str, serviced: str = "", **more: object) -> int:
    with desk.store.reading() as session:
        known = "安管员甲" in desk.naming.names(session, "staff").values()
    if not known:
        write(desk, "staff", name="安管员甲", post="保安")
    told = {
        "equipment_no": f"MHQ-{number:03}",
        "name": "手提式灭火器",
        "model": model,
        "place": "教学楼",
        "made_on": made,
    }
    return write(desk, "fire_equipment", **told, serviced_on=serviced, keeper="安管员甲", **more)


def test_an_empty_data_file_fills_nothing_and_never_says_nought(returns):
    figures = [one for sheet in returns.sheets(THIS_YEAR) for one in sheet.figures]

    assert len(figures) > 150
    assert {(one.value, one.previous) for one in figures} == {(None, None)}
    assert not any(one.filled for one in figures)


def test_all_twenty_sheets_stand_there_in_order(returns):
    assert [sheet.code for sheet in returns.sheets(THIS_YEAR)] == [f"R{number:02}" for number in range(1, 21)]


def test_purchases_add_up_in_the_year_in_which_they_came_without_what_was_turned_away(desk, returns):
    purchase(desk, bought_on="2025-03-05", produced_on="2025-03-04", quantity="1000", unit_price="10")
    purchase(desk, bought_on="2026-03-05", produced_on="2026-03-04", quantity="1000", unit_price="12.346")
    purchase(desk, bought_on="2026-09-05", produced_on="2026-09-04", quantity="100", unit_price="5")
    purchase(desk, bought_on="2026-09-06", produced_on="2026-09-05", quantity="999", unit_price="5", result="拒收")

    found = figure(returns, "canteen.purchases.amount_wan")

    assert (found.value, found.previous) == (Decimal("1.28"), Decimal("1.00"))
    assert found.parts == (("3月", "12,346.00"), ("9月", "500.00"))
    assert "2026-01-01 至 2026-11-22，2 行共 12,846.00 元" in found.source
    assert both(returns, "canteen.purchases.count") == (2, 1)
    assert both(returns, "canteen.purchases.refused") == (1, 0)
    assert both(returns, "canteen.purchases.amount") == (Decimal("12846.00"), Decimal("10000.00"))
    assert failed(returns.checks(THIS_YEAR)) == []


def test_suppliers_from_whom_anything_was_bought_count_once(desk, returns):
    purchase(desk)
    purchase(desk)
    supplier(desk, "没有进过货的商行")

    assert both(returns, "canteen.suppliers") == (1, None)


def test_a_year_before_the_ledger_was_kept_is_not_filled_and_a_year_kept_in_part_says_so(desk, returns):
    purchase(desk, bought_on="2025-10-09", produced_on="2025-10-08")

    found = figure(returns, "canteen.purchases.count")

    assert (found.value, found.previous) == (None, 1)
    assert found.source.endswith("这一期没有记录，未填")
    assert found.short_previous
    assert "台账自 2025-10-09 起有记录" in found.previous_source
    assert both(returns, "canteen.purchases.count", LAST_YEAR) == (1, None)


def test_a_year_left_out_between_two_that_were_kept_is_not_filled(desk, returns):
    for year in (2024, 2026):
        purchase(desk, bought_on=f"{year}-03-05", produced_on=f"{year}-03-04")

    assert both(returns, "canteen.purchases.count") == (1, None)
    assert both(returns, "canteen.purchases.amount_wan", LAST_YEAR) == (None, Decimal("0.02"))
    assert both(returns, "canteen.suppliers", LAST_YEAR) == (None, 1)


def test_one_mistyped_year_does_not_make_noughts_of_the_years_after_it(desk, returns):
    purchase(desk, bought_on="2006-09-05", produced_on="2006-09-04")
    purchase(desk, bought_on="2026-09-05", produced_on="2026-09-04")

    found = figure(returns, "canteen.purchases.count")

    assert (found.value, found.previous) == (1, None)
    assert "台账自 2026-09-05 起有记录" in found.source


def test_a_ledger_kept_the_year_before_is_not_said_to_begin_with_a_late_record(desk, returns):
    purchase(desk, bought_on="2025-09-05", produced_on="2025-09-04")
    purchase(desk, bought_on="2026-09-05", produced_on="2026-09-04")

    assert "起有记录" not in figure(returns, "canteen.purchases.count").source


def test_what_is_dated_after_the_reporting_day_is_not_counted_and_the_ledger_agrees(desk, returns):
    purchase(desk)
    sample = {"dish": "杂粮饭", "meal": "午餐", "grams": 130}
    with desk.store.unit_of_work("导入", "赵甲子") as session:
        purchases = desk.ledger("food_purchase")
        later = desk.draft(purchases, 1) | {"bought_on": date(2026, 12, 30)}
        kept = {field.key: later[field.key] for field in purchases.fields if field.kept is None}
        desk.store.add_many(session, purchases.record, [kept], origin="导入")
        samples = desk.ledger("retained_sample")
        blank = {field.key: sample.get(field.key) for field in samples.fields if field.kept is None}
        days = (datetime(2026, 11, 22, 11), datetime(2026, 12, 30, 11))
        desk.store.add_many(session, samples.record, [blank | {"taken_at": day} for day in days], origin="导入")

    found = figure(returns, "canteen.purchases.count")

    assert found.value == 1
    assert found.source.endswith("，1 行")
    assert figure(returns, "canteen.samples").value == 1
    assert failed(returns.checks(THIS_YEAR)) == []


def test_the_amount_is_checked_against_the_ledger_even_where_a_delivery_has_no_result_yet(desk, returns):
    one = purchase(desk)
    with desk.store.unit_of_work("导入", "赵甲子") as session:
        purchases = desk.ledger("food_purchase")
        draft = desk.draft(purchases, one) | {"result": None}
        kept = {field.key: draft[field.key] for field in purchases.fields if field.kept is None}
        desk.store.add_many(session, purchases.record, [kept], origin="导入")

    told = [check.sentence for check in returns.checks(THIS_YEAR) if "采购台账同期合计" in check.sentence]

    assert told == ["各类合计年报 300.70，采购台账同期合计（不含拒收） 300.70"]


def test_a_school_year_runs_from_september_to_august(desk, returns):
    purchase(desk, bought_on="2025-08-31", produced_on="2025-08-30")
    purchase(desk, bought_on="2025-09-01", produced_on="2025-08-30")
    purchase(desk, bought_on="2026-08-31", produced_on="2026-08-30")
    purchase(desk, bought_on="2026-09-01", produced_on="2026-08-30")

    assert both(returns, "canteen.purchases.count", Period.school_year(2025)) == (2, 1)
    assert [label for label, _ in figure(returns, "canteen.purchases.count", Period.school_year(2025)).parts] == [
        "2025年9月", "2026年8月",
    ]  # fmt: skip


def test_a_period_that_has_not_begun_is_not_filled(desk, returns):
    purchase(desk)

    assert figure(returns, "canteen.purchases.count", Period.calendar_year(2027)).value is None


def test_unified_purchase_is_not_filled_while_no_ingredient_says_whether_it_is(desk, returns):
    purchase(desk)
    assert figure(returns, "canteen.purchases.unified_rate").value is None

    ingredient(desk, "粳米", "粮食", unified_purchase="是")
    purchase(
        desk,
        ingredient="粳米",
        quantity="31",
        unit_price="4.85",
        shelf_life="12个月",
        inspector="甲",
        second_inspector="乙",
    )

    assert figure(returns, "canteen.purchases.unified_rate").value == Decimal("50.0")


def test_the_nine_cases_of_extinguishers_give_three_that_are_overdue_today(desk, returns):
    cases = [
        ("MSZ/3", "2023-09-15", ""), ("MPZ/6", "2021-03-10", "2025-12-05"), ("MFZ/ABC4", "2021-12-01", ""),
        ("MFZ/ABC4", "2017-01-20", "2024-02-18"), ("MFZ/ABC8", "2016-10-08", "2025-11-03"), ("MJ6", "2022-06-30", ""),
        ("MT3", "2015-05-12", "2026-06-01"), ("MT5", "2014-11-30", "2025-01-09"), ("MFZ/ABC4", "2024-02-29", ""),
    ]  # fmt: skip
    for number, case in enumerate(cases, start=1):
        extinguisher(desk, number, *case)
    extinguisher(desk, 10, "MFZ/ABC4", "2010-01-01", status="报废")

    overdue = figure(returns, "fire.extinguishers.overdue")

    assert overdue.value == 3
    assert [label for label, _ in overdue.parts] == ["MHQ-001", "MHQ-004", "MHQ-005"]
    assert both(returns, "fire.extinguishers") == (9, 9)
    assert figure(returns, "fire.extinguishers.by_status").value == 9


def test_nobody_knows_what_was_overdue_before_a_service_that_was_entered_later(desk, returns):
    extinguisher(desk, 1, "MT3", "2015-05-12", "2026-06-01")

    found = figure(returns, "fire.extinguishers.overdue")

    assert (found.value, found.previous) == (0, None)
    assert "未填" in found.previous_source


def test_last_year_stands_as_the_trail_tells_it(desk, returns, clock):
    clock.now = datetime(2025, 9, 1, 9)
    write(desk, "staff", name="李秀英", post="宿管")
    told = {"kind": "宿舍", "area": "28", "beds": "8", "alarm_no": "YG-1", "warden": "李秀英"}
    stays = write(desk, "room", name="3号公寓101", occupants="6", **told)
    goes = write(desk, "room", name="3号公寓102", occupants="5", **told)
    clock.now = datetime(2026, 9, 1, 9)
    ledger = desk.ledger("room")
    desk.save(ledger, desk.draft(ledger, stays) | {"occupants": 8}, stays)
    desk.remove(ledger, [goes])
    clock.now = datetime(2026, 11, 22, 9)

    assert both(returns, "dormitory.rooms") == (1, 2)
    assert both(returns, "dormitory.boarders") == (8, 11)


def test_a_bus_entered_today_was_there_last_year_when_it_was_registered_before(desk, returns):
    for plate, registered in (("鲁Z10023", "2023-04-11"), ("鲁Z03517D", "2026-03-01")):
        desk.save(
            desk.ledger("bus"),
            desk.blank(desk.ledger("bus"))
            | {
                "plate": plate, "bus_type": "小学生专用校车", "rated_capacity": 41, "escort_seats": 2,
                "registered_on": date.fromisoformat(registered), "inspection_until": date(2027, 1, 31),
                "permit_until": date(2027, 8, 31), "badge_no": "校001", "badge_until": date(2027, 1, 31),
                "compulsory_until": date(2027, 3, 31), "carrier_until": date(2027, 3, 31), "driver": driver(desk),
            },
        )  # fmt: skip

    assert both(returns, "transport.buses") == (2, 1)
    assert both(returns, "transport.drivers") == (1, None)


def driver(desk: Desk) -> int:
    with desk.store.reading() as session:
        known = desk.naming.find(session, "driver", "张𬭎")
    if known:
        return known
    return write(
        desk, "driver", name="张𬭎", id_card="370000197805163014", phone="13800000011", licence_class="A1",
        first_licensed_on="2003-06-18", licence_until="2029-06-18", endorsed_on="2019-03-01", medical_on="2026-08-20",
    )  # fmt: skip


def test_the_rate_of_milk_is_worked_out_from_the_sums_of_the_last_term(desk, returns):
    supplier(desk, "清泉乳业")
    for name, pupils in (("一年级1班", "40"), ("一年级2班", "10")):
        write(desk, "school_class", name=name, pupils=pupils)
    for term, name, ordered in (
        ("2026春", "一年级1班", "40"),
        ("2026秋", "一年级1班", "10"),
        ("2026秋", "一年级2班", "10"),
    ):
        write(desk, "milk_order", term=term, school_class=name, ordered=ordered, days="10", unit_price="2.5",
              supplier="清泉乳业")  # fmt: skip

    assert both(returns, "orders.milk.rate") == (Decimal("40.0"), None)
    assert figure(returns, "orders.milk.ordered").value == 20
    assert figure(returns, "orders.milk.boxes").value == 600
    assert figure(returns, "orders.milk.boxes").parts == (("2026春", "400"), ("2026秋", "200"))
    assert figure(returns, "school.pupils").value == 50


def test_a_pupil_who_orders_two_garments_is_one_orderer(desk, returns):
    write(desk, "school_class", name="三年级1班", pupils="40")
    for style, many in (("夏装", "8"), ("运动装", "10")):
        write(desk, "uniform_order", term="2026秋", school_class="三年级1班", sex="男", style=style, size_140=many,
              orderers=many)  # fmt: skip

    assert figure(returns, "orders.uniform.orderers").value == 10
    assert figure(returns, "orders.uniform.sets").value == 18
    assert figure(returns, "orders.uniform.sets.by_style").value == 18


def test_hazards_are_found_put_right_and_overdue(desk, returns):
    write(desk, "staff", name="宋建军", post="水电工")
    told = {
        "place": "东围墙",
        "category": "设施",
        "description": "路灯缺失",
        "corrective_action": "加装",
        "owner": "宋建军",
    }
    write(desk, "hazard", found_on="2026-10-01", due_on="2026-10-16", **told)
    write(desk, "hazard", found_on="2026-11-01", fixed_on="2026-11-05", **told)

    assert figure(returns, "safety.hazards").value == 2
    assert figure(returns, "safety.fixed.rate").value == Decimal("50.0")
    assert figure(returns, "safety.overdue").value == 1
    assert failed(returns.checks(THIS_YEAR)) == []


def test_the_export_says_how_much_is_filled_and_its_checks_stand_in_the_workbook(desk, returns, tmp_path):
    purchase(desk)

    done = returns.export(THIS_YEAR, tmp_path / "年报.xlsx")

    figures = [one for sheet in returns.sheets(THIS_YEAR) for one in sheet.figures]
    assert (done.filled, done.filled + done.unfilled) == (sum(one.filled for one in figures), len(figures))
    book = openpyxl.load_workbook(done.file)
    assert len([row for row in book["R20"].iter_rows(min_row=4, values_only=True) if row[5]]) == len(done.checks)


def test_the_file_is_named_as_the_bureau_wants_it(desk, returns):
    assert returns.file_name(THIS_YEAR) == "2026年后勤年报.xlsx"
    write(desk, "school", name="明德路小学", school_code="3137039001", stage="小学", principal="陈立新", clerk="赵甲子")

    assert returns.file_name(THIS_YEAR) == "3137039001_明德路小学_2026年后勤年报.xlsx"
    assert returns.file_name(Period.school_year(2025)) == "3137039001_明德路小学_2025—2026学年后勤年报.xlsx"


def test_a_bureaus_workbook_is_filled_and_what_no_ledger_knows_is_named(desk, returns, tmp_path):
    write(desk, "school", name="明德路小学", school_code="3137039001", stage="小学", principal="陈立新", clerk="赵甲子")
    purchase(desk)

    done = returns.fill(THIS_YEAR, SAMPLE, tmp_path / "上报.xlsx")

    page = openpyxl.load_workbook(done.file).active
    assert (done.fills, done.unknown) == (29, ())
    assert page["A1"].value == "2026年度学校后勤工作年报"
    assert page["E2"].value == "学校代码：3137039001"
    assert page["A19"].value == "单位负责人：            填表人：赵甲子            填报日期：2026-11-22"
    assert (page["D5"].value, page["E5"].value) == (1, "未填")
    assert ("后勤年报!E5", "canteen.suppliers@previous") in done.unfilled
    assert ("后勤年报!A2", "school.name") not in done.unfilled


def test_a_school_year_names_both_years_in_the_bureaus_title(returns, tmp_path):
    done = returns.fill(Period.school_year(2025), SAMPLE, tmp_path / "上报.xlsx")

    assert openpyxl.load_workbook(done.file).active["A1"].value == "2025—2026年度学校后勤工作年报"


def test_only_workbooks_are_written_and_a_file_in_the_way_is_told_in_a_sentence(returns, tmp_path):
    with pytest.raises(FileTrouble, match=r"\.xlsx 结尾"):
        returns.export(THIS_YEAR, tmp_path / "年报.pdf")
    with pytest.raises(FileTrouble, match=r"\.xlsx 结尾"):
        returns.fill(THIS_YEAR, SAMPLE, tmp_path / "上报.xlsm")
    (tmp_path / "年报.xlsx").mkdir()
    with pytest.raises(FileTrouble):
        returns.export(THIS_YEAR, tmp_path / "年报.xlsx")
    assert [one.name for one in tmp_path.iterdir()] == ["年报.xlsx"]


def test_long_work_tells_how_far_it_is(returns, tmp_path):
    told: list[tuple[int, int, str]] = []

    class Watching:
        def step(self, done: int, total: int, what: str) -> None:
            told.append((done, total, what))

    returns.export(THIS_YEAR, tmp_path / "年报.xlsx", Watching())

    assert [done for done, _, _ in told] == [0, 1, 2, 3]
    assert told[-1][1] == 3
