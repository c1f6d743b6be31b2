"""What judged a check stays as it was: items, their points and vetoes, the passing score of a list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from school_logistics.errors import Unacceptable
from school_logistics.services.desk import Desk
from school_logistics.services.importing import Importer
from school_logistics.services.rows import Query
from tests.office import new_desk, write

SCORED = "食堂月度检查评分"


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    write(desk, "staff", name="杨雪", post="水电工")
    yield desk
    desk.store.close()


def item(desk: Desk, label: str = "许可证公示") -> int:
    """The item of that name."""
    ledger = desk.ledger("check_item")
    return next(one for one in desk.ids(ledger, Query()) if desk.draft(ledger, one)["label"] == label)


def change(desk: Desk, key: str, one: int, **typed: str) -> None:
    """Type something else into a record."""
    ledger = desk.ledger(key)
    read = {field: desk.read(ledger, field, said) for field, said in typed.items()}
    desk.save(ledger, desk.draft(ledger, one) | read, one)


def check(desk: Desk, on: str = "2026-10-15") -> int:
    """A scored check with five points lost."""
    told = {"answers": "许可证公示×扣5（脏）", "spot_fix": "擦了", "inspector": "杨雪"}
    return write(desk, "inspection", checked_on=on, checklist=SCORED, **told)


@pytest.mark.parametrize(("field", "typed"), [
    ("points", "100"), ("veto", "是"), ("label", "别的事"), ("checklist", "灭火器月检"), ("valid_from", "2026-10-20"),
])  # fmt: skip
def test_an_item_that_was_answered_is_not_judged_by_anew(desk: Desk, field: str, typed: str):
    kept = desk.draft(desk.ledger("inspection"), one := check(desk))

    with pytest.raises(Unacceptable, match=r"2026-10-15 还检查过.*填停用日期.*另写一行") as refused:
        change(desk, "check_item", item(desk), **{field: typed})

    assert [found.field for found in refused.value.objections] == [field]
    assert desk.draft(desk.ledger("inspection"), one) == kept


@pytest.mark.parametrize(
    ("field", "typed"), [("pass_score", "10"), ("style", "正常/异常"), ("name", "新名"), ("form", "C19")]
)
def test_a_list_that_was_answered_keeps_what_it_judges_by(desk: Desk, field: str, typed: str):
    check(desk)
    with pytest.raises(Unacceptable, match=r"2026-10-15 已经检查过.*另建一张新表"):
        change(desk, "checklist", check_list(desk), **{field: typed})


def check_list(desk: Desk) -> int:
    """The scored list."""
    found = desk.read(desk.ledger("check_item"), "checklist", SCORED)
    assert isinstance(found, int)
    return found


def test_an_item_ends_after_its_last_check_and_another_begins_the_day_after(desk: Desk):
    kept = desk.draft(desk.ledger("inspection"), one := check(desk))
    with pytest.raises(Unacceptable, match="停用日期不能比那天早"):
        change(desk, "check_item", item(desk), valid_to="2026-10-14")
    change(desk, "check_item", item(desk), valid_to="2026-10-15")
    told = {"checklist": SCORED, "label": "许可证公示", "position": 1, "points": "10"}

    with pytest.raises(Unacceptable, match="要从 2026-10-16 或以后起用"):
        write(desk, "check_item", valid_from="2026-10-15", **told)
    write(desk, "check_item", valid_from="2026-10-16", **told)

    assert desk.draft(desk.ledger("inspection"), one) == kept
    assert desk.draft(desk.ledger("inspection"), check(desk, "2026-11-16"))["score"] == 100
    with pytest.raises(Unacceptable, match="这张表 2026-11-16 又检查过"):
        change(desk, "check_item", item(desk), valid_to="")


def test_what_does_not_judge_may_be_put_better(desk: Desk):
    check(desk)
    change(desk, "check_item", item(desk), detail="许可证挂在门厅", position="2")


def test_a_change_of_an_item_is_not_taken_back_once_it_was_answered(desk: Desk):
    change(desk, "check_item", item(desk), points="6")
    [act] = desk.acts(1)
    check(desk)
    with pytest.raises(Unacceptable, match="2026-10-15 还检查过"):
        desk.undo_act(act)


def test_an_import_does_not_judge_checks_anew(desk: Desk, tmp_path: Path):
    check(desk)
    file = tmp_path / "检查项目.csv"
    file.write_text("检查表,顺序,项目,分值,启用日期\n食堂月度检查评分,1,许可证公示,50,2020-01-01\n", encoding="utf-8")
    plan = Importer(desk).plan(desk.ledger("check_item"), file)
    assert [one.field for one in plan.refused] == ["points"]
    assert "2026-10-15 还检查过" in plan.refused[0].reason
