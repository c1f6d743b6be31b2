"""Share the width of the page out among the columns of a grid.

The form's own widths hold as long as they do: only a column whose numbers, dates or names would become too small to
read is given more, and only from columns that have room to spare. So a form looks the same every month until its
content makes that impossible.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from school_logistics.reports.blocks import Column, Grid
from school_logistics.reports.fonts import typeface
from school_logistics.reports.pdf_table import padding
from school_logistics.reports.pdf_text import BODY, SMALLEST

_READABLE = 8.0
_TWO_LINES = 0.58
"""Share of its length that a text needs as width to stand on two lines."""
_UNBREAKABLE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,:/+\-_*#@&'%]{2,}")
"""A number or Latin word, which had better not be cut."""
_MOST_GAIN = 1.7
_LEAST_FOR_HAND = 0.8
_LEAST_FOR_TEXT = 0.6
_HEADING_EMS = 3.0


class _Limits(NamedTuple):
    """How wide the columns want to be, and how narrow they may get."""

    wanted: list[float]
    easy: list[float]
    """Without any text being broken that was not."""
    least: list[float]
    """With texts on two lines."""


def column_edges(grid: Grid, width: float) -> tuple[float, ...]:
    """Give the left edges of all columns and the right edge of the last, in points, for a table `width` points wide."""
    scale = width / sum(column.mm for column in grid.columns)
    shares = [column.mm * scale for column in grid.columns]
    limits = _limits(grid, shares)
    for least in (limits.easy, limits.least):
        shares = _balanced(shares, limits.wanted, least)
    edges = [0.0]
    for share in shares:
        edges.append(edges[-1] + share)
    return (*edges[:-1], width)


def _limits(grid: Grid, shares: Sequence[float]) -> _Limits:
    rows = [row for row in grid.rows if len(row) == len(shares)]
    limits = _Limits([], [], [])
    for at, (column, share) in enumerate(zip(grid.columns, shares, strict=True)):
        lines = {line for row in rows for line in row[at].split("\n")}
        longest = max((typeface().width(line) for line in lines), default=0.0)
        piece = max((typeface().width(one) for line in lines for one in _UNBREAKABLE.findall(line)), default=0.0)
        total = typeface(bold=True).width(grid.total[at] if grid.total else "")
        inset = 2 * padding(share)
        whole = max(longest, total) * _READABLE + inset
        want = max(longest * _TWO_LINES, piece, total) * _READABLE + inset if column.wrap else whole
        keep = max(
            _heading(column) + inset,
            piece * SMALLEST + inset,
            share * (_LEAST_FOR_TEXT if longest else _LEAST_FOR_HAND),
        )
        limits.wanted.append(min(want, share * _MOST_GAIN))
        limits.easy.append(max(want, whole, keep))
        limits.least.append(max(want, keep))
    return limits


def _heading(column: Column) -> float:
    return min(typeface(bold=True).width(column.heading.replace("\n", "")), _HEADING_EMS) * BODY


def _balanced(shares: Sequence[float], wanted: Sequence[float], least: Sequence[float]) -> list[float]:
    """Move width from columns with room to spare to columns that lack it, as far as it goes."""
    lacks = [max(0.0, want - share) for want, share in zip(wanted, shares, strict=True)]
    spare = [max(0.0, share - few) for few, share in zip(least, shares, strict=True)]
    moved = min(sum(lacks), sum(spare))
    if not moved:
        return list(shares)
    gain, loss = moved / sum(lacks), moved / sum(spare)
    return [share + lack * gain - left * loss for share, lack, left in zip(shares, lacks, spare, strict=True)]
