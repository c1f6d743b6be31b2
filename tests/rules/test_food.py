"""Shelf life, how long papers are kept, what may not be bought."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_logistics.errors import Unreadable
from school_logistics.rules.due import Days, Months, Years
from school_logistics.rules.food import (
    FoodCategory,
    SourceKind,
    banned,
    best_before,
    is_bulk,
    is_pork,
    keep_papers_until,
    papers_required,
    price_deviation,
    purchase_amount,
    purchase_best_before,
    read_shelf_life,
    shelf_life_fault,
)

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize("word", ["粮食", "调味品", "禽肉", "豆制品", "蔬菜", "蛋", "食用油", "畜肉", "乳"])
def test_every_category_of_the_sample_workbook_is_known(word):
    assert FoodCategory(word) == word


@pytest.mark.parametrize(
    ("typed", "shelf_life"),
    [
        ("12个月", Months(12)),
        ("18月", Months(18)),
        ("６个月", Months(6)),
        ("十二个月", Months(12)),
        ("二十个月", Months(20)),
        ("1年", Years(1)),
        ("两年", Years(2)),
        ("半年", Months(6)),
        ("一年半", Months(18)),
        ("1.5年", Months(18)),
        ("3天", Days(3)),
        ("三十天", Days(30)),
        ("180日", Days(180)),
        ("2周", Days(14)),
        ("一星期", Days(7)),
        ("半个月", Days(15)),
        ("48小时", Days(2)),
        (" 30 天 ", Days(30)),
        ("/", None),
        ("—", None),
        ("", None),
        (None, None),
    ],
)
def test_a_shelf_life_is_read_as_printed(typed, shelf_life):
    assert read_shelf_life(typed) == shelf_life


@pytest.mark.parametrize("typed", ["见包装", "12", "0天", "1.2年", "12小时", "半天", "个月", "常温3天"])
def test_what_is_no_shelf_life_is_refused_in_a_sentence(typed):
    with pytest.raises(Unreadable, match="12个月"):
        read_shelf_life(typed)
    assert shelf_life_fault(typed)
    assert shelf_life_fault("12个月") == ""


@pytest.mark.parametrize(
    ("produced", "shelf_life", "counted", "not_counted"),
    [
        (date(2025, 8, 18), Months(12), date(2026, 8, 17), date(2026, 8, 18)),
        (date(2025, 9, 1), Days(1), date(2025, 9, 1), date(2025, 9, 2)),
        (date(2025, 11, 1), Days(3), date(2025, 11, 3), date(2025, 11, 4)),
        (date(2025, 8, 31), Months(6), date(2026, 2, 28), date(2026, 2, 28)),
        (date(2025, 3, 1), Months(6), date(2025, 8, 31), date(2025, 9, 1)),
        (date(2024, 2, 29), Years(1), date(2025, 2, 28), date(2025, 2, 28)),
    ],
)
def test_the_best_before_day_takes_the_earlier_reading(produced, shelf_life, counted, not_counted):
    assert best_before(produced, shelf_life) == counted
    assert best_before(produced, shelf_life, counts_first_day=False) == not_counted


@given(DAYS, st.integers(1, 60))
def test_food_never_runs_out_before_it_was_made(produced, count):
    for shelf_life in (Days(count), Months(count)):
        assert (
            produced <= best_before(produced, shelf_life) <= best_before(produced, shelf_life, counts_first_day=False)
        )


@pytest.mark.parametrize(
    ("bought", "ends", "category", "until"),
    [
        (date(2026, 3, 1), date(2026, 8, 31), "粮食", date(2027, 2, 28)),
        (date(2025, 3, 1), date(2025, 8, 29), "粮食", date(2026, 2, 28)),
        (date(2024, 2, 29), None, "调味品", date(2026, 2, 28)),
        (date(2026, 11, 22), None, "蔬菜", date(2027, 5, 22)),
    ],
)
def test_papers_are_kept_as_long_as_the_law_says(book, bought, ends, category, until):
    assert keep_papers_until(bought, ends, category, book) == until


@pytest.mark.parametrize(
    ("category", "name", "pork"),
    [
        ("畜肉", "猪后腿肉", True),
        ("畜肉", "五花肉", True),
        ("畜肉", "猪肉牛肉丸", True),
        ("畜肉", "鲜牛肉", False),
        ("畜肉", "羊排", False),
        ("禽肉", "鸡腿", False),
        ("畜肉", None, False),
        (None, "猪肉", False),
    ],
)
def test_pork_is_known_by_category_and_name(category, name, pork):
    assert is_pork(category, name) is pork


@pytest.mark.parametrize(
    ("name", "word", "certain"),
    [
        ("芸豆", "芸豆", True),
        ("四季豆炒肉", "四季豆", True),
        ("豆角", "豆角", False),
        ("鲜黄花菜", "鲜黄花", True),
        ("亚硝酸钠", "亚硝酸钠", True),
        ("裱花蛋糕", "裱花蛋糕", True),
    ],
)
def test_forbidden_food_is_named(book, name, word, certain):
    ban = banned(name, book, TODAY)
    assert ban is not None
    assert (ban.word, ban.certain) == (word, certain)
    assert word in str(ban)


@pytest.mark.parametrize("name", ["豇豆", "豇豆角", "长豆角", "干黄花菜", "土豆", "豆腐", "平菇", "可生食鸡蛋", None])
def test_food_that_only_sounds_like_it_is_allowed(book, name):
    assert banned(name, book, TODAY) is None


def test_bulk_staples_are_those_of_the_rule_book(book):
    assert is_bulk(FoodCategory.GRAIN, book, TODAY)
    assert is_bulk("畜肉", book, TODAY)
    assert not is_bulk("蔬菜", book, TODAY)
    assert not is_bulk(None, book, TODAY)


@pytest.mark.parametrize("source", list(SourceKind))
def test_every_kind_of_supplier_hands_in_papers(source):
    assert papers_required(source)
    assert papers_required(None) == ()


def test_a_price_is_compared_with_the_usual_one():
    assert price_deviation(Decimal("6.5"), Decimal(5)) == 30
    assert price_deviation(Decimal(4), Decimal(5)) == -20
    assert price_deviation(Decimal(4), None) is None
    assert price_deviation(Decimal(4), Decimal(0)) is None


def test_the_amount_of_a_line_needs_quantity_and_price(row):
    assert purchase_amount(row(quantity=Decimal("37.5"), unit_price=Decimal("3.86"))) == Decimal("144.75")
    assert purchase_amount(row(quantity=Decimal(1))) is None
    assert purchase_amount(row(unit_price=Decimal(1))) is None


def test_the_best_before_column_follows_production_and_shelf_life(book, row):
    line = {"produced_on": date(2025, 8, 18), "bought_on": date(2025, 9, 1)}
    assert purchase_best_before(row(**line, shelf_life="12个月"), book=book) == date(2026, 8, 17)
    assert purchase_best_before(row(produced_on=date(2025, 8, 18), shelf_life="3天"), book=book) == date(2025, 8, 20)
    for shelf_life in ("/", "见包装", None):
        assert purchase_best_before(row(**line, shelf_life=shelf_life), book=book) is None
    assert purchase_best_before(row(shelf_life="12个月"), book=book) is None


def test_a_school_may_count_shelf_life_from_the_day_after(book, row):
    own = book.with_overrides([book.changed("food.shelf_life.counts_first_day", "否", date(2025, 1, 1))])
    assert purchase_best_before(row(produced_on=date(2025, 8, 18), shelf_life="12个月"), book=own) == date(2026, 8, 18)
