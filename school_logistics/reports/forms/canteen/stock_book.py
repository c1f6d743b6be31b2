"""C06: the stock book, a card for each ingredient: what came, what went, what is left, in quantity and amount."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from school_logistics.models.canteen.purchases import Ingredient
from school_logistics.reports.blocks import Block, Column, Grid, Line, Signatures, Stamp
from school_logistics.reports.form import Entry, Head, PrintedForm, Source
from school_logistics.reports.stocked import COUNT, OUT, PURCHASE, REJECTED, Booked, booked_in
from school_logistics.rules.calendar import Month
from school_logistics.rules.food import FoodCategory
from school_logistics.rules.kinds import Amount
from school_logistics.rules.stock import Move, Total, in_order, price_between

_goods = Ingredient.ledger
_IN, _OUT, _LEFT = "收入", "发出", "结存"
_quantity, _price, _yuan = Amount(3, shown=2), Amount(4, "元", 2), Amount(2, "元")
_CATEGORIES = {category.value: place for place, category in enumerate(FoodCategory)}
_COLUMNS = (
    Column("月", 8, "center", wrap=False),
    Column("日", 8, "center", wrap=False),
    Column("凭证号", 26, wrap=False),
    Column("摘要", 44),
    *(
        Column(heading, mm, "right", group, wrap=False)
        for group in (_IN, _OUT, _LEFT)
        for heading, mm in (("数量", 20.0), ("单价", 18.0), ("金额", 24.0))
    ),
)


class Card(NamedTuple):
    """One ingredient with its entries up to the end of the month."""

    ingredient: Entry
    booked: Sequence[Booked]


class StockBook(NamedTuple):
    """The month's issues, and the cards when somebody wants them: they reach back further than the month."""

    rows: Sequence[Entry]
    cards: Callable[[], Sequence[Card]]
    month: Month


def _gather(source: Source, month: Month) -> StockBook:
    rows = [*source.entries(OUT, month), *source.entries(PURCHASE, month)]
    return StockBook(rows, lambda: _cards(source, month), month)


def _cards(source: Source, month: Month) -> list[Card]:
    by_ingredient = booked_in(source, month)
    goods = sorted(source.entries(_goods), key=lambda one: (_CATEGORIES.get(one["category"], 99), one.id))
    found = [Card(one, by_ingredient[one.id]) for one in goods if one.id in by_ingredient]
    return [card for card in found if _stirs(card, month)]


def _stirs(card: Card, month: Month) -> bool:
    """Whether anything lay there or moved in the month."""
    moved = any(one.movement.on >= month.first for one in card.booked)
    return moved or any(_before(card.booked, month.first))


def _before(booked: Iterable[Booked], day: date) -> Total:
    total = Total()
    for one in booked:
        if one.movement.on < day:
            total = total.plus(one.movement.quantity, one.movement.amount)
    return total


def _money(total: Total) -> tuple[str, str, str]:
    """Quantity, price and amount as three texts; blank where there is nothing."""
    if not total.quantity and not total.amount:
        return ("", "", "")
    price = price_between(total.quantity, total.amount)
    return (_quantity.show(total.quantity), _price.show(price), _yuan.show(total.amount))


def _voucher(one: Booked) -> str:
    return one.entry.text("note_no") if one.entry and one.movement.what is Move.RECEIVED else ""


def _summary(one: Booked) -> str:
    what, entry = one.movement.what, one.entry
    if entry is None:
        return ""
    if what is Move.RECEIVED:
        return f"进货　{entry.text('supplier')}"
    if what is Move.ISSUED:
        return f"领用　{entry.text('purpose')}　{entry.text('receiver')}"
    if what is Move.DISPOSED:
        return f"处置　{entry.text('cause')}　{entry.text('method')}"
    if one.movement.price is not None and one.movement.quantity > 0:
        return f"建账　{entry.text('reason')}"
    return f"{'盘盈' if one.movement.quantity > 0 else '盘亏'}　{entry.text('reason')}"


def _row(one: Booked, left: Total) -> tuple[str, ...]:
    told = one.movement
    came = told.quantity > 0 or told.what is Move.RECEIVED
    moved = _money(Total(abs(told.quantity), abs(told.amount)))
    nothing = ("", "", "")
    sides = (moved, nothing) if came else (nothing, moved)
    return (f"{told.on:%m}", f"{told.on:%d}", _voucher(one), _summary(one), *sides[0], *sides[1], *_money(left))


def _sums(label: str, month: Month, booked: Iterable[Booked], since: date, left: Total | None) -> tuple[str, ...]:
    came, went = Total(), Total()
    for one in booked:
        if since <= one.movement.on:
            quantity, amount = one.movement.quantity, one.movement.amount
            if quantity > 0 or one.movement.what is Move.RECEIVED:
                came = came.plus(quantity, amount)
            else:
                went = went.plus(-quantity, -amount)
    end = _money(left) if left else ("", "", "")
    return (f"{month.last:%m}", "", "", label, *_money(came), *_money(went), *end)


def _grid(card: Card, month: Month) -> Grid:
    left = _before(card.booked, month.first)
    rows: list[tuple[str, ...]] = [
        (f"{month.first:%m}", f"{month.first:%d}", "", "上月结转", *("",) * 6, *_money(left))
    ]
    order = {id(one.movement): one for one in card.booked}
    for movement in in_order(one.movement for one in card.booked if one.movement.on >= month.first):
        left = left.plus(movement.quantity, movement.amount)
        one = order[id(movement)]
        if movement.what is not Move.COUNTED or movement.quantity or movement.amount:
            rows.append(_row(one, left))
    rows.append(_sums("本月合计", month, card.booked, month.first, left))
    rows.append(_sums("本年累计", month, card.booked, date(month.year, 1, 1), None))
    bold = frozenset({len(rows) - 2, len(rows) - 1})
    return Grid(_COLUMNS, rows, blank_to_page=False, row_mm=6.5, bold=bold)


def _heading(card: Card) -> Line:
    of = card.ingredient.text
    return Line(
        (
            ("品名", of("name")),
            ("规格", of("specification")),
            ("单位", of("unit")),
            ("存放位置", of("place")),
            ("最低/最高库存", f"{of('least')}/{of('most')}" if of("least") or of("most") else ""),
        )
    )


def _compose(facts: StockBook, _head: Head) -> Iterator[Block]:
    cards = facts.cards()
    if not cards:
        yield Grid(_COLUMNS, empty=C06.none)
    for card in cards:
        yield _heading(card)
        yield _grid(card, facts.month)
    if cards:
        yield Line((("月末结存金额", f"{_yuan.show(_worth(cards))} 元"),))
    yield Signatures(("保管员", "食堂会计", "负责人"))
    yield Stamp()


def _worth(cards: Iterable[Card]) -> Decimal:
    """What everything on the shelf is worth at the end of the month."""
    return sum((one.movement.amount for card in cards for one in card.booked), Decimal(0))


C06 = PrintedForm(
    code="C06",
    title="库存明细账（数量金额式）",
    group=OUT.group,
    ledgers=(OUT, PURCHASE, COUNT, REJECTED, _goods),
    gather=_gather,
    compose=_compose,
    none="本月没有库存收发",
    footer_note="期初＋入库－出库－处置±盘盈盘亏＝期末；单价按批次实际进价。",
)
