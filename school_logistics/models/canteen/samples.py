"""What was kept back of each dish as a sample."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Mapped

from school_logistics.models.ledger import Check, Level, Need, Section, Tab, ledger
from school_logistics.models.record import Record
from school_logistics.models.words import (
    choice,
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
    cold_enough,
    heavy_enough,
    kept_long_enough,
    near_its_meal,
    sample_keep_until,
)

_SAMPLES = "教育部令第45号第40条"


@ledger(
    "留样记录",
    group=Tab.CANTEEN,
    section=Section.DAILY,
    title="dish",
    happened="taken_at",
    code="C10",
    icon="flask-conical",
    about="每餐每样成品都要留样，不少于 125 克，冷藏满 48 小时才能处理。",
    checks=(
        Check(heavy_enough, blame="grams", level=Level.GAP, given=("book", "today"), clause=_SAMPLES),
        Check(kept_long_enough, blame="cleared_at", level=Level.REFUSED, given=("book",), clause=_SAMPLES),
        Check(
            cold_enough, blame="fridge_celsius", level=Level.WARNING, given=("book", "today"), clause="GB 31654-2021"
        ),
        Check(near_its_meal, blame="taken_at", level=Level.WARNING, given=("book",)),
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
    reviewer: Mapped[str | None] = text("审核人", max_chars=20, chars=7, synonyms=("监督人", "审核（监督）人"))
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)
