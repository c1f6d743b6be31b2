"""C24: the month's income and expense, published: the statement with the year so far, and what food was used up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from school_logistics.models.canteen.accounts import CanteenAccount, DinerCount
from school_logistics.models.canteen.purchases import FoodPurchase
from school_logistics.models.canteen.stock import StockOut, Stocktake
from school_logistics.models.ledger import Tab
from school_logistics.models.office import School
from school_logistics.reports.blocks import Block, Column, Grid, Line, Note, PageBreak, Signatures, Stamp, Title
from school_logistics.reports.canteen_money import ACCOUNT, Books, books_of, people
from school_logistics.reports.form import Entry, Head, PrintedForm, Source
from school_logistics.rules.accounts import (
    EXPENSES,
    FINANCE,
    INCOME,
    MANAGEMENT,
    MATERIALS,
    AccountItem,
    Consumption,
    Totals,
    balance_fault,
    totals,
)
from school_logistics.rules.calendar import Month
from school_logistics.rules.kinds import Amount
from school_logistics.rules.money import half_up

_yuan = Amount(2, "元", 2, signed=True)
_ROW_MM = 5.4
GOODS = "食材收支明细"
_Sums = Mapping[AccountItem, Decimal]


class Accounts(NamedTuple):
    """A month's books, and the school's own file."""

    rows: Sequence[Entry]
    books: Books
    school: Entry | None


def _gather(source: Source, month: Month) -> Accounts:
    school = next(iter(source.entries(School.ledger)), None)
    return Accounts(source.entries(ACCOUNT, month), books_of(source, month), school)


def _compose(facts: Accounts, head: Head) -> Iterator[Block]:
    books, month = facts.books, head.month
    of_month = books.sums(month.first, month.last, head.book)
    of_year = books.sums(books.year.first, month.last, head.book)
    pupils, staff = people(books.counted, month)
    service = facts.school.text("meal_service") if facts.school else ""
    yield Line((("食堂性质", service), ("用餐人次", f"学生 {pupils:,}，教职工 {staff:,}"), ("单位", "元")))
    statement = list(_statement(of_month, of_year))
    bold = frozenset(place for place, row in enumerate(statement) if not row[0].startswith("（"))
    empty = not facts.rows and not books.movements and not books.counted
    yield Grid(
        (
            Column("项目", 84),
            Column("本月金额", 40, "right", wrap=False),
            Column("本年累计金额", 44, "right", wrap=False),
        ),
        statement if not empty else [(C24.none,), *((row[0], "", "") for row in statement)],
        row_mm=_ROW_MM,
        blank_to_page=False,
        bold=bold if not empty else frozenset(),
    )
    yield Note(_note(totals(of_month), totals(of_year), head))
    yield Signatures(("编制人", "审核人", "校长"))
    yield Stamp("单位盖章")
    if empty:
        return
    yield PageBreak()
    yield Title(GOODS)
    goods = books.consumption(month.first, month.last)
    yield Grid(_GOODS, list(_goods(goods)), row_mm=8.0, blank_to_page=False, bold=frozenset({len(MATERIALS)}))
    yield Note("本月实际支出＝上月底库存数＋本月账面支出－本月底库存数。")
    yield Signatures(("保管员", "会计"))


_GOODS = (
    Column("名称", 40),
    Column("上月底库存数", 32, "right", wrap=False),
    Column("本月账面支出", 32, "right", wrap=False),
    Column("本月实际支出", 32, "right", wrap=False),
    Column("本月底库存数", 32, "right", wrap=False),
)


def _statement(month: _Sums, year: _Sums) -> Iterator[tuple[str, str, str]]:
    """The lines of the published statement, those of a group indented under it."""
    mine, whole = totals(month), totals(year)

    def items(*several: AccountItem, less: AccountItem | None = None) -> Iterator[tuple[str, str, str]]:
        for number, item in enumerate(several, start=1):
            words = f"减：{item.value}" if item is less else item.value
            yield f"（{number}）{words}", _told(month.get(item)), _told(year.get(item))

    yield "一、伙食费收入", _told(mine.income), _told(whole.income)
    yield from items(*INCOME, AccountItem.REFUND, less=AccountItem.REFUND)
    yield "二、伙食费支出", _told(mine.expense), _told(whole.expense)
    yield from items(*EXPENSES)
    yield "三、税金及附加", _told(month.get(AccountItem.TAX)), _told(year.get(AccountItem.TAX))
    yield "四、管理费用", _told(mine.management), _told(whole.management)
    yield from items(*MANAGEMENT)
    yield "五、财务费用", _told(mine.finance), _told(whole.finance)
    yield from items(*FINANCE)
    yield "六、营业利润", _told(mine.operating), _told(whole.operating)
    yield from items(AccountItem.OTHER_GAIN, AccountItem.OTHER_LOSS, less=AccountItem.OTHER_LOSS)
    yield "七、利润总额", _told(mine.gross), _told(whole.gross)
    yield from items(AccountItem.INCOME_TAX, less=AccountItem.INCOME_TAX)
    yield "八、净利润", _told(mine.net), _told(whole.net)
    yield "九、营业利润率", _percent(mine.operating_rate), _percent(whole.operating_rate)


def _goods(goods: Mapping[AccountItem, Consumption]) -> Iterator[tuple[str, ...]]:
    """What was there, bought, used and left of each kind of goods, and together."""
    whole = Consumption(Decimal(0), Decimal(0), Decimal(0))
    for item in MATERIALS:
        whole = whole.plus(goods[item])
        yield (item.value, *_told_goods(goods[item]))
    yield ("合计", *_told_goods(whole))


def _told_goods(one: Consumption) -> tuple[str, ...]:
    return tuple(_yuan.show(value) for value in (one.opening, one.bought, one.consumed, one.closing))


def _note(month: Totals, year: Totals, head: Head) -> str:
    """How much of the income was food, whether the year is in balance, and when it is published."""
    told = [f"食材支出占伙食费收入：本月 {_percent(month.materials_rate)}，本年 {_percent(year.materials_rate)}。"]
    if head.book is not None:
        on = head.month.last
        fault = balance_fault(year.net, year.income, head.book.number("account.balance_percent", on))
        told.append(f"{fault}。" if fault else "")
        told.append(f"次月 {head.book.whole('account.publish_day', on)} 日前公示。")
    return "".join(told)


def _told(value: Decimal | None) -> str:
    return _yuan.show(value) if value is not None else ""


def _percent(value: Decimal | None) -> str:
    return "—" if value is None else f"{half_up(value, 1)}%".replace("-", "−")


C24 = PrintedForm(
    code="C24",
    title="食堂收支月报",
    group=Tab.CANTEEN,
    ledgers=(
        CanteenAccount.ledger,
        DinerCount.ledger,
        FoodPurchase.ledger,
        StockOut.ledger,
        Stocktake.ledger,
        School.ledger,
    ),
    gather=_gather,
    compose=_compose,
    orientation="portrait",
    none="本月没有食堂收支",
    footer_note="膳食经费管理工作指引（2024）：自营食堂独立核算，饭菜成本补偿、非营利，收支公开。",
)
