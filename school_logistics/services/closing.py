"""Closing a month: what is still open in it, the red line, and opening it again with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from school_logistics.errors import OfficeError
from school_logistics.models import audit, month_close
from school_logistics.models.month_close import MonthAct
from school_logistics.models.record import Origin
from school_logistics.rules.calendar import Month
from school_logistics.rules.weeks import weeks_of
from school_logistics.services.form_states import FormState, Standing
from school_logistics.services.listing import months_before, within

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from school_logistics.services.desk import Desk
    from school_logistics.services.missing import Missing
    from school_logistics.services.month import MonthPack

_LONGEST = 200
_FEW = 3

_LATE = [one.value for one in Origin if one.late]


class LateEntries(NamedTuple):
    """How many records of a ledger were entered late."""

    ledger: str
    label: str
    rows: int


class CloseList(NamedTuple):
    """What is still open before a month is closed."""

    month: Month
    gaps: tuple[Missing, ...]
    """What forms and files lack, forms without records included."""
    late: tuple[LateEntries, ...]
    unsigned: tuple[FormState, ...]
    """Forms with records that are not signed as they stand."""
    backup: str
    """What to put aside first."""
    closed: MonthAct | None
    """The closing, when the month is closed already."""
    hindrance: str = ""
    """Why it cannot be closed yet, or cannot be opened again; "" when it can."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The list in a few sentences."""
        inside = sum(1 for one in self.gaps if one.is_gap)
        late = sum(one.rows for one in self.late)
        blank = len(self.gaps) - inside
        return (
            f"缺项：{inside} 处" if inside else "缺项：没有",
            f"没有记录的表：{blank} 张" if blank else "没有记录的表：没有",
            f"补录：{late} 条（{'、'.join(f'{one.label} {one.rows}' for one in self.late)}）" if late else "补录：没有",
            f"还没签字的表：{len(self.unsigned)} 张（{'、'.join(one.code for one in self.unsigned)}）"
            if self.unsigned
            else "还没签字的表：没有",
            f"备份：{self.backup}",
        )

    @property
    def summary(self) -> str:
        """What is still open, for the trail."""
        inside = sum(1 for one in self.gaps if one.is_gap)
        late = sum(one.rows for one in self.late)
        return f"还缺 {inside} 处，补录 {late} 条，未签字 {len(self.unsigned)} 张"


class Closing:
    """Closes and reopens months."""

    def __init__(self, desk: Desk, pack: MonthPack, folder: Path | None = None) -> None:
        """`folder` is the data folder, to be named in the hint to put a copy aside."""
        self._desk, self._pack, self._folder = desk, pack, folder

    def months(self) -> frozenset[Month]:
        """The months that are closed now."""
        return self._desk.closed_months()

    def acts(self, month: Month) -> list[MonthAct]:
        """When a month was closed and reopened, by whom and why, the oldest first."""
        with self._desk.store.reading() as session:
            return month_close.acts(session.connection(), month.iso)

    def closed(self, month: Month) -> MonthAct | None:
        """The closing of a month that is closed now."""
        acts = self.acts(month)
        return acts[-1] if acts and acts[-1].closed else None

    def open_things(self, month: Month) -> CloseList:
        """What is still open in a month: gaps, late entries, forms not signed, and the backup."""
        states = self._pack.states(month)
        with self._desk.store.reading() as session:
            late = tuple(self._late(session, month))
        where = f"（{self._folder}）" if self._folder else ""
        closed = self.closed(month)
        return CloseList(
            month,
            tuple(self._pack.missing(month)),
            late,
            tuple(one for one in states if one.standing is not Standing.SIGNED and (one.rows or one.version)),
            f"结账前请把数据文件夹{where}整个复制一份到 U 盘，并打开看一眼",
            closed,
            self._why_not_open(month) if closed else self._why_not_close(month),
        )

    def close(self, month: Month) -> CloseList:
        """Draw the red line under a month; what was still open comes back and is noted.

        Raises OfficeError for a month that is not over, is closed already, or has an earlier one still open.
        """
        if self.closed(month):
            raise OfficeError(f"{month}已经结过账了，没有改动。要再改，请先重开并写明原因。")
        why = self._why_not_close(month)
        if why:
            raise OfficeError(f"{why}没有改动。")
        found = self.open_things(month)
        self._note(month, f"月结 {month}", closed=True, reason=found.summary)
        return found

    def reopen(self, month: Month, reason: str) -> MonthAct:
        """Open a closed month again.

        Raises OfficeError when it is not closed, when a later one is, or when no reason is given.
        """
        reason = " ".join(reason.split())
        if not self.closed(month):
            raise OfficeError(f"{month}没有结账，不用重开。")
        why = self._why_not_open(month)
        if why:
            raise OfficeError(f"{why}没有重开。")
        if not reason:
            raise OfficeError("重开已结账的月份要写明原因，例如“审计要求更正 10 月 9 日的数量”。没有重开。")
        if len(reason) > _LONGEST:
            raise OfficeError(f"原因太长（{len(reason)} 字），请压到 {_LONGEST} 字以内。没有重开。")
        return self._note(month, f"重开 {month}：{reason}"[:_LONGEST], closed=False, reason=reason)

    def to_close_first(self, month: Month) -> list[Month]:
        """The earlier months that have records and are still open, the oldest first; none above the red line."""
        with self._desk.store.reading() as session:
            found = {
                one
                for ledger in self._desk.ledgers()
                if ledger.happened
                for one in months_before(session, ledger, month)
            }
        line = max((one for one in self.months() if one < month), default=None)
        return sorted(one for one in found if line is None or one > line)

    def _why_not_close(self, month: Month) -> str:
        """That a month is not over, or an earlier one still open; "" when it can be closed."""
        today = self._desk.today
        if month.last >= today:
            return f"{month}还没有过完（今天 {today}），到下个月才能结账。"
        last = weeks_of(month)[-1]
        if last.friday >= today and self._desk.calendar.is_school_day(last.friday):
            return (
                f"{month}的最后一周（{last.first:%m-%d}～{last.friday:%m-%d}）还没有过完，这一周的周报也算{month}的；"
                f"{last.friday:%m-%d} 过后再结账。"
            )
        first = self.to_close_first(month)
        if not first:
            return ""
        return f"{_listed(first)}有记录，还没有结账。月份要按先后结，后面的数才不会再变：请先结{first[0]}。"

    def _why_not_open(self, month: Month) -> str:
        """That a later month is closed; "" when a closed month can be opened again."""
        later = sorted(one for one in self.months() if one > month)
        if not later:
            return ""
        return f"{_listed(later)}在它后面已经结账，数是接着{month}算的。请先重开{later[-1]}，一个月一个月往前开。"

    def _note(self, month: Month, title: str, *, closed: bool, reason: str) -> MonthAct:
        with self._desk.store.unit_of_work(title, self._desk.actor) as session:
            connection, act = session.connection(), audit.act_of(session)
            told = {"month": month.iso, "closed": closed, "reason": reason, "told_at": act.at, "actor": act.actor}
            one = month_close.add(connection, told)
            image: audit.Image = {key: value for key, value in told.items() if key != "told_at"}  # type: ignore[misc]
            audit.write(connection, act, [audit.Change(month_close.CLOSINGS.name, one, audit.INSERT, None, image)])
        self._desk.tell({month_close.CLOSINGS.name})
        return MonthAct(one, month.iso, closed, reason, act.at, act.actor)

    def _late(self, session: Session, month: Month) -> list[LateEntries]:
        """The ledgers with records of the month that were entered late."""
        found = []
        for ledger in self._desk.ledgers():
            if not ledger.happened:
                continue
            record = ledger.record
            late = select(func.count()).select_from(record).where(record.origin.in_(_LATE), within(ledger, month))
            rows = session.scalar(late)
            if rows:
                found.append(LateEntries(ledger.key, ledger.label, rows))
        return found


def _listed(months: Sequence[Month]) -> str:
    """2026年8月、2026年9月; of many the first and the last."""
    return "、".join(map(str, months)) if len(months) <= _FEW else f"{months[0]}到{months[-1]}"
