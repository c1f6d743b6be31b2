"""The annual return, and sums over a great ledger; floor: a covering index in bare SQL, the same cells by openpyxl."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

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
        cells = _cells(out)
        pair = by_turns(
            lambda: returns.export(year, out),
            lambda: _bare_workbook(cells, Path(kept, "bare.xlsx")),
            max(1, size.rounds // 2),
        )
        desk.store.close()
    return [
        pair.figure("annual_return", f"年报工作簿，数据文件 {size.school_rows:,} 行（对照：openpyxl 写同样的格）", 4.0)
    ]


def _cells(book: Path) -> list[tuple[str, list[tuple[int, int, Any]]]]:
    """Every filled cell of a workbook, sheet by sheet."""
    return [
        (
            sheet.title,
            [
                (cell.row, cell.column, cell.value)
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None
            ],
        )
        for sheet in load_workbook(book)
    ]


def _bare_workbook(sheets: list[tuple[str, list[tuple[int, int, Any]]]], out: Path) -> None:
    book = Workbook()
    for title, cells in sheets:
        sheet = book.create_sheet(title)
        for row, column, value in cells:
            sheet.cell(row, column, value)
    book.save(out)
