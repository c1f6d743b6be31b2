"""A month and its paper: what is still missing, what is due, and the forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.commands.telling import tell
from school_logistics.services.form_states import Standing

if TYPE_CHECKING:
    import argparse

    from school_logistics.app import Office
    from school_logistics.services.explaining import Derivation
    from school_logistics.services.missing import Missing


def missing(office: Office, asked: argparse.Namespace) -> int:
    """What a month still lacks, what to look at once more, and the one next act for each form that is not ready."""
    look = office.pack.look(asked.month)
    found, doubts = look.missing, look.doubts
    lines = [_line(one) for one in found] or [f"{asked.month}不缺什么。"]
    wanting = [one for one in look.states if one.standing is Standing.GAPS]
    lines += ["下一步：", *(f"{one.code:<9}{one.why}，{one.next_act}" for one in wanting)] if wanting else []
    lines += ["看一看（不算缺）：", *(_line(one) for one in doubts)] if doubts else []
    return tell([one._asdict() for one in (*found, *doubts)], lines, as_json=asked.json)


def _line(one: Missing) -> str:
    return f"{one.form:<9}{one.day:<12}{one.title}  {one.why}"


def due(office: Office, asked: argparse.Namespace) -> int:
    """What is due or overdue, worst first; with --why also how each date came about."""
    found = office.reminders.due()
    why = {one: office.reminders.why(one) for one in found} if asked.why else {}
    told = [
        {**one._asdict(), "due_on": one.due_on.isoformat(), "stage": one.stage}
        | ({"derivation": _derivation(why[one])} if one in why else {})
        for one in found
    ]
    lines: list[str] = []
    for one in found:
        clause = f"（{one.clause}）" if one.clause else ""
        lines += [f"{one.stops}  {one.what}  {one.sentence}  {one.why}{clause}", *_reasons(why.get(one))]
    return tell(told, lines or ["没有到期的事。"], as_json=asked.json)


def _derivation(told: Derivation) -> dict[str, object]:
    return {
        "steps": list(told.steps),
        "rules": [one._asdict() for one in told.rules],
        "inputs": [one._asdict() for one in told.inputs],
        "warnings": [one._asdict() for one in told.warnings],
    }


def _reasons(told: Derivation | None) -> list[str]:
    """How a date came about: the sum, and the rules with who says so."""
    if told is None:
        return []
    rules = (
        f"    规则（{rule.role}） {rule.label}：{rule.value} {rule.unit}，{rule.clause}"
        + ("，本校规定" if rule.local else "" if rule.verified else "，待核")
        for rule in told.rules
    )
    return [*(f"    {step}" for step in told.steps), *rules]


def forms(office: Office, asked: argparse.Namespace) -> int:
    """Print a month's forms, one PDF a form and the pack, and keep what goes out; or say how each of them stands."""
    if asked.state:
        return _states(office, asked)
    office.pack.binding = asked.binding
    written = office.signing.write(asked.month, asked.out, only=tuple(asked.only))
    told = [{**one._asdict(), "file": str(one.file)} for one in written]
    lines = (f"{one.code:<9}{one.title}  {one.pages} 页 {one.rows} 行 缺 {one.gaps}  {one.file}" for one in written)
    return tell(told, lines, as_json=asked.json)


def _states(office: Office, asked: argparse.Namespace) -> int:
    """How each form stands, why it is not ready, and the one next act."""
    only = {office.pack.form(code).code for code in asked.only}
    found = [one for one in office.pack.states(asked.month) if not only or one.code in only]
    told = [
        {
            "code": one.code,
            "title": one.title,
            "standing": one.standing.value,
            "rows": one.rows,
            "gaps": one.gaps,
            "why": one.why,
            "next": one.next_act,
            "at": {"ledger": one.first.ledger, "id": one.first.id, "field": one.first.field} if one.first else None,
            "version": one.version.code if one.version else None,
            "differences": [different._asdict() for different in one.differences],
        }
        for one in found
    ]
    lines = (f"{one.code:<9}{one.standing:<7}{one.title}  {one.why}；{one.next_act}" for one in found)
    return tell(told, lines, as_json=asked.json)
