"""Order forms of a term: F-MLK-01 school milk, F-UNI-01 uniforms by class, F-UNI-02 uniforms by class and size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from school_logistics.models.ledger import Ledger
from school_logistics.models.orders import MilkOrder, SchoolClass, UniformOrder
from school_logistics.reports.blocks import Block, Line, Note, Signatures, Stamp
from school_logistics.reports.form import Entry, Head, Per, PrintedForm, Register, Source
from school_logistics.reports.register import PaperColumn, column_of, distinct, grid_by, grid_of, words_below
from school_logistics.rules.calendar import Month
from school_logistics.rules.kinds import Amount, Count
from school_logistics.rules.tally import UNIFORM_SIZES, UniformStyle, order_rate, rate_of_all
from school_logistics.rules.terms import term_of

_milk = MilkOrder.ledger
_uniform = UniformOrder.ledger
_class = SchoolClass.ledger

_RATE = Amount(1, "%", 1)
_MONEY = Amount(2, "元", 2)
_COUNT = Count()


def _of_term(ledger: Ledger) -> Callable[[Source, Month], list[Entry]]:
    def orders(source: Source, month: Month) -> list[Entry]:
        term = term_of(month.first)
        return [entry for entry in source.entries(ledger) if entry["term"] == term]

    return orders


def _rate(ordered: str, pupils: str) -> Callable[[Sequence[Entry]], str]:
    """The rate of several classes together: sum over sum."""

    def rate(entries: Sequence[Entry]) -> str:
        return _RATE.show(rate_of_all((entry[ordered] or 0, entry[pupils] or 0) for entry in entries))

    return rate


def _prices(entries: Sequence[Entry]) -> str:
    unit = entries[0].ledger.field("unit_price").unit if entries else ""
    return f"{told} {unit}" if (told := distinct(entries, "unit_price")) else ""


# --- F-MLK-01 ---------------------------------------------------------------------------------------

_MILK_COLUMNS = (
    column_of(_milk, "grade", mm=16, align="center"),
    column_of(_milk, "school_class", heading="班级", mm=21),
    column_of(_milk, "head_teacher", mm=17, align="center"),
    column_of(_milk, "pupils", heading="学生数", mm=13),
    column_of(_milk, "ordered", heading="订购人数", mm=13),
    PaperColumn(
        heading="订奶率（%）", mm=14, text=lambda order: order.text("order_rate"), fields=("order_rate",), align="right",
        wrap=False, whole=_rate("ordered", "pupils"),
    ),
    column_of(_milk, "aided", heading="其中资助/免费人数", mm=17),
    column_of(_milk, "intolerant", heading="乳糖不耐", mm=13, group="不订原因人数"),
    column_of(_milk, "allergic", heading="过敏", mm=11, group="不订原因人数"),
    column_of(_milk, "other_reason", heading="其他", mm=11, group="不订原因人数"),
    PaperColumn(
        heading="每日盒数", mm=14, text=lambda order: order.text("ordered"), fields=("ordered",), align="right",
        wrap=False, adds=lambda order: order["ordered"], show_sum=_COUNT.show,
    ),
    column_of(_milk, "boxes", heading="总盒数", mm=16),
    column_of(_milk, "due", heading="应收金额（元）", mm=24),
    column_of(_milk, "received", heading="实收金额", mm=24),
    column_of(_milk, "difference", heading="差额", mm=21),
    column_of(_milk, "remark", mm=22),
)  # fmt: skip

_milk_of_term = _of_term(_milk)


def _gather_milk(source: Source, month: Month) -> Register:
    return Register(_milk_of_term(source, month))


def _subtotal(grade: str) -> str:
    return f"{grade}小计"


def _compose_milk(facts: Register, head: Head) -> Iterator[Block]:
    days = distinct(facts.rows, "days")
    yield Line((("学年学期", head.period(Per.TERM)), ("供奶企业", distinct(facts.rows, "supplier")), ("品名规格", distinct(facts.rows, "product"))))  # fmt: skip
    yield Line((("单价", _prices(facts.rows)), ("供奶天数", f"{days} 天" if days else ""), ("填表日期", str(head.today))))
    yield grid_by(_MILK_COLUMNS, facts.rows, "grade", none=F_MLK_01.none, subtotal=_subtotal)
    yield from words_below(_MILK_COLUMNS, facts.rows)
    yield Signatures(("班主任", "经办人", "分管领导"))
    yield Stamp()
    yield Note("说明：订奶率＝订购人数÷学生数，年级和全校的率由合计人数重算，不取各班平均；自愿订购。")


F_MLK_01 = PrintedForm(
    code="F-MLK-01",
    title="学生饮用奶征订统计表",
    group=_milk.group,
    ledgers=(_milk, _class),
    per=Per.TERM,
    gather=_gather_milk,
    compose=_compose_milk,
    none="本学期没有饮用奶征订记录",
    edition="2024 版",
)

# --- F-UNI-01 ---------------------------------------------------------------------------------------


class ClassOrders(NamedTuple):
    """A term's uniform orders, and the same summed up by class."""

    rows: Sequence[Entry]
    classes: Sequence[Entry]


_uniforms_of_term = _of_term(_uniform)
_STYLE_HEADINGS = {
    UniformStyle.SUMMER: "夏装套数",
    UniformStyle.SPORTS: "运动装（春秋）套数",
    UniformStyle.WINTER: "冬装套数",
}


def _gather_class_orders(source: Source, month: Month) -> ClassOrders:
    rows = _uniforms_of_term(source, month)
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
    """How many pupils of a class ordered: of those who ordered several garments each is counted once.

    Where nobody wrote down the people, each set of a garment is one person's.
    """
    counted: list[int] = []
    for style in UniformStyle:
        of_style = [order for order in orders if order["style"] == style]
        people = _sum(order["sets"] if order["orderers"] is None else order["orderers"] for order in of_style)
        if people is not None:
            counted.append(int(people))
    return max(counted, default=None)


def _style_prices(orders: Sequence[Entry]) -> Iterator[str]:
    for style in UniformStyle:
        told = distinct((order for order in orders if order["style"] == style), "unit_price")
        if told:
            yield f"{style.value} {told}"


def _counted(heading: str, key: str, mm: float) -> PaperColumn:
    return PaperColumn(
        heading=heading, mm=mm, text=lambda line: _COUNT.show(line[key]), fields=(key,), align="right", wrap=False,
        adds=lambda line: line[key], show_sum=_COUNT.show,
    )  # fmt: skip


def _paid(heading: str, key: str, mm: float) -> PaperColumn:
    return PaperColumn(
        heading=heading, mm=mm, text=lambda line: _MONEY.show(line[key]), fields=(key,), align="right", wrap=False,
        adds=lambda line: line[key], show_sum=_MONEY.show, money=True,
    )  # fmt: skip


def _class_rate(line: Entry) -> str:
    known = line["orderers"] is not None and line["pupils"] is not None
    return _RATE.show(order_rate(line["orderers"], line["pupils"])) if known else ""


_CLASS_COLUMNS = (
    column_of(_uniform, "grade", mm=16, align="center"),
    column_of(_uniform, "school_class", heading="班级", mm=21),
    _counted("在校生数", "pupils", 14),
    _counted("征订人数", "orderers", 14),
    PaperColumn(
        heading="征订率（%）", mm=14, text=_class_rate, align="right", wrap=False, whole=_rate("orderers", "pupils")
    ),
    _counted("不订人数", "others", 14),
    *(_counted(heading, style.value, 16) for style, heading in _STYLE_HEADINGS.items()),
    PaperColumn(heading="单价×各款", mm=38, text=lambda line: str(line["prices"]), fields=("unit_price",)),
    _paid("应收金额", "due", 25),
    _paid("实收金额", "received", 25),
    _counted("减免人数", "waived_pupils", 13),
    _paid("减免金额", "waived", 20),
    PaperColumn(heading="备注", mm=20, text=lambda _line: ""),
)


def _compose_class_orders(facts: ClassOrders, head: Head) -> Iterator[Block]:
    yield Line((("学年学期", head.period(Per.TERM)), ("供货单位", distinct(facts.rows, "supplier")), ("填表日期", str(head.today))))
    yield grid_by(_CLASS_COLUMNS, facts.classes, "grade", none=F_UNI_01.none, subtotal=_subtotal)
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
    return Register(_uniforms_of_term(source, month))


def _compose_sizes(facts: Register, head: Head) -> Iterator[Block]:
    several = len({order["style"] for order in facts.rows}) > 1
    yield Line((("学年学期", head.period(Per.TERM)), ("供货单位", distinct(facts.rows, "supplier")), ("填表日期", str(head.today))))
    if several:
        yield grid_by(_SIZE_COLUMNS, facts.rows, "style", none=F_UNI_02.none, subtotal=_subtotal)
    else:
        yield grid_of(_SIZE_COLUMNS, facts.rows, none=F_UNI_02.none)
    yield Signatures(("班主任", "经办人", "分管领导"))
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
