"""Saving one row by the desk, with examination, trail and index; floor: the bare row and its trail, committed."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.data import Files, copied, open_desk
from bench.floor import raw
from bench.measuring import Figure, Pair, Size, high
from school_logistics.paths import data_file

_ROW = (
    "INSERT INTO food_purchase (bought_on, ingredient, category, quantity, unit, unit_price, amount, supplier, "
    "note_no, produced_on, shelf_life, best_before, result, inspector, version, origin, entered_at, incomplete) "
    "VALUES ('2026-11-20', 3, '蔬菜', 31000, '公斤', 48500, 15035, 1, ?, '2026-11-19', '7天', '2026-11-25', '合格', "
    "'张三', 1, '', '2026-11-22 09:00:00', 0)"
)
_TRAIL = "INSERT INTO floor_trail (at, image) VALUES ('2026-11-22 09:00:00', ?)"


def saving(size: Size, files: Files) -> list[Figure]:
    """One purchase after the other, as typed, each an act of its own that is on the disk when it counts as saved."""
    with tempfile.TemporaryDirectory() as kept:
        folder = copied(files.school, Path(kept, "school"))
        desk, bare = open_desk(folder), raw(data_file(folder))
        bare.execute("CREATE TABLE floor_trail (id INTEGER PRIMARY KEY, at TEXT, image TEXT)")
        ledger = desk.ledger("food_purchase")
        pair = Pair([], [])
        for number in range(size.steps + 5):
            draft = desk.blank(ledger) | _draft(number)
            start = perf_counter()
            desk.save(ledger, draft)
            pair.product.append((perf_counter() - start) * 1000)
            start = perf_counter()
            _save_bare(bare, number)
            pair.floor.append((perf_counter() - start) * 1000)
        bare.close()
        desk.store.close()
    warm = Pair(pair.product[5:], pair.floor[5:])
    return [
        warm.figure("save", "存一行（检查、留痕、进索引、落盘）", 6.0),
        Figure("save_p95", "存一行，二十次里最慢的一次，不超过 50 毫秒", high(warm.product), 50, "ms", 1.0),
    ]


def _draft(number: int) -> dict[str, object]:
    return {
        "bought_on": date(2026, 11, 20),
        "ingredient": 3,
        "quantity": Decimal(31),
        "unit_price": Decimal("4.85"),
        "supplier": 1,
        "note_no": f"CS{number:06d}",
        "produced_on": date(2026, 11, 19),
        "shelf_life": "7天",
        "inspector": "张三",
    }


def _save_bare(bare: Any, number: int) -> None:
    bare.execute("BEGIN IMMEDIATE")
    bare.execute(_ROW, (f"CS{number:06d}",))
    bare.execute(_TRAIL, (json.dumps(_draft(number), ensure_ascii=False, default=str),))
    bare.execute("COMMIT")
