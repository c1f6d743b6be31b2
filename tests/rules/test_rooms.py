"""Rooms: one spelling, and a cell that names a room and what was disinfected there."""

from decimal import Decimal

import pytest

from school_logistics.rules.rooms import area_per_person, building_of, floor_of, split_place, tidy_room


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("3号公寓101", "3号公寓101"),
        (" 3号公寓 101 室", "3号公寓101"),
        ("３号公寓１０１", "3号公寓101"),
        ("3号公寓-101", "3号公寓101"),
        ("午休室101", "午休室101"),
        ("A栋1201寝室", "A栋1201"),
        ("女生宿舍", "女生宿舍"),
        ("101", "101"),
    ],
)
def test_a_room_has_one_spelling(typed, name):
    assert tidy_room(typed) == name
    assert tidy_room(name) == name


@pytest.mark.parametrize(
    ("name", "building", "floor"),
    [
        ("3号公寓101", "3号公寓", 1),
        ("A栋1201", "A栋", 12),
        ("101", None, 1),
        ("女生宿舍", None, None),
        (None, None, None),
    ],
)
def test_building_and_floor_are_read_from_the_name(row, name, building, floor):
    assert (building_of(row(name=name)), floor_of(row(name=name))) == (building, floor)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("3号公寓101门把手、床栏、地面", {"room": "3号公寓101", "place": "门把手、床栏、地面"}),
        ("3号公寓101室：门把手", {"room": "3号公寓101", "place": "门把手"}),
        ("3号公寓 101 门把手", {"room": "3号公寓101", "place": "门把手"}),
        ("3号公寓101", {"room": "3号公寓101", "place": "3号公寓101"}),
        ("一楼楼道、盥洗室", {"place": "一楼楼道、盥洗室"}),
        ("2号公寓3楼厕所", {"place": "2号公寓3楼厕所"}),
    ],
)
def test_a_cell_is_parted_into_room_and_place(typed, parts):
    assert split_place(typed) == parts


def test_an_empty_room_has_no_area_for_each(row):
    assert area_per_person(row(area=Decimal(24), occupants=0)) is None
