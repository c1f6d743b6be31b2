"""Numbers of their own for new records, whatever stands in the column already."""

from __future__ import annotations

from datetime import date

import pytest

from school_logistics.models.numbering import next_number
from school_logistics.services.desk import Desk
from tests.office import TODAY


def hazards(desk: Desk, *numbers: str) -> list[int]:
    ledger = desk.ledger("hazard")
    blank: dict[str, object] = dict.fromkeys(field.key for field in ledger.fields if field.kept is None)
    rows = [blank | {"hazard_no": number, "found_on": date(2026, 11, 2)} for number in numbers]
    with desk.store.unit_of_work("导入", "赵甲子") as session:
        return list(desk.store.add_many(session, ledger.record, rows, origin="导入"))


def coming(desk: Desk) -> str:
    with desk.store.reading() as session:
        return next_number(session, desk.ledger("hazard"), "hazard_no", {}, TODAY)


def test_the_first_number_of_a_year_is_one(desk):
    hazards(desk, "YH-2025-0007")

    assert coming(desk) == "YH-2026-0001"


@pytest.mark.parametrize(
    "odd", ["YH-2026-²", "YH-2026-٣٣٣", "YH-2026-９９", "YH-2026-补1", "YH-2026-", "YH-2026-13800000002"]
)
def test_what_was_not_counted_does_not_move_the_count(desk, odd):
    hazards(desk, "YH-2026-0007", odd)

    assert coming(desk) == "YH-2026-0008"


def test_after_nine_thousand_the_count_goes_on_by_value_and_not_by_spelling(desk):
    hazards(desk, "YH-2026-9999", "YH-2026-10000")

    assert coming(desk) == "YH-2026-10001"


def test_the_last_number_is_remembered_after_it_was_removed_in_the_same_act_or_before(desk):
    ledger = desk.ledger("hazard")
    first, second, third = hazards(desk, "YH-2026-0001", "YH-2026-0005", "YH-2026-0009")
    desk.remove(ledger, [third])
    assert coming(desk) == "YH-2026-0010"

    with desk.store.unit_of_work("删除", "赵甲子") as session:
        told = [next_number(session, ledger, "hazard_no", {}, TODAY)]
        desk.saving.remove(session, ledger, [second])
        told.append(next_number(session, ledger, "hazard_no", {}, TODAY))

    assert told == ["YH-2026-0010", "YH-2026-0010"]
    desk.remove(ledger, [first])
    assert coming(desk) == "YH-2026-0010"
