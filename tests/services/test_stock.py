"""The store as it is kept: batches by delivery line, issues over several batches, counts, notes, balances."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from school_logistics.errors import OfficeError, Unacceptable
from school_logistics.models.canteen.shelves import shelves
from school_logistics.models.checks import Level
from school_logistics.rules.calendar import Month
from school_logistics.rules.stock import Total, balances
from school_logistics.rules.stock_book import entries, shelf, total_of
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
    assert objections(refused) == {"batch": "土豆库里只有 81 公斤，不够 82 公斤"}
    one = issued(desk, "30", batch="土豆 2026-11-18 第2批", skip_reason="按菜谱先用").id
    with pytest.raises(Unacceptable) as refused:
        issued(desk, "2", batch="土豆 2026-11-18 第2批", skip_reason="按菜谱先用")
    assert "只剩 1 公斤，不够 2 公斤" in objections(refused)["issued"]

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
    assert objections(refused) == {"batch": "库里没有可用的土豆；先登记进货，或先盘点建账"}
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


def keep_stock_since(desk: Desk, day: str) -> None:
    write(desk, "rule_change", rule="stock.begins", value=day, valid_from=day, reason="开始记库存")


def test_what_was_bought_before_the_day_on_which_stock_is_kept_is_no_stock(desk):
    purchase(desk, bought_on="2026-09-01", produced_on="2026-09-01", quantity="500")
    assert sum(one.left for one in on_shelf(desk)) == 581

    keep_stock_since(desk, "2026-11-01")

    issued(desk, "10")
    assert [one.received_on for one in on_shelf(desk)] == [date(2026, 11, 16), date(2026, 11, 18)]
    assert month_balance(desk, Month(2026, 9)) == []


def test_the_day_from_which_stock_is_kept_settles_every_book(desk):
    """What went out of a batch that would be no stock any more has no cost in the book; a count takes its place."""
    count = {"counted_on": "2026-11-20", "ingredient": "土豆", "counted_quantity": "40", "reason": "失水",
             "reviewer": "赵春华"}  # fmt: skip
    write(desk, "stocktake", **count)
    assert kept(desk, "stocktake")[0]["shortage_quantity"] == 41

    keep_stock_since(desk, "2026-11-17")

    told = kept(desk, "stocktake")[0]
    assert (told["book_quantity"], told["shortage_quantity"], told["surplus_quantity"]) == (31, None, 9)


def test_taking_away_the_first_issue_moves_nothing_else(desk):
    first = issued(desk, "10", day="2026-11-16").id
    issued(desk, "5")

    desk.remove(desk.ledger("stock_out"), [first])

    assert sum(one.left for one in on_shelf(desk)) == 76


def test_nothing_vanishes_with_the_years():
    """V-33: the closing of December is the opening of January; salt keeps for three years."""
    desk = new_desk(clock=lambda: datetime(2027, 1, 20, 9))
    supplier(desk, "绿源蔬菜配送中心")
    ingredient(desk, "食盐", "调味品")
    purchase(desk, bought_on="2025-12-20", ingredient="食盐", quantity="100", unit_price="2", produced_on="2025-11-01",
             shelf_life="36个月")  # fmt: skip
    issued(desk, "40", day="2025-12-22", ingredient="食盐")
    issued(desk, "40", day="2026-12-20", ingredient="食盐")

    (december,), (january,) = month_balance(desk, Month(2026, 12)), month_balance(desk, Month(2027, 1))
    assert december.balance.closing == january.balance.opening == Total(Decimal(20), Decimal(40))
    issued(desk, "20", day="2027-01-10", ingredient="食盐")
    assert on_shelf(desk) == []
    desk.store.close()


def test_what_was_used_up_long_ago_need_not_be_read_to_know_what_is_there(desk):
    """The book read from a day on adds up to what the whole of it does, however it went before."""
    issued(desk, "50", day="2026-11-16")
    issued(desk, "10", day="2026-11-18")
    purchase(desk, bought_on="2026-11-19", produced_on="2026-11-18", quantity="9", unit_price="3")

    def told(settled: date) -> list[tuple[object, ...]]:
        with desk.store.reading() as session:
            book = shelves(session, settled=settled)
        return [
            (key, total_of(shelf(kept.batches, kept.movements)), balances(entries(kept.batches, kept.movements),
             date(2026, 11, 19), date(2026, 11, 30))) for key, kept in book.items()
        ]  # fmt: skip

    assert told(date(2026, 11, 19)) == told(date.min)
    with desk.store.reading() as session:
        assert [one.id for one in shelves(session, settled=date(2026, 11, 19))[1].batches] == [2, 3]
    count = {"counted_on": "2026-11-18", "ingredient": "土豆", "counted_quantity": "20", "reason": "失水",
             "reviewer": "赵春华"}  # fmt: skip
    write(desk, "stocktake", **count)
    assert told(date(2026, 11, 19)) == told(date.min)


def opened(desk: Desk, **more: object) -> int:
    """Count so much salt when the book opens."""
    told = {"counted_on": "2026-11-02", "ingredient": "食盐", "counted_quantity": "20", "opening_price": "2.5",
            "best_before": "2027-06-30", "reason": "建账", "reviewer": "李丁卯", "storekeeper": "孙浩"}  # fmt: skip
    return write(desk, "stocktake", **{**told, **more})


def test_what_is_counted_when_the_book_opens_can_be_issued(desk):
    ingredient(desk, "食盐", "调味品")
    opened(desk)
    assert [(one.name, one.left, one.value, one.best_before) for one in on_shelf(desk)][-1] == (
        "食盐", Decimal(20), Decimal(50), date(2027, 6, 30),
    )  # fmt: skip

    issued(desk, "5", day="2026-11-02", ingredient="食盐")
    issued(desk, "15", ingredient="食盐")

    rows = [(row["batch"], row["issued"], row["unit_price"], row["amount"]) for row in kept(desk, "stock_out")]
    assert rows == [(None, 5, Decimal("2.5"), Decimal("12.5")), (None, 15, Decimal("2.5"), Decimal("37.5"))]
    assert [one.name for one in on_shelf(desk)] == ["土豆", "土豆"]
    with pytest.raises(Unacceptable):
        issued(desk, "1", ingredient="食盐")
    with pytest.raises(OfficeError, match="「食盐」2026-11-02 出库了 5"):
        desk.remove(desk.ledger("stocktake"), [1])


def test_counted_and_delivered_goods_go_out_together_first_to_expire_first(desk):
    ingredient(desk, "食盐", "调味品")
    opened(desk)
    purchase(desk, ingredient="食盐", bought_on="2026-11-10", produced_on="2026-11-01", quantity="10", unit_price="3",
             shelf_life="36个月")  # fmt: skip

    issued(desk, "25", ingredient="食盐")

    rows = [(row["batch"], row["issued"], row["amount"]) for row in kept(desk, "stock_out")]
    assert rows == [(None, 20, 50), (3, 5, 15)]


def test_a_book_opened_without_a_price_is_told_of(desk):
    ingredient(desk, "食盐", "调味品")
    ledger = desk.ledger("stocktake")
    told = {"counted_on": "2026-11-02", "ingredient": "食盐", "counted_quantity": "20", "reason": "建账"}
    draft = desk.blank(ledger) | {key: desk.read(ledger, key, typed) for key, typed in told.items()}

    found = {one.field: one.sentence for one in desk.examine(ledger, desk.complete(ledger, draft))}

    assert "请填建账单价" in found["opening_price"]


def balance(desk: Desk) -> list[list[int]]:
    """What November adds up to: opening, received, issued, disposed, difference, closing."""
    return [
        [int(total.quantity) for total in (*one.balance, one.balance.closing)] for one in month_balance(desk, NOVEMBER)
    ]


def test_bringing_back_an_issue_whose_goods_went_out_again_is_refused(desk):
    """V-30: whichever way a record comes, no batch falls below nothing."""
    one = issued(desk, "50").id
    desk.remove(desk.ledger("stock_out"), [one])
    removal = desk.acts()[0]
    issued(desk, "50")

    with pytest.raises(OfficeError, match="「土豆 2026-11-16 第1批」2026-11-19 出库了 50，这样一改那天就只有 0"):
        desk.undo_act(removal)

    assert balance(desk) == [[0, 81, 50, 0, 0, 31]]


def test_taking_back_what_a_delivery_was_raised_by_is_refused_once_it_went_out(desk):
    bought = desk.ledger("food_purchase")
    desk.save(bought, desk.draft(bought, 2) | {"quantity": Decimal(40)}, 2)
    raised = desk.acts()[0]
    issued(desk, "90")

    with pytest.raises(OfficeError, match="第2批」2026-11-19 出库了 40，这样一改那天就只有 31"):
        desk.undo_act(raised)

    assert balance(desk) == [[0, 90, 90, 0, 0, 0]]


def test_a_surplus_that_was_issued_keeps_its_count(desk):
    count = {"counted_on": "2026-11-19", "ingredient": "土豆", "counted_quantity": "91", "reason": "盘盈",
             "reviewer": "赵春华"}  # fmt: skip
    one = write(desk, "stocktake", **count)
    issued(desk, "91", day="2026-11-20")
    ledger = desk.ledger("stocktake")

    with pytest.raises(OfficeError, match="库存会变成负数"):
        desk.remove(ledger, [one])
    with pytest.raises(OfficeError, match="库存会变成负数"):
        desk.save(ledger, desk.draft(ledger, one) | {"counted_quantity": Decimal(85)}, one)

    assert balance(desk) == [[0, 81, 91, 0, 10, 0]]


def test_an_issue_for_a_day_before_a_count_changes_its_difference_and_not_what_was_counted(desk):
    """V-33: what was counted stands; the count's own figures follow in the same act, and go back with it."""
    count = {"counted_on": "2026-11-20", "ingredient": "土豆", "counted_quantity": "71", "reason": "失水",
             "reviewer": "赵春华"}  # fmt: skip
    write(desk, "stocktake", **count)

    saved = issued(desk, "10")

    assert "2026-11-20 已经盘点过" in saved.warnings[0].sentence
    told = kept(desk, "stocktake")[0]
    assert (told["book_quantity"], told["shortage_quantity"], told["counted_amount"]) == (71, None, 284)
    assert balance(desk) == [[0, 81, 10, 0, 0, 71]]
    desk.undo()
    assert kept(desk, "stocktake")[0]["shortage_quantity"] == 10


def test_a_price_put_right_puts_right_what_went_out(desk):
    """The last issue does not bear the difference, and one undo takes all of it back."""
    issued(desk, "20")
    bought = desk.ledger("food_purchase")

    desk.save(bought, desk.draft(bought, 1) | {"unit_price": Decimal(1000)}, 1)

    assert [(row["unit_price"], row["amount"]) for row in kept(desk, "stock_out")] == [(40, 800)]
    issued(desk, "30", day="2026-11-20")
    assert [row["amount"] for row in kept(desk, "stock_out")] == [800, 1200]
    desk.undo()
    desk.undo()
    assert [(row["unit_price"], row["amount"]) for row in kept(desk, "stock_out")] == [(4, 80)]


def test_an_issue_whose_batch_is_cleared_is_shared_out_like_a_new_one(desk):
    """V-31: the row becomes the first share, the rest are rows of their own; shelf and balance tell the same."""
    one = issued(desk, "20").id
    ledger = desk.ledger("stock_out")

    saved = desk.save(ledger, desk.draft(ledger, one) | {"batch": None, "issued": Decimal(60)}, one)

    assert (saved.id, saved.others) == (one, (one + 1,))
    rows = [(row["batch"], row["issued"], row["amount"]) for row in kept(desk, "stock_out")]
    assert rows == [(1, 50, 200), (2, 10, 40)]
    assert balance(desk) == [[0, 81, 60, 0, 0, 21]]
    assert sum(one.left for one in on_shelf(desk)) == 21
    desk.undo()
    assert [(row["batch"], row["issued"]) for row in kept(desk, "stock_out")] == [(1, 20)]


def test_a_unit_in_which_stock_is_kept_stays(desk):
    """V-29: what lies there is counted in it; an ingredient of which nothing came yet may change."""
    goods = desk.ledger("ingredient")
    with pytest.raises(Unacceptable) as refused:
        desk.save(goods, desk.draft(goods, 1) | {"unit": "斤"}, 1)
    assert "库存已经按“公斤”记了" in objections(refused)["unit"]

    one = ingredient(desk, "食盐", "调味品", unit="公斤")
    desk.save(goods, desk.draft(goods, one) | {"unit": "袋"}, one)


def test_a_factor_stays_with_the_line_that_used_it(desk):
    """V-29: sacks become smaller; those that came before stay what they were, those that come are smaller."""
    goods, bought = desk.ledger("ingredient"), desk.ledger("food_purchase")
    desk.save(goods, desk.draft(goods, 1) | {"conversions": "1袋=20公斤"}, 1)

    desk.save(bought, desk.draft(bought, 1) | {"remark": "已核对"}, 1)
    purchase(desk, bought_on="2026-11-19", produced_on="2026-11-15", quantity="1", unit="袋", unit_price="90")

    lines = [(row["conversion"], row["stock_quantity"]) for row in kept(desk, "food_purchase")]
    assert lines == [("1袋=25公斤", 50), (None, 31), ("1袋=20公斤", 20)]
    desk.save(bought, desk.draft(bought, 1) | {"conversion": None}, 1)
    assert kept(desk, "food_purchase")[0]["stock_quantity"] == 40


def test_a_delivery_that_cannot_be_counted_into_stock_is_a_gap(desk):
    """V-29: with the sentence how to write the factor."""
    with pytest.raises(Unacceptable) as refused:
        purchase(desk, quantity="3", unit="箱")
    assert objections(refused)["unit"].endswith("请在食材目录的单位换算里写，如 1箱=10公斤")
    purchase(desk, quantity="3", unit="箱", result="拒收")


def test_the_ingredient_of_a_delivery_stays_once_something_was_taken(desk):
    issued(desk, "5")
    ingredient(desk, "白菜", unit="公斤")
    bought = desk.ledger("food_purchase")
    with pytest.raises(Unacceptable) as refused:
        desk.save(bought, desk.draft(bought, 1) | {"ingredient": 2}, 1)
    assert "已经出库 5，品名不能再改" in objections(refused)["ingredient"]


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
