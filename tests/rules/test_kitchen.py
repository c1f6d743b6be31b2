"""The kitchen: tableware hot, strong and long enough, cold rooms cold, dishes cooked through and eaten in time."""

from datetime import date, time
from decimal import Decimal

import pytest

from school_logistics.rules import cooking, tableware
from school_logistics.rules.cold import (
    controlled_at,
    hazard_of_reading,
    in_use,
    out_of_range,
    shift_fits,
    shown_limits,
    usual_shift,
)
from school_logistics.rules.recording import another, not_ahead

DAY = date(2026, 10, 13)


def told(hazard: dict[str, object] | None, key: str = "description") -> str:
    """What a hazard says."""
    assert hazard is not None
    return str(hazard[key])


@pytest.fixture
def washed(row):
    def make(method: str, **told: object) -> object:
        numbers = {key: Decimal(str(told.pop(key))) for key in ("celsius", "minutes") if key in told}
        return row(**{"done_on": DAY, "meal": "午餐", "method": method, "machine": "正常", **numbers, **told})

    return make


@pytest.mark.parametrize(
    ("method", "celsius", "minutes", "enough"),
    [
        ("蒸汽", 100, 10, True),
        ("蒸汽", 99, 10, False),
        ("煮沸", 100, "9.5", False),
        ("红外消毒柜", 120, 10, True),
        ("红外消毒柜", "119.5", 10, False),
        ("红外消毒柜", 120, 9, False),
        ("洗碗机", 85, "0.67", True),
        ("洗碗机", 84, "0.67", False),
        ("洗碗机", 85, "0.65", False),
    ],
)
def test_heat_disinfects_when_hot_and_long_enough(book, washed, *, method, celsius, minutes, enough):
    """V-52: steam and boiling 100 ℃ 10 min, infrared 120 ℃ 10 min, dishwasher 85 ℃ 40 s."""
    found = list(tableware.faults(washed(method, celsius=celsius, minutes=minutes), book))
    assert (not found) is enough


def test_chemicals_disinfect_when_strong_and_long_enough_and_all_is_soaked(book, washed):
    """V-52: 250 mg/L of chlorine, 5 minutes, soaked and rinsed."""
    assert list(tableware.faults(washed("化学", strength=250, minutes=5, soaked=True), book)) == []
    (weak,) = tableware.faults(washed("化学", strength=249, minutes=5, soaked=True), book)
    assert (weak.field, "250 mg/L" in weak.sentence) == ("strength", True)
    (short,) = tableware.faults(washed("化学", strength=250, minutes=4), book)
    assert short.sentence == "浸泡 4 分钟，应不少于 5 分钟"
    (dry,) = tableware.faults(washed("化学", strength=300, minutes=10, soaked=False), book)
    assert dry.field == "soaked"


def test_what_a_method_is_measured_by_is_written_down(washed):
    assert "温度" in tableware.measured(washed("蒸汽"))
    assert "浓度" in tableware.measured(washed("化学"))
    assert tableware.measured(washed("化学", strength=250)) == tableware.measured(washed("蒸汽", celsius=100)) == ""
    assert tableware.agent_named(washed("蒸汽"), None)
    assert not tableware.agent_named(washed("化学"), None)


def test_tableware_that_fell_short_or_a_broken_machine_is_a_hazard(book, washed):
    assert tableware.hazard_of_tableware(washed("蒸汽", celsius=100, minutes=12), book=book) is None
    cool = tableware.hazard_of_tableware(washed("洗碗机", celsius=84, minutes=1), book=book)
    assert told(cool) == "午餐餐饮具消毒：洗碗机消毒温度 84 ℃，应不低于 85 ℃"
    broken = tableware.hazard_of_tableware(washed("蒸汽", machine="异常", problem="门封漏汽"), book=book)
    assert told(broken).endswith("门封漏汽")
    assert list(tableware.faults(washed("蒸汽", done_on=None), book)) == []


@pytest.mark.parametrize(
    ("kind", "celsius", "well"),
    [
        ("冷藏", 0, True), ("冷藏", 8, True), ("冷藏", "8.1", False), ("冷藏", "-0.1", False),
        ("冷冻", -12, True), ("冷冻", -25, True), ("冷冻", "-11.9", False),
        ("留样", 8, True), ("留样", "8.5", False),
    ],
)  # fmt: skip
def test_a_unit_is_as_cold_as_its_kind_must_be(book, row, kind, celsius, well):
    """V-53: chilled and samples 0 to 8 ℃, frozen at most −12 ℃; what lies outside must be dealt with."""
    unit = row(name="1号柜", place="切配间", kind=kind, keeper=3)
    reading = row(read_on=DAY, celsius=Decimal(str(celsius)))
    assert (out_of_range(reading, book=book, unit=unit) == "") is well
    assert (hazard_of_reading(reading, book=book, unit=unit) is None) is well


def test_what_a_unit_keeps_is_told_with_its_limits(book, row):
    assert shown_limits("冷冻", DAY, book) == "≤ −12 ℃"
    assert controlled_at(row(kind="冷藏"), book=book, today=DAY) == "0～8 ℃"
    assert controlled_at(row(), book=book, today=DAY) is None
    frozen = row(name="3号冷冻柜", place="副食库", kind="冷冻", keeper=3)
    hazard = hazard_of_reading(row(read_on=DAY, celsius=Decimal("-9.5"), problem="压缩机坏"), book=book, unit=frozen)
    assert (told(hazard, "place"), told(hazard, "owner")) == ("副食库 3号冷冻柜", "3")
    assert told(hazard) == "冷冻温度 −9.5 ℃，应在 ≤ −12 ℃；压缩机坏"
    assert out_of_range(row(), book=book, unit=None) == ""


def test_the_half_of_the_day_follows_from_the_time(row):
    """V-53: two readings a day, one in each half."""
    assert usual_shift(row(read_at=time(11, 59))) == "上午"
    assert usual_shift(row(read_at=time(12))) == "下午"
    assert usual_shift(row()) is None
    assert shift_fits(row(read_at=time(8), shift="上午"))
    assert not shift_fits(row(read_at=time(8), shift="下午"))


def test_a_unit_put_out_of_use_is_not_read_any_more(row):
    assert in_use(row(), DAY)
    assert not in_use(row(retired_on=date(2026, 10, 12)), DAY)


@pytest.fixture
def cooked(row):
    return lambda **told: row(**{"cooked_on": DAY, "cooked_at": time(10), "served_at": time(11, 30), **told})


def test_a_dish_is_cooked_to_70_degrees_at_its_core(book, cooked):
    """V-58: at least 70 ℃ at the core."""
    assert list(cooking.faults(cooked(core_celsius=Decimal(70)), book)) == []
    (raw,) = cooking.faults(cooked(core_celsius=Decimal("69.5")), book)
    assert (raw.field, "70 ℃" in raw.sentence) == ("core_celsius", True)


def test_a_dish_is_eaten_within_two_hours_or_kept_hot_or_cold(book, cooked):
    """V-58: within 2 h, else above 60 ℃ or below 8 ℃."""
    late = time(12, 1)
    assert list(cooking.faults(cooked(served_at=time(12)), book)) == []
    assert [one.field for one in cooking.faults(cooked(served_at=late), book)] == ["holding_celsius"]
    for celsius, well in (("60.1", True), (60, False), (8, False), ("7.9", True)):
        found = list(cooking.faults(cooked(served_at=late, holding_celsius=Decimal(str(celsius))), book))
        assert (not found) is well
    assert not cooking.served_after_cooked(cooked(served_at=time(9)))
    assert list(cooking.faults(cooked(cooked_on=None), book)) == []


def test_an_undercooked_dish_is_a_hazard(book, cooked):
    assert cooking.hazard_of_dish(cooked(core_celsius=Decimal(75)), book=book) is None
    hazard = cooking.hazard_of_dish(cooked(meal="午餐", dish="红烧丸子", core_celsius=Decimal(62)), book=book)
    assert told(hazard).startswith("午餐红烧丸子：中心温度 62 ℃")


def test_nothing_is_written_down_ahead_and_nobody_looks_after_their_own_work(row):
    assert not_ahead("day")(row(day=DAY), today=DAY)
    assert not not_ahead("day")(row(day=DAY), today=date(2026, 10, 12))
    assert not another("a", "b")(row(a=1, b=1))
    assert another("a", "b")(row(a=1, b=2))
    assert another("a", "b")(row())
