"""What must hold for a delivery line before it is accepted."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from school_logistics.rules import receiving
from school_logistics.rules.receiving import (
    amount_fault,
    best_before_after_production,
    certificates_of,
    has_date_or_lot,
    has_shelf_life,
    inspected_by_two,
    inspected_if_meat,
    inspected_if_poultry,
    keeps_past_delivery,
    not_banned,
    not_expired,
    not_perhaps_banned,
    price_fault,
    produced_before_bought,
    quarantined_if_meat,
    short_dated,
    temperature_fault,
    turned_away_if_expired,
)

TODAY = date(2026, 11, 22)
PORK = SimpleNamespace(name="猪后腿肉")


def test_food_is_made_before_it_is_bought(row):
    assert produced_before_bought(row(produced_on=TODAY, bought_on=TODAY))
    assert not produced_before_bought(row(produced_on=TODAY, bought_on=date(2026, 11, 21)))
    assert produced_before_bought(row(bought_on=TODAY))
    assert produced_before_bought(row(produced_on=TODAY))


def test_expired_food_is_turned_away(row):
    assert keeps_past_delivery(row(best_before=TODAY, bought_on=TODAY))
    assert not keeps_past_delivery(row(best_before=date(2026, 11, 21), bought_on=TODAY))
    assert keeps_past_delivery(row(bought_on=TODAY))
    assert keeps_past_delivery(row(best_before=TODAY))


def test_best_before_comes_after_production(row):
    assert best_before_after_production(row(produced_on=TODAY, best_before=TODAY))
    assert not best_before_after_production(row(produced_on=TODAY, best_before=date(2026, 11, 21)))
    assert best_before_after_production(row())
    assert best_before_after_production(row(produced_on=TODAY))


def test_production_day_or_lot_must_stand_there(row):
    assert has_date_or_lot(row(produced_on=TODAY))
    assert has_date_or_lot(row(lot_no="A1"))
    assert not has_date_or_lot(row())


def test_shelf_life_must_stand_there_except_for_farm_produce(row):
    assert has_shelf_life(row(category="粮食", shelf_life="12个月"))
    assert has_shelf_life(row(category="粮食", best_before=TODAY))
    assert has_shelf_life(row(category="蔬菜"))
    assert not has_shelf_life(row(category="粮食"))


@pytest.mark.parametrize(
    ("produced", "ends", "bought", "words"),
    [
        (date(2026, 11, 20), date(2026, 11, 22), date(2026, 11, 22), "只剩 1 天（三分之一）"),
        (date(2026, 11, 20), date(2026, 11, 22), date(2026, 11, 21), ""),
        (date(2026, 11, 22), date(2026, 11, 22), date(2026, 11, 22), ""),
        (date(2025, 12, 1), date(2026, 11, 30), date(2026, 11, 22), "只剩 9 天，不足三分之一"),
        (date(2026, 11, 1), date(2026, 11, 10), date(2026, 11, 22), ""),
        (None, date(2026, 11, 10), date(2026, 11, 22), ""),
        (date(2026, 11, 1), None, date(2026, 11, 22), ""),
        (date(2026, 11, 1), date(2026, 11, 10), None, ""),
    ],
)
def test_a_third_of_the_shelf_life_or_less_is_told(book, row, *, produced, ends, bought, words):
    told = short_dated(row(produced_on=produced, best_before=ends, bought_on=bought), book=book)
    assert words in told
    assert bool(told) is bool(words)


@pytest.mark.parametrize("category", ["畜肉", "禽肉"])
def test_meat_without_certificates_is_not_in_order(row, category):
    assert not quarantined_if_meat(row(category=category))
    assert quarantined_if_meat(row(category=category, quarantine_no="3701"))


def test_the_certificate_of_inspection_is_the_law_s_for_livestock_and_the_school_s_for_poultry(row):
    pork, chicken = row(category="畜肉"), row(category="禽肉")
    assert (inspected_if_meat(pork), inspected_if_poultry(pork)) == (False, True)
    assert (inspected_if_meat(chicken), inspected_if_poultry(chicken)) == (True, False)
    assert inspected_if_meat(row(category="畜肉", meat_inspection_no="88"))
    assert inspected_if_poultry(row(category="禽肉", meat_inspection_no="88"))


def test_what_is_no_meat_or_was_turned_away_needs_no_certificates(row):
    for line in (row(category="蔬菜"), row(category="畜肉", result="拒收")):
        assert quarantined_if_meat(line)
        assert inspected_if_meat(line)
        assert receiving.tested_if_pork(line, ingredient=PORK)


def test_pork_also_wants_its_swine_fever_report(row):
    assert not receiving.tested_if_pork(row(category="畜肉"), ingredient=PORK)
    assert receiving.tested_if_pork(row(category="畜肉", swine_fever_no="F1"), ingredient=PORK)
    assert receiving.tested_if_pork(row(category="畜肉"), ingredient=SimpleNamespace(name="鲜牛肉"))
    assert receiving.tested_if_pork(row(category="畜肉"), ingredient=None)


def test_the_certificates_wanted_can_be_listed():
    assert len(certificates_of("畜肉", "猪后腿肉")) == 3
    assert len(certificates_of("禽肉", "鸡腿")) == 2
    assert certificates_of("蔬菜", "土豆") == ()


def test_bulk_staples_are_accepted_by_two(book, row):
    line = {"category": "粮食", "bought_on": date(2026, 9, 1)}
    assert not inspected_by_two(row(**line, inspector="张三"), book=book, today=TODAY)
    assert not inspected_by_two(row(**line, inspector="张三", second_inspector="张三"), book=book, today=TODAY)
    assert inspected_by_two(row(**line, inspector="张三", second_inspector="李四"), book=book, today=TODAY)
    assert inspected_by_two(row(category="蔬菜", inspector="张三"), book=book, today=TODAY)


def test_before_the_guide_of_2025_one_person_was_enough(book, row):
    assert inspected_by_two(row(category="粮食", bought_on=date(2025, 3, 1)), book=book, today=TODAY)


def test_forbidden_food_is_refused_and_doubtful_food_asked_about(book, row):
    line = row(bought_on=TODAY)
    beans, perhaps = SimpleNamespace(name="芸豆"), SimpleNamespace(name="豆角")
    assert "不得购进" in not_banned(line, ingredient=beans, book=book, today=TODAY)
    assert not_banned(line, ingredient=perhaps, book=book, today=TODAY) == ""
    assert "豇豆" in not_perhaps_banned(line, ingredient=perhaps, book=book, today=TODAY)
    assert not_perhaps_banned(row(), ingredient=beans, book=book, today=TODAY) == ""
    assert not_banned(line, ingredient=None, book=book, today=TODAY) == ""


def test_an_unusual_price_is_told(book):
    assert "高 40%" in price_fault(Decimal(7), Decimal(5), book, TODAY)
    assert "低 40%" in price_fault(Decimal(3), Decimal(5), book, TODAY)
    assert price_fault(Decimal("6.5"), Decimal(5), book, TODAY) == ""
    assert price_fault(Decimal(7), None, book, TODAY) == ""
    assert price_fault(None, Decimal(5), book, TODAY) == ""


def test_an_amount_may_differ_by_a_fen(book):
    assert amount_fault(Decimal("144.76"), Decimal("144.75"), book, TODAY) == ""
    assert "不符" in amount_fault(Decimal("144.77"), Decimal("144.75"), book, TODAY)
    assert amount_fault(None, Decimal(1), book, TODAY) == amount_fault(Decimal(1), None, book, TODAY) == ""


def test_cold_goods_arrive_cold(book):
    assert temperature_fault("冷藏", Decimal(8), book, TODAY) == ""
    assert "不高于 8 ℃" in temperature_fault("冷藏", Decimal("8.5"), book, TODAY)
    assert "-12" in temperature_fault("冷冻", Decimal(-10), book, TODAY)
    assert temperature_fault("常温", Decimal(30), book, TODAY) == temperature_fault("冷藏", None, book, TODAY) == ""


def test_expired_food_is_turned_away_or_told_as_it_was(row):
    """Article 34: what came too late can be written down as it came."""
    late = {"best_before": date(2026, 11, 21), "bought_on": TODAY}
    handled = {"result": "整改接收", "remark": "当场退换"}
    assert not turned_away_if_expired(row(**late, result="合格"))
    assert not turned_away_if_expired(row(**late, result="整改接收"))
    assert turned_away_if_expired(row(**late, result="拒收"))
    assert turned_away_if_expired(row(**late, **handled))
    assert not_expired(row(**late, result="拒收"))
    assert not not_expired(row(**late, **handled))
    assert not_expired(row(**late, result="合格")), "it is a gap then, and not told twice"
