"""C26: how many ate, a month on one sheet, a line a grade and a column a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from school_logistics.models.canteen.accounts import DinerCount
from school_logistics.models.ledger import Tab
from school_logistics.reports.blocks import Block, Column, Note, Signatures, Stamp
from school_logistics.reports.form import Entry, Head, PrintedForm, Register, Source
from school_logistics.reports.matrix import Matrix, MatrixRow
from school_logistics.rules.accounts import GRADES
from school_logistics.rules.calendar import Month
from school_logistics.rules.samples import Meal

_LEAST = 10
_SUMS = ("pupils", "staff", "accompanying", "total", "absent")
_count = DinerCount.ledger


def _gather(source: Source, month: Month) -> Register:
    return Register(source.entries(_count, month))


def _compose(facts: Register, head: Head) -> Iterator[Block]:
    yield Matrix(
        lead=(Column("餐次", 12, "center", wrap=False), Column("人数", 19, "center", wrap=False)),
        rows=[row for meal in Meal for row in _meal_rows([one for one in facts.rows if one["meal"] == meal])],
        trail=(Column("合计", 15, "right", wrap=False),),
        none=C26.none,
        least=_LEAST,
        day_mm=8.0,
        row_mm=8.5,
    ).grid(head)
    left_over = [f"{row['counted_on']:%m-%d} {row['meal']}：{row.text('leftovers')}" for row in facts.rows
                 if row["leftovers"]]  # fmt: skip
    yield Note(f"剩餐情况：{'；'.join(left_over) or '无'}。")
    yield Signatures(("登记人", "食堂管理员"))
    yield Stamp()


def _meal_rows(rows: Sequence[Entry]) -> Iterator[MatrixRow]:
    """The lines of one meal: its grades as far as they are counted, then pupils, staff, all together."""
    grades = [key for key in GRADES if any(row[key] is not None for row in rows)]
    keys = [*grades, *(key for key in _SUMS if key in {"pupils", "total"} or any(row[key] is not None for row in rows))]
    for number, key in enumerate(keys if rows else ()):
        counted = _by_day(rows, key)
        shown = _count.field(key).kind.show
        yield MatrixRow(
            ("" if number else str(rows[0]["meal"]), _count.field(key).label),
            {day: str(many) for day, many in counted.items()},
            (shown(sum(counted.values())),),
            frozenset(_missing(rows, key)),
        )


def _by_day(rows: Sequence[Entry], key: str) -> Mapping[int, int]:
    return {row["counted_on"].day: row[key] for row in rows if row[key] is not None}


def _missing(rows: Sequence[Entry], key: str) -> Iterator[int]:
    return (row["counted_on"].day for row in rows if key in row.gaps)


C26 = PrintedForm(
    code="C26",
    title="用餐人数登记",
    group=Tab.CANTEEN,
    ledgers=(_count,),
    gather=_gather,
    compose=_compose,
    none="本月没有用餐人数",
    footer_note="反食品浪费法第8条：学校建立用餐人数监测、分析和评估制度，按需供餐。",
)
