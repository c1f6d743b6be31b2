"""Uniform forms of a term: F-UNI-01 orders by class, F-UNI-02 orders by class and size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from school_logistics.models.orders import SchoolClass, UniformOrder
from school_logistics.reports.blocks import Block, Line, Note, Signatures, Stamp
from school_logistics.reports.form import Entry, Head, Per, PrintedForm, Register, Source
from school_logistics.reports.ordered import RATE, grade_subtotal, orders_of_term, rate_of
from school_logistics.reports.register import SUBTOTAL, PaperColumn, column_of, distinct, grid_by, grid_of, words_below
from school_logistics.rules.calendar import Month
from school_logistics.rules.kinds import Amount, Count
from school_logistics.rules.tally import UNIFORM_SIZES, UniformStyle, order_rate

_uniform = UniformOrder.ledger
_class = SchoolClass.ledger

_MONEY = Amount(2, "元", 2)
_COUNT = Count()

# --- F-UNI-01 ---------------------------------------------------------------------------------------


class ClassOrders(NamedTuple):
    """A term's uniform orders, and the same summed up by class."""

    rows: Sequence[Entry]
    classes: Sequence[Entry]


_STYLE_HEADINGS = {
    UniformStyle.SUMMER: "夏装套数",
    UniformStyle.SPORTS: "运动装（春秋）套数",
    UniformStyle.WINTER: "冬装套数",
}


def _gather_class_orders(source: Source, month: Month) -> ClassOrders:
    rows = orders_of_term(source, _uniform, month)
    classes = {entry.id: entry for entry in source.entries(_class)}
    by_class = sorted(rows, key=lambda order: (order["position"] or 0, order["school_class"]))
    summed = [
        _class_order(list(orders), classes.get(number))
        for number, orders in groupby(by_class, key=lambda order: order["school_class"])
    ]
    return ClassOrders(rows, summed)


def _sum(values: Iterable[Decimal | int | None]) -> Decimal | int | None:
    """The sum of what is known; None when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _class_order(orders: Sequence[Entry], of: Entry | None) -> Entry:
    """The orders of one class as one line."""
    first = orders[0]
    pupils = of["pupils"] if of else None
    people = _people(orders)
    values = {
        "grade": first["grade"],
        "school_class": first["school_class"],
        "school_class.name": first.text("school_class"),
        "pupils": pupils,
        "orderers": people,
        "others": None if pupils is None or people is None else pupils - people,
        "prices": "、".join(_style_prices(orders)),
        **{style.value: _sum(one["sets"] for one in orders if one["style"] == style) for style in UniformStyle},
        **{key: _sum(one[key] for one in orders) for key in ("due", "received", "waived_pupils", "waived")},
    }
    return Entry(_uniform, first.id, values, frozenset().union(*(one.gaps for one in orders)))


def _people(orders: Sequence[Entry]) -> int | None:
    """How many pupils of a class ordered: of its boys and of its girls the most who ordered one garment, counted once.

    The annual return counts in the same way. Where nobody wrote down the people, each set is one person's.
    """
    most: dict[str, int] = {}
    for order in orders:
        people = order["sets"] if order["orderers"] is None else order["orderers"]
        if people is not None:
            most[order.text("sex")] = max(most.get(order.text("sex"), 0), people)
    return sum(most.values()) if most else None


def _style_prices(orders: Sequence[Entry]) -> Iterator[str]:
    for style in UniformStyle:
        told = distinct((order for order in orders if order["style"] == style), "unit_price")
        if told:
            yield f"{style.value} {told}"


def _counted(heading: str, key: str, mm: float) -> PaperColumn:
    return PaperColumn(
        heading=heading,
        mm=mm,
        text=lambda line: _COUNT.show(line[key]),
        fields=(key,),
        align="right",
        wrap=False,
        adds=lambda line: line[key],
        show_sum=_COUNT.show,
    )


def _paid(heading: str, key: str, mm: float) -> PaperColumn:
    return PaperColumn(
        heading=heading,
        mm=mm,
        text=lambda line: _MONEY.show(line[key]),
        fields=(key,),
        align="right",
        wrap=False,
        adds=lambda line: line[key],
        show_sum=_MONEY.show,
        money=True,
    )


def _class_rate(line: Entry) -> str:
    known = line["orderers"] is not None and line["pupils"] is not None
    return RATE.show(order_rate(line["orderers"], line["pupils"])) if known else ""


_CLASS_COLUMNS = (
    column_of(_uniform, "grade", mm=16, align="center"),
    column_of(_uniform, "school_class", heading="班级", mm=21),
    _counted("在校生数", "pupils", 14),
    _counted("征订人数", "orderers", 14),
    PaperColumn(
        heading="征订率（%）", mm=14, text=_class_rate, align="right", wrap=False, whole=rate_of("orderers", "pupils")
    ),
    _counted("不订人数", "others", 14),
    *(_counted(heading, style.value, 16) for style, heading in _STYLE_HEADINGS.items()),
    PaperColumn(heading="单价×各款", mm=38, text=lambda line: str(line["prices"]), fields=("unit_price",)),
    _paid("应收金额（元）", "due", 25),
    _paid("实收金额（元）", "received", 25),
    _counted("减免人数", "waived_pupils", 13),
    _paid("减免金额（元）", "waived", 20),
    PaperColumn(heading="备注", mm=20, text=lambda _line: ""),
)


def _compose_class_orders(facts: ClassOrders, head: Head) -> Iterator[Block]:
    yield Line(
        (
            ("学年学期", head.period(Per.TERM)),
            ("供货单位", distinct(facts.rows, "supplier")),
            ("填表日期", str(head.as_of)),
        )
    )
    yield grid_by(_CLASS_COLUMNS, facts.classes, "grade", none=F_UNI_01.none, subtotal=grade_subtotal)
    yield from words_below(_CLASS_COLUMNS, facts.classes)
    yield Signatures(("班主任", "经办人", "分管领导"))
    yield Stamp()
    yield Note("说明：征订率＝征订人数÷在校生数，由合计人数重算；一人订多款只计一人；自愿征订，毕业年级不组织征订。")


F_UNI_01 = PrintedForm(
    code="F-UNI-01",
    title="学生装征订统计表",
    group=_uniform.group,
    ledgers=(_uniform, _class),
    per=Per.TERM,
    gather=_gather_class_orders,
    compose=_compose_class_orders,
    none="本学期没有学生装征订记录",
    edition="2024 版",
)

# --- F-UNI-02 ---------------------------------------------------------------------------------------

_SIZE_GROUP = "号型"
_SIZE_COLUMNS = (
    column_of(_uniform, "school_class", heading="班级", mm=22),
    column_of(_uniform, "style", mm=15),
    column_of(_uniform, "sex", mm=10),
    *(
        column_of(_uniform, size.key, heading=size.code, mm=12.5, group=_SIZE_GROUP if size.girth else "")
        for size in UNIFORM_SIZES
    ),
    column_of(_uniform, "sets", heading="合计", mm=15),
)


def _gather_sizes(source: Source, month: Month) -> Register:
    return Register(orders_of_term(source, _uniform, month))


def _compose_sizes(facts: Register, head: Head) -> Iterator[Block]:
    several = len({order["style"] for order in facts.rows}) > 1
    yield Line(
        (
            ("学年学期", head.period(Per.TERM)),
            ("供货单位", distinct(facts.rows, "supplier")),
            ("填表日期", str(head.as_of)),
        )
    )
    if several:
        yield grid_by(_SIZE_COLUMNS, facts.rows, "style", none=F_UNI_02.none, subtotal=lambda style: (SUBTOTAL, style))
    else:
        yield grid_of(_SIZE_COLUMNS, facts.rows, none=F_UNI_02.none)
    yield Signatures(("班主任", "经办人", "分管领导"))
    yield Stamp()
    yield Note("说明：单位为套；各号型之和等于合计，合计等于征订套数；特体另附量体数据。")


F_UNI_02 = PrintedForm(
    code="F-UNI-02",
    title="学生装尺码汇总表",
    group=_uniform.group,
    ledgers=(_uniform, _class),
    per=Per.TERM,
    gather=_gather_sizes,
    compose=_compose_sizes,
    none="本学期没有学生装征订记录",
    edition="2024 版",
    footer_note="号型按 GB/T 1335：号为身高，型为胸围（上装）或腰围（下装），单位厘米。",
)
