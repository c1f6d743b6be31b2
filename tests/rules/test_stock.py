"""The store by plain values: first to expire first, never below nothing, and a month that adds up (V-30 to V-33)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_logistics.errors import OfficeError
from school_logistics.rules import disposal, issuing, stock_book, stocktaking
from school_logistics.rules.stock import (
    Balance,
    Batch,
    Move,
    Movement,
    OnShelf,
    Total,
    balances,
    in_order,
    moved,
    pick,
    price_between,
    shortage,
    together,
    usable,
)
from school_logistics.rules.stock_book import shelf

DAY = date(2026, 10, 12)


def batch(one: int, came: int, keeps: date | None, quantity: str, price: str = "5") -> Batch:
    """A batch that came on a day of October."""
    return Batch(one, 1, date(2026, 10, came), keeps, Decimal(quantity), Decimal(quantity) * Decimal(price))


def lying(*batches: Batch) -> list[OnShelf]:
    return shelf(batches, [])


OLD, NEW, NEVER = batch(1, 8, date(2026, 12, 31), "20"), batch(2, 9, date(2026, 10, 31), "5"), batch(3, 10, None, "7")


def lay(batches: Sequence[Batch], movements: Sequence[Movement] = ()) -> stock_book.Stock:
    """The stock of one ingredient, as the data file tells it."""
    return stock_book.Stock.of(batches, movements)


def out(on: date, batch: int, quantity: Decimal | str, what: Move = Move.ISSUED) -> Movement:
    return moved(what, on, 1, Decimal(quantity), None)._replace(batch=batch)


def test_the_first_to_expire_goes_first():
    """V-31: by best-before day; what has none goes by the day it came; the rest is taken from the next."""
    taken = pick(lying(OLD, NEW), Decimal(8), DAY)
    assert [(one.batch.id, int(quantity)) for one, quantity in taken] == [(2, 5), (1, 3)]
    both = pick(lying(batch(1, 9, None, "5"), batch(2, 8, None, "5")), Decimal(6), DAY)
    assert [(one.batch.id, int(quantity)) for one, quantity in both] == [(2, 5), (1, 1)]


def test_no_more_is_issued_than_lies_there():
    """V-30: the shelf is never below nothing, and nothing goes out before it came."""
    with pytest.raises(OfficeError, match="库里只有 25，不够 26"):
        pick(lying(OLD, NEW), Decimal(26), DAY)
    with pytest.raises(OfficeError, match="库里只有 20，不够 21"):
        pick(lying(OLD, NEW), Decimal(21), date(2026, 10, 8))
    assert shortage([], Decimal(1)) == "库里没有可用的；先登记进货，或先盘点建账"


def test_what_has_expired_is_not_offered():
    """V-32: a batch may be used up to its last day."""
    assert [one.batch.id for one in usable(lying(OLD, NEW), date(2026, 10, 31))] == [2, 1]
    assert [one.batch.id for one in usable(lying(OLD, NEW), date(2026, 11, 1))] == [1]


def test_a_month_adds_up():
    """V-33: opening + in - out - disposed ± difference = closing, in quantity and in amount."""
    movements = [
        moved(Move.RECEIVED, date(2026, 9, 28), 1, Decimal(30), Decimal(150)),
        moved(Move.ISSUED, date(2026, 9, 29), 1, Decimal(10), Decimal(50)),
        moved(Move.RECEIVED, date(2026, 10, 8), 1, Decimal(20), Decimal(110)),
        moved(Move.ISSUED, date(2026, 10, 9), 1, Decimal("12.5"), Decimal("62.5")),
        moved(Move.DISPOSED, date(2026, 10, 20), 1, Decimal(2), Decimal(10)),
        moved(Move.COUNTED, date(2026, 10, 30), 1, Decimal("-0.5"), Decimal("-2.5")),
        moved(Move.RECEIVED, date(2026, 11, 2), 1, Decimal(99), Decimal(99)),
    ]
    found = balances(movements, date(2026, 10, 1), date(2026, 10, 31))[1]
    assert found == Balance(
        Total(Decimal(20), Decimal(100)), Total(Decimal(20), Decimal(110)), Total(Decimal("12.5"), Decimal("62.5")),
        Total(Decimal(2), Decimal(10)), Total(Decimal("-0.5"), Decimal("-2.5")),
    )  # fmt: skip
    assert found.closing == Total(Decimal(25), Decimal(135))
    assert found.used == Total(Decimal(15), Decimal(75))
    assert balances(movements, date(2026, 11, 1), date(2026, 11, 30))[1].opening == found.closing
    assert together([found, found]).closing.amount == 270


def test_what_kindergartens_reckon_agrees():
    """V-33: used = opening + bought - closing: 38.40 + 2448.00 - 7.20 = 2479.20."""
    told = Balance(Total(Decimal(1), Decimal("38.40")), Total(Decimal(1), Decimal("2448.00")),
                   Total(Decimal(1), Decimal("2479.20")))  # fmt: skip
    assert told.closing.amount == Decimal("7.20")
    assert told.used.amount == Decimal("2479.20")


def test_a_shortage_is_taken_from_the_batches_in_their_turn_and_a_surplus_put_to_the_last():
    def told(count: Movement) -> list[tuple[int, int, int]]:
        return [(one.batch.id, int(one.left), int(one.value)) for one in shelf([OLD, NEW], [count])]

    short = moved(Move.COUNTED, DAY, 1, Decimal(-6), Decimal(-30))
    assert told(short) == [(2, 0, 0), (1, 19, 95)]
    more = moved(Move.COUNTED, DAY, 1, Decimal(2), Decimal(10))
    assert told(more) == [(2, 7, 35), (1, 20, 100)]


def test_the_last_of_a_batch_takes_the_fen_that_is_left_over():
    bought = Batch(1, 1, DAY, None, Decimal(3), Decimal("10.00"))
    assert bought.unit_price == Decimal("3.3333")
    left = OnShelf(bought, Decimal(1), Decimal("3.34"))
    assert (left.take(Decimal(1))[0], left.take(Decimal("0.5"))[0]) == (Decimal("3.34"), Decimal("1.67"))
    assert Batch(1, 1, DAY, None, Decimal(0)).unit_price is None
    assert price_between(Decimal(0), Decimal(1)) is None


def test_half_of_what_is_left_costs_half_and_not_all_of_it(row):
    stock = lay([batch(1, 8, None, "10", "4.85")])
    half = row(issued_on=DAY, batch=1, issued=Decimal(5))
    assert issuing.cost_of(half, stock=stock) == Decimal("24.25")
    cost, rest = stock.batches()[0].take(Decimal(5))
    assert (cost, rest.left, rest.value) == (Decimal("24.25"), Decimal(5), Decimal("24.25"))


@given(
    st.lists(st.integers(1, 200_000), min_size=1, max_size=12), st.integers(1, 2_000_000),
)  # fmt: skip
def test_however_a_batch_is_split_the_parts_add_up_and_each_is_within_a_fen(thousandths, price):
    parts = [Decimal(one) / 1000 for one in thousandths]
    amount = (sum(parts, Decimal(0)) * Decimal(price) / 10_000).quantize(Decimal("0.01"))
    bought = Batch(1, 1, DAY, None, sum(parts, Decimal(0)), amount)
    there, costs = OnShelf(bought, bought.quantity, amount), []
    for part in parts:
        cost, there = there.take(part)
        costs.append(cost)
        assert abs(cost - part * amount / bought.quantity) <= Decimal("0.01")
    assert sum(costs) == amount
    assert (there.left, there.value) == (Decimal(0), Decimal(0))


@given(st.lists(st.integers(1, 400), min_size=1, max_size=8), st.integers(1, 2000))
def test_whatever_is_picked_is_all_that_was_wanted_and_no_batch_gives_more_than_it_has(quantities, wanted):
    there = lying(*(batch(one, 1 + one % 9, None, str(quantity)) for one, quantity in enumerate(quantities)))
    if wanted > sum(quantities):
        with pytest.raises(OfficeError):
            pick(there, Decimal(wanted), DAY)
        return
    taken = pick(there, Decimal(wanted), DAY)
    assert sum(quantity for _, quantity in taken) == wanted
    assert all(0 < quantity <= one.left for one, quantity in taken)
    assert [one.batch.turn for one, _ in taken] == sorted(one.batch.turn for one, _ in taken)


def test_what_was_counted_counts_last_on_its_day():
    count = moved(Move.COUNTED, DAY, 1, None, None)
    assert in_order([count, out(DAY, 1, "1")])[0].what is Move.ISSUED


def test_an_issue_without_a_batch_is_shared_out(row):
    """V-31: 8 kilograms out of 5 and 20: two rows; what was asked for beyond stands with the last."""
    stock = lay([OLD, NEW])
    asked = row(issued_on=DAY, issued=Decimal(8), requested=Decimal(10))
    assert issuing.shares(asked, stock=stock) == [
        {"batch": 2, "issued": Decimal(5), "requested": Decimal(5)},
        {"batch": 1, "issued": Decimal(3), "requested": Decimal(5)},
    ]
    assert issuing.shares(row(issued_on=DAY, issued=Decimal(26)), stock=stock) == []
    assert issuing.shares(row(issued_on=DAY, issued=Decimal(2), batch=1), stock=stock) == []
    assert "库里只有 25，不够 26" in issuing.batch_named(row(issued_on=DAY, issued=Decimal(26)), stock=stock)
    assert issuing.batch_named(row(issued_on=DAY, issued=Decimal(25)), stock=stock) == ""


def test_an_issue_written_down_late_takes_nobodys_batch_away(row):
    """V-30: what was issued since is not there any more, whatever the day of the issue."""
    stock = lay([OLD], [out(date(2026, 10, 20), 1, "18")])
    assert issuing.shares(row(issued_on=DAY, issued=Decimal(3)), stock=stock) == []
    assert len(issuing.shares(row(issued_on=DAY, issued=Decimal(2)), stock=stock)) == 1


def test_a_named_batch_gives_what_is_left_of_it(row):
    """V-30: checked by batch."""
    stock = lay([NEW], [out(DAY, 2, "3")])
    line = {"issued_on": DAY, "batch": 2}
    assert issuing.never_below_nothing(row(**line, issued=Decimal(2)), stock=stock) == ""
    assert "只剩 2，不够 2.5" in issuing.never_below_nothing(row(**line, issued=Decimal("2.5")), stock=stock)
    assert issuing.never_below_nothing(row(issued=Decimal(2)), stock=stock) == ""


def test_nothing_goes_out_before_it_came_nor_once_expired(row):
    """V-30, V-32: by the days of its batch."""
    line = row(bought_on=date(2026, 10, 8), best_before=date(2026, 10, 10), ingredient=1)
    assert "2026-10-08 才进货" in issuing.issued_after_it_came(row(issued_on=date(2026, 10, 7)), batch=line)
    assert issuing.issued_after_it_came(row(issued_on=date(2026, 10, 8)), batch=line) == ""
    assert issuing.not_expired(row(issued_on=date(2026, 10, 10)), batch=line) == ""
    assert "不合格食品处置" in issuing.not_expired(row(issued_on=date(2026, 10, 11)), batch=line)
    assert not issuing.of_this_batch(row(ingredient=2), batch=line)


def test_passing_a_batch_over_wants_its_reason(row):
    """V-31: 跳批出库须填原因."""
    stock = lay([OLD, NEW])
    line = {"issued_on": DAY, "batch": 1, "issued": Decimal(1)}
    assert "2026-10-09 进的一批（2026-10-31 到期）还有 5" in issuing.first_to_expire(row(**line), stock=stock)
    assert issuing.first_to_expire(row(**line, skip_reason="按菜谱"), stock=stock) == ""
    assert issuing.first_to_expire(row(**{**line, "batch": 2}), stock=stock) == ""
    assert "没有保质期" in issuing.first_to_expire(row(**line), stock=lay([OLD, NEVER]))


def test_an_issue_costs_what_its_batch_cost(row):
    stock = lay([Batch(1, 1, date(2026, 10, 8), None, Decimal(3), Decimal("10.00"))])
    line = {"issued_on": DAY, "batch": 1}
    assert issuing.price_of(row(**line), stock=stock) == Decimal("3.3333")
    assert issuing.cost_of(row(**line, issued=Decimal(1)), stock=stock) == Decimal("3.33")
    assert issuing.cost_of(row(**line, issued=Decimal(3)), stock=stock) == Decimal("10.00")
    assert issuing.cost_of(row(amount=Decimal(7)), stock=None) == 7
    assert not issuing.something_issued(row(issued=Decimal(0)))
    assert not issuing.no_more_than_asked(row(issued=Decimal(2), requested=Decimal(1)))


def test_nobody_issues_to_himself(book, row):
    """V-34: keeper and receiver are two people."""
    line = {"issued_on": DAY, "storekeeper": "孙浩"}
    assert "保管和领用" in issuing.handed_to_another(row(**line, receiver="孙浩"), book=book, today=DAY)
    assert issuing.handed_to_another(row(**line, receiver="郭建军"), book=book, today=DAY) == ""


def test_a_count_is_held_against_the_ledgers(row):
    """V-33: a difference wants its reason and somebody else who looked at it."""
    stock = lay([OLD, NEW], [out(DAY, 2, "1")])
    line = row(counted_on=DAY, counted_quantity=Decimal("23.5"))
    line.book_quantity = stocktaking.book_quantity(line, stock=stock)
    line.book_amount = stocktaking.book_amount(line, stock=stock)
    line.unit_price = stocktaking.book_price(line, stock=stock)
    assert (line.book_quantity, line.book_amount) == (24, 120)
    assert stocktaking.shortage_quantity(line) == Decimal("0.5")
    assert stocktaking.surplus_quantity(line) is None
    assert not stocktaking.difference_explained(line)
    assert not stocktaking.difference_reviewed(line)
    line.reason, line.reviewer, line.storekeeper = "失水", "孙浩", "孙浩"
    assert stocktaking.difference_explained(line)
    assert stocktaking.difference_reviewed(line)
    assert not stocktaking.reviewed_by_another(line)
    assert stocktaking.book_unchanged(line, stock=stock) == ""
    assert "账面应为 25" in stocktaking.book_unchanged(line, stock=lay([OLD, NEW]))


def test_what_was_counted_is_there_and_the_difference_follows(row):
    """V-33: what is missing is worth what its batches cost, and what agrees what the book says."""
    stock = lay([Batch(1, 1, date(2026, 10, 8), None, Decimal(3), Decimal("10.00"))])

    def told(counted: str | None) -> tuple[object, ...]:
        line = row(counted_on=DAY, counted_quantity=None if counted is None else Decimal(counted))
        for key in ("book_quantity", "book_amount"):
            setattr(line, key, getattr(stocktaking, key)(line, stock=stock))
        line.counted_amount = stocktaking.counted_amount(line, stock=stock)
        parts = (stocktaking.surplus_amount(line), stocktaking.shortage_amount(line))
        return (line.counted_amount, *parts, stocktaking.difference_explained(line))

    assert told("3") == (Decimal("10.00"), None, None, True)
    assert told("0") == (0, None, Decimal("10.00"), False)
    assert told("4") == (Decimal("13.33"), Decimal("3.33"), None, False)
    assert told(None) == (None, None, None, True)
    assert stocktaking.counted_amount(row(counted_amount=Decimal(7)), stock=None) is None
    assert stocktaking.book_price(row(counted_on=DAY), stock=lay([])) is None
    assert stocktaking.book_price(row(counted_on=DAY), stock=lay([OLD], [out(DAY, 1, "20")])) == 5


def test_an_entry_for_a_day_before_a_count_changes_the_difference_and_not_what_was_counted():
    count = Movement(date(2026, 10, 15), Move.COUNTED, 1, Decimal(0), Decimal(0), None, 1, Decimal(12))
    before, late = stock_book.posted([OLD], [count]), stock_book.posted([OLD], [count, out(DAY, 1, "8")])
    assert (before[0][-1].movement.quantity, late[0][-1].movement.quantity) == (Decimal(-8), Decimal(0))
    assert before[1].left(1) == late[1].left(1) == 12
    stock = lay([OLD], [count])
    assert (stock.room(1, DAY), stock.room(1, date(2026, 10, 16))) == (Decimal(20), Decimal(12))
    assert "2026-10-15 已经盘点过" in issuing.before_a_count(DAY, stock)
    assert issuing.before_a_count(date(2026, 10, 16), stock) == ""


def test_what_is_counted_when_the_book_opens_is_a_batch_of_its_own():
    """It goes out first to expire first like any other, before what was delivered; the book adds up."""
    count = Movement(DAY, Move.COUNTED, 1, Decimal(0), Decimal(0), None, 7, Decimal(20), Decimal(2), date(2027, 1, 1))
    (opened,) = shelf([], [count])
    assert (opened.batch.id, opened.left, opened.value) == (-7, Decimal(20), Decimal(40))
    free = moved(Move.ISSUED, DAY, 1, Decimal(5), None)
    assert [int(one.left) for one in shelf([], [count, free])] == [15]
    (entry, opening) = sorted(stock_book.entries([], [free, count]), key=lambda one: one.quantity)
    assert (entry.quantity, entry.amount, opening.quantity, opening.amount) == (
        Decimal(-5),
        Decimal(-10),
        Decimal(20),
        Decimal(40),
    )


def test_what_no_batch_covers_is_told_and_takes_nothing():
    entry = stock_book.posted([OLD], [out(DAY, 1, "25")])[0][0]
    assert (entry.movement.quantity, entry.short) == (Decimal(-20), Decimal(5))
    early = stock_book.posted([OLD], [out(date(2026, 10, 1), 1, "5")])[0][0]
    assert (early.movement.quantity, early.short) == (Decimal(0), Decimal(5))
    assert "2026-10-12 出库了 25，这样一改那天就只有 20" in stock_book.overdrawn(entry, "土豆")


@given(
    st.lists(st.tuples(st.integers(1, 28), st.integers(1, 90), st.sampled_from("BFDC")), max_size=14),
    st.lists(st.tuples(st.integers(1, 20), st.integers(1, 60), st.integers(1, 999)), max_size=5),
)  # fmt: skip
def test_a_book_adds_up_whatever_is_entered(moves, came):
    """No batch falls below nothing; the entries add up to what is on the shelf, in quantity and in fen."""
    lines = [
        Batch(one, 1, date(2026, 10, day), None, Decimal(many), Decimal(fen) / 100)
        for one, (day, many, fen) in enumerate(came, start=1)
    ]
    kinds = {"B": Move.ISSUED, "F": Move.ISSUED, "D": Move.DISPOSED, "C": Move.COUNTED}
    book = [
        Movement(
            date(2026, 10, day), kinds[kind], 1, Decimal(0 if kind == "C" else -many), Decimal(0),
            1 + one % 5 if kind == "B" else None, one, Decimal(many) if kind == "C" else None,
        )
        for one, (day, many, kind) in enumerate(moves, start=1)
    ]  # fmt: skip
    there = shelf(lines, book)
    total = stock_book.total_of(there)
    entries = stock_book.entries(lines, book)
    assert all(one.left >= 0 for one in there)
    assert sum(one.quantity for one in entries) == total.quantity
    assert sum(one.amount for one in entries) == total.amount
    assert all(one.value == 0 for one in there if one.left == 0)


def test_what_is_thrown_away_out_of_the_store_leaves_its_batch(row):
    """V-32: what has expired goes through here only, no more of it than there is (V-30)."""
    stock = lay([NEW])
    line = {"found_on": DAY, "stage": "库存", "batch": 2}
    assert disposal.disposed_no_more_than_left(row(**line, quantity=Decimal(5)), stock=stock) == ""
    assert "只剩 5，处置不了 6" in disposal.disposed_no_more_than_left(row(**line, quantity=Decimal(6)), stock=stock)
    assert disposal.disposal_cost(row(**line, quantity=Decimal(5)), stock=stock) == 25
    assert disposal.disposal_cost(row(stage="验收", quantity=Decimal(5)), stock=stock) is None
    assert not disposal.batch_of_the_store(row(stage="库存"), stock=None)
    assert disposal.batch_of_the_store(row(stage="验收"), stock=None)
    assert not disposal.handled_after_found(row(found_on=DAY, handled_at=datetime(2026, 10, 11, 8)))
    assert not disposal.witnessed_by_another(row(handler="孙浩", witness="孙浩"))
