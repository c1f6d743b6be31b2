"""One page being drawn: texts and rules are collected and written as one text object and one path a kind of rule.

Coordinates are points from the upper left corner; a text stands on its base line. Knows no blocks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from school_logistics.reports.pdf_text import LEADING, Fitted

MM = 72 / 25.4
"""Points in a millimetre."""

A4 = (210 * MM, 297 * MM)

INK = "0.10 g"
FAINT = "0.45 g"
THIN = 0.4
THICK = 0.8

_MIDDLE = 0.38
"""The middle of a Chinese character above its base line, in type sizes."""
_CIRCLE = 0.5523
"""Length of the control arms with which four Bézier curves make a circle, in radii."""
_HATCH_MM = 1.6
_LATE = "0.647 0.165 0.122"
_LATE_BACK = "0.984 0.914 0.902"


class Piece(NamedTuple):
    """A stretch of text ready for the page: internal font name, encoded bytes, ems right of the text's beginning."""

    font: str
    code: str
    shift: float


class Encode(Protocol):
    """Turns texts into pieces of the document's fonts."""

    def __call__(self, text: str, *, bold: bool) -> Sequence[Piece]:
        """Give the pieces of one text, regular or bold."""


class Sheet:
    """Collects what stands on one page and writes it down as PDF operators."""

    def __init__(self, width: float, height: float, encode: Encode) -> None:
        """Begin an empty page of the given size in points."""
        self.width = width
        self.height = height
        self._encode = encode
        self._texts: list[str] = []
        self._faint: list[str] = []
        self._thin: list[str] = []
        self._thick: list[str] = []
        self._behind: list[str] = []
        self._before: list[str] = []
        self._font: tuple[str, float] = ("", 0.0)

    def text(self, x: float, y: float, text: str, size: float, *, bold: bool = False) -> None:
        """Write a text that begins at `x` on the base line `y`."""
        up = self.height - y
        write = self._texts.append
        for font, code, shift in self._encode(text, bold=bold):
            if self._font != (font, size):
                self._font = (font, size)
                write(f"{font} {size:g} Tf")
            write(f"1 0 0 1 {x + shift * size:.2f} {up:.2f} Tm <{code}> Tj")

    def faint(self, x: float, y: float, text: str, size: float) -> None:
        """Write a text in grey, such as what stands in the place of the stamp."""
        for font, code, shift in self._encode(text, bold=False):
            self._faint.append(
                f"{font} {size:g} Tf 1 0 0 1 {x + shift * size:.2f} {self.height - y:.2f} Tm <{code}> Tj"
            )

    def block(
        self,
        fitted: Fitted,
        x: float,
        top: float,
        width: float,
        height: float,
        align: str = "left",
        *,
        bold: bool = False,
    ) -> None:
        """Write a fitted text into a box, in the middle of its height."""
        size = fitted.size
        step = size * LEADING
        y = top + height / 2 - (len(fitted.lines) - 1) * step / 2 + _MIDDLE * size
        for line, wide in zip(fitted.lines, fitted.widths, strict=True):
            if align == "left":
                at = x
            elif align == "right":
                at = x + width - wide
            else:
                at = x + (width - wide) / 2
            self.text(at, y, line, size, bold=bold)
            y += step

    def rule(self, x1: float, y1: float, x2: float, y2: float, *, thick: bool = False) -> None:
        """Draw a straight rule."""
        high = self.height
        (self._thick if thick else self._thin).append(f"{x1:.2f} {high - y1:.2f} m {x2:.2f} {high - y2:.2f} l")

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        """Draw the heavier outer frame of a table."""
        self._thick.append(f"{x:.2f} {self.height - y - height:.2f} {width:.2f} {height:.2f} re")

    def shade(self, x: float, y: float, width: float, height: float) -> None:
        """Lay a light grey behind a heading."""
        self._behind.append(f"0.93 g {x:.2f} {self.height - y - height:.2f} {width:.2f} {height:.2f} re f")

    def hatch(self, x: float, y: float, width: float, height: float) -> None:
        """Mark a cell as still missing: red strokes on light red, for the preview."""
        low = self.height - y - height
        box = f"{x:.2f} {low:.2f} {width:.2f} {height:.2f} re"
        step = _HATCH_MM * MM
        strokes = " ".join(
            f"{x + start * step - height:.2f} {low:.2f} m {x + start * step:.2f} {low + height:.2f} l"
            for start in range(1, math.ceil((width + height) / step))
        )
        self._behind.append(f"q {_LATE_BACK} rg {box} f {box} W n {_LATE} RG 0.35 w {strokes} S Q")
        self._before.append(f"q {_LATE} RG 1 w {box} S Q")

    def circle(self, x: float, y: float, radius: float) -> None:
        """Draw a dotted circle around a point."""
        middle, arm = self.height - y, radius * _CIRCLE
        path = [f"{x + radius:.2f} {middle:.2f} m"]
        for cos, sin in ((1, 0), (0, 1), (-1, 0), (0, -1)):
            begin = (x + radius * cos - arm * sin, middle + radius * sin + arm * cos)
            bend = (x - radius * sin + arm * cos, middle + radius * cos + arm * sin)
            end = (x - radius * sin, middle + radius * cos)
            path.append(" ".join(f"{number:.2f}" for point in (begin, bend, end) for number in point) + " c")
        self._before.append(f"q 0.55 G 0.6 w 1 J [0 2.4] 0 d {' '.join(path)} s Q")

    def dashed(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw a dashed grey rule."""
        high = self.height
        path = f"{x1:.2f} {high - y1:.2f} m {x2:.2f} {high - y2:.2f} l"
        self._before.append(f"q 0.55 G {THIN:g} w [3 2.4] 0 d {path} S Q")

    def place(self, operators: str, x: float, y: float) -> None:
        """Put a drawing of its own with its upper left corner at a point; it is drawn downwards."""
        self._before.append(f"q 1 0 0 -1 {x:.2f} {self.height - y:.2f} cm {operators} Q")

    def operators(self) -> str:
        """Write the page down, the text as one object and each kind of rule as one path."""
        parts = list(self._behind)
        if self._thin:
            parts += ["0.10 G", f"{THIN:g} w", *self._thin, "S"]
        if self._thick:
            parts += ["0.10 G", f"{THICK:g} w", *self._thick, "S"]
        parts += self._before
        if self._texts or self._faint:
            parts += ["BT", INK, *self._texts]
            if self._faint:
                parts += [FAINT, *self._faint]
            parts.append("ET")
        return "\n".join(parts)
