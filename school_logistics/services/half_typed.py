"""The row that is being typed in each ledger, kept at every cell change: it survives a crash."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from school_logistics.models.half_typed import HALF_TYPED, replace_row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from school_logistics.models.ledger import Ledger
    from school_logistics.services.rows import Draft


class HalfTyped:
    """Keeps at most one unfinished row a ledger, outside the trail: it is not a record yet."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """`clock` tells when a row was last touched."""
        self.clock = clock

    def keep(self, connection: Connection, ledger: Ledger, draft: Mapping[str, object]) -> None:
        """Keep what is there so far."""
        plain = {field.key: field.kind.plain(draft.get(field.key)) for field in ledger.fields if field.writable}
        replace_row(connection, ledger.key, json.dumps(plain, ensure_ascii=False), self.clock())

    def kept(self, connection: Connection, ledger: Ledger) -> Draft | None:
        """What was being typed, or None."""
        row = connection.execute(HALF_TYPED.select().where(HALF_TYPED.c.ledger == ledger.key)).first()
        if row is None:
            return None
        plain = json.loads(row.content)
        return {key: ledger.field(key).kind.from_plain(value) for key, value in plain.items() if ledger.has(key)}

    def drop(self, connection: Connection, ledger: Ledger) -> None:
        """Forget it."""
        replace_row(connection, ledger.key, None, self.clock())
