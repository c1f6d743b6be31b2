"""The short code at the foot of a form: made of its digest alone, and wrong when a character of it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_logistics.errors import OfficeError
from school_logistics.rules.short_code import ALPHABET, LENGTH, read_code, short_code, shown

CODES = st.binary(min_size=8, max_size=32).map(short_code)


@given(CODES)
def test_a_code_is_read_as_it_is_printed_and_as_its_qr_code_says_it(code: str):
    assert len(code) == LENGTH
    assert read_code(code) == read_code(shown(code)) == read_code(f" {shown(code).lower()} ") == code
    assert read_code(f"F-BUS-04-202610-{code}") == code


@given(CODES, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(code: str, place: int, sign: str):
    wrong = code[:place] + sign + code[place + 1 :]
    if wrong != code:
        with pytest.raises(OfficeError, match="校验位"):
            read_code(wrong)


@given(CODES, st.integers(0, LENGTH - 2))
def test_two_exchanged_neighbours_are_always_noticed(code: str, place: int):
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if wrong != code:
        with pytest.raises(OfficeError, match="两位写反"):
            read_code(wrong)


@pytest.mark.parametrize(
    ("typed", "said"), [("W4TM-AY6", "这里有 7 位"), ("W4TM-AY60", "没有「0」"), ("W4TM-AY6米", "「米」不是")]
)
def test_what_is_no_code_is_told_in_a_sentence(typed: str, said: str):
    with pytest.raises(OfficeError, match=said):
        read_code(typed)


def test_full_width_characters_are_understood():
    assert read_code("Ｗ４ＴＭ－ＡＹ６Ｙ") == "W4TMAY6Y"
