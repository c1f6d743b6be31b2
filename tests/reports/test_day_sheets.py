"""Blank paper to carry along: the day-sheet of a duty and the labels of a day's samples."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest

from school_logistics.models.dormitory import Disinfection
from school_logistics.reports.blocks import Grid, Label, Labels
from school_logistics.reports.day_sheets import BlankSheet, SheetLine, day_sheet
from school_logistics.reports.labels import SampleLabel, sample_labels
from tests.reports.paper_reader import SCHOOL, paper, printed

pytestmark = pytest.mark.usefixtures("qapp")

DAY = date(2026, 10, 14)


def sheet(rooms: int = 3, *, items: tuple[str, ...] = ()) -> BlankSheet:
    ledger = Disinfection.ledger
    return BlankSheet(
        ledger,
        "消毒记录（现场登记单）",
        SCHOOL,
        "2026年10月14日 星期三",
        (ledger.field("room"),),
        [SheetLine((f"3号公寓{101 + at}",)) for at in range(rooms)],
        tuple(ledger.field(key) for key in ("span", "concentration", "done_by")),
        items,
    )


def test_a_line_is_printed_with_what_is_known_and_every_reading_is_left_to_be_written():
    grid = next(block for block in day_sheet(sheet()).blocks if isinstance(block, Grid))

    assert [column.heading for column in grid.columns] == ["序号", "房间", "起止时间", "浓度（mg/L）", "消毒人"]
    assert [row[:2] for row in grid.rows] == [("1", "3号公寓101"), ("2", "3号公寓102"), ("3", "3号公寓103")]
    assert {text for row in grid.rows for text in row[2:]} == {""}


def test_the_items_of_a_checklist_have_a_column_each_and_the_paper_lies_when_they_are_many():
    many = day_sheet(sheet(items=tuple(f"第{number}项" for number in range(14))))

    assert many.orientation == "landscape"
    assert "打√" in printed(many).text
    assert day_sheet(sheet()).orientation == "portrait"


def test_a_long_round_runs_over_pages_with_its_heading_on_each():
    pages = printed(day_sheet(sheet(60))).pages

    assert len(pages) > 1
    assert all("房间" in page and "2026年10月14日" in page for page in pages)


def test_a_label_of_a_planned_dish_leaves_time_and_name_to_be_written_and_knows_the_day_it_is_kept_until():
    text = printed(sample_labels([SampleLabel(DAY, "午餐", "红烧肉", 2, 125)], SCHOOL, DAY)).text

    for words in ("红烧肉", "2026-10-14午餐", "时分", "g（不少于125g）", "10月16日"):
        assert words in text


def test_a_label_of_a_sample_that_was_taken_says_what_the_register_says():
    """V-43: 标签与登记一致（同一条数据打印）."""
    taken, until = datetime(2026, 10, 14, 11, 20), datetime(2026, 10, 16, 11, 20)
    known = SampleLabel(DAY, "午餐", "红烧肉", 2, 125, 130, taken, "邓小红", until)

    text = printed(sample_labels([known], SCHOOL, DAY)).text

    for words in ("11:20", "130g", "邓小红", "2026-10-1611:20"):
        assert words in text


def test_ten_labels_stand_on_a_page_and_the_eleventh_on_the_next():
    label = Label("红烧肉", (("留样人", ""),))
    assert len(printed(paper(Labels((label,) * 10))).pages) == 1
    assert len(printed(paper(Labels((label,) * 11))).pages) == 2


def test_a_very_long_dish_is_printed_whole():
    dish = "精品黄焖鸡米饭配时令蔬菜小份儿童营养套餐加量不加价版本"
    text = printed(sample_labels([SampleLabel(DAY, "午餐", dish, 2, 125)], SCHOOL, DAY)).text
    assert dish in re.sub(r"\s", "", text)
