"""The papers of a supplier or a person as they stood on a day: valid, run out, or never registered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from school_logistics.reports.traced import Evidence, Verdict
from school_logistics.rules.dates import FOREVER
from school_logistics.rules.food import SourceKind
from school_logistics.rules.papers import PaperKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from school_logistics.services.trace_reading import Found, Reading

CERTIFICATE = "certificate"
_UNLICENSED = frozenset({SourceKind.GROWER, SourceKind.MARKET, SourceKind.WORKSHOP})
_PERMITTED = frozenset({SourceKind.MANUFACTURER, SourceKind.DISTRIBUTOR, SourceKind.IMPORTER, SourceKind.WORKSHOP})
_KINDS = (PaperKind.BUSINESS_LICENCE, PaperKind.FOOD_PERMIT, PaperKind.SUPPLY_CONTRACT, PaperKind.TEST_REPORT)


def _wanted(source_kind: object) -> frozenset[PaperKind]:
    """The papers without which such a source may not supply food (食品安全法第53条; 45号令第34条).

    A grower or a market stall holds neither; of whom it is not known what he is, both are asked.
    """
    licence = set() if source_kind in _UNLICENSED else {PaperKind.BUSINESS_LICENCE}
    permit = {PaperKind.FOOD_PERMIT} if source_kind is None or source_kind in _PERMITTED else set()
    return frozenset(licence | permit)


def supplier_papers(reading: Reading, supplier: Found, day: date) -> Iterator[Evidence]:
    """The licence and permit that such a supplier needs, as of a day, and whatever else of its was registered."""
    papers = reading.where(CERTIFICATE, supplier=supplier.id)
    wanted = _wanted(supplier["source_kind"])
    for kind in _KINDS:
        held = [one for one in papers if one["kind"] == kind.value]
        if held or kind in wanted:
            yield paper_on(reading, held, day, kind, supplier.text("name"))


def health_paper(reading: Reading, person: Found, day: date) -> Evidence:
    """The health certificate of a person on a day."""
    kind = PaperKind.HEALTH_CERTIFICATE
    papers = [one for one in reading.where(CERTIFICATE, staff=person.id) if one["kind"] == kind.value]
    return paper_on(reading, papers, day, kind, person.text("name"))


def paper_on(reading: Reading, papers: list[Found], day: date, kind: PaperKind, holder: str) -> Evidence:
    """The paper of one kind that was good on a day, else the one that had run out last, else that there was none."""
    title = f"{holder} {kind}"
    versions = [(paper, values) for paper in papers for values in (paper.values, *reading.earlier(paper))]
    good = [(paper, values) for paper, values in versions if _covers(values, day)]
    if good:
        paper, values = good[0]
        renewed = "，后来已换发" if values is not paper.values else ""
        return Evidence(title, _told(values), CERTIFICATE, paper.id, Verdict.GOOD, f"当天有效{renewed}")
    over = [(paper, values) for paper, values in versions if (until := _until(values)) is not None and until < day]
    if over:
        paper, values = max(over, key=lambda one: _until(one[1]) or date.min)
        return Evidence(title, _told(values), CERTIFICATE, paper.id, Verdict.BAD, "当天已过期")
    if papers:
        later = papers[0]
        return Evidence(title, _told(later.values), CERTIFICATE, later.id, Verdict.LOOK, "当天还没有发")
    return Evidence(title, (), CERTIFICATE, None, Verdict.BAD, "没有登记")


def _covers(values: Mapping[str, Any], day: date) -> bool:
    """Whether a paper was good on a day; of one without a first day only the last one is asked."""
    since, until = values.get("issued_on"), _until(values)
    return until is not None and until >= day and (since is None or since <= day)


def _until(values: Mapping[str, Any]) -> date | None:
    until: date | None = values.get("valid_until")
    return until


def _told(values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    since, until = values.get("issued_on"), _until(values)
    to = "长期" if until == FOREVER else str(until or "没有填")
    return ("编号", str(values.get("number") or "没有填")), ("有效期", f"{since or '起始日没有填'} 至 {to}")
