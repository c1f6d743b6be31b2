"""Fit a text into a box: Chinese line breaking, a little shrinking, and never a word cut that could stand whole.

Knows widths only, no fonts and no PDF: whoever calls hands over a function that measures a text in ems.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

Measure = Callable[[str], float]

LEADING = 1.25
"""Distance of two base lines in type sizes."""
BODY = 9.0
SMALLEST = 6.5
"""Smallest type in points that is still read without glasses."""

NOT_AT_START = frozenset("，。、；：？！》〉”’）】」』…—～·％℃〕］｝〗,.;:?!)]}%~°‰")
"""Signs that may not begin a line (GB/T 15834-2011, 5.1)."""
NOT_AT_END = frozenset("（《“‘「【￥〈『〔［｛〖([{¥№")
"""Signs that may not end a line (the same, 5.1)."""

_PIECE = re.compile(r"\n|[ \u3000]+|[0-9A-Za-zÀ-ɏ][0-9A-Za-zÀ-ɏ.,:/+\-_*#@&'%]*|.", re.DOTALL)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]|[\U000e0100-\U000e01ef]"
)
_ON_ONE_LINE = (BODY, 8.5, 8.0, 7.5)
_ON_ONE_LINE_AT_LEAST = (BODY, 8.5, 8.0, 7.5, 7.0, SMALLEST)
_SHRUNK = (8.0, 7.5, 7.0, SMALLEST)
_GROWN = (7.5, 7.0, SMALLEST)
_LONELY = 0.25
"""A last line shorter than this share of the width looks forgotten: the lines are then made even."""


class Fitted(NamedTuple):
    """A text as it will stand: type size in points, its lines, and the width of each line in points."""

    size: float
    lines: tuple[str, ...]
    widths: tuple[float, ...]

    @property
    def height(self) -> float:
        """Height of the lines in points."""
        return len(self.lines) * self.size * LEADING


EMPTY = Fitted(BODY, (), ())


def printable(text: str) -> str:
    r"""Drop what cannot be seen: control characters, direction marks, variation selectors; a tab becomes a space.

    >>> printable("大米\u200b\t25kg\r\n")
    '大米 25kg'
    """
    if text.isprintable() and text.isascii():
        return text.strip()
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\t", " ").replace("\xa0", " ")).strip()


def wrap(text: str, width: float, measure: Measure) -> tuple[list[str], bool]:
    """Break a text into lines no wider than `width` ems.

    Returns the lines, and whether a number, a Latin word or a bracketed pair had to be cut because it is wider than a
    whole line. A single character wider than the line still gets a line of its own.
    """
    lines: list[str] = []
    line, used, cut = "", 0.0, False
    for cluster in _clusters(text):
        if cluster == "\n":
            lines.append(line.rstrip())
            line, used = "", 0.0
            continue
        advance = measure(cluster)
        if used + advance <= width:
            line, used = line + cluster, used + advance
            continue
        if line.strip():
            lines.append(line.rstrip())
        if cluster.isspace():
            line, used = "", 0.0
        elif advance <= width:
            line, used = cluster, advance
        else:
            cut = cut or len(cluster) > 1
            *whole, line = _cut(cluster, width, measure)
            lines += whole
            used = measure(line)
    if line.strip():
        lines.append(line.rstrip())
    return lines, cut


def _clusters(text: str) -> Iterator[str]:
    """Yield what may not be parted: a word or number, or a character with the signs that cling to it."""
    held = ""
    for piece in _PIECE.findall(text):
        if piece.isspace():
            if held:
                yield held
            held = ""
            yield piece
        elif held and (piece[0] in NOT_AT_START or held[-1] in NOT_AT_END):
            held += piece
        else:
            if held:
                yield held
            held = piece
    if held:
        yield held


def _cut(cluster: str, width: float, measure: Measure) -> list[str]:
    pieces, piece, used = [], "", 0.0
    for character in cluster:
        advance = measure(character)
        if piece and used + advance > width:
            pieces.append(piece)
            piece, used = "", 0.0
        piece, used = piece + character, used + advance
    return [*pieces, piece]


def fit(text: str, width: float, height: float, measure: Measure, *, wraps: bool = True, even: bool = False) -> Fitted:
    """Make a text fit into `width` points: on one line if a little shrinking does it, else in lines.

    Breaking text first tries to stay within `height` points at a readable size and then grows beyond it; text that had
    better not break (`wraps=False`) first shrinks on its line down to the smallest type. `even` makes the lines about
    equally long, for text that stands in the middle. The result is never wider than `width`; it may be higher than
    `height`.
    """
    text = printable(text)
    if not text:
        return EMPTY
    if "\n" not in text:
        ems = measure(text)
        for size in _ON_ONE_LINE if wraps else _ON_ONE_LINE_AT_LEAST:
            if ems * size <= width:
                return Fitted(size, (text,), (ems * size,))
    if not wraps:
        return _line_by_line(text, width, measure)
    for size, most in [*((size, height) for size in _SHRUNK), *((size, math.inf) for size in _GROWN)]:
        lines, cut = wrap(text, width / size, measure)
        if not cut and len(lines) * size * LEADING <= most:
            lonely = len(lines) > 1 and measure(lines[-1]) * size < width * _LONELY
            return _fitted(size, _even(text, width / size, measure) if even or lonely else lines, measure)
    return _broken(text, _GROWN[0], width, measure)


def _line_by_line(text: str, width: float, measure: Measure) -> Fitted:
    """Shrink several given lines together; only what is too wide for the smallest type is broken."""
    lines = text.split("\n")
    widest = max(measure(line) for line in lines)
    for size in _SHRUNK:
        if widest * size <= width:
            return _fitted(size, lines, measure)
    return _broken(text, SMALLEST, width, measure)


def paragraph(text: str, size: float, width: float, measure: Measure) -> Fitted:
    """Set running text in one size, as many lines as it takes, in `width` points."""
    return _broken(printable(text), size, width, measure)


def heading(text: str, size: float, width: float, measure: Measure) -> Fitted:
    """Set a column heading: its unit or its second half on a line of its own, broken lines even.

    >>> heading("留样量（g）", 9, 40, lambda text: float(len(text))).lines
    ('留样量', '（g）')
    """
    text = printable(text)
    if "\n" not in text and measure(text) * size > width:
        text = re.sub(r"(?<=.)(?=（)|(?<=./)(?=.)", "\n", text, count=1)
    lines: list[str] = []
    for part in text.split("\n"):
        lines += _even(part, width / size, measure)
    return _fitted(size, lines, measure)


def _even(text: str, width: float, measure: Measure) -> list[str]:
    lines, _ = wrap(text, width, measure)
    narrower = measure(text.replace("\n", "")) / max(1, len(lines))
    while narrower < width:
        even, cut = wrap(text, narrower, measure)
        if len(even) <= len(lines) and not cut:
            return even
        narrower += 0.25
    return lines


def _broken(text: str, size: float, width: float, measure: Measure) -> Fitted:
    return _fitted(size, wrap(text, width / size, measure)[0], measure)


def _fitted(size: float, lines: list[str], measure: Measure) -> Fitted:
    return Fitted(size, tuple(lines), tuple(measure(line) * size for line in lines))
