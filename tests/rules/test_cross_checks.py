"""What must agree between the canteen's ledgers, as plain figures."""

from __future__ import annotations

from decimal import Decimal

from school_logistics.rules.cross_checks import (
    certificates_sentence,
    income_sentence,
    notes_sentence,
    purchases_sentence,
    samples_apart,
    samples_sentence,
    stock_apart,
    stock_sentence,
)

_TWENTY, _TWO = Decimal(20), Decimal(2)


def test_an_ingredient_that_went_out_a_fifth_more_or_less_than_the_recipes_ask_is_told():
    """V-60: more than 20 per cent apart."""
    wanted = {"粳米": Decimal("124.6"), "土豆": Decimal(50), "大蒜": Decimal(2)}
    assert stock_apart(wanted, {"粳米": Decimal(100), "土豆": Decimal(60), "大蒜": Decimal(1)}, _TWENTY, _TWO) == []

    far = stock_apart(wanted, {"粳米": Decimal(80), "土豆": Decimal(70), "大蒜": Decimal(2)}, _TWENTY, _TWO)

    assert [one.name for one in far] == ["粳米", "土豆"]
    assert "粳米 应用 124.6 公斤，出库 80 公斤（差 36%）" in stock_sentence(far)


def test_what_went_out_though_no_recipe_asks_for_it_is_told_too():
    """V-60: goods that no dish of the day takes."""
    far = stock_apart({}, {name: Decimal(10) for name in ("鸡腿", "带鱼", "豆腐", "菠菜")}, _TWENTY, _TWO)
    assert stock_sentence(far).endswith("等 4 样")


def test_dishes_and_samples_answer_each_other_by_name():
    """V-61: one to one."""
    found = samples_apart(["米饭", "红烧肉", "清炒菠菜"], ["米饭", "红烧肉", "炒油菜", "炒油菜"])
    assert (found.unkept, found.unplanned) == (("清炒菠菜",), ("炒油菜",))
    assert samples_sentence(found) == "食谱上有、没有留样：清炒菠菜；留了样、食谱上没有：炒油菜"
    assert samples_sentence(samples_apart(["米饭"], ["米饭"])) == ""


def test_what_was_bought_is_what_came_in_to_the_fen():
    """V-62: purchases = stock in = the report's purchases; suppliers' notes say the same."""
    assert purchases_sentence(Decimal("34995.60"), Decimal("34995.60")) == ""
    assert "相差 0.01 元" in purchases_sentence(Decimal("34995.60"), Decimal("34995.59"))
    assert notes_sentence(Decimal(120), Decimal(120), 2) == ""
    assert "2 张送货单票面 125.00 元" in notes_sentence(Decimal(120), Decimal(125), 2)


def test_diners_times_price_is_near_what_was_booked():
    """V-63: 1138 diners at 11 yuan on 21 days make 262,878 yuan."""
    due = Decimal(1138 * 11 * 21)
    assert income_sentence("学生伙食费", due, Decimal(262000), _TWO) == ""
    assert "相差 5.0%" in income_sentence("学生伙食费", due, due * Decimal("0.95"), _TWO)
    assert income_sentence("学生伙食费", Decimal(0), Decimal(0), _TWO) == ""


def test_there_are_as_many_good_health_certificates_as_people_at_work():
    """V-64: 14 people, 13 certificates."""
    assert certificates_sentence(14, []) == ""
    assert certificates_sentence(14, ["何春华"]) == "在岗从业人员 14 人，健康证有效 13 人；没有有效健康证：何春华"
