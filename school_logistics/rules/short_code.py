"""The short code of a printed form: eight characters nobody mistakes, the last of which checks the others.

The code is made of a digest alone, so the same paper always has the same code. Thirty-one characters, a prime number,
so that with different weights one wrong character and two exchanged ones are always found.
"""

from __future__ import annotations

import unicodedata
from typing import NewType

from school_logistics.errors import OfficeError

ShortCode = NewType("ShortCode", str)

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and capitals without 0 O, 1 I L, which look alike on a copy."""

LENGTH = 8
_HALF = LENGTH // 2
_LEFT_OUT = frozenset("01ILO")


def short_code(digest: bytes) -> ShortCode:
    """The code of a digest, of which the first eight bytes count.

    >>> short_code(bytes(range(8)))
    'W4TMAY6Y'
    """
    number = int.from_bytes(digest[:8], "big")
    payload = ""
    for _ in range(LENGTH - 1):
        number, place = divmod(number, len(ALPHABET))
        payload += ALPHABET[place]
    return ShortCode(payload + _check(payload))


def shown(code: str) -> str:
    """A code as it is printed, in two halves.

    >>> shown("W4TMAY6Y")
    'W4TM-AY6Y'
    """
    return f"{code[:_HALF]}-{code[_HALF:]}" if code else ""


def read_code(typed: str) -> ShortCode:
    """The code that was typed or scanned, with or without dash, in whatever width and case; or the whole of a QR code.

    >>> read_code("w4tm ay6y")
    'W4TMAY6Y'
    >>> read_code("F-BUS-04-202610-W4TMAY6Y")
    'W4TMAY6Y'

    Raises OfficeError, saying what is wrong with it.
    """
    plain = unicodedata.normalize("NFKC", typed).upper().strip()
    last = plain.rpartition("-")[2]
    signs = last if len(last) == LENGTH else "".join(sign for sign in plain if sign not in " -—_.")
    strange = next((sign for sign in signs if sign not in ALPHABET), "")
    if strange in _LEFT_OUT and strange:
        raise OfficeError(f"短码里没有「{strange}」（容易看错的 0、1、I、L、O 都不用），请对照表脚再看一遍。")
    if strange:
        raise OfficeError(f"短码只有数字和大写字母，「{strange}」不是，请对照表脚重输。")
    if len(signs) != LENGTH:
        raise OfficeError(f"短码是 {LENGTH} 位，这里有 {len(signs)} 位，请对照表脚重输。")
    if _check(signs[:-1]) != signs[-1]:
        raise OfficeError(f"短码「{shown(signs)}」对不上校验位，多半有一位看错或两位写反，请对照表脚重输。")
    return ShortCode(signs)


def _check(payload: str) -> str:
    """The character that makes the weighted sum a multiple of thirty-one."""
    total = sum((place + 2) * ALPHABET.index(sign) for place, sign in enumerate(payload))
    return ALPHABET[-total % len(ALPHABET)]
