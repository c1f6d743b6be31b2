"""C02, C03, C04: a month of deliveries as collected papers, as receiving inspection, and as taken into the store.

One delivery is typed once: the three forms are the same lines of the purchase ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from school_logistics.models.canteen.deliveries import DeliveryNote
from school_logistics.models.canteen.purchases import FoodPurchase, Ingredient
from school_logistics.models.canteen.suppliers import Supplier
from school_logistics.reports.blocks import Block, Signatures, Stamp
from school_logistics.reports.form import Entry, Head, PrintedForm, Source
from school_logistics.reports.register import (
    PaperColumn,
    beside,
    column_of,
    grid_by,
    month_day,
    of_beside,
    register_of,
    told,
    total_of,
    with_beside,
    words_below,
)
from school_logistics.rules.calendar import Month
from school_logistics.rules.documents import missing_of_delivery, missing_of_supplier
from school_logistics.rules.food import AcceptanceResult, SourceKind

TICK = "√"
_MAKES_ITSELF = frozenset({SourceKind.MANUFACTURER, SourceKind.GROWER, SourceKind.SLAUGHTERHOUSE, SourceKind.WORKSHOP})
"""Suppliers that sell what they produced: producer and supplier are one."""

_supplier, _purchase, _goods, _note = Supplier.ledger, FoodPurchase.ledger, Ingredient.ledger, DeliveryNote.ledger
_LAW_53 = (
    "食品安全法第53条：如实记录名称、规格、数量、生产日期或批号、保质期、进货日期和供货者名称、地址、联系方式；"
    "记录和凭证保存到保质期满后六个月，没有明确保质期的保存两年。"
)


def _produced(line: Entry) -> str:
    return told(line.text("produced_on"), line.text("lot_no"))


def _keeps(line: Entry) -> str:
    """The shelf life as told by the label, and the last day that follows from it."""
    return told(line.text("shelf_life"), line.text("best_before"))


def _producer(line: Entry) -> str:
    """The producer as written down; where it is the supplier that is said; else there is room to write."""
    supplier = beside(line, "supplier")
    itself = supplier is not None and supplier["source_kind"] in _MAKES_ITSELF
    return line.text("producer") or ("同供货者" if itself else "")


def _seen(key: str) -> Callable[[Entry], str]:
    """A tick where the supplier's paper on file was good on the day of the delivery."""

    def text(line: Entry) -> str:
        supplier = beside(line, "supplier")
        until: date | None = supplier[key] if supplier else None
        return "" if until is None else TICK if until >= line["bought_on"] else "过期"

    return text


def _other_papers(line: Entry) -> str:
    names = {"quarantine_no": "检疫", "meat_inspection_no": "肉品", "swine_fever_no": "非瘟"}
    return told(*(f"{name}{line.text(key)}" for key, name in names.items() if line[key]))


def _inspectors(line: Entry) -> str:
    return told(line.text("inspector"), line.text("second_inspector"))


def _looked_well(line: Entry) -> str:
    return TICK if line["result"] == AcceptanceResult.ACCEPTED else ""


_ITEM = (
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


C03 = register_of(
    _purchase,
    code="C03",
    title="食品进货查验记录",
    edition="餐饮服务食品安全操作规范（2018）附录B",
    signers=("采购员", "验收人", "验收人", "食堂管理员"),
    also=(_supplier, _goods),
    joined=("supplier",),
    none="本月没有进货记录",
    footer_note=_LAW_53,
    columns=(
        *_ITEM,
        PaperColumn(
            heading="生产者地址及联系方式（电话等）", mm=9.9, text=_producer, fields=("producer",), align="center"
        ),
        column_of(_purchase, "supplier", heading="供货者", mm=13),
        PaperColumn(
            heading="供货者地址及联系方式（电话等）",
            mm=18.5,
            text=lambda line: told(of_beside("supplier", "address")(line), of_beside("supplier", "phone")(line)),
            fields=("supplier",),
        ),
        PaperColumn(heading="许可证（如有）", mm=7.2, text=_seen("permit_until"), align="center", group=_PAPERS),
        PaperColumn(heading="营业执照（如有）", mm=7.2, text=_seen("licence_until"), align="center", group=_PAPERS),
        *_PAPERS_COME_WITH_IT,
        *_ACCEPTANCE,
    ),
)


def _complete(line: Entry) -> str:
    """Whether everything is there that a delivery from such a supplier must come with."""
    supplier = beside(line, "supplier")
    source = supplier["source_kind"] if supplier else None
    if line["result"] == AcceptanceResult.REJECTED:
        return "拒收"
    missing = missing_of_delivery(_Fields(line), source, line.text("ingredient"))
    missing += missing_of_supplier(_Fields(supplier)) if supplier else ("供货单位",)
    return told("缺：", *missing) if missing else "齐全"


class _Fields:
    """An entry as rules see a record: each field an attribute, None where blank."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry

    def __getattr__(self, key: str) -> Any:
        return self._entry[key]


def _good_until(line: Entry) -> str:
    """The day on which the first of a supplier's papers runs out."""
    supplier = beside(line, "supplier")
    days = [(supplier[key], key) for key in ("licence_until", "permit_until") if supplier and supplier[key]]
    return supplier.text(min(days)[1]) if supplier and days else ""


C02 = register_of(
    _purchase,
    code="C02",
    title="索证索票登记表",
    signers=("采购员", "验收人", "食堂管理员"),
    also=(_supplier, _goods),
    joined=("supplier",),
    none="本月没有进货，没有索证索票",
    footer_note="教育部令第45号第34条：按供货来源查验并留存许可证、营业执照、产品合格证明和购货凭证。",
    columns=(
        column_of(_purchase, "bought_on", heading="日期", mm=11, text=month_day("bought_on")),
        column_of(_purchase, "ingredient", mm=17),
        PaperColumn(heading="生产单位", mm=20, text=_producer, fields=("producer",)),
        column_of(_purchase, "supplier", mm=24),
        PaperColumn(heading="营业执照", mm=20.5, text=of_beside("supplier", "uscc")),
        PaperColumn(heading="许可证", mm=20.5, text=of_beside("supplier", "permit_no")),
        column_of(_purchase, "inspection_report_no", heading="检验（检测）报告编号", mm=16),
        column_of(_purchase, "quarantine_no", heading="检疫合格证明编号", mm=16),
        column_of(_purchase, "meat_inspection_no", heading="肉品品质检验合格证编号", mm=16),
        column_of(_purchase, "commitment_no", heading="承诺达标合格证", mm=16),
        column_of(_purchase, "note_no", heading="购货凭证（发票/收据/送货单）号", mm=17),
        PaperColumn(heading="证件有效期至", mm=15, text=_good_until, align="center", wrap=False),
        PaperColumn(heading="是否齐全", mm=17, text=_complete, align="center"),
        PaperColumn(
            heading="索证人", mm=12, text=lambda line: line.text("buyer") or line.text("inspector"), align="center",
            fields=("buyer",), wrap=False,
        ),
        column_of(_purchase, "remark", mm=16),
    ),
)  # fmt: skip


class Receipts(NamedTuple):
    """What was taken into the store in a month, note by note."""

    rows: Sequence[Entry]
    notes: dict[object, Entry]

    @staticmethod
    def note_of(line: Entry) -> tuple[object, object, object]:
        """By what the lines of one note belong together."""
        return (line["bought_on"], line["supplier"], line["note_no"])


def _gather_receipts(source: Source, month: Month) -> Receipts:
    lines = [line for line in source.entries(_purchase, month) if line["result"] != AcceptanceResult.REJECTED]
    lines.sort(key=lambda line: (line["bought_on"], line.text("supplier"), line.text("note_no"), line.id))
    notes: dict[object, Entry] = {
        (one["came_on"], one["supplier"], one["note_no"]): one for one in source.entries(_note, month)
    }
    return Receipts(with_beside(source, lines, ("ingredient",), (_goods,)), notes)


def _note_heading(facts: Receipts) -> Callable[[Sequence[Entry]], str]:
    """供货单位、入库日期、单据编号 above the lines of each note, and what the ticket says where it was written down."""

    def heading(lines: Sequence[Entry]) -> str:
        first = lines[0]
        parts = [
            f"供货单位：{first.text('supplier') or '未登记'}",
            f"入库日期：{first.text('bought_on')}",
            f"单据编号：{first.text('note_no') or '无'}",
        ]
        note = facts.notes.get(facts.note_of(first))
        if note and note["ticket_total"] is not None:
            reason = f"（{note.text('reason')}）" if note["reason"] else ""
            parts.append(f"票面合计：{note.text('ticket_total')} 元{reason}")
        total = total_of(_STOCK_IN[5], lines)
        if total is not None:
            parts.append(f"小计：{_STOCK_IN[5].show_sum(total)} 元")
        return "　".join(parts)

    return heading


_STOCK_IN = (
    column_of(_purchase, "ingredient", mm=26),
    column_of(_purchase, "specification", mm=22),
    column_of(_purchase, "unit", mm=12, align="center"),
    column_of(_purchase, "quantity", mm=18),
    column_of(_purchase, "unit_price", mm=17),
    column_of(_purchase, "amount", mm=22),
    column_of(_purchase, "produced_on", mm=20),
    column_of(_purchase, "best_before", heading="保质期至", mm=20),
    PaperColumn(heading="批次号", mm=20, text=lambda line: line.text("lot_no") or f"第{line.id}批", fields=("lot_no",)),
    PaperColumn(heading="存放位置", mm=22, text=of_beside("ingredient", "place")),
    column_of(_purchase, "remark", mm=24),
)


def _compose_receipts(facts: Receipts, _head: Head) -> Iterator[Block]:
    yield grid_by(_STOCK_IN, facts.rows, facts.note_of, none=C04.none, heading=_note_heading(facts), subtotal=None)
    yield from words_below(_STOCK_IN, facts.rows)
    yield Signatures(("采购员", "验收人①", "验收人②", "保管员", "会计"))
    yield Stamp()


C04 = PrintedForm(
    code="C04",
    title="食品入库验收单（台账）",
    group=_purchase.group,
    ledgers=(_purchase, _note, _supplier, _goods),
    gather=_gather_receipts,
    compose=_compose_receipts,
    none="本月没有入库",
    footer_note="入库验收两人以上签字；数量、单价、金额与送货单核对一致，不一致的写明原因。",
)
