"""Certificates: whatever runs out, of anybody or anything, stands here once.

A ledger shows and edits the current paper of its records as columns of its own by the word `paper`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Unpack

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.orm import Mapped, Mapper

from school_logistics.models.checks import Check
from school_logistics.models.fields import Field, Need
from school_logistics.models.ledger import Ledger, Section, Tab, ledger
from school_logistics.models.record import Record, Tables
from school_logistics.models.reminding import Reminder
from school_logistics.models.words import More, choice, code, day, ref, text, until
from school_logistics.rules.kinds import Code, Day, Text, Until
from school_logistics.rules.papers import (
    HOLDERS,
    PaperKind,
    by_rule_until,
    clause_of,
    days_of_warning,
    holder_fits,
    most_days_of_warning,
    runs_forward,
    runs_out_on,
    what_runs_out,
    what_stops,
    why_it_matters,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from school_logistics.rules.kinds import AnyKind


SCHOOL_ITSELF = "本校"
"""Who holds the papers that name nobody."""


@dataclass(frozen=True)
class HolderShown:
    """Who holds a paper, whichever ledger that is: shown, never typed."""

    writes: bool = False

    def expression(self, record: type[Record]) -> ColumnElement[Any]:
        """The title of the record that the paper names."""
        held = record.__table__.columns
        ledgers = {mapper.class_.__tablename__: mapper.class_.ledger for mapper in _ledgers_mapped()}
        titles = [(ledgers[holder].record.__table__.columns, ledgers[holder].title) for holder in HOLDERS]
        named = (
            select(target[title]).where(target["id"] == held[holder]).scalar_subquery()
            for holder, (target, title) in zip(HOLDERS, titles, strict=True)
        )
        return func.coalesce(*named, literal(SCHOOL_ITSELF))

    @property
    def place(self) -> object:
        """In the paper itself."""
        return self

    def write(self, session: Session, row: Record, values: Mapping[Any, object]) -> None:
        """Nothing: the holder is chosen in the field of its ledger."""

    def forget(self, session: Session, row: Record) -> None:
        """Nothing is kept."""


def _ledgers_mapped() -> list[Mapper[Any]]:
    return [mapper for mapper in Tables.registry.mappers if hasattr(mapper.class_, "ledger")]


@ledger(
    "证照与保险",
    group=Tab.OFFICE,
    section=Section.FILES,
    title="kind",
    icon="shield-check",
    sort=("valid_until",),
    about="凡有到期日的都在这里登记一次：营业执照、许可证、健康证、驾驶证、检验、保险。到期前会提醒。",
    checks=(
        Check(runs_forward, blame="valid_until", otherwise="有效期至早于发证（起保）日期"),
        Check(holder_fits, blame="kind"),
    ),
    reminders=(
        Reminder(
            what=what_runs_out,
            due=runs_out_on,
            stops=what_stops,
            why=why_it_matters,
            clause=clause_of,
            warn_days=days_of_warning,
            given=("book", "today", *HOLDERS),
            latest_of=("kind", *HOLDERS),
            bound="valid_until",
            furthest=most_days_of_warning,
            by_rule=by_rule_until,
        ),
    ),
)
class Certificate(Record):
    """One dated document of a supplier, a person, a bus, a driver, or (no holder named) the school itself."""

    __tablename__ = "certificate"

    kind: Mapped[str] = choice(
        "证照种类", PaperKind, required=Need.ALWAYS, chars=10, synonyms=("证件名称", "险种", "证书名称")
    )
    holder: Field = Field("持有者", Text(60), kept=HolderShown(), chars=14, section="属于谁")
    supplier: Mapped[int | None] = ref(
        "供货单位",
        "supplier",
        chars=14,
        section="属于谁",
        hint="证照属于供货单位时选",
        synonyms=("供货商",),
        in_table=False,
    )
    staff: Mapped[int | None] = ref(
        "人员", "staff", chars=6, section="属于谁", hint="属于后勤人员时选", synonyms=("姓名",), in_table=False
    )
    bus: Mapped[int | None] = ref(
        "校车", "bus", chars=9, section="属于谁", hint="属于校车时选", synonyms=("号牌号码",), in_table=False
    )
    driver: Mapped[int | None] = ref(
        "驾驶人", "driver", chars=6, section="属于谁", hint="属于校车驾驶人时选", in_table=False
    )
    number: Mapped[str | None] = code("证照编号", max_chars=40, chars=18, synonyms=("证书编号", "保单号", "编号"))
    issued_on: Mapped[date | None] = day("发证（起保）日期", chars=10, synonyms=("发证日期", "起保日期", "保险起期"))
    valid_until: Mapped[date | None] = until(
        "有效期至", index=True, required=Need.BY_LAW, chars=10, synonyms=("到期日", "止期", "有效期", "保险止期")
    )
    issuer: Mapped[str | None] = text("发证机关或承保公司", chars=14, synonyms=("发证机关", "承保公司", "体检机构"))
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)


_PART_KINDS: dict[str, AnyKind] = {
    "number": Code(40),
    "issued_on": Day(),
    "valid_until": Until(),
}


@dataclass(frozen=True)
class CurrentPaper:
    """One part of the paper of a kind that runs out last, among those of one holder."""

    kind: PaperKind
    part: str
    writes: bool = True

    def expression(self, record: type[Record]) -> ColumnElement[Any]:
        """The part as a correlated subquery."""
        parts = select(Certificate.__table__.columns[self.part]).where(*_held_by(record, record.id))
        current = parts.where(Certificate.kind == self.kind.value).order_by(*_LAST_FIRST).limit(1)
        return current.scalar_subquery()

    @property
    def place(self) -> object:
        """The paper of that kind."""
        return self.kind

    def write(self, session: Session, row: Record, values: Mapping[Any, object]) -> None:
        """Correct the current paper; the first part given opens one, the last one taken away removes it.

        Which paper is meant is decided before any part is written: a new date may make another one current.
        """
        current = self._current(session, row)
        if current is None:
            if all(value is None for value in values.values()):
                return
            current = Certificate(kind=self.kind.value, entered_at=row.entered_at, origin=row.origin)
            if row.__tablename__ in HOLDERS:
                setattr(current, row.__tablename__, row.id)
            session.add(current)
        for one, value in values.items():
            setattr(current, one.part, value)
        if all(getattr(current, part) is None for part in _PART_KINDS):
            session.delete(current)
        session.flush()

    def forget(self, session: Session, row: Record) -> None:
        """Remove every paper of a holder who goes."""
        for one in session.scalars(select(Certificate).where(*_held_by(type(row), row.id))):
            session.delete(one)
        session.flush()

    def _current(self, session: Session, row: Record) -> Certificate | None:
        papers = select(Certificate).where(*_held_by(type(row), row.id), Certificate.kind == self.kind.value)
        return session.scalars(papers.order_by(*_LAST_FIRST).limit(1)).first()


_LAST_FIRST = (Certificate.valid_until.desc().nulls_last(), Certificate.id.desc())


def _held_by(record: type[Record], one: object) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a paper is held by a record; the school holds those that name nobody."""
    columns = Certificate.__table__.columns
    if record.__tablename__ in HOLDERS:
        return (columns[record.__tablename__] == one,)
    return tuple(columns[holder].is_(None) for holder in HOLDERS)


def paper(label: str, kind: PaperKind, *, part: str = "valid_until", **more: Unpack[More]) -> Field:
    """A part of the record's current certificate of that kind: valid_until, number or issued_on."""
    return Field(label, _PART_KINDS[part], kept=CurrentPaper(kind, part), **more)


def paper_fields(of: Ledger) -> tuple[Field, ...]:
    """The fields of a ledger that stand in the certificates."""
    return tuple(one for one in of.fields if isinstance(one.kept, CurrentPaper))
