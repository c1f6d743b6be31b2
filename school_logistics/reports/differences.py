"""In what two versions of a form differ: which line, which column, what stood there and what stands there now.

Lines are matched by what they say, so that one line added in the middle is one difference and not one a line below it,
and told by the number that is printed before them. Sums that only follow from a changed line are told as one.
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
_ALIKE_RENAMED = 0.6
"""The same where even what the line is about reads otherwise."""
_NAMING = ("品名", "名称", "姓名", "原料", "编号")
"""What a heading contains whose column says what a line is about."""
_SUMS = frozenset({"小计", "合计"})
_FOLLOWING, _FOLLOWS = "小计、合计", "跟着变"
"""Where and how sums are told that only follow from a changed line."""
_BETWEEN = "\u3000"
"""What stands between the labelled facts of a line that spans the table."""
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


class _Found(NamedTuple):
    """A difference, and whether it is a sum that may only follow from the others."""

    told: Difference
    sum: bool = False


def differences(before: Content, after: Content) -> list[Difference]:
    """Every difference between what two versions of a form say, from the top of the paper to its foot."""
    found = [
        _Found(
            Difference(
                "表头" if key != "footer_note" else "表脚", label, str(before.get(key, "")), str(after.get(key, ""))
            )
        )
        for key, label in _HEADS.items()
        if before.get(key, "") != after.get(key, "")
    ]
    names = {**_names(before["blocks"]), **_names(after["blocks"])}
    for key, old, new in _paired(before["blocks"], after["blocks"]):
        if key[0] == "Grid":
            told = _in_grids(old or _like(new), new or _like(old))
            found += [_Found(one._replace(where=f"{names[key]} {one.where}".strip()), is_sum) for one, is_sum in told]
        else:
            follows = key[0] == "AmountInWords"
            found += [_Found(one, follows) for one in _in_words(_said(old), _said(new))]
    return _sums_as_one(found)


def _sums_as_one(found: Sequence[_Found]) -> list[Difference]:
    """The differences, with several changed sums as one line after all others."""
    sums = [told for told, is_sum in found if is_sum]
    if len(sums) < 2:
        return [told for told, _ in found]
    named = [" ".join(part for part in (one.where, one.column) if part) for one in sums]
    before, after = (
        "；".join(f"{name} {text or '空'}" for name, text in zip(named, texts, strict=True))
        for texts in ([one.before for one in sums], [one.after for one in sums])
    )
    return [*(told for told, is_sum in found if not is_sum), Difference(_FOLLOWING, _FOLLOWS, before, after)]


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
    numbers: tuple[str, ...]
    """The number printed before each line; "" for headings and subtotals."""
    about: tuple[int, ...]
    """The cells that say what a line is about."""

    @classmethod
    def of(cls, grid: Mapping[str, Any], common: Sequence[str]) -> _Table:
        headings = [_heading(column) for column in grid["columns"]]
        places = tuple(headings.index(one) for one in common)
        rows = tuple(
            tuple(row[place] for place in places) if len(row) > 1 or len(headings) == 1 else tuple(row)
            for row in grid["rows"]
        )
        about = tuple(place for place, one in enumerate(common) if any(word in one for word in _NAMING))
        return cls(tuple(common), places, rows, _numbers(grid["rows"], headings), about[:1])

    def line(self, at: int) -> str:
        """第 3 行, as it is printed; "" for a line without a number."""
        return f"第 {self.numbers[at]} 行" if self.numbers[at] else ""

    def is_sum(self, at: int) -> bool:
        """Whether a line closes a group with its sum."""
        return not self.numbers[at] and len(self.rows[at]) > 1 and bool(_SUMS.intersection(self.rows[at]))


def _numbers(rows: Sequence[Sequence[str]], headings: Sequence[str]) -> tuple[str, ...]:
    """The number of each line as it is printed; counted where the table prints none."""
    place = next((at for at, one in enumerate(headings) if one in _NUMBERS), None)
    if place is None:
        return tuple(str(at) for at in range(1, len(rows) + 1))
    return tuple(str(row[place]) if len(row) > place and len(row) > 1 else "" for row in rows)


def _heading(column: Mapping[str, Any]) -> str:
    told = "·".join(part for part in (str(column.get("group", "")), str(column["heading"])) if part)
    return told.replace("\n", "")


def _in_grids(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[_Found]:
    olds = [_heading(column) for column in before["columns"]]
    news = [_heading(column) for column in after["columns"]]
    if olds != news:
        yield _Found(Difference("表头", "栏目", "、".join(olds), "、".join(news)))
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
            yield _Found(Difference("合计", heading, was, now), sum=True)


def _in_rows(old: _Table, new: _Table) -> Iterator[_Found]:
    matcher = SequenceMatcher(None, old.rows, new.rows, autojunk=False)
    for what, first, last, begin, end in matcher.get_opcodes():
        if what != "equal":
            yield from _in_stretch(old, range(first, last), new, range(begin, end))


def _in_stretch(old: _Table, olds: range, new: _Table, news: range) -> Iterator[_Found]:
    """Rows that changed: which of them became which, then what was taken out and what was put in."""
    partners = _partners(old, olds, new, news)
    for at in olds:
        if at in partners:
            yield from _in_row(old.rows[at], new, partners[at])
        else:
            gone = Difference(f"签字版{old.line(at)}", _REMOVED, _told(old.rows[at]), "")
            yield _Found(gone, sum=old.is_sum(at))
    taken = set(partners.values())
    for at in news:
        if at not in taken:
            yield _Found(Difference(new.line(at), _ADDED, "", _told(new.rows[at])), sum=new.is_sum(at))


def _partners(old: _Table, olds: range, new: _Table, news: range) -> dict[int, int]:
    """For each old row the new one it became, the most alike first."""
    if len(olds) * len(news) > _MOST_PAIRS:
        return dict(zip(olds, news, strict=False))
    scored = sorted(
        (
            (_alike(old.rows[a], new.rows[b], new.about), -abs((a - olds.start) - (b - news.start)), -a, -b)
            for a in olds
            for b in news
        ),
        reverse=True,
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for alike, _, a, b in scored:
        if alike and -a not in found and -b not in taken:
            found[-a] = -b
            taken.add(-b)
    return found


def _alike(old: Cells, new: Cells, about: Sequence[int]) -> float:
    """The share of cells that say the same, of those that say anything; 0 for two lines that are not one."""
    if len(old) != len(new) or not old:
        return 0.0
    if len(old) == 1:
        old, new, about = tuple(old[0].split(_BETWEEN)), tuple(new[0].split(_BETWEEN)), (0,)
    pairs = [(was, now) for was, now in zip(old, new, strict=False) if was or now]
    share = sum(1 for was, now in pairs if was == now) / len(pairs) if pairs else 0.0
    renamed = any(old[place] != new[place] for place in about if place < min(len(old), len(new)))
    return share if share >= (_ALIKE_RENAMED if renamed else _ALIKE) else 0.0


def _in_row(old: Cells, table: _Table, at: int) -> Iterator[_Found]:
    """The cells that changed; of a line across the table its labelled facts."""
    new = table.rows[at]
    if len(new) == 1 and len(table.headings) > 1:
        yield from _in_spanning(old[0], new[0])
        return
    texts = [text for text in new if text]
    last = next((place for place, text in enumerate(texts) if text in _SUMS), _NAMED_BY - 1) + 1
    name = " ".join(texts[: last if table.is_sum(at) else _NAMED_BY])
    where = f"{table.line(at)} {name}".replace("\n", "").strip()
    columns = table.headings if len(new) == len(table.headings) else ("",) * len(new)
    for heading, was, now in zip(columns, old, new, strict=True):
        if was != now:
            yield _Found(Difference(where, heading, was, now), sum=table.is_sum(at))


def _in_spanning(old: str, new: str) -> Iterator[_Found]:
    """A line across the table, such as the head of a delivery note: which of its facts changed."""
    olds, news = ([part.partition("：") for part in text.split(_BETWEEN)] for text in (old, new))
    if [label for label, _, _ in olds] != [label for label, _, _ in news]:
        yield _Found(Difference("", "分栏", old, new))
        return
    name = " ".join([fact for label, _, fact in news if label not in _SUMS][:_NAMED_BY])
    for (label, _, was), (_, _, now) in zip(olds, news, strict=True):
        if was != now:
            yield _Found(Difference(name, label, was, now), sum=label in _SUMS)


def _told(row: Cells) -> str:
    """A whole row in a few words."""
    return " ".join(text.replace("\n", "") for text in row if text)
