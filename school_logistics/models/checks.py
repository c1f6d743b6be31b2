"""What stands against a record: objections, the checks that raise them, and what they look up elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from types import SimpleNamespace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session


Values: TypeAlias = dict[str, object]
"""One record as plain values by field key."""


Image: TypeAlias = Mapping[str, object]
"""One record as it is told of: plain values as in the trail, or values."""


Facts: TypeAlias = SimpleNamespace
"""One record as a rule sees it: every field of its ledger is an attribute, None where blank."""


class Level(IntEnum):
    """How grave an objection is."""

    WARNING = 1
    """Look again; may be saved."""
    GAP = 2
    """The law wants it: refused on screen, a gap in an import."""
    REFUSED = 3
    """Unreadable or impossible."""


@dataclass(frozen=True)
class Objection:
    """What is wrong with one field, as a sentence, with the clause that says so."""

    level: Level
    field: str
    sentence: str
    clause: str = ""

    def __str__(self) -> str:
        """The sentence."""
        return self.sentence


_NOTHING_GIVEN: dict[str, object] = {}


@dataclass(frozen=True)
class Check:
    """A rule over a whole record. The rule answers True or "" when all is well, else False or a sentence."""

    rule: Callable[..., bool | str]
    blame: str
    otherwise: str = ""
    level: Level = Level.REFUSED
    given: tuple[str, ...] = ()
    clause: str = ""

    def objection(self, facts: Facts, given: Mapping[str, object]) -> Objection | None:
        """What this check has against a record."""
        told = {name: given.get(name) for name in self.given} if self.given else _NOTHING_GIVEN
        verdict = self.rule(facts, **told)
        if verdict is True or verdict == "":
            return None
        return Objection(self.level, self.blame, verdict if isinstance(verdict, str) else self.otherwise, self.clause)


@dataclass(frozen=True)
class Lookup:
    """What checks of a record ask of other records, such as the stock left of an ingredient.

    `find` answers for many records at once, in their order, so that a page costs one query and not one a row. A record
    that stands in the file already has its `id` among its values. Checks name a lookup in their `given`; where nobody
    looked (a page of a table being scrolled), those checks are left out.
    """

    name: str
    find: Callable[[Session, Sequence[Values]], Sequence[object]]


@dataclass(frozen=True)
class Lasting:
    """Of a file whose records say what holds for records of days: a rule, an item of a checklist.

    `since` and `until` are the fields with the first and the last day it holds; days of closed months keep what held.
    `stands` answers what an insert or a change (None for what is not there) would do to records that rely on it: the
    field to blame and a sentence, or None.
    """

    since: str = ""
    until: str = ""
    otherwise: str = ""
    """How to have it differently from now on; {first} is the first day that is open, {last} the day before."""
    stands: Callable[[Connection, int | None, Image | None, Image | None], tuple[str, str] | None] | None = None
