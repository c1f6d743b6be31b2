"""The floor everything stands on: the pinned Qt, where things lie, the wheel, a light start, the error sentences."""

from __future__ import annotations

import logging
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import settings

from school_logistics import paths
from school_logistics.errors import Cancelled, OfficeError, Unacceptable
from school_logistics.paths import DATA_FILE, data_file, resource_path, user_data_folder

ROOT = Path(__file__).resolve().parents[1]


def test_qt_gives_back_every_reference_to_none(qapp) -> None:
    # PySide6 6.12.0 under Python 3.11 loses one in each call that returns nothing, and dies after some thousand.
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(2000):
        label.setText(str(number))

    assert before - sys.getrefcount(None) < 100


def test_shipped_font_draws_chinese_on_a_machine_without_any(qapp) -> None:
    from PySide6.QtGui import QFontInfo, QRawFont

    assert QFontInfo(qapp.font()).family() == "Noto Sans SC"
    assert all(QRawFont.fromFont(qapp.font()).supportsCharacter(ord(sign)) for sign in "后勤台账㛃堃")


def test_resources_are_found_in_a_source_tree() -> None:
    assert resource_path("fonts", "OFL.txt") == ROOT / "resources" / "fonts" / "OFL.txt"
    assert resource_path("fonts", "OFL.txt").is_file()


def test_resources_are_found_in_the_frozen_program(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    assert resource_path("icons") == tmp_path / "resources" / "icons"


def test_resources_are_found_in_an_installed_wheel(tmp_path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    wheel = next(tmp_path.glob("*.whl"))
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    ask = "from school_logistics.paths import resource_path as r; print(r('fonts', 'OFL.txt').read_text()[:9])"

    answer = subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            f"import sys; sys.path.insert(0, sys.argv[1]); {ask}",
            str(tmp_path / "installed"),
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )

    assert answer.stdout == "Copyright\n"


def test_wheel_folder_inside_the_package_comes_before_the_source_tree(monkeypatch, tmp_path) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path)

    assert resource_path("icons") == tmp_path / "resources" / "icons"


@pytest.mark.parametrize(
    ("platform", "variable", "given", "expected"),
    [
        ("win32", "LOCALAPPDATA", "/local", "/local/SchoolLogistics"),
        ("win32", "LOCALAPPDATA", "", "~/AppData/Local/SchoolLogistics"),
        ("darwin", "XDG_DATA_HOME", "/ignored", "~/Library/Application Support/SchoolLogistics"),
        ("linux", "XDG_DATA_HOME", "/data", "/data/school-logistics"),
        ("linux", "XDG_DATA_HOME", "", "~/.local/share/school-logistics"),
        ("linux", "XDG_DATA_HOME", "relative/is/invalid", "~/.local/share/school-logistics"),
    ],
)
def test_data_folder_is_where_each_system_keeps_it(monkeypatch, platform, variable, given, expected) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv(variable, given)

    assert user_data_folder() == Path(expected).expanduser()


def test_data_file_lies_in_the_data_folder(tmp_path) -> None:
    assert data_file(tmp_path) == tmp_path / DATA_FILE


def test_starting_the_program_loads_no_heavy_library_before_it_is_needed() -> None:
    heavy = "sqlalchemy PySide6 reportlab openpyxl python_calamine pypinyin sqlcipher3"
    ask = f"import sys, school_logistics.cli; print(*[m for m in {heavy.split()} if m in sys.modules])"

    answer = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, check=True, capture_output=True, text=True)

    assert answer.stdout.strip() == ""


class Grade(StrEnum):
    """Stands in for the levels of an objection."""

    REFUSED = "不能保存"


@dataclass(frozen=True)
class Said:
    """Stands in for an objection."""

    field: str
    sentence: str
    level: Grade = Grade.REFUSED
    clause: str = ""


def test_unacceptable_record_tells_every_objection_in_one_sentence() -> None:
    error = Unacceptable([Said("quantity", "请填数量。"), Said("bought_on", "采购日期晚于今天")])

    assert str(error) == "请填数量；采购日期晚于今天。"
    assert [one.field for one in error.objections] == ["quantity", "bought_on"]


def test_cancelled_work_says_that_nothing_changed() -> None:
    assert isinstance(Cancelled(), OfficeError)
    assert str(Cancelled()) == "已取消，没有改动任何数据。"


def test_tests_never_touch_the_home_of_whoever_runs_them() -> None:
    assert "school-logistics-tests-" in str(Path.home())
    assert "school-logistics-tests-" in str(user_data_folder())


def test_invented_examples_are_the_same_in_every_run() -> None:
    assert settings().deadline is None
    assert settings.get_current_profile_name() != "same" or settings().derandomize


def test_announced_log_warning_is_allowed(log_warnings) -> None:
    log_warnings.expected.append("磁盘快满了")

    logging.getLogger("school_logistics").warning("磁盘快满了：还剩 %s", "10 MB")

    assert log_warnings.unexpected() == []


def test_unannounced_log_warning_is_seen(log_warnings) -> None:
    logging.getLogger("school_logistics").warning("没想到")

    assert log_warnings.unexpected() == ["school_logistics: 没想到"]
    log_warnings.heard.clear()
