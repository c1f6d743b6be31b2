"""C03: receiving inspection, a month of deliveries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from school_logistics.models.canteen.purchases import FoodPurchase, Ingredient
from school_logistics.models.canteen.suppliers import Supplier
from school_logistics.reports.blocks import Block, Signatures, Stamp
from school_logistics.reports.form import Entry, Head, PrintedForm, Source
from school_logistics.reports.register import (
    PaperColumn,
    column_of,
    grid_of,
    month_day,
    told,
    words_below,
)
from school_logistics.rules.calendar import Month
from school_logistics.rules.food import AcceptanceResult, SourceKind

TICK = "√"
_MAKES_ITSELF = frozenset({SourceKind.MANUFACTURER, SourceKind.GROWER, SourceKind.SLAUGHTERHOUSE, SourceKind.WORKSHOP})
"""Suppliers that sell what they produced: producer and supplier are one."""

_supplier = Supplier.ledger
_purchase = FoodPurchase.ledger


class Delivery(NamedTuple):
    """One line of a delivery note beside the file of who delivered it."""

    line: Entry
    supplier: Entry | None

    def of_supplier(self, key: str) -> str:
        """What the supplier's file says; nothing when no supplier is named."""
        return self.supplier.text(key) if self.supplier else ""


class Deliveries(NamedTuple):
    """The deliveries of a month in the order in which they were accepted."""

    rows: Sequence[Entry]
    suppliers: dict[int, Entry]

    def of(self, line: Entry) -> Delivery:
        """A line with its supplier."""
        return Delivery(line, self.suppliers.get(line["supplier"]))


def _gather_deliveries(source: Source, month: Month) -> Deliveries:
    suppliers = {entry.id: entry for entry in source.entries(_supplier)}
    return Deliveries(source.entries(_purchase, month), suppliers)


def _produced(line: Entry) -> str:
    return told(line.text("produced_on"), line.text("lot_no"))


def _keeps(line: Entry) -> str:
    """The shelf life as told by the label, and the last day that follows from it."""
    return told(line.text("shelf_life"), line.text("best_before"))


def _producer(delivery: Delivery) -> str:
    """The producer is written down only where it is the supplier; else there is room to write."""
    return "同供货者" if delivery.supplier and delivery.supplier["source_kind"] in _MAKES_ITSELF else ""


def _seen(delivery: Delivery, key: str) -> str:
    """A tick where the supplier's paper on file was good on the day of the delivery."""
    until = delivery.supplier[key] if delivery.supplier else None
    bought: date = delivery.line["bought_on"]
    return "" if until is None else TICK if until >= bought else "过期"


def _other_papers(line: Entry) -> str:
    names = {"quarantine_no": "检疫", "meat_inspection_no": "肉品", "swine_fever_no": "非瘟"}
    return told(*(f"{name}{line.text(key)}" for key, name in names.items() if line[key]))


def _inspectors(line: Entry) -> str:
    return told(line.text("inspector"), line.text("second_inspector"))


def _looked_well(line: Entry) -> str:
    return TICK if line["result"] == AcceptanceResult.ACCEPTED else ""


_GOODS = (
    column_of(_purchase, "bought_on", mm=8.5, text=month_day("bought_on")),
    column_of(_purchase, "ingredient", heading="产品名称", mm=11.5),
    column_of(_purchase, "specification", mm=10),
    column_of(_purchase, "quantity", mm=10.2),
    column_of(_purchase, "unit", mm=6.3, align="center"),
    column_of(_purchase, "unit_price", mm=10.3),
    column_of(_purchase, "amount", mm=14.3),
    PaperColumn(
        heading="生产批号或日期",
        mm=14.2,
        text=_produced,
        fields=("produced_on", "lot_no"),
        align="center",
        wrap=False,
    ),
    PaperColumn(
        heading="保质期（到期日）",
        mm=14.2,
        text=_keeps,
        fields=("shelf_life", "best_before"),
        align="center",
        wrap=False,
    ),
)
_PAPERS, _LOOKED_AT = "随货证明文件查验", "入库检查"
_PAPERS_COME_WITH_IT = (
    column_of(_purchase, "note_no", heading="购货凭证", mm=14.9, group=_PAPERS),
    column_of(_purchase, "inspection_report_no", heading="该批产品检验报告", mm=11, group=_PAPERS),
    PaperColumn(
        heading="其他合格证明（如有）",
        mm=22.6,
        text=_other_papers,
        fields=("quarantine_no", "meat_inspection_no", "swine_fever_no"),
        group=_PAPERS,
        wrap=False,
    ),
)
_ACCEPTANCE = (
    PaperColumn(heading="外观检查", mm=6.7, text=_looked_well, align="center", group=_LOOKED_AT),
    column_of(_purchase, "delivery_temperature", heading="温度检查（如需）", mm=7.6, align="center", group=_LOOKED_AT),
    PaperColumn(heading="自检或委检情况", mm=7.2, text=lambda _line: ""),
    column_of(_purchase, "result", heading="结论", mm=7.2),
    PaperColumn(
        heading="验收人（双人）",
        mm=9.9,
        text=_inspectors,
        fields=("inspector", "second_inspector"),
        align="center",
        wrap=False,
    ),
    PaperColumn(heading="记录人", mm=8.5, text=lambda line: line.text("inspector"), align="center", wrap=False),
    column_of(_purchase, "remark", mm=9.8),
)


def _delivery_columns(facts: Deliveries) -> tuple[PaperColumn, ...]:
    """The columns of 附录B in their order, with those that schools add beside the ones they belong to."""
    of = facts.of
    return (
        *_GOODS,
        PaperColumn(
            heading="生产者地址及联系方式（电话等）", mm=9.9, text=lambda line: _producer(of(line)), align="center"
        ),
        column_of(_purchase, "supplier", heading="供货者", mm=13),
        PaperColumn(
            heading="供货者地址及联系方式（电话等）",
            mm=18.5,
            text=lambda line: told(of(line).of_supplier("address"), of(line).of_supplier("phone")),
            fields=("supplier",),
        ),
        *(
            PaperColumn(heading=f"{paper}（如有）", mm=7.2, text=_ticked(of, key), align="center", group=_PAPERS)
            for paper, key in (("许可证", "permit_until"), ("营业执照", "licence_until"))
        ),
        *_PAPERS_COME_WITH_IT,
        *_ACCEPTANCE,
    )


def _ticked(of: Callable[[Entry], Delivery], key: str) -> Callable[[Entry], str]:
    return lambda line: _seen(of(line), key)


def _compose_deliveries(facts: Deliveries, _head: Head) -> Iterator[Block]:
    columns = _delivery_columns(facts)
    yield grid_of(columns, facts.rows, none=C03.none)
    yield from words_below(columns, facts.rows)
    yield Signatures(("采购员", "验收人", "验收人", "食堂管理员"))
    yield Stamp()


C03 = PrintedForm(
    code="C03",
    title="食品进货查验记录",
    group=_purchase.group,
    ledgers=(_purchase, _supplier, Ingredient.ledger),
    gather=_gather_deliveries,
    compose=_compose_deliveries,
    none="本月没有进货记录",
    edition="餐饮服务食品安全操作规范（2018）附录B",
    footer_note="食品安全法第53条：如实记录名称、规格、数量、生产日期或批号、保质期、进货日期和供货者名称、地址、联系方式；"
    "记录和凭证保存到保质期满后六个月，没有明确保质期的保存两年。",
)
