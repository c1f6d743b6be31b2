"""Hazards from found to closed."""

from datetime import date

import pytest

from school_logistics.rules.hazards import (
    HazardState,
    closed_after_passing,
    days_in_order,
    due_by,
    hazard_state,
    is_overdue,
    verified_by_another,
    was_late,
    within_the_limit,
)

TODAY = date(2026, 11, 22)


def test_a_hazard_is_given_days_by_its_gravity(book):
    assert due_by(TODAY, "一般", book) == date(2026, 12, 7)
    assert due_by(TODAY, None, book) == date(2026, 12, 7)
    assert due_by(TODAY, "重大", book) == date(2027, 2, 20)


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({}, HazardState.FOUND),
        ({"corrective_action": "更换"}, HazardState.RECTIFYING),
        ({"fixed_on": TODAY}, HazardState.FIXED),
        ({"fixed_on": TODAY, "verification": "合格"}, HazardState.FIXED),
        ({"fixed_on": TODAY, "verification": "不合格"}, HazardState.RECTIFYING),
        ({"fixed_on": TODAY, "verification": "合格", "closed_on": TODAY}, HazardState.CLOSED),
    ],
)
def test_the_state_follows_from_what_is_written(row, told, state):
    assert hazard_state(row(**told)) is state


def test_a_hazard_is_overdue_until_it_is_put_right(row):
    due = date(2026, 11, 21)
    assert is_overdue(row(due_on=due), TODAY)
    assert not is_overdue(row(due_on=TODAY), TODAY)
    assert not is_overdue(row(due_on=due, fixed_on=TODAY), TODAY)
    assert not is_overdue(row(due_on=due, closed_on=TODAY), TODAY)
    assert not is_overdue(row(), TODAY)
    assert was_late(row(due_on=due, fixed_on=TODAY))
    assert not was_late(row(due_on=TODAY, fixed_on=TODAY))
    assert not was_late(row(due_on=due))
    assert not was_late(row())


def test_nobody_is_given_longer_than_ninety_days(book, row):
    assert within_the_limit(row(found_on=TODAY, due_on=date(2027, 2, 20)), book=book) == ""
    assert "2027-02-20" in within_the_limit(row(found_on=TODAY, due_on=date(2027, 2, 21)), book=book)
    assert within_the_limit(row(found_on=TODAY), book=book) == within_the_limit(row(due_on=TODAY), book=book) == ""


def test_days_follow_each_other(row):
    assert days_in_order(row(found_on=TODAY, fixed_on=TODAY, closed_on=TODAY)) == ""
    told = days_in_order(row(found_on=TODAY, fixed_on=date(2026, 11, 21)))
    assert told == "整改完成日期 2026-11-21 早于发现日期 2026-11-22"
    assert "销号日期" in days_in_order(row(found_on=TODAY, closed_on=date(2026, 11, 1)))


def test_who_put_it_right_does_not_check_it(row):
    assert not verified_by_another(row(owner=1, verified_by=1))
    assert verified_by_another(row(owner=1, verified_by=2))
    assert verified_by_another(row(owner=1))
    assert verified_by_another(row())


def test_only_what_passed_is_closed(row):
    assert closed_after_passing(row(fixed_on=TODAY, verification="合格", closed_on=TODAY))
    assert not closed_after_passing(row(fixed_on=TODAY, closed_on=TODAY))
    assert not closed_after_passing(row(verification="合格", closed_on=TODAY))
    assert closed_after_passing(row())
