"""The command that fills an empty data file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.commands.telling import DONE, say

if TYPE_CHECKING:
    import argparse

    from school_logistics.app import Office


def demo(office: Office, asked: argparse.Namespace) -> int:
    """Fill an empty data file with a demonstration school."""
    from school_logistics.services.demo import make_demo

    say(make_demo(office.desk, years=asked.years, seed=asked.seed))
    return DONE
