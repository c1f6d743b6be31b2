"""A dish or a delivery followed through the ledgers, on the screen or as a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.commands.telling import tell
from school_logistics.services.tracing import Tracing, sheet

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from school_logistics.app import Office
    from school_logistics.reports.traced import Trace


def trace(office: Office, asked: argparse.Namespace) -> int:
    """Follow one record; with --out also as a sheet."""
    found = Tracing(office.desk).trace(asked.ledger, asked.id)
    written = ""
    if asked.out:
        from school_logistics.services.printing import write_whole

        written = str(write_whole(asked.out, sheet(office.desk, found).data))
    document = {
        "title": found.title,
        "day": found.day,
        "wrong": found.wrong,
        "parts": [
            {**part._asdict(), "evidence": [{**one._asdict(), "text": one.text} for one in part.evidence]}
            for part in found.parts
        ],
        "file": written,
    }
    return tell(document, _lines(found, written), as_json=asked.json)


def _lines(found: Trace, written: str) -> Iterator[str]:
    yield found.title
    for place, part in enumerate(found.parts, start=1):
        yield f"{place} {part.heading}" + (f"（{part.note}）" if part.note else "")
        for one in part.evidence:
            yield "    " + "  ".join(word for word in (one.word, one.title, one.text) if word)
        if not part.evidence:
            yield f"    缺  {part.none}"
        if part.more:
            yield f"    另有 {part.more} 条"
    yield f"有 {found.wrong} 处缺或当天无效。" if found.wrong else "证据齐全。"
    if written:
        yield f"追溯单：{written}"
