"""What holds for every duty of every ledger: it names fields, files, plans and rules that are there."""

from __future__ import annotations

from datetime import date

import pytest

from school_logistics import catalogue
from school_logistics.app import rule_book
from school_logistics.models.duties import Duty, OfFile, OfPlan, OfWords
from school_logistics.models.ledger import Ledger
from school_logistics.rules.kinds import Choice

TODAY = date(2026, 11, 22)
BOOK = rule_book()
LEDGERS = {ledger.key: ledger for ledger in catalogue.LEDGERS}
DUTIES = [(ledger, duty) for ledger in catalogue.LEDGERS for duty in ledger.duties]
EVERY_DUTY = pytest.mark.parametrize(("ledger", "duty"), DUTIES, ids=lambda one: getattr(one, "label", ""))


@EVERY_DUTY
def test_it_is_asked_of_a_ledger_of_what_happened_by_a_name_of_its_own(ledger: Ledger, duty: Duty):
    assert ledger.happened
    assert ledger.field(ledger.happened).kind.name in {"day", "moment"}
    assert duty.label
    assert [one.label for one in ledger.duties].count(duty.label) == 1


@EVERY_DUTY
def test_its_rows_are_there(ledger: Ledger, duty: Duty):
    rows = duty.rows
    if isinstance(rows, OfFile):
        assert ledger.field(rows.field).target in LEDGERS
    if isinstance(rows, OfPlan):
        plan = LEDGERS[rows.ledger]
        assert plan.happened
        assert all(ledger.has(own) and plan.has(theirs) for own, theirs in rows.same)


@EVERY_DUTY
def test_its_words_are_words_of_the_field_and_stand_in_the_rule_book(ledger: Ledger, duty: Duty):
    for one in duty.words_of:
        assert isinstance(one, OfWords)
        kind = ledger.field(one.field).kind
        assert isinstance(kind, Choice)
        assert set(BOOK.words(one.rule, TODAY)) <= set(kind.options)
    assert not duty.every or BOOK.whole(duty.every, TODAY) > 0


@EVERY_DUTY
def test_its_kind_and_its_form_are_there(ledger: Ledger, duty: Duty):
    assert all(ledger.has(key) for key, _ in duty.within)
    assert duty.form in {"", *(form.code for form in catalogue.FORMS)}
    assert not duty.title.startswith(("没有", "缺")), "a hole says 没有 before it"
