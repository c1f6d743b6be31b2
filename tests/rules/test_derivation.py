"""Due dates that explain themselves: the sum in words, and what was read for it."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from school_logistics.rules.book import Rule, RuleBook
from school_logistics.rules.dates import FOREVER, MonthOrDay
from school_logistics.rules.derivation import (
    NotingBook,
    NotingFacts,
    Sum,
    Told,
    day_in,
    interval_of,
    steps_of_warning,
    sum_of,
)

LONG_AGO = date(2000, 1, 1)


def rule(key: str, value: object, unit: str) -> Rule:
    return Rule(key, key, value, unit, "出处", LONG_AGO)  # type: ignore[arg-type]


def test_a_yearly_check_up_is_added_to_its_day():
    examined = Told("体检日期", date(2025, 11, 10))

    found = sum_of(date(2026, 11, 10), [examined], [rule("health.months", 12, "个月")])

    assert found == Sum("体检日期 2025-11-10 + 12 个月 = 2026-11-10", "health.months")


def test_a_day_that_stands_on_the_paper_is_told_as_written():
    assert sum_of(date(2026, 11, 30), [Told("有效期至", date(2026, 11, 30))], []) == Sum("有效期至写明 2026-11-30", "")


def test_of_several_rules_the_one_that_leads_there_is_told():
    days = [Told("出厂日期", date(2017, 1, 20)), Told("上次维修日期", date(2024, 2, 18))]
    rules = [rule("first", 5, "年"), rule("service", 2, "年"), rule("scrap", 10, "年")]

    assert sum_of(date(2026, 2, 18), days, rules) == Sum("上次维修日期 2024-02-18 + 2 年 = 2026-02-18", "service")


def test_a_month_stamped_on_an_extinguisher_counts_by_any_of_its_days():
    found = sum_of(date(2026, 8, 1), [Told("出厂日期", MonthOrDay(2021, 8))], [rule("first", 5, "年")])

    assert found is not None
    assert found.words == "出厂日期 2021-08 + 5 年 = 2026-08（按 2026-08-01 算）"


def test_an_anniversary_with_days_of_grace_is_found():
    found = sum_of(date(2027, 7, 18), [Told("初次领证日期", date(2003, 6, 18))], [rule("grace", 30, "天")])

    assert found is not None
    assert found.words == "初次领证日期 2003-06-18 满 24 年是 2027-06-18，再加 30 天 = 2027-07-18"


def test_a_day_that_no_sum_reaches_is_not_explained_by_one():
    assert sum_of(date(2026, 1, 1), [Told("发现日期", date(2025, 3, 4))], [rule("limit", 125, "克")]) is None


@pytest.mark.parametrize(("unit", "length"), [("天", "15天"), ("个月", "15个月"), ("年", "15年"), ("周岁", "15年")])
def test_a_rule_of_time_is_a_length_by_the_calendar(unit, length):
    assert str(interval_of(rule("any", 15, unit))) == length


def test_a_rule_of_weight_or_of_several_values_is_no_length():
    assert interval_of(rule("grams", 125, "克")) is None
    assert interval_of(rule("warn", (30, 7), "天")) is None


def test_a_birthday_is_read_out_of_an_identity_number_and_forever_is_no_day_to_count_from():
    assert day_in("身份证号", "370000196612013074") == Told("身份证号里的出生日期", date(1966, 12, 1))
    assert day_in("留样时间", datetime(2026, 10, 6, 11, 20)) == Told("留样时间", date(2026, 10, 6))
    assert day_in("备注", "没有日期") is None
    assert day_in("有效期至", FOREVER) is None


def test_what_is_read_is_noted_and_answered_as_ever():
    read: list[tuple[str, object]] = []
    facts = NotingFacts(SimpleNamespace(made_on=LONG_AGO, remark=None), lambda key, value: read.append((key, value)))
    book = NotingBook.over(RuleBook((rule("scrap", 10, "年"), rule("other", 1, "年"))))

    assert facts.made_on == LONG_AGO
    assert book.whole("scrap", LONG_AGO) == 10
    assert read == [("made_on", LONG_AGO)]
    assert list(book.noted) == ["scrap"]


def test_steps_of_warning_begin_so_many_days_before():
    assert steps_of_warning(date(2026, 11, 10), (7, 30)) == ((30, date(2026, 10, 11)), (7, date(2026, 11, 3)))
