"""Our own workbook of the return, read back as a person and a program would find it."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from school_logistics.reports.annual_return.indicator import CrossCheck, Figure, Sheet, Value, Verdict, difference
from school_logistics.reports.annual_return.sheets import BY_CODE, TITLES
from school_logistics.reports.workbook.returns import Head, write_return

HEAD = Head(
    period="2026年", first=date(2026, 1, 1), last=date(2026, 12, 31), reported_on=date(2026, 11, 22),
    written=datetime(2026, 11, 22, 9), deviation=30,
    words={"school.name": "明德路小学", "school.code": "0037039001", "school.clerk": "张𬭎"},
)  # fmt: skip


def figure(code: str, value: Value, previous: Value = None, heading: str = "") -> Figure:
    known = BY_CODE[code]
    return Figure(
        code, known.sheet, known.label, known.unit, value, previous, difference(value, previous), known.source,
        value is not None, (("1月", "2.90"),), heading, by_hand=known.by_hand, sum_of=known.sum_of,
    )  # fmt: skip


FIGURES = (
    figure("school.code", "0037039001", "0037039001", "学校"),
    figure("school.pupils", 506, 500, "学生"),
    figure("school.pupils.grade_1", 254, 250, "学生"),
    figure("school.pupils.grade_2", 252, 250, "学生"),
    figure("school.pupils.by_grade", 506, 500, "学生"),
    figure("canteen.permit_until", date(2028, 6, 30), None, "食堂"),
    figure("canteen.purchases.amount_wan", Decimal("61.52"), Decimal("56.60"), "采购"),
    figure("canteen.balance", None, None, "收支"),
    figure("water.dispensers", None),
)
CHECKS = (
    CrossCheck("合计01", "R01", "E7", "506", "505", Verdict.WRONG.value, "在校学生数应等于下面各项相加，现在差 1 人"),
    CrossCheck("比率01", "R09", "E8", "68.7", "0～100", Verdict.RIGHT.value, "订奶率 68.7%"),
)


@pytest.fixture(scope="module")
def data() -> bytes:
    sheets = [Sheet(code, title, tuple(one for one in FIGURES if one.sheet == code)) for code, title in TITLES.items()]
    return write_return(HEAD, sheets, CHECKS)


@pytest.fixture
def book(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture
def shown(data: bytes) -> openpyxl.Workbook:
    """What a program that does not calculate finds."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


def test_cover_twenty_sheets_and_sources_stand_in_order(book):
    assert book.sheetnames == ["封面", *TITLES, "出处"]


def test_numbers_that_are_names_stay_words_and_days_are_days(book):
    code = book["R01"]["E5"]
    assert (code.value, code.data_type, code.number_format) == ("0037039001", "s", "@")
    until = book["R03"]["E5"]
    assert (until.value, until.number_format) == (datetime(2028, 6, 30), "yyyy-mm-dd")


def test_sums_and_changes_are_formulas_that_carry_their_results(book, shown):
    assert book["R01"]["E10"].value == '=IF(COUNT(E8:E9)=0,"未填",SUM(E8:E9))'
    assert shown["R01"]["E10"].value == 506
    assert book["R03"]["G7"].value.startswith("=IF(COUNT(E7,F7)<2")
    assert shown["R03"]["G7"].value == 8.7
    assert shown["R01"]["G5"].value == "—"


def test_money_in_ten_thousands_keeps_two_decimals(book):
    assert book["R03"]["E7"].value == 61.52
    assert book["R03"]["E7"].number_format == "#,##0.00"


def test_what_a_person_fills_in_is_yellow_unlocked_and_says_that_it_is_not_filled(book):
    for cell in (book["R03"]["E9"], book["R05"]["E4"], book["R05"]["F4"]):
        assert (cell.value, cell.fill.fgColor.rgb[-6:], cell.protection.locked) == ("未填", "FFF2CC", False)
    assert book["R03"]["I9"].protection.locked is False
    assert book["R03"]["E7"].protection.locked is True


def test_only_the_sheet_of_checks_is_protected_and_without_a_password(book):
    assert [page.title for page in book if page.protection.sheet] == ["R20"]
    assert not book["R20"].protection.password


def test_where_a_number_belongs_nothing_else_is_taken(book):
    (rule,) = book["R05"].data_validations.dataValidation
    assert (rule.type, str(rule.sqref)) == ("decimal", "E4:F4")


@pytest.mark.parametrize("title", ["R01", "R20", "出处", "封面"])
def test_every_sheet_prints_on_a4_across_one_page_wide_with_page_numbers(book, title):
    page = book[title]
    assert (page.page_setup.orientation, int(page.page_setup.paperSize), page.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.oddFooter.center.text == "第 &P 页 共 &N 页"


def test_headings_are_repeated_and_stay_in_view(book):
    assert book["R01"].print_title_rows == "$1:$3"
    assert book["R01"].freeze_panes == "C4"
    assert [cell.value for cell in book["R01"][3]][4:7] == ["本期", "上期", "增减（%）"]


def test_checks_name_rule_cell_and_verdict_and_lead_to_the_cell(book):
    row = [cell.value for cell in book["R20"][4]]
    assert row == ["合计01", "R01", "E7", "506", "505", "不平", "在校学生数应等于下面各项相加，现在差 1 人"]
    assert book["R20"]["C4"].hyperlink.location == "'R01'!E7"
    assert book["R20"]["A2"].value == "核对 2 条：不平 1 条，相符 1 条"


def test_the_cover_tells_the_school_the_period_and_how_much_of_each_sheet_is_filled(book):
    cover = book["封面"]
    assert cover["A1"].value == "2026年学校后勤工作年报"
    assert cover["B3"].value == "明德路小学"
    assert (cover["G3"].value, cover["G3"].data_type) == ("0037039001", "s")
    assert [cell.value for cell in cover[10]][:4] == ["R01", "学校基本情况", 5, 0]
    assert [cell.value for cell in cover[12]][:4] == ["R03", "食堂", 2, 1]


def test_every_figure_has_its_source_and_its_parts(book):
    sources = {row[2]: row for row in book["出处"].iter_rows(min_row=2, values_only=True)}
    assert "除以 10,000" in sources["canteen.purchases.amount_wan"][3]
    assert sources["canteen.purchases.amount_wan"][5] == "1月 2.90"


def test_the_same_return_is_the_same_file(data):
    sheets = [Sheet(code, title, tuple(one for one in FIGURES if one.sheet == code)) for code, title in TITLES.items()]

    assert write_return(HEAD, sheets, CHECKS) == data


def test_the_file_knows_its_title_its_author_and_when_it_was_written(book):
    assert book.properties.title == "明德路小学2026年后勤年报"
    assert book.properties.creator == "张𬭎"
    assert book.properties.modified == datetime(2026, 11, 22, 9)
