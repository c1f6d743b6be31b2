"""The annual return: exported, or filled into the bureau's own workbook."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from school_logistics.commands.telling import DONE, REFUSED, tell
from school_logistics.rules.calendar import Period

if TYPE_CHECKING:
    import argparse

    from school_logistics.app import Office


def return_(office: Office, asked: argparse.Namespace) -> int:
    """Export the annual return, or fill the bureau's own workbook."""
    period = Period.calendar_year(asked.year) if asked.year else Period.school_year(asked.school_year)
    return _fill(office, period, asked) if asked.template else _export_return(office, period, asked)


def _fill(office: Office, period: Period, asked: argparse.Namespace) -> int:
    """Fill the bureau's own workbook; codes nobody knows are named, never left blank in silence."""
    filled = office.returns.fill(period, asked.template, asked.out)
    told = {
        "file": str(filled.file),
        "fills": filled.fills,
        "unknown": [list(one) for one in filled.unknown],
        "unfilled": [list(one) for one in filled.unfilled],
    }
    lines = [f"已填 {filled.fills} 格：{filled.file}"]
    lines += [f"未填  {cell} {code}：台账里还没有这个数" for cell, code in filled.unfilled]
    tell(told, lines, as_json=asked.json)
    if not filled.unknown:
        return DONE
    names = "、".join(f"{code}（{cell}）" for cell, code in filled.unknown)
    sys.stderr.write(f"表里有不认识的指标代码：{names}。这些格原样留着，其余已填好；请改代码后再填一次。\n")
    return REFUSED


def _export_return(office: Office, period: Period, asked: argparse.Namespace) -> int:
    exported = office.returns.export(period, asked.out)
    told = {
        "file": str(exported.file),
        "period": str(period),
        "filled": exported.filled,
        "unfilled": exported.unfilled,
        "checks": [one._asdict() for one in exported.checks],
    }
    to_look_at = [one for one in exported.checks if one.level in {"不平", "要说明"}]
    lines = [f"年报已导出：{exported.file}（已填 {exported.filled} 项，未填 {exported.unfilled} 项）"]
    lines += [f"核对 {len(exported.checks)} 条，要看的 {len(to_look_at)} 条"]
    lines += [f"{one.level}  {one.sheet}  {one.sentence}" for one in to_look_at]
    return tell(told, lines, as_json=asked.json)
