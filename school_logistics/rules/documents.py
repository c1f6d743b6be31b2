"""The documents a school must have of what it buys, by where it comes from (索证索票; 45号令 article 34).

Those of a supplier stand in its file, those of a delivery in its line.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from school_logistics.rules.food import MEATS, AcceptanceResult, SourceKind
from school_logistics.rules.receiving import certificates_of


class Proof(StrEnum):
    """What a delivery comes with, by the field in which it is written down."""

    VOUCHER = "note_no"
    REPORT = "inspection_report_no"
    COMMITMENT = "commitment_no"


_OF_A_DELIVERY: dict[SourceKind, dict[Proof, str]] = {
    SourceKind.MANUFACTURER: {Proof.REPORT: "产品合格证明或检验报告"},
    SourceKind.DISTRIBUTOR: {Proof.VOUCHER: "购货凭证（送货单）"},
    SourceKind.GROWER: {Proof.COMMITMENT: "承诺达标合格证"},
    SourceKind.MARKET: {Proof.VOUCHER: "市场或摊主签章的购货凭证", Proof.REPORT: "快检合格单"},
    SourceKind.WORKSHOP: {Proof.REPORT: "食品检验合格证明"},
    SourceKind.IMPORTER: {Proof.REPORT: "入境货物检验检疫证明"},
    SourceKind.TABLEWARE: {Proof.REPORT: "消毒合格证明"},
    SourceKind.OTHER: {Proof.VOUCHER: "购货凭证（送货单）"},
}
_NO_LICENCE = frozenset({SourceKind.GROWER, SourceKind.MARKET, SourceKind.WORKSHOP})
_PERMITS = {
    SourceKind.MANUFACTURER: ("食品生产许可证（SC）", ("SC",)),
    SourceKind.DISTRIBUTOR: ("食品经营许可证（JY）或备案（YB）", ("JY", "YB")),
    SourceKind.IMPORTER: ("食品经营许可证（JY）或备案（YB）", ("JY", "YB")),
    SourceKind.WORKSHOP: ("食品小作坊登记证", ()),
}


class Line(Protocol):
    """A delivery line with its documents; None where blank."""

    @property
    def category(self) -> str | None:
        """类别."""

    @property
    def result(self) -> str | None:
        """验收结论."""

    @property
    def note_no(self) -> str | None:
        """送货单号."""

    @property
    def inspection_report_no(self) -> str | None:
        """检验报告号."""

    @property
    def commitment_no(self) -> str | None:
        """承诺达标合格证号."""

    @property
    def quarantine_no(self) -> str | None:
        """检疫证明号."""

    @property
    def meat_inspection_no(self) -> str | None:
        """品质检验合格证号."""

    @property
    def swine_fever_no(self) -> str | None:
        """非瘟检测报告号."""


class From(Protocol):
    """A supplier as these rules see it; None where blank."""

    @property
    def name(self) -> str | None:
        """供货单位."""

    @property
    def source_kind(self) -> str | None:
        """来源类别."""

    @property
    def uscc(self) -> str | None:
        """统一社会信用代码."""

    @property
    def licence_until(self) -> object:
        """营业执照有效期至."""

    @property
    def permit_no(self) -> str | None:
        """许可证编号."""


_KINDS: dict[str | None, SourceKind] = {kind.value: kind for kind in SourceKind}


def _source(told: str | None) -> SourceKind | None:
    return _KINDS.get(told)


def _wanting(row: Line, proof: Proof, source_kind: str | None) -> str:
    """What a delivery of such a source should have come with and did not."""
    source = _source(source_kind)
    if source is None or row.result == AcceptanceResult.REJECTED or getattr(row, proof):
        return ""
    if proof is Proof.REPORT and row.category in MEATS and (row.meat_inspection_no or row.quarantine_no):
        return ""
    return _OF_A_DELIVERY.get(source, {}).get(proof, "")


def _asked(row: Line, proof: Proof, supplier: From | None) -> str:
    if supplier is None or supplier.source_kind is None:
        return ""
    wanting = _wanting(row, proof, supplier.source_kind)
    return f"{supplier.source_kind}供货，要有{wanting}" if wanting else ""


def voucher_kept(row: Line, *, supplier: From | None) -> str:
    """Say when the voucher of a delivery is missing."""
    return _asked(row, Proof.VOUCHER, supplier)


def report_kept(row: Line, *, supplier: From | None) -> str:
    """Say when the certificate of conformity or test report of a delivery is missing."""
    return _asked(row, Proof.REPORT, supplier)


def commitment_kept(row: Line, *, supplier: From | None) -> str:
    """Say when farm produce came without its commitment certificate (《农产品质量安全法》 2023-01-01, article 39)."""
    return _asked(row, Proof.COMMITMENT, supplier)


def missing_of_delivery(row: Line, source_kind: str | None, name: str | None) -> tuple[str, ...]:
    """The documents that should have come with a delivery and did not: 是否齐全 of C02 hangs on them."""
    if row.result == AcceptanceResult.REJECTED:
        return ()
    kept = {"动物检疫合格证明": row.quarantine_no, "肉品品质检验合格证": row.meat_inspection_no}
    kept["非洲猪瘟检测报告"] = row.swine_fever_no
    meat = [one for one in certificates_of(row.category, name) if not kept[one]]
    proofs = (_wanting(row, proof, source_kind) for proof in Proof)
    return (*meat, *(one for one in proofs if one))


def missing_of_supplier(row: From) -> tuple[str, ...]:
    """The documents that a supplier's file still lacks, by its kind."""
    source = _source(row.source_kind)
    if source is None:
        return ()
    found = [] if source in _NO_LICENCE or row.licence_until else ["营业执照（有效期）"]
    permit = _PERMITS.get(source)
    if permit and not row.permit_no:
        found.append(permit[0])
    return tuple(found)


def licence_kept(row: From) -> str:
    """Say when a supplier that needs a business licence has none on file."""
    return f"{row.source_kind}要有营业执照，请登记有效期" if "营业执照（有效期）" in missing_of_supplier(row) else ""


def permit_kept(row: From) -> str:
    """Say when a supplier has not handed in the permit that its kind must have (45号令 article 34)."""
    source = _source(row.source_kind)
    wanted = _PERMITS[source][0] if source in _PERMITS else ""
    return f"{row.source_kind}要有{wanted}，编号没有填" if wanted in missing_of_supplier(row) and wanted else ""


def permit_fits(row: From) -> str:
    """Say when a supplier's permit is not of the kind that its source wants."""
    source = _source(row.source_kind)
    if source not in _PERMITS or not row.permit_no:
        return ""
    wanted, begins = _PERMITS[source]
    fits = not begins or row.permit_no.startswith(begins)
    return "" if fits else f"{row.source_kind}应有{wanted}，登记的是 {row.permit_no[:2]} 编号，请核对来源类别"
