"""The office ledgers: one school, its people with their papers, and every paper with its holder."""

from __future__ import annotations

import pytest

from school_logistics.errors import Unacceptable
from school_logistics.models.checks import Level
from school_logistics.services.reminders import Reminders
from school_logistics.services.rows import Query
from tests.office import write

SCHOOL = {
    "name": "明德路小学", "school_code": "3703000001", "stage": "小学", "principal": "郭建军", "clerk": "赵甲子",
}  # fmt: skip


def papers(desk):
    ledger = desk.ledger("certificate")
    rows = desk.first_page(ledger, Query())
    return [{field.key: text for field, text in zip(ledger.fields, row.texts, strict=True)} for row in rows]


def test_the_school_holds_papers_of_its_own_and_other_holders_keep_theirs(desk, shown):
    write(desk, "staff", name="张𬭎", post="厨师", health_until="2027-03-01")
    one = write(desk, "school", **SCHOOL, permit_no="JY33703900001043", permit_until="2028-05-31")

    row = shown("school", one)

    assert (row["permit_no"], row["permit_until"], row["liability_until"]) == ("JY33703900001043", "2028-05-31", "")
    assert {(paper["kind"], paper["holder"]) for paper in papers(desk)} == {
        ("健康证", "张𬭎"),
        ("食堂经营许可证", "本校"),
    }


def test_a_canteen_permit_of_a_restaurant_is_refused(desk):
    with pytest.raises(Unacceptable, match="JY3"):
        write(desk, "school", **SCHOOL, permit_no="JY23703900001036", permit_until="2028-05-31")


def test_what_forms_print_of_the_school_is_wanted(against):
    said = against("school", name="明德路小学")

    assert {key for key, (level, _) in said.items() if level is Level.GAP} == {
        "school_code",
        "stage",
        "principal",
        "clerk",
    }


def test_a_cooks_certificate_runs_a_year_and_takes_sex_and_birthday_from_the_card(desk, shown):
    one = write(desk, "staff", name="堃雨㛃", post="厨师", id_card="370000199007143026", health_from="2026-03-01")

    row = shown("staff", one)

    assert (row["sex"], row["born"], row["health_until"]) == ("女", "1990-07-14", "2027-03-01")


@pytest.mark.parametrize(
    ("changes", "field", "level", "words"),
    [
        ({"health_until": ""}, "health_until", Level.GAP, "要有健康证"),
        ({"health_until": "2026-10-01"}, "health_until", Level.WARNING, "到期"),
        ({"id_card": "370000199007143027"}, "id_card", Level.REFUSED, "校验位"),
        ({"id_card": "370000199007143026", "sex": "男"}, "sex", Level.WARNING, "第17位"),
        ({"hired_on": "2026-01-01", "left_on": "2025-01-01"}, "left_on", Level.REFUSED, "早于"),
        ({"post": ""}, "post", Level.GAP, "没有填"),
    ],
)
def test_what_does_not_fit_a_person_is_said_at_its_field(against, changes, field, level, words):
    said = against("staff", **{"name": "张𬭎", "post": "厨师", "health_until": "2027-03-01", **changes})

    assert said[field][0] is level
    assert words in said[field][1]


@pytest.mark.parametrize(
    "changes", [{"post": "保安", "health_until": ""}, {"left_on": "2026-09-01", "health_until": "2026-10-01"}]
)
def test_whoever_touches_no_food_or_has_left_needs_no_health_certificate(against, changes):
    assert against("staff", **{"name": "张𬭎", "post": "厨师", "health_until": "2027-03-01", **changes}) == {}


def test_two_people_of_one_name_must_be_told_apart(desk):
    write(desk, "staff", name="张伟", post="保安")

    with pytest.raises(Unacceptable, match="已经登记过"):
        write(desk, "staff", name="张伟", post="保洁员")


def test_a_health_certificate_that_runs_out_stops_its_holder(desk):
    write(desk, "staff", name="张𬭎", post="厨师", health_until="2026-12-01")

    (one,) = Reminders(desk).due()

    assert (one.ledger, one.days, one.stops) == ("certificate", 9, "停岗")
    assert "张𬭎" in one.what


def test_a_paper_goes_when_its_last_part_is_taken_away_and_with_its_holder(desk):
    one = write(desk, "staff", name="张𬭎", post="厨师", health_no="J1", health_until="2027-03-01")
    ledger = desk.ledger("staff")
    two = write(desk, "staff", name="李保洁", post="保洁员", health_until="2027-04-01")

    desk.save(ledger, desk.draft(ledger, two) | {"health_until": None}, two)
    assert [paper["holder"] for paper in papers(desk)] == ["张𬭎"]
    desk.remove(ledger, [one])

    assert papers(desk) == []


def test_a_certificate_may_be_known_by_its_number_alone_and_is_then_a_gap(desk, against):
    said = against("certificate", kind="校方责任险", number="PX-1")

    assert said == {"valid_until": (Level.GAP, "有效期至没有填")}


def test_a_paper_of_the_wrong_holder_is_refused(desk):
    write(desk, "staff", name="张𬭎", post="保安")

    with pytest.raises(Unacceptable, match="不能登记在人员名下"):
        write(desk, "certificate", kind="交强险", staff="张𬭎", valid_until="2027-01-01")


def test_the_holder_column_can_be_filtered_and_sorted(desk):
    write(desk, "staff", name="张𬭎", post="厨师", health_until="2027-03-01")
    write(desk, "staff", name="李保洁", post="保洁员", health_until="2027-04-01")
    ledger = desk.ledger("certificate")

    rows = desk.first_page(ledger, Query(filters=(("holder", "保洁"),), sort="holder"))

    assert [row.texts[1] for row in rows] == ["李保洁"]
    assert not ledger.field("holder").writable
