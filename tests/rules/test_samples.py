"""Retained samples: 125 g, 48 hours, cold."""

from datetime import date, datetime, time
from decimal import Decimal

from school_logistics.rules.samples import (
    cleared_early_and_explained,
    cleared_early_without_a_word,
    cold_enough,
    container_free,
    hazard_of_sample,
    heavy_enough,
    keep_until,
    kept_long_enough,
    near_its_meal,
    not_forgotten,
    sample_keep_until,
    served_at,
    short_and_explained,
    short_without_a_word,
)

TODAY = date(2026, 11, 22)
TAKEN = datetime(2026, 11, 20, 11, 20)


def test_a_sample_of_friday_is_kept_until_sunday(book, row):
    """V-42: kept for 48 hours by the clock, from Friday 11:20 to Sunday 11:20."""
    assert keep_until(TAKEN, book) == datetime(2026, 11, 22, 11, 20)
    assert sample_keep_until(row(taken_at=TAKEN), book=book) == datetime(2026, 11, 22, 11, 20)
    assert sample_keep_until(row(), book=book) is None


def test_less_than_125_grams_is_told(book, row):
    """V-41: at least 125 g."""
    assert "125" in heavy_enough(row(grams=120, taken_at=TAKEN), book=book, today=TODAY)
    assert heavy_enough(row(grams=125), book=book, today=TODAY) == ""
    assert heavy_enough(row(), book=book, today=TODAY) == ""


def test_a_sample_that_was_too_small_is_told_as_it_was_once_somebody_explained_it(book, row):
    """V-41: nobody writes 125 g where 110 g stand."""
    light = {"grams": 110, "taken_at": TAKEN}
    why = {"problem": "菜量不够", "spot_fix": "已告知厨师，次日补足"}
    assert "照实记" in short_without_a_word(row(**light), book=book, today=TODAY)
    assert "照实记" in short_without_a_word(row(**light, problem="菜量不够"), book=book, today=TODAY)
    assert short_and_explained(row(**light), book=book, today=TODAY) == ""
    for told in (why, {"problem": "菜量不够", "hazard": 3}):
        assert short_without_a_word(row(**light, **told), book=book, today=TODAY) == ""
        assert short_and_explained(row(**light, **told), book=book, today=TODAY).endswith("不合要求，已写明情况")
    assert short_and_explained(row(**light | {"grams": 125}, **why), book=book, today=TODAY) == ""


def test_a_sample_thrown_away_too_early_is_told_once_somebody_explained_it(book, row):
    early = {"taken_at": TAKEN, "cleared_at": datetime(2026, 11, 21, 9)}
    why = {"problem": "停电，留样变质", "spot_fix": "当天销毁，重新留样"}
    assert "照实记" in cleared_early_without_a_word(row(**early), book=book)
    assert cleared_early_without_a_word(row(**early, **why), book=book) == ""
    assert cleared_early_and_explained(row(**early, **why), book=book)
    assert cleared_early_and_explained(row(**early), book=book) == ""


def test_a_sample_is_not_thrown_away_before_its_time(book, row):
    """V-42: not thrown away before its 48 hours are over."""
    early, late = datetime(2026, 11, 22, 11, 19), datetime(2026, 11, 22, 11, 20)
    assert "11-22 11:20" in kept_long_enough(row(taken_at=TAKEN, cleared_at=early), book=book)
    assert kept_long_enough(row(taken_at=TAKEN, cleared_at=late), book=book) == ""
    assert kept_long_enough(row(taken_at=TAKEN), book=book) == ""
    assert kept_long_enough(row(cleared_at=late), book=book) == ""


def test_the_fridge_stays_between_nought_and_eight(book, row):
    """V-41: kept at 0 to 8 ℃."""
    for celsius in (0, 4, 8):
        assert cold_enough(row(fridge_celsius=Decimal(celsius), taken_at=TAKEN), book=book, today=TODAY) == ""
    assert "0～8" in cold_enough(row(fridge_celsius=Decimal("8.1")), book=book, today=TODAY)
    assert cold_enough(row(fridge_celsius=Decimal(-1)), book=book, today=TODAY)
    assert cold_enough(row(), book=book, today=TODAY) == ""


def test_a_warm_fridge_is_a_hazard(book, row):
    """V-41: kept at 0 to 8 ℃, and what is not is dealt with."""
    assert hazard_of_sample(row(fridge_celsius=Decimal(4), taken_at=TAKEN), book=book, today=TODAY) is None
    warm = row(fridge_celsius=Decimal("9.5"), taken_at=TAKEN, problem="停电")
    hazard = hazard_of_sample(warm, book=book, today=TODAY)
    assert hazard is not None
    assert hazard["description"] == "留样柜温度 9.5 ℃，应在 0～8 ℃；停电"


def test_a_sample_is_taken_around_its_meal(book, row):
    """V-41: within two hours of its meal."""
    assert near_its_meal(row(taken_at=TAKEN, meal="午餐"), book=book) == ""
    assert "18:20" in near_its_meal(row(taken_at=datetime(2026, 11, 20, 18, 20), meal="午餐"), book=book)
    assert near_its_meal(row(taken_at=TAKEN), book=book) == near_its_meal(row(meal="午餐"), book=book) == ""


def test_a_sample_nobody_cleared_away_is_remembered_after_three_days(book, row):
    """V-42: after 72 hours it is spoken of, though no law is broken."""
    assert not_forgotten(row(taken_at=TAKEN), book=book, today=date(2026, 11, 23)) == ""
    assert "72 小时" in not_forgotten(row(taken_at=TAKEN), book=book, today=date(2026, 11, 24))
    cleared = row(taken_at=TAKEN, cleared_at=datetime(2026, 11, 22, 12, 0))
    assert not_forgotten(cleared, book=book, today=date(2026, 12, 1)) == ""
    assert not_forgotten(row(), book=book, today=date(2026, 12, 1)) == ""


def test_two_samples_of_a_meal_do_not_share_a_container(row):
    """V-43: no container twice in a meal."""
    assert "A3" in container_free(row(container_no="A3"), containers=frozenset({"A3"}))
    assert container_free(row(container_no="A4"), containers=frozenset({"A3"})) == ""
    assert container_free(row(), containers=frozenset({"A3"})) == ""


def test_a_school_that_eats_later_has_its_own_time_in_the_rule_book(book, row):
    late = book.with_overrides([book.changed("meals.served_at", "午餐12：40、晚餐18点", date(2026, 1, 1))])
    assert served_at("午餐", late, TAKEN.date()) == time(12, 40)
    assert served_at("晚餐", late, TAKEN.date()) is None, "what cannot be read asks for nothing"
    assert served_at("早餐", late, TAKEN.date()) is None
    assert near_its_meal(row(taken_at=datetime(2026, 11, 20, 14, 0), meal="午餐"), book=late) == ""
    assert "14:00" in near_its_meal(row(taken_at=datetime(2026, 11, 20, 14, 0), meal="午餐"), book=book)
