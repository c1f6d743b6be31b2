"""Clerks' sheets become rows of a ledger: headings, periods, merged cells, ditto marks, and what is no data."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_logistics.errors import FileTrouble, Unreadable
from school_logistics.models.fields import Field, Need
from school_logistics.models.ledger import Ledger, Section, Tab
from school_logistics.rules.kinds import Amount, Count, Day, Ref, Text
from school_logistics.services.reading.grid import Merged, Sheet, address, as_text, column_letters, in_brackets, normal
from school_logistics.services.reading.header import Names, find_header
from school_logistics.services.reading.layout import LaidOut, lay_out
from school_logistics.services.reading.period import pairs_above, period_around, period_named
from school_logistics.services.reading.process import read_file

SAMPLES = Path(__file__).parents[1] / "samples"


def made(*fields: Field, **more: Any) -> Ledger:
    told = {"label": "采购台账", "key": "food_purchase", "title": "item", "happened": "bought_on", **more}
    return Ledger(group=Tab.CANTEEN, section=Section.DAILY, record=cast("Any", object), fields=fields, **told)


PURCHASES = made(
    Field("进货日期", Day(), "bought_on", Need.ALWAYS, carry=True, synonyms=("日期",)),
    Field("品名", Text(), "item", Need.ALWAYS, synonyms=("产品名称",)),
    Field("类别", Text(), "category"),
    Field("规格", Text(), "specification"),
    Field("数量", Amount(3), "quantity", Need.ALWAYS),
    Field("单位", Text(), "unit"),
    Field("单价", Amount(4), "unit_price", unit="元"),
    Field("金额", Amount(2), "amount", unit="元", computed=lambda facts: facts.quantity),
    Field("供货单位", Text(), "supplier", carry=True, synonyms=("供货者",)),
    Field("生产日期", Day(), "produced_on"),
    Field("保质期", Text(), "shelf_life"),
    Field("备注", Text(), "remark"),
)


def one_sheet(*rows: list[Any], merged: tuple[Merged, ...] = (), name: str = "9月") -> Sheet:
    width = max(len(row) for row in rows)
    return Sheet(name, [row + [None] * (width - len(row)) for row in rows], merged)


def laid(*rows: list[Any], ledger: Ledger = PURCHASES, file: str = "台账", **more: Any) -> LaidOut:
    return lay_out([one_sheet(*rows, **more)], Names(ledger), file)[0]


def values(found: LaidOut, key: str) -> list[Any]:
    return [row.cells[key][0] if key in row.cells else None for row in found.rows]


HEADING = ["日期", "产品名称", "数量", "单位", "供货者", "备注"]


def test_the_purchase_sample_gives_its_795_rows_with_their_cells():
    found = lay_out(
        read_file(SAMPLES / "食堂采购台账_2025-2026学年.xlsx"), Names(PURCHASES), "食堂采购台账_2025-2026学年"
    )

    assert sum(len(sheet.rows) for sheet in found) == 795
    assert [(sheet.sheet, sheet.reason) for sheet in found if sheet.reason] == [
        ("填表说明", "没有找到《采购台账》的表头")
    ]
    september = found[0]
    assert {column.field for column in september.columns} == {one.key for one in PURCHASES.fields}
    assert september.rows[0].period == (date(2025, 9, 1), date(2025, 9, 30))
    assert september.rows[1].cells["supplier"] == ("云川惠民粮油有限公司", "I5")
    assert september.rows[1].cells["bought_on"] == (date(2025, 9, 1), "A5")
    assert september.rows[4].cells["quantity"] == ("31公斤", "E9")
    assert found[7].rows[0].period == (date(2026, 4, 1), date(2026, 4, 30))


def test_two_heading_rows_are_one_heading():
    found = laid(
        ["品名", "数量", None, "日期"],
        [None, "实收", "单位", None],
        ["大米", 3, "袋", date(2025, 9, 1)],
        merged=(Merged(0, 0, 1, 0), Merged(0, 1, 0, 2), Merged(0, 3, 1, 3)),
        ledger=made(
            Field("进货日期", Day(), "bought_on", Need.ALWAYS, synonyms=("日期",)),
            Field("品名", Text(), "item", Need.ALWAYS),
            Field("实收", Amount(3), "quantity", group="数量"),
            Field("单位", Text(), "unit"),
        ),
    )

    assert [(column.heading, column.field) for column in found.columns] == [
        ("品名", "item"),
        ("数量实收", "quantity"),
        ("数量单位", "unit"),
        ("日期", "bought_on"),
    ]
    assert values(found, "quantity") == [3]


def test_a_heading_continued_below_without_merging_is_still_one():
    found = laid(["日期", "品名", None], [None, None, "数量"], ["9.1", "大米", 3])

    assert [column.field for column in found.columns] == ["bought_on", "item", "quantity"]
    assert values(found, "item") == ["大米"]


def test_totals_signatures_notes_and_blank_rows_are_no_data_and_are_named():
    found = laid(
        ["2025年9月采购台账"],
        ["序号", *HEADING],
        [1, "9.1", "大米", 3, "公斤", "甲公司"],
        [2, None, None, None, None, None],
        ["小计", None, None, 3],
        [None, "9.2", "面粉", 5, "公斤", "甲公司"],
        [None, "合　计", None, 8],
        ["采购员：      验收人：       "],
        ["注：当天同一供货者可写〃"],
        ["以上数字均已核对"],
    )

    assert values(found, "item") == ["大米", "面粉"]
    assert found.passed_over == [
        (5, "合计或小计"),
        (7, "合计或小计"),
        (8, "签字行"),
        (9, "说明"),
        (10, "说明"),
    ]


def test_dates_are_carried_down_but_a_blank_supplier_stays_blank():
    found = laid(HEADING, ["9.1", "大米", 3, "公斤", "甲公司"], [None, "面粉", 2, "公斤", None])

    assert values(found, "bought_on") == ["9.1", "9.1"]
    assert found.rows[1].cells["bought_on"] == ("9.1", "A2")
    assert values(found, "supplier") == ["甲公司", None]


def test_ditto_marks_repeat_the_line_above_and_stay_when_there_is_nothing_to_repeat():
    found = laid(
        HEADING,
        ["9.1", "大米", 3, "公斤", "〃"],
        ["同上", "面粉", 2, '"', "甲公司"],
        ["″", "玉米", 1, "〃", "〃"],
        ["9.2", "玉米", 1, "〃", None],
        ["9.2", "玉米", 1, "〃", "〃"],
    )

    assert values(found, "bought_on") == ["9.1", "9.1", "9.1", "9.2", "9.2"]
    assert values(found, "unit") == ["公斤"] * 5
    assert values(found, "supplier") == ["〃", "甲公司", "甲公司", None, "〃"]


def test_cells_merged_downwards_hold_for_every_row_they_cover():
    found = laid(
        HEADING,
        ["9.1", "大米", 3, "公斤", "甲公司"],
        [None, "面粉", 2, "公斤", None],
        merged=(Merged(1, 4, 2, 4),),
    )

    assert found.rows[1].cells["supplier"] == ("甲公司", "E2")


def test_a_heading_printed_again_on_each_page_is_passed_over_and_its_month_counts():
    found = laid(
        ["2025年9月采购台账"],
        HEADING,
        ["9.1", "大米", 3],
        [None],
        ["2025年10月采购台账"],
        HEADING,
        ["10.8", "大米", 4],
    )

    assert values(found, "quantity") == [3, 4]
    assert [row.period for row in found.rows] == [
        (date(2025, 9, 1), date(2025, 9, 30)),
        (date(2025, 10, 1), date(2025, 10, 31)),
    ]
    assert (6, "重复的表头") in found.passed_over


def test_rows_in_which_only_a_formula_stands_are_blank():
    found = laid(["日期", "品名", "数量", "金额"], ["9.1", "大米", 3, 9], [None, None, None, 0])

    assert values(found, "item") == ["大米"]


def test_values_above_the_table_hold_for_every_row_unless_there_is_a_column():
    found = laid(
        ["供货者：清泉乳业   规格：200mL   单价：2.5元/盒   数量：88"],
        ["单位：明德路小学（盖章）", None, "类别：", "乳"],
        ["日期", "产品名称", "数量"],
        ["9.1", "纯牛奶", 40],
    )

    cells = found.rows[0].cells
    assert (cells["supplier"], cells["unit_price"]) == (("清泉乳业", "A1"), ("2.5元/盒", "A1"))
    assert cells["category"] == ("乳", "C2")
    assert cells["quantity"] == (40, "C4")
    assert "unit" not in cells


def test_sheets_of_another_kind_hidden_and_empty_ones_are_skipped_with_a_reason():
    staff = one_sheet(["姓名", "性别", "电话", "备注"], ["张三", "男", "1", ""], name="职工")
    hidden = Sheet("去年", [list(HEADING), ["9.1", "大米", 3, None, None, None]], hidden=True)
    empty = Sheet("空", [[None, " "]])
    short = one_sheet(["产品名称", "数量", "备注"], ["大米", 3, ""], name="缺日期")

    reasons = {one.sheet: one.reason for one in lay_out([staff, hidden, empty, short], Names(PURCHASES), "台账")}

    assert reasons == {
        "职工": "与《采购台账》对不上：4 列中只认出 1 列（备注）",
        "去年": "隐藏的工作表",
        "空": "空工作表",
        "缺日期": "缺少必有的列：进货日期",
    }


def test_a_sheet_asked_for_by_name_is_taken_alone_even_when_hidden():
    hidden = Sheet("去年", [["日期", "品名", "数量"], ["9.1", "大米", 3]], hidden=True)
    other = Sheet("今年", [["日期", "品名", "数量"], ["9.1", "面粉", 3]])

    found = lay_out([other, hidden], Names(PURCHASES), "台账", only="去年")

    assert [values(one, "item") for one in found] == [["大米"]]
    with pytest.raises(FileTrouble, match="没有名为“前年”的工作表；现有：今年、去年"):
        lay_out([other, hidden], Names(PURCHASES), "台账", only="前年")


def test_doubtful_columns_are_taken_and_said_so():
    found = laid(["实际进货日期", "产品名称", "数量（斤）", "单价（元）"], ["9.1", "大米", 3, 4])

    doubts = {column.heading: column.doubt for column in found.columns}
    assert "按“进货日期”读，请核对" in doubts["实际进货日期"]
    assert doubts["产品名称"] == doubts["单价（元）"] == ""


def test_a_unit_in_a_heading_that_is_not_the_fields_is_said():
    weighed = made(
        Field("品名", Text(), "item", Need.ALWAYS),
        Field("重量", Amount(3), "weight", unit="公斤"),
        Field("名称全称", Text(), "full"),
    )

    columns = laid(["品名名称", "重量（斤）", "名称全称"], ledger=weighed).columns

    assert "没有换算" in columns[1].doubt
    assert "请核对" in columns[0].doubt


def test_the_clerk_may_choose_a_column_or_leave_one_out():
    sheet = one_sheet(["日期", "货名", "数量", "备注"], ["9.1", "大米", 3, "好"])

    header = find_header(sheet, Names(PURCHASES, {"货名": "item", "备注": ""}))

    assert header
    assert [column.field for column in header.columns] == ["bought_on", "item", "quantity", ""]
    assert [column.heading for column in header.unknown] == ["备注"]


def test_a_column_that_belongs_before_another_is_joined_and_carried_down():
    orders = made(
        Field("班级", Ref("school_class"), "school_class", Need.ALWAYS, beside=("年级",)),
        Field("订购人数", Count(), "ordered"),
        title="x",
        happened="",
    )

    found = laid(
        ["年级", "班级", "订购人数"],
        ["一年级", "1班", 20],
        [None, 2, 21],
        ["二年级", "1班", 22],
        ["〃", "〃", 22],
        ledger=orders,
    )

    assert [row.cells["school_class"] for row in found.rows] == [
        ("一年级1班", "B2"),
        ("一年级2", "B3"),
        ("二年级1班", "B4"),
        ("二年级1班", "B4"),
    ]


def test_what_the_title_says_for_all_rows_is_given_to_each_unless_a_column_says_it():
    def term(text: str) -> str:
        return "2026秋" if "2026秋" in text else ""

    orders = made(
        Field("班级", Text(), "school_class"),
        Field("学期", Text(), "term", in_title=term),
        Field("备注", Text(), "remark"),
        happened="",
    )

    from_file = laid(["班级", "备注"], ["1班"], ledger=orders, file="饮用奶_2026秋")
    from_title = laid(["2026秋 征订"], ["班级", "备注"], ["1班"], ledger=orders)
    from_column = laid(["班级", "学期"], ["1班", "2025春"], ledger=orders, file="饮用奶_2026秋")

    assert from_file.rows[0].cells["term"] == ("2026秋", "")
    assert from_title.rows[0].cells["term"] == ("2026秋", "A1")
    assert from_column.rows[0].cells["term"] == ("2025春", "B2")


def test_sizes_written_as_numbers_may_head_columns():
    sizes = made(*(Field(str(size), Count(), f"s{size}") for size in range(110, 180, 10)), title="s110")

    found = laid(["班级", *range(110, 180, 10)], ["一年级1班", 4, 5, 6, None, 2, 1, 0], ledger=sizes)

    assert values(found, "s110") == [4]


def test_columns_that_split_count_for_the_fields_they_hold():
    def parts(text: str) -> dict[str, str]:
        if "舍" not in text:
            raise Unreadable("没有房间")
        return {"room": text[:4], "target": text[4:]}

    rooms = made(
        Field("房间", Text(), "room", Need.ALWAYS),
        Field("消毒部位", Text(), "target", split=parts),
        Field("消毒人", Text(), "by"),
    )

    assert laid(["消毒部位", "消毒人"], ["宿舍101门把手", "李"], ledger=rooms).reason == ""
    assert laid(["消毒部位", "消毒人"], ["门把手", "李"], ledger=rooms).reason == "缺少必有的列：房间"


@pytest.mark.parametrize(
    ("titles", "sheet", "file", "first", "last"),
    [
        (["食品采购台账（2025年9月）"], "9月", "台账", "2025-09-01", "2025-09-30"),
        ([], "3月", "食堂采购台账_2025-2026学年", "2026-03-01", "2026-03-31"),
        ([], "10月", "食堂采购台账_2025-2026学年", "2025-10-01", "2025-10-31"),
        ([], "Sheet1", "宿舍消毒记录_2026-10", "2026-10-01", "2026-10-31"),
        ([], "Sheet1", "消毒202610", "2026-10-01", "2026-10-31"),
        (["2026年秋季学生装征订"], "校服尺码", "饮用奶_2026秋", "2026-01-01", "2026-12-31"),
        (["2026年度台账"], "5月", "汇总", "2026-05-01", "2026-05-31"),
        ([], "台账", "2025-2026学年", "2025-08-01", "2026-08-31"),
        (["2025—2026学年 3月"], "Sheet1", "2024年备份", "2026-03-01", "2026-03-31"),
    ],
)
def test_the_period_is_found_in_title_sheet_name_or_file_name(titles, sheet, file, first, last):
    bounds = period_around(titles, sheet, file).bounds()

    assert bounds == (date.fromisoformat(first), date.fromisoformat(last))


def test_the_day_on_which_a_paper_was_made_is_not_its_period():
    found = laid(["学校：明德路小学    制表日期：2026年9月1日"], HEADING, ["2.1", "大米", 3], name="台账")

    assert found.rows[0].period is None
    assert period_named("没有日子").bounds() is None


def test_pairs_above_find_values_in_the_same_cell_and_in_the_next():
    pairs = pairs_above([["供奶企业：清泉乳业   规格：200mL", None], ["单价：", 2.5], ["天数：", "盒数："], ["空："]])

    assert pairs == {"供奶企业": (0, "清泉乳业"), "规格": (0, "200mL"), "单价": (0, "2.5")}


def test_cells_are_named_and_compared_as_people_see_them():
    assert (address(5, 2), column_letters(27)) == ("C6", "AB")
    assert normal("单价（元）\n") == normal(" 单 价(元)")
    assert in_brackets(normal("作用时间（分）[每次]")) == ("分", "每次")
    assert [as_text(cell) for cell in (None, 3.0, 2.5, " 甲 ")] == ["", "3", "2.5", "甲"]


@given(
    st.lists(
        st.tuples(st.sampled_from(["大米", "面粉", "玉米"]), st.integers(1, 99), st.booleans()), min_size=1, max_size=30
    ),
    st.integers(0, 5),
    st.integers(0, 3),
)
def test_no_data_row_is_lost_and_none_invented(lines, titles, blanks):
    """Whatever stands around the table: every line comes out once, in order."""
    rows: list[list[Any]] = [[f"标题{n}"] for n in range(titles)]
    rows.append(["序号", *HEADING])
    for number, (item, quantity, dated) in enumerate(lines, 1):
        rows.append([number, "9.1" if dated or number == 1 else None, item, quantity])
        rows.extend([None] for _ in range(blanks))
        if quantity % 5 == 0:
            rows.append(["小计", None, None, quantity])
    rows += [["合计", None, None, sum(quantity for _, quantity, _ in lines)], ["制表人：某某"]]

    found = laid(*rows)

    assert list(zip(values(found, "item"), values(found, "quantity"), strict=True)) == [line[:2] for line in lines]
    assert set(values(found, "bought_on")) == {"9.1"}
