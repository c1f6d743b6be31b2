"""The annual return, and sums over a great ledger; floor: bare SQL over a covering index, and openpyxl."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from bench.data import Files, open_desk
from bench.floor import raw
from bench.measuring import Figure, Size, by_turns
from school_logistics.paths import data_file
from school_logistics.reports.annual_return.asking import Asked
from school_logistics.reports.annual_return.sheets import BY_CODE
from school_logistics.rules.calendar import Period
from school_logistics.services.returning import AnnualReturns
from school_logistics.services.rows import Query

_TEN_YEARS = Period(date(2016, 1, 1), date(2026, 12, 31), "十年")
_BOUGHT = "canteen.purchases.amount_wan"
_BY_MONTH = "SELECT category, substr(bought_on, 1, 7), sum(amount) FROM food_purchase GROUP BY 1, 2"


def totals(size: Size, files: Files) -> list[Figure]:
    """The totals line of the whole ledger, and its sums by category and month as the return's canteen sheet asks."""
    desk, bare = open_desk(files.great), raw(data_file(files.great))
    ledger = desk.ledger("food_purchase")
    line = by_turns(
        lambda: desk.totals(ledger, Query()),
        lambda: bare.execute("SELECT sum(amount) FROM food_purchase").fetchall(),
        size.rounds,
    )

    def by_month() -> object:
        with desk.store.reading() as session:
            asked = Asked(session, _TEN_YEARS, desk.today, desk.book)
            indicator = BY_CODE[_BOUGHT]
            return indicator.compute(asked) if indicator.compute else None

    months = by_turns(by_month, lambda: bare.execute(_BY_MONTH).fetchall(), size.rounds)
    bare.close()
    desk.store.close()
    return [
        line.figure("totals", f"{size.rows:,} 行的合计行", 1.3),
        months.figure("totals_by_month", f"{size.rows:,} 行按类别和月份汇总（年报食堂页的算法，十年）", 1.3),
    ]


def returning(size: Size, files: Files) -> list[Figure]:
    """The whole workbook of a year: twenty sheets, sources, cross-checks."""
    with tempfile.TemporaryDirectory() as kept:
        out = Path(kept, "年报.xlsx")
        desk = open_desk(files.school)
        returns = AnnualReturns(desk)
        year = Period.calendar_year(2026)
        returns.export(year, out)
        finished = load_workbook(out)
        pair = by_turns(
            lambda: returns.export(year, out),
            lambda: finished.save(Path(kept, "bare.xlsx")),
            max(1, size.rounds // 2),
        )
        desk.store.close()
    what = f"年报工作簿，数据文件 {size.school_rows:,} 行（对照：openpyxl 只把做好的工作簿写一遍）"
    return [pair.figure("annual_return", what, 5.0)]
