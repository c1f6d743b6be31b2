"""The dated rule book, and the one that is shipped."""

from datetime import date
from decimal import Decimal

import pytest

from school_logistics.errors import OfficeError, Unreadable
from school_logistics.rules.book import Rule, RuleBook, read_rule_book, show_value

TODAY = date(2026, 11, 22)


def rule(key="bus.age", value=60, since=date(2012, 4, 5), **more):
    return Rule(key, "年龄上限", value, "周岁", "条例第23条", since, **more)


def test_a_rule_is_the_version_of_the_day():
    book = RuleBook((rule(), rule(value=63, since=date(2025, 1, 1))))
    assert book.whole("bus.age", date(2024, 12, 31)) == 60
    assert book.whole("bus.age", date(2025, 1, 1)) == 63
    assert len(book.entries()) == 2
    assert [one.value for one in book.in_force(TODAY)] == [63]


def test_before_its_first_version_a_rule_is_the_first_one_known():
    assert RuleBook((rule(),)).whole("bus.age", date(1999, 1, 1)) == 60


def test_a_local_rule_goes_before_shipped_ones_from_its_own_day_on():
    book = RuleBook((rule(), rule(value=61, since=date(2026, 6, 1)))).with_overrides(
        [rule(value=63, since=date(2026, 1, 1))]
    )
    assert book.whole("bus.age", date(2025, 12, 31)) == 60
    assert book.whole("bus.age", TODAY) == 63
    assert book.entry("bus.age", TODAY).local
    assert str(book.entry("bus.age", TODAY)) == "年龄上限：63 周岁"


def test_a_local_rule_for_nothing_is_refused():
    with pytest.raises(OfficeError, match="没有「年龄上限」"):
        RuleBook((rule(),)).with_overrides([rule(key="bus.size")])


@pytest.mark.parametrize("value", ["六十", (60, 30)])
def test_a_local_rule_of_another_shape_is_refused(value):
    with pytest.raises(OfficeError, match="类型不对"):
        RuleBook((rule(),)).with_overrides([rule(value=value, since=TODAY)])


def test_two_versions_from_one_day_are_refused():
    with pytest.raises(OfficeError, match="有两条"):
        RuleBook((rule(), rule(value=61)))


def test_a_rule_is_asked_for_as_what_it_is():
    book = RuleBook(
        (
            rule(),
            rule("warn", (60, 30, 7)),
            rule("words", ("锅炉房",)),
            rule("word", "是"),
            rule("price", Decimal("2.5")),
        )
    )
    assert book.wholes("warn", TODAY) == (60, 30, 7)
    assert book.numbers("warn", TODAY) == (Decimal(60), Decimal(30), Decimal(7))
    assert book.words("words", TODAY) == ("锅炉房",)
    assert book.text("word", TODAY) == "是"
    assert book.number("price", TODAY) == Decimal("2.5")
    assert book.has("warn")
    assert not book.has("nothing")
    for ask, key in ((book.whole, "price"), (book.number, "word"), (book.text, "warn"), (book.wholes, "word")):
        with pytest.raises(TypeError):
            ask(key, TODAY)
    with pytest.raises(KeyError):
        book.value("nothing", TODAY)


@pytest.mark.parametrize(
    ("value", "typed", "expected"),
    [
        (60, "６３", 63),
        ((60, 30, 7), "45、15", (45, 15)),
        (Decimal("2.5"), "2.8", Decimal("2.8")),
        ("是", "否", "否"),
        (("锅炉房",), "锅炉房，配电室", ("锅炉房", "配电室")),
        ((), "甲", ("甲",)),
    ],
)
def test_a_clerk_can_type_a_rule_of_the_school(value, typed, expected):
    book = RuleBook((rule(value=value),))
    local = book.changed("bus.age", typed, date(2026, 9, 1), note="教体局电话通知")
    assert (local.value, local.local, local.clause, local.verified) == (expected, True, "本校规定", True)
    assert book.with_overrides([local]).value("bus.age", TODAY) == expected


@pytest.mark.parametrize("typed", ["很大", "60.5"])
def test_what_does_not_fit_a_rule_is_refused_by_its_label(typed):
    with pytest.raises(Unreadable, match="年龄上限"):
        RuleBook((rule(),)).changed("bus.age", typed, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "nothing = 1",
        "[[rule]]\nkey = 'a'",
        "[[rule]]\nkey='a'\nlabel='a'\nvalue=true\nunit=''\nclause=''\nvalid_from=2020-01-01",
        "[[rule]]\nkey='a'\nlabel='a'\nvalue=1\nunit=''\nclause=''\nvalid_from='2020-01-01'",
        "不是 TOML",
    ],
)
def test_a_rule_book_that_cannot_be_read_is_refused_in_a_sentence(text):
    with pytest.raises(OfficeError, match="规则手册读不懂"):
        read_rule_book(text)


@pytest.mark.parametrize(
    ("key", "value", "verified"),
    [
        ("retained_sample.grams", 125, True),
        ("retained_sample.hours", 48, True),
        ("retained_sample.celsius", (0, 8), False),
        ("food.keep.months_after_best_before", 6, True),
        ("food.price.deviation_percent", 30, False),
        ("health_certificate.months", 12, True),
        ("extinguisher.water_based.scrap_years", 6, True),
        ("extinguisher.carbon_dioxide.scrap_years", 12, True),
        ("extinguisher.scrap_soon_days", 180, False),
        ("disinfection.chlorine.vomit", (5000, 10000), True),
        ("disinfection.contact_minutes", 30, True),
        ("bus.driver.most_age", 60, True),
        ("bus.escort.seats", 40, False),
        ("late_entry.school_days", 3, False),
        ("hazard.days.major", 90, False),
        ("warn.bus", (60, 30, 7), False),
        ("return.deviation_percent", 30, False),
    ],
)
def test_the_shipped_book_holds_what_the_law_says(book, key, value, verified):
    entry = book.entry(key, TODAY)
    assert (entry.value, entry.verified) == (value, verified)


def test_every_shipped_rule_can_be_shown_and_explained(book):
    for entry in book.entries():
        assert entry.label
        assert entry.clause
        assert show_value(entry.value)
        assert not entry.local
        assert entry.verified or entry.note, f"{entry.key} 未核实，却没有说明"
