"""What stands against the lines of a sheet, and at which of their cells: asked of the ledger's own rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from school_logistics.models.checks import Level, Objection
from school_logistics.rules.answers import NORMAL, Answer, read_answers, tell_answers
from school_logistics.services.entry_columns import item_key, item_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.desk import Desk
    from school_logistics.services.entry_row import SheetRow
    from school_logistics.services.examining import Referred
    from school_logistics.services.rows import Draft


class LineCheck:
    """Completes and examines the lines of one sheet."""

    def __init__(self, desk: Desk, ledger: Ledger, columns: Sequence[Field]) -> None:
        """`columns` tell which items are answered one by one."""
        self._desk, self._ledger = desk, ledger
        self._shown = [one.key for one in columns]
        self._items: dict[str, list[str]] = {}
        for one in columns:
            item = item_of(one.key)
            if item:
                self._items.setdefault(item[0], []).append(item[1])

    @property
    def note(self) -> str:
        """The field that must say what was wrong; "" when there is none."""
        opens = self._ledger.opens_hazard
        return opens.note or ("problem" if self._ledger.has("problem") else "") if opens else ""

    def take_marks(self, row: SheetRow) -> None:
        """The answers of a record that stands, item by item."""
        for name, labels in self._items.items():
            told = row.base.get(name)
            if isinstance(told, str):
                answers = read_answers(told)
                row.marks[name] = {label: answers.get(label, Answer(NORMAL)) for label in labels}
        row.standing_marks = {key: dict(marks) for key, marks in row.marks.items()}

    def told(self, row: SheetRow) -> Draft:
        """The answers as their fields hold them; None while an item is not answered."""
        told: Draft = {}
        for name, labels in self._items.items():
            marks = row.marks.get(name, {})
            whole = all(label in marks for label in labels)
            told[name] = tell_answers({label: marks[label] for label in labels}) if whole and labels else None
        return told

    def settle(self, rows: Sequence[SheetRow]) -> None:
        """Work out what follows from what was written, and object to what is filled in."""
        known: Referred = {}
        with self._desk.store.reading() as session:
            for row in rows:
                row.filled = self._desk.examining.complete(session, self._ledger, row.filled, known)
                self._look_over(session, row, known)

    def refused(self, rows: Sequence[SheetRow]) -> list[SheetRow]:
        """The lines that may not be saved as they are; what is wrong with them stands in them."""
        wrong = []
        known: Referred = {}
        with self._desk.store.reading() as session:
            for row in rows:
                found = [*self._unanswered(row), *self.found(session, row, known)]
                row.blamed = {one.field for one in found if one.level is not Level.WARNING}
                unread = {key: one for key, one in row.objections.items() if key in row.typed}
                row.objections = {one.field: one for one in reversed(found)} | unread
                if row.blamed or row.typed:
                    wrong.append(row)
        return wrong

    def _look_over(self, session: Session, row: SheetRow, known: Referred) -> None:
        unread = {key: row.objections[key] for key in row.typed if key in row.objections}
        note = self.note
        kept = {}
        for one in reversed(self._raw(session, row, known)):
            at = self._at_its_column(one, row)
            if row.filled.get(one.field) is not None or at.field in row.blamed or (note and one.field == note):
                kept[at.field] = at
        row.objections = kept | unread

    def found(self, session: Session, row: SheetRow, known: Referred) -> list[Objection]:
        """Everything there is against a line, at its columns, the gravest of a column first."""
        return [self._at_its_column(one, row) for one in self._raw(session, row, known)]

    def _raw(self, session: Session, row: SheetRow, known: Referred) -> list[Objection]:
        """What the ledger has against a line; of what a record lacked before only what can never stand."""
        examine = self._desk.examining.examine
        found = examine(session, self._ledger, row.filled, row.id, known)
        old: set[tuple[str, str]] = set()
        if row.id is not None:
            old = {(one.field, one.sentence) for one in examine(session, self._ledger, row.base, row.id, known)}
        stays = [one for one in found if one.level is not Level.GAP or (one.field, one.sentence) not in old]
        return sorted(stays, key=lambda one: -one.level)

    def _at_its_column(self, objection: Objection, row: SheetRow) -> Objection:
        """The objection where it is seen: at the first item not answered; at the name, for a field without column."""
        labels = self._items.get(objection.field)
        if not labels:
            seen = objection.field in self._shown or not self._shown
            return objection if seen else replace(objection, field=self._shown[0])
        marks = row.marks.get(objection.field, {})
        first = next((label for label in labels if label not in marks), labels[0])
        return replace(objection, field=item_key(objection.field, first))

    def _unanswered(self, row: SheetRow) -> list[Objection]:
        """The items that nobody has judged in a line where others are judged."""
        return [
            Objection(Level.REFUSED, item_key(name, label), f"「{label}」还没有判断：√、× 或 —")
            for name, labels in self._items.items()
            for label in labels
            if row.marks.get(name) and label not in row.marks[name]
        ]
