"""What must add up over several records, whoever changes one of them: looked at once, where a unit of work ends.

A class of records declares it as `keeps`. Every way of changing a record passes here (a screen, an import, taking back,
deleting), and what is wrong refuses the whole act; what follows from the change is written within the same act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, inspect

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, UOWTransaction, sessionmaker

    from school_logistics.models.record import Record

_TOUCHED = "kept whole"


@dataclass(frozen=True)
class Keeps:
    """Records that are alike in the field `by` add up; `settle` is handed the values of it that an act touched.

    It writes what follows, and raises OfficeError, saying what stands in the way, for what may not be.
    """

    by: str
    settle: Callable[[Session, frozenset[Any]], None]


def listen(factory: sessionmaker[Session]) -> None:
    """Keep whole what the sessions of the factory change."""
    event.listen(factory, "before_flush", _note)
    event.listen(factory, "before_commit", _settle)


def note_added(session: Session, record: type[Record], rows: Iterable[Mapping[str, Any]]) -> None:
    """The same for rows that are added by the thousand."""
    keeps = _kept_by(record)
    if keeps:
        _touched(session, keeps).update(one for row in rows if (one := row.get(keeps.by)) is not None)


def _kept_by(record: type) -> Keeps | None:
    found = getattr(record, "keeps", None)
    return found if isinstance(found, Keeps) else None


def _touched(session: Session, keeps: Keeps) -> set[Any]:
    by_rule: dict[Keeps, set[Any]] = session.info.setdefault(_TOUCHED, {})
    return by_rule.setdefault(keeps, set())


def _note(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """Note what new, changed and removed records belong to, and what they belonged to before."""
    for row in (*session.new, *session.dirty, *session.deleted):
        keeps = _kept_by(type(row))
        if keeps:
            history = inspect(row).attrs[keeps.by].history
            values = (*history.added, *history.unchanged, *history.deleted, getattr(row, keeps.by))
            _touched(session, keeps).update(one for one in values if one is not None)


def _settle(session: Session) -> None:
    """Settle what was touched; what settling writes touches nothing more."""
    session.flush()
    for keeps, touched in session.info.pop(_TOUCHED, {}).items():
        keeps.settle(session, frozenset(touched))
    session.flush()
    session.info.pop(_TOUCHED, None)
