"""How a ledger of checks holds the answers to its checklist: one column that tells them, and the score that follows.

Answers stand one by one in `check_answer`; a ledger shows them as one line by the word `answers`, and what they come
to by `score` and `verdict`, all worked out in SQL, so that they always agree with what was answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Unpack

from sqlalchemy import ColumnElement, Integer, String, and_, case, cast, func, or_, select, type_coerce

from school_logistics.errors import Unreadable
from school_logistics.models.checklists import (
    POINT_PLACES,
    CheckAnswer,
    CheckItem,
    Checklist,
    FixedChecklist,
    checklist_named,
    items_on,
)
from school_logistics.models.columns import Fixed
from school_logistics.models.fields import Field
from school_logistics.rules.answers import (
    ABNORMAL,
    ALL_NORMAL,
    NORMAL,
    NOT_APPLICABLE,
    Answer,
    Answers,
    points,
    read_answers,
    tell_answers,
)
from school_logistics.rules.findings import FAILED, PASSED
from school_logistics.rules.inspections import lost_by
from school_logistics.rules.kinds import Amount, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ScalarSelect, Select
    from sqlalchemy.orm import Session

    from school_logistics.models.record import Record
    from school_logistics.models.words import More

_TENTH = 10**POINT_PLACES


def _answered(record: type[Record]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return CheckAnswer.check_ledger == record.__tablename__, CheckAnswer.check_id == record.id


def _of_answers(record: type[Record], what: ColumnElement[Any]) -> ScalarSelect[Any]:
    """Something summed over the answers of a check."""
    asked: Select[Any] = select(what).select_from(CheckAnswer).join(CheckItem, CheckItem.id == CheckAnswer.item)
    return asked.where(*_answered(record)).correlate(record).scalar_subquery()


@dataclass(frozen=True)
class AnswersKept:
    """The answers of a check, told by their exceptions.

    The checklist is known by its name, or chosen in another field of the record.
    """

    happened: str
    checklist: str = ""
    chosen_by: str = ""
    writes: bool = True

    def expression(self, record: type[Record]) -> ColumnElement[Any]:
        """全部正常, or the exceptions in order; NULL where nothing was answered."""
        tenths = CheckAnswer.lost_tenths
        rest = case((tenths % _TENTH == 0, ""), else_=func.concat(".", cast(tenths % _TENTH, String)))
        lost = case((tenths > 0, func.concat("扣", cast(tenths // _TENTH, String), rest)), else_="")
        note = case((func.length(CheckAnswer.note) > 0, func.concat("（", CheckAnswer.note, "）")), else_="")
        exceptions = (
            select(CheckItem.label.concat(CheckAnswer.mark).concat(lost).concat(note).label("told"))
            .select_from(CheckAnswer)
            .join(CheckItem, CheckItem.id == CheckAnswer.item)
            .where(*_answered(record), CheckAnswer.mark != NORMAL)
            .order_by(CheckAnswer.position)
            .correlate(record)
            .subquery()
        )
        told = select(func.aggregate_strings(exceptions.c.told, "、")).scalar_subquery()
        some = select(func.count()).where(*_answered(record)).correlate(record).scalar_subquery()
        return case((some > 0, func.coalesce(told, ALL_NORMAL)), else_=None)

    @property
    def place(self) -> object:
        """By itself."""
        return self

    def items(self, session: Session, chosen: object, on: date) -> list[CheckItem]:
        """The items in force on a day; `chosen` is what the field that chooses the list holds."""
        one = checklist_named(session, self.checklist) if self.checklist else chosen
        return items_on(session, one if isinstance(one, int) else None, on)

    def usual(self, session: Session, values: Mapping[str, object], value: object) -> object:
        """The exceptions in the order of the items, each with the points it costs.

        Raises Unreadable for an item that is not in force on the day of the check, for more points than an item has,
        or when no item is in force.
        """
        on = values.get(self.happened)
        if not isinstance(value, str) or not isinstance(on, date):
            return value
        if self.chosen_by and values.get(self.chosen_by) is None:
            return value
        items = self.items(session, values.get(self.chosen_by), on)
        if not items:
            msg = f"没法登记：{on.isoformat()} 这一天没有检查项目，请先核对日期或“检查项目”的启用日期"
            raise Unreadable(msg)
        answers = read_answers(value)
        labels = [item.label for item in items]
        unknown = [label for label in answers if label not in labels]
        if unknown:
            msg = f"里的「{'、'.join(unknown)}」不是检查项目；可写：{'、'.join(labels)}"
            raise Unreadable(msg)
        told = {item.label: _weighed(item, answers[item.label]) for item in items if item.label in answers}
        return tell_answers(told)

    def write(self, session: Session, row: Record, values: Mapping[Any, object]) -> None:
        """Keep one answer for each item in force on the day of the check."""
        value = values[self]
        answers = read_answers(str(value)) if value else {}
        chosen = getattr(row, self.chosen_by) if self.chosen_by else None
        items = self.items(session, chosen, getattr(row, self.happened)) if value else []
        unknown = set(answers) - {item.label for item in items}
        if unknown:
            msg = f"检查项目里没有「{'、'.join(sorted(unknown))}」"
            raise Unreadable(msg)
        kept = {answer.item: answer for answer in session.scalars(self._answers(row))}
        for position, item in enumerate(items):
            one = kept.pop(item.id, None) or CheckAnswer(
                check_ledger=row.__tablename__, check_id=row.id, item=item.id, entered_at=row.entered_at
            )
            answer = _weighed(item, answers.get(item.label, Answer()))
            one.mark, one.position = answer.mark, position
            one.lost_tenths, one.note = _tenths(answer), answer.note or None
            session.add(one)
        for one in kept.values():
            session.delete(one)
        session.flush()

    def out_of_step(self, session: Session, row: Record) -> bool:
        """Whether the answers are those to other items: another list or another day was chosen for the check."""
        chosen = getattr(row, self.chosen_by) if self.chosen_by else None
        asked = {item.id for item in self.items(session, chosen, getattr(row, self.happened))}
        return {answer.item for answer in session.scalars(self._answers(row))} != asked

    def forget(self, session: Session, row: Record) -> None:
        """Remove the answers of a check that goes."""
        for answer in session.scalars(self._answers(row)):
            session.delete(answer)
        session.flush()

    def _answers(self, row: Record) -> Any:
        return select(CheckAnswer).where(CheckAnswer.check_ledger == row.__tablename__, CheckAnswer.check_id == row.id)


def _weighed(item: CheckItem, answer: Answer) -> Answer:
    """The answer with the points it costs; Unreadable when they are more than the item has."""
    if answer.lost and item.points is None:
        raise Unreadable(f"里的「{item.label}」没有分值，不能扣分")
    if answer.lost and item.points is not None and answer.lost > item.points:
        raise Unreadable(f"里的「{item.label}」只有 {points(item.points)} 分，扣不了 {points(answer.lost)} 分")
    return Answer(answer.mark, lost_by(item, answer) or None, answer.note)


def told_as_kept(columns: Mapping[str, Any]) -> str:
    """How one kept answer is told by itself: ×扣0.5（一份不足量）."""
    tenths = columns.get("lost_tenths")
    lost = Decimal(tenths) / _TENTH if tenths else None
    return Answer(str(columns.get("mark") or ""), lost, str(columns.get("note") or "")).told("")


def _tenths(answer: Answer) -> int | None:
    return None if answer.lost is None else int(answer.lost * _TENTH)


def answers_as_kept(item: CheckItem, answer: Answer) -> dict[str, Any]:
    """The columns of one answer, for writing many at once."""
    weighed = _weighed(item, answer)
    return {"item": item.id, "mark": weighed.mark, "lost_tenths": _tenths(weighed), "note": weighed.note or None}


def answers(
    label: str,
    checklist: FixedChecklist | None = None,
    *,
    chosen_by: str = "",
    happened: str,
    **more: Unpack[More],
) -> Field:
    """The answers on the day named by the field `happened`.

    The checklist is a fixed one, or the one that the reference field `chosen_by` names.
    """
    name = checklist.value if checklist else ""
    return Field(label, Answers(name, chosen_by), kept=AnswersKept(happened, name, chosen_by), **more)


# --- what they come to ------------------------------------------------------------------------------


@dataclass(frozen=True)
class ScoreKept:
    """The score of a check, as `score_of` in rules/inspections.py works it out; shown, never typed."""

    chosen_by: str
    writes: bool = False

    def expression(self, record: type[Record]) -> ColumnElement[Any]:
        """Half up to a tenth; NULL where no item carries points."""
        return type_coerce(_score_tenths(record), Fixed(POINT_PLACES))

    @property
    def place(self) -> object:
        """With the answers."""
        return self

    def write(self, session: Session, row: Record, values: Mapping[Any, object]) -> None:
        """Nothing: it follows from the answers."""

    def forget(self, session: Session, row: Record) -> None:
        """Nothing is kept."""


@dataclass(frozen=True)
class VerdictKept(ScoreKept):
    """合格 or 不合格, as `verdict_of` in rules/inspections.py says."""

    def expression(self, record: type[Record]) -> ColumnElement[Any]:
        """NULL where nothing was answered."""
        abnormal = CheckAnswer.mark == ABNORMAL
        some = _of_answers(record, func.count())
        vetoed = _of_answers(record, _how_many(and_(abnormal, CheckItem.veto.is_(True))))
        wrong = _of_answers(record, _how_many(abnormal))
        score, chosen = _score_tenths(record), getattr(record, self.chosen_by)
        passing = select(type_coerce(Checklist.pass_score, Integer)).where(Checklist.id == chosen)
        passes = passing.correlate(record).scalar_subquery()
        enough = score * 100 * _TENTH >= passes * _sum_of(record, CheckItem.points)
        scored = and_(score.is_not(None), passes.is_not(None))
        return case(
            (some == 0, None), (vetoed > 0, FAILED), (and_(scored, enough), PASSED), (or_(scored, wrong > 0), FAILED),
            else_=PASSED,
        )  # fmt: skip


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _sum_of(record: type[Record], column: Any, condition: ColumnElement[bool] | None = None) -> ColumnElement[int]:
    """A column of tenths of a point summed over the answers of a check."""
    tenths: ColumnElement[int] = type_coerce(column, Integer)
    counted = tenths if condition is None else case((condition, tenths), else_=0)
    return _of_answers(record, func.coalesce(func.sum(counted), 0))


def _score_tenths(record: type[Record]) -> ColumnElement[int]:
    """(applies - lost) x full / applies, half up, in tenths of a point; NULL where nothing applies."""
    full, lost = _sum_of(record, CheckItem.points), _sum_of(record, CheckAnswer.lost_tenths)
    applies = _sum_of(record, CheckItem.points, CheckAnswer.mark != NOT_APPLICABLE)
    twice = (applies - lost) * full * 2 + applies
    return case((applies > 0, twice // (applies * 2)), else_=None)


def score(label: str, *, chosen_by: str, **more: Unpack[More]) -> Field:
    """The points of a scored check; blank for a list without points."""
    kind = Amount(POINT_PLACES, more.get("unit", ""), 0)
    return Field(label, kind, kept=ScoreKept(chosen_by), **more)


def verdict(label: str, *, chosen_by: str, **more: Unpack[More]) -> Field:
    """Whether a check was passed."""
    return Field(label, Text(6), kept=VerdictKept(chosen_by), **more)
