"""Ledgers as workbooks: what ledgers there are, bringing one in, writing one out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from school_logistics.commands.telling import DONE, REFUSED, say, tell, write_json

if TYPE_CHECKING:
    import argparse

    from school_logistics.app import Office


def ledgers(office: Office, asked: argparse.Namespace) -> int:
    """Every ledger with its fields."""
    told = [
        {
            "key": ledger.key,
            "label": ledger.label,
            "group": str(ledger.group),
            "fields": [
                {"key": field.key, "label": field.label, "kind": field.kind.name, "unit": field.unit,
                 "required": bool(field.required)}
                for field in ledger.fields
            ],
        }
        for ledger in office.desk.ledgers()
    ]  # fmt: skip
    lines = (f"{one['key']:<22}{one['group']} · {one['label']}（{len(one['fields'])} 栏）" for one in told)
    return tell(told, lines, as_json=asked.json)


def import_(office: Office, asked: argparse.Namespace) -> int:
    """Bring a workbook into a ledger: all of it or nothing, unless refused rows may be left out."""
    plan = office.importer.plan(office.desk.ledger(asked.ledger), asked.file, sheet=asked.sheet)
    refused = bool(plan.trouble) or bool(plan.refused and not asked.skip_refused)
    done = None if refused or asked.dry_run else office.importer.commit(plan, skip_refused=asked.skip_refused)
    document = plan.document(done, skip_refused=asked.skip_refused)
    if asked.json:
        write_json(document)
    else:
        _say_import(document, str(done) if done else "")
    if refused:
        many = len({(one.sheet, one.row) for one in plan.refused})
        sys.stderr.write(
            f"{plan.trouble or f'有 {many} 行读不了，什么都没有写入；改好后再导，或加 --skip-refused 留下这些行。'}\n"
        )
    return REFUSED if refused else DONE


def export(office: Office, asked: argparse.Namespace) -> int:
    """Write a ledger into a workbook."""
    from school_logistics.services.exporting import export_ledger

    rows = export_ledger(office.desk, office.desk.ledger(asked.ledger), asked.out)
    say(f"已导出 {rows} 行：{asked.out}")
    return DONE


def _say_import(document: dict[str, Any], sentence: str) -> None:
    say(sentence or f"试读：{document['rows']} 行。")
    for name, word in (("refused", "拒收"), ("gaps", "缺项"), ("warnings", "提醒")):
        for one in document[name]:
            say(f"{word}  {one['sheet']} {one['cell']}  {one['reason']}")
    for skipped in document["sheets_skipped"]:
        say(f"没有读  {skipped['sheet']}  {skipped['reason']}")
