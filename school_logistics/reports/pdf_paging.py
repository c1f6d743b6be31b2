"""Share out the rows of a table over pages; plain arithmetic, knows neither fonts nor PDF."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

_EXACT = 1e-6


class Room(NamedTuple):
    """Height in points there is for rows, all fixed parts (heading, subtotal) already taken off."""

    alone: float
    """When everything stands on the first page: no page subtotals are needed."""
    first: float
    """On the first page of several."""
    other: float
    """On every further page."""
    last: float
    """What the last page must hold besides: grand total, signatures, stamp."""


def paginate(heights: Sequence[float], room: Room, glued: Collection[int] = ()) -> list[range]:
    """Say which rows stand on which page.

    Every page is filled before the next is begun; the last keeps `room.last` free, and never stands without a row when
    there are rows: signatures belong to what is signed. A row in `glued` (a group heading) is never the last of a page.
    A row higher than a page gets a page to itself; the caller splits such rows beforehand. No rows give one empty page.

    >>> paginate([8] * 5, Room(alone=30, first=24, other=40, last=12))
    [range(0, 3), range(3, 5)]
    """
    if sum(heights) + room.last <= room.alone + _EXACT:
        return [range(len(heights))]
    pages: list[range] = []
    start = 0
    space = room.first
    while start < len(heights):
        stop = _fill(heights, start, space, glued)
        if stop == len(heights):
            if sum(heights[start:stop]) + room.last <= space + _EXACT:
                return [*pages, range(start, stop)]
            stop = _hold_back(start, stop, glued)
        pages.append(range(start, stop))
        start, space = stop, room.other
    return [*pages, range(start, start)]


def _fill(heights: Sequence[float], start: int, space: float, glued: Collection[int]) -> int:
    used, stop = 0.0, start
    while stop < len(heights) and used + heights[stop] <= space + _EXACT:
        used += heights[stop]
        stop += 1
    if stop == start:
        return start + 1
    return _unglue(start, stop, glued) if stop < len(heights) else stop


def _hold_back(start: int, stop: int, glued: Collection[int]) -> int:
    """Keep the last row back for the page of the signatures."""
    return _unglue(start, stop - 1, glued) if stop - 1 > start else stop


def _unglue(start: int, stop: int, glued: Collection[int]) -> int:
    held = stop
    while held > start and held - 1 in glued:
        held -= 1
    return held if held > start else stop
