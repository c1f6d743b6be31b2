"""Whether the canteen's ledgers agree, from plain records: grades and ages, units, delivery notes, people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from school_logistics.app import rule_book
from school_logistics.models.canteen.accounts import DinerCount
from school_logistics.models.canteen.deliveries import DeliveryNote
from school_logistics.models.canteen.menus import MenuDish, RecipeLine
from school_logistics.models.canteen.purchases import FoodPurchase, Ingredient
from school_logistics.models.canteen.stock import StockOut
from school_logistics.models.office import Staff
from school_logistics.reports.canteen_money import books_of
from school_logistics.reports.form import Entry
from school_logistics.services.cross_checks import CrossChecks
from school_logistics.services.missing import Missing
from tests.reports.plain_source import MONTH, PlainSource, entry

DAY, TODAY = date(2026, 11, 9), date(2026, 11, 22)
BOOK = rule_book()


def checked(*entries: Entry, today: date = TODAY) -> CrossChecks:
    return CrossChecks(PlainSource(*entries), MONTH, BOOK, today)


def rice(unit: str = "公斤", conversions: str | None = None) -> Entry:
    return entry(Ingredient.ledger, 1, name="粳米", category="粮食", unit=unit, conversions=conversions)


def served(**count: Any) -> tuple[Entry, ...]:
    """Rice for lunch, 100 grams for the younger and 200 for the elder."""
    return (
        entry(MenuDish.ledger, 1, served_on=DAY, meal="午餐", course="主食", dish="米饭"),
        entry(
            RecipeLine.ledger, 1, dish="米饭", ingredient=1, ingredient_name="粳米", grams_6=Decimal(100),
            grams_9=Decimal(200),
        ),
        entry(DinerCount.ledger, 1, counted_on=DAY, meal="午餐", **count),
    )  # fmt: skip


def out(issued: str, ingredient: int = 1) -> Entry:
    return entry(StockOut.ledger, 1, issued_on=DAY, purpose="午餐", ingredient=ingredient, ingredient_name="粳米",
                 issued=Decimal(issued))  # fmt: skip


def test_each_age_eats_its_own_grams_and_staff_eat_with_the_eldest():
    """V-60: 100 younger, 100 elder and 10 staff take 10 + 20 + 2 kilograms."""
    entries = served(grade_1=60, grade_3=40, grade_4=100, staff=9, accompanying=1)
    assert list(checked(rice(), *entries, out("32")).recipes_and_stock()) == []
    [told] = checked(rice(), *entries, out("20")).recipes_and_stock()
    assert "粳米 应用 32 公斤，出库 20 公斤（差 38%）" in told.why
    assert (told.form, told.ledger, told.id, told.day) == ("C05", "stock_out", 1, "11-09")


def test_without_grades_all_pupils_are_shared_among_the_ages():
    """V-60: 200 pupils of two ages take 30 kilograms."""
    assert list(checked(rice(), *served(pupils=200), out("30")).recipes_and_stock()) == []


def test_stock_kept_in_bags_is_weighed_by_its_factor():
    """V-60: two bags of 25 kilograms against 30."""
    [told] = checked(rice("袋", "1袋=25公斤"), *served(pupils=200), out("2")).recipes_and_stock()
    assert "出库 50 公斤" in told.why
    unreadable = checked(rice("袋", "一大袋"), *served(pupils=200), out("2"))
    assert "出库 0 公斤" in next(iter(unreadable.recipes_and_stock())).why


def test_a_canteen_that_keeps_no_stock_and_a_meal_nobody_counted_are_not_asked():
    """V-60: nothing to compare with."""
    assert list(checked(rice(), *served(pupils=200)).recipes_and_stock()) == []
    assert list(checked(rice(), *served(pupils=200)[:2], out("1")).recipes_and_stock()) == []
    assert list(checked(rice(), *served(pupils=200), out("1"), today=DAY).recipes_and_stock()) == [], "not over yet"


def bought(one: int, amount: str, **more: Any) -> Entry:
    told: dict[str, Any] = {
        "bought_on": DAY, "ingredient": 1, "supplier": 1, "supplier_name": "绿源", "note_no": "SH1", "result": "合格",
        "amount": Decimal(amount), "stock_quantity": Decimal(10),
    }  # fmt: skip
    return entry(FoodPurchase.ledger, one, **told | more)


def purchases(*entries: Entry) -> list[Missing]:
    asked = checked(rice(), *entries)
    return list(asked.purchases_and_stock(books_of(PlainSource(rice(), *entries), MONTH)))


def test_a_line_that_has_no_quantity_in_stock_is_found():
    """V-62: bought and not come in."""
    assert purchases(bought(1, "100"), bought(2, "40", result="拒收")) == []
    [told] = purchases(bought(1, "100"), bought(2, "40", stock_quantity=None))
    assert told.id == 2
    assert "相差 40.00 元" in told.why


def test_a_suppliers_notes_are_held_against_the_lines_that_name_them():
    """V-62: the supplier's bill says the same, unless the difference has its reason."""
    note: dict[str, Any] = {"came_on": DAY, "supplier": 1, "supplier_name": "绿源", "note_no": "SH1"}
    agreed = entry(DeliveryNote.ledger, 1, **note, ticket_total=Decimal(100))
    apart = entry(DeliveryNote.ledger, 1, **note, ticket_total=Decimal("100.30"))
    settled = entry(DeliveryNote.ledger, 1, **note, ticket_total=Decimal("100.30"), reason="抹零")
    assert purchases(bought(1, "100"), agreed) == []
    assert purchases(bought(1, "100"), settled) == []
    [told] = purchases(bought(1, "100"), apart)
    assert (told.title, told.why) == ("绿源", "1 张送货单票面 100.30 元，台账各行 100.00 元")


def test_only_people_at_work_in_posts_that_touch_food_need_the_certificate():
    """V-64: who left, who begins later, and the driver are not counted."""

    def person(one: int, name: str, post: str = "厨师", **more: Any) -> Entry:
        return entry(Staff.ledger, one, name=name, post=post, **more)

    people = (
        person(1, "郭建军", health_until=date(2027, 1, 1)), person(2, "李长青", left_on=date(2026, 7, 10)),
        person(3, "郑长河", hired_on=date(2026, 12, 1)), person(4, "张强", "校车司机"),
        person(5, "何春华", "打餐员", health_until=date(2026, 11, 10)),
    )  # fmt: skip
    [told] = checked(*people).staff_and_certificates()
    assert told.why == "在岗从业人员 2 人，健康证有效 1 人；没有有效健康证：何春华"
    assert told.id == 5
