"""Training: first trained, then at work, and a mark for each who took part."""

from datetime import date

from school_logistics.rules.people import health_certificate_until
from school_logistics.rules.staffing import usual_health_until
from school_logistics.rules.training import agrees_with_mark, certified_before_work, passed_of, trained_before_work

TODAY = date(2026, 11, 22)
HELD = date(2026, 10, 13)


def test_the_mark_says_who_passed(book, row):
    training = row(held_on=HELD)
    assert passed_of(row(score=60), book=book, training=training) == "合格"
    assert passed_of(row(score=59), book=book, training=training) == "不合格"
    assert passed_of(row(score=52, second_score=71), book=book, training=training) == "合格"
    assert passed_of(row(), book=book, training=training) is None
    assert passed_of(row(score=60), book=book, training=None) is None


def test_nobody_passes_with_a_mark_that_does_not(book, row):
    training = row(held_on=HELD)
    assert "60 分" in agrees_with_mark(row(score=58, passed="合格"), book=book, training=training)
    assert agrees_with_mark(row(score=58, passed="不合格"), book=book, training=training) == ""
    assert agrees_with_mark(row(passed="合格"), book=book, training=training) == ""


def test_a_new_hand_is_certified_before_the_first_day(row):
    """V-12: the certificate is issued by the day work begins."""
    cook = row(hired_on=date(2026, 8, 24))
    told = certified_before_work(cook, first_certificate=date(2026, 8, 25), today=TODAY)
    assert "2026-08-25 才发证" in told
    assert certified_before_work(cook, first_certificate=date(2026, 8, 24), today=TODAY) == ""
    old_hand = row(hired_on=date(2019, 8, 25))
    assert certified_before_work(old_hand, first_certificate=date(2026, 6, 1), today=TODAY) == ""


def test_a_new_hand_is_trained_before_the_first_day(row):
    """V-12: first trained, then at work."""
    cook = row(hired_on=date(2026, 8, 24))
    assert "还没有合格的培训记录" in trained_before_work(cook, first_passed=None, today=TODAY)
    assert "2026-09-01 才培训合格" in trained_before_work(cook, first_passed=date(2026, 9, 1), today=TODAY)
    assert trained_before_work(cook, first_passed=date(2026, 8, 24), today=TODAY) == ""
    assert trained_before_work(row(hired_on=date(2019, 8, 25)), first_passed=None, today=TODAY) == ""
    assert trained_before_work(row(), first_passed=None, today=TODAY) == ""


def test_a_certificate_is_good_for_a_year_from_the_examination(book, row):
    """V-11: valid until the day of examination plus a year."""
    assert health_certificate_until(date(2025, 11, 10), book) == date(2026, 11, 10)
    assert usual_health_until(row(examined_on=date(2025, 11, 10), health_from=date(2025, 11, 14)), book=book) == date(
        2026, 11, 10
    )
    assert usual_health_until(row(health_from=date(2025, 11, 14)), book=book) == date(2026, 11, 14)
    assert usual_health_until(row(), book=book) is None
