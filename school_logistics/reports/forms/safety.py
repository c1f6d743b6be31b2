"""S2, the register of hazards: those found in the month, and those from before that are still open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from school_logistics.models.safety import Hazard
from school_logistics.reports.blocks import Block, Line, Signatures, Stamp
from school_logistics.reports.form import Entry, Head, PrintedForm, Register, Source
from school_logistics.reports.register import PaperColumn, column_of, day_near, grid_of
from school_logistics.rules.calendar import Month
from school_logistics.rules.hazards import HazardLevel

_hazard = Hazard.ledger


def _columns(year: int) -> tuple[PaperColumn, ...]:
    """The columns of the register; days without their year where it is that of the form."""

    def day(key: str, heading: str = "") -> PaperColumn:
        return column_of(_hazard, key, heading=heading, mm=11, text=day_near(key, year))

    return (
        column_of(_hazard, "hazard_no", mm=18.5),
        day("found_on", "发现时间"),
        column_of(_hazard, "source", mm=13, wrap=False),
        column_of(_hazard, "place", mm=16),
        column_of(_hazard, "category", heading="类别", mm=10),
        column_of(_hazard, "description", mm=27),
        PaperColumn(heading="照片", mm=8, text=lambda _hazard: ""),
        column_of(_hazard, "level", heading="级别", mm=8),
        column_of(_hazard, "criterion", heading="判定依据条款", mm=12),
        column_of(_hazard, "corrective_action", mm=22),
        column_of(_hazard, "department", mm=12),
        column_of(_hazard, "owner", mm=11, align="center", wrap=False),
        day("due_on"),
        column_of(_hazard, "budget", heading="资金（元）", mm=14),
        column_of(_hazard, "action_taken", mm=17),
        day("fixed_on"),
        column_of(_hazard, "verified_by", mm=11, align="center", wrap=False),
        day("verified_on"),
        column_of(_hazard, "verification", mm=9),
        day("closed_on"),
        column_of(_hazard, "state", mm=12, wrap=False),
    )


def _gather(source: Source, month: Month) -> Register:
    """A hazard stays on the register until the month in which it is struck off, be it years later; overdue first."""
    known = [
        hazard
        for hazard in source.entries(_hazard)
        if hazard["found_on"] <= month.last and (hazard["closed_on"] is None or hazard["closed_on"] >= month.first)
    ]
    return Register(sorted(known, key=lambda hazard: (_standing(hazard, month), hazard["found_on"], hazard.id)))


def _standing(hazard: Entry, month: Month) -> int:
    """How a hazard stands at the end of the month: overdue before open before struck off."""
    if hazard["closed_on"] is not None and hazard["closed_on"] <= month.last:
        return 2
    fixed = hazard["fixed_on"] is not None and hazard["fixed_on"] <= month.last
    return 0 if _overdue(hazard, month) and not fixed else 1


def _overdue(hazard: Entry, month: Month) -> bool:
    return hazard["due_on"] is not None and hazard["due_on"] < month.last


def _counted(hazards: Sequence[Entry], month: Month) -> Line:
    """What the month brought: found, still open from before, struck off, and how many of them are major."""
    found = sum(1 for one in hazards if one["found_on"] >= month.first)
    closed = sum(1 for one in hazards if one["closed_on"] is not None and one["closed_on"] <= month.last)
    late = sum(1 for one in hazards if _standing(one, month) == 0)
    major = sum(1 for one in hazards if one["level"] == HazardLevel.MAJOR)
    return Line(
        (
            ("本月发现", f"{found} 条"),
            ("上月结转", f"{len(hazards) - found} 条"),
            ("本月销号", f"{closed} 条"),
            ("月末未销号", f"{len(hazards) - closed} 条"),
            ("其中逾期", f"{late} 条"),
            ("重大隐患", f"{major} 条"),
        )
    )


def _compose(facts: Register, head: Head) -> Iterator[Block]:
    yield _counted(facts.rows, head.month)
    yield grid_of(_columns(head.month.year), facts.rows, none=S2.none)
    yield Signatures(("登记人", "责任人", "复查人", "分管领导"))
    yield Stamp()


S2 = PrintedForm(
    code="S2",
    title="安全隐患排查治理（整改销号）台账",
    group=_hazard.group,
    ledgers=(_hazard,),
    gather=_gather,
    compose=_compose,
    none="本月没有隐患登记，也没有未销号的隐患",
    edition="2024 版",
    footer_note="重大隐患按教发厅函〔2024〕20号判定，做到责任、措施、资金、时限、预案“五落实”并报主管部门；"
    "整改完成、复查合格后销号，未销号的结转下月。",
)
