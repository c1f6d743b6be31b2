"""Every module of the product obeys the map and the rules of the house: one test a module."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.house import PRODUCT, ROOMS, complaints, read

PACKAGE = Path(__file__).resolve().parents[2] / PRODUCT


def name_of(path: Path) -> str:
    """Give a module's name below the package; empty for the package itself."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: name_of(path) or PRODUCT)
def test_module_obeys_the_rules_of_the_house(path: Path) -> None:
    module = read(name_of(path), path.read_text(encoding="utf-8"), is_package=path.name == "__init__.py")

    assert complaints(module) == []


def test_every_package_says_what_belongs_in_it() -> None:
    folders = {path.parent for path in MODULES}

    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_the_map_goes_only_downwards() -> None:
    order = list(ROOMS)

    upwards = [
        (room, known) for room, below in ROOMS.items() for known in below if order.index(known) > order.index(room)
    ]

    assert upwards == []
