"""R03 食堂: the canteen itself, who works there, what was bought from whom, and what was kept as samples."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import ColumnElement, distinct, func, or_, select

from school_logistics.models.canteen.purchases import FoodPurchase, Ingredient
from school_logistics.models.canteen.samples import RetainedSample
from school_logistics.models.office import Staff
from school_logistics.reports.annual_return.asking import Asked, counted, kept, month_parts, share, span_words, within
from school_logistics.reports.annual_return.files import day_words
from school_logistics.reports.annual_return.indicator import NOTHING, Answer, Indicator, under
from school_logistics.reports.annual_return.past import (
    Values,
    any_paper,
    as_they_were,
    holders_on,
    papers_on,
    until_words,
)
from school_logistics.reports.annual_return.school import measured
from school_logistics.rules.calendar import Month
from school_logistics.rules.food import AcceptanceResult, FoodCategory
from school_logistics.rules.money import half_up
from school_logistics.rules.papers import PaperKind
from school_logistics.rules.people import is_canteen_post, needs_health_certificate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

_WAN = Decimal(10_000)
_MEAT = (FoodCategory.MEAT.value, FoodCategory.POULTRY.value)
_BOUGHT = "采购台账"
_KEPT = "留样记录"


class _Bought(NamedTuple):
    """What was bought of one category on one day: deliveries, how many of them have a price, and their sum in yuan."""

    category: str | None
    day: date
    deliveries: int
    priced: int
    amount: Decimal


def _accepted() -> ColumnElement[bool]:
    """Deliveries that were sent back are not paid for."""
    return or_(FoodPurchase.result.is_(None), FoodPurchase.result != AcceptanceResult.REJECTED.value)


def _bought(asked: Asked) -> list[_Bought]:
    """All accepted deliveries of the period by category and day, read once."""

    def find() -> list[_Bought]:
        columns = (FoodPurchase.category, FoodPurchase.bought_on)
        sums = select(*columns, func.count(), func.count(FoodPurchase.amount), func.sum(FoodPurchase.amount))
        rows = asked.session.execute(sums.where(within(asked, FoodPurchase), _accepted()).group_by(*columns))
        return [_Bought(*row[:-1], row[-1] or Decimal(0)) for row in rows]

    return asked.once("bought", find)


def _amount(asked: Asked, categories: Iterable[str | None] | None = None) -> Answer:
    """Yuan paid for accepted deliveries of some categories, or of all."""
    if not kept(asked, FoodPurchase):
        return NOTHING
    wanted = None if categories is None else set(categories)
    chosen = [one for one in _bought(asked) if wanted is None or one.category in wanted]
    by_month: dict[Month, Decimal] = {}
    for one in sorted(chosen, key=lambda one: one.day):
        by_month[Month.of(one.day)] = by_month.get(Month.of(one.day), Decimal(0)) + one.amount
    total = sum(by_month.values(), Decimal(0))
    deliveries = sum(one.deliveries for one in chosen)
    unpriced = deliveries - sum(one.priced for one in chosen)
    words = f"{span_words(asked, FoodPurchase)}，{deliveries:,} 行共 {total:,} 元"
    words += f"，另有 {unpriced:,} 行没有单价" if unpriced else ""
    return Answer(total, words, month_parts(by_month))


def _in_wan(found: Answer) -> Answer:
    """Ten thousand yuan with two decimals; the months stay in yuan."""
    return found._replace(value=half_up(found.value / _WAN)) if isinstance(found.value, Decimal) else found


def _of_category(category: str | None) -> Callable[[Asked], Answer]:
    def compute(asked: Asked) -> Answer:
        return _amount(asked, (category,)) if any(one.category == category for one in _bought(asked)) else NOTHING

    return compute


def _bulk(asked: Asked) -> Answer:
    return _amount(asked, asked.book.words("food.bulk.categories", asked.on))


def _unified(asked: Asked) -> Answer:
    """Yuan paid for what the county buys for all schools; 未填 while the ingredients do not say what that is."""
    told = select(Ingredient.id).where(Ingredient.unified_purchase.is_not(None)).limit(1)
    if not kept(asked, FoodPurchase) or asked.session.scalar(told) is None:
        return NOTHING
    chosen = select(func.sum(FoodPurchase.amount)).join(Ingredient, Ingredient.id == FoodPurchase.ingredient)
    where = (within(asked, FoodPurchase), _accepted(), Ingredient.unified_purchase.is_(True))
    return Answer(asked.session.scalar(chosen.where(*where)) or Decimal(0))


def _suppliers(asked: Asked) -> Answer:
    """Suppliers from whom anything was bought, each once."""
    if not kept(asked, FoodPurchase):
        return NOTHING
    named = select(func.count(distinct(FoodPurchase.supplier))).where(within(asked, FoodPurchase), _accepted())
    return Answer(asked.session.scalar(named) or 0, span_words(asked, FoodPurchase))


def _deliveries(asked: Asked) -> Answer:
    return counted(asked, FoodPurchase, _accepted())


def _refused(asked: Asked) -> Answer:
    return counted(asked, FoodPurchase, FoodPurchase.result == AcceptanceResult.REJECTED.value)


def _meat(asked: Asked, *where: ColumnElement[bool]) -> Answer:
    return counted(asked, FoodPurchase, _accepted(), FoodPurchase.category.in_(_MEAT), *where)


def _certified_meat(asked: Asked) -> Answer:
    certified = _meat(asked, FoodPurchase.quarantine_no.is_not(None))
    return share(certified, _meat(asked), span_words(asked, FoodPurchase))


def _samples(asked: Asked) -> Answer:
    return counted(asked, RetainedSample)


def _good_samples(asked: Asked) -> Answer:
    """Samples of at least 125 g that were not thrown away before their 48 hours were over."""
    grams = asked.book.whole("retained_sample.grams", asked.on)
    in_time = or_(RetainedSample.cleared_at.is_(None), RetainedSample.cleared_at >= RetainedSample.keep_until)
    return counted(asked, RetainedSample, RetainedSample.grams >= grams, in_time)


def _people(asked: Asked) -> list[Values]:
    staff = as_they_were(asked, Staff, since="hired_on", until="left_on")
    return [one for one in staff if is_canteen_post(one["post"])]


def _staff(asked: Asked) -> Answer:
    people = _people(asked)
    return Answer(len(people), day_words(asked, f"{len(people)} 人")) if people else NOTHING


def _must_be_healthy(asked: Asked) -> Answer:
    people = [one for one in _people(asked) if needs_health_certificate(one["post"])]
    return Answer(len(people), day_words(asked, f"{len(people)} 人")) if people else NOTHING


def _healthy(asked: Asked) -> Answer:
    if not _people(asked) or not any_paper(asked, (PaperKind.HEALTH_CERTIFICATE,), "staff"):
        return NOTHING
    held = holders_on(asked, PaperKind.HEALTH_CERTIFICATE, "staff")
    many = sum(1 for one in _people(asked) if one["id"] in held and needs_health_certificate(one["post"]))
    return Answer(many, day_words(asked, f"{many} 人"))


def _permit(part: str) -> Callable[[Asked], Answer]:
    """The canteen's own licence: its number, or until when it holds."""

    def compute(asked: Asked) -> Answer:
        held = sorted(papers_on(asked, PaperKind.CANTEEN_PERMIT), key=lambda paper: paper["valid_until"])
        if not held or held[-1][part] is None:
            return NOTHING
        value = held[-1][part]
        forever = part == "valid_until" and until_words(value) == "长期"
        return Answer("长期" if forever else value, day_words(asked, ""))

    return compute


def _line(key: str, label: str, unit: str, compute: Callable[[Asked], Answer], source: str) -> Indicator:
    return Indicator(f"canteen.{key}", "R03", label, unit, source, compute)


_CATEGORIES = {str(one): f"canteen.purchases.{one.name.lower()}" for one in FoodCategory}
_UNSORTED = "canteen.purchases.unsorted"

CANTEEN = (
    *under(
        "食堂",
        _line("count", "食堂数", "个", measured("canteens"), "学校概况「食堂数」"),
        _line("area", "食堂面积", "㎡", measured("canteen_area"), "学校概况「食堂面积」"),
        _line("permit_no", "食品经营许可证编号", "", _permit("number"), "证照与保险「食堂经营许可证」"),
        _line("permit_until", "许可证有效期至", "", _permit("valid_until"), "证照与保险「食堂经营许可证」"),
        _line("meal_service", "供餐形式", "", measured("meal_service"), "学校概况「供餐形式」"),
        _line("lunches", "就餐人数（午餐）", "人", measured("lunches"), "学校概况「午餐就餐人数」"),
        _line("open_kitchen", "明厨亮灶", "", measured("open_kitchen"), "学校概况「明厨亮灶」"),
        _line("meal_committee", "膳食监督家长委员会", "", measured("meal_committee"), "学校概况"),
    ),
    *under(
        "从业人员",
        _line("staff", "从业人员", "人", _staff, "后勤人员台账，食堂岗位在岗"),
        _line("staff.must_be_healthy", "其中：须持健康证", "人", _must_be_healthy, "后勤人员台账，接触食品的岗位"),
        _line("staff.healthy", "其中：持有效健康证", "人", _healthy, "证照与保险「健康证」在有效期内"),
        _line(
            "staff.health_rate",
            "健康证持证率",
            "%",
            lambda asked: share(_healthy(asked), _must_be_healthy(asked)),
            "持有效健康证人数 ÷ 须持健康证人数",
        ),
    ),
    *under(
        "采购",
        _line("suppliers", "供货单位", "家", _suppliers, f"{_BOUGHT}，有进货的供货单位，去重"),
        _line("purchases.count", "进货批次", "批", _deliveries, f"{_BOUGHT}，验收合格的行"),
        _line("purchases.refused", "拒收批次", "批", _refused, f"{_BOUGHT}，验收结论为拒收的行"),
        *(
            Indicator(
                code,
                "R03",
                f"其中：{category}",
                "元",
                f"{_BOUGHT}「金额」相加，类别为{category}",
                _of_category(category),
                if_any=True,
            )
            for category, code in _CATEGORIES.items()
        ),
        Indicator(
            _UNSORTED,
            "R03",
            "其中：没有类别的",
            "元",
            f"{_BOUGHT}「金额」相加，类别没有填",
            _of_category(None),
            if_any=True,
        ),
        Indicator(
            "canteen.purchases.amount",
            "R03",
            "各类合计",
            "元",
            "以上各类相加，不含拒收",
            sum_of=(*_CATEGORIES.values(), _UNSORTED),
        ),
        _line(
            "purchases.amount_wan",
            "食品采购额",
            "万元",
            lambda asked: _in_wan(_amount(asked)),
            f"{_BOUGHT}「金额」相加，不含拒收，除以 10,000，留两位小数",
        ),
        _line(
            "purchases.bulk_wan",
            "其中：大宗食材",
            "万元",
            lambda asked: _in_wan(_bulk(asked)),
            f"{_BOUGHT}「金额」，米面油肉蛋奶等大宗类别",
        ),
        _line(
            "purchases.bulk_rate",
            "大宗食材占比",
            "%",
            lambda asked: share(_bulk(asked), _amount(asked)),
            "大宗食材金额 ÷ 食品采购额（元）",
        ),
        _line(
            "purchases.unified_rate",
            "统一采购占比",
            "%",
            lambda asked: share(_unified(asked), _amount(asked)),
            f"{_BOUGHT}，食材目录标明统一采购的金额 ÷ 食品采购额（元）",
        ),
        _line(
            "purchases.certified_meat_rate",
            "畜禽肉检疫证明齐全率",
            "%",
            _certified_meat,
            f"{_BOUGHT}，填有检疫证明号的畜禽肉批次 ÷ 全部畜禽肉批次",
        ),
        of_period=True,
    ),
    *under(
        "留样",
        _line("samples", "留样批次", "批", _samples, f"{_KEPT}，每餐每样一行"),
        _line("samples.good", "其中：合格", "批", _good_samples, f"{_KEPT}，不少于 125 克且没有提前处理"),
        _line(
            "samples.rate",
            "留样合格率",
            "%",
            lambda asked: share(_good_samples(asked), _samples(asked)),
            "合格批次 ÷ 留样批次",
        ),
        of_period=True,
    ),
    *under(
        "收支",
        Indicator("canteen.balance", "R03", "食堂盈亏", "元", "食堂会计账，手工填"),
        of_period=True,
    ),
)
