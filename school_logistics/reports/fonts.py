"""The fonts that print: loaded once, asked whether they can write a text, and split run by run where they cannot.

Body and headings are Noto Sans SC in two weights; what they lack is taken from Noto Serif SC. A character that none of
them has is printed as 〓, the printers' own sign for a missing type, and reported, never as an empty box.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts

from school_logistics.paths import resource_path

REGULAR = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"
FALLBACK = "NotoSerifSC-Regular"

MISSING = "〓"
"""Stands for a character that no font has."""

DRAWN_AS = {"√": "✓", "✔": "✓", "☐": "□", "✗": "×", "✘": "×"}
"""Signs printed in the shape of another, and still copied and searched as themselves: the fonts lack some, and write √
as the root of mathematics instead of the tick it is on every form."""

DRAWN_TOGETHER = {"☑": "□√", "☒": "□×"}
"""Signs the fonts lack, built from signs they have, one printed over the other."""

_OUTSIDE_THE_PLANE = 0x2CB4E
_LONGEST_BLOCK = 100


class Run(NamedTuple):
    """A stretch of text in one font, `shift` ems right of where the text begins."""

    font: str
    text: str
    shift: float


class _Glyph(NamedTuple):
    """How one character is written: which font, which characters over each other, how wide in ems."""

    font: str
    text: str
    advance: float


class Typeface(dict[str, float]):
    """One weight of the paper's type with its fallback: a character's width in ems, looked up once."""

    def __init__(self, *fonts: str) -> None:
        """Name the fonts, the preferred first."""
        super().__init__()
        self._fonts = fonts
        self._glyphs: dict[str, _Glyph] = {}
        self._plain: set[str] = set()
        self.lacking: set[str] = set()

    def __missing__(self, character: str) -> float:
        glyph = self._resolve(character)
        self._glyphs[character] = glyph
        if glyph.font == self._fonts[0] and glyph.text == character:
            self._plain.add(character)
        self[character] = glyph.advance
        return glyph.advance

    def width(self, text: str) -> float:
        """Measure a text in ems."""
        return sum(map(self.__getitem__, text))

    def runs(self, text: str) -> tuple[Run, ...]:
        """Split a text where the font changes."""
        self.width(text)
        if self._plain.issuperset(text):
            return (Run(self._fonts[0], text, 0.0),)
        runs: list[Run] = []
        at, start, font, pending = 0.0, 0.0, "", ""
        for character in text:
            glyph = self._glyphs[character]
            if pending and (glyph.font != font or len(glyph.text) > 1):
                runs.append(Run(font, pending, start))
                pending = ""
            if len(glyph.text) > 1:
                runs.extend(Run(glyph.font, layer, at) for layer in glyph.text)
            else:
                if not pending:
                    font, start = glyph.font, at
                pending += glyph.text
            at += glyph.advance
        return (*runs, Run(font, pending, start)) if pending else tuple(runs)

    def _resolve(self, character: str) -> _Glyph:
        for candidate in (character, DRAWN_TOGETHER.get(character), unicodedata.normalize("NFKC", character)):
            if candidate and (font := self._font_for(candidate)):
                return _Glyph(font, candidate, _widest(font, candidate))
        self.lacking.add(character)
        font = self._fonts[0]
        return _Glyph(font, MISSING, _widest(font, MISSING))

    def _font_for(self, characters: str) -> str:
        for font in self._fonts:
            if all(ord(one) in _load(font).face.charToGlyph for one in characters):
                return font
        return ""


@cache
def typeface(*, bold: bool = False) -> Typeface:
    """Give the paper's type, regular or bold; the files are read when first asked for."""
    _mend_reportlab()
    return Typeface(BOLD if bold else REGULAR, FALLBACK)


def missing_glyphs(text: str) -> tuple[str, ...]:
    """List the characters of a text that no shipped font can print, each once, in the order they appear.

    >>> missing_glyphs("张𬭎、堃雨㛃")
    ()
    """
    face = typeface()
    face.width(text)
    return tuple(dict.fromkeys(one for one in text if one in face.lacking))


@cache
def _load(name: str) -> ttfonts.TTFont:
    """Read a font file and make it known to reportlab; one object serves every document of the process."""
    font = ttfonts.TTFont(name, str(resource_path("fonts", f"{name}.ttf")))
    for sign, shape in DRAWN_AS.items():
        if ord(shape) in font.face.charToGlyph:
            font.face.charToGlyph[ord(sign)] = font.face.charToGlyph[ord(shape)]
            font.face.charWidths[ord(sign)] = font.face.charWidths[ord(shape)]
    pdfmetrics.registerFont(font)
    return font


def _widest(font: str, characters: str) -> float:
    widths = _load(font).face.charWidths
    default = _load(font).face.defaultWidth
    return max(float(widths.get(ord(one), default)) for one in characters) / 1000


def _mend_reportlab() -> None:
    """Cure what reportlab 5.1 does wrong or slowly, as long as it does so.

    Its ToUnicode table writes characters beyond the basic plane as five hexadecimal digits and puts all entries into
    one block, where the PDF standard (ISO 32000-1, 9.10.3) wants UTF-16 and blocks of a hundred: 张𬭎 was copied out of
    the paper as another name. Its second, textual encoding of every stream only makes files larger.
    """
    if f"<{_OUTSIDE_THE_PLANE:X}>" in ttfonts.makeToUnicodeCMap("probe", [_OUTSIDE_THE_PLANE]):
        ttfonts.makeToUnicodeCMap = to_unicode_table
    rl_config.useA85 = 0


def to_unicode_table(font_name: str, subset: list[int]) -> str:
    """Write the table by which a reader copies and searches the text of a font subset."""
    entries = [f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>" for code, char in enumerate(subset)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo",
        f"<< /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
        f"/CMapName /{font_name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for start in range(0, len(entries), _LONGEST_BLOCK):
        block = entries[start : start + _LONGEST_BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)
