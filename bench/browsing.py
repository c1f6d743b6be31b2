"""Looking into a great ledger through the desk: opening, sorting, filtering, searching; floor: the same in bare SQL."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from bench.data import COMMON, FLOOR_SEARCH, RARE, Files, open_desk
from bench.floor import raw
from bench.measuring import Figure, Pair, Size, by_turns, median
from school_logistics.paths import data_file
from school_logistics.services.desk import Desk
from school_logistics.services.rows import Query

_PAGE = (
    "SELECT p.*, i.name, s.name FROM food_purchase p "
    "LEFT JOIN ingredient i ON i.id = p.ingredient LEFT JOIN supplier s ON s.id = p.supplier "
)
_COUNT = "SELECT count(*) FROM food_purchase p "
_ORDER = "ORDER BY p.bought_on, p.id LIMIT 100"
_WORDS = (COMMON, RARE, "豆腐", "张三", "猪前", "公司", "SH", "3702")
"""What is searched for when the slowest search is looked for: names, own words, words that stand in every row."""


class _Sides:
    """Product and floor on the same file."""

    def __init__(self, folder: Any) -> None:
        self.desk: Desk = open_desk(folder)
        self.ledger = self.desk.ledger("food_purchase")
        self.bare = raw(data_file(folder))

    def ask(self, query: Query) -> Callable[[], object]:
        """The first page and the count, as a table asks for them."""
        return lambda: (self.desk.first_page(self.ledger, query), self.desk.count(self.ledger, query))

    def sql(self, *statements: tuple[str, tuple[object, ...]]) -> Callable[[], object]:
        """The same by the bare driver."""
        return lambda: [self.bare.execute(statement, given).fetchall() for statement, given in statements]

    def close(self) -> None:
        """Let go of the file."""
        self.bare.close()
        self.desk.store.close()


@contextlib.contextmanager
def _sides(folder: Any) -> Iterator[_Sides]:
    sides = _Sides(folder)
    try:
        yield sides
    finally:
        sides.close()


def opening(size: Size, files: Files) -> list[Figure]:
    """Page of 100 and count."""
    with _sides(files.great) as on:
        pair = by_turns(on.ask(Query()), on.sql((_PAGE + _ORDER, ()), (_COUNT, ())), size.rounds, times=5)
    return [pair.figure("open", f"{size.rows:,} 行的采购台账：第一页 100 行和总行数", 1.3)]


def sorting(size: Size, files: Files) -> list[Figure]:
    """By a column without an index, and by the name of a reference; bare SQL finds the hundred, then reads them."""
    with _sides(files.great) as on:
        by_amount = by_turns(
            on.ask(Query(sort="amount")),
            on.sql((_page("SELECT id FROM food_purchase ORDER BY amount, id LIMIT 100"), ()), (_COUNT, ())),
            size.rounds,
        )
        named = "SELECT p.id FROM food_purchase p JOIN supplier s ON s.id = p.supplier ORDER BY s.name, p.id LIMIT 100"
        by_name = by_turns(on.ask(Query(sort="supplier")), on.sql((_page(named), ()), (_COUNT, ())), size.rounds)
    return [
        by_amount.figure("sort_amount", "按金额排序：第一页和总行数", 1.5),
        by_name.figure("sort_name", "按供货单位名称排序：第一页和总行数", 1.5),
    ]


def _page(ids: str) -> str:
    return f"{_PAGE}WHERE p.id IN ({ids})"


def filtering(size: Size, files: Files) -> list[Figure]:
    """By a month typed above the day, by an amount, by part of a word."""
    month = "WHERE p.bought_on BETWEEN '2020-05-01' AND '2020-05-31' "
    great = "WHERE p.amount > 100000 "
    word = "WHERE p.category LIKE '%畜%' "
    cases = (
        ("filter_month", "进货日期筛“2020-05”：第一页和行数", ("bought_on", "2020-05"), month),
        ("filter_amount", "金额筛“>1000”：第一页和行数", ("amount", ">1000"), great),
        ("filter_word", "类别筛“畜”：第一页和行数", ("category", "畜"), word),
    )
    with _sides(files.great) as on:
        return [
            by_turns(
                on.ask(Query(filters=(typed,))), on.sql((_PAGE + where + _ORDER, ()), (_COUNT + where, ())), size.rounds
            ).figure(job, what, 1.5)
            for job, what, typed, where in cases
        ]


def searching(size: Size, files: Files) -> list[Figure]:
    """A word of two characters, held against a bare index of two-character pieces; and the slowest of several words."""
    with _sides(files.great) as on:
        common = _search(on, COMMON, size.rounds)
        spent: list[float] = []
        for word in _WORDS:
            spent += [median(_search(on, word, max(1, size.rounds // 2)).product)]
    return [
        common.figure("search", f"在 {size.rows:,} 行里找“{COMMON}”：第一页和行数", 2.0),
        Figure("search_longest", f"{len(_WORDS)} 个词里最慢的一个，不超过 50 毫秒", max(spent), 50, "ms", 1.0),
    ]


def _search(on: _Sides, word: str, rounds: int) -> Pair:
    pieces = " ".join(word[place : place + 2] for place in range(len(word) - 1))
    found = f"SELECT rowid FROM {FLOOR_SEARCH} WHERE {FLOOR_SEARCH} MATCH ?"
    page = _page(f"{found} ORDER BY rowid LIMIT 100")
    count = f"SELECT count(*) FROM {FLOOR_SEARCH} WHERE {FLOOR_SEARCH} MATCH ?"
    given = (f'"{pieces.casefold()}"',)
    return by_turns(on.ask(Query(text=word)), on.sql((page, given), (count, given)), rounds)


def growth(size: Size, files: Files) -> list[Figure]:
    """The same work on a small and on the great ledger: it must stay flat. Floor: the small ledger."""
    with _sides(files.great) as great, _sides(files.small) as small:
        first_page = by_turns(
            lambda: great.desk.first_page(great.ledger, Query()),
            lambda: small.desk.first_page(small.ledger, Query()),
            size.rounds,
            times=5,
        )
        search = by_turns(great.ask(Query(text=RARE)), small.ask(Query(text=RARE)), size.rounds, times=5)
    grown = f"{size.rows:,} 行对 {size.small_rows:,} 行"
    return [
        first_page.figure("growth_open", f"第一页 100 行，{grown}", 1.5),
        search.figure("growth_search", f"查一个 40 行里有的词，{grown}", 1.5),
    ]
