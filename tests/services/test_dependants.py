"""What was worked out from another record follows when that one changes, in the same act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from school_logistics.services.desk import Desk
from tests.office import new_desk, write


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    write(desk, "staff", name="马丽", post="面点师", health_from="2026-03-01", health_until="2027-03-01")
    yield desk
    desk.store.close()


def change(desk: Desk, key: str, one: int, **values: object) -> None:
    """Save something else in a record."""
    ledger = desk.ledger(key)
    desk.save(ledger, desk.draft(ledger, one) | values, one)


def test_the_day_of_an_attendance_follows_its_training_in_the_same_act(desk: Desk):
    told = {"place": "会议室", "lecturer": "甲", "hours": "2", "content": "留样"}
    training = write(desk, "training", held_on="2026-11-05", topic="留样", **told)
    one = write(desk, "training_attendance", training="留样", person="马丽", signed="是", score="90")
    attendance = desk.ledger("training_attendance")
    assert desk.draft(attendance, one)["held_on"] == date(2026, 11, 5)

    change(desk, "training", training, held_on=date(2026, 10, 5))

    assert desk.draft(attendance, one)["held_on"] == date(2026, 10, 5)
    desk.undo()
    assert desk.draft(attendance, one)["held_on"] == date(2026, 11, 5)


def test_a_check_goes_on_telling_where_the_extinguisher_stood_at_the_time(desk: Desk):
    told = {"made_on": "2023-09-15", "place": "教学楼1层东", "status": "在用", "quantity": "1", "keeper": "马丽"}
    equipment = write(desk, "fire_equipment", equipment_no="MHQ-001", name="干粉灭火器", model="MFZ/ABC4", **told)
    one = write(desk, "extinguisher_check", checked_on="2026-11-20", equipment="MHQ-001", inspector="马丽")

    change(desk, "fire_equipment", equipment, place="食堂")

    assert desk.draft(desk.ledger("extinguisher_check"), one)["place"] == "教学楼1层东"
