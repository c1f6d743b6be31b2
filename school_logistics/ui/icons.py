"""The line icons of the window: Lucide drawings, recoloured and drawn once per size, colour and screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from pathlib import Path

STROKE = 1.75
"""Width of the lines, in units of the 24 × 24 drawing."""
STROKE_LARGE = 1.25
"""Width of the lines of the one large icon on an empty page."""


class Icons:
    """Hands out pixmaps; every one is drawn at most once."""

    def __init__(self, folder: Path) -> None:
        """Draw from the SVG files in `folder`."""
        self._folder = folder
        self._sources: dict[str, str] = {}
        self._drawn: dict[tuple[str, int, str, float, float], QPixmap] = {}

    def pixmap(self, name: str, size: int, color: str, ratio: float = 1.0, stroke: float = STROKE) -> QPixmap:
        """Draw icon `name` at `size` logical pixels in `color` (`#RRGGBB`) for a screen of that pixel ratio.

        Raises FileNotFoundError when there is no such icon: a slip of the programmer, not of the user.
        """
        key = (name, size, color, ratio, stroke)
        known = self._drawn.get(key)
        if known is None:
            known = self._drawn[key] = self._draw(name, size, color, ratio, stroke)
        return known

    def _draw(self, name: str, size: int, color: str, ratio: float, stroke: float) -> QPixmap:
        source = self._source(name).replace("currentColor", color)
        source = source.replace('stroke-width="2"', f'stroke-width="{stroke}"')
        pixels = round(size * ratio)
        picture = QPixmap(pixels, pixels)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, pixels, pixels))
        painter.end()
        picture.setDevicePixelRatio(ratio)
        return picture

    def _source(self, name: str) -> str:
        if name not in self._sources:
            self._sources[name] = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        return self._sources[name]
