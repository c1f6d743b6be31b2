"""What a form says, apart from how it is laid out: plain values to keep, to digest, and to compare.

Widths, hatching and the day on which the paper was made are left out: another look, or another day, makes no other
version of a form. A block is told by its fields, so a new kind of block is kept and compared without a word here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from school_logistics.rules.short_code import ShortCode, short_code

if TYPE_CHECKING:
    from school_logistics.reports.blocks import Paper

Content = dict[str, Any]
"""A form as JSON knows it."""

DATED = frozenset({"制表日期", "填表日期", "编制日期", "打印日期"})
"""Labels of lines that tell the day on which the paper was made."""

_LOOK = frozenset({
    "hatched", "sums", "show_sum", "page_totals", "blank_to_page", "struck", "bold", "align", "wrap", "shaded", "bands",
    "banded", "date",
})  # fmt: skip
"""Fields of blocks that say how something looks, or are only sums of what is told elsewhere."""
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_of(paper: Paper) -> Content:
    """What a form says: its head and its blocks in order."""
    return {
        "code": paper.code,
        "title": paper.title,
        "school": paper.school,
        "footer_note": paper.footer_note,
        "blocks": [_plain(block) for block in paper.blocks],
    }


def as_json(content: Content) -> str:
    """One spelling for one content."""
    return _JSON.encode(content)


def digest_of(content: Content) -> str:
    """The digest of what a form says, as hexadecimal digits."""
    return hashlib.sha256(as_json(content).encode()).hexdigest()


def version_of(form: str, period: str, edition: str, digest: str) -> ShortCode:
    """The short code of a version: of the form's code, its period (2026-10), its edition and what it says, no more."""
    told = f"{form}\x1f{period}\x1f{edition}\x1f{digest}"
    return short_code(hashlib.sha256(told.encode()).digest())


def with_version(paper: Paper, period: str) -> Paper:
    """A form with the short code of what it says."""
    digest = digest_of(content_of(paper))
    return replace(paper, version=version_of(paper.code, period, paper.edition, digest))


def _plain(value: Any) -> Any:
    """A value as JSON knows it; a block with the name of its kind."""
    if isinstance(value, str) or value is None or isinstance(value, bool | int):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        told = {name: _plain(getattr(value, name)) for name in _told(type(value))}
        if "parts" in told:
            told["parts"] = [part for part in told["parts"] if part[0] not in DATED]
        return {"kind": type(value).__name__, **told}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(_plain(one) for one in value)
    if isinstance(value, Iterable):
        return [one if isinstance(one, str) else _plain(one) for one in value]
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


@cache
def _told(kind: Any) -> tuple[str, ...]:
    """The fields of a kind of block that say something."""
    return tuple(one.name for one in fields(kind) if one.name not in _LOOK and not one.name.endswith("mm"))
