"""A delivery note as it is typed: its head once, then line after line, the sum against the ticket, all kept as one act.

The lines are deliveries of `food_purchase`, the head becomes a `delivery_note`; supplier, number and day hold them
together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.models.checks import Level, Objection
from school_logistics.rules.calendar import Month
from school_logistics.rules.food import AcceptanceResult
from school_logistics.services.basis import with_basis
from school_logistics.services.entry_columns import may_be_taken_over
from school_logistics.services.entry_row import SheetRefused, SheetRow
from school_logistics.services.entry_sheet import EntrySheet
from school_logistics.services.kept_sheets import KeptSheets
from school_logistics.services.rows import Query

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft

SHARED = ("bought_on", "supplier", "note_no", "inspector", "second_inspector", "buyer", "storekeeper", "exception")
"""What the head says of every line."""
OF_THE_NOTE = ("ticket_total", "reason")
"""What belongs to the note alone."""
_SAME_IN_BOTH = {"came_on": "bought_on", "supplier": "supplier", "note_no": "note_no", "buyer": "buyer"}
_MOST_NOTES = 500


class NoteKey(NamedTuple):
    """By what a note and its lines know each other."""

    day: date
    supplier: int
    note_no: str | None


@dataclass
class Delivery:
    """One note being typed."""

    sheet: EntrySheet
    note: Draft = field(default_factory=dict)
    """Total of the ticket, and why the lines differ from it."""
    id: int | None = None
    """The note's record, if it stands already."""
    base: Draft = field(default_factory=dict)
    name: str = ""
    kept: int = 0

    @property
    def lines(self) -> list[int]:
        """The places of the lines that are written."""
        return [place for place, row in enumerate(self.sheet.rows) if row.begun or row.id is not None]

    @property
    def total(self) -> Decimal:
        """What the lines come to, those turned away left out."""
        rows = [self.sheet.rows[place].filled for place in self.lines]
        taken = [row.get("amount") for row in rows if row.get("result") != AcceptanceResult.REJECTED.value]
        return sum((one for one in taken if isinstance(one, Decimal)), Decimal(0))

    @property
    def difference(self) -> Decimal | None:
        """By how much the ticket is above the lines; None without a ticket's total."""
        ticket = self.note.get("ticket_total")
        return ticket - self.total if isinstance(ticket, Decimal) else None

    @property
    def changed(self) -> bool:
        """Whether anything is written that is not saved."""
        return bool(self.sheet.begun) or any(self.note.get(key) != self.base.get(key) for key in OF_THE_NOTE)


class DeliveryEntry:
    """Opens delivery notes, new ones and those that stand, and keeps them."""

    def __init__(self, desk: Desk) -> None:
        """Everything is asked of the desk."""
        self.desk = desk
        self.kept = KeptSheets(desk)
        self.purchases: Ledger = desk.ledger("food_purchase")
        self.notes: Ledger = desk.ledger("delivery_note")

    def head(self) -> list[tuple[Ledger, Field]]:
        """The fields of the head in the order in which a ticket is read."""
        fields = {key: (self.purchases, self.purchases.field(key)) for key in SHARED}
        fields |= {key: (self.notes, self.notes.field(key)) for key in OF_THE_NOTE}
        order = ("bought_on", "supplier", "note_no", "ticket_total", *SHARED[3:], "reason")
        return [fields[key] for key in order]

    def columns(self) -> tuple[Field, ...]:
        """The columns of the lines: those of the table, and the certificates that a rule may ask for."""
        asked = {check.blame for check in self.purchases.checks if check.level is Level.GAP}
        left_out = {*SHARED, "category"}
        fields = [one for one in self.purchases.fields if one.key not in left_out]
        return tuple(one for one in fields if one.in_table or (one.key in asked and one.writable))

    # --- opening -----------------------------------------------------------------------------------

    def begin(self) -> Delivery:
        """A new note, or the one that was half typed when it was last left."""
        delivery = Delivery(self._sheet([], self._taken_over()), name=f"{self.purchases.key}@new")
        taken = self.kept.take_up(delivery.name, delivery.sheet)
        delivery.kept = taken.lines
        for key, plain in taken.beside.items():
            delivery.note[key] = self.notes.field(key).kind.from_plain(plain)
        return delivery

    def open(self, key: NoteKey) -> Delivery:
        """A note that stands, with its lines."""
        values, noted = self._month(Month.of(key.day))
        rows = [
            SheetRow(f"#{one}", {}, one, with_basis({field.key: row[field.key] for field in self.purchases.fields}))
            for one, row in values.items()
            if _key(row, "bought_on") == key
        ]
        note = next((one for one, row in noted.items() if _key(row, "came_on") == key), None)
        common = {name: rows[0].base.get(name) for name in SHARED} if rows else {}
        common |= {"bought_on": key.day, "supplier": key.supplier, "note_no": key.note_no}
        base = {name: noted[note].get(name) for name in OF_THE_NOTE} if note is not None else {}
        return Delivery(
            self._sheet(rows, common), dict(base), note, base, f"{self.purchases.key}@{rows[0].id if rows else note}"
        )

    def key_of(self, purchase: int) -> NoteKey | None:
        """The note to which a line belongs; None for a line without a supplier."""
        return _key(self.desk.draft(self.purchases, purchase), "bought_on")

    def known(self, month: Month) -> list[NoteKey]:
        """The notes of a month, the latest last: those with a head, and lines that name a number."""
        bought, heads = self._month(month)
        found = [_key(row, "bought_on") for row in bought.values()] + [_key(row, "came_on") for row in heads.values()]
        keys = {one for one in found if one is not None and one.note_no}
        return sorted(keys, key=lambda one: (one.day, str(one.note_no), one.supplier))[-_MOST_NOTES:]

    def without_lines(self, month: Month) -> NoteKey | None:
        """The first note of a month of which only the head was written; None where each has its lines."""
        bought, heads = self._month(month)
        lines = {_key(row, "bought_on") for row in bought.values()}
        lacking = (key for row in heads.values() if (key := _key(row, "came_on")) is not None and key not in lines)
        return min(lacking, key=lambda one: (one.day, str(one.note_no), one.supplier), default=None)

    def note_of(self, head: int) -> NoteKey | None:
        """By what the lines of a head are known."""
        return _key(self.desk.draft(self.notes, head), "came_on")

    def _month(self, month: Month) -> tuple[Mapping[int, Draft], Mapping[int, Draft]]:
        """The lines and the heads of a month, by number."""
        listing = self.desk.listing
        with self.desk.store.reading() as session:
            bought = listing.values(session, self.purchases, listing.ids(session, self.purchases, Query(month)))
            heads = listing.values(session, self.notes, listing.ids(session, self.notes, Query(month)))
        return bought, heads

    def _sheet(self, rows: Sequence[SheetRow], common: Draft) -> EntrySheet:
        columns = self.columns()
        worded = (one for one in columns if not callable(one.default) and one.kind.name in {"choice", "text"})
        usual = {one.key: one.default for one in worded if one.default is not None}
        return EntrySheet(self.desk, self.purchases, columns, rows, common=usual | common, open_ended=True)

    def _taken_over(self) -> Draft:
        """Today, and who took the last delivery in; never its supplier or its number."""
        last = self.desk.first_page(self.purchases, Query(sort="bought_on", descending=True), 1)
        values = dict(zip((one.key for one in self.purchases.fields), last[0].values, strict=True)) if last else {}
        people = [key for key in SHARED[3:7] if may_be_taken_over(self.purchases.field(key))]
        return {"bought_on": self.desk.today} | {key: values[key] for key in people if values.get(key) is not None}

    # --- the head ----------------------------------------------------------------------------------

    def set_head(self, delivery: Delivery, key: str, value: object) -> None:
        """Write a field of the head: into the note, or into every line."""
        if key in OF_THE_NOTE:
            delivery.note[key] = value
            return
        delivery.sheet.set_common(key, value)
        standing = {place: {key: value} for place, row in enumerate(delivery.sheet.rows) if row.id is not None}
        if standing:
            delivery.sheet.write(standing)

    def stopped_by(self, delivery: Delivery) -> Objection | None:
        """What forbids taking anything from this supplier on this day, before a line is typed; None for nothing."""
        common = delivery.sheet.common
        if common.get("supplier") is None:
            return None
        head = {**self.desk.blank(self.purchases), **{key: common.get(key) for key in SHARED}}
        found = self.desk.examine(self.purchases, head)
        return next((one for one in found if one.field == "supplier" and one.level is not Level.WARNING), None)

    def wanting(self, delivery: Delivery) -> list[Objection]:
        """What the head lacks before the note can be saved."""
        common, told = delivery.sheet.common, []
        if common.get("bought_on") is None:
            told.append(Objection(Level.REFUSED, "bought_on", "进货日期没有填"))
        if common.get("supplier") is None:
            told.append(Objection(Level.GAP, "supplier", "供货单位没有填"))
        if delivery.note.get("ticket_total") is not None and not common.get("note_no"):
            told.append(Objection(Level.REFUSED, "note_no", "填了票面金额，就要写送货单号"))
        stopped = self.stopped_by(delivery)
        return [*told, *([stopped] if stopped else []), *self._unexplained(delivery)]

    def _unexplained(self, delivery: Delivery) -> list[Objection]:
        """That lines and ticket differ and nobody says why."""
        difference = delivery.difference
        tolerance = Decimal(self.desk.book.whole("food.amount.tolerance_fen", self.desk.today)) / 100
        if difference is None or abs(difference) <= tolerance or delivery.note.get("reason"):
            return []
        return [
            Objection(Level.GAP, "reason", f"票面与各行合计差 {abs(difference):.2f} 元：核对各行，或在差额说明里写原因")
        ]

    # --- keeping -----------------------------------------------------------------------------------

    def keep(self, delivery: Delivery) -> None:
        """Keep it half typed; only a new one is: what stands is changed in the sheet alone until it is saved."""
        plain = {key: self.notes.field(key).kind.plain(one) for key, one in delivery.note.items() if one is not None}
        if delivery.name.endswith("@new"):
            self.kept.keep(delivery.name, delivery.sheet, plain)

    def save(self, delivery: Delivery) -> int:
        """Keep head and lines as one act; how many lines were written.

        Raises SheetRefused when a line or the head is in the way, or OfficeError; nothing is kept then.
        """
        lines = delivery.sheet.drafts()
        wanting = self.wanting(delivery)
        if wanting:
            raise SheetRefused(wanting[0].sentence, ())
        drafts: list[tuple[Ledger, int | None, Draft]] = [(self.purchases, one, draft) for one, draft in lines]
        note = self._note(delivery)
        if note:
            drafts.append((self.notes, delivery.id, note))
        if drafts:
            self.desk.save_together(drafts, self._title(delivery))
            self.kept.drop(delivery.name)
        return len(lines)

    def _note(self, delivery: Delivery) -> Draft:
        """The head as a record of its own, where it has a number."""
        common = delivery.sheet.common
        if not common.get("note_no"):
            return {}
        blank = self.desk.draft(self.notes, delivery.id) if delivery.id is not None else self.desk.blank(self.notes)
        shared = {own: common.get(name) for own, name in _SAME_IN_BOTH.items()}
        return {**blank, **shared, **{key: delivery.note.get(key) for key in OF_THE_NOTE}}

    def _title(self, delivery: Delivery) -> str:
        common = delivery.sheet.common
        supplier = self.desk.show(self.purchases, "supplier", common.get("supplier"))
        return f"送货单 {common.get('note_no') or ''} {supplier} {len(delivery.lines)} 行".replace("  ", " ")


def _key(row: Mapping[str, object], day: str) -> NoteKey | None:
    """The note to which a record belongs; None where it names no supplier."""
    on, supplier, number = row.get(day), row.get("supplier"), row.get("note_no")
    if not isinstance(on, date) or not isinstance(supplier, int):
        return None
    return NoteKey(on, supplier, number if isinstance(number, str) else None)
