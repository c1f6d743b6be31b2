"""What a check finds, where something is not known."""

from datetime import date

from school_logistics.rules.findings import (
    advised,
    conclusion_of,
    hazard_of_bus,
    hazard_of_extinguisher,
    usual_deadline,
)

TODAY = date(2026, 11, 22)


def test_a_check_without_answers_has_no_conclusion(row):
    assert conclusion_of(row()) is None


def test_an_abnormal_check_of_something_unknown_still_tells_what_was_wrong(row):
    told = hazard_of_extinguisher(row(answers="压力×、喷管—", checked_on=TODAY), equipment=None)

    assert told is not None
    assert (told["description"], told["place"], told["owner"]) == ("灭火器：压力不正常", None, None)


def test_a_bus_that_is_not_known_is_still_a_bus(row):
    told = hazard_of_bus(row(answers="制动×", checked_on=TODAY), bus=None)

    assert told is not None
    assert (told["place"], told["description"]) == ("校车", "制动不正常")


def test_there_is_nothing_to_advise_on_a_hydrant(row, book):
    assert advised(row(name="室内消火栓", model="SN65"), book=book, today=TODAY) == ""


def test_a_hazard_without_a_day_has_no_usual_deadline(row, book):
    assert usual_deadline(row(level="一般"), book=book) is None
