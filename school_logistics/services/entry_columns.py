"""The columns of a sheet that is filled in row by row: the fields to fill, and one column an item of a checklist.

A judgement is what a person says by looking: 正常, 合格, √. Only judgements can be filled in all at once; a
temperature, a time, a weight, a concentration or a reading is typed where it was read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from school_logistics.models.checklists import items_on
from school_logistics.models.fields import Field
from school_logistics.rules.answers import (
    ABNORMAL,
    ALL_NORMAL,
    NORMAL,
    NOT_APPLICABLE,
    Answer,
    Answers,
    read_answers,
)
from school_logistics.rules.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from school_logistics.models.checks import Facts
    from school_logistics.models.ledger import Ledger
    from school_logistics.rules.dates import Reading
    from school_logistics.services.desk import Desk

NORMAL_WORDS = ("√", "正常", "出勤", "合格", "符合", "符合要求", "良好", "完好", "健康", "无异常", "通过", "0")
"""The words that say that all is well; 0 is the code for no complaint."""
EXEMPT_WORDS = ("不适用", "免", "不涉及", "未使用")
"""The words of a choice that say that there was nothing to look at."""

_WELL = frozenset({"√", "✓", "1", "v", "V", "正常", "合格", "符合", "良好", "完好", "是"})
_WRONG = frozenset({"×", "✗", "x", "X", "0", "异常", "不合格", "不符合", "不正常", "否"})
_EXEMPT = frozenset({"—", "－", "-", "m", "M", "/", "免", *EXEMPT_WORDS})
_WORDED = frozenset({"choice", "flag", "text", "code", "ref"})


@dataclass(frozen=True)
class Mark(Kind[Answer]):
    """The answer to one item of a checklist: √, × or —."""

    label: str
    name: ClassVar[str] = "mark"
    align: ClassVar[str] = "center"

    def read(self, typed: object, on: Reading) -> Answer | None:
        """√, x, m, 扣2（无标识）: see `read_mark`."""
        del on
        return read_mark(self.label, "" if typed is None else str(typed))

    def show(self, value: Answer | None) -> str:
        """√, ×扣2（无标识）."""
        return "" if value is None else value.told("")


def item_key(field: str, label: str) -> str:
    """The key of an item's column."""
    return f"{field}.{label}"


def item_of(key: str) -> tuple[str, str] | None:
    """The field and the item that a column answers; None for a column that is a field itself."""
    field, dot, label = key.partition(".")
    return (field, label) if dot else None


def read_mark(label: str, typed: str) -> Answer | None:
    """The answer that was typed in an item's cell; None for nothing.

    Raises Unreadable with a sentence.

    >>> read_mark("压力", "x"), read_mark("库房", "扣2（无标识）").lost, read_mark("压力", " ")
    (Answer(mark='×', lost=None, note=''), Decimal('2'), None)
    """
    text = typed.strip()
    if not text:
        return None
    if text in _WELL:
        return Answer(NORMAL)
    if text in _WRONG:
        return Answer(ABNORMAL)
    if text in _EXEMPT:
        return Answer(NOT_APPLICABLE)
    return read_answers(label + text).get(label, Answer(NORMAL))


def is_judgement(field: Field) -> bool:
    """Whether a person fills the field in by judging what is seen."""
    return isinstance(field.kind, Mark) or normal_value(field) is not None


def normal_value(field: Field) -> object | None:
    """What a field holds when all is well: its declared default, or its word for that; None where it judges nothing."""
    kind = field.kind
    if isinstance(kind, Mark):
        return Answer(NORMAL)
    if isinstance(kind, Answers):
        return ALL_NORMAL
    if kind.name == "flag":
        return field.default if field.default is True else None
    if field.default in NORMAL_WORDS:
        return field.default
    return _first(NORMAL_WORDS, getattr(kind, "options", ()))


def exempt_value(field: Field) -> object | None:
    """What a field holds when there was nothing to look at; None where it has no word for that."""
    if isinstance(field.kind, Mark):
        return Answer(NOT_APPLICABLE)
    return _first(EXEMPT_WORDS, getattr(field.kind, "options", ()))


def wrong_values(field: Field) -> tuple[object, ...]:
    """What a judgement holds when something is wrong; none where that takes more than a word."""
    if isinstance(field.kind, Mark):
        return (Answer(ABNORMAL),)
    if field.kind.name == "flag":
        return (not normal_value(field),)
    well = {normal_value(field), exempt_value(field)}
    return tuple(word for word in getattr(field.kind, "options", ()) if word not in well)


def is_wrong(field: Field, value: object) -> bool:
    """Whether a judgement says that something is wrong."""
    if isinstance(value, Answer):
        return value.mark == ABNORMAL
    return value is not None and value not in (normal_value(field), exempt_value(field))


def _first(words: tuple[str, ...], options: Collection[str]) -> str | None:
    return next((word for word in words if word in options), None)


def standing(field: Field) -> Field:
    """The field as a column that says which row this is: it is read and not typed."""
    return replace(field, computed=_as_it_stands)


def _as_it_stands(_row: Facts) -> None:
    """Never asked: a sheet works nothing out for the columns that name its rows."""


def typed_once(field: Field) -> bool:
    """Whether a field is usually the same for all rows of a sheet: who, when, with what."""
    if is_judgement(field):
        return False
    return field.carry or field.target == "staff" or field.kind.name in {"time", "span", "moment"}


def offered(field: Field) -> object | None:
    """What the declaration offers for a new record, unless it is a judgement, a figure or a day."""
    worded = field.kind.name in _WORDED and not is_judgement(field)
    return field.default if worded and not callable(field.default) else None


def may_be_taken_over(field: Field) -> bool:
    """Whether the last record's value is offered for a new day: who and with what, but nothing that is read off."""
    return field.carry and field.kind.name in _WORDED and not is_judgement(field)


def columns_of(
    desk: Desk, ledger: Ledger, rows: Collection[str], known: Mapping[str, object], on: date
) -> tuple[Field, ...]:
    """The columns for records of a ledger: those that name a row, those to fill in, those that all rows share.

    `known` are the values that all rows share, such as the day; they need no column. `on` says which items of a
    checklist are in force. Where each row answers another
    checklist the answers stay in one column. What is only known later, such as how a sample was cleared, is not asked.
    """
    named = tuple(standing(ledger.field(key)) for key in rows)
    opened = {ledger.opens_hazard.names} if ledger.opens_hazard else set()
    own: list[Field] = []
    shared: list[Field] = []
    for field in ledger.fields:
        if field.key in {*rows, *known, *opened, *ledger.later} or not field.writable:
            continue
        items = _item_columns(desk, field, known, on) if isinstance(field.kind, Answers) else []
        if items:
            own += items
        elif field.in_table or field.required:
            (shared if typed_once(field) or field.key == ledger.happened else own).append(field)
    return (*named, *own, *shared)


def _item_columns(desk: Desk, field: Field, known: Mapping[str, object], on: date) -> list[Field]:
    """One column for each item that the field's checklist asks on the day."""
    labels = asked_items(desk, field, known, on)
    return [
        Field(label, Mark(label), key=item_key(field.key, label), group=field.label, chars=max(5, 2 * len(label)))
        for label in labels
    ]


def asked_items(desk: Desk, field: Field, known: Mapping[str, object], on: date) -> list[str]:
    """The items that a field's checklist asks on a day, in order."""
    kind = field.kind
    if not isinstance(kind, Answers):
        return []
    chosen = known.get(kind.chosen_by) if kind.chosen_by else kind.checklist
    if not isinstance(chosen, int | str):
        return []
    with desk.store.reading() as session:
        return [item.label for item in items_on(session, chosen, on)]
