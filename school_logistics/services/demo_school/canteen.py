"""The canteen's files: suppliers with their papers, what is bought and from whom only, visits to them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.rules.dates import FOREVER
from school_logistics.rules.designated import ListKind, VisitResult
from school_logistics.rules.food import FoodCategory, SourceKind, StorageKind
from school_logistics.rules.papers import PaperKind
from school_logistics.rules.suppliers import AwardMode
from school_logistics.services.demo_school.deliveries import (
    EGGS,
    FROZEN,
    FRUIT,
    GOODS,
    GREENS,
    MEAT,
    MILK,
    OIL,
    TOFU,
    Good,
)
from school_logistics.services.demo_school.numbers import business_permit, credit_code, phone, production_permit
from school_logistics.services.demo_school.renewals import Papers
from school_logistics.services.demo_school.store import plan_store
from school_logistics.services.demo_school.storeroom import KILOGRAMS_A_BAG

if TYPE_CHECKING:
    from school_logistics.services.demo_school.pen import Pen, Plan


class Firm(NamedTuple):
    """One supplier as invented. `permit` begins the number of its licence; `days` are left of it today."""

    name: str
    items: str
    source: SourceKind
    contact: str
    address: str
    stem: str
    permit: str
    days: int
    months: int = 60


FIRMS = (
    Firm(OIL, "粮、油、调味", SourceKind.DISTRIBUTOR, "钱乙丑", "云川区商贸路1号",
         "91370390MA3DEM01", "JY1370390000101", 190),
    Firm(MEAT, "畜肉", SourceKind.SLAUGHTERHOUSE, "孙丙寅", "云川区工业园3号",
         "91370390MA3DEM02", "SC1043703900004", 9),
    Firm(GREENS, "蔬菜、菌菇", SourceKind.DISTRIBUTOR, "李丁卯", "清河镇市场内",
         "91370390MA3DEM03", "JY1370390000102", 405),
    Firm(TOFU, "豆制品", SourceKind.WORKSHOP, "周戊辰", "清河镇柳沟村",
         "", "SC1253703900007", -22, 36),
    Firm(MILK, "乳", SourceKind.MANUFACTURER, "吴己巳", "云川区清泉路8号",
         "91370390MA3DEM04", "SC1053703900005", 840),
    Firm(EGGS, "鸡蛋", SourceKind.GROWER, "郑庚午", "清河镇东岭村",
         "91370390MA3DEM05", "", 0),
    Firm(FRUIT, "水果", SourceKind.DISTRIBUTOR, "冯辛未", "云川区果品市场12号",
         "91370390MA3DEM06", "JY1370390000103", 610),
    Firm(FROZEN, "禽肉、水产冻品", SourceKind.DISTRIBUTOR, "卫壬申", "云川区冷链园2号",
         "91370390MA3DEM08", "JY1370390000104", 275),
)  # fmt: skip

_AUTHORITY = "云川区市场监督管理局"
_BULK = (FoodCategory.GRAIN, FoodCategory.OIL, FoodCategory.MEAT, FoodCategory.POULTRY, FoodCategory.EGG,
         FoodCategory.DAIRY)  # fmt: skip
_DRY = (StorageKind.DRY, "副食库C架")
_STORED = {
    FoodCategory.GRAIN: (StorageKind.DRY, "主食库A架"),
    FoodCategory.OIL: (StorageKind.DRY, "主食库B架"),
    FoodCategory.MEAT: (StorageKind.CHILLED, "1号冷藏柜"),
    FoodCategory.SOY: (StorageKind.CHILLED, "1号冷藏柜"),
    FoodCategory.POULTRY: (StorageKind.FROZEN, "2号冷冻柜"),
    FoodCategory.AQUATIC: (StorageKind.FROZEN, "2号冷冻柜"),
    FoodCategory.VEGETABLE: (StorageKind.DRY, "蔬菜间"),
    FoodCategory.FRUIT: (StorageKind.DRY, "蔬菜间"),
}
"""How each kind is kept, and where."""


def plan_canteen(plan: Plan) -> None:
    """Plan everything of the canteen."""
    firms = _firms(plan)
    plan.on(plan.first, "建立供货商档案", lambda pen: pen.write("supplier", firms), hour=9)
    plan.on(plan.first, "建立食材目录", lambda pen: pen.write("ingredient", _goods()), hour=9)
    plan.on(plan.first, "建立统一采购名录", lambda pen: pen.write("designated", _listed(plan)), hour=10)
    _plan_papers(plan)
    _plan_visits(plan)
    for one in FIRMS:
        if one.permit and one.days < 0:
            plan_store(plan, [one.name], plan.today + timedelta(days=one.days + 1))


def _firms(plan: Plan) -> list[dict[str, object]]:
    return [
        {
            "name": one.name,
            "uscc": credit_code(one.stem) if one.stem else None,
            "legal_representative": one.contact,
            "address": one.address,
            "contact": one.contact,
            "phone": phone(number),
            "supply_items": one.items,
            "source_kind": one.source.value,
            "award_mode": (AwardMode.COUNTY if one.name == OIL else AwardMode.TENDER).value,
            "dishonest_list": False,
            "incident_in_year": False,
            "admitted_on": plan.first - timedelta(days=plan.chance.randrange(20, 700)),
            "rating": "合格",
        }
        for number, one in enumerate(FIRMS, start=1)
    ]


def _goods() -> list[dict[str, object]]:
    return [
        {"name": one.name, "category": one.category.value, "unit": one.stock_unit,
         "specification": one.specification or None, "unified_purchase": one.unified, "bulk": one.category in _BULK,
         "conversions": _conversions(one), "storage": _STORED.get(one.category, _DRY)[0].value,
         "place": _STORED.get(one.category, _DRY)[1]}
        for one in GOODS
    ]  # fmt: skip


def _conversions(one: Good) -> str | None:
    if one.pack:
        return f"1{one.unit}={one.pack}公斤"
    return f"1袋={KILOGRAMS_A_BAG}公斤" if one.unit == "袋" else None


def _listed(plan: Plan) -> list[dict[str, object]]:
    """The list of the county: grain, oil and sauces of one firm, meat, eggs and milk of designated ones."""
    unified = [(item, ListKind.UNIFIED, OIL) for item in ("粳米", "特一粉", "花生油", "大豆油", "酱油", "食醋")]
    designated = [
        ("畜肉", ListKind.DESIGNATED, MEAT),
        ("蛋", ListKind.DESIGNATED, EGGS),
        ("乳", ListKind.DESIGNATED, MILK),
    ]
    return [
        {"item": item, "kind": kind.value, "supplier": firm, "document_no": f"YC-{plan.first.year}-07",
         "valid_from": plan.first}
        for item, kind, firm in (*unified, *designated)
    ]  # fmt: skip


_VISITED = ((MEAT, VisitResult.FIT), (MILK, VisitResult.FIT), (EGGS, VisitResult.IMPROVE))


def _plan_visits(plan: Plan) -> None:
    """A visit each half year, to one designated supplier after the other."""
    day, turn = plan.first + timedelta(days=40), 0
    while day <= plan.today:
        on = plan.workday(day)
        firm, result = _VISITED[turn % len(_VISITED)]
        plan.on(on, f"新增 定点企业考察：{firm}", partial(_visit, on, firm, result), hour=16)
        day, turn = day + timedelta(days=181), turn + 1


def _visit(on: date, firm: str, result: VisitResult, pen: Pen) -> None:
    fit = result is VisitResult.FIT
    visit = {
        "visited_on": on, "supplier": firm, "lead": "王志强", "participants": "赵春华、杨雪、家委会代表",
        "papers": "证照齐全，检测报告在有效期内", "production": "生产场所整洁，原料分区存放",
        "storing": "冷链车温度记录完整", "result": result.value,
        "problem": None if fit else "库房一处防鼠板缺失", "spot_fix": None if fit else "当天补装防鼠板，现场看过",
    }  # fmt: skip
    pen.write("supplier_visit", [visit])


def _plan_papers(plan: Plan) -> None:
    papers = Papers(plan, "supplier")
    for one in FIRMS:
        if one.permit:
            number = (production_permit if one.permit.startswith("SC") else business_permit)(one.permit)
            until = plan.today + timedelta(days=one.days)
            papers.renewed(one.name, PaperKind.FOOD_PERMIT, until, months=one.months, stem=number, issuer=_AUTHORITY)
        if one.stem:
            papers.once(
                one.name, PaperKind.BUSINESS_LICENCE, credit_code(one.stem), issued=date(2019, 5, 20), until=FOREVER
            )
        contract = plan.today.replace(month=8, day=31) + timedelta(days=365 if plan.today.month >= 9 else 0)
        papers.renewed(one.name, PaperKind.SUPPLY_CONTRACT, contract, months=12, stem="HT-", issuer="明德路小学")
    papers.plan_all()
