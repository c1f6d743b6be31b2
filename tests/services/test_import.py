"""The rules of an import: three levels of objections, names, numbers, equal rows, updates, mending and taking back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from school_logistics.errors import Cancelled, FileTrouble, Unacceptable
from school_logistics.models.undo import TooLate
from school_logistics.services import import_matching
from school_logistics.services.desk import Desk
from school_logistics.services.import_plan import Fate, ImportPlan
from school_logistics.services.importing import Importer
from school_logistics.services.rows import Query
from school_logistics.services.starting import LAID_OUT
from tests.office import ingredient, new_desk, purchase, supplier, write

HEADING = ["进货日期", "品名", "数量", "单位", "单价（元）", "金额", "供货单位", "生产日期"]
RICE = ["2026-11-02", "大米", 50, "公斤", 5, None, "甲粮店", "2026-10-20"]


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    yield desk
    desk.store.close()


@pytest.fixture
def importer(desk) -> Importer:
    return Importer(desk)


def workbook(folder: Path, *rows: list[Any], name: str = "台账.xlsx", **sheets: list[list[Any]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for title, content in sheets.items():
        sheet = book.create_sheet(title)
        for row in content:
            sheet.append(row)
    book.save(folder / name)
    return folder / name


def rice(**changed: Any) -> list[Any]:
    """A delivery of rice, with what is said differently by heading."""
    return [changed.get(heading.partition("（")[0], usual) for heading, usual in zip(HEADING, RICE, strict=True)]


def purchases(importer: Importer, path: Path, **more: Any) -> ImportPlan:
    return importer.plan(importer.desk.ledger("food_purchase"), path, **more)


def kept(desk: Desk, key: str) -> list[dict[str, Any]]:
    ledger = desk.ledger(key)
    with desk.store.reading() as session:
        return list(desk.listing.values(session, ledger, desk.ids(ledger, Query())).values())


def fates(plan: ImportPlan) -> list[Fate]:
    return [row.fate for row in plan.rows]


def told(objections: Any) -> list[tuple[str, str]]:
    return [(one.cell, one.reason) for one in objections]


# --- three levels ------------------------------------------------------------------------------------------------


def test_what_cannot_be_read_is_refused_with_its_cell_and_nothing_else_is_imported_either(importer, tmp_path):
    path = workbook(tmp_path, HEADING, rice(), rice(数量="若干"), rice(进货日期="13月1日"))

    plan = purchases(importer, path)

    assert fates(plan) == [Fate.ADD, Fate.REFUSED, Fate.REFUSED]
    assert [one.cell for one in plan.refused] == ["C3", "A4"]
    assert plan.refused[0].reason.startswith("数量「若干」")
    with pytest.raises(Unacceptable) as refusal:
        importer.commit(plan)
    assert "“Sheet”C3" in str(refusal.value)
    assert kept(importer.desk, "food_purchase") == kept(importer.desk, "supplier") == []


def test_a_missing_field_that_makes_the_record_is_refused_and_one_the_law_wants_is_a_gap(importer, tmp_path):
    path = workbook(tmp_path, HEADING, rice(数量=None), rice(供货单位=None, 生产日期=None))

    plan = purchases(importer, path)

    assert told(plan.refused) == [("B2", "数量没有填")]
    assert {one.field for one in plan.gaps if one.row == 1} >= {"supplier", "produced_on"}
    assert fates(plan) == [Fate.REFUSED, Fate.ADD]
    assert all(one.clause for one in plan.gaps)


def test_a_row_with_a_gap_is_taken_and_the_screen_still_refuses_it(importer, tmp_path):
    desk = importer.desk
    importer.commit(purchases(importer, workbook(tmp_path, HEADING, rice(供货单位=None))))

    row = kept(desk, "food_purchase")[0]

    assert (row["origin"], row["supplier"], row["amount"]) == ("导入补录", None, Decimal("250.00"))
    ingredient(desk)
    with pytest.raises(Unacceptable):
        purchase(desk, supplier="")


def test_a_worked_out_figure_is_only_compared_and_both_figures_are_named(importer, tmp_path):
    path = workbook(tmp_path, HEADING, rice(金额="250.00元"), rice(金额=250.5), rice(金额="见发票"))

    plan = purchases(importer, path)

    amounts = [one for one in plan.warnings if one.field == "amount"]
    assert told(amounts) == [
        ("F3", "金额写的是 250.5，按其他各列算应为 250.00，多 0.50"),
        ("F4", "金额写的“见发票”读不懂，按其他各列算为 250.00"),
    ]
    importer.commit(plan)
    assert {row["amount"] for row in kept(importer.desk, "food_purchase")} == {Decimal("250.00")}


def test_a_ditto_mark_with_nothing_above_is_refused(importer, tmp_path):
    plan = purchases(importer, workbook(tmp_path, HEADING, rice(供货单位="〃")))

    assert told(plan.refused) == [("G2", "供货单位写的是“〃”，但上一行没有可以照抄的内容")]


def test_a_column_taken_on_suspicion_is_a_warning_and_the_clerk_may_decide(importer, tmp_path):
    path = workbook(tmp_path, [*HEADING[:-1], "原料生产日期"], rice())

    plan = purchases(importer, path)

    assert [(one.cell, one.row) for one in plan.warnings if one.field == "produced_on"] == [("H1", -1)]
    assert plan.columns[7].doubt
    assert purchases(importer, path, chosen={"原料生产日期": "produced_on"}).columns[7].doubt == ""
    assert purchases(importer, path, chosen={"原料生产日期": ""}).columns[7].field == ""


def test_what_makes_a_record_is_never_taken_on_suspicion_unless_the_clerk_says_so(importer, tmp_path):
    path = workbook(tmp_path, ["实际进货日期", *HEADING[1:]], rice())

    plan = purchases(importer, path)

    reason = "缺少必有的列：进货日期（“实际进货日期”若就是“进货日期”，请把表头改成“进货日期”）"
    assert ([one.reason for one in plan.sheets_skipped], plan.rows) == ([reason], ())
    assert len(purchases(importer, path, chosen={"实际进货日期": "bought_on"}).rows) == 1


def test_no_check_is_made_up_from_a_sheet_that_does_not_say_what_was_found(importer, tmp_path):
    ledger = importer.desk.ledger("bus_daily_check")
    heading = ["日期", "趟次", "车牌号", "驾驶人"]
    without = workbook(tmp_path, heading, ["2026-11-02", "上午", "鲁C1234学", "王戊寅"])
    blank = workbook(
        tmp_path, [*heading, "检查结果"], ["2026-11-02", "上午", "鲁C1234学", "王戊寅", None], name="空.xlsx"
    )

    assert [one.reason for one in importer.plan(ledger, without).sheets_skipped] == ["缺少必有的列：检查结果"]
    assert "检查结果没有填" in [one.reason for one in importer.plan(ledger, blank).refused]


def test_two_windows_that_import_the_same_file_at_once_add_it_once(tmp_path):
    desks = [new_desk(tmp_path / "school.db"), new_desk(tmp_path / "school.db")]
    path = workbook(tmp_path, HEADING, rice())
    first, second = (Importer(desk) for desk in desks)
    late = purchases(second, path)
    first.commit(purchases(first, path))

    done = second.commit(late)

    assert (done.added, done.unchanged) == (0, 1)
    assert len(kept(desks[0], "food_purchase")) == 1
    for desk in desks:
        desk.store.close()


def test_what_others_did_between_the_look_and_the_lock_is_seen(importer, tmp_path, monkeypatch):
    plan = purchases(importer, workbook(tmp_path, HEADING, rice()))
    open_act = importer.desk.store.unit_of_work

    def late(title: str, actor: str) -> Any:
        monkeypatch.undo()
        importer.commit(plan)
        return open_act(title, actor)

    monkeypatch.setattr(importer.desk.store, "unit_of_work", late)

    assert (importer.commit(plan).added, len(kept(importer.desk, "food_purchase"))) == (0, 1)


def test_deliveries_that_the_clerk_completed_since_are_each_known_again(importer, tmp_path):
    desk, ledger = importer.desk, importer.desk.ledger("food_purchase")
    heading = ["进货日期", "品名", "数量", "单位", "单价", "供货单位", "生产批号"]
    by_supplier = ["2026-11-02", "大米", 50, "公斤", 5, "甲粮店", None]
    by_batch = ["2026-11-02", "大米", 50, "公斤", 5, None, "L1"]
    path = workbook(tmp_path, heading, by_supplier, by_batch)
    importer.commit(purchases(importer, path))
    first, second = desk.ids(ledger, Query())
    with desk.store.unit_of_work("补", "赵甲子") as session:
        shop = next(iter(desk.naming.names(session, "supplier")))
        one, two = (session.get(ledger.record, number) for number in sorted((first, second)))
        one.lot_no, two.supplier = "L1", shop
        one.remark = "先到的一车"

    assert fates(purchases(importer, path)) == [Fate.SAME, Fate.SAME]
    one_way = workbook(tmp_path, heading, by_batch, [*by_supplier[:-1], "L1"], by_supplier, name="三.xlsx")
    assert fates(purchases(importer, one_way)).count(Fate.SAME) == 2


@given(st.lists(st.lists(st.integers(0, 5), unique=True), max_size=6))
def test_no_row_stays_alone_that_need_not(allowed):
    fitting = [sorted(places) for places in allowed]
    rows: list[dict[str, object]] = [{f"k{number}": number} for number in range(len(fitting))]
    records = [
        (place, {f"k{number}": number for number, places in enumerate(fitting) if place in places})
        for place in range(6)
    ]

    pairs = list(import_matching._pairs(rows, records))

    assert len({place for _, place in pairs}) == len({id(row) for row, _ in pairs}) == len(pairs)
    assert all(row.items() <= records[place][1].items() for row, place in pairs)
    most = max(
        sum(place in fitting[number] for number, place in enumerate(order[: len(fitting)]))
        for order in permutations(range(6))
    )
    assert len(pairs) == most


CHECK = ["检查日期", "器材编号", "检查结果"]


def checked(importer: Importer, path: Path) -> ImportPlan:
    return importer.plan(importer.desk.ledger("extinguisher_check"), path)


def test_an_item_that_no_checklist_knows_is_refused_by_its_cell(importer, tmp_path):
    rows = [CHECK, ["2026-11-02", "A-1", "天线×"], ["1999-11-02", "A-1", "全部正常"]]

    plan = checked(importer, workbook(tmp_path, *rows))

    assert [one.cell for one in plan.refused] == ["C2", "C3"]
    assert "「天线」不是检查项目；可写：位置、压力" in plan.refused[0].reason
    assert "1999-11-02 这一天没有检查项目" in plan.refused[1].reason
    ledger = importer.desk.ledger("extinguisher_check")
    values = importer.desk.blank(ledger) | {"answers": "天线×", "checked_on": date(2026, 11, 2)}
    with pytest.raises(Unacceptable, match="不是检查项目"):
        importer.desk.save(ledger, values)


def test_exceptions_in_another_order_are_the_same_check(importer, tmp_path):
    there = workbook(tmp_path, CHECK, ["2026-11-02", "A-1", "压力×、铅封销×"])
    back = workbook(tmp_path, CHECK, ["2026-11-02", "A-1", "铅封销×、压力×"], name="倒.xlsx")

    importer.commit(checked(importer, back))

    assert fates(checked(importer, there)) == fates(checked(importer, back)) == [Fate.SAME]


def test_a_hazard_that_an_import_opens_carries_the_origin_of_the_import(importer, tmp_path):
    importer.commit(checked(importer, workbook(tmp_path, CHECK, ["2026-03-02", "A-1", "压力×"])))

    assert [row["origin"] for row in kept(importer.desk, "hazard")] == ["导入补录"]


@pytest.mark.parametrize(
    ("key", "row", "blamed"),
    [
        ("food_purchase", {"进货日期": "2026-11-01", "品名": "大米", "数量": 999999999, "单价": 999999999}, "金额"),
        ("food_purchase", {"进货日期": "9999-12-31", "品名": "大米", "数量": 5}, "进货日期"),
        *(
            ("food_purchase",
             {"进货日期": "2026-11-01", "品名": "大米", "数量": 5, "生产日期": "2026-10-01", "保质期": life}, "保质期")
            for life in ("9999年", "99999999天", "9" * 20 + "月")
        ),
        ("retained_sample",
         {"留样时间": "9999-12-31 11:20", "餐次": "午餐", "留样食品名称": "鱼", "留样量": 130}, "留样时间"),
        ("fire_equipment",
         {"器材编号": "A-1", "器材名称": "灭火器", "数量": 1, "设置部位": "一楼", "出厂日期": "9999-01"}, "出厂日期"),
        ("staff", {"姓名": "张三", "岗位": "炊事员", "健康证发证日期": "9999-12-31"}, ""),
    ],
)  # fmt: skip
def test_a_cell_beyond_all_bounds_is_an_objection_and_stops_no_import(importer, tmp_path, key, row, blamed):
    plan = importer.plan(importer.desk.ledger(key), workbook(tmp_path, list(row), list(row.values())))

    assert len(plan.rows) == 1, [one.reason for one in plan.sheets_skipped]
    assert any(blamed in one.reason for one in (*plan.refused, *plan.warnings))
    importer.commit(plan, skip_refused=True)


# --- numbers and units -------------------------------------------------------------------------------------------


def test_units_behind_numbers_are_understood_when_they_are_the_rows_own(importer, tmp_path):
    path = workbook(
        tmp_path,
        HEADING,
        rice(数量="31公斤", 单价="5.92元"),
        rice(数量="１３桶", 单位=None),
        rice(数量="6斤"),
        rice(单价="2.5元/公斤"),
    )

    plan = purchases(importer, path)

    assert [row.values["quantity"] for row in plan.rows] == [Decimal(31), Decimal(13), None, Decimal(50)]
    assert [row.values["unit"] for row in plan.rows] == ["公斤", "桶", "公斤", "公斤"]
    assert plan.rows[3].values["unit_price"] == Decimal("2.5")
    assert told(plan.refused) == [("C4", "数量「6斤」里的单位与本行单位“公斤”不同，请换算后填")]


def test_dates_find_their_year_in_the_title_whatever_way_they_are_written(importer, tmp_path):
    written = ["3.5", "3月5日", "20260305", "２０２６-０３-０５", 46086, "2026/3/5", "5日", date(2026, 3, 5)]
    rows = [rice(进货日期=day, 生产日期="2026-03-01") for day in written]

    plan = purchases(importer, workbook(tmp_path, ["2026年3月采购台账"], HEADING, *rows))

    assert {row.values["bought_on"] for row in plan.rows} == {date(2026, 3, 5)}


# --- names -------------------------------------------------------------------------------------------------------


def test_names_not_yet_known_become_drafts_in_the_same_step_and_take_what_the_row_says(importer, tmp_path):
    desk = importer.desk
    supplier(desk, "乙公司")
    path = workbook(tmp_path, [*HEADING, "类别"], [*rice(), "粮食"], [*rice(供货单位=" 乙 公司 "), "粮食"])

    done = importer.commit(purchases(importer, path))

    assert [(new.ledger.key, new.name) for new in done.drafts] == [("ingredient", "大米"), ("supplier", "甲粮店")]
    assert "另外新建 2 条档案，资料待补" in str(done)
    by_name = {row["name"]: row for row in kept(desk, "supplier")}
    assert (by_name["甲粮店"]["incomplete"], by_name["乙公司"]["incomplete"]) == (True, False)
    assert {row["supplier.name"] for row in kept(desk, "food_purchase")} == {"甲粮店", "乙公司"}
    made = kept(desk, "ingredient")[0]
    assert (made["category"], made["unit"], made["incomplete"]) == ("粮食", "公斤", False)
    desk.undo()
    assert [row["name"] for row in kept(desk, "supplier")] == ["乙公司"]
    assert kept(desk, "ingredient") == []


def test_names_that_only_refused_rows_use_are_not_made(importer, tmp_path):
    path = workbook(tmp_path, HEADING, rice(), rice(供货单位="丙公司", 数量="若干"))

    plan = purchases(importer, path)

    assert [new.name for new in plan.new_names] == ["大米", "甲粮店"]
    importer.commit(plan, skip_refused=True)
    assert [row["name"] for row in kept(importer.desk, "supplier")] == ["甲粮店"]


def test_a_name_that_several_records_bear_is_doubted(importer, tmp_path):
    desk = importer.desk
    with desk.store.unit_of_work("两位同名的人", "赵甲子") as session:
        session.add_all([desk.ledger("staff").record(name="张三"), desk.ledger("staff").record(name="张三")])
    ledger = desk.ledger("fire_equipment")
    rows = [["器材编号", "器材名称", "设置部位", "责任人"], ["MHQ-1", "手提式灭火器", "一楼", "张三"]]

    plan = importer.plan(ledger, workbook(tmp_path, *rows))

    assert [one.reason for one in plan.warnings if one.field == "keeper"] == [
        "有多条档案都叫“张三”，按先登记的一条记，请核对"
    ]


def test_a_name_is_known_again_in_another_spelling(importer, tmp_path):
    desk = importer.desk
    importer.commit(
        importer.plan(
            desk.ledger("bus"), workbook(tmp_path, ["号牌号码", "核载人数", "备注"], ["鲁Z10023", 41, "新"]), None
        )
    )
    rows = [["日期", "号牌号码", "检查结果"], ["2026-11-03", "鲁z·10023", "全部正常"], ["2026-11-04", "鲁Z-10023", "√"]]

    plan = importer.plan(desk.ledger("bus_daily_check"), workbook(tmp_path, *rows))

    assert [row.values["bus"] for row in plan.rows] == [kept(desk, "bus")[0]["id"]] * 2
    assert plan.new_names == ()


def test_a_new_record_may_name_another_new_one(importer, tmp_path):
    desk = importer.desk
    rows = [["日期", "号牌号码", "检查结果", "驾驶人"], ["2026-11-03", "鲁Z10023", "全部正常", "张三"]]

    importer.commit(importer.plan(desk.ledger("bus_daily_check"), workbook(tmp_path, *rows)))

    assert [(row["plate"], row["driver.name"], row["incomplete"]) for row in kept(desk, "bus")] == [
        ("鲁Z10023", "张三", True)
    ]
    assert desk.undoable()
    desk.undo()
    assert kept(desk, "bus") == kept(desk, "driver") == []


def test_names_written_nonsensically_are_refused(importer, tmp_path):
    rows = [["日期", "房间", "消毒部位"], ["2026-11-03", "\u3000", "地面"]]
    plan = importer.plan(
        importer.desk.ledger("disinfection"), workbook(tmp_path, *rows, ["2026-11-04", "长" * 40, "地面"])
    )

    assert any("最多" in one.reason for one in plan.refused)


# --- known rows --------------------------------------------------------------------------------------------------


def test_equal_deliveries_on_one_day_all_stay_and_a_second_import_adds_nothing(importer, tmp_path):
    path = workbook(tmp_path, HEADING, rice(), rice(), rice(供货单位=None), rice())

    importer.commit(purchases(importer, path))
    again = purchases(importer, path)

    assert len(kept(importer.desk, "food_purchase")) == 4
    assert fates(again) == [Fate.SAME] * 4
    assert importer.commit(again).added == 0


def test_one_delivery_more_than_before_is_the_only_one_added(importer, tmp_path):
    importer.commit(purchases(importer, workbook(tmp_path, HEADING, rice(), rice())))

    plan = purchases(importer, workbook(tmp_path, HEADING, rice(), rice(), rice(), rice(数量=51)))

    assert fates(plan) == [Fate.SAME, Fate.SAME, Fate.ADD, Fate.ADD]


def test_a_known_number_that_says_something_else_is_updated_and_blank_cells_erase_nothing(importer, tmp_path):
    desk = importer.desk
    supplier(desk, "甲公司", contact="钱乙", permit_until="2027-06-30", permit_no="SC10137039000011")
    heading = ["供货单位", "联系人", "地址", "联系电话", "许可证有效期至"]
    path = workbook(
        tmp_path,
        heading,
        ["甲公司", "孙丙", None, None, "2028-06-30"],
        ["乙公司", "李丁", "一号", "13800000009", None],
    )

    plan = importer.plan(desk.ledger("supplier"), path)
    done = importer.commit(plan)

    assert fates(plan) == [Fate.UPDATE, Fate.ADD]
    assert (done.added, done.updated) == (1, 1)
    changed = kept(desk, "supplier")[0]
    assert (changed["contact"], changed["address"], changed["permit_until"]) == (
        "孙丙",
        "云川区工业园3号",
        date(2028, 6, 30),
    )
    assert changed["permit_no"] == "SC10137039000011"
    assert changed["origin"] == ""
    assert fates(importer.plan(desk.ledger("supplier"), path)) == [Fate.SAME, Fate.SAME]
    desk.undo()
    back = kept(desk, "supplier")
    assert [(row["contact"], row["permit_until"]) for row in back] == [("钱乙", date(2027, 6, 30))]


def test_an_import_completes_the_drafts_of_an_earlier_one(importer, tmp_path):
    desk = importer.desk
    importer.commit(purchases(importer, workbook(tmp_path, HEADING, rice())))
    full = workbook(
        tmp_path,
        ["供货单位", "统一社会信用代码", "地址", "联系电话"],
        ["甲粮店", "91370390MA3DEM019P", "一号", "13800000001"],
        name="供货商.xlsx",
    )

    importer.commit(importer.plan(desk.ledger("supplier"), full))

    assert [(row["name"], row["incomplete"]) for row in kept(desk, "supplier")] == [("甲粮店", False)]


def test_a_number_given_twice_is_refused_at_its_second_place_also_on_another_sheet(importer, tmp_path):
    heading = ["供货单位", "地址", "联系电话"]
    row = ["甲公司", "一号", "13800000001"]
    path = workbook(tmp_path, heading, row, 第二张=[heading, row])

    plan = importer.plan(importer.desk.ledger("supplier"), path)

    assert [(one.sheet, one.cell, one.reason) for one in plan.refused] == [
        ("第二张", "A2", "供货单位“甲公司”与“Sheet”第 2 行重复，同一份文件里只能出现一次")
    ]


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), max_size=12), st.integers(0, 12))
def test_rows_match_as_a_multiset(tmp_path_factory, lines, before):
    """What was imported of a file before is recognised, whatever its order; only the rest is added."""
    desk = new_desk()
    importer, folder = Importer(desk), tmp_path_factory.mktemp("multiset")
    rows = [rice(数量=quantity, 单价=price) for quantity, price in lines]
    importer.commit(purchases(importer, workbook(folder, HEADING, *rows[:before], rice(数量=99), name="前.xlsx")))

    done = importer.commit(purchases(importer, workbook(folder, HEADING, *reversed(rows), name="后.xlsx")))

    assert done.added == len(rows[before:])
    assert desk.count(desk.ledger("food_purchase"), Query()) == len(rows) + 1
    desk.store.close()


# --- what belongs to some ledgers --------------------------------------------------------------------------------


def test_an_abnormal_check_opens_a_hazard_in_the_same_step(importer, tmp_path):
    desk = importer.desk
    write(desk, "staff", name="李四", post="保安")
    told = {"name": "手提式灭火器", "model": "MFZ/ABC4", "place": "一楼东", "made_on": "2022-08", "status": "在用"}
    write(desk, "fire_equipment", keeper="李四", equipment_no="MHQ-1", **told)
    rows = [["检查日期", "器材编号", "检查结果", "检查人"], ["2026-11-03", "MHQ-1", "压力×", "李四"]]

    plan = importer.plan(desk.ledger("extinguisher_check"), workbook(tmp_path, *rows))
    assert plan.refused == ()
    importer.commit(plan)

    assert len(kept(desk, "hazard")) == 1
    check = kept(desk, "extinguisher_check")[0]
    assert (check["answers"], check["hazard"]) == ("压力×", kept(desk, "hazard")[0]["id"])
    desk.undo()
    assert kept(desk, "hazard") == kept(desk, "extinguisher_check") == []


def test_records_without_a_number_of_their_own_get_the_next_ones(importer, tmp_path):
    desk = importer.desk
    rows = [["发现日期", "隐患地点", "隐患描述"], ["2026-11-03", "一楼", "插座破损"], ["2026-11-04", "二楼", "门锁坏"]]

    plan = importer.plan(desk.ledger("hazard"), workbook(tmp_path, *rows))
    importer.commit(plan)

    numbers = sorted(row["hazard_no"] for row in kept(desk, "hazard"))
    assert len(set(numbers)) == 2
    assert all(number.startswith("YH-2026-") for number in numbers)


# --- the plan and its keeping ------------------------------------------------------------------------------------


def test_a_plan_changes_nothing(importer, tmp_path):
    before = importer.desk.acts()

    purchases(importer, workbook(tmp_path, HEADING, rice()))

    assert importer.desk.acts() == before
    assert {key for key, count in importer.desk.counts().items() if count} == LAID_OUT


def test_cells_are_mended_in_the_plan_and_the_file_stays_as_it_is(importer, tmp_path):
    path = workbook(tmp_path, HEADING, rice(数量="若干"), rice(供货单位=None))
    content = path.read_bytes()
    plan = purchases(importer, path)

    plan = importer.mended(plan, plan.rows[0], "quantity", "12*4")
    plan = importer.mended(plan, plan.rows[1], "supplier", "乙公司")
    blank = importer.mended(plan, plan.rows[1], "supplier", "")

    assert plan.refused == ()
    assert plan.rows[0].values["quantity"] == Decimal(48)
    assert plan.text(plan.rows[1], "supplier") == "乙公司"
    assert blank.text(blank.rows[1], "supplier") == ""
    assert plan.mended == {"Sheet!C2": "12*4", "Sheet!supplier3": "乙公司"}
    assert path.read_bytes() == content
    assert importer.commit(plan).added == 2


def test_an_import_says_what_it_did_and_who_looks_on_is_told(importer, tmp_path):
    heard: list[set[str]] = []
    importer.desk.on_change.append(heard.append)

    done = importer.commit(purchases(importer, workbook(tmp_path, HEADING, rice(), rice(数量="?"))), skip_refused=True)

    assert done.title == "导入 采购台账 1 行（台账.xlsx）"
    assert str(done) == "导入 采购台账 1 行（台账.xlsx）：新增 1 行，1 行有错未导入，另外新建 2 条档案，资料待补。"
    assert heard == [{"food_purchase", "supplier", "ingredient"}]
    assert importer.desk.undoable() == done.title
    assert len(done.ids) == 1


def test_a_plan_that_others_have_overtaken_is_made_anew_before_it_is_kept(importer, tmp_path):
    path = workbook(tmp_path, HEADING, rice(), rice(数量=20))
    stale = purchases(importer, path)
    importer.commit(purchases(importer, path))

    done = importer.commit(stale)

    assert (done.added, done.unchanged) == (0, 2)
    assert len(kept(importer.desk, "food_purchase")) == 2


def test_a_later_change_stands_in_the_way_of_taking_an_import_back_and_is_named(importer, tmp_path):
    desk = importer.desk
    done = importer.commit(purchases(importer, workbook(tmp_path, HEADING, rice())))
    ledger = desk.ledger("supplier")
    one = desk.ids(ledger, Query())[0]
    desk.save(ledger, desk.draft(ledger, one) | {"address": "二号", "phone": "13800000001"}, one)

    with pytest.raises(TooLate, match="甲粮店"):
        desk.undo_act(next(act for act in desk.acts() if act.title == done.title))


def test_progress_is_told_and_may_stop_everything(importer, tmp_path):
    path = workbook(tmp_path, HEADING, rice())

    class Watching:
        def __init__(self, stop_at: str = "") -> None:
            self.heard: list[str] = []
            self.stop_at = stop_at

        def step(self, done: int, total: int, what: str) -> None:
            self.heard.append(what)
            if what == self.stop_at:
                raise Cancelled

    watching = Watching()
    importer.commit(purchases(importer, path, progress=watching), progress=watching)
    assert list(dict.fromkeys(watching.heard)) == ["读取“台账.xlsx”", "核对", "写入"]
    importer.desk.undo()
    with pytest.raises(Cancelled):
        importer.commit(purchases(importer, path), progress=Watching("写入"))
    assert kept(importer.desk, "food_purchase") == kept(importer.desk, "supplier") == []


def test_the_document_of_the_command_line_has_its_fields(importer, tmp_path):
    plan = purchases(importer, workbook(tmp_path, HEADING, rice(数量="?"), 说明=[["随便写写"]]))

    document = plan.document()

    assert {
        "rows", "added", "updated", "unchanged", "refused", "gaps", "warnings", "columns", "sheets_skipped", "drafts",
    } == set(document)  # fmt: skip
    assert document["refused"] == [{"sheet": "Sheet", "cell": "C2", "reason": plan.refused[0].reason}]
    assert document["columns"][0] == {
        "sheet": "Sheet", "column": "A", "heading": "进货日期", "field": "bought_on", "label": "进货日期", "doubt": "",
    }  # fmt: skip
    assert (document["rows"], document["added"]) == (1, 0)
    assert plan.rows[0].written("quantity") == "?"
    assert plan.rows[0].number == 2


def test_the_document_names_each_cell_once_with_all_there_is_against_it(importer, tmp_path):
    plan = purchases(importer, workbook(tmp_path, HEADING, rice(供货单位=None, 生产日期=None)))

    gaps = plan.document()["gaps"]

    assert isinstance(gaps, list)
    assert len({gap["cell"] for gap in gaps}) == len(gaps)
    assert {one.reason for one in plan.gaps} == {reason for gap in gaps for reason in gap["reason"].split("；")}


def test_a_sheet_that_is_not_there_is_a_sentence(importer, tmp_path):
    with pytest.raises(FileTrouble, match="没有名为“十月”的工作表；现有：Sheet"):
        purchases(importer, workbook(tmp_path, HEADING, rice()), sheet="十月")


def test_ten_thousand_rows_ask_the_data_file_no_more_often_than_ten(importer, tmp_path):
    """No statement a row: reading, matching and examining look everything up at once."""
    from sqlalchemy import event

    def statements(many: int) -> int:
        heard: list[str] = []

        def hear(_c: object, _cursor: object, statement: str, *_: object) -> None:
            heard.append(statement)

        path = workbook(tmp_path, HEADING, *(rice(数量=number + 1) for number in range(many)), name=f"{many}.xlsx")
        event.listen(importer.desk.store.engine, "before_cursor_execute", hear)
        importer.commit(purchases(importer, path))
        event.remove(importer.desk.store.engine, "before_cursor_execute", hear)
        return len(heard)

    few = statements(10)

    assert statements(300) <= few + 5
