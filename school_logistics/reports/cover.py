"""The cover of the month's pack: every form with its pages, its lines and what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from school_logistics.reports.blocks import Column, Grid, Line, Note, Paper, Signatures, Stamp
from school_logistics.reports.form import Head, PrintedForm

TITLE = "学校后勤检查表汇总"
_EMPTY = "无记录"
_COMPLETE = "齐"


class Listed(NamedTuple):
    """One form of the pack as the cover lists it."""

    form: PrintedForm
    pages: int
    rows: int
    gaps: int

    @property
    def state(self) -> str:
        """缺 3, 无记录 or 齐."""
        return f"缺 {self.gaps}" if self.gaps else _COMPLETE if self.rows else _EMPTY


def cover(listed: Sequence[Listed], head: Head) -> Paper:
    """The cover sheet of a pack of these forms."""
    columns = (
        Column("序号", 10, "center", wrap=False),
        Column("编号", 22, wrap=False),
        Column("表名", 70),
        Column("类别", 22, "center", wrap=False),
        Column("页数", 14, "right", wrap=False),
        Column("记录数", 16, "right", wrap=False),
        Column("缺项", 18, "center", wrap=False),
        Column("备注", 22),
    )
    rows = [
        (
            str(number),
            one.form.code,
            one.form.title,
            one.form.group.value,
            str(one.pages),
            f"{one.rows:,}",
            one.state,
            "",
        )
        for number, one in enumerate(listed, start=1)
    ]
    pages, lines = sum(one.pages for one in listed), sum(one.rows for one in listed)
    total = ("合计", "", "", "", str(pages), f"{lines:,}", _together(listed), "")
    return Paper(
        "",
        TITLE,
        head.school,
        str(head.month),
        blocks=(
            Line((("表数", f"{len(listed)} 张"), ("页数", f"{pages} 页（不含封面）"), ("编制日期", str(head.as_of)))),
            Grid(columns, rows, total, blank_to_page=False),
            Signatures(("编制人", "审核人", "分管副校长", "校长")),
            Stamp(),
            Note(_note(listed)),
        ),
    )


def _together(listed: Sequence[Listed]) -> str:
    """What stands under the states of all forms."""
    gaps, empty = sum(one.gaps for one in listed), sum(1 for one in listed if not one.rows)
    return f"缺 {gaps}" if gaps else f"{empty} 张无记录" if empty else _COMPLETE


def _note(listed: Sequence[Listed]) -> str:
    gaps = sum(one.gaps for one in listed)
    empty = [one.form.title for one in listed if not one.rows]
    told = f"尚有 {gaps} 处未补齐，明细见“报表打印”的缺项清单。" if gaps else ""
    if len(empty) == len(listed):
        return "说明：各表都还没有记录。"
    if empty:
        told += f"没有记录的表：{'、'.join(empty)}。" + ("" if gaps else "其余各表内容齐全。")
    return f"说明：{told or '各表内容齐全。'}"
