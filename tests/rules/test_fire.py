"""Extinguishers: the nine test vectors of the domain, and what surrounds them. Today is 2026-11-22."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_logistics.rules.calendar import Month
from school_logistics.rules.dates import MonthOrDay
from school_logistics.rules.due import days_left
from school_logistics.rules.fire import (
    Action,
    EquipmentKind,
    EquipmentStatus,
    ExtinguisherType,
    advice,
    check_windows,
    equipment_advice,
    equipment_kind,
    equipment_next_service,
    equipment_scrap,
    extinguisher_type,
    made_before_today,
    may_be_sent_together,
    not_used_past_its_life,
    serviced_after_made,
    serviced_before_today,
)

TODAY = date(2026, 11, 22)

NINE = [
    ("MSZ/3", "2023-09-15", None, "2026-09-15", "2029-09-15", Action.SERVICE, -68),
    ("MPZ/6", "2021-03-10", "2025-12-05", "2026-12-05", "2027-03-10", Action.REPLACE, 13),
    ("MFZ/ABC4", "2021-12-01", None, "2026-12-01", "2031-12-01", Action.SERVICE, 9),
    ("MFZ/ABC4", "2017-01-20", "2024-02-18", "2026-02-18", "2027-01-20", Action.REPLACE, -277),
    ("MFZ/ABC8", "2016-10-08", "2025-11-03", "2027-11-03", "2026-10-08", Action.SCRAP, -45),
    ("MJ6", "2022-06-30", None, "2027-06-30", "2032-06-30", Action.NONE, 220),
    ("MT3", "2015-05-12", "2026-06-01", "2028-06-01", "2027-05-12", Action.REPLACE, 171),
    ("MT5", "2014-11-30", "2025-01-09", "2027-01-09", "2026-11-30", Action.REPLACE, 8),
    ("MFZ/ABC4", "2024-02-29", None, "2029-02-28", "2034-02-28", Action.NONE, 829),
]


def on(text):
    return MonthOrDay.parse(text) if text else None


def of(model):
    kind = extinguisher_type(model)
    assert kind is not None
    return kind


@pytest.mark.parametrize(("model", "made", "serviced", "due", "scrap", "action", "days"), NINE)
def test_the_nine_vectors(book, *, model, made, serviced, due, scrap, action, days):
    verdict = advice(of(model), on(made), on(serviced), TODAY, book)
    assert (verdict.next_due, verdict.scrap) == (on(due), on(scrap))
    assert (verdict.action, verdict.days) == (action, days)
    assert verdict.clause


@pytest.mark.parametrize(
    ("model", "made", "serviced", "words"),
    [
        ("MSZ/3", "2023-09-15", None, "首次维修，应于2026年9月15日前送修（已逾期 68 天）"),
        ("MPZ/6", "2021-03-10", "2025-12-05", "但2027年3月10日报废（还有 108 天），建议直接换新"),
        ("MFZ/ABC4", "2017-01-20", "2024-02-18", "还有 59 天"),
        ("MFZ/ABC8", "2016-10-08", "2025-11-03", "维修不延长寿命"),
        ("MT5", "2014-11-30", "2025-01-09", "2026年11月30日报废（还有 8 天）时换新"),
    ],
)
def test_every_verdict_gives_its_reason(book, model, made, serviced, words):
    assert words in advice(of(model), on(made), on(serviced), TODAY, book).reason


def test_only_a_month_is_known_and_no_day_is_made_up(book):
    verdict = advice(ExtinguisherType.DRY_POWDER, MonthOrDay(2021, 11), None, TODAY, book)
    assert verdict.next_due == MonthOrDay(2026, 11)
    assert (verdict.action, verdict.days) == (Action.SERVICE, 0)
    assert "2026年11月前送修（就在今天）" in verdict.reason
    late = advice(ExtinguisherType.DRY_POWDER, MonthOrDay(2021, 10), None, TODAY, book)
    assert late.days == -22


def test_scrapping_by_month_waits_for_the_last_day_of_the_month(book):
    made = MonthOrDay(2016, 11)
    assert advice(ExtinguisherType.DRY_POWDER, made, None, date(2026, 11, 29), book).action is Action.REPLACE
    assert advice(ExtinguisherType.DRY_POWDER, made, None, date(2026, 11, 30), book).action is Action.SCRAP


def test_a_full_term_is_the_day_itself(book):
    made = MonthOrDay(2016, 11, 22)
    assert advice(ExtinguisherType.DRY_POWDER, made, None, TODAY, book).action is Action.SCRAP


def test_a_last_service_beyond_the_scrap_day_is_no_news_while_that_is_far_off(book):
    verdict = advice(ExtinguisherType.CARBON_DIOXIDE, MonthOrDay(2016, 1, 1), MonthOrDay(2026, 6, 1), TODAY, book)
    assert (verdict.action, verdict.days) == (Action.NONE, 405)


def test_a_banned_extinguisher_goes_at_once(book):
    verdict = advice(of("MY4"), MonthOrDay(2020, 1), None, TODAY, book)
    assert (verdict.action, verdict.next_due, verdict.scrap) == (Action.SCRAP, None, None)
    assert "淘汰" in verdict.reason


@given(st.sampled_from([one for one in ExtinguisherType if one is not ExtinguisherType.BANNED]),
       st.dates(date(2005, 1, 1), TODAY), st.one_of(st.none(), st.dates(date(2005, 1, 1), TODAY)))  # fmt: skip
def test_no_service_lengthens_a_life(book, kind, made, serviced):
    last = MonthOrDay.of(serviced) if serviced else None
    with_service = advice(kind, MonthOrDay.of(made), last, TODAY, book)
    without = advice(kind, MonthOrDay.of(made), None, TODAY, book)
    assert with_service.scrap == without.scrap
    assert (with_service.action is Action.SCRAP) is (without.action is Action.SCRAP)
    assert with_service.days == days_left(with_service.on, TODAY)


@pytest.mark.parametrize(
    ("model", "name", "kind"),
    [
        ("MSZ/3", "", ExtinguisherType.WATER_BASED),
        ("MSWZ/6", "", ExtinguisherType.WATER_BASED),
        ("mpz/6", "", ExtinguisherType.WATER_BASED),
        ("ＭＦＺ／ＡＢＣ４", "", ExtinguisherType.DRY_POWDER),
        ("MFZABC4", "", ExtinguisherType.DRY_POWDER),
        ("MFTZ/ABC35", "推车式灭火器", ExtinguisherType.DRY_POWDER),
        ("MTT20", "", ExtinguisherType.CARBON_DIOXIDE),
        ("MT7", "", ExtinguisherType.CARBON_DIOXIDE),
        ("MJ6", "", ExtinguisherType.CLEAN_AGENT),
        ("", "手提式二氧化碳灭火器", ExtinguisherType.CARBON_DIOXIDE),
        (None, "1211灭火器", ExtinguisherType.BANNED),
        ("4kg", "手提式干粉灭火器", ExtinguisherType.DRY_POWDER),
        ("4kg", "手提式灭火器", None),
        ("SN65", "室内消火栓", None),
        ("MFX9", "", None),
        (None, None, None),
    ],
)
def test_the_model_or_else_the_name_tells_the_type(model, name, kind):
    assert extinguisher_type(model, name) is kind


@pytest.mark.parametrize(
    ("name", "model", "kind"),
    [
        ("手提式灭火器", "", EquipmentKind.EXTINGUISHER),
        ("手提式", "MFZ/ABC4", EquipmentKind.EXTINGUISHER),
        ("室内消火栓", "SN65", EquipmentKind.HYDRANT),
        ("应急照明灯", None, EquipmentKind.EMERGENCY_LIGHT),
        ("安全出口标志灯", None, EquipmentKind.EXIT_SIGN),
        ("独立式感烟报警器", None, EquipmentKind.DETECTOR),
        ("灭火毯", None, EquipmentKind.OTHER),
        (None, None, EquipmentKind.OTHER),
    ],
)
def test_equipment_counts_as_its_kind(name, model, kind):
    assert equipment_kind(name, model) is kind


def test_the_register_works_out_its_dates(book, row):
    line = row(name="手提式灭火器", model="MSZ/3", made_on=on("2023-09-15"), status="在用")
    assert equipment_next_service(line, book=book, today=TODAY) == on("2026-09-15")
    assert equipment_scrap(line, book=book, today=TODAY) == on("2029-09-15")
    verdict = equipment_advice(line, book=book, today=TODAY)
    assert verdict is not None
    assert verdict.action is Action.SERVICE


def test_without_dates_or_without_an_extinguisher_there_is_nothing_to_work_out(book, row):
    for line in (row(name="室内消火栓", made_on=on("2019-08")), row(model="MFZ/ABC4")):
        assert equipment_next_service(line, book=book, today=TODAY) is None
        assert equipment_scrap(line, book=book, today=TODAY) is None
        assert equipment_advice(line, book=book, today=TODAY) is None
    only_serviced = row(model="MFZ/ABC4", serviced_on=on("2025-08"))
    assert equipment_next_service(only_serviced, book=book, today=TODAY) == on("2027-08")
    banned = row(model="MY4", made_on=on("2000-01"))
    assert equipment_next_service(banned, book=book, today=TODAY) is None
    assert equipment_scrap(banned, book=book, today=TODAY) is None


def test_what_is_scrapped_needs_no_advice(book, row):
    gone = row(model="MFZ/ABC8", made_on=on("2016-10-08"), status=EquipmentStatus.SCRAPPED)
    assert equipment_advice(gone, book=book, today=TODAY) is None


def test_an_extinguisher_past_its_life_may_not_count_as_in_use(book, row):
    line = {"model": "MFZ/ABC8", "made_on": on("2016-10-08")}
    assert "状态却是“在用”" in not_used_past_its_life(row(**line, status="在用"), book=book, today=TODAY)
    assert "状态却是“在用”" in not_used_past_its_life(row(**line), book=book, today=TODAY)
    assert not_used_past_its_life(row(**line, status="停用"), book=book, today=TODAY) == ""
    assert not_used_past_its_life(row(**line, status="报废"), book=book, today=TODAY) == ""


def test_dates_of_manufacture_and_service_follow_each_other(row):
    assert not made_before_today(row(made_on=on("2026-12")), today=TODAY)
    assert made_before_today(row(made_on=on("2026-11")), today=TODAY)
    assert made_before_today(row(), today=TODAY)
    assert not serviced_before_today(row(serviced_on=on("2026-11-23")), today=TODAY)
    assert serviced_before_today(row(), today=TODAY)
    assert not serviced_after_made(row(made_on=on("2022-08"), serviced_on=on("2022-07-31")))
    assert serviced_after_made(row(made_on=on("2022-08-15"), serviced_on=on("2022-08")))
    assert serviced_after_made(row(made_on=on("2022-08")))


def test_boiler_rooms_are_looked_at_every_half_month(book):
    november = Month(2026, 11)
    assert check_windows("锅炉房东墙", november, book) == (
        (date(2026, 11, 1), date(2026, 11, 15)),
        (date(2026, 11, 16), date(2026, 11, 30)),
    )
    assert check_windows("教学楼1层东", november, book) == ((november.first, november.last),)
    assert check_windows(None, november, book) == ((november.first, november.last),)


def test_no_more_than_a_quarter_goes_to_service_together(book):
    assert may_be_sent_together(21, 86, book, TODAY)
    assert not may_be_sent_together(22, 86, book, TODAY)
