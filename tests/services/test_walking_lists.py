"""Blank checklists to carry along: the lists a day still asks for, a page each, as the day's items are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from school_logistics.errors import OfficeError
from school_logistics.services.blank_sheets import BlankSheets
from school_logistics.services.checking import check_lines
from school_logistics.services.desk import Desk
from tests.office import new_desk, write
from tests.reports.paper_reader import Printed

FRIDAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    desk = new_desk()
    write(desk, "staff", name="宋建军", post="水电工")
    yield desk
    desk.store.close()


def key_of(sheets: BlankSheets, words: str) -> str:
    return next(one.key for one in sheets.choices() if words in one.title)


def test_a_day_s_lists_are_printed_with_their_items_until_they_are_gone_through(desk: Desk):
    sheets = BlankSheets(desk)
    key = key_of(sheets, "清洁消毒")
    areas = Printed(sheets.draw(key, FRIDAY).data)
    assert len(areas.pages) == 10
    assert "清洁消毒·粗加工间（现场检查单）" in areas.text
    assert "水沟网罩" in areas.text

    write(desk, "inspection", checked_on=FRIDAY, checklist="清洁消毒·粗加工间", answers="全部正常", inspector="宋建军")

    assert "粗加工间" not in Printed(sheets.draw(key, FRIDAY).data).text


def test_a_scored_list_has_room_for_the_points_it_costs(desk: Desk):
    sheets = BlankSheets(desk)
    text = Printed(sheets.draw(key_of(sheets, "月度检查评分"), FRIDAY).data).text
    assert "扣分" in text
    assert "否决" in text
    assert "留样数量" in text


def test_nothing_is_carried_along_on_a_day_without_meals(desk: Desk):
    sheets = BlankSheets(desk)
    with pytest.raises(OfficeError, match="没有打空白单"):
        sheets.draw(key_of(sheets, "卫生间"), date(2026, 10, 1))


def test_a_screen_is_told_the_items_of_the_list_chosen_and_what_their_marks_are_called(desk: Desk):
    inspections = desk.ledger("inspection")
    answers = inspections.field("answers")
    chosen = desk.read(inspections, "checklist", "食堂月度检查评分")
    told = check_lines(desk, inspections, answers, {"checked_on": FRIDAY, "checklist": chosen})
    assert told.words["×"] == "扣分"
    assert [line.label for line in told.lines if line.veto] == ["禁用原料", "无证上岗", "过期原料在用", "食源性疾病"]
    assert check_lines(desk, inspections, answers, {"checked_on": FRIDAY}).lines == ()
    assert check_lines(desk, inspections, inspections.field("place"), {}).lines == ()
