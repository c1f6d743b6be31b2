"""In what two versions of a form differ: which line, which column, what stood there and what stands there now.

Lines are matched by what they say, so that one line added in the middle is one difference and not one a line below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from school_logistics.reports.content import Content

_NUMBERS = frozenset({"序号", "行次"})
"""Columns that only count the lines."""
_HEADS = {"school": "学校", "title": "表名", "footer_note": "表脚说明"}
_ADDED, _REMOVED = "新增一行", "删去一行"
_ALIKE = 0.34
"""Least share of equal cells with which two lines are taken for one that was changed."""
_MOST_PAIRS = 10_000
_NAMED_BY = 2
"""So many texts name a line."""

Cells = tuple[str, ...]
_Key = tuple[str, int]
"""A kind of block, and its number among those of its kind."""


class Difference(NamedTuple):
    """One place in which two versions differ."""

    where: str
    """第 3 行 11-09 鸡腿, 合计, 表头: the line."""
    column: str
    """The heading of the column, or what was done to the whole line."""
    before: str
    after: str

    def __str__(self) -> str:
        """第 3 行 11-09 鸡腿，数量：31 → 33."""
        place = "，".join(part for part in (self.where, self.column) if part)
        return f"{place}：{self.before or '空'} → {self.after or '空'}"


def differences(before: Content, after: Content) -> list[Difference]:
    """Every difference between what two versions of a form say, from the top of the paper to its foot."""
    found = [
        Difference("表头" if key != "footer_note" else "表脚", label, str(before.get(key, "")), str(after.get(key, "")))
        for key, label in _HEADS.items()
        if before.get(key, "") != after.get(key, "")
    ]
    names = {**_names(before["blocks"]), **_names(after["blocks"])}
    for key, old, new in _paired(before["blocks"], after["blocks"]):
        if key[0] == "Grid":
            told = _in_grids(old or _like(new), new or _like(old))
            found += [one._replace(where=f"{names[key]} {one.where}".strip()) for one in told]
        else:
            found += _in_words(_said(old), _said(new))
    return found


def _like(grid: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """A grid without rows under the same headings."""
    return {"columns": grid["columns"] if grid else [], "rows": [], "total": None}


def _paired(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[_Key, Mapping[str, Any] | None, Mapping[str, Any] | None]]:
    """The blocks of two versions side by side: the first table with the first, the second note with the second."""
    olds, news = _numbered(before), _numbered(after)
    for key in dict.fromkeys((*olds, *news)):
        yield key, olds.get(key), news.get(key)


def _numbered(blocks: Sequence[Mapping[str, Any]]) -> dict[_Key, Mapping[str, Any]]:
    seen: Counter[str] = Counter()
    found: dict[_Key, Mapping[str, Any]] = {}
    for block in blocks:
        kind = str(block["kind"])
        found[kind, seen[kind]] = block
        seen[kind] += 1
    return found


def _names(blocks: Sequence[Mapping[str, Any]]) -> dict[_Key, str]:
    """What each of several tables is called: by the title above it, else by its number; one table needs no name."""
    several = sum(1 for block in blocks if block["kind"] == "Grid") > 1
    title, found = "", {}
    for key, block in _numbered(blocks).items():
        if key[0] == "Title":
            title = str(block.get("bookmark") or block.get("subtitle") or block["text"])
        elif key[0] == "Grid":
            found[key] = (title or f"第 {key[1] + 1} 个表") if several else ""
            title = ""
    return found


# --- words ---------------------------------------------------------------------------------------------------------


def _said(block: Mapping[str, Any] | None) -> dict[tuple[str, str], str]:
    """What a block that is no table says, by its place."""
    if block is None:
        return {}
    match block["kind"]:
        case "Line":
            return _labelled("表头", block["parts"])
        case "Card":
            return _labelled("", [pair for row in block["rows"] for pair in row])
        case "AmountInWords":
            return {("", str(block["label"])): str(block["text"])}
        case "Signatures":
            return {("签字栏", ""): "、".join(block["names"])}
        case "Title":
            return {("", "标题"): " ".join(part for part in (block["text"], block.get("subtitle", "")) if part)}
        case "PageBreak" | "Stamp":
            return {}
    words = list(_words(block))
    return {("", "文字" if len(words) == 1 else f"文字第 {at} 段"): one for at, one in enumerate(words, start=1)}


def _labelled(where: str, pairs: Sequence[Sequence[str]]) -> dict[tuple[str, str], str]:
    """Labelled facts; a label that comes again is told with its number."""
    seen: Counter[str] = Counter()
    found: dict[tuple[str, str], str] = {}
    for label, value in pairs:
        seen[label] += 1
        found[where, label if seen[label] == 1 else f"{label}（{seen[label]}）"] = value
    return found


def _words(value: Any) -> Iterator[str]:
    """Every text within a block of a kind that is not known here, in order."""
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, Mapping):
        for key in sorted(value):
            if key != "kind":
                yield from _words(value[key])
    elif isinstance(value, Sequence):
        for one in value:
            yield from _words(one)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def _in_words(before: Mapping[tuple[str, str], str], after: Mapping[tuple[str, str], str]) -> Iterator[Difference]:
    for place in dict.fromkeys((*before, *after)):
        old, new = before.get(place, ""), after.get(place, "")
        if old != new:
            yield Difference(*place, old, new)


# --- tables --------------------------------------------------------------------------------------------------------


class _Table(NamedTuple):
    """A table by the headings that both versions have and that do not merely count lines."""

    headings: tuple[str, ...]
    places: tuple[int, ...]
    rows: tuple[Cells, ...]

    @classmethod
    def of(cls, grid: Mapping[str, Any], common: Sequence[str]) -> _Table:
        headings = [_heading(column) for column in grid["columns"]]
        places = tuple(headings.index(one) for one in common)
        rows = tuple(
            tuple(row[place] for place in places) if len(row) > 1 or len(headings) == 1 else tuple(row)
            for row in grid["rows"]
        )
        return cls(tuple(common), places, rows)


def _heading(column: Mapping[str, Any]) -> str:
    told = "·".join(part for part in (str(column.get("group", "")), str(column["heading"])) if part)
    return told.replace("\n", "")


def _in_grids(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    olds = [_heading(column) for column in before["columns"]]
    news = [_heading(column) for column in after["columns"]]
    if olds != news:
        yield Difference("表头", "栏目", "、".join(olds), "、".join(news))
    common = tuple(dict.fromkeys(one for one in olds if one in news and one not in _NUMBERS))
    old, new = _Table.of(before, common), _Table.of(after, common)
    yield from _in_rows(old, new)
    totals = [grid.get("total") or () for grid in (before, after)]
    cells = [
        [total[place] if total else "" for place in table.places]
        for total, table in zip(totals, (old, new), strict=True)
    ]
    for heading, was, now in zip(common, *cells, strict=True):
        if was != now:
            yield Difference("合计", heading, was, now)


def _in_rows(old: _Table, new: _Table) -> Iterator[Difference]:
    matcher = SequenceMatcher(None, old.rows, new.rows, autojunk=False)
    for what, first, last, begin, end in matcher.get_opcodes():
        if what != "equal":
            yield from _in_stretch(old, range(first, last), new, range(begin, end))


def _in_stretch(old: _Table, olds: range, new: _Table, news: range) -> Iterator[Difference]:
    """Rows that changed: which of them became which, then what was taken out and what was put in."""
    partners = _partners(old, olds, new, news)
    for at in olds:
        if at in partners:
            yield from _in_row(old.rows[at], new.rows[partners[at]], partners[at], new.headings)
        else:
            yield Difference(f"签字版第 {at + 1} 行", _REMOVED, _told(old.rows[at]), "")
    taken = set(partners.values())
    for at in news:
        if at not in taken:
            yield Difference(f"第 {at + 1} 行", _ADDED, "", _told(new.rows[at]))


def _partners(old: _Table, olds: range, new: _Table, news: range) -> dict[int, int]:
    """For each old row the new one it became, the most alike first."""
    if len(olds) * len(news) > _MOST_PAIRS:
        return dict(zip(olds, news, strict=False))
    scored = sorted(
        (
            (_alike(old.rows[a], new.rows[b]), -abs((a - olds.start) - (b - news.start)), -a, -b)
            for a in olds
            for b in news
        ),
        reverse=True,
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for alike, _, a, b in scored:
        if alike >= _ALIKE and -a not in found and -b not in taken:
            found[-a] = -b
            taken.add(-b)
    return found


def _alike(old: Cells, new: Cells) -> float:
    """The share of cells that say the same."""
    if len(old) != len(new) or not old:
        return 0.0
    return sum(1 for was, now in zip(old, new, strict=True) if was == now) / len(old)


def _in_row(old: Cells, new: Cells, at: int, headings: Cells) -> Iterator[Difference]:
    name = " ".join([text for text in new if text][:_NAMED_BY])
    where = f"第 {at + 1} 行 {name}".replace("\n", "").strip()
    columns = headings if len(new) == len(headings) else ("",) * len(new)
    for heading, was, now in zip(columns, old, new, strict=True):
        if was != now:
            yield Difference(where, heading, was, now)


def _told(row: Cells) -> str:
    """A whole row in a few words."""
    return " ".join(text.replace("\n", "") for text in row if text)
