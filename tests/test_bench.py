"""Every job of the bench runs, on so little that it takes a moment, and tells what the report needs."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from bench import __main__ as bench
from bench import data
from bench.data import Files, files
from bench.measuring import TINY, Figure, Pair, by_turns, high
from bench.report import filled

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Files]:
    """The data files, in a folder of their own."""
    folder = tmp_path_factory.mktemp("bench")
    gc.collect()
    gc.freeze()  # every round sweeps up before it: not what other tests of this run left standing
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "cache_folder", lambda: folder)
        yield files(TINY)


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[None]:
    """The application, undressed again after a job has put on the look of the window."""
    yield
    qapp.setStyleSheet("")


@pytest.mark.parametrize("name", bench.JOBS)
def test_job_gives_ratios_to_a_floor(name: str, made: Files, dressed: None) -> None:
    figures = bench.job(name)(TINY, made)

    assert figures
    for one in figures:
        assert one.median > 0
        assert one.floor > 0
        assert one.target > 0
        assert set(one.told()) >= {"job", "ratio", "target", "met"}
        assert f"`{one.job}`" in (ROOT / "bench" / "README.md").read_text(encoding="utf-8")


def test_a_target_is_met_by_the_figure_that_is_printed() -> None:
    assert Figure("open", "", median=1.304, floor=1, unit="ms", target=1.3).met
    assert not Figure("open", "", median=1.31, floor=1, unit="ms", target=1.3).met
    assert json.loads(json.dumps(Figure("open", "", 1.5, 0.5, "ms", 2).told()))["ratio"] == 3


def test_the_table_of_the_readme_takes_what_was_measured() -> None:
    row = "| `open` | page and count | bare SQL | 1.3 | 9 ms : 1 ms = **9.00** | no |"
    other = "| `save` | one row | bare commit | 6 | 2 ms : 1 ms = **2.00** | yes |"

    told = filled(f"{row}\n{other}\n", [Figure("open", "", median=1250, floor=1000, unit="ms", target=1.3)])

    assert told == f"| `open` | page and count | bare SQL | 1.3 | 1.25 s : 1.00 s = **1.25** | yes |\n{other}\n"


def test_product_and_floor_take_turns_and_the_first_round_only_warms_up() -> None:
    heard: list[str] = []

    pair = by_turns(lambda: heard.append("product"), lambda: heard.append("floor"), 2)

    assert heard == ["product", "floor"] * 3
    assert [len(side) for side in pair] == [2, 2]


def test_the_medians_make_the_ratio() -> None:
    assert Pair([1.0, 9.0, 4.0], [2.0, 2.0, 2.0]).figure("x", "", 1).ratio == 2


def test_one_in_twenty_is_slower_than_the_high_value() -> None:
    assert high([float(number) for number in range(1, 101)]) == 96
