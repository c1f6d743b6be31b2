"""The line in which a clerk tells the answers to a checklist: only what is not as it should be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_logistics.errors import Unreadable
from school_logistics.rules.answers import (
    ABNORMAL,
    ALL_NORMAL,
    NOT_APPLICABLE,
    Answer,
    Answers,
    abnormal_in,
    read_answers,
    tell_answers,
)
from school_logistics.rules.dates import Reading

ON = Reading(date(2026, 11, 22))


@pytest.mark.parametrize(("typed", "told"), [
    ("√", ALL_NORMAL), ("全部符合", ALL_NORMAL), ("无异常", ALL_NORMAL),
    ("压力x，铅封 -", "压力×、铅封—"),
    ("压力×铅封—", "压力×、铅封—"),
    ("三防设施×(纱窗破、已报修)", "三防设施×（纱窗破、已报修）"),
    ("留样扣0.5分（一份不足125g）；添加剂—", "留样×扣0.5（一份不足125g）、添加剂—"),
    ("冷藏柜×（9 ℃，应≤8 ℃）", "冷藏柜×（9 ℃，应≤8 ℃）"),
    ("记录√（补签）、台面×", "台面×"),
])  # fmt: skip
def test_it_is_read_however_it_is_typed_and_told_in_one_spelling(typed: str, told: str):
    assert Answers().read(typed, ON) == told


@pytest.mark.parametrize("typed", ["还行", "压力", "压力×（没有写完", "（无）"])
def test_what_cannot_be_taken_apart_is_refused_with_an_example(typed: str):
    with pytest.raises(Unreadable, match="全部正常"):
        Answers().read(typed, ON)


def test_a_blank_cell_answers_nothing():
    assert Answers().read("  ", ON) is None
    assert Answers().show(None) == ""


def test_points_and_what_was_found_belong_to_the_item_before_them():
    found = read_answers("库房×扣2（无标识）、添加剂—")
    assert found == {"库房": Answer(ABNORMAL, Decimal(2), "无标识"), "添加剂": Answer(NOT_APPLICABLE)}
    assert list(abnormal_in("库房×扣2（无标识）、添加剂—")) == ["库房"]
    assert abnormal_in(None) == {}


def test_brackets_within_a_note_do_not_end_it():
    assert tell_answers({"库房": Answer(ABNORMAL, None, "架子(第2层)\n无标识")}) == "库房×（架子〔第2层〕 无标识）"


LABELS = st.text(alphabet="库房台面留样消毒三防12", min_size=1, max_size=6)
NOTES = st.text(alphabet="无标识、，×—√扣3分;（）", max_size=8)
MARKS = st.one_of(
    st.builds(Answer, st.just(NOT_APPLICABLE)),
    st.builds(Answer, st.just(ABNORMAL), st.sampled_from([None, Decimal("0.5"), Decimal(3), Decimal(10)]), NOTES),
)


@given(st.dictionaries(LABELS, MARKS, max_size=4))
def test_whatever_is_told_is_read_back(answers: dict[str, Answer]):
    told = tell_answers(answers)
    assert tell_answers(read_answers(told)) == told
    assert {label: one.mark for label, one in read_answers(told).items()} == {
        label: one.mark for label, one in answers.items()
    }
