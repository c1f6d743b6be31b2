"""Concentrations are read, reckoned and judged."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_logistics.errors import Unreadable
from school_logistics.rules.disinfection import (
    Disinfectant,
    Target,
    allowed_range,
    concentration_fault,
    disinfectant_of,
    minutes,
    minutes_needed,
    overlap,
    ratio,
    read_concentration,
    show_concentration,
    stock_millilitres,
    strength_of,
    tablets,
    targets_of,
    tidy_concentration,
    tidy_disinfectant,
)
from school_logistics.rules.kinds import Span

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "strength"),
    [
        ("500mg/L", 500),
        ("500 毫克/升", 500),
        ("1，000ppm", 1000),
        (500, 500),
        (Decimal("250.4"), 250),
        ("1:99", 500),
        ("1：99", 500),
        ("1比199", 250),
        ("1:100", 495),
        ("0.05%", 500),
        ("75%", 750000),
        ("", None),
        ("/", None),
        (None, None),
    ],
)
def test_a_concentration_is_read_as_written(typed, strength):
    assert read_concentration(typed) == strength


def test_the_strength_of_the_stock_counts_in_a_ratio():
    assert read_concentration("1:99", Decimal("6.5")) == 650


@pytest.mark.parametrize("typed", ["适量", "少许", "0", "250-500mg/L", "99:1", "0:99", "1200000", "500斤"])
def test_what_is_no_concentration_is_refused_in_a_sentence(typed):
    with pytest.raises(Unreadable, match="「"):
        read_concentration(typed)


@pytest.mark.parametrize(("target", "written"), [(250, "1:199"), (500, "1:99"), (1000, "1:49"), (5000, "1:9")])
def test_the_table_of_ratios_for_five_per_cent_stock(target, written):
    assert ratio(target) == written
    assert read_concentration(written) == target


@given(st.integers(50, 10000), st.integers(1, 100), st.integers(3, 10))
def test_stock_and_strength_reckon_back(target, litres, percent):
    stock = stock_millilitres(target, litres, percent)
    assert abs(strength_of(stock, litres, percent) - target) <= Decimal(percent * 10) / litres / 2 + 1


def test_doses_are_those_of_the_guides():
    assert stock_millilitres(500, 10) == 100
    assert tablets(500, 1, 250) == 2
    assert tablets(500, 10, 500) == 10
    assert tablets(501, 1, 250) == 3


def test_a_concentration_is_shown_in_its_usual_unit():
    assert show_concentration(500) == "500 mg/L"
    assert show_concentration(Decimal(500)) == "500 mg/L"
    assert show_concentration(750000) == "75%"
    assert show_concentration(None) == ""


def test_a_field_keeps_plain_digits():
    assert tidy_concentration("1:99") == "500"
    assert tidy_concentration("/") == ""
    with pytest.raises(Unreadable):
        tidy_concentration("适量")


@given(st.integers(1, 1_000_000))
def test_what_is_shown_reads_back(strength):
    assert read_concentration(show_concentration(strength)) == strength


@pytest.mark.parametrize(
    ("typed", "agent"),
    [
        ("84消毒液", Disinfectant.BLEACH),
        ("８４", Disinfectant.BLEACH),
        ("含氯泡腾片", Disinfectant.TABLETS),
        ("含氯消毒剂", Disinfectant.BLEACH),
        ("75%医用酒精", Disinfectant.ALCOHOL),
        ("二氧化氯消毒液", Disinfectant.CHLORINE_DIOXIDE),
        ("碘伏", None),
        (None, None),
    ],
)
def test_an_agent_is_known_by_its_name(typed, agent):
    assert disinfectant_of(typed) == agent


def test_an_unknown_agent_stays_as_typed():
    assert tidy_disinfectant("84") == "84消毒液"
    assert tidy_disinfectant("碘伏") == "碘伏"


def test_places_name_their_targets():
    assert set(targets_of("3号公寓101门把手、床栏、地面")) == {Target.SURFACE, Target.FLOOR}
    assert targets_of("二楼厕所便池") == (Target.TOILET,)
    assert targets_of(None) == ()


@pytest.mark.parametrize(
    ("agent", "place", "strength", "words"),
    [
        ("84消毒液", "门把手、床栏、地面", 500, ""),
        ("84消毒液", "门把手、床栏、地面", 250, ""),
        ("84消毒液", "门把手", 200, "偏低，物体表面应为 250～500 mg/L"),
        ("84消毒液", "门把手", 1000, "偏高"),
        ("84消毒液", "厕所", 250, "偏低，厕所应为 500 mg/L"),
        ("84消毒液", "厕所", 495, ""),
        ("84消毒液", "地面、厕所", 250, "偏低"),
        ("84消毒液", "呕吐物", 5000, ""),
        ("84消毒液", "呕吐物", 1000, "5000～10000 mg/L"),
        ("84消毒液", "", 500, ""),
        ("75%酒精", "开关", 750000, ""),
        ("75%酒精", "开关", 500000, "70%～80%"),
        ("过氧乙酸", "空气", 3000, ""),
        ("次氯酸水", "门把手", 50, ""),
        ("84消毒液", "空气", 50, ""),
        ("84消毒液", "门把手", None, ""),
        (None, "门把手", 10, ""),
    ],
)
def test_a_strength_is_judged_by_agent_and_place(book, *, agent, place, strength, words):
    told = concentration_fault(agent, place, strength, book, TODAY)
    assert words in told
    assert bool(told) is bool(words)


def test_a_range_knows_its_clause(book):
    allowed = allowed_range("84消毒液", Target.VOMIT, book, TODAY)
    assert allowed is not None
    assert str(allowed) == "5000～10000 mg/L"
    assert "诺如" in allowed.clause
    assert allowed_range(None, Target.VOMIT, book, TODAY) is None


@pytest.mark.parametrize(("agent", "needed"), [("84消毒液", 30), ("75%酒精", 3), ("紫外线灯", 30), (None, 30)])
def test_each_agent_needs_its_time(book, agent, needed):
    """V-52: ultraviolet for at least 30 minutes, as chlorine; alcohol for 3."""
    assert minutes_needed(agent, book, TODAY) == needed


def test_spans_of_a_day_are_measured_and_compared():
    early, late = Span(time(14, 0), time(14, 40)), Span(time(14, 40), time(15, 10))
    assert minutes(early) == 40
    assert minutes(late) == 30
    assert not overlap(early, late)
    assert overlap(early, Span(time(14, 39), time(15, 0)))
    assert overlap(early, early)
