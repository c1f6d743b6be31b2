"""The score and the verdict that the tables show, worked out in SQL, held against the rule that says what they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from school_logistics.models.checklists import CheckItem, items_on
from school_logistics.rules.answers import ABNORMAL, NORMAL, NOT_APPLICABLE, Answer, tell_answers
from school_logistics.rules.inspections import score_of, verdict_of
from school_logistics.services.desk import Desk
from school_logistics.services.rows import Query
from tests.office import new_desk, write

ON = date(2026, 10, 28)
LISTS = {"逐项评分": ("60", ("7", "2.5", "0.5", "33", None, "0")), "合格线高": ("99.5", ("3", "3", "3")),
         "只看符合": (None, (None, None, None)), "评分不设线": (None, ("5", "5"))}  # fmt: skip
"""Lists with their passing score and the points of their items; the second item of each is a veto."""


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    desk = new_desk()
    write(desk, "staff", name="杨雪", post="水电工")
    for name, (passing, worth) in LISTS.items():
        write(desk, "checklist", name=name, area="食堂", cycle="每月", style="评分",
              **({"pass_score": passing} if passing else {}))  # fmt: skip
        for at, points in enumerate(worth):
            told = {"veto": "是"} if at == 1 else {}
            write(desk, "check_item", checklist=name, label=f"第{at}项", position=at, valid_from="2026-09-01",
                  **told, **({"points": points} if points else {}))  # fmt: skip
    yield desk
    desk.store.close()


def answer_to(item: CheckItem) -> some.SearchStrategy[Answer]:
    """An answer that may be given to an item."""
    most = int((item.points or Decimal(0)) * 10)
    lost = some.integers(1, most).map(lambda tenths: Decimal(tenths) / 10) if most else some.none()
    abnormal = some.builds(Answer, some.just(ABNORMAL), some.one_of(some.none(), lost), some.just("有事"))
    return some.one_of(some.just(Answer(NORMAL)), some.just(Answer(NOT_APPLICABLE)), abnormal)


@given(data=some.data(), name=some.sampled_from(sorted(LISTS)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_sql_shows_is_what_the_rule_says(desk: Desk, data: some.DataObject, name: str):
    with desk.store.reading() as session:
        items = items_on(session, name, ON)
    told = tell_answers({item.label: data.draw(answer_to(item), item.label) for item in items})
    ledger = desk.ledger("inspection")

    one = write(desk, "inspection", checked_on=ON, checklist=name, answers=told, spot_fix="全部", inspector="杨雪")

    kept = desk.draft(ledger, one)
    lists = desk.ledger("checklist")
    passing = next(row for number in desk.ids(lists, Query()) if (row := desk.draft(lists, number))["name"] == name)
    answered = str(kept["answers"])
    assert kept["score"] == score_of(items, answered).score
    assert kept["conclusion"] == verdict_of(items, answered, passing["pass_score"])  # type: ignore[arg-type]  # a score
