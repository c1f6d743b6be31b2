"""The fire ledgers: dates worked out by the calendar, what is overdue and why, a × that becomes a hazard."""

from __future__ import annotations

import pytest

from school_logistics.errors import Unacceptable
from school_logistics.models.checks import Level
from school_logistics.services.reminders import Reminders
from school_logistics.services.rows import Query
from tests.office import write

VECTORS = [
    ("MSZ/3", "2023-09-15", "", "2026-09-15", "2029-09-15"),
    ("MPZ/6", "2021-03-10", "2025-12-05", "2026-12-05", "2027-03-10"),
    ("MFZ/ABC4", "2021-12-01", "", "2026-12-01", "2031-12-01"),
    ("MFZ/ABC4", "2017-01-20", "2024-02-18", "2026-02-18", "2027-01-20"),
    ("MFZ/ABC8", "2016-10-08", "2025-11-03", "2027-11-03", "2026-10-08"),
    ("MJ6", "2022-06-30", "", "2027-06-30", "2032-06-30"),
    ("MT3", "2015-05-12", "2026-06-01", "2028-06-01", "2027-05-12"),
    ("MT5", "2014-11-30", "2025-01-09", "2027-01-09", "2026-11-30"),
    ("MFZ/ABC4", "2024-02-29", "", "2029-02-28", "2034-02-28"),
    ("MFZ/ABC4", "2022-08", "", "2027-08", "2032-08"),
]


def keeper(desk, name="安管员甲", post="保安"):
    return write(desk, "staff", name=name, post=post)


def extinguisher(desk, no="MHQ-001", model="MFZ/ABC4", made="2024-05-01", **more):
    with desk.store.reading() as session:
        if "安管员甲" not in desk.naming.names(session, "staff").values():
            session.close()
            keeper(desk)
    told = {"name": "手提式灭火器", "place": "教学楼1层东", "keeper": "安管员甲"}
    return write(desk, "fire_equipment", equipment_no=no, model=model, made_on=made, **{**told, **more})


@pytest.mark.parametrize(("model", "made", "serviced", "due", "scrap"), VECTORS)
def test_next_service_and_scrap_are_worked_out_by_the_calendar(desk, shown, *, model, made, serviced, due, scrap):
    one = extinguisher(desk, model=model, made=made, serviced_on=serviced)

    row = shown("fire_equipment", one)

    assert (row["service_due"], row["scrap_on"]) == (due, scrap)


def test_what_is_no_extinguisher_has_neither_service_nor_scrap_date(desk, shown):
    one = extinguisher(desk, "XHS-01", "SN65", "2019年8月", name="室内消火栓")

    row = shown("fire_equipment", one)

    assert (row["agent"], row["service_due"], row["scrap_on"], row["made_on"]) == ("", "", "", "2019-08")


def test_an_extinguisher_without_a_date_of_manufacture_is_a_gap_and_a_hydrant_is_not(against):
    keyless = {"equipment_no": "MHQ-1", "name": "手提式灭火器", "model": "MFZ/ABC4", "place": "一食堂"}

    assert against("fire_equipment", **keyless)["made_on"][0] is Level.GAP
    assert "made_on" not in against("fire_equipment", **(keyless | {"name": "室内消火栓", "model": "SN65"}))


@pytest.mark.parametrize(
    ("made", "serviced", "field"),
    [
        ("2027-01-01", "", "made_on"),
        ("2024-05-01", "2023-01-01", "serviced_on"),
        ("2024-05-01", "2026-12-31", "serviced_on"),
    ],
)
def test_dates_that_cannot_be_are_refused(against, made, serviced, field):
    said = against("fire_equipment", equipment_no="MHQ-1", model="MFZ/ABC4", made_on=made, serviced_on=serviced)

    assert said[field][0] is Level.REFUSED


def test_the_same_number_is_not_given_twice(desk):
    extinguisher(desk)

    with pytest.raises(Unacceptable, match="MHQ-001"):
        extinguisher(desk)


def test_an_extinguisher_past_its_life_still_in_use_is_spoken_of(against):
    said = against("fire_equipment", equipment_no="MHQ-5", name="手提式灭火器", model="MFZ/ABC8", made_on="2016-10-08")

    assert said["status"][0] is Level.WARNING
    assert "维修不延长寿命" in said["status"][1]


@pytest.mark.parametrize(
    ("model", "made", "serviced", "status", "told"),
    [
        ("MSZ/3", "2023-09-15", "", "在用", ("维修到期", -68, "送修")),
        ("MFZ/ABC4", "2017-01-20", "2024-02-18", "在用", ("维修到期", -277, "换新")),
        ("MFZ/ABC8", "2016-10-08", "2025-11-03", "在用", ("报废期", -45, "报废")),
        ("MT5", "2014-11-30", "2025-01-09", "备用", ("报废期", 8, "换新")),
        ("MPZ/6", "2021-03-10", "2025-12-05", "在用", ("维修到期", 13, "换新")),
        ("MJ6", "2022-06-30", "", "在用", None),
        ("MSZ/3", "2023-09-15", "", "送修", None),
        ("MFZ/ABC8", "2016-10-08", "", "停用", None),
        ("MFZ/ABC8", "2016-10-08", "", "报废", None),
        ("MFZ/ABC4", "2021-11", "", "在用", ("维修到期", 0, "送修")),
        ("MFZ/ABC4", "2021-10", "", "在用", ("维修到期", -22, "送修")),
    ],
)
def test_what_is_due_is_told_with_days_reason_and_clause(desk, *, model, made, serviced, status, told):
    extinguisher(desk, model=model, made=made, serviced_on=serviced, status=status)

    due = [one for one in Reminders(desk).due() if one.ledger == "fire_equipment"]

    if told is None:
        assert due == []
    else:
        what, days, action = told
        (one,) = due
        assert what in one.what
        assert (one.days, one.why.split("：")[0]) == (days, action)
        assert one.clause


def check(desk, answers="全部正常", **more):
    return write(desk, "extinguisher_check", checked_on="2026-11-20", equipment="MHQ-001", inspector="安管员甲",
                 answers=answers, **more)  # fmt: skip


def test_a_check_remembers_where_the_extinguisher_stood_and_that_it_passed(desk, shown):
    extinguisher(desk)

    row = shown("extinguisher_check", check(desk))

    assert (row["model"], row["place"], row["conclusion"]) == ("MFZ/ABC4", "教学楼1层东", "合格")
    assert row["hazard"] == ""


def test_an_item_that_does_not_apply_is_no_failure(desk, shown):
    extinguisher(desk)

    assert shown("extinguisher_check", check(desk, "喷管—"))["conclusion"] == "合格"


def test_an_abnormal_item_wants_a_word_about_it(desk):
    extinguisher(desk)

    with pytest.raises(Unacceptable, match="写明存在问题"):
        check(desk, "压力×")


def test_an_abnormal_item_opens_a_numbered_hazard_in_the_same_act(desk, shown):
    extinguisher(desk)

    one = check(desk, "压力×", problem="指针在红区", action_taken="送修")

    row = shown("extinguisher_check", one)
    assert (row["conclusion"], row["hazard"]) == ("不合格", "YH-2026-0001")
    hazards = desk.ledger("hazard")
    (hazard,) = desk.first_page(hazards, Query())
    told = {field.key: text for field, text in zip(hazards.fields, hazard.texts, strict=True)}
    assert (told["source"], told["category"], told["place"], told["owner"]) == (
        "月检查",
        "消防",
        "教学楼1层东",
        "安管员甲",
    )
    assert told["description"] == "灭火器 MHQ-001 MFZ/ABC4：指针在红区"
    assert (told["due_on"], told["state"]) == ("2026-12-05", "整改中")
    desk.undo()
    assert desk.first_page(hazards, Query()) == []


def test_a_check_that_names_a_hazard_already_known_opens_no_second_one(desk, shown):
    extinguisher(desk)
    check(desk, "压力×", problem="指针在红区")

    one = check(desk, "压力×", problem="指针仍在红区", hazard="YH-2026-0001")

    assert shown("extinguisher_check", one)["hazard"] == "YH-2026-0001"
    assert desk.count(desk.ledger("hazard"), Query()) == 1


def test_a_check_of_tomorrow_is_refused(desk, against):
    extinguisher(desk)

    said = against("extinguisher_check", checked_on="2026-11-23", equipment="MHQ-001")

    assert said["checked_on"][0] is Level.REFUSED
