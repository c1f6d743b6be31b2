"""The one checklist pair: items as dated data, and for each check one answer per item.

A ledger of checks shows its answers as one column by the word `answers`; paper and statistics read
the answers item by item.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Unpack

from sqlalchemy import ColumnElement, ForeignKey, Integer, String, case, func, select
from sqlalchemy.orm import Mapped, mapped_column

from school_logistics.errors import Unreadable
from school_logistics.models.columns import WHOLE
from school_logistics.models.ledger import Field, Need, Section, Tab, ledger
from school_logistics.models.record import Record
from school_logistics.models.words import More, choice, count, day, flag, text
from school_logistics.rules.kinds import ABNORMAL, ALL_NORMAL, NORMAL, NOT_APPLICABLE, Answers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session


class Checklist(StrEnum):
    """The lists of items that are checked."""

    EXTINGUISHER = "灭火器月检"
    BUS_DAILY = "校车出车检查"


@ledger(
    "检查项目",
    group=Tab.WATER_SAFETY,
    section=Section.FILES,
    title="label",
    number=("checklist", "label", "valid_from"),
    icon="list-checks",
    sort=("checklist", "position"),
    about="检查表上的项目，可以增改；改动只影响生效日期以后的检查，旧表照旧。",
)
class CheckItem(Record):
    """One thing looked at in a check, from a day on, until replaced."""

    __tablename__ = "check_item"

    checklist: Mapped[str] = choice("检查表", Checklist, required=Need.ALWAYS, chars=9, carry=True)
    position: Mapped[int] = count("顺序", required=Need.ALWAYS, chars=4)
    label: Mapped[str] = text("项目", required=Need.ALWAYS, max_chars=20, chars=12)
    detail: Mapped[str | None] = text("怎样算正常", max_chars=100, chars=26)
    key_item: Mapped[bool | None] = flag("法定项", chars=5, hint="打印时加 ★")
    clause: Mapped[str | None] = text("依据", max_chars=60, chars=18)
    valid_from: Mapped[date] = day("启用日期", required=Need.ALWAYS, chars=10)
    valid_to: Mapped[date | None] = day("停用日期", chars=10)


class CheckAnswer(Record):
    """The answer to one item of one check."""

    __tablename__ = "check_answer"
    called = "检查记录"

    check_ledger: Mapped[str] = mapped_column(String(40), index=True)
    check_id: Mapped[int] = mapped_column(WHOLE, index=True)
    item: Mapped[int] = mapped_column(WHOLE, ForeignKey("check_item.id", ondelete="RESTRICT"), index=True)
    mark: Mapped[str] = mapped_column(String(1))
    position: Mapped[int] = mapped_column(Integer, default=0)


def items_on(session: Session, checklist: str, on: date) -> list[CheckItem]:
    """The items of a list in force on a day, in order."""
    in_force = select(CheckItem).where(
        CheckItem.checklist == checklist,
        CheckItem.valid_from <= on,
        (CheckItem.valid_to.is_(None)) | (CheckItem.valid_to >= on),
    )
    return list(session.scalars(in_force.order_by(CheckItem.position, CheckItem.id)))


@dataclass(frozen=True)
class AnswersKept:
    """The answers of a check, told by their exceptions."""

    checklist: Checklist
    happened: str
    writes: bool = True

    def expression(self, record: type[Record]) -> ColumnElement[Any]:
        """全部正常, or the exceptions in order; NULL where nothing was answered."""
        answered = (CheckAnswer.check_ledger == record.__tablename__, CheckAnswer.check_id == record.id)
        exceptions = (
            select(CheckItem.label.concat(CheckAnswer.mark).label("told"))
            .select_from(CheckAnswer)
            .join(CheckItem, CheckItem.id == CheckAnswer.item)
            .where(*answered, CheckAnswer.mark != NORMAL)
            .order_by(CheckAnswer.position)
            .correlate(record)
            .subquery()
        )
        told = select(func.aggregate_strings(exceptions.c.told, "、")).scalar_subquery()
        some = select(func.count()).where(*answered).correlate(record).scalar_subquery()
        return case((some > 0, func.coalesce(told, ALL_NORMAL)), else_=None)

    @property
    def place(self) -> object:
        """By itself."""
        return self

    def usual(self, session: Session, values: Mapping[str, object], value: object) -> object:
        """The exceptions in the order of the items.

        Raises Unreadable for an item that is not in force on the day of the check, or when none is.
        """
        on = values.get(self.happened)
        if not isinstance(value, str) or not isinstance(on, date):
            return value
        labels = [item.label for item in items_on(session, self.checklist, on)]
        if not labels:
            msg = f"没法登记：{on.isoformat()} 这一天没有检查项目，请先核对日期或“检查项目”的启用日期"
            raise Unreadable(msg)
        marks = told_marks(value)
        unknown = [label for label in marks if label not in labels]
        if unknown:
            msg = f"里的「{'、'.join(unknown)}」不是检查项目；可写：{'、'.join(labels)}"
            raise Unreadable(msg)
        return "、".join(label + marks[label] for label in labels if label in marks) or ALL_NORMAL

    def write(self, session: Session, row: Record, values: Mapping[Any, object]) -> None:
        """Keep one answer for each item in force on the day of the check."""
        value = values[self]
        marks = told_marks(str(value)) if value else {}
        items = items_on(session, self.checklist, getattr(row, self.happened)) if value else []
        unknown = set(marks) - {item.label for item in items}
        if unknown:
            msg = f"检查项目里没有「{'、'.join(sorted(unknown))}」"
            raise Unreadable(msg)
        kept = {answer.item: answer for answer in session.scalars(self._answers(row))}
        for position, item in enumerate(items):
            answer = kept.pop(item.id, None) or CheckAnswer(
                check_ledger=row.__tablename__, check_id=row.id, item=item.id, entered_at=row.entered_at
            )
            answer.mark, answer.position = marks.get(item.label, NORMAL), position
            session.add(answer)
        for answer in kept.values():
            session.delete(answer)
        session.flush()

    def forget(self, session: Session, row: Record) -> None:
        """Remove the answers of a check that goes."""
        for answer in session.scalars(self._answers(row)):
            session.delete(answer)
        session.flush()

    def _answers(self, row: Record) -> Any:
        return select(CheckAnswer).where(CheckAnswer.check_ledger == row.__tablename__, CheckAnswer.check_id == row.id)


def told_marks(told: str) -> dict[str, str]:
    """The mark of each item that is not normal.

    >>> told_marks("压力×、铅封—")
    {'压力': '×', '铅封': '—'}
    """
    if told == ALL_NORMAL:
        return {}
    return {one[:-1]: one[-1] for one in told.split("、") if one[-1] in {ABNORMAL, NOT_APPLICABLE}}


def answers(label: str, checklist: Checklist, *, happened: str, **more: Unpack[More]) -> Field:
    """The answers to a checklist on the day named by the field `happened`."""
    return Field(label, Answers(checklist.value), kept=AnswersKept(checklist, happened), **more)
