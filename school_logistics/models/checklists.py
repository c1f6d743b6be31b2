"""The checklists: what is looked at in a check, as data the clerk may change, and the answers given.

A checklist has its items, each from a day on, so that an old check is printed as it was. Extinguishers and buses are
checked in ledgers of their own; every other check is an `inspection`. The answers of them all stand in one table.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Integer, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from school_logistics.models.columns import WHOLE
from school_logistics.models.ledger import Check, Facts, Need, Section, Tab, ledger
from school_logistics.models.record import Record
from school_logistics.models.words import choice, code, count, day, flag, measure, ref, text
from school_logistics.rules.hazards import HazardCategory
from school_logistics.rules.inspections import CheckCycle, CheckStyle, unspeakable

POINT_PLACES = 1


class FixedChecklist(StrEnum):
    """The checklists that a ledger of its own answers; they are known by these names."""

    EXTINGUISHER = "灭火器月检"
    BUS_DAILY = "校车出车检查"


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
    about="检查表上的项目，可以增改；改动只影响启用日期以后的检查，旧表照旧：旧项目填停用日期，新项目另写一行。",
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
