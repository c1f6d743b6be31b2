"""A meal against the standard as bars, on paper and on screen alike: where each bar ends, and what is written at it."""

from __future__ import annotations

from decimal import Decimal

from school_logistics.reports.blocks import Bar, BarGroup
from school_logistics.rules.money import half_up
from school_logistics.rules.nutrition import Balance, Measured, Range

_LEAST_AT = Decimal("0.55")
"""Where what should be reached stands on every track, so that the eye runs down one line."""
_NOTHING, _WHOLE = Decimal(0), Decimal(1)
_WHOLE_FROM = Decimal(100)
_PLACES = 4


def bar_of(one: Measured) -> Bar:
    """One bar: its standard begins at the same place as every other's."""
    told = f"{shown(one.value)} {one.unit}{_standard(one.standard)}"
    least, most = _bounds(one.standard)
    scale = least or most
    if not scale:
        return Bar(one.label, told, _NOTHING)
    return Bar(
        one.label,
        told,
        min(_share(one.value, scale), _WHOLE),
        None if least is None else _share(least, scale),
        None if most is None else min(_share(most, scale), _WHOLE),
        one.verdict.value,
    )


def groups_of(balance: Balance, title: str) -> tuple[BarGroup, BarGroup]:
    """Food groups and nutrients as two groups of bars."""
    return (
        BarGroup(f"{title} · 食物量", tuple(bar_of(one) for one in balance.amounts)),
        BarGroup(f"{title} · 能量和营养素", tuple(bar_of(one) for one in balance.nutrients)),
    )


def shown(value: Decimal) -> str:
    """A value as far as it means something.

    >>> shown(Decimal("812.34")), shown(Decimal("23.44")), shown(Decimal("0.523"))
    ('812', '23.4', '0.52')
    """
    return f"{half_up(value, 0 if not value or value >= _WHOLE_FROM else 1 if value >= _WHOLE else 2):,f}"


def _standard(standard: Range | None) -> str:
    if standard is None:
        return ""
    least, most = standard
    if least is None:
        return f"（≤{_plain(most)}）"
    if most is None:
        return f"（≥{_plain(least)}）"
    return f"（{_plain(least)}～{_plain(most)}）"


def _plain(value: Decimal | None) -> str:
    """A bound: 120, 8.0 as 8."""
    if value is None:
        return ""
    text = shown(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _bounds(standard: Range | None) -> tuple[Decimal | None, Decimal | None]:
    return standard if standard is not None else (None, None)


def _share(value: Decimal, scale: Decimal) -> Decimal:
    return half_up(value / scale * _LEAST_AT, _PLACES)
