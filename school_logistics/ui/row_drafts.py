"""A row while it is being typed: values read so far, texts that could not be read, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from school_logistics.errors import Unreadable
from school_logistics.models.checks import Level, Objection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from school_logistics.errors import Objected
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Draft


@dataclass(eq=False)
class RowDraft:
    """One record being written, new (`id` None) or changed."""

    id: int | None
    values: Draft
    original: Draft
    typed: dict[str, str] = field(default_factory=dict)
    """Texts that could not be read, by field key; they stay as they were typed."""
    objections: dict[str, Objection] = field(default_factory=dict)
    before: list[tuple[Draft, dict[str, str]]] = field(default_factory=list)
    """What it was before each cell was typed, for taking back typing."""
    written: set[str] = field(default_factory=set)
    """The fields somebody wrote in, as opposed to those taken over, worked out or filled in from others."""
    given_up: bool = False
    """It is on its way out of the table, and no longer to be saved when its row is left."""

    @classmethod
    def begun(cls, values: Draft, original: Draft) -> RowDraft:
        """A new record that somebody meant to be as it is where it differs from a blank one."""
        meant = {key for key, value in values.items() if value != original.get(key)}
        return cls(None, values, original, written=meant)

    @property
    def changed(self) -> bool:
        """Whether there is anything to save."""
        return bool(self.typed) or self.values != self.original

    @property
    def empty(self) -> bool:
        """Whether it is new and nothing that somebody wrote is left in it: no record, whatever was filled in."""
        left = (key for key in self.written if self.values.get(key) not in (None, self.original.get(key)))
        return self.id is None and not self.typed and not any(left)

    @property
    def troubles(self) -> tuple[Objection, ...]:
        """Everything that keeps it from being saved, and the warnings."""
        return tuple(self.objections.values())


def type_text(desk: Desk, ledger: Ledger, draft: RowDraft, key: str, typed: object) -> Objection | None:
    """Read what was typed into a field; what cannot be read stays as text and is objected to."""
    draft.before.append((dict(draft.values), dict(draft.typed)))
    draft.written.add(key)
    try:
        value = desk.read(ledger, key, typed)
    except Unreadable as trouble:
        draft.typed[key] = str(typed)
        objection = Objection(Level.REFUSED, key, str(trouble))
        draft.objections[key] = objection
        return objection
    return _put(desk, ledger, draft, key, value)


def put_value(desk: Desk, ledger: Ledger, draft: RowDraft, key: str, value: object) -> Objection | None:
    """Set a field to a value already read, such as the record picked in a chooser."""
    draft.before.append((dict(draft.values), dict(draft.typed)))
    draft.written.add(key)
    return _put(desk, ledger, draft, key, value)


def take_back(desk: Desk, ledger: Ledger, draft: RowDraft) -> bool:
    """Undo the last cell typed into this row; False when nothing was typed."""
    if not draft.before:
        return False
    draft.values, draft.typed = draft.before.pop()
    for key in [key for key in draft.objections if key not in draft.typed]:
        del draft.objections[key]
    _look_over(desk, ledger, draft)
    return True


def blame(draft: RowDraft, objections: Iterable[Objected]) -> None:
    """Show these objections in the row, the gravest of each field, besides what could not be read."""
    unread = {key: one for key, one in draft.objections.items() if key in draft.typed}
    draft.objections = {}
    for one in objections:
        known = draft.objections.get(one.field) if isinstance(one, Objection) else None
        if isinstance(one, Objection) and (known is None or one.level > known.level):
            draft.objections[one.field] = one
    draft.objections.update(unread)


def _put(desk: Desk, ledger: Ledger, draft: RowDraft, key: str, value: object) -> Objection | None:
    draft.typed.pop(key, None)
    draft.objections.pop(key, None)
    values = dict(draft.values)
    values[key] = value
    draft.values = desk.complete(ledger, values, draft.values)
    _look_over(desk, ledger, draft)
    return draft.objections.get(key)


def _look_over(desk: Desk, ledger: Ledger, draft: RowDraft) -> None:
    """Object only to what is filled in: an empty field is not missing before the row is saved.

    A field that was blamed at saving and is still wanting stays blamed.
    """
    found = desk.examine(ledger, draft.values, draft.id)
    blamed = set(draft.objections)
    blame(draft, (one for one in found if draft.values.get(one.field) is not None or one.field in blamed))
