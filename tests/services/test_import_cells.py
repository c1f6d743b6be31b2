"""Cells become values of a field and back, whatever the table program made of them."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_logistics.errors import Unreadable
from school_logistics.models.fields import Field, Need
from school_logistics.rules.dates import FOREVER, MonthOrDay, Reading
from school_logistics.rules.kinds import Amount, Code, Count, Day, Flag, Moment, MonthOrDate, Text, TimeOfDay, Until
from school_logistics.services import sheets
from school_logistics.services.sheets import cell_of, difference, differs, measured_in, read_cell, words_of

ON = Reading(date(2026, 11, 22), date(2026, 3, 1), date(2026, 3, 31))
QUANTITY = Field("数量", Amount(3), "quantity")
PRICE = Field("单价", Amount(4, "元"), "unit_price", unit="元")
RATE = Field("订奶率", Amount(1, "%", 1), "rate", unit="%", computed=lambda row: None)
SETS = Field("合计", Count(), "sets", computed=lambda row: None)
ID_CARD = Field("身份证号", Code(18), "id_card", Need.BY_LAW)
PHONE = Field("电话", Code(), "phone")
PLACE = Field("地址", Text(), "place")


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        (QUANTITY, 31.0, Decimal(31)),
        (QUANTITY, "31 公斤", Decimal(31)),
        (QUANTITY, "１,２５３．５", Decimal("1253.5")),
        (QUANTITY, "12*3.5", Decimal(42)),
        (QUANTITY, "/", None),
        (PRICE, "5.92元", Decimal("5.92")),
        (PRICE, "2.5元/盒", Decimal("2.5")),
        (RATE, "44.7%", Decimal("44.7")),
        (PHONE, 13800000001.0, "13800000001"),
        (PHONE, "０５３３－２１８００００", "0533-2180000"),
        (PLACE, date(2026, 3, 5), "2026-03-05"),
        (PLACE, datetime(2026, 3, 5), "2026-03-05"),
        (PLACE, datetime(2026, 3, 5, 7, 30), "2026-03-05 07:30"),
        (PLACE, time(7, 30), "07:30"),
        (PLACE, True, "是"),
        (PLACE, " 一号 ", "一号"),
        (PLACE, "—", None),
        (Field("日期", Day(), "day"), "3.5", date(2026, 3, 5)),
        (Field("日期", Day(), "day"), datetime(2026, 3, 5), date(2026, 3, 5)),
        (Field("时间", Moment(), "at"), date(2026, 3, 5), datetime(2026, 3, 5)),
        (Field("时间", TimeOfDay(), "at"), time(7, 30), time(7, 30)),
        (Field("出厂", MonthOrDate(), "made"), "2022-08", MonthOrDay(2022, 8)),
        (Field("有效期至", Until(), "until"), "长期", FOREVER),
        (Field("合格", Flag(), "good"), "√", True),
        (Field("日期", Day(), "day", tidy=lambda text: text.removeprefix("于")), "于3.5", date(2026, 3, 5)),
        (Field("数量", Count(), "many", tidy=lambda text: text.removeprefix("约")), "约12", 12),
    ],
)
def test_a_cell_is_read_as_its_field_means_it(field: Field, raw: Any, value: object):
    assert read_cell(field, raw, ON, unit="公斤") == value


@pytest.mark.parametrize(
    ("field", "raw", "said"),
    [
        (ID_CARD, 3.70000196703083e17, "被表格存成了数字，尾数已丢失"),
        (PLACE, 3.70000196703083e17, "尾数已丢失"),
        (QUANTITY, "31斤", "与本行单位“公斤”不同"),
        (QUANTITY, date(2026, 3, 5), "不是数字"),
        (QUANTITY, True, "不是数字"),
        (PRICE, "5.92美元", "5.92美元"),
    ],
)
def test_a_cell_that_would_mean_something_else_is_refused(field: Field, raw: Any, said: str):
    with pytest.raises(Unreadable, match=said):
        read_cell(field, raw, ON, unit="公斤")


@pytest.mark.parametrize("written", ["44.7%", "44.7", 44.7, 0.447, "45%", "４４．７％"])
def test_a_rate_agrees_however_it_is_written(written):
    assert not differs(RATE, written, Decimal("44.7"), ON)


def test_another_rate_differs_and_a_wrong_sum_is_told_by_how_much():
    assert differs(RATE, "54.7%", Decimal("44.7"), ON)
    assert differs(RATE, 0.4468, Decimal("44.7"), ON)
    assert difference(RATE, "54.7%", Decimal("44.7"), ON) == ""
    assert differs(SETS, 31.0, 29, ON)
    assert difference(SETS, 31.0, 29, ON) == "，多 2"
    assert difference(SETS, 28.0, 29, ON) == "，少 1"
    assert difference(PLACE, "甲", "乙", ON) == ""
    assert difference(SETS, "/", 29, ON) == ""
    assert not differs(SETS, 31.0, None, ON)
    assert differs(PLACE, "甲", "乙", ON)


def test_units_and_words_are_found_in_cells():
    assert [measured_in(raw) for raw in ("31公斤", "13 桶", "31", 31.0, "公斤", "12*3")] == [
        "公斤",
        "桶",
        "",
        "",
        "",
        "",
    ]
    assert words_of(2.0) == "2"


@given(st.decimals(-(10**9), 10**9, places=2))
def test_money_survives_the_float_of_a_workbook(money):
    held, _ = cell_of(Amount(2, signed=True), money)

    assert read_cell(Field("金额", Amount(2, signed=True), "amount"), float(str(held)), ON) == money


@pytest.mark.parametrize(
    ("kind", "value", "held"),
    [
        (Amount(2), Decimal("1253.20"), (Decimal("1253.20"), "#,##0.00")),
        (Amount(3, shown=0), Decimal(31), (Decimal(31), "#,##0")),
        (Amount(4, shown=2), Decimal("2.5125"), (Decimal("2.5125"), "#,##0.0000")),
        (Count(), 12, (12, "0")),
        (Day(), date(2026, 3, 5), (date(2026, 3, 5), "yyyy-mm-dd")),
        (Until(), FOREVER, ("长期", "@")),
        (Moment(), datetime(2026, 3, 5, 7), (datetime(2026, 3, 5, 7), "yyyy-mm-dd hh:mm")),
        (TimeOfDay(), time(7, 30), ("07:30", "@")),
        (MonthOrDate(), MonthOrDay(2022, 8), ("2022-08", "@")),
        (Code(), "00123", ("00123", "@")),
        (Flag(), False, ("否", "@")),
        (Text(), None, (None, "General")),
    ],
)
def test_a_value_is_held_as_a_person_expects_it(kind: Any, value: object, held: tuple[object, str]):
    assert cell_of(kind, value) == held


def test_the_tables_by_kind_name_only_kinds_there_are():
    known = {"text", "code", "choice", "ref", "answers", "span", "count", "amount", "day", "until"}
    assert known >= sheets.WORDS | sheets.NUMBERS | sheets.DAYS
