"""How clerks write values, and what becomes of them."""

from __future__ import annotations

import contextlib
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_logistics.errors import Unreadable
from school_logistics.rules.answers import ALL_NORMAL, Answers
from school_logistics.rules.dates import FOREVER, MonthOrDay, Reading, read_day
from school_logistics.rules.kinds import (
    Amount,
    Choice,
    Code,
    Count,
    Day,
    Flag,
    Moment,
    MonthOrDate,
    Span,
    Text,
    TimeOfDay,
    TimeSpan,
    Until,
)

ON = Reading(date(2026, 11, 22))
MARCH_2026 = Reading(date(2026, 11, 22), date(2026, 3, 1), date(2026, 3, 31))
SCHOOL_YEAR = Reading(date(2026, 11, 22), date(2025, 9, 1), date(2026, 8, 31))


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-05", "2026.3.5", "2026/3/5", "2026年3月5日", "20260305", 20260305, "26.3.5", "3.5", "3-5", "3/5",
        "3月5日", "３．５", "3月5号", "0305", 46086, date(2026, 3, 5), datetime(2026, 3, 5, 8), "2026-03-05 00:00:00",
        " 2026.3.5 ", "2026年3月5日 星期四", 3.5,
    ],
)  # fmt: skip
def test_the_fifth_of_march_is_read_however_it_is_written(written):
    assert Day().read(written, ON) == date(2026, 3, 5)


@pytest.mark.parametrize(("typed", "day"), [("今", 22), ("昨", 21), ("明", 23), ("+1", 23), ("-2", 20), ("前天", 20)])
def test_days_near_today_are_typed_in_one_or_two_keys(typed, day):
    assert Day().read(typed, ON) == date(2026, 11, day)


def test_a_day_without_year_is_not_put_far_into_the_future():
    assert Day().read("12.20", ON) == date(2026, 12, 20)
    assert Day().read("12.30", ON) == date(2025, 12, 30)


def test_the_end_of_a_licence_without_year_is_put_ahead():
    assert Until().read("3.5", ON) == date(2027, 3, 5)
    assert Until().read("12.1", ON) == date(2026, 12, 1)


def test_the_title_of_a_workbook_gives_a_day_its_year():
    assert Day().read("3.5", MARCH_2026) == date(2026, 3, 5)
    assert Day().read("5日", MARCH_2026) == date(2026, 3, 5)
    assert Day().read("9.2", SCHOOL_YEAR) == date(2025, 9, 2)
    assert Day().read("7.1", SCHOOL_YEAR) == date(2026, 7, 1)


@pytest.mark.parametrize("written", ["2026-02-30", "13.5", "9月31日", "适量", "2026-3", "5日"])
def test_what_is_no_day_is_refused_in_words(written):
    with pytest.raises(Unreadable, match="「"):
        Day().read(written, ON)


def test_a_number_that_may_be_the_first_or_the_tenth_is_asked_about():
    with pytest.raises(Unreadable, match="分不清是 3 月 1 日还是 10 日"):
        Day().read(3.1, ON)


def test_a_leap_day_is_read_in_a_leap_year_only():
    assert Day().read("2024.2.29", ON) == date(2024, 2, 29)
    assert Day().read("2.29", ON) == date(2024, 2, 29)


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["{0}-{1}-{2}", "{0}.{1}.{2}", "{0}年{1}月{2}日"])
)
def test_every_day_survives_being_written_and_read(day, form):
    assert read_day(form.format(day.year, day.month, day.day), ON) == day


@given(st.text(max_size=30) | st.floats() | st.integers())
def test_no_cell_brings_reading_down(cell):
    for kind in (
        Day(),
        Until(),
        MonthOrDate(),
        Amount(3, "公斤"),
        Count(),
        Code(),
        Text(),
        Moment(),
        TimeSpan(),
        TimeOfDay(),
        Answers("x"),
    ):
        with contextlib.suppress(Unreadable):
            kind.read(cell, ON)


@pytest.mark.parametrize("written", ["2022-08", "2022.8", "2022年8月", "202208"])
def test_a_month_stays_a_month_and_no_day_is_made_up(written):
    assert MonthOrDate().read(written, ON) == MonthOrDay(2022, 8, None)
    assert MonthOrDate().show(MonthOrDay(2022, 8)) == "2022-08"


def test_a_month_is_known_by_its_first_and_last_day():
    assert (MonthOrDay(2024, 2).first, MonthOrDay(2024, 2).last) == (date(2024, 2, 1), date(2024, 2, 29))


@pytest.mark.parametrize("written", ["长期", "长期有效", " 长 期 "])
def test_a_paper_may_hold_forever(written):
    assert Until().read(written, ON) == FOREVER
    assert Until().show(FOREVER) == "长期"


def test_the_end_given_as_a_month_is_its_last_day():
    assert Until().read("2027年2月", ON) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("written", "amount"),
    [("31公斤", "31"), ("６．８", "6.8"), ("1,253.20", "1253.2"), ("１，２５３．２", "1253.2"), (31.33, "31.33"),
     ("12*3.5", "42"), ("12×3.5", "42"), ("(2+3)*4", "20"), ("10/4", "2.5"),
     (" 5.92 公斤 ", "5.92"), ("-1+2", "1"), (".5", "0.5")],
)  # fmt: skip
def test_amounts_are_read_exactly_with_their_unit_or_as_a_small_sum(written, amount):
    assert Amount(3, "公斤").read(written, ON) == Decimal(amount)


def test_the_unit_may_be_the_first_half_of_a_price():
    assert Amount(4, "元/公斤").read("5.92元", ON) == Decimal("5.92")


@pytest.mark.parametrize("written", ["适量", "31箱", "1.2.3", "12*", "(2", "1/0", "__import__('os')", "2**9"])
def test_what_is_no_amount_is_refused_in_words(written):
    with pytest.raises(Unreadable, match="「"):
        Amount(3, "公斤").read(written, ON)


def test_money_is_rounded_half_up_to_the_fen():
    assert Amount(2).read("0.125", ON) == Decimal("0.13")
    assert Amount(2).read(0.145, ON) == Decimal("0.15")


def test_amounts_are_shown_with_thousands_and_the_decimals_that_say_something():
    assert [Amount(3).show(Decimal(text)) for text in ("1253.2", "0.125", "60", "-4")] == [
        "1,253.20",
        "0.125",
        "60.00",
        "−4.00",
    ]


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_an_amount_shown_is_the_same_amount_typed(amount):
    kind = Amount(3, "公斤")
    assert kind.read(kind.show(amount), ON) == amount
    assert kind.from_plain(kind.plain(amount)) == amount


def test_fifty_and_fifty_point_nought_are_the_same_for_the_trail():
    assert Amount(2).plain(Decimal(50)) == Amount(2).plain(Decimal("50.00"))


def test_counts_are_whole_and_not_negative():
    assert Count("人").read("41人", ON) == 41
    assert Count().read(47.0, ON) == 47
    for wrong in ("4.5", "-1"):
        with pytest.raises(Unreadable):
            Count().read(wrong, ON)


def test_a_long_number_that_a_workbook_made_a_float_is_refused_not_repaired():
    with pytest.raises(Unreadable, match="尾数已丢失"):
        Code().read(370000196703083051.0, ON)
    with pytest.raises(Unreadable, match="科学计数"):
        Code().read("3.70000E+17", ON)


def test_a_telephone_number_in_a_cell_keeps_its_digits():
    assert Code().read(13800000001.0, ON) == "13800000001"
    assert Code().read(" 0533-0000003 ", ON) == "0533-0000003"
    assert Code().read("３７０ ００ｘ", ON) == "37000X"


@pytest.mark.parametrize("blank", ["", "—", "/", " ", "无", None])
def test_signs_for_nothing_are_blank(blank):
    assert Day().read(blank, ON) is None
    assert Code().read(blank, ON) is None


def test_words_lose_outer_spaces_and_line_ends():
    assert Text().read(" 鸡腿\u3000", ON) == "鸡腿"
    assert Text().read("进货\n日期", ON) == "进货 日期"
    with pytest.raises(Unreadable, match="最多 3 个字"):
        Text(3).read("一二三四", ON)


def test_a_choice_is_known_by_its_beginning_unless_two_begin_alike():
    kind = Choice(("在用", "送修", "备用", "在库"))
    assert kind.read("送", ON) == "送修"
    with pytest.raises(Unreadable, match="可选：在用、送修、备用、在库"):
        kind.read("在", ON)


@pytest.mark.parametrize(
    ("written", "flag"), [("是", True), ("有", True), ("√", True), ("否", False), ("无", False), (0, False)]
)
def test_yes_and_no_are_written_in_many_ways(written, flag):
    assert Flag().read(written, ON) is flag


def test_times_spans_and_moments_are_read_as_a_clerk_writes_them():
    assert TimeOfDay().read("7点30", ON) == time(7, 30)
    assert TimeSpan().read("14:00～14:40", ON) == Span(time(14), time(14, 40))
    assert Moment().read("11月20日11时20分", ON) == datetime(2026, 11, 20, 11, 20)
    assert Moment().read("今 11:20", ON) == datetime(2026, 11, 22, 11, 20)
    with pytest.raises(Unreadable, match="结束要晚于开始"):
        TimeSpan().read("15:00-14:00", ON)


def test_answers_are_told_by_their_exceptions():
    assert Answers("x").read("√", ON) == ALL_NORMAL
    assert Answers("x").read("压力×，铅封 -", ON) == "压力×、铅封—"
    with pytest.raises(Unreadable, match="请写“全部正常”"):
        Answers("x").read("还行", ON)


@pytest.mark.parametrize("kind", [Day(), Until(), MonthOrDate()])
@pytest.mark.parametrize("typed", ["1899-12-31", "2101-01-01", "9999.1.1", date(9999, 12, 30), datetime(1899, 12, 31)])
def test_a_year_that_no_paper_can_mean_is_refused(kind, typed):
    with pytest.raises(Unreadable, match="1900 年到 2100 年"):
        kind.read(typed, ON)


def test_a_month_or_a_moment_far_away_is_refused_too():
    for typed in ("9999-01", "0001-01", MonthOrDay(9999, 1)):
        with pytest.raises(Unreadable, match="年份不对"):
            MonthOrDate().read(typed, ON)
    for moment in ("9999-12-31 11:20", datetime(9999, 12, 31, 11, 20)):
        with pytest.raises(Unreadable, match="年份不对"):
            Moment().read(moment, ON)


@pytest.mark.parametrize("typed", ["9999-12-31", date(9999, 12, 31), datetime(9999, 12, 31), "长期"])
def test_the_last_day_of_all_means_without_end(typed):
    assert Until().read(typed, ON) == FOREVER


def test_days_of_old_people_and_far_plans_are_read():
    assert Day().read("1966-03-05", ON) == date(1966, 3, 5)
    assert Day().read("2100-12-31", ON) == date(2100, 12, 31)


@pytest.mark.parametrize("typed", ["(" * 20_000, "-" * 20_000, "1" + "*9" * 20_000])
def test_an_endless_sum_is_refused(typed):
    with pytest.raises(Unreadable):
        Amount().read(typed, ON)


def test_a_figure_beyond_all_measure_cannot_be_kept():
    assert Amount().holds(Decimal("999999999999.99"))
    assert not Amount().holds(Decimal(10) ** 24)
    assert not Count().holds(10**18)
    assert Text().holds("大米")
