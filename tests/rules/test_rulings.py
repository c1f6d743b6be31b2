"""Changes of rules: whether one fits, and the shipped book with those that do laid over it."""

from __future__ import annotations

from datetime import date

from school_logistics.rules.rulings import fits_the_rule, known_rule, laid_over, name_of_rule, unit_of_rule

SINCE = date(2026, 12, 1)


def test_a_change_names_a_rule_that_there_is_and_a_value_it_can_hold(book, row):
    grams = row(rule="retained_sample.grams", value="200", valid_from=SINCE)

    assert known_rule(grams, book=book)
    assert fits_the_rule(grams, book=book) == ""
    assert (name_of_rule(grams, book=book), unit_of_rule(grams, book=book)) == ("每个品种留样量不少于", "克")
    assert "请填数字" in fits_the_rule(row(rule="retained_sample.grams", value="半斤", valid_from=SINCE), book=book)


def test_a_change_that_is_still_blank_is_not_blamed_for_its_value(book, row):
    blank = row()

    assert known_rule(blank, book=book)
    assert fits_the_rule(blank, book=book) == ""
    assert (name_of_rule(blank, book=book), unit_of_rule(blank, book=book)) == (None, None)
    assert not known_rule(row(rule="no.such"), book=book)


def test_of_two_changes_for_one_day_the_later_one_counts_and_unfit_ones_are_passed_over(book, row):
    changes = [
        row(rule="retained_sample.grams", value="200", valid_from=SINCE),
        row(rule="retained_sample.grams", value="150", valid_from=SINCE, document_no="云教后〔2026〕12号"),
        row(rule="no.such", value="1", valid_from=SINCE),
        row(rule="warn.licence", value="不提醒", valid_from=SINCE),
    ]

    changed = laid_over(book, changes)

    assert (changed.whole("retained_sample.grams", SINCE), changed.clause("retained_sample.grams", SINCE)) == (
        150, "云教后〔2026〕12号",
    )  # fmt: skip
    assert changed.wholes("warn.licence", SINCE) == book.wholes("warn.licence", SINCE)
    assert laid_over(book, []) is book
