"""The data files that are measured: made once, seeded, kept in the temporary folder, made anew when the schema changes.

`school` is written through the store, trail and search index included. `great` and `small` hold the same kind of
purchases, records by the bare driver and search index by the product's own function; their rows have no trail, since
nothing that is measured on them reads it. Beside each of the two lies an index for the floor of the search.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import insert
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from bench.measuring import Size
from school_logistics.app import checklist_items, rule_book, school_calendar
from school_logistics.catalogue import LEDGERS
from school_logistics.models import search_index
from school_logistics.models.canteen.purchases import FoodPurchase, Ingredient
from school_logistics.models.canteen.suppliers import Supplier
from school_logistics.models.record import Origin, Record, Tables
from school_logistics.models.store import Store
from school_logistics.paths import data_file
from school_logistics.rules.calendar import Month
from school_logistics.services.demo import make_demo
from school_logistics.services.desk import Desk
from school_logistics.services.starting import lay_out

SEED = 20261122
_PREFIX = "school-logistics-bench-"
LAST_DAY = date(2026, 11, 20)
PRINTED = Month(2026, 10)
_FIRST_DAY = LAST_DAY - timedelta(days=3650)
_AT_ONCE = 5_000
_ONE_ACT = 20_000
COMMON, RARE = "白菜", "燕窝"
"""A word that many rows hold in the name of an ingredient, and one that forty rows of any ledger hold in a remark."""
_RARE_ROWS = 40
FLOOR_SEARCH = "floor_search"
_KEPT = {"version": 1, "origin": "导入", "entered_at": datetime(2026, 11, 20, 16), "incomplete": False}
_SEARCHED = (
    "category", "specification", "unit", "note_no", "lot_no", "shelf_life", "quarantine_no", "meat_inspection_no",
    "result", "inspector", "second_inspector", "remark",
)  # fmt: skip

_KINDS = {
    "蔬菜": "大白菜 小白菜 土豆 胡萝卜 白萝卜 西红柿 黄瓜 茄子 菠菜 芹菜 洋葱 冬瓜 南瓜 豆角 青椒 花菜 西兰花 生姜",
    "畜肉": "猪前腿肉 猪五花肉 猪里脊 牛腩 牛腱子 羊腿肉",
    "禽肉": "鸡腿 鸡胸肉 鸭腿 整鸡",
    "蛋": "鲜鸡蛋 鹌鹑蛋",
    "豆制品": "老豆腐 嫩豆腐 豆腐干 千张 豆腐皮",
    "水产": "草鱼 鲈鱼 虾仁 带鱼",
    "粮食": "粳米 面粉 挂面 小米 玉米糁",
    "食用油": "大豆油 花生油",
    "调味品": "食用盐 生抽 老抽 米醋 白砂糖 料酒 豆瓣酱",
    "水果": "苹果 香蕉 橙子 梨",
    "菌菇干货": "香菇 木耳 平菇 金针菇",
    "乳": "纯牛奶 酸奶",
}
INGREDIENTS = tuple((name, kind) for kind, names in _KINDS.items() for name in names.split())
SUPPLIERS = tuple(
    f"{place}{trade}"
    for place in ("云川", "青禾", "东岭", "北塘", "南溪", "西坪")
    for trade in ("鲜蔬菜配送中心", "肉类食品有限公司", "粮油商行", "豆制品厂", "农副产品合作社")
)


def now() -> datetime:
    """The moment at which everything is measured."""
    return datetime(2026, 11, 22, 9)


class Files(NamedTuple):
    """Folders, each with a data file that a program can be started on."""

    great: Path
    small: Path
    school: Path
    form: Path
    register: Path


def files(size: Size) -> Files:
    """The data files of a size, made when they are not there; two at a time, since making them is long."""
    folder = cache_folder()
    wanted = (
        (folder / f"great-{size.rows}", size.rows, _bulk),
        (folder / f"small-{size.small_rows}", size.small_rows, _bulk),
        (folder / f"school-{size.school_rows}", size.school_rows, _school),
        (folder / f"form-{size.form_rows}", size.form_rows, _one_month),
        (folder / f"register-{size.register_rows}", size.register_rows, _one_month),
    )
    missing = [one for one in wanted if not one[0].exists()]
    if missing:
        _drop_old(folder)
        folder.mkdir(parents=True, exist_ok=True)
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as workers:
            list(workers.map(_made, *zip(*missing, strict=True)))
    return Files(*(path for path, _, _ in wanted))


def cache_folder() -> Path:
    """Where the files of this schema and of these rows lie; outside the repository, in the temporary folder."""
    told = hashlib.sha256(Path(__file__).read_bytes())
    told.update(Path(search_index.__file__).read_bytes())
    for table in Tables.metadata.sorted_tables:
        told.update(str(CreateTable(table).compile(dialect=sqlite.dialect())).encode())
        for index in sorted(table.indexes, key=lambda one: str(one.name)):
            told.update(str(CreateIndex(index).compile(dialect=sqlite.dialect())).encode())
    return Path(tempfile.gettempdir()) / f"{_PREFIX}{told.hexdigest()[:12]}"


def copied(folder: Path, to: Path) -> Path:
    """A copy of a data file that may be written to; the files that are measured stay as they are."""
    shutil.copytree(folder, to)
    return to


def open_desk(folder: Path) -> Desk:
    """A desk on a data file, as the window and the command line have it."""
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(data_file(folder), LEDGERS, now)
    lay_out(store, checklist_items())
    return Desk(store, rule_book(), school_calendar(), actor="测速")


def purchases(many: int, first: date = _FIRST_DAY, days: int = 3650) -> Iterator[dict[str, Any]]:
    """Purchases of ten years in the order in which they were written down, as column values.

    References count from 1 through `INGREDIENTS` and `SUPPLIERS`.
    """
    chance = random.Random(SEED)
    rare = set(range(many // 2, many // 2 + _RARE_ROWS))
    for number in range(many):
        place = chance.randrange(len(INGREDIENTS))
        quantity, price = chance.randrange(2_000, 90_000), chance.randrange(15_000, 480_000)
        day = first + timedelta(days=(number + 1) * days // many)
        meat = INGREDIENTS[place][1] in {"畜肉", "禽肉"}
        yield {
            "bought_on": day,
            "ingredient": place + 1,
            "category": INGREDIENTS[place][1],
            "specification": ("散装", "5kg/袋", "10kg/箱", None)[place % 4],
            "quantity": Decimal(quantity).scaleb(-3),
            "unit": "公斤",
            "unit_price": Decimal(price).scaleb(-4),
            "amount": Decimal((quantity * price + 50_000) // 100_000).scaleb(-2),
            "supplier": chance.randrange(len(SUPPLIERS)) + 1,
            "note_no": f"SH{number // 6:07d}",
            "produced_on": day - timedelta(days=1),
            "lot_no": f"L{chance.randrange(10_000):04d}",
            "shelf_life": ("3天", "7天", "12个月")[place % 3],
            "best_before_printed": None,
            "best_before": day + timedelta(days=(3, 7, 365)[place % 3] - 1),
            "quarantine_no": f"3702{chance.randrange(10**8):08d}" if meat else None,
            "meat_inspection_no": f"QA{chance.randrange(10**6):06d}" if meat else None,
            "swine_fever_no": None,
            "inspection_report_no": None,
            "delivery_temperature": None,
            "result": "合格",
            "inspector": ("张三", "李四", "王五")[number % 3],
            "second_inspector": ("赵六", "钱七")[number % 2],
            "remark": f"{RARE}礼盒样品" if number in rare else None,
        }


def _made(folder: Path, rows: int, make: Callable[[Path, int], None]) -> None:
    """Make a file beside its place first, so that what lies in its place is whole."""
    making = Path(tempfile.mkdtemp(dir=folder.parent))
    make(making, rows)
    making.rename(folder)


def _drop_old(folder: Path) -> None:
    """Files of an earlier schema are of no use any more."""
    for one in folder.parent.glob(f"{_PREFIX}*"):
        if one != folder:
            shutil.rmtree(one, ignore_errors=True)


def _school(folder: Path, rows: int) -> None:
    """The demonstration school, and ten years of purchases as imports would have written them, with their trail."""
    desk = open_desk(folder)
    make_demo(desk)
    _add_purchases(desk, purchases(rows))
    desk.store.close()


def _one_month(folder: Path, rows: int) -> None:
    """Nothing but purchases of one October."""
    desk = open_desk(folder)
    _add_purchases(desk, purchases(rows, PRINTED.first - timedelta(days=1), PRINTED.last.day))
    desk.store.close()


def _add_purchases(desk: Desk, told: Iterator[dict[str, Any]]) -> None:
    """So many rows an act; names that are there already are not added again."""
    ingredients = _known(
        desk, Ingredient, [{"name": one, "category": kind, "unit": "公斤"} for one, kind in INGREDIENTS]
    )
    suppliers = _known(
        desk, Supplier, [{"name": one, "address": "工业路 8 号", "phone": "13800000002"} for one in SUPPLIERS]
    )
    while part := list(islice(told, _ONE_ACT)):
        rows = [
            {**row, "ingredient": ingredients[row["ingredient"] - 1], "supplier": suppliers[row["supplier"] - 1]}
            for row in part
        ]
        with desk.store.unit_of_work(f"导入 采购台账 {len(rows)} 行", desk.actor) as session:
            desk.store.add_many(session, FoodPurchase, rows, origin=Origin.IMPORTED.value)


def _known(desk: Desk, record: type[Record], rows: list[dict[str, Any]]) -> list[int]:
    """The ids of records by name, in the order of `rows`; those missing are added."""
    with desk.store.reading() as session:
        ids = {name: one for one, name in desk.naming.names(session, record.__tablename__).items()}
    missing = [row for row in rows if row["name"] not in ids]
    with desk.store.unit_of_work(f"导入 {record.ledger.label}", desk.actor) as session:
        added = desk.store.add_many(session, record, missing, origin=Origin.IMPORTED.value)
    ids |= {row["name"]: one for row, one in zip(missing, added, strict=True)}
    return [ids[row["name"]] for row in rows]


def _bulk(folder: Path, rows: int) -> None:
    """Records and both search indexes, without the trail."""
    desk = open_desk(folder)
    _add_purchases(desk, iter(()))
    with desk.store.engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {FLOOR_SEARCH} USING fts5(pieces, content='')")
    told = ({**row, "id": number, **_KEPT} for number, row in enumerate(purchases(rows), start=1))
    while part := list(islice(told, _AT_ONCE)):
        with desk.store.engine.begin() as connection:
            connection.execute(insert(FoodPurchase), part)
            search_index.index(connection, FoodPurchase.ledger, part)
            words = [(row["id"], _all_words(row)) for row in part]
            connection.exec_driver_sql(f"INSERT INTO {FLOOR_SEARCH}(rowid, pieces) VALUES (?, ?)", words)
    desk.store.close()


def _all_words(row: dict[str, Any]) -> str:
    """Every word that stands in a row of the table, names of ingredient and supplier included."""
    names = (INGREDIENTS[row["ingredient"] - 1][0], SUPPLIERS[row["supplier"] - 1])
    own = (row[key] for key in _SEARCHED if row[key])
    return " ω ".join(search_index.pieces(words) for words in (*names, *own))
