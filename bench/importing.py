"""Importing a clerk's workbook; floor: calamine in this process for the reading, a bare `executemany` for the whole."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from bench.data import INGREDIENTS, SUPPLIERS, Files, copied, now, open_desk, purchases
from bench.floor import insert_of, raw
from bench.measuring import Figure, Pair, Size, by_turns, milliseconds
from school_logistics.models.canteen.purchases import FoodPurchase
from school_logistics.paths import data_file
from school_logistics.services.desk import Desk
from school_logistics.services.importing import Importer
from school_logistics.services.reading.process import read_file

_HEADINGS = {
    "bought_on": "进货日期", "ingredient": "品名", "category": "类别", "specification": "规格", "quantity": "数量",
    "unit": "单位", "unit_price": "单价", "supplier": "供货单位", "note_no": "送货单号", "produced_on": "生产日期",
    "lot_no": "生产批号", "shelf_life": "保质期", "quarantine_no": "检疫证明号",
    "meat_inspection_no": "品质检验合格证号", "result": "验收结论", "inspector": "验收人",
    "second_inspector": "验收人二",
}  # fmt: skip


def importing(size: Size, files: Files) -> list[Figure]:
    """Reading alone, then the whole way: reading, examining, matching, writing rows, trail and search index."""
    import python_calamine

    with tempfile.TemporaryDirectory() as kept:
        book = _workbook(Path(kept, "采购台账.xlsx"), size.import_rows)
        reading = by_turns(
            lambda: read_file(book),
            lambda: [sheet.to_python() for sheet in _sheets(python_calamine, book)],
            max(1, size.rounds // 2),
        )
        whole = _whole(Path(kept), book, size, files)
    return [
        reading.figure("import_reading", f"读 {size.import_rows:,} 行的 xlsx（另开进程读，含启动）", 2.5),
        whole,
    ]


def _sheets(calamine: Any, book: Path) -> list[Any]:
    workbook = calamine.CalamineWorkbook.from_path(str(book))
    return [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]


def _whole(kept: Path, book: Path, size: Size, files: Files) -> Figure:
    """Every round on a fresh copy of a small ledger."""
    statement, bind = insert_of(FoodPurchase)
    system = {"version": 1, "origin": "导入", "entered_at": now(), "incomplete": False}
    rows = [bind(row | system) for row in purchases(size.import_rows)]
    pair = Pair([], [])
    for turn in range(max(1, size.rounds // 2) + 1):
        desk = open_desk(copied(files.small, kept / f"product{turn}"))
        connection = raw(data_file(copied(files.small, kept / f"floor{turn}")))
        spent = (
            milliseconds(partial(_import, desk, book)),
            milliseconds(partial(_write_bare, connection, statement, rows)),
        )
        desk.store.close()
        connection.close()
        if turn:
            pair.product.append(spent[0])
            pair.floor.append(spent[1])
    return pair.figure("import_whole", f"导入 {size.import_rows:,} 行：读、查、写、留痕、进索引", 6.0)


def _import(desk: Desk, book: Path) -> None:
    importer = Importer(desk)
    done = importer.commit(importer.plan(desk.ledger("food_purchase"), book))
    if done.refused or not done.added:
        msg = f"the import refused {done.refused} rows and took {done.added}"
        raise RuntimeError(msg)


def _write_bare(connection: Any, statement: str, rows: list[tuple[Any, ...]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(statement, rows)
    connection.execute("COMMIT")


def _workbook(path: Path, rows: int) -> Path:
    """The workbook a clerk would keep: one sheet with a title above the headings."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("采购台账")
    sheet.append(["食堂采购台账"])
    sheet.append(list(_HEADINGS.values()))
    for row in purchases(rows):
        named = row | {"ingredient": INGREDIENTS[row["ingredient"] - 1][0], "supplier": SUPPLIERS[row["supplier"] - 1]}
        named["note_no"] = f"DR{row['note_no']}"
        sheet.append([named[key] for key in _HEADINGS])
    book.save(path)
    return path
