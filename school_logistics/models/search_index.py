"""Finding words inside ledgers: an index of two-character pieces, since most Chinese words have two.

SQLite only; on another database a plain `LIKE` would stand here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, column, select, table, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

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
    searched = [one.key for one in ledger.fields if one.kind.name in _SEARCHED and not one.kept]
    found = [(row["id"], _words_of(searched, row)) for row in rows]
    if found:
        connection.exec_driver_sql(f"INSERT OR REPLACE INTO {_name(ledger)}(rowid, pieces) VALUES (?, ?)", found)


def drop(connection: Connection, ledger: Ledger, ids: Iterable[int]) -> None:
    """Take records out of the index."""
    gone = [{"id": one} for one in ids]
    if gone:
        connection.execute(text(f"DELETE FROM {_name(ledger)} WHERE rowid = :id"), gone)


def contains(ledger: Ledger, words: str) -> ColumnElement[bool] | None:
    """The condition that a record's own words contain these, or None where nothing can be looked for."""
    phrases = [_phrase(run) for run in _WORDS.findall(words.casefold())]
    if not phrases:
        return None
    name = _name(ledger)
    found = table(name, column("rowid"))
    return ledger.record.id.in_(select(found.c.rowid).where(text(f"{name} MATCH :{name}_words").bindparams(
        **{f"{name}_words": " AND ".join(phrases)}
    )))  # fmt: skip


def _phrase(run: str) -> str:
    if len(run) == 1:
        return f'"{run}" *'
    return '"' + " ".join(run[place : place + 2] for place in range(len(run) - 1)) + '"'


def _words_of(searched: Iterable[str], row: Mapping[str, object]) -> str:
    return _BETWEEN.join(pieces(str(words)) for key in searched if (words := row.get(key)))


def _name(ledger: Ledger) -> str:
    return f"find_{ledger.key}"
