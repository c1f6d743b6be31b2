"""One line of the disinfection ledger."""

from datetime import date, time

from school_logistics.rules.disinfecting import (
    aired_enough,
    checked_by_another,
    fits_its_span,
    long_enough,
    names_a_strength,
    strong_enough,
    suits_the_germ,
)
from school_logistics.rules.kinds import Span

TODAY = date(2026, 11, 22)
LINE = {
    "done_on": date(2026, 10, 8),
    "span": Span(time(14, 0), time(14, 40)),
    "place": "3号公寓101门把手、床栏、地面",
    "disinfectant": "84消毒液",
    "concentration": 500,
    "contact_minutes": 30,
    "ventilation_minutes": 30,
    "done_by": "李保洁",
    "checked_by": "宿管乙",
}


def test_a_line_in_order_has_nothing_against_it(book, row):
    line = row(**LINE)
    assert strong_enough(line, book=book, today=TODAY) == ""
    assert long_enough(line, book=book, today=TODAY) == ""
    assert aired_enough(line, book=book, today=TODAY) == ""
    assert fits_its_span(line) == ""
    assert names_a_strength(line)
    assert checked_by_another(line)
    assert suits_the_germ(line)


def test_a_blank_line_is_left_in_peace(book, row):
    line = row()
    assert strong_enough(line, book=book, today=TODAY) == ""
    assert long_enough(line, book=book, today=TODAY) == ""
    assert aired_enough(line, book=book, today=TODAY) == ""
    assert fits_its_span(line) == fits_its_span(row(span=LINE["span"])) == ""
    assert not names_a_strength(line)
    assert checked_by_another(line)
    assert checked_by_another(row(done_by="李保洁"))


def test_each_thing_wrong_is_told(book, row):
    wrong = LINE | {"concentration": 100, "contact_minutes": 20, "ventilation_minutes": 10, "checked_by": "李保洁"}
    line = row(**wrong)
    assert "偏低" in strong_enough(line, book=book, today=TODAY)
    assert "不少于 30 分钟" in long_enough(line, book=book, today=TODAY)
    assert "不少于 30 分钟" in aired_enough(line, book=book, today=TODAY)
    assert not checked_by_another(line)
    assert "只有 40 分钟" in fits_its_span(row(**LINE | {"contact_minutes": 60}))


def test_ultraviolet_light_has_no_strength_and_alcohol_does_not_stop_norovirus(row):
    assert names_a_strength(row(disinfectant="紫外线灯"))
    assert not suits_the_germ(row(disinfectant="75%酒精", place="诺如污染桌面"))
    assert suits_the_germ(row(disinfectant="75%酒精", place="桌面"))
