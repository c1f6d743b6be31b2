"""The canteen's money: who ate, what came in, what was used up, and what is left over at the end of a month.

膳食经费管理工作指引 (2024-11-22): a canteen run by the school keeps accounts of its own, makes no profit and publishes
income and expense. Sums are yuan to the fen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from school_logistics.rules.food import FoodCategory
from school_logistics.rules.money import half_up
from school_logistics.rules.samples import Meal

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook

_NOTHING = Decimal(0)
_HUNDRED = Decimal(100)


class AccountItem(StrEnum):
    """What a sum is for, in the order of the published report."""

    PUPIL_MEALS = "学生伙食费"
    STAFF_MEALS = "教职工伙食费"
    SUBSIDY = "财政或学校补助"
    OTHER_INCOME = "其他收入"
    REFUND = "退还伙食费"
    DISHES = "菜品"
    RICE_AND_OIL = "米、油"
    SEASONING = "调味品"
    SUPPLIES = "其他物料"
    GAS = "燃气"
    UTILITIES = "水电"
    WAGES = "工资"
    TAX = "税金及附加"
    OFFICE = "办公费"
    MANAGEMENT_WAGES = "管理人员工资"
    SOCIAL_INSURANCE = "社保"
    REPAIR = "维修费"
    DEPRECIATION = "折旧"
    OTHER_MANAGEMENT = "其他管理费用"
    INTEREST = "利息"
    FEES = "手续费"
    OTHER_GAIN = "营业外收入"
    OTHER_LOSS = "营业外支出"
    INCOME_TAX = "所得税"


class Direction(StrEnum):
    """Whether a sum came in or went out."""

    IN = "收入"
    OUT = "支出"


MATERIALS = (AccountItem.DISHES, AccountItem.RICE_AND_OIL, AccountItem.SEASONING, AccountItem.SUPPLIES)
"""What is bought into stock and used up."""

_OTHER_STOCK: Mapping[FoodCategory, AccountItem] = {
    FoodCategory.GRAIN: AccountItem.RICE_AND_OIL,
    FoodCategory.OIL: AccountItem.RICE_AND_OIL,
    FoodCategory.BAKERY: AccountItem.RICE_AND_OIL,
    FoodCategory.SEASONING: AccountItem.SEASONING,
    FoodCategory.SUPPLIES: AccountItem.SUPPLIES,
    FoodCategory.OTHER: AccountItem.SUPPLIES,
}


def item_of(category: str | None) -> AccountItem:
    """Under which item of the report a category of goods stands; vegetables, meat and the like are 菜品."""
    return _OTHER_STOCK.get(FoodCategory(category), AccountItem.DISHES) if category else AccountItem.SUPPLIES


class Booked(Protocol):
    """A sum of the account; None where blank."""

    @property
    def item(self) -> str | None:
        """项目."""


def direction_of(row: Booked) -> str | None:
    """The column 收支: which way the money went."""
    if row.item is None:
        return None
    return (Direction.IN if AccountItem(row.item) in _COMES_IN else Direction.OUT).value


class Counted(Protocol):
    """The count of one meal's diners; None where blank."""

    @property
    def meal(self) -> str | None:
        """餐次."""

    @property
    def pupils(self) -> int | None:
        """学生数."""

    @property
    def staff(self) -> int | None:
        """教职工数."""


GRADES = tuple(f"grade_{number}" for number in range(1, 10))
"""Where a count keeps the pupils of each grade."""


class ByGrade(Counted, Protocol):
    """A count with its grades and guests."""

    @property
    def accompanying(self) -> int | None:
        """陪餐人数."""


def pupils_of(row: ByGrade) -> int | None:
    """The column 学生数 where it was left blank: the grades together."""
    told = [count for key in GRADES if (count := getattr(row, key)) is not None]
    return sum(told) if told else None


def diners_of(row: ByGrade) -> int | None:
    """The column 合计: pupils, staff and those who eat with them."""
    told = [one for one in (row.pupils, row.staff, row.accompanying) if one is not None]
    return sum(told) if told else None


def grades_add_up(row: ByGrade) -> str:
    """Say when the pupils are not those of the grades together."""
    grades = pupils_of(row)
    if grades is None or row.pupils is None or grades == row.pupils:
        return ""
    return f"各年级合计 {grades} 人，学生数写的是 {row.pupils} 人"


class Charge(NamedTuple):
    """What a number of meals comes to."""

    pupils: Decimal
    staff: Decimal

    @property
    def total(self) -> Decimal:
        """Both together."""
        return self.pupils + self.staff


def charge(meal: str, pupils: int, staff: int, book: RuleBook, on: date) -> Charge:
    """Diners times the price of the meal on that day.

    1150 pupils at 11 yuan on 21 days make 265,650 yuan.
    """
    prices = book.numbers(f"meals.price.{Meal(meal).name.lower()}", on)
    return Charge(half_up(pupils * prices[0], 2), half_up(staff * prices[-1], 2))


class Consumption(NamedTuple):
    """What was used up of a kind of goods: what was there, what came, what is left."""

    opening: Decimal
    bought: Decimal
    closing: Decimal

    @property
    def consumed(self) -> Decimal:
        """本月实际支出 = 上月底库存 + 本月账面支出 − 本月底库存."""
        return self.opening + self.bought - self.closing

    def plus(self, other: Consumption) -> Consumption:
        """Both kinds together."""
        return Consumption(self.opening + other.opening, self.bought + other.bought, self.closing + other.closing)


class Totals(NamedTuple):
    """The results of an account."""

    income: Decimal
    expense: Decimal
    management: Decimal
    finance: Decimal
    operating: Decimal
    gross: Decimal
    net: Decimal
    materials: Decimal

    @property
    def operating_rate(self) -> Decimal | None:
        """营业利润率, per cent of the income; None without income."""
        return self.operating / self.income * _HUNDRED if self.income else None

    @property
    def materials_rate(self) -> Decimal | None:
        """Of what pupils paid, how much was food, per cent; None without income."""
        return self.materials / self.income * _HUNDRED if self.income else None


EXPENSES = (*MATERIALS, AccountItem.GAS, AccountItem.UTILITIES, AccountItem.WAGES)
MANAGEMENT = (
    AccountItem.OFFICE,
    AccountItem.MANAGEMENT_WAGES,
    AccountItem.SOCIAL_INSURANCE,
    AccountItem.REPAIR,
    AccountItem.DEPRECIATION,
    AccountItem.OTHER_MANAGEMENT,
)
FINANCE = (AccountItem.INTEREST, AccountItem.FEES)
INCOME = (AccountItem.PUPIL_MEALS, AccountItem.STAFF_MEALS, AccountItem.SUBSIDY, AccountItem.OTHER_INCOME)
_COMES_IN = frozenset({*INCOME, AccountItem.OTHER_GAIN})


def totals(sums: Mapping[AccountItem, Decimal]) -> Totals:
    """What the sums of the items come to."""

    def of(items: Iterable[AccountItem]) -> Decimal:
        return sum((sums.get(item, _NOTHING) for item in items), _NOTHING)

    income = of(INCOME) - of((AccountItem.REFUND,))
    expense, management, finance = of(EXPENSES), of(MANAGEMENT), of(FINANCE)
    operating = income - expense - of((AccountItem.TAX,)) - management - finance
    gross = operating + of((AccountItem.OTHER_GAIN,)) - of((AccountItem.OTHER_LOSS,))
    net = gross - of((AccountItem.INCOME_TAX,))
    return Totals(income, expense, management, finance, operating, gross, net, of(MATERIALS))


def balance_fault(net: Decimal, income: Decimal, most_percent: Decimal) -> str:
    """Say when what is left over or missing is more than a canteen that makes no profit may have."""
    if not income:
        return ""
    share = net / income * _HUNDRED
    if abs(share) <= most_percent:
        return ""
    word = "结余" if share > 0 else "亏损"
    return f"累计{word}占伙食费收入 {half_up(abs(share), 1)}%，超过 {most_percent}%"


def apart(one: Decimal, other: Decimal) -> Decimal:
    """By how many per cent two sums differ, of the greater one."""
    greatest = max(abs(one), abs(other))
    return abs(one - other) / greatest * _HUNDRED if greatest else _NOTHING
