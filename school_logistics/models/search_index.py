"""Finding words inside ledgers: an index of two-character pieces, since most Chinese words have two.

SQLite only; on another database a plain `LIKE` would stand here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, column, or_, select, table, text

from school_logistics.models.columns import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection, Select

    from school_logistics.models.ledger import Ledger

_WORDS = re.compile(r"\w+")
_BETWEEN = " ω "
"""Stands between fields, so that no phrase reaches from one into the next."""
_SEARCHED = frozenset({"text", "code", "choice"})


@lru_cache(maxsize=20_000)
def pieces(words: str) -> str:
    """Two-character pieces of every run of letters, the last character alone at the end.

    >>> pieces("大白菜 5kg")
    '大白 白菜 菜 5k kg g'
    """
    return " ".join(run[place : place + 2] for run in _WORDS.findall(words.casefold()) for place in range(len(run)))


def create(connection: Connection, ledgers: Iterable[Ledger]) -> None:
    """Make the index of each ledger where there is none."""
    for ledger in ledgers:
        connection.execute(
            text(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {_name(ledger)} "
                "USING fts5(pieces, content='', contentless_delete=1, detail=full)"
            )
        )


def index(connection: Connection, ledger: Ledger, rows: Iterable[Mapping[str, object]]) -> None:
    """Put records into the index, each with its id, replacing what stood there."""
    searched = _searched(ledger)
    told = [(row["id"], _words_of(searched, row)) for row in rows]
    if told:
        connection.exec_driver_sql(f"INSERT OR REPLACE INTO {_name(ledger)}(rowid, pieces) VALUES (?, ?)", told)


def drop(connection: Connection, ledger: Ledger, ids: Iterable[int]) -> None:
    """Take records out of the index."""
    gone = [{"id": one} for one in ids]
    if gone:
        connection.execute(text(f"DELETE FROM {_name(ledger)} WHERE rowid = :id"), gone)


def contained(ledger: Ledger, words: str) -> ColumnElement[bool] | None:
    """The same condition as `contains`, read from each record itself: for few records, found by something else."""
    columns = [getattr(ledger.record, key) for key in _searched(ledger)]
    runs = _WORDS.findall(words)
    if not runs or not columns:
        return None
    return and_(*(or_(*(one.contains(run, autoescape=True) for one in columns)) for run in runs))


def contains(ledger: Ledger, words: str) -> ColumnElement[bool] | None:
    """The condition that a record's own words contain these, or None where nothing can be looked for."""
    ids = found(ledger, words)
    return None if ids is None else ledger.record.id.in_(ids)


def found(ledger: Ledger, words: str) -> Select[tuple[int]] | None:
    """The ids of the records whose own words contain these, or None where nothing can be looked for."""
    phrases = [_phrase(run) for run in _WORDS.findall(words.casefold())]
    if not phrases:
        return None
    name = _name(ledger)
    pieces_of = table(name, column("rowid", WHOLE))
    matching = text(f"{name} MATCH :{name}_words").bindparams(**{f"{name}_words": " AND ".join(phrases)})
    return select(pieces_of.c.rowid).where(matching)


def _searched(ledger: Ledger) -> list[str]:
    """The fields whose words can be looked for."""
    return [one.key for one in ledger.fields if one.kind.name in _SEARCHED and not one.kept]


def _phrase(run: str) -> str:
    if len(run) == 1:
        return f'"{run}" *'
    return '"' + " ".join(run[place : place + 2] for place in range(len(run) - 1)) + '"'


def _words_of(searched: Iterable[str], row: Mapping[str, object]) -> str:
    return _BETWEEN.join(pieces(str(words)) for key in searched if (words := row.get(key)))


def _name(ledger: Ledger) -> str:
    return f"find_{ledger.key}"
