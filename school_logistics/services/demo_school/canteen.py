"""The canteen's past: suppliers with their papers, what was bought every school day, and the samples kept of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.models.record import Origin
from school_logistics.rules.dates import FOREVER
from school_logistics.rules.food import AcceptanceResult, SourceKind
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
    basket,
    delivery,
)
from school_logistics.services.demo_school.numbers import business_permit, credit_code, phone, production_permit
from school_logistics.services.demo_school.renewals import Papers

if TYPE_CHECKING:
    from school_logistics.services.demo_school.pen import Plan


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
_REFUSED_ONE_DAY_IN = 60
_LATE_ONE_DAY_IN = 33
"""One day in so many is entered days later, as 补录."""

_GAPS: tuple[tuple[str, str], ...] = (
    ("鸡腿", "quarantine_no"),
    ("酱油", "produced_on"),
    ("猪后腿肉", "meat_inspection_no"),
)
"""What a delivery of last month and of this one lacks, as after an import."""


def plan_canteen(plan: Plan) -> None:
    """Plan everything of the canteen."""
    firms = _firms(plan)
    plan.on(plan.first, "建立供货商档案", lambda pen: pen.write("supplier", firms), hour=9)
    plan.on(plan.first, "建立食材目录", lambda pen: pen.write("ingredient", _goods()), hour=9)
    _plan_papers(plan)
    gaps = dict(_GAPS)
    for day in plan.school_days:
        _plan_purchases(plan, day, gaps)


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
        {"name": one.name, "category": one.category.value, "unit": one.unit, "specification": one.specification or None,
         "unified_purchase": one.unified}
        for one in GOODS
    ]  # fmt: skip


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


def _plan_purchases(plan: Plan, day: date, gaps: dict[str, str]) -> None:
    """A day's deliveries, entered the same day; now and then days later; near the end some lack a paper."""
    expired = [one.name for one in FIRMS if one.permit and one.days < 0 and day > plan.today + timedelta(days=one.days)]
    lacking = day > plan.today - timedelta(days=48)
    typed: list[dict[str, object]] = []
    brought: list[dict[str, object]] = []
    for number, good in enumerate(basket(day, plan.chance, expired)):
        line = delivery(good, day, plan.chance) | {
            "ingredient": good.name, "supplier": good.supplier, "note_no": f"SH{day:%y%m%d}{number // 3 + 1:02}",
            "inspector": "吴桂香", "second_inspector": "杨雪",
        }  # fmt: skip
        blank = gaps.pop(good.name, "") if lacking else ""
        (brought if blank else typed).append(line | ({blank: None} if blank else {}))
    if plan.chance.randrange(_REFUSED_ONE_DAY_IN) == 0:
        typed[-1].update(result=AcceptanceResult.REJECTED.value, remark="外包装破损，整批退回")
    late = plan.chance.randrange(_LATE_ONE_DAY_IN) == 0 and day < plan.today - timedelta(days=10)
    on = plan.workday(day + timedelta(days=plan.chance.randrange(5, 9))) if late else day
    origin = Origin.LATE if late else Origin.TYPED
    title = f"新增 采购台账：{day:%m-%d} {len(typed)} 行"
    plan.on(on, title, lambda pen: pen.write("food_purchase", typed, origin), hour=10)
    if brought:
        title = f"导入 采购台账 {len(brought)} 行"
        plan.on(day, title, lambda pen: pen.write("food_purchase", brought, Origin.IMPORTED), hour=14)
