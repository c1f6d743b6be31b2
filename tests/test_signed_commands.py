"""What was printed, signed and closed, on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from school_logistics.cli import main
from school_logistics.rules.short_code import shown

SAMPLES = Path(__file__).parent / "samples"
OCTOBER = ("--month", "2026-10")
D2 = ("--only", "D2")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run one command on a data folder in which the rooms were disinfected in October."""

    def command(*words: object) -> tuple[int, str, str]:
        code = main(["--data-dir", str(tmp_path / "数据"), "--on", "2026-11-22", *(str(word) for word in words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    command("import", "disinfection", SAMPLES / "宿舍消毒记录_2026-10.csv", "--skip-refused")
    return command


def document(said: tuple[int, str, str], code: int = 0) -> Any:
    """The one document on standard output."""
    assert said[0] == code, said
    return json.loads(said[1])


def test_a_form_is_kept_printed_again_to_the_byte_and_bound_to_its_scan(run, tmp_path: Path):
    kept = document(run("sign", *OCTOBER, *D2, "--json"))
    again = document(run("forms", *OCTOBER, *D2, "--out", tmp_path, "--json"))
    code = kept[0]["code"]
    written = Path(again[0]["file"])

    run("reprint", shown(code), "--out", tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == written.read_bytes()
    assert document(run("sign", *OCTOBER, *D2, "--json"))[0] == {**kept[0], "new": False}

    signed = document(run("sign", "--code", code, "--scan", written, "--signed-on", "2026-11-22", "--json"))
    assert signed["signed"]["kind"] == "扫描"
    assert (tmp_path / "数据" / signed["signed"]["file"]).read_bytes() == written.read_bytes()
    listed = document(run("reprint", *OCTOBER, "--json"))
    assert [(one["form"], one["code"], one["signed"]["signed_on"]) for one in listed] == [("D2", code, "2026-11-22")]
    state = document(run("forms", *OCTOBER, *D2, "--state", "--json"))[0]
    assert (state["standing"], state["why"]) == ("已签字", "已签字，扫描件已归档")


def test_what_a_form_lacks_stands_in_its_state_with_the_place_to_begin(run):
    state = document(run("forms", *OCTOBER, *D2, "--state", "--json"))[0]
    assert state["standing"] in {"缺项", "可打印"}
    assert bool(state["at"]) == (state["gaps"] > 0)
    assert state["next"]


def test_a_code_with_a_slip_is_refused_in_a_sentence(run, tmp_path: Path):
    code, _, said = run("reprint", "W4TM-AY6Z", "--out", tmp_path / "x.pdf")
    assert code == 1
    assert "校验位" in said


def test_a_closed_month_refuses_an_import_until_it_is_reopened(run):
    checked = document(run("close", *OCTOBER, "--check", "--json"))
    assert checked["closed"] is False
    assert "D2" in [one["form"] for one in checked["unsigned"]]
    assert document(run("close", *OCTOBER, "--json"))["closed"] is True
    assert run("close", *OCTOBER)[0] == 1

    code, _, said = run("undo")
    assert code == 1
    assert "2026年10月已经结账" in said

    assert run("reopen", *OCTOBER, "--reason", "")[0] == 1
    assert document(run("reopen", *OCTOBER, "--reason", "审计要求", "--json"))["reason"] == "审计要求"
    assert run("undo")[0] == 0


def test_differences_are_listed_and_their_note_is_written(run, tmp_path: Path):
    code = document(run("sign", *OCTOBER, *D2, "--json"))[0]["code"]
    assert document(run("correct", code, "--json"))["differences"] == []
    run("undo")

    told = document(run("correct", code, "--reason", "整批导错", "--out", tmp_path / "更正.pdf", "--json"))

    assert told["differences"]
    assert (tmp_path / "更正.pdf").read_bytes().startswith(b"%PDF")
    assert document(run("reprint", *OCTOBER, "--json"))[-1]["corrects"] == code


def test_a_margin_for_binding_and_a_test_page_can_be_had(run, tmp_path: Path):
    told = document(run("forms", *OCTOBER, *D2, "--binding", "--out", tmp_path, "--json"))
    assert Path(told[0]["file"]).exists()
    assert run("testpage", "--landscape", "--out", tmp_path / "测试页.pdf")[0] == 0
    assert (tmp_path / "测试页.pdf").read_bytes().startswith(b"%PDF")
