"""C10: retained samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.models.canteen.samples import RetainedSample
from school_logistics.reports.register import (
    PaperColumn,
    column_of,
    month_day,
    month_moment,
    register_of,
    told,
)

if TYPE_CHECKING:
    from school_logistics.reports.form import Entry

_sample = RetainedSample.ledger


def _told(entry: Entry) -> str:
    """What was wrong and what was done about it, as it was told, before the remark."""
    number = entry.text("hazard")
    done = told(entry.text("problem"), entry.text("spot_fix"), f"隐患 {number}" if number else "", between="；")
    return told(f"不合要求（{done}）" if done else "", entry.text("remark"), between="；")


C10 = register_of(
    _sample,
    code="C10",
    title="食品留样记录",
    edition="2024 版",
    signers=("留样人", "食品安全员", "食品安全总监"),
    numbered=False,
    none="本月没有留样记录",
    footer_note="教育部令第45号第40条：每餐次每种成品留样不少于 125 g，专柜冷藏（0～8 ℃）存放不少于 48 小时。",
    columns=(
        PaperColumn(
            heading="日期", mm=14, text=month_day("taken_at"), fields=("taken_at",), align="center", wrap=False
        ),
        column_of(_sample, "meal", mm=12),
        column_of(_sample, "dish", mm=38),
        column_of(_sample, "grams", mm=15),
        column_of(_sample, "taken_at", mm=24, text=month_moment("taken_at")),
        column_of(_sample, "fridge_celsius", mm=18),
        column_of(_sample, "sampler", mm=18, align="center", wrap=False),
        column_of(_sample, "keep_until", mm=24, text=month_moment("keep_until")),
        column_of(_sample, "cleared_at", heading="处理（销毁）时间", mm=24, text=month_moment("cleared_at")),
        column_of(_sample, "cleared_by", mm=18, align="center", wrap=False),
        column_of(_sample, "reviewer", heading="审核（监督）人", mm=18, align="center", wrap=False),
        PaperColumn(heading="备注", mm=30, text=_told, fields=("problem", "spot_fix", "remark")),
    ),
)
