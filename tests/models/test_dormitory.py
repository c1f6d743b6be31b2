"""The dormitory ledgers: rooms by name, disinfection with a strength that can be checked, turns by two people."""

from __future__ import annotations

import pytest

from school_logistics.errors import Unacceptable, Unreadable
from school_logistics.models.checks import Level
from tests.office import write

ROOM = {"area": "24", "beds": "8", "occupants": "6", "alarm_no": "YG-3G-101", "warden": "宿管乙"}
DONE = {
    "done_on": "2026-10-08", "span": "14:00-14:40", "room": "3号公寓101", "place": "门把手、床栏、地面",
    "method": "擦拭、拖拭", "agent": "84消毒液", "concentration": "1:99", "contact_minutes": "30",
    "ventilation_minutes": "30", "done_by": "李保洁", "checked_by": "宿管乙",
}  # fmt: skip


@pytest.fixture
def building(desk):
    write(desk, "staff", name="宿管乙", post="宿管")
    write(desk, "staff", name="李保洁", post="保洁员")
    return write(desk, "room", name="３号公寓 101室", **ROOM)


def test_a_room_is_known_by_building_and_number_whatever_way_it_was_typed(desk, shown, building):
    row = shown("room", building)

    assert (row["name"], row["building"], row["floor"], row["area_each"]) == ("3号公寓101", "3号公寓", "1", "4.00")
    with pytest.raises(Unacceptable, match="已经登记过"):
        write(desk, "room", name="3号公寓-101", **ROOM)


@pytest.mark.parametrize(
    ("field", "typed", "level", "words"),
    [
        ("occupants", "9", Level.GAP, "多于床位"),
        ("area", "15", Level.WARNING, "2.50 ㎡"),
        ("alarm_no", "", Level.GAP, "没有填"),
        ("warden", "", Level.GAP, "没有填"),
    ],
)
def test_what_a_room_lacks_is_said_at_its_field(against, building, *, field, typed, level, words):
    said = against("room", **{"name": "3号公寓102", **ROOM, field: typed})

    assert said[field][0] is level
    assert words in said[field][1]


def test_a_ratio_is_kept_as_the_strength_it_makes(desk, shown, building):
    row = shown("disinfection", write(desk, "disinfection", **DONE))

    assert (row["concentration"], row["disinfectant"], row["room"]) == ("500", "84消毒液", "3号公寓101")


def test_a_good_disinfection_is_not_objected_to(against, building):
    assert against("disinfection", **DONE) == {}


def test_a_strength_in_words_is_refused(desk):
    with pytest.raises(Unreadable, match="适量"):
        desk.read(desk.ledger("disinfection"), "concentration", "适量")


@pytest.mark.parametrize(
    ("changes", "field", "level", "words"),
    [
        ({"concentration": "100"}, "concentration", Level.WARNING, "偏低"),
        ({"concentration": ""}, "concentration", Level.GAP, "没有填"),
        ({"contact_minutes": "10"}, "contact_minutes", Level.WARNING, "不少于 30"),
        ({"contact_minutes": "50"}, "contact_minutes", Level.WARNING, "起止时间只有"),
        ({"ventilation_minutes": "10"}, "ventilation_minutes", Level.WARNING, "不少于 30"),
        ({"checked_by": "李保洁"}, "checked_by", Level.WARNING, "不能就是"),
        ({"agent": "75%酒精", "place": "诺如污染的桌面", "concentration": "75%"}, "agent", Level.REFUSED, "无效"),
        ({"done_on": "2026-11-23"}, "done_on", Level.REFUSED, "晚于今天"),
        ({"span": ""}, "span", Level.GAP, "没有填"),
    ],
)
def test_what_does_not_fit_a_disinfection_is_said_at_its_field(against, building, *, changes, field, level, words):
    said = against("disinfection", **{**DONE, **changes})

    assert said[field][0] is level
    assert words in said[field][1]


def test_ultraviolet_light_needs_no_strength(against, building):
    said = against("disinfection", **{**DONE, "agent": "紫外线灯", "concentration": "", "place": "空气"})

    assert said == {}


def test_a_public_place_needs_no_room(against, building):
    assert against("disinfection", **{**DONE, "room": "", "place": "一楼楼道、盥洗室"}) == {}


def test_a_turn_knows_its_weekday_and_wants_a_second_person(desk, shown, against, building):
    turn = {"duty_on": "2026-10-10", "area": "3号公寓2层", "operator": "李保洁", "supervisor": "宿管乙"}

    assert shown("disinfection_roster", write(desk, "disinfection_roster", **turn))["weekday"] == "星期六"
    said = against("disinfection_roster", **{**turn, "supervisor": "李保洁"})
    assert said["supervisor"][0] is Level.REFUSED
