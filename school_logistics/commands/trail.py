"""What was done: taken back, or told for one record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.commands.telling import tell
from school_logistics.errors import OfficeError

if TYPE_CHECKING:
    import argparse

    from school_logistics.app import Office


def undo(office: Office, asked: argparse.Namespace) -> int:
    """Take back the latest act, or list what was done."""
    if asked.list:
        acts = office.desk.acts()
        told = [{**act._asdict(), "at": act.at.isoformat(sep=" ")} for act in acts]
        lines = (f"{act.id:>5}  {act.at:%m-%d %H:%M}  {act.title}{'（已撤销）' if act.undone else ''}" for act in acts)
        return tell(told, lines, as_json=asked.json)
    sentence = office.desk.undo()
    return tell({"undone": sentence}, [sentence], as_json=asked.json)


def history(office: Office, asked: argparse.Namespace) -> int:
    """What happened to one record, newest first."""
    changes = office.desk.history(office.desk.ledger(asked.ledger), asked.id)
    if not changes:
        msg = f"{asked.ledger} 没有第 {asked.id} 号记录的历史。"
        raise OfficeError(msg)
    told = [
        {**change._asdict(), "at": change.at.isoformat(sep=" "), "lines": [line._asdict() for line in change.lines]}
        for change in changes
    ]
    lines = [
        f"{change.at:%Y-%m-%d %H:%M}  {change.actor}  {change.action}：{change.act_title}\n"
        + "\n".join(f"    {line.label}：{line.before or '空'} → {line.after or '空'}" for line in change.lines)
        for change in changes
    ]
    return tell(told, lines, as_json=asked.json)
