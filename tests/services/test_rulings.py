"""The rule book as this school has it: changed from a day on, kept in the data file, taken back like anything else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from school_logistics.errors import OfficeError, Unacceptable
from school_logistics.services.desk import Desk
from school_logistics.services.reminders import Reminders
from school_logistics.services.rulings import RULE_CHANGES, Rulings
from tests.office import TODAY, new_desk, supplier

GRAMS, LICENCE = "retained_sample.grams", "warn.licence"


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = new_desk()
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def quiet() -> Iterator[Desk]:
    """An office in which nothing is changed."""
    made = new_desk()
    yield made
    made.store.close()


def test_a_changed_rule_holds_from_its_day_and_past_months_keep_theirs(desk: Desk):
    Rulings(desk).set(GRAMS, "200", date(2026, 11, 1), "教体局要求加量", "云教后〔2026〕12号")

    assert desk.book.whole(GRAMS, date(2026, 11, 1)) == 200
    assert desk.examining.book.whole(GRAMS, TODAY) == 200
    assert desk.book.whole(GRAMS, date(2026, 10, 31)) == 125
    assert desk.book.clause(GRAMS, TODAY) == "云教后〔2026〕12号"


def test_a_change_is_told_in_the_history_and_taken_back_like_any_record(desk: Desk):
    saved = Rulings(desk).set(GRAMS, "200", TODAY, "教体局要求加量")

    assert saved.sentence == "已存：新增 规则手册：每个品种留样量不少于"
    assert [line.after for line in desk.history(desk.ledger(RULE_CHANGES), saved.id)[0].lines][:2] == [
        GRAMS,
        "每个品种留样量不少于",
    ]
    desk.undo()
    assert desk.book.whole(GRAMS, TODAY) == 125
    desk.redo()
    assert desk.book.whole(GRAMS, TODAY) == 200


def test_a_change_is_there_when_the_data_file_is_opened_again(tmp_path: Path):
    first = new_desk(tmp_path / "data.db")
    Rulings(first).set(LICENCE, "45 10", TODAY, "提前备齐续期材料")
    first.store.close()

    again = new_desk(tmp_path / "data.db")

    assert again.book.wholes(LICENCE, TODAY) == (45, 10)
    assert again.shipped.wholes(LICENCE, TODAY) == (30, 7)
    again.store.close()


def test_what_is_due_follows_a_change_at_once(desk: Desk):
    supplier(desk, permit_until="2027-01-01")
    assert Reminders(desk).due() == []

    Rulings(desk).set(LICENCE, "45、10", TODAY, "提前备齐续期材料")

    assert [(one.days, one.steps) for one in Reminders(desk).due()] == [(40, (45, 10))]


def test_another_change_from_the_same_day_replaces_the_first(desk: Desk):
    rulings = Rulings(desk)
    first = rulings.set(GRAMS, "200", TODAY, "教体局要求加量")
    second = rulings.set(GRAMS, "150", TODAY, "写错了")

    assert first.id == second.id
    assert desk.book.whole(GRAMS, TODAY) == 150


@pytest.mark.parametrize(
    ("key", "value", "reason", "field"),
    [
        (GRAMS, "二两半", "写明", "value"),
        (GRAMS, "12.5", "写明", "value"),
        (GRAMS, "", "写明", "value"),
        (GRAMS, "200", "", "reason"),
    ],
)
def test_a_value_that_does_not_fit_or_a_change_without_a_reason_is_refused(quiet: Desk, key, value, reason, field):
    with pytest.raises(Unacceptable) as refused:
        Rulings(quiet).set(key, value, TODAY, reason)

    assert {one.field for one in refused.value.objections} == {field}
    assert quiet.book is not None
    assert quiet.book.whole(GRAMS, TODAY) == 125


def test_a_rule_nobody_knows_cannot_be_changed(quiet: Desk):
    with pytest.raises(OfficeError, match=r"没有「food\.nothing」"):
        Rulings(quiet).set("food.nothing", "1", TODAY, "写明")


def test_a_change_that_fits_no_rule_any_more_does_not_keep_the_office_shut(desk: Desk):
    with desk.store.unit_of_work("导入", "赵甲子") as session:
        row = {"rule": "dropped.rule", "value": "1", "valid_from": TODAY}
        desk.store.add_many(session, desk.ledger(RULE_CHANGES).record, [row], origin="导入")

    desk.tell({RULE_CHANGES})

    assert desk.book.rules == desk.shipped.rules


def test_rules_are_found_by_words_clause_initials_and_mark(quiet: Desk):
    rulings = Rulings(quiet)

    assert GRAMS in {one.rule.key for one in rulings.lines("留样量")}
    assert GRAMS in {one.rule.key for one in rulings.lines("lyl")}
    assert {one.mark for one in rulings.lines("待核")} == {"待核"}
    assert len(rulings.lines()) == len({rule.key for rule in quiet.shipped.rules})


def test_lines_stand_topic_by_topic_and_say_what_is_to_come(desk: Desk):
    rulings = Rulings(desk)
    rulings.set(GRAMS, "200", date(2027, 1, 1), "新学期起")

    topics = [one.topic for one in rulings.lines()]
    assert topics == sorted(topics, key=topics.index)
    line = rulings.line(GRAMS)
    assert (line.text, line.mark, line.change) == ("125 克", "已核对", None)
    assert [(one.value, one.valid_from) for one in line.coming] == [(200, date(2027, 1, 1))]
    changed = rulings.line(GRAMS, date(2027, 3, 1))
    assert (changed.text, changed.mark, changed.shipped.value) == ("200 克", "本校规定", 125)
    assert changed.change is not None


def test_what_a_change_would_do_is_said_before_and_nothing_is_changed_by_asking(desk: Desk):
    supplier(desk, permit_until="2027-01-01")
    rulings = Rulings(desk)

    effect = rulings.effect(LICENCE, "45 10", TODAY)

    assert effect.sentences == (
        "从 2026-11-22 起按 45、10 天；以前的仍按 30、7 天",
        "到期提醒多 1 件：康鲜肉类食品有限公司 食品许可证",
    )
    assert rulings.effect(GRAMS, "130", TODAY).sentences[-1] == "眼下没有一条记录因此变化"
    assert desk.book.wholes(LICENCE, TODAY) == (30, 7)
    assert desk.undoable() == "新增 供货商档案：康鲜肉类食品有限公司"
