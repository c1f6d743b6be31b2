"""The program tries itself: from any folder, with nothing but its own resources, and it says what did not work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from school_logistics import selftest

ROOT = Path(__file__).resolve().parents[1]


def test_a_whole_copy_passes_from_a_folder_that_is_not_its_own(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    done = subprocess.run(
        [sys.executable, "-m", "school_logistics", "--selftest"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("自检全部通过。\n")
    assert list(tmp_path.iterdir()) == []


def test_what_does_not_work_is_said_and_ends_in_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def without_dictionary(_name: str) -> str:
        return "??"

    monkeypatch.setattr("school_logistics.services.pinyin.initials", without_dictionary)

    assert selftest.run_selftest() == 1
    assert "没有通过：“鸡腿”的首字母成了“??”" in capsys.readouterr().out
