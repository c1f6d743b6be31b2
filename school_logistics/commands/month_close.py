"""Closing a month and opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.commands.telling import tell

if TYPE_CHECKING:
    import argparse

    from school_logistics.app import Office
    from school_logistics.services.closing import CloseList


def close(office: Office, asked: argparse.Namespace) -> int:
    """Close a month, or with --check only say what is still open in it."""
    found = office.closing.open_things(asked.month) if asked.check else office.closing.close(asked.month)
    done = office.closing.closed(asked.month)
    verdict = f"{asked.month}已结账，红线已画" if done else f"{asked.month}还没有结账"
    return tell({**_told(found), "closed": done is not None}, [*found.lines, verdict], as_json=asked.json)


def reopen(office: Office, asked: argparse.Namespace) -> int:
    """Open a closed month again, with the reason."""
    act = office.closing.reopen(asked.month, asked.reason)
    told = {"month": act.month, "reason": act.reason, "at": act.told_at.isoformat(sep=" "), "actor": act.actor}
    return tell(told, [f"{asked.month}已重开，可以改了：{act.reason}"], as_json=asked.json)


def _told(found: CloseList) -> dict[str, object]:
    return {
        "month": found.month.iso,
        "gaps": [{**one._asdict(), "begin": None} for one in found.gaps],
        "late": [one._asdict() for one in found.late],
        "unsigned": [{"form": one.code, "title": one.title, "standing": one.standing.value} for one in found.unsigned],
        "backup": found.backup,
    }
