"""F-MLK-01, the term's milk orders by class, with the rate of every grade and of the school."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from school_logistics.models.orders import MilkOrder, SchoolClass
from school_logistics.reports.blocks import Block, Line, Note, Signatures, Stamp
from school_logistics.reports.form import Entry, Head, Per, PrintedForm, Register, Source
from school_logistics.reports.ordered import grade_subtotal, orders_of_term, rate_of
from school_logistics.reports.register import PaperColumn, column_of, distinct, grid_by, words_below
from school_logistics.rules.calendar import Month
from school_logistics.rules.kinds import Count

_milk = MilkOrder.ledger
_class = SchoolClass.ledger

_COUNT = Count()


def _prices(entries: Sequence[Entry]) -> str:
    unit = _milk.field("unit_price").unit
    return f"{told} {unit}" if (told := distinct(entries, "unit_price")) else ""


_MILK_COLUMNS = (
    column_of(_milk, "grade", mm=16, align="center"),
    column_of(_milk, "school_class", heading="班级", mm=21),
    column_of(_milk, "head_teacher", mm=17, align="center", wrap=False),
    column_of(_milk, "pupils", heading="学生数", mm=13),
    column_of(_milk, "ordered", heading="订购人数", mm=13),
    PaperColumn(
        heading="订奶率（%）",
        mm=14,
        text=lambda order: order.text("order_rate"),
        fields=("order_rate",),
        align="right",
        wrap=False,
        whole=rate_of("ordered", "pupils"),
    ),
    column_of(_milk, "aided", heading="其中资助/免费人数", mm=17),
    column_of(_milk, "intolerant", heading="乳糖不耐", mm=13, group="不订原因人数"),
    column_of(_milk, "allergic", heading="过敏", mm=11, group="不订原因人数"),
    column_of(_milk, "other_reason", heading="其他", mm=11, group="不订原因人数"),
    PaperColumn(
        heading="每日盒数",
        mm=14,
        text=lambda order: order.text("ordered"),
        fields=("ordered",),
        align="right",
        wrap=False,
        adds=lambda order: order["ordered"],
        show_sum=_COUNT.show,
    ),
    column_of(_milk, "boxes", heading="总盒数", mm=16),
    column_of(_milk, "due", mm=24),
    column_of(_milk, "received", mm=24),
    column_of(_milk, "difference", mm=21),
    column_of(_milk, "remark", mm=22),
)


def _gather_milk(source: Source, month: Month) -> Register:
    return Register(orders_of_term(source, _milk, month))


def _compose_milk(facts: Register, head: Head) -> Iterator[Block]:
    days = distinct(facts.rows, "days")
    yield Line(
        (
            ("学年学期", head.period(Per.TERM)),
            ("供奶企业", distinct(facts.rows, "supplier")),
            ("品名规格", distinct(facts.rows, "product")),
        )
    )
    yield Line(
        (("单价", _prices(facts.rows)), ("供奶天数", f"{days} 天" if days else ""), ("填表日期", str(head.as_of)))
    )
    yield grid_by(_MILK_COLUMNS, facts.rows, "grade", none=F_MLK_01.none, subtotal=grade_subtotal)
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
