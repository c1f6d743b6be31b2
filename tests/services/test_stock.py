"""The store as it is kept: batches by delivery line, issues over several batches, counts, notes, balances."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from school_logistics.errors import OfficeError, Unacceptable
from school_logistics.models.ledger import Level
from school_logistics.rules.calendar import Month
from school_logistics.services.desk import Desk
from school_logistics.services.month import MonthPack
from school_logistics.services.rows import Query, Saved
from school_logistics.services.stock import expiring, issue, month_balance, on_shelf
from tests.office import ingredient, new_desk, purchase, supplier, write

NOVEMBER = Month(2026, 11)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Potatoes in two batches: 2 sacks of 25 kg on the 16th, 31 kg on the 18th."""
    desk = new_desk()
    supplier(desk, "绿源蔬菜配送中心")
    ingredient(desk, "土豆", unit="公斤", conversions="1袋=25公斤")
    purchase(desk, bought_on="2026-11-16", produced_on="2026-11-15", quantity="2", unit="袋", unit_price="100",
             note_no="A1")  # fmt: skip
    purchase(desk, bought_on="2026-11-18", produced_on="2026-11-15", quantity="31", unit_price="4", note_no="A2")
    yield desk
    desk.store.close()


def issued(desk: Desk, quantity: str, day: str = "2026-11-19", **more: object) -> Saved:
    """Hand so much to the kitchen."""
    ledger = desk.ledger("stock_out")
    told = {"issued_on": day, "ingredient": "土豆", "issued": quantity, "requested": quantity, "purpose": "午餐",
            "receiver": "郭建军", "storekeeper": "孙浩"} | more  # fmt: skip
    draft = desk.blank(ledger) | {key: desk.read(ledger, key, typed) for key, typed in told.items()}
    return issue(desk, draft)


def kept(desk: Desk, key: str) -> list[dict[str, Any]]:
    ledger = desk.ledger(key)
    with desk.store.reading() as session:
        return list(desk.listing.values(session, ledger, desk.ids(ledger, Query())).values())


def objections(refused: pytest.ExceptionInfo[Unacceptable]) -> dict[str, str]:
    return {one.field: one.sentence for one in refused.value.objections}


def test_a_delivery_lies_in_the_store_in_the_ingredients_own_unit(desk):
    """V-29: two sacks of 25 kilograms are 50 kilograms, at the price of a kilogram."""
    found = on_shelf(desk)

    assert [(one.name, int(one.left), one.unit, int(one.value)) for one in found] == [
        ("土豆", 50, "公斤", 200), ("土豆", 31, "公斤", 124),
    ]  # fmt: skip
    assert issued(desk, "10").sentence == "已存：新增 出库台账：土豆"
    assert [(row["unit_price"], row["amount"]) for row in kept(desk, "stock_out")] == [(4, 40)]


def test_one_issue_over_two_batches_is_one_act(desk):
    """V-31: 60 kilograms out of 50 and 31 are two rows, said in a sentence, and taken back together."""
    saved = issued(desk, "60")

    assert saved.sentence.endswith("一批不够，已按先到期先出分成 2 行")
    assert [(row["batch"], row["issued"], row["requested"]) for row in kept(desk, "stock_out")] == [
        (1, 50, 50), (2, 10, 10),
    ]  # fmt: skip
    desk.undo()
    assert kept(desk, "stock_out") == []


def test_the_shelf_never_goes_below_nothing(desk):
    """V-30: neither in all nor by batch, nor by a change of what was issued or of the delivery itself."""
    with pytest.raises(Unacceptable) as refused:
        issued(desk, "82")
    assert objections(refused) == {"batch": "库里只有 81，不够 82"}
    one = issued(desk, "30", batch="土豆 2026-11-18 第2批", skip_reason="按菜谱先用").id
    with pytest.raises(Unacceptable) as refused:
        issued(desk, "2", batch="土豆 2026-11-18 第2批", skip_reason="按菜谱先用")
    assert "只剩 1，不够 2" in objections(refused)["issued"]

    ledger = desk.ledger("stock_out")
    desk.save(ledger, desk.draft(ledger, one) | {"issued": Decimal(31)}, one)
    with pytest.raises(Unacceptable):
        desk.save(ledger, desk.draft(ledger, one) | {"issued": Decimal(32)}, one)
    bought = desk.ledger("food_purchase")
    with pytest.raises(Unacceptable) as refused:
        desk.save(bought, desk.draft(bought, 2) | {"quantity": Decimal(30)}, 2)
    assert "已经出库 31" in objections(refused)["quantity"]
    with pytest.raises(OfficeError, match="在出库台账里还有 1 行在用"):
        desk.remove(bought, [2])


def test_nothing_goes_out_before_it_came_and_a_batch_passed_over_wants_its_reason(desk):
    """V-30, V-31: by the day of the issue."""
    with pytest.raises(Unacceptable) as refused:
        issued(desk, "5", day="2026-11-15")
    assert objections(refused) == {"batch": "库里没有可用的；先登记进货，或先盘点建账"}
    with pytest.raises(Unacceptable) as refused:
        issued(desk, "5", batch="土豆 2026-11-18 第2批")
    assert "应先出" in objections(refused)["skip_reason"]


def test_what_has_expired_is_thrown_away_and_not_issued(desk):
    """V-32: milk past its day goes to the disposals only, in front of a witness, and leaves the shelf."""
    ingredient(desk, "纯牛奶", "乳", unit="袋")
    purchase(desk, bought_on="2026-11-16", produced_on="2026-11-10", ingredient="纯牛奶", quantity="100", unit="袋",
             unit_price="2.35", shelf_life="10天", second_inspector="杨雪", inspector="吴桂香")  # fmt: skip
    assert [(one.name, one.best_before) for one in expiring(desk)] == [("纯牛奶", date(2026, 11, 19))]
    with pytest.raises(Unacceptable):
        issued(desk, "5", day="2026-11-20", ingredient="纯牛奶", unit="袋")
    told = {"found_on": "2026-11-20", "ingredient": "纯牛奶", "quantity": "100", "batch": "纯牛奶 2026-11-16 第3批",
            "cause": "过期", "stage": "库存", "method": "销毁",
            "handled_at": "2026-11-20 16:40", "handler": "孙浩"}  # fmt: skip

    with pytest.raises(Unacceptable) as refused:
        write(desk, "rejected_food", **told, witness="孙浩")
    assert objections(refused) == {"witness": "见证人不能就是处理人"}
    write(desk, "rejected_food", **told, witness="杨雪")

    assert expiring(desk) == []
    assert kept(desk, "rejected_food")[0]["amount"] == 235


def test_a_month_closes_with_what_was_counted(desk):
    """V-33: a count takes the book from the ledgers; its difference wants reason and reviewer; the month adds up."""
    issued(desk, "60")
    count = {"counted_on": "2026-11-20", "ingredient": "土豆", "counted_quantity": "20"}
    with pytest.raises(Unacceptable) as refused:
        write(desk, "stocktake", **count)
    assert set(objections(refused)) == {"reason", "reviewer"}

    write(desk, "stocktake", **count, reason="失水", reviewer="赵春华")

    row = kept(desk, "stocktake")[0]
    assert (row["book_quantity"], row["book_amount"], row["shortage_quantity"]) == (21, 84, 1)
    (summed,) = month_balance(desk, NOVEMBER)
    assert [int(one) for one in summed.balance.closing] == [20, 80]
    assert [int(total.quantity) for total in summed.balance] == [0, 81, 60, 0, -1]
    assert sum(one.left for one in on_shelf(desk)) == 20
    assert month_balance(desk, NOVEMBER.next())[0].balance.opening == summed.balance.closing
    assert MonthPack(desk).draw("C06", NOVEMBER).pages == (1,)


def test_what_was_bought_long_before_the_book_begins_is_not_there_any_more(desk):
    purchase(desk, bought_on="2026-09-01", produced_on="2026-09-01", quantity="500")

    issued(desk, "10")

    assert [one.received_on for one in on_shelf(desk)] == [date(2026, 11, 16), date(2026, 11, 18)]


def test_batches_with_something_left_are_offered_first_to_expire_first(desk):
    ledger = desk.ledger("stock_out")
    issued(desk, "50")

    offered = desk.choices(ledger, "batch", "td")

    assert [(one.name, one.detail) for one in offered] == [("土豆 2026-11-18 第2批", "剩 31")]
    assert desk.show(ledger, "batch", 1) == "土豆 2026-11-16 第1批"


def test_a_delivery_note_is_held_against_its_lines(desk):
    """V-23: one fen may be between them; more wants its reason."""
    note = {"came_on": "2026-11-18", "supplier": "绿源蔬菜配送中心", "note_no": "A2"}
    with pytest.raises(Unacceptable) as refused:
        write(desk, "delivery_note", **note, ticket_total="123.98")
    assert objections(refused) == {"reason": "票面合计 123.98，各行合计 124.00，相差 0.02 元，请说明"}
    write(desk, "delivery_note", **note, ticket_total="123.99")
    with pytest.raises(Unacceptable) as refused:
        write(desk, "delivery_note", **note, ticket_total="124")
    assert "已经登记过" in objections(refused)["note_no"]


def warned(desk: Desk, **more: object) -> dict[str, str]:
    """What should be looked at again in a delivery of potatoes."""
    ledger = desk.ledger("food_purchase")
    told = {"bought_on": "2026-11-20", "ingredient": "土豆", "quantity": "1", "supplier": "绿源蔬菜配送中心",
            "produced_on": "2026-11-19"} | more  # fmt: skip
    draft = {key: desk.read(ledger, key, typed) for key, typed in told.items()}
    found = desk.examine(ledger, desk.complete(ledger, desk.blank(ledger) | draft))
    return {one.field: one.sentence for one in found if one.level is not Level.REFUSED}


def test_a_delivery_is_held_against_the_others(desk):
    """V-24, V-28: its price, its note, its certificate."""
    assert "比近期均价 4.00 元高 50%" in warned(desk, unit_price="6")["unit_price"]
    assert "unit_price" not in warned(desk, unit_price="5.2")
    assert "是否重复" in warned(desk, bought_on="2026-11-18", note_no="A2")["note_no"]
    told = {"quarantine_no": "370391", "quarantine_quantity": "50"}
    purchase(desk, quantity="40", **told)
    assert "累计已进 51" in warned(desk, quantity="11", **told)["quarantine_quantity"]
    assert "quarantine_quantity" not in warned(desk, quantity="10", **told)


def test_a_delivery_is_held_against_list_and_contract(desk):
    """V-15, V-26: who may bring it, and until when at that price."""
    supplier(desk, "惠民粮油有限公司", contract_from="2025-09-01", contract_until="2026-08-31")
    write(desk, "designated", item="土豆", kind="统一采购", supplier="惠民粮油有限公司", valid_from="2026-09-01")

    assert "不在统一采购（指定）名录里" in warned(desk)["exception"]
    assert "exception" not in warned(desk, bought_on="2026-08-31", produced_on="2026-08-30")
    mine = warned(desk, supplier="惠民粮油有限公司")
    assert "exception" not in mine
    assert "供货合同已于 2026-08-31 到期" in mine["supplier"]


def test_the_same_two_who_always_accept_are_told_to_rotate(desk):
    """V-25: nine weeks on end; the notice comes when a line is saved, never in an import."""
    ingredient(desk, "粳米", "粮食", unit="公斤")
    people = {"inspector": "吴桂香", "second_inspector": "杨雪", "ingredient": "粳米", "shelf_life": "12个月"}
    for week in range(8):
        day = date.fromordinal(date(2026, 9, 21).toordinal() + 7 * week)
        purchase(desk, **people, bought_on=day.isoformat(), produced_on="2026-09-20")

    assert "已连续 9 周一起验收" in warned(desk, **people)["inspector"]
    assert "inspector" not in warned(desk, **{**people, "second_inspector": "何静"})
