"""Where the half-typed row of each ledger is kept until it becomes a record or is given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, DateTime, String, Table, Text, delete, insert

from school_logistics.models.record import Tables

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

HALF_TYPED = Table(
    "half_typed",
    Tables.metadata,
    Column("ledger", String(40), primary_key=True),
    Column("content", Text, nullable=False),
    Column("at", DateTime, nullable=False),
)


def replace_row(connection: Connection, ledger: str, content: str | None, at: datetime) -> None:
    """Keep the unfinished row of a ledger, or with None forget it."""
    connection.execute(delete(HALF_TYPED).where(HALF_TYPED.c.ledger == ledger))
    if content is not None:
        connection.execute(insert(HALF_TYPED).values(ledger=ledger, content=content, at=at))
