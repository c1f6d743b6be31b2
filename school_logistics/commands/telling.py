"""How a command tells what it found: lines for people, or one JSON document."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

DONE, REFUSED = 0, 1


def tell(document: object, lines: Iterable[str], *, as_json: bool) -> int:
    """Write the document or the lines on standard output; the exit code of a command that is done."""
    if as_json:
        write_json(document)
    else:
        for line in lines:
            say(line)
    return DONE


def write_json(document: object) -> None:
    """One JSON document on standard output."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1, default=str)
    sys.stdout.write("\n")


def say(line: str) -> None:
    """One line on standard output."""
    sys.stdout.write(f"{line}\n")
