"""Sheets that are half filled in, kept at every cell so that nothing is lost when the PC dies.

They stand beside the half-typed rows, outside the trail: nothing of them is a record yet.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from school_logistics.models.half_typed import HALF_TYPED, replace_row
from school_logistics.rules.answers import Answer, read_answers
from school_logistics.rules.kinds import Plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from school_logistics.services.desk import Desk
    from school_logistics.services.entry_row import SheetRow
    from school_logistics.services.entry_sheet import EntrySheet
    from school_logistics.services.rows import Draft


class TakenUp(NamedTuple):
    """What was half filled in when a sheet was last left."""

    lines: int
    beside: dict[str, Plain]


class KeptSheets:
    """Keeps at most one half-filled sheet under each name."""

    def __init__(self, desk: Desk) -> None:
        """Keep them in the desk's data file."""
        self._desk = desk

    def keep(self, name: str, sheet: EntrySheet, beside: Mapping[str, Plain] | None = None) -> None:
        """Keep what is written in a sheet and not saved; a sheet in which nothing is written is forgotten.

        `beside` belongs to the sheet as a whole and to no line, such as the total of a note.
        """
        plain = _plain(sheet) | {"beside": dict(beside or {})}
        content = json.dumps(plain, ensure_ascii=False) if sheet.begun or beside else None
        with self._desk.store.beside_the_trail() as connection:
            replace_row(connection, name, content, self._desk.clock())

    def drop(self, name: str) -> None:
        """Forget a sheet: it was saved."""
        with self._desk.store.beside_the_trail() as connection:
            replace_row(connection, name, None, self._desk.clock())

    def take_up(self, name: str, sheet: EntrySheet) -> TakenUp:
        """Write what was kept into a sheet again."""
        with self._desk.store.reading() as session:
            row = session.connection().execute(HALF_TYPED.select().where(HALF_TYPED.c.ledger == name)).first()
        if row is None:
            return TakenUp(0, {})
        content: dict[str, Any] = json.loads(row.content)
        for key, plain in content["common"].items():
            if sheet.ledger.has(key):
                sheet.set_common(key, sheet.ledger.field(key).kind.from_plain(plain))
        for key, kept in content["rows"].items():
            place = _place(sheet, key)
            if place is not None:
                sheet.write({place: _cells(sheet, kept)})
                sheet.mean([place] if kept["meant"] else [])
        sheet.forget_steps()
        return TakenUp(len(content["rows"]), content["beside"])


def _plain(sheet: EntrySheet) -> dict[str, object]:
    return {
        "common": _plain_values(sheet, sheet.common),
        "rows": {sheet.rows[place].key: _plain_row(sheet, sheet.rows[place]) for place in sheet.begun},
    }


def _plain_values(sheet: EntrySheet, values: Mapping[str, object]) -> dict[str, object]:
    return {key: sheet.ledger.field(key).kind.plain(value) for key, value in values.items() if sheet.ledger.has(key)}


def _plain_row(sheet: EntrySheet, row: SheetRow) -> dict[str, object]:
    marks = {
        f"{name}.{label}": answer.told("") for name, answers in row.marks.items() for label, answer in answers.items()
    }
    return {"values": _plain_values(sheet, row.values), "typed": row.typed, "marks": marks, "meant": row.meant}


def _place(sheet: EntrySheet, key: str) -> int | None:
    """Where a line stands now; a line that somebody added is added again at the end."""
    known = next((place for place, row in enumerate(sheet.rows) if row.key == key), None)
    return len(sheet.rows) - 1 if known is None and sheet.open_ended else known


def _cells(sheet: EntrySheet, kept: Mapping[str, Any]) -> Draft:
    cells: Draft = {}
    for key, plain in kept["values"].items():
        if sheet.ledger.has(key):
            cells[key] = sheet.ledger.field(key).kind.from_plain(plain)
    for key, told in kept["marks"].items():
        if key in sheet.by_key:
            label = key.partition(".")[2]
            cells[key] = read_answers(label + told).get(label, Answer())
    return cells | {key: text for key, text in kept["typed"].items() if key in sheet.by_key}
