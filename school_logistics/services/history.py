"""The history of one record, told from the trail in the words of its ledger."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select

from school_logistics.models.answers import AnswersKept, told_as_kept
from school_logistics.models.audit import ACTS, DELETE, ENTRIES, IMAGES, INSERT
from school_logistics.models.checklists import CheckAnswer
from school_logistics.models.papers import Certificate
from school_logistics.services.rows import Change, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import ColumnElement, RowMapping
    from sqlalchemy.orm import Session

    from school_logistics.models.fields import Field
    from school_logistics.models.ledger import Ledger
    from school_logistics.services.naming import Naming

_ACTIONS = {INSERT: "新增", DELETE: "删除"}


def _told_of(table: str, names: Mapping[str, object]) -> ColumnElement[bool]:
    """The entries of a table whose image before or after says all this."""
    images = (IMAGES.c.before, IMAGES.c.after)
    told = (or_(*(_says(image, key, value) for image in images)) for key, value in names.items())
    return and_(ENTRIES.c.ledger == table, *told)


def _says(image: ColumnElement[Any], key: str, value: object) -> ColumnElement[bool]:
    said = json.dumps({key: value}, ensure_ascii=False, separators=(",", ":"))[1:-1]
    return or_(*(image.contains(said + end, autoescape=True) for end in ",}"))


class History:
    """Tells what happened to records."""

    def __init__(self, ledgers: Mapping[str, Ledger], naming: Naming) -> None:
        """`ledgers` by key."""
        self.ledgers = ledgers
        self.naming = naming

    def of(self, session: Session, ledger: Ledger, one: int) -> list[Change]:
        """Every change of a record and of what belongs to it, newest first."""
        told = (
            select(ENTRIES, IMAGES.c.before, IMAGES.c.after, ACTS.c.at, ACTS.c.actor, ACTS.c.title)
            .join(IMAGES, IMAGES.c.entry == ENTRIES.c.id)
            .join(ACTS, ACTS.c.id == ENTRIES.c.act)
            .where(self._about(ledger, one))
            .order_by(ENTRIES.c.id.desc())
        )
        changes = [self._change(session, entry) for entry in session.execute(told).mappings()]
        return [change for change in changes if change.lines or change.action != "修改"]

    def _about(self, ledger: Ledger, one: int) -> ColumnElement[bool]:
        """The entries of the record itself, and of its papers and answers, which may all be gone by now."""
        about = [and_(ENTRIES.c.ledger == ledger.key, ENTRIES.c.record == one)]
        if ledger.key in Certificate.__table__.columns:
            about.append(_told_of(Certificate.__tablename__, {ledger.key: one}))
        if any(isinstance(field.kept, AnswersKept) for field in ledger.fields):
            answers = _told_of(CheckAnswer.__tablename__, {"check_id": one, "check_ledger": ledger.key})
            about.append(and_(answers, ENTRIES.c.action != INSERT))
        return or_(*about)

    def _change(self, session: Session, entry: RowMapping) -> Change:
        before = json.loads(entry["before"]) if entry["before"] else {}
        after = json.loads(entry["after"]) if entry["after"] else {}
        if entry["ledger"] == CheckAnswer.__tablename__:
            lines: Iterable[Line] = [self._answer(session, before, after)]
        else:
            ledger = self.ledgers[entry["ledger"]]
            lines = self._lines(session, ledger, before, after)
        action = _ACTIONS.get(entry["action"], "修改")
        return Change(entry["at"], entry["actor"], action, entry["title"], tuple(lines))

    def _lines(self, session: Session, ledger: Ledger, before: dict[str, Any], after: dict[str, Any]) -> Iterable[Line]:
        paper = (after or before).get("kind") if ledger.key == Certificate.__tablename__ else ""
        for field in ledger.fields:
            old, new = before.get(field.key), after.get(field.key)
            if old != new:
                label = f"{paper}·{field.label}" if paper else field.label
                yield Line(label, self._shown(session, field, old), self._shown(session, field, new))

    def _answer(self, session: Session, before: dict[str, Any], after: dict[str, Any]) -> Line:
        item = (after or before).get("item")
        label = self.naming.name(session, "check_item", item) if "check_item" in self.ledgers else ""
        return Line(label or "检查项", told_as_kept(before), told_as_kept(after))

    def _shown(self, session: Session, field: Field, plain: Any) -> str:
        if plain is None:
            return ""
        if field.kind.name == "ref":
            return self.naming.name(session, field.target, plain) or "（已删除）"
        return field.kind.show(field.kind.from_plain(plain))
