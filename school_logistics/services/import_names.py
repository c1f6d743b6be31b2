"""Names of other records in a file: found among those known, or noted as records still to be made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from school_logistics.errors import Unreadable
from school_logistics.models.checks import Level
from school_logistics.models.fields import Field
from school_logistics.models.ledger import Ledger
from school_logistics.rules.dates import Reading
from school_logistics.services.import_plan import NewName
from school_logistics.services.reading.grid import normal
from school_logistics.services.rows import Draft

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from school_logistics.models.checks import Facts
    from school_logistics.services.desk import Desk


class NamesInFile:
    """Finds the record that a name means; a name nobody knows gets a negative number until it is made."""

    def __init__(self, desk: Desk, session: Session, ledger: Ledger) -> None:
        """Load the names of every ledger that `ledger` refers to."""
        self.desk = desk
        self.ledger = ledger
        targets = {field.target for field in ledger.refs()}
        self.names: dict[str, dict[int, str]] = {key: desk.naming.names(session, key) for key in targets}
        self._ids: dict[str, dict[str, int]] = {key: _by_name(known) for key, known in self.names.items()}
        self._exact = {key: {name: one for one, name in reversed(known.items())} for key, known in self.names.items()}
        self._twice = {key: _used_twice(known) for key, known in self.names.items()}
        self.ambiguous = any(self._twice.values())
        """Whether any name stands for several records."""
        self._new: dict[int, NewName] = {}

    def find(self, field: Field, text: str) -> int:
        """The record that `text` means in a reference field.

        Raises Unreadable when the name is no name of such a record.
        """
        target = self.desk.ledger(field.target)
        exact = self._exact[target.key].get(text.strip())
        if exact is not None:
            return exact
        text = " ".join(text.split())
        known = self._ids[target.key].get(normal(text))
        return self._note(target, text) if known is None else known

    def doubt(self, field: Field, one: object) -> str:
        """Say so when several records bear the name that was found."""
        name = self.names[field.target].get(one, "") if isinstance(one, int) else ""
        if normal(name) not in self._twice[field.target]:
            return ""
        return f"有多条档案都叫“{name}”，按先登记的一条记，请核对"

    def new(self, one: object) -> NewName | None:
        """The record to be made behind a stand-in number."""
        return self._new.get(one) if isinstance(one, int) else None

    def tell(self, values: Mapping[str, object]) -> None:
        """Let records still to be made take what a row says of them, such as the category of a new ingredient."""
        for field in self.ledger.fields:
            if not field.follows or values.get(field.key) is None:
                continue
            new = self.new(values.get(field.follows[0]))
            if new is not None:
                new.values.setdefault(field.follows[1], values[field.key])

    def facts_of_new(self) -> dict[tuple[str, int], Facts]:
        """The records still to be made as rules see them."""
        return {(new.ledger.key, one): new.ledger.facts(new.values) for one, new in self._new.items()}

    def _note(self, target: Ledger, text: str) -> int:
        """The record of a name in its usual spelling, noted as one to be made when there is none."""
        values = _values_named(target, text, Reading(self.desk.today))
        name = target.field(target.title).kind.show(values[target.title])
        ids = self._ids[target.key]
        if normal(name) not in ids:
            one = ids[normal(name)] = -len(self._new) - 1
            self._new[one] = NewName(one, target, name, values)
            self.names[target.key][one] = name
        ids[normal(text)] = ids[normal(name)]
        return ids[normal(name)]


def is_incomplete(desk: Desk, new: NewName) -> bool:
    """Say whether somebody must still fill in a record made from its name."""
    if len(new.values) <= 1:
        return True
    given = desk.examining.given(new.ledger, new.values, {})
    return any(found.level > Level.WARNING for found in new.ledger.examine(new.values, given))


def _values_named(target: Ledger, text: str, on: Reading) -> Draft:
    """What a name alone says of a record: its title, and the parts that the title is made of."""
    title = target.field(target.title)
    text = title.tidy(text) if title.tidy else text
    values: Draft = {title.key: title.kind.read(text, on)}
    if values[title.key] is None:
        raise Unreadable(f"「{text}」不是名称")
    for key, part in (title.split(text) if title.split else {}).items():
        values[key] = target.field(key).kind.read(part, on)
    return values


def _by_name(known: Mapping[int, str]) -> dict[str, int]:
    """Ids by normalised name; the first record keeps the name."""
    ids: dict[str, int] = {}
    for one, name in known.items():
        ids.setdefault(normal(name), one)
    return ids


def _used_twice(known: Mapping[int, str]) -> frozenset[str]:
    """Names that several records bear."""
    return frozenset(name for name, many in Counter(map(normal, known.values())).items() if many > 1)
