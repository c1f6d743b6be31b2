"""How things stand: the badges of tabs and ledgers, and when they are found out anew."""

from __future__ import annotations

from datetime import date

import pytest

from school_logistics.rules.calendar import Month
from school_logistics.services.missing import Missing
from school_logistics.services.reminders import Due
from school_logistics.ui.jobs import AtOnce
from school_logistics.ui.standing import Badge, Standing
from tests.office import purchase


def due(ledger: str, days: int) -> Due:
    """Something due in so many days."""
    return Due(ledger, 1, "校车检验", "", "", date(2026, 11, 22), days, "停运")


def gap(ledger: str) -> Missing:
    """Something missing in a ledger."""
    return Missing("C10", "食品留样记录", ledger, 1, "grams", "11-20", "汤", "留样量没有填", "", "第 1 行")


class Known:
    """Reminders and gaps as a test sets them."""

    def __init__(self, desk) -> None:
        self.desk = desk
        self.reminders = self.pack = self
        self.dues: list[Due] = []
        self.gaps: list[Missing] = []
        self.asked = 0

    def due(self, on=None, within=None) -> list[Due]:
        """As set."""
        self.asked += 1
        return self.dues

    def missing(self, month) -> list[Missing]:
        """As set."""
        return self.gaps


@pytest.fixture
def known(desk):
    return Known(desk)


@pytest.fixture
def standing(qapp, known):
    return Standing(known, AtOnce(), Month(2026, 11))


@pytest.mark.parametrize(
    ("days", "badge"),
    [((-22, 0, 5), Badge("1", "late")), ((0, 0, 9), Badge("2", "soon")), ((8,), Badge("", "")), ((), Badge("", ""))],
)
def test_tab_counts_what_is_overdue_else_what_is_due_today(standing, known, days, badge):
    known.dues = [due("bus", one) for one in days]
    standing.refresh()

    assert standing.tab_badge() == standing.tab_badge(["bus"]) == badge
    assert standing.tab_badge(["supplier"]) == Badge("", "")


@pytest.mark.parametrize(
    ("days", "gaps", "badge"),
    [
        ((-1, 3), 2, Badge("过期 1", "late")),
        ((3,), 2, Badge("缺 2", "late")),
        ((8, 3), 0, Badge("3 天", "soon")),
        ((1,), 0, Badge("明天", "soon")),
        ((0,), 0, Badge("今天", "soon")),
        ((), 0, Badge("", "")),
    ],
)
def test_ledger_tells_the_one_thing_that_is_worst(standing, known, days, gaps, badge):
    known.dues = [due("bus", one) for one in days]
    known.gaps = [gap("bus") for _ in range(gaps)]
    standing.refresh()

    assert standing.ledger_badge("bus") == badge


def test_rows_are_counted_for_the_month_that_is_looked_at(standing, desk):
    purchase(desk, bought_on="2026-10-12", produced_on="2026-10-11")

    standing.set_month(Month(2026, 10))

    assert standing.counts["food_purchase"] == 1
    assert standing.undoable == "新增 采购台账：土豆"


def test_changes_that_follow_each_other_are_found_out_once(standing, known, qtbot):
    standing.refresh()
    before = known.asked

    with qtbot.waitSignal(standing.changed):
        for _ in range(5):
            standing.soon()

    assert known.asked == before + 1


def test_closed_standing_asks_no_more(standing, known):
    standing.close()

    standing.refresh()

    assert known.asked == 0
