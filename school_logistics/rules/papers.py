"""The kinds of paper that run out: whose they are, what stops without them, when to warn, which clause says so."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from school_logistics.rules.derivation import interval_of
from school_logistics.rules.food import SourceKind

if TYPE_CHECKING:
    from datetime import date

    from school_logistics.rules.book import RuleBook


class PaperKind(StrEnum):
    """What a dated document is."""

    BUSINESS_LICENCE = "营业执照"
    FOOD_PERMIT = "食品许可证"
    SUPPLY_CONTRACT = "供货合同"
    TEST_REPORT = "检测报告"
    HEALTH_CERTIFICATE = "健康证"
    POST_CERTIFICATE = "上岗证"
    OTHER_CERTIFICATE = "其他证书"
    DRIVING_LICENCE = "驾驶证"
    DRIVER_MEDICAL = "驾驶人体检"
    VEHICLE_INSPECTION = "校车检验"
    OPERATING_PERMIT = "校车使用许可"
    BUS_BADGE = "校车标牌"
    CARRIER_INSURANCE = "承运人责任险"
    COMPULSORY_INSURANCE = "交强险"
    COMMERCIAL_INSURANCE = "商业三者险"
    SCHOOL_LIABILITY = "校方责任险"
    CANTEEN_PERMIT = "食堂经营许可证"


class PaperFacts(NamedTuple):
    """What hangs on a paper. `warn` and `holds` name entries of the rule book.

    `warn`: the days of warning; `holds`: for how long from its issue such a paper is good, "" where no rule says so.
    """

    holders: tuple[str, ...]
    stops: str
    warn: str
    clause: str
    holds: str = ""


_SUPPLIER, _DRIVER, _BUS, _STAFF, _SCHOOL = ("supplier",), ("driver",), ("bus",), ("staff",), ()

PAPER_FACTS: dict[PaperKind, PaperFacts] = {
    PaperKind.BUSINESS_LICENCE: PaperFacts(_SUPPLIER, "停供", "warn.licence", "食品安全法第53条"),
    PaperKind.FOOD_PERMIT: PaperFacts(_SUPPLIER, "停供", "warn.licence", "食品安全法第53条", "supplier.permit.years"),
    PaperKind.SUPPLY_CONTRACT: PaperFacts(_SUPPLIER, "逾期", "warn.licence", "教育部令第45号第32条"),
    PaperKind.TEST_REPORT: PaperFacts(_SUPPLIER, "逾期", "warn.licence", "校内规定，可改", "report.months"),
    PaperKind.HEALTH_CERTIFICATE: PaperFacts(
        _STAFF, "停岗", "warn.health", "食品安全法第45条", "health_certificate.months"
    ),
    PaperKind.POST_CERTIFICATE: PaperFacts(_STAFF, "停岗", "warn.health", "先培训后上岗"),
    PaperKind.OTHER_CERTIFICATE: PaperFacts((*_STAFF, *_DRIVER), "逾期", "warn.health", ""),
    PaperKind.DRIVING_LICENCE: PaperFacts(_DRIVER, "停岗", "warn.driving_licence", "机动车驾驶证申领和使用规定第63条"),
    PaperKind.DRIVER_MEDICAL: PaperFacts(_DRIVER, "停岗", "warn.health", "校内规定，可改", "bus.driver.checkup_months"),
    PaperKind.VEHICLE_INSPECTION: PaperFacts(
        _BUS, "停运", "warn.bus", "校车安全管理条例第20条", "bus.inspection.months"
    ),
    PaperKind.OPERATING_PERMIT: PaperFacts(_BUS, "停运", "warn.bus", "校车安全管理条例第14条"),
    PaperKind.BUS_BADGE: PaperFacts(_BUS, "停运", "warn.bus", "机动车登记规定第61条"),
    PaperKind.CARRIER_INSURANCE: PaperFacts(_BUS, "停运", "warn.bus", "校车安全管理条例第14条第5项"),
    PaperKind.COMPULSORY_INSURANCE: PaperFacts(_BUS, "停运", "warn.insurance", "机动车交通事故责任强制保险条例第19条"),
    PaperKind.COMMERCIAL_INSURANCE: PaperFacts(_BUS, "逾期", "warn.insurance", ""),
    PaperKind.SCHOOL_LIABILITY: PaperFacts(_SCHOOL, "逾期", "warn.insurance", "国办发〔2017〕35号"),
    PaperKind.CANTEEN_PERMIT: PaperFacts(
        _SCHOOL, "停用", "warn.licence", "教育部令第45号第25条", "supplier.permit.years"
    ),
}


class Paper(Protocol):
    """A certificate as these rules see it."""

    kind: str | None
    issued_on: date | None
    valid_until: date | None
    supplier: int | None
    staff: int | None
    bus: int | None
    driver: int | None


HOLDERS = ("supplier", "staff", "bus", "driver")
_HOLDER_WORDS = {"supplier": "供货单位", "staff": "人员", "bus": "校车", "driver": "驾驶人"}


def runs_forward(paper: Paper) -> bool:
    """Whether a paper ends no earlier than it begins."""
    return not (paper.issued_on and paper.valid_until) or paper.issued_on <= paper.valid_until


def holder_fits(paper: Paper) -> str:
    """Say when a paper names two holders, or one who cannot hold this kind."""
    named = [holder for holder in HOLDERS if getattr(paper, holder) is not None]
    if len(named) > 1:
        return f"一份证照只能属于一处，现在选了{'和'.join(_HOLDER_WORDS[one] for one in named)}"
    if not paper.kind:
        return ""
    may = PAPER_FACTS[PaperKind(paper.kind)].holders
    if named and named[0] not in may:
        return f"{paper.kind}不能登记在{_HOLDER_WORDS[named[0]]}名下"
    if may and not named:
        return f"{paper.kind}要选{'或'.join(_HOLDER_WORDS[one] for one in may)}"
    return ""


def holder_name(**holders: object) -> str:
    """What the holder of a paper is called; 本校 where none is named."""
    for holder in HOLDERS:
        record = holders.get(holder)
        if record is not None:
            return str(getattr(record, "name", None) or getattr(record, "plate", None) or "")
    return "本校"


def runs_out_on(row: Paper, **given: object) -> date | None:
    """The day a paper runs out, unless its holder has left; one that holds forever runs out on the last of days."""
    gone = any(_has_left(given.get(holder)) for holder in HOLDERS)
    return None if gone else row.valid_until


def by_rule_until(row: Paper, *, book: RuleBook, supplier: object = None, **_given: object) -> date | None:
    """Until when a paper of its kind is good by rule, counted from its issue; None where no rule says so.

    The registration of a small workshop (小作坊登记证) holds for less long than a permit.
    """
    holds = PAPER_FACTS[PaperKind(str(row.kind))].holds
    if row.kind == PaperKind.FOOD_PERMIT and getattr(supplier, "source_kind", None) == SourceKind.WORKSHOP:
        holds = "supplier.workshop.years"
    every = interval_of(book.entry(holds, row.issued_on)) if holds and row.issued_on else None
    return every.after(row.issued_on) if every and row.issued_on else None


def what_runs_out(row: Paper, **given: object) -> str:
    """鲁Z10088 校车检验."""
    return f"{holder_name(**given)} {row.kind}"


def what_stops(row: Paper, **_given: object) -> str:
    """What must stop once the paper has run out."""
    return PAPER_FACTS[PaperKind(str(row.kind))].stops


def why_it_matters(row: Paper, **_given: object) -> str:
    """The reason, beside the fact."""
    until = f"{row.valid_until:%Y-%m-%d} 到期"
    return f"{until}，{_CONSEQUENCES[what_stops(row)]}。"


def clause_of(row: Paper, **_given: object) -> str:
    """The clause that says so."""
    return PAPER_FACTS[PaperKind(str(row.kind))].clause


def days_of_warning(row: Paper, *, book: RuleBook, today: date, **_holders: object) -> tuple[int, ...]:
    """From how many days before a paper's end it is spoken of."""
    return book.wholes(PAPER_FACTS[PaperKind(str(row.kind))].warn, today)


def most_days_of_warning(book: RuleBook, today: date) -> int:
    """From how many days before its end any paper is spoken of at most."""
    return max(days for facts in PAPER_FACTS.values() for days in book.wholes(facts.warn, today))


_CONSEQUENCES = {
    "停运": "过期不得载学生",
    "停用": "过期不得使用",
    "停岗": "过期不得上岗",
    "停供": "过期不得再进货",
    "逾期": "到期前办好续期",
}


def _has_left(holder: object) -> bool:
    """A supplier who left, a person who went, a bus taken out of service."""
    gone = ("exited_on", "left_on", "retired_on")
    return any(getattr(holder, one, None) is not None for one in gone)
