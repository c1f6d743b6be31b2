"""Whether the canteen's ledgers agree with each other in a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.commands.telling import tell

if TYPE_CHECKING:
    import argparse

    from school_logistics.app import Office


def cross_check(office: Office, asked: argparse.Namespace) -> int:
    """What does not agree between menu, stock, samples, purchases, diners, money and staff (V-60 to V-64)."""
    from school_logistics.services.cross_checks import cross_checks

    found = cross_checks(office.desk, asked.month)
    lines = [f"{one.clause:<6}{one.form:<5}{one.day:<7}{one.title}  {one.why}" for one in found]
    return tell([one._asdict() for one in found], lines or [f"{asked.month}各本台账对得上。"], as_json=asked.json)
