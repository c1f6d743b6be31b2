"""The command line on what should stand in the ledgers: coverage told as a document or a grid, blank paper as files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from school_logistics.cli import main
from school_logistics.commands.duties import as_document, as_lines
from school_logistics.rules.calendar import Month
from school_logistics.services.coverage import Coverage
from tests.office import new_desk

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command on a data folder of the test's own; exit code, what was said, what was refused."""

    def command(*words: object) -> tuple[int, str, str]:
        code = main(["--data-dir", str(tmp_path / "数据"), "--on", "2026-11-20", *(str(word) for word in words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def test_an_empty_office_asks_for_today_and_lists_no_holes(run: Run):
    told = json.loads(run("coverage", "--month", "2026-11", "--json")[1])

    assert {one["ledger"] for one in told} >= {"food_waste", "menu_dish"}
    assert all(one["gaps"] == 0 for one in told)
    assert run("coverage", "--month", "2025-01", "--ledger", "disinfection")[1] == "2025年1月没有要登记的。\n"


def test_blank_paper_is_written_under_its_name_and_what_there_is_is_listed(run: Run, tmp_path: Path):
    assert "labels" in run("sheet")[1]

    code, said, _ = run("sheet", "food_waste", "--day", "2026-11-23", "--out", tmp_path / "单")

    file = tmp_path / "单" / "现场登记单_餐厨废弃物处置记录_2026-11-23.pdf"
    assert (code, said) == (0, f"1 页：{file}\n")
    assert file.read_bytes().startswith(b"%PDF")


def test_what_cannot_be_printed_is_refused_in_a_sentence(run: Run, capsys: pytest.CaptureFixture[str]):
    assert run("sheet", "nix")[0] == 1
    assert "先在“每日食谱”里排好" in run("sheet", "labels")[2]
    with pytest.raises(SystemExit):
        run("sheet", "labels", "--day", "昨天")
    assert "「昨天」不是日期" in capsys.readouterr().err


def test_a_grid_is_told_with_a_sign_a_day_and_a_document_with_both_times():
    desk = new_desk()
    ledger = desk.ledger("food_waste")
    grid = Coverage(desk).grid(ledger, ledger.duties[0], Month(2026, 11))

    assert as_lines(grid, rows=True)[1:] == [f"  {' ' * 22}·····  ·  每个供餐日处置"]
    document = as_document(grid)
    assert len(document["rows"][0]["cells"]) == len(document["periods"]) == 30
    desk.store.close()
