"""Of whom a duty asks: rooms in use, extinguishers at their place, buses that go out, dishes made in the kitchen."""

from __future__ import annotations

from datetime import date

import pytest

from school_logistics.rules.dates import MonthOrDay
from school_logistics.rules.driving import carries_pupils
from school_logistics.rules.fire import looked_at_every_month, looks_a_month
from school_logistics.rules.rooms import lived_in
from school_logistics.rules.samples import sample_asked

DAY = date(2026, 10, 14)


@pytest.mark.parametrize(("closed_on", "asked"), [(None, True), (DAY, False), (date(2026, 10, 15), True)])
def test_a_room_is_disinfected_until_it_is_closed(row, closed_on, asked):
    assert lived_in(row(closed_on=closed_on), DAY) is asked


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ({"name": "手提式灭火器", "model": "MFZ/ABC4", "made_on": MonthOrDay(2025, 3), "status": "在用"}, True),
        ({"name": "手提式灭火器", "model": "MFZ/ABC4", "made_on": MonthOrDay(2025, 3)}, True),
        ({"name": "手提式灭火器", "model": "MFZ/ABC4", "status": "送修"}, False),
        ({"name": "手提式灭火器", "model": "MFZ/ABC4", "made_on": MonthOrDay(2026, 11)}, False),
        ({"name": "室内消火栓", "model": "SN65", "status": "在用"}, False),
    ],
)
def test_an_extinguisher_is_looked_at_while_it_hangs_at_its_place(row, told, asked):
    assert looked_at_every_month(row(**told), DAY) is asked


def test_boiler_rooms_and_cellars_want_two_looks_a_month_other_places_one(row, book):
    """GB 50444-2008, 5.2.1 and 5.2.2."""
    looks = [looks_a_month(row(place=place), DAY, book) for place in ("锅炉房", "地下室东", "图书馆", None)]
    assert looks == [2, 2, 1, 1]


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ({"status": "在用", "registered_on": date(2022, 7, 12), "inspection_until": DAY}, True),
        ({"status": "在用", "inspection_until": date(2026, 10, 13)}, False),
        ({"status": "停运"}, False),
        ({"registered_on": date(2026, 10, 15)}, False),
        ({}, True),
    ],
)
def test_a_bus_is_checked_on_days_on_which_it_may_go_out(row, told, asked):
    assert carries_pupils(row(**told), DAY) is asked


def test_boxed_milk_and_whole_fruit_want_no_sample(row, book):
    asked = [sample_asked(row(course=course), DAY, book) for course in ("大荤", "汤", None, "奶制品", "水果")]
    assert asked == [True, True, True, False, False]
