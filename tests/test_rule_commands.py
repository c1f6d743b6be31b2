"""The rule book, the reasons of due dates and traces from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from school_logistics.cli import main
from tests.office import new_desk, purchase, supplier


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run one command on a data folder of the test's own."""

    def command(*words: object) -> tuple[int, str, str]:
        code = main(["--data-dir", str(tmp_path), "--on", "2026-11-22", *(str(word) for word in words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def test_a_rule_is_found_tried_changed_and_told_with_its_versions(run):
    code, said, _ = run("rules", "list", "留样量")
    assert code == 0
    assert "已核对  每个品种留样量不少于：125 克" in said

    assert "眼下没有一条记录因此变化" in run("rules", "set", "retained_sample.grams", "200", "--dry-run")[1]
    assert "125 克" in run("rules", "show", "retained_sample.grams")[1]

    changed = ("rules", "set", "retained_sample.grams", "200", "--from", "2027-01-01", "--reason", "教体局要求")
    assert run(*changed)[1].startswith(
        "已存：新增 规则手册：每个品种留样量不少于\n从 2027-01-01 起按 200 克；以前的仍按 125 克"
    )
    told = json.loads(run("rules", "show", "retained_sample.grams", "--json")[1])
    assert [(one["value"], one["local"]) for one in told["versions"]] == [("125", False), ("200", True)]
    assert told["coming"][0]["valid_from"] == "2027-01-01"
    assert json.loads(run("undo", "--json")[1])["undone"] == "已撤销：新增 规则手册：每个品种留样量不少于"


def test_a_change_that_does_not_fit_is_refused_with_a_sentence(run):
    code, said, refused = run("rules", "set", "retained_sample.grams", "很多", "--reason", "试")

    assert (code, said) == (1, "")
    assert "请填数字" in refused


def test_due_dates_explain_themselves_and_a_delivery_is_traced_onto_a_sheet(run, tmp_path: Path):
    assert run("due")[0] == 0
    desk = new_desk(next(tmp_path.glob("*.db")))
    supplier(desk, permit_until="2026-12-10")
    one = purchase(desk)
    desk.store.close()

    said = run("due", "--why")[1]
    document = json.loads(run("due", "--why", "--json")[1])
    out = tmp_path / "追溯单.pdf"
    traced = run("trace", "food_purchase", one, "--out", out)[1]

    assert "    有效期至写明 2026-12-10" in said
    assert "    规则（提醒） 证照到期前几天提醒" in said
    assert document[0]["derivation"]["steps"][0] == "有效期至写明 2026-12-10"
    assert traced.startswith("土豆 · 2026-11-20\n1 进货批次\n")
    assert out.read_bytes().startswith(b"%PDF")
    assert json.loads(run("trace", "food_purchase", one, "--json")[1])["parts"][0]["heading"] == "进货批次"
