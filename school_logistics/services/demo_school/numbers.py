"""Invented numbers that pass their check digits, all in regions and ranges that nobody uses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product

from school_logistics.rules.identity import id_card_fault, jy_fault, sc_fault, uscc_fault, vin_fault

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(stem: str) -> str:
    """A unified social credit code: sixteen signs and the two check characters that belong to them."""
    return _checked(f"{stem}??", uscc_fault)


def production_permit(stem: str) -> str:
    """A food production licence: SC, thirteen digits and the check digit."""
    return _checked(f"{stem}?", sc_fault)


def business_permit(stem: str) -> str:
    """A food business licence: JY, thirteen digits and the check digit."""
    return _checked(f"{stem}?", jy_fault)


def identity_card(born: date, order: int, today: date) -> str:
    """An identity number of the region 370000, which is no county; an odd order is a man's."""
    return _checked(f"370000{born:%Y%m%d}{order:03}?", lambda number: id_card_fault(number, today))


def vehicle_number(stem: str) -> str:
    """A vehicle identification number; the stem has a question mark in the ninth place."""
    return _checked(stem, vin_fault)


def phone(order: int) -> str:
    """A mobile number of the range that examples use."""
    return f"1380000{order:04}"


def _checked(stem: str, fault: Callable[[str], str]) -> str:
    parts = stem.split("?")
    for signs in product(_SIGNS, repeat=len(parts) - 1):
        number = parts[0] + "".join(sign + part for sign, part in zip(signs, parts[1:], strict=True))
        if not fault(number):
            return number
    msg = f"no check digit fits {stem}"
    raise ValueError(msg)
