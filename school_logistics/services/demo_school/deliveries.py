"""What the canteen buys, from whom, at what price: the goods of the demonstration, and deliveries made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple

from school_logistics.rules.food import AcceptanceResult, FoodCategory
from school_logistics.rules.money import line_amount


class Good(NamedTuple):
    """One ingredient: how it is bought, at what price between, in what quantity between, how long it keeps."""

    name: str
    category: FoodCategory
    supplier: str
    cheapest: str
    dearest: str
    least: int
    most: int
    unit: str = "公斤"
    specification: str = ""
    keeps: str = ""
    oldest: int = 0
    """Days since production at most."""
    unified: bool = False
    pack: str = ""
    """How many kilograms are in one unit that is bought, where stock is kept in kilograms."""

    @property
    def stock_unit(self) -> str:
        """The unit in which stock of it is kept."""
        return "公斤" if self.pack else self.unit

    @property
    def content(self) -> Decimal:
        """How much stock one unit that is bought makes."""
        return Decimal(self.pack or 1)


OIL, MEAT, GREENS, TOFU = "云川惠民粮油有限公司", "康鲜肉类食品有限公司", "绿源蔬菜配送中心", "振兴豆制品坊"
MILK, EGGS, FRUIT, FROZEN = "清泉乳业", "清河镇蛋鸡养殖场", "鲜果园水果商行", "北岭冷链食品商行"
_SPICES = FoodCategory.SEASONING

GOODS = (
    Good("粳米", FoodCategory.GRAIN, OIL, "4.2", "5.6", 50, 100, specification="25kg/袋", keeps="12个月", oldest=40,
         unified=True),
    Good("特一粉", FoodCategory.GRAIN, OIL, "3.6", "4.9", 50, 100, specification="25kg/袋", keeps="12个月", oldest=30,
         unified=True),
    Good("小米", FoodCategory.GRAIN, OIL, "8", "11", 10, 25, specification="25kg/袋", keeps="12个月", oldest=40),
    Good("挂面", FoodCategory.GRAIN, OIL, "6", "8", 10, 20, specification="1kg/把", keeps="12个月", oldest=60),
    Good("花生油", FoodCategory.OIL, OIL, "138", "158", 6, 20, "桶", "5L/桶", "18个月", 30, unified=True, pack="4.6"),
    Good("大豆油", FoodCategory.OIL, OIL, "165", "205", 2, 6, "桶", "20L/桶", "18个月", 30, unified=True,
         pack="18.4"),
    Good("酱油", _SPICES, OIL, "29", "44", 2, 8, "桶", "5L/桶", "24个月", 45, unified=True, pack="5.8"),
    Good("食醋", _SPICES, OIL, "21", "31", 2, 6, "桶", "5L/桶", "24个月", 45, unified=True, pack="5.1"),
    Good("食盐", _SPICES, OIL, "1.6", "2.4", 20, 50, "袋", "400g/袋", "36个月", 90, pack="0.4"),
    Good("白糖", _SPICES, OIL, "7", "9", 5, 15, keeps="18个月", oldest=60),
    Good("淀粉", _SPICES, OIL, "6", "8", 5, 15, keeps="24个月", oldest=60),
    Good("豆瓣酱", _SPICES, OIL, "9", "14", 4, 10, keeps="12个月", oldest=60),
    Good("猪后腿肉", FoodCategory.MEAT, MEAT, "22", "30", 30, 70, keeps="3天", oldest=1),
    Good("五花肉", FoodCategory.MEAT, MEAT, "22", "31", 20, 50, keeps="3天", oldest=1),
    Good("排骨", FoodCategory.MEAT, MEAT, "34", "45", 20, 40, keeps="3天", oldest=1),
    Good("鲜牛肉", FoodCategory.MEAT, MEAT, "64", "84", 8, 20, keeps="3天", oldest=1),
    Good("鸡腿", FoodCategory.POULTRY, FROZEN, "12", "18", 30, 70,
         specification="10kg/箱", keeps="12个月", oldest=40),
    Good("鸡胸肉", FoodCategory.POULTRY, FROZEN, "11", "15", 20, 50, specification="10kg/箱", keeps="12个月",
         oldest=40),
    Good("鸡蛋", FoodCategory.EGG, EGGS, "7.2", "10.4", 22, 68, specification="22.5kg/箱", keeps="30天",
         oldest=6),
    Good("纯牛奶200mL", FoodCategory.DAIRY, MILK, "2.2", "2.9", 20, 60, "袋", "200mL/袋", "6个月", 20),
    Good("带鱼", FoodCategory.AQUATIC, FROZEN, "26", "33", 20, 40, specification="10kg/箱", keeps="12个月", oldest=50),
    Good("豆腐", FoodCategory.SOY, TOFU, "4", "6", 20, 60, keeps="1天"),
    Good("豆腐皮", FoodCategory.SOY, TOFU, "12", "16", 8, 20, keeps="2天"),
    Good("大白菜", FoodCategory.VEGETABLE, GREENS, "1.2", "2.6", 40, 90),
    Good("土豆", FoodCategory.VEGETABLE, GREENS, "2.4", "4.9", 30, 90),
    Good("西红柿", FoodCategory.VEGETABLE, GREENS, "3.4", "11.8", 20, 60),
    Good("黄瓜", FoodCategory.VEGETABLE, GREENS, "3.4", "10.8", 20, 50),
    Good("芹菜", FoodCategory.VEGETABLE, GREENS, "4", "7", 15, 40),
    Good("菠菜", FoodCategory.VEGETABLE, GREENS, "4", "9", 15, 40),
    Good("胡萝卜", FoodCategory.VEGETABLE, GREENS, "2.4", "4", 15, 40),
    Good("西葫芦", FoodCategory.VEGETABLE, GREENS, "3", "7", 20, 40),
    Good("冬瓜", FoodCategory.VEGETABLE, GREENS, "1.8", "3.2", 30, 60),
    Good("大葱", FoodCategory.VEGETABLE, GREENS, "3", "7.4", 5, 15),
    Good("生姜", FoodCategory.VEGETABLE, GREENS, "12", "16.5", 2, 6),
    Good("大蒜", FoodCategory.VEGETABLE, GREENS, "11", "15", 2, 6),
    Good("香菇", FoodCategory.DRIED, GREENS, "10", "16", 5, 15, keeps="6个月", oldest=20),
    Good("苹果", FoodCategory.FRUIT, FRUIT, "8", "10", 40, 90),
    Good("香蕉", FoodCategory.FRUIT, FRUIT, "5.5", "7", 40, 80),
    Good("馒头", FoodCategory.BAKERY, OIL, "4.6", "6.8", 30, 60, keeps="2天"),
)  # fmt: skip

_MEATS = (FoodCategory.MEAT, FoodCategory.POULTRY)
_FROZEN_CELSIUS = Decimal(-15)
_PRODUCERS = {OIL: "鲁北粮油食品有限公司", FROZEN: "北岭禽业食品有限公司", FRUIT: "沂山果业合作社"}


def delivery(good: Good, day: date, quantity: Decimal, unit_price: Decimal, chance: Random) -> dict[str, object]:
    """One delivery line as typed, without the people: so much of a good, and the papers that come with it."""
    line: dict[str, object] = {
        "bought_on": day,
        "ingredient": good.name,
        "supplier": good.supplier,
        "quantity": quantity,
        "unit": good.unit,
        "unit_price": unit_price,
        "producer": _PRODUCERS.get(good.supplier),
        "result": AcceptanceResult.ACCEPTED.value,
    }
    if good.keeps:
        age = chance.randint(1, good.oldest) if good.oldest else 0
        line |= {"produced_on": day - timedelta(days=age), "shelf_life": good.keeps}
    else:
        line |= {"lot_no": f"{day:%Y%m%d}"}
    if good.category in _MEATS:
        line |= _meat_papers(good, day, chance)
    if good.supplier in {TOFU, MILK}:
        line["inspection_report_no"] = f"JY{day:%y%m}{chance.randrange(1000):03}"
    if good.supplier == EGGS:
        line["commitment_no"] = f"CN{day:%y%m%d}{chance.randrange(100):02}"
    return line


def _meat_papers(good: Good, day: date, chance: Random) -> dict[str, object]:
    papers: dict[str, object] = {
        "quarantine_no": f"37039{chance.randrange(10**7):07}",
        "quarantine_on": day,
        "meat_inspection_no": f"RP{day:%y%m%d}{chance.randrange(1000):03}",
        "delivery_temperature": _FROZEN_CELSIUS,
    }
    if good.category is FoodCategory.MEAT:
        papers["delivery_temperature"] = Decimal(chance.randrange(15, 65)) / 10
    if good.name in {"猪后腿肉", "五花肉", "排骨"}:
        papers["swine_fever_no"] = f"FW{day:%y%m%d}{chance.randrange(1000):03}"
    return papers


def purchase_columns(
    many: int, ingredients: Sequence[int], suppliers: Sequence[int], last: date, seed: int = 1
) -> Iterator[dict[str, object]]:
    """Column values of so many purchases up to a day, cheaply: for measuring great ledgers, not for looking at."""
    chance = Random(seed)
    categories = [category.value for category in FoodCategory]
    for number in range(many):
        quantity = Decimal(chance.randrange(10, 1000)) / 10
        unit_price = Decimal(chance.randrange(120, 6000)) / 100
        place = number % len(ingredients)
        yield {
            "bought_on": last - timedelta(days=number * 2000 // many),
            "ingredient": ingredients[place],
            "category": categories[place % len(categories)],
            "quantity": quantity,
            "unit": "公斤",
            "unit_price": unit_price,
            "amount": line_amount(quantity, unit_price),
            "supplier": suppliers[place % len(suppliers)],
            "lot_no": str(number),
        }
