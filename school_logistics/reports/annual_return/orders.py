"""R09 饮用奶 and R10 学生装: who ordered, at what rate, how much, for how much money."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from school_logistics.models.canteen.suppliers import Supplier
from school_logistics.models.orders import MilkOrder, UniformOrder
from school_logistics.reports.annual_return.asking import Asked, share, zero_of
from school_logistics.reports.annual_return.indicator import NOTHING, Answer, Indicator, under
from school_logistics.rules.tally import UniformStyle

if TYPE_CHECKING:
    from collections.abc import Callable

    from school_logistics.rules.calendar import Period

_MILK = "饮用奶征订"
_UNIFORMS = "学生装征订"
_BEGINS = {"春": 3, "秋": 9}


def terms_in(period: Period) -> tuple[str, ...]:
    """The terms that begin in a period, in order: 2026春 and 2026秋 for 2026, 2025秋 and 2026春 for 2025—2026学年."""
    years = range(period.first.year, period.last.year + 1)
    days = {f"{year}{season}": date(year, month, 1) for year in years for season, month in _BEGINS.items()}
    return tuple(term for term, day in days.items() if period.holds(day))


def _terms(asked: Asked, record: type[MilkOrder | UniformOrder]) -> tuple[str, ...]:
    """The terms of the period for which anything is ordered."""

    def find() -> tuple[str, ...]:
        ordered = select(record.term).distinct().where(record.term.in_(terms_in(asked.period)))
        found = set(asked.session.scalars(ordered))
        return tuple(term for term in terms_in(asked.period) if term in found)

    found = asked.once(("terms", record), find)
    asked.short = asked.short or found != terms_in(asked.period)
    return found


def _last_term(asked: Asked, record: type[MilkOrder | UniformOrder], column: Any) -> Answer:
    """The sum of a column over the period's last term: pupils are counted once."""
    terms = _terms(asked, record)
    if not terms:
        return NOTHING
    total, rows = asked.session.execute(select(func.sum(column), func.count()).where(record.term == terms[-1])).one()
    return NOTHING if total is None else Answer(total, f"{terms[-1]}，{rows:,} 行")


def _all_terms(asked: Asked, record: type[MilkOrder | UniformOrder], column: Any, *where: Any) -> Answer:
    """The sum of a column over all terms that begin in the period, term by term."""
    terms = _terms(asked, record)
    if not terms:
        return NOTHING
    summed = select(record.term, func.sum(column), func.count(column)).where(record.term.in_(terms), *where)
    rows = {term: (total, many) for term, total, many in asked.session.execute(summed.group_by(record.term))}
    if not any(many for _, many in rows.values()):
        return Answer(zero_of(record, column.key), "、".join(terms)) if where else NOTHING
    found = {term: rows[term] for term in terms if term in rows}
    total = sum((value for value, _ in found.values() if value is not None), zero_of(record, column.key))
    parts = tuple((term, f"{value or 0:,}") for term, (value, _) in found.items())
    return Answer(total, f"{'、'.join(found)}，{sum(many for _, many in found.values()):,} 行", parts)


def _milk_now(column: Any) -> Callable[[Asked], Answer]:
    return lambda asked: _last_term(asked, MilkOrder, column)


def _milk(column: Any) -> Callable[[Asked], Answer]:
    return lambda asked: _all_terms(asked, MilkOrder, column)


def _milk_suppliers(asked: Asked) -> Answer:
    terms = _terms(asked, MilkOrder)
    named = select(Supplier.name).distinct().join(MilkOrder, MilkOrder.supplier == Supplier.id)
    found = sorted(asked.session.scalars(named.where(MilkOrder.term.in_(terms)))) if terms else []
    return Answer("、".join(found), "、".join(terms)) if found else NOTHING


def _classes(record: type[MilkOrder | UniformOrder]) -> Callable[[Asked], Answer]:
    def compute(asked: Asked) -> Answer:
        terms = _terms(asked, record)
        if not terms:
            return NOTHING
        counted = select(func.count(record.school_class.distinct())).where(record.term == terms[-1])
        return Answer(asked.session.scalar(counted) or 0, terms[-1])

    return compute


def _uniforms(column: Any, *where: Any) -> Callable[[Asked], Answer]:
    return lambda asked: _all_terms(asked, UniformOrder, column, *where)


def _orderers(asked: Asked) -> Answer:
    """Pupils who ordered any garment: of a class's boys or girls the most who ordered one, counted once a term."""
    terms = _terms(asked, UniformOrder)
    if not terms:
        return NOTHING
    most = (
        select(func.max(UniformOrder.orderers).label("many"))
        .where(UniformOrder.term.in_(terms))
        .group_by(UniformOrder.term, UniformOrder.school_class, UniformOrder.sex)
        .subquery()
    )
    many = asked.session.scalar(select(func.sum(most.c.many)))
    return NOTHING if many is None else Answer(many, "、".join(terms))


def _milk_line(key: str, label: str, unit: str, compute: Callable[[Asked], Answer] | None, source: str) -> Indicator:
    return Indicator(f"orders.milk.{key}", "R09", label, unit, source, compute)


def _uniform_line(key: str, label: str, unit: str, compute: Callable[[Asked], Answer] | None, source: str) -> Indicator:
    return Indicator(f"orders.uniform.{key}", "R10", label, unit, source, compute)


_STYLE_CODES = {one: f"sets.{one.name.lower()}" for one in UniformStyle}

ORDERS = (
    *under(
        "订购",
        _milk_line("classes", "征订班级", "个", _classes(MilkOrder), f"{_MILK}，报告期最后一个学期"),
        _milk_line(
            "pupils", "征订班级学生数", "人", _milk_now(MilkOrder.pupils), f"{_MILK}「学生数」相加，最后一个学期"
        ),
        _milk_line("ordered", "订奶人数", "人", _milk_now(MilkOrder.ordered), f"{_MILK}「订购人数」相加，最后一个学期"),
        _milk_line(
            "rate",
            "订奶率",
            "%",
            lambda asked: share(_milk_now(MilkOrder.ordered)(asked), _milk_now(MilkOrder.pupils)(asked)),
            f"{_MILK}，订奶人数 ÷ 学生数，由合计重算",
        ),
        _milk_line(
            "aided", "其中：资助或免费", "人", _milk_now(MilkOrder.aided), f"{_MILK}「资助免费」相加，最后一个学期"
        ),
        of_period=True,
    ),
    *under(
        "供奶与收费",
        _milk_line("boxes", "总盒数", "盒", _milk(MilkOrder.boxes), f"{_MILK}「总盒数」，各学期相加"),
        _milk_line("returned", "退订盒数", "盒", _milk(MilkOrder.returned), f"{_MILK}「退订盒数」，各学期相加"),
        _milk_line("due", "应收金额", "元", _milk(MilkOrder.due), f"{_MILK}「应收金额」，各学期相加"),
        _milk_line("received", "实收金额", "元", _milk(MilkOrder.received), f"{_MILK}「实收金额」，各学期相加"),
        _milk_line("refunded", "退费金额", "元", None, "退（停）奶及退费登记，手工填"),
        _milk_line("suppliers", "供奶企业", "", _milk_suppliers, f"{_MILK}「供奶企业」，去重"),
        of_period=True,
    ),
    *under(
        "征订",
        _uniform_line("classes", "征订班级", "个", _classes(UniformOrder), f"{_UNIFORMS}，报告期最后一个学期"),
        _uniform_line("orderers", "征订人数", "人", _orderers, f"{_UNIFORMS}「征订人数」，同一人订几款只算一次"),
        _uniform_line("sets", "学生装套数", "套", _uniforms(UniformOrder.sets), f"{_UNIFORMS}「合计套数」，各学期相加"),
        *(
            _uniform_line(
                key,
                f"其中：{style.value}",
                "套",
                _uniforms(UniformOrder.sets, UniformOrder.style == style.value),
                f"{_UNIFORMS}「款式」",
            )
            for style, key in _STYLE_CODES.items()
        ),
        Indicator(
            "orders.uniform.sets.by_style",
            "R10",
            "各款合计",
            "套",
            "以上各款相加，应等于学生装套数",
            sum_of=tuple(f"orders.uniform.{key}" for key in _STYLE_CODES.values()),
        ),
        of_period=True,
    ),
    *under(
        "收支",
        _uniform_line("due", "应收金额", "元", _uniforms(UniformOrder.due), f"{_UNIFORMS}「应收金额」，各学期相加"),
        _uniform_line(
            "received", "实收金额", "元", _uniforms(UniformOrder.received), f"{_UNIFORMS}「实收金额」，各学期相加"
        ),
        _uniform_line(
            "waived", "减免金额", "元", _uniforms(UniformOrder.waived), f"{_UNIFORMS}「减免金额」，各学期相加"
        ),
        _uniform_line("paid", "已付供应商", "元", None, "代收费收支结算台账，手工填"),
        _uniform_line("refunded", "退费金额", "元", None, "代收费收支结算台账，手工填"),
        _uniform_line("balance", "结余", "元", None, "代收费收支结算台账，手工填"),
        _uniform_line("settle_days", "平均结账天数", "天", None, "代收费收支结算台账，手工填"),
        of_period=True,
    ),
    *under(
        "质量",
        _uniform_line("batches", "送检批次", "批", None, "验收与双送检台账，手工填"),
        _uniform_line("batches_passed", "其中：合格", "批", None, "验收与双送检台账，手工填"),
        of_period=True,
    ),
)
