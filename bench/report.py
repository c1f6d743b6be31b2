"""Figures for readers: lines for the terminal, and the last two columns of the table in this folder's README."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bench.measuring import Figure

_ROW = re.compile(r"^\| `(\w+)` \|(.*)\|[^|]*\|[^|]*\|$", re.MULTILINE)
_SECOND = 1000


def lines(figures: Iterable[Figure]) -> str:
    """One line a figure."""
    told = [f"{'job':<18}{'median':>12}{'floor':>12}{'ratio':>8}{'target':>8}"]
    for one in figures:
        values = f"{one.median:>9.2f} {one.unit:<2}{one.floor:>9.2f} {one.unit:<2}{one.ratio:>8.2f}{one.target:>8.2f}"
        told.append(f"{one.job:<18}{values}  {'met' if one.met else 'NOT MET'}  {one.what}")
    return "\n".join(told) + "\n"


def filled(readme: str, figures: Iterable[Figure]) -> str:
    """The README with what was measured in the rows of its table; rows of other jobs stay as they are."""
    known = {one.job: one for one in figures}

    def row(found: re.Match[str]) -> str:
        one = known.get(found[1])
        if one is None:
            return found[0]
        measured = f"{_amount(one.median, one.unit)} : {_amount(one.floor, one.unit)} = **{one.ratio:.2f}**"
        return f"| `{one.job}` |{found[2]}| {measured} | {'yes' if one.met else 'no'} |"

    return _ROW.sub(row, readme)


def _amount(value: float, unit: str) -> str:
    if unit == "ms" and value >= _SECOND:
        return f"{value / _SECOND:.2f} s"
    if unit not in {"ms", "MB"}:
        return f"{value:.2f}"
    return f"{value:.1f} {unit}" if value < _SECOND / 10 else f"{value:.0f} {unit}"
