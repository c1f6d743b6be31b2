"""What is typed above a column of a table, as a condition: `>100`, `10-20`, `2026-03`, `3.5`, part of a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, String, cast, false

from school_logistics.errors import Unreadable
from school_logistics.rules.calendar import Month
from school_logistics.rules.dates import Reading
from school_logistics.rules.kinds import Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from school_logistics.models.fields import Field

_SIGNED = re.compile(r"\s*(>=|<=|>|<|=|≥|≤)?\s*(.+)")
_RANGE = re.compile(r"\s*(\S+?)\s*(?:-|~|—|至|到)\s*(\S+)\s*")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_PART_OF_A_DATE = re.compile(r"\d{4}-\d?|-?\d{2}")


def condition(expression: ColumnElement[Any], field: Field, typed: str, on: Reading) -> ColumnElement[bool]:
    """The rows whose value of a field fits what was typed; nothing fits what cannot be read."""
    try:
        return _CONDITIONS.get(field.kind.name, _worded)(expression, field, typed.strip(), on)
    except Unreadable:
        return false()


def literally(words: str) -> str:
    """Words for LIKE, so that % and _ mean themselves behind an escaping backslash."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _worded(expression: ColumnElement[Any], _field: Field, typed: str, _on: Reading) -> ColumnElement[bool]:
    return cast(expression, String).ilike(f"%{literally(typed)}%", escape="\\")


def _chosen(expression: ColumnElement[Any], field: Field, typed: str, _on: Reading) -> ColumnElement[bool]:
    """The options that contain it, so that an index serves."""
    options = field.kind.options if isinstance(field.kind, Choice) else ()
    return expression.in_([one for one in options if typed.casefold() in one.casefold()])


def _flagged(expression: ColumnElement[Any], field: Field, typed: str, on: Reading) -> ColumnElement[bool]:
    return expression.is_(field.kind.read(typed, on))


def _counted(expression: ColumnElement[Any], field: Field, typed: str, on: Reading) -> ColumnElement[bool]:
    """`>100`, `10-20`, `12.5`."""
    if match := _RANGE.fullmatch(typed):
        return expression.between(field.kind.read(match[1], on), field.kind.read(match[2], on))
    sign, number = _sign_and_rest(typed)
    return _signed(expression, sign, field.kind.read(number, on))


def _dated(expression: ColumnElement[Any], field: Field, typed: str, on: Reading) -> ColumnElement[bool]:
    """`3.5`, `>2026-03-01`, `2026-03` or any part of the written date."""
    sign, written = _sign_and_rest(typed)
    if (named := _MONTH.fullmatch(written)) and sign in {"", "="}:
        month = Month(int(named[1]), int(named[2]))
        return expression.between(month.first, month.last)
    if _PART_OF_A_DATE.fullmatch(written):
        return cast(expression, String).like(f"%{written}%")
    return _signed(expression, sign, field.kind.read(written, on))


_CONDITIONS: dict[str, Callable[[ColumnElement[Any], Field, str, Reading], ColumnElement[bool]]] = {
    "choice": _chosen,
    "flag": _flagged,
    "count": _counted,
    "amount": _counted,
    "day": _dated,
    "until": _dated,
}
"""How each kind of value is filtered; every other by the words it is written in."""


def _sign_and_rest(typed: str) -> tuple[str, str]:
    match = _SIGNED.fullmatch(typed)
    return (match[1] or "", match[2].strip()) if match else ("", typed)


def _signed(expression: ColumnElement[Any], sign: str, value: object) -> ColumnElement[bool]:
    comparisons: Iterable[tuple[str, Callable[[], ColumnElement[bool]]]] = (
        (">", lambda: expression > value),
        ("<", lambda: expression < value),
        (">=", lambda: expression >= value),
        ("≥", lambda: expression >= value),
        ("<=", lambda: expression <= value),
        ("≤", lambda: expression <= value),
    )
    return dict(comparisons).get(sign or "=", lambda: expression == value)()
