"""How a form of the month stands, why it is not ready, and the one thing to do next.

A form lacks something, can be printed, is printed and waits for its signature, is signed, or says something else by now
than what was printed. The version that counts is a signed one that says what stands now, else the one signed last;
while none is signed, the one printed last.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.models.signed import Kept, SignedPaper, Version, content_of, signed_papers, versions
from school_logistics.reports.content import content_of as content_of_paper
from school_logistics.reports.differences import Difference, differences
from school_logistics.rules.short_code import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from school_logistics.models.ledger import Ledger
    from school_logistics.reports.blocks import Paper
    from school_logistics.reports.form import Facts, PrintedForm
    from school_logistics.rules.calendar import Month
    from school_logistics.services.missing import Missing


class Standing(StrEnum):
    """How a form stands."""

    GAPS = "缺项"
    EMPTY = "无记录"
    READY = "可打印"
    PRINTED = "已打印待签"
    SIGNED = "已签字"
    DIFFERS = "与签字版不同"


class FormState(NamedTuple):
    """How a form of the month stands."""

    code: str
    title: str
    group: str
    rows: int
    gaps: int
    empty: bool
    word: str
    """缺 3, 无记录, 可打印, 待签, 已签字 or 不同 3: what fits a chip."""
    standing: Standing = Standing.READY
    next_act: str = ""
    """The one thing to do next, in a sentence."""
    lacking: tuple[Missing, ...] = ()
    """What it lacks; what several forms show of one record is missing on each of them."""
    differences: tuple[Difference, ...] = ()
    """In what it differs from the version that counts."""
    version: Version | None = None
    """The version that counts."""
    signed: SignedPaper | None = None
    """Its signature, if there is one."""
    to_sign: Version | None = None
    """What waits for a signature: the version that counts, its correction note, or what was printed anew."""

    @property
    def first(self) -> Missing | None:
        """The gap to begin with."""
        return self.lacking[0] if self.lacking else None

    @property
    def printable(self) -> bool:
        """Whether it is complete and still to be printed."""
        return self.standing in {Standing.READY, Standing.DIFFERS} and not self.gaps and not self.empty

    @property
    def why(self) -> str:
        """Why it is not done yet, in a sentence; how it was signed when it is."""
        match self.standing:
            case Standing.GAPS:
                return f"缺 {self.gaps} 处"
            case Standing.EMPTY:
                return "没有记录"
            case Standing.READY:
                return f"内容齐全，{self.rows} 行"
            case Standing.PRINTED:
                return "已打印，等签字"
            case Standing.SIGNED:
                return "已签字，扫描件已归档" if self.signed and self.signed.kind is Kept.SCAN else "已签字，纸质存档"
        return f"与签字版不同 {len(self.differences)} 处"


class Past(NamedTuple):
    """What was printed and signed of a form in a month."""

    printed: Sequence[Version]
    """Versions and correction notes, the oldest first."""
    signed: Mapping[str, SignedPaper]
    """Signed papers by short code."""

    def counts(self, now: str) -> Version | None:
        """The version that counts: one signed that says what the form says now, else signed last, else printed last."""
        forms = [one for one in self.printed if not one.is_note]
        counting = [one for one in forms if one.code in self.signed]
        if not counting:
            return forms[-1] if forms else None
        return max(counting, key=lambda one: (one.code == now, self.signed[one.code].id, one.id))

    def note(self, base: Version, now: str) -> Version | None:
        """The correction note that leads from the version that counts to what the form says now."""
        notes = (one for one in reversed(self.printed) if one.corrects == base.code and one.covers == now)
        return next(notes, None)

    def printed_as(self, now: str) -> Version | None:
        """The version printed of what the form says now."""
        return next((one for one in reversed(self.printed) if one.code == now and not one.is_note), None)


def past_of(session: Session, month: Month) -> dict[str, Past]:
    """What was printed of each form of a month."""
    found: dict[str, list[Version]] = {}
    for version in versions(session, period=month.iso):
        found.setdefault(version.form, []).append(version)
    signed = signed_papers(session, {one.code for listed in found.values() for one in listed})
    return {form: Past(listed, signed) for form, listed in found.items()}


def differences_from(session: Session, version: Version, paper: Paper) -> tuple[Difference, ...]:
    """In what a form differs from a kept version of it; never empty for another short code."""
    told = json.loads(content_of(session, version) or "{}")
    found = differences(told, content_of_paper(paper)) if told else []
    if version.edition != paper.edition:
        found.append(Difference("表样", "版本", version.edition, paper.edition))
    if not found and version.code != paper.version:
        found.append(Difference("整张表", "", "签字版的排法", "行的先后或编排有变动"))
    return tuple(found)


class Judging(NamedTuple):
    """What is asked to say how a form stands."""

    session: Session
    ledgers: Mapping[str, Ledger]
    past: Mapping[str, Past]
    paper: Callable[[PrintedForm], Paper]
    """The form as it would be printed now; asked only where something was printed before."""


def lacking_by_form(
    forms: Sequence[PrintedForm], facts: Mapping[str, Facts], missing: Sequence[Missing]
) -> dict[str, list[Missing]]:
    """The gaps of each form by its code: those told under it, and those of its records told under an earlier form."""
    told: dict[str, list[Missing]] = {}
    by_record: dict[tuple[str, int], list[Missing]] = {}
    for one in missing:
        if one.is_gap:
            told.setdefault(one.form, []).append(one)
            if one.id is not None:
                by_record.setdefault((one.ledger, one.id), []).append(one)
    found: dict[str, list[Missing]] = {}
    for form in forms:
        own = told.get(form.code, [])
        known = {(one.ledger, one.id) for one in own}
        rows = ((entry.ledger.key, entry.id) for entry in facts[form.code].rows) if by_record else ()
        more = [one for row in dict.fromkeys(rows) if row not in known for one in by_record.get(row, ())]
        found[form.code] = [*own, *more]
    return found


def state_of(form: PrintedForm, rows: int, gaps: Sequence[Missing], asked: Judging) -> FormState:
    """How a form stands, with `gaps` its missing things inside rows."""
    plain = FormState(form.code, form.title, form.group.value, rows, len(gaps), not rows, "", lacking=tuple(gaps))
    past = asked.past.get(form.code)
    paper = asked.paper(form) if past is not None else None
    base = past.counts(paper.version) if past is not None and paper is not None else None
    if past is None or paper is None or base is None:
        return _unprinted(form, plain, asked.ledgers)
    signed, now = past.signed.get(base.code), paper.version
    known = plain._replace(version=base, signed=signed)
    if base.code == now:
        if signed:
            return known._replace(word="已签字", standing=Standing.SIGNED, next_act="已办完")
        return _lacking(known, asked.ledgers) if gaps else _waiting(known, base, "")
    if not signed and gaps:
        return _lacking(known, asked.ledgers)
    told = known._replace(differences=differences_from(asked.session, base, paper))
    return _changed(told, past, base, now)


def _unprinted(form: PrintedForm, state: FormState, ledgers: Mapping[str, Ledger]) -> FormState:
    if state.gaps:
        return _lacking(state, ledgers)
    if state.empty:
        what = f"{form.none}；漏了就先登记，确实没有就打印空表签字"
        return state._replace(word="无记录", standing=Standing.EMPTY, next_act=what)
    return state._replace(word="可打印", standing=Standing.READY, next_act="打印出来签字")


def _lacking(state: FormState, ledgers: Mapping[str, Ledger]) -> FormState:
    """A form that lacks something: how much, and what to fill first."""
    act = f"先补 {named(state.first, ledgers)}" if state.first else ""
    return state._replace(word=f"缺 {state.gaps}", standing=Standing.GAPS, next_act=act)


def _waiting(state: FormState, paper: Version, what: str) -> FormState:
    act = f"{what}签好后扫描归档（短码 {shown(paper.code)}），不扫描的就记一笔纸质存档"
    return state._replace(word="待签", standing=Standing.PRINTED, next_act=act, to_sign=paper)


def _changed(state: FormState, past: Past, base: Version, now: str) -> FormState:
    """A form that says something else by now than the version that counts."""
    note, anew = past.note(base, now), past.printed_as(now)
    if note is not None and note.code in past.signed:
        signed = past.signed[note.code]
        return state._replace(word="已签字", standing=Standing.SIGNED, next_act="已办完，另附更正说明", signed=signed)
    if note is not None:
        return _waiting(state, note, "更正说明")
    word = f"不同 {len(state.differences)}"
    if anew is not None:
        act = f"新打的一份（短码 {shown(anew.code)}）签好后扫描归档"
    elif state.signed:
        act = "看过不同之处，打印更正说明；或重打一份再签"
    else:
        act = "打印以后又改过，重打一份再签"
    return state._replace(word=word, standing=Standing.DIFFERS, next_act=act, to_sign=anew)


def named(gap: Missing, ledgers: Mapping[str, Ledger]) -> str:
    """A gap in a few words: 11-09 鸡腿的检疫证明号."""
    what = " ".join(part for part in (gap.day, gap.title) if part)
    ledger = ledgers.get(gap.ledger)
    if gap.id is not None and gap.field and ledger is not None and ledger.has(gap.field):
        return f"{what}的{ledger.field(gap.field).label}"
    return f"{what}：{gap.why}" if what else gap.why
