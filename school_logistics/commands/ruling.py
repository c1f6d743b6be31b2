"""The rule book: every limit and period listed or found, one told with its versions, one changed from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.commands.telling import tell
from school_logistics.rules.book import show_value
from school_logistics.services.rulings import Rulings

if TYPE_CHECKING:
    import argparse

    from school_logistics.app import Office
    from school_logistics.rules.book import Rule
    from school_logistics.services.rulings import RuleLine


def rules(office: Office, asked: argparse.Namespace) -> int:
    """List the rules, tell one, or change one."""
    rulings = Rulings(office.desk)
    if asked.act == "set":
        return _set(rulings, asked)
    if asked.act == "show":
        return _show(rulings, asked)
    found = rulings.lines(asked.find)
    lines = [f"{one.mark}  {one.rule.label}：{one.text}  {one.rule.clause}  [{one.rule.key}]" for one in found]
    return tell([_document(one) for one in found], lines or ["没有这样的规则。"], as_json=asked.json)


def _show(rulings: Rulings, asked: argparse.Namespace) -> int:
    line = rulings.line(asked.key)
    versions = rulings.versions(asked.key)
    told = [f"{line.rule.label}：{line.text}（{line.mark}）", f"出处：{line.rule.clause}"]
    told += [f"使用前要知道：{line.rule.note}"] if line.rule.note else []
    told += [f"  {one.valid_from} 起  {show_value(one.value)} {one.unit}  {one.clause}" for one in versions]
    document = {**_document(line), "versions": [_version(one) for one in versions]}
    return tell(document, told, as_json=asked.json)


def _set(rulings: Rulings, asked: argparse.Namespace) -> int:
    since = asked.since or rulings.desk.today
    document: dict[str, object]
    effect = rulings.effect(asked.key, asked.value, since)
    if asked.dry_run:
        document = {"saved": "", "effect": list(effect.sentences)}
        return tell(document, effect.sentences, as_json=asked.json)
    saved = rulings.set(asked.key, asked.value, since, asked.reason or "", asked.document or "")
    told = {"effect": list(effect.sentences)}
    document = {"saved": saved.sentence, "id": saved.id, **told}
    return tell(document, [saved.sentence, *effect.sentences], as_json=asked.json)


def _document(line: RuleLine) -> dict[str, object]:
    return {
        "topic": line.topic,
        "mark": line.mark,
        **_version(line.rule),
        "coming": [_version(one) for one in line.coming],
    }


def _version(rule: Rule) -> dict[str, object]:
    value = [str(one) for one in rule.value] if isinstance(rule.value, tuple) else str(rule.value)
    return {
        "key": rule.key, "label": rule.label, "value": value, "unit": rule.unit, "clause": rule.clause,
        "valid_from": rule.valid_from.isoformat(), "verified": rule.verified, "local": rule.local, "note": rule.note,
    }  # fmt: skip
