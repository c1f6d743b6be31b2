"""What the files of drivers and buses say beyond their ledgers' own tests: blanks, and who has left."""

from datetime import date

import pytest

from school_logistics.rules.driving import (
    driver_was_licensed,
    grows_too_old,
    has_a_badge,
    leaves_the_road,
    licence_still_good,
    next_review,
    size_of_bus,
    usual_medical_until,
    why_too_old,
)

TODAY = date(2026, 11, 22)


def test_blanks_are_not_objected_to(book, row):
    blank = row()

    assert grows_too_old(blank, book=book, today=TODAY) is None
    assert why_too_old(blank, book=book, today=TODAY) == ""
    assert next_review(blank, book=book, today=TODAY) is None
    assert usual_medical_until(blank, book=book) is None
    assert size_of_bus(blank) is None
    assert driver_was_licensed(blank, driver=None) == ""


def test_who_has_left_needs_no_licence(row):
    assert licence_still_good(row(left_on=date(2026, 10, 31), licence_until=date(2026, 10, 1)), today=TODAY) == ""


@pytest.mark.parametrize(("status", "wanted"), [("在用", False), ("停运", True), ("退出", True)])
def test_only_a_bus_in_use_wants_a_badge(row, status, wanted):
    assert has_a_badge(row(status=status)) is wanted


def test_a_bus_that_is_gone_leaves_no_road_any_more(book, row):
    gone = row(status="退出", registered_on=date(2012, 1, 1), bus_type="小学生专用校车")

    assert leaves_the_road(gone, book=book, today=TODAY) is None
