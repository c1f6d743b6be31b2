"""The correction note (更正说明): what was changed on a form after it was printed and signed, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from school_logistics.reports.blocks import Column, Grid, Line, Note, Paper, Signatures, Stamp
from school_logistics.rules.short_code import shown

if TYPE_CHECKING:
    from datetime import date

    from school_logistics.reports.differences import Difference

TITLE = "更正说明"
_NOTE = (
    "说明：本表与原签字版一并归档，原签字版不涂改、不抽换。“更正为”一栏与现在台账所记一致。"
    "经手人填写，审核人核对原始凭证后签字，学校盖章。"
)


def correction_note(
    *, form: str, title: str, school: str, period: str, number: str, signed: str, signed_on: date | None,
    changed: Sequence[Difference], reason: str,
) -> Paper:  # fmt: skip
    """The note for one form.

    `form` and `title` are those of the corrected form, `number` its number at the head (C03-202610), `signed` the short
    code of the signed version and `signed_on` its day, `changed` in what the form differs from it now.
    """
    columns = (
        Column("序号", 10, "center", wrap=False),
        Column("位置", 50),
        Column("栏目", 28),
        Column("原填", 40),
        Column("更正为", 40),
    )
    rows = [
        (str(at), one.where or "表内", one.column or "—", one.before or "（空）", one.after or "（空）")
        for at, one in enumerate(changed, start=1)
    ]
    day = f"{signed_on:%Y-%m-%d}" if signed_on else ""
    return Paper(
        form,
        TITLE,
        school,
        period,
        blocks=(
            Line((("更正的表", f"{form} {title}"),)),
            Line((("原编号", number), ("原签字版短码", shown(signed)), ("签字日期", day))),
            Grid(columns, rows, blank_to_page=False, row_mm=9.0),
            Line((("更正处数", f"{len(rows)} 处"), ("更正原因", reason))),
            Signatures(("更正人", "审核人", "分管副校长", "校长")),
            Stamp(),
            Note(_NOTE),
        ),
        edition="更正说明",
        number=number,
    )
