"""Reading a workbook's XML without changing a byte: where its cells stand, and what they say."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from xml.parsers import expat

_MAIN_RELATIONS = "xl/_rels/workbook.xml.rels"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f￾￿]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


@dataclass
class Cell:
    """One cell: where its bytes stand, its attributes, its words or its formula."""

    start: int
    name: str
    """The element's name with its prefix: c, or x:c."""
    attributes: dict[str, str]
    ref: str
    end: int = 0
    opened: int = 0
    """Where its content begins."""
    text: str = ""
    inside: bytes = b""
    """The XML of its words."""
    formula: bool = False
    result: tuple[int, int] | None = None
    """Where a formula's remembered result stands."""

    @property
    def style(self) -> int:
        """The number of its style."""
        return int(self.attributes.get("s", "0"))

    @property
    def prefix(self) -> str:
        """Before the name of every element of this sheet: "" or x:."""
        return self.name.removesuffix("c")

    def opening(self, *, style: int | None = None, kind: str = "", keep_kind: bool = True) -> bytes:
        """The tag that begins it, of another kind or style."""
        told = {key: value for key, value in self.attributes.items() if key != "t" or (keep_kind and not kind)}
        if style is not None:
            told["s"] = str(style)
        if kind:
            told["t"] = kind
        words = "".join(f' {key}="{escaped(value).decode()}"' for key, value in told.items())
        return f"<{self.name}{words}>".encode()

    def with_content(self, element: str, content: bytes, *, style: int | None = None, kind: str = "") -> bytes:
        """The cell with nothing but one element in it: v for a figure, is for words."""
        full = f"{self.prefix}{element}".encode()
        opening = self.opening(style=style, kind=kind, keep_kind=False)
        return b"%s<%s>%s</%s></%s>" % (opening, full, content, full, self.name.encode())

    @property
    def plain(self) -> bool:
        """Whether the XML of its words may be put into this sheet as it is: neither names its elements by a prefix."""
        return not self.prefix and re.search(rb"</?\w+:", self.inside) is None

    def element(self, name: str, content: bytes) -> bytes:
        """An element of words, with its spaces kept."""
        full = f"{self.prefix}{name}".encode()
        return b'<%s xml:space="preserve">%s</%s>' % (full, content, full)


def escaped(words: str) -> bytes:
    """Words as they may stand in XML."""
    clean = _NOT_IN_XML.sub("", words)
    return re.sub('[&<>"]', lambda found: _ENTITIES[found[0]], clean).encode()


def sheets_of(parts: Mapping[str, bytes]) -> tuple[tuple[str, str], ...]:
    """The sheets of a workbook in their order, each with the part that holds it."""
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []

    def related(name: str, told: dict[str, str]) -> None:
        if _local(name) == "Relationship":
            targets[told["Id"]] = posixpath.normpath(posixpath.join("/xl", told["Target"])).lstrip("/")

    def listed(name: str, told: dict[str, str]) -> None:
        if _local(name) == "sheet":
            place = next((value for key, value in told.items() if key.endswith(":id")), "")
            sheets.append((told["name"], targets[place]))

    _parse(parts[_MAIN_RELATIONS], related)
    _parse(parts["xl/workbook.xml"], listed)
    return tuple((name, part) for name, part in sheets if "worksheets/" in part)


def strings_of(parts: Mapping[str, bytes]) -> tuple[bytes, ...]:
    """The shared strings as XML."""
    data = next((parts[name] for name in parts if name.endswith("sharedStrings.xml")), b"")
    found: list[bytes] = []
    opened = 0
    parser = _parser()

    def start(name: str, _told: object) -> None:
        nonlocal opened
        if _local(name) == "si":
            opened = parser.CurrentByteIndex

    def end(name: str) -> None:
        if _local(name) == "si":
            found.append(_between(data, opened, parser.CurrentByteIndex))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    if data:
        _run(parser, data)
    return tuple(found)


def cells_of(data: bytes, strings: tuple[bytes, ...]) -> Iterator[Cell]:
    """The cells of a sheet in their order."""
    reader = _Cells(data, strings)
    return iter(reader.cells)


def starts_in_1904(workbook: bytes) -> bool:
    """Whether days are counted from 1904, as old workbooks of the Macintosh do."""
    return re.search(rb'date1904="(1|true)"', workbook) is not None


def recalculated(workbook: bytes) -> bytes:
    """The workbook's own part, saying that all formulas are to be worked out when it is opened."""
    tag = re.search(rb"<((?:\w+:)?)calcPr\b[^>]*>", workbook)
    if tag is None:
        ends = re.finditer(rb"</(?:\w+:)?(?:sheets|functionGroups|externalReferences|definedNames)>", workbook)
        last = max((one.end() for one in ends), default=0)
        prefix = re.search(rb"<((?:\w+:)?)sheets\b", workbook)
        new = b'<%scalcPr fullCalcOnLoad="1"/>' % (prefix[1] if prefix else b"")
        return workbook[:last] + new + workbook[last:]
    if b"fullCalcOnLoad" in tag[0]:
        return workbook.replace(tag[0], re.sub(rb'fullCalcOnLoad="\w+"', b'fullCalcOnLoad="1"', tag[0]))
    return workbook[: tag.start()] + tag[0].replace(b"calcPr", b'calcPr fullCalcOnLoad="1"', 1) + workbook[tag.end() :]


class _Cells:
    """Walks through a sheet and keeps its cells."""

    def __init__(self, data: bytes, strings: tuple[bytes, ...]) -> None:
        self.data = data
        self.strings = strings
        self.cells: list[Cell] = []
        self._cell: Cell | None = None
        self._value: list[str] | None = None
        self._at = 0
        self._row = 0
        self._parser = _parser()
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._parser.CharacterDataHandler = self._words
        _run(self._parser, data)

    def _start(self, name: str, told: dict[str, str]) -> None:
        here, kind = self._parser.CurrentByteIndex, _local(name)
        if kind == "row":
            self._row = int(told.get("r", self._row + 1))
        elif kind == "c":
            self._cell = Cell(here, name, told, told.get("r", f"第{self._row}行"))
            self._cell.opened = self.data.index(b">", here) + 1
        elif self._cell and kind in {"v", "is"}:
            self._at, self._value = here, []
        elif self._cell and kind == "f":
            self._cell.formula = True

    def _words(self, words: str) -> None:
        if self._value is not None:
            self._value.append(words)

    def _end(self, name: str) -> None:
        here, kind = self._parser.CurrentByteIndex, _local(name)
        cell = self._cell
        if cell is None:
            return
        if kind == "v":
            end = here if self.data.startswith(b"</", here) else self._at
            self._take_value(cell, "".join(self._value or ()), self.data.index(b">", end) + 1)
            self._value = None
        elif kind == "is":
            cell.inside = _between(self.data, self._at, here)
            cell.text = words_in(cell.inside)
            self._value = None
        elif kind == "c":
            end = here if self.data.startswith(b"</", here) else cell.start
            cell.end = self.data.index(b">", end) + 1
            self.cells.append(cell)
            self._cell = None

    def _take_value(self, cell: Cell, value: str, end: int) -> None:
        if cell.formula:
            cell.result = (self._at, end) if value else None
        elif cell.attributes.get("t") == "s":
            cell.inside = self.strings[int(value)]
            cell.text = words_in(cell.inside)
        elif cell.attributes.get("t") == "str":
            cell.text = value
            cell.inside = cell.element("t", escaped(value))


def words_in(inside: bytes) -> str:
    """The words of a string's XML, without the readings that stand above Chinese characters."""
    bare = re.sub(rb"<((?:\w+:)?rPh)\b.*?</\1>", b"", inside, flags=re.DOTALL)
    found = re.findall(rb"<(?:\w+:)?t\b[^>]*>([^<]*)</", bare)
    text = b"".join(found).decode()
    for sign, entity in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&apos;"), ("&", "&amp;")):
        text = text.replace(entity, sign)
    return text


def _between(data: bytes, opened: int, closed: int) -> bytes:
    """What stands inside an element; nothing when it closes itself."""
    return data[data.index(b">", opened) + 1 : closed] if closed > opened else b""


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate("UTF-8")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        msg = "a workbook has no document type"
        raise ValueError(msg)

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _run(parser: expat.XMLParserType, data: bytes) -> None:
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error


def _parse(data: bytes, start: Callable[[str, dict[str, str]], None]) -> None:
    parser = _parser()
    parser.StartElementHandler = start
    _run(parser, data)
