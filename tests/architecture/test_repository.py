"""What may stand in no file of the repository: a package registry's address, a path of one machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Written with gaps, so that this file does not accuse itself.
REGISTRIES = tuple(
    name.replace("·", "")
    for name in (
        "py·pi.org",
        "python·hosted.org",
        "registry.·npmjs",
        "deb.·debian.org",
        "/py·pi/simple",
        "--index·-url",
    )
)
MACHINE_PATH = re.compile(r"(?<![\w.}])/(?:[w]ork|[r]oot|[h]ome/\w+)(?=/|\s|$|[\"'`])", re.MULTILINE)


def tracked_files() -> list[Path]:
    """Every file that is in the repository or about to be."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def offences(text: str) -> list[str]:
    """What of a text may not stand in the repository."""
    return [address for address in REGISTRIES if address in text] + [found[0] for found in MACHINE_PATH.finditer(text)]


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    found = {}
    for path in tracked_files():
        content = path.read_bytes()
        if b"\0" not in content and (said := offences(content.decode("utf-8", errors="replace"))):
            found[str(path.relative_to(ROOT))] = said

    assert found == {}


@pytest.mark.parametrize(
    "offender",
    ["--index·-url x", "https://py·pi.org/project/x", "cd /wo·rk/main", "'/ro·ot'", 'open("/ho·me/li/a.xlsx")'],
)
def test_the_search_sees_an_offender(offender: str) -> None:
    assert offences(offender.replace("·", "")) != []


@pytest.mark.parametrize("honest", ["数量/work 小时", "../shared/work/x", "and/root", "~/workbook", "/workbooks/x"])
def test_the_search_leaves_ordinary_text_in_peace(honest: str) -> None:
    assert offences(honest) == []
