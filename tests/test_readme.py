"""The README tells the truth: what it names is there, its recipes run as they stand."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import dev
from school_logistics import catalogue, cli
from tests.architecture.house import complaints, read

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BENCH = (ROOT / "bench" / "README.md").read_text(encoding="utf-8")
RECIPES = dict(re.findall(r"```\w+\n# (\S+)\n(.*?)```", README, re.DOTALL))
USED = """
import importlib.util, json, sys
from datetime import date, datetime
from pathlib import Path

folder = Path(sys.argv[1])
for name in ("rules.water", "models.water", "reports.forms.water"):
    place = folder / "school_logistics" / Path(*name.split(".")).with_suffix(".py")
    spec = importlib.util.spec_from_file_location(f"school_logistics.{name}", place)
    module = sys.modules[f"school_logistics.{name}"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

from school_logistics import catalogue
from school_logistics.app import school_calendar
from school_logistics.models.store import Store
from school_logistics.models.water import DispenserCleaning
from school_logistics.paths import resource_path
from school_logistics.reports.forms.water import W1
from school_logistics.rules.book import read_rule_book
from school_logistics.rules.calendar import Month
from school_logistics.services.desk import Desk
from school_logistics.services.month import MonthPack
from school_logistics.services.rows import Query

shipped = resource_path("rules", "rulebook.toml").read_text(encoding="utf-8")
added = (folder / "resources/rules/rulebook.toml").read_text(encoding="utf-8")
store = Store(None, (*catalogue.LEDGERS, DispenserCleaning.ledger), lambda: datetime(2026, 11, 22, 9))
desk = Desk(store, read_rule_book(shipped + added), school_calendar(), actor="测试")
staff, cleanings = desk.ledger("staff"), desk.ledger("dispenser_cleaning")
who = desk.save(staff, desk.blank(staff) | {"name": "钱乙", "post": "保洁员"}).id
row = desk.blank(cleanings) | {"dispenser": "二楼东", "cleaned_by": who, "checked_by": who}
warnings = desk.save(cleanings, row).warnings
kept = desk.rows(cleanings, desk.ids(cleanings, Query(text="二楼")))[0]
drawn = MonthPack(desk, forms=(W1,)).draw("W1", Month(2026, 11))
print(json.dumps({"texts": kept.texts, "warnings": [str(one) for one in warnings], "pages": drawn.pages}))
"""


def commands() -> list[str]:
    """Every command line of ours in the two texts."""
    return re.findall(r"python3 dev\.py ([a-z]+)", README + BENCH)


def paths() -> set[str]:
    """Every file or folder of the repository that the two texts name in code or link to."""
    named = set(re.findall(r"`((?:school_logistics|resources|tests|bench|tools|docs|dev\.py)[\w./]*)`", README + BENCH))
    linked = set(re.findall(r"\]\(([\w./-]+)\)", README))
    return {path for path in named | linked if "/" in path or path.endswith(".py")}


@pytest.mark.parametrize("path", sorted(paths()))
def test_what_it_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_its_commands_are_commands() -> None:
    assert {"run", "test", "build", "bench", "pictures"} == set(commands()) == set(dev.COMMANDS)


def test_it_begins_with_the_two_commands() -> None:
    first = README.index("python3 dev.py run"), README.index("python3 dev.py test")

    assert max(first) < README.index("## ")
    assert README.index("docs/main-window.png") < README.index("docs/printed-form.png") < README.index("## ")


def test_it_names_every_command_of_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    told = re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE)

    assert told, "the help lists the commands"
    assert [name for name in told if f"`{name}`" not in README] == []


def test_it_lists_every_ledger_and_form_under_its_tab() -> None:
    rows = {
        tab: (ledgers, forms)
        for tab, ledgers, forms in re.findall(r"^\| (\S+) \| (`.*?`) \| (.*?) \|$", README, re.MULTILINE)
    }

    for ledger in catalogue.LEDGERS:
        assert f"`{ledger.key}`" in rows[str(ledger.group)][0]
    for form in catalogue.FORMS:
        assert form.code in rows[str(form.group)][1].split()


@pytest.mark.parametrize("path", [path for path in RECIPES if path.endswith(".py")])
def test_its_recipes_are_written_as_the_house_wants_them(path: str) -> None:
    name = ".".join(Path(path).with_suffix("").parts[1:])

    assert complaints(read(name, RECIPES[path])) == []
    assert not (ROOT / path).exists(), "the recipe would overwrite a module of the program"
    for how in (["check"], ["format", "--check"]):
        command = [sys.executable, "-m", "ruff", *how, "--stdin-filename", path, "-"]
        done = subprocess.run(command, cwd=ROOT, input=RECIPES[path], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_its_recipes_work_one_after_the_other(tmp_path: Path) -> None:
    for path, text in RECIPES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", USED, str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "texts": ["2026-11-22", "二楼东", "", "钱乙", "钱乙", "2027-02-20", ""],
        "warnings": ["复核人不能是清洗人自己"],
        "pages": [1],
    }


def test_its_rule_fits_the_book() -> None:
    book = tomllib.loads(RECIPES["resources/rules/rulebook.toml"])["rule"]

    assert [rule["key"] for rule in book] == ["water.cleaning.days"]


def test_every_library_that_ships_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    libraries = {
        re.split(r"[=<>]", one)[0].removesuffix("-Essentials").removesuffix("-Addons")
        for one in project["dependencies"]
    }

    assert [name for name in libraries if name.removeprefix("python-") not in README.split("## Decisions")[1]] == []
