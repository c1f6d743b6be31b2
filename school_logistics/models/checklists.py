"""The checklists: what is looked at in a check, as data the clerk may change, and the answers given.

A checklist has its items, each from a day on, so that an old check is printed as it was. Extinguishers and buses are
checked in ledgers of their own; every other check is an `inspection`. The answers of them all stand in one table. What
judges a check (the item with its points and its veto, the passing score) is not changed once it was answered: the old
item ends, a new one begins.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Integer, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from school_logistics.models.checks import Check, Facts, Lasting
from school_logistics.models.columns import WHOLE
from school_logistics.models.fields import Need
from school_logistics.models.ledger import Section, Tab, day_in, ledger
from school_logistics.models.record import Record
from school_logistics.models.references import every_record
from school_logistics.models.words import choice, code, count, day, flag, measure, ref, text
from school_logistics.rules.hazards import HazardCategory
from school_logistics.rules.inspections import CheckCycle, CheckStyle, unspeakable

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

    from school_logistics.models.checks import Image

POINT_PLACES = 1


class FixedChecklist(StrEnum):
    """The checklists that a ledger of its own answers; they are known by these names."""

    EXTINGUISHER = "灭火器月检"
    BUS_DAILY = "校车出车检查"


_JUDGED_BY = ("checklist", "label", "points", "veto", "valid_from")
_LIST_JUDGED_BY = ("name", "style", "pass_score", "form")


def _item_stands(
    connection: Connection, one: int | None, before: Image | None, after: Image | None
) -> tuple[str, str] | None:
    """What a change of an item would do to checks already made: judge them anew, or ask them something else."""
    if after is None:
        return None
    answered = _last_checked(connection, CheckItem.id == one) if one is not None and before is not None else None
    if answered is not None and before is not None:
        changed = [key for key in _JUDGED_BY if (before.get(key) or None) != (after.get(key) or None)]
        if changed:
            return changed[0], (
                f"这一项 {answered} 还检查过，改了旧表就跟着变，没有改。"
                f"请给它填停用日期（{answered} 或以后），改好的另写一行，从停用的第二天起用"
            )
        until = day_in(after.get("valid_to"))
        if until is not None and until < answered:
            return "valid_to", f"这一项 {answered} 还检查过，停用日期不能比那天早；没有改"
    made = _last_checked(connection, CheckItem.checklist == after.get("checklist"))
    ended = day_in(before.get("valid_to")) if before is not None else None
    if answered is not None:
        if made is None or ended is None or ended >= made or after.get("valid_to") == (before or {}).get("valid_to"):
            return None
        return "valid_to", f"这一项停用以后，这张表 {made} 又检查过，不能再接着用；请另写一行，没有改"
    since = day_in(after.get("valid_from"))
    keys = (*_JUDGED_BY, "valid_to")
    asks_more = before is None or any(before.get(key) != after.get(key) for key in keys)
    if made is None or since is None or since > made or not asks_more:
        return None
    then = made + timedelta(days=1)
    return "valid_from", f"这张表 {made} 已经检查过，新项目要从 {then} 或以后起用，旧表才不跟着变；没有改"


def _list_stands(
    connection: Connection, one: int | None, before: Image | None, after: Image | None
) -> tuple[str, str] | None:
    """What a change of a list would do to checks already made by it."""
    if one is None or before is None or after is None:
        return None
    changed = [key for key in _LIST_JUDGED_BY if (before.get(key) or None) != (after.get(key) or None)]
    made = _last_checked(connection, CheckItem.checklist == one) if changed else None
    if made is None:
        return None
    told = f"这张表 {made} 已经检查过，改了旧表就跟着变，没有改。请给它填停用日期，另建一张新表，项目写在新表下"
    return changed[0], told


def _last_checked(connection: Connection, items: ColumnElement[bool]) -> date | None:
    """The last day of a check in which any of some items was answered."""
    asked = CheckAnswer.item.in_(select(CheckItem.id).where(items))
    records = {one.__tablename__: one for one in every_record()}
    days = []
    for name in connection.scalars(select(CheckAnswer.check_ledger).where(asked).distinct()).all():
        record = records[name]
        day = record.__table__.c[record.ledger.happened]
        checks = select(CheckAnswer.check_id).where(asked, CheckAnswer.check_ledger == name)
        days.append(day_in(connection.scalar(select(func.max(day)).where(record.__table__.c.id.in_(checks)))))
    return max((day for day in days if day is not None), default=None)


def _stops_after_it_starts(row: Facts) -> bool:
    return row.valid_to is None or row.valid_from is None or row.valid_to >= row.valid_from


@ledger(
    "检查表",
    group=Tab.WATER_SAFETY,
    section=Section.FILES,
    title="name",
    number=("name",),
    icon="clipboard-list",
    sort=("area", "name"),
    lasting=Lasting(stands=_list_stands),
    about="每一种检查用哪张表：每日、每周、每月，还是评分。上级换了表，在这里新建一张，项目写在“检查项目”里。",
)
class Checklist(Record):
    """One list of what is checked, how it is answered, and on which form it is printed."""

    __tablename__ = "checklist"

    name: Mapped[str] = text("检查表名称", required=Need.ALWAYS, max_chars=30, chars=16, synonyms=("检查表",))
    area: Mapped[str | None] = choice(
        "归口", HazardCategory, required=Need.BY_LAW, chars=6, hint="查出的问题归入哪一类隐患"
    )
    cycle: Mapped[str | None] = choice(
        "频次", CheckCycle, chars=6, hint="每日、每周、每月的会列入应检查的", synonyms=("检查频次",)
    )
    style: Mapped[str | None] = choice("填法", CheckStyle, default=CheckStyle.COMPLIES.value, chars=8)
    pass_score: Mapped[Decimal | None] = measure(
        "合格分数", unit="分", places=POINT_PLACES, shown=0, chars=6, hint="评分的表填，按百分制"
    )
    place: Mapped[str | None] = text("检查部位", max_chars=30, chars=10, hint="这张表固定查一个地方时填")
    form: Mapped[str | None] = code(
        "打印表样", max_chars=8, chars=6, hint="印在哪张表上，如 C19、C22", synonyms=("表样编号",)
    )
    stopped_on: Mapped[date | None] = day("停用日期", chars=10)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=16)


@ledger(
    "检查项目",
    group=Tab.WATER_SAFETY,
    section=Section.FILES,
    title="label",
    number=("checklist", "label", "valid_from"),
    icon="list-checks",
    sort=("checklist", "position"),
    about="检查表上的项目。检查过的项目不再改名称、分值和否决，旧表照旧：旧项目填停用日期，新项目另写一行，从第二天起用。",
    lasting=Lasting(
        "valid_from",
        "valid_to",
        "要改请给旧项目填停用日期（{last} 或以后），新项目另写一行，从 {first} 或以后起用；",
        _item_stands,
    ),
    checks=(Check(_stops_after_it_starts, blame="valid_to", otherwise="停用日期早于启用日期"),),
)
class CheckItem(Record):
    """One thing looked at in a check, from a day on, until replaced."""

    __tablename__ = "check_item"

    checklist: Mapped[int] = ref("检查表", "checklist", required=Need.ALWAYS, chars=14, carry=True)
    part: Mapped[str | None] = text("大项", max_chars=20, chars=8, carry=True, hint="如 原料与用水")
    position: Mapped[int] = count("顺序", required=Need.ALWAYS, chars=4)
    label: Mapped[str] = text(
        "项目", required=Need.ALWAYS, max_chars=20, chars=12, fault=unspeakable, hint="简短的名称，不带顿号、括号"
    )
    detail: Mapped[str | None] = text(
        "怎样算正常", max_chars=200, chars=26, synonyms=("检查内容", "要求", "内容和标准")
    )
    key_item: Mapped[bool | None] = flag("法定项", chars=5, hint="打印时加 ★ 或 *", synonyms=("重点项",))
    veto: Mapped[bool | None] = flag("否决项", chars=5, hint="不符合时整表不合格，不论得分")
    points: Mapped[Decimal | None] = measure(
        "分值", unit="分", places=POINT_PLACES, shown=0, chars=5, hint="评分的表填"
    )
    deduction: Mapped[str | None] = text("扣分标准", max_chars=100, chars=18, synonyms=("评分标准",))
    clause: Mapped[str | None] = text("依据", max_chars=60, chars=18)
    valid_from: Mapped[date] = day("启用日期", required=Need.ALWAYS, chars=10)
    valid_to: Mapped[date | None] = day("停用日期", chars=10)


class CheckAnswer(Record):
    """The answer to one item of one check: its mark, the points it costs, and what was found."""

    __tablename__ = "check_answer"
    called = "检查记录"
    part_of = ("check_ledger", "check_id")

    check_ledger: Mapped[str] = mapped_column(String(40), index=True)
    check_id: Mapped[int] = mapped_column(WHOLE, index=True)
    item: Mapped[int] = mapped_column(WHOLE, ForeignKey("check_item.id", ondelete="RESTRICT"), index=True)
    mark: Mapped[str] = mapped_column(String(1))
    lost_tenths: Mapped[int | None] = mapped_column(Integer, default=None)
    """Tenths of a point: the trail keeps plain values of what is no ledger."""
    note: Mapped[str | None] = mapped_column(String(200), default=None)
    position: Mapped[int] = mapped_column(Integer, default=0)


def checklist_named(session: Session, name: str) -> int | None:
    """The id of a checklist by its name."""
    return session.scalar(select(Checklist.id).where(Checklist.name == name))


def items_on(session: Session, checklist: str | int | None, on: date) -> list[CheckItem]:
    """The items of a list, given by name or id, in force on a day, in order."""
    one = checklist_named(session, checklist) if isinstance(checklist, str) else checklist
    in_force = select(CheckItem).where(
        CheckItem.checklist == one,
        CheckItem.valid_from <= on,
        (CheckItem.valid_to.is_(None)) | (CheckItem.valid_to >= on),
    )
    return list(session.scalars(in_force.order_by(CheckItem.position, CheckItem.id)))
