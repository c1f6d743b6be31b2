"""Money is rounded half up and written in capital words as on receipts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_logistics.errors import OfficeError
from school_logistics.rules.money import half_up, in_words, line_amount

DIGITS = {word: number for number, word in enumerate("零壹贰叁肆伍陆柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1000}
AMOUNTS = st.integers(-(10**17), 10**17).map(lambda fen: Decimal(fen) / 100)


def parsed(words: str) -> Decimal:
    """Read capital words back, without knowing how they were written."""
    sign = -1 if words.startswith("负") else 1
    yuan, _, rest = words.removeprefix("负").removesuffix("整").rpartition("元")
    jiao, _, _ = rest.rpartition("角") if "角" in rest else ("", "", "")
    fen = rest.removesuffix("分")[-1] if rest.endswith("分") else "零"
    return sign * (parsed_whole(yuan) + Decimal(DIGITS[jiao[-1] if jiao else "零"]) / 10 + Decimal(DIGITS[fen]) / 100)


def parsed_whole(words: str) -> Decimal:
    for unit, value in (("亿", 10**8), ("万", 10**4)):
        if unit in words:
            many, _, rest = words.rpartition(unit)
            return parsed_whole(many) * value + parsed_whole(rest)
    total = digit = 0
    for word in words:
        if word in PLACES:
            total += digit * PLACES[word]
            digit = 0
        else:
            digit = DIGITS[word]
    return Decimal(total + digit)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1004.00", "壹仟零肆元整"),
        ("10.50", "壹拾元伍角整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("0.55", "伍角伍分"),
        ("1.05", "壹元零伍分"),
        ("128640.07", "壹拾贰万捌仟陆佰肆拾元零柒分"),
        ("265650", "贰拾陆万伍仟陆佰伍拾元整"),
        ("100500", "壹拾万零伍佰元整"),
        ("105000", "壹拾万伍仟元整"),
        ("1000000001", "壹拾亿零壹元整"),
        ("1000000000000", "壹万亿元整"),
        ("1000200000000", "壹万零贰亿元整"),
        ("9999999999999.99", "玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ("-1.20", "负壹元贰角整"),
        ("0", "零元整"),
        ("-0.004", "零元整"),
        ("19.999", "贰拾元整"),
    ],
)
def test_amounts_are_written_as_on_a_receipt(amount, words):
    assert in_words(Decimal(amount)) == words


@given(AMOUNTS)
def test_capital_words_read_back_give_the_amount(amount):
    assert parsed(in_words(amount)) == amount


@given(AMOUNTS)
def test_capital_words_never_hold_two_noughts_in_a_row_nor_one_before_a_unit(amount):
    words = in_words(amount)
    assert "零零" not in words
    assert not any(f"零{unit}" in words for unit in "拾佰仟万亿角分")


def test_an_amount_too_large_for_words_is_refused():
    with pytest.raises(OfficeError, match="金额太大"):
        in_words(Decimal(10) ** 16)


@pytest.mark.parametrize(
    ("quantity", "price", "amount"),
    [("37.5", "3.86", "144.75"), ("12.345", "5.55", "68.51"), ("34.6", "5.92", "204.83"), ("0.005", "1", "0.01")],
)
def test_a_line_is_rounded_half_up_to_the_fen(quantity, price, amount):
    assert line_amount(Decimal(quantity), Decimal(price)) == Decimal(amount)


@given(st.decimals(-(10**9), 10**9, places=4))
def test_rounding_never_moves_more_than_half_a_fen_and_mirrors_at_nought(number):
    assert abs(half_up(number) - number) <= Decimal("0.005")
    assert half_up(-number) == -half_up(number)
