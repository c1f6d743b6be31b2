"""Reminders as the home page and the command line get them: each thing once, however long its ledger is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from school_logistics.models.ledger import Ledger
from school_logistics.rules.dates import FOREVER
from school_logistics.services.desk import Desk
from school_logistics.services.reminders import Reminders
from tests.filled_office import fill
from tests.office import TODAY, new_desk, supplier, write

FOOD_PERMIT = "食品许可证"


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    yield desk
    desk.store.close()


@pytest.fixture(scope="module")
def office() -> Iterator[Desk]:
    desk = fill(new_desk(), lines=12)
    yield desk
    desk.store.close()


def paper(desk: Desk, holder: int, until: date, kind: str = FOOD_PERMIT) -> dict[str, object]:
    fields = [field.key for field in desk.ledger("certificate").fields if field.kept is None]
    return dict.fromkeys(fields) | {"kind": kind, "supplier": holder, "valid_until": until}


def bring_in(desk: Desk, *papers: dict[str, object]) -> None:
    with desk.store.unit_of_work("导入", "赵甲子") as session:
        desk.store.add_many(session, desk.ledger("certificate").record, papers, origin="导入")


def told(desk: Desk, within: int | None = None) -> list[tuple[str, int]]:
    return [(one.what, one.days) for one in Reminders(desk).due(within=within) if one.ledger == "certificate"]


def test_a_renewed_paper_silences_the_old_one(desk):
    holder = supplier(desk, "绿源蔬菜配送中心", permit_until="")
    bring_in(desk, paper(desk, holder, TODAY - timedelta(days=3)))
    assert told(desk) == [(f"绿源蔬菜配送中心 {FOOD_PERMIT}", -3)]

    bring_in(desk, paper(desk, holder, TODAY + timedelta(days=1000)))

    assert told(desk) == []
    assert told(desk, within=1000) == [(f"绿源蔬菜配送中心 {FOOD_PERMIT}", 1000)]


def test_a_paper_that_holds_forever_silences_the_old_one_and_is_never_due(desk):
    holder = supplier(desk, "绿源蔬菜配送中心", permit_until="")
    bring_in(desk, paper(desk, holder, TODAY - timedelta(days=3)))

    bring_in(desk, paper(desk, holder, date.max))

    assert told(desk) == []
    assert told(desk, within=100_000) == []


def test_a_paper_entered_late_does_not_silence_the_newer_one_that_stands_there_already(desk):
    holder = supplier(desk, "绿源蔬菜配送中心", permit_until="")
    bring_in(desk, *(paper(desk, holder, TODAY - timedelta(days=days)) for days in (3, 400)))

    assert told(desk) == [(f"绿源蔬菜配送中心 {FOOD_PERMIT}", -3)]


def test_a_paper_of_another_holder_or_kind_silences_nothing(desk):
    holder, other = (supplier(desk, name, permit_until="") for name in ("绿源蔬菜配送中心", "康鲜肉类食品有限公司"))
    bring_in(
        desk,
        paper(desk, holder, TODAY - timedelta(days=3)),
        paper(desk, other, TODAY + timedelta(days=1000)),
        paper(desk, holder, TODAY + timedelta(days=1000), "营业执照"),
    )

    assert told(desk) == [(f"绿源蔬菜配送中心 {FOOD_PERMIT}", -3)]


def test_of_a_long_ledger_only_what_may_be_due_is_read(desk, monkeypatch):
    holders = [supplier(desk, f"供货商{number}", permit_until="") for number in range(3)]
    ages = (900, 500, -20, -1000)
    bring_in(
        desk,
        *(paper(desk, one, TODAY - timedelta(days=age)) for many, one in enumerate(holders, 2) for age in ages[:many]),
    )
    read: list[int] = []
    values = desk.listing.values

    def noting(session: Session, ledger: Ledger, ids: Sequence[int]) -> dict[int, dict[str, object]]:
        read.extend(ids if ledger.key == "certificate" else ())
        found: dict[int, dict[str, object]] = values(session, ledger, ids)
        return found

    monkeypatch.setattr(desk.listing, "values", noting)

    assert told(desk) == [("供货商0 食品许可证", -500), ("供货商1 食品许可证", 20)]
    assert len(read) == 2


def test_what_holds_forever_is_never_due_and_a_day_beyond_the_horizon_is_told_when_asked_for(desk):
    one, other = supplier(desk, "甲", permit_until=""), supplier(desk, "乙", permit_until="")
    bring_in(desk, paper(desk, one, FOREVER), paper(desk, other, TODAY + timedelta(days=500)))

    assert told(desk) == []
    assert told(desk, within=499) == []
    assert told(desk, within=500) == [(f"乙 {FOOD_PERMIT}", 500)]


def test_a_ledger_longer_than_a_statement_may_name_records_is_read_all_the_same(desk):
    holder = supplier(desk, "绿源蔬菜配送中心", permit_until="")
    bring_in(desk, *(paper(desk, holder, TODAY - timedelta(days=age)) for age in range(6_000, 0, -1)))
    named: list[int] = []

    def note(
        _connection: object, _cursor: object, _statement: str, parameters: Sequence[object], *_rest: object
    ) -> None:
        named.append(len(parameters))

    event.listen(desk.store.engine, "before_cursor_execute", note)
    with desk.store.reading() as session:
        read = desk.listing.values(session, desk.ledger("certificate"), range(1, 6_001))

    assert sorted(read) == list(range(1, 6_001))
    assert told(desk) == [(f"绿源蔬菜配送中心 {FOOD_PERMIT}", -1)]
    assert max(named) < 5_100


def test_a_hazard_that_is_put_right_is_silent(desk):
    write(desk, "staff", name="宋建军", post="水电工")
    about = {
        "place": "东围墙",
        "category": "设施",
        "description": "路灯缺失",
        "corrective_action": "加装",
        "owner": "宋建军",
    }
    write(desk, "hazard", found_on="2026-10-01", due_on="2026-10-16", **about)
    write(desk, "hazard", found_on="2026-10-01", due_on="2026-10-16", fixed_on="2026-10-10", **about)

    found = [(one.what.split("：")[0], one.due_on) for one in Reminders(desk).due() if one.ledger == "hazard"]

    assert sorted(found) == [("隐患复查", date(2026, 10, 10)), ("隐患整改", date(2026, 10, 16))]


@pytest.mark.parametrize("within", [None, 0, 60, 4000])
@pytest.mark.parametrize("day", [date(2026, 1, 5), TODAY, date(2031, 3, 1)])
def test_reading_only_what_may_be_due_tells_the_same_as_reading_everything(office, monkeypatch, day, within):
    told = Reminders(office).due(day, within)
    monkeypatch.setattr(Reminders, "_in_question", lambda *_: None)

    assert Reminders(office).due(day, within) == told
