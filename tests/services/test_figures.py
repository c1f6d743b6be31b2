"""The figures of the home page, against what was written into the ledgers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from school_logistics.rules.calendar import Month
from school_logistics.services.desk import Desk
from school_logistics.services.figures import FOOD_GROUPS, Figures, group_of, term_before
from school_logistics.services.reminders import Reminders
from school_logistics.services.rows import Query
from tests.office import ingredient, new_desk, purchase, supplier, write


@pytest.fixture
def desk() -> Iterator[Desk]:
    """An empty office."""
    made = new_desk()
    yield made
    made.store.close()


def test_purchases_are_summed_by_month_and_kind_of_food(desk: Desk):
    supplier(desk)
    ingredient(desk, "粳米", "粮食")
    purchase(
        desk, bought_on="2026-11-03", ingredient="粳米", quantity="100", unit_price="4.36", produced_on="2026-10-20",
        shelf_life="12个月",
    )  # fmt: skip
    purchase(desk, bought_on="2026-11-20")
    purchase(desk, bought_on="2026-10-20", quantity="10", unit_price="2", produced_on="2026-10-19")

    months = Figures(desk).purchases(Month(2026, 11))

    assert [one.month for one in months] == [Month(2026, 10), Month(2026, 11)]
    by_name = dict(zip((name for name, _ in FOOD_GROUPS), months[-1].parts, strict=True))
    assert by_name["粮油"] == Decimal("436.00")
    assert by_name["蔬果"] == Decimal("150.35")
    assert months[-1].total == desk.totals(desk.ledger("food_purchase"), Query(Month(2026, 11)))["amount"]


def test_months_without_deliveries_are_left_out_and_seven_are_enough(desk: Desk):
    for month in (1, 2, 3, 4, 5, 6, 9, 10, 11):
        purchase(desk, bought_on=f"2026-{month:02}-05", produced_on=f"2026-{month:02}-04")

    months = Figures(desk).purchases(Month(2026, 11))

    assert [one.month.number for one in months] == [3, 4, 5, 6, 9, 10, 11]


def test_without_purchases_there_is_nothing_to_draw(desk: Desk):
    assert Figures(desk).purchases(Month(2026, 11)) == ()


def test_the_order_rate_of_a_grade_is_worked_out_from_sums_beside_the_term_before(desk: Desk):
    supplier(desk, "清泉乳业")
    for name, pupils in (("一年级1班", "40"), ("一年级2班", "10"), ("二年级1班", "50")):
        write(desk, "school_class", name=name, pupils=pupils)
    for term, name, ordered in (
        ("2026秋", "一年级1班", "20"),
        ("2026秋", "一年级2班", "10"),
        ("2026秋", "二年级1班", "40"),
        ("2026春", "一年级1班", "30"),
    ):
        write(
            desk, "milk_order", term=term, school_class=name, ordered=ordered, days="88", unit_price="2.5",
            supplier="清泉乳业", pupils={"一年级1班": "40", "一年级2班": "10", "二年级1班": "50"}[name],
        )  # fmt: skip

    milk = Figures(desk).milk()

    assert (milk.term, milk.before) == ("2026秋", "2026春")
    assert [(one.grade, one.rate, one.before) for one in milk.grades] == [
        ("一年级", Decimal("60.0"), Decimal("75.0")),
        ("二年级", Decimal("80.0"), None),
    ]
    assert (milk.whole, milk.whole_before) == (Decimal("70.0"), Decimal("75.0"))


def test_the_paper_of_a_supplier_belongs_to_the_canteen_and_not_to_where_papers_stand(desk: Desk):
    supplier(desk, permit_until="2026-10-31")

    dues = Reminders(desk).due()

    assert [due.ledger for due in dues] == ["certificate"]
    assert Figures(desk).tabs_of(dues) == ("食堂",)


def test_a_kind_of_food_that_no_group_names_is_counted_with_the_rest():
    assert FOOD_GROUPS[group_of("调味品")][0] == "其他"
    assert FOOD_GROUPS[group_of("水产")][0] == "肉蛋水产"


def test_the_term_before_spring_is_last_autumn():
    assert (term_before("2026春"), term_before("2026秋")) == ("2025秋", "2026春")
