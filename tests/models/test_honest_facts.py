"""What went wrong in the world can be written down as it was, with a word about it, and is printed so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from school_logistics.errors import Unacceptable
from school_logistics.models.checks import Level
from school_logistics.rules.calendar import Month
from school_logistics.services.desk import Desk
from school_logistics.services.month import MonthPack
from tests.office import new_desk, write

LIGHT = {"taken_at": "2026-11-20 11:20", "meal": "午餐", "dish": "土豆烧鸡块", "grams": "110", "sampler": "邓小红"}
WHY = {"problem": "菜量不够，只留了 110 克", "spot_fix": "已告知厨师，次日补足"}


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    write(desk, "staff", name="邓小红", post="打餐员", health_until="2027-03-01")
    yield desk
    desk.store.close()


def test_an_honest_sample_of_110_grams_is_taken_with_an_explanation_and_is_no_gap(desk: Desk):
    """V-41: nobody has to write 125 to get the form printed."""
    with pytest.raises(Unacceptable, match="照实记"):
        write(desk, "retained_sample", **LIGHT)

    one = write(desk, "retained_sample", **LIGHT, **WHY)

    ledger = desk.ledger("retained_sample")
    told = [found for found in desk.examine(ledger, desk.draft(ledger, one), one) if found.field == "grams"]
    assert [(found.level, "不合要求" in found.sentence) for found in told] == [(Level.WARNING, True)]
    gaps = MonthPack(desk).missing(Month(2026, 11))
    assert not [gap for gap in gaps if gap.ledger == "retained_sample" and gap.id == one]
