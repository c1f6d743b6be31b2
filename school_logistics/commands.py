"""The commands of the command line, each a few lines over a service."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from school_logistics.errors import OfficeError
from school_logistics.rules.calendar import Period

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

    from school_logistics.app import Office

DONE, REFUSED = 0, 1


def demo(office: Office, asked: argparse.Namespace) -> int:
    """Fill an empty data file with a demonstration school."""
    from school_logistics.services.demo import make_demo

    _say(make_demo(office.desk, years=asked.years, seed=asked.seed))
    return DONE


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
    return _tell(told, lines, as_json=asked.json)


def import_(office: Office, asked: argparse.Namespace) -> int:
    """Bring a workbook into a ledger: all of it or nothing, unless refused rows may be left out."""
    plan = office.importer.plan(office.desk.ledger(asked.ledger), asked.file, sheet=asked.sheet)
    refused = bool(plan.trouble) or bool(plan.refused and not asked.skip_refused)
    done = None if refused or asked.dry_run else office.importer.commit(plan, skip_refused=asked.skip_refused)
    document = plan.document(done, skip_refused=asked.skip_refused)
    if asked.json:
        _write_json(document)
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
    _say(f"已导出 {rows} 行：{asked.out}")
    return DONE


def missing(office: Office, asked: argparse.Namespace) -> int:
    """What a month still lacks."""
    found = office.pack.missing(asked.month)
    lines = [f"{one.form:<9}{one.day:<12}{one.title}  {one.why}" for one in found] or [f"{asked.month}不缺什么。"]
    return _tell([one._asdict() for one in found], lines, as_json=asked.json)


def due(office: Office, asked: argparse.Namespace) -> int:
    """What is due or overdue, worst first."""
    found = office.reminders.due()
    told = [{**one._asdict(), "due_on": one.due_on.isoformat(), "stage": one.stage} for one in found]
    lines = [
        f"{one.stops}  {one.what}  {one.sentence}  {one.why}{f'（{one.clause}）' if one.clause else ''}"
        for one in found
    ]
    return _tell(told, lines or ["没有到期的事。"], as_json=asked.json)


def forms(office: Office, asked: argparse.Namespace) -> int:
    """Print a month's forms: one PDF a form, and the pack."""
    written = office.pack.write(asked.month, asked.out, only=tuple(asked.only))
    told = [{**one._asdict(), "file": str(one.file)} for one in written]
    lines = (f"{one.code:<9}{one.title}  {one.pages} 页 {one.rows} 行 缺 {one.gaps}  {one.file}" for one in written)
    return _tell(told, lines, as_json=asked.json)


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
    _tell(told, lines, as_json=asked.json)
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
    return _tell(told, lines, as_json=asked.json)


def undo(office: Office, asked: argparse.Namespace) -> int:
    """Take back the latest act, or list what was done."""
    if asked.list:
        acts = office.desk.acts()
        told = [{**act._asdict(), "at": act.at.isoformat(sep=" ")} for act in acts]
        lines = (f"{act.id:>5}  {act.at:%m-%d %H:%M}  {act.title}{'（已撤销）' if act.undone else ''}" for act in acts)
        return _tell(told, lines, as_json=asked.json)
    sentence = office.desk.undo()
    return _tell({"undone": sentence}, [sentence], as_json=asked.json)


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
    return _tell(told, lines, as_json=asked.json)


COMMANDS: dict[str, Callable[[Office, argparse.Namespace], int]] = {
    "demo": demo,
    "ledgers": ledgers,
    "import": import_,
    "export": export,
    "missing": missing,
    "due": due,
    "forms": forms,
    "return": return_,
    "undo": undo,
    "history": history,
}


def _say_import(document: dict[str, Any], sentence: str) -> None:
    _say(sentence or f"试读：{document['rows']} 行。")
    for name, word in (("refused", "拒收"), ("gaps", "缺项"), ("warnings", "提醒")):
        for one in document[name]:
            _say(f"{word}  {one['sheet']} {one['cell']}  {one['reason']}")
    for skipped in document["sheets_skipped"]:
        _say(f"没有读  {skipped['sheet']}  {skipped['reason']}")


def _tell(document: object, lines: Iterable[str], *, as_json: bool) -> int:
    if as_json:
        _write_json(document)
    else:
        for line in lines:
            _say(line)
    return DONE


def _write_json(document: object) -> None:
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1, default=str)
    sys.stdout.write("\n")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
