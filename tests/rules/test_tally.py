"""Counting pupils, naming classes, ordering by size."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_logistics.rules.tally import (
    GRADES,
    UNIFORM_SIZES,
    change_percent,
    class_name,
    class_order,
    grade_name,
    grade_of,
    is_graduating,
    milk_boxes,
    order_rate,
    orders_fault,
    rate_of_all,
    size_total,
    total_fault,
    uniform_grade_fault,
    uniform_size,
)

TODAY = date(2026, 11, 22)
CLASSES = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: (min(pair), max(pair)))


def test_a_rate_has_one_decimal_half_up():
    assert order_rate(1032, 1503) == Decimal("68.7")
    assert order_rate(1, 16) == Decimal("6.3")
    assert order_rate(47, 47) == Decimal("100.0")
    assert order_rate(0, 0) is None


@given(st.lists(CLASSES, max_size=40))
def test_the_rate_of_a_school_comes_from_its_sums(classes):
    rate = rate_of_all(classes)
    pupils = sum(pupils for _, pupils in classes)
    assert (rate is None) is (pupils == 0)
    assert rate is None or 0 <= rate <= 100


def test_the_mean_of_rates_would_be_wrong():
    assert rate_of_all([(10, 10), (0, 30)]) == Decimal("25.0")


@pytest.mark.parametrize(
    ("typed", "grade", "name"),
    [
        ("1班", "一年级", "一年级1班"),
        ("(2)班", "一年级", "一年级2班"),
        ("（3）班", "一年级", "一年级3班"),
        ("1.4班", "一年级", "一年级4班"),
        ("一班", "六年级", "六年级1班"),
        ("十二班", "六年级", "六年级12班"),
        ("（10）班", "1", "一年级10班"),
        ("四年级3班", "", "四年级3班"),
        ("四年级三班", "一年级", "四年级3班"),
        ("一年级(1)班", "", "一年级1班"),
        ("6年级 6 班", "", "六年级6班"),
        ("六(2)", "", "六年级2班"),
        ("6.6班", "六年级", "六年级6班"),
        ("初一(1)班", "", "初一1班"),
        ("初1.1班", "", "初一1班"),
        ("七年级1班", "", "七年级1班"),
        ("高三2班", "", "高三2班"),
        ("大班2班", "", "大班2班"),
        ("启智班", "二年级", "二年级启智班"),
        ("二年级启智班", "二年级", "二年级启智班"),
        ("启智班", "", "启智班"),
    ],
)
def test_a_class_has_one_name(typed, grade, name):
    assert class_name(typed, grade) == name


@given(st.sampled_from(GRADES), st.integers(1, 30))
def test_a_class_name_stays_as_it_is(grade, number):
    name = f"{grade}{number}班"
    assert class_name(name) == class_name(name, "一年级") == name
    assert grade_of(name) == grade


def test_a_grade_has_one_name():
    assert grade_name("１年级") == grade_name("1") == grade_name("一") == "一年级"
    assert grade_name("十一年级") == "十一年级"
    assert grade_name("0年级") == "0年级"
    assert grade_name("学前班") == "学前班"
    assert grade_name("") == ""
    assert grade_of("启智班") == ""


def test_classes_stand_in_the_order_of_the_school():
    names = ["二年级1班", "一年级10班", "启智班", "一年级9班", "初一1班"]
    assert sorted(names, key=class_order) == ["一年级9班", "一年级10班", "二年级1班", "初一1班", "启智班"]


@pytest.mark.parametrize(
    ("grade", "system", "leaving"),
    [
        ("六年级", "六三制", True),
        ("初三", "六三制", True),
        ("九年级", "六三制", True),
        ("五年级", "六三制", False),
        ("五年级", "五四制", True),
        ("六年级", "五四制", False),
        ("初三", "五四制", False),
        ("初四", "五四制", True),
        ("高三", "五四制", True),
        ("6", "六三制", True),
    ],
)
def test_a_grade_leaves_by_the_system_of_its_school(grade, system, leaving):
    assert is_graduating(grade, system) is leaving


def test_uniforms_are_ordered_by_the_grades_named(book):
    assert uniform_grade_fault("一年级", "六三制", book, TODAY) == ""
    assert uniform_grade_fault("初三", "五四制", book, TODAY) == ""
    assert "毕业年级" in uniform_grade_fault("初三", "六三制", book, TODAY)
    assert "不在学生装征订年级内" in uniform_grade_fault("二年级", "六三制", book, TODAY)
    assert uniform_grade_fault("", "六三制", book, TODAY) == ""


def test_sizes_are_the_usual_fourteen():
    codes = [size.code for size in UNIFORM_SIZES]
    assert codes[0] == "110/56"
    assert codes[-2:] == ["180/96A", "特体"]
    assert len({size.key for size in UNIFORM_SIZES}) == 14


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("110", "110/56"),
        ("110/56", "110/56"),
        ("165/84a", "165/84A"),
        ("１７０码", "170/88A"),
        ("140cm", "140/68"),
        ("特体定制", "特体"),
    ],
)
def test_a_heading_names_its_size(heading, code):
    size = uniform_size(heading)
    assert size is not None
    assert size.code == code


def test_a_heading_that_is_no_size_names_none():
    assert uniform_size("合计") is None


def test_a_total_that_differs_from_its_sizes_is_told():
    sets = {"size_110": 4, "size_120": 5, "size_special": 1, "size_130": None}
    assert size_total(sets) == 10
    assert total_fault(10, sets) == total_fault(None, sets) == ""
    assert total_fault(12, sets) == "合计 12 比各号之和 10 多 2 套"
    assert "少 1 套" in total_fault(9, sets)


def test_no_more_can_order_than_there_are():
    assert orders_fault(41, 40) == "订购人数 41 多于学生数 40"
    assert orders_fault(40, 40) == orders_fault(None, 40) == orders_fault(40, None) == ""


def test_milk_boxes_are_people_times_days_less_those_given_back():
    assert milk_boxes(21, 88) == 1848
    assert milk_boxes(21, 88, 5) == 1843


def test_a_change_against_last_year_is_in_per_cent():
    assert change_percent(130, 100) == Decimal("30.0")
    assert change_percent(50, 100) == Decimal("-50.0")
    assert change_percent(5, -10) == Decimal("150.0")
    assert change_percent(5, None) is None
    assert change_percent(5, 0) is None
