"""Blank paper of a day: what stands printed on it, what is left to be written, and the labels of the day's samples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

import pytest

from school_logistics.errors import OfficeError
from school_logistics.services.blank_sheets import LABELS, BlankSheets
from school_logistics.services.desk import Desk
from tests.office import new_desk, write
from tests.reports.paper_reader import Printed

pytestmark = pytest.mark.usefixtures("qapp")

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """Two rooms, two extinguishers, and the menu of a Friday of which one dish has its sample."""
    desk = new_desk(clock=lambda: datetime(2026, 11, 20, 9))
    write(desk, "school", name="明德路小学", school_code="3703900001", stage="小学", principal="周校", clerk="赵甲子")
    write(desk, "staff", name="邓小红", post="留样员", health_no="JK1", health_until="2027-06-30")
    for name in ("3号公寓101", "3号公寓102"):
        room = {"kind": "宿舍", "area": "30", "beds": "8", "occupants": "6", "alarm_no": "YG-1", "warden": "邓小红"}
        write(desk, "room", name=name, **room)
    for number, place in (("MHQ-001", "锅炉房"), ("MHQ-002", "图书馆")):
        write(
            desk, "fire_equipment", equipment_no=number, name="手提式灭火器", model="MFZ/ABC4", place=place,
            made_on="2025-03", keeper="邓小红",
        )  # fmt: skip
    for dish, course in (("红烧肉", "大荤"), ("清炒菠菜", "素菜"), ("苹果", "水果")):
        write(desk, "menu_dish", served_on="2026-11-20", meal="午餐", course=course, dish=dish)
    write(
        desk, "retained_sample", taken_at="2026-11-20 8:50", meal="午餐", dish="红烧肉", grams="130", sampler="邓小红",
        fridge_celsius="3.0",
    )  # fmt: skip
    yield desk
    desk.store.close()


def text(desk: Desk, key: str, day: date = FRIDAY) -> str:
    return Printed(BlankSheets(desk).draw(key, day).data).text


def test_the_sheet_of_a_week_lists_every_room_in_the_order_of_the_file(desk):
    told = text(desk, "disinfection")
    assert told.index("3号公寓101") < told.index("3号公寓102")
    assert "2026年11月16日～11月22日" in told


def test_the_round_of_the_extinguishers_says_where_each_hangs_and_has_a_column_for_every_item(desk):
    told = text(desk, "extinguisher_check")
    for words in ("MHQ-001", "锅炉房", "MHQ-002", "图书馆", "MFZ/ABC4", "压力", "喷管"):
        assert words in told
    assert len(re.findall("MHQ-001", told)) == 2, "every half month"


def test_the_sheet_of_the_samples_lists_the_dishes_that_still_want_one(desk):
    told = text(desk, "retained_sample")
    assert "清炒菠菜" in told
    assert "红烧肉" not in told
    assert "苹果" not in told, "whole fruit is not kept"


def test_the_labels_are_those_of_the_menu_and_what_is_known_stands_on_them(desk):
    told = text(desk, LABELS)
    assert told.index("红烧肉") < told.index("清炒菠菜")
    assert ("08:50" in told, "130g" in told, "2026-11-2208:50" in told, "11月22日时分" in told) == (True,) * 4


def test_a_day_without_a_menu_has_no_labels_and_says_what_to_do(desk):
    with pytest.raises(OfficeError, match="先在“每日食谱”里排好"):
        text(desk, LABELS, SATURDAY)


def test_a_closed_day_has_no_sheet_and_says_why(desk):
    with pytest.raises(OfficeError, match="是周末，不用登记晨检记录"):
        text(desk, "morning_check", SATURDAY)


def test_a_sheet_that_is_none_is_refused_naming_those_there_are(desk):
    with pytest.raises(OfficeError, match=r"没有叫「nix」的空白单；有：.*labels"):
        text(desk, "nix")


def test_every_choice_can_be_printed_and_names_its_file(desk):
    sheets = BlankSheets(desk)
    assert sheets.file_name("disinfection", FRIDAY) == "现场登记单_消毒记录_2026-11-20.pdf"
    assert sheets.file_name(LABELS, FRIDAY) == "留样标签_2026-11-20.pdf"
    for one in sheets.choices():
        assert sheets.draw(one.key, FRIDAY).pages
