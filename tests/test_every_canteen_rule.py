"""Every numbered rule of the canteen has a test that says so: `V-42: …` at the head of its docstring."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
NUMBERED = (
    *range(1, 6),  # numbers of licences, of firms, of people
    *range(10, 16),  # what runs out
    *range(20, 30),  # deliveries and their papers
    *range(30, 35),  # stock
    *range(40, 45),  # retained samples
    *range(50, 60),  # people and the day's work
    *range(60, 65),  # across ledgers
)
CODE = re.compile(r"V-\d\d")
HEAD = re.compile(r"(V-\d\d[、, ]*)+:")


def codes_in(text: str) -> Iterator[str]:
    """The codes at the heads of the docstrings of a module's tests."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            head = HEAD.match(ast.get_docstring(node) or "")
            yield from CODE.findall(head[0]) if head else ()


@pytest.fixture(scope="module")
def told() -> set[str]:
    return {code for path in TESTS.rglob("test_*.py") for code in codes_in(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("code", [f"V-{number:02}" for number in NUMBERED])
def test_it_has_a_test_that_names_it(told: set[str], code: str):
    assert code in told


def test_a_code_in_passing_does_not_count():
    assert list(codes_in('def test_it():\n    """V-41 V-42: 125 g for 48 hours."""')) == ["V-41", "V-42"]
    assert list(codes_in('def test_it():\n    """It keeps, see V-42: 48 hours."""')) == []
