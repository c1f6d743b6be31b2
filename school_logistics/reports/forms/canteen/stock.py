"""C05, C07, C08: what went out of the store, what was counted, what was thrown away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from school_logistics.models.canteen.stock import RejectedFood, StockOut, Stocktake
from school_logistics.reports.blocks import Line
from school_logistics.reports.form import Entry, Head
from school_logistics.reports.register import PaperColumn, column_of, distinct, month_day, register_of, told

_out, _count, _rejected = StockOut.ledger, Stocktake.ledger, RejectedFood.ledger


def _batch(line: Entry) -> str:
    """The batch without the name of its ingredient, which stands beside it: 2026-10-08 第131批."""
    return "\n".join(line.text("batch").split(" ")[-2:])


def _remark(line: Entry) -> str:
    reason = f"跳批：{line.text('skip_reason')}" if line["skip_reason"] else ""
    return told(reason, line.text("remark"))


C05 = register_of(
    _out,
    code="C05",
    title="食品出库（领料）单",
    signers=("领用人", "保管员", "审核人"),
    none="本月没有出库",
    footer_note="先到期先出；过期、变质的不得出库。领用人、保管员当场签字。",
    columns=(
        column_of(_out, "ingredient", mm=28),
        column_of(_out, "specification", mm=22),
        column_of(_out, "unit", mm=12, align="center"),
        column_of(_out, "requested", mm=18),
        column_of(_out, "issued", mm=18),
        column_of(_out, "unit_price", mm=17),
        column_of(_out, "amount", mm=20),
        PaperColumn(heading="批次号", mm=22, text=_batch, fields=("batch",), align="center", wrap=False),
        column_of(_out, "purpose", heading="用途（餐次/窗口）", mm=16),
        column_of(_out, "issued_on", heading="领用时间", mm=16, text=month_day("issued_on")),
        column_of(_out, "receiver", mm=16, align="center", wrap=False),
        PaperColumn(heading="备注", mm=30, text=_remark, fields=("skip_reason", "remark")),
    ),
)


def _counted_when(rows: Sequence[Entry], _head: Head) -> Iterator[Line]:
    """盘点日期、库房 above the table, and who counted."""
    yield Line(
        (
            ("盘点日期", distinct(rows, "counted_on")),
            ("库房", distinct(rows, "place")),
            ("盘点人", distinct(rows, "counter")),
            ("监盘人", distinct(rows, "supervisor")),
        )
    )


C07 = register_of(
    _count,
    code="C07",
    title="月末库存盘点表",
    signers=("保管员", "盘点人", "监盘人", "食堂会计", "负责人"),
    none="本月没有盘点",
    lines=_counted_when,
    footer_note="实盘与账面不符的写明差异原因，由保管员以外的人审核。",
    columns=(
        column_of(_count, "ingredient", mm=24),
        column_of(_count, "specification", mm=19),
        column_of(_count, "unit", mm=10, align="center"),
        column_of(_count, "unit_price", mm=15),
        column_of(_count, "book_quantity", mm=17),
        replace(column_of(_count, "book_amount", mm=20), money=False),
        column_of(_count, "counted_quantity", mm=17),
        column_of(_count, "counted_amount", mm=20),
        column_of(_count, "surplus_quantity", mm=15),
        column_of(_count, "surplus_amount", mm=16),
        column_of(_count, "shortage_quantity", mm=15),
        column_of(_count, "shortage_amount", mm=16),
        PaperColumn(
            heading="差异原因",
            mm=24,
            text=lambda line: told(line.text("reason"), f"审核：{line.text('reviewer')}" if line["reason"] else ""),
            fields=("reason", "reviewer"),
        ),
        column_of(_count, "remark", mm=18),
    ),
)


C08 = register_of(
    _rejected,
    code="C08",
    title="不合格（过期、变质）食品处置记录",
    signers=("处理人", "见证人", "食品安全员"),
    none="本月没有处置不合格食品",
    numbered=False,
    footer_note="食品安全法实施条例第29条：变质、超过保质期的食品显著标示或单独存放，及时无害化处理、销毁并如实记录。",
    columns=(
        column_of(_rejected, "found_on", mm=14, text=month_day("found_on")),
        column_of(_rejected, "ingredient", mm=22),
        column_of(_rejected, "specification", mm=18),
        PaperColumn(
            heading="数量",
            mm=18,
            text=lambda line: f"{line.text('quantity')}{line.text('unit')}",
            fields=("quantity",),
            align="right",
            wrap=False,
        ),
        PaperColumn(
            heading="生产日期/批号",
            mm=22,
            text=lambda line: told(line.text("produced_on"), line.text("lot_no")),
            fields=("produced_on", "lot_no"),
            align="center",
            wrap=False,
        ),
        column_of(_rejected, "supplier", mm=28),
        column_of(_rejected, "cause", mm=16),
        column_of(_rejected, "stage", mm=14),
        column_of(_rejected, "method", mm=16),
        PaperColumn(
            heading="处置时间",
            mm=22,
            text=lambda line: f"{line['handled_at']:%m-%d %H:%M}" if line["handled_at"] else "",
            fields=("handled_at",),
            align="center",
            wrap=False,
        ),
        column_of(_rejected, "handler", mm=15, align="center", wrap=False),
        column_of(_rejected, "witness", mm=15, align="center", wrap=False),
        column_of(_rejected, "evidence", heading="照片/凭证", mm=18),
        column_of(_rejected, "remark", mm=22),
    ),
)
