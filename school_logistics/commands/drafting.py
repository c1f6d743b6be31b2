"""Reports drafted from the records below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.commands.telling import tell
from school_logistics.errors import OfficeError

if TYPE_CHECKING:
    import argparse

    from school_logistics.app import Office


def draft(office: Office, asked: argparse.Namespace) -> int:
    """Keep a draft of every report of a ledger that a month still lacks; those that stand are left alone."""
    from school_logistics.services.safety_reports import SafetyReports

    ledger, reports = office.desk.ledger(asked.ledger), SafetyReports(office.desk)
    if not reports.words(ledger):
        known = "、".join(one.key for one in office.desk.ledgers() if reports.words(one))
        raise OfficeError(f"{ledger.label}不能由别的记录生成；能生成的有：{known}。")
    saved = reports.generate(ledger, asked.month)
    told = [{"ledger": ledger.key, "id": one.id, "sentence": one.sentence} for one in saved]
    lines = [f"已生成 {len(saved)} 份{ledger.label}，请核对。"] if saved else [f"{asked.month}的{ledger.label}都有了。"]
    return tell(told, lines, as_json=asked.json)
