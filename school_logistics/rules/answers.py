"""The answers to a checklist, told in one line by their exceptions: 全部正常, or 压力×、库房×扣2（无标识）、添加剂—.

A mark is √ (正常、符合), × (异常、不符合) or — (不适用); behind × may stand how many points it costs and, in brackets,
what was found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from school_logistics.errors import Unreadable
from school_logistics.rules.kinds import Kind

if TYPE_CHECKING:
    from school_logistics.rules.dates import Reading

ALL_NORMAL = "全部正常"
NORMAL, ABNORMAL, NOT_APPLICABLE = "√", "×", "—"
BETWEEN = "、"
_ALL_NORMAL_TOO = frozenset({ALL_NORMAL, "√", "✓", "正常", "全部√", "合格", "全部合格", "符合", "全部符合", "无异常"})
_MARKS = {
    **dict.fromkeys("√✓", NORMAL),
    **dict.fromkeys("×✗xX", ABNORMAL),
    **dict.fromkeys("—－-", NOT_APPLICABLE),
}
_ONE = re.compile(
    r"\s*(?P<label>[^、，,；;×✗√✓—－（）()]+?)\s*"
    r"(?:(?P<mark>[×✗xX—－\-√✓])\s*)?"
    r"(?:扣\s*(?P<lost>\d{1,3}(?:\.\d)?)\s*分?\s*)?"
    r"(?:[（(](?P<note>[^（）()]*)[）)]\s*)?"
    r"(?:[、，,；;]+|(?=\s*$)|(?<=[×✗xX—－\-√✓）)]))"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one item: its mark, the points it costs, and what was found."""

    mark: str = NORMAL
    lost: Decimal | None = None
    note: str = ""

    def told(self, label: str) -> str:
        """As it stands in the line: 库房×扣2（无标识）."""
        lost = f"扣{points(self.lost)}" if self.lost else ""
        return f"{label}{self.mark}{lost}" + (f"（{in_brackets(self.note)}）" if self.note else "")


def points(value: Decimal) -> str:
    """Points without idle decimals.

    >>> points(Decimal("2.0")), points(Decimal("0.5")), points(Decimal(10))
    ('2', '0.5', '10')
    """
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def in_brackets(note: str) -> str:
    """A note as it may stand in brackets: brackets within it become 〔〕, line breaks blanks.

    >>> in_brackets("温度 9℃（应≤8℃）")
    '温度 9℃〔应≤8℃〕'
    """
    return re.sub(r"\s+", " ", note.translate(_INNER)).strip()


_INNER = str.maketrans("（）()", "〔〕〔〕")


def read_answers(typed: str) -> dict[str, Answer]:
    """The answers that a line tells, by item; none where all is well.

    Raises Unreadable with a sentence when the line cannot be taken apart.

    >>> read_answers("库房扣2分(无标识)，添加剂-")["库房"]
    Answer(mark='×', lost=Decimal('2'), note='无标识')
    """
    text = typed.strip()
    if text in _ALL_NORMAL_TOO:
        return {}
    found: dict[str, Answer] = {}
    at = 0
    while at < len(text):
        one = _ONE.match(text, at)
        if one is None or not (one["mark"] or one["lost"]):
            raise Unreadable(f"「{typed.strip()}」请写“全部正常”，或写出不正常的项，如 压力×、库房×（无标识）、铅封—")
        lost = Decimal(one["lost"]) if one["lost"] else None
        mark = ABNORMAL if lost else _MARKS[one["mark"] or "×"]
        label = re.sub(r"\s+", "", one["label"])
        found[label] = Answer(mark, lost, in_brackets(one["note"] or ""))
        at = one.end()
    return {label: answer for label, answer in found.items() if answer.mark != NORMAL}


def tell_answers(answers: Mapping[str, Answer]) -> str:
    """The line that tells these answers: the exceptions in their order, or 全部正常."""
    told = [answer.told(label) for label, answer in answers.items() if answer.mark != NORMAL]
    return BETWEEN.join(told) or ALL_NORMAL


def abnormal_in(told: str | None) -> dict[str, Answer]:
    """The items that are not as they should be."""
    found = read_answers(told) if told else {}
    return {label: answer for label, answer in found.items() if answer.mark == ABNORMAL}


@dataclass(frozen=True)
class Answers(Kind[str]):
    """The answers to a checklist: one known by its name, or the one that another field of the record chooses."""

    checklist: str = ""
    chosen_by: str = ""
    name: ClassVar[str] = "answers"

    def read(self, typed: object, on: Reading) -> str | None:
        """√ and 正常 mean that nothing is wrong; marks are × (abnormal) and — (does not apply)."""
        del on
        text = "" if typed is None else str(typed).strip()
        return tell_answers(read_answers(text)) if text else None

    def show(self, value: str | None) -> str:
        """As it is."""
        return value or ""
