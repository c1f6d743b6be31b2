"""Files of what may be bought from whom only, and of the visits the school pays to such suppliers."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from school_logistics.models.checks import Check, Level
from school_logistics.models.duties import Duty, When
from school_logistics.models.fields import Need
from school_logistics.models.ledger import Section, Tab, ledger
from school_logistics.models.outcomes import OpensHazard
from school_logistics.models.record import Record
from school_logistics.models.words import choice, code, day, ref, text
from school_logistics.rules.designated import (
    ListKind,
    VisitResult,
    hazard_of_visit,
    list_runs_forward,
    visited_by_two,
)

_PLAN_7, _PLAN_17 = "区年度后勤工作计划第7点", "区年度后勤工作计划第17点"


@ledger(
    "统一采购与指定品牌名录",
    group=Tab.CANTEEN,
    section=Section.FILES,
    title="item",
    icon="list-checks",
    sort=("item",),
    about="哪些品目只能向谁买、买什么牌子：米、面、油、酱油、醋，指定品牌的肉。名录外进货要写理由。",
    checks=(Check(list_runs_forward, blame="valid_until", otherwise="止用日期早于起用日期"),),
)
class Designated(Record):
    """One item with a supplier it may be bought from, and the brand."""

    __tablename__ = "designated"

    item: Mapped[str] = text(
        "品目", required=Need.ALWAYS, max_chars=30, chars=10, hint="品名里的字，或一个类别：大米、酱油、畜肉"
    )
    kind: Mapped[str | None] = choice("名录", ListKind, required=Need.BY_LAW, chars=8, clause=_PLAN_7)
    supplier: Mapped[int | None] = ref("供货单位", "supplier", required=Need.BY_LAW, chars=16, clause=_PLAN_7)
    brand: Mapped[str | None] = text("指定品牌", max_chars=30, chars=10)
    specification: Mapped[str | None] = text("规格", max_chars=30, chars=8)
    document_no: Mapped[str | None] = code("依据文号", chars=14, synonyms=("文号", "中标通知书号"))
    valid_from: Mapped[date | None] = day("起用日期", chars=10)
    valid_until: Mapped[date | None] = day("止用日期", chars=10)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)


@ledger(
    "定点企业考察",
    group=Tab.CANTEEN,
    section=Section.FILES,
    title="supplier",
    happened="visited_on",
    icon="eye",
    about="到供货的定点企业去看一次记一行：谁去的、生产和贮存情况、结论。不符合的自动登记隐患。",
    checks=(
        Check(
            visited_by_two,
            blame="participants",
            otherwise="考察要两人以上参加，请把参加人写全",
            level=Level.WARNING,
            clause=_PLAN_17,
        ),
    ),
    opens_hazard=OpensHazard("hazard", hazard_of_visit, ("supplier",), note="problem", on_the_spot="spot_fix"),
    duties=(Duty("定点企业考察", When.TERM, clause=_PLAN_17),),
)
class SupplierVisit(Record):
    """One visit to a supplier's place of work."""

    __tablename__ = "supplier_visit"

    visited_on: Mapped[date] = day("考察日期", required=Need.ALWAYS, default=lambda today: today, chars=10)
    supplier: Mapped[int] = ref("供货单位", "supplier", required=Need.ALWAYS, chars=16)
    lead: Mapped[str | None] = text("带队人", max_chars=20, chars=7)
    participants: Mapped[str | None] = text(
        "参加人", required=Need.BY_LAW, max_chars=60, chars=14, clause=_PLAN_17, hint="用顿号隔开"
    )
    papers: Mapped[str | None] = text("证照与检测报告", max_chars=100, chars=14)
    production: Mapped[str | None] = text(
        "生产加工情况", max_chars=200, chars=18, required=Need.BY_LAW, clause=_PLAN_17
    )
    storing: Mapped[str | None] = text("贮存与配送情况", max_chars=200, chars=18)
    result: Mapped[str | None] = choice("考察结论", VisitResult, required=Need.BY_LAW, chars=8, clause=_PLAN_17)
    problem: Mapped[str | None] = text("发现问题", max_chars=200, chars=16)
    spot_fix: Mapped[str | None] = text("当场整改", max_chars=100, chars=12)
    hazard: Mapped[int | None] = ref("隐患编号", "hazard", chars=10, in_table=False)
    remark: Mapped[str | None] = text("备注", max_chars=200, chars=10)
