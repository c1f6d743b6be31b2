"""Terms, titles and price limits: what holds for all rows of an order list."""

from datetime import date
from decimal import Decimal

import pytest

from school_logistics.rules.terms import (
    price_limit,
    style_in_title,
    term_in_title,
    term_of,
    tidy_class,
    tidy_style,
    tidy_term,
)

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("title", "term"),
    [
        ("2026秋", "2026秋"),
        ("饮用奶与校服征订_2026秋", "2026秋"),
        ("2026年秋季学生装征订（运动装）", "2026秋"),
        ("２０２７ 年 春季", "2027春"),
        ("2026—2027学年第一学期饮用奶征订", "2026秋"),
        ("2026-2027学年度第2学期", "2027春"),
        ("学生饮用奶征订统计表", ""),
    ],
)
def test_the_term_is_found_in_a_title(title, term):
    assert term_in_title(title) == term


def test_a_term_that_is_not_understood_stays_as_it_was_written():
    assert tidy_term(" 本学期 ") == "本学期"


@pytest.mark.parametrize(
    ("day", "term"),
    [("2026-08-01", "2026秋"), ("2027-01-31", "2026秋"), ("2027-02-01", "2027春"), ("2027-07-31", "2027春")],
)
def test_a_term_begins_in_february_and_in_august(day, term):
    assert term_of(date.fromisoformat(day)) == term


@pytest.mark.parametrize(
    ("typed", "style"),
    [("夏装短袖套", "夏装"), ("春秋运动服", "运动装"), ("冬装棉服", "冬装"), ("礼服", "礼服")],
)
def test_garments_have_one_word_each(typed, style):
    assert tidy_style(typed) == style


def test_a_title_without_a_garment_says_nothing():
    assert style_in_title("学生装征订表") == ""


@pytest.mark.parametrize(
    ("typed", "name"),
    [("一年级 (2)班", "一年级2班"), ("三年级 3.4班", "三年级4班"), ("七年级 五班", "七年级5班"), ("启智班", "启智班")],
)
def test_a_grade_before_the_class_belongs_to_its_name(typed, name):
    assert tidy_class(typed) == name


@pytest.mark.parametrize(
    ("style", "grade", "limit"),
    [
        ("夏装", "一年级", 70),
        ("冬装", "三年级", 160),
        (None, "一年级", 80),
        ("夏装", "初一", 100),
        ("夏装", "八年级", 100),
        ("夏装", "高一", 120),
        ("夏装", None, None),
    ],
)
def test_the_price_limit_goes_by_garment_in_primary_school_and_by_grade_above(book, style, grade, limit):
    assert price_limit(style, grade, book, TODAY) == (None if limit is None else Decimal(limit))
