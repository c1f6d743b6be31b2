"""Measure: every job, one after the other, and say how many times its floor each of them costs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from bench.data import Files, files
from bench.measuring import QUICK, Figure, Size
from bench.report import filled, lines

_README = Path(__file__).with_name("README.md")
Job = Callable[[Size, Files], list[Figure]]

JOBS = {
    "start": "starting.starting",
    "open": "browsing.opening",
    "sort": "browsing.sorting",
    "filter": "browsing.filtering",
    "search": "browsing.searching",
    "growth": "browsing.growth",
    "totals": "returning.totals",
    "jump": "scrolling.jumping",
    "wheel": "scrolling.wheeling",
    "import": "importing.importing",
    "save": "saving.saving",
    "form": "printing.printing",
    "pack": "printing.packing",
    "return": "returning.returning",
}
"""Each job with the function that measures it; its module is imported only when it is measured."""


def main(words: list[str] | None = None) -> int:
    """Measure what is asked for and print it; the exit code says only whether it could be measured."""
    asked = _parser().parse_args(words)
    size = QUICK if asked.quick else Size()
    if asked.rows:
        size = replace(size, rows=asked.rows)
    _say("准备数据文件（第一次要一两分钟）……")
    made = files(size)
    figures: list[Figure] = []
    for name in asked.only or JOBS:
        _say(f"测 {name} ……")
        figures += job(name)(size, made)
    if asked.json:
        json.dump([one.told() for one in figures], sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(lines(figures))
    if asked.readme:
        _README.write_text(filled(_README.read_text(encoding="utf-8"), figures), encoding="utf-8")
    return 0


def job(name: str) -> Job:
    """The function that measures a job."""
    module, function = JOBS[name].split(".")
    found: Job = getattr(import_module(f"bench.{module}"), function)
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 dev.py bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output and nothing else")
    parser.add_argument("--quick", action="store_true", help="smaller ledgers and fewer rounds")
    parser.add_argument("--only", nargs="+", choices=JOBS, metavar="JOB", help=f"some jobs of: {' '.join(JOBS)}")
    parser.add_argument("--rows", type=int, metavar="N", help="rows of the great ledger, usually 1,000,000")
    parser.add_argument("--readme", action="store_true", help="also write the figures into bench/README.md")
    return parser


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
