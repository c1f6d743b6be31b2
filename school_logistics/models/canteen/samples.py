"""What was kept back of each dish as a sample."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from school_logistics.models.canteen.fitness import fit_to_sign
from school_logistics.models.checks import Check, Level, Lookup, Values
from school_logistics.models.duties import Duty, OfPlan, When
from school_logistics.models.fields import Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.outcomes import OpensHazard
from school_logistics.models.record import Record, Tables
from school_logistics.models.words import (
    choice,
    code,
    computed,
    count,
    measure,
    moment,
    ref,
    text,
)
from school_logistics.rules.food import (
    StorageKind,
)
from school_logistics.rules.kinds import Moment
from school_logistics.rules.samples import (
    Meal,
    cleared_early_and_explained,
    cleared_early_without_a_word,
    cold_enough,
    container_free,
    hazard_of_sample,
    near_its_meal,
    not_forgotten,
    sample_asked,
    sample_keep_until,
    short_and_explained,
    short_without_a_word,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_SAMPLES = "教育部令第45号第40条"
_TAKEN_BY = fit_to_sign("sampler", "reviewer", on="taken_at")
_CLEARED_BY = fit_to_sign("cleared_by", on="cleared_at")


def _other_containers(session: Session, rows: Sequence[Values]) -> Sequence[object]:
    """The containers of the other samples of the same day and meal."""
    told = Tables.metadata.tables["retained_sample"].c
    days = {taken.date() for row in rows if isinstance(taken := row.get("taken_at"), datetime)}
    found: dict[tuple[date, object], list[tuple[int, str | None]]] = {}
    for day in days if any(row.get("container_no") for row in rows) else ():
        on_day = told.taken_at.between(datetime.combine(day, time.min), datetime.combine(day, time.max))
        for one, meal, container in session.execute(select(told.id, told.meal, told.container_no).where(on_day)):
            found.setdefault((day, meal), []).append((one, container))
    return [
        frozenset(
            container
            for one, container in found.get((taken.date(), row.get("meal")), ())
            if one != row.get("id") and container
        )
        if isinstance(taken := row.get("taken_at"), datetime)
        else frozenset()
        for row in rows
    ]


@ledger(
    "留样记录",
    group=Tab.CANTEEN,
    section=Section.DAILY,
    title="dish",
    happened="taken_at",
    code="C10",
    icon="flask-conical",
    later=("cleared_at", "cleared_by", "reviewer", "remark"),
    about="每餐每样成品都要留样，不少于 125 克，冷藏满 48 小时才能处理。",
    checks=(
        Check(short_without_a_word, blame="grams", level=Level.GAP, given=("book", "today"), clause=_SAMPLES),
        Check(short_and_explained, blame="grams", level=Level.WARNING, given=("book", "today"), clause=_SAMPLES),
        Check(cleared_early_without_a_word, blame="cleared_at", level=Level.GAP, given=("book",), clause=_SAMPLES),
        Check(cleared_early_and_explained, blame="cleared_at", level=Level.WARNING, given=("book",), clause=_SAMPLES),
        Check(
            cold_enough, blame="fridge_celsius", level=Level.WARNING, given=("book", "today"), clause="GB 31654-2021"
        ),
        Check(near_its_meal, blame="taken_at", level=Level.WARNING, given=("book",)),
        Check(not_forgotten, blame="cleared_at", level=Level.WARNING, given=("book", "today"), clause=_SAMPLES),
        Check(container_free, blame="container_no", given=("containers",), clause=_SAMPLES),
        *_TAKEN_BY.checks,
        *_CLEARED_BY.checks,
    ),
    lookups=(Lookup("containers", _other_containers), _TAKEN_BY.lookup, _CLEARED_BY.lookup),
    opens_hazard=OpensHazard(
        "hazard", hazard_of_sample, given=("book", "today"), note="problem", on_the_spot="spot_fix"
    ),
    duties=(
        Duty(
            "每餐每样成品留样",
            When.SCHOOL_DAY,
            OfPlan("menu_dish", (("meal", "meal"), ("dish", "dish")), keep=sample_asked),
            clause=_SAMPLES,
            title="留样",
        ),
    ),
)
class RetainedSample(Record):
    """A sample of one dish of one meal, kept cold until it may be thrown away."""

    __tablename__ = "retained_sample"

    taken_at: Mapped[datetime] = moment(
        "留样时间", index=True, required=Need.ALWAYS, chars=16, carry=True, clause=_SAMPLES
    )
    meal: Mapped[str | None] = choice("餐次", Meal, required=Need.BY_LAW, carry=True, chars=5, clause=_SAMPLES)
    dish: Mapped[str] = text(
        "留样食品名称", required=Need.ALWAYS, max_chars=30, chars=12, synonyms=("食品名称", "菜名", "品名")
    )
    grams: Mapped[int | None] = count(
        "留样量",
        unit="g",
        required=Need.BY_LAW,
        chars=6,
        most=5000,
        synonyms=("留样数量", "留样量（g）"),
        clause=_SAMPLES,
    )
    container_no: Mapped[str | None] = code(
        "容器编号", max_chars=12, chars=6, in_table=False, hint="同一餐里不重复，与标签一致", synonyms=("留样盒编号",)
    )
    storage: Mapped[str | None] = choice(
        "保存条件", StorageKind, default=StorageKind.CHILLED.value, chars=7, in_table=False
    )
    fridge_celsius: Mapped[Decimal | None] = measure(
        "留样柜温度", unit="℃", places=1, shown=1, signed=True, chars=7, synonyms=("柜温",)
    )
    sampler: Mapped[int | None] = ref("留样人", "staff", required=Need.BY_LAW, carry=True, chars=7, clause=_SAMPLES)
    keep_until: Mapped[datetime | None] = computed(
        "保存至", Moment(), sample_keep_until, given=("book",), chars=16, synonyms=("留样保存至",)
    )
    cleared_at: Mapped[datetime | None] = moment("处理时间", chars=16, synonyms=("销毁时间", "处理（销毁）时间"))
    cleared_by: Mapped[int | None] = ref("处理人", "staff", chars=7)
    reviewer: Mapped[str | None] = text(
        "审核人", signs=True, max_chars=20, chars=7, synonyms=("监督人", "审核（监督）人")
    )
    problem: Mapped[str | None] = text("异常情况", max_chars=100, chars=12, section="异常", in_table=False)
    spot_fix: Mapped[str | None] = text(
        "当场处理", max_chars=100, chars=12, section="异常", in_table=False, hint="调低档位、换柜存放等"
    )
    hazard: Mapped[int | None] = ref("隐患编号", "hazard", chars=10, section="异常", in_table=False)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)
