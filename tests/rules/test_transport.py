"""School buses and their drivers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_logistics.rules.transport import (
    LicenceClass,
    VehicleClass,
    a_bus_by_law,
    age_fault,
    age_on,
    annual_review_due,
    badge_fault,
    badge_valid_to,
    birthday,
    bus_scrap_on,
    bus_student_seats,
    enough_escort_seats,
    escorts_required,
    held_long_enough,
    licence_covers,
    licence_fault,
    next_inspection,
    read_licence_classes,
    student_seats,
    too_old_on,
    vehicle_class,
)

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(1950, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("licence", "seats", "covered"),
    [
        ("A1", 41, True),
        ("B1", 36, False),
        ("A2", 36, False),
        ("A3", 36, False),
        ("B1", 19, True),
        ("A3", 19, False),
        ("A2", 19, False),
        ("A3", 9, True),
        ("C1", 9, True),
        ("C1", 10, False),
        ("C2", 9, False),
        ("A1A2", 41, True),
        ("a1/d", 41, True),
        ("D", 9, False),
        (None, 9, False),
    ],
)
def test_a_licence_covers_a_size_of_bus(licence, seats, covered):
    assert licence_covers(licence, seats) is covered


def test_automatic_gears_suffice_for_a_small_bus():
    assert licence_covers("C2", 9, automatic=True)
    assert not licence_covers("C2", 15, automatic=True)
    assert licence_covers("C1", 9, automatic=True)


def test_a_bus_of_36_seats_is_large_and_wants_a1():
    assert vehicle_class(36) is VehicleClass.LARGE
    assert licence_fault("B1", 36) == "准驾车型 B1 不能驾驶 36 座的大型客车，须为 A1"
    assert licence_fault("A1", 36) == licence_fault(None, 36) == licence_fault("B1", None) == ""


@pytest.mark.parametrize(
    ("seats", "metres", "size"),
    [
        (20, None, VehicleClass.LARGE),
        (19, 6, VehicleClass.LARGE),
        (19, 5.9, VehicleClass.MEDIUM),
        (10, None, VehicleClass.MEDIUM),
        (9, None, VehicleClass.SMALL),
    ],
)
def test_seats_and_length_make_the_size(seats, metres, size):
    assert vehicle_class(seats, metres) is size


def test_several_classes_on_one_licence_are_read():
    assert read_licence_classes("Ａ１Ａ２D") == (LicenceClass.A1, LicenceClass.A2)
    assert read_licence_classes(None) == ()


def test_a_driver_turns_sixty_on_the_birthday(book):
    born = date(1966, 12, 1)
    assert too_old_on(born, book, TODAY) == date(2026, 12, 1)
    assert age_fault(born, book, date(2026, 11, 30)) == ""
    assert "已满 60 周岁（2026-12-01）" in age_fault(born, book, date(2026, 12, 1))
    assert "未满 25" in age_fault(date(2002, 1, 1), book, TODAY)
    assert age_fault(None, book, TODAY) == ""


def test_a_bureau_that_goes_by_63_changes_the_book_not_the_program(book):
    own = book.with_overrides([book.changed("bus.driver.most_age", "63", date(2025, 1, 1))])
    assert too_old_on(date(1966, 12, 1), own, TODAY) == date(2029, 12, 1)


@given(DAYS, st.integers(0, 100))
def test_age_counts_up_on_the_birthday(born, age):
    day = birthday(born, age)
    assert age_on(born, day) == age
    assert age_on(born, day - timedelta(days=1)) == age - 1


def test_endorsement_wants_three_years_of_driving(book):
    assert held_long_enough(date(2015, 9, 1), date(2018, 9, 1), book) == ""
    assert "不满 3 年" in held_long_enough(date(2015, 9, 1), date(2018, 8, 31), book)
    assert held_long_enough(None, TODAY, book) == held_long_enough(TODAY, None, book) == ""


@pytest.mark.parametrize(
    ("first", "reviewed", "due"),
    [
        (date(2003, 6, 18), date(2026, 7, 1), date(2027, 7, 18)),
        (date(2003, 6, 18), date(2025, 7, 1), date(2026, 7, 18)),
        (date(2003, 6, 18), date(2026, 6, 17), date(2026, 7, 18)),
        (date(2003, 6, 18), None, date(2027, 7, 18)),
        (date(2003, 11, 1), None, date(2026, 12, 1)),
        (date(2003, 12, 30), None, date(2027, 1, 29)),
        (date(2008, 2, 29), None, date(2027, 3, 30)),
        (date(2026, 10, 1), None, date(2027, 10, 31)),
    ],
)
def test_the_yearly_review_is_due_thirty_days_after_the_anniversary(book, first, reviewed, due):
    assert annual_review_due(first, reviewed, TODAY, book) == due


@given(st.dates(date(1980, 1, 1), TODAY))
def test_an_unknown_review_is_never_overdue(book, first):
    due = annual_review_due(first, None, TODAY, book)
    assert due >= TODAY
    assert (due - max(first, TODAY)).days <= 366 + 30


def test_the_badge_ends_with_the_earlier_of_inspection_and_permit():
    inspection, permit = date(2026, 12, 12), date(2027, 8, 31)
    assert badge_valid_to(inspection, permit) == inspection
    assert badge_valid_to(None, permit) == permit
    assert badge_valid_to(None, None) is None
    assert badge_fault(permit, inspection, permit) == "标牌有效期应与检验、使用许可中较早的一致（2026-12-12）"
    assert badge_fault(inspection, inspection, permit) == badge_fault(None, inspection, permit) == ""
    assert badge_fault(permit, None, None) == ""


def test_a_bus_is_inspected_every_half_year_and_leaves_the_road_after_fifteen(book):
    assert next_inspection(date(2026, 8, 31), book) == date(2027, 2, 28)
    assert bus_scrap_on(date(2023, 4, 11), book, TODAY) == date(2038, 4, 11)


def test_more_than_forty_seats_want_two_escorts(book):
    assert [escorts_required(seats, book, TODAY) for seats in (36, 40, 41, 56)] == [1, 1, 2, 2]


def test_pupils_have_the_seats_that_are_left(row):
    assert student_seats(41, 2) == 38
    assert student_seats(41, 2, 1) == 37
    assert student_seats(2, 3) == 0
    assert bus_student_seats(row(rated_capacity=36, escort_seats=1)) == 34
    assert bus_student_seats(row(rated_capacity=36)) == 35
    assert bus_student_seats(row()) is None


def test_a_bus_has_seats_for_its_escorts(book, row):
    assert "不少于 2 个" in enough_escort_seats(row(rated_capacity=41, escort_seats=1), book=book, today=TODAY)
    assert enough_escort_seats(row(rated_capacity=36, escort_seats=1), book=book, today=TODAY) == ""
    assert enough_escort_seats(row(rated_capacity=41), book=book, today=TODAY) == ""
    assert enough_escort_seats(row(escort_seats=1), book=book, today=TODAY) == ""


def test_a_school_bus_has_seven_seats_at_least(book, row):
    assert a_bus_by_law(row(rated_capacity=7), book=book, today=TODAY)
    assert not a_bus_by_law(row(rated_capacity=6), book=book, today=TODAY)
    assert a_bus_by_law(row(), book=book, today=TODAY)
