"""How people write numbers: full-width digits, thousands marks, units, small sums such as 12*3.5."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from school_logistics.errors import Unreadable

DIGITS_A_FLOAT_KEEPS = 15
"""A workbook keeps numbers as floats: beyond fifteen digits the tail is lost."""

_NUMBER = r"\d+(?:\.\d*)?|\.\d+"
_LONGEST_SUM = 80
_PART = re.compile(rf"\s*({_NUMBER}|[-+*/()])")
_WITH_UNIT = re.compile(rf"([-+]?(?:{_NUMBER}))\s*([^\d.\s].*)?")


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as the keyboard writes them, outer spaces gone."""
    return unicodedata.normalize("NFKC", text).replace("－", "-").replace("−", "-").replace("×", "*").strip()


def read_number(typed: str | float | Decimal, unit: str = "") -> Decimal:
    """Read what was typed or found in a cell, exactly.

    A unit that follows the number is accepted when it is the field's own (`31公斤`, `5.92元`, `41人`).

    >>> read_number("１，２５３．２"), read_number("31公斤", "公斤"), read_number("12*3.5"), read_number(0.1)
    (Decimal('1253.2'), Decimal('31'), Decimal('42.0'), Decimal('0.1'))

    Raises Unreadable when the text is no number or carries a foreign unit.
    """
    if isinstance(typed, Decimal):
        return typed
    if isinstance(typed, int | float):
        return Decimal(repr(typed))
    text = half_width(typed).replace(",", "").replace("￥", "").replace("¥", "")
    match = _WITH_UNIT.fullmatch(text)
    if match and (not match[2] or _same_unit(match[2], unit)):
        return Decimal(match[1])
    if match and not re.match(r"[-+*/]", match[2]):
        said = f"单位是{unit}，" if unit else ""
        msg = f"「{typed.strip()}」不是数字；{said}只填数字"
        raise Unreadable(msg)
    return _worked_out(text, typed)


def rounded(number: Decimal, places: int) -> Decimal:
    """Half up to so many places, as money is rounded in an office."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _same_unit(written: str, unit: str) -> bool:
    written = written.strip().casefold().removesuffix("整")
    return bool(written) and written in {part.casefold() for part in (unit, *unit.split("/"), unit.partition("/")[0])}


def _worked_out(text: str, typed: str) -> Decimal:
    """Work out a small sum with + - * / and brackets; nothing else is understood."""
    parts = _PART.findall(text)
    refused = Unreadable(f"「{typed.strip()}」不是数字，也不是算式；可以填 12.5 或 12*3.5")
    if len(parts) > _LONGEST_SUM or not parts or "".join(parts) != re.sub(r"\s", "", text):
        raise refused
    try:
        value, rest = _sum(parts)
    except (InvalidOperation, ZeroDivisionError, IndexError) as trouble:
        raise refused from trouble
    if rest:
        raise refused
    return value


def _sum(parts: list[str]) -> tuple[Decimal, list[str]]:
    value, rest = _product(parts)
    while rest and rest[0] in "+-":
        sign = rest[0]
        more, rest = _product(rest[1:])
        value = value + more if sign == "+" else value - more
    return value, rest


def _product(parts: list[str]) -> tuple[Decimal, list[str]]:
    value, rest = _factor(parts)
    while rest and rest[0] in "*/":
        sign = rest[0]
        more, rest = _factor(rest[1:])
        value = value * more if sign == "*" else value / more
    return value, rest


def _factor(parts: list[str]) -> tuple[Decimal, list[str]]:
    head, rest = parts[0], parts[1:]
    if head in "+-":
        value, rest = _factor(rest)
        return (value if head == "+" else -value), rest
    if head == "(":
        value, rest = _sum(rest)
        if rest[0] != ")":
            raise InvalidOperation
        return value, rest[1:]
    return Decimal(head), rest
