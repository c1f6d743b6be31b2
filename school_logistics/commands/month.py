"""A month and its paper: what is still missing, what is due, and the forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.commands.telling import tell

if TYPE_CHECKING:
    import argparse

    from school_logistics.app import Office


def missing(office: Office, asked: argparse.Namespace) -> int:
    """What a month still lacks."""
    found = office.pack.missing(asked.month)
    lines = [f"{one.form:<9}{one.day:<12}{one.title}  {one.why}" for one in found] or [f"{asked.month}不缺什么。"]
    return tell([one._asdict() for one in found], lines, as_json=asked.json)


def due(office: Office, asked: argparse.Namespace) -> int:
    """What is due or overdue, worst first."""
    found = office.reminders.due()
    told = [{**one._asdict(), "due_on": one.due_on.isoformat(), "stage": one.stage} for one in found]
    lines = [
        f"{one.stops}  {one.what}  {one.sentence}  {one.why}{f'（{one.clause}）' if one.clause else ''}"
        for one in found
    ]
    return tell(told, lines or ["没有到期的事。"], as_json=asked.json)


def forms(office: Office, asked: argparse.Namespace) -> int:
    """Print a month's forms: one PDF a form, and the pack."""
    written = office.pack.write(asked.month, asked.out, only=tuple(asked.only))
    told = [{**one._asdict(), "file": str(one.file)} for one in written]
    lines = (f"{one.code:<9}{one.title}  {one.pages} 页 {one.rows} 行 缺 {one.gaps}  {one.file}" for one in written)
    return tell(told, lines, as_json=asked.json)
